"""A sheet that waits to go out by mail can be held back in the window; one that is gone cannot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from famdesk.domain.calendar.reminding import MAIL_ERRORS
from famdesk.domain.codes import label
from famdesk.ui.kit.runner import Runner
from famdesk.ui.sheets.mails_dialog import MailsDialog
from famdesk.usecases.post import sheet_mails
from tests.support.offices import Desk
from tests.support.reminders import ADDRESS, Place
from tests.ui.conftest import nameless


def _put_down(place: Place) -> str:
    text = place.office.fetch(sheet_mails.offer, place.person, None).text
    deed: Any = sheet_mails.to_person
    return str(place.office.run(deed, place.person, "opening-hours", (), b"%PDF-1.7", text))


@pytest.fixture
def place(file_desk: Desk) -> Place:
    made = Place(file_desk)
    made.point("mail", ADDRESS)
    return made


@pytest.fixture
def dialog(qtbot: QtBot, place: Place) -> Iterator[MailsDialog]:
    runner, window = Runner(place.office), QWidget()
    qtbot.addWidget(window)
    window.show()
    made = MailsDialog(window, runner)
    made.open()
    qtbot.waitUntil(runner.idle)
    yield made
    runner.close()
    window.close()


def _again(qtbot: QtBot, dialog: MailsDialog) -> list[tuple[str, bool]]:
    """The badge of each mail, and whether it could be held back."""
    dialog.ask()
    qtbot.waitUntil(dialog._runner.idle)
    found = []
    for line in dialog.list.lines():
        dialog.list.set_current_id(line.id)
        found.append((line.badge, dialog.hold.isEnabled()))
    return found


def test_what_waits_is_held_back(qtbot: QtBot, place: Place, dialog: MailsDialog) -> None:
    assert dialog.list.lines() == ()
    assert not dialog.hold.isEnabled()
    _put_down(place)
    ((_badge, may),) = _again(qtbot, dialog)
    assert may
    assert nameless(dialog) == []
    dialog.hold.trigger()
    qtbot.waitUntil(dialog._runner.idle)
    assert place.office.tend(sheet_mails.claim) is None
    assert _again(qtbot, dialog) == []
    assert not dialog.hold.isEnabled()


def test_what_is_gone_is_not(qtbot: QtBot, place: Place, dialog: MailsDialog) -> None:
    mail = _put_down(place)
    ((waits, _may),) = _again(qtbot, dialog)
    place.office.tend(sheet_mails.claim)
    place.office.tend(sheet_mails.sent, mail)
    ((gone, may),) = _again(qtbot, dialog)
    assert gone != waits
    assert not may


def test_why_a_mail_did_not_go_stands_beside_it(qtbot: QtBot, place: Place, dialog: MailsDialog) -> None:
    mail = _put_down(place)
    place.office.tend(sheet_mails.claim)
    place.office.tend(sheet_mails.sent, mail, "recipient")
    ((_badge, may),) = _again(qtbot, dialog)
    (line,) = dialog.list.lines()
    assert label(MAIL_ERRORS, "recipient") in line.detail
    assert may  # it leaves the list when somebody says so
