"""What is to be done later: calls in their safe hours, letters, looking how it went; made from a card, a referral, a
file, or alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from famdesk.data.tables.intake import AccessCard
from famdesk.data.tables.people import ContactPoint, Person
from famdesk.data.tables.referrals import Referral
from famdesk.data.tables.staff import Staff
from famdesk.data.tables.waiting import FollowUp
from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.errors import Required, RuleError, TextTooLong
from famdesk.domain.intake.waiting import FOLLOW_UP_KINDS, next_try
from famdesk.i18n import N_
from famdesk.usecases.registry import usecase

LONGEST = 500

Items = Sequence[tuple[str, int]]
"""Follow-ups that are settled together, each as id and version: what one call is about."""


class UnknownFollowUp(RuleError):
    message = N_("Choose from the list.")


class PastDay(RuleError):
    message = N_("Choose today or a later day.")


class NotOpen(RuleError):
    message = N_("This was done or dropped already. Look at the list again.")


class NotTheirNumber(RuleError):
    message = N_("This number belongs to nobody named here. Choose another one.")


@usecase(N_("Follow-up noted"))
def add(
    tx: Tx, *, kind: str, what: str, person_id: str | None = None, access_card_id: str | None = None,
    referral_id: str | None = None, contact_point_id: str | None = None, staff_id: str | None = None,
    due_on: date | None = None,
) -> str:  # fmt: skip
    """Notes something that is to be done later; gives its id.

    `person_id` None: whom the card or the referral is about, or nobody. `what` in words; a card's call may do without.
    `contact_point_id`: the number that they asked to be called at. `staff_id` None: whoever has time. `due_on` None:
    when there is time.

    Raises:
        Required, UnknownFollowUp, PastDay, NotTheirNumber, TextTooLong, NotFound.
    """
    card = tx.get(AccessCard, access_card_id) if access_card_id else None
    referral = tx.get(Referral, referral_id) if referral_id else None
    about = person_id or (callee(card) if card else None) or (referral.person_id if referral else None)
    entry = FollowUp(kind=kind, what="", person_id=about, access_card_id=access_card_id, referral_id=referral_id)
    if about is not None:
        tx.get(Person, about)
    _fill(tx, entry, kind, what, contact_point_id, staff_id, due_on, bare=card is not None)
    return tx.add(entry).id


@usecase(N_("Follow-up changed"))
def change(
    tx: Tx, follow_up_id: str, version: int, *, kind: str, what: str, contact_point_id: str | None,
    staff_id: str | None, due_on: date | None,
) -> None:  # fmt: skip
    """Corrects what is to be done, how, by whom and when.

    Raises:
        Required, UnknownFollowUp, PastDay, NotTheirNumber, NotOpen, TextTooLong, Stale.
    """
    entry = _open(tx, follow_up_id, version)
    _fill(tx, entry, kind, what, contact_point_id, staff_id, due_on, bare=entry.access_card_id is not None)


@usecase(N_("Call without answer noted"))
def tried(tx: Tx, items: Items, next_on: date | None = None) -> date:
    """Nobody answered: counts the try and proposes when to call again; gives that day.

    `next_on` None: tomorrow after the first try, two days after the second, then every week; never on a Sunday.

    Raises:
        PastDay, NotOpen, Stale.
    """
    entries = [_open(tx, *item) for item in items]
    if next_on is not None and next_on < tx.today():
        raise PastDay("due_on")
    day = next_on or next_try(tx.today(), 1 + max((entry.tries for entry in entries), default=0))
    for entry in entries:
        entry.tries, entry.last_try_at, entry.due_on = entry.tries + 1, tx.now(), day
    return day


@usecase(N_("Follow-up done"))
def done(tx: Tx, items: Items, result: str | None = None) -> None:
    """It is done; `result` says what came of it.

    Raises:
        NotOpen, TextTooLong, Stale.
    """
    text = _text("result", result)
    for item in items:
        entry = _open(tx, *item)
        entry.state, entry.result, entry.done_on = "done", text, tx.today()


@usecase(N_("Follow-up dropped"))
def drop(tx: Tx, items: Items, reason: str | None = None) -> None:
    """It is no longer needed; `reason` says why.

    Raises:
        NotOpen, TextTooLong, Stale.
    """
    text = _text("result", reason)
    for item in items:
        entry = _open(tx, *item)
        entry.state, entry.result, entry.done_on = "dropped", text, tx.today()


@usecase(N_("Follow-up given to somebody else"))
def reassign(tx: Tx, items: Items, staff_id: str | None) -> None:
    """Gives it to a colleague, or with None to whoever has time.

    Raises:
        NotFound, NotOpen, Stale.
    """
    for item in items:
        _open(tx, *item).staff_id = _colleague(tx, staff_id)


def follow_card(tx: Tx, card: AccessCard, before: str | None) -> None:
    """Keeps the promise of a card: its outcome "to be called back" is an open call, and none when it no longer is.

    Part of the use-case that saves the card, so that undo takes both back.
    """
    if card.outcome == before:
        return
    mine = tx.all(FollowUp, FollowUp.access_card_id == card.id, FollowUp.state == "open", FollowUp.kind == "call")
    if card.outcome == "called_back" and not mine:
        tx.add(FollowUp(kind="call", what="", person_id=callee(card), access_card_id=card.id, due_on=None))
    elif before == "called_back":
        for entry in mine:
            if not entry.what and not entry.tries:
                tx.bin(entry)


def callee(card: AccessCard) -> str | None:
    """Who is called about a card: whoever called the centre."""
    return card.person_id if card.caller_is_person else card.caller_id or card.person_id


def _open(tx: Tx, follow_up_id: str, version: int) -> FollowUp:
    entry = tx.get(FollowUp, follow_up_id, version)
    if entry.state != "open":
        raise NotOpen
    return entry


def _fill(
    tx: Tx, entry: FollowUp, kind: str, what: str, contact_point_id: str | None, staff_id: str | None,
    due_on: date | None, *, bare: bool,
) -> None:  # fmt: skip
    if kind not in codes.codes(FOLLOW_UP_KINDS):
        raise UnknownFollowUp("kind")
    text = _text("what", what)
    if text is None and not bare:
        raise Required("what")
    if due_on is not None and due_on < tx.today() and due_on != entry.due_on:
        raise PastDay("due_on")
    point = tx.get(ContactPoint, contact_point_id) if contact_point_id else None
    if point is not None and point.person_id != entry.person_id:
        raise NotTheirNumber("contact_point_id")
    entry.kind, entry.what, entry.due_on = kind, text or "", due_on
    entry.contact_point_id, entry.staff_id = contact_point_id, _colleague(tx, staff_id)


def _colleague(tx: Tx, staff_id: str | None) -> str | None:
    if staff_id is not None:
        colleague = tx.session.get(Staff, staff_id)
        if colleague is None or not colleague.active or colleague.deleted_at or colleague.centre_id != tx.centre_id:
            raise UnknownFollowUp("staff_id")
    return staff_id


def _text(name: str, value: str | None) -> str | None:
    text = (value or "").strip()
    if len(text) > LONGEST:
        raise TextTooLong(name, limit=LONGEST)
    return text or None
