"""Enrolling where something is asked, the call about a free place, heads at the door, hours: through the window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.programmes import script_dialog, words
from famdesk.ui.programmes.enrol_dialog import DetailsDialog, EnrolDialog
from famdesk.ui.programmes.heads import HeadsDialog
from famdesk.ui.programmes.hours_dialog import HoursDialog
from famdesk.ui.programmes.page import ProgrammesPage
from famdesk.ui.programmes.script_dialog import ScriptDialog
from famdesk.usecases.enrolling import attendance, enrolment, waiting_list
from famdesk.usecases.family import households
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, people
from famdesk.usecases.programmes import initiatives, meetings, programmes
from famdesk.usecases.programmes.programmes_rows import EnrolmentRow, InitiativeValues, MeetingValues
from tests.ui.programmes.conftest import detail, enrol, settle, show


def made(office: Office, **values: Any) -> str:
    initiative = office.run(initiatives.add_initiative, replace(InitiativeValues("Spazio papà", **values)))
    held = MeetingValues(date(2025, 2, 6), time(17), 90, leader_staff_id=office.actor.staff_id, child_care=True)
    office.run(meetings.add_meeting, initiative, held)
    return initiative


def opened(qtbot: QtBot, page: ProgrammesPage, initiative: str, side: str) -> None:
    page.restore_view(f"{side},{initiative}")
    show(qtbot, page)


def rows(office: Office, initiative: str) -> dict[str | None, EnrolmentRow]:
    return {row.name: row for row in office.fetch(programmes.participants, initiative).enrolments}


def dialog(page: ProgrammesPage, kind: type[Dialog]) -> Any:
    found = [one for one in page.findChildren(kind) if one.isVisible()]
    assert found, kind
    return found[-1]


def test_a_family_with_questions_and_a_child_to_look_after(qtbot: QtBot, office: Office, page: ProgrammesPage) -> None:
    initiative = made(office, questions="Violenza?", target_who="fathers")
    mother = office.run(people.add_person, surname="Rossi", given_name="Marta", sex="F")
    child = office.run(people.add_person, surname="Rossi", given_name="Nino", birth_date=date(2023, 5, 1))
    office.run(households.add_household, "Rossi", ((mother, "mother"), (child, "child")))
    opened(qtbot, page, initiative, "people")
    page.people.enrol(mother)
    settle(qtbot, page)
    asked = dialog(page, EnrolDialog)
    assert not asked.fields.field(f"allergies:{child}").isVisible(), "the child does not come yet"
    asked.fields.field(f"part:{child}").set_value("child_care")
    asked.fields.edited.emit()
    assert asked.fields.field(f"allergies:{child}").isVisible()
    asked.try_save()
    assert asked.isVisible(), "the question is not answered"
    asked.fields.field("question:0").set_value("no")
    asked.fields.field(f"allergies:{child}").setText("latte")
    asked.fields.field(f"photo:{child}").set_value("no")
    asked.try_save()
    settle(qtbot, page)
    assert asked.fields.field("mismatch_reason").accessibleDescription().startswith("It is for men only.")
    asked.fields.field("mismatch_reason").setText("unica figura")
    asked.try_save()
    settle(qtbot, page)
    found = rows(office, initiative)
    assert (found["Rossi Marta"].part, found["Rossi Marta"].mismatch_reason) == ("participant", "unica figura")
    nino = found["Rossi Nino"]
    assert (nino.part, nino.allergies, nino.photo_release) == ("child_care", "latte", False)
    line = next(one for one in page.people.list.lines() if one.title == "Rossi Nino")
    assert (line.badge, "latte" in line.detail, "looked after" in line.detail) == ("Allergies", True, True)


def test_details_are_changed(qtbot: QtBot, office: Office, page: ProgrammesPage) -> None:
    initiative = made(office)
    enrol(office, initiative, "Rossi")
    opened(qtbot, page, initiative, "people")
    page.people.menu.do("details", rows(office, initiative)["Rossi"])
    asked = dialog(page, DetailsDialog)
    asked.fields.field("pick_up").setText("la nonna")
    asked.try_save()
    settle(qtbot, page)
    assert rows(office, initiative)["Rossi"].pick_up == "la nonna"


def test_a_free_place_is_offered_with_what_to_say(qtbot: QtBot, office: Office, page: ProgrammesPage) -> None:
    initiative = made(office, capacity=1)
    first, _second = enrol(office, initiative, "Rossi", "Verdi")
    person = rows(office, initiative)["Verdi"].person_id
    assert person is not None
    office.run(contacts.add_contact_point, person, kind="mobile", value="333 1112223", neutral_name="Studio Blu")
    office.run(enrolment.withdraw, first, 1)
    opened(qtbot, page, initiative, "people")
    assert page.people._next.isVisible()
    page.people.offer_next()
    settle(qtbot, page)
    call = dialog(page, ScriptDialog)
    assert script_dialog.opening(call._script) == "“Good morning, this is Studio Blu. May I speak to Verdi?”"
    assert "Centro" not in script_dialog.opening(call._script)
    assert rows(office, initiative)["Verdi"].state == "offered"
    call.try_save()
    settle(qtbot, page)
    assert rows(office, initiative)["Verdi"].state == "enrolled"


def test_whoever_is_taken_before_others_needs_a_reason(qtbot: QtBot, office: Office, page: ProgrammesPage) -> None:
    initiative = made(office, capacity=1)
    first, _second, _third = enrol(office, initiative, "Rossi", "Verdi", "Neri")
    office.run(enrolment.withdraw, first, 1)
    opened(qtbot, page, initiative, "people")
    page.people.menu.do("admit", rows(office, initiative)["Neri"])
    settle(qtbot, page)
    asked = dialog(page, Dialog)
    asked.form.field("reason").setPlainText("gravidanza")
    asked.try_save()
    settle(qtbot, page)
    assert (rows(office, initiative)["Neri"].state, rows(office, initiative)["Neri"].picked_reason) == (
        "enrolled", "gravidanza",
    )  # fmt: skip
    with pytest.raises(waiting_list.NobodyWaits):
        office.run(waiting_list.offer_next, initiative)


def test_the_menu_offers_what_the_state_allows(qtbot: QtBot, office: Office, page: ProgrammesPage) -> None:
    initiative = made(office, approval=True)
    enrol(office, initiative, "Rossi")
    opened(qtbot, page, initiative, "people")
    row = rows(office, initiative)["Rossi"]
    page.people.list.menu_requested.emit(row.id, QPoint(0, 0))
    (menu,) = [one for one in page.findChildren(QMenu) if one.isVisible()]
    assert [action.text() for action in menu.actions()] == [
        "Open the person's file", "Approve", "Do not accept", "Allergies, pick-up, photos, note", "Withdraw",
    ]  # fmt: skip
    menu.actions()[1].trigger()
    menu.close()
    settle(qtbot, page)
    assert rows(office, initiative)["Rossi"].state == "enrolled"


def test_heads_are_counted_with_keys_and_typed_later(qtbot: QtBot, office: Office, page: ProgrammesPage) -> None:
    initiative = made(office, counting="heads")
    opened(qtbot, page, initiative, "attendance")
    heads = page.attendance.heads
    assert heads.isVisible()
    assert not page.people.search.isVisibleTo(page.people)
    adults, children, new = heads.tiles
    for tile, keys in ((adults, "+++-"), (children, " "), (new, "++++")):
        qtbot.keyClicks(tile, keys)
    assert [tile.number() for tile in heads.tiles] == [2, 1, 3], "never more new people than people"
    qtbot.mouseClick(adults, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert adults.number() == 2, "three are new: two adults and a child have to be there"
    heads.save_now()
    settle(qtbot, page)
    held = detail(office, initiative).meetings[0]
    assert (held.adults, held.children, held.newcomers, held.present) == (2, 1, 3, 3)
    assert adults.accessibleName() == "Adults: 2"
    heads.type_numbers()
    asked = dialog(page, HeadsDialog)
    asked.fields.field("adults").set_value(31)
    asked.try_save()
    settle(qtbot, page)
    assert detail(office, initiative).meetings[0].adults == 31
    assert adults.number() == 31
    assert words.heads(detail(office, initiative)) == "32 people counted so far, nobody by name"


def test_hours_of_the_leader(qtbot: QtBot, office: Office, page: ProgrammesPage) -> None:
    initiative = made(office)
    opened(qtbot, page, initiative, "attendance")
    page.attendance.note_hours()
    settle(qtbot, page)
    asked = dialog(page, HoursDialog)
    assert asked.fields.value("minutes:0") == 90, "the length of the meeting is offered"
    asked.fields.field("prepared:0").set_value(45)
    asked.try_save()
    settle(qtbot, page)
    meeting = detail(office, initiative).meetings[0].id
    assert [(row.minutes, row.prepared) for row in office.fetch(attendance.hours, meeting)] == [(90, 45)]
