"""Numbers of the centre for whoever checks it: how much there was of what, by month; small numbers are not told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Integer, String, and_, column, func, select

from famdesk.data.base import Record
from famdesk.data.tables.calendar import Appointment
from famdesk.data.tables.intake import AccessCard, InfoContact
from famdesk.data.tables.programmes import Attendance, Enrolment, Meeting
from famdesk.data.tx import Tx
from famdesk.i18n import N_
from famdesk.usecases.centre.small_numbers import least_of
from famdesk.usecases.registry import query

KINDS = {
    "contacts": N_("Short contacts"),
    "cards": N_("Access cards"),
    "appointments": N_("Appointments held"),
    "enrolments": N_("Enrolments"),
    "presences": N_("Presences at meetings"),
}
"""What is counted, in the order of the columns."""


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month (its first day) with the numbers of `KINDS`; None: some, but too few to be told."""

    first: date
    numbers: tuple[int | None, ...]


@query
def numbers(tx: Tx, year: int) -> tuple[MonthRow, ...]:
    """The twelve months of a year. Sums are not told: by them a small number could be found again."""
    found = dict(_on_server(tx, year) if _is_server(tx) else _counted(tx, year))
    least = least_of(tx)
    return tuple(
        MonthRow(date(year, month, 1), tuple(_told(found.get((month, kind), 0), least) for kind in KINDS))
        for month in range(1, 13)
    )


def _told(number: int | None, least: int) -> int | None:
    return number if number is None or number == 0 or number >= least else None


def _is_server(tx: Tx) -> bool:
    return tx.session.get_bind().dialect.name == "postgresql"


def _on_server(tx: Tx, year: int) -> Iterator[tuple[tuple[int, str], int | None]]:
    """What a server counts of all, also of those whom who asks may not know."""
    told = func.fd_numbers(year).table_valued(
        column("month", Integer), column("what", String), column("number", Integer)
    )
    for row in tx.rows(select(told.c.month, told.c.what, told.c.number)):
        yield (row.month, row.what), row.number


def _counted(tx: Tx, year: int) -> Iterator[tuple[tuple[int, str], int | None]]:
    for month in range(1, 13):
        first = date(year, month, 1)
        after = date(year + month // 12, month % 12 + 1, 1)
        for kind, record, condition in _within(first, after):
            counted = select(func.count()).select_from(record)
            if record is Attendance:
                counted = counted.join(Meeting, Meeting.id == Attendance.meeting_id)
            where = (record.centre_id == tx.centre_id, record.deleted_at.is_(None), condition)
            yield (month, kind), int(tx.rows(counted.where(*where))[0][0])


def _within(first: date, after: date) -> Iterator[tuple[str, type[Record], ColumnElement[bool]]]:
    start, end = datetime(first.year, first.month, 1), datetime(after.year, after.month, 1)
    yield "contacts", InfoContact, and_(InfoContact.at >= start, InfoContact.at < end)
    yield "cards", AccessCard, and_(AccessCard.at >= start, AccessCard.at < end)
    held = (Appointment.starts >= start, Appointment.starts < end, Appointment.state == "done")
    yield "appointments", Appointment, and_(*held)
    yield "enrolments", Enrolment, and_(Enrolment.enrolled_on >= first, Enrolment.enrolled_on < after)
    yield "presences", Attendance, and_(Attendance.present, Meeting.day >= first, Meeting.day < after)
