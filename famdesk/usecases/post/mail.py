"""The mail server that sends a centre's reminders. Its password is kept apart and never stands in the journal."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypedDict, Unpack

from famdesk.data.tables.calendar import MailAccount, Secret
from famdesk.data.tx import Tx
from famdesk.domain.calendar import reminding
from famdesk.domain.codes import codes
from famdesk.domain.errors import Required, RuleError
from famdesk.domain.people.contact import is_mail
from famdesk.i18n import N_
from famdesk.usecases.registry import query, usecase

HIGHEST_PORT = 65_535


class UnknownSecurity(RuleError):
    message = N_("Choose how the connection is encrypted.")


class BadHost(RuleError):
    message = N_("Write the name of the server only, such as smtp.example.it.")


class BadPort(RuleError):
    message = N_("A port is a number from 1 to {most}.")


class BadAddress(RuleError):
    message = N_("This is no mail address.")


class BadHours(RuleError):
    message = N_("Give a number of hours from {least} to {most}.")


class AccountValues(TypedDict, total=False):
    """`security` is a code of `SECURITIES`; `hours_before` whole hours; `neutral_sender` see `MailAccount`."""

    host: str
    port: int
    security: str
    login: str | None
    sender: str
    sender_name: str | None
    neutral_sender: str | None
    hours_before: int
    active: bool


@dataclass(frozen=True, slots=True)
class AccountRow:
    """The mail account, for its form; `has_password`: one is kept."""

    id: str
    version: int
    host: str
    port: int
    security: str
    login: str | None
    sender: str
    sender_name: str | None
    neutral_sender: str | None
    hours_before: int
    active: bool
    has_password: bool


@dataclass(frozen=True, slots=True)
class MailServer:
    """What is needed to hand a mail over. The password is never shown by `repr`."""

    host: str
    port: int
    security: str
    login: str | None
    password: str = field(repr=False)


@query
def account(tx: Tx) -> AccountRow | None:
    """The mail account of the centre, None before there is one."""
    found = of_centre(tx)
    if found is None:
        return None
    secret = tx.session.get(Secret, found.id)
    return AccountRow(found.id, found.version, found.host, found.port, found.security, found.login, found.sender,
                      found.sender_name, found.neutral_sender, found.hours_before, found.active,
                      bool(secret and secret.value))  # fmt: skip


@query
def server_for_test(tx: Tx) -> tuple[MailServer, str] | None:
    """The server and the sender's address, to send a mail to oneself; None before there is an account."""
    found = of_centre(tx)
    return (server(tx, found), found.sender) if found is not None else None


@usecase(N_("Mail settings saved"))
def save_account(tx: Tx, version: int | None, password: str | None = None, **values: Unpack[AccountValues]) -> str:
    """Makes or changes the mail account of the centre; gives its id. `version` None: there was none.

    `password` None: stays. A kept password is forgotten when server or login change: it belongs to nobody else.

    Raises:
        Required, BadHost, BadPort, UnknownSecurity, BadAddress, BadHours, Stale.
    """
    found = of_centre(tx)
    if found is None:
        found = MailAccount(host="", port=0, security="", sender="", hours_before=24, active=True)
    elif version is not None:
        found = tx.get(MailAccount, found.id, version)
    before = (found.host, found.login)
    for name, value in values.items():
        setattr(found, name, (value.strip() or None) if isinstance(value, str) else value)
    _check(found)
    tx.add(found)
    _keep(tx, found, password, forget=before != (found.host, found.login))
    return found.id


def of_centre(tx: Tx) -> MailAccount | None:
    """The account, whether it is in use or not."""
    return next(iter(tx.all(MailAccount)), None)


def server(tx: Tx, found: MailAccount) -> MailServer:
    """Where to hand mails over, with the password."""
    secret = tx.session.get(Secret, found.id)
    return MailServer(found.host, found.port, found.security, found.login, secret.value if secret else "")


def _check(found: MailAccount) -> None:
    for name in ("host", "sender"):
        if not getattr(found, name):
            raise Required(name)
    if any(ch.isspace() or ch in "/:@" for ch in found.host):
        raise BadHost("host")
    port, hours = _typed(found)
    if port is None or not 0 < port <= HIGHEST_PORT:
        raise BadPort("port", most=HIGHEST_PORT)
    if found.security not in codes(reminding.SECURITIES):
        raise UnknownSecurity("security")
    for name in ("sender", "neutral_sender"):
        value = getattr(found, name)
        if value and not (is_mail(value) and value.isascii()):
            raise BadAddress(name)
    if hours is None or not reminding.LEAST <= hours <= reminding.MOST:
        raise BadHours("hours_before", least=reminding.LEAST, most=reminding.MOST)


def _typed(found: MailAccount) -> tuple[int | None, int | None]:
    """Port and hours as they were typed, which may be nothing."""
    return found.port, found.hours_before


def _keep(tx: Tx, found: MailAccount, password: str | None, *, forget: bool) -> None:
    secret = tx.session.get(Secret, found.id)
    if password is None and not (forget and secret is not None):
        return
    if secret is None:
        secret = Secret(owner_id=found.id, centre_id=found.centre_id, value="")
        tx.session.add(secret)
    secret.value = password or ""
