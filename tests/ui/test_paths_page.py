"""Paths in the window: opened and closed from the keyboard, talked about by code, and notes that are due destroyed by
two people, with the record on paper."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.lines import LineList
from famdesk.ui.kit.runner import Runner
from famdesk.ui.notes.dialogs import NoteDialog
from famdesk.ui.paths.agenda_dialogs import CaseDialog, MeetingDialog
from famdesk.ui.paths.agenda_view import AgendaSheet
from famdesk.ui.paths.dialogs import AppointmentsDialog, CloseDialog, PathDialog
from famdesk.ui.paths.keeping_register import RecordSheet
from famdesk.ui.paths.keeping_term import TermDialog
from famdesk.ui.paths.page import AGENDA, KEEPING, PathsPage
from famdesk.ui.people.paths_panel import PathsPanel
from famdesk.usecases.notes import note_reading, notes
from famdesk.usecases.notes.note_rows import NoteTexts, NoteValues
from famdesk.usecases.office import Office
from famdesk.usecases.paths import case_agenda, holds, paths, retention
from famdesk.usecases.paths import retention_due as due
from famdesk.usecases.people import people, person_file
from tests.support.offices import Desk
from tests.support.ways_out import pdf as text_of
from tests.ui.conftest import nameless


@pytest.fixture
def office(file_desk: Desk) -> Office:
    return file_desk.sign_in("psychologist")


@pytest.fixture
def runner(office: Office) -> Iterator[Runner]:
    found = Runner(office)
    yield found
    found.close()


@pytest.fixture
def ada(office: Office) -> str:
    return office.run(people.add_person, surname="Rossi", given_name="Ada")


def shown(qtbot: QtBot, office: Office, runner: Runner, part: str = "") -> PathsPage:
    page = PathsPage(runner, office)
    qtbot.addWidget(page)
    page.resize(1080, 700)
    if part:
        page.restore_view(part)
    page.show()
    settle(qtbot, runner)
    return page


def settle(qtbot: QtBot, runner: Runner) -> None:
    qtbot.waitUntil(runner.idle)


def dialog_of(view: QWidget, kind: type[QDialog] = Dialog) -> QDialog:
    return next(one for one in view.findChildren(kind) if one.isVisible())


def save(qtbot: QtBot, runner: Runner, dialog: QWidget) -> None:
    settle(qtbot, runner)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, runner)


def titles(lines: LineList) -> list[str]:
    return [line.title for line in lines.lines()]


def old_path(office: Office, person: str) -> str:
    """A closed path whose signed note is due."""
    path = office.run(paths.open_path, "consultation", [person], opened_on=date(2014, 3, 3))
    note = office.run(notes.start, NoteValues("individual", date(2015, 5, 5), (person,), path_id=path), NoteTexts("x"))
    row = next(one for one in office.fetch(note_reading.mine) if one.id == note)
    office.run(notes.sign, note, row.version)
    office.run(paths.close_path, path, office.fetch(paths.path, path).version, closed_on=date(2016, 3, 7),
               reason="reached")  # fmt: skip
    return path


def test_a_path_is_opened_and_closed_from_the_keyboard(qtbot: QtBot, office: Office, runner: Runner, ada: str) -> None:
    page = shown(qtbot, office, runner)
    page.new_item()
    dialog = dialog_of(page, PathDialog)
    assert isinstance(dialog, PathDialog)
    assert dialog.form is not None
    dialog.form.field("kind").set_value("mediation")
    finder = dialog.form.field("person_ids").adder
    finder.setFocus()
    qtbot.keyClicks(finder, "ross")
    qtbot.waitUntil(finder.popup_open)
    qtbot.keyClick(finder, Qt.Key.Key_Return)
    save(qtbot, runner, dialog)
    qtbot.waitUntil(lambda: titles(page.open.list) == ["P-0001 · Family mediation"])
    (row,) = office.fetch(paths.open_paths)
    opened: list[str] = []
    page.person_opened.connect(opened.append)
    page.open.list.activated_id.emit(row.id)
    page.open.code.setText("p1")
    qtbot.keyClick(page.open.code, Qt.Key.Key_Return)
    settle(qtbot, runner)
    assert opened == [ada, ada]
    close = next(one for one in page.open.deeds.actions(row, page) if one.text() == "Close…")
    close.trigger()
    closing = dialog_of(page, CloseDialog)
    assert isinstance(closing, CloseDialog)
    assert closing.form is not None
    closing.form.field("reason").set_value("reached")
    save(qtbot, runner, closing)
    qtbot.waitUntil(lambda: titles(page.open.list) == [])
    assert nameless(page) == []


def test_appointments_are_put_into_a_path_with_space(qtbot: QtBot, office: Office, runner: Runner, ada: str) -> None:
    from datetime import datetime

    from famdesk.usecases.calendar import calendar

    office.run(calendar.book, starts=datetime(2025, 2, 12, 10), ends=datetime(2025, 2, 12, 11), kind="other",
               person_id=ada)  # fmt: skip
    path = office.run(paths.open_path, "plan", [ada])
    page = shown(qtbot, office, runner)
    dialog = AppointmentsDialog(page, runner, office.fetch(paths.path, path))
    dialog.open()
    settle(qtbot, runner)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: dialog.list.lines()[0].badge == "in the path")
    assert office.fetch(paths.path, path).appointments == 1
    dialog.reject()


def test_the_tab_of_a_file(qtbot: QtBot, office: Office, runner: Runner, ada: str) -> None:
    office.run(paths.open_path, "plan", [ada])
    office.run(holds.set_hold, "prot. 12", person_id=ada)
    panel = PathsPanel(runner)
    qtbot.addWidget(panel)
    panel.resize(700, 500)
    panel.show()
    panel.show_file(office.fetch(person_file.person, ada))
    settle(qtbot, runner)
    assert titles(panel.list) == ["P-0001 · Personalised plan"]
    assert panel.list.lines()[0].badge == "legal hold"
    assert titles(panel.holds) == ["Rossi Ada"]
    assert nameless(panel) == []
    panel.add.trigger()
    dialog = dialog_of(panel, PathDialog)
    assert isinstance(dialog, PathDialog)
    assert dialog.form is not None
    assert dialog.form.value("person_ids") == (ada,)
    save(qtbot, runner, dialog)
    assert len(office.fetch(paths.of_person, ada)) == 2
    panel.forget()
    assert panel.list.lines() == panel.holds.lines() == ()


def test_a_new_note_belongs_to_the_only_open_path(qtbot: QtBot, office: Office, runner: Runner, ada: str) -> None:
    path = office.run(paths.open_path, "support", [ada])
    below = QWidget()
    qtbot.addWidget(below)
    dialog = NoteDialog(below, runner, person=(ada, "Rossi Ada"))
    dialog.open()
    settle(qtbot, runner)
    assert dialog.values().path_id == path
    save(qtbot, runner, dialog)
    (row,) = office.fetch(note_reading.mine)
    assert row.path_id == path
    again = NoteDialog(below, runner, row)
    assert again.values().path_id == path, "also before the choices are there"
    settle(qtbot, runner)
    assert again.values().path_id == path
    again.reject()


def test_an_agenda_by_code_is_printed_without_names(qtbot: QtBot, office: Office, runner: Runner, ada: str) -> None:
    path = office.run(paths.open_path, "support", [ada])
    page = shown(qtbot, office, runner, AGENDA)
    page.new_item()
    meeting = dialog_of(page, MeetingDialog)
    assert isinstance(meeting, MeetingDialog)
    assert meeting.form is not None
    meeting.form.field("place").set_value("stanza 2")
    save(qtbot, runner, meeting)
    qtbot.waitUntil(page.agenda.add_case.isEnabled)
    page.new_item()
    case = dialog_of(page, CaseDialog)
    assert isinstance(case, CaseDialog)
    assert case.form is not None
    case.form.field("code").set_value("p1")
    case.form.field("question").set_value("Che cosa serve ad Ada?")
    save(qtbot, runner, case)
    assert case.isVisible(), "a name is refused"
    case.form.field("question").set_value("Che cosa serve adesso?")
    save(qtbot, runner, case)
    qtbot.waitUntil(lambda: titles(page.agenda.cases) == ["P-0001 · Che cosa serve adesso?"])
    opened: list[str] = []
    page.person_opened.connect(opened.append)
    page.agenda.open_file.trigger()
    settle(qtbot, runner)
    assert opened == [ada]
    page.print_now()
    sheet = dialog_of(page, AgendaSheet)
    assert isinstance(sheet, AgendaSheet)
    qtbot.waitUntil(lambda: bool(sheet.preview.data))
    printed = text_of(sheet.preview.data)
    assert "P-0001" in printed
    assert "Rossi" not in printed
    sheet.reject()
    assert office.fetch(case_agenda.meetings)[0].cases[0].path_id == path


def test_from_the_due_list_to_the_printed_record(qtbot: QtBot, file_desk: Desk, office: Office, runner: Runner,
                                                 ada: str) -> None:  # fmt: skip
    """The coordinator proposes, the author confirms at another desk, the record is printed; each in the window."""
    old_path(office, ada)
    leads = file_desk.sign_in("coordinator")
    desk = Runner(leads)
    first_page = shown(qtbot, leads, desk, KEEPING)
    first = first_page.keeping
    assert titles(first.due.list) == ["P-0001"]
    assert not first.due.destroy_now.isEnabled()
    first.due.propose.trigger()
    save(qtbot, desk, dialog_of(first))
    qtbot.waitUntil(lambda: first.due.list.lines()[0].badge == "proposed")
    assert not first.due.destroy_now.isEnabled(), "who proposed does not confirm"
    desk.close()
    page = shown(qtbot, office, runner, KEEPING)
    assert page.keeping.due.destroy_now.isEnabled()
    qtbot.keyClick(page.keeping.due.list, Qt.Key.Key_Return)
    question = dialog_of(page.keeping)
    save(qtbot, runner, question)
    qtbot.waitUntil(lambda: titles(page.keeping.register.list) == ["No. 1/2025"])
    assert titles(page.keeping.due.list) == []
    assert page.keeping.register.list.lines()[0].badge == "", "the file was cleaned"
    assert office.fetch(note_reading.mine)[0].state == "destroyed"
    assert nameless(page) == []
    page.print_now()
    sheet = dialog_of(page, RecordSheet)
    assert isinstance(sheet, RecordSheet)
    qtbot.waitUntil(lambda: bool(sheet.preview.data))
    target = Path(tempfile.mkdtemp()) / "verbale.pdf"
    sheet.out.save_to(str(target))
    settle(qtbot, runner)
    printed = text_of(target.read_bytes())
    hash_ = office.fetch(due.record, office.fetch(due.register)[0].id).notes[0].hash
    for wanted in ("no. 1/2025", "P-0001", hash_[:16], "Signature", "art. 17"):
        assert wanted in printed, wanted
    for name in ("Rossi", "Ada", office.actor.name, leads.actor.name):
        assert name not in printed, name


def test_the_term_is_changed_by_the_coordinator(qtbot: QtBot, file_desk: Desk) -> None:
    office = file_desk.sign_in("coordinator")
    runner = Runner(office)
    page = shown(qtbot, office, runner, KEEPING)
    page.keeping.term.change.trigger()
    dialog = dialog_of(page, TermDialog)
    assert isinstance(dialog, TermDialog)
    assert dialog.form is not None
    dialog.form.field("years").set_value(10)
    save(qtbot, runner, dialog)
    assert office.fetch(retention.rule).years == 10
    runner.close()


def test_a_hold_is_lifted_in_the_window(qtbot: QtBot, file_desk: Desk) -> None:
    office = file_desk.sign_in("coordinator")
    ada = office.run(people.add_person, surname="Rossi")
    hold = office.run(holds.set_hold, "prot. 12", person_id=ada)
    runner = Runner(office)
    page = shown(qtbot, office, runner, KEEPING)
    page.keeping.holds.list.activated_id.emit(hold)
    dialog = dialog_of(page)
    assert isinstance(dialog, Dialog)
    assert dialog.form is not None
    dialog.form.field("reason").set_value("archiviato")
    save(qtbot, runner, dialog)
    assert office.fetch(holds.lasting) == ()
    runner.close()
