"""Contact points of a person, each with its owner and its safe-contact rule."""

from __future__ import annotations

from datetime import time

from famdesk.data.people import ContactPoint, Person
from famdesk.data.tx import Tx
from famdesk.domain import codes, contact
from famdesk.domain.errors import Required, RuleError
from famdesk.i18n import N_
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


@usecase(N_("Contact added"))
def add_contact_point(
    tx: Tx, person_id: str, *, kind: str, value: str, owner: str | None = None, may_call: bool = True,
    may_leave_message: bool = True, may_write: bool = True, safe_from: time | None = None,
    safe_to: time | None = None, neutral_name: str | None = None,
) -> str:  # fmt: skip
    """A phone, mail or address of a person; gives the id.

    `owner` is whose it is, if not the person's own; `safe_from`/`safe_to` (local wall time) when calling is safe;
    `neutral_name` what to say instead of the centre's name.

    Raises:
        Required, UnknownKind, BadNumber, BadMail, HalfHours, NotFound.
    """
    person = tx.get(Person, person_id)
    point = ContactPoint(person_id=person.id, kind=kind, value=value)
    _fill(point, kind, value, owner, may_call, may_leave_message, may_write, safe_from, safe_to, neutral_name)
    return tx.add(point).id


@usecase(N_("Contact changed"))
def change_contact_point(
    tx: Tx, contact_id: str, version: int, *, kind: str, value: str, owner: str | None, may_call: bool,
    may_leave_message: bool, may_write: bool, safe_from: time | None, safe_to: time | None, neutral_name: str | None,
) -> None:  # fmt: skip
    """Changes a contact point; the arguments are those of `add_contact_point`.

    Raises:
        Required, UnknownKind, BadNumber, BadMail, HalfHours, NotFound, Stale.
    """
    point = tx.get(ContactPoint, contact_id, version)
    _fill(point, kind, value, owner, may_call, may_leave_message, may_write, safe_from, safe_to, neutral_name)


@usecase(N_("Contact removed"))
def remove_contact_point(tx: Tx, contact_id: str, version: int) -> None:
    """Puts a contact point into the bin.

    Raises:
        NotFound, Stale.
    """
    tx.bin(tx.get(ContactPoint, contact_id, version))


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


def _fill(
    point: ContactPoint, kind: str, value: str, owner: str | None, may_call: bool, may_leave_message: bool,
    may_write: bool, safe_from: time | None, safe_to: time | None, neutral_name: str | None,
) -> None:  # fmt: skip
    if (safe_from is None) != (safe_to is None):
        raise HalfHours("safe_to" if safe_to is None else "safe_from")
    point.kind, point.value, point.owner = kind, checked_value(kind, value), (owner or "").strip() or None
    point.may_call, point.may_leave_message, point.may_write = may_call, may_leave_message, may_write
    point.safe_from, point.safe_to, point.neutral_name = safe_from, safe_to, (neutral_name or "").strip() or None
