"""Roles as a centre has them: powers that are taken away and given back, at every desk from its next step on."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from famdesk.data.migrations.fifth import powers as migration
from famdesk.domain.errors import Forbidden, NotFound
from famdesk.domain.staff import powers, rights
from famdesk.usecases import features, journal, search, today
from famdesk.usecases.calendar import appointment_why, calendar
from famdesk.usecases.calendar.appointment_rows import AppointmentRow
from famdesk.usecases.calendar.parties import Extras
from famdesk.usecases.calendar.unsaid import NotYoursToTake
from famdesk.usecases.centre import auditing, centre, small_numbers
from famdesk.usecases.intake import intake
from famdesk.usecases.office import Office
from famdesk.usecases.people import people, person_file, person_search
from famdesk.usecases.registry import ACTIONS
from famdesk.usecases.staff import roles, staff
from tests.support.offices import Desk

START, HALF_AN_HOUR = datetime(2025, 2, 13, 9), timedelta(minutes=30)


@pytest.fixture
def head(desk: Desk) -> Office:
    return desk.sign_in("coordinator")


def _held(office: Office, role: str) -> frozenset[str]:
    return next(row.held for row in office.fetch(roles.roles) if row.role == role)


def test_every_action_belongs_to_one_power_that_is_known() -> None:
    features.load()
    known = {powers.BASICS, powers.NAMES, *powers.CODES}
    assert {rights.power_of(action) for action in ACTIONS} == known
    assert all(power.label and power.about for power in powers.POWERS)


def test_the_server_knows_the_same_ceiling() -> None:
    assert {role: frozenset(codes.split()) for role, codes in migration.CEILING.items()} == rights.ceiling()
    assert set(migration.PEOPLE.split()) == powers.PEOPLE


def test_an_auditor_can_have_no_power_over_families_and_an_administrator_neither() -> None:
    for role in ("auditor", "administrator"):
        assert not rights.ceiling()[role] & powers.PEOPLE
    assert rights.ceiling()["auditor"] == {"journal", "statistics"}
    writing = [name for name, action in ACTIONS.items() if action.writes]
    assert not [name for name in writing if rights.cell(name, "auditor") and name != "notices.mark_read"]


def test_what_is_taken_is_refused_at_the_next_step_and_comes_back(desk: Desk, head: Office) -> None:
    reception = desk.sign_in("reception")
    person = reception.run(people.add_person, surname="Prova", given_name="Ada")
    head.run(roles.set_power, "reception", "families", held=False)
    assert _held(head, "reception") == rights.ceiling()["reception"] - {"families"}
    with pytest.raises(Forbidden) as refused:
        reception.fetch(person_search.list_persons, "prova", 10)
    assert "reception" not in refused.value.sentence()
    assert reception.fetch(person_search.find_persons, "prova")[0].id == person, "names are needed by the calendar"
    assert not rights.cell("person_search.list_persons", reception.role), "menus follow"
    assert "person_search.list_persons" not in reception.fetch(centre.me).may
    head.run(roles.set_power, "reception", "families", held=True)
    assert reception.fetch(person_search.list_persons, "prova", 10)
    assert _held(head, "reception") == rights.ceiling()["reception"]


def test_it_is_one_step_that_can_be_undone_and_done_again(desk: Desk, head: Office) -> None:
    head.run(roles.set_power, "educator", "export", held=False)
    assert head.undo()
    assert _held(head, "educator") == rights.ceiling()["educator"]
    head.redo()
    assert "export" not in _held(head, "educator")


def test_nobody_gets_more_than_the_table_allows(head: Office) -> None:
    for role, power in (("reception", "notes"), ("auditor", "families"), ("nobody", "families"), ("educator", "?")):
        with pytest.raises(roles.NotForRole):
            head.run(roles.set_power, role, power, held=True)
    head.run(roles.set_power, "reception", "families", held=True)
    assert not head.undo_label(), "nothing changed"


@pytest.mark.parametrize("role", ["reception", "educator", "social_worker", "psychologist", "auditor"])
def test_only_who_manages_decides(desk: Desk, role: str) -> None:
    office = desk.sign_in(role)
    with pytest.raises(Forbidden):
        office.run(roles.set_power, "reception", "families", held=False)
    assert len(office.fetch(roles.roles)) == len(rights.ROLES)


def test_somebody_is_always_left_who_manages(desk: Desk, head: Office) -> None:
    desk.office.run(roles.set_power, "administrator", "staff", held=False)
    with pytest.raises(Forbidden):
        desk.office.run(roles.set_power, "administrator", "staff", held=True)
    with pytest.raises(roles.LastManager):
        head.run(roles.set_power, "coordinator", "staff", held=False)
    me = next(row for row in head.fetch(staff.colleagues) if row.id == head.actor.staff_id)
    with pytest.raises(roles.LastManager):
        head.run(staff.change_colleague, me.id, me.version, name=me.name, role="educator", profession=None,
                 employer_body_id=None, active=True)  # fmt: skip
    head.run(roles.set_power, "administrator", "staff", held=True)
    desk.office.run(roles.set_power, "coordinator", "staff", held=False)
    assert _held(head, "coordinator") == rights.ceiling()["coordinator"] - {"staff"}


def test_undo_does_not_lock_the_last_one_out(desk: Desk, head: Office) -> None:
    desk.office.run(roles.set_power, "coordinator", "staff", held=False)
    desk.office.run(roles.set_power, "coordinator", "staff", held=True)
    head.run(roles.set_power, "administrator", "staff", held=False)
    with pytest.raises(NotFound):
        desk.office.undo()
    head.run(roles.set_power, "administrator", "staff", held=True)
    head.run(roles.set_power, "administrator", "staff", held=False)
    head.undo()
    assert {role for role in rights.ROLES if "staff" in _held(head, role)} == {"coordinator", "administrator"}


def test_what_one_may_no_longer_do_is_not_undone(desk: Desk, head: Office) -> None:
    reception = desk.sign_in("reception")
    person = reception.run(people.add_person, surname="Prova", given_name="Ada")
    reception.run(people.set_privacy, person, 1, "signed", date(2025, 2, 11))
    head.run(roles.set_power, "reception", "families", held=False)
    with pytest.raises(NotFound):
        reception.undo()


def test_day_and_search_stand_without_any_of_the_powers(desk: Desk, head: Office) -> None:
    """What everybody has holds pieces of all powers; each goes with its own, and the rest stays."""
    everyone = {role: desk.sign_in(role) for role in rights.ROLES if role != "administrator"}
    for power in powers.CODES:
        for role in rights.ROLES:
            if power in rights.ceiling()[role] and (role, power) != ("coordinator", "staff"):
                head.run(roles.set_power, role, power, held=False)
        for role, office in everyone.items():
            for query, arguments in ((today.board, ()), (search.search, ("prova",)), (centre.me, ())):
                assert office.fetch(query, *arguments) is not None, (role, power)  # type: ignore[arg-type]
    assert not [hit for hit in everyone["reception"].fetch(search.search, "prova") if hit.kind == "person"]
    for role, office in everyone.items():
        with pytest.raises(Forbidden):
            office.fetch(person_search.find_persons, "prova")
        assert office.role.without == rights.ceiling()[role] - {"staff"}  # type: ignore[attr-defined]


def test_an_auditor_sees_numbers_and_small_ones_not(desk: Desk) -> None:
    office, auditor = desk.sign_in("reception"), desk.sign_in("auditor")
    for number in (5, 4):
        for _time in range(number):
            office.run(intake.log_contact, channel="phone", need_text="prova")
        desk.clock.forward(days=30)
    rows = auditor.fetch(auditing.numbers, 2025)
    assert [row.numbers[0] for row in rows] == [0, 5, None, *[0] * 9]
    assert rows[1].numbers[1:] == (0, 0, 0, 0)
    desk.sign_in("coordinator").run(small_numbers.set_least_told, 6)
    assert [row.numbers[0] for row in auditor.fetch(auditing.numbers, 2025)][:3] == [0, None, None]
    for role in ("reception", "educator", "social_worker", "psychologist"):
        with pytest.raises(Forbidden):
            desk.sign_in(role).fetch(auditing.numbers, 2024)


def _booked(office: Office, **values: object) -> str:
    given = {"starts": START, "ends": START + HALF_AN_HOUR, "kind": "psychology", "function": "B",
             "label": "stanza blu", "extras": Extras(note="parla della separazione")}  # fmt: skip
    return office.run(calendar.book, **{**given, **values})  # type: ignore[arg-type]


def test_reception_sees_that_an_appointment_is_and_not_why(desk: Desk) -> None:
    psychologist, reception = desk.sign_in("psychologist"), desk.sign_in("reception")
    person = psychologist.run(people.add_person, surname="Prova", given_name="Ada")
    booked = _booked(psychologist, person_id=person, staff_id=psychologist.actor.staff_id)
    psychologist.run(calendar.cancel, booked, 1, "family", "litigio in casa")
    psychologist.undo()
    row, shown = _row(reception), reception.fetch(calendar.appointment, booked)
    assert (row.kind, row.function, row.who, row.label) == ("interview", None, "Prova Ada", "stanza blu")
    assert (shown.kind, shown.function, shown.note, shown.reason) == ("interview", None, None, None)
    said = repr((reception.fetch(person_file.person, person), reception.fetch(journal.history, "appointment", booked)))
    for word in ("psychology", "Psychological", "separazione", "litigio"):
        assert word not in said, word
    with pytest.raises(Forbidden):
        reception.fetch(appointment_why.why, booked)
    whole = psychologist.fetch(calendar.appointment, booked)
    assert (whole.kind, whole.function, whole.note) == ("psychology", "B", "parla della separazione")
    assert psychologist.fetch(appointment_why.why, booked).kind == "psychology"
    assert "separazione" in repr(psychologist.fetch(journal.history, "appointment", booked))


def test_what_reception_was_not_shown_is_not_overwritten_by_its_save(desk: Desk) -> None:
    psychologist, reception = desk.sign_in("psychologist"), desk.sign_in("reception")
    booked = _booked(psychologist, staff_id=psychologist.actor.staff_id)
    shown = reception.fetch(calendar.appointment, booked)
    reception.run(calendar.change, booked, shown.version, starts=START + HALF_AN_HOUR, ends=START + 2 * HALF_AN_HOUR,
                  kind=shown.kind, person_id=None, staff_id=shown.staff_id, access_point_id=None, room_id=None,
                  function=shown.function, label=shown.label, extras=Extras(note=shown.note))  # fmt: skip
    whole = psychologist.fetch(calendar.appointment, booked)
    assert (whole.starts, whole.kind, whole.function) == (START + HALF_AN_HOUR, "psychology", "B")
    assert whole.note == "parla della separazione"
    reception.run(calendar.change, booked, whole.version, starts=whole.starts, ends=whole.ends, kind="team",
                  person_id=None, staff_id=whole.staff_id, access_point_id=None, room_id=None, function=None,
                  label=None)  # fmt: skip
    assert psychologist.fetch(calendar.appointment, booked).kind == "team"


def test_reception_is_not_told_by_taking_an_appointment_over_nor_by_what_is_in_the_way(desk: Desk) -> None:
    psychologist, reception = desk.sign_in("psychologist"), desk.sign_in("reception")
    booked = _booked(psychologist, staff_id=psychologist.actor.staff_id)
    times = {"starts": START, "ends": START + HALF_AN_HOUR, "kind": "interview", "person_id": None, "label": None,
             "access_point_id": None, "room_id": None, "function": None}  # fmt: skip
    for whose in (reception.actor.staff_id, None):
        with pytest.raises(NotYoursToTake):
            reception.run(calendar.change, booked, 1, staff_id=whose, **times)  # type: ignore[arg-type]
    with pytest.raises(NotYoursToTake):
        reception.run(calendar.move, booked, 1, START, staff_id=reception.actor.staff_id)
    told = repr(reception.fetch(calendar.conflicts, START, START + HALF_AN_HOUR, psychologist.actor.staff_id))
    assert "Interview" in told
    assert "sychol" not in told.replace("Prova psychologist", "")


def test_reception_sees_its_own_appointments_whole(desk: Desk) -> None:
    reception = desk.sign_in("reception")
    booked = _booked(reception, staff_id=reception.actor.staff_id, kind="consultation")
    shown = reception.fetch(calendar.appointment, booked)
    assert (shown.kind, shown.function, shown.note) == ("consultation", "B", "parla della separazione")


def _row(office: Office) -> AppointmentRow:
    (found,) = office.fetch(calendar.appointments, START.date(), START.date())
    return found
