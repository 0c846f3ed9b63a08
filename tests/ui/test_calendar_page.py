"""The calendar page on a real encrypted home: mouse and keyboard, list, filters, undo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from famdesk.domain.errors import NotFound
from famdesk.ui.calendar.deeds import CancelDialog
from famdesk.ui.calendar.drawing import MEETING, Filters
from famdesk.ui.calendar.menus import ContextMenu
from famdesk.ui.calendar.page import CalendarPage
from famdesk.ui.calendar.place import Place
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.dialog import Dialog
from famdesk.usecases.calendar import appointment_states, calendar
from famdesk.usecases.office import Office
from tests.support.calendar_window import Window, book
from tests.support.calendars import Seeded, at, seed
from tests.support.offices import Desk
from tests.ui.conftest import nameless

TUESDAY = date(2025, 2, 11)
KEY = Qt.Key
ALT, SHIFT, CTRL = (getattr(Qt.KeyboardModifier, f"{name}Modifier") for name in ("Alt", "Shift", "Control"))


@pytest.fixture
def seeded(file_desk: Desk) -> Seeded:
    return seed(file_desk.sign_in("coordinator"))


@pytest.fixture
def reception(file_desk: Desk, seeded: Seeded) -> Office:
    return file_desk.sign_in("reception")


@pytest.fixture
def desk_window(qtbot: QtBot, reception: Office) -> Iterator[Window]:
    window = Window(qtbot, reception)
    yield window
    window.runner.close()


def test_booking_with_the_keyboard_costs_few_keys(desk_window: Window, seeded: Seeded) -> None:
    desk_window.page.view.grid.setFocus()
    desk_window.press(KEY.Key_N, CTRL)
    dialog = desk_window.dialog()
    field = dialog.fields.field("person_id")
    desk_window.qtbot.keyClicks(field, "ines")
    desk_window.qtbot.waitUntil(field.popup_open)
    desk_window.press(KEY.Key_Return)
    assert field.value() == seeded.person
    desk_window.press(KEY.Key_Return, CTRL)
    desk_window.wait()
    assert desk_window.keys == 3
    [row] = desk_window.rows()
    assert (row.who, row.title, row.access_point) == ("Prova Ines", "Interview", "piazza Giovanni XXIII")
    assert (row.starts, row.ends) == (datetime(2025, 2, 11, 13), datetime(2025, 2, 11, 13, 45))
    assert desk_window.boxes()[row.id] == "Interview"
    assert desk_window.page.view.selected_id() == row.id
    assert desk_window.sentences == ["Booked: Tue 11 Feb, 13:00"]
    desk_window.runner.undo()
    desk_window.wait()
    assert row.id not in desk_window.boxes()
    assert desk_window.rows() == []


def test_grid_shows_hours_meetings_and_now(desk_window: Window, seeded: Seeded) -> None:
    content = desk_window.grid.scene.content
    assert [column.title for column in content.columns] == ["Mon 10", "Tue 11", "Wed 12", "Thu 13", "Fri 14"]
    assert [column.today for column in content.columns] == [False, True, False, False, False]
    assert {(band.column, band.start_minute, band.end_minute, band.kind) for band in content.bands} == {
        ("2025-02-11", 720, 840, "open"),
        ("2025-02-13", 1020, 1140, "open"),
    }
    [meeting] = content.boxes
    assert (meeting.title, meeting.movable, meeting.start_minute) == ("A.Pe", False, 1050)
    assert desk_window.grid.view.overlay.now == (1, 761)
    assert (desk_window.page.header.title(), desk_window.page.header._subtitle.text()) == ("10–14 February", "2025")


def test_closure_is_hatched_with_its_reason(desk_window: Window) -> None:
    desk_window.press(KEY.Key_PageDown)
    desk_window.wait()
    bands = desk_window.grid.scene.content.bands
    assert [(band.column, band.words()) for band in bands if band.kind == "closed"] == [
        ("2025-02-20", "piazza Giovanni XXIII · Assemblea"),
    ]


def test_saturday_is_shown_when_it_has_something(desk_window: Window, reception: Office) -> None:
    book(reception, datetime(2025, 2, 15, 9))
    desk_window.qtbot.waitUntil(lambda: len(desk_window.grid.scene.content.columns) == 7)
    assert desk_window.page.header.title() == "10–16 February"


def test_appointment_is_moved_stretched_checked_in_and_cancelled_by_keyboard(
    desk_window: Window, reception: Office
) -> None:
    booked = book(reception, at(9))
    desk_window.qtbot.waitUntil(lambda: booked in desk_window.boxes())
    desk_window.grid.select(booked)
    desk_window.grid.setFocus()
    for keys, modifiers, span in (
        (KEY.Key_Down, ALT, "13 09:15-10:15"),
        (KEY.Key_Left, ALT, "12 09:15-10:15"),
        (KEY.Key_Down, ALT | SHIFT, "12 09:15-10:30"),
    ):
        desk_window.press(keys, modifiers)
        desk_window.wait()
        assert desk_window.spans() == [span]
        assert desk_window.page.view.selected_id() == booked
    desk_window.press(KEY.Key_Space)
    desk_window.wait()
    assert desk_window.rows()[0].state == "arrived"
    desk_window.press(KEY.Key_Space)
    assert desk_window.sentences[-1] == "Already marked as arrived."
    desk_window.press(KEY.Key_Delete)
    dialog = desk_window.dialog(CancelDialog)
    dialog.form.field("by").set_value("centre")
    dialog.form.field("reason").set_value("sciopero")
    dialog.try_save()
    desk_window.wait()
    assert desk_window.rows()[0].state == "cancelled"
    assert booked not in desk_window.boxes()
    assert reception.fetch(calendar.appointment, booked).reason == "sciopero"
    for span in ("12 09:15-10:30", "12 09:15-10:30", "12 09:15-10:15", "13 09:15-10:15", "13 09:00-10:00"):
        desk_window.runner.undo()
        desk_window.wait()
        assert desk_window.spans() == [span]


def test_dragging_into_a_taken_time_asks_for_a_reason(desk_window: Window, reception: Office) -> None:
    staff = reception.actor.staff_id
    book(reception, at(9), staff_id=staff)
    booked = book(reception, at(14), staff_id=staff)
    desk_window.qtbot.waitUntil(lambda: booked in desk_window.boxes())
    desk_window.grid.moved.emit(booked, "2025-02-13", 9 * 60 + 30)
    desk_window.qtbot.waitUntil(lambda: _question(desk_window) is not None)
    question = _question(desk_window)
    assert question is not None
    assert question.accessibleName() == (
        "Prova reception already has an appointment at 9:00 (Interview). Prova reception is free from 10:00."
    )
    assert desk_window.spans() == ["13 09:00-10:00", "13 14:00-15:00"]
    question.form.field("reason").set_value("insieme")
    question.try_save()
    desk_window.wait()
    assert desk_window.spans() == ["13 09:00-10:00", "13 09:30-10:30"]


def _question(window: Window) -> Any:
    found = [one for one in window.window.findChildren(Dialog) if one.isVisible()]
    return found[0] if found else None


def test_another_day_from_elsewhere(desk_window: Window) -> None:
    desk_window.page.open_item("day", "2025-02-20")
    desk_window.wait()
    assert desk_window.page.header.title() == "Thursday 20 February"


def test_protected_person_is_busy_and_cannot_be_opened(desk_window: Window, file_desk: Desk, seeded: Seeded) -> None:
    hidden = book(file_desk.sign_in("coordinator"), at(9), person_id=seeded.protected)
    desk_window.page.refresh()
    desk_window.wait()
    box = next(one for one in desk_window.grid.scene.content.boxes if one.id == hidden)
    assert (box.title, box.tone, box.movable) == ("busy", "busy", False)
    assert "Nascosta" not in box.text
    desk_window.grid.select(hidden)
    desk_window.grid.setFocus()
    desk_window.press(KEY.Key_Return)
    desk_window.press(KEY.Key_Delete)
    assert desk_window.sentences == [
        "Only those who work with this person can open this appointment.",
        "Only those who work with this person can change this appointment.",
    ]
    desk_window.page.open_item("appointment", hidden)
    desk_window.wait()
    assert [type(error) for error in desk_window.errors] == [NotFound]


def test_meeting_opens_its_initiative(desk_window: Window, seeded: Seeded, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk_window.page.initiative_opened):
        desk_window.grid.opened.emit(MEETING + seeded.meeting)


def test_list_holds_the_same_rows(desk_window: Window, reception: Office, seeded: Seeded) -> None:
    booked = book(reception, at(9), person_id=seeded.person, function="A")
    desk_window.page._controls.show_mode("list")
    desk_window.wait()
    found = desk_window.page.view.list
    assert found.isVisible()
    assert [(line.header, line.lead, line.title, line.detail) for line in found.lines()] == [
        (True, "", "Thursday 13 February", ""),
        (False, "9:00–10:00", "Interview", "Prova Ines"),
        (False, "17:30–19:00", "A.Pe", "Stanza 2"),
        (True, "", "Thursday 20 February · Closed: Assemblea", ""),
    ]
    found.setFocus()
    found.set_current_id(booked)
    desk_window.press(KEY.Key_Space)
    desk_window.wait()
    assert desk_window.rows()[0].state == "arrived"
    desk_window.press(KEY.Key_Return)
    assert desk_window.dialog().fields.value("person_id") == seeded.person


def test_filters_and_their_chips(desk_window: Window, reception: Office) -> None:
    mine = book(reception, at(9), staff_id=reception.actor.staff_id)
    other = book(reception, at(11))
    reception.run(calendar.cancel, other, 1, "family")
    desk_window.wait()
    assert set(desk_window.boxes()) >= {mine}
    assert other not in desk_window.boxes()
    _trigger(desk_window.page.filters.menu(), "Show cancelled")
    assert other in desk_window.boxes()
    _trigger(desk_window.page.filters.menu(), "Prova reception")
    assert set(desk_window.boxes()) == {mine}
    desk_window.wait()
    chips = [chip for chip in desk_window.page.filters.findChildren(ActionButton) if chip.isVisible()]
    names = [chip.accessibleName() for chip in chips if chip.accessibleName()]
    assert names == ["Remove the filter Prova reception", "Remove the filter With cancelled ones"]
    desk_window.qtbot.mouseClick(chips[-1], Qt.MouseButton.LeftButton)
    assert desk_window.page.filters.filters() == Filters()
    assert not desk_window.page.filters.isVisible()


def _trigger(menu: QMenu, text: str) -> None:
    for action in menu.actions():
        submenu = action.menu()
        if isinstance(submenu, QMenu):
            _trigger(submenu, text)
        elif action.text().partition("\t")[0] == text:
            action.trigger()


def test_context_menu(desk_window: Window, reception: Office, seeded: Seeded, qtbot: QtBot) -> None:
    booked = book(reception, at(9, day=TUESDAY), person_id=seeded.person)
    menu, texts = _menu(desk_window, booked)
    assert texts == ["Open", "Open the person's file", "Mark as: Confirmed", "Mark as: Arrived", "Mark as: Held",
                     "Mark as: Did not come", "Print slip", "Repeat…", "Cancel appointment…"]  # fmt: skip
    _trigger(menu, "Mark as: Confirmed")
    desk_window.wait()
    assert desk_window.rows()[0].state == "confirmed"
    with qtbot.waitSignal(desk_window.page.person_opened):
        _trigger(menu, "Open the person's file")
    menu.close()


def _menu(window: Window, booked: str) -> tuple[ContextMenu, list[str]]:
    """The context menu of an appointment, and its entries."""
    window.wait()
    window.grid.context_requested.emit(booked, "2025-02-13", 540, QPoint(200, 200))
    menu = window.page.findChildren(ContextMenu)[-1]
    return menu, [action.text().split("\t")[0] for action in menu.actions() if not action.isSeparator()]


def test_of_a_day_to_come_nobody_says_what_came_of_it(desk_window: Window, reception: Office, seeded: Seeded) -> None:
    booked = book(reception, at(9), person_id=seeded.person)
    menu, texts = _menu(desk_window, booked)
    assert texts == ["Open", "Open the person's file", "Mark as: Confirmed", "Print slip", "Repeat…",
                     "Cancel appointment…"]  # fmt: skip
    menu.close()
    desk_window.page.open_item("appointment", booked)
    field = desk_window.dialog().fields.field("state")
    assert [choice.code for choice in field._choices] == ["planned", "confirmed"]


def test_who_comes_late_is_received_beside_who_got_the_time_with_a_reason(
    desk_window: Window, reception: Office, seeded: Seeded
) -> None:
    staff = reception.actor.staff_id
    late = book(reception, at(9, day=TUESDAY), person_id=seeded.person, staff_id=staff)
    reception.run(appointment_states.miss, late, 1, "transport")
    book(reception, at(9, day=TUESDAY), staff_id=staff)
    menu, _texts = _menu(desk_window, late)
    _trigger(menu, "Mark as: Arrived")
    menu.close()
    desk_window.qtbot.waitUntil(lambda: _question(desk_window) is not None)
    question = _question(desk_window)
    assert question.accessibleName().startswith("Prova reception already has an appointment at 9:00 (Interview).")
    question.form.field("reason").set_value("il treno")
    question.try_save()
    desk_window.wait()
    found = reception.fetch(calendar.appointment, late)
    assert (found.state, found.overlap_reason) == ("arrived", "il treno")
    assert desk_window.errors == []


def test_columns_by_room_and_drop_into_another_room(desk_window: Window, reception: Office, seeded: Seeded) -> None:
    booked = book(reception, datetime(2025, 2, 11, 9), room_id=seeded.room)
    without = book(reception, datetime(2025, 2, 11, 9))
    page = desk_window.page
    page._controls.show_day(TUESDAY)
    desk_window.wait()
    assert [column.title for column in desk_window.grid.scene.content.columns] == ["Tuesday 11"]
    _trigger(page._controls._menu, "By room")
    desk_window.wait()
    columns = desk_window.grid.scene.content.columns
    assert [column.title for column in columns] == ["Stanza 1", "Stanza 2", "Without room"]
    places = {box.id: box.column for box in desk_window.grid.scene.content.boxes}
    assert (places[booked], places[without]) == (seeded.room, "-")
    desk_window.grid.moved.emit(booked, seeded.other_room, 600)
    desk_window.wait()
    moved = reception.fetch(calendar.appointment, booked)
    assert (moved.room, moved.starts) == ("Stanza 2", datetime(2025, 2, 11, 10))


def test_place_survives_a_restart(desk_window: Window, qtbot: QtBot, reception: Office) -> None:
    page = desk_window.page
    page.filters.set_filters(Filters(frozenset({reception.actor.staff_id}), frozenset(), True))
    page._controls.show_day(date(2025, 2, 20))
    desk_window.wait()
    desk_window.grid.set_zoom(1.5)
    again = CalendarPage(desk_window.runner)
    qtbot.addWidget(again)
    again.restore_view(page.save_view())
    again.show()
    desk_window.wait()
    assert again.header.title() == "Thursday 20 February"
    assert (again.filters.filters(), again.view.grid.zoom()) == (page.filters.filters(), 1.5)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"mode": 3, "columns": "x"}', '{"day": "never"}', '{"filters": 7}'])
def test_damaged_place_is_forgotten(text: str) -> None:
    assert Place.restored(text) == Place()


def test_changes_of_another_desk_are_shown(desk_window: Window, file_desk: Desk) -> None:
    desk_window.office.poll()
    booked = book(file_desk.sign_in("coordinator"), at(9))
    desk_window.office.poll()
    desk_window.qtbot.waitUntil(lambda: booked in desk_window.boxes())


def test_everything_with_the_focus_has_a_name(desk_window: Window, reception: Office, seeded: Seeded) -> None:
    booked = book(reception, at(9), person_id=seeded.person)
    desk_window.page.filters.set_filters(Filters(frozenset({reception.actor.staff_id}), frozenset(), True))
    desk_window.page.open_item("appointment", booked)
    dialog = desk_window.dialog()
    assert nameless(desk_window.window) == []
    assert nameless(dialog) == []
