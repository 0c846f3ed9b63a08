"""The call of the source through the window: "entro le 9 del prossimo 8 luglio", from the countdown to the letters.

Source: newspaper article on the call of Bari, §6: who applies until nine of 8 July 2021.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from famdesk import resources
from famdesk.exchange.profiles import read_profile
from famdesk.sheets import papers
from famdesk.ui.kit.runner import Runner
from famdesk.ui.programmes.application_dialogs import ExamineDialog, JudgeDialog, ReceiveDialog
from famdesk.ui.programmes.call_dialogs import ChecklistDialog, CriteriaDialog
from famdesk.ui.programmes.page import ProgrammesPage
from famdesk.ui.sheets.page import SheetsPage
from famdesk.usecases.calls import calls
from famdesk.usecases.centre import profiles
from famdesk.usecases.office import Office
from tests.support.offices import Desk, FixedClock, file_desk
from tests.support.scenarios_calls import rows
from tests.ui.programmes.conftest import settle, show

D = TypeVar("D", bound=QDialog)
NINE = datetime(2021, 7, 8, 7, 0, tzinfo=UTC)
"""Nine on the clocks of Bari."""
SLOW = 20_000


class Window:
    """The view of the calls on a desk whose clock can be moved, and what a person does in it."""

    def __init__(self, qtbot: QtBot, desk: Desk, runner: Runner, page: ProgrammesPage) -> None:
        self.qtbot, self.clock, self.runner, self.page = qtbot, desk.clock, runner, page
        self.asked: list[tuple[str, str]] = []
        page.calls.sheet_requested.connect(lambda sheet, item: self.asked.append((sheet, item)))

    @property
    def countdown(self) -> str:
        return self.page.calls.heading._left.text()

    def dialog(self, kind: type[D]) -> D:
        settle(self.qtbot, self.page)
        return next(one for one in self.page.window().findChildren(kind) if one.isVisible())

    def fill(self, dialog: Any, **values: Any) -> None:
        for name, value in values.items():
            dialog.form.field(name).set_value(value)
        closed: list[int] = []
        dialog.finished.connect(closed.append)
        dialog.try_save()
        settle(self.qtbot, self.page)
        assert closed == [int(QDialog.DialogCode.Accepted)], values

    def receive(self, name: str, at: datetime) -> None:
        self.clock.now = at
        self.page.calls._receive.trigger()
        dialog = self.dialog(ReceiveDialog)
        QTest.keyClicks(dialog.fields.field("applicant"), name)
        for field in self.page.calls._detail.documents:  # type: ignore[union-attr]
            dialog.fields.field(f"document:{field.id}").set_value(True)
        QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        settle(self.qtbot, self.page)

    def cells(self, number: int) -> dict[str, str]:
        model = self.page.calls.received.model
        heads = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]
        return {head: model.cell(number - 1, column).text for column, head in enumerate(heads)}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    found = file_desk(tmp_path / "home", FixedClock(NINE - timedelta(days=1, hours=2, seconds=30)))
    found.office.run(profiles.import_profile, read_profile(resources.path("centres/bari.toml")))
    yield found
    found.close()


@pytest.fixture
def office(desk: Desk) -> Office:  # type: ignore[override]
    return desk.sign_in("coordinator")


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, runner: Runner, page: ProgrammesPage, office: Office) -> Window:
    found = Window(qtbot, desk, runner, page)
    show(qtbot, page)
    [call] = [row for row in office.fetch(calls.calls) if row.name.startswith("Bando per la gestione")]
    page.open_item("call", call.id)
    settle(qtbot, page)
    return found


def test_from_the_countdown_to_the_letters(window: Window, qtbot: QtBot, office: Office) -> None:
    view = window.page.calls
    assert "Thursday 8 July 2021, 9:00" in view.heading._end.text()
    assert window.countdown == "1 day and 2 hours left"
    view._checklist.trigger()
    window.fill(window.dialog(ChecklistDialog), documents=[("", ("Domanda firmata", True)), ("", ("Statuto", False))])
    view._criteria.trigger()
    window.fill(window.dialog(CriteriaDialog), criteria=[("", ("Progetto", 6000, None)), ("", ("Rete", 4000, None))])

    window.receive("Cooperativa Prima", NINE - timedelta(milliseconds=1))
    window.receive("Cooperativa Giusta", NINE)
    window.receive("Cooperativa Tarda", NINE + timedelta(milliseconds=1))
    assert window.countdown.startswith("Ended")
    assert [window.cells(number)["Received"][-12:] for number in (1, 2, 3)] == [
        " 8:59:59.999", " 9:00:00.000", " 9:00:00.001",
    ]  # fmt: skip
    assert [row.late for row in rows(office, view.list.current_id())] == [False, False, True]
    assert [window.cells(number)[""] for number in (1, 2, 3)] == ["", "", "late"]

    for number, outcome in ((1, "admitted"), (2, "admitted"), (3, "excluded")):
        view.received.examine(view.received.model.rows[number - 1].id)
        window.fill(window.dialog(ExamineDialog), outcome=outcome, reason="Oltre le nove" if number == 3 else "")
    for number, points in ((1, (4000, 1500)), (2, (5000, 2550))):
        view.received.examine(view.received.model.rows[number - 1].id)
        criteria = [one.id for one in view._detail.criteria]  # type: ignore[union-attr]
        window.fill(window.dialog(JudgeDialog), **dict(zip(criteria, points, strict=True)))

    view._side.set_current("ranking")
    view._on_side("ranking")
    ranking = view.ranking
    shown = [tuple(ranking.model.cell(row, column).text for column in (0, 2, 3)) for row in range(2)]
    assert shown == [("1", "Cooperativa Giusta", "75.5"), ("2", "Cooperativa Prima", "55")]
    ranking.fix()
    window.fill(next(one for one in window.page.window().findChildren(QDialog) if one.isVisible()))
    assert [(row.state, row.rank) for row in rows(office, view.list.current_id())] == [
        ("funded", 2), ("funded", 1), ("excluded", None),
    ]  # fmt: skip
    assert not view._receive.isEnabled()

    ranking._letters.trigger()
    assert window.asked == [(papers.OUTCOMES, view.list.current_id())]
    text = _printed(qtbot, window.runner, *window.asked[0])
    assert [name for name in ("Prima", "Giusta", "Tarda") if f"Cooperativa {name}" in text] == [
        "Prima", "Giusta", "Tarda",
    ]  # fmt: skip
    assert "Place in the ranking: 1" in text
    assert "Reason: Oltre le nove" in text


def test_what_came_late_is_admitted_only_with_a_reason(window: Window, qtbot: QtBot) -> None:
    window.receive("Cooperativa Tarda", NINE + timedelta(milliseconds=1))
    received = window.page.calls.received
    received.examine(received.model.rows[0].id)
    dialog = window.dialog(ExamineDialog)
    dialog.fields.field("outcome").set_value("admitted")
    dialog.try_save()
    settle(qtbot, window.page)
    assert dialog.isVisible()
    assert dialog.fields.field("reason").property("wrong")
    window.fill(dialog, reason="Il protocollo era chiuso")
    assert received.model.rows[0].state == "admitted"


def _printed(qtbot: QtBot, runner: Runner, sheet: str, item: str) -> str:
    """All that the view of the sheets then shows."""
    found = SheetsPage(runner)
    qtbot.addWidget(found)
    found.show()
    found.open_item(sheet, item)
    qtbot.waitUntil(lambda: not found.live.pending and runner.idle(), timeout=SLOW)
    document = found.preview.document
    return " ".join(" ".join(str(document.getAllText(page).text()) for page in range(document.pageCount())).split())
