"""Referrals: a family sent to a body or a colleague with the consent that covers it, and what came of it.

Nothing is passed on to another body without a consent for it; a colleague of the centre works under its privacy
notice. What is missing is said in a sentence that can be read aloud.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from famdesk.data.tables.consents import Consent
from famdesk.data.tables.directory import Body
from famdesk.data.tables.intake import AccessCard
from famdesk.data.tables.people import Person
from famdesk.data.tables.referrals import Referral
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.errors import RuleError, TextTooLong
from famdesk.domain.intake import referrals as rules
from famdesk.domain.text import fold
from famdesk.i18n import N_
from famdesk.usecases.consent import consents
from famdesk.usecases.people.person_names import labels
from famdesk.usecases.registry import query, usecase

MOST = 200


class ConsentForAnother(RuleError):
    """The consent that stands names another recipient; the sentence can be read aloud to the family."""

    message = N_("The consent that was signed is for {recipient}. For another service it has to be signed anew.")


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """A referral as a window shows it.

    `direction` "out" or "in"; `who` is the other side; `operator` the colleague who sent or took it; `items` and
    `state` are codes of `famdesk.domain.intake.referrals`; `steps` the states that may follow; `outside`: the other
    side is no colleague, so that a signed file can be made; `has_file`: one was made or read.
    """

    id: str
    version: int
    person_id: str
    person: str
    direction: str
    who: str
    operator: str
    why: str
    items: tuple[str, ...]
    state: str
    steps: tuple[str, ...]
    sent_on: date | None
    answer_due: date | None
    answered_on: date | None
    answer: str
    feedback_on: date | None
    reference: str
    outside: bool
    has_file: bool
    overdue: bool


@usecase(N_("Family referred"))
def send_referral(
    tx: Tx, person_id: str, why: str, *, body_id: str | None = None, body_name: str | None = None,
    staff_id: str | None = None, items: Iterable[str] = rules.USUAL, answer_due: date | None = None,
    access_card_id: str | None = None,
) -> str:  # fmt: skip
    """Sends a person to a body of the directory, one written by name, or a colleague; gives the referral's id.

    `items` are codes of `rules.ITEMS`: what may be passed on. `answer_due` None: no answer is awaited by a day.

    Raises:
        ConsentMissing, ConsentForAnother: nothing covers it; the sentence can be read aloud.
        WhyNeeded, RecipientNeeded, OneRecipient, UnknownItem, DueInThePast, TextTooLong, NotFound.
    """
    person, today = tx.get(Person, person_id), tx.today()
    name = _line("body_name", body_name)
    _check_recipient(tx, body_id, name, staff_id)
    if answer_due is not None and answer_due < today:
        raise rules.DueInThePast("answer_due")
    if access_card_id:
        tx.get(AccessCard, access_card_id)
    new = Referral(
        person_id=person.id, access_card_id=access_card_id, direction=rules.OUT, body_id=body_id, body_name=name,
        staff_id=staff_id, operator_id=tx.actor.staff_id, why=_why(why), items=rules.joined(items), state="sent",
        sent_on=today, answer_due=answer_due,
        consent_id=covering(tx, person, today, body_id=body_id, body_name=name, staff_id=staff_id),
    )  # fmt: skip
    tx.add(new)
    new.reference = reference(new, today)
    return new.id


@usecase(N_("Referral changed"))
def change_referral(tx: Tx, referral_id: str, version: int, *, why: str, items: Iterable[str],
                    answer_due: date | None) -> None:  # fmt: skip
    """Corrects what is written of a referral that is still open.

    Raises:
        NotNow, WhyNeeded, UnknownItem, DueInThePast, TextTooLong, NotFound, Stale.
    """
    found = tx.get(Referral, referral_id, version)
    if found.state not in rules.OPEN:
        raise rules.NotNow(state=codes.label(rules.STATES, found.state))
    if answer_due is not None and found.sent_on is not None and answer_due < found.sent_on:
        raise rules.DueInThePast("answer_due")
    found.why, found.items, found.answer_due = _why(why), rules.joined(items), answer_due


@usecase(N_("Referral put into another state"))
def set_state(tx: Tx, referral_id: str, version: int, state: str, *, on: date | None = None,
              answer: str | None = None) -> None:  # fmt: skip
    """The other side (or this one) accepts, declines or answers, or the sender takes it back, on a day (None: today).

    Raises:
        NotNow, DeclinedWhy, AnswerNeeded, DayToCome, BeforeSending, TextTooLong, NotFound, Stale.
    """
    found = tx.get(Referral, referral_id, version)
    if state not in rules.next_states(found.state, found.direction):
        raise rules.NotNow(state=codes.label(rules.STATES, found.state))
    words = (answer or "").strip()
    if len(words) > rules.LONGEST_WHY:
        raise TextTooLong("answer", limit=rules.LONGEST_WHY)
    if state == "declined" and not words:
        raise rules.DeclinedWhy("answer")
    if state == "answered" and not words:
        raise rules.AnswerNeeded("answer")
    day = on or tx.today()
    if day > tx.today():
        raise rules.DayToCome("on")
    if found.sent_on is not None and day < found.sent_on:
        raise rules.BeforeSending("on", day=found.sent_on)
    found.state = state
    if words:
        found.answer = words
    if state in {"declined", "answered"}:
        found.answered_on = day


@usecase(N_("Feedback given on a referral"))
def give_feedback(tx: Tx, referral_id: str, version: int, on: date | None = None) -> None:
    """Whoever sent the family was told what came of it, on a day (None: today).

    Raises:
        NotNow: nothing has come of it yet.
        DayToCome, NotFound, Stale.
    """
    found = tx.get(Referral, referral_id, version)
    if found.state not in {"accepted", "declined", "answered"}:
        raise rules.NotNow(state=codes.label(rules.STATES, found.state))
    day = on or tx.today()
    if day > tx.today():
        raise rules.DayToCome("on")
    found.feedback_on = day


@usecase(N_("Referral removed"))
def remove_referral(tx: Tx, referral_id: str, version: int) -> None:
    """Puts a referral that was entered by mistake into the bin.

    Raises:
        NotFound, Stale.
    """
    tx.bin(tx.get(Referral, referral_id, version))


@query
def referrals_of(tx: Tx, person_id: str) -> tuple[ReferralRow, ...]:
    """The referrals of a person, the newest first; that they were shown is written down.

    Raises:
        NotFound.
    """
    person = tx.get(Person, person_id)
    tx.opened(person)
    found = tx.all(Referral, Referral.person_id == person.id)
    return _rows(tx, sorted(found, key=lambda row: (row.sent_on or date.min, row.id), reverse=True))


@query
def awaited(tx: Tx) -> tuple[ReferralRow, ...]:
    """Referrals in which something is still to happen, the one that is due first on top; `MOST` at most."""
    found = tx.all(Referral, Referral.state.in_(rules.OPEN))
    rows = _rows(tx, sorted(found, key=lambda row: (row.answer_due or date.max, row.sent_on or date.max, row.id)))
    return tuple(row for row in rows if row.person)[:MOST]


@query
def may_refer(tx: Tx, person_id: str, *, body_id: str | None = None, body_name: str | None = None,
              staff_id: str | None = None) -> str:  # fmt: skip
    """Why a person cannot be referred there now, as a sentence to read aloud; "" if something covers it.

    Raises:
        NotFound.
    """
    try:
        covering(tx, tx.get(Person, person_id), tx.today(), body_id=body_id, body_name=body_name, staff_id=staff_id)
    except (consents.ConsentMissing, ConsentForAnother) as error:
        return error.sentence()
    return ""


def covering(tx: Tx, person: Person, on: date, *, body_id: str | None, body_name: str | None,
             staff_id: str | None) -> str | None:  # fmt: skip
    """The consent that covers passing on to a recipient; None for a colleague, who works under the privacy notice.

    Raises:
        ConsentMissing, ConsentForAnother.
    """
    if staff_id is not None:
        if person.privacy not in {"given", "signed"}:
            consents.check(tx, person.id, "privacy", on)
        return None
    found = consents.state(tx, person.id, "referral", on, recipient_body_id=body_id)
    asked = tx.all(Consent, Consent.person_id == person.id, Consent.purpose == found.purpose, Consent.asked_on <= on)
    fitting = [one for one in sorted(asked, key=lambda one: (one.asked_on, one.id), reverse=True)
               if _is_for(tx, one, body_id, body_name)]  # fmt: skip
    states = [consents.standing(tx, one, on) for one in fitting]
    counts = consents.prevailing(states) if states else None
    if counts is not None and counts.covers:
        return counts.consent_id
    if not states and found.covers and found.consent_id is not None:
        raise ConsentForAnother("person_id", recipient=_named(tx, tx.get(Consent, found.consent_id)))
    raise consents.refusal(counts or found)


def reference(referral: Referral, on: date) -> str:
    """The number that both sides quote."""
    return f"{on.year}-{referral.id.replace('-', '')[-8:].upper()}"


def _is_for(tx: Tx, consent: Consent, body_id: str | None, body_name: str | None) -> bool:
    if body_id is not None and consent.recipient_body_id == body_id:
        return True
    if consent.recipient_body_id is None and consent.recipient_name is None:
        return True  # a lawful ground without a recipient, such as an order of a court
    wanted = tx.get(Body, body_id).name if body_id else body_name
    return fold(wanted or "") == fold(_named(tx, consent))


def _named(tx: Tx, consent: Consent) -> str:
    """To whom a consent allows to pass on."""
    if consent.recipient_body_id:
        return tx.get(Body, consent.recipient_body_id).name
    return consent.recipient_name or ""


def _check_recipient(tx: Tx, body_id: str | None, body_name: str | None, staff_id: str | None) -> None:
    outside = bool(body_id or body_name)
    if not outside and not staff_id:
        raise rules.RecipientNeeded("body_id")
    if outside and staff_id:
        raise rules.OneRecipient("staff_id")
    if body_id:
        tx.get(Body, body_id)
    if staff_id:
        tx.get(Staff, staff_id)


def _why(text: str) -> str:
    words = text.strip()
    if not words:
        raise rules.WhyNeeded("why")
    if len(words) > rules.LONGEST_WHY:
        raise TextTooLong("why", limit=rules.LONGEST_WHY)
    return words


def _line(field: str, text: str | None) -> str | None:
    words = (text or "").strip()
    if len(words) > rules.LONGEST_NAME:
        raise TextTooLong(field, limit=rules.LONGEST_NAME)
    return words or None


def _rows(tx: Tx, found: Iterable[Referral]) -> tuple[ReferralRow, ...]:
    rows = list(found)
    people = labels(tx, {row.person_id for row in rows})
    bodies = {one.id: one.name for one in tx.all(Body, Body.id.in_({row.body_id for row in rows if row.body_id}))}
    staff_ids = {one for row in rows for one in (row.staff_id, row.operator_id) if one}
    staff = {one.id: one.name for one in tx.all(Staff, Staff.id.in_(staff_ids))}
    today = tx.today()
    return tuple(_row(row, people, bodies, staff, today) for row in rows)


def _row(row: Any, people: dict[str, str], bodies: dict[str, str], staff: dict[str, str], today: date) -> ReferralRow:
    who = bodies.get(row.body_id or "") or row.body_name or staff.get(row.staff_id or "") or ""
    return ReferralRow(
        row.id, row.version, row.person_id, people.get(row.person_id, ""), row.direction, who,
        staff.get(row.operator_id, ""), row.why, tuple(row.items.split()), row.state,
        rules.next_states(row.state, row.direction), row.sent_on, row.answer_due, row.answered_on, row.answer or "",
        row.feedback_on, row.reference or "", row.staff_id is None, row.digest is not None,
        rules.is_overdue(row.state, row.answer_due, today),
    )  # fmt: skip
