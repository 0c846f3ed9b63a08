"""Ready texts for notes, the codes of paths, what is still missing on a card; and names as they are misspelt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import pytest

from famdesk.domain import errors
from famdesk.domain.calendar import recurrence, recurrence_words
from famdesk.domain.calendar.claims import Overlap
from famdesk.domain.consent import processing
from famdesk.domain.errors import RuleError
from famdesk.domain.intake import intake
from famdesk.domain.notes import note_texts, notes, paths
from famdesk.domain.notes.note_texts import EXPANSION, TEMPLATE, Ready
from famdesk.domain.people import countries, name_keys, phonetics
from famdesk.domain.people.vocabulary import Vocabulary
from famdesk.domain.post import letter_words
from famdesk.domain.programmes import initiative_templates

# --------------------------------------------------------------------------------------------------------- notes


@pytest.mark.parametrize(("kind", "name", "body", "error", "field"), [
    (TEMPLATE, "  ", "x", note_texts.NameMissing, "name"),
    (TEMPLATE, "x" * 61, "x", note_texts.NameMissing, "name"),
    (TEMPLATE, "Primo", " \n", note_texts.BodyMissing, "body"),
    (TEMPLATE, "Primo", "x" * 8001, note_texts.BodyMissing, "body"),
    (EXPANSION, "pc", "x", note_texts.BadShortcut, "name"),
    (EXPANSION, "/", "x", note_texts.BadShortcut, "name"),
    (EXPANSION, "/p c", "x", note_texts.BadShortcut, "name"),
    (EXPANSION, "/_c", "x", note_texts.BadShortcut, "name"),
    (EXPANSION, "/" + "p" * 20, "x", note_texts.BadShortcut, "name"),
])  # fmt: skip
def test_ready_texts_that_are_refused(kind: str, name: str, body: str, error: type[RuleError], field: str) -> None:
    with pytest.raises(error) as caught:
        note_texts.checked(kind, name, body)
    assert caught.value.field == field


def test_ready_texts_are_kept_without_blanks_around() -> None:
    assert note_texts.checked(TEMPLATE, " Primo ", "  a\n\n") == Ready("Primo", "  a")
    assert note_texts.checked(TEMPLATE, "x" * 60, "x" * 8000).name == "x" * 60
    assert note_texts.checked(EXPANSION, "/" + "p" * 19, "x").body == "x"
    assert note_texts.checked(EXPANSION, "/è-1", "x").name == "/è-1"


PC, PERCHE = Ready("/pc", "primo colloquio"), Ready("/perché", "perché no")


@pytest.mark.parametrize(("before", "found"), [
    ("/pc", PC), ("oggi /PC", PC), ("oggi\t/pc", PC), ("/perche", PERCHE),
    ("", None), ("oggi ", None), ("pc", None), ("11/pc", None), ("/p", None), ("/pc ", None), ("/pc/pc", None),
])  # fmt: skip
def test_a_shortcut_begins_a_word(before: str, found: Ready | None) -> None:
    assert note_texts.expanded(before, [PC, PERCHE]) == found


def test_headings_of_a_note_begin_the_next_one() -> None:
    text = "Presenti:\nAda\n# Osservato\n  ## Altro\n#niente\n\n" + "x" * 60 + ":\nProssimo incontro:\n"
    assert note_texts.headings(text) == "Presenti:\n\n\n# Osservato\n\n\n## Altro\n\n\nProssimo incontro:\n"
    assert note_texts.headings("x" * 59 + ":") == "x" * 59 + ":\n"
    assert note_texts.headings("Ada\n") == ""
    first = note_texts.shipped("first")
    assert first.name == "First talk"
    assert note_texts.headings(first.body) == first.body


NOTE: dict[str, Any] = {
    "centre_id": "c", "note_id": "n", "author_id": "a", "kind": "session", "private": False, "day": date(2025, 2, 11),
    "starts": time(9), "minutes": 50, "addendum_to": None, "number": 1, "signed_at": "2025-02-11T10:00:00",
    "prev": "", "people": (("r1", "x"), ("r2", "y")), "parts": (("p1", "d1"), ("p2", "d2")),
}  # fmt: skip
OTHER: dict[str, Any] = {
    "centre_id": "d", "note_id": "m", "author_id": "b", "kind": "call", "private": True, "day": date(2025, 2, 12),
    "starts": None, "minutes": 51, "addendum_to": "n0", "number": 2, "signed_at": "2025-02-11T10:00:01", "prev": "0",
    "people": (("r1", "x"),), "parts": (("p1", "d1"), ("p2", "d3")), "path_id": "p", "appointment_id": "q",
    "meeting_id": "m",
}  # fmt: skip


def test_a_signature_covers_every_word_about_a_note() -> None:
    signed = notes.Signed(**NOTE).hash()
    assert signed == notes.Signed(**NOTE).hash()
    turned = {**NOTE, "people": NOTE["people"][::-1], "parts": NOTE["parts"][::-1]}
    assert notes.Signed(**turned).hash() == signed  # the order in which a database tells them says nothing
    others = {notes.Signed(**{**NOTE, name: value}).hash() for name, value in OTHER.items()}
    assert len(others | {signed}) == len(OTHER) + 1


def test_a_seal_covers_where_a_part_stands() -> None:
    values: dict[str, Any] = {"centre_id": "c", "note_id": "n", "author_id": "a", "kind": "text", "position": 0,
                              "note_person_id": None, "head": None, "sealed": "s"}  # fmt: skip
    others = {"centre_id": "d", "note_id": "m", "author_id": "b", "kind": "file", "position": 1, "note_person_id": "r",
              "head": "h", "sealed": "t"}  # fmt: skip
    digests = {notes.SealedPart(**{**values, name: value}).digest() for name, value in others.items()}
    assert len(digests | {notes.SealedPart(**values).digest()}) == len(others) + 1
    names = {notes.named(*one) for one in (("c", "n", "r", "p"), ("d", "n", "r", "p"), ("c", "m", "r", "p"),
                                           ("c", "n", "s", "p"), ("c", "n", "r", "q"))}  # fmt: skip
    assert len(names) == 5
    assert notes.mark([("1", "a"), ("2", "b")]) == notes.mark([("2", "b"), ("1", "a")]) != notes.mark([("1", "a")])


@pytest.mark.parametrize(("text", "number"), [
    ("P-0042", 42), (" p42 ", 42), ("P - 42", 42), ("42", None), ("P-", None), ("P-4x", None), ("P-1234567890", None),
])  # fmt: skip
def test_codes_of_paths(text: str, number: int | None) -> None:
    assert paths.number_in(text) == number
    assert number is None or paths.number_in(paths.code_of(number)) == number


# ------------------------------------------------------------------------------------------------- cards, errors


@dataclass(frozen=True)
class Card:
    channel: str | None = "door"
    caller_is_person: bool = True
    caller_id: str | None = None
    caller_relation: str | None = None
    person_id: str | None = "p"
    privacy: str | None = "given"
    needs: tuple[str, ...] = ("nursery",)
    needs_family: str | None = "un posto"
    answers: str | None = "sì"
    outcome: str | None = "done"


@pytest.mark.parametrize(("card", "missing"), [
    (Card(), ()),
    (Card(caller_is_person=False), ("caller",)),
    (Card(caller_is_person=False, caller_id="x"), ()),
    (Card(caller_is_person=False, caller_relation="mother"), ()),
    (Card(person_id=None, privacy=None), ("person",)),  # of nobody no notice is asked
    (Card(privacy="none"), ("privacy",)),
    (Card(privacy=None), ("privacy",)),
    (Card(needs_family="  ", needs=(), answers=None), ("needs_family", "needs", "answers")),
    (Card(outcome="pending"), ("outcome",)),
    (Card(outcome=None, channel=""), ("channel", "outcome")),
])  # fmt: skip
def test_what_a_card_lacks(card: Card, missing: tuple[str, ...]) -> None:
    assert set(intake.missing(card)) == set(missing)
    order = [row.code for row in intake.MISSING]
    assert list(intake.missing(card)) == sorted(missing, key=order.index)


@pytest.mark.parametrize(("value", "words"), [
    (datetime(2025, 2, 13, 17), "Thu 13 Feb, 17:00"), (date(2025, 2, 13), "Thursday 13 February"), (time(17), "17:00"),
    (["a", date(2025, 2, 13)], "a and Thursday 13 February"), (3, "3"), ("x", "x"),
])  # fmt: skip
def test_what_an_error_speaks_of_is_readable(value: object, words: str) -> None:
    assert errors.readable(value) == words


def test_whoever_is_taken_is_told_the_way_out() -> None:
    taken = Overlap("starts")
    alone = taken.sentence()
    taken.way = errors.NothingToUndo()
    assert taken.sentence() == f"{alone} {errors.NothingToUndo().sentence()}"


def test_small_lists() -> None:
    assert countries.is_country("IT")
    assert countries.is_country(countries.STATELESS)
    assert not countries.is_country("EU")
    assert not countries.is_country("Italy")
    known = initiative_templates.template("fatherhood")
    assert known is not None
    assert known.values["target_who"] == "fathers"
    assert initiative_templates.template("nonsense") is None
    assert processing.authority_due(date(2025, 2, 11)) == date(2025, 2, 14)  # art. 33 GDPR: 72 hours
    assert letter_words.mail_file().endswith(".pdf")
    assert letter_words.mail_text("Hug").endswith("\n\nHug")
    assert letter_words.mail_text("").count("\n\n") == 1
    assert not {word for word in ("hug", "family") if word in letter_words.mail_subject().lower()}


def test_parts_of_a_rule_that_change_nothing_are_read_over() -> None:
    assert recurrence.parse("RSCALE=GREGORIAN;FREQ=DAILY;BYSECOND=0;SKIP=OMIT") == recurrence.parse("FREQ=DAILY")
    with pytest.raises(recurrence.BadRule):
        recurrence.parse("RSCALE=HEBREW;FREQ=DAILY")
    fifth = recurrence.parse("FREQ=MONTHLY;BYDAY=-5MO;COUNT=2")
    assert "FREQ=MONTHLY" in recurrence_words.sentence(fifth, datetime(2025, 2, 13, 18))


# --------------------------------------------------------------------------------------------------------- names


@pytest.mark.parametrize(("fields", "words"), [
    (("Rossi", "Ada"), {"rossi", "ada"}),
    (("De Luca", "Ada"), {"de", "luca", "deluca", "ada"}),
    (("D’Angelo", None), {"dangelo", "d", "angelo"}),
    (("Шевченко", "Ольга"), {"шевченко", "ольга", "shevchenko", "olga"}),
    (("Rossi", "Rossi"), {"rossi"}),
    ((None, ""), set()),
])  # fmt: skip
def test_the_words_of_a_name(fields: tuple[str | None, ...], words: set[str]) -> None:
    assert set(name_keys.name_words(*fields)) == words


def test_any_two_words_of_a_name_begin_a_key() -> None:
    keys = name_keys.pair_keys(("rossi", "ada", "maria"))
    assert sorted(keys) == ["ada maria rossi", "ada rossi maria", "maria ada rossi", "maria rossi ada",
                            "rossi ada maria", "rossi maria ada"]  # fmt: skip
    assert [key for key in name_keys.pair_keys(("de", "luca", "ada")) if key.startswith("de ")] == ["de luca ada"]
    assert name_keys.pair_keys(("ada",)) == ["ada"]
    assert name_keys.pair_keys(()) == []
    assert name_keys.joined_keys("De Luca", "Ada") == ["delucaada"]
    assert name_keys.joined_keys("De Luca", None) == []
    assert name_keys.address_keys("via Bonomelli 81, Cremona") == [
        "bonomelli 81 cremona via",
        "cremona via bonomelli 81",
    ]


@pytest.mark.parametrize(("one", "other"), [
    ("mohamed", "muhammad"), ("cheikh", "sheikh"), ("xhaferi", "dzaferi"), ("ahmad", "ahmet"), ("rossi", "rosi"),
])  # fmt: skip
def test_names_that_sound_alike(one: str, other: str) -> None:
    assert phonetics.sound(one) == phonetics.sound(other) != ""
    assert phonetics.sound("rossi") != phonetics.sound("bianchi")
    assert phonetics.sound("12") == ""


def test_one_slip_of_the_finger() -> None:
    found = dict(sorted(phonetics.one_slip("rosa"), key=lambda pair: -pair[1]))  # of two ways the lighter one
    assert found["rossa"] < found["orsa"] < found["rsoa"] + 0.5
    assert found["rossa"] < found["rsoa"] < found["ros"] == found["rosi"] < found["nosa"]
    assert "rosa" not in found
    assert found["rosas"] > found["rosaa"]
    assert dict(phonetics.one_slip("rossa"))["rosa"] == pytest.approx(0.7)
    assert "muhammad" in phonetics.spellings("mohamed")
    assert phonetics.spellings("pinuccia") == ()


def test_what_was_meant_by_a_misspelt_name() -> None:
    known = Vocabulary()
    words = ("rossi", "rosso", "rossini", "bianchi", "mohamed", "muhammad", "quarantotti")
    known.learn((word, 9 - place, phonetics.sound(word)) for place, word in enumerate(words))
    assert known.near("ros") == []  # too short
    assert [one.word for one in known.near("rosi")][:1] == ["rossi"]
    assert known.near("ros", short=True)
    assert {"mohamed", "muhammad"} <= {one.word for one in known.near("mohammed")}
    assert [one.word for one in known.near("quarntoti")] == ["quarantotti"]  # two slips
    assert known.near("zzzzzz") == []
    penalties = [one.penalty for one in known.near("rosi")]
    assert penalties == sorted(penalties)
