"""Handing a mail to a server: always encrypted, the certificate checked, never waiting for ever.

What happened is told as a code of `MAIL_ERRORS`, never with a text of the server, which may repeat an address. Runs
outside of any transaction. Source: RFC 5321, RFC 3207, RFC 8314.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP

from famdesk.exchange.mail_message import NoMailAddress, compose, test_mail
from famdesk.usecases.post.mail import MailServer
from famdesk.usecases.post.reminder_rows import Outbound

TIMEOUT = 20.0
"""Seconds that a server may take for one answer."""
NAME = "localhost"
"""How this computer introduces itself: its own name is nobody's business."""
_TEMPORARY = range(400, 500)


class _Failed(Exception):
    """It failed in a way that has a code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def deliver(out: Outbound, context: ssl.SSLContext | None = None) -> str | None:
    """Composes the mail and hands it over; gives None when the server has taken it, else the code of the error."""
    try:
        mail = compose(out, datetime.now(UTC))
    except NoMailAddress:
        return "recipient"
    if not out.recipient.isascii():  # few servers take such an address (RFC 6531), and waiting does not mend it
        return "recipient"
    return hand_over(out.server, out.sender, out.recipient, mail, context)


def try_out(server: MailServer, sender: str, context: ssl.SSLContext | None = None) -> str | None:
    """Sends a mail to the sender's own address; gives the code of the error, None if it went well."""
    return hand_over(server, sender, sender, test_mail(sender, datetime.now(UTC)), context)


def hand_over(
    server: MailServer, sender: str, recipient: str, mail: EmailMessage, context: ssl.SSLContext | None = None
) -> str | None:
    """One connection, one mail. `context` None: the certificates that this computer trusts."""
    try:
        with _connected(server, context or ssl.create_default_context()) as smtp:
            _check(smtp.mail(sender), "sender")
            _check(smtp.rcpt(recipient), "recipient")
            _send(smtp, mail.as_bytes(policy=SMTP))
    except _Failed as failed:
        return failed.code
    except ssl.SSLCertVerificationError:
        return "certificate"
    except (ssl.SSLError, smtplib.SMTPNotSupportedError):
        return "no_tls"
    except smtplib.SMTPAuthenticationError as error:
        return "later" if error.smtp_code in _TEMPORARY else "login"
    except smtplib.SMTPConnectError as error:
        return "later" if error.smtp_code in _TEMPORARY else "no_server"
    except (smtplib.SMTPException, OSError, UnicodeError):
        return "no_server"
    return None


@contextmanager
def _connected(server: MailServer, context: ssl.SSLContext) -> Iterator[smtplib.SMTP]:
    """A connection that is encrypted and signed in. Nothing, not even the login, goes over an open line."""
    smtp: smtplib.SMTP
    if server.security == "tls":
        smtp = smtplib.SMTP_SSL(server.host, server.port, local_hostname=NAME, timeout=TIMEOUT, context=context)
    else:
        smtp = smtplib.SMTP(server.host, server.port, local_hostname=NAME, timeout=TIMEOUT)
    try:
        if server.security != "tls":
            smtp.ehlo()
            code, _answer = smtp.starttls(context=context)
            if code != 220:
                raise _Failed("later" if code in _TEMPORARY else "no_tls")
        if server.login:
            try:
                smtp.login(server.login, server.password)
            except smtplib.SMTPNotSupportedError as error:
                raise _Failed("login") from error
        else:
            smtp.ehlo()
        yield smtp
        with suppress(smtplib.SMTPException, OSError):
            smtp.quit()
    finally:
        smtp.close()


def _check(answer: tuple[int, bytes], refused: str) -> None:
    code = answer[0]
    if code in _TEMPORARY:
        raise _Failed("later")
    if code not in {250, 251}:
        raise _Failed(refused)


def _send(smtp: smtplib.SMTP, data: bytes) -> None:
    """From here on a broken line leaves open whether the server has the mail."""
    try:
        code, _answer = smtp.data(data)
    except smtplib.SMTPDataError as error:
        raise _Failed("later" if error.smtp_code in _TEMPORARY else "refused") from error
    except (smtplib.SMTPException, OSError) as error:  # also an answer that is none: it may have been taken
        raise _Failed("lost") from error
    _check((code, b""), "refused")
