"""An appointment that is there becomes the first of a series: it stays what it is, and others like it follow."""

from __future__ import annotations

from datetime import datetime, timedelta

from famdesk.data.tables.calendar import Appointment, Series
from famdesk.data.tx import Tx
from famdesk.domain.calendar import recurrence
from famdesk.domain.calendar.calendar import OCCUPYING
from famdesk.domain.errors import RuleError
from famdesk.i18n import N_
from famdesk.usecases.calendar import appointment_checks as checks
from famdesk.usecases.calendar import appointment_why as why
from famdesk.usecases.calendar import calendar, parties, series, series_checks
from famdesk.usecases.calendar.series_rows import HORIZON_MONTHS, NoDates, SeriesDate, SeriesValues, horizon
from famdesk.usecases.calendar.taken import others_of
from famdesk.usecases.registry import usecase


class InASeries(RuleError):
    message = N_("This appointment belongs to a series already.")


@usecase(N_("Series of {count} appointments from {day}"))
def repeat(
    tx: Tx, appointment_id: str, version: int, values: SeriesValues, *, starts: datetime, minutes: int,
    dates: tuple[SeriesDate, ...], rule: str | None = None, state: str | None = None, no_show_reason: str | None = None,
    taken: series.Taken = "refuse", overlap_reason: str | None = None,
) -> str:  # fmt: skip
    """Makes a series of an appointment and the `dates`; gives its id. The appointment itself gets the `values`, the
    `starts` and `minutes`, and is the date of that day; the others are new. `rule`, `taken`: see `series.make`; `state`
    and `no_show_reason`: see `calendar.change`. A reason for an overlap is one for all of them.

    Raises:
        InASeries, NoDates; as `series.make` and `calendar.change`.
    """
    found = checks.visible(tx, appointment_id, version)
    if found.series_id is not None:
        raise InASeries
    own = next((one for one in dates if one.starts.date() == starts.date()), SeriesDate(starts, starts))
    calendar.change(
        tx, appointment_id, version, starts=starts, ends=starts + timedelta(minutes=minutes), kind=values.kind,
        person_id=values.person_id, staff_id=own.staff_id or values.staff_id, room_id=own.room_id or values.room_id,
        access_point_id=own.access_point_id or values.access_point_id, function=values.function, label=values.label,
        state=state, overlap_reason=overlap_reason, no_show_reason=no_show_reason, extras=values.extras,
    )  # fmt: skip
    tx.session.flush()
    record = _record(tx, found, minutes, rule)
    rows = [series.row_of(values, one) for one in sorted(dates, key=lambda one: one.starts) if one is not own]
    if not any(row.state != "skipped" for row in rows):
        raise NoDates("dates")
    for row in rows:
        for name in series.WAY:
            setattr(row, name, getattr(found, name))
        row.person_id, row.access_card_id, row.mediator_language = (
            found.person_id, found.access_card_id, found.mediator_language,
        )  # fmt: skip
        why.go_on(tx, found, row)
    standing = [one for one in (found, *rows) if one.state in OCCUPYING]
    series_checks.apart((row.starts, row.ends) for row in standing)
    found.original = own.original or starts
    others = others_of(tx, found.id)
    series_checks.check_all(tx, [row for row in rows if row.state != "skipped"], others)
    series.add_rows(tx, record, [found])
    tx.session.flush()  # a server gives the dates after it what is not told to everybody
    series.add_rows(tx, record, rows)
    for row in rows if others else ():
        parties.keep(tx, row, others)
    series.settle(tx, [row for row in rows if row.state != "skipped"], taken, overlap_reason)
    tx.describe(count=len(standing), day=starts.date())
    return record.id


def _record(tx: Tx, found: Appointment, minutes: int, rule: str | None) -> Series:
    parsed = recurrence.parse(rule) if rule else None
    record = Series(rule=recurrence.text(parsed) if parsed else None, starts=found.starts, minutes=minutes)
    if parsed is not None and parsed.endless:
        record.made_until = horizon(max(found.starts.date(), tx.today()), HORIZON_MONTHS)
    return record
