"""What speaks against the dates of a calendar file: who and what is taken, looked up once for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from famdesk.data.tables.calendar import AppointmentParty
from famdesk.data.tx import Tx
from famdesk.i18n import _
from famdesk.usecases.calendar import calendar_conflicts
from famdesk.usecases.calendar.calendar_conflicts import Wanted
from famdesk.usecases.calendar.calendar_exchange_rows import Change
from famdesk.usecases.calendar.series_checks import Span, crowded
from famdesk.usecases.calendar.taken import Party

CONFLICTS_TOLD = 60
"""So many overlaps of a file are told in words; of the others there is the number."""
_AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Hit:
    """The place of a date among those that were asked for, and what is taken then, in words."""

    place: int
    told: tuple[str, ...]


def found(tx: Tx, dates: Sequence[Change]) -> list[Hit]:
    """The dates at which somebody or something is taken, by the calendar or by an earlier date of the file."""
    beside = _beside(tx, [row.key for row in dates if row.key])
    wanted = [_wanted(row, beside.get(row.key, ())) for row in dates]
    spans = [Span(one.span("staff").starts, one.span("staff").ends, frozenset(one.subjects()), row.key)
             for one, row in zip(wanted, dates, strict=True)]  # fmt: skip
    among = _among_themselves(spans)
    hits = list[Hit]()
    for place in sorted({*crowded(tx, spans), *among}):
        told: tuple[str, ...] = ()
        exact = wanted[place].span("room") == wanted[place].span("staff")  # no way there that a room does not share
        if len(hits) < CONFLICTS_TOLD or not exact:
            error = calendar_conflicts.blocking(calendar_conflicts.found(tx, replace(wanted[place], person_id=None)))
            if error is None and place not in among:
                continue
            told = (error.sentence() if error else _("The file itself has something else at that time."),)
        hits.append(Hit(place, told if len(hits) < CONFLICTS_TOLD else ()))
    return hits


def _wanted(row: Change, others: tuple[Party, ...]) -> Wanted:
    record = row.record
    travel = (record.travel_before or 0, record.travel_after or 0) if record is not None else (0, 0)
    return Wanted(row.starts, row.ends, row.staff_id, row.room_id, None, None, row.key or None, others, *travel)


def _beside(tx: Tx, ids: Sequence[str]) -> dict[str, tuple[Party, ...]]:
    """Which colleagues, rooms and resources take part in dates that are there, beside their own."""
    party = AppointmentParty
    found: dict[str, tuple[Party, ...]] = {}
    for first in range(0, len(ids), _AT_ONCE):
        rows = tx.rows(
            select(party.appointment_id, party.kind, party.staff_id, party.room_id, party.resource_id)
            .where(party.appointment_id.in_(ids[first : first + _AT_ONCE]), party.deleted_at.is_(None))
            .order_by(party.id)
        )  # fmt: skip
        for appointment_id, kind, *subjects in rows:
            found[appointment_id] = (*found.get(appointment_id, ()), *(Party(kind, one) for one in subjects if one))
    return found


def _among_themselves(spans: Sequence[Span]) -> set[int]:
    """The places of the spans that meet an earlier one of the same file."""
    found: set[int] = set()
    busy: dict[str, datetime] = {}
    for place in sorted(range(len(spans)), key=lambda place: (spans[place].starts, spans[place].ends)):
        span = spans[place]
        if any(busy.get(subject, datetime.min) > span.starts for subject in span.subjects):
            found.add(place)
            continue
        for subject in span.subjects:
            busy[subject] = max(busy.get(subject, datetime.min), span.ends)
    return found
