"""`famdesk remind`: what a nightly task runs."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from famdesk.data.home import Home
from famdesk.usecases import session
from famdesk.usecases.calendar import calendar
from famdesk.usecases.demo.demo_accounts import DEMO_LOGIN, DEMO_PASSWORD
from famdesk.usecases.people import contacts, people
from famdesk.usecases.post import mail
from tests.cli.conftest import Command
from tests.support.mail_server import PASSWORD, Behaviour, certificate, running

ADDRESS = "zelinda@example.it"


def _due(home: Path, port: int) -> None:
    """Somebody who comes tomorrow at this hour."""
    office = session.sign_in(Home(home), DEMO_LOGIN, DEMO_PASSWORD)
    who = office.run(people.add_person, surname="Quarantotti", given_name="Zelinda")
    office.run(contacts.add_contact_point, who, kind="mail", value=ADDRESS)
    starts = (datetime.now() + timedelta(hours=20)).replace(minute=0, second=0, microsecond=0)
    office.run(calendar.book, starts=starts, ends=starts + timedelta(minutes=30), kind="other", person_id=who)
    office.run(mail.save_account, None, PASSWORD, host="localhost", port=port, security="tls", login="centro",
               sender="posta@example.it", hours_before=24)  # fmt: skip
    office.close()


def test_what_is_due_is_told_and_sent(famdesk: Command, demo_home: Path, tmp_path: Path) -> None:
    how, pem = Behaviour(), certificate(tmp_path)
    with running(how, pem) as server:
        _due(demo_home, server.port)
        env = {"FAMDESK_LANGUAGE": "en", "SSL_CERT_FILE": str(pem)}
        told = famdesk("remind", "--home", demo_home, **env)
        assert told.status == 0, told.err
        assert "Due: 1 by mail" in told.out
        assert how.taken == []
        told = famdesk("remind", "--send", "--home", demo_home, **env)
        assert told.status == 0, told.err
        assert told.out.startswith("1 reminder sent by mail.\nDue: 0 by mail")
        told = famdesk("remind", "--send", "--home", demo_home, **env)
        assert told.out.startswith("0 reminders sent by mail.")
    assert [recipient for _sender, recipient, _mail in how.taken] == [ADDRESS]


def test_a_server_that_cannot_be_reached_is_told(famdesk: Command, demo_home: Path, tmp_path: Path) -> None:
    with running(Behaviour(), certificate(tmp_path)) as server:
        _due(demo_home, server.port)
    told = famdesk("remind", "--send", "--home", demo_home, FAMDESK_LANGUAGE="en")
    assert told.status == 1
    assert "Last error: The mail server cannot be reached." in told.out
    assert ADDRESS not in told.out + told.err
