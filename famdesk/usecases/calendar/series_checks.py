"""What speaks against the dates of a series: asked once for all of them, told for each."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from famdesk.data.tables.calendar import Appointment, AppointmentParty
from famdesk.data.tx import Tx
from famdesk.domain.calendar import hours
from famdesk.domain.calendar.calendar import OCCUPYING
from famdesk.domain.calendar.claims import Overlap
from famdesk.i18n import _, formats
from famdesk.usecases.calendar import appointment_checks as checks
from famdesk.usecases.calendar import calendar_conflicts
from famdesk.usecases.calendar.calendar_conflicts import Wanted
from famdesk.usecases.calendar.series_rows import DatesCollide, DatesImpossible, DatesTaken
from famdesk.usecases.calendar.taken import Party, bare, family_of, others_of, visits
from famdesk.usecases.consent import consents
from famdesk.usecases.directory import directory
from famdesk.usecases.kept_files import standing

DATES_TOLD = 6


@dataclass(frozen=True, slots=True)
class Span:
    """A time, and the ids of whom and what it takes; `key` is what is the same thing and does not stand against it."""

    starts: datetime
    ends: datetime
    subjects: frozenset[str]
    key: str = ""


def closed_on(tx: Tx, days: Sequence[date], access_point_id: str | None) -> dict[date, str]:
    """The days on which the access point (None: the whole centre) is closed, with the reason."""
    if not days:
        return {}
    points = directory.timetables(tx, min(days), max(days))
    chosen = [point for point in points if access_point_id in (None, point.id)]
    found = {}
    for day in days:
        rests = [hours.closed_reason(point.timetable, day) for point in chosen]
        if rests and all(rests):
            found[day] = next((rest.reason for rest in rests if rest and rest.reason), None) or _("Closed")
    return found


def crowded(tx: Tx, spans: Sequence[Span], people: frozenset[str] = frozenset()) -> list[int]:
    """The places of those spans where something else takes one of their subjects, or one of the people or who lives
    with them is received elsewhere.

    More than these need not be looked at one by one; what exactly is taken is told by `calendar_conflicts`.
    """
    if not spans:
        return []
    first, last = min(span.starts for span in spans), max(span.ends for span in spans)
    subjects = frozenset().union(*(span.subjects for span in spans))
    busy = _busy(tx, first, last, subjects)
    days = _days_of(tx, people, first, last)
    return [
        place
        for place, span in enumerate(spans)
        if span.starts.date() in days or any(_meets(busy[subject], span) for subject in span.subjects)
    ]


def _days_of(tx: Tx, people: frozenset[str], first: datetime, last: datetime) -> set[date]:
    """The days on which one of the people, or who lives with them, is received."""
    if not people:
        return set()
    family = family_of(tx, people, first.date())
    return {visit.starts.date() for visit in visits(tx, {*people, *family}, first, last, None)}


class _Busy:
    """When a subject is taken: sorted, with the length of the longest."""

    def __init__(self) -> None:
        self.times: list[tuple[datetime, datetime, str]] = []
        self.longest = timedelta()

    def add(self, starts: datetime, ends: datetime, key: str) -> None:
        self.times.append((starts, ends, key))
        self.longest = max(self.longest, ends - starts)


def _meets(busy: _Busy, span: Span) -> bool:
    place = bisect_left(busy.times, (span.starts - busy.longest, datetime.min, ""))
    for starts, ends, key in busy.times[place:]:
        if starts >= span.ends:
            return False
        if ends > span.starts and key != span.key:
            return True
    return False


def _busy(tx: Tx, first: datetime, last: datetime, subjects: frozenset[str]) -> dict[str, _Busy]:
    found: dict[str, _Busy] = defaultdict(_Busy)
    for one in bare(tx, subjects, first, last):
        found[one.subject_id].add(one.starts, one.ends, one.source_id)
    for busy in found.values():
        busy.times.sort()
    return found


def overlaps(tx: Tx, rows: Sequence[Appointment]) -> dict[str, Overlap]:
    """The error of each appointment that takes what is taken, by id. The rows have been flushed, so that they stand
    against each other too."""
    lasting = [row for row in rows if row.state in OCCUPYING]
    spans = [*map(Spans(tx, lasting), lasting)]
    found: dict[str, Overlap] = {}
    for place in crowded(tx, spans):
        row = lasting[place]
        kept = row.overlap_reason
        try:
            checks.settle_overlap(tx, row, None)
        except Overlap as error:
            found[row.id] = error
        if row.overlap_reason != kept:
            row.overlap_reason = kept
    return found


class Spans:
    """Gives the span of an appointment with all its parties and ways."""

    def __init__(self, tx: Tx, rows: Sequence[Appointment]) -> None:
        self._parties: dict[str, set[str]] = defaultdict(set)
        party = AppointmentParty
        ids = [row.id for row in rows]
        for row in tx.rows(
            select(party.appointment_id, party.staff_id, party.room_id, party.resource_id)
            .where(party.appointment_id.in_(ids), party.deleted_at.is_(None))
        ):  # fmt: skip
            self._parties[row.appointment_id] |= {subject for subject in row[1:] if subject}

    def __call__(self, row: Appointment) -> Span:
        own = {subject for subject in (row.staff_id, row.room_id) if subject}
        before, after = timedelta(minutes=row.travel_before or 0), timedelta(minutes=row.travel_after or 0)
        return Span(row.starts - before, row.ends + after, frozenset(own | self._parties[row.id]), row.id)


def settle(tx: Tx, rows: Sequence[Appointment], reason: str | None) -> None:
    """Lets all rows pass if nothing is taken; with a reason, which is kept beside those where something is.

    Raises:
        DatesTaken.
    """
    tx.take_turn()
    tx.session.flush()
    found = overlaps(tx, rows)
    reason = checks.text(reason)
    impossible = {row_id: error for row_id, error in found.items() if not error.allowed}
    if impossible or (found and reason is None):
        raise taken_error(rows, impossible or found)
    for row in rows:
        wanted = reason if row.id in found else None
        if row.overlap_reason != wanted:  # what is touched is written and noted again
            row.overlap_reason = wanted
    if found:
        tx.because(reason)


def taken_error(rows: Sequence[Appointment], found: dict[str, Overlap]) -> DatesTaken:
    """The error that names the dates and tells the first."""
    hit = [row for row in rows if row.id in found]
    days = [formats.date_short(row.starts.date()) for row in hit[:DATES_TOLD]]
    if len(hit) > DATES_TOLD:
        days[-1] = _("{count} more").format(count=len(hit) - DATES_TOLD + 1)
    days[-1] = days[-1].removesuffix(".")  # German shortens months with a point, and the sentence has its own
    kind = DatesTaken if all(error.allowed for error in found.values()) else DatesImpossible
    return kind("starts", dates=tuple(days), first=found[hit[0].id].sentence())


def apart(rows: Iterable[tuple[datetime, datetime]]) -> None:
    """
    Raises:
        DatesCollide: two of them overlap.
    """
    before = datetime.min
    for starts, ends in sorted(rows):
        if starts < before:
            raise DatesCollide("dates", day=starts.date())
        before = ends


def check_all(tx: Tx, rows: Sequence[Appointment], others: tuple[Party, ...] = ()) -> None:
    """What is asked of each appointment, looked up as seldom as can be: all rows are of one kind and person.

    Raises:
        As `appointment_checks.check` and `check_consent`.
    """
    if not rows:
        return
    checks.check(tx, rows[0], others)
    for row in rows[1:]:
        row.person_id = rows[0].person_id
        checks.check_times(row)
    check_consents(tx, rows, others)


def check_consents(tx: Tx, rows: Sequence[Appointment], others: tuple[Party, ...] | None = None) -> None:
    """The consents for each date; if all who take part are of age on the first, they are so on the others. `others`
    None: those that the database has.

    Raises:
        ConsentMissing.
    """
    first = min(rows, key=lambda row: row.starts)
    checks.check_consent(tx, first, others)
    if first.kind not in consents.INTERVIEWS:
        return
    beside = others if others is not None else others_of(tx, first.id)
    people = [first.person_id, *(one.id for one in beside if one.kind == "person")]
    with tx.session.no_autoflush:
        day = first.starts.date()
        minors = [one for one in people if one and consents.is_minor(tx, standing(tx, one), day)]
    for row in rows if minors else ():
        checks.check_consent(tx, row, others)


def told(tx: Tx, wanted: Wanted) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What speaks against a time: the sentences that need a reason, and the others."""
    errors = calendar_conflicts.found(tx, wanted)
    return (tuple(error.sentence() for error in errors if not error.hint),
            tuple(error.sentence() for error in errors if error.hint))  # fmt: skip
