"""Published calendars: into a folder, and to a real calendar server; only what changed is sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest

from famdesk.data.tables.calendar import Feed
from famdesk.domain.errors import Forbidden, Required
from famdesk.exchange import ics_publish
from famdesk.usecases.calendar import calendar, feeds
from famdesk.usecases.calendar.feeds import FeedValues
from famdesk.usecases.office import Office
from tests.support.calendar_server import LOGIN, PASSWORD, CalendarServer, calendar_server
from tests.support.calendars import Seeded, at, seed
from tests.support.offices import Desk
from tests.support.scenarios import version


@pytest.fixture
def lead(desk: Desk) -> Office:
    return desk.sign_in("coordinator")


@pytest.fixture
def seeded(lead: Office) -> Seeded:
    return seed(lead)


@pytest.fixture(params=[None, PASSWORD], ids=["open", "password"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[CalendarServer]:
    with calendar_server(tmp_path, request.param) as found:
        yield found


def book(office: Office, hour: int, **more: Any) -> str:
    values = {"kind": "team", **more}
    return office.run(calendar.book, starts=at(hour), ends=at(hour) + timedelta(hours=1), **values)


def add(office: Office, values: FeedValues, password: str | None = None) -> str:
    return office.run(feeds.add_feed, values, password)


def on(server: CalendarServer, office: Office, **more: Any) -> str:
    values = FeedValues("Orari", feeds.CALDAV, url=server.url, login=LOGIN if server.password else None, **more)
    return add(office, values, server.password)


def publish(office: Office) -> list[str]:
    return [outcome for _name, outcome in ics_publish.publish_all(office)]


def texts(path: Path) -> list[str]:
    return sorted(str(one["SUMMARY"]) for one in icalendar.Calendar.from_ical(path.read_bytes()).events)


def test_a_file_says_when_it_changes_and_only_then_is_it_written(lead: Office, seeded: Seeded, tmp_path: Path) -> None:
    path = tmp_path / "stanza.ics"
    feed = add(lead, FeedValues("Stanza 1", subject_kind="room", subject_id=seeded.room, path=str(path)))
    book(lead, 9, room_id=seeded.room, label="con Zelinda")
    book(lead, 9, room_id=seeded.other_room)
    assert publish(lead) == ["ok"]
    assert texts(path) == ["busy"]
    first = path.stat().st_mtime_ns, path.stat().st_ino
    assert publish(lead) == ["ok"]
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == first
    book(lead, 11, room_id=seeded.room)
    publish(lead)
    assert texts(path) == ["busy", "busy"]
    path.unlink()
    publish(lead)
    assert path.exists()
    row = next(row for row in lead.fetch(feeds.feeds) if row.id == feed)
    assert (row.outcome, row.at) == ("ok", at(12, 41, day=row.at.date() if row.at else at(0).date()))
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".stanza")] == []


def test_with_names_what_the_gate_lets_out_and_not_for_everybody(
    desk: Desk, lead: Office, seeded: Seeded, tmp_path: Path
) -> None:  # fmt: skip
    path = tmp_path / "tutto.ics"
    add(lead, FeedValues("Tutto", path=str(path), with_names=True))
    book(lead, 9, kind="mediation", person_id=seeded.person)
    book(lead, 14, kind="mediation", person_id=seeded.protected)
    reception = desk.sign_in("reception")
    assert publish(reception) == []
    feed_id = lead.fetch(feeds.due)[0]
    with pytest.raises(Forbidden):
        reception.fetch(feeds.content, feed_id)
    assert publish(lead) == ["ok"]
    assert [text for text in texts(path) if text != "A.Pe"] == ["Family mediation: INES", "busy"]


def test_a_folder_that_is_gone(lead: Office, tmp_path: Path) -> None:
    (tmp_path / "cartella").mkdir()
    add(lead, FeedValues("Tutto", path=str(tmp_path / "cartella" / "a.ics")))
    (tmp_path / "cartella").rmdir()
    assert publish(lead) == ["folder"]


def test_a_server_gets_only_what_changed(lead: Office, server: CalendarServer) -> None:
    on(server, lead)
    first, _second = book(lead, 9), book(lead, 11)
    assert publish(lead) == ["ok"]
    assert [one.split()[0] for one in server.forget()] == ["PUT", "PUT"]
    assert publish(lead) == ["ok"]
    assert server.forget() == []
    lead.run(calendar.move, first, 1, at(15))
    publish(lead)
    (put,) = server.forget()
    assert put.startswith("PUT famdesk-")
    assert "T150000" in server.ask("GET", put.split()[1])[1]
    server.forget()
    lead.run(calendar.cancel, first, 2, "family")
    publish(lead)
    assert server.forget() == [put.replace("PUT", "DELETE")]


def test_what_others_changed_is_put_right_and_what_is_theirs_stays(lead: Office, server: CalendarServer) -> None:
    on(server, lead)
    book(lead, 9)
    publish(lead)
    name = server.forget()[0].split()[1]
    theirs = ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:loro\r\nDTSTAMP:20250101T000000Z\r\n"
              "DTSTART:20250101T100000Z\r\nSUMMARY:loro\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")  # fmt: skip
    mine = server.ask("GET", name)[1]
    assert server.ask("PUT", name, mine.replace("busy", "cambiato"))[0] in (201, 204)
    assert server.ask("PUT", "loro.ics", theirs)[0] == 201
    assert publish(lead) == ["ok"]
    assert "busy" in server.ask("GET", name)[1]
    assert "loro" in server.ask("GET", "loro.ics")[1]
    server.ask("DELETE", name)
    server.forget()
    publish(lead)
    assert server.forget() == [f"PUT {name}"]


def test_a_series_is_one_file_with_its_exceptions(lead: Office, server: CalendarServer) -> None:
    from famdesk.usecases.calendar import series, series_changes
    from famdesk.usecases.calendar.series_rows import SeriesValues

    on(server, lead)
    lead.run(series.make, SeriesValues("team"), starts=at(9), minutes=60, rule="FREQ=WEEKLY;COUNT=4", skip_closed=False)
    row = lead.fetch(calendar.appointments, at(9).date(), at(9).date())[0]
    lead.run(series_changes.skip, row.id, row.version)
    publish(lead)
    (put,) = server.forget()
    text = server.ask("GET", put.split()[1])[1]
    assert "RRULE:FREQ=WEEKLY;COUNT=4" in text
    assert "EXDATE;TZID=Europe/Rome:20250213T090000" in text


def test_a_wrong_password_a_wrong_calendar_and_no_server(lead: Office, tmp_path: Path) -> None:
    with calendar_server(tmp_path, PASSWORD) as server:
        book(lead, 9)
        feed = add(lead, FeedValues("Orari", feeds.CALDAV, url=server.url, login=LOGIN), "sbagliata")
        assert publish(lead) == ["denied"]
        values = FeedValues("Orari", feeds.CALDAV, url=server.url.replace("orari", "altri"), login=LOGIN)
        lead.run(feeds.change_feed, feed, version(lead, Feed, feed), values, server.password)
        assert publish(lead) == ["missing"]
        right = replace(values, url=server.url)
        lead.run(feeds.change_feed, feed, version(lead, Feed, feed), right, server.password)
        assert publish(lead) == ["ok"]
    assert publish(lead) == ["unreachable"]
    assert len(lead.fetch(feeds.content, feed).there) == 1  # what is there is not forgotten


def test_the_password_is_shown_to_nobody_and_forgotten_with_the_address(lead: Office) -> None:
    values = FeedValues("Orari", feeds.CALDAV, url="https://cloud.example.it/dav/", login=LOGIN)
    feed = add(lead, values, PASSWORD)
    (row,) = lead.fetch(feeds.feeds)
    content = lead.fetch(feeds.content, feed)
    assert (row.has_password, content.password) == (True, PASSWORD)
    assert PASSWORD not in f"{row} {content}"
    lead.run(feeds.change_feed, feed, row.version, replace(values, url="https://altrove.example.it/dav/"))
    assert lead.fetch(feeds.content, feed).password == ""


@pytest.mark.parametrize(("values", "error", "field"), [
    (FeedValues(" ", path="/tmp/a.ics"), Required, "name"),
    (FeedValues("a", "fax"), feeds.UnknownFeed, "kind"),
    (FeedValues("a", subject_kind="person", path="/tmp/a.ics"), feeds.UnknownFeed, "subject_kind"),
    (FeedValues("a", subject_kind="room", path="/tmp/a.ics"), feeds.SubjectNeeded, "subject_id"),
    (FeedValues("a", path="a.ics"), feeds.NotAnIcs, "path"),
    (FeedValues("a", path="/nowhere/at/all/a.ics"), feeds.NotAnIcs, "path"),
    (FeedValues("a", path="/tmp/a.txt"), feeds.NotAnIcs, "path"),
    (FeedValues("a", "caldav", url="http://cloud.example.it/dav"), feeds.NotSecure, "url"),
    (FeedValues("a", "caldav", url="cloud.example.it"), feeds.NoAddress, "url"),
    (FeedValues("a", "caldav", url="https://a:b@cloud.example.it/"), feeds.NoAddress, "url"),
    (FeedValues("a", "caldav", url="https://[/"), feeds.NoAddress, "url"),
])  # fmt: skip
def test_what_a_published_calendar_needs(file_desk: Desk, values: FeedValues, error: type, field: str) -> None:
    office = file_desk.sign_in("coordinator")
    with pytest.raises(error) as raised:
        add(office, values)
    assert raised.value.field == field


def test_removed_it_is_published_no_more(lead: Office, tmp_path: Path) -> None:
    feed = add(lead, FeedValues("Tutto", path=str(tmp_path / "a.ics")))
    lead.run(feeds.remove_feed, feed, version(lead, Feed, feed))
    assert publish(lead) == []
    lead.undo()
    assert publish(lead) == ["ok"]
