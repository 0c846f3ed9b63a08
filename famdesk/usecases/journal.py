"""Undo, redo, and the history of a record: who, when, what."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from itertools import groupby
from typing import Any

from sqlalchemy import and_, select

from famdesk.data import records
from famdesk.data.access import PEOPLE, foreseen
from famdesk.data.base import Record
from famdesk.data.journal import ERASE, AuditEntry, Change, content, digest_of, image, restored_values
from famdesk.data.search import forget
from famdesk.data.tables.calendar import Appointment, AppointmentParty
from famdesk.data.tables.notes import Note, NotePerson
from famdesk.data.tables.people import ContactPoint, Household, Person
from famdesk.data.tables.person_details import Flag, Merge, SavedSearch
from famdesk.data.tables.staff import Staff
from famdesk.data.tables.writing import NoteRelease, NoteSnippet
from famdesk.data.tx import Tx
from famdesk.domain.calendar.calendar import OCCUPYING
from famdesk.domain.errors import NotFound, NothingToUndo, UndoConflict, readable
from famdesk.domain.staff import powers, rights
from famdesk.i18n import N_, _
from famdesk.usecases import registers
from famdesk.usecases.calendar import appointment_why as why
from famdesk.usecases.calendar import brought_back
from famdesk.usecases.calendar.taken import present
from famdesk.usecases.calendar.unsaid import recall
from famdesk.usecases.consent import consents
from famdesk.usecases.enrolling import enrolment_back
from famdesk.usecases.people import merging
from famdesk.usecases.people.contact_rights import checked, once_hidden, works_on
from famdesk.usecases.post import reminder_rows
from famdesk.usecases.registry import known, query, usecase
from famdesk.usecases.staff import roles

_AT_ONCE = 400
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
SESSION = {
    "session.create_home": N_("Data of the centre begun"),
    "session.sign_in": N_("Signed in"),
    "session.recover": N_("Signed in with the recovery key"),
    "session.change_password": N_("Password changed"),
}
"""Steps that are no use-cases: they happen before anybody works."""
HOUR = re.compile(r"\d\d:\d\d(:\d\d)?")
OF_NOTES = (Note, NotePerson)
TOLD_BY = {
    "measure": "measures.measures", "merge": "merging.preview", "breach": "processing.breaches",
    "escrow_consent": "escrow_consents.consents",
    **dict.fromkeys(("note", "note_person", "note_part", "note_key", "path", "path_person", "note_release",
                     "note_snippet"), "note_reading.of_person"),
}  # fmt: skip
"""Tables whose history is only for the roles that may run the query (or use-case) which tells their rows."""
SENSITIVE = "flags.sensitive_flags"


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One step in the life of a record. `fields` are column names with the values before and after, as text or None."""

    seq: int
    at: datetime
    by: str
    label: str
    kind: str
    fields: tuple[tuple[str, str | None, str | None], ...]
    reason: str | None


@usecase(N_("Undone: {what}"))
def revert(tx: Tx, seq: int, kind: str) -> None:
    """Turns one's own step back (`kind` "undo"), or an undo back (`kind` "redo"), if nobody changed the rows since.

    Raises:
        NothingToUndo: not a step of one's own, or an erasure or another final step.
        NotFound: it changed something that this person may no longer know, or by a power that the centre took away
            since; nothing is turned back by half.
        UndoConflict: a row is not as the step left it; says who changed it and when.
        TakenSince: an appointment would come back to a time that was given to another one since.
        AlreadyTold: a family has been reminded of an appointment that would vanish.
        NumbersFollow, NumberGiven: see `registers`.
        ConsentMissing: an interview with a minor would stand again, for which the consent does not stand any more.
        NoPlaceLeft: somebody would have a place again that was given to others since.
        LastManager: nobody would be left who decides about roles.
        ApartTooLate, UnevenApart, PartsHidden, GuardedSince, UnevenGuards: see `merging.check_turn`.
    """
    entry = tx.session.get(AuditEntry, (tx.centre_id, seq))
    if entry is None or entry.staff_id != tx.actor.staff_id or entry.kind == ERASE or _is_final(entry.action):
        raise NothingToUndo
    if not rights.holds(tx.actor.role, rights.power_of(entry.action)):
        raise NotFound
    tx.step.kind, tx.step.undoes = kind, seq
    tx.step.action, tx.step.details = entry.action, json.loads(entry.details)
    changes = _changes(tx, entry)
    if brought_back.concerns(changes):
        tx.take_turn()
    enrolment_back.lock(tx, changes)
    registers.check(tx, changes)
    held = _loaded(tx, changes)
    with foreseen(tx, (one.row_id for one in changes if one.table_name == Appointment.__tablename__)):
        found = {change.id: _as_left(tx, change, held.get(change.row_id)) for change in changes}
    apart = False
    for change in changes:
        if change.table_name == Merge.__tablename__:
            apart |= merging.check_turn(tx, _row(change.after) or {}, _row(change.before) or {})
    added, followed = list[Record](), _followed(tx, changes)
    turn_of = partial(_turn_of, apart=apart)
    for _turn, group in groupby(sorted(changes, key=turn_of), turn_of):
        added += [one for change in group if (one := _turn_back(tx, change, found[change.id], followed)) is not None]
        tx.session.flush()
    with foreseen(tx, (record.id for record in added if isinstance(record, Appointment))):
        if not all(tx.allowed(record) for record in added):
            raise NotFound
    there = present(tx, [one.row_id for one in changes if one.table_name == Appointment.__tablename__])
    for change in changes:
        _check_again(tx, change, there.get(change.row_id, frozenset()))
    brought_back.check(tx, seq, changes)
    enrolment_back.check(tx, changes)
    registers.settle(tx, changes)
    if roles.concerns({change.table_name for change in changes}):
        roles.check_managed(tx)


def _check_again(tx: Tx, change: Change, present: frozenset[str]) -> None:
    """What the calendar asks of an appointment that comes back or goes to another day or person, is asked here too.
    `present`: the persons who take part beside its own."""
    now = _row(change.before)
    if change.table_name == AppointmentParty.__tablename__:
        _check_present(tx, now, _row(change.after))
    if change.table_name != Appointment.__tablename__ or now is None:
        return
    was, names = _row(change.after) or {}, ("starts", "kind", "person_id", "deleted_at")
    stood = was.get("state") in OCCUPYING and all(was.get(name) == now.get(name) for name in names)
    if stood or now["deleted_at"] or now["state"] not in OCCUPYING:
        return
    for person_id in filter(None, (now["person_id"], *sorted(present))):
        consents.check_interview(tx, person_id, now["kind"], datetime.fromisoformat(now["starts"]).date())


def _check_present(tx: Tx, now: dict[str, Any] | None, was: dict[str, Any] | None) -> None:
    """The same for somebody who is to be present again beside the appointment's own person."""
    if now is None or now["deleted_at"] or not now["person_id"] or (was is not None and not was["deleted_at"]):
        return
    found = tx.session.get(Appointment, now["appointment_id"])
    if found is not None and not found.deleted_at and found.state in OCCUPYING:
        consents.check_interview(tx, now["person_id"], found.kind, found.starts.date())


def _changes(tx: Tx, entry: AuditEntry) -> list[Change]:
    """What the step changed, the last row first.

    Raises:
        NotFound: some of it is not shown to this person any more, such as that of a file protected since.
    """
    where = (Change.centre_id == tx.centre_id, Change.seq == entry.seq)
    changes = tx.session.scalars(select(Change).where(*where).order_by(Change.position)).all()
    names = ("position", "table_name", "row_id", "before", "after")
    if digest_of([{name: getattr(change, name) for name in names} for change in changes]) != entry.digest:
        raise NotFound
    return list(reversed(changes))


def _turn_of(change: Change, *, apart: bool) -> int:
    """A person comes back before, and goes after, what speaks of the person: a server lets nobody write about somebody
    who is not there, or whose file they do not work on. So files are made one before their rows move and the colleagues
    of the part leave it, and come `apart` after these are back."""
    if change.table_name == "person_staff":
        return 1 if apart else 4
    if change.table_name != "person":
        return 3
    return 0 if change.after is None else 5 if change.before is None else 4 if apart else 2


def _is_final(name: str) -> bool:
    action = known(name)
    return action is not None and action.final


def _loaded(tx: Tx, changes: list[Change]) -> dict[str, Record]:
    """The changed rows that are there, by id; asked for a table at a time, not one by one."""
    found, ids = dict[str, Record](), dict[str, list[str]]()
    for change in changes:
        ids.setdefault(change.table_name, []).append(change.row_id)
    for table, wanted in ids.items():
        kind = records.BY_TABLE[table]
        for first in range(0, len(wanted), _AT_ONCE):
            rows = tx.session.scalars(select(kind).where(kind.id.in_(wanted[first : first + _AT_ONCE])))
            found.update((row.id, row) for row in rows)
    return found


def _followed(tx: Tx, changes: list[Change]) -> frozenset[str]:
    """The appointments that vanish with rows of others: reminders, and who takes part. These go first, as a server
    shows nothing that belongs to an appointment which is not there."""
    gone = [one.row_id for one in changes if one.before is None and one.table_name == Appointment.__tablename__]
    parties = [_row(one.after) or {} for one in changes if one.table_name == AppointmentParty.__tablename__]
    return reminder_rows.having(tx, gone) | {str(row.get("appointment_id")) for row in parties}


def _as_left(tx: Tx, change: Change, record: Record | None) -> Record | None:
    """The changed record as it was found, None where the step deleted it.

    Raises:
        NotFound: this person may not touch it any more.
        UndoConflict: it is not as the step left it.
    """
    if record is not None and not tx.allowed(record):
        raise NotFound
    if isinstance(record, ContactPoint):
        checked(tx, record)
    recall(tx, record)
    if content(image(record) if record is not None else None) != content(_row(change.after)):
        raise UndoConflict(**tx.last_change(change.table_name, change.row_id))
    return record


def _turn_back(tx: Tx, change: Change, record: Record | None, followed: frozenset[str]) -> Record | None:
    """Makes the row what it was before the step; gives the record if there was none now."""
    model = records.BY_TABLE[change.table_name]
    before = _row(change.before)
    if before is None:
        forget(tx.session, change.table_name, change.row_id)
        if change.table_name != Appointment.__tablename__ or change.row_id in followed:
            reminder_rows.forget_with(tx, change.table_name, change.row_id)
        tx.session.delete(record)
        return None
    values = restored_values(model, before)
    values.pop("version")
    if record is None:
        added = model(**values)
        tx.session.add(added)
        return added
    for name, value in values.items():
        setattr(record, name, value)
    return None


@query
def history(tx: Tx, table: str, row_id: str) -> tuple[HistoryRow, ...]:
    """The steps that changed a record, newest first; of one that speaks of a person the look is written down.

    Raises:
        NotFound: also where its own page would not tell it to this colleague.
    """
    record = tx.get(records.BY_TABLE[table], row_id)
    _check_told(tx, record)
    if isinstance(record, (Person, Household)) or any(getattr(record, name, None) for name in PEOPLE):
        tx.opened(record)
    rows = tx.rows(
        select(AuditEntry, Change, Staff.name)
        .join(Change, and_(Change.centre_id == AuditEntry.centre_id, Change.seq == AuditEntry.seq))
        .outerjoin(Staff, Staff.id == AuditEntry.staff_id)
        .where(Change.table_name == table, Change.row_id == row_id, AuditEntry.centre_id == tx.centre_id)
        .order_by(AuditEntry.seq.desc())
    )
    rows = [row for row in rows if _is_told(tx, row[1])]
    unsaid = why.FIELDS if isinstance(record, Appointment) and why.hidden(tx, record.staff_id) else frozenset[str]()
    return tuple(
        HistoryRow(
            entry.seq, tx.local(entry.at), name or "?",
            step_label(entry.kind, entry.action, json.loads(entry.details)), entry.kind, _differences(change, unsaid),
            entry.reason,
        )
        for entry, change, name in rows
    )  # fmt: skip


def _check_told(tx: Tx, record: Record) -> None:
    table = record.__tablename__
    told = table not in TOLD_BY or bool(rights.cell(TOLD_BY[table], tx.actor.role))
    if isinstance(record, Flag) and record.sensitive:
        told = bool(rights.cell(SENSITIVE, tx.actor.role))
    if isinstance(record, SavedSearch):
        told = record.staff_id == tx.actor.staff_id
    if isinstance(record, NoteRelease):
        told = told and record.author_id == tx.actor.staff_id
    if isinstance(record, NoteSnippet):
        told = told and record.staff_id in {None, tx.actor.staff_id}
    if isinstance(record, OF_NOTES):
        note = tx.find(Note, record.note_id) if isinstance(record, NotePerson) else record
        told = told and note is not None and _may_know(tx, note)
    if not told:
        raise NotFound
    if isinstance(record, ContactPoint):
        checked(tx, record)
        if not works_on(tx, record.person_id) and record.id in once_hidden(tx, [record.person_id]):
            raise NotFound


def _may_know(tx: Tx, note: Note) -> bool:
    """A draft and a working note are their author's alone, and so is what there was before a note was signed."""
    return note.author_id == tx.actor.staff_id


def _is_told(tx: Tx, change: Change) -> bool:
    """A mark that was sensitive once does not tell it to those for whom sensitive marks do not exist."""
    if change.table_name != Flag.__tablename__ or rights.cell(SENSITIVE, tx.actor.role):
        return True
    return not any((_row(image) or {}).get("sensitive") for image in (change.before, change.after))


def step_label(kind: str, action: str, details: dict[str, Any]) -> str:
    """What a step is called, in the current language: "Appointment of Thu 13 Feb, 17:00 moved"."""
    from famdesk.usecases import features  # every action must be known before labels are looked up

    features.load()
    step = known(action)
    label = _(step.label) if step and step.label else _(SESSION[action]) if action in SESSION else action
    filled = label.format_map(_Details({name: _said(name, value) for name, value in details.items()}))
    prefixes = {"undo": _("Undone: {what}"), "redo": _("Redone: {what}")}
    return prefixes[kind].format(what=filled) if kind in prefixes else filled


class _Details(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "…"


def _said(name: str, value: Any) -> str:
    """A code in words, everything else as it is read."""
    codes = {"role": rights.ROLE_LABELS, "power": {one.code: one.label for one in powers.POWERS}}.get(name, {})
    return _(codes[value]) if isinstance(value, str) and value in codes else _readable(value)


def _readable(value: Any) -> str:
    if not isinstance(value, str):
        return str(value)
    if MOMENT.fullmatch(value):
        return readable(datetime.fromisoformat(value))
    if DAY.fullmatch(value):
        return readable(date.fromisoformat(value))
    return readable(time.fromisoformat(value)) if HOUR.fullmatch(value) else value


def _row(text: str | None) -> dict[str, Any] | None:
    return None if text is None else json.loads(text)


def _differences(change: Change, unsaid: frozenset[str]) -> tuple[tuple[str, str | None, str | None], ...]:
    before, after = _row(change.before) or {}, _row(change.after) or {}
    names = [name for name in {**before, **after} if name not in {"id", "version", "centre_id", *unsaid}]
    return tuple(
        (name, _shown(before.get(name)), _shown(after.get(name)))
        for name in names
        if before.get(name) != after.get(name)
    )


def _shown(value: Any) -> str | None:
    return None if value is None else _readable(value)
