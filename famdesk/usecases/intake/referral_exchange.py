"""What leaves the centre with a referral, and what is taken in from another one; the files are in `exchange`.

Only items that are ticked and may be told go out, each contact point with its safe-contact rule. A file is taken once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from famdesk.data.tables.directory import Body
from famdesk.data.tables.intake import AccessCard
from famdesk.data.tables.people import ContactPoint, Membership, Person
from famdesk.data.tables.referrals import Referral
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.errors import RuleError
from famdesk.domain.intake import referrals as rules
from famdesk.domain.intake.referral_content import Receipt, ReferralContent, SafeContact, Sender, Someone
from famdesk.i18n import N_, _, formats
from famdesk.usecases.centre import centre
from famdesk.usecases.consent.consents import ConsentMissing
from famdesk.usecases.intake.intake_rows import shown_card
from famdesk.usecases.intake.referrals import ConsentForAnother, covering
from famdesk.usecases.people import contacts, people
from famdesk.usecases.post import outgoing
from famdesk.usecases.registry import query, usecase

_AHEAD = timedelta(days=1)
"""How far the clock of another centre may be ahead."""
_KEY = "key:"
RECEIPT_STATES = frozenset({"received", "accepted", "declined", "answered"})


class TakenAlready(RuleError):
    message = N_("This file was taken in already: referral {reference}.")


class SentInFuture(RuleError):
    message = N_("This referral bears a date that is still to come: {day}. Ask whoever sent it to make the file anew.")

    def sentence(self) -> str:
        return _(self.message).format(day=formats.date_long(self.params["day"]))


class AnotherKey(RuleError):
    message = N_("An answer to this referral came before, signed with another key: by a colleague of theirs, or by "
                 "somebody else. Call the other side and compare the key.")  # fmt: skip


class NewSender(RuleError):
    message = N_(
        "This is the first referral of {centre} with this key. Call them, compare the key, then say that it is right."
    )


class ChangedKey(RuleError):
    message = N_(
        "WARNING: earlier referrals of {centre} were signed with another key. Somebody else may have made this file: "
        "call them at a number that you know, and compare the key before you take it in."
    )


class NotOurs(RuleError):
    message = N_("No referral of this centre belongs to this answer.")


class OnlyOutside(RuleError):
    message = N_("A file is for other centres. Your colleagues see this referral here.")


class NoName(RuleError):
    message = N_("The file does not name the person. Choose a file here, or add the person first.")


@usecase(N_("Referral handed over as a file"))
def hand_over(tx: Tx, referral_id: str, version: int, *, reason: str | None = None) -> ReferralContent:
    """What the file for the other side holds; the consent is looked at once more. That it leaves is journalled.

    `reason`: why it leaves although the safe-contact rule forbids it.

    Raises:
        NotSafe: the safe-contact rule forbids it and there is no reason.
        ConsentMissing, ConsentForAnother: nothing covers it any more.
        OnlyOutside, NotNow, NotFound, Stale.
    """
    found = tx.get(Referral, referral_id, version)
    if found.direction != rules.OUT or found.staff_id is not None:
        raise OnlyOutside
    if found.state not in rules.OPEN:
        raise rules.NotNow(state=codes.label(rules.STATES, found.state))
    person, today = tx.get(Person, found.person_id), tx.today()
    found.consent_id = covering(tx, person, today, body_id=found.body_id, body_name=found.body_name, staff_id=None)
    outgoing.permit(tx, person.id, "export", reason=reason)
    tx.log("export", subjects=[("person", person.id, "referral", [])], reason=reason)
    items = tuple(found.items.split())
    body = tx.get(Body, found.body_id).name if found.body_id else found.body_name or ""
    return ReferralContent(
        found.reference or "", found.sent_on or today, sender(tx), body, found.why, items,
        _someone(tx, person, items, reason), found.answer_due,
        _needs(tx, found) if "needs" in items else "", _household(tx, person) if "household" in items else "",
    )  # fmt: skip


@usecase(N_("Referral handed over as a file"))
def keep_digest(tx: Tx, referral_id: str, digest: str) -> None:
    """Notes which file was made, so that its receipt is known; those made before stay known.

    Raises:
        NotFound.
    """
    found = tx.get(Referral, referral_id)
    known = (found.digest or "").split()
    if digest not in known:
        found.digest = " ".join([*known, digest])


@query
def taken(tx: Tx, digest: str) -> str | None:
    """Whose referral a received file has become, by person id; None: it was not taken in yet, or the person may not
    be known. `receive` itself refuses any file that the centre took in."""
    found = tx.all(Referral, _is_file(digest), Referral.direction == rules.IN)
    return found[0].person_id if found else None


@usecase(N_("Referral received"))
def receive(
    tx: Tx, content: ReferralContent, digest: str, person_id: str | None = None, *, key: str | None = None,
    trusted: bool = False,
) -> str:  # fmt: skip
    """Takes in a referral of another centre; gives its id. `person_id` None: the person is new here.

    `key` is the fingerprint of whoever signed the file; it is kept, and asked about when it is new (`trusted`: somebody
    called and compared it). None: nobody looked at a signature.

    A new person gets what the file holds, with the safe-contact rule of each contact. A person who is here keeps
    everything, and gets the contacts that are missing.

    Raises:
        NewSender, ChangedKey: nobody has compared the key, at the field "trusted".
        TakenAlready, SentInFuture, NoName, NotFound; what `people.add_person` and `contacts.add_contact_point` raise.
    """
    tx.take_turn()  # two desks never take in the same file
    if _is_taken(tx, digest):
        raise TakenAlready(reference=content.reference)
    if content.sent_on > tx.today() + _AHEAD:
        raise SentInFuture(day=content.sent_on)
    if key is not None and not trusted and (doubted := doubt(tx, content.sender.centre, key)) is not None:
        raise doubted
    person = person_id or _new_person(tx, content.person)
    _add_contacts(tx, person, content.person)
    found = tx.get(Person, person)
    if content.person.never_contact and not found.no_contact:
        contacts.set_no_contact(tx, person, found.version, never=True)
    name = " · ".join(part for part in (content.sender.centre, content.sender.staff) if part)
    new = Referral(
        person_id=person, direction=rules.IN, body_name=name[: rules.LONGEST_NAME], operator_id=tx.actor.staff_id,
        why=_received_why(content), items=rules.joined(content.items), state="received",
        sent_on=min(content.sent_on, tx.today()), answer_due=content.answer_due,
        reference=content.reference, digest=" ".join([digest, *([_marked(key)] if key else [])]),
    )  # fmt: skip
    return tx.add(new).id


@query
def doubt(tx: Tx, centre_name: str, key: str) -> RuleError | None:
    """What has to be said of the key with which a centre signed: `NewSender` if no referral of that centre was taken in
    yet, `ChangedKey` if all were signed with others; None if it is known."""
    known = set[str]()
    for row in tx.all(Referral, Referral.direction == rules.IN, Referral.digest.is_not(None)):
        if (row.body_name or "").partition(" · ")[0].casefold() == centre_name.strip().casefold():
            known |= {one for one in (row.digest or "").split() if one.startswith(_KEY)}
    if _marked(key) in known:
        return None
    return (ChangedKey if known else NewSender)("trusted", centre=centre_name)


@query
def receipt(tx: Tx, referral_id: str) -> Receipt:
    """What this centre answers to a referral that it received as a file.

    Raises:
        NotNow: it did not come as a file. NotFound.
    """
    found = tx.get(Referral, referral_id)
    if found.direction != rules.IN or found.digest is None or found.state not in RECEIPT_STATES:
        raise rules.NotNow(state=codes.label(rules.STATES, found.state))
    tx.log("export", subjects=[("person", found.person_id, "referral-receipt", [])])
    day = found.answered_on or tx.today()
    return Receipt(found.reference or "", found.digest.split()[0], found.state, day, sender(tx), found.answer or "")


@usecase(N_("Answer to a referral taken in"))
def take_receipt(tx: Tx, answer: Receipt, key: str, *, trusted: bool = False) -> str:
    """Puts the referral into the state that the other side tells; gives its id. The same answer twice changes nothing.

    `key` is the fingerprint of whoever signed it: who answered first is believed, and another colleague of theirs once
    somebody here has called and compared the key (`trusted`).

    Raises:
        NotOurs: no referral with this number went out in a file with this digest.
        AnotherKey: an answer that was signed with another key is there, and this one is not `trusted`.
        NotNow: it was taken back, or is settled.
    """
    rows = tx.all(Referral, Referral.reference == answer.reference, Referral.direction == rules.OUT)
    found = next((row for row in rows if answer.digest in (row.digest or "").split()), None)
    if found is None:
        raise NotOurs
    signed, known = _marked(key), (found.digest or "").split()
    others = [one for one in known if one.startswith(_KEY) and one != signed]
    if others and signed not in known and not trusted:
        raise AnotherKey
    if answer.state in {found.state, "received"} and (found.answer or "") == answer.answer:
        return found.id
    if answer.state == "received" or not (answer.state == found.state or rules.may_become(found.state, answer.state)):
        raise rules.NotNow(state=codes.label(rules.STATES, found.state))
    if signed not in known:
        found.digest = " ".join([*known, signed])
    found.state = answer.state
    found.answer = answer.answer[: rules.LONGEST_WHY] or found.answer
    if answer.state in {"declined", "answered"}:
        found.answered_on = min(answer.on, tx.today())
    return found.id


def _marked(key: str) -> str:
    """A fingerprint as it stands beside the digests of a referral."""
    return _KEY + "".join(key.split())


def _is_file(digest: str) -> ColumnElement[bool]:
    """The condition for a referral that came in this file; the key of the signer stands behind its digest."""
    return or_(Referral.digest == digest, Referral.digest.startswith(f"{digest} ", autoescape=True))


def sender(tx: Tx) -> Sender:
    """This centre and the colleague who acts."""
    about = centre.overview(tx)
    colleague = tx.get(Staff, tx.actor.staff_id)
    return Sender(about.name, colleague.name, about.phone or "", about.mail or "")


def refused(error: Exception) -> bool:
    """Whether an error says that the family has not consented: it is read aloud, not shown at a field."""
    return isinstance(error, (ConsentMissing, ConsentForAnother))


def _someone(tx: Tx, person: Person, items: Iterable[str], reason: str | None) -> Someone:
    """Only what is ticked."""
    wanted = set(items)
    values: dict[str, Any] = {"never_contact": person.no_contact}
    if "name" in wanted:
        values |= {"surname": person.surname or "", "given_name": person.given_name or "", "alias": person.alias or ""}
    if "birth" in wanted:
        values |= {"birth_date": person.birth_date, "birth_text": person.birth_part or person.birth_text or "",
                   "sex": person.sex or ""}  # fmt: skip
    if "tax_code" in wanted:
        values["tax_code"] = person.tax_code or ""
    if "language" in wanted:
        values |= {"language": person.language or "", "needs_mediator": person.needs_mediator}
    if "contact" in wanted:
        values["contacts"] = _contacts(tx, person, reason)
    return Someone(**values)


def _contacts(tx: Tx, person: Person, reason: str | None) -> tuple[SafeContact, ...]:
    """The contact points that the gate lets out, each with its whole rule."""
    told = outgoing.masked(tx, [person.id], "export", reason=reason).get(person.id)
    free = {one.id for one in told.contacts} if told else set()
    points = [one for one in tx.all(ContactPoint, ContactPoint.person_id == person.id) if one.id in free]
    found = [
        SafeContact(one.kind, one.value, one.owner or "", one.may_call, one.may_leave_message, one.may_write,
                    one.safe_from, one.safe_to, one.neutral_name or "")
        for one in sorted(points, key=lambda one: one.id)
    ]  # fmt: skip
    home = [one for one in told.contacts if not one.id] if told else []
    return (*found, *(SafeContact(one.kind, one.value) for one in home))


def _needs(tx: Tx, found: Referral) -> str:
    """What the family asked for at the access from which it is sent on, or at the last one."""
    if found.access_card_id:
        card = tx.find(AccessCard, found.access_card_id)
        return (card.needs_family or "") if card else ""
    rows = tx.rows(
        select(AccessCard.needs_family)
        .where(AccessCard.person_id == found.person_id, AccessCard.deleted_at.is_(None),
               AccessCard.centre_id == tx.centre_id, AccessCard.needs_family.is_not(None), shown_card(tx))
        .order_by(AccessCard.at.desc()).limit(1)
    )  # fmt: skip
    return next((row.needs_family for row in rows), "")


def _household(tx: Tx, person: Person) -> str:
    """The roles of those who live with the person, without names: "Mother, Child, Child"."""
    today = tx.today()
    mine = [one.household_id for one in tx.all(Membership, Membership.person_id == person.id) if _lives(one, today)]
    others = [one for one in tx.all(Membership, Membership.household_id.in_(mine), Membership.person_id != person.id)
              if _lives(one, today)]  # fmt: skip
    return ", ".join(codes.label(codes.MEMBER_ROLES, one.role) for one in sorted(others, key=lambda one: one.id))


def _lives(one: Membership, on: date) -> bool:
    return (one.valid_from is None or one.valid_from <= on) and (one.valid_to is None or on <= one.valid_to)


def _is_taken(tx: Tx, digest: str) -> bool:
    """Whether the centre took a file in, also for somebody whom one may not know: nothing is told of it but that."""
    if tx.session.get_bind().dialect.name == "postgresql":
        return bool(tx.rows(select(func.fd_taken(digest)))[0][0])
    asked = select(Referral.id).where(Referral.centre_id == tx.centre_id, _is_file(digest),
                                      Referral.direction == rules.IN, Referral.deleted_at.is_(None))  # fmt: skip
    return bool(tx.rows(asked.limit(1)))


def _new_person(tx: Tx, someone: Someone) -> str:
    if not (someone.surname or someone.given_name or someone.alias):
        raise NoName("person_id")
    part = someone.birth_text if _is_part(someone.birth_text) else None
    details: Any = {
        "surname": someone.surname or None, "given_name": someone.given_name or None, "alias": someone.alias or None,
        "birth_date": someone.birth_date, "birth_part": part,
        "birth_text": someone.birth_text if not part and not someone.birth_date else None,
        "sex": someone.sex or None, "tax_code": someone.tax_code or None, "language": someone.language or None,
        "needs_mediator": someone.needs_mediator,
        "keep_tax_code": True,  # whoever sent it looked at it; a difference must not keep a family out
    }  # fmt: skip
    return people.add_person(tx, **{name: value for name, value in details.items() if value})


def _is_part(text: str) -> bool:
    year, _dash, month = text.partition("-")
    return len(year) == 4 and year.isdigit() and (not month or (len(month) == 2 and month.isdigit()))


def _add_contacts(tx: Tx, person_id: str, someone: Someone) -> None:
    known = {(one.kind, one.value) for one in tx.all(ContactPoint, ContactPoint.person_id == person_id)}
    for one in someone.contacts:
        if (one.kind, one.value) not in known:
            contacts.add_contact_point(
                tx, person_id, kind=one.kind, value=one.value, owner=one.owner or None, may_call=one.may_call,
                may_leave_message=one.may_leave_message, may_write=one.may_write, safe_from=one.safe_from,
                safe_to=one.safe_to, neutral_name=one.neutral_name or None,
            )  # fmt: skip


def _received_why(content: ReferralContent) -> str:
    """Why the family was sent, with what the file says of needs and household."""
    parts = [content.why]
    if content.needs:
        parts.append(_("In the family’s words: {needs}").format(needs=content.needs))
    if content.household:
        parts.append(_("Lives with: {household}").format(household=content.household))
    if content.person.birth_date and "birth" in content.items:
        parts.append(_("Born {day}").format(day=formats.date_num(content.person.birth_date)))
    return "\n".join(parts)[: 3 * rules.LONGEST_WHY]
