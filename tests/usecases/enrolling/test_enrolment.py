"""Places: what is asked before, families, approval, offers that end, walk-ins, heads; and figures that stay right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from famdesk.data.tables.centre import Catchment
from famdesk.data.tables.programmes import Enrolment, Meeting
from famdesk.domain.errors import NotFound
from famdesk.domain.programmes.enrolment import CHILD_CARE, Answer
from famdesk.sheets.collecting import collect_after
from famdesk.sheets.programmes import cycle_summary
from famdesk.usecases.enrolling import attendance, enrolment, enrolment_checks, enrolment_preview, waiting_list
from famdesk.usecases.enrolling.attendance import Mark, Worked
from famdesk.usecases.enrolling.enrolment import EnrolmentValues, Member
from famdesk.usecases.family import households, relations
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, merging, people, privacy_rights
from famdesk.usecases.programmes import initiatives, meetings, programmes
from famdesk.usecases.programmes.programmes_rows import (
    EnrolmentRow,
    InitiativeDetail,
    InitiativeValues,
    MeetingRow,
    MeetingValues,
)
from tests.support.offices import Desk
from tests.support.scenarios import version, write
from tests.support.scenarios_enrolment import let_pass

TODAY = date(2025, 2, 11)
DAYS = (date(2025, 2, 13), date(2025, 2, 20))


def cycle(office: Office, days: tuple[date, ...] = DAYS, **values: Any) -> tuple[str, list[str]]:
    made = office.run(initiatives.add_initiative, replace(InitiativeValues("A.Pe"), **values))
    held = MeetingValues(starts=time(18), child_care=True, child_care_places=2)
    return made, [office.run(meetings.add_meeting, made, replace(held, day=day)) for day in days]


def person(office: Office, name: str, **values: Any) -> str:
    deed: Any = people.add_person
    return str(office.run(deed, surname=name, **values))


def detail(office: Office, made: str) -> InitiativeDetail:
    return office.fetch(programmes.initiative, made)


def rows(office: Office, made: str) -> dict[str, EnrolmentRow]:
    return {row.id: row for row in office.fetch(programmes.participants, made).enrolments}


def states(office: Office, made: str) -> list[tuple[str | None, str]]:
    return [(row.name, row.state) for row in office.fetch(programmes.participants, made).enrolments]


def held(office: Office, made: str, number: int = 1) -> MeetingRow:
    return detail(office, made).meetings[number - 1]


# ------------------------------------------------------------------------------------------------ what is asked first


def test_a_mismatch_says_why_and_is_overridden_with_a_reason(desk: Desk) -> None:
    office = desk.sign_in("educator")
    made, _meetings = cycle(office, target_who="fathers", target_of_child=True, target_from=0, target_to=47)
    mother, child = person(office, "Rossi", sex="F"), person(office, "Rossi", birth_date=date(2015, 5, 1))
    office.run(relations.add_relation, mother, child, kind="birth_parent")
    with pytest.raises(enrolment_checks.NotMeant) as caught:
        office.run(enrolment.enrol, made, mother)
    assert caught.value.field == "mismatch_reason"
    assert "It is for men only." in caught.value.sentence()
    assert "children of 0–3 years: no child has that age" in caught.value.sentence()
    place = office.run(enrolment.enrol, made, mother, EnrolmentValues(mismatch_reason="sola, in accordo col gruppo"))
    assert rows(office, made)[place].mismatch_reason == "sola, in accordo col gruppo"


def test_what_is_not_known_is_asked_and_forbids_nothing(desk: Desk) -> None:
    office = desk.sign_in("educator")
    made, _meetings = cycle(office, target_who="young", target_from=14 * 12, target_to=25 * 12 + 11)
    somebody = person(office, "Verdi")
    found = office.fetch(enrolment_preview.preview, made, somebody)
    assert [(one.code, one.unknown) for one in found.person.against] == [("age", True)]
    assert not found.plain
    assert office.run(enrolment.enrol, made, somebody)
    too_old = person(office, "Neri", birth_date=date(1970, 1, 1))
    with pytest.raises(enrolment_checks.NotMeant, match="NotMeant"):
        office.run(enrolment.enrol, made, too_old)


def test_residents_of_the_ambito(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    write(
        office,
        initiatives.add_initiative,
        Catchment(name="Ambito", extent="ambito", municipalities="019036 019035", subject_id=office.actor.centre_id),
    )
    made, _meetings = cycle(office, residents=True)
    here, away = person(office, "Rossi", municipality="019036"), person(office, "Bianchi", municipality="072006")
    assert office.run(enrolment.enrol, made, here)
    with pytest.raises(enrolment_checks.NotMeant) as caught:
        office.run(enrolment.enrol, made, away)
    assert "residents of the Ambito" in caught.value.sentence()


def test_questions_before_the_start_are_answered(desk: Desk) -> None:
    office = desk.sign_in("psychologist")
    made, _meetings = cycle(office, questions="Violenza in famiglia?\nCause in corso?\n")
    somebody = person(office, "Rossi")
    with pytest.raises(enrolment_checks.NotAnswered) as caught:
        office.run(enrolment.enrol, made, somebody)
    assert "Violenza in famiglia?" in caught.value.sentence()
    answers = (Answer("Violenza in famiglia?", yes=False), Answer("Cause in corso?", yes=True, note="separazione"))
    with pytest.raises(enrolment_checks.NotMeant):
        office.run(enrolment.enrol, made, somebody, EnrolmentValues(answers=answers))
    place = office.run(enrolment.enrol, made, somebody, EnrolmentValues(answers=answers, mismatch_reason="sentita"))
    assert rows(office, made)[place].answers


def test_what_comes_before_it_has_to_have_been_attended(desk: Desk) -> None:
    office = desk.sign_in("educator")
    first, (meeting, _other) = cycle(office)
    second, _meetings = cycle(office, requires_id=first)
    somebody = person(office, "Rossi")
    with pytest.raises(enrolment_checks.NotMeant) as caught:
        office.run(enrolment.enrol, second, somebody)
    assert "“A.Pe” comes before it." in caught.value.sentence()
    place = office.run(enrolment.enrol, first, somebody)
    office.run(attendance.set_attendance, meeting, place, True)
    assert office.run(enrolment.enrol, second, somebody)


def test_a_closed_group_and_a_term(desk: Desk) -> None:
    office = desk.sign_in("educator")
    begun, _meetings = cycle(office, (date(2025, 2, 4), DAYS[0]), group_form="closed")
    late, _meetings = cycle(office, enrol_until=date(2025, 2, 10))
    for made, words in ((begun, "closed and has begun"), (late, "Enrolment ended on 10 February 2025")):
        with pytest.raises(enrolment_checks.NotMeant) as caught:
            office.run(enrolment.enrol, made, person(office, "Rossi"))
        assert words in caught.value.sentence()


# -------------------------------------------------------------------------------------------------- families, approval


def home(office: Office) -> tuple[str, str, str, str]:
    """A household with two parents and a child."""
    mother, father = person(office, "Rossi", sex="F"), person(office, "Bianchi", sex="M")
    child = person(office, "Bianchi", given_name="Nino", birth_date=date(2023, 1, 1))
    made = office.run(
        households.add_household, "Casa", ((mother, "mother"), (father, "father"), (child, "child")), address="via Po 1"
    )
    return made, mother, father, child


def test_a_family_is_enrolled_and_the_child_takes_no_place(desk: Desk) -> None:
    office = desk.sign_in("reception")
    made, meetings_ = cycle(desk.sign_in("educator"), capacity=2)
    household, mother, father, child = home(office)
    found = office.fetch(enrolment_preview.preview, made, mother)
    assert {(one.name, one.minor) for one in found.families[0].members} == {
        ("Rossi", False), ("Bianchi", False), ("Bianchi Nino", True),
    }  # fmt: skip
    care = EnrolmentValues(part=CHILD_CARE, allergies="latte", pick_up="la nonna", photo_release=False)
    ids = office.run(enrolment.enrol_family, made, household, (Member(mother), Member(father), Member(child, care)))
    assert {rows(office, made)[one].state for one in ids} == {"enrolled"}
    assert detail(office, made).row.places_left == 0
    assert detail(office, made).row.enrolled == 2
    assert rows(office, made)[ids[2]].allergies == "latte"
    with pytest.raises(enrolment_checks.NobodyChosen):
        office.run(enrolment.enrol_family, made, household, (Member(child, care),))
    desk.clock.forward(days=2)
    office.run(attendance.note, tuple(Mark(meetings_[0], one, True) for one in ids))
    told = cycle_summary.figures(desk.sign_in("educator").fetch(collect_after.summary, made))
    assert "Held: 1 meeting, 2 presences, 2 on average" in told
    assert "Children looked after meanwhile, all meetings together: 1" in told


def test_a_family_waits_together_and_comes_in_together(desk: Desk) -> None:
    office = desk.sign_in("educator")
    made, _meetings = cycle(office, capacity=2)
    first, second = (office.run(enrolment.enrol, made, person(office, name)) for name in ("Uno", "Due"))
    household, mother, father, child = home(office)
    members = (Member(mother), Member(father), Member(child, EnrolmentValues(part=CHILD_CARE)))
    ids = office.run(enrolment.enrol_family, made, household, members)
    alone = office.run(enrolment.enrol, made, person(office, "Solo"))
    office.run(enrolment.withdraw, first, 1)
    with pytest.raises(waiting_list.NobodyWaits):  # one place is no place for two, and nobody passes them by
        office.run(waiting_list.offer_next, made)
    with pytest.raises(waiting_list.NotNext):
        office.run(waiting_list.admit, alone, 1)
    office.run(enrolment.withdraw, second, 1)
    assert office.run(waiting_list.offer_next, made) in ids
    assert {rows(office, made)[one].state for one in ids} == {"offered"}
    assert detail(office, made).row.places_left == 0
    office.run(waiting_list.accept, ids[0], version(office, Enrolment, ids[0]))
    assert {rows(office, made)[one].state for one in ids} == {"enrolled"}


def test_only_so_many_children_are_looked_after(desk: Desk) -> None:
    office = desk.sign_in("educator")
    made, _meetings = cycle(office)
    household, mother, father, child = home(office)
    care = EnrolmentValues(part=CHILD_CARE)
    others = [person(office, f"Bimbo {number}", birth_date=date(2022, 1, 1)) for number in range(2)]
    office.run(enrolment.enrol_family, made, household, (Member(mother), Member(child, care), Member(others[0], care)))
    with pytest.raises(enrolment_checks.ChildCareFull):
        office.run(enrolment.enrol_family, made, household, (Member(father), Member(others[1], care)))


def test_approval(desk: Desk) -> None:
    office, reception = desk.sign_in("educator"), desk.sign_in("reception")
    made, _meetings = cycle(office, approval=True, capacity=1)
    one, two, three = (reception.run(enrolment.enrol, made, person(reception, name)) for name in ("A", "B", "C"))
    assert [state for _name, state in states(office, made)] == ["requested"] * 3
    assert office.run(enrolment.approve, one, 1) == "enrolled"
    assert office.run(enrolment.approve, two, 1) == "waiting"
    office.run(enrolment.refuse, three, 1, "non è per loro")
    assert states(office, made) == [("A", "enrolled"), ("B", "waiting"), ("C", "refused")]
    with pytest.raises(enrolment.NotRequested):
        office.run(enrolment.approve, one, 2)


def test_places_of_single_meetings(desk: Desk) -> None:
    office = desk.sign_in("educator")
    made, (first, second) = cycle(office, capacity=2, capacity_per="meeting")

    def ask(name: str, meeting: str | None) -> str:
        place = office.run(enrolment.enrol, made, person(office, name), EnrolmentValues(meeting_id=meeting))
        return rows(office, made)[place].state

    assert [ask("A", first), ask("B", None), ask("C", first), ask("D", second), ask("E", None)] == [
        "enrolled", "enrolled", "waiting", "enrolled", "waiting",
    ]  # fmt: skip


# ---------------------------------------------------------------------------------------------------- the offer clock


def full(office: Office) -> tuple[str, list[str]]:
    made, _meetings = cycle(office, capacity=1, offer_hours=24)
    return made, [office.run(enrolment.enrol, made, person(office, name)) for name in ("Uno", "Due", "Tre", "Quattro")]


def test_an_offer_stands_for_its_hours_and_goes_to_the_next(desk: Desk) -> None:
    office = desk.sign_in("educator")
    made, (one, two, three, four) = full(office)
    office.run(enrolment.withdraw, one, 1)
    assert office.run(waiting_list.offer_next, made) == two
    assert detail(office, made).row.places_left == 0, "an offered place is taken"
    (offer,) = office.fetch(waiting_list.offers)
    assert (offer.who, offer.late) == ("Due", False)
    if desk.office.store.engine.dialect.name == "postgresql":  # the server's clock counts, not that of a desk
        now = datetime.now(ZoneInfo(office.actor.timezone)).replace(tzinfo=None)
        assert timedelta(hours=23) < offer.until - now <= timedelta(hours=24)
        desk.clock.forward(days=9000)
        assert office.fetch(waiting_list.due) == ()
    else:
        assert offer.until.isoformat() == "2025-02-12T12:41:00"
    let_pass(office, 24)
    assert office.fetch(waiting_list.due) == (made,)
    assert office.tend(waiting_list.go_on, made) == 1
    assert [rows(office, made)[place].state for place in (two, three, four)] == ["expired", "offered", "waiting"]
    office.run(waiting_list.decline, three, version(office, Enrolment, three), "lavora")
    assert [rows(office, made)[place].state for place in (two, three, four)] == ["expired", "declined", "offered"]
    office.run(waiting_list.accept, four, version(office, Enrolment, four))
    office.run(waiting_list.wait_again, two, version(office, Enrolment, two))
    assert (rows(office, made)[four].state, rows(office, made)[two].waits_as) == ("enrolled", 1)
    with pytest.raises(waiting_list.NotOffered):
        office.run(waiting_list.accept, two, version(office, Enrolment, two))


def test_cherry_picking_needs_a_reason_that_stays(desk: Desk) -> None:
    office = desk.sign_in("educator")
    made, (one, _two, three, _four) = full(office)
    office.run(enrolment.withdraw, one, 1)
    with pytest.raises(waiting_list.NotNext) as caught:
        office.run(waiting_list.offer, three, 1)
    assert caught.value.field == "reason"
    office.run(waiting_list.offer, three, 1, "attende un figlio")
    assert rows(office, made)[three].picked_reason == "attende un figlio"


def test_the_script_keeps_to_the_safe_contact_rule(desk: Desk) -> None:
    office = desk.sign_in("educator")
    made, (one, two, _three, _four) = full(office)
    office.run(enrolment.withdraw, one, 1)
    owner = rows(office, made)[two].person_id
    assert owner is not None
    office.run(contacts.add_contact_point, owner, kind="mobile", value="333 1112223", neutral_name="Studio Verdi",
               may_leave_message=False)  # fmt: skip
    office.run(waiting_list.offer, two, 1)
    found = office.fetch(waiting_list.script, two)
    assert (found.number, found.neutral, found.neutral_name, found.initiative) == (
        "333 1112223", True, "Studio Verdi", "A.Pe",
    )  # fmt: skip
    assert found.until is not None


def test_undo_gives_no_place_back_that_others_have(desk: Desk) -> None:
    office, other = desk.sign_in("educator"), desk.sign_in("coordinator")
    made, (one, two, _three, _four) = full(office)
    office.run(enrolment.withdraw, one, 1)
    other.run(waiting_list.admit, two, 1)
    with pytest.raises(enrolment_checks.NoPlaceLeft):
        office.undo()
    assert rows(office, made)[one].state == "withdrawn"


# ------------------------------------------------------------------------------------------------- attendance, heads


def test_walk_ins_take_the_seats_of_those_who_stayed_away(desk: Desk) -> None:
    office = desk.sign_in("educator")
    made, (meeting, _other) = cycle(office, capacity=1)
    place = office.run(enrolment.enrol, made, person(office, "Rossi"))
    office.run(attendance.set_attendance, meeting, place, False)
    came = office.run(attendance.walk_in, meeting, person(office, "Verdi"))
    row = rows(office, made)[came]
    assert (row.walk_in, row.meeting_id, row.state) == (True, meeting, "enrolled")
    with pytest.raises(enrolment_checks.NoPlaceLeft):
        office.run(attendance.walk_in, meeting, person(office, "Neri"))
    office.run(attendance.walk_in, meeting, person(office, "Neri"), reason="sedia in più")
    assert (held(office, made).present, held(office, made).enrolled) == (2, 3)
    assert detail(office, made).row.enrolled == 1
    assert (held(office, made, 2).present, held(office, made, 2).enrolled) == (0, 1)


def test_minutes_of_presence_and_hours_of_those_who_work(desk: Desk) -> None:
    office = desk.sign_in("educator")
    made = office.run(initiatives.add_initiative, InitiativeValues("A.Pe"))
    values = MeetingValues(DAYS[0], time(18), leader_staff_id=office.actor.staff_id)
    meeting = office.run(meetings.add_meeting, made, values)
    place = office.run(enrolment.enrol, made, person(office, "Rossi"))
    office.run(attendance.note, (Mark(meeting, place, present=True, minutes=45),))
    assert office.undo_label() == "Attendance noted: 1"
    assert office.fetch(programmes.participants, made).attendance[0].minutes == 45
    with pytest.raises(attendance.BadMinutes):
        office.run(attendance.note, (Mark(meeting, place, present=True, minutes=0),))
    office.run(attendance.note_hours, meeting, (Worked(None, 120, 30),))
    (row,) = office.fetch(attendance.hours, meeting)
    assert (row.kind, row.minutes, row.prepared) == ("leader", 120, 30)
    office.run(attendance.note_hours, meeting, (Worked(row.party_id, 90, None),))
    (row,) = office.fetch(attendance.hours, meeting)
    assert (row.minutes, row.prepared) == (90, None)


def test_where_heads_are_counted_nobody_is_entered(desk: Desk) -> None:
    office = desk.sign_in("reception")
    made, (meeting, _other) = cycle(desk.sign_in("educator"), counting="heads")
    somebody = person(office, "Rossi")
    for refused in (enrolment.enrol, enrolment_preview.preview):
        with pytest.raises(enrolment_checks.HeadsOnly):
            office.run(refused, made, somebody)
    with pytest.raises(enrolment_checks.HeadsOnly):
        office.run(attendance.walk_in, meeting, somebody)
    for adults, children, new in ((1, 0, 1), (1, 2, 0)):
        told = office.run(attendance.count_heads, meeting, adults, children, new)
    assert told == (2, 2, 1)
    assert held(office, made).present == 4
    with pytest.raises(attendance.BadHeads):
        office.run(attendance.count_heads, meeting, -3)
    with pytest.raises(attendance.MoreNewThanCame):
        office.run(attendance.count_heads, meeting, 0, 0, 9)
    office.run(attendance.set_heads, meeting, version(office, Meeting, meeting), 30, 12, 5)
    assert (held(office, made).adults, held(office, made).children, held(office, made).newcomers) == (30, 12, 5)


# ------------------------------------------------------------------------- figures after deleting, merging, erasing


def _held(office: Office) -> tuple[str, str, list[str]]:
    """A past cycle with three who came, one of whom worked it; the ids of the persons."""
    made = office.run(initiatives.add_initiative, InitiativeValues("A.Pe", capacity=10))
    values = MeetingValues(date(2025, 2, 4), time(18), leader_staff_id=office.actor.staff_id)
    meeting = office.run(meetings.add_meeting, made, values)
    ids = [person(office, name) for name in ("Rossi", "Bianchi", "Verdi")]
    for one in ids:
        place = office.run(enrolment.enrol, made, one)
        office.run(attendance.note, (Mark(meeting, place, present=True, minutes=30),))
    office.run(attendance.note_hours, meeting, (Worked(None, 120, 30),))
    return made, meeting, ids


def _figures(office: Office, made: str, meeting: str) -> tuple[int, int, int | None]:
    row = held(office, made)
    return row.enrolled, row.present, office.fetch(attendance.hours, meeting)[0].minutes


def test_figures_stay_when_a_person_is_removed(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    made, meeting, ids = _held(office)
    office.run(people.remove_person, ids[0], 1)
    assert _figures(office, made, meeting) == (3, 3, 120)
    assert detail(office, made).row.enrolled == 2, "the place is free for somebody else"
    office.undo()
    assert (_figures(office, made, meeting), detail(office, made).row.enrolled) == ((3, 3, 120), 3)


def test_figures_stay_when_a_person_is_erased(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    made, meeting, ids = _held(office)
    office.run(privacy_rights.erase, ids[0], 1, "richiesta")
    assert _figures(office, made, meeting) == (3, 3, 120)
    assert all(row.name != "Rossi" for row in rows(office, made).values())


def test_figures_stay_when_two_files_are_one(desk: Desk) -> None:
    """Whoever came under two names to two evenings came to both; at an evening noted with both, one came."""
    office = desk.sign_in("coordinator")
    made, meeting, ids = _held(office)
    second, third = (office.run(meetings.add_meeting, made, MeetingValues(date(2025, 2, day))) for day in (6, 10))
    double = person(office, "Rossi", given_name="Anna")
    place = office.run(enrolment.enrol, made, double)
    (own,) = [row.id for row in rows(office, made).values() if row.person_id == ids[0]]
    marks = [Mark(second, place, True), Mark(third, place, True, 50), Mark(third, own, False)]
    office.run(attendance.note, marks)
    assert (held(office, made, 3).present, held(office, made, 3).enrolled) == (1, 4)
    office.run(merging.merge, ids[0], 1, double, 1)
    assert _figures(office, made, meeting) == (3, 3, 120)
    assert [held(office, made, number).present for number in (1, 2, 3)] == [3, 1, 1]
    assert detail(office, made).row.enrolled == 3
    office.undo()
    assert [held(office, made, number).present for number in (1, 2, 3)] == [3, 1, 1]
    assert detail(office, made).row.enrolled == 4


def test_a_hidden_person_is_counted_and_not_passed_by(desk: Desk) -> None:
    coordinator, reception = desk.sign_in("coordinator"), desk.sign_in("reception")
    made, (first, second, third, _fourth) = full(coordinator)
    hidden = rows(coordinator, made)[second].person_id
    assert hidden is not None
    coordinator.run(people.set_protection, hidden, 1, protected=True, restricted=False, reason="minacce")
    reception.run(enrolment.withdraw, first, 1)
    with pytest.raises(waiting_list.NextNotShown):
        reception.run(waiting_list.offer_next, made)
    with pytest.raises(waiting_list.NotNext):
        reception.run(waiting_list.admit, third, 1)
    with pytest.raises(NotFound):
        reception.run(waiting_list.admit, second, 1)
    assert coordinator.run(waiting_list.offer_next, made) == second
    assert detail(reception, made).row.places_left == 0
