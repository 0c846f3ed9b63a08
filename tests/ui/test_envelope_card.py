"""The sealed envelope in the settings: made and printed, then opened by two parts for a successor."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.sheet_dialog import SheetDialog
from famdesk.ui.settings.envelope_card import EnvelopeCard, HandOverDialog
from famdesk.usecases import escrow, note_reading, notes, people
from famdesk.usecases.note_rows import NoteTexts, NoteValues
from famdesk.usecases.office import Office
from tests.support.offices import Desk


@pytest.fixture
def office(file_desk: Desk) -> Office:
    return file_desk.sign_in("coordinator")


@pytest.fixture
def runner(office: Office) -> Iterator[Runner]:
    found = Runner(office)
    yield found
    found.close()


@pytest.fixture
def card(qtbot: QtBot, runner: Runner, office: Office) -> EnvelopeCard:
    found = EnvelopeCard(runner, office)
    qtbot.addWidget(found)
    found.show()
    return found


def _dialog(card: EnvelopeCard) -> QDialog:
    return next(one for one in card.window().findChildren(QDialog) if one.isVisible())


def test_it_is_made_and_its_three_parts_are_shown(qtbot: QtBot, card: EnvelopeCard, office: Office) -> None:
    assert not card.open.isVisible()
    card.make.click()
    qtbot.keyClick(_dialog(card), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: office.actor.escrow is not None)
    qtbot.waitUntil(lambda: _pages(card) == 3)
    assert card.open.isVisible()
    sheets = next(one for one in card.window().findChildren(SheetDialog) if one.isVisible())
    qtbot.keyClick(sheets, Qt.Key.Key_Escape)
    assert sheets.isVisible(), "the codes are on no paper yet"
    question = next(one for one in sheets.findChildren(QDialog) if one.isVisible())
    qtbot.keyClick(question, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert sheets.isVisible(), "the key that saves elsewhere loses nothing here"
    sheets.out.printed.emit(None)
    assert not sheets.isVisible()


def _pages(card: EnvelopeCard) -> int:
    shown = [one for one in card.window().findChildren(SheetDialog) if one.isVisible()]
    return shown[0].preview.document.pageCount() if shown else 0


def test_two_parts_give_the_notes_to_a_successor(
    qtbot: QtBot, file_desk: Desk, card: EnvelopeCard, office: Office
) -> None:
    codes = escrow.make(office)
    author, successor = file_desk.sign_in("psychologist"), file_desk.sign_in("social_worker")
    ada = office.run(people.add_person, surname="Rossi", given_name="Ada")
    note_id = author.run(notes.start, NoteValues("individual", date(2025, 2, 10), (ada,)), NoteTexts("testo"))
    card.look()
    card.open.click()
    dialog = _dialog(card)
    assert isinstance(dialog, HandOverDialog)
    assert dialog.form is not None
    qtbot.waitUntil(card._runner.idle)
    dialog.form.set_values({"code_1": codes[0], "code_2": codes[1][:-3], "author_id": author.actor.staff_id,
                            "staff_id": successor.actor.staff_id, "reason": "malattia"})  # fmt: skip
    dialog.try_save()
    qtbot.waitUntil(card._runner.idle)
    assert dialog.isVisible(), "a mistyped code is told at its field, and nothing is lost"
    dialog.form.field("code_2").set_value(codes[1])
    with qtbot.waitSignal(card.told) as told:
        dialog.try_save()
    assert told.args == ["1 part of notes was handed over."]
    assert successor.fetch(note_reading.read, note_id).texts.text == "testo"
