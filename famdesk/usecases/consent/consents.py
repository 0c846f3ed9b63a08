"""Consents as they stand: what has been signed for whom, what is missing, and whether something may be done.

`check` is the gate that other use-cases ask before an interview with a minor and before anything is passed on;
`states` gives the words for many persons at once. What changes consents is in `consenting`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Uuid, bindparam, exists, or_, select, union_all

from famdesk.data.tables.consents import Consent, ConsentSignature, ConsentText
from famdesk.data.tables.directory import Body
from famdesk.data.tables.families import Relation
from famdesk.data.tables.people import Membership, Person
from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.consent import consents
from famdesk.domain.consent.consents import Holder, Required, Signature, Status
from famdesk.domain.errors import RuleError
from famdesk.domain.people import families as family_codes
from famdesk.i18n import N_, _, formats
from famdesk.usecases.consent.consent_rows import (
    ConsentFile,
    ConsentRow,
    ConsentState,
    HolderRow,
    MissingSignature,
    SignatureRow,
    badge,
)
from famdesk.usecases.family import families
from famdesk.usecases.kept_files import standing as kept_file
from famdesk.usecases.people.person_names import full_name, labels
from famdesk.usecases.people.person_rows import FileBadge
from famdesk.usecases.registry import query

SIGNERS = {
    "parental": "parent", "guardian": "guardian", "provisional_guardian": "guardian", "volunteer_guardian": "guardian",
    "curator": "curator", "special_curator": "curator", "foster_carer": "foster_carer",
    "support_administrator": "supporter", "adult_guardian": "supporter",
}  # fmt: skip
"""As what somebody signs who decides for a person: codes of `families.RESPONSIBILITIES` to `consents.SIGNS_AS`."""

INTERVIEWS = frozenset({"first_interview", "interview", "consultation", "psychology"})
"""Kinds of appointments that are an interview with the person for whom they are booked."""
MOST = 200
FEW = 500


class ConsentMissing(RuleError):
    """What is to be done needs a consent that does not stand; the sentence can be read aloud to the family."""

    message = N_(
        "There is no signed consent for this yet: {purpose}. Explain the sheet and ask for the signature first."
    )


class InterviewNeedsConsent(ConsentMissing):
    message = N_(
        "With a minor not even a first interview may be held before those who have parental responsibility have "
        "signed: {signed} of {needed} so far."
    )


class InterviewWaitsFor(ConsentMissing):
    message = N_(
        "With a minor not even a first interview may be held before those who have parental responsibility have "
        "signed: {signed} of {needed} so far. Still to sign: {names}."
    )


class ReferralNeedsConsent(ConsentMissing):
    message = N_(
        "We pass nothing on to others before the consent is signed: {signed} of {needed} so far. We can give you the "
        "address, and you go there yourselves."
    )


class ReferralWaitsFor(ConsentMissing):
    message = N_(
        "We pass nothing on to others before the consent is signed: {signed} of {needed} so far. "
        "Still to sign: {names}."
    )


class ConsentRefused(ConsentMissing):
    message = N_(
        "The consent was refused on {day}: {purpose}. Without it we go no further; a court can decide otherwise."
    )


class ConsentWithdrawn(ConsentMissing):
    message = N_("The consent was withdrawn on {day}: {purpose}. To go on it has to be signed anew.")


class ConsentExpired(ConsentMissing):
    message = N_("The consent was valid until {day}: {purpose}. To go on it has to be signed anew.")


def check(tx: Tx, person_id: str, purpose: str, on: date, *, recipient_body_id: str | None = None) -> None:
    """Lets pass what a consent or a lawful ground covers on a day.

    `recipient_body_id`: for "referral", the body to which something is passed on.

    Raises:
        ConsentMissing: with the sentence to read aloud, for the field `person_id`.
        NotFound.
    """
    found = state(tx, person_id, purpose, on, recipient_body_id=recipient_body_id)
    if not found.covers:
        raise refusal(found)


def check_interview(tx: Tx, person_id: str, kind: str, on: date) -> None:
    """As `check`, for an appointment of a kind with somebody: only interviews with minors wait for signatures. A file
    that was made one with another counts as that one.

    Raises:
        ConsentMissing, NotFound.
    """
    if kind not in INTERVIEWS:
        return
    person = kept_file(tx, person_id)
    if is_minor(tx, person, on):
        check(tx, person.id, "minor_interview", on)


def refusal(found: ConsentState) -> ConsentMissing:
    """The error that says why a state covers nothing."""
    purpose = codes.label(consents.PURPOSES, found.purpose)
    ended = {"refused": (ConsentRefused, found.refused_on), "withdrawn": (ConsentWithdrawn, found.withdrawn_on),
             "expired": (ConsentExpired, found.valid_to)}  # fmt: skip
    if found.status in ended:
        kind, day = ended[found.status]
        return kind("person_id", purpose=purpose, day=formats.date_num(day) if day else "")
    kinds = {"minor_interview": (InterviewNeedsConsent, InterviewWaitsFor),
             "referral": (ReferralNeedsConsent, ReferralWaitsFor)}  # fmt: skip
    bare, named = kinds.get(found.purpose, (ConsentMissing, ConsentMissing))
    facts: dict[str, Any] = {"purpose": purpose, "signed": found.signed, "needed": found.needed}
    if found.missing:
        return named("person_id", **facts, names=formats.list_text(found.missing))
    return bare("person_id", **facts)


def is_minor(tx: Tx, person: Person, on: date) -> bool | None:
    """Whether somebody is under age on a day; None if nothing says so. Whose birth is not known counts as a minor if
    words say it, somebody decides as for minors, a parent is known, or a household has the person as a child."""
    known = consents.minor_on(person.birth_date, person.birth_part, on)
    if known is None:
        known = consents.minor_in_words(person.birth_text, on)
    if known is not None:
        return known
    deciding = {SIGNERS.get(one.kind) for one in families.deciders(tx, person.id, on)} - {None, "supporter"}
    return True if deciding or _is_somebodys_child(tx, person) else None


def _is_somebodys_child(tx: Tx, person: Person) -> bool:
    """Whether a parent is recorded, also one of whom the reader may not know, or the role of a child at home."""
    with tx.session.no_autoflush:
        return bool(tx.asked("somebody's child", lambda: _as_child(tx.centre_id), bare=True, person=person.id))


def _as_child(centre_id: str) -> Any:
    person, relation, place = bindparam("person", type_=Uuid(as_uuid=False)), Relation, Membership
    return union_all(
        select(relation.id).where(relation.other_id == person, _one_of(relation.kind, family_codes.PARENTS),
                                  relation.deleted_at.is_(None), relation.centre_id == centre_id),
        select(place.id).where(place.person_id == person, _one_of(place.role, family_codes.CHILD_ROLES),
                               place.deleted_at.is_(None), place.centre_id == centre_id),
    )  # fmt: skip


def _one_of(column: Any, wanted: Iterable[str]) -> ColumnElement[bool]:
    """The condition that a column has one of some codes, in words that stay the same when they are prepared."""
    return or_(*(column == one for one in sorted(wanted)))


def holders(tx: Tx, person: Person, on: date) -> tuple[Holder, ...]:
    """Who decides for a person on a day, and the parents who do not (`Holder.acts`): dead, or somebody else decides.

    Where the birth date is not known, parents are presumed to decide.
    """
    found = [
        Holder(SIGNERS[one.kind], one.name, one.person_id,
               acts=one.decides if one.kind != "support_administrator" else one.state == "full")
        for one in families.deciders(tx, person.id, on) if one.kind in SIGNERS
    ]  # fmt: skip
    known = {one.key for one in found}
    guarded = any(one.signs_as == "guardian" and one.acts for one in found)
    for row in families.parents_of(tx, person.id, on):
        if row.id not in known:
            acts = person.birth_date is None and not guarded and (row.died_on is None or row.died_on > on)
            found.append(Holder("parent", full_name(row.surname, row.given_name, row.alias), row.id, acts))
    return tuple(found)


def required(tx: Tx, person: Person, purpose: str, on: date, ground: str | None = None) -> Required:
    """Who has to sign for a person on a day."""
    minor = bool(is_minor(tx, person, on))
    own = Holder("self", full_name(person.surname, person.given_name, person.alias), person.id)
    deciding = holders(tx, person, on)
    return consents.required(consents.purpose_for(purpose, minor), minor, deciding, own, ground)


def state(tx: Tx, person_id: str, purpose: str, on: date, *, recipient_body_id: str | None = None) -> ConsentState:
    """How the consent for a purpose stands on a day; status "none" if it was never asked for.

    An older consent that still covers is not undone by a newer one that waits for signatures. `recipient_body_id`
    leaves out what was consented for another body.

    Raises:
        NotFound.
    """
    person = tx.get(Person, person_id)
    minor = is_minor(tx, person, on)
    purpose = consents.purpose_for(purpose, bool(minor))
    found = tx.all(Consent, Consent.person_id == person.id, Consent.purpose == purpose, Consent.asked_on <= on)
    if recipient_body_id is not None:
        found = [one for one in found if one.recipient_body_id in {None, recipient_body_id}]
    states = [_stands(tx, person, one, on, minor) for one in sorted(found, key=_age, reverse=True)]
    if not states:
        needed = required(tx, person, purpose, on)
        names = tuple(holder.name for holder in needed.holders if holder.key != person.id)
        return ConsentState(purpose, "none", 0, needed.needed, names, minor=minor)
    return prevailing(states)


def prevailing(states: Sequence[ConsentState]) -> ConsentState:
    """The one that counts of several consents for the same thing, of which the newest comes first: an older one still
    covers while a newer one waits for signatures or is over, not after a newer one was refused or withdrawn."""
    newest = states[0]
    decided = next((one for one in states if one.covers or one.status in {"refused", "withdrawn"}), newest)
    return decided if decided.covers else newest


def standing(tx: Tx, consent: Consent, on: date) -> ConsentState:
    """How one consent stands on a day, whatever newer ones say."""
    person = tx.get(Person, consent.person_id)
    return _stands(tx, person, consent, on, is_minor(tx, person, on))


def _age(consent: Consent) -> tuple[date, str]:
    return consent.asked_on, consent.id


def counted(tx: Tx, person: Person, consent: Consent, on: date, hidden: int | None = None) -> consents.Count:
    """The signatures under a consent held against who has to sign on a day.

    `hidden` signatures of people of whom the reader may not know count too (None: as many as `unseen` says).
    """
    minor = bool(is_minor(tx, person, on))
    rows = [row for row in _signatures(tx, consent) if row.signed_on <= on]
    names = labels(tx, {row.other_id for row in rows})
    given = [
        Signature(row.signs_as, names.get(row.other_id or "") or row.signer_name or "", row.other_id, row.signed_on)
        for row in rows
    ]
    found = consents.count(required(tx, person, consent.purpose, on, consent.ground), given, minor)
    more = unseen(tx, consent) if hidden is None else hidden
    if not more or found.complete:
        return found
    signed = min(found.needed, found.signed + more)
    return consents.Count(signed, found.needed, found.missing if signed < found.needed else ())


def unseen(tx: Tx, consent: Consent) -> int:
    """How many signatures there are under a consent of people of whom the reader may not know."""
    return max(0, consent.signed - len(_signatures(tx, consent)))


def _signatures(tx: Tx, consent: Consent) -> list[ConsentSignature]:
    rows = tx.all(ConsentSignature, ConsentSignature.consent_id == consent.id)
    return sorted(rows, key=lambda row: (row.signed_on, row.id))


def _stands(tx: Tx, person: Person, consent: Consent, on: date, minor: bool | None) -> ConsentState:
    count = counted(tx, person, consent, on)
    status = consents.status(count, on, ground=consent.ground, refused_on=consent.refused_on,
                             withdrawn_on=consent.withdrawn_on, valid_to=consent.valid_to)  # fmt: skip
    hear = consent.purpose in {"minor_interview", "referral", "activities"} and consent.heard_on is None
    return ConsentState(
        consent.purpose, status, count.signed, count.needed,
        tuple(holder.name for holder in count.missing if holder.key != person.id), consent.id, minor,
        hear and consents.to_be_heard(person.birth_date, person.birth_part, on), consent.refused_on,
        consent.withdrawn_on, consent.valid_to,
    )  # fmt: skip


def states(tx: Tx, person_ids: Iterable[str | None], on: date) -> dict[str, tuple[str, ...]]:
    """What has to be minded of the consents of many persons, in a few words each ("Photos: 1 of 2 signatures"), by
    person; who has nothing to mind is missing. Quick enough for lists: most persons cost a look into an index.

    A consent that waits is counted as of its last change; withdrawn and refused ones only while no newer one is there.
    """
    wanted, found = sorted({one for one in person_ids if one}), dict[str, list[str]]()
    if not wanted:
        return {}
    for row in _latest(tx, _to_mind(tx, wanted, on), on):
        status = _quick_status(row, on)
        words = badge(row.purpose, status, min(row.signed, row.needed), row.needed)
        if words:
            found.setdefault(row.person_id, []).append(words)
    return {one: tuple(words) for one, words in found.items()}


def may_need_minding(on: date) -> ColumnElement[bool]:
    """The condition, on `Person`, for those who have a consent that is not simply signed: only for them `states` has
    anything to say."""
    return exists().where(Consent.person_id == Person.id, _not_simply_signed(on))


def _not_simply_signed(on: date) -> ColumnElement[bool]:
    return or_(Consent.signed < Consent.needed, Consent.refused_on.is_not(None), Consent.withdrawn_on.is_not(None),
               Consent.valid_to < on)  # fmt: skip


def _to_mind(tx: Tx, wanted: Sequence[str], on: date) -> set[str]:
    """Those of the persons who have a consent that is not simply signed."""
    found, ended = set[str](), _not_simply_signed(on)
    for start in range(0, len(wanted), FEW):
        some = Consent.person_id.in_(wanted[start : start + FEW])
        found |= {row.person_id for row in tx.rows(select(Consent.person_id).where(some, ended))}
    return found


def _who_may_wait(tx: Tx, on: date) -> list[str]:
    """The persons for whom some consent has fewer signatures than it needs, also if a newer one is complete."""
    rows = tx.rows(
        select(Consent.person_id)
        .where(Consent.deleted_at.is_(None), Consent.centre_id == tx.centre_id, Consent.signed < Consent.needed,
               Consent.refused_on.is_(None), Consent.withdrawn_on.is_(None),
               or_(Consent.valid_to.is_(None), Consent.valid_to >= on))
        .order_by(Consent.asked_on, Consent.id).limit(MOST * 5)
    )  # fmt: skip
    return [row.person_id for row in rows]


def file_badges(tx: Tx, person: Person) -> Iterable[FileBadge]:
    """What has to be minded of the consents of a person, for the identity strip of the file."""
    for words in states(tx, [person.id], tx.today()).get(person.id, ()):
        yield FileBadge("consent", words, "signature", "warning")


def _quick_status(row: Any, on: date) -> Status:
    count = consents.Count(min(row.signed, row.needed), row.needed, ())
    return consents.status(count, on, ground=row.ground, refused_on=row.refused_on, withdrawn_on=row.withdrawn_on,
                           valid_to=row.valid_to)  # fmt: skip


def _latest(tx: Tx, person_ids: Iterable[str | None], on: date) -> list[Any]:
    """The newest consent of each person and purpose (and body), of those whom the running query may show."""
    statement = (
        select(Consent.id, Consent.person_id, Consent.purpose, Consent.recipient_body_id, Consent.needed,
               Consent.signed, Consent.asked_on, Consent.ground, Consent.refused_on, Consent.withdrawn_on,
               Consent.valid_to)
        .join(Person, Person.id == Consent.person_id)
        .where(Consent.deleted_at.is_(None), Consent.centre_id == tx.centre_id, Consent.asked_on <= on,
               tx.visible_person())
        .order_by(Consent.asked_on, Consent.id)
    )  # fmt: skip
    wanted, rows = sorted({one for one in person_ids if one}), list[Any]()
    for start in range(0, len(wanted), FEW):
        rows += tx.rows(statement.where(Consent.person_id.in_(wanted[start : start + FEW])))
    newest = {(row.person_id, row.purpose, row.recipient_body_id): row for row in rows}
    return list(newest.values())


@query
def incomplete(tx: Tx) -> tuple[MissingSignature, ...]:
    """The consents that wait for a signature, the longest waiting first; `MOST` at most."""
    today = tx.today()
    waiting = _latest(tx, _who_may_wait(tx, today), today)
    rows = [row for row in waiting if _quick_status(row, today) in {"asked", "partial"}]
    rows = sorted(rows, key=lambda row: (row.asked_on, row.id))[:MOST]
    names = labels(tx, {row.person_id for row in rows})
    return tuple(
        MissingSignature(row.id, row.person_id, names[row.person_id], row.purpose, min(row.signed, row.needed),
                         row.needed, row.asked_on)
        for row in rows
    )  # fmt: skip


@query
def consents_of(tx: Tx, person_id: str) -> ConsentFile:
    """The consents of a person; that they were shown is written down.

    Raises:
        NotFound.
    """
    person, today = tx.get(Person, person_id), tx.today()
    tx.opened(person)
    minor = is_minor(tx, person, today)
    fitting = [code for code, rule in consents.RULES.items() if (rule.minors if minor else rule.adults)]
    rows = sorted(tx.all(Consent, Consent.person_id == person.id), key=_age, reverse=True)
    return ConsentFile(
        today, person.id, full_name(person.surname, person.given_name, person.alias), minor,
        consents.to_be_heard(person.birth_date, person.birth_part, today),
        tuple(state(tx, person.id, code, today) for code in fitting),
        tuple(_row(tx, person, one, minor) for one in rows),
        tuple(HolderRow(one.name, one.key, one.signs_as) for one in holders(tx, person, today) if one.acts),
    )  # fmt: skip


@query
def consent_state(tx: Tx, person_id: str, purpose: str, on: date) -> ConsentState:
    """How the consent for a purpose stands on a day, for windows; see `state`.

    Raises:
        NotFound.
    """
    return state(tx, person_id, purpose, on)


@query
def interview_state(tx: Tx, person_id: str, on: date) -> ConsentState | None:
    """How the consent to interviews with a minor stands on a day; None for somebody who is no minor.

    Raises:
        NotFound.
    """
    person = kept_file(tx, person_id)
    return state(tx, person.id, "minor_interview", on) if is_minor(tx, person, on) else None


def _row(tx: Tx, person: Person, one: Consent, minor: bool | None) -> ConsentRow:
    today = tx.today()
    signed = _signatures(tx, one)
    names = labels(tx, {row.other_id for row in signed})
    text = tx.find(ConsentText, one.text_id)
    body = tx.find(Body, one.recipient_body_id)
    missing = counted(tx, person, one, today).missing
    return ConsentRow(
        one.id, one.version, _stands(tx, person, one, today, minor), one.asked_on, one.text_id,
        _("{title}, version {number}").format(title=text.title, number=text.number) if text else None,
        one.recipient_body_id, body.name if body else one.recipient_name, one.withheld, one.valid_to, one.withdrawn_by,
        one.ground, one.ground_act, one.ground_number, one.ground_on, one.heard_on, one.heard_words, one.note,
        tuple(SignatureRow(row.id, row.version, names.get(row.other_id or "") or row.signer_name or "", row.other_id,
                           row.signs_as, row.how, row.signed_on)
              for row in signed),
        tuple(HolderRow(holder.name, holder.key, holder.signs_as) for holder in missing),
    )  # fmt: skip
