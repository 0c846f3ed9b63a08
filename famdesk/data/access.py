"""Which records the running use-case may touch: decided object by object, by the rights table."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from famdesk.data.actor import Actor
from famdesk.data.base import Record
from famdesk.data.journal import WRITES, AuditEntry, AuditHead, Change
from famdesk.data.sights import Sights
from famdesk.data.tables import powers
from famdesk.data.tables.calendar import Appointment, AppointmentParty, Reminder
from famdesk.data.tables.notes import Path, PathPerson
from famdesk.data.tables.paths import CaseItem, Destruction, LegalHold
from famdesk.data.tables.people import Household, Membership, Person, PersonStaff
from famdesk.data.tables.staff import Staff
from famdesk.data.unsaid import COLUMNS
from famdesk.domain.errors import Forbidden, NotFound, Stale
from famdesk.domain.staff import rights

R = TypeVar("R", bound=Record)

AT_ONCE = 400
UNSAID = frozenset(kind.__tablename__ for kind in COLUMNS)
OWNERS = ("owner_staff_id", "operator_id", "staff_id", "author_id")
PEOPLE = ("person_id", "caller_id", "other_id")
"""Columns by which a record speaks of a person; the rights of all of them count."""
OF_CALENDAR = (Appointment, AppointmentParty, Reminder)
"""What tells of an appointment, and with it of everybody who is present there."""
OF_PATHS = (Path, PathPerson, LegalHold, Destruction, CaseItem)
"""What tells of a path of care, and with it of everybody with whom it is walked."""


class Access(Sights):
    """The records of one transaction, as far as the person who acts may touch them."""

    def __init__(self, session: Session, actor: Actor, utc: datetime) -> None:
        super().__init__(session, actor, utc)
        self.alone: frozenset[str] = frozenset()
        self._running: list[tuple[str, str]] = []
        self._held: dict[str, Record] = {}

    @property
    def centre_id(self) -> str:
        return self.actor.centre_id

    def local(self, utc_text: str) -> datetime:
        """A UTC moment of the journal as local wall time."""
        moment = datetime.fromisoformat(utc_text).astimezone(ZoneInfo(self.actor.timezone))
        return moment.replace(second=0, microsecond=0, tzinfo=None)

    def now(self) -> datetime:
        """Local wall time of the centre, to the minute, without a zone."""
        return self.utc.astimezone(ZoneInfo(self.actor.timezone)).replace(second=0, microsecond=0, tzinfo=None)

    @contextmanager
    def doing(self, action: str) -> Iterator[None]:
        """Runs a use-case or query within its rights.

        Raises:
            Forbidden: the role has no letters in its row, or the centre took the power away from it.
        """
        letters = powers.letters(self, action, self._running[0][0] if self._running else "")
        if not letters:
            raise Forbidden(who=powers.roles_for(self, action))
        self._running.append((action, letters))
        self.outermost = self.outermost or action
        try:
            yield
        finally:
            self._running.pop()

    @property
    def letters(self) -> str:
        """The rights of the running use-case for this role."""
        return self._running[-1][1]

    def get(self, kind: type[R], record_id: str, version: int | None = None) -> R:
        """The record, if the running use-case may touch it; `version` is the one that was read before.

        Raises:
            NotFound: it is not there, is in the bin, or may not be known to this person.
            Stale: somebody else saved it since.
        """
        record = self.find(kind, record_id)
        if record is None:
            raise NotFound
        if version is not None and record.version != version:
            raise Stale(**self.last_change(kind.__tablename__, record_id), read=version, now=record.version)
        return record

    def find(self, kind: type[R], record_id: str | None) -> R | None:
        """The record, or None where `get` would not find it."""
        record = self.session.get(kind, record_id) if record_id else None
        if record is None or record.deleted_at or not self.allowed(record):
            return None
        self._held[record.id] = record  # the session forgets what nobody holds, and would ask the database again
        return record

    def add(self, record: R) -> R:
        """A new record of this centre. What speaks of a file that is part of another one goes into that one."""
        _follow(self.session, record)
        record.centre_id = getattr(record, "centre_id", None) or self.centre_id
        if not self.allowed(record):
            raise Forbidden(who=powers.roles_for(self, self._running[-1][0]))
        self.session.add(record)
        if isinstance(record, Person):
            self.session.flush()  # the server's row policies look the person up when rows about them follow
        return record

    def bin(self, record: Record) -> None:
        """Puts the record into the 30-day bin: it disappears from every list and can be brought back by undo."""
        record.deleted_at = self.utc.astimezone(UTC).isoformat(timespec="seconds")

    def take_turn(self) -> None:
        """Makes other desks of the centre wait until this transaction ends: what is looked up next stays true."""
        head = select(AuditHead.seq).where(AuditHead.centre_id == self.centre_id).with_for_update()
        self.session.execute(head)

    def rows(self, statement: Select[*tuple[Any, ...]]) -> Sequence[Any]:
        """The rows of a select of columns."""
        return self.session.execute(statement).all()

    def asked(
        self, name: Hashable, make: Callable[[], Select[*tuple[Any, ...]]], *, bare: bool = False, **values: Any
    ) -> list[Any]:
        """The rows of a select that is asked at every key or save: `make` builds it once for each name, row of the
        rights table and colleague; `values` are its open parameters; `bare`: as the driver gives them. See
        `famdesk.data.prepared`."""
        if self.session.autoflush:
            self.session.flush()
        connection, known = self.session.connection(), self.session.info["prepared"]
        key = (name, self.letters, self.actor.staff_id, self.centre_id, self.sights)
        prepared = known.get(key, make, connection.dialect)
        return (prepared.bare if bare else prepared.rows)(connection, **values)  # type: ignore[no-any-return]

    def all(self, kind: type[R], *where: ColumnElement[bool]) -> Sequence[R]:
        """Records of `kind` outside the bin that fit, of the own centre unless shared, checked one by one."""
        statement = select(kind).where(kind.deleted_at.is_(None), *where)
        if not kind.shared:
            statement = statement.where(kind.centre_id == self.centre_id)
        found = self.session.scalars(statement).all()
        return [record for record in found if self.allowed(record)]

    def visible_person(self) -> ColumnElement[bool]:
        """The condition, on `Person`, for those whom the running query may show; never a part of another file."""
        mine = self.actor.staff_id
        tied_to = select(PersonStaff.person_id).where(PersonStaff.staff_id == mine, PersonStaff.deleted_at.is_(None))
        assigned, blocked = (Person.id.in_(tied_to.where(PersonStaff.kind == kind)) for kind in ("assigned", "blocked"))
        tied: list[ColumnElement[bool]] = []
        if "o" in self.letters:
            tied.append(Person.owner_staff_id == mine)
        if "a" in self.letters:
            tied.append(assigned)
        near = [Person.centre_id == self.centre_id] if "c" in self.letters else []
        conditions = [Person.deleted_at.is_(None), Person.merged_into_id.is_(None), or_(*tied, *near), ~blocked]
        if "p" not in self.letters:
            opened = [Person.id == one for one in sorted(self.sights)]  # one by one: the select is kept as text
            conditions.append(or_(Person.protected.is_(False), *tied, *opened))
        if "r" not in self.letters:
            conditions.append(Person.restricted.is_(False))
        return and_(*conditions)

    def last_change(self, table: str, row_id: str) -> dict[str, Any]:
        """Who changed a row last and when, as `{"by": name, "at": local time}`."""
        entry = self.session.execute(
            select(AuditEntry.staff_id, AuditEntry.at, AuditEntry.seq)
            .join(Change, and_(Change.centre_id == AuditEntry.centre_id, Change.seq == AuditEntry.seq))
            .where(Change.table_name == table, Change.row_id == row_id)
            .order_by(AuditEntry.seq.desc())
            .limit(1)
        ).one_or_none()
        if table in UNSAID and self.session.get_bind().dialect.name == "postgresql":
            entry = _named_since(self, row_id, entry.seq if entry else 0) or entry
        if entry is None:
            return {"by": "?", "at": self.now()}
        colleague = self.session.get(Staff, entry.staff_id)
        return {"by": colleague.name if colleague else "?", "at": self.local(entry.at)}

    def allowed(self, record: Record) -> bool:
        """Whether the running use-case may touch the record: every person that it speaks of has to allow it; for a
        household, which tells an address, one of those who live there now."""
        known = all(rights.allows(self.letters, facts) for facts in self._facts(record))
        if isinstance(record, OF_CALENDAR):
            return known and _knows_all_present(self, record)
        if isinstance(record, OF_PATHS):
            return known and _knows_all_of_path(self, record)
        return known and (not isinstance(record, Household) or _knows_somebody_of(self, record))

    def _facts(self, record: Record) -> list[rights.Facts]:
        mine = self.actor.staff_id
        own = any(getattr(record, name, None) == mine for name in OWNERS)
        if isinstance(record, Staff):
            own = record.id == mine
        bare = rights.Facts(own=own, same_centre=record.centre_id in {None, self.centre_id})
        if isinstance(record, Person):
            kept = _whole(self.session, record.merged_into_id, record.id)
            return self._about(replace(bare, own=False), [record, *kept])
        named = [person_id for name in PEOPLE if (person_id := getattr(record, name, None))]
        return [facts for one in named for facts in self._about(bare, [*_whole(self.session, one)])] or [bare]

    def _about(self, bare: rights.Facts, files: Sequence[Person | None]) -> list[rights.Facts]:
        """The facts of a record that speaks of a person, for the file and those that it is part of: who works on the
        whole works on the part. A file that the server hides counts as the most guarded."""
        found, own, assigned = list[rights.Facts](), bare.own, False
        for person in reversed(files):
            if person is None:
                found.append(replace(bare, own=own, assigned=assigned, protected=True, restricted=True))
                continue
            kinds = self._ties(person.id)
            own = own or person.owner_staff_id == self.actor.staff_id
            assigned = assigned or "assigned" in kinds
            guards = {"protected": bool(person.protected) and person.id not in self.sights,
                      "restricted": bool(person.restricted)}  # fmt: skip
            found.append(replace(bare, own=own, assigned=assigned, blocked="blocked" in kinds, **guards))
        return found

    def _ties(self, person_id: str) -> set[str]:
        with self.session.no_autoflush:
            rows = self.asked("ties", _tied, bare=True, person=person_id, staff=self.actor.staff_id)
            return {kind for (kind,) in rows}


def _tied() -> Select[*tuple[Any, ...]]:
    return select(PersonStaff.kind).where(
        PersonStaff.person_id == bindparam("person"), PersonStaff.staff_id == bindparam("staff"),
        PersonStaff.deleted_at.is_(None),
    )  # fmt: skip


def _knows_somebody_of(access: Access, household: Household) -> bool:
    """Who left does not open the new address; a home where nobody lives now is told with all who ever did."""
    place, today = Membership, access.now().date()
    with access.session.no_autoflush:
        members = access.session.execute(
            select(Person, place.valid_to, place.deleted_at).join(
                place, and_(place.person_id == Person.id, place.household_id == household.id)
            )
        ).all()
    now = [person for person, until, gone in members if gone is None and (until is None or until >= today)]
    if now:
        return any(access.allowed(person) for person in now)
    return all(access.allowed(person) for person, _until, _gone in members)


def _knows_all_present(access: Access, record: Record) -> bool:
    """Whoever may not know one of the persons of an appointment knows nothing that tells of it."""
    if isinstance(record, Appointment) and record.id in access.alone:
        return True
    appointment_id = record.id if isinstance(record, Appointment) else getattr(record, "appointment_id", None)
    party = AppointmentParty
    present = select(party.person_id).where(party.appointment_id == appointment_id, party.person_id.is_not(None),
                                            party.deleted_at.is_(None))  # fmt: skip
    with access.session.no_autoflush:
        found = set(access.session.scalars(present))
        if not isinstance(record, Appointment):
            own = select(Appointment.person_id).where(Appointment.id == appointment_id)
            found |= set(access.session.scalars(own))
        people = [access.session.get(Person, one) for one in found if one is not None]
    return all(person is not None and access.allowed(person) for person in people)


def _knows_all_of_path(access: Access, record: Record) -> bool:
    """Whoever may not know one of the persons of a path knows nothing of it, not even its code."""
    path_id = record.id if isinstance(record, Path) else getattr(record, "path_id", None)
    if path_id is None:
        return True
    walkers = select(Person).join(PathPerson, PathPerson.person_id == Person.id).where(
        PathPerson.path_id == path_id, PathPerson.deleted_at.is_(None)
    )  # fmt: skip
    with access.session.no_autoflush:
        return all(access.allowed(person) for person in access.session.scalars(walkers).all())


def _named_since(access: Access, row_id: str, seq: int) -> Any:
    """The last entry after `seq` that names a row: what changed in it a server does not show to everybody."""
    columns = (AuditEntry.staff_id, AuditEntry.at, AuditEntry.seq)
    where = (AuditEntry.centre_id == access.centre_id, AuditEntry.seq > seq, AuditEntry.kind.in_(WRITES),
             AuditEntry.subjects.contains(row_id))  # fmt: skip
    return access.session.execute(select(*columns).where(*where).order_by(AuditEntry.seq.desc()).limit(1)).first()


@contextmanager
def foreseen(access: Access, appointment_ids: Iterable[str]) -> Iterator[None]:
    """Looks up for many appointments at once who is present at them: in the block, where nobody may become so, those at
    which nobody is are not asked for one by one."""
    wanted, party = sorted(appointment_ids), AppointmentParty
    shared = set[str]()
    with access.session.no_autoflush:
        for first in range(0, len(wanted), AT_ONCE):
            some = party.appointment_id.in_(wanted[first : first + AT_ONCE])
            where = (some, party.person_id.is_not(None), party.deleted_at.is_(None))
            shared.update(access.session.scalars(select(party.appointment_id).where(*where)))
    access.alone = frozenset(wanted) - shared
    try:
        yield
    finally:
        access.alone = frozenset()


def is_gone(access: Access, kind: type[Record], record_id: str) -> bool:
    """Whether a record is surely not there any more: what a server does not show may be hidden from who asks."""
    session = access.session
    if session.get(kind, record_id) is not None:
        return False
    if session.get_bind().dialect.name != "postgresql":
        return True
    barred = session.scalar(select(func.cardinality(func.fd_barred())))
    return access.actor.role == "coordinator" and not barred


def _whole(session: Session, person_id: str | None, *seen: str) -> Iterator[Person | None]:
    """A file and those that it is part of, one after the other: who may not see these does not see a part."""
    passed = set(seen)
    while person_id is not None and person_id not in passed:
        passed.add(person_id)
        person = session.get(Person, person_id)
        yield person
        person_id = person.merged_into_id if person is not None else None


def _follow(session: Session, record: Record) -> None:
    """Makes a record speak of the file that is to be opened, where it speaks of one that is part of it."""
    for name in PEOPLE:
        while (person_id := getattr(record, name, None)) is not None:
            person = session.get(Person, person_id)
            if person is None or person.merged_into_id is None:
                break
            setattr(record, name, person.merged_into_id)
