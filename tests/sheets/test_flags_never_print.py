"""What makes a person vulnerable stands on no sheet that nobody asked it for; a new sheet has to be added here."""

from __future__ import annotations

import ast
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from famdesk.domain import codes
from famdesk.domain.calendar import periods
from famdesk.domain.people.person_details import FLAG_KINDS, SENSITIVE_FLAGS
from famdesk.sheets.calendar import calendar_sheet
from famdesk.sheets.calendar.calendar_wish import CalendarWish
from famdesk.sheets.collecting import collect, collect_calendar
from famdesk.sheets.papers import PaperWish
from famdesk.sheets.people import consent
from famdesk.sheets.people import genogram as genogram_sheet
from famdesk.ui.sheets import making
from famdesk.ui.sheets.making import Wish
from famdesk.ui.sheets.page import SHEETS
from famdesk.usecases.calendar import calendar
from famdesk.usecases.consent import consent_sheet
from famdesk.usecases.enrolling import enrolment
from famdesk.usecases.intake import follow_ups, intake
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, flags, people, person_export
from famdesk.usecases.programmes import initiatives, meetings
from famdesk.usecases.programmes.programmes_rows import InitiativeValues, MeetingValues
from tests.sheets.conftest import Reader
from tests.support.offices import Desk
from tests.support.sheet_modules import PATHS, sheet_module

SECRET = "Xylocopa"
"""Stands in the note of every mark, and nowhere else."""
WITH_PERSONS = {
    "access_card": "access-card", "appointment_slip": "appointment-slip", "call_list": "call-list",
    "day_sheet": "day-sheet", "labels": "labels", "genogram": "", "consent": "",
    "sign_in_sheet": "sign-in-sheet", "calendar_sheet": "calendar",
}  # fmt: skip
"""The sheets that name persons, and their key on the page of sheets ("" where they are printed elsewhere)."""
WITHOUT_PERSONS = {"opening_hours", "all_posters", "recovery", "processing", "orientation", "leaflet", "flyer",
                   "feedback_form", "cycle_summary", "statistics", "case_agenda", "destruction_record"}  # fmt: skip
LETTERS = {"reminder_letters": "reminder-letters", "letter": "", "envelope": "", "certificate": "certificate",
           "application_letters": "application-letters", "application_list": "application-list",
           "certificate_register": "certificate-register", "print_register": ""}  # fmt: skip
"""Their words are typed, or those of modules and registers that know no marks; `test_ways_out` reads the letters."""
ASKED_FOR = {"data_copy": "the copy that the person concerned asks for (GDPR art. 15) says all that is known"}
MAY_READ_FLAGS = {
    "usecases/people/flags.py", "usecases/people/person_file.py", "usecases/people/person_badges.py",
    "usecases/demo/demo_life.py",
    "ui/people/details_panel.py", "ui/people/details_dialogs.py", "ui/people/details_words.py",
    "usecases/journal.py", "usecases/today.py",
}  # fmt: skip
"""Where marks are read by name: the file on the screen, whose history asks for them, what is to be done today, and the
demo's families."""


def _sheets(project: Path) -> set[str]:
    """The modules that make a PDF."""
    return {stem for stem in PATHS if hasattr(sheet_module(stem), "render")} - {"page", "poster"}


def test_every_sheet_is_known_here(project: Path) -> None:
    assert _sheets(project) == {*WITH_PERSONS, *WITHOUT_PERSONS, *LETTERS, *ASKED_FOR}
    nameless = {"opening-hours", "orientation-slip", "leaflet", "flyer", "feedback-form", "cycle-summary", "statistics"}
    assert {key for key in (*WITH_PERSONS.values(), *LETTERS.values()) if key} == {row[0] for row in SHEETS} - nameless


def _reads_flags(tree: ast.AST) -> bool:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            names = {alias.name for alias in node.names}
            source = node.module or ""
            if source.startswith("famdesk.usecases") and ("flags" in names or source.endswith(".flags")):
                return True
            if source == "famdesk.data.tables.person_details" and "Flag" in names:
                return True
    return False


def test_nothing_that_prints_or_exports_reads_marks(project: Path) -> None:
    root = project / "famdesk"
    found = {str(file.relative_to(root)) for file in root.rglob("*.py") if _reads_flags(ast.parse(file.read_text()))}
    assert found == MAY_READ_FLAGS
    for folder in ("sheets", "exchange"):
        for file in (root / folder).rglob("*.py"):
            names = {node.attr for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Attribute)}
            assert "badges" not in names, f"{file.name} prints what the file shows on the screen"


@pytest.fixture
def office(file_desk: Desk) -> Office:
    return file_desk.sign_in("coordinator")


@pytest.fixture
def marked(office: Office) -> str:
    """Somebody with every mark there is, with an appointment, a call to be made and an address."""
    run = office.run
    person = run(
        people.add_person, surname="Rossi", given_name="Anna", birth_date=date(1991, 4, 2), phone="0372 407788"
    )
    run(people.set_privacy, person, 1, "signed", date(2025, 2, 10))
    run(contacts.add_contact_point, person, kind="address", value="via Lunga 3, 26100 Cremona")
    for row in FLAG_KINDS:
        run(flags.add_flag, person, row.code, sensitive=row.code in SENSITIVE_FLAGS, note=SECRET)
    run(follow_ups.add, kind="call", what="richiamare", person_id=person)
    return person


def _content(office: Office, person: str, sheet: str) -> bytes:
    """A sheet about the person, as the program makes it."""
    if sheet == "genogram":
        return genogram_sheet.render(office.fetch(collect.genogram, person))
    if sheet == "consent":
        return consent.render(office.fetch(consent_sheet.facts, person, "privacy"))
    given: dict[str, Any] = {}
    if sheet == "access_card":
        given["card_id"] = office.run(intake.open_card, person_id=person, channel="phone", needs=("housing",))
    if sheet == "labels":
        given["people"] = (person,)
    if sheet == "sign_in_sheet":
        initiative = office.run(initiatives.add_initiative, InitiativeValues(name="Cucito"))
        office.run(meetings.add_meeting, initiative, MeetingValues(date(2025, 2, 20)))
        office.run(enrolment.enrol, initiative, person)
        given["paper_wish"] = PaperWish(initiative_id=initiative, names=True)
    if sheet in {"appointment_slip", "day_sheet", "calendar_sheet"}:
        given["appointment_id"] = office.run(
            calendar.book, starts=datetime(2025, 2, 11, 17), ends=datetime(2025, 2, 11, 18), kind="consultation",
            person_id=person, staff_id=office.actor.staff_id,
        )  # fmt: skip
    if sheet == "calendar_sheet":
        return calendar_sheet.render(office.fetch(collect_calendar.calendar, CalendarWish(periods.DAY, names=True)))
    wish = Wish(WITH_PERSONS[sheet], "en", **given)
    return making.render(office.fetch(making.gather, wish), wish)


@pytest.mark.parametrize("sheet", sorted(WITH_PERSONS))
def test_no_mark_is_on_the_sheet(office: Office, marked: str, sheet: str, words: Reader) -> None:
    text = words(_content(office, marked, sheet))
    assert ("17:00" if sheet == "appointment_slip" else "Rossi") in text, "the sheet is not about the person"
    told = [
        codes.label(FLAG_KINDS, row.code) for row in FLAG_KINDS if row.code not in {"other", "isolation", "housing"}
    ]
    assert SECRET not in text
    assert [word for word in told if word in text] == []


def test_no_mark_is_in_what_is_exported(office: Office, marked: str) -> None:
    rows = office.fetch(person_export.persons, [marked], "csv")
    assert "Rossi" in repr(rows)
    assert SECRET not in repr(rows)
    assert not any(codes.label(FLAG_KINDS, row.code) in repr(rows) for row in FLAG_KINDS)
