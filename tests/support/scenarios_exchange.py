"""Scenarios of calendars that come in and go out."""

from __future__ import annotations

from famdesk.data.tables.calendar import Feed
from famdesk.domain.calendar.calendar_file import CalendarFile, FileEvent, Occurrence, Told
from famdesk.usecases.calendar import calendar_exchange, feeds
from famdesk.usecases.calendar.calendar_exchange_rows import Target
from famdesk.usecases.calendar.feeds import FeedValues
from famdesk.usecases.office import Office
from tests.support.calendars import at
from tests.support.offices import Desk
from tests.support.scenarios import Call, Scenarios, call, version

SCENARIOS = Scenarios()
SERVER = FeedValues("Orari della Zelinda", feeds.CALDAV, url="https://cloud.example.it/dav/", login="zelinda")


def one_event(title: str = "Zelinda Quarantotti in ferie") -> CalendarFile:
    """A file with an event."""
    starts, ends = at(10), at(11)
    told = Told(title, source=f"SUMMARY:{title}")
    date = Occurrence(starts, ends, starts, told)
    return CalendarFile((FileEvent("event@example.it", 1, starts, ends, told, (date,)),), ())


@SCENARIOS.of(calendar_exchange.take)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("social_worker")
    return office, call(calendar_exchange.take, one_event(), Target(staff_id=office.actor.staff_id))


@SCENARIOS.of(feeds.add_feed)
def _(desk: Desk) -> tuple[Office, Call]:
    return desk.sign_in("coordinator"), call(feeds.add_feed, SERVER)


def _published(desk: Desk) -> tuple[Office, str]:
    office = desk.sign_in("coordinator")
    return office, office.run(feeds.add_feed, SERVER)


@SCENARIOS.of(feeds.change_feed)
def _(desk: Desk) -> tuple[Office, Call]:
    office, feed = _published(desk)
    values = FeedValues("Orari", feeds.CALDAV, url="https://cloud.example.it/dav/altri/", with_names=True)
    return office, call(feeds.change_feed, feed, version(office, Feed, feed), values)


@SCENARIOS.of(feeds.remove_feed)
def _(desk: Desk) -> tuple[Office, Call]:
    office, feed = _published(desk)
    return office, call(feeds.remove_feed, feed, version(office, Feed, feed))
