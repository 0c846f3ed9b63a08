"""Notes in the window are not mixed up: what is typed and pressed is meant for the note that is shown."""

from __future__ import annotations

from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from famdesk.data.failures import DiskFull
from famdesk.ui.notes.page import NotesPage
from famdesk.usecases import note_reading, notes, people
from famdesk.usecases.note_rows import NoteTexts, NoteValues
from famdesk.usecases.office import Office
from tests.ui.test_notes_page import DAY, ada, office, page, runner, said, settle, show

__all__ = ["ada", "office", "page", "runner"]


def begun(office: Office, ada: str, text: str) -> str:
    return office.run(notes.start, NoteValues("individual", DAY, (ada,)), NoteTexts(text))


def test_first_words_of_a_new_note_never_go_into_the_one_before(
    qtbot: QtBot, page: NotesPage, office: Office, ada: str
) -> None:
    before = begun(office, ada, "uno")
    show(qtbot, page)
    fresh = begun(office, ada, "")
    page.finder.setText("uno")
    page.deeds.begun.emit(fresh)
    page.pane.text.setFocus()
    qtbot.keyClicks(page.pane.text, "troppo presto")
    page.deeds.drop()
    settle(qtbot, page)
    qtbot.waitUntil(lambda: page.pane.note_id() == fresh)
    assert page.deeds.row is not None
    assert page.deeds.row.id == fresh
    settle(qtbot, page)
    assert said(office, before) == "uno"


def test_commands_are_meant_for_the_note_that_is_shown(qtbot: QtBot, page: NotesPage, office: Office, ada: str) -> None:
    first, second = begun(office, ada, "uno"), begun(office, ada, "due")
    show(qtbot, page)
    page.list.set_current_id(first)
    settle(qtbot, page)
    page.list.set_current_id(second)
    assert page.deeds.row is None
    assert page.pane.text.toPlainText() == ""
    settle(qtbot, page)
    assert page.deeds.row is not None
    assert page.deeds.row.id == second == page.pane.note_id()


def test_a_change_elsewhere_leaves_the_cursor_and_the_chosen_line(
    qtbot: QtBot, page: NotesPage, office: Office, ada: str
) -> None:
    bea = office.run(people.add_person, surname="Bianchi")
    office.run(notes.start, NoteValues("group", DAY, (ada, bea)), NoteTexts("tema", ((bea, "riga"),)))
    show(qtbot, page)
    page.pane._lines.chosen.emit(bea)
    page.pane.text.setPlainText("riga di Bea")
    cursor = page.pane.text.textCursor()
    cursor.setPosition(4)
    page.pane.text.setTextCursor(cursor)
    page.pane.keep()
    settle(qtbot, page)
    office.run(people.add_person, surname="Verdi")
    qtbot.wait(1)
    settle(qtbot, page)
    assert page.pane.text.toPlainText() == "riga di Bea"
    assert page.pane.text.textCursor().position() == 4
    qtbot.keyClicks(page.pane.text, "!")
    page.pane.keep()
    settle(qtbot, page)
    (row,) = office.fetch(note_reading.mine)
    assert office.fetch(note_reading.read, row.id).texts == NoteTexts("tema", ((bea, "riga! di Bea"),))


def test_what_could_not_be_kept_is_signed_all_the_same_as_it_is_shown(
    qtbot: QtBot, page: NotesPage, office: Office, ada: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    note_id = begun(office, ada, "uno")
    show(qtbot, page)
    run, errors = office.run, []
    page.failed.connect(errors.append)
    monkeypatch.setattr(office, "run", partial(_keeps_nothing, run))
    page.pane.text.setPlainText("uno, e molto di più")
    page.pane.keep()
    qtbot.waitUntil(lambda: bool(errors))
    row = page.deeds.row
    assert row is not None
    page.deeds._sign(row)
    qtbot.waitUntil(lambda: office.fetch(note_reading.mine)[0].state == "signed")
    monkeypatch.setattr(office, "run", run)
    settle(qtbot, page)
    qtbot.waitUntil(page.pane.text.isReadOnly)
    page.pane.keep()
    settle(qtbot, page)
    assert said(office, note_id) == page.pane.text.toPlainText() == "uno, e molto di più"
    assert all(isinstance(one, DiskFull) for one in errors)


def _keeps_nothing(run: object, action: object, *arguments: object, **values: object) -> object:
    if action is notes.keep:
        raise DiskFull
    assert callable(run)
    return run(action, *arguments, **values)
