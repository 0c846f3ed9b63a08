"""The passwords of other servers: who sends mail reads that of the mail server, who publishes calendars the others."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from famdesk.domain.errors import Forbidden
from famdesk.usecases.calendar import feeds
from famdesk.usecases.calendar.feeds import FeedValues
from famdesk.usecases.office import Office
from famdesk.usecases.post import mail
from tests.support.offices import Desk
from tests.support.reminders import ACCOUNT

OF_MAIL, OF_CALENDAR = "posta-segreta", "calendario-segreto"
STAFF = ("reception", "educator", "social_worker", "psychologist")


@pytest.fixture
def head(desk: Desk) -> Office:
    return set_up(desk)


def set_up(desk: Desk) -> Office:
    """Both servers, and who made them known."""
    found = desk.sign_in("coordinator")
    deed: Any = mail.save_account
    found.run(deed, None, OF_MAIL, **ACCOUNT)
    found.run(feeds.add_feed, FeedValues("Orari", feeds.CALDAV, url="https://a.example.it/", login="a"), OF_CALENDAR)
    return found


def psql(office: Office, query: str) -> list[tuple[Any, ...]]:
    """What somebody gets with their own login and no FamDesk."""
    url = office.store.engine.url
    with psycopg.connect(
        host=url.host, port=url.port, dbname=url.database, user=url.username, password=url.password
    ) as connection:
        return connection.execute(query.encode()).fetchall()


@pytest.mark.postgres
@pytest.mark.parametrize("role", STAFF)
def test_with_psql_only_the_password_of_the_mail_server_is_read(server_desk: Desk, role: str) -> None:
    lead = set_up(server_desk)
    assert psql(server_desk.sign_in(role), "SELECT value FROM secret") == [(OF_MAIL,)]
    assert sorted(psql(lead, "SELECT value FROM secret")) == [(OF_CALENDAR,), (OF_MAIL,)]
    found = psql(server_desk.sign_in(role), "UPDATE secret SET value = 'x' RETURNING value")
    assert found == []
    assert psql(server_desk.sign_in(role), "DELETE FROM secret RETURNING value") == []


@pytest.mark.parametrize("role", STAFF)
def test_a_calendar_on_a_server_is_published_from_the_desks_of_those_who_lead(
    desk: Desk, head: Office, role: str
) -> None:
    assert len(head.fetch(feeds.due)) == 1
    assert head.fetch(feeds.content, head.fetch(feeds.due)[0]).password == OF_CALENDAR
    office = desk.sign_in(role)
    assert office.fetch(feeds.due) == ()
    with pytest.raises(Forbidden):
        office.fetch(feeds.content, head.fetch(feeds.due)[0])
    assert [row.has_password for row in office.fetch(feeds.feeds)] == [False]
    assert [row.has_password for row in head.fetch(feeds.feeds)] == [True]
    account: Any = office.fetch(mail.account)
    assert account.has_password, "the mail server's is there for all: everybody reminds"
