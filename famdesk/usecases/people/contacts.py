"""Contact points of a person, each with its owner and its safe-contact rule; and who is never to be contacted."""

from __future__ import annotations

from datetime import time
from typing import Any, TypedDict, Unpack

from famdesk.data.tables.people import ContactPoint, Person
from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.errors import Required, RuleError
from famdesk.domain.people import contact
from famdesk.i18n import N_
from famdesk.usecases.people.contact_rights import checked
from famdesk.usecases.registry import usecase

LONGEST = 300


class BadNumber(RuleError):
    message = N_("A phone number has at least three digits.")


class BadMail(RuleError):
    message = N_("This is not a mail address. It looks like name@example.it.")


class HalfHours(RuleError):
    message = N_("Safe hours need a beginning and an end.")


class UnknownKind(RuleError):
    message = N_("Choose a kind from the list.")


class ContactDetails(TypedDict, total=False):
    """What a contact point holds; what is left out is free and not known.

    `owner` is whose it is, if not the person's own; `safe_from`/`safe_to` (local wall time) when calling is safe;
    `neutral_name` what to say instead of the centre's name; `hidden`: see `ContactPoint`.
    """

    owner: str | None
    may_call: bool
    may_leave_message: bool
    may_write: bool
    safe_from: time | None
    safe_to: time | None
    neutral_name: str | None
    hidden: bool


@usecase(N_("Contact added"))
def add_contact_point(tx: Tx, person_id: str, *, kind: str, value: str, **details: Unpack[ContactDetails]) -> str:
    """A phone, mail or address of a person; gives the id.

    Raises:
        Required, UnknownKind, BadNumber, BadMail, HalfHours, NotFound.
    """
    person = tx.get(Person, person_id)
    point = ContactPoint(person_id=person.id, kind=kind, value=value)
    _fill(point, kind, value, {**FREE, **details})
    return tx.add(point).id


@usecase(N_("Contact changed"))
def change_contact_point(
    tx: Tx, contact_id: str, version: int, *, kind: str, value: str, **details: Unpack[ContactDetails]
) -> None:
    """Changes a contact point; what is left out of the details stays as it is.

    Raises:
        Required, UnknownKind, BadNumber, BadMail, HalfHours, Stale.
        NotFound: also when it is hidden from this colleague.
    """
    point = checked(tx, tx.get(ContactPoint, contact_id, version))
    _fill(point, kind, value, {**{name: getattr(point, name) for name in FREE}, **details})


@usecase(N_("Contact removed"))
def remove_contact_point(tx: Tx, contact_id: str, version: int) -> None:
    """Puts a contact point into the bin.

    Raises:
        NotFound, Stale.
    """
    tx.bin(checked(tx, tx.get(ContactPoint, contact_id, version)))


@usecase(N_("Ban on contact set or lifted"))
def set_no_contact(tx: Tx, person_id: str, version: int, *, never: bool) -> None:
    """Says that a person is never to be called or written to, whatever the contact points say; or takes that back.

    Raises:
        NotFound, Stale.
    """
    tx.get(Person, person_id, version).no_contact = never


def checked_value(kind: str, value: str, field: str = "value") -> str:
    """The number, address or mail as it is stored.

    Raises:
        Required, UnknownKind, BadNumber, BadMail.
    """
    value = value.strip()
    if not value:
        raise Required(field)
    if kind not in codes.codes(codes.CONTACT_KINDS):
        raise UnknownKind("kind")
    if kind in contact.PHONES:
        if len(contact.digits(value)) < contact.LEAST_DIGITS:
            raise BadNumber(field)
        return contact.tidy_number(value)
    if kind in contact.MAILS and not contact.is_mail(value):
        raise BadMail(field)
    return value


FREE: dict[str, Any] = {
    "owner": None, "may_call": True, "may_leave_message": True, "may_write": True, "safe_from": None, "safe_to": None,
    "neutral_name": None, "hidden": False,
}  # fmt: skip


def _fill(point: ContactPoint, kind: str, value: str, details: dict[str, Any]) -> None:
    if (details["safe_from"] is None) != (details["safe_to"] is None):
        raise HalfHours("safe_to" if details["safe_to"] is None else "safe_from")
    point.kind, point.value = kind, checked_value(kind, value)
    for name in FREE:
        given = details[name]
        setattr(point, name, (given or "").strip() or None if name in {"owner", "neutral_name"} else given)
