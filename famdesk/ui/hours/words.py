"""What is said of an access point, its hours and its closed days, as words and lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from famdesk.domain.calendar.hours import ClosedDays, Hours, Timetable, summary
from famdesk.i18n import _, formats
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.lines import Line
from famdesk.usecases.directory.directory_rows import ClosureRow, ExtraRow, PointRow, RuleRow

EXTRA = "extra:"
CLOSURE = "closure:"


def badge_of(row: PointRow) -> tuple[str, Meaning]:
    """The state of an access point in a word or two, with its colour."""
    if row.unknown:
        # Translators: the hours are not known, families get in touch first; Italian "su contatto"
        return _("on contact"), Meaning.WARNING
    if row.open_until:
        return _("open until {time}").format(time=formats.time_text(row.open_until.time())), Meaning.OPEN
    return _("closed"), Meaning.CLOSED


def outlook(row: PointRow) -> str:
    """What comes next: when it opens again and why it is closed, or how to get in touch."""
    if row.unknown:
        return _("Hours not known: families get in touch.")
    if row.open_until:
        return ""
    if row.next_opening is None:
        return row.closed_reason or ""
    opens = formats.moment(row.next_opening)
    if row.closed_reason:
        return _("{reason}. Opens {moment}.").format(reason=row.closed_reason, moment=opens)
    return _("Opens {moment}.").format(moment=opens)


def address_of(row: PointRow) -> str:
    """Place, street and town on one line, as far as they are known; a name that says the same is told once."""
    parts = [part for part in (row.address, row.town) if part]
    if row.place and row.place != row.name:
        parts.insert(0, row.place)
    return ", ".join(dict.fromkeys(parts))


def point_line(row: PointRow) -> Line:
    """An access point in a list."""
    badge, meaning = badge_of(row)
    detail = row.audience or address_of(row) or outlook(row)
    if not row.unknown:
        detail = address_of(row) if row.open_until else outlook(row)
    return Line(row.id, row.name, detail=detail, badge=badge, meaning=meaning, icon="map-pin", strong=row.main)


def hours_text(spans: Iterable[Hours]) -> str:
    """ "8:00–12:00, 14:00–16:00"."""
    return ", ".join(formats.time_range(opens, closes) for opens, closes in spans)


def week_text(timetable: Timetable, day: date) -> str:
    """The weekly hours in force on a day on one line: "Tue 12:00–14:00 · Thu 17:00–19:00"; "" if there are none."""
    rows = summary(timetable.slots, day)
    return " · ".join(f"{formats.weekday(weekday, short=True)} {hours_text(spans)}" for weekday, spans in rows)


def rule_text(weekdays: Sequence[int], span: Hours, first: date | None, last: date | None) -> str:
    """A rule as a sentence, for the preview of what is being entered."""
    values = {"days": formats.list_text(formats.weekday(day) for day in weekdays), "hours": hours_text([span])}
    if first and last:
        text = _("Every {days} {hours}, from {first} to {last}.")
        return text.format(first=formats.date_long(first), last=formats.date_long(last), **values)
    if first:
        return _("Every {days} {hours}, from {first} until further notice.").format(
            first=formats.date_long(first), **values
        )
    if last:
        return _("Every {days} {hours}, until {last}.").format(last=formats.date_long(last), **values)
    return _("Every {days} {hours}, until further notice.").format(**values)


@dataclass(frozen=True, slots=True)
class HourRow:
    """A row of the weekly table. `day` is what is shown, `spoken_day` what is read; `id` begins with EXTRA for extras.

    `note` says since when or until when; `meaning` marks coming and past hours.
    """

    id: str
    day: str
    spoken_day: str
    hours: str
    note: str
    meaning: Meaning | None = None


def hour_rows(rules: Sequence[RuleRow], extras: Sequence[ExtraRow], today: date) -> tuple[HourRow, ...]:
    """The weekly table: hours in force, then coming, extra and past ones."""
    now = [rule for rule in rules if not _coming(rule, today) and not _past(rule, today)]
    coming = sorted((rule for rule in rules if _coming(rule, today)), key=lambda rule: rule.valid_from or today)
    past = [rule for rule in rules if _past(rule, today)]
    rows = [
        _rule_row(rule, _since(rule), shown=not place or now[place - 1].weekday != rule.weekday)
        for place, rule in enumerate(now)
    ]
    rows += [_rule_row(rule, _from(rule), Meaning.ACCENT) for rule in coming]
    rows += [_extra_row(extra) for extra in extras]
    return (*rows, *(_rule_row(rule, _since(rule), Meaning.CLOSED) for rule in past))


def _past(rule: RuleRow, today: date) -> bool:
    return rule.valid_to is not None and rule.valid_to < today


def _coming(rule: RuleRow, today: date) -> bool:
    return rule.valid_from is not None and rule.valid_from > today


def _rule_row(rule: RuleRow, note: str, meaning: Meaning | None = None, *, shown: bool = True) -> HourRow:
    day = formats.weekday(rule.weekday)
    return HourRow(rule.id, day if shown else "", day, hours_text([(rule.opens, rule.closes)]), note, meaning)


def _extra_row(extra: ExtraRow) -> HourRow:
    day = formats.date_short(extra.day)
    note = _("once: {reason}").format(reason=extra.reason) if extra.reason else _("once")
    return HourRow(EXTRA + extra.id, day, day, hours_text([(extra.opens, extra.closes)]), note, Meaning.OPEN)


def _since(rule: RuleRow) -> str:
    if rule.valid_to:
        return _("until {day}").format(day=formats.date_long(rule.valid_to))
    return _("since {day}").format(day=formats.date_long(rule.valid_from)) if rule.valid_from else ""


def _from(rule: RuleRow) -> str:
    assert rule.valid_from is not None
    first = formats.date_long(rule.valid_from)
    if rule.valid_to:
        return _("from {first} to {last}").format(first=first, last=formats.date_long(rule.valid_to))
    return _("from {day}").format(day=first)


def days_text(first: date, last: date) -> str:
    """One day with its weekday, or several as a range."""
    return formats.date_day(first) if first == last else formats.week_range(first, last)


def closure_line(row: ClosureRow) -> Line:
    """An entered closure in a list of the whole centre."""
    where = row.point or _("Whole centre")
    year = str(row.first_day.year)
    return Line(CLOSURE + row.id, days_text(row.first_day, row.last_day), detail=row.reason or "", badge=where,
                meaning=Meaning.BUSY if row.point else Meaning.CLOSED, icon="calendar-x", trail=year)  # fmt: skip


def closed_lines(upcoming: Sequence[ClosedDays], entered: Sequence[ClosureRow]) -> list[Line]:
    """The closed days of an access point: the entered closures, and the holidays that will be noticed."""
    lines = [
        (row.first_day, Line(CLOSURE + row.id, days_text(row.first_day, row.last_day), detail=row.reason or "",
                             icon="calendar-x", badge="" if row.point else _("Whole centre"), meaning=Meaning.CLOSED))
        for row in entered
    ]  # fmt: skip
    lines += [
        (one.first, Line(f"day:{one.first}", days_text(one.first, one.last), detail=one.reason or "", icon="calendar"))
        for one in upcoming
        if one.kind != "closure"
    ]
    return [line for _day, line in sorted(lines, key=lambda pair: pair[0])]
