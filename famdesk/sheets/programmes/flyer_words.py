"""What a flyer says: the initiative, its dates, how to take part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from famdesk.domain.languages import language_label
from famdesk.domain.post.looks import Logo
from famdesk.i18n import _, formats, language, ngettext
from famdesk.sheets.paper.mixed import as_it_is
from famdesk.sheets.paper.text import NO_BREAK

_CAPITALS = frozenset({"en", "de"})
"""Where the names of languages have a capital within a sentence."""
_BETWEEN = " · "
MOST_LISTED = 12
"""Meetings that are told one by one."""


@dataclass(frozen=True, slots=True)
class FlyerDate:
    """A meeting ahead; `place` and `theme` only where they are not the same for all."""

    day: date
    starts: time | None = None
    ends: time | None = None
    theme: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Flyer:
    """An initiative as the town may read it; empty texts are left out.

    `kind` is a word in the language of the sheet; so is `target`, for whom it is, unless it is an `own_target` in that
    of the centre. `undated`: how many
    meetings have no day yet; `season` the words for when it begins; `weekday` 1 is Monday, 0 not known. `fee_cents`
    None: not said, 0: free. `partners` are bodies in the order in which they want to be named. `said` is the language
    of the centre's own texts, "" if it is that of the sheet; `uid` names the meetings in calendars.
    """

    name: str
    kind: str = ""
    target: str = ""
    text: str = ""
    dates: tuple[FlyerDate, ...] = ()
    undated: int = 0
    season: str = ""
    starts_on: date | None = None
    weekday: int = 0
    hour: time | None = None
    place: str = ""
    capacity: int | None = None
    fee_cents: int | None = None
    enrol_until: date | None = None
    child_care: bool = False
    interpreters: tuple[str, ...] = ()
    centre: str = ""
    contact: str = ""
    phone: str = ""
    mail: str = ""
    address: str = ""
    partners: tuple[str, ...] = ()
    picture: Logo | None = None
    credit: str = ""
    said: str = ""
    uid: str = ""
    own_target: bool = True


def when_words(content: Flyer) -> tuple[str, ...]:
    """When it takes place, one line each."""
    if not content.dates:
        return _undated(content)
    hours = {_hours(one) for one in content.dates}
    if len(content.dates) == 1:
        first = content.dates[0]
        lines = [", ".join(part for part in (formats.date_full(first.day), _hours(first)) if part),
                 _BETWEEN.join(part for part in (first.theme, first.place) if part)]  # fmt: skip
        return tuple(line for line in (*lines, _more(content)) if line)
    listed = len(content.dates) <= MOST_LISTED and any(one.theme or one.place for one in content.dates)
    if listed or len(hours) > 1:
        lines = [_line(one, with_hour=len(hours) > 1) for one in content.dates]
        lines = lines if listed else [_BETWEEN.join(lines)]
    else:
        lines = [_BETWEEN.join(formats.date_short(one.day).replace(" ", NO_BREAK) for one in content.dates)]
    if len(hours) == 1 and (hour := hours.pop()):
        lines.insert(0, _usual(content.dates, hour))
    return tuple(line for line in (*lines, _more(content)) if line)


def _more(content: Flyer) -> str:
    if not content.undated:
        return ""
    told = ngettext("{n} more meeting: date to be set", "{n} more meetings: dates to be set", content.undated)
    return told.format(n=formats.number(content.undated))


def _usual(dates: Sequence[FlyerDate], hour: str) -> str:
    weekdays = {one.day.isoweekday() for one in dates}
    if len(dates) > 1 and len(weekdays) == 1:
        # Translators: the weekday and hours of all meetings, as in "Thursday, 18:00–19:30"
        return _("{weekday}, {hours}").format(weekday=formats.weekday(weekdays.pop()), hours=hour)
    return hour


def _undated(content: Flyer) -> tuple[str, ...]:
    lines = []
    if content.starts_on:
        lines.append(_("From {day}").format(day=formats.date_full(content.starts_on)))
    elif content.season:
        lines.append(content.season)
    usual = [formats.weekday(content.weekday) if content.weekday else "",
             formats.time_text(content.hour) if content.hour else ""]  # fmt: skip
    if any(usual):
        lines.append(", ".join(part for part in usual if part))
    if content.undated > 1:
        lines.append(ngettext("{n} meeting", "{n} meetings", content.undated).format(n=formats.number(content.undated)))
    return tuple(lines) or (_("Dates to be set"),)


def _line(one: FlyerDate, *, with_hour: bool) -> str:
    day = formats.date_short(one.day).replace(" ", NO_BREAK)
    parts = [day, _hours(one) if with_hour else "", as_it_is(one.theme), as_it_is(one.place)]
    return _BETWEEN.join(part for part in parts if part)


def _hours(one: FlyerDate) -> str:
    if one.starts is None:
        return ""
    return formats.time_range(one.starts, one.ends) if one.ends else formats.time_text(one.starts)


def how_words(content: Flyer) -> tuple[str, ...]:
    """What it costs, how many places there are, until when to enrol; who is there besides: a line each."""
    told, more = list[str](), list[str]()
    if content.fee_cents is not None:
        # Translators: an initiative that costs nothing
        told.append(formats.money(content.fee_cents) if content.fee_cents else _("Free of charge"))
    if content.capacity is not None:
        told.append(ngettext("{n} place", "{n} places", content.capacity).format(n=formats.number(content.capacity)))
    if content.enrol_until:
        told.append(_("Enrol by {day}").format(day=formats.date_day(content.enrol_until)))
    if content.child_care:
        more.append(_("Children are looked after meanwhile"))
    if content.interpreters:
        names = [language_label(code, language()) for code in content.interpreters]
        spoken = formats.list_text(names if language() in _CAPITALS else [name.lower() for name in names])
        more.append(_("With an interpreter: {languages}").format(languages=spoken))
    return tuple(line for line in (_BETWEEN.join(told), *more) if line)
