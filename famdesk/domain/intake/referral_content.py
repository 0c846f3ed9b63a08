"""What a referral file holds: plain values, only what was ticked and may leave the centre."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends a file: the centre, the colleague, and how to reach them."""

    centre: str
    staff: str = ""
    phone: str = ""
    mail: str = ""


@dataclass(frozen=True, slots=True)
class SafeContact:
    """A contact point with the safe-contact rule, which travels with the person; hours are local wall time."""

    kind: str
    value: str
    owner: str = ""
    may_call: bool = True
    may_leave_message: bool = True
    may_write: bool = True
    safe_from: time | None = None
    safe_to: time | None = None
    neutral_name: str = ""


@dataclass(frozen=True, slots=True)
class Someone:
    """The person sent on; what was not ticked is empty. `never_contact`: nobody calls or writes, ever."""

    surname: str = ""
    given_name: str = ""
    alias: str = ""
    birth_date: date | None = None
    birth_text: str = ""
    sex: str = ""
    tax_code: str = ""
    language: str = ""
    needs_mediator: bool = False
    never_contact: bool = False
    contacts: tuple[SafeContact, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferralContent:
    """A referral as it leaves the centre. `items` are codes of `referrals.ITEMS`; `answer_due` None: none is asked."""

    reference: str
    sent_on: date
    sender: Sender
    to: str
    why: str
    items: tuple[str, ...]
    person: Someone
    answer_due: date | None = None
    needs: str = ""
    household: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the other side says to the referral with this number and digest: received, accepted, declined, answered."""

    reference: str
    digest: str
    state: str
    on: date
    sender: Sender
    answer: str = ""
