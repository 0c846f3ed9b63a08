"""What has to be known and asked before somebody is enrolled: the family, what speaks against it, the questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from famdesk.data.tables.people import Person
from famdesk.data.tables.programmes import Initiative
from famdesk.data.tx import Tx
from famdesk.domain.programmes.enrolment import questions
from famdesk.domain.programmes.targets import Mismatch
from famdesk.domain.text import age_text
from famdesk.usecases.consent import consents
from famdesk.usecases.enrolling import enrolment_checks as checks
from famdesk.usecases.enrolling.enrolment_counts import line, seats
from famdesk.usecases.enrolling.enrolment_reading import collectors
from famdesk.usecases.people.person_names import labels
from famdesk.usecases.registry import query


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Somebody of the family, or the person alone. `age` in words, "" if not known; `against`: what speaks against it.

    `collects`: who may collect a child by its file. `photos`: what the consents say (None: nobody was asked).
    """

    person_id: str
    name: str
    age: str
    minor: bool
    against: tuple[Mismatch, ...]
    collects: tuple[str, ...] = ()
    photos: bool | None = None


@dataclass(frozen=True, slots=True)
class Family:
    """A household of the person with everybody who lives there today."""

    household_id: str
    name: str
    members: tuple[MemberRow, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What stands before an enrolment. `left`: places left (None: not limited), `waiting`: how many wait already.

    `child_care`: children can be looked after at some meetings. `bodies`: it is for professionals, whose body is asked.
    """

    person: MemberRow
    families: tuple[Family, ...]
    questions: tuple[str, ...]
    approval: bool
    per_meeting: bool
    child_care: bool
    bodies: bool
    left: int | None
    waiting: int

    @property
    def plain(self) -> bool:
        """Whether there is nothing to ask: one key enrols."""
        asks = self.questions or self.per_meeting or self.bodies or self.person.against or self.person.minor
        return not asks and all(len(one.members) == 1 for one in self.families)


@query
def preview(tx: Tx, initiative_id: str, person_id: str) -> Preview:
    """Everything that is asked before a person or some of the family are enrolled.

    Raises:
        InitiativeClosed, HeadsOnly, NotFound.
    """
    initiative = checks.initiative_open(tx, initiative_id)
    person, today = tx.get(Person, person_id), tx.today()
    home = checks.members_of(tx, person.id, today)
    ids = list(dict.fromkeys([person.id, *(row.person_id for row in home)]))
    known = _members(tx, initiative, ids, home, today)
    households = dict.fromkeys((row.household_id, row.household) for row in home)
    families = tuple(
        Family(key, name, tuple(known[row.person_id] for row in home
                                if row.household_id == key and row.person_id in known))
        for key, name in households
    )  # fmt: skip
    return Preview(
        known[person.id], families, questions(initiative.questions), initiative.approval,
        initiative.capacity_per == "meeting", _care(tx, initiative.id), initiative.audience == "professionals",
        seats(tx, initiative).left(None), sum(len(group.ids) for group in line(tx, initiative.id)),
    )  # fmt: skip


def _members(tx: Tx, initiative: Initiative, ids: list[str], home: Any, on: date) -> dict[str, MemberRow]:
    names, collect = labels(tx, ids), collectors(tx, ids, on)
    roles = {row.person_id: row for row in home}
    found = {}
    for one in ids:
        record = tx.find(Person, one)
        if record is None or one not in names:
            continue
        minor = checks.is_minor(roles.get(one, record), on)
        found[one] = MemberRow(
            one, names[one], age_text(record.birth_date, on) if record.birth_date else "", minor,
            checks.against(tx, initiative, record), collect.get(one, ()), _photos(tx, one, on),
        )  # fmt: skip
    return found


def _photos(tx: Tx, person_id: str, on: date) -> bool | None:
    found = consents.state(tx, person_id, "photo", on)
    if found.refused_on is not None or found.withdrawn_on is not None:
        return False
    return True if found.covers else None


def _care(tx: Tx, initiative_id: str) -> bool:
    from sqlalchemy import select

    from famdesk.data.tables.programmes import Meeting

    return bool(tx.rows(
        select(Meeting.id).where(Meeting.initiative_id == initiative_id, Meeting.deleted_at.is_(None),
                                 Meeting.child_care, Meeting.state != "cancelled").limit(1)
    ))  # fmt: skip
