"""Families as they are or were on a day: who belongs to whom, who lives where, who decides for a minor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import or_, select

from famdesk.data.tables.directory import Body
from famdesk.data.tables.families import Relation, Responsibility
from famdesk.data.tables.people import Household, Membership, Person
from famdesk.data.tx import Tx
from famdesk.domain.people import families as rules
from famdesk.domain.people.birth import part_age_text
from famdesk.domain.people.genogram.family import Family, Home, Someone, Tie
from famdesk.domain.text import age_text
from famdesk.i18n import _, formats
from famdesk.i18n.collate import sort_key
from famdesk.usecases.people.person_names import full_name
from famdesk.usecases.registry import query

STEPS = 3
"""How far from the person in the centre relatives are looked for: to half-siblings and their other parents, cousins."""
MOST = 150
PREGNANCY = timedelta(days=290)
OVERDUE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Decider:
    """Who decides for somebody on a day.

    `kind` and `state` are codes of `famdesk.domain.people.families`. `person_id` None: a body, or somebody known by
    name only. `since` and `until` None: not known; `until` is computed for what ends at the 18th birthday. `presumed`:
    nothing is written down, but a parent holds parental responsibility unless a court says otherwise. Source: art. 316
    c.c.
    """

    kind: str
    state: str
    name: str
    person_id: str | None = None
    body_id: str | None = None
    act_authority: str | None = None
    act_number: str | None = None
    act_on: date | None = None
    since: date | None = None
    until: date | None = None
    presumed: bool = False
    id: str | None = None

    @property
    def decides(self) -> bool:
        """Whether the responsibility is in force, fully or within limits."""
        return self.state in {"full", "limited"}


@query
def family(tx: Tx, person_id: str, on: date | None = None) -> Family:
    """The family of a person on a day (None: today): relatives, the network of the person, and who shares a household.

    Persons whom the reader may not know of are missing, and with them all that leads to them only.

    Raises:
        NotFound.
    """
    centre = tx.get(Person, person_id)
    day = on or tx.today()
    links = _links(tx, centre.id, day)
    homes = _homes(tx, _near(centre.id, links), day)
    ids = {centre.id, *(one for row in links for one in (row.person_id, row.other_id)),
           *(row.person_id for row in homes)}  # fmt: skip
    people = {row.id: row for row in _people(tx, ids) if row.id == centre.id or not _unborn(row, day)}
    ties = tuple(
        Tie(row.person_id, row.other_id, row.kind, row.quality, row.valid_to is not None and row.valid_to < day)
        for row in links if row.person_id in people and row.other_id in people
    )  # fmt: skip
    expected = [row for row in people.values() if _expects(row, day)]
    someone = (*(_someone(row, centre.id, day) for row in people.values()), *(_child_to_come(row) for row in expected))
    to_come = tuple(Tie(row.id, f"expected:{row.id}", "birth_parent") for row in expected)
    return Family(day, someone, (*ties, *to_come), _households(homes, people))


def deciders(tx: Tx, person_id: str, on: date) -> tuple[Decider, ...]:
    """Who decides for a person on a day: what is written down, and parents of a minor of whom nothing is.

    What is suspended or ended by a court is among them with its state. Nobody is presumed beside a guardian, for
    somebody of age, or for somebody of whose birth nothing is known; who may be a minor is one.

    Raises:
        NotFound.
    """
    person = tx.get(Person, person_id)
    rows = [row for row in tx.all(Responsibility, Responsibility.person_id == person.id) if _in_force(row, person, on)]
    born = rules.latest_birth(person.birth_date, person.birth_part)
    names = {one.id: full_name(one.surname, one.given_name, one.alias)
             for one in _people(tx, {row.other_id for row in rows if row.other_id})}  # fmt: skip
    written = sorted((_decider(tx, row, born, names) for row in rows if not row.other_id or row.other_id in names),
                     key=_rank)  # fmt: skip
    guarded = any(one.kind in rules.GUARDIANS and one.state == "full" for one in written)
    if guarded or not rules.is_minor(born, on):
        return tuple(written)
    told = {row.other_id for row in tx.all(Responsibility, Responsibility.person_id == person.id,
                                           Responsibility.kind == "parental")}  # fmt: skip
    parents = [row for row in parents_of(tx, person.id, on) if row.id not in told and not _dead(row, on)]
    until = rules.last_day("parental", born, None)
    presumed = [
        Decider("parental", "full", full_name(row.surname, row.given_name, row.alias), row.id, until=until,
                presumed=True)
        for row in parents
    ]  # fmt: skip
    return (*written, *presumed)


def parents_of(tx: Tx, person_id: str, on: date) -> list[Any]:
    """The parents before the law (by birth, adoptive, intended) of whom the reader may know, in the order entered.

    After an adoption the parents by birth are none any more: their relation was ended, or is left aside here.
    Source: art. 27 L. 184/1983.
    """
    rows = tx.rows(
        select(Relation.person_id, Relation.kind, Relation.valid_from, Relation.valid_to)
        .where(Relation.other_id == person_id, Relation.kind.in_(rules.PARENTS), Relation.deleted_at.is_(None),
               Relation.centre_id == tx.centre_id)
        .order_by(Relation.id)
    )  # fmt: skip
    held = [row for row in rows if rules.holds(row.valid_from, row.valid_to, on)]
    people = {row.id: row for row in _people(tx, {row.person_id for row in held})}
    return [people[one] for one in dict.fromkeys(row.person_id for row in held) if one in people]


def _links(tx: Tx, centre_id: str, on: date) -> list[Any]:
    """Relations that began by that day, outwards from the centre; the network only around the centre itself."""
    known, edge, found = {centre_id}, {centre_id}, dict[str, Any]()
    for step in range(STEPS + 1):
        rows = [row for row in _relations_of(tx, edge) if row.valid_from is None or row.valid_from <= on]
        if step:
            rows = [row for row in rows if _of_the_family(row.kind)]
        ends = {one for row in rows for one in (row.person_id, row.other_id)}
        seen = {row.id for row in _people(tx, ends)}
        rows = [row for row in rows if {row.person_id, row.other_id} <= seen]
        if step == STEPS or len(known) >= MOST:
            rows = [row for row in rows if {row.person_id, row.other_id} <= known]
        found.update((row.id, row) for row in rows)
        relatives = {one for row in rows if _of_the_family(row.kind) for one in (row.person_id, row.other_id)}
        edge = relatives - known
        known |= {one for row in rows for one in (row.person_id, row.other_id)}
        if not edge:
            break
    return list(found.values())


def _of_the_family(kind: str) -> bool:
    return kind in rules.KINDS and rules.KINDS[kind].group != rules.NETWORK


def _relations_of(tx: Tx, ids: Iterable[str]) -> list[Any]:
    wanted = sorted(ids)
    return list(tx.rows(
        select(Relation.id, Relation.person_id, Relation.other_id, Relation.kind, Relation.quality,
               Relation.valid_from, Relation.valid_to)
        .where(or_(Relation.person_id.in_(wanted), Relation.other_id.in_(wanted)), Relation.deleted_at.is_(None),
               Relation.centre_id == tx.centre_id)
        .order_by(Relation.id)
    ))  # fmt: skip


def _people(tx: Tx, ids: Iterable[str]) -> list[Any]:
    wanted = sorted(ids)
    if not wanted:
        return []
    return list(tx.rows(
        select(Person.id, Person.surname, Person.given_name, Person.alias, Person.sex, Person.birth_date,
               Person.birth_text, Person.birth_part, Person.died_on, Person.due_on)
        .where(Person.id.in_(wanted), tx.visible_person())
        .order_by(Person.id)
    ))  # fmt: skip


def _near(centre_id: str, links: Iterable[Any]) -> set[str]:
    """The person in the centre and those of the family who are tied directly."""
    near = {centre_id}
    for row in links:
        if centre_id in {row.person_id, row.other_id} and _of_the_family(row.kind):
            near |= {row.person_id, row.other_id}
    return near


def _homes(tx: Tx, ids: Iterable[str], on: date) -> list[Any]:
    """Everybody who on that day belongs to a household of one of these persons."""
    theirs = [row for row in _memberships(tx, Membership.person_id.in_(sorted(ids)))
              if rules.holds(row.valid_from, row.valid_to, on)]  # fmt: skip
    members = _memberships(tx, Membership.household_id.in_(sorted({row.household_id for row in theirs})))
    return [row for row in members if rules.holds(row.valid_from, row.valid_to, on)]


def _memberships(tx: Tx, which: Any) -> list[Any]:
    return list(tx.rows(
        select(Membership.household_id, Household.name, Membership.person_id, Membership.valid_from,
               Membership.valid_to, Membership.days)
        .join(Household, Household.id == Membership.household_id)
        .join(Person, Person.id == Membership.person_id)
        .where(which, Membership.deleted_at.is_(None), Household.deleted_at.is_(None),
               Household.centre_id == tx.centre_id, tx.visible_person())
        .order_by(Membership.id)
    ))  # fmt: skip


def _households(rows: Iterable[Any], people: dict[str, Any]) -> tuple[Home, ...]:
    homes: dict[str, list[Any]] = {}
    for row in rows:
        if row.person_id in people:
            homes.setdefault(row.household_id, []).append(row)
    return tuple(
        Home(home_id, members[0].name, tuple(dict.fromkeys(row.person_id for row in members)),
             tuple((row.person_id, row.days) for row in members if row.days))
        for home_id, members in homes.items()
    )  # fmt: skip


def _someone(row: Any, centre_id: str, on: date) -> Someone:
    born = formats.date_num(row.birth_date) if row.birth_date else birth_words(row.birth_part, row.birth_text)
    age = (
        "" if _dead(row, on) else age_text(row.birth_date, on) if row.birth_date else part_age_text(row.birth_part, on)
    )
    sex = {"F": "f", "M": "m"}.get(row.sex or "")
    name = full_name(row.surname, row.given_name, row.alias)
    return Someone(row.id, name, sex, born, age, _dead(row, on), centre=row.id == centre_id)


def birth_words(part: str | None, text: str | None) -> str:
    """A birth date known in part ("2019", "2019-05") as people write it, else what is known in words."""
    if part and "-" in part:
        year, month = part.split("-")[:2]
        return f"{month}/{year}"
    return part or text or ""


def _child_to_come(row: Any) -> Someone:
    due = _("expected on {day}").format(day=formats.date_num(row.due_on))
    return Someone(f"expected:{row.id}", due, born="", expected=True)


def _expects(row: Any, on: date) -> bool:
    return row.due_on is not None and row.due_on - PREGNANCY <= on <= row.due_on + OVERDUE


def _unborn(row: Any, on: date) -> bool:
    return row.birth_date is not None and row.birth_date > on


def _dead(row: Any, on: date) -> bool:
    return row.died_on is not None and row.died_on <= on


def _in_force(row: Responsibility, person: Person, on: date) -> bool:
    born = rules.latest_birth(person.birth_date, person.birth_part)
    return rules.holds(row.valid_from, rules.last_day(row.kind, born, row.valid_to), on)


def _rank(one: Decider) -> tuple[int, Any, str]:
    order = [code.code for code in rules.RESPONSIBILITIES]
    return (order.index(one.kind) if one.kind in order else len(order), sort_key(one.name), one.id or "")


def _decider(tx: Tx, row: Responsibility, birth: date | None, names: dict[str, str]) -> Decider:
    body = tx.session.get(Body, row.body_id) if row.body_id else None
    name = names.get(row.other_id or "") or (body.name if body else None) or row.holder_name or ""
    return Decider(
        row.kind, row.state, name, row.other_id, row.body_id, row.act_authority, row.act_number, row.act_on,
        row.valid_from, rules.last_day(row.kind, birth, row.valid_to), id=row.id,
    )  # fmt: skip
