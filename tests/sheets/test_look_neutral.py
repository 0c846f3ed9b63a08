"""A full look never betrays who has to be careful: sheets made by the program for a person with a safe-contact rule."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from famdesk.sheets.paper.look import drawn, gathered
from famdesk.sheets.papers import PaperWish
from famdesk.ui.sheets import making
from famdesk.ui.sheets.making import Wish
from famdesk.usecases.calendar import calendar
from famdesk.usecases.centre import looks
from famdesk.usecases.centre.looks import LookValues
from famdesk.usecases.enrolling import enrolment
from famdesk.usecases.intake import intake
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, people
from famdesk.usecases.programmes import initiatives, meetings
from famdesk.usecases.programmes.programmes_rows import InitiativeValues, MeetingValues
from tests.support.logos import picture
from tests.support.offices import Desk
from tests.support.pdf_structure import Document, faults

TELLING = ("Centro di prova", "Settore Famiglie", "Cod. fisc. 000", "Due mani")


@pytest.fixture
def office(desk: Desk) -> Office:
    """The coordinator of a centre with a look."""
    office = desk.sign_in("coordinator")
    office.run(looks.save_look, 0, LookValues("#7a1f5c", "Settore Famiglie", "Cod. fisc. 000"))
    office.run(looks.add_logo, picture(), alt="Due mani")
    return office


def _person(office: Office, *, careful: bool) -> str:
    person = office.run(people.add_person, surname="Rossi", given_name="Anna", birth_date=date(1991, 4, 2))
    neutral = "Biblioteca" if careful else None
    office.run(contacts.add_contact_point, person, kind="mobile", value="333 0000444", neutral_name=neutral)
    return person


def _wish(office: Office, person: str, sheet: str) -> Wish:
    if sheet == "access-card":
        return Wish(sheet, "it", card_id=office.run(intake.open_card, person_id=person, channel="phone"))
    if sheet == "sign-in-sheet":
        initiative = office.run(initiatives.add_initiative, InitiativeValues(name="Cucito"))
        office.run(meetings.add_meeting, initiative, MeetingValues(date(2025, 2, 20)))
        office.run(enrolment.enrol, initiative, person)
        return Wish(sheet, "it", paper_wish=PaperWish(initiative_id=initiative, names=True))
    booked = office.run(calendar.book, starts=datetime(2025, 2, 20, 17), ends=datetime(2025, 2, 20, 18),
                        kind="interview", person_id=person)  # fmt: skip
    return Wish(sheet, "it", appointment_id=booked)


@pytest.mark.parametrize("careful", [True, False])
@pytest.mark.parametrize("sheet", ["appointment-slip", "access-card", "sign-in-sheet"])
def test_the_look_stays_away_where_the_centre_must_not_be_told(office: Office, sheet: str, careful: bool) -> None:
    wish = _wish(office, _person(office, careful=careful), sheet)
    found = office.fetch(lambda tx: gathered(tx, making.gather, wish))
    data = drawn(found.look, making.render, found.content, wish)
    document = Document(data)
    words = " ".join(document.paragraphs())
    told = [one for one in TELLING if one in words]
    assert faults(data) == []
    assert told == ([] if careful else list(TELLING))
    assert any(node.role == "/Figure" for node in document.tree.every()) != careful
