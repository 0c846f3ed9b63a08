"""Opening hours as they are entered: golden dates of Cremona, overlaps, new hours from a day on, undo."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from famdesk.domain.calendar.calendar import EndsBeforeStart
from famdesk.domain.calendar.hours import LastDayBeforeFirst
from famdesk.domain.errors import Forbidden, Required, Stale
from famdesk.usecases.directory import directory, guide, hours
from famdesk.usecases.directory.directory_rows import OpenNow, RuleRow
from tests.support.cremona import COMPANY, SQUARE, START, UNKNOWN, Cremona, enter_cremona
from tests.support.offices import Desk


@pytest.fixture
def cremona(desk: Desk) -> Cremona:
    return enter_cremona(desk.office)


def _at(desk: Desk, text: str) -> OpenNow:
    return desk.office.fetch(directory.open_now, datetime.fromisoformat(text))


def _rules(desk: Desk, point: str) -> tuple[RuleRow, ...]:
    return desk.office.fetch(guide.point, point).rules


def _texts(found: OpenNow) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    return ([(one.access_point, one.until.isoformat(timespec="minutes")) for one in found.open],
            [(one.access_point, one.opens.isoformat(timespec="minutes")) for one in found.next])  # fmt: skip


def test_open_on_the_first_day(desk: Desk, cremona: Cremona) -> None:
    found = _at(desk, "2025-02-04T12:00")
    assert _texts(found) == ([(SQUARE, "2025-02-04T14:00")], [(COMPANY, "2025-02-10T08:00")])
    assert found.unknown == UNKNOWN


def test_closed_at_the_minute_of_closing(desk: Desk, cremona: Cremona) -> None:
    found = _at(desk, "2025-02-04T14:00")
    assert _texts(found) == ([], [(SQUARE, "2025-02-06T17:00"), (COMPANY, "2025-02-10T08:00")])


@pytest.mark.parametrize(
    ("at", "reopens", "reason"),
    [
        ("2025-04-21T08:30", [(SQUARE, "2025-04-22T12:00"), (COMPANY, "2025-04-28T08:00")], "Easter Monday"),
        ("2025-05-01T17:30", [(COMPANY, "2025-05-05T08:00"), (SQUARE, "2025-05-06T12:00")], "Labor Day"),
        ("2025-11-13T17:30", [(COMPANY, "2025-11-17T08:00"), (SQUARE, "2025-11-18T12:00")], "Homobonus"),
    ],
)
def test_closed_on_holidays_and_the_patron_saint(
    desk: Desk, cremona: Cremona, at: str, reopens: list[tuple[str, str]], reason: str
) -> None:
    assert _texts(_at(desk, at)) == ([], reopens)
    row = desk.office.fetch(directory.points, datetime.fromisoformat(at))[0]
    assert reason in (row.closed_reason or "")


def test_unknown_hours_stay_unknown(desk: Desk, cremona: Cremona) -> None:
    rows = {row.name: row for row in desk.office.fetch(directory.points)}
    for name in UNKNOWN:
        row = rows[name]
        assert (row.unknown, row.open_until, row.next_opening, row.closed_reason) == (True, None, None, None)
        assert row.phone == "333 3317332"


def test_points_come_with_address_and_hours_of_the_day(desk: Desk, cremona: Cremona) -> None:
    row = desk.office.fetch(directory.points)[0]
    assert (row.name, row.place, row.address, row.main) == (SQUARE, "Palazzo della Carità",
                                                            "piazza Giovanni XXIII n. 1", True)  # fmt: skip
    assert row.open_until == datetime(2025, 2, 11, 14)
    assert [(one.starts.hour, one.ends.hour) for one in row.today] == [(12, 14)]


def test_the_same_hours_on_several_days_are_one_step(desk: Desk, cremona: Cremona) -> None:
    point = cremona.unknown[0]
    made = desk.office.run(hours.add_rules, point, weekdays=(1, 3, 5), opens=time(9), closes=time(12))
    assert [(rule.id, rule.weekday) for rule in _rules(desk, point)] == list(zip(made, (1, 3, 5), strict=True))
    assert desk.office.undo_label() == "Opening hours of Polo per l’Infanzia added"
    desk.office.undo()
    assert _rules(desk, point) == ()
    assert UNKNOWN[0] in _at(desk, "2025-02-12T09:00").unknown


def test_overlapping_hours_are_refused_with_their_name(desk: Desk, cremona: Cremona) -> None:
    with pytest.raises(hours.HoursOverlap) as caught:
        desk.office.run(hours.add_rules, cremona.square, weekdays=(2, 3), opens=time(13), closes=time(15))
    assert caught.value.sentence() == "These hours overlap others of the same place: Tuesday 12:00–14:00."
    assert caught.value.field == "opens"
    assert len(_rules(desk, cremona.square)) == 2


def test_hours_that_follow_each_other_are_not_refused(desk: Desk, cremona: Cremona) -> None:
    desk.office.run(hours.add_rules, cremona.square, weekdays=(2,), opens=time(14), closes=time(16))
    assert _at(desk, "2025-02-11T13:00").open[0].until == datetime(2025, 2, 11, 16)


def test_new_hours_from_a_day_on(desk: Desk, cremona: Cremona) -> None:
    old = _rules(desk, cremona.square)[0]
    before = _rules(desk, cremona.square)
    new = desk.office.run(hours.change_rule_from, old.id, old.version, starts_on=date(2025, 3, 4), weekday=2,
                          opens=time(10), closes=time(13))  # fmt: skip
    first, second = _rules(desk, cremona.square)[1], _rules(desk, cremona.square)[0]
    assert (first.id, first.valid_from, first.valid_to) == (old.id, START, date(2025, 3, 3))
    assert (second.id, second.valid_from, second.valid_to) == (new, date(2025, 3, 4), None)
    assert _at(desk, "2025-02-25T12:30").open
    assert not _at(desk, "2025-03-04T13:30").open
    assert _at(desk, "2025-03-04T10:00").open
    assert desk.office.undo_label() == f"Opening hours of {SQUARE} changed from Tuesday 4 March"
    desk.office.undo()
    assert [(rule.id, rule.opens, rule.valid_from, rule.valid_to) for rule in _rules(desk, cremona.square)] == [
        (rule.id, rule.opens, rule.valid_from, rule.valid_to) for rule in before
    ]


def test_new_hours_from_the_first_day_leave_no_empty_rule(desk: Desk, cremona: Cremona) -> None:
    old = _rules(desk, cremona.square)[0]
    same = desk.office.run(hours.change_rule_from, old.id, old.version, starts_on=START, weekday=2, opens=time(10),
                           closes=time(13))  # fmt: skip
    assert same == old.id
    assert [(rule.opens, rule.valid_from) for rule in _rules(desk, cremona.square)] == [(time(10), START),
                                                                                        (time(17), START)]  # fmt: skip


def test_new_hours_after_the_end_are_refused(desk: Desk, cremona: Cremona) -> None:
    rule = _rules(desk, cremona.square)[0]
    desk.office.run(hours.change_rule, rule.id, rule.version, weekday=2, opens=time(12), closes=time(14),
                    valid_from=START, valid_to=date(2025, 3, 1))  # fmt: skip
    with pytest.raises(hours.EndedBefore):
        desk.office.run(hours.change_rule_from, rule.id, rule.version + 1, starts_on=date(2025, 4, 1), weekday=2,
                        opens=time(10), closes=time(13))  # fmt: skip


def test_correction_and_its_undo(desk: Desk, cremona: Cremona) -> None:
    rule = _rules(desk, cremona.company)[0]
    desk.office.run(hours.change_rule, rule.id, rule.version, weekday=1, opens=time(8, 30), closes=time(10),
                    valid_from=START, valid_to=None)  # fmt: skip
    assert _rules(desk, cremona.company)[0].opens == time(8, 30)
    desk.office.undo()
    assert _rules(desk, cremona.company)[0].opens == time(8)


def test_a_rule_changed_twice_is_refused(desk: Desk, cremona: Cremona) -> None:
    rule = _rules(desk, cremona.company)[0]
    desk.office.run(hours.remove_rule, _rules(desk, cremona.square)[0].id, 1)
    desk.office.run(hours.change_rule, rule.id, rule.version, weekday=1, opens=time(9), closes=time(10),
                    valid_from=START, valid_to=None)  # fmt: skip
    with pytest.raises(Stale):
        desk.office.run(hours.change_rule, rule.id, rule.version, weekday=1, opens=time(7), closes=time(10),
                        valid_from=START, valid_to=None)  # fmt: skip


def test_without_its_last_rule_a_point_has_unknown_hours(desk: Desk, cremona: Cremona) -> None:
    rule = _rules(desk, cremona.company)[0]
    desk.office.run(hours.remove_rule, rule.id, rule.version)
    assert COMPANY in _at(desk, "2025-02-10T08:30").unknown
    desk.office.undo()
    assert _at(desk, "2025-02-10T08:30").open[0].access_point == COMPANY


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"weekdays": ()}, Required),
        ({"closes": time(8)}, EndsBeforeStart),
        ({"valid_from": date(2025, 3, 1), "valid_to": date(2025, 2, 1)}, LastDayBeforeFirst),
    ],
)
def test_hours_that_make_no_sense(
    desk: Desk, cremona: Cremona, values: dict[str, object], error: type[Exception]
) -> None:
    good: dict[str, object] = {"weekdays": (3,), "opens": time(9), "closes": time(10)}
    with pytest.raises(error):
        desk.office.run(hours.add_rules, cremona.square, **{**good, **values})  # type: ignore[arg-type]


def test_closure_of_the_centre_closes_every_point(desk: Desk, cremona: Cremona) -> None:
    desk.office.run(hours.add_closure, first_day=date(2025, 8, 11), last_day=date(2025, 8, 16), reason="Ferie")
    found = _at(desk, "2025-08-11T08:30")
    assert _texts(found) == ([], [(COMPANY, "2025-08-18T08:00"), (SQUARE, "2025-08-19T12:00")])
    rows = desk.office.fetch(directory.points, datetime(2025, 8, 11, 8, 30))
    assert [row.closed_reason for row in rows] == ["Ferie", "Ferie", None, None, None]
    assert desk.office.undo_label() == "Closure from Monday 11 August added"
    desk.office.undo()
    assert desk.office.fetch(directory.closures) == ()
    assert _at(desk, "2025-08-11T08:30").open


def test_closure_of_one_point_leaves_the_others_open(desk: Desk, cremona: Cremona) -> None:
    desk.office.run(hours.add_closure, first_day=date(2025, 3, 3), last_day=date(2025, 3, 4),
                    access_point_id=cremona.square)  # fmt: skip
    assert _at(desk, "2025-03-03T09:00").open[0].access_point == COMPANY
    assert not _at(desk, "2025-03-04T13:00").open
    assert [row.point for row in desk.office.fetch(directory.closures)] == [SQUARE]
    detail = desk.office.fetch(guide.point, cremona.square)
    assert [(one.first, one.kind) for one in detail.upcoming] == [(date(2025, 3, 3), "closure")]


def test_closures_do_not_overlap_in_one_place(desk: Desk, cremona: Cremona) -> None:
    made = desk.office.run(hours.add_closure, first_day=date(2025, 8, 11), last_day=date(2025, 8, 16))
    with pytest.raises(hours.ClosedAlready) as caught:
        desk.office.run(hours.add_closure, first_day=date(2025, 8, 16), last_day=date(2025, 8, 20))
    assert "Monday 11 August" in caught.value.sentence()
    desk.office.run(hours.add_closure, first_day=date(2025, 8, 16), last_day=date(2025, 8, 20),
                    access_point_id=cremona.square)  # fmt: skip
    desk.office.run(hours.change_closure, made, 1, first_day=date(2025, 8, 10), last_day=date(2025, 8, 17),
                    access_point_id=None, reason="Ferie")  # fmt: skip
    assert desk.office.fetch(directory.closures)[0].last_day == date(2025, 8, 17)
    with pytest.raises(LastDayBeforeFirst):
        desk.office.run(hours.add_closure, first_day=date(2025, 9, 2), last_day=date(2025, 9, 1))


def test_closures_since_a_day(desk: Desk, cremona: Cremona) -> None:
    made = desk.office.run(hours.add_closure, first_day=date(2025, 1, 2), last_day=date(2025, 1, 3))
    assert desk.office.fetch(directory.closures, date(2025, 1, 4)) == ()
    desk.office.run(hours.remove_closure, made, 1)
    assert desk.office.fetch(directory.closures) == ()
    desk.office.undo()
    assert [row.id for row in desk.office.fetch(directory.closures, date(2025, 1, 3))] == [made]


def test_extra_opening_beats_a_holiday(desk: Desk, cremona: Cremona) -> None:
    made = desk.office.run(hours.add_extra, cremona.square, day=date(2025, 5, 1), opens=time(17), closes=time(19),
                           reason="Festa")  # fmt: skip
    assert _at(desk, "2025-05-01T17:30").open[0].access_point == SQUARE
    with pytest.raises(hours.ExtraOverlaps):
        desk.office.run(hours.add_extra, cremona.square, day=date(2025, 5, 1), opens=time(18), closes=time(20))
    desk.office.run(hours.change_extra, made, 1, day=date(2025, 5, 1), opens=time(18), closes=time(20), reason=None)
    assert not _at(desk, "2025-05-01T17:30").open
    desk.office.run(hours.remove_extra, made, 2)
    assert not _at(desk, "2025-05-01T18:30").open
    desk.office.undo()
    desk.office.undo()
    assert _at(desk, "2025-05-01T17:30").open


def test_timetables_for_sheets_and_calendar(desk: Desk, cremona: Cremona) -> None:
    desk.office.run(hours.add_closure, first_day=date(2025, 4, 22), last_day=date(2025, 4, 23), reason="Ponte")
    rows = desk.office.fetch(directory.timetables, date(2025, 4, 21), date(2025, 4, 27))
    assert [row.name for row in rows] == [SQUARE, COMPANY, *UNKNOWN]
    closed = [(one.first.day, one.kind) for one in rows[0].timetable.closures]
    assert closed == [(22, "closure"), (21, "holiday"), (25, "holiday")]
    assert [slot.weekday for slot in rows[0].timetable.slots] == [2, 4]


def test_holidays_of_the_year_with_the_patron_saint(desk: Desk, cremona: Cremona) -> None:
    days = desk.office.fetch(directory.holidays, 2025)
    assert [one.first for one in days if one.kind == "patron"] == [date(2025, 11, 13)]
    assert len(days) == 13 + 1


@pytest.mark.parametrize("role", ["reception", "educator", "social_worker", "psychologist"])
def test_only_those_who_lead_change_hours(desk: Desk, cremona: Cremona, role: str) -> None:
    office = desk.sign_in(role)
    with pytest.raises(Forbidden) as caught:
        office.run(hours.add_rules, cremona.square, weekdays=(3,), opens=time(9), closes=time(10))
    assert caught.value.params["who"] == ["coordinator", "administrator"]
    assert office.fetch(directory.open_now).open[0].access_point == SQUARE
