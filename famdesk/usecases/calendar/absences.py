"""A colleague will be away: the absence, what becomes of the appointments in that time, and whom to call about it.

An absence is one appointment of the kind "absence", over as many days as it lasts. What is given to a colleague, moved
or cancelled goes with it in one step, and undo takes all of it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from famdesk.data.tables.calendar import Appointment, AppointmentParty
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.calendar import reminding
from famdesk.domain.calendar.calendar import Interval, check_transition, overlapping
from famdesk.domain.errors import RuleError
from famdesk.i18n import N_, _, formats
from famdesk.usecases.calendar import appointment_checks as checks
from famdesk.usecases.calendar import appointment_why as why
from famdesk.usecases.calendar import calendar_conflicts
from famdesk.usecases.calendar.calendar import MOVABLE
from famdesk.usecases.calendar.calendar_conflicts import Wanted
from famdesk.usecases.calendar.taken import OF_MEETINGS, others_of, taken, times
from famdesk.usecases.people.person_names import labels
from famdesk.usecases.post import mail, reminders
from famdesk.usecases.post.reminder_routes import routes
from famdesk.usecases.registry import query, usecase
from famdesk.usecases.staff import staff

LONGEST = timedelta(days=366)

What = Literal["keep", "give", "move", "cancel"]


class UnknownColleague(RuleError):
    message = N_("Choose a colleague from the list.")


class TooLongAway(RuleError):
    message = N_("An absence lasts a year at most.")


class NotOfThisTime(RuleError):
    message = N_("One of the appointments has changed meanwhile. Look at the list again.")


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of an appointment: it stays, goes to the colleague `staff_id`, to the start `starts`, or is off."""

    appointment_id: str
    version: int
    what: What
    staff_id: str | None = None
    starts: datetime | None = None


@dataclass(frozen=True, slots=True)
class AffectedRow:
    """An appointment within an absence. `who` "" without a person; `free` are the colleagues (id, name) who are free
    then, those of the same profession first; `next` the first time after the absence that is free for all, None if
    there is none soon."""

    id: str
    version: int
    starts: datetime
    ends: datetime
    kind: str
    who: str
    free: tuple[tuple[str, str], ...]
    next: datetime | None


@dataclass(frozen=True, slots=True)
class Affected:
    """What lies within an absence. `hidden`: so many more of persons whom the reader may not know; `meetings`: so many
    meetings of initiatives that the colleague leads."""

    rows: tuple[AffectedRow, ...]
    hidden: int
    meetings: int


@dataclass(frozen=True, slots=True)
class Planned:
    """An absence that was put down: its id, how many persons are to be told on the list of calls, and how many nobody
    may reach."""

    id: str
    to_tell: int
    unreachable: int


@query
def affected(
    tx: Tx, staff_id: str, starts: datetime, ends: datetime, exclude: str | None = None
) -> Affected:  # fmt: skip
    """What a colleague has in a time; `exclude` is the absence itself. Empty for a time that is none."""
    if ends <= starts or ends - starts > LONGEST:
        return Affected((), 0, 0)
    hits = taken(tx, [staff_id], starts, ends, exclude)
    found = _appointments(tx, [hit.source_id for hit in hits if hit.kind not in {"", *OF_MEETINGS}])
    names = labels(tx, [one.person_id for one in found])
    everybody = staff.colleagues(tx)
    like = next((row.profession for row in everybody if row.id == staff_id), None)
    others = sorted(everybody, key=lambda row: row.profession != like)  # by name within each half
    colleagues = {row.id: row.name for row in others if row.id != staff_id}
    busy = times(tx, colleagues, starts - timedelta(days=1), ends + timedelta(days=1)) if found else {}
    rows, after = [], ends
    for one in found:
        later = _next(tx, one, after)
        after = later + (one.ends - one.starts) if later else after  # each gets a time of its own
        free = tuple((key, name) for key, name in colleagues.items() if not _meets(one, busy[key]))
        who = names.get(one.person_id or "", "")
        kind = why.kind_shown(one.kind) if why.hidden(tx, one.staff_id) else one.kind
        rows.append(AffectedRow(one.id, one.version, one.starts, one.ends, kind, who, free, later))
    return Affected(
        tuple(rows), sum(not hit.kind for hit in hits), len({hit.source_id for hit in hits if hit.kind in OF_MEETINGS})
    )


@usecase(N_("Absence from {when} planned"))
def plan(
    tx: Tx, staff_id: str, starts: datetime, ends: datetime, *, all_day: bool = True, label: str | None = None,
    decisions: Iterable[Decision] = (),
) -> Planned:  # fmt: skip
    """Puts down that a colleague is away, and what becomes of the appointments. `all_day`: both are midnights.

    Whoever has to hear of it is put on the list of calls, or gets a mail or letter, as the safe-contact rule says.

    Raises:
        UnknownColleague, EndsBeforeStart, TooLongAway, NotOfThisTime, NoSuchTime, ConsentMissing, Stale.
        Overlap: a colleague to whom one was given, or the new time, is taken meanwhile.
    """
    colleague(tx, staff_id)
    away = Appointment(kind="absence", staff_id=staff_id, starts=starts, ends=ends, all_day=all_day,
                       label=checks.text(label), state="planned")  # fmt: skip
    checks.check(tx, away)
    if ends - starts > LONGEST:
        raise TooLongAway("last")
    tx.take_turn()
    tx.add(away)
    tx.session.flush()
    counts = [_carry_out(tx, away, one) for one in decisions]
    _settle(tx, away)
    tx.describe(when=starts.date() if all_day else starts)
    return Planned(away.id, sum(told for told, _none in counts), sum(none for _told, none in counts))


@usecase(N_("Absence from {when} changed"))
def change(
    tx: Tx, absence_id: str, version: int, starts: datetime, ends: datetime, *, all_day: bool = True,
    label: str | None = None, decisions: Iterable[Decision] = (),
) -> Planned:  # fmt: skip
    """Another time for an absence, and what becomes of the appointments that lie in it now.

    Raises:
        As `plan`; NotFound.
    """
    away = checks.visible(tx, absence_id, version)
    if away.kind != "absence" or away.staff_id is None:
        raise NotOfThisTime
    tx.describe(when=away.starts.date() if away.all_day else away.starts)
    away.starts, away.ends, away.all_day, away.label = starts, ends, all_day, checks.text(label)
    checks.check(tx, away)
    if ends - starts > LONGEST:
        raise TooLongAway("last")
    tx.take_turn()
    tx.session.flush()
    counts = [_carry_out(tx, away, one) for one in decisions]
    _settle(tx, away)
    return Planned(away.id, sum(told for told, _none in counts), sum(none for _told, none in counts))


def colleague(tx: Tx, staff_id: str, field: str = "staff_id") -> Staff:
    """A colleague who works here.

    Raises:
        UnknownColleague: for the field `field`.
    """
    found = tx.session.get(Staff, staff_id)
    if found is None or found.deleted_at or not found.active or found.centre_id != tx.centre_id:
        raise UnknownColleague(field)
    return found


def _appointments(tx: Tx, ids: Iterable[str]) -> list[Appointment]:
    """Those that can still be given away, by time."""
    found = [tx.find(Appointment, one) for one in dict.fromkeys(ids)]
    known = [one for one in found if one is not None and one.kind != "absence" and one.state in MOVABLE]
    return sorted(known, key=lambda one: (one.starts, one.id))


def _meets(one: Appointment, busy: Sequence[Interval]) -> bool:
    before, after = timedelta(minutes=one.travel_before or 0), timedelta(minutes=one.travel_after or 0)
    asked = Interval(one.starts - before, one.ends + after)
    return any(overlapping(asked, span) for span in busy)


def _next(tx: Tx, one: Appointment, after: datetime) -> datetime | None:
    begin = max(after, tx.now())
    wanted = Wanted(begin, begin + (one.ends - one.starts), one.staff_id, one.room_id, one.person_id,
                    one.access_point_id, one.id)  # fmt: skip
    return calendar_conflicts.next_time(tx, wanted)


def _carry_out(tx: Tx, away: Appointment, decision: Decision) -> tuple[int, int]:
    """What was decided of one appointment; gives how many persons are to be told, and how many cannot be."""
    if decision.what == "keep":
        return 0, 0
    found = checks.visible(tx, decision.appointment_id, decision.version)
    if found.state not in MOVABLE or not overlapping(found, away) or not _is_of(tx, found, away.staff_id):
        raise NotOfThisTime
    if decision.what == "give":
        return give(tx, found, away.staff_id, decision.staff_id or "")
    if decision.what == "move":
        length = found.ends - found.starts
        found.starts = decision.starts or found.starts
        found.ends = found.starts + length
        checks.check_times(found)
        checks.check_consent(tx, found)
        checks.settle_overlap(tx, found, None)
    else:
        check_transition(found.state, "cancelled")
        found.state, found.cancelled_by = "cancelled", "centre"
    return _tell(tx, found)


def _is_of(tx: Tx, found: Appointment, staff_id: str | None) -> bool:
    return found.staff_id == staff_id or any(one.id == staff_id for one in others_of(tx, found.id))


def give(tx: Tx, found: Appointment, former: str | None, staff_id: str) -> tuple[int, int]:
    """Somebody else receives them at the same time: they hear who it is. Gives how many are to be told, and how many
    cannot be."""
    new = colleague(tx, staff_id)
    if found.staff_id == former:
        why.check_taken_over(tx, former, staff_id)
        found.staff_id = staff_id
    else:
        for row in tx.all(AppointmentParty, AppointmentParty.appointment_id == found.id):
            if row.staff_id == former:
                row.staff_id = staff_id
    tx.session.flush()
    checks.settle_overlap(tx, found, None)
    # Translators: on the list of calls; {name} is a colleague
    text = _("Tell: the appointment of {when} is with {name}")
    return _tell(tx, found, text.format(when=formats.moment(found.starts), name=new.name))


def _tell(tx: Tx, found: Appointment, text: str | None = None) -> tuple[int, int]:
    """Puts the family on the list of calls; who must not be called gets a mail or letter, unless only who receives them
    is another one: that a colleague is told by word of mouth or not at all."""
    if found.kind not in reminding.REMINDED or found.starts <= tx.now():
        return 0, 0
    told = none = 0
    for route in routes(tx, found, mail.of_centre(tx)):
        called = reminders.by_phone(tx, route)
        used = called or (route if text is None and route.channel != "none" else None)
        if used is None:
            none += text is None
            continue
        reminders.put_down(tx, found, used, text)
        told += 1
    return told, none


def _settle(tx: Tx, away: Appointment) -> None:
    """What stays beside an absence stands there by choice: the absence does not shut it out."""
    tx.session.flush()
    away.overlap_reason = None
    hits = taken(tx, [away.staff_id or ""], away.starts, away.ends, away.id)
    if hits:
        away.overlap_reason = _("Some appointments stay as they are.")


def kind_words(row: AffectedRow) -> str:
    """The kind in words, in the current language."""
    return codes.label(codes.APPOINTMENT_KINDS, row.kind)
