"""Referrals: a family sent on to a body or a colleague, or received from one; what may be passed on, and what follows.

A referral is sent, then accepted or declined, then answered; the answer is told to whoever sent the family.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from famdesk.domain.codes import Code, Table
from famdesk.domain.errors import RuleError
from famdesk.i18n import N_

OUT, IN = "out", "in"
LONGEST_WHY = 4_000
LONGEST_NAME = 200
ANSWER_WITHIN_DAYS = 30
"""When an answer is awaited, if nobody says otherwise."""

STATES: Table = (
    # Translators: the state of a referral
    Code("draft", N_("In preparation")),
    Code("sent", N_("Sent")),
    Code("received", N_("Received")),
    Code("accepted", N_("Accepted")),
    Code("declined", N_("Declined")),
    Code("answered", N_("Answered")),
    # Translators: the centre took a referral back
    Code("withdrawn", N_("Taken back")),
)
OPEN = frozenset({"sent", "received", "accepted"})
"""States in which something is still to happen."""
_NEXT = {
    "draft": frozenset({"sent", "withdrawn"}),
    "sent": frozenset({"accepted", "declined", "answered", "withdrawn"}),
    "received": frozenset({"accepted", "declined", "answered"}),
    "accepted": frozenset({"declined", "answered", "withdrawn"}),
    "declined": frozenset({"accepted"}),
    "answered": frozenset({"answered"}),
    "withdrawn": frozenset[str](),
}

# What of a person may be passed on; only what is ticked, and what the consent covers, leaves the centre.
ITEMS: Table = (
    Code("name", N_("Name")),
    Code("birth", N_("Birth date and sex")),
    Code("contact", N_("Phone, mail and address, with the safe-contact rule")),
    Code("language", N_("Language and need of a mediator")),
    Code("tax_code", N_("Tax code")),
    Code("needs", N_("Needs of the last access, in the family’s words")),
    Code("household", N_("Who lives in the household (without names)")),
)
USUAL = ("name", "birth", "contact", "language")
"""What is proposed first."""


class WhyNeeded(RuleError):
    message = N_("Write why the family is sent on: the other side has to know what is asked of it.")


class RecipientNeeded(RuleError):
    message = N_("Choose a body or a colleague, or write to whom the family is sent.")


class OneRecipient(RuleError):
    message = N_("A referral has one recipient: a body or a colleague, not both.")


class UnknownItem(RuleError):
    message = N_("Choose from the list what is passed on.")


class DueInThePast(RuleError):
    message = N_("The answer cannot be due before the referral is sent.")


class NotNow(RuleError):
    message = N_("This cannot be done with a referral that is in the state “{state}”.")


class DeclinedWhy(RuleError):
    message = N_("Write why it was declined: the family and whoever sent it have to know.")


class AnswerNeeded(RuleError):
    message = N_("Write what came of it.")


class DayToCome(RuleError):
    message = N_("This day is still to come.")


class BeforeSending(RuleError):
    message = N_("An answer cannot come before the referral was sent, on {day}.")


def may_become(state: str, wanted: str) -> bool:
    """Whether a referral in a state can be put into another one."""
    return wanted in _NEXT.get(state, frozenset())


def next_states(state: str, direction: str) -> tuple[str, ...]:
    """What can be done next, in the order of `STATES`; only the sender takes a referral back."""
    found = _NEXT.get(state, frozenset())
    return tuple(code.code for code in STATES if code.code in found
                 and not (code.code == "withdrawn" and direction == IN))  # fmt: skip


def joined(items: Iterable[str]) -> str:
    """Items as they are stored, in the order of the list.

    Raises:
        UnknownItem.
    """
    wanted = set(items)
    known = [code.code for code in ITEMS]
    if not wanted <= set(known):
        raise UnknownItem("items")
    return " ".join(code for code in known if code in wanted)


def is_overdue(state: str, due: date | None, today: date) -> bool:
    """Whether an answer is awaited that should be here."""
    return state in OPEN and due is not None and due < today
