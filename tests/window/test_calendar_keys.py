"""How many keys the commonest tasks in the calendar cost: counted, printed, and never more than today."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from famdesk.ui.calendar.absence import AbsenceDialog
from famdesk.ui.calendar.deeds import CancelDialog
from famdesk.ui.calendar.editor import AppointmentDialog
from famdesk.ui.calendar.free_slot_dialog import FreeSlotDialog
from famdesk.ui.calendar.menus import ContextMenu
from famdesk.ui.calendar.page import Printed
from famdesk.usecases.calendar import calendar
from famdesk.usecases.staff import staff
from tests.support.calendar_window import Window, book
from tests.support.calendars import Seeded, at, seed
from tests.support.offices import Desk

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
KEY = Qt.Key
ALT, SHIFT, CTRL = (getattr(Qt.KeyboardModifier, f"{name}Modifier") for name in ("Alt", "Shift", "Control"))
Task = Callable[[Window, Seeded], None]


@pytest.fixture
def ids(file_desk: Desk) -> Seeded:
    return seed(file_desk.sign_in("coordinator"))


@pytest.fixture
def used(qtbot: QtBot, file_desk: Desk, ids: Seeded) -> Iterator[Window]:
    """The calendar of the reception."""
    window = Window(qtbot, file_desk.sign_in("reception"))
    window.page.view.grid.setFocus()
    yield window
    window.runner.close()


def _book(window: Window, ids: Seeded) -> None:
    window.press(KEY.Key_N, CTRL)
    field = window.dialog().fields.field("person_id")
    QTest.keyClicks(field, "ines")
    window.qtbot.waitUntil(field.popup_open)
    window.press(KEY.Key_Return)
    window.press(KEY.Key_Return, CTRL)
    window.wait()
    assert [row.person_id for row in window.rows()] == [ids.person]


def _there(window: Window, ids: Seeded) -> str:
    """An appointment that is selected."""
    found = book(window.office, at(9), person_id=ids.person)
    window.qtbot.waitUntil(lambda: found in window.boxes())
    window.grid.select(found)
    window.grid.setFocus()
    return found


def _open(window: Window, ids: Seeded) -> None:
    _there(window, ids)
    window.press(KEY.Key_Return)
    assert isinstance(window.dialog(), AppointmentDialog)
    window.press(KEY.Key_Escape)


def _arrive(window: Window, ids: Seeded) -> None:
    _there(window, ids)
    window.press(KEY.Key_Space)
    window.wait()
    assert window.rows()[0].state == "arrived"


def _later(window: Window, ids: Seeded) -> None:
    _there(window, ids)
    window.press(KEY.Key_Down, ALT)
    window.wait()
    assert window.spans() == ["13 09:15-10:15"]


def _day_after(window: Window, ids: Seeded) -> None:
    _there(window, ids)
    window.press(KEY.Key_Right, ALT)
    window.wait()
    assert window.spans() == ["14 09:00-10:00"]


def _longer(window: Window, ids: Seeded) -> None:
    _there(window, ids)
    window.press(KEY.Key_Down, ALT | SHIFT)
    window.wait()
    assert window.spans() == ["13 09:00-10:15"]


def _cancel(window: Window, ids: Seeded) -> None:
    _there(window, ids)
    window.press(KEY.Key_Delete)
    dialog = window.dialog(CancelDialog)
    field = dialog.form.field("by")
    window.qtbot.waitUntil(lambda: dialog.isAncestorOf(QApplication.focusWidget()))
    assert field.hasFocus() or field.isAncestorOf(QApplication.focusWidget())
    window.press(KEY.Key_Down)
    window.qtbot.waitUntil(field.popup_open)
    window.press(KEY.Key_Return)
    window.press(KEY.Key_Return, CTRL)
    window.wait()
    assert window.rows()[0].state == "cancelled"


def _next_week(window: Window, ids: Seeded) -> None:
    window.press(KEY.Key_PageDown)
    window.wait()
    assert window.page._board is not None
    assert window.page._board.first == date(2025, 2, 17)


def _month(window: Window, ids: Seeded) -> None:
    window.press(KEY.Key_4, CTRL)
    window.wait()
    assert window.page._place.mode == "month"


def _day(window: Window, ids: Seeded) -> None:
    window.press(KEY.Key_G, CTRL)
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, "6/3/2025")
    window.press(KEY.Key_Return)
    window.wait()
    assert window.page._board is not None
    assert window.page._board.first <= date(2025, 3, 6) <= window.page._board.last


def _hand_over(window: Window, ids: Seeded) -> None:
    """Somebody is away tomorrow and on Thursday: all they have goes to who is free."""
    away = window.office.fetch(staff.colleagues)[0]
    book(window.office, at(9), person_id=ids.person, staff_id=away.id)
    window.wait()
    window.press(KEY.Key_A, CTRL | SHIFT)
    dialog = window.dialog(AbsenceDialog)
    window.qtbot.waitUntil(lambda: dialog.isAncestorOf(QApplication.focusWidget()))
    field = dialog.fields.field("staff_id")
    QTest.keyClicks(field, away.name)
    window.qtbot.waitUntil(field.popup_open)
    window.press(KEY.Key_Return)
    window.press(KEY.Key_Tab)
    QTest.keyClicks(QApplication.focusWidget(), "12/2/2025")
    window.press(KEY.Key_Tab)
    QTest.keyClicks(QApplication.focusWidget(), "13/2/2025")
    window.qtbot.waitUntil(lambda: dialog.hand_over.isVisible() and window.runner.idle())
    window.press(KEY.Key_G, ALT)
    window.press(KEY.Key_Return, CTRL)
    window.wait()
    [given] = [row for row in window.rows() if row.kind == "interview"]
    assert given.staff_id not in (None, away.id)
    assert any(row.kind == "absence" for row in window.rows())


def _no_show(window: Window, ids: Seeded) -> None:
    found = book(window.office, at(9, day=date(2025, 2, 11)), person_id=ids.person)
    window.qtbot.waitUntil(lambda: found in window.boxes())
    window.grid.select(found)
    window.grid.setFocus()
    window.press(KEY.Key_N, ALT)
    menu = next(one for one in window.page.findChildren(ContextMenu) if one.isVisible())
    window.keys += 1
    QTest.keyClick(menu, KEY.Key_2)
    window.wait()
    detail = window.office.fetch(calendar.appointment, found)
    assert (detail.state, detail.no_show_reason) == ("no_show", "transport")


def _free_slot(window: Window, ids: Seeded) -> None:
    """The second time at which somebody can come."""
    window.press(KEY.Key_T, CTRL)
    dialog = window.dialog(FreeSlotDialog)
    window.qtbot.waitUntil(lambda: dialog.isAncestorOf(QApplication.focusWidget()))
    field = QApplication.focusWidget()
    QTest.keyClicks(field, "ines")
    window.qtbot.waitUntil(field.popup_open)
    window.press(KEY.Key_Return)
    window.qtbot.waitUntil(lambda: dialog.slot() is not None and window.runner.idle())
    first = dialog.slot().starts
    window.press(KEY.Key_Right, ALT)
    window.press(KEY.Key_Return, CTRL)
    window.wait()
    assert [row.person_id for row in window.rows()] == [ids.person]
    assert window.rows()[0].starts > first


def _print_slip(window: Window, ids: Seeded) -> None:
    asked: list[str] = []
    window.page.slip_requested.connect(asked.append)
    found = _there(window, ids)
    window.press(KEY.Key_P, CTRL)
    assert asked == [found]


def _print_week(window: Window, ids: Seeded) -> None:
    asked: list[Printed] = []
    window.page.print_requested.connect(asked.append)
    window.press(KEY.Key_P, CTRL)
    assert [one.first for one in asked] == [date(2025, 2, 10)]


COSTS: dict[str, tuple[Task, int]] = {
    "book an interview for a person": (_book, 3),
    "open an appointment and close it": (_open, 2),
    "mark somebody as arrived": (_arrive, 1),
    "move by a quarter of an hour": (_later, 1),
    "move to the next day": (_day_after, 1),
    "make it longer": (_longer, 1),
    "cancel, with who did": (_cancel, 4),
    "somebody is away two days, all they have goes to who is free": (_hand_over, 6),
    "nobody came, and why": (_no_show, 2),
    "the second free time for somebody": (_free_slot, 4),
    "print the slip": (_print_slip, 1),
    "print the week": (_print_week, 1),
    "the next week": (_next_week, 1),
    "the month": (_month, 1),
    "go to a date": (_day, 2),
}
"""Task: what it does, and how many keys it may cost beside letters of names and dates."""


@pytest.mark.parametrize("name", COSTS)
def test_the_commonest_tasks_cost_few_keys(used: Window, ids: Seeded, name: str) -> None:
    task, most = COSTS[name]
    task(used, ids)
    print(f"\n{name}: {used.keys} keys")
    assert used.keys <= most
    assert used.errors == []
