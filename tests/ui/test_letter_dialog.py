"""A letter from the file of a person: begun in the reader's language, written, refused where it would tell too much."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from famdesk.domain.progress import Progress
from famdesk.i18n import formats
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.papers.print_dialog import PrintDialog
from famdesk.ui.kit.runner import Runner
from famdesk.ui.people.letter_dialog import LetterDialog
from famdesk.usecases.family import relations
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, people
from famdesk.usecases.post import letters, prints
from tests.support import fake_printers
from tests.support.offices import Desk
from tests.ui.conftest import nameless

SLOW = 8_000


@pytest.fixture
def office(file_desk: Desk) -> Office:
    return file_desk.sign_in("coordinator")


@pytest.fixture
def runner(office: Office) -> Iterator[Runner]:
    made = Runner(office)
    yield made
    made.close()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    return made


def _dialog(window: QWidget, runner: Runner, office: Office, language: str = "ar", **rule: Any) -> LetterDialog:
    person = office.run(people.add_person, surname="Prova", given_name="Lia", language=language)
    deed: Any = contacts.add_contact_point
    office.run(deed, person, kind="address", value="via Prova 3, 26100 Cremona", **rule)
    made = LetterDialog(window, runner, office.fetch(people.person, person))
    made.open()
    return made


def _text(dialog: LetterDialog) -> str:
    return " ".join(dialog.preview.document.getAllText(0).text().split()) if dialog.preview.data else ""


def test_it_begins_in_the_language_of_the_reader(window: QWidget, runner: Runner, office: Office, qtbot: QtBot) -> None:
    dialog = _dialog(window, runner, office)
    qtbot.waitUntil(lambda: "via Prova 3" in _text(dialog), timeout=SLOW)
    assert dialog.form is not None
    assert dialog.form.value("language") == "ar"
    option = dialog.form.field("text").document().defaultTextOption()
    assert option.textDirection() == Qt.LayoutDirection.RightToLeft
    assert nameless(dialog) == []
    assert formats.date_long(date(2025, 2, 11), "ar").split()[1] in _text(dialog)


def test_what_was_written_stays_when_options_change(
    window: QWidget, runner: Runner, office: Office, qtbot: QtBot
) -> None:
    dialog = _dialog(window, runner, office, "it")
    qtbot.waitUntil(lambda: "via Prova 3" in _text(dialog), timeout=SLOW)
    assert dialog.form is not None
    begun = dialog.form.value("text")
    dialog.form.field("kind").set_value("confirmation")
    dialog.form.field("kind").edited.emit()
    qtbot.waitUntil(lambda: bool(dialog.form and dialog.form.value("text") != begun), timeout=SLOW)
    dialog.form.field("text").set_value("Buongiorno,\n\nl'istanza è arrivata.")
    dialog.form.field("kind").set_value("invitation")
    dialog.form.field("kind").edited.emit()
    qtbot.waitUntil(lambda: "istanza" in _text(dialog), timeout=SLOW)
    assert "istanza" in dialog.form.value("text")


def test_a_text_becomes_the_centres_own(window: QWidget, runner: Runner, office: Office, qtbot: QtBot) -> None:
    dialog = _dialog(window, runner, office, "it")
    qtbot.waitUntil(lambda: "via Prova 3" in _text(dialog), timeout=SLOW)
    assert dialog.form is not None
    dialog.form.field("text").set_value("Buongiorno,\n\nvenga a trovarci.")
    keep, forget = dialog.texts.actions
    keep.trigger()
    qtbot.waitUntil(lambda: len(office.fetch(letters.texts)) == 1, timeout=SLOW)
    again = _dialog(window, runner, office, "it")
    qtbot.waitUntil(lambda: "venga a trovarci" in _text(again), timeout=SLOW)
    forget.trigger()
    qtbot.waitUntil(lambda: office.fetch(letters.texts) == (), timeout=SLOW)


def test_gaps_are_told_instead_of_the_letter(window: QWidget, runner: Runner, office: Office, qtbot: QtBot) -> None:
    dialog = _dialog(window, runner, office, "it")
    qtbot.waitUntil(lambda: "via Prova 3" in _text(dialog), timeout=SLOW)
    assert dialog.form is not None
    dialog.form.field("kind").set_value("documents")
    dialog.form.field("kind").edited.emit()
    qtbot.waitUntil(lambda: dialog.preview.data == b"", timeout=SLOW)
    assert not dialog._accept.isEnabled()


def test_a_careful_letter_does_not_tell_the_centre(
    window: QWidget, runner: Runner, office: Office, qtbot: QtBot
) -> None:
    dialog = _dialog(window, runner, office, "it", neutral_name="Biblioteca")
    qtbot.waitUntil(lambda: "Biblioteca" in _text(dialog), timeout=SLOW)
    assert dialog.note.isVisible()
    assert dialog.form is not None
    assert dialog._case is not None
    dialog.form.field("text").set_value(f"Venga: {dialog._case.to.forbidden[0]}.")
    dialog.make()
    assert dialog.preview.data == b""


def test_who_must_not_be_written_to_needs_a_reason(
    window: QWidget, runner: Runner, office: Office, qtbot: QtBot
) -> None:
    dialog = _dialog(window, runner, office, "it", may_write=False)

    def asked() -> Any:
        return next((one for one in dialog.findChildren(QWidget) if type(one).__name__ == "_ReasonQuestion"), None)

    qtbot.waitUntil(lambda: asked() is not None, timeout=SLOW)
    asked().form.field("reason").set_value("lo chiede lei")
    asked().try_save()
    qtbot.waitUntil(lambda: "via Prova 3" in _text(dialog), timeout=SLOW)


def test_letter_and_envelope_are_printed_and_registered(
    window: QWidget, runner: Runner, office: Office, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printers = fake_printers.install(tmp_path, monkeypatch)
    dialog = _dialog(window, runner, office, "it")
    qtbot.waitUntil(lambda: "via Prova 3" in _text(dialog), timeout=SLOW)
    dialog.envelope.action.trigger()
    qtbot.waitUntil(lambda: dialog.findChild(PrintDialog) is not None, timeout=SLOW)
    ask = dialog.findChild(PrintDialog)
    assert ask is not None
    qtbot.waitUntil(lambda: not ask._printers.running(), timeout=SLOW)
    with qtbot.waitSignal(ask.printed, timeout=SLOW):
        ask.try_save()
    dialog.save()
    qtbot.waitUntil(lambda: any(one is not ask for one in dialog.findChildren(PrintDialog)), timeout=SLOW)
    other = next(one for one in dialog.findChildren(PrintDialog) if one is not ask)
    qtbot.waitUntil(lambda: not other._printers.running(), timeout=SLOW)
    with qtbot.waitSignal(dialog.finished_with, timeout=SLOW):
        other.try_save()
    assert ["media=DL" in arguments for arguments, _pdf in printers.jobs()] == [True, False]
    assert all("Prova" not in " ".join(arguments) for arguments, _pdf in printers.jobs())
    rows = office.fetch(prints.register, date(2025, 1, 1), date(2025, 12, 31)).rows
    assert [(row.sheet, row.how) for row in rows] == [("letter", "printed"), ("envelope", "printed")]


def test_a_letter_to_a_child_without_an_address_goes_to_who_decides_for_it(
    qtbot: QtBot, window: QWidget, runner: Runner, office: Office
) -> None:
    mother = office.run(people.add_person, surname="Rossi", given_name="Marta")
    child = office.run(people.add_person, surname="Rossi", given_name="Nino", birth_date=date(2020, 3, 1))
    office.run(relations.add_relation, mother, child, "birth_parent")
    office.run(contacts.add_contact_point, mother, kind="address", value="via Lunga 3, 26100 Cremona")
    dialog = LetterDialog(window, runner, office.fetch(people.person, child))
    dialog.open()
    qtbot.waitUntil(lambda: dialog.note.isVisible(), timeout=SLOW)
    assert dialog.note.text() == "No address is noted for this child. The letter can go to:"
    [offer] = [one for one in dialog.findChildren(ActionButton) if "via Lunga 3" in one.text()]
    offer.click()
    qtbot.waitUntil(lambda: "via Lunga 3" in _text(dialog), timeout=SLOW)
    assert dialog._person[0] == mother


def test_a_letter_to_an_adult_without_an_address_says_what_is_missing(
    qtbot: QtBot, window: QWidget, runner: Runner, office: Office
) -> None:
    person = office.run(people.add_person, surname="Prova")
    dialog = LetterDialog(window, runner, office.fetch(people.person, person))
    dialog.open()
    qtbot.waitUntil(runner.idle, timeout=SLOW)
    assert dialog.preview._words._label.text() == "No address is noted in this file: add one among the contacts."
    assert not dialog.note.isVisible()


def test_what_takes_long_is_stopped_and_printing_makes_the_letter_after_all(
    window: QWidget, runner: Runner, office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = _dialog(window, runner, office, "it")
    qtbot.waitUntil(lambda: "via Prova 3" in _text(dialog), timeout=SLOW)

    def endless(progress: Progress) -> bytes:
        while True:
            progress.step(1, 2)

    with monkeypatch.context() as long:
        long.setattr(dialog, "work", lambda: endless)
        dialog.make()
        qtbot.waitUntil(dialog._stop.isVisible, timeout=SLOW)
        dialog._stop.click()
        qtbot.waitUntil(lambda: dialog.preview.data == b"", timeout=SLOW)
    assert dialog.preview._words._label.text().startswith("Stopped.")
    assert not dialog._stop.isVisible()
    assert dialog.form is not None
    dialog.form.field("text").set_value("Venga domenica.")
    made: list[str] = []
    monkeypatch.setattr(dialog.out, "ask_printer", lambda: made.append(_text(dialog)))
    dialog.try_save()
    qtbot.waitUntil(lambda: made != [], timeout=SLOW)
    assert "Venga domenica." in made[0], "it is the letter as it stands in the fields that is printed"
