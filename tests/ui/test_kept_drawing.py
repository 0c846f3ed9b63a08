"""A drawing that was not put to its note is not lost when the process gives way behind the lock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from famdesk.ui.kept_dialogs import KeptDialog
from famdesk.ui.kept_texts import unsaved
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.runner import Runner
from famdesk.ui.notes.drawing import DrawingDialog
from famdesk.usecases import kept_texts
from famdesk.usecases.notes import note_reading, notes
from famdesk.usecases.notes.note_rows import NoteTexts, NoteValues
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from tests.support.offices import Desk

DAY = date(2025, 2, 10)


@pytest.fixture
def office(file_desk: Desk) -> Office:
    return file_desk.sign_in("psychologist")


@pytest.fixture
def runner(office: Office) -> Iterator[Runner]:
    found = Runner(office)
    yield found
    found.close()


def test_a_drawing_that_was_not_put_to_its_note_is_kept_sealed_and_put_there_later(
    qtbot: QtBot, office: Office, runner: Runner
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    ada = office.run(people.add_person, surname="Rossi", given_name="Ada")
    note_id = office.run(notes.start, NoteValues("individual", DAY, (ada,)), NoteTexts("con disegno"))
    dialog = DrawingDialog(window, runner, note_id)
    dialog.open()
    dialog.surface.begin(QPointF(40, 40))
    dialog.surface.go(QPointF(60, 60))
    dialog.surface.end()
    assert dialog.form is not None
    dialog.form.field("words").setText("la casa vuota")
    forms = tuple(one for one in unsaved() if one.picture)
    kept_texts.keep(office, forms)
    (file,) = (office.home.folder / kept_texts.FOLDER).iterdir()
    assert b"PNG" not in file.read_bytes()
    dialog.done(0)
    assert kept_texts.read(office) == forms
    again = KeptDialog(window, kept_texts.read(office), runner)
    again.open()
    put: list[object] = []
    again.put.connect(put.append)
    next(one for one in again.findChildren(ActionButton) if one.text() == "Put to the note").click()
    qtbot.waitUntil(lambda: bool(put))
    (found,) = office.fetch(note_reading.read, note_id).attachments
    assert (found.name, found.kind) == ("la casa vuota", "image/png")
    assert office.fetch(note_reading.attachment, note_id, found.part_id) == forms[0].picture
    again.done(0)
