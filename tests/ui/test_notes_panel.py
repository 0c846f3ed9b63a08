"""The notes in a person's file: one's own are read, those of a colleague are lines that say nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from famdesk.ui.kit.runner import Runner
from famdesk.ui.people.notes_panel import NoteDialog, NotesPanel
from famdesk.usecases.notes.note_sealing import NoKey
from famdesk.usecases.office import Office
from famdesk.usecases.people import person_file
from tests.support.offices import Desk
from tests.ui.conftest import nameless
from tests.usecases.notes.test_note_release import colleague, consented, give, written
from tests.usecases.notes.test_notes import SECRET, begun, signed


@contextmanager
def _panel(qtbot: QtBot, office: Office, person: str) -> Iterator[tuple[NotesPanel, list[object]]]:
    """The panel on a person, with whatever it asks of the window."""
    runner, window = Runner(office), QWidget()
    window.resize(1000, 700)
    panel, asked = NotesPanel(runner, window), list[object]()
    panel.resize(1000, 700)
    panel.item_opened.connect(lambda kind, record_id: asked.append((kind, record_id)))
    panel.failed.connect(asked.append)
    qtbot.addWidget(window)
    window.show()
    panel.show_file(office.fetch(person_file.person, person))
    qtbot.waitUntil(runner.idle)
    try:
        yield panel, asked
    finally:
        runner.close()
        window.close()


def _open(qtbot: QtBot, panel: NotesPanel, note_id: str) -> None:
    panel.list.activated_id.emit(note_id)
    qtbot.waitUntil(panel.runner.idle)


def _said(panel: NotesPanel) -> str:
    shown = [one for one in panel.window().findChildren(NoteDialog) if one.isVisible()]
    return "\n".join(label.text() for one in shown for label in one.findChildren(QLabel))


@pytest.fixture
def author(file_desk: Desk) -> Office:
    return file_desk.sign_in("psychologist")


def test_ones_own_notes_are_read_and_drafts_go_on(qtbot: QtBot, author: Office) -> None:
    ada, _consent = consented(author)
    note, draft = signed(author, ada), begun(author, ada, said="in corso")
    with _panel(qtbot, author, ada) as (panel, asked):
        assert {line.id: line.badge for line in panel.list.lines()} == {note: "", draft: "draft"}
        assert all(line.detail == "by me" for line in panel.list.lines())
        _open(qtbot, panel, note)
        assert SECRET in _said(panel)
        _open(qtbot, panel, draft)
        panel.add.trigger()
        assert asked == [("note", draft), ("note_about", ada)]
        _open(qtbot, panel, "gone meanwhile")
        assert len(asked) == 2
        assert nameless(panel) == []
        panel.forget()
        assert panel.list.lines() == ()


def test_the_notes_of_a_colleague_are_lines_that_say_nothing(qtbot: QtBot, file_desk: Desk, author: Office) -> None:
    lead, (ada, _consent) = file_desk.sign_in("coordinator"), consented(author)
    note = signed(author, ada)
    with _panel(qtbot, lead, ada) as (panel, asked):
        (line,) = panel.list.lines()
        assert (line.id, line.detail, line.icon) == (note, "Prova psychologist", "lock")
        _open(qtbot, panel, note)
        assert _said(panel) == ""
        (error,) = asked
        assert isinstance(error, NoKey)


def test_what_was_given_to_read_is_opened_where_its_author_is_told(
    qtbot: QtBot, file_desk: Desk, author: Office
) -> None:
    reader, (ada, _consent) = file_desk.sign_in("educator"), consented(author)
    signed(author, ada)
    out = written(author, ada, colleague(reader))
    give(author, out, reader)
    with _panel(qtbot, reader, ada) as (panel, asked):
        _open(qtbot, panel, out)
        assert asked == [("note_given", "")]
        assert _said(panel) == ""
