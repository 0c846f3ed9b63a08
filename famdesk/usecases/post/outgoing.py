"""The safe-contact gate: whatever tells a person's name, number or address outside the program asks here.

Two questions. `permit`: may this person be called, written to, named on this paper, now? It refuses with a sentence,
unless a reason is given, which the journal keeps. `masked`: what may a list or sheet say of these persons? Whoever may
not be named there is missing from the answer; whoever may be named only discreetly is an alias or initials; of contact
points only those are left that the rule gives free for the way.

What no reason opens: a hidden contact point leaves the program on no way but a call by those who may see it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy import literal, select

from famdesk.data.tables.people import ContactPoint, Person
from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.errors import NotFound, RuleError
from famdesk.domain.people import contact
from famdesk.domain.people.contact import WAYS as WAYS
from famdesk.domain.people.contact import Rule
from famdesk.i18n import N_, _
from famdesk.usecases.family.home_addresses import home_addresses
from famdesk.usecases.people.contact_rights import hidden_points, known_point
from famdesk.usecases.people.person_names import full_name, public_name
from famdesk.usecases.registry import query

OUTSIDE = ("list", "export", "screen")
"""Ways that tell others who somebody is."""
BY_VOICE = ("call", "message")
"""Ways that leave nothing written: only here lists name those whose file is protected or restricted."""
FEW = 500


class NotSafe(RuleError):
    """The safe-contact rule forbids it; with a reason it can be done all the same."""

    message = N_("This is not safe for this person. To do it all the same, write the reason: the journal keeps it.")


class DoNotCall(NotSafe):
    message = N_("This number must not be called. To call all the same, write the reason: the journal keeps it.")


class NotNow(NotSafe):
    message = N_("Calling is safe only {hours}. To call all the same, write the reason: the journal keeps it.")


class NoMessage(NotSafe):
    message = N_("No message may be left there. To do it all the same, write the reason: the journal keeps it.")


class DoNotWrite(NotSafe):
    message = N_("This person must not be written to. To write all the same, write the reason: the journal keeps it.")


class NeverContact(NotSafe):
    message = N_("This person is never to be contacted. To do it all the same, write the reason: the journal keeps it.")


class Guarded(NotSafe):
    message = N_(
        "This file is protected. To tell something of it all the same, write the reason: the journal keeps it."
    )


class Hidden(RuleError):
    message = N_("This contact is hidden: it is never printed, sent or exported.")


class NoContact(RuleError):
    message = N_("No contact is noted that could be used for this.")


@dataclass(frozen=True, slots=True)
class SafeContact:
    """A contact point that may be used or told on the way that was asked for; `note` what has to be minded, in words.

    `id` "": the address of the household. `owner`: whose it is, if not the person's own. `neutral_name`: the name to
    give instead of the centre's.
    """

    id: str
    kind: str
    value: str
    owner: str | None
    note: str
    neutral_name: str | None


@dataclass(frozen=True, slots=True)
class Permit:
    """The permission to reach or name a person. `label` is how to name them there, `value` the number or address.

    `value` None: the way uses none, or none is known. `neutral`: the centre's name, its logo and the reason must not be
    seen; `neutral_name` is what to say instead (None: nothing). `note`: what else has to be minded, in words.
    `overridden`: the rule forbids it and a reason was given.
    """

    person_id: str
    way: str
    label: str
    contact_id: str | None = None
    value: str | None = None
    note: str = ""
    neutral: bool = False
    neutral_name: str | None = None
    overridden: bool = False


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What a list or sheet may say of a person: how to name them, the first contact that may be told, what to mind.

    `value` None: there is none, or none may be told (`note` says which). `discreet`: the label is an alias or initials
    because of the safe-contact rule. `neutral`: no centre's name beside this person. `contacts`: all that may be told.
    """

    label: str
    value: str | None
    note: str
    contact_id: str | None = None
    neutral: bool = False
    neutral_name: str | None = None
    discreet: bool = False
    contacts: tuple[SafeContact, ...] = ()


@query
def permit(
    tx: Tx, person_id: str, way: str, *, contact_id: str | None = None, at: datetime | time | None = None,
    reason: str | None = None,
) -> Permit:  # fmt: skip
    """The permission to reach or name a person on a way out (one of `WAYS`); ask right before doing it.

    `contact_id`: the number or address that is wanted; None: the best that is known. `at`: the local wall time of a
    call (None: now). `reason`: why it is done although the rule forbids it; it is kept in the journal, and only then.
    Paper is never refused: it is neutral (`Permit.neutral`), unless a reason is given.

    Raises:
        NotSafe: the rule forbids it and there is no reason; the sentence belongs to the field "reason".
        Hidden: a hidden contact point, which no reason opens.
        NoContact: a number or address is needed and none is known.
        NotFound: also when this person may not know of it.
    """
    _check(way)
    person = tx.get(Person, person_id)
    asked = _Asked(way, _moment(tx, at))
    points = _points(tx, [person.id], way).get(person.id, ())
    point = _wanted(asked, points, contact_id)
    refused = _refused(asked, person, point, points)
    reason = (reason or "").strip()
    if refused is not None and not reason and way != "paper":
        raise refused
    overridden = refused is not None and bool(reason)
    if overridden:
        subjects = [("person", person.id, way, list[str]())]
        if point is not None and point.id:
            subjects.append(("contact_point", point.id, way, []))
        tx.log("override", subjects=subjects, reason=reason)
    return _permitted(asked, person, point, points, overridden=overridden)


@query
def masked(tx: Tx, person_ids: Iterable[str | None], way: str, *, reason: str | None = None) -> dict[str, Outgoing]:
    """What a list or sheet on the way may say of each person, by id; who may not be named on it is missing.

    With a `reason` what the rule forbids is told too and the journal keeps the reason and the persons; protected files
    and hidden contact points stay out all the same.
    """
    _check(way)
    asked = _Asked(way, tx.now().time())
    reason = (reason or "").strip() or None
    people = _people(tx, person_ids)
    if way not in BY_VOICE:
        people = [row for row in people if not row.protected and not row.restricted]
    points = _points(tx, [row.id for row in people], way)
    found: dict[str, Outgoing] = {}
    opened: list[str] = []
    for row in people:
        mine = points.get(row.id, ())
        plain = _outgoing(asked, row, mine, free=False)
        free = _outgoing(asked, row, mine, free=True) if reason else plain
        found[row.id] = free
        if free != plain:
            opened.append(row.id)
    if opened:
        tx.log("override", subjects=[("person", one, way, []) for one in opened], reason=reason)
    return found


@dataclass(frozen=True, slots=True)
class _Asked:
    way: str
    moment: time


@dataclass(frozen=True, slots=True)
class _Home:
    """The address of a household, where a contact point would stand. `home_addresses` gives none that is not safe."""

    person_id: str
    value: str
    id: str = ""
    kind: str = contact.ADDRESS
    owner: str | None = None
    hidden: bool = False
    may_call: bool = True
    may_leave_message: bool = True
    may_write: bool = True
    safe_from: time | None = None
    safe_to: time | None = None
    neutral_name: str | None = None
    seen: bool = True


def _check(way: str) -> None:
    if way not in WAYS:
        raise ValueError(way)


def _moment(tx: Tx, at: datetime | time | None) -> time:
    at = tx.now() if at is None else at
    return at.time() if isinstance(at, datetime) else at


def _people(tx: Tx, person_ids: Iterable[str | None]) -> list[Any]:
    wanted = sorted({one for one in person_ids if one})
    columns = (Person.id, Person.surname, Person.given_name, Person.alias, Person.privacy, Person.protected,
               Person.restricted, Person.no_contact)  # fmt: skip
    found: list[Any] = []
    for start in range(0, len(wanted), FEW):
        some = wanted[start : start + FEW]
        found += tx.rows(select(*columns).where(Person.id.in_(some), tx.visible_person()))
    return found


def _points(tx: Tx, person_ids: Iterable[str], way: str) -> dict[str, tuple[Any, ...]]:
    """All contact points of the persons in the order of their kinds; `seen`: this colleague may know the value. For the
    ways that write, whoever has no address of their own has the household's."""
    wanted, found = list(person_ids), dict[str, list[Any]]()
    columns = (
        ContactPoint.id, ContactPoint.person_id, ContactPoint.kind, ContactPoint.value, ContactPoint.owner,
        ContactPoint.hidden, ContactPoint.may_call, ContactPoint.may_leave_message, ContactPoint.may_write,
        ContactPoint.safe_from, ContactPoint.safe_to, ContactPoint.neutral_name, literal(True).label("seen"),
    )  # fmt: skip
    for start in range(0, len(wanted), FEW):
        few = wanted[start : start + FEW]
        some = ContactPoint.person_id.in_(few)
        rows = tx.rows(select(*columns).where(some, ContactPoint.deleted_at.is_(None), known_point(tx)))
        known = {row.id for row in rows}
        for row in (*rows, *(one for one in hidden_points(tx, few) if one.id not in known)):
            found.setdefault(row.person_id, []).append(row)
    if way in {"letter", "export"}:
        homeless = [one for one in wanted if not any(row.kind == contact.ADDRESS for row in found.get(one, ()))]
        for one, address in home_addresses(tx, homeless).items():
            found.setdefault(one, []).append(_Home(one, address))
    order = codes.codes(codes.CONTACT_KINDS)
    return {one: tuple(sorted(rows, key=lambda row: (order.index(row.kind), row.id))) for one, rows in found.items()}


def _rule(point: Any) -> Rule:
    return Rule(point.may_call, point.may_leave_message, point.may_write, point.safe_from, point.safe_to,
                point.neutral_name)  # fmt: skip


def _refusal(asked: _Asked, point: Any) -> str | None:
    return contact.refusal(asked.way, point.kind, _rule(point), asked.moment, hidden=point.hidden)


def _wanted(asked: _Asked, points: Sequence[Any], contact_id: str | None) -> Any | None:
    """The point that was asked for, or the best one of the way; None where the way uses none."""
    points = [point for point in points if point.seen]
    if contact_id is not None:
        found = next((point for point in points if point.id == contact_id), None)
        if found is None:
            raise NotFound("contact_id")
        if _refusal(asked, found) == "hidden":
            raise Hidden("contact_id")
        return found
    if asked.way not in contact.KINDS:
        return None
    fitting = [point for point in points if point.kind in contact.KINDS[asked.way]]
    usable = [point for point in fitting if _refusal(asked, point) != "hidden"]
    if not usable:
        raise Hidden("contact_id") if fitting else NoContact("contact_id")
    return min(usable, key=lambda point: _rank(asked, point))


def _rank(asked: _Asked, point: Any) -> tuple[bool, bool, bool]:
    """The freest first: what may be used now, without a name to mind, one's own."""
    return _refusal(asked, point) is not None, not _rule(point).free, bool(point.owner)


def _refused(asked: _Asked, person: Person, point: Any | None, points: Sequence[Any]) -> NotSafe | None:
    way = asked.way
    if (person.protected and way in OUTSIDE) or (person.restricted and way != "paper"):
        return Guarded("reason")
    if person.no_contact and way in contact.DIRECT:
        return NeverContact("reason")
    if point is not None:
        return _sentence(_refusal(asked, point), _rule(point))
    return NotSafe("reason") if way in {*OUTSIDE, "paper"} and _is_discreet(person, points) else None


def _sentence(refusal: str | None, rule: Rule) -> NotSafe | None:
    if refusal == "hours":
        from famdesk.i18n import formats

        return NotNow("reason", hours=formats.time_range(rule.safe_from or time(), rule.safe_to or time()))
    kinds = {"call": DoNotCall, "message": NoMessage, "write": DoNotWrite, "nowhere": NotSafe}
    return None if refusal is None else kinds[refusal]("reason")


def _permitted(asked: _Asked, person: Person, point: Any | None, points: Sequence[Any], *, overridden: bool) -> Permit:
    neutral_name = _neutral_name(point, points)
    neutral = _is_discreet(person, points) and not (overridden and asked.way == "paper")
    label = _label(asked.way, person, points, free=overridden)
    if point is None:
        return Permit(person.id, asked.way, label, None, None, "", neutral, neutral_name, overridden)
    return Permit(person.id, asked.way, label, point.id or None, point.value, _note(point), neutral, neutral_name,
                  overridden)  # fmt: skip


def _outgoing(asked: _Asked, person: Any, points: Sequence[Any], *, free: bool) -> Outgoing:
    """What may be told; `free`: also what the rule forbids, except what is hidden."""
    kinds = contact.KINDS.get(asked.way)
    fitting = [point for point in points if point.seen and (kinds is None or point.kind in kinds)]
    closed = {point.id: _refusal(asked, point) for point in fitting}
    told = [one for one in fitting if closed[one.id] in (_OPENED if free else _FREE)]
    if person.no_contact and not free:
        told = []
    told.sort(key=lambda point: _rank(asked, point))
    safe = tuple(SafeContact(one.id, one.kind, one.value, one.owner, _note(one), one.neutral_name) for one in told)
    first = safe[0] if safe else None
    forbidden = [one for one in fitting if one not in told and closed[one.id] not in {"hidden", "nowhere"}]
    note = first.note if first else _never(person) or (_note(forbidden[0]) if forbidden else "")
    name = _neutral_name(first, points)
    discreet = _is_discreet(person, points)
    label = _label(asked.way, person, points, free=free)
    if first is None:
        return Outgoing(label, None, note, None, discreet or bool(name), name, discreet and not free)
    return Outgoing(
        label, first.value, note, first.id or None, discreet or bool(name), name, discreet and not free, safe
    )


_FREE = frozenset({None, "hours"})
_OPENED = frozenset({None, "hours", "call", "message", "write"})


def _never(person: Any) -> str:
    return _("Never contact") if person.no_contact else ""


def _note(point: Any) -> str:
    return " · ".join(contact.warnings(point.kind, _rule(point)))


def _neutral_name(point: Any | None, points: Sequence[Any]) -> str | None:
    """The neutral name of the point that is used, or else of any."""
    own = point.neutral_name if point is not None else None
    return own or next((one.neutral_name for one in points if one.neutral_name), None)


def _is_discreet(person: Any, points: Sequence[Any]) -> bool:
    careful = person.protected or person.restricted or person.no_contact
    return careful or any(_rule(point).discreet or point.hidden for point in points)


def _label(way: str, person: Any, points: Sequence[Any], *, free: bool) -> str:
    """How to name a person: in full for those who call; else as the privacy notice and the rule allow. A screen that
    others see never names anybody in full."""
    names = (person.surname, person.given_name, person.alias)
    if way in {"call", "message"}:
        return full_name(*names)
    hide = way == "screen" or (way not in {"mail", "letter"} and not free and _is_discreet(person, points))
    if way == "letter" and person.privacy == "none":
        return public_name(*names, "given")  # nobody delivers a letter to initials
    return public_name(*names, "none" if hide else person.privacy)
