"""A time zone as calendar programs want it written out: VTIMEZONE."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

FIRST_EU_YEAR = 1996
"""Since then clocks in the European Union change on the last Sundays of March and October.

Source: Directive 2000/84/EC, and before it 94/21/EC.
"""
CHANGE_HOUR = 1
"""The hour of the change, UTC."""
HOUR = timedelta(hours=1)


def timezone_lines(zone: str, first_year: int) -> list[str]:
    """The VTIMEZONE of a zone for events from `first_year` on, as unfolded lines.

    A zone of the European Union is two rules, which every program reads; any other is the list of its changes.
    """
    offset = _eu_offset(zone)
    if offset is None or first_year < FIRST_EU_YEAR:
        return _listed(zone, first_year)
    standard, daylight = ZoneInfo(zone).tzname(datetime(2025, 1, 15)), ZoneInfo(zone).tzname(datetime(2025, 7, 15))
    change = datetime(1996, 1, 1, CHANGE_HOUR) + offset  # the wall clock when it is put forward
    return [
        "BEGIN:VTIMEZONE", f"TZID:{zone}",
        "BEGIN:DAYLIGHT", f"DTSTART:19960331T{change:%H%M%S}", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        f"TZNAME:{daylight}", f"TZOFFSETFROM:{_offset(offset)}", f"TZOFFSETTO:{_offset(offset + HOUR)}", "END:DAYLIGHT",
        "BEGIN:STANDARD", f"DTSTART:19961027T{change + HOUR:%H%M%S}", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        f"TZNAME:{standard}", f"TZOFFSETFROM:{_offset(offset + HOUR)}", f"TZOFFSETTO:{_offset(offset)}", "END:STANDARD",
        "END:VTIMEZONE",
    ]  # fmt: skip


def _eu_offset(zone: str) -> timedelta | None:
    """The offset in winter of a zone that keeps the Union's rule, None of any other."""
    place = ZoneInfo(zone)
    winter = datetime(2025, 1, 15, tzinfo=UTC).astimezone(place).utcoffset() or timedelta()
    for year in (1996, 2010, 2025):
        for month, before, after in ((3, winter, winter + HOUR), (10, winter + HOUR, winter)):
            change = _last_sunday(year, month)
            if (change - HOUR).astimezone(place).utcoffset() != before or change.astimezone(place).utcoffset() != after:
                return None
    return winter


def _last_sunday(year: int, month: int) -> datetime:
    last = datetime(year, month, 31, CHANGE_HOUR, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def _offset(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"


def _listed(zone: str, first_year: int) -> list[str]:
    from icalendar import Timezone

    first, last = datetime(max(first_year - 1, 1900), 1, 1), datetime(2038, 1, 1)
    component = Timezone.from_tzid(zone, first_date=first.date(), last_date=last.date())
    text = component.to_ical().decode().replace("\r\n ", "")
    return [line for line in text.split("\r\n") if line]
