"""Programmes in the window: the A.Pe cycle with one date, enrolling by name, attendance from the keyboard."""

from __future__ import annotations

from datetime import date, time
from typing import TypeVar

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QMenu
from pytestqt.qtbot import QtBot

from famdesk.domain.errors import NotFound
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.lines import Line
from famdesk.ui.kit.runner import Runner
from famdesk.ui.programmes.attendance_grid import AttendanceGrid
from famdesk.ui.programmes.dates_dialog import DatesDialog
from famdesk.ui.programmes.initiative_dialog import InitiativeDialog
from famdesk.ui.programmes.meeting_dialog import MeetingDialog
from famdesk.ui.programmes.move_dialog import CancelDialog, MoveDialog, RestoreDialog
from famdesk.ui.programmes.page import SIDES, ProgrammesPage
from famdesk.ui.programmes.walk_in_dialog import WalkInDialog
from famdesk.usecases.directory import hours, places
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from famdesk.usecases.programmes import initiatives, programmes
from famdesk.usecases.programmes.programmes_rows import InitiativeDetail, InitiativeValues, MeetingRow
from tests.support.offices import Desk
from tests.ui.programmes.conftest import THURSDAY, detail, enrol, settle, show, texts

D = TypeVar("D", bound=QDialog)


def test_list_by_state_and_the_cycle_with_its_only_date(
    qtbot: QtBot, office: Office, page: ProgrammesPage, ape: str
) -> None:
    office.run(initiatives.add_initiative, InitiativeValues("Estate", season_text="dalla prossima primavera"))
    show(qtbot, page)
    assert [(line.title, line.detail, line.header) for line in page.list.lines()] == [
        ("In preparation", "", True), ("Estate", "dalla prossima primavera", False),
        ("Enrolling", "", True), ("A.Pe", "Thu 13 Feb, 18:00 · 0 of 2 places", False),
    ]  # fmt: skip
    assert page.list.current_id() == ape, "the one that meets next is shown"
    assert texts(page, 0) == ["1", "Thu 13 Feb", "18:00", "to be set", "to be set", "to be set", ""]
    assert texts(page, 4)[:3] == ["5", "to be set", "18:00"]
    assert page.meetings.strip.accessibleName() == "1 meeting with a date, 4 without a date"


def test_the_other_initiative_is_shown_when_chosen(
    qtbot: QtBot, office: Office, page: ProgrammesPage, ape: str
) -> None:
    other = office.run(initiatives.add_initiative, InitiativeValues("Estate"))
    show(qtbot, page)
    page.open_item("initiative", other)
    settle(qtbot, page)
    assert page.meetings.model.rows == ()
    assert not page.meetings.strip.isVisible()
    page.open_item("initiative", ape)
    settle(qtbot, page)
    assert len(page.meetings.model.rows) == 5


def test_an_item_opened_before_the_list_is_there(qtbot: QtBot, office: Office, page: ProgrammesPage, ape: str) -> None:
    other = office.run(initiatives.add_initiative, InitiativeValues("Estate"))
    page.open_item("initiative", other)
    show(qtbot, page)
    assert page.list.current_id() == other


def test_a_centre_without_initiatives_is_told_the_first_step(qtbot: QtBot, page: ProgrammesPage) -> None:
    show(qtbot, page)
    assert page._empty.isVisible()
    assert not page.list.isVisible()


def test_new_initiative_is_shown_at_once(qtbot: QtBot, office: Office, page: ProgrammesPage, ape: str) -> None:
    show(qtbot, page)
    page.new_item()
    dialog = page.findChild(InitiativeDialog)
    settle(qtbot, page)
    dialog.fields.field("name").setText("Spazio papà")
    dialog.fields.field("usual_weekday").set_value("2")
    dialog.fields.field("season_text").setText("dalla prossima primavera")
    dialog.try_save()
    settle(qtbot, page)
    row = next(row for row in office.fetch(programmes.initiatives) if row.name == "Spazio papà")
    assert page.list.current_id() == row.id
    assert detail(office, row.id).values.usual_weekday == 2
    page.runner.undo()
    settle(qtbot, page)
    assert [row.id for row in office.fetch(programmes.initiatives)] == [ape]


def test_changing_keeps_what_the_dialog_does_not_touch(
    qtbot: QtBot, office: Office, page: ProgrammesPage, ape: str
) -> None:
    place = office.run(places.add_place, places.PlaceData(name="Civico 81", kind="centre"))
    before = detail(office, ape)
    office.run(initiatives.change_initiative, ape, before.row.version, _with_place(before, place))
    show(qtbot, page)
    page.deeds.edit()
    dialog = page.findChild(InitiativeDialog)
    settle(qtbot, page)
    dialog.fields.field("target").setText("genitori")
    dialog.try_save()
    settle(qtbot, page)
    after = detail(office, ape).values
    assert (after.target, after.place_id, after.usual_weekday, after.capacity) == ("genitori", place, 4, 2)


def _with_place(found: InitiativeDetail, place: str) -> InitiativeValues:
    from dataclasses import replace

    return replace(found.values, place_id=place)


def test_a_rule_is_told_at_its_field(qtbot: QtBot, office: Office, page: ProgrammesPage, ape: str) -> None:
    enrol(office, ape, "Rossi", "Bianchi")
    show(qtbot, page)
    page.deeds.edit()
    dialog = page.findChild(InitiativeDialog)
    settle(qtbot, page)
    dialog.fields.field("capacity").setText("1")
    dialog.try_save()
    settle(qtbot, page)
    assert dialog.isVisible()
    assert "2 people are enrolled" in dialog.fields.field("capacity").accessibleDescription()


def test_meeting_gets_day_place_and_theme_and_is_told_the_opening(
    qtbot: QtBot, file_desk: Desk, office: Office, page: ProgrammesPage, ape: str
) -> None:
    place = office.run(places.add_place, places.PlaceData(name="piazza Giovanni XXIII", kind="centre"))
    point = office.run(places.add_access_point, places.PointData(name="piazza Giovanni XXIII", place_id=place))
    office.run(hours.add_rules, point, weekdays=(4,), opens=time(17), closes=time(19))
    show(qtbot, page)
    second = page.meetings.model.rows[1]
    page.meetings.edit(second.id)
    dialog = page.findChild(MeetingDialog)
    settle(qtbot, page)
    dialog.fields.field("day").set_value(date(2025, 2, 20))
    dialog.fields.field("ends").set_value(time(19, 30))
    dialog.fields.field("place_id").set_value(place)
    dialog.fields.field("theme").setText("I capricci")
    dialog.fields.edited.emit()
    qtbot.waitUntil(dialog._notice.isVisible)
    assert dialog._notice.texts() == ["At that time the doors are open here (17:00–19:00)."]
    dialog.try_save()
    settle(qtbot, page)
    assert texts(page, 1)[1:6] == [
        "Thu 20 Feb", "18:00–19:30", "piazza Giovanni XXIII", "to be set", "I capricci"
    ]  # fmt: skip
    page.runner.undo()
    settle(qtbot, page)
    assert texts(page, 1)[1] == "to be set"


def test_an_end_before_the_beginning_is_told(qtbot: QtBot, page: ProgrammesPage, ape: str) -> None:
    show(qtbot, page)
    page.meetings.edit(page.meetings.model.rows[0].id)
    dialog = page.findChild(MeetingDialog)
    settle(qtbot, page)
    dialog.fields.field("ends").set_value(time(17))
    dialog.try_save()
    assert "after the start" in dialog.fields.field("ends").accessibleDescription()
    assert dialog.isVisible()


def test_a_meeting_is_added_with_the_usual_hour(qtbot: QtBot, office: Office, page: ProgrammesPage, ape: str) -> None:
    show(qtbot, page)
    page.meetings.add()
    dialog = page.findChild(MeetingDialog)
    settle(qtbot, page)
    dialog.try_save()
    settle(qtbot, page)
    last = detail(office, ape).meetings[-1]
    assert (last.number, last.day, last.starts) == (6, None, time(18))


def test_weekly_dates_in_one_step(qtbot: QtBot, office: Office, page: ProgrammesPage, ape: str) -> None:
    show(qtbot, page)
    page.meetings.set_dates()
    dialog = page.findChild(DatesDialog)
    dialog.fill_weekly()
    dialog.try_save()
    settle(qtbot, page)
    assert [row.day for row in detail(office, ape).meetings] == [
        THURSDAY, date(2025, 2, 20), date(2025, 2, 27), date(2025, 3, 6), date(2025, 3, 13),
    ]  # fmt: skip
    page.runner.undo()
    settle(qtbot, page)
    assert [row.day for row in detail(office, ape).meetings][1:] == [None] * 4


def dialog(page: ProgrammesPage, kind: type[D]) -> D:
    """The dialog that is open."""
    return next(one for one in page.findChildren(kind) if one.isVisible())


def cancel(qtbot: QtBot, page: ProgrammesPage, row: MeetingRow) -> None:
    page.meetings.cancel(row)
    asked = dialog(page, CancelDialog)
    asked.fields.field("reason").set_value("sala chiusa")
    settle(qtbot, page)
    asked.try_save()
    settle(qtbot, page)


def _menu(page: ProgrammesPage) -> QMenu:
    return next(menu for menu in page.findChildren(QMenu) if menu.isVisible())


def _choose(page: ProgrammesPage, text: str) -> None:
    menu = _menu(page)
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.close()


def test_meeting_is_cancelled_with_a_reason_restored_and_removed(
    qtbot: QtBot, office: Office, page: ProgrammesPage, ape: str
) -> None:
    show(qtbot, page)
    first = page.meetings.model.rows[0]
    page.meetings.table.menu_requested.emit(first.id, QPoint(0, 0))
    assert [action.text() for action in _menu(page).actions() if action.text()] == [
        "Change", "Move or put off…\tF2", "Cancel the meeting\tDel", "Remove from the list",
    ]  # fmt: skip
    _menu(page).close()
    page.meetings.table.select_id(first.id)
    page.meetings.table.setFocus()
    qtbot.keyClick(page.meetings.table, Qt.Key.Key_F2)
    dialog(page, MoveDialog).close()
    qtbot.keyClick(page.meetings.table, Qt.Key.Key_Delete)
    dialog(page, CancelDialog).close()
    settle(qtbot, page)
    cancel(qtbot, page, first)
    assert texts(page, 0)[6] == "cancelled"
    page.meetings.table.menu_requested.emit(first.id, QPoint(0, 0))
    _choose(page, "Takes place after all")
    dialog(page, RestoreDialog).try_save()
    settle(qtbot, page)
    assert detail(office, ape).meetings[0].state == "planned"
    page.meetings.table.menu_requested.emit(first.id, QPoint(0, 0))
    _choose(page, "Remove from the list")
    settle(qtbot, page)
    assert len(page.meetings.model.rows) == 4


def test_enrolling_by_typing_a_name(qtbot: QtBot, office: Office, page: ProgrammesPage, ape: str) -> None:
    office.run(people.add_person, surname="Rossi", given_name="Anna")
    show(qtbot, page)
    page.show_side("people")
    page.people.search.setFocus()
    qtbot.keyClicks(page.people.search, "ros")
    qtbot.waitUntil(page.people.search.popup_open)
    qtbot.keyClick(page.people.search, Qt.Key.Key_Return)
    settle(qtbot, page)
    assert [line.title for line in page.people.list.lines()] == ["Enrolled: 1 of 2", "Rossi Anna"]
    assert page.people.search.text() == ""


def test_somebody_new_is_enrolled_by_alias(qtbot: QtBot, page: ProgrammesPage, ape: str) -> None:
    show(qtbot, page)
    page.people.search.new_requested.emit("Nonna Lia")
    settle(qtbot, page)
    assert page.people.list.lines()[1].title == "Nonna Lia"


def _line(page: ProgrammesPage, title: str) -> Line:
    return next(line for line in page.people.list.lines() if line.title == title)


def test_the_waiting_list_stands_below_and_moves_up(
    qtbot: QtBot, office: Office, page: ProgrammesPage, ape: str
) -> None:
    enrol(office, ape, "Rossi", "Bianchi", "Verdi")
    show(qtbot, page)
    page.show_side("people")
    assert [(line.title, line.tag) for line in page.people.list.lines()] == [
        ("Enrolled: 2 of 2", ""), ("Bianchi", ""), ("Rossi", ""), ("Waiting list: 1", ""), ("Verdi", "1"),
    ]  # fmt: skip
    page.people.list.set_current_id(_line(page, "Rossi").id)
    qtbot.keyClick(page.people.list, Qt.Key.Key_Delete)
    settle(qtbot, page)
    assert "place is free" in page.people._hint.text()
    page.people.list.menu_requested.emit(_line(page, "Verdi").id, QPoint(0, 0))
    _choose(page, "Give a place")
    settle(qtbot, page)
    assert [line.title for line in page.people.list.lines()] == [
        "Enrolled: 2 of 2", "Bianchi", "Verdi", "Withdrawn", "Rossi",
    ]  # fmt: skip
    page.people.list.menu_requested.emit(_line(page, "Rossi").id, QPoint(0, 0))
    _choose(page, "Enrol again")
    settle(qtbot, page)
    assert _line(page, "Rossi").tag == "1"


def test_enter_opens_the_file(qtbot: QtBot, office: Office, page: ProgrammesPage, ape: str) -> None:
    enrol(office, ape, "Rossi")
    show(qtbot, page)
    with qtbot.waitSignal(page.person_opened):
        page.people.list.activated_id.emit(_line(page, "Rossi").id)


def _marks(office: Office, initiative: str) -> dict[tuple[int, str | None], bool]:
    found = detail(office, initiative)
    assert found.participants is not None
    names = {row.id: row.name for row in found.participants.enrolments}
    numbers = {row.id: row.number for row in found.meetings}
    return {(numbers[row.meeting_id], names[row.enrolment_id]): row.present for row in found.participants.attendance}


@pytest.fixture
def grid(qtbot: QtBot, office: Office, page: ProgrammesPage, ape: str) -> AttendanceGrid:
    enrol(office, ape, "Rossi", "Bianchi")
    show(qtbot, page)
    page.meetings.table.select_id(page.meetings.model.rows[0].id)
    qtbot.keyClick(page.meetings.table, Qt.Key.Key_Space)
    return page.attendance.grid


def test_attendance_from_the_keyboard(
    qtbot: QtBot, office: Office, page: ProgrammesPage, grid: AttendanceGrid, ape: str
) -> None:
    assert page._panels.currentWidget() is page.attendance
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Minus, Qt.Key.Key_Right, Qt.Key.Key_Space):
        qtbot.keyClick(grid, key)
    assert grid.model_.mark(0, 0) is True, "shown before it is on disk"
    assert grid.model_.data(grid.model_.index(1, 0), Qt.ItemDataRole.AccessibleTextRole) == "Rossi, meeting 1: absent"
    qtbot.waitUntil(lambda: len(_marks(office, ape)) == 3)  # saved by itself, as one step
    settle(qtbot, page)
    assert _marks(office, ape) == {(1, "Bianchi"): True, (1, "Rossi"): False, (2, "Rossi"): True}
    assert office.undo_label() == "Attendance noted: 3"
    assert grid.model_.headerData(0, Qt.Orientation.Horizontal) == "1\n13 Feb\n1 of 2"
    for keys in ((Qt.Key.Key_Space,), (Qt.Key.Key_Left, Qt.Key.Key_Delete)):
        for key in keys:
            qtbot.keyClick(grid, key)
        grid.save_now()
        settle(qtbot, page)
    assert _marks(office, ape) == {(1, "Bianchi"): True}
    for _step in range(3):
        page.runner.undo()
    settle(qtbot, page)
    assert _marks(office, ape) == {}
    assert grid.model_.mark(0, 0) is None


def test_letters_lead_to_names_and_digits_are_minutes(
    qtbot: QtBot, office: Office, page: ProgrammesPage, grid: AttendanceGrid, ape: str
) -> None:
    qtbot.keyClicks(grid, "ro45")
    assert (grid.currentIndex().row(), grid.model_.cell(1, 0).minutes) == (1, 45)
    assert grid.model_.spoken(1, 0) == "Rossi, meeting 1: present for 45 minutes"
    qtbot.keyClick(grid, Qt.Key.Key_Up)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert (grid.currentIndex().row(), grid.model_.mark(0, 0)) == (1, True)
    grid.save_now()
    settle(qtbot, page)
    participants = detail(office, ape).participants
    assert participants is not None
    assert sorted(row.minutes or 0 for row in participants.attendance) == [0, 45]


def test_a_blank_row_takes_who_came_by(
    qtbot: QtBot, office: Office, page: ProgrammesPage, grid: AttendanceGrid, ape: str
) -> None:
    assert grid.model_.rowCount() == 2 + 5, "as many as on the sign-in sheet"
    grid.setCurrentIndex(grid.model_.index(2, 0))
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    dialog = page.findChild(WalkInDialog)
    assert dialog is not None
    dialog.search.new_requested.emit("Nonna Lia")
    settle(qtbot, page)
    assert _marks(office, ape) == {(1, "Nonna Lia"): True}
    assert grid.model_.name(2) == "Nonna Lia"
    assert not grid.model_.takes(2, 1), "only at the meeting to which she came"


def test_a_click_marks_and_a_cancelled_meeting_takes_none(
    qtbot: QtBot, office: Office, page: ProgrammesPage, grid: AttendanceGrid, ape: str
) -> None:
    second = detail(office, ape).meetings[1]
    cancel(qtbot, page, second)
    grid.clicked.emit(grid.model_.index(0, 0))
    grid.clicked.emit(grid.model_.index(0, 1))
    grid.save_now()
    settle(qtbot, page)
    assert _marks(office, ape) == {(1, "Bianchi"): True}
    assert grid.model_.spoken(0, 1) == "Bianchi, meeting 2: cancelled"


def test_a_mark_that_cannot_be_saved_is_taken_back_and_told(
    qtbot: QtBot, office: Office, page: ProgrammesPage, grid: AttendanceGrid, ape: str
) -> None:
    participants = detail(office, ape).participants
    assert participants is not None
    settle(qtbot, page)
    bianchi = next(row for row in participants.enrolments if row.name == "Bianchi")
    person = bianchi.person_id
    assert person is not None
    office.run(people.set_protection, person, 1, protected=True, restricted=False, reason="prova")
    settle(qtbot, page)
    office.run(people.block, person, office.actor.staff_id, "parente")
    with qtbot.waitSignal(page.failed) as told:
        grid.note(grid.model_.index(0, 0), True)
        grid.save_now()
    assert isinstance(told.args[0], NotFound)
    assert grid.model_.mark(0, 0) is None


def test_nobody_and_nothing_to_note(qtbot: QtBot, page: ProgrammesPage, ape: str) -> None:
    show(qtbot, page)
    page._to_attendance()
    grid = page.attendance.grid
    grid.note(QModelIndex(), True)
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    assert grid.model_.rowCount() == 5, "blank rows only"
    assert page.runner.idle()


def test_a_role_without_rights_finds_no_buttons(qtbot: QtBot, file_desk: Desk, ape: str) -> None:
    runner = Runner(file_desk.office)
    page = ProgrammesPage(runner)
    qtbot.addWidget(page)
    page.resize(1080, 700)
    show(qtbot, page)
    assert not page.deeds.edit_action.isEnabled()
    assert not page.meetings._add.isEnabled()
    page.show_side("people")
    assert not page.people.search.isVisible()
    assert page.people._hint.text() == "Your role does not see who is enrolled."
    page.meetings.table.menu_requested.emit(page.meetings.model.rows[0].id, QPoint(0, 0))
    assert not page.findChildren(QMenu)
    for side in SIDES:
        page.show_side(side)
        qtbot.waitUntil(runner.idle)
        grey = [one.text() for one in page.findChildren(ActionButton) if one.isVisible() and not one.isEnabled()]
        assert grey == [], f"{side}: what a role never has is not shown to it"
    runner.close()


def test_the_view_is_kept(qtbot: QtBot, office: Office, page: ProgrammesPage, ape: str, runner: Runner) -> None:
    other = office.run(initiatives.add_initiative, InitiativeValues("Estate"))
    page.restore_view(f"people,{other}")
    show(qtbot, page)
    assert page.list.current_id() == other
    assert page._panels.currentWidget() is page.people
    assert page.save_view() == f"people,{other},initiatives"
    page.restore_view("nonsense")
    assert page.save_view() == f"people,{other},initiatives"


def _dark_pixels(image: QImage, left: int, right: int) -> int:
    return sum(image.pixelColor(x, y).lightness() < 130 for x in range(left, right) for y in range(image.height() // 2))


def test_the_strip_shows_a_bar_where_the_meeting_is(qtbot: QtBot, page: ProgrammesPage, ape: str) -> None:
    show(qtbot, page)
    strip = page.meetings.strip
    at = round(strip._place(THURSDAY))
    image = strip.grab().toImage()
    assert _dark_pixels(image, at - 4, at + 5) > 40
    away = round(strip._place(date(2025, 9, 15)))
    assert _dark_pixels(image, away - 4, away + 5) == 0
    middle = strip._box(page.meetings.model.rows[0]).center()
    assert strip._meeting_at(middle) == page.meetings.model.rows[0]


def test_names_for_the_screen_reader(qtbot: QtBot, page: ProgrammesPage, ape: str) -> None:
    show(qtbot, page)
    named = (page.list, page.meetings.table, page.people.search, page.people.list, page.attendance.grid)
    assert [widget.accessibleName() for widget in named] == [
        "Initiatives", "Meetings", "Enrol somebody", "People enrolled", "Attendance",
    ]  # fmt: skip
    assert page.help_text()
