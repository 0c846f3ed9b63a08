"""Reminders of appointments: states, what can go wrong with a mail, when it is tried again, when what is due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol

from famdesk.domain.codes import Code, Table
from famdesk.i18n import N_

OPEN = ("waiting", "failed")
"""States in which a reminder is still to go out."""
TOLD = ("sending", "sent", "unsure", "done")
"""States in which the family was told, or may have been."""

REMINDER, MOVED, OFF = "reminder", "news", "off"
"""What is told: that an appointment is near, that it has another time, that it does not take place."""
NEWS = (MOVED, OFF)

CHANNELS: Table = (
    Code("mail", N_("E-mail")),
    # Translators: a letter sent by post
    Code("letter", N_("Letter")),
    Code("call", N_("Phone call")),
    # Translators: how to reach somebody: in no way
    Code("none", N_("Not at all")),
)

SECURITIES: Table = (
    # Translators: how the connection to a mail server is encrypted, with its usual port
    Code("tls", N_("TLS from the start (port 465)")),
    Code("starttls", N_("STARTTLS (port 587)")),
)
PORTS = {"tls": 465, "starttls": 587}

MAIL_ERRORS: Table = (
    Code("no_server", N_("The mail server cannot be reached.")),
    Code("certificate", N_("The certificate of the mail server is not valid.")),
    Code("no_tls", N_("The mail server offers no encrypted connection.")),
    Code("login", N_("The mail server refused user name or password.")),
    Code("sender", N_("The mail server refused the sender's address.")),
    Code("recipient", N_("The mail server refused the recipient's address.")),
    Code("later", N_("The mail server asked to try again later.")),
    Code("refused", N_("The mail server refused the message.")),
    Code("lost", N_("The connection broke while the message was being sent.")),
)
FINAL = ("recipient", "refused")
"""Errors that trying again does not mend."""

TRIES = 5
_DELAYS = (5, 20, 60, 180)
LETTER_DAYS = 5
"""How many days before an appointment its letter has to be written, so that the post can carry it."""
REMINDED = frozenset({
    "first_interview", "interview", "consultation", "psychology", "couple", "mediation", "home_visit", "accompaniment",
    "other",
})  # fmt: skip
"""Kinds of appointments to which somebody comes. Of meetings about a family, nobody at home is told."""
AWAITED = ("planned", "confirmed")
"""States in which an appointment is reminded of."""
LEAST, MOST = 2, 168
"""Bounds of the hours that a reminder goes out before."""
STUCK = timedelta(minutes=10)
"""A mail that has been going out for longer was interrupted: nobody knows whether it arrived."""


def retry_minutes(tries: int) -> int | None:
    """In how many minutes to try again after `tries` tries in vain; None: not at all."""
    return _DELAYS[tries - 1] if 0 < tries < TRIES else None


def due(channel: str, starts: datetime, hours_before: int) -> datetime:
    """When a reminder of an appointment goes out; a letter goes some days before, a call never on a Sunday."""
    if channel == "letter":
        return starts - timedelta(days=LETTER_DAYS)
    moment = starts - timedelta(hours=hours_before)
    if channel == "call" and moment.isoweekday() == 7:
        return moment - timedelta(days=1)
    return moment


class Put(Protocol):
    """A reminder, or news of a change, of one person and one appointment."""

    @property
    def id(self) -> str: ...

    @property
    def kind(self) -> str: ...

    @property
    def state(self) -> str: ...

    @property
    def starts(self) -> datetime: ...

    @property
    def done_at(self) -> str | None: ...


def is_settled(rows: Iterable[Put], starts: datetime) -> bool:
    """Whether somebody was reminded of this time, or was not to be, and has heard of no other one since: who was told
    of A, then of B, has to be told of A again."""
    over = [row for row in rows if row.state not in OPEN and (row.kind == REMINDER or row.state in TOLD)]
    if not any(row.kind == REMINDER and row.starts == starts for row in over):
        return False
    last = max(over, key=lambda row: (row.done_at or "", row.id))
    return last.starts == starts and last.kind != OFF
