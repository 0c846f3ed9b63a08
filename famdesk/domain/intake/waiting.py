"""The waiting room and what is to be done later: codes, tickets, and in which order people are called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from famdesk.domain.codes import Code, Table
from famdesk.domain.people.contact import Rule
from famdesk.i18n import N_

VISIT_STATES: Table = (
    Code("waiting", N_("Waiting")),
    # Translators: somebody in the waiting room whose number was called
    Code("called", N_("Called in")),
    # Translators: somebody of the waiting room who is with a colleague now
    Code("inside", N_("Being received")),
    # Translators: somebody of the waiting room who was received
    Code("done", N_("Received")),
    # Translators: somebody who went away from the waiting room without having been received
    Code("left", N_("Left")),
)
HERE = ("waiting", "called", "inside")
"""States of those who are in the house."""

NEXT_VISIT_STATES = {
    "waiting": ("called", "inside", "done", "left"),
    "called": ("called", "waiting", "inside", "done", "left"),
    "inside": ("waiting", "done", "left"),
    "done": ("inside",),
    "left": ("waiting",),
}

FOLLOW_UP_KINDS: Table = (
    Code("call", N_("Call")),
    Code("write", N_("Write")),
    # Translators: it is the family that will come or call; nobody may call or write to them
    Code("wait", N_("Wait until they get in touch")),
    # Translators: a follow-up: ask later how it went
    Code("check", N_("See how it went")),
    Code("other", N_("Something else")),
)
CALLS = ("call", "check")
"""Kinds for which people are called."""

FOLLOW_UP_STATES: Table = (
    Code("open", N_("To be done")),
    Code("done", N_("Done")),
    # Translators: a follow-up that is no longer needed
    Code("dropped", N_("Dropped")),
)

_FURTHER = (1, 2, 7)
"""Days until the next try after the first, the second, and every further call that nobody answered."""


def ticket(letter: str, number: int) -> str:
    """A number of the waiting room as it is called out, such as "A12"."""
    return f"{letter}{number}"


def letter(place: int) -> str:
    """The letter of an access point's tickets by its place in the list: A, B, … Z, then AA."""
    head, rest = divmod(place, 26)
    return (letter(head - 1) if head else "") + chr(ord("A") + rest)


def next_try(today: date, tries: int) -> date:
    """When to call again after `tries` calls in vain: tomorrow, in two days, then every week; no Sunday."""
    day = today + timedelta(days=_FURTHER[min(max(tries, 1), len(_FURTHER)) - 1])
    return day + timedelta(days=1) if day.isoweekday() == 7 else day


@dataclass(frozen=True, slots=True)
class Window:
    """When a number may be called, seen from a moment; local wall times.

    `now`: at once, until `until` (None: any time). Else `opens` is when the safe hours begin next.
    """

    now: bool
    until: time | None = None
    opens: datetime | None = None

    def rank(self) -> tuple[datetime, time]:
        """The order of a call list: those within limited hours first, then any time, then by when the hours begin."""
        return self.opens or datetime.min, self.until or time.max


def window(rule: Rule, at: datetime) -> Window:
    """When a number with this rule, which allows calls, may be called."""
    if rule.safe_from is None or rule.safe_to is None:
        return Window(True)
    if rule.safe_at(at.time()):
        return Window(True, until=rule.safe_to)
    opens = datetime.combine(at.date(), rule.safe_from)
    return Window(False, opens=opens if opens > at else opens + timedelta(days=1))


def best(rules: Sequence[Rule], at: datetime) -> int | None:
    """Which of several numbers to call: the one that may be called soonest, and of those the freest; None: none."""
    free = [
        (seen.opens or datetime.min, not rule.may_leave_message, seen.until is not None, place)
        for place, rule in enumerate(rules)
        if rule.may_call
        for seen in (window(rule, at),)
    ]
    return min(free)[-1] if free else None
