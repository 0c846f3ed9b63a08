"""The family tab of a person's file: relations, who decides, placements, delegates, as they are or were on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select

from famdesk.data.tables.directory import Body
from famdesk.data.tables.families import Placement, Relation, Responsibility
from famdesk.data.tables.people import Household, Person
from famdesk.data.tx import Tx
from famdesk.domain.people import families as rules
from famdesk.domain.people.birth import part_age_text
from famdesk.domain.people.genogram.family import Family
from famdesk.domain.text import age_text
from famdesk.i18n import formats
from famdesk.i18n.collate import sort_key
from famdesk.usecases.family.delegates import DelegateRow, delegates_of
from famdesk.usecases.family.families import Decider, birth_words, deciders, family
from famdesk.usecases.people.person_names import full_name, labels
from famdesk.usecases.registry import query


@dataclass(frozen=True, slots=True)
class RelationRow:
    """A relation seen from the file: the other one is the `kind` of the person whose file it is.

    `born` is what is known of the birth with the age, in words. `ended`: no longer so on the day shown.
    """

    id: str
    version: int
    other_id: str
    label: str
    kind: str
    sex: str | None
    born: str
    quality: str | None
    valid_from: date | None
    valid_to: date | None
    note: str | None
    ended: bool


@dataclass(frozen=True, slots=True)
class ResponsibilityRow:
    """Who decides, as it is written down; `last_day` is computed for what ends at the 18th birthday.

    `holds`: it holds on the day shown, fully or not.
    """

    id: str
    version: int
    kind: str
    state: str
    other_id: str | None
    body_id: str | None
    holder_name: str | None
    label: str
    act_authority: str | None
    act_number: str | None
    act_on: date | None
    valid_from: date | None
    valid_to: date | None
    note: str | None
    last_day: date | None
    holds: bool


@dataclass(frozen=True, slots=True)
class PlacementRow:
    """Where the child lives by an act; `home` and `body` are names. `holds`: on the day shown."""

    id: str
    version: int
    kind: str
    household_id: str | None
    home: str | None
    body_id: str | None
    body: str | None
    partial: bool
    act_authority: str | None
    act_number: str | None
    act_on: date | None
    visits: str | None
    valid_from: date | None
    valid_to: date | None
    note: str | None
    holds: bool


@dataclass(frozen=True, slots=True)
class FamilyFile:
    """The family of a person on the day `on`. `minor` None: the birth date is not known."""

    today: date
    on: date
    person_id: str
    label: str
    minor: bool | None
    family: Family
    relations: tuple[RelationRow, ...]
    deciders: tuple[Decider, ...]
    responsibilities: tuple[ResponsibilityRow, ...]
    placements: tuple[PlacementRow, ...]
    delegates: tuple[DelegateRow, ...]


@query
def family_file(tx: Tx, person_id: str, on: date | None = None) -> FamilyFile:
    """All that the family tab shows of a person on a day (None: today), but for the drawer of measures.

    What began later is left out; what ended before is told as such. That the file was looked at is written down.

    Raises:
        NotFound.
    """
    found = tx.get(Person, person_id)
    tx.opened(found)
    day = on or tx.today()
    name = full_name(found.surname, found.given_name, found.alias)
    return FamilyFile(
        tx.today(), day, found.id, name, rules.is_minor(_latest(found), day), family(tx, found.id, day),
        _relations(tx, found.id, day), deciders(tx, found.id, day), _responsibilities(tx, found, day),
        _placements(tx, found.id, day), tuple(_begun(delegates_of(tx, found.id), day)),
    )  # fmt: skip


def _latest(person: Any) -> date | None:
    return rules.latest_birth(person.birth_date, person.birth_part)


def _begun(rows: Any, on: date) -> list[Any]:
    return [row for row in rows if row.valid_from is None or row.valid_from <= on]


def _relations(tx: Tx, person_id: str, on: date) -> tuple[RelationRow, ...]:
    """Elders first, then those of the same generation, then the younger, each by their age as far as it is known; the
    network last; what ended at the end."""
    rows = tx.rows(
        select(Relation)
        .where(or_(Relation.person_id == person_id, Relation.other_id == person_id), Relation.deleted_at.is_(None),
               Relation.centre_id == tx.centre_id)
        .order_by(Relation.id)
    )  # fmt: skip
    links = _begun((row[0] for row in rows), on)
    others = {row.person_id if row.other_id == person_id else row.other_id for row in links}
    people = {row.id: row for row in tx.rows(
        select(Person.id, Person.surname, Person.given_name, Person.alias, Person.sex, Person.birth_date,
               Person.birth_text, Person.birth_part, Person.died_on)
        .where(Person.id.in_(sorted(others)), tx.visible_person())
    )}  # fmt: skip
    found = [_relation(row, person_id, people, on) for row in links]
    born = {row.id: _latest(row) or date.max for row in people.values()}
    rows_found = (row for row in found if row is not None)
    return tuple(sorted(rows_found, key=lambda row: (*_order(row), born[row.other_id], row.id)))


def _relation(row: Relation, person_id: str, people: dict[str, Any], on: date) -> RelationRow | None:
    above = row.other_id == person_id
    other = people.get(row.person_id if above else row.other_id)
    kind = rules.KINDS.get(row.kind)
    if other is None or kind is None:
        return None
    ended = row.valid_to is not None and row.valid_to < on
    return RelationRow(
        row.id, row.version, other.id, full_name(other.surname, other.given_name, other.alias),
        kind.code if above else kind.back, other.sex, _born(other, on), row.quality, row.valid_from, row.valid_to,
        row.note, ended,
    )  # fmt: skip


def _born(row: Any, on: date) -> str:
    if row.died_on is not None and row.died_on <= on:
        return f"† {formats.date_num(row.died_on)}"
    if row.birth_date is None:
        return part_age_text(row.birth_part, on) or birth_words(row.birth_part, row.birth_text)
    return age_text(row.birth_date, on) or formats.date_num(row.birth_date)


def _order(row: RelationRow) -> tuple[bool, bool, int, int]:
    kind = rules.KINDS[row.kind]
    return (row.ended, kind.group == rules.NETWORK, -kind.up, list(rules.KINDS).index(row.kind))


def _responsibilities(tx: Tx, person: Person, on: date) -> tuple[ResponsibilityRow, ...]:
    rows = _begun(tx.all(Responsibility, Responsibility.person_id == person.id), on)
    names, bodies = labels(tx, (row.other_id for row in rows)), _bodies(tx, rows)
    found = []
    for row in rows:
        if row.other_id and row.other_id not in names:
            continue  # the holder is in the bin
        last = rules.last_day(row.kind, _latest(person), row.valid_to)
        name = names.get(row.other_id or "") or bodies.get(row.body_id or "") or row.holder_name or ""
        found.append(ResponsibilityRow(
            row.id, row.version, row.kind, row.state, row.other_id, row.body_id, row.holder_name, name,
            row.act_authority, row.act_number, row.act_on, row.valid_from, row.valid_to, row.note, last,
            last is None or on <= last,
        ))  # fmt: skip
    order = [code.code for code in rules.RESPONSIBILITIES]
    return tuple(sorted(found, key=lambda row: (not row.holds, order.index(row.kind), sort_key(row.label), row.id)))


def _placements(tx: Tx, person_id: str, on: date) -> tuple[PlacementRow, ...]:
    rows = _begun(tx.all(Placement, Placement.person_id == person_id), on)
    bodies = _bodies(tx, rows)
    ids = sorted({row.household_id for row in rows if row.household_id})
    homes = {home.id: home.name for home in tx.all(Household, Household.id.in_(ids))}
    found = [
        PlacementRow(
            row.id, row.version, row.kind, row.household_id, homes.get(row.household_id or ""), row.body_id,
            bodies.get(row.body_id or ""), row.partial, row.act_authority, row.act_number, row.act_on, row.visits,
            row.valid_from, row.valid_to, row.note, row.valid_to is None or on <= row.valid_to,
        )
        for row in rows
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda row: (not row.holds, row.valid_from or date.min, row.id)))


def _bodies(tx: Tx, rows: list[Any]) -> dict[str, str]:
    ids = sorted({row.body_id for row in rows if row.body_id})
    return {row.id: row.name for row in tx.rows(select(Body.id, Body.name).where(Body.id.in_(ids)))} if ids else {}
