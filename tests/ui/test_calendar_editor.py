"""The appointment editor on a real encrypted home: conflicts told before saving, two versions, history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from famdesk.domain.errors import NotFound
from famdesk.ui.calendar.editor_form import Start
from famdesk.ui.calendar.persons import NewPersonDialog
from famdesk.ui.calendar.wanted import open_moment
from famdesk.ui.kit.buttons import ActionButton
from famdesk.usecases.calendar import calendar
from famdesk.usecases.directory import directory
from famdesk.usecases.office import Office
from famdesk.usecases.paths import paths
from tests.support.calendar_window import Window, book
from tests.support.calendars import Seeded, at, seed
from tests.support.offices import Desk


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


def test_mouse_drag_creates_with_the_drawn_length(desk_window: Window) -> None:
    desk_window.grid.created.emit("2025-02-13", 17 * 60, 18 * 60 + 30)
    dialog = desk_window.dialog()
    assert dialog.fields.value("starts") == (at(17), at(18, 30))
    assert dialog.fields.field("access_point_id").text() == "piazza Giovanni XXIII"
    dialog.fields.field("kind").set_value("phone_call")
    dialog.fields.field("kind").chosen.emit("phone_call")
    assert dialog.fields.value("starts") == (at(17), at(18, 30))


def test_kind_sets_the_usual_length(desk_window: Window) -> None:
    desk_window.grid.create_here()
    dialog = desk_window.dialog()
    dialog.fields.field("kind").chosen.emit("mediation")
    starts, ends = dialog.fields.value("starts")
    assert ends - starts == timedelta(minutes=90)
    when = dialog.fields.field("starts")
    when.start.setFocus()
    when.start.selectAll()
    desk_window.qtbot.keyClicks(when.start, "1015")
    assert when.value() == (datetime(2025, 2, 11, 10, 15), datetime(2025, 2, 11, 11, 45))


def test_the_kind_proposes_the_function_until_one_is_chosen(desk_window: Window) -> None:
    desk_window.grid.create_here()
    dialog = desk_window.dialog()
    function = dialog.fields.field("function")
    assert function.value() == "B"
    kind = dialog.fields.field("kind")
    for code, proposed in (("phone_call", "A"), ("team", None), ("mediation", "B")):
        kind.set_value(code)
        kind.chosen.emit(code)
        assert function.value() == proposed
    function.set_value("C")
    function.edited.emit()
    kind.chosen.emit("phone_call")
    assert function.value() == "C"


def test_the_function_of_an_appointment_that_is_there_stays(desk_window: Window, reception: Office) -> None:
    booked = book(reception, at(9), function="C")
    desk_window.page.open_item("appointment", booked)
    dialog = desk_window.dialog()
    dialog.fields.field("kind").chosen.emit("phone_call")
    assert dialog.fields.value("function") == "C"


def test_conflict_is_told_before_saving_and_the_free_time_is_taken(
    desk_window: Window, reception: Office, seeded: Seeded
) -> None:
    book(reception, at(17), ends=at(17, 45), room_id=seeded.room)
    desk_window.wait()
    begin = Start(at(17, 15), at(18), room_id=seeded.room, access_point_id=seeded.point)
    desk_window.page._booking.edit(begin)
    dialog = desk_window.dialog()
    desk_window.wait()
    assert [row.text for row in dialog._notice.rows()] == ["Stanza 1 is already taken at 17:00 (Interview)."]
    assert dialog.fields.field("overlap_reason").isVisible()
    dialog.try_save()
    assert dialog.fields.field("overlap_reason").accessibleDescription() == "Give a reason, or take another time."
    button = dialog._notice._button
    assert button.text() == "Take the next free time: Thu 13 Feb, 17:45"
    desk_window.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    desk_window.wait()
    assert dialog._notice.rows() == ()
    dialog.try_save()
    desk_window.wait()
    assert desk_window.spans() == ["13 17:00-17:45", "13 17:45-18:30"]


def test_conflict_can_be_overridden_with_a_reason(desk_window: Window, reception: Office, seeded: Seeded) -> None:
    book(reception, at(17), room_id=seeded.room)
    desk_window.page._booking.edit(Start(at(17), at(18), room_id=seeded.room))
    dialog = desk_window.dialog()
    desk_window.wait()
    dialog.fields.field("overlap_reason").set_value("due famiglie insieme")
    dialog.try_save()
    desk_window.wait()
    assert [row.overlaps for row in desk_window.rows()] == [False, True]


def test_new_person_without_leaving_the_appointment(desk_window: Window) -> None:
    desk_window.page.new_item()
    dialog = desk_window.dialog()
    field = dialog.fields.field("person_id")
    desk_window.qtbot.keyClicks(field, "Zenobia")
    desk_window.qtbot.waitUntil(field.popup_open)
    desk_window.press(Qt.Key.Key_Return)
    person = desk_window.dialog(NewPersonDialog)
    assert person.called() == "Zenobia"
    person.try_save()
    desk_window.wait()
    assert field.text() == "Zenobia"
    dialog.try_save()
    desk_window.wait()
    assert [row.who for row in desk_window.rows()] == ["Zenobia"]


def test_booking_for_a_person_from_elsewhere(desk_window: Window, seeded: Seeded) -> None:
    desk_window.page.open_item("new_appointment", seeded.person)
    dialog = desk_window.dialog()
    assert (dialog.fields.value("person_id"), dialog.fields.field("person_id").text()) == (seeded.person, "Prova Ines")
    desk_window.page.open_item("new_appointment", seeded.protected)
    desk_window.wait()
    assert [type(error) for error in desk_window.errors] == [NotFound]


def test_editing_shows_history_and_slip(desk_window: Window, reception: Office, seeded: Seeded) -> None:
    booked = book(reception, at(17), person_id=seeded.person)
    reception.run(calendar.move, booked, 1, at(18))
    desk_window.wait()
    slips: list[str] = []
    desk_window.page.slip_requested.connect(slips.append)
    desk_window.page.open_item("appointment", booked)
    dialog = desk_window.dialog()
    dialog._on_side("history")
    desk_window.wait()
    lines = dialog._history.lines()
    assert [line.title for line in lines] == ["Appointment moved to Thu 13 Feb, 18:00",
                                              "Appointment of Thu 13 Feb, 17:00 booked"]  # fmt: skip
    assert "Start: Thu 13 Feb, 17:00 → Thu 13 Feb, 18:00" in lines[0].detail
    assert lines[0].detail.startswith("Prova reception, Tue 11 Feb, 12:41")
    slip = next(button for button in dialog.findChildren(ActionButton) if button.text() == "Print slip")
    desk_window.qtbot.mouseClick(slip, Qt.MouseButton.LeftButton)
    assert slips == [booked]


def test_saving_over_a_colleague_is_a_choice(desk_window: Window, file_desk: Desk, seeded: Seeded) -> None:
    booked = book(desk_window.office, at(17))
    desk_window.page.open_item("appointment", booked)
    dialog = desk_window.dialog()
    colleague = file_desk.sign_in("coordinator")
    colleague.run(calendar.move, booked, 1, at(10))
    dialog.fields.field("label").set_value("porta i documenti")
    dialog.try_save()
    desk_window.wait()
    assert dialog._stale.isVisible()
    assert dialog.fields.value("label") == "porta i documenti"
    assert desk_window.spans() == ["13 10:00-11:00"]
    texts = {label.text() for label in dialog._stale.findChildren(QWidget) if hasattr(label, "text")}
    assert {"Thu 13 Feb, 10:00–11:00", "Thu 13 Feb, 17:00–18:00", "porta i documenti"} <= texts
    dialog._stale.mine_chosen.emit()
    desk_window.wait()
    assert desk_window.spans() == ["13 17:00-18:00"]
    assert desk_window.rows()[0].label == "porta i documenti"


def test_loading_theirs_drops_what_was_typed(desk_window: Window, file_desk: Desk) -> None:
    booked = book(desk_window.office, at(17))
    desk_window.page.open_item("appointment", booked)
    dialog = desk_window.dialog()
    file_desk.sign_in("coordinator").run(calendar.move, booked, 1, at(10))
    dialog.fields.field("label").set_value("porta i documenti")
    dialog.try_save()
    desk_window.wait()
    dialog._stale.theirs_chosen.emit()
    desk_window.wait()
    assert dialog.fields.value("starts") == (at(10), at(11))
    assert dialog.fields.value("label") == ""
    assert not dialog._stale.isVisible()


def test_a_booking_from_a_file_proposes_a_moment_when_the_centre_is_open(reception: Office, seeded: Seeded) -> None:
    """On a Sunday the next opening, inside the hours the moment itself."""
    sunday = datetime(2025, 2, 16, 9)
    assert sunday.weekday() == 6
    moment = reception.fetch(open_moment, sunday)
    assert moment > sunday
    assert reception.fetch(directory.open_now, moment).open
    assert not reception.fetch(directory.open_now, moment - timedelta(minutes=1)).open
    assert reception.fetch(open_moment, moment) == moment


def test_a_path_of_care_is_offered_where_there_is_one(qtbot: QtBot, file_desk: Desk, seeded: Seeded) -> None:
    office = file_desk.sign_in("psychologist")
    path = office.run(paths.open_path, "mediation", [seeded.person])
    window = Window(qtbot, office)
    window.page._booking.edit(Start(at(9), at(10), staff_id=office.actor.staff_id))
    dialog = window.dialog()
    window.wait()
    field = dialog.path
    assert not field.isVisible()
    dialog.fields.field("person_id").set_value((seeded.person, "Prova Ines"))
    dialog.fields.field("person_id").edited.emit()
    window.wait()
    assert (field.isVisible(), field.value()) == (True, None)
    field.setFocus()
    qtbot.keyClicks(field, "medi")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.value() == path
    dialog.try_save()
    window.wait()
    [row] = window.rows()
    assert office.fetch(calendar.appointment, row.id).path_id == path
    window.page.open_item("appointment", row.id)
    dialog = window.dialog()
    window.wait()
    assert dialog.path.value() == path
    dialog.fields.field("label").set_value("in sede")
    dialog.try_save()
    window.wait()
    assert office.fetch(calendar.appointment, row.id).path_id == path
    window.runner.close()
