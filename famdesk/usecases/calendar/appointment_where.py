"""Where somebody has to come for an appointment, as slips, letters and mails say it."""

from __future__ import annotations

from dataclasses import dataclass

from famdesk.data.tables.calendar import Appointment
from famdesk.data.tables.directory import Place
from famdesk.data.tables.people import Person
from famdesk.data.tx import Tx
from famdesk.usecases.calendar import appointment_checks
from famdesk.usecases.centre import centre
from famdesk.usecases.directory import directory
from famdesk.usecases.registry import query

AT_HOME = frozenset({"home_visit", "phone_call"})
"""Kinds for which nobody has to go anywhere."""


@dataclass(frozen=True, slots=True)
class Where:
    """`name` of the place, `lines` of its address, `phone` to call if one cannot come; empty: nothing to tell."""

    name: str
    lines: tuple[str, ...]
    phone: str


@query
def place_of(tx: Tx, appointment_id: str) -> Where:
    """The same by the appointment's id, for sheets.

    Raises:
        NotFound.
    """
    return where(tx, appointment_checks.visible(tx, appointment_id))


@query
def language_of(tx: Tx, appointment_id: str) -> str | None:
    """The language of the person whom an appointment is for, or else that of its mediator; None: not known.

    Raises:
        NotFound.
    """
    found = appointment_checks.visible(tx, appointment_id)
    person = tx.find(Person, found.person_id) if found.person_id else None
    return (person.language if person else None) or found.mediator_language


def where(tx: Tx, found: Appointment) -> Where:
    """The place of an appointment, or else its access point; of a place that is kept secret, nothing."""
    point = next((row for row in directory.points(tx) if row.id == found.access_point_id), None)
    phone = (point.phone if point else None) or centre.overview(tx).phone or ""
    if found.kind in AT_HOME:
        return Where("", (), phone)
    place = tx.session.get(Place, found.place_id) if found.place_id else None
    if place is not None:
        if place.kind == "hidden" or place.deleted_at:
            return Where("", (), phone)
        return Where(place.name, tuple(line for line in (place.address, place.town) if line), phone)
    if found.where_text:
        return Where(found.where_text, (), phone)
    if point is None:
        return Where("", (), phone)
    return Where(point.name, tuple(line for line in (point.address or point.place, point.town) if line), phone)
