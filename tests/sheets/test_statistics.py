"""Accesses in numbers, and the register of certificates: right, small numbers hidden, nobody named who may not be."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from famdesk.data.tables.directory import AccessPoint
from famdesk.data.tables.intake import AccessCard, InfoContact
from famdesk.i18n import using
from famdesk.sheets.programmes import certificate_register
from famdesk.sheets.registers import statistics as sheet
from famdesk.usecases.centre import statistics
from famdesk.usecases.enrolling import attendance, enrolment
from famdesk.usecases.enrolling.attendance import Mark
from famdesk.usecases.intake.intake import log_contact
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from famdesk.usecases.programmes import certificates, initiatives, meetings
from famdesk.usecases.programmes.programmes_rows import InitiativeValues, MeetingValues
from tests.support.offices import Desk
from tests.support.pdf_structure import faults
from tests.support.scenarios import version, write

Told = dict[str, int | None]


def words(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())


@pytest.fixture
def office(desk: Desk) -> Office:
    return desk.sign_in("coordinator")


def _contacts(office: Office, count: int, at: datetime, **values: Any) -> None:
    rows = [InfoContact(at=at, channel="door", operator_id=office.actor.staff_id, **values) for _number in range(count)]
    write(office, log_contact, *rows)


def _cells(cells: tuple[statistics.Cell, ...] | tuple[statistics.PointCell, ...]) -> Told:
    return {cell.name if isinstance(cell, statistics.PointCell) else cell.code: cell.count for cell in cells}


def test_accesses_by_month_function_and_point(office: Office) -> None:
    point = AccessPoint(name="piazza Giovanni XXIII", position=1)
    write(office, log_contact, point)
    _contacts(office, 12, datetime(2025, 1, 31, 23, 59), function="A", access_point_id=point.id)
    _contacts(office, 7, datetime(2025, 2, 1), function="B")
    _contacts(office, 9, datetime(2024, 12, 31, 23, 59), function="C")
    cards = [AccessCard(at=datetime(2025, 2, 3, 9), operator_id=office.actor.staff_id) for _number in range(8)]
    write(office, log_contact, *cards)
    _contacts(office, 1, datetime(2025, 2, 3, 9), function="A", access_card_id=cards[0].id)  # the same access
    found = office.fetch(statistics.accesses, 2025)
    assert (found.total, found.last_month) == (27, 2)
    assert _cells(found.months) == {"1": 12, "2": 15}
    assert _cells(found.functions) == {"A": 13, "B": 7, "C": 0, "": 7}
    assert _cells(found.points) == {"piazza Giovanni XXIII": 12, "": 15}
    assert office.fetch(statistics.accesses, 2024).total == 9


def test_small_numbers_are_not_told_nor_found_by_subtraction(office: Office) -> None:
    _contacts(office, 3, datetime(2025, 1, 10, 9), function="A")
    _contacts(office, 20, datetime(2025, 2, 3, 9), function="B")
    found = office.fetch(statistics.accesses)
    assert _cells(found.months) == {"1": None, "2": None}
    with using("en"):
        text = words(sheet.render(office.fetch(sheet.collect)))
    assert "Accesses in all: 23" in text
    assert "too few to be told" in text
    assert "20" not in text.replace("2025", "").replace("/2025", "")


def test_who_may_not_know_a_person_counts_the_same(desk: Desk, office: Office) -> None:
    hidden = office.run(people.add_person, surname="Zelinda")
    cards = [AccessCard(at=datetime(2025, 2, 3, 9), operator_id=office.actor.staff_id, person_id=hidden,
                        caller_id=hidden) for _number in range(6)]  # fmt: skip
    write(office, log_contact, *cards)
    deed: Any = people.set_protection
    office.run(deed, hidden, 1, protected=True, restricted=False, reason="minacce")
    for login in ("coordinator", "reception"):
        assert desk.sign_in(login).fetch(statistics.accesses).total == 6


def test_the_sheet_is_whole_and_accessible(office: Office) -> None:
    for month in range(1, 3):
        _contacts(office, 10 * month, datetime(2025, month, 3, 9), function="ABC"[month % 3])
    with using("it"):
        data = sheet.render(office.fetch(sheet.collect))
    assert faults(data) == []
    empty = sheet.StatisticsSheet("Centro", statistics.Statistics(2030, 0, (), (), (), 0), datetime(2025, 2, 3))
    with using("en"):
        assert "This year has not begun." in words(sheet.render(empty))


def test_the_register_of_certificates_names_nobody_who_may_not_be(desk: Desk, office: Office) -> None:
    made = office.run(initiatives.add_initiative, InitiativeValues("Formazione"))
    days = [office.run(meetings.add_meeting, made, MeetingValues(date(2025, 1, 9) + timedelta(days=7 * week), time(9),
                                                                 120)) for week in range(2)]  # fmt: skip
    names = ("Anna", "Zelinda")
    known = {name: office.run(people.add_person, surname=name) for name in names}
    for one in known.values():
        office.run(people.set_privacy, one, 1, "signed", date(2025, 1, 9))
    places = {name: office.run(enrolment.enrol, made, one) for name, one in known.items()}
    office.run(attendance.note, [Mark(day, one, True) for day in days for one in places.values()])
    office.run(certificates.issue, made, list(places.values()))
    deed: Any = people.set_protection
    from famdesk.data.tables.people import Person

    read = version(office, Person, known["Zelinda"])
    office.run(deed, known["Zelinda"], read, protected=True, restricted=False, reason="minacce")
    with using("en"):
        text = words(certificate_register.render(office.fetch(certificate_register.collect)))
    assert "Register of certificates 2025" in text
    assert "Anna" in text
    assert "4 hours" in text
    assert "Zelinda" not in text
    with using("it"):
        assert faults(certificate_register.render(office.fetch(certificate_register.collect))) == []
        assert "2019" in words(certificate_register.render(office.fetch(certificate_register.collect, 2019)))
