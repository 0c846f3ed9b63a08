"""The rights of persons over their data: requests with their term, and erasure that says what has to stay.

Source: GDPR artt. 12, 15–18 and 21.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Uuid, cast, func, or_, select

from famdesk.data import records
from famdesk.data.base import Base, Record
from famdesk.data.forgetting import forget_content
from famdesk.data.journal import ERASE
from famdesk.data.tables.calendar import Appointment, AppointmentParty, Series
from famdesk.data.tables.intake import AccessCard, Draft, InfoContact
from famdesk.data.tables.notes import Note, NotePerson
from famdesk.data.tables.people import Household, Membership, Person
from famdesk.data.tables.privacy import RightsRequest
from famdesk.data.tables.waiting import Visit
from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.codes import Code, Table
from famdesk.domain.consent import retention
from famdesk.domain.consent.retention import DELETE, Fate
from famdesk.domain.errors import Required, RuleError
from famdesk.i18n import N_, _, formats
from famdesk.usecases.kept_files import standing
from famdesk.usecases.paths import holds
from famdesk.usecases.paths import retention as clock
from famdesk.usecases.people import naming_words
from famdesk.usecases.people.naming_words import Naming
from famdesk.usecases.registry import query, usecase

REQUESTS: Table = (
    Code("copy", N_("Copy of the data (art. 15)")),
    Code("correction", N_("Correction (art. 16)")),
    Code("erasure", N_("Erasure (art. 17)")),
    Code("limit", N_("Limit of processing (art. 18)")),
    Code("portability", N_("Data to take along (art. 20)")),
    Code("objection", N_("Objection (art. 21)")),
)
OUTCOMES: Table = (
    Code("done", N_("Done")),
    Code("partly", N_("Done in part")),
    Code("refused", N_("Refused, with the reason told")),
    Code("withdrawn", N_("Withdrawn by the person")),
)


class UnknownRequest(RuleError):
    message = N_("Choose from the list what is asked for.")


class UnknownOutcome(RuleError):
    message = N_("Choose from the list what became of it.")


class RequestInFuture(RuleError):
    message = N_("This day is still to come.")


class AnsweredBefore(RuleError):
    message = N_("The answer lies before the request of {day}.")


class MustStay(RuleError):
    message = N_(
        "The file has to stay until {until}: there were interviews, whose documents are kept for {years} years (art. 17"
        " of the psychologists' code of conduct). Until then its processing can be limited."
    )


class PathStillOpen(RuleError):
    message = N_("A path of care with this person is still open. Close it first: the term begins then.")


class UnderHold(RuleError):
    message = N_("There is a legal hold: nothing of this person is erased while it lasts.")


class NotesStay(RuleError):
    message = N_("There are session notes about this person. Their authors destroy them first, once the term is over.")


class StillOpen(RuleError):
    message = N_("There is still an appointment on {day}. Cancel or hold it first.")


class AlreadyErased(RuleError):
    message = N_("These data were erased on {day}.")


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request; `answered_on` None: still to be answered, by `due_on`. `late`: that day is over."""

    id: str
    version: int
    person_id: str
    kind: str
    received_on: date
    due_on: date
    answered_on: date | None
    outcome: str | None
    note: str | None
    late: bool


@dataclass(frozen=True, slots=True)
class ErasureLine:
    """What happens to `count` rows: `what` they are, and `why` they stay without names ("": they go)."""

    what: str
    count: int
    why: str


@dataclass(frozen=True, slots=True)
class ErasurePlan:
    """What an erasure would do. `until`: the file has to stay until that day (`retention.OPEN`: as long as a path of
    care is open); None: it can be erased now. `held`: never, while a legal hold lasts. `years`: how long the centre
    keeps documents of interviews."""

    until: date | None
    lines: tuple[ErasureLine, ...]
    held: bool = False
    years: int = retention.INTERVIEW_YEARS


@usecase(N_("Request about personal data noted"))
def note_request(tx: Tx, person_id: str, *, kind: str, received_on: date, note: str | None = None) -> str:
    """A request of a person, to be answered within a month; gives the id.

    Raises:
        UnknownRequest, RequestInFuture, NotFound.
    """
    if kind not in codes.codes(REQUESTS):
        raise UnknownRequest("kind")
    if received_on > tx.today():
        raise RequestInFuture("received_on")
    found = tx.get(Person, person_id)
    due = retention.answer_due(received_on)
    text = (note or "").strip() or None
    return tx.add(RightsRequest(person_id=found.id, kind=kind, received_on=received_on, due_on=due, note=text)).id


@usecase(N_("Request about personal data answered"))
def answer_request(
    tx: Tx, request_id: str, version: int, *, answered_on: date, outcome: str, note: str | None = None
) -> None:
    """Notes what became of a request.

    Raises:
        UnknownOutcome, RequestInFuture, AnsweredBefore, NotFound, Stale.
    """
    if outcome not in codes.codes(OUTCOMES):
        raise UnknownOutcome("outcome")
    found = tx.get(RightsRequest, request_id, version)
    if answered_on > tx.today():
        raise RequestInFuture("answered_on")
    if answered_on < found.received_on:
        raise AnsweredBefore("answered_on", day=found.received_on)
    found.answered_on, found.outcome = answered_on, outcome
    found.note = (note or "").strip() or found.note


@query
def requests(tx: Tx, person_id: str) -> tuple[RequestRow, ...]:
    """The requests of a person, the newest first.

    Raises:
        NotFound.
    """
    found = tx.get(Person, person_id)
    return _requests(tx, RightsRequest.person_id == found.id)


@query
def open_requests(tx: Tx) -> tuple[RequestRow, ...]:
    """The requests still to be answered, the most urgent first."""
    rows = _requests(tx, RightsRequest.answered_on.is_(None))
    return tuple(sorted(rows, key=lambda row: (row.due_on, row.id)))


@query
def erasure_plan(tx: Tx, person_id: str) -> ErasurePlan:
    """What an erasure of the file would do, and until when it must not be done.

    Raises:
        NotFound.
    """
    found = standing(tx, person_id)
    tx.opened(found)
    lines = []
    for table, fate, where in _fates(found.id):
        count = int(tx.rows(select(func.count()).select_from(records.BY_TABLE[table]).where(where))[0][0])
        if count:
            lines.append(ErasureLine(_(fate.what), count, _(fate.why) if fate.why else ""))
    first = len(_first_contacts(tx, found.id))
    if first:
        fate = retention.FIRST_CONTACT
        lines.append(ErasureLine(_(fate.what), first, _(fate.why)))
    named = naming_words.count(tx, found.id, (*_merged_into(tx, found), found))
    if named.drafts or named.searches:
        lines.append(ErasureLine(_("Drafts and saved searches of colleagues that name the person"),
                                 named.drafts + named.searches, ""))  # fmt: skip
    held = holds.on_persons(tx, [found.id, *(one.id for one in _merged_into(tx, found))])
    return ErasurePlan(_kept_until(tx, found), tuple(lines), held, clock.in_force(tx).years)


@usecase(N_("Personal data erased"))
def erase(tx: Tx, person_id: str, version: int, reason: str) -> Naming:
    """Erases what names a person; what the figures and proofs need stays without names. It cannot be undone. Gives how
    many drafts and saved searches of colleagues went with it, since they named the person.

    Also what the journal keeps of the rows goes; its entries stay, without content. Backups made before still have
    the data until they are replaced. A file that is part of another one goes together with that one.

    Raises:
        Required: no reason.
        AlreadyErased, StillOpen, UnderHold, NotesStay, PathStillOpen, MustStay, NotFound, Stale.
    """
    if not reason.strip():
        raise Required("reason")
    found = standing(tx, tx.get(Person, person_id, version).id)
    _check(tx, found)
    tx.step.kind = ERASE
    tx.because(reason.strip())
    people = (*_merged_into(tx, found), found)
    named, searches = naming_words.forget(tx, found.id, people)
    touched = {row_id for person in people for row_id in _erase_rows(tx, person.id)} | searches
    for person in people:
        _erase_person(person, tx.today())
    tx.session.flush()
    for person in people:
        forget_content(tx.session, tx.centre_id, person.id, touched)
    return named


def _check(tx: Tx, found: Person) -> None:
    if found.erased_on is not None:
        raise AlreadyErased(day=found.erased_on)
    ahead = tx.rows(
        select(Appointment.starts)
        .where(_of_any([found.id]), Appointment.deleted_at.is_(None), Appointment.starts >= tx.now(),
               Appointment.state.in_(("planned", "confirmed", "arrived")))
        .order_by(Appointment.starts).limit(1)
    )  # fmt: skip
    if ahead:
        raise StillOpen(day=ahead[0].starts)
    if holds.on_persons(tx, [found.id, *(one.id for one in _merged_into(tx, found))]):
        raise UnderHold
    if _is_noted(tx, [found.id, *(person.id for person in _merged_into(tx, found))]):
        raise NotesStay
    until = _kept_until(tx, found)
    if until == retention.OPEN:
        raise PathStillOpen
    if until is not None:
        raise MustStay(until=formats.date_long(until), years=clock.in_force(tx).years)


def _is_noted(tx: Tx, ids: list[str]) -> bool:
    """Whether notes are about somebody, drafts of others and working notes too: a server says no more than that."""
    if tx.session.get_bind().dialect.name == "postgresql":
        return bool(tx.session.scalar(select(func.fd_noted(cast(ids, ARRAY(Uuid(as_uuid=False)))))))
    kept = select(NotePerson.id).outerjoin(Note, Note.id == NotePerson.note_id).where(
        NotePerson.person_id.in_(ids), NotePerson.deleted_at.is_(None),
        or_(Note.id.is_(None), Note.state != "destroyed"),
    )  # fmt: skip
    return bool(tx.rows(kept.limit(1)))


def _kept_until(tx: Tx, found: Person) -> date | None:
    """By the one clock of all documents of interviews; None: nothing stands against an erasure today."""
    until = clock.facts(tx, [found.id]).until([found.id], clock.in_force(tx))
    return None if until is None or retention.is_due(until, tx.today()) else until


def _of_any(ids: list[str]) -> ColumnElement[bool]:
    """The condition for appointments of one of the persons, or at which one of them is present."""
    present = select(AppointmentParty.appointment_id).where(AppointmentParty.person_id.in_(ids),
                                                            AppointmentParty.deleted_at.is_(None))  # fmt: skip
    return or_(Appointment.person_id.in_(ids), Appointment.id.in_(present))


def _merged_into(tx: Tx, found: Person) -> list[Person]:
    """The retired files of the same person."""
    return list(tx.session.scalars(select(Person).where(Person.merged_into_id == found.id)).all())


def _fates(person_id: str) -> Iterator[tuple[str, Fate, Any]]:
    """Each table with its fate and the condition for the rows that it is meant for."""
    for table, fates in retention.FATES.items():
        kind = records.BY_TABLE[table]
        for fate in fates:
            columns = [column.name for column in Base.metadata.tables[table].columns if _points_at_person(column)]
            wanted = [getattr(kind, name) for name in columns if fate.only is None or name in fate.only]
            yield table, fate, or_(*(column == person_id for column in wanted))


def _points_at_person(column: Any) -> bool:
    return any(key.column.table.name == "person" for key in column.foreign_keys)


def _erase_rows(tx: Tx, person_id: str) -> set[str]:
    """Deletes or empties what points at a person; gives the ids of the rows."""
    touched: set[str] = set()
    for contact in _first_contacts(tx, person_id):
        touched.add(contact.id)
        _empty(contact, retention.FIRST_CONTACT)
    for draft in tx.session.scalars(select(Draft).where(Draft.key == f"person:{person_id}")).all():
        tx.session.delete(draft)  # on a server those of colleagues go with what the journal keeps
    touched |= _erase_of_calendar(tx, person_id)
    homes = set(tx.session.scalars(select(Membership.household_id).where(Membership.person_id == person_id)))
    for table, fate, where in _fates(person_id):
        for record in tx.session.scalars(select(records.BY_TABLE[table]).where(where)).all():
            touched.add(record.id)
            if fate.deed == DELETE:
                tx.session.delete(record)
            else:
                _empty(record, fate)
    for visit in tx.session.scalars(select(Visit).where(Visit.appointment_id.in_(touched))).all():
        visit.first_name = visit.what = None  # it names the person through the appointment
        touched.add(visit.id)
    tx.session.flush()
    for home in tx.session.scalars(select(Household).where(Household.id.in_(homes))).all():
        if not tx.session.scalars(select(Membership.id).where(Membership.household_id == home.id).limit(1)).all():
            touched.add(home.id)
            home.name, home.address, home.town, home.municipality, home.note = "–", None, None, None, None
            tx.bin(home)
    return touched


def _erase_of_calendar(tx: Tx, person_id: str) -> set[str]:
    """Empties what names the person without pointing at it: appointments of nobody else at which the person was
    present, and what was read for a whole series. Gives the ids of the rows."""
    present = select(AppointmentParty.appointment_id).where(AppointmentParty.person_id == person_id)
    nobodys = Appointment.person_id.is_(None) & Appointment.id.in_(present)
    touched = set()
    for fate in retention.FATES["appointment"]:
        for record in tx.session.scalars(select(Appointment).where(nobodys)).all():
            touched.add(record.id)
            _empty(record, fate)
    series = select(Appointment.series_id).where(or_(nobodys, Appointment.person_id == person_id))
    for one in tx.session.scalars(select(Series).where(Series.id.in_(series))).all():
        touched.add(one.id)
        one.uid = one.source_text = None
    return touched


def _first_contacts(tx: Tx, person_id: str) -> Sequence[InfoContact]:
    """The info contacts that grew into access cards of the person, or that the person asked for."""
    cards = select(AccessCard.id).where(or_(AccessCard.person_id == person_id, AccessCard.caller_id == person_id))
    return tx.session.scalars(select(InfoContact).where(InfoContact.access_card_id.in_(cards))).all()


def _empty(record: Record, fate: Fate) -> None:
    for name, value in fate.empty:
        setattr(record, name, value)


def _erase_person(person: Person, today: date) -> None:
    year = str(person.birth_date.year) if person.birth_date else (person.birth_part or "")[:4] or None
    for column in Base.metadata.tables["person"].columns:
        if column.name not in retention.KEPT_OF_A_PERSON:
            setattr(person, column.name, False if column.type.python_type is bool else None)
    person.birth_part, person.privacy, person.restricted, person.erased_on = year, "none", False, today


def _requests(tx: Tx, *where: Any) -> tuple[RequestRow, ...]:
    today = tx.today()
    return tuple(
        RequestRow(one.id, one.version, one.person_id, one.kind, one.received_on, one.due_on, one.answered_on,
                   one.outcome, one.note, one.answered_on is None and one.due_on < today)
        for one in sorted(tx.all(RightsRequest, *where), key=lambda one: (one.received_on, one.id), reverse=True)
    )  # fmt: skip
