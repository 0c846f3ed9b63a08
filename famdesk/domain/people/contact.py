"""Ways to reach a person: numbers as people write them, and what the safe-contact rule allows on each way out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from famdesk.i18n import _

LEAST_DIGITS = 3
PHONES = ("mobile", "phone")
MAILS = ("mail", "certified_mail")
ADDRESS = "address"
WAYS = ("call", "message", "mail", "letter", "paper", "list", "export", "screen")
"""The ways out of the program: a call; a message left or sent to a phone; a mail; a letter or an address label; paper
that somebody takes along or that lies about; a list that others get; a file that leaves; a screen that others see."""
DIRECT = ("call", "message", "mail", "letter")
KINDS: dict[str, tuple[str, ...]] = {"call": PHONES, "message": PHONES, "mail": MAILS, "letter": (ADDRESS,)}
"""The kinds of contact points that each direct way uses; the other ways name them all, or none."""
_MAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_ITALY = re.compile(r"^\s*(\+39|0039)[\s.-]*(?=[03]\d)")


@dataclass(frozen=True, slots=True)
class Rule:
    """What may be done with a contact point; `safe_from`/`safe_to` are local wall times, both or none."""

    may_call: bool = True
    may_leave_message: bool = True
    may_write: bool = True
    safe_from: time | None = None
    safe_to: time | None = None
    neutral_name: str | None = None

    @property
    def free(self) -> bool:
        """Whether nothing has to be minded."""
        return self == Rule()

    @property
    def discreet(self) -> bool:
        """Whether others must not read a full name beside the centre's: somebody may not be called or written to, or
        hears a neutral name."""
        return not self.may_call or not self.may_write or bool(self.neutral_name)

    def safe_at(self, moment: time) -> bool:
        """Whether a call at this time is within the safe hours, which may run over midnight."""
        if not self.may_call:
            return False
        if self.safe_from is None or self.safe_to is None:
            return True
        if self.safe_from <= self.safe_to:
            return self.safe_from <= moment < self.safe_to
        return moment >= self.safe_from or moment < self.safe_to


def refusal(way: str, kind: str, rule: Rule, moment: time, *, hidden: bool = False) -> str | None:
    """Why a contact point may not be used or shown on a way out; None if it may.

    "hidden": it never leaves the program; "call", "hours", "message", "write": what the rule forbids; "nowhere": this
    way tells no contact at all. `moment` is the local wall time at which the call would be made.
    """
    if hidden and way not in {"call", "message"}:
        return "hidden"
    if way in {"paper", "screen"}:
        return "nowhere"
    if way == "call":
        return "call" if not rule.may_call else None if rule.safe_at(moment) else "hours"
    if way == "message":
        return None if rule.may_call and rule.may_leave_message else "message"
    if way in {"list", "export"} and kind in PHONES:
        return None if rule.may_call else "call"
    return None if rule.may_write else "write"


def warnings(kind: str, rule: Rule) -> tuple[str, ...]:
    """What has to be minded before using a contact point, in the current language, the strictest first."""
    found: list[str] = []
    phone = kind in PHONES
    if phone and not rule.may_call:
        found.append(_("Do not call"))
    if not rule.may_write:
        found.append(_("Do not write"))
    if phone and rule.may_call:
        found.extend(_call_warnings(rule))
    if rule.neutral_name:
        # Translators: the name to give instead of the centre's when calling or writing
        found.append(_("Say only “{name}”").format(name=rule.neutral_name))
    return tuple(found)


def _call_warnings(rule: Rule) -> list[str]:
    found = []
    if rule.safe_from is not None and rule.safe_to is not None:
        from famdesk.i18n import formats

        hours = formats.time_range(rule.safe_from, rule.safe_to)
        found.append(_("Call only {hours}").format(hours=hours))
    if not rule.may_leave_message:
        found.append(_("Leave no message"))
    return found


def digits(text: str) -> str:
    """The digits of a number, without the Italian prefix: what numbers are compared by."""
    return "".join(ch for ch in _ITALY.sub("", text) if ch.isdecimal())


def typed_number(text: str) -> str:
    """The digits, if what was typed can only be a phone number or a part of one; else ""."""
    found = digits(text)
    punctuation = {ch for ch in text if not ch.isdecimal()} <= set("+ ./-()")
    return found if punctuation and len(found) >= LEAST_DIGITS else ""


def tidy_number(text: str) -> str:
    """A number as it is stored: as typed, without the prefix of Italy."""
    return _ITALY.sub("", " ".join(text.split()))


def is_mail(text: str) -> bool:
    """Whether the text has the form of a mail address."""
    return bool(_MAIL.fullmatch(text))


def kind_of(value: str) -> str:
    """The likely kind of what was typed into a field for phone or mail."""
    if "@" in value:
        return "mail"
    return "mobile" if digits(value).startswith("3") else "phone"
