"""Notices at the top of Today: counted, opened, read one by one or all at once, with the keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from famdesk.data.tx import Tx
from famdesk.domain.ids import new_id
from famdesk.ui.kit.runner import Runner
from famdesk.ui.today import notices as strip_module
from famdesk.ui.today.page import TodayPage
from famdesk.usecases.office import Office
from famdesk.usecases.staff import notices
from tests.support.offices import Desk

NOTE = new_id()


@pytest.fixture
def office(file_desk: Desk) -> Office:
    return file_desk.sign_in("educator")


@pytest.fixture
def runner(office: Office) -> Iterator[Runner]:
    found = Runner(office)
    yield found
    found.close()


@pytest.fixture
def page(qtbot: QtBot, runner: Runner) -> TodayPage:
    found = TodayPage(runner)
    qtbot.addWidget(found)
    found.resize(1080, 700)
    return found


def told(desk: Desk, office: Office, *kinds: str) -> None:
    def tell(tx: Tx) -> None:
        for kind in kinds:
            notices.tell(tx, office.actor.staff_id, kind, ("note", NOTE) if kind == "note_shared" else None)

    desk.office.run(tell)


def test_it_is_not_there_while_there_is_nothing(qtbot: QtBot, page: TodayPage) -> None:
    page.show()
    qtbot.waitUntil(page.runner.idle)
    assert not page.notices.isVisible()


def test_it_counts_opens_and_goes_when_all_was_read(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, file_desk: Desk, office: Office, page: TodayPage
) -> None:
    said: list[str] = []
    monkeypatch.setattr(strip_module, "announce", lambda _source, text: said.append(text))
    told(file_desk, office, "password_reset", "note_shared")
    page.show()
    qtbot.waitUntil(page.notices.isVisible)
    assert page.notices.text() == "2 notices for you"
    assert said == [f"2 notices for you. {page.notices.list.lines()[0].title}"], "told once, after the sign-in"
    assert not page.notices.list.isVisible()
    page.notices.more.setFocus()
    qtbot.keyClick(page.notices.more, Qt.Key.Key_Space)
    assert page.notices.list.isVisible()
    assert page.notices.list.lines()[1].title.endswith("Ada Prova gave you a new password.")
    page.notices.list.set_current_id(page.notices.list.lines()[0].id)
    with qtbot.waitSignal(page.item_opened) as opened:
        qtbot.keyClick(page.notices.list, Qt.Key.Key_Return)
    assert opened.args == ["note", NOTE]
    qtbot.waitUntil(lambda: page.notices.text() == "1 notice for you")
    page.notices.all_read.click()
    qtbot.waitUntil(lambda: not page.notices.isVisible())
    assert office.fetch(notices.unread) == ()
    assert len(said) == 1


def test_what_does_not_fit_is_not_noted_as_read(qtbot: QtBot, file_desk: Desk, office: Office, page: TodayPage) -> None:
    told(file_desk, office, *["password_reset"] * 7)
    page.show()
    qtbot.waitUntil(page.notices.isVisible)
    assert len(page.notices.list.lines()) == 5
    page.notices.all_read.click()
    qtbot.waitUntil(lambda: page.notices.text() == "2 notices for you")
    assert len(office.fetch(notices.unread)) == 2
