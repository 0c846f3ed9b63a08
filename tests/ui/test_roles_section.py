"""Roles and permissions in the settings: a grid for the keyboard; what an auditor finds there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from famdesk.data.checks.verify import EntryChanged
from famdesk.domain.errors import Forbidden
from famdesk.domain.staff import rights
from famdesk.domain.staff.powers import POWERS
from famdesk.pages import MAKES, READS, Pages, only_checks
from famdesk.ui.auditing.page import AuditPage
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.page import makes, prints
from famdesk.ui.kit.runner import Runner
from famdesk.ui.settings.numbers_section import NumbersSection
from famdesk.ui.settings.page import SettingsPage
from famdesk.ui.settings.roles_section import RolesGrid
from famdesk.usecases import care, journal
from famdesk.usecases.intake import intake
from famdesk.usecases.office import Office
from famdesk.usecases.staff import roles
from tests.support.offices import Desk
from tests.ui.conftest import nameless


class Shown:
    """The page at its section."""

    def __init__(self, qtbot: QtBot, office: Office, section: str) -> None:
        self.qtbot, self.office, self.runner = qtbot, office, Runner(office)
        self.page = SettingsPage(self.runner, office)
        qtbot.addWidget(self.page)
        self.page.show()
        self.page.show_section(section)
        self.wait()

    @property
    def grid(self) -> RolesGrid:
        return self.page.roles.grid

    def wait(self) -> None:
        QApplication.processEvents()
        self.qtbot.waitUntil(self.runner.idle, timeout=20_000)

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            self.qtbot.keyClick(self.grid, key)
        self.wait()
        self.page.refresh()
        self.wait()

    def held(self, role: str) -> frozenset[str]:
        return next(row.held for row in self.office.fetch(roles.roles) if row.role == role)

    def said(self, power: str, role: str) -> str:
        """What a screen reader is told of a cell."""
        model = self.grid.model_
        index = model.index(model.position(power), rights.ROLES.index(role) + 1)
        return str(model.data(index, Qt.ItemDataRole.AccessibleTextRole))


@pytest.fixture
def shown(qtbot: QtBot, file_desk: Desk) -> Iterator[Shown]:
    made = Shown(qtbot, file_desk.sign_in("coordinator"), "roles")
    yield made
    made.runner.close()


def test_a_power_is_taken_and_given_back_by_the_keyboard_alone(shown: Shown) -> None:
    assert len(shown.grid.model_.rows) == len(POWERS)
    shown.grid.setFocus()
    shown.press(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Space)
    power, role = POWERS[3].code, rights.ROLES[0]
    assert shown.held(role) == rights.ceiling()[role] - {power}
    assert (shown.grid.current_id(), shown.grid.current_role()) == (power, role), "one goes on where one was"
    assert shown.grid.selectionModel().isSelected(shown.grid.currentIndex())
    assert "taken away" in shown.said(power, role)
    assert "yes" in shown.said("families", role)
    assert "never" in shown.said("notes", role)
    assert shown.office.undo_label() == "Permission “Programmes” of the role “reception” changed"
    shown.press(Qt.Key.Key_Return)
    assert shown.held(role) == rights.ceiling()[role]


def test_a_click_only_shows_what_would_change_and_what_weighs_is_asked_about(shown: Shown) -> None:
    grid, section = shown.grid, shown.page.roles
    column = rights.ROLES.index("psychologist") + 1
    cell = grid.visualRect(grid.model_.index(grid.model_.position("notes"), column)).center()
    shown.qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    shown.wait()
    assert "notes" in shown.held("psychologist")
    assert "not even their own" in section._without.text()
    section.button.click()
    dialog = next(one for one in shown.page.window().findChildren(Dialog) if one.isVisible())
    assert dialog.windowTitle() == "Take “Session notes” away from the role “psychologist”?"
    assert "notes" in shown.held("psychologist")
    dialog.try_save()
    shown.wait()
    assert "notes" not in shown.held("psychologist")
    assert section.button.text() == "Give it back"
    section.button.click()
    shown.wait()
    assert "notes" in shown.held("psychologist"), "giving back is not asked about"


def test_what_a_role_can_never_have_is_not_given(shown: Shown) -> None:
    shown.page.roles.turn("families", "auditor")
    shown.wait()
    assert shown.held("auditor") == rights.ceiling()["auditor"]
    assert not shown.office.undo_label()


def test_a_sentence_says_what_the_cell_is_about(shown: Shown) -> None:
    shown.grid.setFocus()
    shown.press(Qt.Key.Key_Right)
    section = shown.page.roles
    assert POWERS[0].about in section._power.text()
    assert "1 colleague" in section._without.text()
    assert nameless(section) == []


def test_the_last_manager_stays(shown: Shown, file_desk: Desk) -> None:
    refused: list[object] = []
    shown.page.roles.failed.connect(refused.append)
    for role in ("administrator", "coordinator"):
        shown.page.roles._turn("staff", role, held=False)
        shown.wait()
    assert refused
    assert "staff" in shown.held("coordinator")


@pytest.mark.parametrize("role", ["reception", "auditor"])
def test_others_look(qtbot: QtBot, file_desk: Desk, role: str) -> None:
    made = Shown(qtbot, file_desk.sign_in(role), "roles")
    assert made.page.section() == "roles"
    made.page.roles.turn("families", "reception")
    made.wait()
    assert "families" in made.held("reception")
    made.runner.close()


def test_what_an_auditor_finds(qtbot: QtBot, file_desk: Desk) -> None:
    reception = file_desk.sign_in("reception")
    for _number in range(6):
        reception.run(intake.log_contact, channel="phone", need_text="prova")
    made = Shown(qtbot, file_desk.sign_in("auditor"), "numbers")
    keys = [line.id for line in made.page.list.lines()]
    assert {"numbers", "journal", "roles", "privacy", "safety"} <= set(keys)
    assert not {"fields", "mail", "feeds", "resources"} & set(keys)
    (numbers,) = made.page.findChildren(NumbersSection)
    table = numbers.table.model()
    months = [str(table.data(table.index(row, 0))) for row in range(12)]
    assert len(set(months)) == 12
    assert str(table.data(table.index(date(2025, 2, 11).month - 1, 1))) == "6"
    made.qtbot.mouseClick(numbers.earlier, Qt.MouseButton.LeftButton)
    made.wait()
    assert str(table.data(table.index(1, 1))) == "–"
    assert nameless(numbers) == []
    made.runner.close()


def test_an_auditor_is_offered_no_page_about_families_and_nothing_new() -> None:
    offered = {page for page, action in READS.items() if rights.cell(action, "auditor")}
    assert offered == {"today", "programmes"}
    assert not [action for action in MAKES.values() if rights.cell(action, "auditor")]
    assert [role for role in rights.ROLES if only_checks(role)] == ["auditor"]


def test_the_page_of_who_only_checks_proves_that_the_data_are_whole(
    qtbot: QtBot, file_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    auditor = file_desk.sign_in("auditor")
    runner = Runner(auditor)
    pages = Pages(runner, auditor)
    assert [spec.key for spec in pages.specs()] == ["audit", "programmes", "directory", "settings"]
    page = pages.specs()[0].factory()
    assert isinstance(page, AuditPage)
    qtbot.addWidget(page)
    page.resize(1080, 900)
    page.show()
    qtbot.waitUntil(runner.idle)
    assert page.journal.lines()
    assert nameless(page) == []
    assert (makes(page), prints(page)) == (False, False)
    wanted: list[tuple[str, str]] = []
    page.item_opened.connect(lambda kind, key: wanted.append((kind, key)))
    page.journal.set_current_id(page.journal.lines()[0].id)
    qtbot.keyClick(page.journal, Qt.Key.Key_Return)
    assert wanted == [("settings", "journal")]
    page.proof.button.click()
    qtbot.waitUntil(lambda: page.proof.button.isEnabled() and runner.idle(), timeout=20_000)
    assert "all is whole" in page.proof.text()
    monkeypatch.setattr(care, "verify", lambda *_given: [EntryChanged(seq=2)])
    page.proof.button.click()
    qtbot.waitUntil(lambda: page.proof.button.isEnabled() and runner.idle(), timeout=20_000)
    assert "Journal: entry 2 was changed." in page.proof.text()
    reception = file_desk.sign_in("reception")
    with pytest.raises(Forbidden):
        care.prove(reception)
    runner.close()


def test_a_step_names_role_and_permission_in_words_and_reads_other_values_as_they_are() -> None:
    label = journal.step_label("write", roles.set_power.name, {"role": "educator", "power": "notes"})
    assert label == "Permission “Session notes” of the role “educator” changed"
    other = journal.step_label("undo", "calendar.book", {"when": "2025-02-13T17:00", "role": ["x"]})
    assert other == "Undone: Appointment of Thu 13 Feb, 17:00 booked"
