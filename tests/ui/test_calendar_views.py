"""Every view of the calendar on a real encrypted home: days, weeks, months, the list; keyboard, mouse, languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QStyle, QStyleOptionFrame
from pytestqt.qtbot import QtBot

from famdesk.i18n import using
from famdesk.ui.calendar.absence import AbsenceDialog
from famdesk.ui.calendar.deeds import CancelDialog
from famdesk.ui.calendar.drawing import Filters
from famdesk.ui.calendar.page import CalendarPage, Printed
from famdesk.ui.calendar.place import DAY, LIST, MODES, MONTH, WEEK, WEEKS, WORK, Place
from famdesk.ui.kit.cells import calendar_cells as cells_module
from famdesk.ui.kit.grid import calendar_grid as grid_module
from famdesk.usecases.calendar import calendar
from famdesk.usecases.calendar.parties import Extras
from famdesk.usecases.calendar.taken import Party
from famdesk.usecases.office import Office
from tests.support.calendar_window import Window, book
from tests.support.calendars import Seeded, at, seed
from tests.support.offices import Desk
from tests.ui.conftest import nameless

KEY, NONE = Qt.Key, Qt.KeyboardModifier.NoModifier
ALT, SHIFT, CTRL = (getattr(Qt.KeyboardModifier, f"{name}Modifier") for name in ("Alt", "Shift", "Control"))
WORDS = {"en": "Thursday 13 February", "it": "giovedì 13 febbraio", "de": "Donnerstag, 13. Februar"}


@pytest.fixture
def seeded(file_desk: Desk) -> Seeded:
    return seed(file_desk.sign_in("coordinator"))


@pytest.fixture
def reception(file_desk: Desk, seeded: Seeded) -> Office:
    return file_desk.sign_in("reception")


@pytest.fixture
def window(qtbot: QtBot, reception: Office) -> Iterator[Window]:
    made = Window(qtbot, reception)
    yield made
    made.runner.close()


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    heard: list[str] = []
    for module in (cells_module, grid_module):
        monkeypatch.setattr(module, "announce", lambda _grid, text, urgent: heard.append(text))
    return heard


def show(window: Window, mode: str, **more: Any) -> CalendarPage:
    page = window.page
    page._go(replace(page._place, mode=mode, **more))
    window.wait()
    page.view.setFocus()
    return page


def away(office: Office, first: date, days: int, **more: Any) -> str:
    start = datetime(first.year, first.month, first.day)
    return book(office, start, ends=start + timedelta(days=days), kind="absence", **more)


def trigger(menu: QMenu, text: str) -> None:
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            trigger(inner, text)
        elif action.text().split("\t")[0] == text:
            action.trigger()


@pytest.mark.parametrize("language", ["en", "it", "de"])
def test_every_view_in_every_language(window: Window, reception: Office, seeded: Seeded, language: str) -> None:
    booked = book(reception, at(9), person_id=seeded.person)
    away(reception, date(2025, 2, 12), 14, staff_id=reception.actor.staff_id)
    with using(language):
        for mode in MODES:
            page = show(window, mode, day=date(2025, 2, 13) if mode == DAY else None)
            assert page.header.title()
            assert booked in page.view._items
            assert nameless(window.window) == []
            page.view.select(booked)
            assert page.view.selected_id() == booked
            focus = QApplication.focusWidget()
            assert focus is not None
            assert QAccessible.queryAccessibleInterface(focus).childCount() > 0
        headings = [line.title for line in window.page.view.list.lines() if line.header]
        assert headings[1] == WORDS[language]
        for mode in (WORK, WEEK):
            page = show(window, mode, day=None, columns="staff")
            assert booked in {item.id for item in page.view.table.scene.content.items}
            window.page._place = replace(page._place, columns="days")


def test_keys_choose_the_view(window: Window) -> None:
    modes = []
    for key in (KEY.Key_1, KEY.Key_2, KEY.Key_3, KEY.Key_4, KEY.Key_5, KEY.Key_6):
        window.page.view.setFocus()
        window.press(key, CTRL)
        window.wait()
        modes.append(window.page._place.mode)
    assert tuple(modes) == MODES


@pytest.mark.parametrize(
    ("mode", "title", "after"),
    [
        (DAY, "Tuesday 11 February", "Wednesday 12 February"),
        (WORK, "10–14 February", "17–21 February"),
        (WEEK, "10–16 February", "17–23 February"),
        (MONTH, "February 2025", "March 2025"),
        (WEEKS, "10 February – 16 March", "17 February – 23 March"),
        (LIST, "11 February – 10 March", "11 March – 7 April"),
    ],
)
def test_on_back_and_today(window: Window, mode: str, title: str, after: str) -> None:
    page = show(window, mode)
    assert page.header.title() == title
    window.press(KEY.Key_PageDown)
    window.wait()
    assert page.header.title() == after
    window.press(KEY.Key_PageUp, ALT)
    window.wait()
    assert page.header.title() == title
    window.press(KEY.Key_PageDown, ALT)
    window.wait()
    window.press(KEY.Key_Home, ALT)
    window.wait()
    assert page.header.title() == title


def test_an_item_is_moved_in_the_month_with_the_keyboard(window: Window, reception: Office, spoken: list[str]) -> None:
    booked = book(reception, at(9, 15))
    page = show(window, MONTH)
    while page.view.selected_id() != booked:
        assert page.view.month.focusNextPrevChild(True)
    for key, span in ((KEY.Key_Right, "14 09:15-10:15"), (KEY.Key_Down, "21 09:15-10:15"),
                      (KEY.Key_Left, "20 09:15-10:15")):  # fmt: skip
        window.press(key, ALT)
        window.wait()
        assert window.spans() == [span]
        assert page.view.selected_id() == booked
    assert "Interview moved to Friday 14 February, 9:15" in spoken
    window.press(KEY.Key_Space)
    window.wait()
    assert window.rows()[0].state == "arrived"
    window.press(KEY.Key_Return)
    assert window.dialog().fields.value("starts")[0] == datetime(2025, 2, 20, 9, 15)


def test_an_item_is_dragged_in_the_month_and_keeps_its_hour(window: Window, reception: Office) -> None:
    booked = book(reception, at(9, 15))
    page = show(window, MONTH)
    month = page.view.month
    month.moved.emit(booked, "2025-02-13", "2025-03-01")
    window.wait()
    assert reception.fetch(calendar.appointment, booked).starts == datetime(2025, 3, 1, 9, 15)


def test_days_dragged_over_in_the_month_become_an_absence(window: Window) -> None:
    page = show(window, MONTH)
    page.view.month.spanned.emit("2025-02-19", "2025-02-21")
    dialog = window.dialog(AbsenceDialog)
    assert (dialog.fields.value("first"), dialog.fields.value("last")) == (date(2025, 2, 19), date(2025, 2, 21))
    assert dialog.fields.value("all_day") is True


def test_columns_have_keys_and_part_the_day_where_a_view_has_none(window: Window) -> None:
    page = show(window, WORK)
    for key, columns in ((KEY.Key_7, "staff"), (KEY.Key_8, "rooms"), (KEY.Key_9, "points"), (KEY.Key_9, "days")):
        window.press(key, CTRL)
        window.wait()
        assert (page._place.mode, page._place.columns) == (WORK, columns)
    show(window, MONTH)
    window.press(KEY.Key_7, CTRL)
    window.wait()
    assert (page._place.mode, page._place.by) == (DAY, "staff")
    entries = [action.text() for action in page._controls._menu.actions()]
    assert "By colleague\tCtrl+7" in entries


def test_enter_in_the_month_opens_the_day_and_insert_books(window: Window) -> None:
    page = show(window, MONTH)
    assert page.view.month.cell_key() == "2025-02-11"
    window.press(KEY.Key_Right)
    window.press(KEY.Key_Right)
    window.press(KEY.Key_Insert)
    dialog = window.dialog()
    assert dialog.fields.value("starts")[0] == datetime(2025, 2, 13, 17)  # when it opens
    dialog.reject()
    page.view.setFocus()
    window.press(KEY.Key_Return)
    window.wait()
    assert (page._place.mode, page.header.title()) == (DAY, "Thursday 13 February")


def test_month_tells_closures_and_opening_hours(window: Window) -> None:
    page = show(window, MONTH)
    cells = {cell.key: cell for cell in page.view.month.scene.content.cells}
    assert cells["2025-02-20"].closed == "Assemblea"
    assert cells["2025-02-13"].note == "17:00–19:00"
    assert (cells["2025-02-11"].today, cells["2025-01-31"].faint, cells["2025-02-01"].number) == (True, True, "1 Feb")
    assert [row.title for row in page.view.month.scene.content.rows] == ["5", "6", "7", "8", "9"]
    assert page.view.month.overlay.now == (15, 761)


@pytest.mark.parametrize("columns", ["staff", "rooms", "points"])
def test_closures_are_hatched_with_their_reason_in_all_columns(window: Window, seeded: Seeded, columns: str) -> None:
    page = show(window, DAY, day=date(2025, 2, 20), columns=columns)
    content = page.view.grid.scene.content
    closed = {band.column for band in content.bands if band.kind == "closed" and band.reason == "Assemblea"}
    assert closed == ({seeded.point} if columns == "points" else {column.key for column in content.columns})


def test_five_weeks_begin_with_this_one(window: Window) -> None:
    page = show(window, WEEKS)
    cells = page.view.month.scene.content.cells
    assert (cells[0].key, len(cells), any(cell.faint for cell in cells)) == ("2025-02-10", 35, False)


def test_whole_days_stand_above_the_hours(window: Window, reception: Office, spoken: list[str]) -> None:
    gone = away(reception, date(2025, 2, 12), 14, staff_id=reception.actor.staff_id)
    booked = book(reception, at(9))
    page = show(window, WEEK)
    band = page.view.band
    assert band.isVisible()
    assert [box.id for box in page.view.grid.scene.content.boxes if box.id in (gone, booked)] == [booked]
    [bar] = band.scene.content.items
    assert (bar.first, bar.last) == ("2025-02-12", "2025-02-16")
    band.setFocus()
    band.focusNextPrevChild(True)
    assert page.view.selected_id() == gone
    window.press(KEY.Key_Right, ALT)
    window.wait()
    assert window.rows()[0].starts == datetime(2025, 2, 13)
    window.press(KEY.Key_Left, ALT | SHIFT)
    window.wait()
    assert (window.rows()[0].starts, window.rows()[0].ends) == (datetime(2025, 2, 13), datetime(2025, 2, 26))
    assert "Absence moved to whole day, Thursday 13 February, Thu 13 Feb – Wed 26 Feb" in spoken
    page.view.grid.select(booked)
    assert band.selected() == ""
    whole = QAccessible.queryAccessibleInterface(page.view.grid)
    assert whole.child(0).text(QAccessible.Text.Name) == "Whole days"
    assert whole.indexOfChild(whole.child(0)) == 0
    assert whole.indexOfChild(whole.child(1)) == 1


def test_tab_goes_through_the_band_and_the_hours_and_on(window: Window, reception: Office) -> None:
    gone = away(reception, date(2025, 2, 12), 3)
    booked = book(reception, at(9))
    page = show(window, WORK)
    walked: list[tuple[str, str]] = []
    page._controls.modes.setFocus()
    for _step in range(12):
        focus = QApplication.focusWidget()
        assert focus is not None
        inside = focus in (page.view.band, page.view.grid)
        walked.append((type(focus).__name__, page.view.selected_id() if inside else ""))
        QTest.keyClick(focus, KEY.Key_Tab)
    assert len({name for name, _id in walked[-4:]}) > 1, "the keyboard goes on"
    assert [one for _name, one in walked if one][:2] == [gone, booked]


def test_band_is_gone_when_nothing_stands_there(window: Window, reception: Office) -> None:
    gone = away(reception, date(2025, 2, 12), 1)
    page = show(window, WORK)
    assert page.view.band.isVisible()
    page.view.band.setFocus()
    reception.run(calendar.cancel, gone, 1, "centre")
    window.wait()
    window.qtbot.waitUntil(lambda: not page.view.band.isVisible())
    assert page.view.grid.hasFocus()


def test_colleagues_over_the_days_of_a_week(window: Window, reception: Office) -> None:
    booked = book(reception, at(9), staff_id=reception.actor.staff_id)
    without = book(reception, at(11))
    page = show(window, WORK, columns="staff")
    table = page.view.table
    rows = [row.title for row in table.scene.content.rows]
    assert "Prova reception" in rows
    assert rows[-1] == "Without colleague"
    places = {item.id: item.first for item in table.scene.content.items}
    assert places[booked] == f"{reception.actor.staff_id}|2025-02-13"
    assert places[without] == "-|2025-02-13"
    table.moved.emit(without, "-|2025-02-13", f"{reception.actor.staff_id}|2025-02-14")
    window.wait()
    moved = reception.fetch(calendar.appointment, without)
    assert (moved.staff_id, moved.starts) == (reception.actor.staff_id, at(11, day=date(2025, 2, 14)))
    table.column_activated.emit("2025-02-14")
    window.wait()
    assert page.header.title() == "Friday 14 February"


def test_rooms_and_points_over_the_days_of_a_week(window: Window, reception: Office, seeded: Seeded) -> None:
    booked = book(reception, at(9), room_id=seeded.room, access_point_id=seeded.point)
    for columns, key in (("rooms", seeded.room), ("points", seeded.point)):
        page = show(window, WEEK, columns=columns)
        items = {item.id: item.first for item in page.view.table.scene.content.items}
        assert items[booked] == f"{key}|2025-02-13"
    page = show(window, WEEK, columns="points", day=date(2025, 2, 20))
    closed = {cell.key: cell.closed for cell in page.view.table.scene.content.cells}
    assert closed[f"{seeded.point}|2025-02-20"] == "Assemblea"
    assert closed[f"{seeded.unknown_point}|2025-02-20"] == ""


def test_who_takes_part_too_has_it_in_their_column(window: Window, reception: Office, seeded: Seeded) -> None:
    mine = reception.actor.staff_id
    page = show(window, DAY, day=date(2025, 2, 13), columns="staff")
    assert page._board is not None
    other = next(key for key, _name in page._board.colleagues if key != mine)
    extras = Extras((Party("staff", other), Party("room", seeded.other_room)))
    booked = book(reception, at(9), staff_id=mine, room_id=seeded.room, extras=extras)
    window.wait()
    boxes = [box for box in page.view.grid.scene.content.boxes if box.id.startswith(booked)]
    assert {(box.column, box.movable) for box in boxes} == {(mine, True), (other, False)}
    page.view.grid.select(f"{booked}#{other}")
    assert page.view.selected_id() == booked
    page.view.grid.opened.emit(f"{booked}#{other}")
    window.dialog().reject()
    page = show(window, WEEK, columns="rooms")
    items = {item.first.split("|")[0]: item.movable for item in page.view.table.scene.content.items
             if item.id.startswith(booked)}  # fmt: skip
    assert items == {seeded.room: True, seeded.other_room: False}
    page.filters.set_filters(Filters(staff=frozenset({other})))
    page._on_filters()
    assert booked in page.view._items


@pytest.mark.parametrize(
    ("typed", "title", "day"),
    [
        ("gio", "10–14 February", "2025-02-13"),
        ("13/3", "10–14 March", "2025-03-13"),
        ("+2s", "24–28 February", "2025-02-25"),
        ("+1m", "10–14 March", "2025-03-11"),
    ],
)
def test_go_to_date(window: Window, typed: str, title: str, day: str) -> None:
    page = show(window, WORK)
    window.press(KEY.Key_G, CTRL)
    field = page._controls.go_to
    assert QApplication.focusWidget() is field
    QTest.keyClicks(field, typed)
    window.press(KEY.Key_Return)
    window.wait()
    assert page.header.title() == title
    assert page.view.grid.hasFocus()
    assert field.text() == ""
    slot = page.view.grid.slot()
    assert slot is not None
    assert slot[0] == day


def test_no_date_stays_in_the_field(window: Window) -> None:
    page = show(window, WORK)
    window.press(KEY.Key_G, CTRL)
    QTest.keyClicks(page._controls.go_to, "quando?")
    window.press(KEY.Key_Return)
    assert (page._controls.go_to.text(), page.header.title()) == ("quando?", "10–14 February")
    window.press(KEY.Key_Escape)
    assert page.view.grid.hasFocus()


def test_what_is_done_with_the_whole_calendar_is_in_the_menu_of_views(window: Window) -> None:
    menu = window.page._controls.modes.menu()
    texts = [action.text().partition("\t")[0] for action in menu.actions()]
    assert texts[-4:] == ["New absence…", "Find a common time…", "Import a calendar file (.ics)…",
                          "Export the calendar (.ics)…"]  # fmt: skip


def test_the_field_for_a_date_shows_all_of_its_placeholder(window: Window) -> None:
    field = window.page._controls.go_to
    margins = field.textMargins()
    words = field.fontMetrics().horizontalAdvance(field.placeholderText()) + margins.left() + margins.right()
    style = QStyleOptionFrame()
    field.initStyleOption(style)
    inner = field.style().subElementRect(QStyle.SubElement.SE_LineEditContents, style, field)
    assert words + 4 <= inner.width()


def test_a_meeting_of_colleagues_has_no_slip(window: Window, reception: Office) -> None:
    team = book(reception, at(11), kind="team")
    page, slips = show(window, WORK), []
    page.slip_requested.connect(slips.append)
    page.view.select(team)
    page.print_now()
    assert slips == []


def test_filters(window: Window, reception: Office, seeded: Seeded) -> None:
    mine = book(reception, at(9), room_id=seeded.room)
    other = book(reception, at(11), kind="team", state="confirmed")
    show(window, WORK)
    menu = window.page.filters.menu
    meeting = {box for box in window.boxes() if box.startswith("meeting:")}
    assert set(window.boxes()) == {mine, other, *meeting}
    for text, left in (("Stanza 1", {mine}), ("Team meeting", {other}), ("Confirmed", {other})):
        trigger(menu(), text)
        assert set(window.boxes()) == left, text
        window.page.filters.clear()
    trigger(menu(), "Show initiatives")
    assert set(window.boxes()) == {mine, other}
    assert window.page.filters.filters() == Filters(initiatives=False)


def test_an_empty_calendar_says_what_to_do(window: Window) -> None:
    page = show(window, WORK, day=date(2025, 5, 5))
    assert page.view._hint.isVisible()
    assert "Ctrl+N" in page.view._hint.text()
    page.filters.set_filters(Filters(kinds=frozenset({"team"})))
    page._on_filters()
    assert page.view._hint.text() == "Nothing here passes the filters above."
    page.filters.clear()
    show(window, WORK, day=date(2025, 2, 13))
    assert not page.view._hint.isVisible()


@pytest.mark.parametrize("mode", MODES)
def test_every_view_survives_a_restart(window: Window, qtbot: QtBot, mode: str) -> None:
    page = show(window, mode, columns="rooms", day=date(2025, 3, 4), mini=False)
    page.filters.set_filters(Filters(frozenset("a"), frozenset("b"), True, frozenset("c"), frozenset({"team"}),
                                     frozenset({"done"}), False))  # fmt: skip
    again = CalendarPage(window.runner)
    qtbot.addWidget(again)
    again.restore_view(page.save_view())
    again.show()
    window.wait()
    assert again._place == replace(page._place, filters=page.filters.filters())
    assert again.header.title() == page.header.title()


def test_old_settings_are_still_read() -> None:
    old = '{"mode": "week", "day": null, "columns": "staff", "filters": {"staff": ["x"], "cancelled": true}, "zoom": 2}'
    assert Place.restored(old) == Place(WEEK, None, "staff", Filters(frozenset("x"), frozenset(), True), 2.0)


def test_what_is_seen_can_be_printed(window: Window) -> None:
    wanted: list[Printed] = []
    window.page.print_requested.connect(wanted.append)
    page = show(window, MONTH)
    page.filters.set_filters(Filters(initiatives=False))
    page.print_now()
    [printed] = wanted
    assert (printed.first, printed.last, printed.place.mode) == (date(2025, 1, 27), date(2025, 3, 2), MONTH)
    assert not printed.place.filters.initiatives


def test_hours_are_zoomed_with_the_keyboard(window: Window) -> None:
    page = show(window, WORK)
    window.press(KEY.Key_Plus, CTRL)
    assert page.view.grid.zoom() > 1
    window.press(KEY.Key_0, CTRL)
    assert page.view.grid.zoom() == 1


def test_list_cancels_with_a_key(window: Window, reception: Office) -> None:
    booked = book(reception, at(9))
    page = show(window, LIST)
    page.view.list.set_current_id(booked)
    window.press(KEY.Key_Delete)
    window.dialog(CancelDialog).reject()
