"""Who works on a file, and who is kept from it: by the keyboard, with its reason."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.runner import Runner
from famdesk.ui.people.page import PeoplePage
from famdesk.ui.people.ties_dialog import TiesDialog
from famdesk.usecases.people import people
from famdesk.usecases.staff import staff
from tests.support.offices import Desk

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot: QtBot, file_desk: Desk) -> Iterator[PeoplePage]:
    office = file_desk.sign_in("coordinator")
    person = office.run(people.add_person, surname="Quarantotti", given_name="Zelinda")
    runner = Runner(office)
    made = PeoplePage(runner)
    qtbot.addWidget(made)
    made.show()
    made.open_person(person)
    qtbot.waitUntil(runner.idle)
    next(action for action in made.deeds.rare if action.data() == "ties").trigger()
    qtbot.waitUntil(runner.idle)
    yield made
    runner.close()


def _shown(page: PeoplePage) -> TiesDialog:
    return next(dialog for dialog in page.findChildren(TiesDialog) if dialog.isVisible())


def _add(qtbot: QtBot, page: PeoplePage, login: str, kind: str, reason: str = "") -> None:
    dialog = _shown(page)
    assert dialog.form is not None
    rows = page.runner._office.fetch(staff.colleagues)
    dialog.form.field("staff_id").set_value(next(row.id for row in rows if row.login == login))
    dialog.form.field("kind").set_value(kind)
    dialog.form.field("kind").edited.emit()
    dialog.form.field("reason").set_value(reason)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(page.runner.idle)


def test_colleagues_are_tied_and_untied(qtbot: QtBot, page: PeoplePage) -> None:
    dialog = _shown(page)
    assert dialog.list.lines() == ()
    _add(qtbot, page, "educator", "assigned")
    _add(qtbot, page, "psychologist", "blocked", "Sua cugina")
    lines = [(line.badge, line.detail) for line in dialog.list.lines()]
    assert sorted(lines) == [("kept from it", "Sua cugina"), ("works on it", "")]
    dialog.list.set_current_id(next(line.id for line in dialog.list.lines() if not line.detail))
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    question = next(one for one in dialog.findChildren(Dialog) if one.isVisible())
    qtbot.keyClick(question, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(page.runner.idle)
    assert [line.badge for line in dialog.list.lines()] == ["kept from it"]


def test_nobody_is_kept_away_without_a_reason(qtbot: QtBot, page: PeoplePage) -> None:
    _add(qtbot, page, "psychologist", "blocked", "")
    dialog = _shown(page)
    assert dialog.form is not None
    assert dialog.form.field("reason").property("wrong")
    assert dialog.form.field("reason").isVisible()
    assert dialog.list.lines() == ()


def test_twice_the_same_is_told_at_the_field(qtbot: QtBot, page: PeoplePage) -> None:
    _add(qtbot, page, "educator", "assigned")
    _add(qtbot, page, "educator", "assigned")
    dialog = _shown(page)
    assert dialog.form is not None
    assert dialog.form.field("staff_id").property("wrong")
