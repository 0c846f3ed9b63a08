"""The view of the initiatives over the Cremona profile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

import pytest
from pytestqt.qtbot import QtBot

from famdesk.ui.kit.runner import Runner
from famdesk.ui.programmes.page import ProgrammesPage
from famdesk.usecases.enrolling import enrolment
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from famdesk.usecases.programmes import initiatives, meetings, programmes
from famdesk.usecases.programmes.programmes_rows import InitiativeDetail, InitiativeValues, MeetingValues
from tests.support.offices import Desk

THURSDAY = date(2025, 2, 13)


@pytest.fixture
def office(file_desk: Desk) -> Office:
    return file_desk.sign_in("coordinator")


@pytest.fixture
def runner(office: Office) -> Iterator[Runner]:
    found = Runner(office)
    yield found
    found.close()


@pytest.fixture
def page(qtbot: QtBot, runner: Runner) -> ProgrammesPage:
    """Not yet shown: the test arranges first."""
    found = ProgrammesPage(runner)
    qtbot.addWidget(found)
    found.resize(1080, 700)
    return found


@pytest.fixture
def ape(office: Office) -> str:
    """Five meetings, only the first has a date; two places."""
    values = InitiativeValues("A.Pe", function="B", state="enrolling", capacity=2, usual_weekday=4, usual_time=time(18))
    initiative = office.run(initiatives.add_initiative, values)
    for number in range(5):
        day = THURSDAY if number == 0 else None
        office.run(meetings.add_meeting, initiative, MeetingValues(day, time(18)))
    return initiative


def show(qtbot: QtBot, page: ProgrammesPage) -> None:
    page.show()
    settle(qtbot, page)


def settle(qtbot: QtBot, page: ProgrammesPage) -> None:
    qtbot.waitUntil(page.runner.idle)


def detail(office: Office, initiative: str) -> InitiativeDetail:
    return office.fetch(programmes.initiative, initiative)


def enrol(office: Office, initiative: str, *surnames: str) -> list[str]:
    return [office.run(enrolment.enrol, initiative, office.run(people.add_person, surname=name)) for name in surnames]


def texts(page: ProgrammesPage, row: int) -> list[str]:
    model = page.meetings.model
    return [model.data(model.index(row, column)) for column in range(model.columnCount())]
