"""Notes in the window are not mixed up: what is typed and pressed is meant for the note that is shown."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from famdesk.data.failures import DiskFull
from famdesk.ui.notes import edit
from famdesk.ui.notes.page import NotesPage
from famdesk.usecases.notes import note_reading, notes
from famdesk.usecases.notes.note_rows import NoteTexts, NoteValues
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from tests.support.offices import Desk
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


def test_what_is_copied_does_not_stay_on_the_clipboard(
    qtbot: QtBot, page: NotesPage, office: Office, ada: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clipboard = QGuiApplication.clipboard()
    monkeypatch.setattr(edit, "CLEARED_AFTER_MS", 1)
    begun(office, ada, "geheim")
    show(qtbot, page)
    page.pane.text.selectAll()
    page.pane.text.copy()
    assert clipboard.text() == "geheim"
    assert all(clipboard.mimeData().hasFormat(kind) for kind in edit.NOT_KEPT)
    qtbot.waitUntil(lambda: clipboard.text() == "")
    clipboard.setText("anderes")
    edit.clear("geheim")
    assert clipboard.text() == "anderes"


def test_with_the_lock_the_words_of_the_search_are_forgotten_and_come_back(
    qtbot: QtBot, page: NotesPage, office: Office, ada: str, file_desk: Desk
) -> None:
    begun(office, ada, "altalena")
    show(qtbot, page)
    assert page._words.find("altal")
    page.hide()
    settle(qtbot, page)
    page._words.look_for_lock()
    assert page._words.find("altal")
    office.lock()
    page._words.look_for_lock()
    assert not page._words.find("altal")
    office.come_back(file_desk.sign_in("psychologist"))
    show(qtbot, page)
    assert page._words.find("altal")


def test_after_a_pause_a_draft_is_shown_as_another_desk_left_it(
    qtbot: QtBot, page: NotesPage, office: Office, ada: str, file_desk: Desk
) -> None:
    note_id = begun(office, ada, "uno")
    show(qtbot, page)
    page.hide()
    file_desk.sign_in("psychologist").run(notes.keep, note_id, NoteTexts("uno, due"))
    show(qtbot, page)
    assert page.pane.text.toPlainText() == "uno, due"


def test_a_film_is_not_read_whole_before_it_is_refused(
    qtbot: QtBot, page: NotesPage, office: Office, ada: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(office, ada, "uno")
    show(qtbot, page)
    (tmp_path / "film.mp4").write_bytes(bytes(2048))
    monkeypatch.setattr(notes, "LARGEST_FILE", 1024)
    with qtbot.waitSignal(page.pane.files.failed) as caught:
        page.pane.files.take(str(tmp_path / "film.mp4"))
    assert isinstance(caught.args[0], notes.FileTooLarge)


def test_lines_that_are_gone_at_another_desk_are_kept_here_in_a_draft_of_its_own(
    qtbot: QtBot, page: NotesPage, office: Office, ada: str
) -> None:
    bea = office.run(people.add_person, surname="Bianchi")
    values = NoteValues("group", DAY, (ada, bea))
    note_id = office.run(notes.start, values, NoteTexts("tema", ((ada, "A"), (bea, "B"))))
    show(qtbot, page)
    page.pane.text.setPlainText("tema e altro")
    (row,) = office.fetch(note_reading.mine)
    office.run(notes.change, note_id, row.version, NoteValues("group", DAY, (ada,)))
    settle(qtbot, page)
    qtbot.waitUntil(lambda: page.pane.note_id() not in {"", note_id}, timeout=5000)
    settle(qtbot, page)
    assert office.fetch(note_reading.read, note_id).texts == NoteTexts("tema", ((ada, "A"),))
    apart = office.fetch(note_reading.read, page.pane.note_id())
    assert apart.texts == NoteTexts("tema e altro", ((ada, "A"), (bea, "B")))


def test_lines_stay_in_sight_when_a_group_note_becomes_another_kind(
    qtbot: QtBot, page: NotesPage, office: Office, ada: str
) -> None:
    office.run(notes.start, NoteValues("family", DAY, (ada,)), NoteTexts("tema", ((ada, "A"),)))
    show(qtbot, page)
    page.pane._lines.chosen.emit(ada)
    assert page.pane.text.toPlainText() == "A"
