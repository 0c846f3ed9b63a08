"""Session notes whose term is over: the due list, and their destruction by two people, with a record in a register.

One proposes, another one confirms; one of the two leads the centre, the other one wrote the notes, has the path in
charge, or leads as well. A legal hold stops it at any moment before the keys are gone, and so does a path that goes on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from famdesk.data import destroying
from famdesk.data.destroying import DESTROY, OldNote
from famdesk.data.tables.calendar import Appointment
from famdesk.data.tables.centre import Centre
from famdesk.data.tables.notes import Path
from famdesk.data.tables.paths import Destruction
from famdesk.data.tables.people import Person
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain.consent import retention
from famdesk.domain.consent.retention import INTERVIEW_YEARS, years_after
from famdesk.domain.errors import NotFound, RuleError
from famdesk.domain.notes.paths import code_of
from famdesk.i18n import N_
from famdesk.usecases import care
from famdesk.usecases.paths import holds
from famdesk.usecases.paths import retention as clock
from famdesk.usecases.paths.path_rows import walkers_of
from famdesk.usecases.registry import query, usecase
from famdesk.usecases.staff import notices

LEADS = "coordinator"
JANUARY = 1


class NotDue(RuleError):
    message = N_("The term of these notes is not over, or something was added since. Look at the list again.")


class Held(RuleError):
    message = N_("There is a legal hold: nothing of it is destroyed while it lasts.")


class ProposedAlready(RuleError):
    message = N_("This is proposed already. Another colleague confirms it.")


class SamePerson(RuleError):
    message = N_("Two people decide: who proposed it does not confirm it.")


class NotForYou(RuleError):
    message = N_(
        "One of the two who decide leads the centre; the other one wrote the notes, has the path in charge, or leads"
        " too."
    )


class NotProposed(RuleError):
    message = N_("This proposal was withdrawn or carried out meanwhile.")


@dataclass(frozen=True, slots=True)
class DueRow:
    """What may be destroyed: the notes of a path (`path_id`, `code`), or those of an author that belong to none.

    `who` has the path in charge, or wrote the notes. `until` was the last day of the term. `unsigned` of `notes` are
    drafts and working notes. `destruction_id` "": nobody proposed it yet; `may_confirm`: one's own word is missing.
    """

    path_id: str | None
    author_id: str | None
    code: str
    who: str
    until: date
    notes: int
    unsigned: int
    held: bool
    destruction_id: str = ""
    version: int = 0
    proposed_by: str = ""
    may_confirm: bool = False


@dataclass(frozen=True, slots=True)
class Destroyed:
    """A note of a record. `number` of its author's chain, None for a draft or a working note; `hash` of what was
    signed; how many sealed `parts` and `keys` went."""

    number: int | None
    day: date
    kind: str
    hash: str
    parts: int
    keys: int


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A line of the register. `cleaned_on` None: the file is still to be cleaned, or it lies on a server."""

    id: str
    version: int
    number: int
    year: int
    code: str
    done_on: date
    notes: int
    cleaned_on: date | None


@dataclass(frozen=True, slots=True)
class RecordContent:
    """What the printed record says: codes and numbers, no names. `last_backup`: the newest that still has the notes."""

    centre: str
    number: int
    year: int
    code: str
    due_on: date
    proposed_on: date
    done_on: date
    cleaned_on: date | None
    on_server: bool
    years: int
    notes: tuple[Destroyed, ...]
    last_backup: date | None


@dataclass(frozen=True, slots=True)
class _Group:
    """Notes that go together, with the last day of their term."""

    path: Path | None
    author_id: str | None
    notes: tuple[OldNote, ...]
    until: date
    held: bool


@query
def due(tx: Tx) -> tuple[DueRow, ...]:
    """Everything whose term is over and that this colleague has a word in, the oldest term first."""
    staff = {row.id: row.name for row in tx.rows(select(Staff.id, Staff.name))}
    proposals = tx.all(Destruction, Destruction.state == "proposed")
    found = {(one.path_id, one.author_id): one for one in proposals}
    return tuple(
        _row(tx, group, found.get((group.path.id if group.path else None, group.author_id)), staff)
        for group in sorted(_groups(tx), key=lambda one: (one.until, one.path.number if one.path else 0))
    )


@query
def january(tx: Tx) -> int:
    """How much is on the due list; each January the coordinator is told, in other months there is nothing to tell."""
    return sum(not group.held for group in _groups(tx)) if tx.today().month == JANUARY else 0


@usecase(N_("Destruction of notes proposed: {code}"))
def propose(tx: Tx, *, path_id: str | None = None, author_id: str | None = None) -> str:
    """Proposes to destroy the notes of a path, or an author's that belong to none; gives the id. Authors are told.

    Raises:
        NotDue, Held, ProposedAlready.
    """
    tx.take_turn()
    group = _group(tx, path_id, author_id)
    if tx.all(Destruction, Destruction.state == "proposed", Destruction.path_id == path_id,
              Destruction.author_id == author_id):  # fmt: skip
        raise ProposedAlready
    found = tx.add(Destruction(path_id=path_id, author_id=author_id, due_on=group.until, state="proposed",
                               proposed_by_id=tx.actor.staff_id, proposed_on=tx.today()))  # fmt: skip
    concerned = {note.author_id for note in group.notes} | ({group.path.staff_id} if group.path else set())
    if tx.actor.role != LEADS:
        leaders = select(Staff.id).where(Staff.role == LEADS, Staff.centre_id == tx.centre_id, Staff.active.is_(True))
        concerned |= set(tx.session.scalars(leaders))
    for staff_id in sorted(concerned - {tx.actor.staff_id}):
        notices.tell(tx, staff_id, "destruction_proposed", (Destruction.__tablename__, found.id))
    tx.describe(code=_code(group))
    return found.id


@usecase(N_("Proposal to destroy notes withdrawn"))
def withdraw(tx: Tx, destruction_id: str, version: int) -> None:
    """Takes a proposal back, one's own or a colleague's: the notes stay.

    Raises:
        NotProposed, NotFound, Stale.
    """
    found = tx.get(Destruction, destruction_id, version)
    if found.state != "proposed":
        raise NotProposed
    found.state = "withdrawn"


@usecase(N_("Notes destroyed: {code}"), final=True)
def destroy(tx: Tx, destruction_id: str, version: int) -> None:
    """Confirms a proposal: every key and every sealed part goes, and the record gets its number. It cannot be undone.

    Raises:
        SamePerson, NotForYou, Held, NotDue, NotProposed, NotFound, Stale.
    """
    tx.take_turn()
    found = tx.get(Destruction, destruction_id, version)
    if found.state != "proposed":
        raise NotProposed
    group = _group(tx, found.path_id, found.author_id)
    _check_second(tx, found, group)
    destroying.destroy(tx.session, found.id, [note.id for note in group.notes], tx.today())
    number = destroying.next_number(tx.session, tx.centre_id, tx.today().year)
    found.content = json.dumps([
        [note.number, note.day.isoformat(), _kind(note), note.hash or "", note.parts, note.keys, note.id]
        for note in group.notes
    ])  # fmt: skip
    found.state, found.confirmed_by_id, found.done_on = "done", tx.actor.staff_id, tx.today()
    found.year, found.number = tx.today().year, number
    tx.describe(code=_code(group))
    tx.log(DESTROY, subjects=[("note", note.id, DESTROY, []) for note in group.notes])


@usecase(N_("File cleaned after destroying notes"), final=True)
def note_cleaned(tx: Tx) -> None:
    """Notes that what deleting leaves in the file is gone, for all that was destroyed."""
    for found in tx.all(Destruction, Destruction.state == "done", Destruction.cleaned_on.is_(None)):
        found.cleaned_on = tx.today()


@query
def register(tx: Tx) -> tuple[RegisterRow, ...]:
    """What was destroyed, the newest first."""
    rows = tx.all(Destruction, Destruction.state == "done")
    codes = _codes(tx, rows)
    return tuple(
        RegisterRow(one.id, one.version, one.number or 0, one.year or 0, codes[one.id], one.done_on or one.proposed_on,
                    len(json.loads(one.content or "[]")), one.cleaned_on)
        for one in sorted(rows, key=lambda one: (one.year or 0, one.number or 0), reverse=True)
    )  # fmt: skip


@query
def record(tx: Tx, destruction_id: str) -> RecordContent:
    """The record of a destruction, to be printed and signed.

    Raises:
        NotFound: also before it was done.
    """
    found = tx.get(Destruction, destruction_id)
    if found.state != "done" or found.done_on is None:
        raise NotFound
    centre = tx.session.get(Centre, tx.centre_id)
    backup = care.last_backup(tx)
    notes = tuple(
        Destroyed(number, date.fromisoformat(day), kind, digest, parts, keys)
        for number, day, kind, digest, parts, keys, *_more in json.loads(found.content or "[]")
    )
    return RecordContent(
        centre.name if centre else "", found.number or 0, found.year or 0, _codes(tx, [found])[found.id], found.due_on,
        found.proposed_on, found.done_on, found.cleaned_on, tx.session.get_bind().dialect.name == "postgresql",
        clock.in_force(tx).years, notes, backup.date() if backup else None,
    )  # fmt: skip


def _groups(tx: Tx) -> list[_Group]:
    """What is due by the clock, as far as this colleague has a word in it."""
    today = tx.today()
    before = years_before(today, INTERVIEW_YEARS)
    old = destroying.old_notes(tx.session, tx.centre_id, tx.actor.staff_id, before, leads=tx.actor.role == LEADS)
    known = _known(tx, {one for note in old for one in note.people})
    old = [note for note in old if known.issuperset(note.people)]
    return [*_of_paths(tx, [note for note in old if note.path_id], today),
            *_of_none(tx, [note for note in old if not note.path_id], today)]  # fmt: skip


def _of_paths(tx: Tx, old: Sequence[OldNote], today: date) -> Iterable[_Group]:
    ids = sorted({note.path_id for note in old if note.path_id})
    paths = [
        path
        for first in range(0, len(ids), clock.AT_ONCE)
        for path in tx.all(Path, Path.id.in_(ids[first : first + clock.AT_ONCE]), Path.closed_on.is_not(None))
    ]
    walkers, rule = walkers_of(tx, [one.id for one in paths]), clock.in_force(tx)
    everybody = {*(one for found in walkers.values() for one in found), *(one for note in old for one in note.people)}
    facts, held = clock.facts(tx, everybody), holds.held(tx)
    for path in paths:
        notes = tuple(sorted((one for one in old if one.path_id == path.id), key=lambda one: (one.day, one.id)))
        people = {*walkers[path.id], *(one for note in notes for one in note.people)}
        last = _last_appointment(tx, path.id)
        until = retention.kept_until(
            [*(note.latest for note in notes), *last], rule, closings=[path.closed_on],
            births=facts.births_of(people),
        )  # fmt: skip
        if until is not None and retention.is_due(until, today):
            yield _Group(path, None, notes, until, path.id in held[0] or not held[1].isdisjoint(people))


def _of_none(tx: Tx, old: Sequence[OldNote], today: date) -> Iterable[_Group]:
    """Notes without a path stay until the whole relationship with everybody whom they name is over."""
    facts, rule = clock.facts(tx, {one for note in old for one in note.people}), clock.in_force(tx)
    _paths, people = holds.held(tx)
    by: dict[tuple[str, bool], list[tuple[OldNote, date]]] = {}
    for note in sorted(old, key=lambda one: (one.day, one.id)):
        until = facts.until(note.people, rule, note.day)
        if until is not None and retention.is_due(until, today):
            held = not people.isdisjoint(note.people)
            by.setdefault((note.author_id, held), []).append((note, until))
    for (author_id, held), found in by.items():
        yield _Group(None, author_id, tuple(note for note, _until in found), max(until for _note, until in found), held)


def _group(tx: Tx, path_id: str | None, author_id: str | None) -> _Group:
    """Raises NotDue, Held."""
    found = [one for one in _groups(tx) if (one.path.id if one.path else None, one.author_id) == (path_id, author_id)]
    if not found:
        raise NotDue
    free = [one for one in found if not one.held]
    if not free:
        raise Held
    return free[0]


def _check_second(tx: Tx, found: Destruction, group: _Group) -> None:
    if found.proposed_by_id == tx.actor.staff_id:
        raise SamePerson
    if not _may_confirm(tx, found, group):
        raise NotForYou


def _may_confirm(tx: Tx, found: Destruction, group: _Group) -> bool:
    """Two people; one leads the centre, the other one has to do with the notes or leads too."""
    first = tx.session.get(Staff, found.proposed_by_id)
    if found.proposed_by_id == tx.actor.staff_id or first is None:
        return False
    leads = tx.actor.role == LEADS
    near = tx.actor.staff_id in {note.author_id for note in group.notes} | (
        {group.path.staff_id} if group.path else set()
    )
    return leads or (first.role == LEADS and near)


def _row(tx: Tx, group: _Group, found: Destruction | None, staff: dict[str, str]) -> DueRow:
    who = group.path.staff_id if group.path else group.author_id
    unsigned = sum(note.number is None for note in group.notes)
    row = (group.path.id if group.path else None, group.author_id, _code(group), staff.get(who or "", ""), group.until,
           len(group.notes), unsigned, group.held)  # fmt: skip
    if found is None or group.held:
        return DueRow(*row)
    return DueRow(*row, found.id, found.version, staff.get(found.proposed_by_id, ""), _may_confirm(tx, found, group))


def _known(tx: Tx, people: Iterable[str]) -> set[str]:
    """Those persons of whom this colleague may know; the others' notes are destroyed by somebody else."""
    wanted, found = sorted(set(people)), set[str]()
    for first in range(0, len(wanted), clock.AT_ONCE):
        rows = tx.session.scalars(select(Person).where(Person.id.in_(wanted[first : first + clock.AT_ONCE]))).all()
        found |= {one.id for one in rows if tx.allowed(one)}
    return found


def _last_appointment(tx: Tx, path_id: str) -> list[date]:
    last = tx.session.scalar(
        select(func.max(Appointment.starts)).where(
            Appointment.path_id == path_id, Appointment.deleted_at.is_(None), Appointment.state.in_(clock.HELD)
        )
    )
    return [last.date()] if last is not None else []


def _codes(tx: Tx, found: Sequence[Destruction]) -> dict[str, str]:
    ids = sorted({one.path_id for one in found if one.path_id})
    numbers = {row.id: row.number for row in tx.rows(select(Path.id, Path.number).where(Path.id.in_(ids)))}
    return {one.id: code_of(numbers[one.path_id]) if one.path_id in numbers else "" for one in found}


def _code(group: _Group) -> str:
    """The code of a path; "" for notes that belong to none."""
    return code_of(group.path.number) if group.path else "–"


def _kind(note: OldNote) -> str:
    return "working" if note.private else "draft" if note.number is None else "signed"


def years_before(day: date, years: int) -> date:
    """The last day whose term of so many years is over before `day`."""
    return years_after(day, -years)
