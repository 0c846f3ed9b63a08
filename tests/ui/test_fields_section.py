"""The centre's own fields in the settings: added, put in order with keys and buttons, retired."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from famdesk.ui.kit.runner import Runner
from famdesk.ui.settings.fields_section import FieldDialog
from famdesk.ui.settings.page import SettingsPage
from famdesk.usecases.people import custom_fields
from tests.support.offices import Desk
from tests.ui.conftest import nameless

ALT = Qt.KeyboardModifier.AltModifier


class Shown:
    """The page at its section, with three fields."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        office = desk.sign_in("coordinator")
        for name in ("Parco", "Scuola", "Sport"):
            office.run(custom_fields.add_field, name=name, kind="text")
        self.qtbot, self.office, self.runner = qtbot, office, Runner(office)
        self.page = SettingsPage(self.runner, office)
        qtbot.addWidget(self.page)
        self.page.show()
        self.page.show_section("fields")
        self.part = self.page.fields
        self.wait()

    def wait(self) -> None:
        QApplication.processEvents()
        self.qtbot.waitUntil(self.runner.idle, timeout=20_000)

    def titles(self) -> list[str]:
        return [line.title for line in self.part.list.lines()]


@pytest.fixture
def shown(qtbot: QtBot, file_desk: Desk) -> Iterator[Shown]:
    made = Shown(qtbot, file_desk)
    yield made
    made.runner.close()


def test_fields_are_put_in_order_with_the_keys_and_the_buttons(shown: Shown) -> None:
    assert nameless(shown.part) == []
    part = shown.part
    part.list.setFocus()
    part.list.set_current_id(part.list.lines()[2].id)
    QTest.keyClick(part.list, Qt.Key.Key_Up, ALT)
    shown.wait()
    assert shown.titles() == ["Parco", "Sport", "Scuola"]
    QTest.mouseClick(part.up, Qt.MouseButton.LeftButton)
    shown.wait()
    assert shown.titles() == ["Sport", "Parco", "Scuola"]
    QTest.mouseClick(part.down, Qt.MouseButton.LeftButton)
    shown.wait()
    assert shown.titles() == ["Parco", "Sport", "Scuola"]
    shown.runner.undo()
    shown.wait()
    assert [row.name for row in shown.office.fetch(custom_fields.fields)] == ["Sport", "Parco", "Scuola"]


def test_a_retired_field_stands_last_and_is_not_moved(shown: Shown) -> None:
    part = shown.part
    part.list.set_current_id(part.list.lines()[0].id)
    QTest.mouseClick(part.retire, Qt.MouseButton.LeftButton)
    shown.wait()
    assert shown.titles() == ["Scuola", "Sport", "Parco"]
    assert [line.badge for line in part.list.lines()] == ["", "", "no longer asked"]
    assert part.retire.text() == "Ask again"
    assert not part.up.isEnabled()
    QTest.keyClick(part.list, Qt.Key.Key_Up, ALT)
    shown.wait()
    assert shown.titles() == ["Scuola", "Sport", "Parco"]
    QTest.mouseClick(part.retire, Qt.MouseButton.LeftButton)
    shown.wait()
    assert [line.badge for line in part.list.lines()] == ["", "", ""]


def test_a_field_is_added_and_changed(shown: Shown) -> None:
    QTest.mouseClick(shown.part.add, Qt.MouseButton.LeftButton)
    dialog = next(one for one in shown.page.findChildren(FieldDialog) if one.isVisible())
    assert nameless(dialog) == []
    dialog.form.set_values({"name": "Biblioteca", "kind": "text"})  # type: ignore[union-attr]
    dialog.try_save()
    shown.wait()
    assert shown.titles() == ["Parco", "Scuola", "Sport", "Biblioteca"]
    shown.part.list.set_current_id(shown.part.list.lines()[3].id)
    QTest.keyClick(shown.part.list, Qt.Key.Key_Return)
    dialog = next(one for one in shown.page.findChildren(FieldDialog) if one.isVisible())
    dialog.form.set_values({"name": "Ludoteca"})  # type: ignore[union-attr]
    dialog.try_save()
    shown.wait()
    assert shown.titles()[-1] == "Ludoteca"
