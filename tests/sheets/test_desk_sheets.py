"""The day sheet, the slip and the recovery sheet: what they say, and what they must not say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from famdesk.domain.errors import RuleError
from famdesk.i18n import using
from famdesk.sheets.calendar import appointment_slip, day_sheet
from famdesk.sheets.calendar.appointment_slip import AppointmentSlip, SlipOptions
from famdesk.sheets.calendar.day_sheet import DayAppointment, DayMeeting, DaySheet, DaySheetOptions, OpenPlace
from famdesk.sheets.hours.opening_hours import Span
from famdesk.sheets.registers import recovery
from tests.sheets.conftest import Poppler, Reader

DAY = DaySheet(
    "Hug – Centro per le Famiglie",
    date(2025, 2, 13),
    (OpenPlace("piazza Giovanni XXIII, 1", (Span(time(17), time(19)),)),),
    appointments=(
        DayAppointment(
            time(17, 30), time(18), "first talk", "Girasole 12", "Marta Rossi", "room 2", "mediator present"
        ),
        DayAppointment(time(9), time(10), "counselling", operator="Giulia Verdi"),
    ),
    meetings=(DayMeeting(time(18), time(19, 30), "A.Pe 1/5", "Silvia Conti", "hall", 14, 20),),
    printed=datetime(2025, 2, 13, 7, 55),
)
SLIP = AppointmentSlip(
    datetime(2025, 2, 13, 17, 30),
    "Hug – Centro per le Famiglie",
    "Palazzo della Carità",
    ("Centro per le Famiglie", "piazza Giovanni XXIII, 1", "26100 Cremona"),
    "ground floor, first door",
    "psychologist",
    "Anna Bianchi",
    "333 3317332",
    "the health booklet",
)
WARNING = "Contains personal data: keep it covered and destroy it after use."


def test_the_day_sheet_says_all_of_the_day(words: Reader) -> None:
    text = words(day_sheet.render(DAY))
    for part in (
        "Thursday 13 February 2025", "piazza Giovanni XXIII, 1: 17:00–19:00", "17:30–18:00", "Girasole 12",
        "first talk",
        "Marta Rossi", "room 2", "mediator present", "A.Pe 1/5", "enrolled: 14 of 20", "Without appointment",
        "printed Thu 13 Feb, 7:55", "page 1 of 1", WARNING,
    ):  # fmt: skip
        assert part in text
    assert text.index("9:00–10:00") < text.index("17:30–18:00")


def test_a_long_day_repeats_headings_and_warnings_on_numbered_pages() -> None:
    many = tuple(DayAppointment(time(8 + n // 6, n % 6 * 10), time(20), f"talk {n}", f"Family {n}") for n in range(60))
    pages = [
        page.extract_text() for page in PdfReader(BytesIO(day_sheet.render(replace(DAY, appointments=many)))).pages
    ]
    assert len(pages) > 2
    for number, text in enumerate(pages, start=1):
        assert WARNING in text
        assert f"page {number} of {len(pages)}" in text
        assert "13 February 2025" in text
    assert all("Appointments (continued)" in text for text in pages[1:3])
    whole = "\n".join(pages)
    assert all(f"talk {n}\n" in whole for n in range(60))


def test_an_empty_closed_day_says_why_and_still_has_lines_to_write_on(words: Reader) -> None:
    text = words(day_sheet.render(DaySheet("Hug", date(2025, 4, 21), closed="Easter Monday")))
    assert "Closed: Easter Monday" in text
    assert "No appointments." in text
    assert "Without appointment" in text
    assert "Without appointment" not in words(
        day_sheet.render(DaySheet("Hug", date(2025, 4, 21)), DaySheetOptions(walk_in_lines=0))
    )


def test_the_slip_says_when_where_with_whom_and_whom_to_call(words: Reader) -> None:
    text = words(appointment_slip.render(SLIP))
    for part in (
        "Hug – Centro per le Famiglie", "Thursday 13 February", "2025", "17:30", "Anna Bianchi", "psychologist",
        "Palazzo della Carità", "piazza Giovanni XXIII, 1", "ground floor, first door", "333 3317332",
        "the health booklet",
    ):  # fmt: skip
        assert part in text


def test_the_neutral_slip_tells_nobody_what_service_this_is(words: Reader) -> None:
    data = appointment_slip.render(SLIP, SlipOptions(neutral=True))
    text = words(data)
    for part in ("Thursday 13 February", "17:30", "piazza Giovanni XXIII, 1", "26100 Cremona", "333 3317332"):
        assert part in text
    for part in ("Hug", "Famiglie", "psychologist", "Anna", "Carità", "booklet", "appointment"):
        assert part.casefold() not in text.casefold()
    assert PdfReader(BytesIO(data)).metadata.title == "Reminder"


@pytest.mark.parametrize(("language", "day"), [("it", "giovedì 13 febbraio"), ("de", "Donnerstag, 13. Februar")])
def test_the_slip_speaks_the_language_of_the_family(language: str, day: str, words: Reader) -> None:
    with using(language):
        assert day in words(appointment_slip.render(SLIP))


WORDS = st.text(st.sampled_from("abcdefàèìòùäöüßmwABCW0123–,.’"), min_size=1, max_size=18)
TEXTS = st.lists(WORDS, max_size=14).map(" ".join) | st.text(st.sampled_from("abW "), max_size=160)


@settings(max_examples=40)
@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_any_slip_is_printed_whole_or_refused(centre: str, place: str, person: str, bring: str) -> None:
    slip = AppointmentSlip(
        datetime(2025, 2, 13, 8), centre, place, ("via Bonomelli 81",), "", "", person, "0372 1", bring
    )
    try:
        data = appointment_slip.render(slip)
    except RuleError:
        return
    pages = PdfReader(BytesIO(data)).pages
    assert len(pages) == 1
    seen = "".join(pages[0].extract_text().split())
    assert all("".join(text.split()) in seen for text in (centre, place, person, bring))


def test_the_code_is_set_in_groups_of_five() -> None:
    assert recovery.groups("7k3mq-0wx9t abcde\nFGH") == ("7K3MQ", "0WX9T", "ABCDE", "FGH")


@pytest.mark.parametrize("mode", [(), ("-raw",), ("-layout",)])
def test_each_group_of_the_recovery_code_can_be_read_as_one_word(mode: tuple[str, ...], poppler: Poppler) -> None:
    sheet = recovery.RecoverySheet("Hug", "7K3MQ-0WX9T-ABCDE-FGHJK-MNPQR-STVWX-YZ012", date(2025, 2, 4))
    text = poppler("pdftotext", recovery.render(sheet), *mode)
    for group in recovery.groups(sheet.code):
        assert group in text.split()
    assert "4 February 2025" in text
