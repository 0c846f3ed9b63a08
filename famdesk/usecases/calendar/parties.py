"""Who and what takes part in an appointment beside its own person, colleague and room; where it is; the way there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import inspect
from sqlalchemy.orm.attributes import flag_modified

from famdesk.data.tables.calendar import Appointment, AppointmentParty, Resource
from famdesk.data.tables.directory import Place, Room
from famdesk.data.tables.people import Person
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.errors import NotFound, RuleError
from famdesk.i18n import N_
from famdesk.usecases.calendar import appointment_checks as checks
from famdesk.usecases.calendar import appointment_paths as belonging
from famdesk.usecases.calendar import appointment_why as why
from famdesk.usecases.calendar.taken import Party, family_of
from famdesk.usecases.kept_files import standing as kept_file
from famdesk.usecases.people.person_names import labels
from famdesk.usecases.registry import query, usecase

USUAL_TRAVEL = {"home_visit": 20}
"""Minutes of way before and after an appointment of a kind, unless told otherwise."""
LONGEST_TRAVEL = 240


class TravelTooLong(RuleError):
    message = N_("Give the minutes of the way, from 0 to {most}.")


class UnknownParty(RuleError):
    message = N_("Choose from the list who or what takes part.")


@dataclass(frozen=True, slots=True)
class Extras:
    """What an appointment has beside the usual fields.

    `others` take part too. `place_id` or `where_text`: where, if not at the access point. `travel_before` and
    `travel_after` are minutes of way; None: as usual for its kind. `path_id`: the path of care that it belongs to, None
    for none; KEPT: the one that it has.
    """

    others: tuple[Party, ...] = ()
    place_id: str | None = None
    where_text: str | None = None
    note: str | None = None
    travel_before: int | None = None
    travel_after: int | None = None
    path_id: str | None = belonging.KEPT


@usecase(N_("Others at the appointment of {when} changed"))
def set_extras(tx: Tx, appointment_id: str, version: int, extras: Extras, *, overlap_reason: str | None = None) -> None:
    """Changes who and what else takes part, where it is, and the way there.

    Raises:
        Overlap, ConsentMissing, LabelTells, TravelTooLong, UnknownParty, NotFound, Stale.
    """
    found = checks.visible(tx, appointment_id, version)
    others = fill(tx, found, extras)
    checks.check(tx, found, others)
    checks.check_consent(tx, found, others)
    checks.settle_overlap(tx, found, overlap_reason, others)
    keep(tx, found, others)
    tx.describe(when=found.starts)


@query
def family(tx: Tx, person_id: str, on: date | None = None) -> tuple[tuple[str, str], ...]:
    """Those who live with a person on a day (None: today), as (id, name): whom one would bring along first.

    Raises:
        NotFound.
    """
    found = tx.get(Person, person_id)
    known = labels(tx, family_of(tx, [found.id], on or tx.today()))
    return tuple(sorted(known.items(), key=lambda pair: (pair[1], pair[0])))


def usual_travel(kind: str) -> int:
    """Minutes of way before and after an appointment of a kind."""
    return USUAL_TRAVEL.get(kind, 0)


def fill(tx: Tx, appointment: Appointment, extras: Extras) -> tuple[Party, ...]:
    """Writes everything but the others into the appointment; gives these, each once and checked.

    Raises:
        TravelTooLong, UnknownParty, TextTooLong, PathClosed, OfNobodyHere, NotFound.
    """
    usual = usual_travel(appointment.kind)
    appointment.travel_before = _minutes("travel_before", extras.travel_before, usual)
    appointment.travel_after = _minutes("travel_after", extras.travel_after, usual)
    if extras.place_id is not None and tx.find(Place, extras.place_id) is None:
        raise NotFound
    appointment.place_id, appointment.where_text = extras.place_id, checks.text(extras.where_text)
    appointment.note = why.note_kept(tx, appointment, checks.text(extras.note))
    own = {appointment.staff_id, appointment.room_id, appointment.person_id}
    with tx.session.no_autoflush:
        found = [_checked(tx, one) for one in extras.others]
        belonging.settle(tx, appointment, extras.path_id, [one.id for one in found if one.kind == "person"])
    return tuple(one for one in dict.fromkeys(found) if one.id not in own)


def _minutes(name: str, given: int | None, usual: int) -> int:
    minutes = usual if given is None else given
    if not 0 <= minutes <= LONGEST_TRAVEL:
        raise TravelTooLong(name, most=LONGEST_TRAVEL)
    return minutes


def _checked(tx: Tx, one: Party) -> Party:
    kinds: dict[str, type[Staff | Room | Resource]] = {"staff": Staff, "room": Room, "resource": Resource}
    if one.kind not in codes.codes(codes.PARTY_KINDS):
        raise UnknownParty("others")
    if one.kind == "person":
        return Party("person", kept_file(tx, one.id).id)
    if tx.session.get(kinds[one.kind], one.id) is None:
        raise UnknownParty("others")
    return one


def keep(tx: Tx, appointment: Appointment, others: tuple[Party, ...]) -> None:
    """Makes exactly these take part beside the own ones."""
    with tx.session.no_autoflush:
        rows = tx.all(AppointmentParty, AppointmentParty.appointment_id == appointment.id)
    there = {Party(row.kind, _id_of(row)): row for row in rows}
    if set(there) != set(others) and inspect(appointment).persistent:
        # A new version: who has read the old others does not save over these. A column that nobody changes, as the old
        # value of the one that is flagged is forgotten.
        flag_modified(appointment, "centre_id")
    for party, row in there.items():
        if party not in others:
            tx.bin(row)
    for party in others:
        if party not in there:
            ids = {f"{party.kind}_id": party.id}
            tx.add(AppointmentParty(appointment_id=appointment.id, kind=party.kind, **ids))


def _id_of(row: AppointmentParty) -> str:
    return str(row.staff_id or row.room_id or row.resource_id or row.person_id or "")
