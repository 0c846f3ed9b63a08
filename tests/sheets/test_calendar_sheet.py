"""The calendar on paper: nothing is cut or lost, headings on each page, hours right, names only by choice."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from famdesk.domain.calendar import periods
from famdesk.i18n import using
from famdesk.sheets.calendar import calendar_sheet
from famdesk.sheets.calendar.calendar_entries import CalendarSheet, Entry, Hours, Shut
from famdesk.sheets.calendar.calendar_wish import CalendarWish
from tests.sheets.conftest import Poppler, Reader

FIRST = date(2025, 2, 1)
MONTH = CalendarSheet(
    "month", "Hug – Centro per le Famiglie", "February 2025", "Marta Rossi", date(2025, 1, 27), date(2025, 3, 2),
    closings=(Shut(datetime(2025, 2, 20), datetime(2025, 2, 21), "patron saint"),), month=FIRST,
    printed=datetime(2025, 2, 1, 7, 55),
)  # fmt: skip
WEEK = replace(MONTH, shape="hours", month=None, first=date(2025, 2, 10), last=date(2025, 2, 16), heading="10–16 Feb")


def _entry(day: int, hour: int, minutes: int = 60, **more: object) -> Entry:
    starts = datetime(2025, 2, day, hour)
    return Entry(starts, starts + timedelta(minutes=minutes), "interview", **more)  # type: ignore[arg-type]


def _full(count: int, shape: str = "month") -> CalendarSheet:
    """As many appointments as a busy centre has, each with a number that is found again."""
    dice = random.Random(4)
    days = [FIRST + timedelta(days=n) for n in range(28)]
    entries = []
    for number in range(count):
        starts = datetime.combine(dice.choice(days), time(dice.randrange(8, 18), dice.choice((0, 15, 30))))
        who = f"Nr{number:03d}x " + dice.choice(("Girasole", "Giovanni Battista Della Torre", "Fatima El Amrani"))
        entries.append(Entry(starts, starts + timedelta(minutes=dice.choice((30, 45, 90))), "interview", who,
                             operator="Marta Rossi", room="stanza 1", function=dice.choice("ABC")))  # fmt: skip
    return replace(MONTH, shape=shape, entries=tuple(entries), named=True)


def _pages(data: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(data)).pages]


@pytest.mark.parametrize("lying", [True, pytest.param(False, marks=pytest.mark.slow)])
@pytest.mark.parametrize("shape", ["month", "weeks", "hours", "list"])
def test_of_two_hundred_none_is_lost_and_each_page_tells_what_it_is(shape: str, lying: bool) -> None:
    sheet = _full(200, shape)
    sheet = replace(sheet, month=FIRST if shape == "month" else None)
    pages = _pages(calendar_sheet.render(sheet, lying=lying))
    assert len(pages) > 3
    found = re.findall(r"Nr(\d{3})x", " ".join(pages))
    assert sorted(found) == [f"{n:03d}" for n in range(200)]
    for number, text in enumerate(pages, start=1):
        assert "February 2025" in text
        assert "Marta Rossi" in text
        assert f"page {number} of {len(pages)}" in text
        assert "Contains personal data" in text
        assert "Information and orientation" in text
        if shape in ("month", "weeks"):
            assert "Mon" in text
            assert "Fri" in text


def test_nothing_stands_outside_the_page(poppler: Poppler) -> None:
    data = calendar_sheet.render(_full(200), lying=False)
    boxes = re.findall(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">',
                       poppler("pdftotext", data, "-bbox"))  # fmt: skip
    assert len(boxes) > 1000
    for left, top, right, bottom in boxes:
        assert float(left) >= 25
        assert float(right) <= 595.3 - 25
        assert 20 <= float(top) <= float(bottom) <= 842 - 10


@settings(max_examples=30)
@given(
    st.text(alphabet="abcdefghijklmnopqrstuvwxyzäàW ", min_size=1, max_size=300), st.sampled_from(["month", "hours"])
)
def test_a_word_that_is_too_long_goes_on_on_a_further_line(text: str, shape: str) -> None:
    sheet = replace(MONTH if shape == "month" else WEEK, entries=(_entry(13, 9, who="x", note=text),))
    printed = "".join(_pages(calendar_sheet.render(sheet, lying=False))[0].split())
    assert "".join(text.split()) in printed


def test_an_empty_month_is_one_page_with_all_its_days(words: Reader) -> None:
    sheet = replace(MONTH, closings=())
    data = calendar_sheet.render(sheet)
    assert len(PdfReader(BytesIO(data)).pages) == 1
    text = words(data)
    assert all(str(day) in text.split() for day in range(1, 29))
    assert "Contains personal data" not in text


def test_hours_are_told_as_they_are(words: Reader) -> None:
    night = Entry(datetime(2025, 2, 13, 22), datetime(2025, 2, 15, 6), "accompaniment")
    whole = Entry(datetime(2025, 2, 10), datetime(2025, 2, 12), "absence", all_day=True)
    late = Entry(datetime(2025, 2, 14, 22, 15), datetime(2025, 2, 15), "team")
    for base in (MONTH, WEEK, replace(WEEK, shape="list")):
        text = words(calendar_sheet.render(replace(base, entries=(night, whole, late, _entry(12, 9, 45)))))
        assert "from 22:00" in text
        assert "until 6:00" in text
        assert "22:15–24:00" in text
        assert "9:00–9:45" in text
        assert text.count("absence") == 2
        assert text.count("accompaniment") == 3
        assert text.count("all day") >= 3


def test_closures_say_why_and_opening_hours_when(words: Reader) -> None:
    opened = Hours(datetime(2025, 2, 18, 17), datetime(2025, 2, 18, 19), "piazza", "p")
    shut = Shut(datetime(2025, 2, 19, 9), datetime(2025, 2, 19, 12), "repairs", "piazza", "p")
    week = replace(WEEK, first=date(2025, 2, 17), last=date(2025, 2, 23), openings=(opened,))
    for base in (week, replace(week, shape="list"), replace(week, shape="rows", columns=(("a", "Anna"),))):
        text = words(calendar_sheet.render(replace(base, closings=(*MONTH.closings, shut))))
        assert "Closed: patron saint" in text
        assert "piazza: closed, repairs" in text
        if base.shape != "list":
            assert "17:00–19:00" in text


def test_a_day_stands_in_columns_and_a_week_in_rows_of_colleagues(words: Reader) -> None:
    names = tuple((str(n), f"Colleague {n}") for n in range(14))
    entries = tuple(_entry(13, 8 + n % 9, column=str(n), who=f"Nr{n}x") for n in range(14))
    day = replace(WEEK, first=date(2025, 2, 13), last=date(2025, 2, 13), columns=names, entries=entries)
    for sheet in (day, replace(day, shape="rows", first=date(2025, 2, 10), last=date(2025, 2, 16))):
        text = words(calendar_sheet.render(sheet))
        for n in range(14):
            assert f"Colleague {n}" in text
            assert f"Nr{n}x" in text
    assert len(PdfReader(BytesIO(calendar_sheet.render(day))).pages) > 1


def test_what_does_not_take_place_says_so(words: Reader) -> None:
    text = words(calendar_sheet.render(replace(WEEK, entries=(_entry(13, 9, off=True, state="cancelled"),))))
    assert "cancelled" in text


def test_the_sheet_is_in_the_language_that_is_asked_for(words: Reader) -> None:
    with using("it"):
        text = words(calendar_sheet.render(replace(MONTH, heading="febbraio 2025")))
    assert "lunedì" in text
    assert "pagina 1 di 1" in text


def test_the_wish_is_read_from_the_view_as_it_was_kept() -> None:
    chosen = {"staff": ["a"], "rooms": [], "points": ["p", "q"], "kinds": ["team"], "cancelled": True,
              "initiatives": False}  # fmt: skip
    view = json.dumps({"mode": "week", "day": "2025-02-13", "columns": "staff", "filters": chosen, "zoom": 1})
    wish = CalendarWish.seen(view)
    assert (wish.mode, wish.day, wish.parts) == (periods.WEEK, date(2025, 2, 13), "staff")
    assert wish.staff == {"a"}
    assert wish.points == {"p", "q"}
    assert wish.kinds == {"team"}
    assert wish.cancelled
    assert not wish.initiatives
    assert wish.hidden() == {"operator"}
    assert replace(wish, mode=periods.MONTH).parts == "days"


@pytest.mark.parametrize(
    "view", ["", "[]", "null", "{", '{"day": "x"}', '{"filters": 3}', '{"mode": 7, "columns": []}']
)
def test_a_view_that_cannot_be_read_is_the_usual_month(view: str) -> None:
    assert CalendarWish.seen(view) == CalendarWish()
