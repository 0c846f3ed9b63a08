"""Calls for applications: the end to the minute, what is late, what the countdown says, and the ranking.

Moments are counted in milliseconds of UTC since 1970, as the server stamps them; deadlines are local wall time of the
centre. A call that ends at 9:00 takes what is stamped 9:00:00.000, and nothing after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from famdesk.domain.codes import Code, Table
from famdesk.i18n import N_, _, ngettext

CALL_STATES: Table = (
    Code("preparation", N_("In preparation")),
    Code("open", N_("Open for applications")),
    # Translators: applications for a call are being looked at by the commission
    Code("judging", N_("Being judged")),
    # Translators: a call whose ranking is fixed
    Code("decided", N_("Decided")),
)

APPLICATION_STATES: Table = (
    Code("received", N_("Received")),
    # Translators: an application of which a document is still asked for
    Code("asked", N_("Documents asked for")),
    # Translators: an application that passed the formal check
    Code("admitted", N_("Admitted")),
    Code("excluded", N_("Excluded")),
    # Translators: an application taken back by who handed it in
    Code("withdrawn", N_("Taken back")),
    # Translators: an application that gets the place or the money of a call
    Code("funded", N_("Accepted")),
    # Translators: an application that is good enough, but places or money are used up
    Code("eligible", N_("Suitable, no place left")),
    # Translators: an application with too few points
    Code("unfit", N_("Below the least points")),
)

DOCUMENT_STATES: Table = (
    # Translators: a document is there
    Code("present", N_("There")),
    Code("missing", N_("Missing")),
    # Translators: a document was asked for
    Code("asked", N_("Asked for")),
    # Translators: a document that does not fit what was asked for
    Code("unfit", N_("Does not fit")),
)

APPLICATION_CHANNELS: Table = (
    Code("desk", N_("At the desk")),
    # Translators: certified electronic mail, Italian "PEC"
    Code("certified_mail", N_("Certified e-mail")),
    Code("mail", N_("E-mail")),
    Code("post", N_("By post")),
    Code("online", N_("Online")),
)

JUDGED = ("funded", "eligible", "unfit")
"""What a decision makes of an admitted application."""
UNCHECKED = ("received", "asked")
"""Applications of which nobody has said yet whether they are admitted."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


def milliseconds(moment: datetime) -> int:
    """A moment with its zone in whole milliseconds since 1970; what is less than one is cut off."""
    return (moment - _EPOCH) // _MILLISECOND


def moment_of(stamp: int, zone: str) -> datetime:
    """What the clocks on the wall showed at a stamp, with its milliseconds."""
    return (_EPOCH + stamp * _MILLISECOND).astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def deadline_stamp(deadline: datetime, zone: str) -> int:
    """The last millisecond that is in time. An hour that the clocks show twice counts as the second one: who hands in
    an application gets the benefit of the doubt."""
    return milliseconds(deadline.replace(tzinfo=ZoneInfo(zone), fold=1))


def is_late(stamp: int, deadline: datetime | None, zone: str) -> bool:
    """Whether an application with that stamp came after the end; without an end nothing is late."""
    return deadline is not None and stamp > deadline_stamp(deadline, zone)


def stamp_text(stamp: int, zone: str) -> str:
    """ "08/07/2021, 9:00:00.001": never rounded."""
    return moment_text(moment_of(stamp, zone))


def moment_text(shown: datetime) -> str:
    """A moment of the clocks on the wall as `stamp_text` writes it."""
    from famdesk.i18n import formats

    return f"{formats.date_num(shown.date())}, {shown.hour}:{shown:%M:%S}.{shown.microsecond // 1000:03}"


@dataclass(frozen=True, slots=True)
class Left:
    """How long a call still takes applications, or, if it is `over`, how long it no longer does.

    Days are those of the calendar, from one hour to the same hour; hours and minutes really pass, also in the night in
    which the clocks change.
    """

    days: int
    hours: int
    minutes: int
    over: bool = False


def left(now: int, deadline: datetime, zone: str) -> Left:
    """How long from a stamp to the deadline."""
    end = deadline_stamp(deadline, zone)
    first, last = sorted((now, end))
    there = ZoneInfo(zone)
    starts = (_EPOCH + first * _MILLISECOND).astimezone(there)
    until = _EPOCH + last * _MILLISECOND
    days = (until.astimezone(there).date() - starts.date()).days
    while days > 0 and starts + days * _DAY > until:
        days -= 1
    rest = until - (starts + days * _DAY).astimezone(UTC)
    minutes = rest // _MINUTE
    return Left(days, minutes // 60, minutes % 60, now > end)


def left_text(found: Left) -> str:
    """ "2 days, 3 hours and 5 minutes left", "Ended 5 minutes ago"; below a day the minutes are told, above it too."""
    from famdesk.i18n import formats

    parts = [
        ngettext("{n} day", "{n} days", found.days).format(n=formats.number(found.days)) if found.days else "",
        ngettext("{n} hour", "{n} hours", found.hours).format(n=found.hours) if found.hours else "",
        ngettext("{n} minute", "{n} minutes", found.minutes).format(n=found.minutes) if found.minutes else "",
    ]
    told = [part for part in parts if part][: 2 if found.over else 3]
    if not told:
        return _("Ended less than a minute ago") if found.over else _("Less than a minute left")
    if found.over:
        # Translators: of a call for applications, as in "Ended 2 days and 3 hours ago"
        return _("Ended {time} ago").format(time=formats.list_text(told))
    # Translators: of a call for applications, as in "2 days, 3 hours and 5 minutes left"
    return _("{time} left").format(time=formats.list_text(told))


def points_text(points: int) -> str:
    """Hundredths of a point: "78.5"."""
    from decimal import Decimal

    from famdesk.i18n import formats

    return formats.number(Decimal(points) / 100)


@dataclass(frozen=True, slots=True)
class Entry:
    """An admitted application to be ranked. `points` None: not all criteria have points; `below`: one criterion has
    fewer than it needs."""

    id: str
    number: int
    stamp: int
    points: int | None
    below: bool = False


@dataclass(frozen=True, slots=True)
class Ranked:
    """Where an application stands. `rank` None: it is not ranked; `tied` are the numbers of others with equal points.

    `outcome` is funded, eligible or unfit; "tie": equal points, and not all of them can be taken; "open": points lack.
    """

    id: str
    number: int
    points: int | None
    rank: int | None
    outcome: str
    tied: tuple[int, ...] = ()


def ranking(entries: Sequence[Entry], *, seats: int | None = None, least: int | None = None,
            by_arrival: bool = False) -> tuple[Ranked, ...]:  # fmt: skip
    """The ranking: most points first, equal points share a rank; those below the `least` points and those whose points
    lack come last. `by_arrival`: of equal points who applied first stands first.

    Nobody is put before somebody with equal points in silence: where the last place falls among equals, all of them
    are told as "tie". Equal stamps stay equal even by arrival.
    """
    fit = [one for one in entries if one.points is not None and not _under(one, least)]
    fit.sort(key=lambda one: (-(one.points or 0), one.stamp, one.number))

    def key(one: Entry) -> tuple[int, int]:
        return one.points or 0, one.stamp if by_arrival else 0

    found = []
    for one in fit:
        equal = [other for other in fit if key(other) == key(one)]
        first = 1 + sum(_before(other, one, by_arrival=by_arrival) for other in fit)
        same = tuple(other.number for other in fit if other.points == one.points and other.id != one.id)
        last = first + len(equal) - 1
        outcome = "funded" if seats is None or last <= seats else "eligible" if first > seats else "tie"
        found.append(Ranked(one.id, one.number, one.points, first, outcome, same))
    rest = sorted((one for one in entries if one not in fit), key=lambda one: (one.points is None, one.number))
    return (*found, *(_unranked(one) for one in rest))


def _before(one: Entry, other: Entry, *, by_arrival: bool) -> bool:
    if one.points != other.points:
        return (one.points or 0) > (other.points or 0)
    return by_arrival and one.stamp < other.stamp


def _under(one: Entry, least: int | None) -> bool:
    return one.below or (least is not None and (one.points or 0) < least)


def _unranked(one: Entry) -> Ranked:
    return Ranked(one.id, one.number, one.points, None, "open" if one.points is None else "unfit")


def in_order_of_arrival(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries of a call without criteria, all with the same points: only the order of arrival counts."""
    return tuple(replace(one, points=0) for one in entries)
