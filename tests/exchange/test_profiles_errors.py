"""Each error of a profile is told with its line and field, and all of them together."""

from __future__ import annotations

from pathlib import Path

import pytest

from famdesk import i18n
from famdesk.domain.errors import RuleError
from famdesk.exchange import profiles_errors as wrong
from famdesk.exchange.profiles import LARGEST, ProfileError, read_profile

GOOD = """\
# a comment with [[body]] in it
[profile]
format = 1
title = "A small one"
[[document]]
key = "d1"
title = "A letter"
paragraphs = 3
[[centre]]
key = "c1"
name = '''The
centre'''
source = "d1 §1"
[[body]]
key = "comune"
name = "Comune"
kind = "comune"
source = "d1 §1, §3"
[[body]]
key = "sector"
name = "Sector"
kind = "department"
parent = "comune"
source = "not from the sources: a phone call"
[[place]]
key = "seat"
name = "Seat"
kind = "office"
source = "d1 §2"
[[access_point]]
key = "door"
name = "Door"
place = "seat"
starts_on = 2025-02-04
source = "d1 §1"
inferred = "starts_on: year from the weekday"
[[access_point.hours]]
weekday = "tuesday"
opens = "8:00"
closes = 10:00:00
valid_from = 2025-02-04
valid_to = 2025-12-31
source = "d1 §1"
[[access_point.hours]]
weekday = "tuesday"
opens = "10:00"
closes = "00:00"
source = "d1 §1"
[[service]]
key = "help"
name = "Help"
kind = "listening"
source = "d1 §1"
[[initiative]]
key = "cycle"
name = "Cycle"
kind = "cycle"
capacity = 12
source = "d1 §1"
[[initiative.meeting]]
number = 1
source = "d1 §1"
[[initiative.meeting]]
number = 2
source = "d1 §1"
[[call]]
key = "call"
name = "Call"
kind = "funding"
deadline = 2021-07-08T09:00:00
source = "d1 §1"
[[catchment]]
subject = "c1"
name = "Here"
extent = "city"
municipalities = ["019036", "019098"]
source = "d1 §1"
"""

END = GOOD.count("\n") + 1


def errors_of(text: str) -> list[ProfileError]:
    with pytest.raises(ProfileError) as caught:
        read_profile(text)
    return list(caught.value.errors)


def line_of(text: str, part: str, nth: int = 0) -> int:
    found = [number for number, line in enumerate(text.split("\n"), 1) if part in line]
    return found[nth]


def test_the_good_one_is_good() -> None:
    profile = read_profile(GOOD)
    assert profile.centre[0].name == "The\ncentre"
    assert [slot.line for slot in profile.access_point[0].hours] == [
        line_of(GOOD, "[[access_point.hours]]", nth) for nth in (0, 1)
    ]
    assert profile.catchment[0].municipalities == ("019036", "019098")


# (what is written instead of what, the error, the field; the line is that of the new text unless told otherwise)
CHANGES = [
    ('title = "A small one"', "titel = 1", wrong.UnknownName, "profile.titel"),
    ("format = 1", "format = 2", wrong.UnknownFormat, "profile.format"),
    ("paragraphs = 3", 'paragraphs = "3"', wrong.NotWhole, "document[1].paragraphs"),
    ('name = "Sector"', "name = 7", wrong.NotText, "body[2].name"),
    ('name = "Sector"', 'name = " "', wrong.EmptyText, "body[2].name"),
    ('name = "Sector"', 'name = "a\\u0000b"', wrong.BadCharacter, "body[2].name"),
    ('name = "Sector"', 'name = "' + "x" * 10_001 + '"', wrong.LongText, "body[2].name"),
    ('name = "Sector"', 'name = "S"\nnmae = "Sector"', wrong.UnknownName, "body[2].nmae"),
    ('kind = "department"', 'kind = "departement"', wrong.UnknownCode, "body[2].kind"),
    ('key = "sector"', 'key = "Sector One"', wrong.BadKey, "body[2].key"),
    ('key = "sector"', 'key = "all"', wrong.BadKey, "body[2].key"),
    ('parent = "comune"', 'parent = "comunne"', wrong.UnknownKey, "body[2].parent"),
    ('parent = "comune"', 'parent = "seat"', wrong.WrongKind, "body[2].parent"),
    ('parent = "comune"', 'parent = "sector"', wrong.Circle, "body[2].parent"),
    ('parent = "comune"', 'centre = "seat"', wrong.WrongKind, "body[2].centre"),
    ('parent = "comune"', 'centre = "all"', wrong.OneCentreOnly, "body[2].centre"),
    ("number = 1", 'centre = "c1"\nnumber = 1', wrong.NotHere, "initiative[1].meeting[1].centre"),
    ('weekday = "tuesday"', 'weekday = "martedì"', wrong.UnknownCode, "access_point[1].hours[1].weekday"),
    ('opens = "8:00"', 'opens = "8.00"', wrong.NotClock, "access_point[1].hours[1].opens"),
    ('opens = "8:00"', 'opens = "24:00"', wrong.NotClock, "access_point[1].hours[1].opens"),
    ("closes = 10:00:00", "closes = 10:00:30", wrong.NotClock, "access_point[1].hours[1].closes"),
    ("closes = 10:00:00", "closes = 08:00:00", wrong.ClosesTooEarly, "access_point[1].hours[1].closes"),
    ("valid_to = 2025-12-31", "valid_to = 2025-02-03", wrong.LastBeforeFirst, "access_point[1].hours[1].valid_to"),
    ("valid_to = 2025-12-31", 'valid_to = "2025"', wrong.NotDay, "access_point[1].hours[1].valid_to"),
    ("valid_to = 2025-12-31", "valid_to = 2025-12-31T10:00:00", wrong.NotDay, "access_point[1].hours[1].valid_to"),
    ("capacity = 12", "capacity = true", wrong.NotWhole, "initiative[1].capacity"),
    ("capacity = 12", "capacity = 0", wrong.NotWhole, "initiative[1].capacity"),
    ("number = 2", "number = 1", wrong.NumberUsedTwice, "initiative[1].meeting[2].number"),
    ("2021-07-08T09:00:00", "2021-07-08T09:00:00Z", wrong.NotMoment, "call[1].deadline"),
    ('place = "seat"', "main = 1", wrong.NotYesNo, "access_point[1].main"),
    ('["019036", "019098"]', '"019036"', wrong.NotComuni, "catchment[1].municipalities"),
    ('"019098"', '"19098"', wrong.NotComune, "catchment[1].municipalities"),
    ("d1 §1, §3", "§1", wrong.BadSource, "body[1].source"),
    ("d1 §1, §3", "not from the sources: ", wrong.BadSource, "body[1].source"),
    ("d1 §1, §3", "d2 §1", wrong.UnknownDocument, "body[1].source"),
    ("d1 §1, §3", "d1 §1, §4", wrong.UnknownParagraph, "body[1].source"),
    ("starts_on: year", "the year", wrong.BadInferred, "access_point[1].inferred"),
    ("starts_on: year", "beginning: year", wrong.BadInferred, "access_point[1].inferred"),
    ("starts_on: year", "phone: year", wrong.InferredNothing, "access_point[1].inferred"),
]


@pytest.mark.parametrize(("old", "new", "error", "field"), CHANGES)
def test_an_error_tells_its_line_and_field(old: str, new: str, error: type[ProfileError], field: str) -> None:
    text = GOOD.replace(old, new, 1)
    assert text != GOOD
    leaf = field.rpartition(".")[2]
    above = [number for number, part in enumerate(new.split("\n")) if part.startswith(leaf)]  # of two new lines
    line = line_of(GOOD, old) + (above[0] if above else 0)
    found = next(one for one in errors_of(text) if type(one) is error)
    assert (found.field, found.line) == (field, line)
    assert f"Line {line}, {field}" in found.sentence()


def test_a_key_used_twice_is_told_at_its_second_use() -> None:
    errors = errors_of(GOOD.replace('key = "sector"', 'key = "seat"'))
    found = next(one for one in errors if type(one) is wrong.KeyUsedTwice)
    assert (type(found), found.field, found.line) == (wrong.KeyUsedTwice, "place[1].key", line_of(GOOD, '"seat"'))
    assert "already used in line 20." in found.sentence()


def test_an_overlap_is_told_at_the_later_hours() -> None:
    (found,) = errors_of(GOOD.replace('opens = "10:00"', 'opens = "09:59"'))
    assert (type(found), found.field, found.line) == (wrong.HoursOverlap, "access_point[1].hours[2]", 44)
    assert "line 37" in found.sentence()


@pytest.mark.parametrize(
    ("lost", "field"),
    [
        ('kind = "department"\n', "body[2].kind"),
        ('key = "seat"\n', "place[1].key"),
        ('opens = "8:00"\n', "access_point[1].hours[1].opens"),
        ("number = 2\n", "initiative[1].meeting[2].number"),
        ("format = 1\n", "profile.format"),
        ('title = "A small one"\n', "profile.title"),
    ],
)
def test_what_is_missing_is_told_at_the_head_of_its_entry(lost: str, field: str) -> None:
    text = GOOD.replace(lost, "", 1)
    head, _, _ = GOOD.partition(lost)
    found = next(one for one in errors_of(text) if type(one) is wrong.Missing)
    assert found.field == field
    above = [number for number, line in enumerate(head.split("\n"), 1) if line.startswith("[")]
    assert found.line == above[-1]


def test_an_entry_without_source_is_refused() -> None:
    text = GOOD.replace('source = "d1 §2"\n', "")
    (found,) = errors_of(text)
    assert (type(found), found.field, found.line) == (wrong.Missing, "place[1].source", line_of(text, "[[place]]"))


@pytest.mark.parametrize(
    ("text", "error", "line"),
    [
        ("", wrong.Missing, 1),
        ("[profile]\nformat = 1\ntitle = 'x'\n", wrong.NoCentre, 1),
        (GOOD + "[[pleace]]\n", wrong.UnknownName, END),
        (GOOD + "[statement]\n", wrong.NotEntries, END),
        (GOOD.replace("[profile]", "[[profile]]"), wrong.NotATable, 2),
        (GOOD + "[[centre]]\nkey = 'c2'\nname = 'Two'\nsource = 'd1 §1'\n", wrong.SeveralCentres, END),
        (
            GOOD + "[[network]]\nkey = 'n1'\nname = 'N'\nsource = 'd1 §1'\n"
            "[[network]]\nkey = 'n2'\nname = 'N'\nsource = 'd1 §1'\n",
            wrong.SeveralNetworks,
            END + 4,
        ),
    ],
)
def test_the_whole_must_fit(text: str, error: type[ProfileError], line: int) -> None:
    found = next(one for one in errors_of(text) if type(one) is error)
    assert found.line == line
    assert found.sentence()


def test_nothing_may_refer_to_what_each_centre_has_of_its_own() -> None:
    text = GOOD.replace('key = "help"', 'key = "help"\ncentre = "all"') + (
        "[[network]]\nkey = 'n1'\nname = 'N'\nsource = 'd1 §1'\n"
        "[[statement]]\nsubject = 'help'\nkind = 'aim'\ntext = 'x'\nsource = 'd1 §1'\n"
    )
    (found,) = errors_of(text)
    assert (type(found), found.field) == (wrong.ManyCopies, "statement[1].subject")


def test_a_circle_of_two_is_found_at_both() -> None:
    text = GOOD.replace('kind = "comune"', 'kind = "comune"\nparent = "sector"')
    assert [(type(one), one.field) for one in errors_of(text)] == [
        (wrong.Circle, "body[1].parent"),
        (wrong.Circle, "body[2].parent"),
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (GOOD + 'x = "open', END),
        (GOOD.replace("capacity = 12", "capacity = "), line_of(GOOD, "capacity")),
        (GOOD.replace("2025-02-04", "2025-02-30", 1), line_of(GOOD, "2025-02-04")),
        (GOOD.replace("number = 1", "number = 1\nnumber = 1"), line_of(GOOD, "number = 1") + 1),
        ("x = " + "[" * 20_000, 1),
        ("x = " + "9" * 5_000, 1),
    ],
)
def test_what_is_not_toml_is_told_with_its_line(text: str, line: int) -> None:
    (found,) = errors_of(text)
    assert type(found) is wrong.NotToml
    assert abs(found.line - line) <= 1  # the parser may notice at the end of the line
    assert str(found.line) in found.sentence()


def test_all_errors_come_together_in_the_order_of_the_file() -> None:
    text = GOOD.replace('kind = "department"', 'kind = "x"').replace("d1 §2", "d9 §2").replace("[[call]]", "[[cal]]")
    text = text.replace('key = "door"\n', "")
    with pytest.raises(ProfileError) as caught:
        read_profile(text)
    found = caught.value.errors
    assert [one.line for one in found] == sorted(one.line for one in found)
    assert {type(one) for one in found} == {wrong.UnknownCode, wrong.UnknownDocument, wrong.UnknownName, wrong.Missing}
    assert caught.value.sentence().count("\n") == len(found) - 1
    assert isinstance(caught.value, RuleError)
    assert caught.value.field == found[0].field


def test_files_are_refused_with_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "centre.toml"
    for content, error in (
        (None, wrong.Unreadable),
        (b"[profile]\nformat = 1\ntitle = '\xe8'", wrong.NotUtf8),
        (b"#" * (LARGEST + 1), wrong.TooLarge),
    ):
        if content is not None:
            file.write_bytes(content)
        with pytest.raises(ProfileError) as caught:
            read_profile(file)
        (found,) = caught.value.errors
        assert type(found) is error
        assert "{" not in found.sentence()
    assert wrong.NotUtf8(3).sentence().startswith("Line 3")


def test_files_of_windows_editors_are_read(tmp_path: Path) -> None:
    file = tmp_path / "centre.toml"
    file.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert read_profile(file) == read_profile(GOOD)
    file.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").replace("§2", "§9").encode())
    with pytest.raises(ProfileError) as caught:
        read_profile(file)
    assert caught.value.line == line_of(GOOD, "§2")


def test_texts_are_stored_in_one_form() -> None:
    profile = read_profile(GOOD.replace('"Sector"', '"  Legalita\u0300 "'))
    assert profile.body[1].name == "Legalit\u00e0"


def test_every_kind_of_error_has_a_sentence_in_the_language_in_force() -> None:
    kinds = [kind for kind in vars(wrong).values() if isinstance(kind, type) and issubclass(kind, ProfileError)]
    names = ("value", "known", "first", "found", "wanted", "limit", "least", "most", "count", "name", "detail")
    with i18n.using("en"):
        for kind in kinds:
            if kind is not wrong.ProfileErrors:
                assert "{" not in kind(5, "body[1].name", **dict.fromkeys(names, "?")).sentence()
