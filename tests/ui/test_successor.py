"""The successor procedure in the window, from the open envelope to the notes on the successor's screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from famdesk.data.keys import shares
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.ui.kit.runner import Runner
from famdesk.ui.notes.page import NotesPage
from famdesk.ui.settings.envelope_card import EnvelopeCard
from famdesk.ui.settings.handing_over import HandOverDialog
from famdesk.ui.today.page import TodayPage
from famdesk.usecases import session
from famdesk.usecases.notes import escrow, note_reading, notes
from famdesk.usecases.notes.note_sealing import Unreadable
from famdesk.usecases.office import Office
from famdesk.usecases.staff import notices
from tests.support.envelopes import agreed, made
from tests.support.offices import CHEAP, Desk
from tests.usecases.notes.test_notes import SECRET, begun, person, signed

NEW = "una-parola-nuova"


@contextmanager
def window_of(qtbot: QtBot, office: Office, make: Callable[[Runner], QWidget]) -> Iterator[QWidget]:
    """A view for one person, on the screen."""
    runner = Runner(office)
    found = make(runner)
    qtbot.addWidget(found)
    found.resize(1000, 700)
    found.show()
    qtbot.waitUntil(runner.idle)
    try:
        yield found
    finally:
        found.hide()
        runner.close()


@pytest.fixture
def coordinator(file_desk: Desk) -> Office:
    return file_desk.sign_in("coordinator")


@pytest.fixture
def author(file_desk: Desk, coordinator: Office) -> Office:
    return file_desk.sign_in("psychologist")


@pytest.fixture
def codes(coordinator: Office, author: Office) -> tuple[str, ...]:
    """The envelope, to which the author agreed."""
    found = made(coordinator)
    agreed(author)
    return found


@pytest.fixture
def card(qtbot: QtBot, coordinator: Office, codes: tuple[str, ...]) -> Iterator[EnvelopeCard]:
    with window_of(qtbot, coordinator, lambda runner: EnvelopeCard(runner, coordinator)) as found:
        assert isinstance(found, EnvelopeCard)
        yield found


def begin(qtbot: QtBot, card: EnvelopeCard, author: Office, successor: Office, reason: str) -> HandOverDialog:
    """Up to where the first holder types."""
    card.open.click()
    found = next(one for one in card.window().findChildren(HandOverDialog) if one.isVisible())
    qtbot.waitUntil(card._runner.idle)
    assert found.form is not None
    found.form.set_values({"author_id": author.actor.staff_id, "staff_id": successor.actor.staff_id,
                           "reason": reason})  # fmt: skip
    found.try_save()
    qtbot.waitUntil(lambda: found.phase == "first")
    return found


def type_part(qtbot: QtBot, dialog: HandOverDialog, code: str) -> None:
    """A holder types and goes on with the key that saves."""
    assert dialog.form is not None
    field = dialog.form.field(f"code_{1 if dialog.phase == 'first' else 2}")
    field.clear()
    qtbot.keyClicks(field, code.lower())
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def told(office: Office) -> list[str]:
    return [row.kind for row in office.fetch(notices.unread)]


def gone(tx: Tx, staff_id: str) -> None:
    colleague = tx.session.get(Staff, staff_id)
    assert colleague is not None
    colleague.active = False


def test_the_notes_of_somebody_who_died_reach_the_successor(
    qtbot: QtBot, file_desk: Desk, coordinator: Office, author: Office, codes: tuple[str, ...], card: EnvelopeCard
) -> None:
    ada = person(coordinator)
    note_id, draft = signed(author, ada), begun(author, ada, said="bozza")
    author.close()
    file_desk.office.run(gone, author.actor.staff_id)
    successor = file_desk.sign_in("social_worker")
    dialog = begin(qtbot, card, author, successor, "decesso")
    type_part(qtbot, dialog, codes[2])
    assert dialog.phase == "second"
    assert [field.text() for field in dialog.findChildren(QLineEdit) if field.isVisible()] == [""], "each types alone"
    assert successor.fetch(note_reading.received) == (), "one holder hands nothing over"
    with qtbot.waitSignal(card.told) as said:
        type_part(qtbot, dialog, codes[0])
    assert said.args == ["2 parts of notes were handed over."]
    assert told(successor)[0] == "received"

    with window_of(qtbot, successor, lambda runner: TodayPage(runner)) as today:
        assert isinstance(today, TodayPage)
        qtbot.waitUntil(today.notices.isVisible)
        assert "you received the notes of Prova psychologist" in today.notices.list.lines()[0].title
    with window_of(qtbot, successor, lambda runner: NotesPage(runner, successor)) as page:
        assert isinstance(page, NotesPage)
        qtbot.waitUntil(lambda: len(page.list.lines()) == 3)
        assert page.list.lines()[0].title == "Notes received from Prova psychologist"
        for one, text in ((note_id, SECRET), (draft, "bozza")):
            page.list.set_current_id(one)
            qtbot.waitUntil(lambda one=one: page.pane.note_id() == one)
            assert page.pane.text.toPlainText() == text
            assert page.pane.text.isReadOnly()
            shown = (page.pane.sign, page.pane.details, page.pane.drop, page.pane.add, page.pane.share)
            assert not any(button.isVisible() for button in shown)
            assert "Received from Prova psychologist" in page.pane._signed.text()
            assert page.pane._signed.isVisible()


def test_an_author_who_left_and_has_an_account_is_told(
    qtbot: QtBot, file_desk: Desk, coordinator: Office, author: Office, codes: tuple[str, ...], card: EnvelopeCard
) -> None:
    signed(author, person(coordinator))
    dialog = begin(qtbot, card, author, file_desk.sign_in("educator"), "lunga malattia")
    type_part(qtbot, dialog, codes[0])
    with qtbot.waitSignal(card.told):
        type_part(qtbot, dialog, codes[1])
    with window_of(qtbot, author, lambda runner: TodayPage(runner)) as today:
        assert isinstance(today, TodayPage)
        qtbot.waitUntil(today.notices.isVisible)
        assert today.notices.list.lines()[0].title.endswith(
            "Prova coordinator opened the sealed envelope: your notes were handed over to Prova educator."
        )


def test_who_lost_the_password_gets_the_notes_back(
    qtbot: QtBot, file_desk: Desk, coordinator: Office, author: Office, codes: tuple[str, ...], card: EnvelopeCard
) -> None:
    note_id, draft = signed(author, person(coordinator)), begun(author, person(coordinator), said="bozza")
    author.close()
    author = session.recover(file_desk.home, file_desk.recovery, "psychologist", NEW, clock=file_desk.clock, cost=CHEAP)
    with pytest.raises(Unreadable):
        author.fetch(note_reading.read, note_id)
    dialog = begin(qtbot, card, author, author, "password persa")
    type_part(qtbot, dialog, codes[1])
    with qtbot.waitSignal(card.told) as said:
        type_part(qtbot, dialog, codes[2])
    assert said.args == ["2 parts of notes were handed over."]
    with window_of(qtbot, author, lambda runner: NotesPage(runner, author)) as page:
        assert isinstance(page, NotesPage)
        qtbot.waitUntil(lambda: len(page.list.lines()) == 4)
        page.list.set_current_id(draft)
        qtbot.waitUntil(lambda: page.pane.note_id() == draft)
        assert page.pane.text.toPlainText() == "bozza"
        assert not page.pane.text.isReadOnly(), "one's own notes are one's own"
        qtbot.keyClicks(page.pane.text, "!")
        page.pane.keep()
        qtbot.waitUntil(page.runner.idle)
    assert author.fetch(note_reading.read, draft).texts.text in {"bozza!", "!bozza"}
    assert told(author)[0] == "handed_over"
    author.close()


def test_wrong_parts_and_other_envelopes_do_nothing(
    qtbot: QtBot, file_desk: Desk, coordinator: Office, author: Office, codes: tuple[str, ...], card: EnvelopeCard
) -> None:
    note_id = signed(author, person(coordinator))
    successor = file_desk.sign_in("educator")
    stranger = [share.code() for share in shares.split(bytes(20), 2, 3)]
    dialog = begin(qtbot, card, author, successor, "malattia")
    type_part(qtbot, dialog, codes[0][:-1])
    assert dialog.phase == "first", "a mistyped part is told at once"
    type_part(qtbot, dialog, codes[0])
    for wrong in (codes[0], codes[1][:-2], stranger[1]):
        type_part(qtbot, dialog, wrong)
        qtbot.waitUntil(card._runner.idle)
        assert dialog.phase == "second"
        assert dialog.isVisible()
    assert successor.fetch(note_reading.received) == ()
    with qtbot.waitSignal(card.told):
        type_part(qtbot, dialog, codes[1])
    assert successor.fetch(note_reading.read, note_id).texts.text == SECRET


def test_both_parts_of_another_envelope_do_nothing(
    qtbot: QtBot, file_desk: Desk, coordinator: Office, author: Office, codes: tuple[str, ...], card: EnvelopeCard
) -> None:
    signed(author, person(coordinator))
    newer = made(coordinator, "per prova")
    successor = file_desk.sign_in("educator")
    dialog = begin(qtbot, card, author, successor, "malattia")
    type_part(qtbot, dialog, newer[0])
    type_part(qtbot, dialog, newer[1])
    qtbot.waitUntil(card._runner.idle)
    assert dialog.isVisible()
    assert successor.fetch(note_reading.received) == ()
    assert "handed_over" not in told(author)


def test_stopped_half_way_nothing_happens(
    qtbot: QtBot, file_desk: Desk, coordinator: Office, author: Office, codes: tuple[str, ...], card: EnvelopeCard
) -> None:
    signed(author, person(coordinator))
    successor = file_desk.sign_in("educator")
    before = coordinator.store.newest_entry(coordinator.actor)
    dialog = begin(qtbot, card, author, successor, "malattia")
    type_part(qtbot, dialog, codes[0])
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    question = next(one for one in dialog.findChildren(QDialog) if one.isVisible())
    question._accept.click()  # type: ignore[attr-defined]
    assert not dialog.isVisible()
    assert dialog._first == ""
    assert coordinator.store.newest_entry(coordinator.actor) == before
    assert successor.fetch(note_reading.received) == ()
    assert told(author) == ["envelope_made"]


def test_a_successor_needs_an_account(
    qtbot: QtBot, coordinator: Office, author: Office, codes: tuple[str, ...], card: EnvelopeCard
) -> None:
    card.open.click()
    found = next(one for one in card.window().findChildren(HandOverDialog) if one.isVisible())
    qtbot.waitUntil(card._runner.idle)
    assert found.form is not None
    found.form.set_values({"author_id": author.actor.staff_id, "reason": "malattia"})
    found.try_save()
    assert found.phase == "who", "somebody has to be chosen"
    with pytest.raises(escrow.NoAccount):
        escrow.public_key(coordinator, "nobody")


def test_the_notice_of_a_shared_note_leads_to_it(qtbot: QtBot, file_desk: Desk, author: Office) -> None:
    reader = file_desk.sign_in("educator")
    begun(reader, person(reader))
    note_id = signed(author, person(author))
    author.run(notes.share, note_id, reader.actor.staff_id, reader.actor.pairs.box_public)
    with window_of(qtbot, reader, lambda runner: NotesPage(runner, reader)) as page:
        assert isinstance(page, NotesPage)
        page.open_item("note", note_id)
        qtbot.waitUntil(lambda: page.pane.note_id() == note_id)
        assert page.pane.text.toPlainText() == SECRET
        assert page.pane.text.isReadOnly()
