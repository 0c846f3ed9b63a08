"""Series of appointments: made from a rule or from days chosen by hand, gone on with, ended.

A rule generates, the rows are the truth: each date is an appointment of its own. A date that is taken out stays as a
struck-out row (state "skipped"). Dates on which the centre is closed are struck out from the beginning, unless told
otherwise. How several dates are changed together is in `series_changes`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

from sqlalchemy import select

from famdesk.data.tables.calendar import Appointment, Series
from famdesk.data.tables.people import Person
from famdesk.data.tx import Tx
from famdesk.domain.calendar import recurrence
from famdesk.domain.calendar.calendar import check_transition
from famdesk.domain.errors import NotFound
from famdesk.i18n import N_
from famdesk.usecases.calendar import appointment_checks as checks
from famdesk.usecases.calendar import parties, series_checks
from famdesk.usecases.calendar.calendar_conflicts import Wanted
from famdesk.usecases.calendar.parties import Extras, usual_travel
from famdesk.usecases.calendar.series_checks import Span
from famdesk.usecases.calendar.series_rows import (
    HORIZON_MONTHS,
    OPEN,
    RENEW_MONTHS,
    MemberRow,
    NoDates,
    NoRule,
    NotASeries,
    PlanRow,
    SeriesDate,
    SeriesDetail,
    SeriesValues,
    date_at,
    dates_of,
    horizon,
    whole_day,
)
from famdesk.usecases.calendar.taken import Party, others_of
from famdesk.usecases.registry import query, usecase

LOOK_BACK = 6
"""So many of the last dates tell how the series goes on."""
Taken = Literal["refuse", "leave_out", "book"]
GIVEN = ("kind", "function", "label", "person_id", "access_card_id", "mediator_language", "all_day")
WAY = ("place_id", "where_text", "travel_before", "travel_after", "note", "path_id")
COMMON = (*GIVEN, *WAY)
"""Columns in which the dates of a series agree from the beginning."""
LINKS = ("staff_id", "room_id", "access_point_id")
"""Columns that a date may have of its own."""


@query
def plan(
    tx: Tx, values: SeriesValues, dates: tuple[SeriesDate, ...], exclude: str | None = None
) -> tuple[PlanRow, ...]:  # fmt: skip
    """What speaks against each date, before it is saved: closures, holidays, who or what is taken, where else the
    person is. `exclude` is the appointment that is to be repeated."""
    closed: dict[tuple[str | None, date], str] = {}
    for point in {one.access_point_id or values.access_point_id for one in dates}:
        days = [one.starts.date() for one in dates if (one.access_point_id or values.access_point_id) == point]
        closed.update({(point, day): why for day, why in series_checks.closed_on(tx, days, point).items()})
    wanted = [_wanted(values, one, exclude) for one in dates]
    people = {values.person_id, *(one.id for one in values.extras.others if one.kind == "person")} - {None}
    spans = [_span(one) for one in wanted]
    crowded = set(series_checks.crowded(tx, spans, frozenset(str(one) for one in people)))
    return tuple(
        PlanRow(
            one.starts, closed.get((one.access_point_id or values.access_point_id, one.starts.date()), ""),
            *(series_checks.told(tx, wanted[place]) if place in crowded else ()),
        )
        for place, one in enumerate(dates)
    )  # fmt: skip


@query
def closed_days(tx: Tx, first: date, last: date, access_point_id: str | None = None) -> tuple[tuple[date, str], ...]:
    """The days from `first` to `last` on which the access point (None: the whole centre) is closed, with the reason."""
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return tuple(sorted(series_checks.closed_on(tx, days, access_point_id).items()))


def _wanted(values: SeriesValues, one: SeriesDate, exclude: str | None) -> Wanted:
    extras, usual = values.extras, usual_travel(values.kind)
    before, after = extras.travel_before, extras.travel_after
    return Wanted(
        one.starts, one.ends, one.staff_id or values.staff_id, one.room_id or values.room_id, values.person_id,
        exclude=exclude, others=extras.others, travel_before=usual if before is None else before,
        travel_after=usual if after is None else after,
    )  # fmt: skip


def _span(wanted: Wanted) -> Span:
    widest = wanted.span("staff")
    return Span(widest.starts, widest.ends, frozenset(wanted.subjects()), wanted.exclude or "")


@usecase(N_("Series of {count} appointments from {day}"))
def make(
    tx: Tx, values: SeriesValues, *, starts: datetime, minutes: int, rule: str | None = None,
    dates: tuple[SeriesDate, ...] = (), skip_closed: bool = True, taken: Taken = "refuse",
    overlap_reason: str | None = None,
) -> str:  # fmt: skip
    """A series; gives its id. `dates`: those of the rule as they were looked at, or days chosen by hand; without any
    they are made from the rule. `rule` is the value of an RRULE.

    `skip_closed`: what falls on a closure or holiday is struck out. `taken`: dates where colleague or room is taken
    make it fail ("refuse"), are struck out ("leave_out"), or are booked all the same, with the reason ("book").

    Raises:
        DatesTaken; NoDates, TooManyDates, DatesCollide; BadRule; as `calendar.book`.
    """
    parsed = recurrence.parse(rule) if rule else None
    if not dates and parsed is not None:
        dates = dates_of(parsed, starts, minutes, tx.today())
    if not any(not one.skipped for one in dates):
        raise NoDates("dates")
    record = Series(rule=recurrence.text(parsed) if parsed else None, starts=starts, minutes=minutes)
    if parsed is not None and parsed.endless:
        record.made_until = horizon(max(starts.date(), tx.today()), HORIZON_MONTHS)
    rows = [row_of(values, one) for one in sorted(dates, key=lambda one: one.starts)]
    others = _filled(tx, rows, values.extras)
    series_checks.apart((row.starts, row.ends) for row in rows)
    if skip_closed:
        _strike_closed(tx, rows)
    check_transition("planned", values.state)
    _put_down(tx, record, rows, taken, overlap_reason, others)
    count = sum(row.state != "skipped" for row in rows)
    if not count:
        raise NoDates("dates")
    tx.describe(count=count, day=rows[0].starts.date())
    return record.id


def row_of(values: SeriesValues, one: SeriesDate) -> Appointment:
    """A date of a series as it begins."""
    common = {name: getattr(values, name) for name in GIVEN}
    links = {name: getattr(one, name) or getattr(values, name) for name in LINKS}
    return Appointment(
        **{**common, "label": checks.text(values.label)}, **links, starts=one.starts, ends=one.ends,
        original=one.original or one.starts, state="skipped" if one.skipped else values.state,
    )  # fmt: skip


def _filled(tx: Tx, rows: Sequence[Appointment], extras: Extras) -> tuple[Party, ...]:
    """Writes place and way into all rows; gives who and what else takes part, checked."""
    others = parties.fill(tx, rows[0], extras)
    for row in rows[1:]:
        for name in WAY:
            setattr(row, name, getattr(rows[0], name))
    return others


def _strike_closed(tx: Tx, rows: Sequence[Appointment]) -> None:
    for point in {row.access_point_id for row in rows}:
        there = [row for row in rows if row.access_point_id == point]
        closed = series_checks.closed_on(tx, [row.starts.date() for row in there], point)
        for row in there:
            if row.starts.date() in closed:
                row.state = "skipped"


def _put_down(
    tx: Tx, record: Series, rows: Sequence[Appointment], taken: Taken, reason: str | None, others: tuple[Party, ...]
) -> None:
    """Saves the series with its dates after all checks."""
    lasting = [row for row in rows if row.state != "skipped"]
    series_checks.check_all(tx, lasting, others)
    for row in rows:
        row.person_id = lasting[0].person_id if lasting else row.person_id
    add_rows(tx, record, rows)
    for row in rows if others else ():
        parties.keep(tx, row, others)
    settle(tx, lasting, taken, reason)


def settle(tx: Tx, lasting: Sequence[Appointment], taken: Taken, reason: str | None) -> None:
    """What becomes of those dates at which somebody or something is taken; see `make`.

    Raises:
        DatesTaken.
    """
    if taken != "leave_out":
        series_checks.settle(tx, lasting, reason if taken == "book" else None)
        return
    tx.take_turn()
    tx.session.flush()
    for row_id in series_checks.overlaps(tx, lasting):
        next(row for row in lasting if row.id == row_id).state = "skipped"


def add_rows(tx: Tx, series: Series, rows: Iterable[Appointment]) -> str:
    """Saves a new series and its dates as they are; gives its id. For a use-case that has made the checks itself, such
    as an import: here only the rights are asked for, once for all dates of a person and a colleague.

    Raises:
        Forbidden.
    """
    if tx.session.get(Series, series.id) is None:
        tx.add(series)
    allowed: set[tuple[str | None, str | None]] = set()
    for row in rows:
        row.series_id = series.id
        key = row.person_id, row.staff_id
        if key not in allowed:
            tx.add(row)
            allowed.add(key)
            continue
        row.centre_id = tx.centre_id
        tx.session.add(row)
    return series.id


def members(tx: Tx, series_id: str) -> list[Appointment]:
    """All dates of a series in the order of their originals, skipped ones too.

    Raises:
        NotFound: the person of one of them may not be seen.
    """
    rows = tx.session.scalars(
        select(Appointment)
        .where(Appointment.series_id == series_id, Appointment.deleted_at.is_(None),
               Appointment.centre_id == tx.centre_id)
        .order_by(Appointment.original, Appointment.starts, Appointment.id)
    ).all()  # fmt: skip
    for row in {(row.person_id, row.staff_id): row for row in rows}.values():
        if not tx.allowed(row) or (row.person_id and tx.find(Person, row.person_id) is None):
            raise NotFound
    return list(rows)


def of_member(tx: Tx, appointment_id: str, version: int | None = None) -> tuple[Appointment, Series]:
    """A date and its series.

    Raises:
        NotASeries, NotFound, Stale.
    """
    found = checks.visible(tx, appointment_id, version)
    series = tx.find(Series, found.series_id)
    if series is None:
        raise NotASeries
    return found, series


@query
def series(tx: Tx, appointment_id: str) -> SeriesDetail | None:
    """The series that an appointment belongs to, None for one that stands alone.

    Raises:
        NotFound.
    """
    if checks.visible(tx, appointment_id).series_id is None:
        return None
    _found, record = of_member(tx, appointment_id)
    rows = tuple(
        MemberRow(row.id, row.version, row.starts, row.ends, row.original, row.state) for row in members(tx, record.id)
    )
    return SeriesDetail(record.id, record.version, record.rule, record.starts, record.minutes, record.made_until, rows)


@usecase(N_("End of the series from {day} changed"))
def set_end(tx: Tx, series_id: str, version: int, *, count: int | None = None, until: date | None = None) -> int:
    """Ends a series after `count` dates or with the day `until`, earlier or later than before; both None: it goes on
    without an end. Gives how many dates were added (negative: taken away). Dates beyond the end that have not taken
    place go to the bin. Added ones are as the last one; closed days and taken times are struck out.

    Raises:
        NoRule: later, and there is no rule; NoDates; TooManyDates; Stale; ConsentMissing.
    """
    record = tx.get(Series, series_id, version)
    there = members(tx, series_id)
    if not there:
        raise NotFound
    tx.describe(day=record.starts.date())
    if record.rule is None:
        return _cut_by_hand(tx, there, count, until)
    rule = recurrence.parse(record.rule)
    ended = recurrence.replaced(rule, count=count, until=whole_day(until) if until and not count else None)
    wanted = dates_of(ended, record.starts, record.minutes, tx.today())
    record.rule = recurrence.text(ended)
    record.made_until = horizon(max(record.starts.date(), tx.today()), HORIZON_MONTHS) if ended.endless else None
    last = max(one.original or one.starts for one in wanted)
    gone = [row for row in there if row.state in OPEN and (row.original or row.starts) > last]
    for row in gone:
        tx.bin(row)
    return len(_go_on(tx, record, there, wanted)) - len(gone)


def _cut_by_hand(tx: Tx, there: Sequence[Appointment], count: int | None, until: date | None) -> int:
    """Takes away what lies beyond the end of days that were chosen by hand."""
    if count is None and until is None:
        raise NoRule
    if count is not None and count > len(there):
        raise NoRule("count")
    beyond = there[count:] if count is not None else [row for row in there if until and row.starts.date() > until]
    gone = [row for row in beyond if row.state in OPEN]
    if len(gone) == len(there):
        raise NoDates("until")
    for row in gone:
        tx.bin(row)
    return -len(gone)


def _go_on(tx: Tx, record: Series, there: Sequence[Appointment], wanted: Sequence[SeriesDate]) -> list[Appointment]:
    """Adds the dates that come after the last one there; they are as that one."""
    last = max(row.original or row.starts for row in there)
    model = max(there, key=lambda row: row.original or row.starts)
    rows = [
        Appointment(
            **{name: getattr(model, name) for name in (*COMMON, *LINKS)}, starts=one.starts, ends=one.ends,
            original=one.original, state="planned",
        )
        for one in wanted
        if (one.original or one.starts) > last
    ]  # fmt: skip
    if rows:
        _strike_closed(tx, rows)
        _put_down(tx, record, rows, "leave_out", None, others_of(tx, there[-1].id))
    return rows


@query
def due(tx: Tx) -> tuple[str, ...]:
    """The series without an end of which too little is made ahead."""
    limit = horizon(tx.today(), RENEW_MONTHS)
    rows = tx.rows(
        select(Series.id).where(Series.centre_id == tx.centre_id, Series.deleted_at.is_(None),
                                Series.made_until.is_not(None), Series.made_until < limit)
    )  # fmt: skip
    return tuple(row.id for row in rows)


@usecase(N_("Series from {day} made further ahead"))
def go_on(tx: Tx, series_id: str) -> int:
    """Makes the dates of a series without an end further ahead, as its last one; gives how many.

    One whose last dates were all cancelled is not kept up any more.

    Raises:
        NotFound, ConsentMissing: it stays as it is.
    """
    record = tx.get(Series, series_id)
    if record.rule is None or record.made_until is None:
        return 0
    tx.describe(day=record.starts.date())
    there = members(tx, series_id)
    if not there or all(row.state == "cancelled" for row in there[-LOOK_BACK:]):
        record.made_until = None  # nobody keeps it up any more
        return 0
    rule = recurrence.parse(record.rule)
    end = horizon(tx.today(), HORIZON_MONTHS)
    wanted = [date_at(one, record.minutes) for one in recurrence.starts(rule, record.starts, end)]
    rows = _go_on(tx, record, there, wanted)
    record.made_until = end
    return len(rows)
