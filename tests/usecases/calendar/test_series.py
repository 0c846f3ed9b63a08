"""Series on both engines: made, told what speaks against them, changed in part and as a whole, ended, gone on with."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from famdesk.domain.calendar.claims import Overlap
from famdesk.domain.errors import NotFound, Stale
from famdesk.usecases.calendar import calendar, parties, resources, series, series_changes, series_rows
from famdesk.usecases.calendar.appointment_checks import NoSuchTime, UnknownKind
from famdesk.usecases.calendar.parties import Extras
from famdesk.usecases.calendar.series_rows import ALL, FOLLOWING, MemberRow, SeriesDate, SeriesValues
from famdesk.usecases.calendar.taken import Party
from famdesk.usecases.office import Office
from tests.support.calendars import DAY, Seeded, at, seed
from tests.support.offices import Desk

HOUR = timedelta(hours=1)
FIVE_WEEKS = "FREQ=WEEKLY;COUNT=5"
"""Thursdays 13, 20 (closed: Assemblea), 27 February, 6, 13 March."""
PLANNED, SKIPPED, CANCELLED = "planned", "skipped", "cancelled"


@pytest.fixture
def lead(desk: Desk) -> Office:
    return desk.sign_in("coordinator")


@pytest.fixture
def seeded(lead: Office) -> Seeded:
    return seed(lead)


def make(office: Office, rule: str | None = FIVE_WEEKS, starts: datetime | None = None, minutes: int = 60,
         values: SeriesValues | None = None, **more: Any) -> str:  # fmt: skip
    return office.run(series.make, values or SeriesValues("interview"), starts=starts or at(17), minutes=minutes,
                      rule=rule, **more)  # fmt: skip


def members(office: Office, series_id: str) -> tuple[MemberRow, ...]:
    def read(tx: Any) -> tuple[MemberRow, ...]:
        with tx.doing("series.series"):
            return tuple(
                MemberRow(row.id, row.version, row.starts, row.ends, row.original, row.state)
                for row in series.members(tx, series_id)
            )

    return office.fetch(read)


def told(office: Office, series_id: str) -> list[str]:
    return [f"{row.starts:%d.%m. %H:%M}-{row.ends:%H:%M} {row.state}" for row in members(office, series_id)]


def detail(office: Office, series_id: str) -> series_rows.SeriesDetail:
    found = office.fetch(series.series, members(office, series_id)[0].id)
    assert found is not None
    return found


def rule_of(office: Office, series_id: str) -> str | None:
    return detail(office, series_id).rule


def test_a_rule_gives_rows_and_closed_days_are_struck_out(lead: Office, seeded: Seeded) -> None:
    made = make(lead, values=SeriesValues("interview", access_point_id=seeded.point))
    assert told(lead, made) == [
        "13.02. 17:00-18:00 planned", "20.02. 17:00-18:00 skipped", "27.02. 17:00-18:00 planned",
        "06.03. 17:00-18:00 planned", "13.03. 17:00-18:00 planned",
    ]  # fmt: skip
    assert lead.undo_label() == "Series of 4 appointments from Thursday 13 February"
    lead.undo()
    assert lead.fetch(calendar.appointments, DAY, date(2025, 4, 1)) == ()
    lead.redo()
    assert len(told(lead, made)) == 5


def test_plan_tells_closures_and_what_is_taken(lead: Office, seeded: Seeded) -> None:
    staff = lead.actor.staff_id
    lead.run(calendar.book, starts=at(17, 30, day=date(2025, 2, 27)), ends=at(18, day=date(2025, 2, 27)), kind="team",
             staff_id=staff)  # fmt: skip
    lead.run(calendar.book, starts=at(17, day=date(2025, 3, 6)), ends=at(18, day=date(2025, 3, 6)), kind="team",
             person_id=seeded.person)  # fmt: skip
    values = SeriesValues("interview", person_id=seeded.person, staff_id=staff, access_point_id=seeded.point,
                          room_id=seeded.other_room)  # fmt: skip
    rule = series_rows.dates_of(series.recurrence.parse(FIVE_WEEKS), at(17), 60, DAY)
    rows = lead.fetch(series.plan, values, rule)
    assert [(row.closed, len(row.taken), len(row.hints)) for row in rows] == [
        ("", 1, 0), ("Assemblea", 0, 0), ("", 1, 0), ("", 0, 1), ("", 0, 0),
    ]  # fmt: skip
    assert rows[0].taken == ("Stanza 2 is already taken at 17:30 (A.Pe, meeting 1).",)
    assert rows[2].taken == ("Prova coordinator already has an appointment at 17:30 (Team meeting).",)


def test_holidays_close_the_centre_without_an_access_point(lead: Office, seeded: Seeded) -> None:
    made = make(lead, "FREQ=WEEKLY;COUNT=3", datetime(2025, 4, 24, 17))
    assert [row.split()[-1] for row in told(lead, made)] == [PLANNED, SKIPPED, PLANNED]  # 1 May


def taken_on(office: Office, seeded: Seeded, day: date = date(2025, 2, 27)) -> SeriesValues:
    """The room is taken on one of the days."""
    office.run(calendar.book, starts=at(17, 30, day=day), ends=at(18, 30, day=day), kind="team", room_id=seeded.room)
    return SeriesValues("interview", room_id=seeded.room)


def test_taken_dates_are_told_left_out_or_booked_with_a_reason(lead: Office, seeded: Seeded) -> None:
    values = taken_on(lead, seeded)
    with pytest.raises(series_rows.DatesTaken) as caught:
        make(lead, values=values)
    assert caught.value.sentence() == (
        "Already taken on Thu 27 Feb. Stanza 1 is already taken at 17:30 (Team meeting). Stanza 2 is free at that time."
    )
    assert isinstance(caught.value, Overlap)
    assert len(lead.fetch(calendar.appointments, DAY, date(2025, 4, 1))) == 1
    left = make(lead, values=values, taken="leave_out", skip_closed=False)
    assert [row.split()[-1] for row in told(lead, left)] == [PLANNED, PLANNED, SKIPPED, PLANNED, PLANNED]
    lead.undo()
    booked = make(lead, values=values, taken="book", overlap_reason="in due", skip_closed=False)
    found = [lead.fetch(calendar.appointment, row.id).overlap_reason for row in members(lead, booked)]
    assert found == [None, None, "in due", None, None]


def test_a_series_may_not_overlap_itself(lead: Office, seeded: Seeded) -> None:
    dates = (SeriesDate(at(9), at(10)), SeriesDate(at(9, 30), at(10, 30)))
    with pytest.raises(series_rows.DatesCollide):
        make(lead, None, at(9), dates=dates)


def test_days_by_hand_with_room_and_leader_of_their_own(lead: Office, seeded: Seeded) -> None:
    other = lead.actor.staff_id
    dates = (
        SeriesDate(at(9), at(10)), SeriesDate(at(9, day=date(2025, 3, 4)), at(10, day=date(2025, 3, 4)), other,
                                              seeded.other_room, seeded.unknown_point),
    )  # fmt: skip
    made = make(lead, None, at(9), dates=dates,
                values=SeriesValues("consultation", room_id=seeded.room, access_point_id=seeded.point))  # fmt: skip
    found = [lead.fetch(calendar.appointment, row.id) for row in members(lead, made)]
    assert [(one.room_id, one.staff_id, one.access_point_id) for one in found] == [
        (seeded.room, None, seeded.point), (seeded.other_room, other, seeded.unknown_point),
    ]  # fmt: skip
    assert detail(lead, made).rule is None


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"rule": None}, series_rows.NoDates),
        ({"rule": "FREQ=DAILY;UNTIL=20340101"}, series_rows.TooManyDates),
        ({"rule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, series_rows.NoDates),
        ({"values": SeriesValues("tea")}, UnknownKind),
        ({"dates": (SeriesDate(datetime(2025, 3, 30, 2, 30), datetime(2025, 3, 30, 4)),), "rule": None}, NoSuchTime),
        ({"dates": (SeriesDate(at(9), at(10), skipped=True),), "rule": None}, series_rows.NoDates),
    ],
)  # fmt: skip
def test_what_makes_no_series(lead: Office, values: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        make(lead, **values)
    assert lead.fetch(calendar.appointments, DAY, date(2026, 1, 1)) == ()


def test_the_hour_stays_over_the_change_of_the_clocks(lead: Office, seeded: Seeded) -> None:
    spring = make(lead, "FREQ=WEEKLY;COUNT=3", datetime(2025, 3, 23, 2, 30), 90)
    assert told(lead, spring) == ["23.03. 02:30-04:00 planned", "30.03. 03:00-04:00 planned",
                                  "06.04. 02:30-04:00 planned"]  # fmt: skip
    autumn = make(lead, "FREQ=DAILY;COUNT=3", datetime(2025, 10, 25, 2, 30), 90)
    assert told(lead, autumn) == ["25.10. 02:30-04:00 planned", "26.10. 02:30-04:00 planned",
                                  "27.10. 02:30-04:00 planned"]  # fmt: skip


def test_whole_days_and_the_end_of_a_day(lead: Office, seeded: Seeded) -> None:
    whole = make(lead, "FREQ=MONTHLY;BYDAY=5TH;COUNT=3", datetime(2025, 5, 29), 1440,
                 SeriesValues("team", all_day=True))  # fmt: skip
    assert told(lead, whole) == ["29.05. 00:00-00:00 planned", "31.07. 00:00-00:00 planned",
                                 "30.10. 00:00-00:00 planned"]  # fmt: skip
    late = make(lead, "FREQ=DAILY;COUNT=2", at(23))
    assert told(lead, late) == ["13.02. 23:00-00:00 planned", "14.02. 23:00-00:00 planned"]


def edited(office: Office, row: MemberRow, **more: Any) -> dict[str, Any]:
    """What the editor would save."""
    found = office.fetch(calendar.appointment, row.id)
    names = ("starts", "ends", "kind", "person_id", "staff_id", "access_point_id", "room_id", "function", "label")
    return {**{name: getattr(found, name) for name in names}, **more}


def changed(office: Office, row: MemberRow, scope: str, **more: Any) -> series_rows.Outcome:
    return office.run(series_changes.change, row.id, row.version, scope, **edited(office, row, **more))


def test_all_are_changed_but_what_was_changed_by_hand(lead: Office, seeded: Seeded) -> None:
    made = make(lead, skip_closed=False)
    rows = members(lead, made)
    lead.run(calendar.move, rows[1].id, rows[1].version, at(9, day=date(2025, 2, 21)), room_id=seeded.other_room)
    outcome = changed(lead, members(lead, made)[3], ALL, starts=at(18, day=date(2025, 3, 7)),
                      ends=at(19, 30, day=date(2025, 3, 7)), room_id=seeded.room, label="gruppo")  # fmt: skip
    assert (outcome.changed, outcome.kept, outcome.series_id) == (4, 1, made)
    assert told(lead, made) == [
        "14.02. 18:00-19:30 planned", "21.02. 09:00-10:00 planned", "28.02. 18:00-19:30 planned",
        "07.03. 18:00-19:30 planned", "14.03. 18:00-19:30 planned",
    ]  # fmt: skip
    rooms = [lead.fetch(calendar.appointment, row.id).room_id for row in members(lead, made)]
    assert rooms == [seeded.room, seeded.other_room, seeded.room, seeded.room, seeded.room]
    assert rule_of(lead, made) == "FREQ=WEEKLY;COUNT=5"
    assert lead.undo_label() == "Series from Thursday 13 February changed"
    lead.undo()
    assert told(lead, made)[0] == "13.02. 17:00-18:00 planned"


def test_this_and_the_following_become_a_series_of_their_own(lead: Office, seeded: Seeded) -> None:
    made = make(lead, "FREQ=WEEKLY;BYDAY=TH;COUNT=5", skip_closed=False)
    third = members(lead, made)[2]
    outcome = lead.run(series_changes.move, third.id, third.version, FOLLOWING, at(10, day=date(2025, 2, 25)))
    assert (outcome.changed, outcome.kept) == (3, 0)
    assert told(lead, made) == ["13.02. 17:00-18:00 planned", "20.02. 17:00-18:00 planned"]
    assert told(lead, outcome.series_id) == [
        "25.02. 10:00-11:00 planned", "04.03. 10:00-11:00 planned", "11.03. 10:00-11:00 planned",
    ]  # fmt: skip
    assert rule_of(lead, made) == "FREQ=WEEKLY;BYDAY=TH;UNTIL=20250227T165900"
    assert rule_of(lead, outcome.series_id) == "FREQ=WEEKLY;BYDAY=TU;COUNT=3"
    lead.undo()
    assert len(told(lead, made)) == 5
    assert rule_of(lead, made) == "FREQ=WEEKLY;BYDAY=TH;COUNT=5"


def test_following_from_the_first_is_all(lead: Office, seeded: Seeded) -> None:
    made = make(lead)
    first = members(lead, made)[0]
    outcome = lead.run(series_changes.stretch, first.id, first.version, FOLLOWING, at(18, 30))
    assert outcome.series_id == made
    assert {row.ends - row.starts for row in members(lead, made)} == {timedelta(minutes=90)}


def test_a_taken_date_stops_the_change_of_all_unless_there_is_a_reason(lead: Office, seeded: Seeded) -> None:
    taken_on(lead, seeded)
    made = make(lead, starts=at(9), values=SeriesValues("interview", room_id=seeded.room), skip_closed=False)
    first = members(lead, made)[0]
    with pytest.raises(series_rows.DatesTaken, match="DatesTaken"):
        lead.run(series_changes.move, first.id, first.version, ALL, at(17))
    assert told(lead, made)[0].startswith("13.02. 09:00")
    lead.run(series_changes.move, first.id, first.version, ALL, at(17), overlap_reason="in due")
    found = [lead.fetch(calendar.appointment, row.id).overlap_reason for row in members(lead, made)]
    assert found == [None, None, "in due", None, None]


def test_all_can_move_into_each_others_old_places(lead: Office, seeded: Seeded) -> None:
    made = make(lead, values=SeriesValues("interview", room_id=seeded.room), skip_closed=False)
    first = members(lead, made)[0]
    lead.run(series_changes.move, first.id, first.version, ALL, at(17, day=date(2025, 2, 20)))
    assert told(lead, made)[0] == "20.02. 17:00-18:00 planned"
    assert told(lead, made)[-1] == "20.03. 17:00-18:00 planned"


def test_cancelling_leaves_what_took_place(lead: Office, seeded: Seeded) -> None:
    made = make(lead, skip_closed=False)
    rows = members(lead, made)
    lead.run(calendar.set_state, rows[0].id, rows[0].version, "done")
    second = rows[1]
    outcome = lead.run(series_changes.cancel, second.id, second.version, ALL, "family", "trasloco")
    assert (outcome.changed, outcome.kept) == (4, 1)
    assert [row.state for row in members(lead, made)] == ["done", *[CANCELLED] * 4]


def test_a_date_is_taken_out_and_brought_back(lead: Office, seeded: Seeded) -> None:
    made = make(lead, values=SeriesValues("interview", room_id=seeded.room), skip_closed=False)
    third = members(lead, made)[2]
    lead.run(series_changes.skip, third.id, third.version)
    assert lead.undo_label() == "Date Thu 27 Feb, 17:00 taken out of its series"
    lead.run(calendar.book, starts=third.starts, ends=third.ends, kind="team", room_id=seeded.room)
    again = members(lead, made)[2]
    assert again.state == SKIPPED
    with pytest.raises(Overlap):
        lead.run(series_changes.restore, again.id, again.version)
    lead.run(series_changes.restore, again.id, again.version, overlap_reason="in due")
    assert members(lead, made)[2].state == PLANNED
    alone = lead.run(calendar.book, starts=at(8), ends=at(9), kind="team")
    assert lead.fetch(series.series, alone) is None
    with pytest.raises(series_rows.NotASeries):
        lead.run(series_changes.skip, alone, 1)


def test_end_by_count_by_day_and_on_again(lead: Office, seeded: Seeded) -> None:
    made = make(lead, skip_closed=False)

    def set_end(**end: Any) -> int:
        return lead.run(series.set_end, made, detail(lead, made).version, **end)

    assert set_end(count=3) == -2
    assert told(lead, made)[-1].startswith("27.02.")
    assert set_end(until=date(2025, 4, 3)) == 5
    assert told(lead, made)[-1].startswith("03.04.")
    assert rule_of(lead, made) == "FREQ=WEEKLY;UNTIL=20250403T235900"
    assert set_end() > 90
    assert detail(lead, made).made_until is not None
    with pytest.raises(Stale):
        lead.run(series.set_end, made, 1, count=2)


def test_days_by_hand_can_be_cut_but_not_gone_on_with(lead: Office, seeded: Seeded) -> None:
    dates = tuple(SeriesDate(at(9, day=day), at(10, day=day)) for day in (DAY, date(2025, 3, 3), date(2025, 3, 8)))
    made = make(lead, None, at(9), dates=dates)
    assert lead.run(series.set_end, made, 1, until=date(2025, 3, 3)) == -1
    with pytest.raises(series_rows.NoRule):
        lead.run(series.set_end, made, 1, count=5)


def test_an_endless_series_is_made_further_ahead(lead: Office, seeded: Seeded, desk: Desk) -> None:
    made = make(lead, "FREQ=WEEKLY;BYDAY=TH", values=SeriesValues("interview", room_id=seeded.room))
    before = members(lead, made)
    assert before[-1].starts.date() > DAY + timedelta(days=700)
    assert lead.fetch(series.due) == ()
    with lead.store.writing(lead.actor) as (tx, _outcome):
        record = tx.session.get(series.Series, made)
        assert record is not None
        record.made_until = date(2025, 6, 30)
        for row in tx.session.query(series.Appointment).filter_by(series_id=made):
            if row.starts.date() > date(2025, 6, 30):
                tx.session.delete(row)
    lead.run(calendar.book, starts=datetime(2025, 7, 3, 17), ends=datetime(2025, 7, 3, 18), kind="team",
             room_id=seeded.room)  # fmt: skip
    assert lead.fetch(series.due) == (made,)
    added = lead.run(series.go_on, made)
    assert lead.fetch(series.due) == ()
    again = members(lead, made)
    assert [row.starts for row in again] == [row.starts for row in before]
    assert added == len(before) - sum(row.starts.date() <= date(2025, 6, 30) for row in before)
    assert next(row.state for row in again if row.starts.date() == date(2025, 7, 3)) == SKIPPED
    assert lead.run(series.go_on, made) == 0


def test_series_of_somebody_hidden_is_not_there(lead: Office, seeded: Seeded, desk: Desk) -> None:
    made = make(lead, values=SeriesValues("consultation", person_id=seeded.protected))
    first = members(lead, made)[0]
    reception = desk.sign_in("reception")
    with pytest.raises(NotFound):
        reception.fetch(series.series, first.id)
    with pytest.raises(NotFound):
        reception.run(series_changes.cancel, first.id, first.version, ALL, "family")


def test_other_people_and_things_take_part_in_every_date(lead: Office, seeded: Seeded) -> None:
    car = lead.run(resources.add_resource, resources.ResourceValues("vehicle", "Panda"))
    extras = Extras((Party("resource", car), Party("person", seeded.person)), where_text="a casa", travel_before=15)
    values = SeriesValues("team", staff_id=lead.actor.staff_id, extras=extras)
    day = date(2025, 2, 27)
    lead.run(calendar.book, starts=at(18, 10, day), ends=at(19, day=day), kind="team",
             extras=Extras((Party("resource", car),), travel_before=0))  # fmt: skip
    dates = series_rows.dates_of(series.recurrence.parse(FIVE_WEEKS), at(17), 90, DAY)
    assert [bool(row.taken) for row in lead.fetch(series.plan, values, dates)] == [False, False, True, False, False]
    with pytest.raises(series_rows.DatesTaken):
        make(lead, minutes=90, values=values, skip_closed=False)
    made = make(lead, values=values, skip_closed=False)
    found = [lead.fetch(calendar.appointment, row.id) for row in members(lead, made)]
    assert {(one.where_text, one.travel_before, len(one.others)) for one in found} == {("a casa", 15, 2)}
    third = members(lead, made)[2]
    with pytest.raises(series_rows.DatesTaken):
        lead.run(series_changes.stretch, third.id, third.version, ALL, at(18, 30, day))
    lead.run(calendar.move, third.id, third.version, at(8, day=day))
    rows = members(lead, made)
    without = Extras((Party("person", seeded.person),), where_text="al parco", travel_before=15)
    kept = members(lead, made)[1]
    lead.run(parties.set_extras, kept.id, kept.version, Extras(where_text="in sede", travel_before=15))
    outcome = changed(lead, rows[0], ALL, extras=without)
    assert (outcome.changed, outcome.kept) == (4, 1)
    found = [lead.fetch(calendar.appointment, row.id) for row in rows]
    assert [(one.where_text, len(one.others)) for one in found] == [
        ("al parco", 1), ("in sede", 0), *[("al parco", 1)] * 3,
    ]  # fmt: skip
