"""The copy of the data that a person has a right to: everything that is kept, third persons masked.

Source: GDPR art. 15, para. 4 for the rights of others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import inspect, or_, select

from famdesk.data import records
from famdesk.data.base import Record
from famdesk.data.tables.intake import AccessCard
from famdesk.data.tables.notes import Note, NotePerson, Path
from famdesk.data.tables.people import ContactPoint, Membership, Person
from famdesk.data.tables.programmes import Attendance, Enrolment
from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.consent import retention
from famdesk.domain.notes.notes import PATH_KINDS
from famdesk.domain.staff import rights
from famdesk.domain.text import fold
from famdesk.i18n import _, formats
from famdesk.usecases import readings
from famdesk.usecases.notes.note_people import parts_of_file
from famdesk.usecases.people.contact_rights import works_on
from famdesk.usecases.people.data_words import NAMES, column_words, value_words
from famdesk.usecases.people.person_names import full_name
from famdesk.usecases.registry import query

READS_SHOWN = 500
SHORTEST_NAME = 3
TITLES = {
    "body": "name", "access_point": "name", "place": "name", "resource": "name", "initiative": "name",
    "room": "name", "household": "name", "consent_text": "title", "custom_field": "name",
}  # fmt: skip
"""The column by which a record of another table is told."""
TYPED_NAMES = frozenset({
    "contact_point.owner", "responsibility.holder_name", "delegate.name", "consent.withdrawn_by",
    "consent_signature.signer_name", "access_card.sent_by", "access_card.accompanied_by",
    "access_card.reference_persons",
})  # fmt: skip
"""Columns in which somebody is named by hand, mostly another person."""
NOT_TOLD = frozenset({"legal_hold", "note_release", "emergency"})
"""What an authority asked for may be secret: the coordinator decides whether it is told (GDPR art. 23). To whom
something of session notes was given knows its author alone, who tells the person. Of an emergency access the day is
told, among those of all who looked, not the colleague's words."""
TOLD_TO_CALLERS = frozenset({"at", "channel", "access_point_id", "operator_id"})
"""What the copy tells of a call that the person made for somebody else: that it was, not what about."""


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with entries; an entry is a list of (what it is, value in words)."""

    title: str
    entries: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True)
class DataCopy:
    """The copy as it is `made_on`. `opened` tells by day and role who has looked at the file."""

    centre: str
    label: str
    made_on: date
    parts: tuple[Part, ...]
    opened: tuple[tuple[date, str], ...]


@query
def copy_of_data(tx: Tx, person_id: str) -> DataCopy:
    """Everything that is kept of a person, in words. That the copy was made is written down.

    Raises:
        NotFound.
    """
    from famdesk.data.tables.centre import Centre

    found = tx.get(Person, person_id)
    tx.log("export", subjects=[("person", found.id, "data-copy", [])])
    names = _third_persons(tx, found)
    own = frozenset(fold(word) for word in _words(found))
    parts = [Part(_("Identity"), (_entry(tx, found, names, own),))]
    for table, fates in retention.FATES.items():
        if table in NOT_TOLD:
            continue
        entries = tuple(
            _entry(tx, record, names, own, TOLD_TO_CALLERS if _is_of_another(record, found.id) else None)
            for record in _rows(tx, table, found.id)
        )
        filled = tuple(entry for entry in entries if entry)
        if filled:
            title = _(fates[0].what)
            parts.append(Part(title[:1].upper() + title[1:], filled))
    centre = tx.session.get(Centre, tx.centre_id)
    label = full_name(found.surname, found.given_name, found.alias)
    return DataCopy(centre.name if centre else "", label, tx.today(), tuple(parts), _opened(tx, found.id))


def _rows(tx: Tx, table: str, person_id: str) -> Iterator[Record]:
    kind = records.BY_TABLE[table]
    columns = [prop for prop in inspect(kind).column_attrs if _target(prop.columns[0]) == "person"]
    ids = parts_of_file(tx, person_id) if kind is NotePerson else (person_id,)  # notes go on naming merged files
    mine = or_(*(getattr(kind, prop.key).in_(ids) for prop in columns))
    for record in tx.session.scalars(select(kind).where(mine, kind.deleted_at.is_(None)).order_by(kind.id)):
        hidden = isinstance(record, ContactPoint) and record.hidden and not works_on(tx, person_id)
        if not hidden and tx.allowed(record):
            yield record


def _is_of_another(record: Record, person_id: str) -> bool:
    """Whether it is the access card of somebody for whom the person only called."""
    return isinstance(record, AccessCard) and record.person_id != person_id


def _entry(
    tx: Tx, record: Record, names: tuple[str, ...], own: frozenset[str], only: frozenset[str] | None = None
) -> tuple[tuple[str, str], ...]:
    """What is told of a row: its columns in words (`only` these, if given), without those that are empty, false or name
    somebody else; `own` are the person's names."""
    table = record.__tablename__
    found = []
    for prop in inspect(type(record)).column_attrs:
        column = prop.columns[0]
        value = getattr(record, prop.key)
        if column.name not in NAMES or value is None or value is False or value == "":
            continue
        if only is not None and column.name not in only:
            continue
        target = _target(column)
        words = _linked(tx, target, value) if target else value_words(table, column.name, value)
        if f"{table}.{column.name}" in TYPED_NAMES and not {fold(word) for word in words.split()} <= own:
            words = _("[other person]")
        if words:
            found.append((column_words(column.name), masked(words, names) if isinstance(value, str) else words))
    if isinstance(record, Enrolment):
        found += _attended(tx, record)
    return tuple(found)


def _target(column: Any) -> str | None:
    return next((key.column.table.name for key in column.foreign_keys), None)


def _linked(tx: Tx, table: str, record_id: str) -> str:
    """A record that a row points at: its name; of a colleague the role, since the copy is not about colleagues."""
    record = tx.session.get(records.BY_TABLE[table], record_id)
    if record is None:
        return ""
    if table == "staff":
        return _(rights.ROLE_LABELS.get(str(getattr(record, "role", "")), ""))
    if isinstance(record, Note):  # that there is a signed note, and when; what it says is asked of its author
        return "" if record.private or record.state == "draft" else formats.date_num(record.day)
    if isinstance(record, Path):
        return codes.label(PATH_KINDS, record.kind)
    return str(getattr(record, TITLES[table], "")) if table in TITLES else ""


def _attended(tx: Tx, enrolment: Enrolment) -> list[tuple[str, str]]:
    rows = tx.all(Attendance, Attendance.enrolment_id == enrolment.id)
    return [(_("Meetings attended"), formats.number(sum(row.present for row in rows)))] if rows else []


def _third_persons(tx: Tx, found: Person) -> tuple[str, ...]:
    """The names of those who are tied to the person, as they may stand in texts; the longest first."""
    ids: set[str] = set()
    homes = select(Membership.household_id).where(Membership.person_id == found.id)
    ids.update(tx.session.scalars(select(Membership.person_id).where(Membership.household_id.in_(homes))))
    for table in retention.FATES:
        for record in _plain_rows(tx, table, found.id):
            ids |= {getattr(record, name) for name in ("person_id", "other_id", "caller_id") if hasattr(record, name)}
    ids -= {found.id}
    own = {fold(word) for word in _words(found)}
    people = tx.session.scalars(select(Person).where(Person.id.in_([one for one in ids if one]))).all()
    names = {word for person in people for word in _words(person) if fold(word) not in own}
    return tuple(sorted((name for name in names if len(name) >= SHORTEST_NAME), key=len, reverse=True))


def _plain_rows(tx: Tx, table: str, person_id: str) -> Iterable[Record]:
    kind = records.BY_TABLE[table]
    columns = [prop for prop in inspect(kind).column_attrs if _target(prop.columns[0]) == "person"]
    return tx.session.scalars(select(kind).where(or_(*(getattr(kind, prop.key) == person_id for prop in columns))))


def _words(person: Person) -> Iterator[str]:
    for name in (person.surname, person.given_name, person.alias):
        yield from (name or "").split()


def masked(text: str, names: Iterable[str]) -> str:
    """The text with the names of third persons taken out, in whatever case they are written."""
    for name in names:
        text = re.sub(rf"\b{re.escape(name)}\b", _("[other person]"), text, flags=re.IGNORECASE)
    return text


def _opened(tx: Tx, person_id: str) -> tuple[tuple[date, str], ...]:
    """Days and roles of those who read the file, the newest first."""
    rows = readings.about_file(tx, person_id, READS_SHOWN)
    seen = dict.fromkeys((row.at.date(), row.role) for row in rows if row.kind == "read")
    return tuple((day, _(rights.ROLE_LABELS.get(role, role))) for day, role in seen)
