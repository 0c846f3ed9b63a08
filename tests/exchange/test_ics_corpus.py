"""The test calendars of two public projects, many broken on purpose: read without a crash, dates as the library's."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from icalendar.timezone import tzp

from famdesk.exchange import ics_read
from famdesk.exchange.ics_errors import IcsError
from tests.support import corpora

ROME = "Europe/Rome"
TEN_YEARS = [(datetime(year, 1, 1), datetime(year + 10, 1, 1)) for year in (1995, 2015, 2025)]
Dates = Counter[tuple[str, datetime, datetime]]


def _files() -> list[Path]:
    found = sorted(corpora.folder("ics").rglob("*.ics"))
    assert found
    return found


def _wall(moment: date) -> datetime:
    if not isinstance(moment, datetime):
        return datetime(moment.year, moment.month, moment.day)
    return moment if moment.tzinfo is None else moment.astimezone(ZoneInfo(ROME)).replace(tzinfo=None)


def _theirs(data: bytes, first: datetime, last: datetime) -> Dates | None:
    """The dates that the library finds, by event; None where it breaks."""
    tzp.use_default()
    found: Dates = Counter()
    try:
        for calendar in _calendars(data):
            for one in recurring_ical_events.of(calendar).between(first, last):
                found[str(one.get("UID", "")), _wall(one["DTSTART"].dt), _wall(one["DTEND"].dt)] += 1
    except Exception:
        return None
    return found


def _calendars(data: bytes) -> Iterator[icalendar.Calendar]:
    for one in icalendar.Calendar.from_ical(data, multiple=True):
        if isinstance(one, icalendar.Calendar):
            yield one
        else:
            around = icalendar.Calendar()
            around.add_component(one)
            yield around


@pytest.mark.slow
@pytest.mark.parametrize(("first", "last"), TEN_YEARS)
def test_all_files_are_read_and_their_dates_are_the_librarys(first: datetime, last: datetime) -> None:
    different, compared = [], 0
    for path in _files():
        data = path.read_bytes()
        try:
            ours = ics_read.read(data, ROME, ics_read.Window(first, last, last))
        except IcsError:
            continue
        assert all(one.line and one.error.sentence() for one in ours.refused)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            theirs = _theirs(data, first, last)
        if theirs is None:
            continue
        compared += 1
        dates = ((event, one) for event in ours.events for one in event.dates)
        mine = Counter((_uid(event.uid), one.starts, one.ends) for event, one in dates)
        if mine != theirs:
            different.append(path.name)
    assert different == []
    assert compared > 200


def _uid(uid: str) -> str:
    return "" if uid.endswith("@famdesk") else uid
