"""In the history of a file the coordinator reads who printed it; the others have no such part."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from famdesk.ui.kit.runner import Runner
from famdesk.ui.people.history_dialog import HistoryDialog
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from famdesk.usecases.post import prints
from tests.support.offices import Desk

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
    made.show()
    return made


def test_who_printed_a_file(window: QWidget, runner: Runner, office: Office, qtbot: QtBot) -> None:
    person = office.run(people.add_person, surname="Prova", given_name="Lia")

    def gather(tx: object) -> tuple[str, ...]:
        prints.note(tx, "labels", [("person", person)])  # type: ignore[arg-type]
        return prints.marks(tx)  # type: ignore[arg-type]

    office.fetch(partial(prints.done, copies=2, purpose="festa"), office.fetch(gather), prints.PRINTED)
    dialog = HistoryDialog(window, runner, office.fetch(people.person, person))
    dialog.open()
    dialog.part._buttons["prints"].click()
    qtbot.waitUntil(lambda: any("festa" in (line.detail or "") for line in dialog.list.lines()), timeout=SLOW)
    [line] = dialog.list.lines()
    assert line.title == "Address labels"
    assert "2 copies" in (line.detail or "")
