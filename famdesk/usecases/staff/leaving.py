"""A colleague leaves: what is still open goes to a successor, and the access ends at once, for good.

Whoever leads the centre does it, in steps: what is open is counted, handed over, then the account is ended. In a file
the key slot goes and the whole file gets a new master key, so that nothing the colleague may have kept opens it; on a
server the login is closed and the slot goes. What the colleague wrote stays: signed notes are sealed to their author
and to the envelope, from which a successor gets them (`usecases.notes.escrow`). Backups of before open as they did.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Uuid, and_, cast, func, select

from famdesk.data import server
from famdesk.data.engine import sqlite_engine
from famdesk.data.keys import keys, rekeying
from famdesk.data.keys.keystore import KeyTable
from famdesk.data.store import Store
from famdesk.data.tables.calendar import Appointment
from famdesk.data.tables.notes import Note, NoteKey, Path, PathPerson
from famdesk.data.tables.people import Person, PersonStaff
from famdesk.data.tables.programmes import Meeting
from famdesk.data.tables.referrals import Referral
from famdesk.data.tables.staff import Staff
from famdesk.data.tables.waiting import FollowUp
from famdesk.data.tx import Tx
from famdesk.domain.calendar.calendar import Interval
from famdesk.domain.errors import Forbidden, RuleError
from famdesk.domain.staff import rights
from famdesk.i18n import N_
from famdesk.usecases.calendar import absences
from famdesk.usecases.calendar.calendar import MOVABLE
from famdesk.usecases.calendar.taken import times
from famdesk.usecases.office import Office
from famdesk.usecases.paths import paths
from famdesk.usecases.registry import query, usecase
from famdesk.usecases.staff import notices, roles

OPEN_REFERRALS = ("draft", "sent", "received", "accepted")
FAR = timedelta(days=366 * 3)
"""How far ahead somebody's calendar is looked at."""
LEADERS = ("coordinator", "administrator")


class NotYourself(RuleError):
    message = N_("Nobody ends the own access. Ask another coordinator or administrator to do it.")


class SamePerson(RuleError):
    message = N_("Choose somebody else as the successor.")


class NotForFamilies(RuleError):
    message = N_("There are families and paths to hand over, and this colleague’s role does not look after any.")


@dataclass(frozen=True, slots=True)
class OpenWork:
    """What is still open with a colleague; numbers only.

    `files` are persons in whose files they are in charge or assigned; `drafts` notes that they never signed, `sealed`
    parts of notes that the envelope holds, `unsealed` those that nobody can read any more once their keys are gone.
    """

    appointments: int = 0
    meetings: int = 0
    files: int = 0
    paths: int = 0
    follow_ups: int = 0
    referrals: int = 0
    drafts: int = 0
    sealed: int = 0
    unsealed: int = 0

    @property
    def to_hand_over(self) -> int:
        """How much a successor would get."""
        return self.appointments + self.meetings + self.files + self.paths + self.follow_ups + self.referrals


@dataclass(frozen=True, slots=True)
class HandedOver:
    """How much went to the successor; `left` appointments and meetings stay, since the successor is taken then;
    `to_tell` families are on the list of calls."""

    given: int
    left: int
    to_tell: int


@query
def open_work(tx: Tx, staff_id: str) -> OpenWork:
    """What is still open with a colleague."""
    parts = select(NoteKey.part_id).where(NoteKey.author_id == staff_id, NoteKey.centre_id == tx.centre_id)
    own = set(tx.session.scalars(parts.where(NoteKey.holder_id == staff_id)))
    sealed = set(tx.session.scalars(parts.where(NoteKey.holder_id.is_(None))))
    ties = tx.all(PersonStaff, PersonStaff.staff_id == staff_id, PersonStaff.kind == "assigned")
    owned = tx.all(Person, Person.owner_staff_id == staff_id)
    return OpenWork(
        len(_appointments(tx, staff_id)), len(_meetings(tx, staff_id)),
        len({one.person_id for one in ties} | {one.id for one in owned}),
        len(_of(tx, Path, staff_id, Path.closed_on.is_(None))),
        len(_of(tx, FollowUp, staff_id, FollowUp.state == "open")),
        len(_of(tx, Referral, staff_id, Referral.state.in_(OPEN_REFERRALS))),
        _drafts(tx, staff_id), len(own & sealed), len(own - sealed),
    )  # fmt: skip


@usecase(N_("Work of a colleague handed over"))
def hand_over(tx: Tx, staff_id: str, successor_id: str) -> HandedOver:
    """Gives a successor what is still open with a colleague: files, paths, follow-ups, referrals, and the appointments
    and meetings at whose times the successor is free. Families hear who it is by the list of calls.

    Raises:
        SamePerson, UnknownColleague.
        NotForFamilies: nobody would be in charge of them.
    """
    if staff_id == successor_id:
        raise SamePerson("successor_id")
    tx.get(Staff, staff_id)
    absences.colleague(tx, successor_id, "successor_id")
    tx.take_turn()
    free = _Free(tx, successor_id)
    walked = _paths(tx, staff_id, successor_id)
    given = _files(tx, staff_id, successor_id)
    if (given or walked) and not rights.cell(paths.of_person.name, tx.get(Staff, successor_id).role):
        raise NotForFamilies("successor_id")
    for rows in (walked, _of(tx, FollowUp, staff_id, FollowUp.state == "open"),
                 _of(tx, Referral, staff_id, Referral.state.in_(OPEN_REFERRALS))):  # fmt: skip
        for row in rows:
            row.staff_id = successor_id
        given += len(rows)
    tx.session.flush()
    left = told = 0
    for one in _appointments(tx, staff_id):
        before, after = timedelta(minutes=one.travel_before or 0), timedelta(minutes=one.travel_after or 0)
        if free.take(one.starts - before, one.ends + after):
            told += absences.give(tx, one, staff_id, successor_id)[0]
            given += 1
        else:
            left += 1
    for meeting in _meetings(tx, staff_id):
        span = _span(meeting)
        if span is None or free.take(*span):
            meeting.leader_staff_id = successor_id
            given += 1
        else:
            left += 1
    return HandedOver(given, left, told)


@usecase(N_("Access of a colleague ended"), final=True)
def note_left(tx: Tx, staff_id: str) -> None:
    """The colleague works here no longer; the other leaders of the centre are told. `end_access` does the rest.

    Raises:
        NotYourself, LastManager, NotFound.
    """
    if staff_id == tx.actor.staff_id:
        raise NotYourself
    colleague = tx.get(Staff, staff_id)
    colleague.active = False
    tx.session.flush()
    roles.check_managed(tx)
    others = select(Staff.id).where(Staff.centre_id == tx.centre_id, Staff.active, Staff.deleted_at.is_(None),
                                    Staff.role.in_(LEADERS), Staff.id != tx.actor.staff_id)  # fmt: skip
    for one in tx.session.scalars(others).all():
        notices.tell(tx, one, "left", ("staff", staff_id))


def end_access(office: Office, staff_id: str, recovery: str = "", *, new_sheet: bool = False) -> None:
    """Ends a colleague's access at once. In a file `recovery` is the code of the recovery sheet, or of the `new_sheet`
    that was just printed: the new master key lies under it too.

    Can be done again if it was interrupted: the account is closed first, the keys follow.

    Raises:
        Forbidden, NotYourself, LastManager.
        WrongRecoveryCode: nothing was changed.
        OpenElsewhere, DiskFull, ReadOnly: the account is closed, the file has its old keys.
    """
    if not rights.cell(note_left.name, office.role):
        raise Forbidden(who=rights.roles_for(note_left.name))
    if staff_id == office.actor.staff_id:
        raise NotYourself
    ring = office.keystore.load()
    login = next((name for name, slot in ring.slots.items() if slot.staff_id == staff_id), None)
    if not office.store.is_postgres and not new_sheet:
        keys.unlock_with_recovery(ring, recovery)
    office.run(note_left, staff_id)
    if office.store.is_postgres:
        _end_on_server(office, login)
    else:
        _rekey(office, login or "", recovery, new_sheet=new_sheet)


def _end_on_server(office: Office, login: str | None) -> None:
    if login is not None:
        KeyTable(office.store.engine, office.actor.centre_id).update(
            lambda ring: keys.without_user(ring, office.unlocked, login),
            lambda connection: server.end_login(connection, login),
        )


def _rekey(office: Office, login: str, recovery: str, *, new_sheet: bool) -> None:
    home, store = office.home, office.store
    store.close()
    fresh = rekeying.rekey(home, office.unlocked, login, recovery, new_sheet=new_sheet)
    office.store, office.unlocked = Store(sqlite_engine(home.database, fresh.database_key), store.clock), fresh


class _Free:
    """When a successor is free; what is taken on the way counts as well."""

    def __init__(self, tx: Tx, staff_id: str) -> None:
        self._now = tx.now()
        self._busy = times(tx, [staff_id], self._now, self._now + FAR)[staff_id]

    def take(self, starts: datetime, ends: datetime) -> bool:
        """Whether the time was free; it is taken now."""
        if any(starts < one.ends and one.starts < ends for one in self._busy):
            return False
        self._busy.append(Interval(starts, ends))
        return True


def _of(tx: Tx, kind: type[Any], staff_id: str, where: ColumnElement[bool]) -> Sequence[Any]:
    column: ColumnElement[Any] = kind.staff_id
    return tx.all(kind, column == staff_id, where)


def _appointments(tx: Tx, staff_id: str) -> list[Appointment]:
    found = tx.all(Appointment, Appointment.staff_id == staff_id, Appointment.ends > tx.now(),
                   Appointment.kind != "absence", Appointment.state.in_(MOVABLE))  # fmt: skip
    return sorted(found, key=lambda one: (one.starts, one.id))


def _meetings(tx: Tx, staff_id: str) -> list[Meeting]:
    found = tx.all(Meeting, Meeting.leader_staff_id == staff_id, Meeting.day >= tx.now().date(),
                   Meeting.state == "planned", Meeting.centre_id == tx.centre_id)  # fmt: skip
    return sorted(found, key=lambda one: (str(one.day), str(one.starts), one.id))


def _span(meeting: Meeting) -> tuple[datetime, datetime] | None:
    """When a meeting takes its leader; None where the hour is not known."""
    if meeting.day is None or meeting.starts is None:
        return None
    starts = datetime.combine(meeting.day, meeting.starts)
    return starts, starts + timedelta(minutes=meeting.minutes or 1)


def _files(tx: Tx, staff_id: str, successor_id: str) -> int:
    """Files in charge and assigned; where the successor is kept out, the tie stays for somebody else to be found."""
    ties = {one.person_id: one.kind for one in tx.all(PersonStaff, PersonStaff.staff_id == successor_id)}
    given = set[str]()
    for person in tx.all(Person, Person.owner_staff_id == staff_id):
        if ties.get(person.id) != "blocked":
            person.owner_staff_id = successor_id
            given.add(person.id)
    for tie in tx.all(PersonStaff, PersonStaff.staff_id == staff_id, PersonStaff.kind == "assigned"):
        known = ties.get(tie.person_id)
        if known == "blocked":
            continue
        if known is None:
            tie.staff_id = successor_id
        else:
            tx.bin(tie)
        given.add(tie.person_id)
    return len(given)


def _paths(tx: Tx, staff_id: str, successor_id: str) -> Sequence[Path]:
    """Open paths, but for those of somebody from whom the successor is kept."""
    barred = select(PathPerson.path_id).join(PersonStaff, PersonStaff.person_id == PathPerson.person_id).where(
        PersonStaff.staff_id == successor_id, PersonStaff.kind == "blocked", PersonStaff.deleted_at.is_(None),
        PathPerson.deleted_at.is_(None),
    )  # fmt: skip
    found: Sequence[Path] = _of(tx, Path, staff_id, and_(Path.closed_on.is_(None), Path.id.not_in(barred)))
    return found


def _drafts(tx: Tx, staff_id: str) -> int:
    """Notes that were never signed: a server tells the number to who leads the centre, and nothing else."""
    if tx.session.get_bind().dialect.name == "postgresql":
        return int(tx.session.scalar(select(func.fd_drafts_of(cast(staff_id, Uuid(as_uuid=False))))) or 0)
    drafts = select(func.count()).where(Note.author_id == staff_id, Note.state == "draft", Note.deleted_at.is_(None),
                                        Note.centre_id == tx.centre_id)  # fmt: skip
    return int(tx.session.scalar(drafts) or 0)
