"""Emergency access (break-glass): a protected file is opened for a while by who does not work on it.

Whoever has a lawful and urgent reason types the whole name with the date of birth, or the tax code; a file that does
not exist and one that stays closed get the same answer. It is asked first, in a transaction of its own with an entry in
the journal; the answer and the file are read in later ones. Those who look after the file are told at once and can end
it. It opens no session notes, for which there is no key, no hidden contact point, and nothing to write or to print.

Source: GDPR art. 6(1)(d) and 9(2)(c) (vital interests), art. 32 (access is limited and traced).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Date, Select, Text, Uuid, and_, cast, func, or_, select

from famdesk.data.search import LONGEST_KEY, NAME, NUMBER, SearchKey
from famdesk.data.sights import moment_text
from famdesk.data.tables.emergency import Emergency
from famdesk.data.tables.people import Person, PersonStaff
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain.errors import NotFound, Required, RuleError, Stale
from famdesk.domain.ids import new_id
from famdesk.domain.notes import emergency as rules
from famdesk.i18n import N_
from famdesk.usecases.kept_files import with_parts
from famdesk.usecases.registry import query, usecase
from famdesk.usecases.staff import notices

KIND = "emergency"
NOBODY = "00000000-0000-0000-0000-000000000000"


class ReasonTooShort(RuleError):
    message = N_("Write the reason so that a colleague who reads it tomorrow understands it.")


class OpenAnyway(RuleError):
    message = N_("You may open this file anyway: look for the name in the search.")


class TooManyTries(RuleError):
    message = N_("You have asked {times} times in an hour without an answer. Ask the coordinator, or wait.")


class OverAlready(RuleError):
    message = N_("This emergency access is over already.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose file: the whole name with the date of birth, or the tax code."""

    surname: str = ""
    given_name: str = ""
    birth_date: date | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class EmergencyRow:
    """An emergency access: by whom, why, from when until when it is or was open (local time). `mine`: the reader's own.

    `open`: it still is. `person_id` None: nothing was opened.
    """

    id: str
    version: int
    person_id: str | None
    staff_id: str
    by: str
    reason: str
    asked: datetime
    until: datetime
    open: bool
    mine: bool


@usecase(N_("Emergency access asked for"), final=True)
def ask(tx: Tx, wanted: Wanted, reason: str) -> str:
    """Asks for a protected file; gives the id under which `answer` tells what came of it, once this is committed.

    Raises:
        Required, ReasonTooShort: of the fields surname, given_name, birth_date, reason.
        OpenAnyway: it is no protected file for who asks.
        TooManyTries.
    """
    why = " ".join(reason.split())
    _check(wanted, why)
    key = rules.key_of(wanted.surname, wanted.given_name, wanted.code)[:LONGEST_KEY]
    if tx.rows(_found(tx, key, wanted.birth_date).where(tx.visible_person())):
        raise OpenAnyway("code" if wanted.code.strip() else "surname")
    since = moment_text(tx.utc - rules.TRIES_IN)
    mine = (Emergency.staff_id == tx.actor.staff_id, Emergency.person_id.is_(None), Emergency.asked_at > since)
    if tx.rows(select(func.count()).select_from(Emergency).where(*mine))[0][0] >= rules.TRIES:
        raise TooManyTries(times=rules.TRIES)
    asked = new_id()
    if tx.session.get_bind().dialect.name == "postgresql":
        tx.rows(select(func.fd_emergency(cast(asked, Uuid(as_uuid=False)), cast(key, Text),
                                         cast(wanted.birth_date, Date), cast(why, Text))))  # fmt: skip
    else:
        _open(tx, asked, _protected(tx, key, wanted.birth_date), why)
    tx.log(KIND, subjects=[("emergency", asked, "ask", [])], reason=why)
    return asked


def _check(wanted: Wanted, why: str) -> None:
    if not wanted.code.strip():
        for name in ("surname", "given_name", "birth_date"):
            if not (getattr(wanted, name) or ""):
                raise Required(name)
    if len(why) < rules.SHORTEST_REASON:
        raise ReasonTooShort("reason")


def _found(tx: Tx, key: str, born: date | None) -> Select[str]:
    """The files of the centre that bear this key as a whole name with this date of birth, or as their tax code."""
    named = and_(SearchKey.form == NAME, Person.birth_date == born)
    coded = and_(SearchKey.form == NUMBER, func.lower(Person.tax_code) == key)
    return select(Person.id).distinct().join(SearchKey, SearchKey.record_id == Person.id).where(
        SearchKey.key == key, SearchKey.kind == "person", SearchKey.centre_id == tx.centre_id, or_(named, coded),
        Person.centre_id == tx.centre_id, Person.deleted_at.is_(None), Person.merged_into_id.is_(None),
        Person.erased_on.is_(None),
    )  # fmt: skip


def _protected(tx: Tx, key: str, born: date | None) -> str | None:
    """The protected file that may be opened. The same is asked of the database whatever it finds: neither the answer
    nor the time that it takes tells whether there is one that stays closed."""
    found = [row.id for row in tx.rows(_found(tx, key, born))]
    hit = found[0] if len(found) == 1 else NOBODY
    barred = tx.rows(
        select(PersonStaff.id).where(PersonStaff.person_id == hit, PersonStaff.staff_id == tx.actor.staff_id,
                                     PersonStaff.kind == "blocked", PersonStaff.deleted_at.is_(None))
    )  # fmt: skip
    guards = tx.rows(select(Person.protected, Person.restricted).where(Person.id == hit))
    fits = bool(guards) and guards[0].protected and not guards[0].restricted and not barred
    return hit if fits else None


def _open(tx: Tx, asked: str, person_id: str | None, why: str) -> None:
    """In a file what a server does by itself: the row, and the notices to those who look after the file."""
    until = rules.ends(tx.now()).replace(tzinfo=ZoneInfo(tx.actor.timezone))
    tx.session.add(Emergency(id=asked, centre_id=tx.centre_id, staff_id=tx.actor.staff_id, person_id=person_id,
                             reason=why, asked_at=moment_text(tx.utc), until=moment_text(until)))  # fmt: skip
    for staff_id in _told(tx, person_id or NOBODY):
        notices.tell(tx, staff_id, "break_glass", ("person", person_id) if person_id else None)


def _told(tx: Tx, person_id: str) -> Iterable[str]:
    """Who looks after a file: in charge, assigned, and the coordinator; nobody who is blocked from it."""
    owner = {row.owner_staff_id for row in tx.rows(select(Person.owner_staff_id).where(Person.id == person_id))}
    ties = tx.rows(select(PersonStaff.staff_id, PersonStaff.kind).where(PersonStaff.person_id == person_id,
                                                                         PersonStaff.deleted_at.is_(None)))  # fmt: skip
    lead = tx.rows(select(Staff.id).where(Staff.centre_id == tx.centre_id, Staff.role == "coordinator",
                                          Staff.deleted_at.is_(None)))  # fmt: skip
    if not owner:
        return ()
    told = owner | {row.id for row in lead} | {row.staff_id for row in ties if row.kind == "assigned"}
    barred = {row.staff_id for row in ties if row.kind == "blocked"}
    return sorted(told - barred - {tx.actor.staff_id, None})


@query
def answer(tx: Tx, asked: str) -> EmergencyRow | None:
    """What came of a question of one's own: the access, or None if nothing was opened, whatever the reason."""
    rows = _rows(tx, Emergency.id == asked, Emergency.staff_id == tx.actor.staff_id)
    return rows[0] if rows and rows[0].person_id in tx.sights else None


@query
def mine(tx: Tx) -> tuple[EmergencyRow, ...]:
    """The accesses that the reader has now."""
    rows = _rows(tx, Emergency.staff_id == tx.actor.staff_id, Emergency.person_id.in_(tx.sights))
    return tuple(row for row in rows if row.open)


@query
def of_person(tx: Tx, person_id: str) -> tuple[EmergencyRow, ...]:
    """The accesses to a file, the newest first, for who may know the file.

    Raises:
        NotFound.
    """
    found = tx.get(Person, person_id)
    return _rows(tx, Emergency.person_id.in_(with_parts(tx, found.id)))


def open_until(tx: Tx, person_id: str) -> datetime | None:
    """Until when a file is open to the reader by an emergency access alone; None: it is open otherwise."""
    if person_id not in tx.sights:
        return None
    rows = _rows(tx, Emergency.person_id == person_id, Emergency.staff_id == tx.actor.staff_id)
    return max((row.until for row in rows if row.open), default=None)


@usecase(N_("Emergency access ended"), final=True)
def end(tx: Tx, emergency_id: str, version: int) -> None:
    """Ends an access before its time: who has it, and who looks after the file.

    Raises:
        NotFound, Stale, OverAlready.
    """
    row = tx.session.get(Emergency, emergency_id)
    own = row is not None and row.staff_id == tx.actor.staff_id
    if row is None or not (own or tx.find(Person, row.person_id)):
        raise NotFound
    if row.version != version:
        raise Stale(by="?", at=tx.now())
    if row.ended_at is not None or (not own and row.until <= moment_text(tx.utc)):
        raise OverAlready
    row.ended_at, row.ended_by_id = moment_text(tx.utc), tx.actor.staff_id
    tx.log(KIND, subjects=[("emergency", row.id, "end", [])])


def _rows(tx: Tx, *where: ColumnElement[bool]) -> tuple[EmergencyRow, ...]:
    one = Emergency
    rows = tx.rows(
        select(one.id, one.version, one.person_id, one.staff_id, one.reason, one.asked_at, one.until, one.ended_at,
               Staff.name)
        .outerjoin(Staff, Staff.id == one.staff_id)
        .where(one.centre_id == tx.centre_id, one.deleted_at.is_(None), *where)
        .order_by(one.asked_at.desc(), one.id.desc())
    )  # fmt: skip
    return tuple(
        EmergencyRow(row.id, row.version, row.person_id, row.staff_id, row.name or "?", row.reason,
                     tx.local(row.asked_at), tx.local(min(row.until, row.ended_at or row.until)),
                     row.ended_at is None and row.until > moment_text(tx.utc) and row.person_id is not None,
                     row.staff_id == tx.actor.staff_id)
        for row in rows
    )  # fmt: skip
