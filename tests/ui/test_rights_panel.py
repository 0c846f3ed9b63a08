"""The tab of a person's rights in the window: a request, its answer, the copy, an erasure that is refused or done."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from famdesk.ui.kit.runner import Runner
from famdesk.ui.people.page import PeoplePage
from famdesk.ui.people.rights_panel import AnswerDialog, CopyDialog, ErasureDialog, RequestDialog, RightsPanel
from famdesk.usecases.calendar import calendar
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from tests.support.offices import Desk
from tests.support.scenarios import version

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def office(file_desk: Desk) -> Office:
    return file_desk.sign_in("coordinator")


@pytest.fixture
def person(office: Office) -> str:
    return office.run(people.add_person, surname="Quarantotti", given_name="Zelinda")


@pytest.fixture
def page(qtbot: QtBot, office: Office, person: str) -> Iterator[PeoplePage]:
    runner = Runner(office)
    made = PeoplePage(runner)
    made.resize(1100, 760)
    qtbot.addWidget(made)
    made.show()
    made.open_person(person)
    qtbot.waitUntil(runner.idle)
    made.file.choose("rights")
    qtbot.waitUntil(runner.idle)
    yield made
    runner.close()


def _panel(page: PeoplePage) -> RightsPanel:
    panel = page.file.panel()
    assert isinstance(panel, RightsPanel)
    return panel


def _dialog(page: PeoplePage, kind: type[Any]) -> Any:
    return next(one for one in page.findChildren(kind) if one.isVisible())


def _save(qtbot: QtBot, page: PeoplePage, dialog: Any) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(page.runner.idle)


def test_a_request_is_noted_and_answered(qtbot: QtBot, page: PeoplePage) -> None:
    panel = _panel(page)
    panel.add.trigger()
    asked = _dialog(page, RequestDialog)
    asked.form.set_values({"kind": "erasure", "received_on": date(2025, 1, 7), "note": "per lettera"})
    _save(qtbot, page, asked)
    (line,) = panel.list.lines()
    assert (line.title, line.badge, line.trail) == ("Erasure (art. 17)", "too late", "answer by 07/02/2025")
    panel.list.step(1)
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    _save(qtbot, page, _dialog(page, AnswerDialog))
    assert panel.list.lines()[0].badge == "Done"


def test_a_day_to_come_is_told_at_the_field(qtbot: QtBot, page: PeoplePage) -> None:
    _panel(page).add.trigger()
    asked = _dialog(page, RequestDialog)
    asked.form.set_values({"received_on": date(2025, 2, 12)})
    _save(qtbot, page, asked)
    assert asked.form.field("received_on").property("wrong")


def test_the_copy_is_shown_and_saved_as_data(qtbot: QtBot, page: PeoplePage, tmp_path: Path) -> None:
    panel = _panel(page)
    assert panel.copy is not None
    panel.copy.trigger()
    qtbot.waitUntil(page.runner.idle)
    dialog = _dialog(page, CopyDialog)
    assert dialog.preview.data.startswith(b"%PDF")
    with qtbot.waitSignal(dialog.finished_with):
        dialog.save_data(str(tmp_path / "copia.json"))
    saved = json.loads((tmp_path / "copia.json").read_text(encoding="utf-8"))
    assert saved["label"] == "Quarantotti Zelinda"


def test_erasing_asks_for_a_reason_and_takes_the_file_away(qtbot: QtBot, page: PeoplePage, office: Office) -> None:
    panel = _panel(page)
    assert panel.erase is not None
    panel.erase.trigger()
    qtbot.waitUntil(page.runner.idle)
    dialog = _dialog(page, ErasureDialog)
    _save(qtbot, page, dialog)
    assert dialog.form.field("reason").property("wrong")
    dialog.form.field("reason").set_value("chiesto per lettera")
    _save(qtbot, page, dialog)
    assert page.file.file is not None
    assert page.file.file.surname is None
    assert "Quarantotti" not in page.file.identity.spoken()


def test_a_file_of_interviews_cannot_be_erased_yet(qtbot: QtBot, page: PeoplePage, office: Office, person: str) -> None:
    from famdesk.data.tables.calendar import Appointment

    booked = office.run(calendar.book, starts=datetime(2025, 2, 10, 9), ends=datetime(2025, 2, 10, 10),
                        kind="psychology", person_id=person, staff_id=office.actor.staff_id)  # fmt: skip
    office.run(calendar.set_state, booked, version(office, Appointment, booked), "done")
    panel = _panel(page)
    assert panel.erase is not None
    panel.erase.trigger()
    qtbot.waitUntil(page.runner.idle)
    dialog = _dialog(page, ErasureDialog)
    assert not dialog.form.isVisible()
    assert [line.badge for line in dialog.lines.lines()] == ["stays"]
    dialog.try_save()
    assert dialog.isVisible()


def test_who_may_not_erase_is_not_offered_it(qtbot: QtBot, file_desk: Desk, person: str) -> None:
    runner = Runner(file_desk.sign_in("reception"))
    panel = RightsPanel(runner)
    qtbot.addWidget(panel)
    assert panel.erase is None
    assert panel.copy is None
    runner.close()
