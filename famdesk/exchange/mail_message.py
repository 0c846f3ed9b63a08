"""The mail that tells of an appointment, with an entry for the reader's calendar.

Subject and text never say what the appointment is about, with whom, or whose it is; the headers hold nothing of a
person but the address. In neutral mails nothing tells the centre either. Source: RFC 5322, RFC 5545, RFC 5546.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from famdesk.i18n import _, using
from famdesk.usecases.post.reminder_rows import Outbound
from famdesk.usecases.post.reminder_text import body, subject

_LINE = 73
"""Bytes of a folded line of a calendar entry, without what begins the next one."""


class NoMailAddress(ValueError):
    """What stands as a mail address is none."""


def compose(out: Outbound, now: datetime) -> EmailMessage:
    """The mail in the language of its reader. `now`: UTC, aware.

    Raises:
        NoMailAddress.
    """
    with using(out.message.language):
        mail = EmailMessage(policy=SMTP)
        try:
            mail["From"] = Address(out.sender_name, addr_spec=out.sender)
            mail["To"] = Address(addr_spec=out.recipient)
        except (HeaderParseError, IndexError, ValueError) as error:
            raise NoMailAddress from error
        mail["Subject"] = subject(out.message)
        mail["Date"] = format_datetime(now)
        mail["Message-ID"] = f"<{uuid.uuid4()}@{out.sender.rpartition('@')[2]}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(body(out.message))
        if out.message.place:
            return mail
        method = "CANCEL" if out.message.cancelled or out.message.put_off else "PUBLISH"
        entry = calendar_entry(out, now)
        mail.add_attachment(entry, subtype="calendar", filename="calendar.ics", params={"method": method})
    return mail


def test_mail(sender: str, now: datetime) -> EmailMessage:
    """A mail to oneself, that shows that the settings are right."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = mail["To"] = Address(addr_spec=sender)
    mail["Subject"] = _("FamDesk: test")
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<{uuid.uuid4()}@{sender.rpartition('@')[2]}>"
    mail.set_content(_("This mail was sent by FamDesk to try the settings. They are right."))
    return mail


NO_PRODUCT = "-//Calendar//EN"
"""RFC 5545 wants a product; a program of family centres would tell where the mail comes from."""


def calendar_entry(out: Outbound, now: datetime) -> str:
    """The appointment as an iCalendar object, in UTC, so that every calendar shows the same moment."""
    message = out.message
    off = message.cancelled or message.put_off
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{NO_PRODUCT}",
        f"METHOD:{'CANCEL' if off else 'PUBLISH'}", "BEGIN:VEVENT", f"UID:{out.uid}",
        f"SEQUENCE:{out.sequence}", f"DTSTAMP:{_utc(now)}", *_times(out),
        f"SUMMARY:{_escaped(_('Meeting') if message.meeting else _('Appointment'))}",
        f"STATUS:{'CANCELLED' if off else 'CONFIRMED'}",
    ]  # fmt: skip
    if message.lines:
        lines.append(f"LOCATION:{_escaped(', '.join(message.lines))}")
    lines += ["CLASS:PRIVATE", "END:VEVENT", "END:VCALENDAR"]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _times(out: Outbound) -> list[str]:
    """An entry without an end is a moment; one whose hour is to be set is a day. Source: RFC 5545, 3.6.1."""
    message = out.message
    if message.whole_day:
        return [f"DTSTART;VALUE=DATE:{message.starts:%Y%m%d}"]
    found = [f"DTSTART:{_moment(message.starts, out.timezone)}"]
    return found if message.ends is None else [*found, f"DTEND:{_moment(message.ends, out.timezone)}"]


def _moment(local: datetime, zone: str) -> str:
    return _utc(local.replace(tzinfo=ZoneInfo(zone)))


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r", ""), ("\n", "\\n")):
        text = text.replace(plain, escaped)
    return text


def _folded(line: str) -> str:
    """A line in pieces of at most 75 bytes, no character torn. Source: RFC 5545, 3.1."""
    pieces, piece = [], ""
    for character in line:
        if len((piece + character).encode()) > _LINE:
            pieces.append(piece)
            piece = ""
        piece += character
    return "\r\n ".join([*pieces, piece])
