"""The dialogs of initiatives and meetings: folded fields, templates, organisers in order, helpers, whom to tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from famdesk.data.tables.directory import Body, Room
from famdesk.ui.programmes.dates_dialog import DatesDialog
from famdesk.ui.programmes.initiative_dialog import InitiativeDialog, TemplateDialog
from famdesk.ui.programmes.meeting_dialog import MeetingDialog
from famdesk.ui.programmes.move_dialog import CancelDialog, MoveDialog
from famdesk.ui.programmes.organisers_dialog import OrganisersDialog
from famdesk.ui.programmes.page import ProgrammesPage
from famdesk.usecases.directory import places
from famdesk.usecases.enrolling import enrolment
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, people
from famdesk.usecases.programmes import initiatives, meetings, programmes
from famdesk.usecases.programmes.programmes_rows import InitiativeValues, MeetingValues, PartyValues
from tests.support.scenarios import write
from tests.ui.programmes.conftest import THURSDAY, detail, settle, show

D = TypeVar("D", bound=QDialog)


def opened(qtbot: QtBot, page: ProgrammesPage, kind: type[D]) -> D:
    found = next(one for one in page.findChildren(kind) if one.isVisible())
    settle(qtbot, page)
    return found


def test_ages_in_years_are_kept_in_months_and_exact_ones_stay(
    qtbot: QtBot, office: Office, page: ProgrammesPage, ape: str
) -> None:
    before = detail(office, ape)
    values = replace(before.values, target_who="fathers", target_of_child=True, target_from=5, target_to=35)
    office.run(initiatives.change_initiative, ape, before.row.version, values)
    show(qtbot, page)
    page.deeds.edit()
    dialog = opened(qtbot, page, InitiativeDialog)
    target, places_fold = dialog.folds[1], dialog.folds[2]
    assert (target.folded, places_fold.folded) == (False, True)
    assert (dialog.fields.value("target_from"), dialog.fields.value("target_to")) == (0, 2)
    dialog.fields.field("name").setText("Papà")
    dialog.try_save()
    settle(qtbot, page)
    found = detail(office, ape).values
    assert (found.name, found.target_from, found.target_to) == ("Papà", 5, 35)
    page.deeds.edit()
    again = opened(qtbot, page, InitiativeDialog)
    again.fields.field("target_from").set_value(1)
    again.fields.field("target_to").set_value(3)
    again.try_save()
    settle(qtbot, page)
    found = detail(office, ape).values
    assert (found.target_from, found.target_to) == (12, 47)


def test_what_is_wrong_in_folded_fields_is_unfolded(qtbot: QtBot, page: ProgrammesPage, ape: str) -> None:
    show(qtbot, page)
    page.deeds.edit()
    dialog = opened(qtbot, page, InitiativeDialog)
    dialog.fields.field("target_from").set_value(9)
    dialog.fields.field("target_to").set_value(3)
    dialog.try_save()
    settle(qtbot, page)
    assert not dialog.folds[1].folded
    assert "younger" in dialog.fields.field("target_to").accessibleDescription()
    dialog.fields.field("target_to").set_value(12)
    dialog.try_save()
    settle(qtbot, page)


def test_a_key_unfolds_and_goes_to_the_first_field(qtbot: QtBot, page: ProgrammesPage, ape: str) -> None:
    show(qtbot, page)
    page.deeds.new()
    dialog = opened(qtbot, page, InitiativeDialog)
    dialog.folds[2].toggle()
    first = dialog.fields.field("capacity_per")
    qtbot.waitUntil(first.hasFocus)
    dialog.folds[2].toggle()
    assert dialog.folds[2].folded
    qtbot.waitUntil(dialog.folds[2].button.hasFocus)
    dialog.close()


def test_an_initiative_out_of_a_template(qtbot: QtBot, office: Office, page: ProgrammesPage, ape: str) -> None:
    show(qtbot, page)
    page.deeds.from_template()
    dialog = opened(qtbot, page, TemplateDialog)
    field = dialog.fields.field("template")
    field.set_value("mediation")
    field.chosen.emit("mediation")
    assert (dialog.fields.value("name"), dialog.fields.value("meetings")) == ("Family mediation", 3)
    dialog.fields.field("meetings").set_value(13)
    dialog.try_save()
    settle(qtbot, page)
    assert "From 3 to 12" in dialog.fields.field("meetings").accessibleDescription()
    dialog.fields.field("meetings").set_value(6)
    dialog.try_save()
    settle(qtbot, page)
    assert len(detail(office, page.list.current_id()).meetings) == 6
    assert detail(office, page.list.current_id()).row.name == "Family mediation"


def test_a_copy_is_shown_at_once_and_a_template_is_told(
    qtbot: QtBot, office: Office, page: ProgrammesPage, ape: str
) -> None:
    show(qtbot, page)
    said: list[str] = []
    page.message.connect(lambda message: said.append(message.text))
    page.deeds.copy()
    settle(qtbot, page)
    shown = detail(office, page.list.current_id())
    assert (shown.copied_from, shown.meetings[0].day) == ("A.Pe", date(2026, 2, 12))
    page.deeds.keep()
    settle(qtbot, page)
    assert said == ["“A.Pe” is among the templates now (Ctrl+Shift+N)."]
    assert len(office.fetch(programmes.initiatives)) == 2


def test_organisers_are_added_put_in_order_and_taken_out(
    qtbot: QtBot, office: Office, page: ProgrammesPage, ape: str
) -> None:
    bodies = [Body(name=name, kind="other") for name in ("Comune", "Consultorio", "Fondazione")]
    write(office, initiatives.set_organisers, *bodies)
    show(qtbot, page)
    page.deeds.organisers()
    dialog = opened(qtbot, page, OrganisersDialog)
    for body, role, share in zip(bodies, ("organiser", "organiser", "funder"), (None, None, 150000), strict=True):
        dialog.fields.field("body").set_value(body.id)
        dialog.fields.field("role").set_value(role)
        dialog.fields.field("share").set_value(share)
        dialog.add_line()
    dialog.list.set_current_id(f"organiser:{bodies[1].id}")
    QTest.keyClick(dialog.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    dialog.try_save()
    settle(qtbot, page)
    assert [(row.name, row.share_cents) for row in detail(office, ape).organisers] == [
        ("Consultorio", None), ("Comune", None), ("Fondazione", 150000),
    ]  # fmt: skip
    page.deeds.organisers()
    again = opened(qtbot, page, OrganisersDialog)
    again.list.set_current_id(f"organiser:{bodies[0].id}")
    again.take_out()
    again.try_save()
    settle(qtbot, page)
    assert [row.name for row in detail(office, ape).organisers] == ["Consultorio", "Fondazione"]


def test_helpers_a_room_and_child_care(qtbot: QtBot, office: Office, page: ProgrammesPage, ape: str) -> None:
    place = office.run(places.add_place, places.PlaceData(name="Civico 81", kind="centre"))
    room = Room(name="Sala grande", place_id=place)
    write(office, meetings.add_meeting, room)
    show(qtbot, page)
    page.meetings.edit(page.meetings.model.rows[1].id)
    dialog = opened(qtbot, page, MeetingDialog)
    fields = dialog.fields
    fields.field("place_id").set_value(place)
    fields.field("place_id").chosen.emit(place)
    fields.field("room_id").set_value(room.id)
    parties = fields.field("parties")
    parties.part.set_value("helper")
    parties.who.setFocus()
    QTest.keyClicks(parties.who, "Anna")
    QTest.keyClick(parties.who, Qt.Key.Key_Escape)
    parties._on_typed()
    parties.part.set_value("colleague")
    parties._offer()
    parties.who.set_value(f"staff:{office.actor.staff_id}")
    parties._on_chosen(f"staff:{office.actor.staff_id}")
    assert parties.texts() == ["Anna", "Prova coordinator"]
    fields.field("child_care").set_value(True)
    fields.field("child_care_places").set_value(6)
    dialog.try_save()
    settle(qtbot, page)
    row = detail(office, ape).meetings[1]
    assert (row.room, row.child_care, row.child_care_places) == ("Sala grande", True, 6)
    assert [one.values for one in row.parties] == [
        PartyValues("helper", name="Anna"), PartyValues("colleague", office.actor.staff_id),
    ]  # fmt: skip
    page.meetings.edit(row.id)
    again = opened(qtbot, page, MeetingDialog)
    assert not again._more.folded
    again.fields.field("parties").holder.itemAt(0).widget().click()
    again.try_save()
    settle(qtbot, page)
    assert [one.name for one in detail(office, ape).meetings[1].parties] == ["Prova coordinator"]


def test_a_double_booking_asks_for_its_reason_before_saving(
    qtbot: QtBot, office: Office, page: ProgrammesPage, ape: str
) -> None:
    staff = office.actor.staff_id
    other = office.run(initiatives.add_initiative, InitiativeValues("Estate"))
    office.run(meetings.add_meeting, other, MeetingValues(THURSDAY, time(18), 60, leader_staff_id=staff))
    show(qtbot, page)
    page.open_item("initiative", ape)
    settle(qtbot, page)
    page.meetings.edit(detail(office, ape).meetings[0].id)
    dialog = opened(qtbot, page, MeetingDialog)
    dialog.fields.field("leader_staff_id").set_value(staff)
    dialog.fields.edited.emit()
    qtbot.waitUntil(dialog._notice.isVisible)
    [told] = dialog._notice.texts()
    taken, way_out = "already leads a meeting at 18:00 (Estate, meeting 1).", "is free next on Fri 14 Feb, 8:00."
    assert told == f"Prova coordinator {taken} Prova coordinator {way_out}"
    reason = dialog.fields.field("overlap_reason")
    assert reason.isVisible()
    dialog.try_save()
    settle(qtbot, page)
    assert dialog.isVisible()
    reason.setText("Apre e poi va via")
    dialog.try_save()
    settle(qtbot, page)
    assert detail(office, ape).meetings[0].overlap_reason == "Apre e poi va via"


def test_the_dialog_of_all_dates_tells_conflicts_by_day(
    qtbot: QtBot, office: Office, page: ProgrammesPage, ape: str
) -> None:
    staff = office.actor.staff_id
    rows = detail(office, ape).meetings
    office.run(
        meetings.change_meeting, rows[1].id, rows[1].version, MeetingValues(starts=time(18), leader_staff_id=staff)
    )
    other = office.run(initiatives.add_initiative, InitiativeValues("Estate"))
    office.run(meetings.add_meeting, other, MeetingValues(date(2025, 2, 20), time(18), leader_staff_id=staff))
    show(qtbot, page)
    page.open_item("initiative", ape)
    settle(qtbot, page)
    page.meetings.set_dates()
    dialog = opened(qtbot, page, DatesDialog)
    dialog.fill_weekly()
    qtbot.waitUntil(dialog._notice.isVisible)
    assert dialog._notice.texts()[0].startswith("Thu 20 Feb: Prova coordinator already leads a meeting at 18:00")
    dialog.fields.field("overlap_reason").setText("Si alternano")
    dialog.try_save()
    settle(qtbot, page)
    assert detail(office, ape).meetings[1].overlap_reason == "Si alternano"


def test_whom_to_tell_can_be_chosen_one_by_one(qtbot: QtBot, office: Office, page: ProgrammesPage, ape: str) -> None:
    placed = []
    for surname in ("Bianchi", "Rossi"):
        person = office.run(people.add_person, surname=surname)
        office.run(contacts.add_contact_point, person, kind="mobile", value=f"333 {surname}")
        placed.append(office.run(enrolment.enrol, ape, person))
    show(qtbot, page)
    page.meetings.cancel(page.meetings.model.rows[0])
    dialog = opened(qtbot, page, CancelDialog)
    assert dialog.tell.value() == tuple(placed)
    dialog.tell._on_all()
    assert dialog.tell.value() == ()
    dialog.tell.check(placed[1]).click()
    assert dialog.tell.value() == (placed[1],)
    dialog.reject()


def test_a_meeting_is_put_off_without_a_day_and_taken_up_again(
    qtbot: QtBot, office: Office, page: ProgrammesPage, ape: str
) -> None:
    show(qtbot, page)
    page.meetings.put_off(page.meetings.model.rows[0])
    dialog = opened(qtbot, page, MoveDialog)
    dialog.fields.field("to_be_set").click()
    assert not dialog.fields.field("day").isEnabled()
    dialog.try_save()
    settle(qtbot, page)
    row = detail(office, ape).meetings[0]
    assert (row.state, row.day, row.moved_from) == ("postponed", None, THURSDAY)
    cell = page.meetings.model.cell(0, 1)
    assert (cell.struck, cell.text) == ("13 Feb", "to be set")
    assert page.meetings.model.cell(0, 6).text == "postponed"
