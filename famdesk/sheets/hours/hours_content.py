"""What the opening-hours poster says, and how a week's hours are put into words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import NamedTuple

from famdesk.i18n import _, formats, language
from famdesk.sheets.paper.poster import Contacts, Partner


@dataclass(frozen=True, slots=True)
class Span:
    """From `starts` up to, not including, `ends`, in local wall time; `ends` at 0:00 is midnight."""

    starts: time
    ends: time


@dataclass(frozen=True, slots=True)
class DayHours:
    """The hours of one weekday (1 Monday … 7 Sunday); several spans if the door closes at noon."""

    weekday: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class PlaceHours:
    """A place with its weekly hours. No `hours` at all means that they are not known.

    `address` is printed line by line. `note` is a remark on the hours ("con il personale del Centro"). `contact` is
    used for unknown hours; None stands for that of the centre.
    """

    name: str
    address: tuple[str, ...] = ()
    hours: tuple[DayHours, ...] = ()
    note: str = ""
    contact: Contacts | None = None


@dataclass(frozen=True, slots=True)
class ClosedDays:
    """Closed from `first` to `last`, both included. No `place` means all of them."""

    first: date
    last: date
    reason: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """Hours of a place that hold from `starts`, until `ends` if that is known."""

    starts: date
    place: str
    hours: tuple[DayHours, ...]
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class ExtraOpening:
    """An opening outside the weekly hours."""

    day: date
    spans: tuple[Span, ...]
    place: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """What the poster says. Empty texts and None are left out on paper; `places` in the order of printing.

    `also` is the code of a second language, "" for none, and `again` the same content as it is said in that.
    """

    centre: str
    places: tuple[PlaceHours, ...]
    tagline: str = ""
    contacts: Contacts = field(default_factory=Contacts)
    closed: tuple[ClosedDays, ...] = ()
    changes: tuple[Change, ...] = ()
    extra: tuple[ExtraOpening, ...] = ()
    partners: tuple[Partner, ...] = ()
    valid_from: date | None = None
    also: str = ""
    again: OpeningHours | None = None


class Group(NamedTuple):
    """Days in a row with the same hours; one day if `first` is `last`."""

    first: int
    last: int
    spans: tuple[Span, ...]

    def label(self) -> str:
        first, last = formats.weekday(self.first), formats.weekday(self.last)
        # Translators: weekdays with the same hours, as "Monday – Friday"
        return first if self.first == self.last else _("{first} – {last}").format(first=first, last=last)


def day_groups(hours: Sequence[DayHours]) -> list[Group]:
    """The week by weekday; three or more days in a row with the same hours share a line."""
    days = sorted(hours, key=lambda day: day.weekday)
    groups: list[Group] = []
    for day in days:
        spans = tuple(sorted(day.spans, key=lambda span: span.starts))
        if groups and groups[-1].spans == spans and groups[-1].last + 1 == day.weekday:
            groups[-1] = Group(groups[-1].first, day.weekday, spans)
        else:
            groups.append(Group(day.weekday, day.weekday, spans))
    return [part for group in groups for part in _parts(group)]


def _parts(group: Group) -> list[Group]:
    if group.last - group.first >= 2:
        return [group]
    return [Group(day, day, group.spans) for day in range(group.first, group.last + 1)]


WHOLE_HOURS = {"it", "de"}
"""Languages in which "12–14" alone is read as hours of the day."""


def is_whole(span: Span) -> bool:
    return span.starts.minute == 0 and span.ends.minute == 0


def span_text(span: Span, whole: bool) -> str:
    """ "12–14" if all hours of the poster are whole, else "12:00–14:30"; the dash stays in every language."""
    # Translators: hours of the day, as "12–14" or "12:00–14:30"; keep the dash; in German "{start}–{end} Uhr"
    pattern = _("{start}–{end}")
    if whole:
        return pattern.format(start=span.starts.hour, end=span.ends.hour or 24)
    start, _dash, end = formats.time_range(span.starts, span.ends).partition("–")
    return pattern.format(start=start, end=end)


def spans_text(spans: Sequence[Span]) -> str:
    whole = language() in WHOLE_HOURS and all(is_whole(span) for span in spans)
    return ", ".join(span_text(span, whole) for span in spans)
