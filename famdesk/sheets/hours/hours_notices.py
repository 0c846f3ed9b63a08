"""The boxes of the opening-hours poster: new hours, extra openings, closed days."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from famdesk.i18n import _, formats, using
from famdesk.sheets.hours.hours_content import OpeningHours, day_groups, spans_text
from famdesk.sheets.paper.layout import Block
from famdesk.sheets.paper.mixed import joined
from famdesk.sheets.paper.poster import Notice
from famdesk.sheets.paper.style import ATTENTION, ATTENTION_TINT, PRIMARY, PRIMARY_TINT

_ENTRIES = 18
"""Most entries in one box; further ones follow in a box of their own, which may go to the next page."""


def notices(content: OpeningHours, size: float) -> list[Block]:
    """The boxes: new hours, extra openings, closed days, each only if there is something to say."""
    kinds: list[tuple[Callable[[], str], _Telling, str, str]] = [
        (lambda: _("New opening hours"), _changes, PRIMARY, PRIMARY_TINT),
        (lambda: _("Extra openings"), _extra, PRIMARY, PRIMARY_TINT),
        (lambda: _("Closed"), _closed, ATTENTION, ATTENTION_TINT),
    ]
    found = []
    for heading, tell, colour, tint in kinds:
        entries = tuple(tell(content))
        again = _again(content, entries, tell)
        found.append(Notice(heading, entries, colour, tint, content.also if again else "", again))
    return [part.block(size) for notice in found for part in notice.parts(_ENTRIES)]


_Telling = Callable[[OpeningHours], Iterator[tuple[str, str]]]


def _again(content: OpeningHours, entries: Sequence[tuple[str, str]], tell: _Telling) -> tuple[tuple[str, str], ...]:
    """The entries of a box in the second language; what reads the same in both, such as a name, is said once."""
    if content.again is None:
        return ()
    with using(content.also):
        found = tuple(tell(content.again))
    return tuple((day, "" if text == said else text) for (day, text), (_day, said) in zip(found, entries, strict=True))


def _changes(content: OpeningHours) -> Iterator[tuple[str, str]]:
    for change in sorted(content.changes, key=lambda change: (change.starts, change.place)):
        first = formats.date_day(change.starts)
        if change.ends is None:
            when = _("from {day}").format(day=first)
        else:
            when = _("from {first} to {last}").format(first=first, last=formats.date_day(change.ends))
        hours = [f"{group.label()} {spans_text(group.spans)}" for group in day_groups(change.hours)]
        yield when, _dotted(change.place, ", ".join(hours) or _("on request"))


def _extra(content: OpeningHours) -> Iterator[tuple[str, str]]:
    for opening in sorted(content.extra, key=lambda opening: (opening.day, opening.place)):
        yield formats.date_day(opening.day), _dotted(spans_text(opening.spans), opening.place, opening.reason)


def _closed(content: OpeningHours) -> Iterator[tuple[str, str]]:
    for closed in sorted(content.closed, key=lambda closed: (closed.first, closed.last, closed.place)):
        one_day = closed.first == closed.last
        when = formats.date_day(closed.first) if one_day else formats.week_range(closed.first, closed.last)
        yield when, _dotted(closed.reason, closed.place)


def _dotted(*parts: str) -> str:
    return joined(parts)
