"""While notes stand in the window, and after a fault of the program, none of their words lies anywhere on the disk."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.errors import BugReport, FaultHook
from famdesk.ui.kit.runner import Runner
from famdesk.ui.notes.page import NotesPage
from famdesk.usecases.notes import note_reading
from tests.security.test_planted_notes import logged, scratch
from tests.support.offices import Desk
from tests.support.planted import WORDS, files_of, found_in, plant
from tests.ui.test_notes_page import settle, show

__all__ = ["scratch"]


def _shown(page: NotesPage) -> set[str]:
    """The words that stand in the window, so that something was there to be left behind."""
    said = page.pane.text.toPlainText()
    return {word for word in WORDS if word in said}


def _look_at_all(qtbot: QtBot, page: NotesPage, notes: dict[str, str]) -> set[str]:
    """Opens every note, searches, looks at the files, types on; gives the words that were seen."""
    seen = set[str]()
    for note_id in notes.values():
        page.list.set_current_id(note_id)
        settle(qtbot, page)
        seen |= _shown(page)
        for button in [one for one in page.pane.files.findChildren(ActionButton) if "kB" in one.text()]:
            button.click()
            settle(qtbot, page)
            dialog = next((one for one in page.findChildren(QDialog) if one.isVisible()), None)
            if dialog is not None:
                dialog.close()
    page.finder.setText(WORDS[3])
    qtbot.waitUntil(lambda: sum(line.choosable for line in page.list.lines()) == 1)
    page.finder.clear()
    settle(qtbot, page)
    page.list.set_current_id(notes["draft"])
    settle(qtbot, page)
    page.pane.text.appendPlainText(WORDS[0])
    page.pane.keep()
    settle(qtbot, page)
    return seen


def _fault(hook: FaultHook, page: NotesPage) -> None:
    """A fault of the program with a note at hand: its words are in the exception and in the frames."""
    try:
        words = page.pane.text.toPlainText()
        raise RuntimeError(words) from ValueError(WORDS[1])
    except RuntimeError as error:
        hook.take(type(error), error, sys.exc_info()[2])


@pytest.mark.logs
def test_nothing_of_what_stands_in_the_window_is_left_anywhere(
    qtbot: QtBot, file_desk: Desk, tmp_path: Path, scratch: Path
) -> None:
    with logged(tmp_path / "everything.log"):
        office = file_desk.sign_in("psychologist")
        planted = plant(office)
        runner = Runner(office)
        page = NotesPage(runner, office)
        qtbot.addWidget(page)
        page.resize(1080, 700)
        show(qtbot, page)
        hook, reports = FaultHook(page), list[BugReport]()
        hook.fault.connect(reports.append)
        seen = _look_at_all(qtbot, page, planted.notes)
        _fault(hook, page)
        qtbot.waitUntil(lambda: bool(reports))
        open_ = files_of(file_desk.home.folder, scratch)
        assert any(name.endswith("-wal") and data for name, data in open_)
        page.hide()
        settle(qtbot, page)
        runner.close()
    assert len(seen) > 60
    assert all(part in reports[0].text for part in ("RuntimeError", "ValueError", "test_planted_window.py"))
    named = [("report", reports[0].text.encode()), ("log", (tmp_path / "everything.log").read_bytes())]
    assert found_in([*named, *open_, *files_of(file_desk.home.folder, scratch)]) == []


@pytest.mark.parametrize("role", ["coordinator", "educator"])
def test_a_colleague_finds_none_of_the_words_in_the_window(qtbot: QtBot, file_desk: Desk, role: str) -> None:
    """The page of notes of somebody else, the search there, and the tab in the person's file."""
    author = file_desk.sign_in("psychologist")
    planted = plant(author)
    office = file_desk.sign_in(role)
    runner = Runner(office)
    page = NotesPage(runner, office)
    qtbot.addWidget(page)
    show(qtbot, page)
    page.finder.setText(WORDS[3])
    settle(qtbot, page)
    assert not any(line.choosable for line in page.list.lines())
    assert office.fetch(note_reading.mine) == ()
    rows = office.fetch(note_reading.of_person, planted.ada)
    assert {row.id for row in rows} == {planted.notes[name] for name in ("signed", "addendum", "group")}
    assert found_in([("rows", repr(rows).encode())]) == []
    runner.close()
