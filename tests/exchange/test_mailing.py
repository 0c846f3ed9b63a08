"""Mails to a real server on this computer: encrypted or not at all, and every way in which it goes wrong has a code."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import icalendar
import pytest

from famdesk.domain import codes
from famdesk.domain.calendar import reminding
from famdesk.exchange import mail_message, mailing
from famdesk.usecases.post import reminder_text
from famdesk.usecases.post.mail import MailServer
from famdesk.usecases.post.reminder_rows import Message, Outbound
from tests.support.mail_server import Behaviour, certificate, running, trusting

STARTS = datetime(2025, 2, 13, 17)
MESSAGE = Message(STARTS, STARTS + timedelta(hours=1), ("piazza Giovanni XXIII", "Cremona"), "0372 000111",
                  "Centro di prova", "Centro di prova", False, False, "it")  # fmt: skip
NOBODY = MailServer("localhost", 1, "tls", None, "")
OUT = Outbound("r", NOBODY, "posta@example.it", "Centro di prova", "zelinda@example.it", MESSAGE,
               "0195-uid@example.it", 3, "Europe/Rome")  # fmt: skip


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("mail"))


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_reminder_arrives(pem: Path, security: str) -> None:
    how = Behaviour()
    with running(how, pem, security) as server:
        assert mailing.deliver(replace(OUT, server=server), trusting(pem)) is None
    [(sender, recipient, mail)] = how.taken
    assert (sender, recipient) == ("posta@example.it", "zelinda@example.it")
    assert mail["To"] == "zelinda@example.it"
    assert mail["From"] == "Centro di prova <posta@example.it>"
    text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "giovedì 13 febbraio 2025" in text
    assert "17:00" in text
    assert "0372 000111" in text
    [entry] = mail.iter_attachments()
    assert (entry.get_content_type(), entry.get_param("method")) == ("text/calendar", "PUBLISH")
    calendar = icalendar.Calendar.from_ical(entry.get_content())
    assert calendar["METHOD"] == "PUBLISH"
    [event] = calendar.walk("VEVENT")
    assert event.decoded("dtstart") == datetime(2025, 2, 13, 16, tzinfo=UTC)
    assert event.decoded("dtend") == datetime(2025, 2, 13, 17, tzinfo=UTC)
    assert (str(event["uid"]), event["sequence"]) == ("0195-uid@example.it", 3)
    assert str(event["location"]) == "piazza Giovanni XXIII, Cremona"


def test_this_computers_name_is_not_told(pem: Path) -> None:
    how = Behaviour()
    with running(how, pem) as server:
        assert mailing.deliver(replace(OUT, server=server), trusting(pem)) is None
    assert [line for line in how.talk if line.upper().startswith("EHLO")] == ["ehlo localhost"]
    mail = how.taken[0][2]
    assert mail["Message-ID"].endswith("@example.it>")
    assert set(mail.keys()) == {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version",
                                "Content-Type"}  # fmt: skip


@pytest.mark.parametrize(
    ("how", "code"),
    [
        (Behaviour(login=False), "login"),
        (Behaviour(greeting="421 busy"), "later"),
        (Behaviour(greeting="554 no"), "no_server"),
        (Behaviour(mail="451 greylisted"), "later"),
        (Behaviour(mail="550 not yours"), "sender"),
        (Behaviour(rcpt="450 try later"), "later"),
        (Behaviour(rcpt="550 unknown"), "recipient"),
        (Behaviour(after_data="452 full"), "later"),
        (Behaviour(after_data="554 spam"), "refused"),
        (Behaviour(after_data="drop"), "lost"),
    ],
)
@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_what_the_server_refuses_has_a_code(pem: Path, security: str, how: Behaviour, code: str) -> None:
    with running(how, pem, security) as server:
        assert mailing.deliver(replace(OUT, server=server), trusting(pem)) == code
    assert how.taken == []
    assert code in codes.codes(reminding.MAIL_ERRORS)


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_of_nobody_is_refused(pem: Path, security: str) -> None:
    """Nothing is said over such a line, least of all the password."""
    how = Behaviour()
    with running(how, pem, security) as server:
        assert mailing.deliver(replace(OUT, server=server)) == "certificate"
    assert not any(line.upper().startswith(("AUTH", "MAIL")) for line in how.talk)


def test_a_certificate_of_another_host_is_refused(tmp_path: Path) -> None:
    other = certificate(tmp_path, "mail.example.it")
    with running(Behaviour(), other) as server:
        assert mailing.deliver(replace(OUT, server=server), trusting(other)) == "certificate"


def test_without_encryption_nothing_is_sent(pem: Path) -> None:
    how = Behaviour(starttls=False)
    with running(how, pem, "starttls") as server:
        assert mailing.deliver(replace(OUT, server=server), trusting(pem)) == "no_tls"
        assert mailing.deliver(replace(OUT, server=replace(server, security="tls")), trusting(pem)) == "no_tls"
    assert not any(line.upper().startswith(("AUTH", "MAIL")) for line in how.talk)


def test_a_server_that_is_gone(pem: Path) -> None:
    with running(Behaviour(), pem) as server:
        pass
    assert mailing.deliver(replace(OUT, server=server), trusting(pem)) == "no_server"


@pytest.mark.parametrize(
    "address", ["nessuno", "a@b@c.it", "due persone@example.it", "a@example.it\nBcc: b@example.it", "è@example.it"]
)
def test_what_is_no_address_gets_nothing(pem: Path, address: str) -> None:
    how = Behaviour()
    with running(how, pem) as server:
        assert mailing.deliver(replace(OUT, server=server, recipient=address), trusting(pem)) == "recipient"
    assert how.talk == []


def test_a_mail_to_oneself(pem: Path) -> None:
    how = Behaviour()
    with running(how, pem) as server:
        assert mailing.try_out(server, "posta@example.it", trusting(pem)) is None
    assert how.taken[0][:2] == ("posta@example.it", "posta@example.it")


def test_a_password_is_never_shown() -> None:
    assert "segreto" not in repr(MailServer("localhost", 1, "tls", "centro", "segreto"))


def _composed(message: Message, **more: str) -> EmailMessage:
    return mail_message.compose(replace(OUT, message=message, **more), datetime(2025, 2, 12, 9, tzinfo=UTC))  # type: ignore[arg-type]


def _text(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def test_a_neutral_mail_tells_no_centre() -> None:
    mail = _composed(replace(MESSAGE, centre="", signed="Biblioteca", lines=("piazza Giovanni XXIII",)),
                     sender="avvisi@example.it", sender_name="Biblioteca")  # fmt: skip
    whole = mail.as_string()
    assert "Centro" not in whole
    assert "posta@" not in whole
    assert "Biblioteca" in _text(mail)


def test_a_cancelled_appointment_leaves_the_calendar() -> None:
    mail = _composed(replace(MESSAGE, cancelled=True))
    [entry] = mail.iter_attachments()
    assert "METHOD:CANCEL" in entry.get_content()
    assert "STATUS:CANCELLED" in entry.get_content()
    assert entry.get_param("method") == "CANCEL"


@pytest.mark.parametrize("language", ["it", "en", "de"])
def test_in_the_language_of_the_family(language: str) -> None:
    text = _text(_composed(replace(MESSAGE, language=language)))
    day = {"it": "giovedì 13 febbraio 2025", "en": "Thursday 13 February 2025", "de": "Donnerstag, 13. Februar 2025"}
    assert day[language] in text


def test_long_lines_of_the_entry_are_folded_and_special_signs_escaped() -> None:
    place = "Sala «Èrbe; fiori, ecc.» " * 6
    entry = mail_message.calendar_entry(replace(OUT, message=replace(MESSAGE, lines=(place,))), datetime.now(UTC))
    assert max(len(line.encode()) for line in entry.split("\r\n")) <= 75
    [event] = icalendar.Calendar.from_ical(entry).walk("VEVENT")
    assert str(event["location"]) == place


def test_another_time_is_said_to_be_another_one() -> None:
    plain, changed = (reminder_text.body(replace(MESSAGE, changed=flag, language="en")) for flag in (False, True))
    assert plain != changed


def test_the_entry_of_a_mail_does_not_tell_the_program() -> None:
    assert "famdesk" not in mail_message.calendar_entry(OUT, datetime.now(UTC)).casefold()
