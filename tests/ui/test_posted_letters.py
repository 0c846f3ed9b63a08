"""Reminder letters in the view of the sheets: seen, printed, and noted as posted with one button."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from pytestqt.qtbot import QtBot

from famdesk.ui.kit.messages import Message
from famdesk.ui.kit.runner import Runner
from famdesk.ui.sheets.page import SheetsPage
from famdesk.usecases.calendar import calendar
from famdesk.usecases.intake import call_list
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts
from famdesk.usecases.post import reminders
from tests.support.calendars import at, seed
from tests.support.offices import Desk

SLOW = 20_000


@pytest.fixture
def office(file_desk: Desk) -> Office:
    """Somebody who comes on Monday and can only be written to on paper."""
    lead = file_desk.sign_in("coordinator")
    person = seed(lead).person
    lead.run(contacts.add_contact_point, person, kind="address", value="via Prova 3, 26100 Cremona")
    starts = at(17, day=date(2025, 2, 17))
    lead.run(calendar.book, starts=starts, ends=starts + timedelta(hours=1), kind="interview", person_id=person)
    lead.tend(reminders.refresh)
    return lead


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> Iterator[SheetsPage]:
    runner = Runner(office)
    made = SheetsPage(runner)
    qtbot.addWidget(made)
    made.show()
    yield made
    runner.close()


def test_letters_are_printed_and_posted(page: SheetsPage, office: Office, qtbot: QtBot) -> None:
    page.open_item("reminder-letters", "")
    qtbot.waitUntil(lambda: page.out.key == "reminder-letters", timeout=SLOW)
    qtbot.waitUntil(lambda: "via Prova 3" in str(page.preview.document.getAllText(0).text()), timeout=SLOW)
    [row] = office.fetch(call_list.call_list)
    assert (row.way, row.value) == ("write", "via Prova 3, 26100 Cremona")
    told: list[Message] = []
    page.message.connect(told.append)
    page._on_printed(page.out.content)
    assert told[-1].text == "1 letter sent to the printer."
    offer = told[-1].offer
    assert offer is not None
    offer.act()
    qtbot.waitUntil(page.runner.idle, timeout=SLOW)
    assert office.fetch(reminders.letters) == ()
    assert office.fetch(call_list.call_list) == ()
    assert office.undo_label() == "Reminder letters posted"
    office.undo()
    assert len(office.fetch(reminders.letters)) == 1
