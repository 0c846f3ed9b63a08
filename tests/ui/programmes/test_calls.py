"""Calls for applications in the window: received, checked, given points, ranked, fixed; the countdown by the clock
that counts."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from famdesk.domain.programmes.calls import deadline_stamp
from famdesk.i18n import using
from famdesk.ui.programmes import call_words
from famdesk.ui.programmes.application_dialogs import ExamineDialog, JudgeDialog, ReceiveDialog
from famdesk.ui.programmes.call_dialogs import CallDialog, ChecklistDialog
from famdesk.ui.programmes.initiative_dialog import InitiativeDialog
from famdesk.ui.programmes.number_fields import hundredths
from famdesk.ui.programmes.page import ProgrammesPage
from famdesk.usecases.office import Office
from tests.support.scenarios_calls import admitted, detail, new_call, received, rows
from tests.ui.programmes.conftest import settle, show


def shown(page: ProgrammesPage, kind: type[QDialog]) -> QDialog:
    """The dialog that is open."""
    found = [one for one in page.window().findChildren(kind) if one.isVisible()]
    assert found, kind
    return found[-1]


@pytest.fixture
def call(office: Office) -> str:
    return new_call(office, seats=1)


def open_call(qtbot: QtBot, page: ProgrammesPage, call: str) -> None:
    show(qtbot, page)
    page.open_item("call", call)
    settle(qtbot, page)


def test_the_way_of_an_application(qtbot: QtBot, page: ProgrammesPage, office: Office, call: str) -> None:
    open_call(qtbot, page, call)
    view = page.calls
    view.received.receive()
    dialog = shown(page, ReceiveDialog)
    assert isinstance(dialog, ReceiveDialog)
    dialog.fields.field("applicant").set_value("Cooperativa Prova")
    for one in detail(office, call).documents:
        dialog.fields.field(f"document:{one.id}").set_value(True)
    dialog.try_save()
    settle(qtbot, page)
    (row,) = view.received.model.rows
    assert (row.number, row.values.applicant, row.lacks, row.late) == (1, "Cooperativa Prova", (), False)
    view.received.examine(row.id)
    check = shown(page, ExamineDialog)
    assert isinstance(check, ExamineDialog)
    check.fields.field("outcome").set_value("admitted")
    check.try_save()
    settle(qtbot, page)
    view.received.examine(row.id)
    judge = shown(page, JudgeDialog)
    assert isinstance(judge, JudgeDialog)
    for criterion, text in zip(detail(office, call).criteria, ("45,5", "20"), strict=True):
        judge.fields.field(criterion.id).setText(text)
    judge.try_save()
    settle(qtbot, page)
    assert view.received.model.rows[0].points == 6550
    view.ranking.fix()
    qtbot.waitUntil(lambda: any(one.isVisible() for one in page.window().findChildren(QDialog)))
    (fix,) = [one for one in page.window().findChildren(QDialog) if one.isVisible()]
    fix.try_save()  # type: ignore[attr-defined]
    settle(qtbot, page)
    assert [(one.state, one.rank) for one in rows(office, call)] == [("funded", 1)]
    view.received.receive()
    assert not view._receive.isEnabled()


def test_keys_do_nothing_to_the_initiative_that_is_not_shown(
    qtbot: QtBot, page: ProgrammesPage, call: str, ape: str
) -> None:
    open_call(qtbot, page, call)
    page.calls.list.setFocus()
    qtbot.keyClick(page.calls.list, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    dialog = shown(page, CallDialog)
    settle(qtbot, page)
    dialog.close()
    page.open_item("initiative", ape)
    settle(qtbot, page)
    page.activateWindow()
    page.list.setFocus()
    qtbot.waitUntil(page.list.hasFocus)
    qtbot.keyClick(page.list, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    shown(page, InitiativeDialog).close()


def test_what_is_refused_stands_at_its_field(qtbot: QtBot, page: ProgrammesPage, call: str) -> None:
    open_call(qtbot, page, call)
    page.calls.edit_call()
    settle(qtbot, page)
    dialog = shown(page, CallDialog)
    assert isinstance(dialog, CallDialog)
    dialog.fields.field("deadline").set_value((datetime(2025, 3, 30).date(), datetime(2025, 3, 30, 2, 30).time()))
    dialog.try_save()
    settle(qtbot, page)
    assert dialog.isVisible()
    assert dialog.fields.field("deadline").property("wrong")


def test_documents_are_typed_in_rows(qtbot: QtBot, page: ProgrammesPage, office: Office, call: str) -> None:
    open_call(qtbot, page, call)
    page.calls._edit_checklist()
    dialog = shown(page, ChecklistDialog)
    assert isinstance(dialog, ChecklistDialog)
    assert dialog.form is not None
    rows_ = dialog.form.field("documents")
    rows_.set_value([*[(one.id, (one.name, one.required)) for one in detail(office, call).documents[:2]],
                     ("", ("Bilancio", False))])  # fmt: skip
    dialog.try_save()
    settle(qtbot, page)
    assert [(one.name, one.required) for one in detail(office, call).documents] == [
        ("Domanda firmata", True), ("Piano dei costi", True), ("Bilancio", False),
    ]  # fmt: skip


def test_the_countdown_is_by_the_clock_that_counts(office: Office, call: str) -> None:
    found = detail(office, call)
    assert found.row.deadline is not None
    end = deadline_stamp(found.row.deadline, found.zone)
    with using("en"):
        assert call_words.countdown(found, end)[0] == "Less than a minute left"
        assert call_words.countdown(found, end + 1)[0] == "Ended less than a minute ago"
        assert call_words.countdown(found, end - 61 * 60_000)[0] == "1 hour and 1 minute left"


def test_the_ranking_tells_equal_points(qtbot: QtBot, page: ProgrammesPage, office: Office, call: str) -> None:
    admitted(office, call, (5000, 2000))
    admitted(office, call, (4000, 3000), name="Associazione B")
    received(office, call, name="Associazione C")
    open_call(qtbot, page, call)
    with using("en"):
        told = call_words.ranking_note(detail(office, call))
    assert told == "1 application is not checked yet. Applications 1 and 2 have the same points."
    assert [one.outcome for one in page.calls.ranking.model.rows] == ["tie", "tie"]


@pytest.mark.parametrize(("text", "value"), [
    ("1.250,50", 125050), ("1250.5", 125050), ("78,5", 7850), ("12", 1200), ("1.250", 125000), ("€ 3", 300),
    ("", None), ("zwölf", None), ("1,234", 123400), ("1,2345", None),
])  # fmt: skip
def test_numbers_are_read_as_people_write_them(text: str, value: int | None) -> None:
    assert hundredths(text) == value
