"""Two unlocked desks of one author at the same draft: the second one is told, nothing typed is lost, and nothing is
signed that was not seen."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from famdesk.data.failures import DiskFull
from famdesk.ui.kit.widgets import Label
from famdesk.ui.notes.page import NotesPage
from famdesk.usecases.notes import note_reading, notes
from famdesk.usecases.notes.note_rows import NoteTexts, NoteValues
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from tests.support.offices import Desk
from tests.ui.test_notes_apart import begun
from tests.ui.test_notes_page import DAY, ada, office, page, runner, said, settle, show

__all__ = ["ada", "office", "page", "runner"]


@pytest.fixture
def elsewhere(file_desk: Desk) -> Office:
    """The other desk of the same author."""
    return file_desk.sign_in("psychologist")


def words_of(page: NotesPage) -> str:
    return " ".join(label.text() for label in page.findChildren(Label) if label.isVisible())


def parted(qtbot: QtBot, page: NotesPage, from_id: str) -> str:
    """Waits until what was typed is in a draft of its own; gives its id."""
    qtbot.waitUntil(lambda: page.pane.note_id() not in {"", from_id}, timeout=5000)
    settle(qtbot, page)
    return page.pane.note_id()


def test_what_two_desks_typed_is_kept_in_two_drafts(
    qtbot: QtBot, page: NotesPage, office: Office, ada: str, elsewhere: Office
) -> None:
    note_id = begun(office, ada, "uno")
    show(qtbot, page)
    elsewhere.run(notes.keep, note_id, NoteTexts("uno, scritto di là"))
    page.pane.text.setFocus()
    page.pane.text.selectAll()
    qtbot.keyClicks(page.pane.text, "uno, scritto qui")
    page.pane.keep()
    qtbot.keyClicks(page.pane.text, " e ancora")
    mine = parted(qtbot, page, note_id)
    page.pane.keep()
    settle(qtbot, page)
    assert page.pane.text.toPlainText() == said(office, mine) == "uno, scritto qui e ancora"
    assert said(office, note_id) == "uno, scritto di là"
    assert "also written at another desk" in words_of(page)
    assert page.deeds.row is not None
    assert page.deeds.row.id == mine == page.list.current_id()
    assert not page.pane.keeper.waiting()


def test_both_drafts_are_shown_side_by_side(
    qtbot: QtBot, page: NotesPage, office: Office, ada: str, elsewhere: Office
) -> None:
    bea = office.run(people.add_person, surname="Bianchi")
    values = NoteValues("group", DAY, (ada, bea))
    note_id = office.run(notes.start, values, NoteTexts("tema", ((bea, "riga"),)))
    show(qtbot, page)
    elsewhere.run(notes.keep, note_id, NoteTexts("tema di là", ((bea, "riga di là"),)))
    page.pane.text.setPlainText("tema qui")
    page.pane.keep()
    parted(qtbot, page, note_id)
    page.pane._twins.compare.click()
    qtbot.waitUntil(lambda: any(one.isVisible() for one in page.findChildren(QDialog)))
    shown = words_of(page)
    assert all(text in shown for text in ("tema di là", "riga di là", "tema qui", "riga", "Bianchi"))


def test_a_note_that_was_signed_elsewhere_gets_what_was_typed_as_the_draft_of_an_addendum(
    qtbot: QtBot, page: NotesPage, office: Office, ada: str, elsewhere: Office
) -> None:
    note_id = begun(office, ada, "uno")
    show(qtbot, page)
    (row,) = office.fetch(note_reading.mine)
    elsewhere.run(notes.sign, note_id, row.version)
    page.pane.text.setPlainText("uno, e quel che non si è firmato")
    page.pane.keep()
    mine = parted(qtbot, page, note_id)
    added = office.fetch(note_reading.read, mine)
    assert (added.row.addendum_to, added.row.state, added.row.first) == (note_id, "draft", 1)
    assert added.texts.text == "uno, e quel che non si è firmato"
    assert said(office, note_id) == "uno"


def test_a_note_that_was_thrown_away_elsewhere_goes_on_here(
    qtbot: QtBot, page: NotesPage, office: Office, ada: str, elsewhere: Office
) -> None:
    note_id = begun(office, ada, "uno")
    show(qtbot, page)
    elsewhere.run(notes.drop, note_id)
    page.pane.text.setPlainText("uno, due")
    page.pane.keep()
    mine = parted(qtbot, page, note_id)
    assert said(office, mine) == "uno, due"


def test_what_was_thrown_away_here_does_not_come_back(qtbot: QtBot, page: NotesPage, office: Office, ada: str) -> None:
    begun(office, ada, "uno")
    show(qtbot, page)
    assert page.deeds.row is not None
    page.pane.text.setPlainText("uno, due")
    page.deeds._drop(page.deeds.row)
    page.pane.keep()
    settle(qtbot, page)
    qtbot.waitUntil(lambda: office.fetch(note_reading.mine) == ())
    assert not page.pane.keeper.waiting()


def test_words_about_somebody_whom_one_may_no_longer_know_become_a_working_note(
    qtbot: QtBot, page: NotesPage, office: Office, ada: str, elsewhere: Office, file_desk: Desk
) -> None:
    note_id = begun(office, ada, "uno")
    show(qtbot, page)
    elsewhere.run(notes.keep, note_id, NoteTexts("di là"))
    file_desk.sign_in("coordinator").run(people.block, ada, office.actor.staff_id, "parente")
    page.pane.text.setPlainText("qui")
    page.pane.keep()
    mine = parted(qtbot, page, note_id)
    found = office.fetch(note_reading.read, mine)
    assert (found.texts.text, found.row.private, found.row.person_ids) == ("qui", True, ())


def test_nothing_is_signed_that_was_not_seen(
    qtbot: QtBot, page: NotesPage, office: Office, ada: str, elsewhere: Office
) -> None:
    note_id = begun(office, ada, "uno")
    show(qtbot, page)
    row = page.deeds.row
    assert row is not None
    elsewhere.run(notes.attach, note_id, "foglio.txt", "text/plain", b"x")
    with qtbot.waitSignal(page.failed) as caught:
        page.deeds._sign(row)
    assert isinstance(caught.args[0], notes.WrittenElsewhere)
    settle(qtbot, page)
    assert office.fetch(note_reading.read, note_id).row.state == "draft"
    qtbot.waitUntil(lambda: any("foglio" in one.text() for one in page.pane.files.findChildren(type(page.pane.sign))))
    page.deeds._sign(row)
    qtbot.waitUntil(lambda: office.fetch(note_reading.read, note_id).row.state == "signed")


def test_saves_that_follow_each_other_fast_are_one_desk(
    qtbot: QtBot, page: NotesPage, office: Office, ada: str
) -> None:
    note_id = begun(office, ada, "")
    show(qtbot, page)
    for count in range(12):
        page.pane.text.setPlainText("x" * count)
        page.pane.keep()
    settle(qtbot, page)
    assert said(office, note_id) == "x" * 11
    assert len(office.fetch(note_reading.mine)) == 1


def test_a_save_whose_answer_was_lost_is_not_taken_for_another_desk(
    qtbot: QtBot, page: NotesPage, office: Office, ada: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    note_id = begun(office, ada, "")
    show(qtbot, page)
    run = office.run

    def lost(action: object, *arguments: object, **values: object) -> object:
        run(action, *arguments, **values)  # type: ignore[arg-type]
        raise DiskFull

    monkeypatch.setattr(office, "run", lost)
    page.pane.text.setPlainText("uno")
    page.pane.keep()
    settle(qtbot, page)
    monkeypatch.setattr(office, "run", run)
    page.pane.text.setPlainText("uno, due")
    page.pane.keep()
    settle(qtbot, page)
    assert said(office, note_id) == "uno, due"
    assert len(office.fetch(note_reading.mine)) == 1
