"""A mail with a sheet attached: subject and name of the file tell nothing, the headers nothing of a person but the
address. Source: RFC 5322, RFC 2183."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING

from famdesk.exchange.mail_message import NoMailAddress
from famdesk.exchange.mailing import hand_over
from famdesk.usecases.post.sheet_mails import Outgoing

if TYPE_CHECKING:
    import ssl


def compose(out: Outgoing, now: datetime) -> EmailMessage:
    """The mail. `now`: UTC, aware.

    Raises:
        NoMailAddress.
    """
    mail = EmailMessage(policy=SMTP)
    try:
        mail["From"] = Address(out.sender_name, addr_spec=out.sender)
        mail["To"] = Address(addr_spec=out.recipient)
    except (HeaderParseError, IndexError, ValueError) as error:
        raise NoMailAddress from error
    mail["Subject"] = out.subject
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<{uuid.uuid4()}@{out.sender.rpartition('@')[2]}>"
    mail["Content-Language"] = out.language
    mail.set_content(out.text + "\n")
    mail.add_attachment(out.data, maintype="application", subtype="pdf", filename=out.file_name)
    return mail


def deliver(out: Outgoing, context: ssl.SSLContext | None = None) -> str | None:
    """Composes the mail and hands it over; gives None when the server has taken it, else the code of the error."""
    if not out.recipient.isascii():  # few servers take such an address (RFC 6531), and waiting does not mend it
        return "recipient"
    try:
        mail = compose(out, datetime.now(UTC))
    except NoMailAddress:
        return "recipient"
    return hand_over(out.server, out.sender, out.recipient, mail, context)
