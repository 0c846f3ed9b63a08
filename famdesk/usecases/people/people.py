"""Persons: found, added, changed, protected; who works with them; warnings of double entries.

A person is known by as little as an alias. Somebody whom a colleague may not know of is not there for them: `NotFound`,
in no list, in no count.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Unpack

from sqlalchemy import select

from famdesk.data.tables.calendar import Appointment
from famdesk.data.tables.people import Person, PersonStaff
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.errors import Required, RuleError
from famdesk.domain.people import contact
from famdesk.domain.text import check_storable
from famdesk.i18n import N_
from famdesk.usecases.enrolling.enrolment import withdraw_person
from famdesk.usecases.family.households import (
    add_household,
    change_household,
    change_membership,
    join_household,
    leave_household,
    remove_membership,
)
from famdesk.usecases.kept_files import standing
from famdesk.usecases.people.contacts import add_contact_point, change_contact_point, remove_contact_point
from famdesk.usecases.people.doubles import likely_doubles, set_apart
from famdesk.usecases.people.person_checks import (
    BadTaxCode,
    BirthInFuture,
    BirthTooLongAgo,
    NoName,
    PersonDetails,
    TaxCodeOfAnother,
    UnknownSex,
    fill,
)
from famdesk.usecases.people.person_file import file_history, person
from famdesk.usecases.people.person_names import full_name, labels, public_labels, public_name
from famdesk.usecases.people.person_rows import Double, PersonFile, PersonHit, PersonRow
from famdesk.usecases.people.person_search import find_persons, list_persons
from famdesk.usecases.registry import usecase

__all__ = [
    "BadTaxCode", "BirthInFuture", "BirthTooLongAgo", "Double", "NoName", "PersonDetails", "PersonFile", "PersonHit",
    "PersonRow", "TaxCodeOfAnother", "UnknownSex", "add_contact_point", "add_household", "add_person", "assign",
    "block", "change_contact_point", "change_household", "change_membership", "change_person", "end_tie",
    "file_history", "find_persons", "full_name", "join_household", "labels", "leave_household", "likely_doubles",
    "list_persons", "person", "public_labels", "public_name", "remove_contact_point", "remove_membership",
    "remove_person", "set_privacy", "set_protection",
]  # fmt: skip


class UnknownPrivacy(RuleError):
    message = N_("Choose what was done with the privacy notice.")


class PrivacyDay(RuleError):
    message = N_("When was that? Give the day, not later than today.")


class StillBooked(RuleError):
    message = N_("There is still an appointment on {day}. Cancel it first.")


class AlreadyTied(RuleError):
    message = N_("This colleague is already on the list.")


@usecase(N_("Person added"))
def add_person(
    tx: Tx, *, phone: str | None = None, mail: str | None = None, not_same: Iterable[str] = (),
    **details: Unpack[PersonDetails],
) -> str:  # fmt: skip
    """A new person, with a phone number or mail address that is free to use; gives the id.

    `not_same` are persons who look like this one and were said to be somebody else.

    Raises:
        NoName, BirthInFuture, BirthTooLongAgo, TextTooLong, TaxCodeOfAnother and the others of `person_checks`;
        BadNumber, BadMail.
    """
    found = Person()
    fill(tx, found, details)
    tx.add(found)
    for field, value in (("phone", phone), ("mail", mail)):
        if value and value.strip():
            _first_contact(tx, found.id, field, value)
    set_apart(tx, found.id, not_same)
    return found.id


@usecase(N_("Person changed"))
def change_person(tx: Tx, person_id: str, version: int, **details: Unpack[PersonDetails]) -> None:
    """Changes what is given of a person's details.

    Raises:
        NoName, BirthInFuture, BirthTooLongAgo, TextTooLong, TaxCodeOfAnother and the others of `person_checks`;
        NotFound, Stale.
    """
    fill(tx, tx.get(Person, person_id, version), details)


@usecase(N_("Privacy notice noted"))
def set_privacy(tx: Tx, person_id: str, version: int, state: str, on: date | None = None) -> None:
    """Notes what was done with the privacy notice, and on which day (not needed for "none").

    Raises:
        UnknownPrivacy, PrivacyDay, NotFound, Stale.
    """
    if state not in codes.codes(codes.PRIVACY):
        raise UnknownPrivacy("state")
    if state != "none" and (on is None or on > tx.today()):
        raise PrivacyDay("on")
    found = tx.get(Person, person_id, version)
    found.privacy, found.privacy_on = state, None if state == "none" else on


@usecase(N_("Protection of a file changed"))
def set_protection(tx: Tx, person_id: str, version: int, *, protected: bool, restricted: bool, reason: str) -> None:
    """Hides a file from everybody who does not work on it (`protected`), or limits its processing (`restricted`).

    Source: GDPR art. 18 for the restriction.

    Raises:
        Required: no reason.
        NotFound, Stale.
    """
    if not reason.strip():
        raise Required("reason")
    found = standing(tx, tx.get(Person, person_id, version).id)
    found.protected, found.restricted = protected, restricted
    tx.because(reason.strip())


@usecase(N_("Person removed"))
def remove_person(tx: Tx, person_id: str, version: int) -> None:
    """Puts a person into the 30-day bin; the places in what is not over become free, what was stays counted.

    Raises:
        StillBooked: an appointment is to come.
        NotFound, Stale.
    """
    found = tx.get(Person, person_id, version)
    booked = tx.rows(
        select(Appointment.starts)
        .where(Appointment.person_id == found.id, Appointment.starts >= tx.now(), Appointment.deleted_at.is_(None),
               Appointment.state.in_(("planned", "confirmed", "arrived")))
        .order_by(Appointment.starts).limit(1)
    )  # fmt: skip
    if booked:
        raise StillBooked(day=booked[0].starts)
    withdraw_person(tx, found.id)
    tx.bin(found)


@usecase(N_("Colleague assigned to a person"))
def assign(tx: Tx, person_id: str, staff_id: str) -> str:
    """A colleague works on the case, and sees the file also when it is protected; gives the id of the tie.

    Raises:
        AlreadyTied, NotFound.
    """
    return _tie(tx, person_id, staff_id, "assigned", None)


@usecase(N_("Colleague kept from a person"))
def block(tx: Tx, person_id: str, staff_id: str, reason: str) -> str:
    """A colleague sees nothing of the person (conflict of interest), whatever the role says; gives the tie's id.

    Raises:
        Required: no reason.
        AlreadyTied, NotFound.
    """
    if not reason.strip():
        raise Required("reason")
    tx.because(reason.strip())
    return _tie(tx, person_id, staff_id, "blocked", reason.strip())


@usecase(N_("Colleague's tie to a person ended"))
def end_tie(tx: Tx, tie_id: str, version: int) -> None:
    """A colleague is no longer assigned to, or kept from, a person.

    Raises:
        NotFound, Stale.
    """
    tx.bin(tx.get(PersonStaff, tie_id, version))


def _tie(tx: Tx, person_id: str, staff_id: str, kind: str, reason: str | None) -> str:
    tx.take_turn()  # two desks never tie the same colleague twice
    found, colleague = standing(tx, person_id), tx.get(Staff, staff_id)
    if tx.all(PersonStaff, PersonStaff.person_id == found.id, PersonStaff.staff_id == colleague.id,
              PersonStaff.kind == kind):  # fmt: skip
        raise AlreadyTied("staff_id")
    tie = PersonStaff(person_id=found.id, staff_id=colleague.id, kind=kind, reason=reason, valid_from=tx.today())
    return tx.add(tie).id


def _first_contact(tx: Tx, person_id: str, field: str, value: str) -> None:
    check_storable(value, field)
    kind = "mail" if field == "mail" else contact.kind_of(value)
    try:
        add_contact_point(tx, person_id, kind=kind, value=value)
    except RuleError as error:
        error.field = field
        raise
