"""Somebody at the keyboard in front of the family tab, over a real home."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.popup import NEW_ID, ChoiceField, SearchField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.people.family.panel import FamilyPanel
from famdesk.ui.people.family.relation import RelativeDialog
from famdesk.ui.people.page import PeoplePage
from famdesk.ui.people.person_dialog import PersonDialog
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from tests.support.offices import Desk

ENTER, CTRL = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier


class Hands:
    """Somebody at the keyboard in front of the page."""

    def __init__(self, qtbot: QtBot, page: PeoplePage, office: Office) -> None:
        self.qtbot, self.page, self.office = qtbot, page, office

    def settle(self) -> None:
        self.qtbot.waitUntil(self.page.runner.idle)

    def open(self, person_id: str) -> FamilyPanel:
        """The family tab of a file."""
        self.page.open_person(person_id)
        self.settle()
        self.page.file.choose("family")
        self.settle()
        return self.panel

    @property
    def panel(self) -> FamilyPanel:
        panel = self.page.file.panel()
        assert isinstance(panel, FamilyPanel)
        return panel

    def dialog(self, kind: type[Any]) -> Any:
        found = [one for one in self.page.window().findChildren(kind) if isinstance(one, QDialog) and one.isVisible()]
        assert len(found) == 1, [type(one).__name__ for one in self.page.window().findChildren(QDialog)]
        self.qtbot.waitUntil(found[0].isActiveWindow)
        QApplication.processEvents()  # the fields are where they will be
        return found[0]

    def add(self, key: str, kind: type[Any]) -> Any:
        """The dialog behind a command of the tab."""
        action = next(one for one in self.panel.actions() if one.data() == key)
        action.trigger()
        self.settle()
        return self.dialog(kind)

    def type(self, field: QWidget, text: str, *then: Qt.Key) -> None:
        """Types into a field that has the focus and waits for what it offers; `then` are keys pressed after."""
        field.setFocus()
        if isinstance(field, QLineEdit):
            field.selectAll()  # as Tab does
        self.qtbot.keyClicks(field, text)
        if isinstance(field, SearchField):
            self.qtbot.waitUntil(lambda: field.popup_open() and self.page.runner.idle())
        for key in then:
            self.qtbot.keyClick(field, key)

    def choose(self, dialog: Dialog, name: str, text: str) -> None:
        """Types the beginning of a choice and takes it with Enter."""
        assert dialog.form is not None
        field = dialog.form.field(name)
        self.type(field, text)
        if isinstance(field, ChoiceField):
            assert field.popup_open(), text
        self.qtbot.keyClick(field, ENTER)
        assert field.value(), text

    def save(self, dialog: Dialog) -> None:
        self.qtbot.keyClick(dialog, ENTER, CTRL)
        self.settle()

    def relative(self, word: str, name: str, **more: str) -> RelativeDialog:
        """Adds somebody who is not there yet, by the words for what they are and their name."""
        dialog: RelativeDialog = self.add("relative", RelativeDialog)
        self.choose(dialog, "kind", word)
        self.new_person(dialog, "other_id", name)
        for field, text in more.items():
            self.choose(dialog, field, text)
        return dialog

    def new_person(self, dialog: Dialog, field: str, name: str, born: str = "") -> None:
        """Types a name that nobody bears, takes the entry for a new person, and saves the person."""
        assert dialog.form is not None
        search = dialog.form.field(field)
        self.type(search, name)
        offered = [line.id for line in search.popup_list().lines()]
        while search.popup_list().current_id() != NEW_ID and offered:
            offered.pop()
            self.qtbot.keyClick(search, Qt.Key.Key_Down)
        assert search.popup_list().current_id() == NEW_ID
        self.qtbot.keyClick(search, ENTER)
        self.settle()
        made = self.dialog(PersonDialog)
        if born:
            made.form.field("birth_date").setFocus()
            self.qtbot.keyClicks(made.form.field("birth_date"), born)
        self.save(made)
        dialog.activateWindow()  # as every desktop does when the upper dialog closes
        self.qtbot.waitUntil(lambda: bool(search.value()) and self.page.runner.idle() and dialog.isActiveWindow())

    def titles(self, name: str) -> list[str]:
        return [line.title for line in self.panel.lists[name].lines()]

    def details(self, name: str) -> list[str]:
        return [line.detail for line in self.panel.lists[name].lines()]


@contextmanager
def at_the_page(qtbot: QtBot, desk: Desk) -> Iterator[Hands]:
    """A social worker with the page of people open."""
    office = desk.sign_in("social_worker")
    runner = Runner(office)
    page = PeoplePage(runner)
    page.resize(1100, 760)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(runner.idle)
    yield Hands(qtbot, page, office)
    runner.close()


def add_person(hands: Hands, surname: str, given: str, born: date | None = None, sex: str | None = None) -> str:
    added = hands.office.run(people.add_person, surname=surname, given_name=given, birth_date=born, sex=sex)
    QApplication.processEvents()  # the page is told of it
    hands.settle()
    return added
