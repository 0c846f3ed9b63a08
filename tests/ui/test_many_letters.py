"""One letter to all who are listed: written once, in more languages if one likes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from famdesk.domain.post.letters import LetterWords
from famdesk.ui.kit.runner import Runner
from famdesk.ui.people.many_letters import ManyLettersDialog
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, people
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


def _text(dialog: ManyLettersDialog) -> str:
    document = dialog.preview.document
    pages = range(document.pageCount()) if dialog.preview.data else ()
    return " ".join(" ".join(document.getAllText(page).text() for page in pages).split())


def test_each_gets_it_in_the_own_language_if_it_was_written_in_that(
    qtbot: QtBot, runner: Runner, office: Office
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1200, 800)
    window.show()
    ids = []
    for name, spoken, home in (("Ada", "it", "via Prova 3"), ("Bea", "fr", "via Lunga 5"), ("Cia", "it", "")):
        ids.append(office.run(people.add_person, surname="Prova", given_name=name, language=spoken))
        deed: Any = contacts.add_contact_point
        if home:
            office.run(deed, ids[-1], kind="address", value=f"{home}, 26100 Cremona")
    dialog = ManyLettersDialog(window, runner, ids)
    dialog.open()
    qtbot.waitUntil(lambda: "via Prova 3" in _text(dialog) and "via Lunga 5" in _text(dialog), timeout=SLOW)
    assert "2 letters" in dialog.note.text()
    assert "1 person gets none" in dialog.note.text()
    assert dialog.written() == {}
    qtbot.waitUntil(lambda: "Invito " in _text(dialog), timeout=SLOW)  # nothing was written: the program's words
    assert nameless(dialog) == []
    form = dialog.form
    assert form is not None
    form.field("language").set_value("it")
    form.field("language").edited.emit()
    form.field("text").set_value("Venite domenica.")
    form.field("language").set_value("fr")
    form.field("language").edited.emit()
    form.field("text").set_value("Venez dimanche.")
    dialog.make()
    qtbot.waitUntil(lambda: "Venite domenica" in _text(dialog) and "Venez dimanche" in _text(dialog), timeout=SLOW)
    written = dialog.written()
    assert set(written) == {"it", "fr"}
    assert written["fr"] == LetterWords(form.value("subject"), "Venez dimanche.")
    form.field("language").set_value("it")
    form.field("language").edited.emit()
    assert form.value("text") == "Venite domenica."
