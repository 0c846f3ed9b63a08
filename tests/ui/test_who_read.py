"""Who read what, unfinished work and the journal, as the window shows them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from famdesk.domain.staff import rights
from famdesk.ui.kit.runner import Runner
from famdesk.ui.notes.page import NotesPage
from famdesk.ui.people.history_dialog import HistoryDialog
from famdesk.ui.people.page import PeoplePage
from famdesk.ui.reading_lines import ReadingsDialog
from famdesk.ui.settings.journal_section import JournalSection
from famdesk.ui.settings.page import SettingsPage
from famdesk.ui.today.coordination import CoordinationDialog
from famdesk.ui.today.page import TodayPage
from famdesk.usecases import readings
from famdesk.usecases.notes import note_reading, notes
from famdesk.usecases.notes.note_rows import NoteTexts, NoteValues
from famdesk.usecases.office import Office
from famdesk.usecases.people import people, person_file
from tests.support.offices import Desk


def _signed(author: Office, person: str) -> str:
    note = author.run(notes.start, NoteValues("individual", date(2025, 2, 10), (person,)), NoteTexts("testo"))
    row = next(one for one in author.fetch(note_reading.mine) if one.id == note)
    author.run(notes.sign, note, row.version)
    return note


def _shown(qtbot: QtBot, page: Any) -> Any:
    qtbot.addWidget(page)
    page.resize(1280, 800)
    page.show()
    page.refresh()
    qtbot.waitUntil(page.runner.idle)
    return page


def test_under_a_note_its_author_reads_who_opened_it(qtbot: QtBot, file_desk: Desk) -> None:
    author, other = file_desk.sign_in("psychologist"), file_desk.sign_in("social_worker")
    ada = author.run(people.add_person, surname="Rossi", given_name="Ada")
    note = _signed(author, ada)
    page = _shown(qtbot, NotesPage(Runner(author), author))
    page.open_item("note", note)
    qtbot.waitUntil(page.runner.idle)
    assert page.pane.opened_by.isVisible()
    assert page.pane.opened_by.text() == "Nobody else opened this note."
    author.run(notes.share, note, other.actor.staff_id, other.actor.pairs.box_public)
    other.fetch(note_reading.read, note)
    page.refresh()
    page._ask_note()
    qtbot.waitUntil(page.runner.idle)
    assert "Prova social_worker" in page.pane.opened_by.text()
    page.pane.opened_by.more.click()
    dialog = next(one for one in page.window().findChildren(ReadingsDialog) if one.isVisible())
    assert [line.title for line in dialog.list.lines()] == ["Opened"]
    assert "social worker" in dialog.list.lines()[0].detail
    dialog.part.set_current("all")
    dialog.part.chosen.emit("all")
    assert "Shared with a colleague" in {line.title for line in dialog.list.lines()}
    page.runner.close()


def test_a_draft_has_no_such_line(qtbot: QtBot, file_desk: Desk) -> None:
    author = file_desk.sign_in("psychologist")
    ada = author.run(people.add_person, surname="Rossi", given_name="Ada")
    note = author.run(notes.start, NoteValues("individual", date(2025, 2, 10), (ada,)), NoteTexts("testo"))
    page = _shown(qtbot, NotesPage(Runner(author), author))
    page.open_item("note", note)
    qtbot.waitUntil(page.runner.idle)
    assert not page.pane.opened_by.isVisible()
    page.runner.close()


@pytest.mark.parametrize(("login", "parts"), [("social_worker", 2), ("coordinator", 3), ("educator", 0)])
def test_a_file_tells_who_looked_at_it(qtbot: QtBot, file_desk: Desk, login: str, parts: int) -> None:
    reception = file_desk.sign_in("reception")
    ada = reception.run(people.add_person, surname="Rossi", given_name="Ada")
    reception.fetch(person_file.person, ada)
    page = _shown(qtbot, PeoplePage(Runner(file_desk.sign_in(login))))
    page.open_person(ada)
    qtbot.waitUntil(page.runner.idle)
    dialog = HistoryDialog(page, page.runner, page.shown_file())
    dialog.open()
    qtbot.waitUntil(page.runner.idle)
    assert dialog.part.isVisible() == bool(parts)
    if parts:
        dialog.part.chosen.emit("looks")
        qtbot.waitUntil(page.runner.idle)
        assert any("Prova reception" in line.detail for line in dialog.list.lines())
    dialog.done(0)
    page.runner.close()


@pytest.mark.parametrize("login", ["coordinator", "psychologist"])
def test_unfinished_work_is_opened_from_today(qtbot: QtBot, file_desk: Desk, login: str) -> None:
    author = file_desk.sign_in("psychologist")
    ada = author.run(people.add_person, surname="Rossi", given_name="Ada")
    author.run(notes.start, NoteValues("individual", date(2025, 2, 3), (ada,)), NoteTexts("bozza"))
    page = _shown(qtbot, TodayPage(Runner(file_desk.sign_in(login))))
    next(action for action in page.actions() if action.text() == "Unfinished work…").trigger()
    dialog = next(one for one in page.findChildren(CoordinationDialog) if one.isVisible())
    qtbot.waitUntil(page.runner.idle)
    lines = {line.id: line for line in dialog.list.lines()}
    assert lines["note:"].title == "Session notes to be signed"
    (mine,) = [line for key, line in lines.items() if key.startswith("note:") and key != "note:"]
    assert (mine.title, mine.badge) == ("Prova psychologist", "1 open")
    assert "03/02/2025" in mine.detail
    assert dialog.part.isVisible() == (login == "coordinator")
    assert not any("Rossi" in line.title + line.detail for line in lines.values())
    dialog.done(0)
    page.runner.close()


def test_the_auditor_has_the_journal_and_filters_it(qtbot: QtBot, file_desk: Desk) -> None:
    reception = file_desk.sign_in("reception")
    ada = reception.run(people.add_person, surname="Rossi", given_name="Ada")
    reception.fetch(person_file.person, ada)
    auditor = file_desk.sign_in("auditor")
    page = _shown(qtbot, SettingsPage(Runner(auditor), auditor))
    page.show_section("journal")
    section = page.findChild(JournalSection)
    qtbot.waitUntil(page.runner.idle)
    assert section.isVisible()
    assert len(section.list.lines()) > 3
    section.group.setFocus()
    section.group.set_current(readings.READS)
    section.group.chosen.emit(readings.READS)
    qtbot.waitUntil(page.runner.idle)
    (line,) = section.list.lines()
    assert line.title == "Opened"
    assert "Prova reception" in line.detail
    assert "file of a person" in line.detail
    assert "Rossi" not in line.detail
    assert not section.more.isVisible()
    page.runner.close()


def test_pages_of_the_journal_follow_each_other(qtbot: QtBot, file_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "PAGE", 4)
    leads = file_desk.sign_in("coordinator")
    for number in range(6):
        leads.run(people.add_person, surname=f"Uno{number}", given_name="Lia")
    section = JournalSection(Runner(leads), leads)
    qtbot.addWidget(section)
    section.show()
    section._ask_anew()
    qtbot.waitUntil(section.runner.idle)
    assert len(section.list.lines()) == 4
    section.more.setFocus()
    qtbot.keyClick(section.more, Qt.Key.Key_Space)
    qtbot.waitUntil(section.runner.idle)
    numbers = [int(line.id) for line in section.list.lines()]
    assert numbers == list(range(numbers[0], numbers[0] - 8, -1))
    section.runner.close()


@pytest.mark.parametrize("login", ["reception", "psychologist"])
def test_others_have_no_such_section(qtbot: QtBot, file_desk: Desk, login: str) -> None:
    office = file_desk.sign_in(login)
    page = _shown(qtbot, SettingsPage(Runner(office), office))
    assert page.findChild(JournalSection) is None
    assert not rights.cell(readings.journal.name, office.role)
    page.runner.close()
