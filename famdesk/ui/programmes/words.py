"""How initiatives and meetings read: lines of the list, facts of the heading, hints about a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from famdesk.domain.centre.profile_codes import PARTNERSHIP_ROLES
from famdesk.domain.codes import AUDIENCES, FUNCTIONS, INITIATIVE_KINDS, INITIATIVE_STATES, label
from famdesk.domain.programmes.meetings import SEASONS
from famdesk.domain.programmes.targets import TARGET_WHO, age_words
from famdesk.i18n import N_, _, formats, ngettext
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.lines import Line
from famdesk.usecases.programmes.programmes_rows import (
    Hint,
    InitiativeDetail,
    InitiativeRow,
    InitiativeValues,
    MeetingRow,
    OrganiserRow,
)

FUNCTION_MEANINGS: Final = {"A": Meaning.A, "B": Meaning.B, "C": Meaning.C}
STATE_MEANINGS: Final = {
    "preparation": Meaning.WARNING,
    "enrolling": Meaning.ACCENT,
    "running": Meaning.OPEN,
    "closed": Meaning.CLOSED,
}
TO_BE_SET: Final = N_("to be set")
_FIELDS: Final = {
    "name": N_("name"),
    "kind": N_("kind"),
    "state": N_("state"),
    "audience": N_("audience"),
    "target": N_("target group"),
    "function": N_("function"),
    "starts_on": N_("first day"),
    "usual_weekday": N_("usual day"),
    "usual_time": N_("usual hour"),
    "day": N_("day"),
    "starts": N_("hour"),
    "deadline": N_("end"),
    "issuer_body": N_("by whom"),
}


def list_lines(rows: Sequence[InitiativeRow]) -> list[Line]:
    """Initiatives under the heading of their state."""
    lines: list[Line] = []
    for state, group in groupby(rows, key=lambda row: row.state):
        lines.append(Line(f"state:{state}", label(INITIATIVE_STATES, state), header=True))
        lines.extend(_list_line(row) for row in group)
    return lines


def _list_line(row: InitiativeRow) -> Line:
    function = row.function or ""
    details = [_when(row), _people(row)]
    return Line(
        row.id, row.name, detail=" · ".join(text for text in details if text), tag=function,
        tag_meaning=FUNCTION_MEANINGS.get(function), spoken=", ".join([row.name, label(FUNCTIONS, row.function),
                                                                       *(text for text in details if text)]),
    )  # fmt: skip


def _when(row: InitiativeRow) -> str:
    if row.next_day is not None:
        when = formats.date_short(row.next_day)
        if row.next_starts is not None:
            when = _("{day}, {time}").format(day=when, time=formats.time_text(row.next_starts))
        return when
    if row.season_text and row.state != "closed":
        return row.season_text
    if row.season and row.state != "closed":
        return season_text(row.season, row.season_year)
    if row.meetings:
        return ngettext("{n} meeting", "{n} meetings", row.meetings).format(n=row.meetings)
    return ""


def season_text(season: str, year: int | None) -> str:
    """ "Spring 2026", or only the season."""
    name = label(SEASONS, season)
    return name if year is None else f"{name} {year}"


def _people(row: InitiativeRow) -> str:
    if row.capacity is not None:
        return _("{enrolled} of {places} places").format(enrolled=row.enrolled, places=row.capacity)
    return ngettext("{n} enrolled", "{n} enrolled", row.enrolled).format(n=row.enrolled) if row.enrolled else ""


def heads(detail: InitiativeDetail) -> str:
    """How many came where nobody is entered by name."""
    count = sum(row.present for row in detail.meetings)
    if not count:
        return _("Heads are counted, nobody is entered by name")
    text = ngettext("{n} person counted so far, nobody by name", "{n} people counted so far, nobody by name", count)
    return text.format(n=formats.number(count))


def places(row: InitiativeRow) -> str:
    """How many places are left and how many people wait."""
    if row.places_left is None and not row.enrolled:
        text = _("Nobody enrolled yet, places not limited")
    elif row.places_left is None:
        taken = ngettext("{n} person enrolled", "{n} people enrolled", row.enrolled).format(n=row.enrolled)
        text = _("{enrolled}, places not limited").format(enrolled=taken)
    elif not row.places_left:
        text = ngettext("The only place is taken", "All {n} places are taken", row.capacity or 0)
        text = text.format(n=row.capacity)
    else:
        left = ngettext("{n} place left", "{n} places left", row.places_left).format(n=row.places_left)
        text = _("{enrolled} of {places} places taken, {left}").format(
            enrolled=row.enrolled, places=row.capacity, left=left
        )
    if not row.waiting:
        return text
    waiting = ngettext("{n} on the waiting list", "{n} on the waiting list", row.waiting).format(n=row.waiting)
    return f"{text} · {waiting}"


def facts(detail: InitiativeDetail) -> Iterator[tuple[str, str]]:
    """What is known, as pairs of a word and a text; what is unknown is left out."""
    values = detail.values
    yield _("For"), target_text(values)
    if values.topics:
        yield _("Topics"), values.topics
    if detail.organisers:
        yield _("With"), organisers(detail.organisers)
    when = usual(detail)
    if when:
        yield _("When"), when
    if detail.place:
        yield _("Where"), detail.place
    if detail.continues:
        yield _("Continues"), detail.continues
    if detail.requires:
        # Translators: before the name of an initiative in which one must have taken part
        yield _("Only after"), detail.requires
    if detail.acts:
        yield _("Acts"), formats.list_text([act.text for act in detail.acts])
    if detail.copied_from:
        yield _("Copied from"), detail.copied_from
    if detail.continued_by:
        yield _("Continued by"), formats.list_text([name for _id, name in detail.continued_by])


def target_text(values: InitiativeValues) -> str:
    """Whom it is for: the words that were typed, then the rule."""
    rule = []
    if values.target_who:
        rule.append(label(TARGET_WHO, values.target_who).lower())
    if values.target_from is not None or values.target_to is not None:
        ages = age_words(values.target_from, values.target_to)
        rule.append(_("children of {ages}").format(ages=ages) if values.target_of_child else ages)
    if values.residents:
        rule.append(_("residents of the Ambito"))
    told = values.target or label(AUDIENCES, values.audience)
    return f"{told} ({', '.join(rule)})" if rule else told


def organisers(rows: Sequence[OrganiserRow]) -> str:
    """The bodies in their order, each role named once."""
    texts = []
    for role, group in groupby(rows, key=lambda row: row.role):
        names = formats.list_text([row.name for row in group])
        texts.append(
            _("{names} ({role})").format(names=names, role=label(PARTNERSHIP_ROLES, role).lower())
        )  # fmt: skip
    return "; ".join(texts)


def usual(detail: InitiativeDetail) -> str:
    """When the meetings usually are, as far as it is known: by their dates, where there are any."""
    values, texts = detail.values, list[str]()
    dated = [one for one in detail.meetings if one.day is not None and one.state not in {"cancelled", "postponed"}]
    weekdays = {one.day.isoweekday() for one in dated if one.day}
    hours = {one.starts for one in dated if one.starts}
    weekday = weekdays.pop() if len(weekdays) == 1 else None if dated else values.usual_weekday
    hour = hours.pop() if len(hours) == 1 else None if hours else values.usual_time
    if weekday is not None:
        texts.append(formats.weekday(weekday))
    if hour is not None:
        texts.append(formats.time_text(hour))
    known = ", ".join(texts)
    first = min((one.day for one in dated if one.day), default=values.starts_on)
    if first is not None:
        texts = [_("from {day}").format(day=formats.date_long(first))]
        return " · ".join(text for text in (known, *texts) if text)
    season = values.season_text or (season_text(values.season, values.season_year) if values.season else "")
    return " · ".join(text for text in (known, season) if text)


def kind(row: InitiativeRow) -> str:
    """The kind in words."""
    return label(INITIATIVE_KINDS, row.kind)


def day_text(day: date | None) -> str:
    """A date of a meeting, or that it is to be set."""
    return _(TO_BE_SET) if day is None else formats.date_short(day)


def day_spoken(row: MeetingRow) -> str:
    """The day of a meeting as the screen reader says it: also the one that no longer holds."""
    now = day_text(row.day)
    if row.state == "cancelled":
        return _("{day}, cancelled").format(day=now)
    if row.moved_from is None:
        return now
    before = formats.date_short(row.moved_from)
    if row.moved_from_starts is not None and row.moved_from == row.day:
        before = formats.time_text(row.moved_from_starts)
    # Translators: {day} is the new day of a meeting, {before} the day (or hour) at which it was to be
    return _("{day}, moved from {before}").format(day=now, before=before)


def hour_text(row: MeetingRow) -> str:
    """From when to when, as far as it is known."""
    if row.starts is None:
        return _(TO_BE_SET)
    if row.ends is None or row.minutes is None:
        return formats.time_text(row.starts)
    return formats.time_range(row.starts, row.ends.time())


def people_text(row: MeetingRow) -> str:
    """Who came of those enrolled; before the meeting only who is enrolled."""
    if row.present:
        return _("{present} of {enrolled}").format(present=row.present, enrolled=row.enrolled)
    return formats.number(row.enrolled) if row.enrolled else ""


def hint_text(hint: Hint) -> str:
    """A hint as a sentence."""
    if hint.kind == "closed":
        return _("The centre is closed that day: {reason}.").format(reason=hint.name or _("closure"))
    if hint.kind == "meeting":
        return _("At that time “{name}” meets at the same place.").format(name=hint.name)
    hours = formats.time_range(hint.starts, hint.ends) if hint.starts and hint.ends is not None else ""
    if hint.same_place:
        return _("At that time the doors are open here ({hours}).").format(hours=hours)
    return _("At that time {point} is open ({hours}); the place of the meeting is still to be set.").format(
        point=hint.name, hours=hours
    )


def inferred_text(inferred: str) -> str:
    """What was concluded, with words instead of the names of fields: "first day: year 2025 …"."""
    texts = []
    for part in inferred.split("; "):
        name, colon, reason = part.partition(": ")
        texts.append(f"{_(_FIELDS[name])}: {reason}" if colon and name in _FIELDS else part)
    return "; ".join(texts)


def source_note(source: str | None, inferred: str | None) -> str:
    """Where it is from and what was concluded; "" if it was entered by hand."""
    if source and inferred:
        return _("Source: {source}. Inferred: {inferred}").format(source=source, inferred=inferred_text(inferred))
    return _("Source: {source}").format(source=source) if source else ""
