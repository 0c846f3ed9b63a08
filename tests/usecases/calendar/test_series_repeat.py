"""An appointment that is there becomes the first of a series, on both engines."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from famdesk.data.tables.calendar import Appointment
from famdesk.domain.calendar import recurrence
from famdesk.i18n import using
from famdesk.usecases.calendar import appointment_why, calendar, series, series_repeat
from famdesk.usecases.calendar.parties import Extras
from famdesk.usecases.calendar.series_repeat import InASeries
from famdesk.usecases.calendar.series_rows import DatesTaken, NoDates, SeriesDate, SeriesValues, dates_of
from famdesk.usecases.calendar.taken import Party
from famdesk.usecases.office import Office
from tests.support.calendars import DAY, Seeded, at, seed
from tests.support.offices import Desk
from tests.support.scenarios import version

RULE = "FREQ=WEEKLY;BYDAY=TH;COUNT=3"
DATES = dates_of(recurrence.parse(RULE), at(17), 60, DAY)


@pytest.fixture
def lead(desk: Desk) -> Office:
    return desk.sign_in("coordinator")


@pytest.fixture
def seeded(lead: Office) -> Seeded:
    return seed(lead)


def _booked(office: Office, seeded: Seeded, **more: Any) -> str:
    deed: Any = calendar.book
    return str(office.run(deed, starts=at(17), ends=at(18), kind="consultation", person_id=seeded.person,
                          staff_id=office.actor.staff_id, **more))  # fmt: skip


def _values(office: Office, seeded: Seeded, **more: Any) -> SeriesValues:
    return SeriesValues("consultation", seeded.person, office.actor.staff_id, **more)


def _repeat(office: Office, booked: str, values: SeriesValues, **more: Any) -> str:
    given = {"starts": at(17), "minutes": 60, "dates": DATES, "rule": RULE, **more}
    deed: Any = series_repeat.repeat
    return str(office.run(deed, booked, version(office, Appointment, booked), values, **given))


def _days(office: Office) -> list[tuple[int, str]]:
    rows = office.fetch(calendar.appointments, DAY, DAY + timedelta(days=60))
    return [(row.starts.day, row.state) for row in rows]


def test_it_stays_what_it_is_and_others_like_it_follow(lead: Office, seeded: Seeded) -> None:
    room = Extras((Party("room", seeded.room),), where_text="in biblioteca")
    booked = _booked(lead, seeded, extras=room, state="confirmed")
    _repeat(lead, booked, _values(lead, seeded, extras=room))
    assert _days(lead) == [(13, "confirmed"), (20, "planned"), (27, "planned")]
    found = lead.fetch(series.series, booked)
    assert found is not None
    assert (found.rule, found.members[0].id) == (RULE, booked)
    for row in found.members:
        detail = lead.fetch(calendar.appointment, row.id)
        assert (detail.where_text, [one.id for one in detail.others]) == ("in biblioteca", [seeded.room])
    lead.undo()
    assert _days(lead) == [(13, "confirmed")]
    assert lead.fetch(series.series, booked) is None


def test_on_a_day_that_the_rule_does_not_give_it_is_one_more(lead: Office, seeded: Seeded) -> None:
    booked = _booked(lead, seeded)
    rule = "FREQ=WEEKLY;BYDAY=FR;COUNT=2"
    dates = dates_of(recurrence.parse(rule), at(17), 60, DAY)
    _repeat(lead, booked, _values(lead, seeded), dates=dates, rule=rule)
    assert [day for day, _state in _days(lead)] == [13, 14, 21]


def test_what_is_changed_with_it_holds_for_all(lead: Office, seeded: Seeded) -> None:
    booked = _booked(lead, seeded)
    dates = dates_of(recurrence.parse(RULE), at(15), 30, DAY)
    _repeat(lead, booked, _values(lead, seeded, label="insieme"), starts=at(15), minutes=30, dates=dates,
            state="confirmed")  # fmt: skip
    rows = lead.fetch(calendar.appointments, DAY, DAY + timedelta(days=60))
    assert [(row.starts.hour, row.ends - row.starts, row.label) for row in rows] == [
        (15, timedelta(minutes=30), "insieme")
    ] * 3
    assert [row.state for row in rows] == ["confirmed", "planned", "planned"]


def test_taken_dates_are_refused_left_out_or_booked(lead: Office, seeded: Seeded) -> None:
    booked, values = _booked(lead, seeded), _values(lead, seeded)
    deed: Any = calendar.book
    lead.run(deed, starts=at(17, day=date(2025, 2, 20)), ends=at(18, day=date(2025, 2, 20)), kind="team",
             staff_id=lead.actor.staff_id)  # fmt: skip
    with using("de"), pytest.raises(DatesTaken) as caught:
        _repeat(lead, booked, values)
    with using("de"):
        told = caught.value.sentence()
    assert "20. Feb." in told  # one point, though the month ends with one
    assert ".." not in told
    _repeat(lead, booked, values, taken="leave_out")
    found = lead.fetch(series.series, booked)
    assert found is not None
    assert [row.state for row in found.members] == ["planned", "skipped", "planned"]


def test_the_plan_does_not_hold_an_appointment_against_itself(lead: Office, seeded: Seeded) -> None:
    booked, values = _booked(lead, seeded), _values(lead, seeded)
    assert lead.fetch(series.plan, values, DATES)[0].taken
    rows = lead.fetch(series.plan, values, DATES, booked)
    assert [row.taken for row in rows] == [(), (), ()]
    assert not any("received" in hint for hint in rows[0].hints)


def test_what_cannot_be(lead: Office, seeded: Seeded) -> None:
    booked, values = _booked(lead, seeded), _values(lead, seeded)
    with pytest.raises(NoDates):
        _repeat(lead, booked, values, dates=(SeriesDate(at(17), at(18)),), rule=None)
    _repeat(lead, booked, values)
    with pytest.raises(InASeries):
        _repeat(lead, booked, values)


def test_who_is_not_told_what_it_is_for_repeats_it_whole_all_the_same(desk: Desk, lead: Office, seeded: Seeded) -> None:
    booked = _booked(lead, seeded, function="B", extras=Extras(note="dopo la separazione"))
    reception, mine = desk.sign_in("reception"), lead.actor.staff_id
    shown = reception.fetch(calendar.appointment, booked)
    assert (shown.kind, shown.function, shown.note) == ("interview", None, None)
    dates = (*DATES[:2], SeriesDate(DATES[2].starts, DATES[2].ends, staff_id=reception.actor.staff_id))
    _repeat(reception, booked, SeriesValues(shown.kind, seeded.person, mine), dates=dates, rule=None)
    ids = [row.id for row in lead.fetch(calendar.appointments, DAY, DAY + timedelta(days=60))]
    told = [lead.fetch(appointment_why.why, one) for one in ids]
    whole = ("consultation", "B", "dopo la separazione")
    assert [(one.kind, one.function, one.note) for one in told] == [whole, whole, ("interview", None, None)]
    reception.undo()
    assert lead.fetch(appointment_why.why, booked).note == "dopo la separazione"
