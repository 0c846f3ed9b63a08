"""Absences with hand-over on both engines: what lies in them, what becomes of it, whom to call, one step of undo."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from famdesk.data.tables.calendar import Appointment
from famdesk.domain.calendar.calendar import EndsBeforeStart
from famdesk.domain.errors import Stale
from famdesk.usecases.calendar import absences, appointment_states, calendar, parties
from famdesk.usecases.calendar.absences import AffectedRow, Decision
from famdesk.usecases.calendar.parties import Extras
from famdesk.usecases.calendar.taken import Party
from famdesk.usecases.intake import call_list
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts
from tests.support.calendars import DAY, Seeded, at, seed
from tests.support.offices import Desk
from tests.support.scenarios import version

FIRST, AFTER = datetime.combine(date(2025, 2, 12), time()), datetime.combine(date(2025, 2, 15), time())
"""Wednesday to Friday."""


NINE = at(9)


@pytest.fixture
def lead(desk: Desk) -> Office:
    return desk.sign_in("coordinator")


@pytest.fixture
def seeded(lead: Office) -> Seeded:
    return seed(lead)


@pytest.fixture
def away(desk: Desk) -> str:
    """The colleague who will be away."""
    return desk.sign_in("social_worker").actor.staff_id


@pytest.fixture
def other(desk: Desk) -> str:
    return desk.sign_in("educator").actor.staff_id


def _book(office: Office, staff: str, starts: datetime = NINE, **more: Any) -> str:
    values = {"ends": starts + timedelta(hours=1), "kind": "interview", "staff_id": staff, **more}
    deed: Any = calendar.book
    return str(office.run(deed, starts=starts, **values))


def _rows(office: Office, staff: str) -> tuple[AffectedRow, ...]:
    return office.fetch(absences.affected, staff, FIRST, AFTER).rows


def _states(office: Office) -> list[tuple[str, str, str | None]]:
    columns = select(Appointment.kind, Appointment.starts, Appointment.state, Appointment.staff_id).where(
        Appointment.deleted_at.is_(None)
    )
    found = office.fetch(lambda tx: tx.rows(columns.order_by(Appointment.starts, Appointment.id)))
    return [(f"{row.kind} {row.starts:%d %H:%M}", row.state, row.staff_id) for row in found]


def test_what_lies_in_an_absence_and_who_is_free(lead: Office, seeded: Seeded, away: str, other: str) -> None:
    first = _book(lead, away, person_id=seeded.person)
    _book(lead, other)
    second = _book(lead, away, at(11), kind="team")
    _book(lead, away, at(9, day=date(2025, 2, 11)) + timedelta(hours=8))
    _book(lead, away, at(9, day=date(2025, 2, 17)))
    held = _book(lead, away, at(15))
    lead.run(appointment_states.hold, held, version(lead, Appointment, held))
    found = lead.fetch(absences.affected, away, FIRST, AFTER)
    assert [(row.id, row.who) for row in found.rows] == [(first, "Prova Ines"), (second, "")]
    free = [{key for key, _name in row.free} for row in found.rows]
    assert [other in one for one in free] == [False, True]
    assert all(away not in one for one in free)
    assert [row.next for row in found.rows] == [datetime(2025, 2, 17, 8), datetime(2025, 2, 17, 10)]
    assert (found.hidden, found.meetings) == (0, 0)
    assert lead.fetch(absences.affected, away, AFTER, FIRST).rows == ()


def test_what_the_reader_may_not_know_is_only_counted(
    desk: Desk, lead: Office, seeded: Seeded, away: str, other: str
) -> None:
    _book(lead, away, person_id=seeded.protected)
    found = desk.sign_in("reception").fetch(absences.affected, away, FIRST, AFTER)
    assert (found.rows, found.hidden) == ((), 1)


def test_three_days_are_one_row_and_everything_is_one_step(lead: Office, seeded: Seeded, away: str, other: str) -> None:
    lead.run(contacts.add_contact_point, seeded.person, kind="mobile", value="333 1234567", safe_from=time(9),
             safe_to=time(12), neutral_name="Biblioteca")  # fmt: skip
    for hour in (9, 11, 14, 16):
        _book(lead, away, at(hour), person_id=seeded.person if hour != 16 else None)
    before = _states(lead)
    given, moved, cancelled, kept = _rows(lead, away)
    assert moved.next is not None
    planned = lead.run(absences.plan, away, FIRST, AFTER, label="ferie", decisions=(
        Decision(given.id, given.version, "give", staff_id=other),
        Decision(moved.id, moved.version, "move", starts=moved.next),
        Decision(cancelled.id, cancelled.version, "cancel"),
        Decision(kept.id, kept.version, "keep"),
    ))  # fmt: skip
    assert _states(lead) == [
        ("absence 12 00:00", "planned", away), ("interview 13 09:00", "planned", other),
        ("interview 13 14:00", "cancelled", away), ("interview 13 16:00", "planned", away),
        (f"interview {moved.next:%d %H:%M}", "planned", away),
    ]  # fmt: skip
    assert (planned.to_tell, planned.unreachable) == (3, 0)
    [row] = lead.fetch(call_list.call_list)
    assert (row.value, row.neutral_name, row.opens) == ("333 1234567", "Biblioteca", at(9, day=date(2025, 2, 12)))
    assert set(row.what) == {
        "Tell: the appointment of Thu 13 Feb, 9:00 is with Prova educator",
        "Tell the new time of the appointment: Mon 17 Feb, 9:00",
        "Tell: appointment of Thu 13 Feb, 14:00 cancelled",
    }  # fmt: skip
    [board] = [one for one in lead.fetch(calendar.appointments, DAY, DAY) if one.kind == "absence"]
    assert (board.starts, board.ends, board.all_day) == (FIRST, AFTER, True)
    assert lead.undo_label() == "Absence from Wednesday 12 February planned"
    lead.undo()
    assert (_states(lead), lead.fetch(call_list.call_list)) == (before, ())
    lead.redo()
    assert len(_states(lead)) == 5


def test_nobody_is_booked_into_an_absence(lead: Office, seeded: Seeded, away: str) -> None:
    lead.run(absences.plan, away, FIRST, AFTER)
    with pytest.raises(calendar.Overlap):
        _book(lead, away)


def test_some_hours_are_enough(lead: Office, away: str) -> None:
    _book(lead, away, at(9))
    _book(lead, away, at(14))
    found = lead.fetch(absences.affected, away, at(13), at(18)).rows
    assert [row.starts for row in found] == [at(14)]
    lead.run(absences.plan, away, at(13), at(18), all_day=False,
             decisions=(Decision(found[0].id, found[0].version, "cancel"),))  # fmt: skip
    assert ("absence 13 13:00", "planned", away) in _states(lead)


def test_an_absence_is_made_longer(lead: Office, away: str, other: str) -> None:
    planned = lead.run(absences.plan, away, FIRST, FIRST + timedelta(days=1))
    _book(lead, away, at(9))
    read = version(lead, Appointment, planned.id)
    [row] = lead.fetch(absences.affected, away, FIRST, AFTER, planned.id).rows
    lead.run(absences.change, planned.id, read, FIRST, AFTER, label="ferie",
             decisions=(Decision(row.id, row.version, "give", staff_id=other),))  # fmt: skip
    assert _states(lead) == [("absence 12 00:00", "planned", away), ("interview 13 09:00", "planned", other)]
    lead.undo()
    assert ("interview 13 09:00", "planned", away) in _states(lead)


def test_who_was_taken_meanwhile_gets_nothing(lead: Office, away: str, other: str) -> None:
    """Nothing of the plan is kept if a part of it does not hold any more."""
    _book(lead, away)
    [row] = _rows(lead, away)
    _book(lead, other)
    before = _states(lead)
    with pytest.raises(calendar.Overlap):
        lead.run(absences.plan, away, FIRST, AFTER,
                 decisions=(Decision(row.id, row.version, "give", staff_id=other),))  # fmt: skip
    assert _states(lead) == before
    lead.run(calendar.move, row.id, row.version, at(10))
    with pytest.raises(Stale):
        lead.run(absences.plan, away, FIRST, AFTER, decisions=(Decision(row.id, row.version, "cancel"),))


def test_what_is_refused(lead: Office, seeded: Seeded, away: str, other: str) -> None:
    elsewhere = _book(lead, other)
    read = version(lead, Appointment, elsewhere)
    with pytest.raises(absences.NotOfThisTime):
        lead.run(absences.plan, away, FIRST, AFTER, decisions=(Decision(elsewhere, read, "cancel"),))
    with pytest.raises(absences.UnknownColleague):
        lead.run(absences.plan, seeded.room, FIRST, AFTER)
    with pytest.raises(EndsBeforeStart):
        lead.run(absences.plan, away, AFTER, FIRST)
    with pytest.raises(absences.TooLongAway):
        lead.run(absences.plan, away, FIRST, FIRST + timedelta(days=400))
    with pytest.raises(absences.NotOfThisTime):
        lead.run(absences.change, elsewhere, read, FIRST, AFTER)


def test_who_helps_at_an_appointment_is_replaced_too(lead: Office, seeded: Seeded, away: str, other: str) -> None:
    """The colleague takes part beside another one; a home visit takes the way as well."""
    lead.run(contacts.add_contact_point, seeded.person, kind="mail", value="ines@example.it")
    booked = _book(lead, lead.actor.staff_id, kind="home_visit", person_id=seeded.person)
    lead.run(parties.set_extras, booked, version(lead, Appointment, booked), Extras((Party("staff", away),)))
    _book(lead, other, at(10, 15), kind="team")
    [row] = _rows(lead, away)
    assert other not in {key for key, _name in row.free}
    reception = next(key for key, name in row.free if name == "Prova reception")
    planned = lead.run(absences.plan, away, FIRST, AFTER,
                       decisions=(Decision(row.id, row.version, "give", staff_id=reception),))  # fmt: skip
    assert (planned.to_tell, planned.unreachable) == (0, 0)
    assert lead.fetch(calendar.appointment, booked).staff_id == lead.actor.staff_id
    assert _rows(lead, away) == ()
    assert [one.id for one in _rows(lead, reception)] == [booked]


def test_who_may_not_be_reached_is_counted(lead: Office, seeded: Seeded, away: str) -> None:
    _book(lead, away, person_id=seeded.person)
    [row] = _rows(lead, away)
    planned = lead.run(absences.plan, away, FIRST, AFTER, decisions=(Decision(row.id, row.version, "cancel"),))
    assert (planned.to_tell, planned.unreachable) == (0, 1)
    assert absences.kind_words(row) == "Interview"


def test_a_longer_absence_is_a_year_at_most(lead: Office, away: str) -> None:
    planned = lead.run(absences.plan, away, FIRST, AFTER)
    with pytest.raises(absences.TooLongAway):
        lead.run(absences.change, planned.id, version(lead, Appointment, planned.id), FIRST,
                 FIRST + timedelta(days=400))  # fmt: skip
