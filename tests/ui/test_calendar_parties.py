"""Other people and things in the editor, the way out of a conflict, and the search for a common time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from famdesk.ui.calendar.editor_form import Start
from famdesk.ui.calendar.free_slot_dialog import ANY_ROOM, FreeSlotDialog
from famdesk.usecases.calendar import calendar, resources
from famdesk.usecases.calendar.parties import Extras
from famdesk.usecases.calendar.resources import ResourceValues
from famdesk.usecases.calendar.taken import Party
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from tests.support.calendar_window import Window, book
from tests.support.calendars import DAY, Seeded, at, seed
from tests.support.offices import Desk
from tests.ui.conftest import nameless

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def lead(file_desk: Desk) -> Office:
    return file_desk.sign_in("coordinator")


@pytest.fixture
def seeded(lead: Office) -> Seeded:
    return seed(lead)


@pytest.fixture
def amal(lead: Office) -> str:
    return lead.run(resources.add_resource, ResourceValues("mediator", "Amal", ("ar", "fr")))


@pytest.fixture
def desk_window(qtbot: QtBot, lead: Office, seeded: Seeded, amal: str) -> Iterator[Window]:
    window = Window(qtbot, lead)
    yield window
    window.runner.close()


def test_everything_by_keyboard(desk_window: Window, lead: Office, seeded: Seeded, amal: str) -> None:
    sister = lead.run(people.add_person, surname="Prova", given_name="Lea")
    lead.run(people.add_household, "Casa", [(seeded.person, "member"), (sister, "member")])
    desk_window.page._booking.edit(Start(at(9), at(10), person_id=seeded.person, person="Prova Ines"))
    dialog = desk_window.dialog()
    desk_window.wait()
    section = dialog.parties
    assert section.panel.isHidden()
    desk_window.press(Qt.Key.Key_O, ALT)
    desk_window.wait()
    assert QApplication.focusWidget() is section.form.field("person")
    desk_window.press(Qt.Key.Key_Down)  # the family, before anything is typed
    desk_window.press(Qt.Key.Key_Return)
    assert [one.name for one in section.chips.rows()] == ["Prova Lea"]
    field = section.form.field("resource")
    field.setFocus()
    desk_window.qtbot.keyClicks(field, "arab")
    desk_window.press(Qt.Key.Key_Return)
    assert section.chips.value() == (Party("person", sister), Party("resource", amal))
    section.form.field("where_text").set_value("da loro")
    assert nameless(dialog) == []
    dialog.try_save()
    desk_window.wait()
    [row] = desk_window.rows()
    found = lead.fetch(calendar.appointment, row.id)
    assert {one.name for one in found.others} == {"Prova Lea", "Amal"}
    assert found.where_text == "da loro"


def test_an_appointment_with_others_is_unfolded_and_one_is_taken_out(
    desk_window: Window, lead: Office, seeded: Seeded, amal: str
) -> None:
    extras = Extras((Party("resource", amal), Party("room", seeded.room)), note="citofono 3", travel_before=10)
    booked = book(lead, at(9), extras=extras)
    desk_window.page.open_item("appointment", booked)
    dialog = desk_window.dialog()
    desk_window.wait()
    section = dialog.parties
    assert section.panel.isVisible()
    assert section.form.value("note") == "citofono 3"
    desk_window.qtbot.mouseClick(section.chips.button(amal), Qt.MouseButton.LeftButton)
    assert dialog.fields.dirty
    dialog.try_save()
    desk_window.wait()
    found = lead.fetch(calendar.appointment, booked)
    assert ([one.id for one in found.others], found.note, found.travel_before) == ([seeded.room], "citofono 3", 10)


def test_a_taken_mediator_cannot_be_booked_with_a_reason(
    desk_window: Window, lead: Office, seeded: Seeded, amal: str
) -> None:
    book(lead, at(9), extras=Extras((Party("resource", amal),)))
    desk_window.page._booking.edit(Start(at(9, 30), at(10)))
    dialog = desk_window.dialog()
    dialog.parties.toggle()
    desk_window.wait()
    dialog.parties.form.field("resource").set_value(amal)
    dialog.parties.form.field("resource").chosen.emit(amal)
    dialog._check.check()
    desk_window.wait()
    [row] = dialog._notice.rows()
    assert (row.allowed, row.way_out) == (False, "Amal is free from 10:00.")
    assert not dialog.fields.field("overlap_reason").isVisible()
    dialog.try_save()
    desk_window.wait()
    assert len(desk_window.rows()) == 1
    assert dialog.isVisible()


def test_a_home_visit_has_its_way(desk_window: Window, lead: Office) -> None:
    desk_window.page._booking.edit(Start(at(9), at(10), staff_id=lead.actor.staff_id))
    dialog = desk_window.dialog()
    dialog.fields.field("kind").set_value("home_visit")
    dialog.fields.field("kind").chosen.emit("home_visit")
    assert dialog.parties.travel() == (20, 20)
    dialog.parties.toggle()
    dialog.parties.form.field("travel_before").set_value(45)
    dialog.parties.form.field("travel_before").edited.emit()
    dialog.try_save()
    desk_window.wait()
    found = lead.fetch(calendar.appointment, desk_window.rows()[0].id)
    assert (found.travel_before, found.travel_after) == (45, 20)


def test_a_common_time_from_the_editor(desk_window: Window, lead: Office, seeded: Seeded, amal: str) -> None:
    book(lead, at(9), room_id=seeded.room, staff_id=lead.actor.staff_id)
    begin = Start(at(9), at(10), staff_id=lead.actor.staff_id)
    desk_window.page._booking.edit(begin)
    dialog = desk_window.dialog()
    desk_window.wait()
    desk_window.press(Qt.Key.Key_T, ALT)
    search = desk_window.dialog(FreeSlotDialog)
    desk_window.wait()
    search.form.field("room_id").set_value(ANY_ROOM)
    search.form.field("language").set_value("ar")
    search._search()
    desk_window.wait()
    assert search.slot().starts == at(10)
    desk_window.press(Qt.Key.Key_Right, ALT)
    assert search.slot().starts == at(11)
    desk_window.press(Qt.Key.Key_Left, ALT)
    assert search._count.text().startswith("1 of ")
    assert nameless(search) == []
    search.try_save()
    desk_window.wait()
    assert dialog.fields.value("starts") == (at(10), at(11))
    assert dialog.fields.value("room_id") == seeded.room
    assert dialog.parties.others() == (Party("resource", amal),)
    dialog.try_save()
    desk_window.wait()
    assert desk_window.spans() == ["13 09:00-10:00", "13 10:00-11:00"]


def test_a_common_time_is_booked_from_the_calendar(desk_window: Window, lead: Office, seeded: Seeded) -> None:
    desk_window.page._booking.find_time()
    search = desk_window.dialog(FreeSlotDialog)
    desk_window.wait()
    search.form.set_values({"first": DAY, "last": DAY, "access_point_id": seeded.point, "minutes": 30,
                            "room_id": ANY_ROOM, "staff_ids": (lead.actor.staff_id,)})  # fmt: skip
    search._search()
    desk_window.wait()
    assert search._when.text() == "Thursday 13 February, 17:00–17:30"
    desk_window.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk_window.wait()
    [row] = desk_window.rows()
    assert (row.starts, row.ends, row.room, row.staff) == (at(17), at(17, 30), "Stanza 1", "Prova coordinator")


def test_no_common_time_is_told(desk_window: Window, seeded: Seeded) -> None:
    desk_window.page._booking.find_time()
    search = desk_window.dialog(FreeSlotDialog)
    desk_window.wait()
    search.form.set_values({"first": DAY, "last": DAY, "access_point_id": seeded.point, "from_time": time(20)})
    search._search()
    desk_window.wait()
    assert search._when.text() == "No common time"
    search.try_save()
    desk_window.wait()
    assert search.isVisible()
    assert desk_window.rows() == []
