"""Words about meetings that every view uses: the functions in short, and what is still to be set."""

from __future__ import annotations

from datetime import date, time
from typing import Protocol

from famdesk.domain.codes import Code, Table, label
from famdesk.i18n import N_, _

# The three functions of a family centre in one or two words, for badges.
FUNCTION_WORDS: Table = (
    Code("A", N_("A information")),
    Code("B", N_("B parenthood")),
    Code("C", N_("C community")),
)

# What of a meeting can still be to be set; used in a list, as in "To be set: theme and end".
OPEN_POINTS: Table = (
    Code("day", N_("day")),
    Code("hour", N_("hour")),
    # Translators: the hour at which a meeting ends
    Code("end", N_("end")),
    Code("place", N_("place")),
    # Translators: who leads a meeting
    Code("leader", N_("leader")),
    Code("theme", N_("theme")),
)


class Planned(Protocol):
    """What is known of a meeting; None: to be set."""

    @property
    def day(self) -> date | None: ...
    @property
    def starts(self) -> time | None: ...
    @property
    def minutes(self) -> int | None: ...
    @property
    def place(self) -> str | None: ...
    @property
    def leader(self) -> str | None: ...
    @property
    def theme(self) -> str | None: ...


def open_points(meeting: Planned) -> tuple[str, ...]:
    """The codes of `OPEN_POINTS` that are still to be set; the end is not asked for before the hour."""
    lacks = {
        "day": meeting.day is None,
        "hour": meeting.starts is None,
        "end": meeting.starts is not None and meeting.minutes is None,
        "place": not meeting.place,
        "leader": not meeting.leader,
        "theme": not meeting.theme,
    }
    return tuple(point.code for point in OPEN_POINTS if lacks[point.code])


def to_be_set(meeting: Planned, without: frozenset[str] = frozenset()) -> str:
    """What is still to be set as a sentence, "" if nothing; `without` are points that are told elsewhere."""
    from famdesk.i18n import formats

    words = [label(OPEN_POINTS, code) for code in open_points(meeting) if code not in without]
    return _("To be set: {what}").format(what=formats.list_text(words)) if words else ""
