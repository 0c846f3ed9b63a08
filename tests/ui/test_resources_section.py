"""Mediators and equipment in the settings: added, changed, retired; only looked at by others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from famdesk.ui.kit.runner import Runner
from famdesk.ui.settings.page import SettingsPage
from famdesk.ui.settings.resources_section import ResourceDialog
from famdesk.usecases.calendar import resources
from famdesk.usecases.calendar.resources import ResourceValues
from famdesk.usecases.office import Office
from tests.support.offices import Desk
from tests.ui.conftest import nameless


class Shown:
    """The page at its section."""

    def __init__(self, qtbot: QtBot, office: Office) -> None:
        self.qtbot, self.office, self.runner = qtbot, office, Runner(office)
        self.page = SettingsPage(self.runner, office)
        qtbot.addWidget(self.page)
        self.page.show()
        self.page.show_section("resources")
        self.wait()

    def wait(self) -> None:
        QApplication.processEvents()
        self.qtbot.waitUntil(self.runner.idle, timeout=20_000)

    def dialog(self) -> Any:
        return next(one for one in self.page.findChildren(ResourceDialog) if one.isVisible())


@pytest.fixture
def shown(qtbot: QtBot, file_desk: Desk) -> Iterator[Shown]:
    made = Shown(qtbot, file_desk.sign_in("coordinator"))
    yield made
    made.runner.close()


def test_added_changed_and_retired(shown: Shown) -> None:
    part = shown.page.resources
    shown.qtbot.mouseClick(part.add, Qt.MouseButton.LeftButton)
    dialog = shown.dialog()
    assert nameless(dialog) == []
    dialog.form.set_values({"name": "Amal"})
    dialog.try_save()
    shown.wait()
    assert dialog.isVisible()  # a mediator without a language is refused
    dialog.form.set_values({"languages": ("ar", "fr"), "phone": "0372 1"})
    dialog.try_save()
    shown.wait()
    assert [(line.title, line.detail) for line in part.list.lines()] == [
        ("Amal", "Language and cultural mediator, Arabic and French, 0372 1"),
    ]
    part.list.set_current_id(part.list.lines()[0].id)
    part.list.activated_id.emit(part.list.lines()[0].id)
    shown.dialog().form.set_values({"kind": "vehicle", "name": "Panda"})
    shown.dialog().try_save()
    shown.wait()
    [row] = shown.office.fetch(resources.resources)
    assert (row.values.kind, row.values.name, row.values.languages) == ("vehicle", "Panda", ())
    shown.qtbot.mouseClick(part.retire, Qt.MouseButton.LeftButton)
    shown.wait()
    assert [line.badge for line in part.list.lines()] == ["no longer offered"]
    shown.runner.undo()
    shown.wait()
    assert [line.badge for line in part.list.lines()] == [""]


def test_others_only_look(qtbot: QtBot, file_desk: Desk) -> None:
    file_desk.sign_in("coordinator").run(resources.add_resource, ResourceValues("vehicle", "Panda"))
    shown = Shown(qtbot, file_desk.sign_in("reception"))
    part = shown.page.resources
    assert [line.title for line in part.list.lines()] == ["Panda"]
    assert not part.add.isVisible()
    part.list.activated_id.emit(part.list.lines()[0].id)
    assert shown.page.findChildren(ResourceDialog) == []
    shown.runner.close()
