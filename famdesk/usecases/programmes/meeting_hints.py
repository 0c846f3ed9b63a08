"""What to know of the time of a meeting that forbids nothing: openings it meets, closed days, other meetings there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select

from famdesk.data.tables.directory import AccessPoint
from famdesk.data.tables.programmes import Meeting
from famdesk.data.tx import Tx
from famdesk.domain.calendar.calendar import Interval, overlapping
from famdesk.domain.calendar.hours import closed_reason, intervals
from famdesk.domain.programmes.meetings import OFF
from famdesk.usecases.directory import directory
from famdesk.usecases.programmes.meeting_reading import meeting_rows
from famdesk.usecases.programmes.programmes_rows import Hint

_MINUTE = timedelta(minutes=1)


def hints_for(tx: Tx, place_id: str | None, wanted: Interval, meeting_id: str | None) -> Iterator[Hint]:
    """What is at the same time at the same place; without a place: what the centre's own points do then."""
    day = wanted.starts.date()
    places = dict(
        tx.rows(
            select(AccessPoint.id, AccessPoint.place_id).where(
                AccessPoint.centre_id == tx.centre_id, AccessPoint.deleted_at.is_(None)
            )
        )
    )
    for point in directory.timetables(tx, day, day):
        if place_id is not None and places.get(point.id) != place_id:
            continue
        closed = closed_reason(point.timetable, day)
        if closed is not None and place_id is not None:
            yield Hint("closed", closed.reason or "")
        for opening in intervals(point.timetable, day):
            if overlapping(opening, wanted):
                yield Hint("opening", point.name, opening.starts.time(), opening.ends.time(), place_id is not None)
    if place_id is not None:
        yield from _other_meetings(tx, place_id, wanted, meeting_id)


def _other_meetings(tx: Tx, place_id: str, wanted: Interval, meeting_id: str | None) -> Iterator[Hint]:
    day = wanted.starts.date()
    for row in meeting_rows(tx, Meeting.day == day, Meeting.place_id == place_id, Meeting.state.not_in(OFF)):
        if row.id == meeting_id or row.begins is None:
            continue
        taken = span(row.begins, row.minutes)
        if overlapping(taken, wanted):
            yield Hint("meeting", row.initiative, row.starts, row.ends.time() if row.ends else None)


def span(begins: datetime, minutes: int | None) -> Interval:
    """The time that a meeting takes; one whose end is not known touches what is open at its beginning."""
    return Interval(begins, begins + (timedelta(minutes=minutes) if minutes else _MINUTE))
