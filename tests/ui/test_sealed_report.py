"""A report leaves as a file with a password: saved, or mailed through the gate, to nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from famdesk.sheets.paper import sealed
from famdesk.ui.kit.runner import Runner
from famdesk.ui.notes.paper import MAIL, PaperDialog
from famdesk.ui.notes.seal_dialog import SealDialog
from famdesk.ui.send_dialog import SendDialog
from famdesk.usecases.notes import note_release
from famdesk.usecases.notes.note_release_rows import Recipient
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from famdesk.usecases.post import sheet_mails
from tests.support.offices import Desk
from tests.support.reminders import ADDRESS, Place
from tests.ui.conftest import nameless
from tests.usecases.notes.test_note_release import written

WORD = "quattro parole a caso"
SAID = "Testo della relazione, con àccenti (e parentesi)."


@pytest.fixture
def office(file_desk: Desk) -> Office:
    return file_desk.sign_in("psychologist")


@pytest.fixture
def runner(office: Office) -> Iterator[Runner]:
    found = Runner(office)
    yield found
    found.close()


def read(data: bytes, word: str) -> str | None:
    """What stands on the first page; None: it does not open with this password."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument(None)
    document.setPassword(word)
    document.load(buffer)
    if document.status() != QPdfDocument.Status.Ready:
        assert document.error() == QPdfDocument.Error.IncorrectPassword
        return None
    return document.getAllText(0).text()


def _fill(dialog: SealDialog, new: str, again: str) -> None:
    assert dialog.form is not None
    dialog.form.field("new").setText(new)
    dialog.form.field("again").setText(again)
    dialog.try_save()


def _dialog(window: QWidget, kind: type[Any]) -> Any:
    return next(one for one in window.findChildren(kind) if one.isVisible())


def test_a_report_is_saved_with_a_password(
    qtbot: QtBot, office: Office, runner: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = office.run(people.add_person, surname="Rossi", given_name="Ada", birth_date=date(1980, 5, 5))
    out = written(office, ada, Recipient(other_id=ada), said=SAID, kind="report", until=None)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    row = office.fetch(note_release.of_note, out)
    assert row is not None
    dialog = PaperDialog(window, runner, row)
    dialog.open()
    qtbot.waitUntil(lambda: bool(dialog.preview.data), timeout=20_000)
    clear = dialog.preview.data
    dialog.protect.trigger()
    asks = _dialog(dialog, SealDialog)
    assert nameless(asks) == []
    _fill(asks, "corta", "corta")
    _fill(asks, WORD, WORD + "!")
    assert asks.isVisible()
    monkeypatch.setattr(dialog.out, "ask_file_of", lambda data: dialog.out._save(data, str(tmp_path / "r.pdf")))
    _fill(asks, WORD, WORD)
    qtbot.waitUntil((tmp_path / "r.pdf").exists, timeout=30_000)
    qtbot.waitUntil(lambda: office.fetch(note_release.of_note, out).given_on is not None)
    data = (tmp_path / "r.pdf").read_bytes()
    assert SAID in (read(data, WORD) or "").replace("\r\n", " ")
    assert read(data, "altro") is None
    assert clear not in data
    assert b"Lettera" in clear or b"Letter" in clear
    assert b"Letter" not in data, "also what the file is called inside is sealed"


def test_by_mail_it_goes_sealed_to_its_recipient_alone(
    qtbot: QtBot, file_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Place(file_desk)
    place.point("mail", ADDRESS)
    monkeypatch.setattr(sealed, "sealed", lambda data, word: data[:9] + word.encode())  # what it does is tested above
    out = written(place.office, place.person, Recipient(other_id=place.person), said=SAID, kind="report", until=None)
    row = place.office.fetch(note_release.of_note, out)
    assert row is not None
    window, runner = QWidget(), Runner(place.office)
    qtbot.addWidget(window)
    window.show()
    dialog = PaperDialog(window, runner, row)
    dialog.open()
    dialog.choice.set_current(MAIL)
    dialog.choice.chosen.emit(MAIL)
    qtbot.waitUntil(lambda: bool(dialog.preview.data) and runner.idle(), timeout=20_000)
    dialog.try_save()
    _fill(_dialog(dialog, SealDialog), WORD, WORD)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in dialog.findChildren(SendDialog)))
    send = _dialog(dialog, SendDialog)
    qtbot.waitUntil(lambda: send.offer() is not None)
    assert not send.form.field("person").isEnabled()
    send.try_save()
    qtbot.waitUntil(lambda: place.office.fetch(note_release.of_note, out).given_on is not None)
    taken = place.office.tend(sheet_mails.claim)
    assert taken is not None
    assert (taken.recipient, taken.data.endswith(WORD.encode())) == (ADDRESS, True)
    qtbot.waitUntil(runner.idle)
    runner.close()
