"""What seldom happens: rules that few files ever meet, each with the answer that is right for them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time

import pytest

from famdesk import i18n
from famdesk.domain import languages
from famdesk.domain.calendar import recurrence, recurrence_words
from famdesk.domain.people import merging
from famdesk.domain.people.doubles import Identity, weigh
from famdesk.domain.people.genogram.family import Family, Someone, Tie
from famdesk.domain.people.genogram.homes import trace
from famdesk.domain.people.genogram.layout import Drawing, Sizes, draw
from famdesk.domain.people.genogram.places import Rect
from famdesk.domain.people.tax_code import check_character
from famdesk.domain.people.vocabulary import Vocabulary
from famdesk.domain.post import letters, plain_italian
from famdesk.domain.programmes import feedback, initiatives, targets
from famdesk.domain.staff import passwords, rights, rights_table
from tests.support import genograms

ON = date(2025, 2, 11)


# ------------------------------------------------------------------------------------------------------- letters


@pytest.mark.parametrize("kind", [code.code for code in letters.KINDS])
@pytest.mark.parametrize(("phone", "signed"), [("", ""), ("0372 40", "Ada Rossi")])
def test_a_letter_has_what_is_known_and_no_empty_lines(kind: str, phone: str, signed: str) -> None:
    words = letters.own_words(kind, phone, signed)
    parts = words.text.split("\n\n")
    assert parts[0] == "Good morning,"
    assert all(part.strip() for part in parts)
    assert parts[-1] == ("Kind regards\nAda Rossi" if signed else "Kind regards")
    assert ("0372 40" in words.text) is (bool(phone) and kind != letters.FREE)
    assert bool(words.subject) is (kind != letters.FREE)
    has_gap = kind in {letters.FREE, letters.OUTCOME, letters.DOCUMENTS}
    assert (letters.GAP in words.text) is has_gap


@pytest.mark.parametrize(("subject", "text", "neutral", "error"), [
    ("", "see you …", False, letters.GapsLeft),
    ("about …", "see you", True, letters.GapsLeft),
    ("", "your FAMILY-Centre", True, letters.TellsCentre),
    ("Familiencafé", "see you", True, letters.TellsCentre),
    ("", "your family-centre", False, None),
    ("", "see you", True, None),
])  # fmt: skip
def test_a_neutral_letter_does_not_tell_who_writes(
    subject: str, text: str, neutral: bool, error: type[Exception] | None
) -> None:
    words, forbidden = letters.LetterWords(subject, text), ("", "family-centre", "FAMILIENCAFE")
    if error is None:
        letters.check(words, neutral=neutral, forbidden=forbidden)
        return
    with pytest.raises(error):
        letters.check(words, neutral=neutral, forbidden=forbidden)


# ---------------------------------------------------------------------------------------------- initiatives, forms


@dataclass(frozen=True)
class Planned:
    day: date | None = ON
    starts: time | None = time(17)
    minutes: int | None = 90
    place: str | None = "Sala"
    leader: str | None = "Ada"
    theme: str | None = "Sleep"


@pytest.mark.parametrize(("meeting", "points"), [
    (Planned(), ()),
    (Planned(day=None), ("day",)),
    (Planned(minutes=None), ("end",)),
    (Planned(starts=None, minutes=None), ("hour",)),  # no end before there is an hour
    (Planned(place="", leader=None, theme=""), ("place", "leader", "theme")),
])  # fmt: skip
def test_what_is_still_to_be_set_of_a_meeting(meeting: Planned, points: tuple[str, ...]) -> None:
    assert initiatives.open_points(meeting) == points
    assert initiatives.to_be_set(meeting).startswith("To be set: ") is bool(points)
    assert initiatives.to_be_set(meeting, frozenset(points)) == ""


def test_whom_an_initiative_for_expecting_parents_is_for() -> None:
    target = targets.Target("expecting")
    (lacks,) = targets.mismatches(target, targets.Known("F"), ON)
    assert (lacks.code, lacks.unknown) == ("expecting", True)
    assert targets.mismatches(target, targets.Known("F", expects=True), ON) == ()
    small = targets.Target("parents", of_child=True, most=11)
    assert targets.mismatches(small, targets.Known(expects=True), ON) == ()  # the child will have that age
    grown = replace(small, least=24, most=36)
    assert [one.code for one in targets.mismatches(grown, targets.Known(expects=True), ON)] == ["age"]


def test_questions_that_the_program_knows_are_told_in_the_language_of_the_reader() -> None:
    known = f"@{feedback.QUESTIONS[0].code}"
    assert feedback.known(known)
    assert not feedback.known("@nonsense")
    assert not feedback.known(known[1:])
    assert feedback.question_text("Bello?") == "Bello?"
    with i18n.using("it"):
        italian = feedback.question_text(known)
    assert italian != feedback.question_text(known)
    assert feedback.face_words(3) == ("Yes, good", "So-so", "No, not good")
    assert len(feedback.face_words(5)) == 5
    assert feedback.face_words(4) == ()


@pytest.mark.parametrize(("text", "italian"), [
    ("Il bambino è arrivato con la mamma e non parla con gli altri.", True),
    ("Das Kind ist mit der Mutter gekommen und spricht nicht.", False),
    ("", False),
])  # fmt: skip
def test_only_italian_is_held_against_the_words_of_offices(text: str, italian: bool) -> None:
    assert plain_italian.is_italian(text) is italian


def test_languages_are_titled_in_themselves_and_for_the_reader() -> None:
    assert languages.language_title("en") == "English"
    assert languages.language_title("fr") == "Français – French"
    assert languages.language_title("ar") == "\u200eالعربية – Arabic"  # read from left to right all the same


def test_a_password_of_accents_without_letters_takes_no_guess() -> None:
    assert passwords.guesses("") == 0
    assert passwords.strength("\u0301" * 12) == "weak"
    with pytest.raises(passwords.EasyToGuess) as caught:
        passwords.check("\u0301" * 12, field="new")
    assert caught.value.field == "new"
    passwords.check("short")  # that is said elsewhere


# ------------------------------------------------------------------------------------------------------- persons


def _code(name: str, birth: str, place: str = "D150") -> str:
    first = f"{name}{birth}{place}"
    return first + check_character(first)


def test_codes_of_one_leap_day_may_be_of_one_person() -> None:
    """The day does not exist in 1900, which a code without its century could mean as well."""
    one = Identity("Rossi", "Ada", tax_code=_code("RSSDAA", "00B69"))
    same_birth = replace(one, tax_code=_code("RSSDRN", "00B69"))
    other_birth = replace(one, tax_code=_code("RSSDAA", "71B64"))
    assert weigh(one, same_birth).likely
    assert weigh(one, same_birth).likelihood > weigh(one, other_birth).likelihood


@pytest.mark.parametrize(("order", "values", "said"), [
    (merging.PRIVACY_ORDER, ("given", "signed", "none"), "signed"),
    (merging.PRIVACY_ORDER, ("refused", "signed"), "refused"),
    (merging.ENROLMENT_ORDER, ("waiting", "withdrawn"), "waiting"),
    (merging.ENROLMENT_ORDER, ("enrolled", "offered"), "enrolled"),
    (merging.ENROLMENT_ORDER, ("from a newer version", "withdrawn"), "withdrawn"),
])  # fmt: skip
def test_of_two_files_what_says_most_holds(order: tuple[str, ...], values: tuple[str, ...], said: str) -> None:
    assert merging.strongest(order, values) == said
    assert merging.strongest(order, values[::-1]) == said


def test_records_without_a_name_of_their_own_are_other_records() -> None:
    assert merging.label("consent") == "Consents"
    assert merging.label("nonsense") == merging.OTHERS
    assert set(merging.SAME) <= set(merging.LABELS)
    assert not set(merging.NEVER_LOST) - merging.NOT_CHOSEN
    assert not set(merging.JOINED) & merging.NOT_CHOSEN


def test_a_vocabulary_forgets_what_it_was_asked_when_it_learns() -> None:
    known = Vocabulary()
    known.learn([("rosa", 3, "rasa"), ("rossi", 9, "rasa")])
    assert (len(known), known.bearers("rossi"), known.bearers("verdi")) == (2, 9, 0)
    assert known.commonest("ro", 1) == ["rossi"]
    assert known.weight("ro", 100) == 12
    known.learn([("rossi", 1, "rasa"), ("roma", 5, "rama")])
    assert (len(known), known.commonest("ro", 1), known.weight("ro", 100)) == (3, ["roma"], 9)
    assert known.continuing("ros") == ["rosa", "rossi"]


def test_a_vocabulary_remembers_only_so_many_short_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("famdesk.domain.people.vocabulary.MOST_REMEMBERED", 2)
    known = Vocabulary()
    known.learn([(f"{first}nna", 1, "na") for first in "abcde"])
    assert [known.commonest(first, 1) for first in "abcdea"] == [[f"{first}nna"] for first in "abcdea"]


# --------------------------------------------------------------------------------------------------------- rights


@pytest.mark.parametrize("line", [
    "people.add c c c c c c",  # a role is missing
    "people.add c c c c c c z",  # no such letter
    "people.add - - - - - - -\npeople.add c c c c c c c",  # twice
    "@ nonsense\npeople.add c c c c c c c",  # no such power
])  # fmt: skip
def test_a_rights_table_with_a_mistake_is_not_read_at_all(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rights_table, "TABLE", f"# rows\n\n@ families\n{line}\n")
    with pytest.raises(ValueError, match=r"rights table: people\.add"):
        rights._read.__wrapped__()


def test_a_rights_table_is_read_by_role_and_power(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        rights_table, "TABLE", "# rows\n\n@ families\npeople.add oc - a - c x -\n@ basics\nx.y - - - - - - -"
    )
    table = rights._read.__wrapped__()
    assert table.rows["people.add"] == dict(zip(rights.ROLES, ("oc", "", "a", "", "c", "x", ""), strict=True))
    assert table.powers == {"people.add": "families", "x.y": "basics"}


def test_a_power_that_was_taken_away_takes_its_letters_with_it() -> None:
    action = next(name for name, row in rights.parsed().items()
                  if row["reception"] and rights.power_of(name) == "families")  # fmt: skip
    assert rights.cell(action, "reception")
    assert rights.cell(action, rights.Role("reception")) == rights.cell(action, "reception")
    assert rights.cell(action, rights.Role("reception", ("families",))) == ""
    assert rights.cell(action, rights.Role("reception", ("desk",)))
    assert rights.cell("no.such", "reception") == ""
    assert rights.cell(action, "stranger") == ""
    names = rights.roles_for(action)
    assert "reception" in names
    assert set(names) - set(rights.roles_for(action, {"reception": ("families",)})) == {"reception"}


def test_who_has_no_power_over_families_learns_no_name() -> None:
    mine = rights.ceiling()["reception"] & rights.powers.PEOPLE
    assert rights.holds("reception", "names")
    assert rights.holds(rights.Role("reception", sorted(mine)[1:]), "names")
    assert not rights.holds(rights.Role("reception", mine), "names")
    assert not rights.holds("stranger", "names")


# ----------------------------------------------------------------------------------------------------- repetition


@pytest.mark.parametrize(("text", "said"), [
    ("FREQ=DAILY;BYMONTHDAY=1;COUNT=2", "by a rule of its own (FREQ=DAILY;BYMONTHDAY=1) at 18:00, 2 times"),
    ("FREQ=DAILY;INTERVAL=2;BYDAY=MO;COUNT=2",
     "by a rule of its own (FREQ=DAILY;INTERVAL=2;BYDAY=MO) at 18:00, 2 times"),
    ("FREQ=WEEKLY;BYDAY=MO;BYMONTHDAY=1;COUNT=2",
     "by a rule of its own (FREQ=WEEKLY;BYMONTHDAY=1;BYDAY=MO) at 18:00, 2 times"),
    ("FREQ=MONTHLY;BYMONTHDAY=-2;COUNT=2", "by a rule of its own (FREQ=MONTHLY;BYMONTHDAY=-2) at 18:00, 2 times"),
    ("FREQ=MONTHLY;BYMONTHDAY=1,-1;COUNT=2",
     "by a rule of its own (FREQ=MONTHLY;BYMONTHDAY=-1,1) at 18:00, 2 times"),
    ("FREQ=YEARLY;BYMONTHDAY=1;COUNT=2", "by a rule of its own (FREQ=YEARLY;BYMONTHDAY=1) at 18:00, 2 times"),
    ("FREQ=YEARLY;BYMONTH=3;COUNT=2", "by a rule of its own (FREQ=YEARLY;BYMONTH=3) at 18:00, 2 times"),
])  # fmt: skip
def test_a_rule_without_plain_words_is_told_as_it_is(text: str, said: str) -> None:
    assert recurrence_words.sentence(recurrence.parse(text), datetime(2025, 2, 13, 18)) == said


def test_the_last_week_of_a_year_may_end_before_the_year() -> None:
    rule = recurrence.parse("FREQ=YEARLY;BYWEEKNO=-1;BYDAY=MO,SU")
    found = recurrence.starts(rule, datetime(2024, 12, 1, 9), date(2026, 1, 31))
    assert [one.date() for one in found] == [date(2024, 12, 23), date(2024, 12, 29), date(2025, 12, 22),
                                             date(2025, 12, 28)]  # fmt: skip


@pytest.mark.parametrize("week", ["MO", "TU", "FR", "SU"])
@pytest.mark.parametrize(("first", "last"), [
    (datetime(9999, 12, 1, 9), date(9999, 12, 31)), (datetime(1, 1, 1, 9), date(1, 1, 31)),
])  # fmt: skip
def test_weeks_are_counted_up_to_the_ends_of_time(week: str, first: datetime, last: date) -> None:
    rule = recurrence.parse(f"FREQ=YEARLY;BYWEEKNO=1,2,3,4,50,51,52,53;BYDAY=MO,TU,WE,TH,FR,SA,SU;WKST={week}")
    found = recurrence.starts(rule, first, last)
    assert found == sorted(set(found))
    assert len(found) > 14


# ------------------------------------------------------------------------------------------------------- genogram


def _drawn(family: Family) -> Drawing:
    return draw(family, Sizes(40.0, {one.id: (60.0, 30.0) for one in family.people}, (90.0, 20.0)))


def _order(drawing: Drawing) -> list[str]:
    return [one.id for one in sorted(drawing.placed, key=lambda one: one.x)]


def test_nobody_to_draw_is_a_drawing_without_lines() -> None:
    drawing = _drawn(Family(genograms.ON, (), (), ()))
    assert (drawing.placed, drawing.lines, drawing.outlines) == ((), (), ())


def test_a_family_without_a_file_in_its_middle_is_drawn_whole() -> None:
    family = genograms.nine()
    nobody = replace(family, people=tuple(replace(one, centre=False) for one in family.people))
    assert {one.id for one in _drawn(nobody).placed} == {one.id for one in family.people}


def test_partners_of_partners_stand_further_out_on_their_side() -> None:
    people = tuple(Someone(one, one) for one in "abcde")
    ties = (Tie("a", "b", "partner"), Tie("b", "c", "partner"), Tie("c", "d", "partner"), Tie("d", "e", "partner"))
    order = "".join(_order(_drawn(Family(genograms.ON, people, ties, ()))))
    assert order in {"abcde", "edcba"}


def test_homes_that_touch_at_a_corner_have_an_outline_round_both() -> None:
    (path,) = trace([Rect(0, 0, 10, 10), Rect(10, 10, 20, 20)])
    corners = [(point.x, point.y) for point in path]
    assert corners.count((10, 10)) == 2
    assert set(corners) == {(0, 0), (10, 0), (10, 10), (20, 10), (20, 20), (10, 20), (0, 10)}
