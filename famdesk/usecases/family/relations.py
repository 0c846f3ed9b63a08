"""Who is what to whom: relations within the family and the network of a person, dated, in one row for both."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import or_, select

from famdesk.data.tables.families import Relation
from famdesk.data.tables.people import Membership, Person
from famdesk.data.tx import Tx
from famdesk.domain.errors import RuleError, TextTooLong
from famdesk.domain.people import families, family_rules
from famdesk.domain.people.families import Link
from famdesk.i18n import N_
from famdesk.usecases.family.households import add_household, join_household
from famdesk.usecases.people.person_names import full_name
from famdesk.usecases.registry import usecase

LONGEST_NOTE = 2_000
NEW_HOUSEHOLD = "new"
ROLES = {
    "birth_child": "child", "adoptive_child": "child", "intended_child": "child", "step_child": "child",
    "foster_child": "foster_child", "foster_parent": "foster_parent", "step_parent": "partner", "partner": "partner",
    "sibling": "child", "twin": "child", "half_sibling": "child", "step_sibling": "child", "grandparent": "grandparent",
}  # fmt: skip
"""The role in a household of those who are this to somebody there."""
FURTHEST = 12
"""Generations upwards in which a circle is looked for."""


class OtherSex(RuleError):
    message = N_("The file of this person says otherwise. Choose the other word, or correct the sex in that file.")


@usecase(N_("Relation added"))
def add_relation(
    tx: Tx, person_id: str, other_id: str, kind: str, *, quality: str | None = None, valid_from: date | None = None,
    valid_to: date | None = None, note: str | None = None, sure: bool = False,
) -> str:  # fmt: skip
    """`person_id` is the `kind` of `other_id`, from `valid_from` to `valid_to` (last day); gives the id.

    Days that are not known stay None. Where a tie of a couple takes the place of another one (separated after spouse),
    the earlier one ends the day before. `sure`: the birth dates were looked at.

    Raises:
        UnknownRelation, UnknownQuality, WithOneself, EndsBeforeItBegins, AlreadyRelated, TwoBirthMothers,
        TwoBirthFathers, TwoBirthParents, OwnAncestor, ParentYounger, CloseInAge, StillACouple, NotFound.
    """
    link = _link(person_id, other_id, kind, valid_from, valid_to)
    others = _checked(tx, link, sure=sure)
    before = family_rules.couple_before(link, others)
    if before is not None:
        _end_couple(tx, before, valid_from)
    row = Relation(person_id=link.person_id, other_id=link.other_id, kind=link.kind)
    _fill(row, quality, valid_from, valid_to, note)
    return tx.add(row).id


@usecase(N_("Relative added"))
def add_relative(
    tx: Tx, person_id: str, other_id: str, kind: str, *, sex: str | None = None, household_id: str | None = None,
    valid_from: date | None = None, quality: str | None = None, note: str | None = None, sure: bool = False,
) -> str:  # fmt: skip
    """`other_id` is the `kind` of `person_id`, as people say it at the desk; gives the id of the relation.

    `sex` is what the word tells ("mother"): kept if the file knows none. `household_id`: the household in which both
    live now; who is no member yet becomes one, `NEW_HOUSEHOLD` makes one for the two.

    Raises:
        As `add_relation`; OtherSex: the file says otherwise.
    """
    person, other = tx.get(Person, person_id), tx.get(Person, other_id)
    if sex is not None:
        if other.sex not in {None, sex}:
            raise OtherSex("kind")
        other.sex = sex
    relation = add_relation(tx, other.id, person.id, kind, quality=quality, valid_from=valid_from, note=note, sure=sure)
    if household_id:
        _live_together(tx, household_id, person, other, kind)
    return relation


@usecase(N_("Relation changed"))
def change_relation(
    tx: Tx, relation_id: str, version: int, *, person_id: str, kind: str, quality: str | None, valid_from: date | None,
    valid_to: date | None, note: str | None, sure: bool = False,
) -> None:  # fmt: skip
    """Corrects a relation: `person_id`, one of the two, is the `kind` of the other one.

    Raises:
        As `add_relation`, and Stale.
    """
    row = tx.get(Relation, relation_id, version)
    other_id = row.other_id if person_id == row.person_id else row.person_id
    link = _link(person_id, other_id, kind, valid_from, valid_to, row.id)
    _checked(tx, link, sure=sure)
    row.person_id, row.other_id, row.kind = link.person_id, link.other_id, link.kind
    _fill(row, quality, valid_from, valid_to, note)


@usecase(N_("Relation ended"))
def end_relation(tx: Tx, relation_id: str, version: int, last_day: date) -> None:
    """Ends a relation; `last_day` is the last day it holds. The past stays.

    Raises:
        EndsBeforeItBegins, NotFound, Stale.
    """
    row = tx.get(Relation, relation_id, version)
    family_rules.in_order(row.valid_from, last_day, "last_day")
    row.valid_to = last_day


@usecase(N_("Relation entered by mistake taken away"))
def remove_relation(tx: Tx, relation_id: str, version: int) -> None:
    """Puts a relation that never was into the bin.

    Raises:
        NotFound, Stale.
    """
    tx.bin(tx.get(Relation, relation_id, version))


def _live_together(tx: Tx, household_id: str, person: Person, other: Person, kind: str) -> None:
    """Makes those of the two members who are none yet."""
    if household_id == NEW_HOUSEHOLD:
        name = person.surname or other.surname or person.alias or full_name(None, person.given_name, None)
        household_id = add_household(tx, name)
    members = {row.person_id for row in tx.all(Membership, Membership.household_id == household_id,
                                               Membership.valid_to.is_(None))}  # fmt: skip
    back = families.KINDS[kind].back
    for one, role in ((person, role_for(back, person.sex)), (other, role_for(kind, other.sex))):
        if one.id not in members:
            join_household(tx, household_id, one.id, role)


def role_for(kind: str, sex: str | None) -> str:
    """The role in a household that goes with what somebody is to the others there."""
    if kind in families.PARENTS:
        return {"F": "mother", "M": "father"}.get(sex or "", "member")
    return ROLES.get(kind, "relative" if kind in families.KINDS and kind not in families.COUPLES else "member")


def _link(
    person_id: str, other_id: str, kind: str, first: date | None, last: date | None, relation_id: str = ""
) -> Link:
    if kind not in families.KINDS:
        raise family_rules.UnknownRelation("kind")
    return families.stored(Link(person_id, other_id, kind, first, last, relation_id))


def _checked(tx: Tx, link: Link, *, sure: bool) -> list[Link]:
    """The relations around a new one, if it may be; the turn of other desks waits.

    Those with somebody whom this person may not know of count for nothing: a refusal would tell that they exist.
    """
    if link.person_id == link.other_id:
        raise family_rules.WithOneself("other_id")
    two = [tx.get(Person, one) for one in (link.person_id, link.other_id)]
    tx.take_turn()
    others = _around(tx, link)
    ids = {one for each in others for one in (each.person_id, each.other_id)}
    known = tx.rows(
        select(Person.id, Person.sex, Person.birth_date, Person.birth_part)
        .where(Person.id.in_(sorted(ids)), tx.visible_person())
    )  # fmt: skip
    facts = {row.id: families.facts(row.sex, row.birth_date, row.birth_part) for row in [*known, *two]}
    others = [one for one in others if {one.person_id, one.other_id} <= facts.keys()]
    family_rules.check(link, others, facts, sure=sure)
    return others


def _around(tx: Tx, link: Link) -> list[Link]:
    """All relations of the two, and those upwards of the first."""
    found = _links(tx, or_(Relation.person_id.in_((link.person_id, link.other_id)),
                           Relation.other_id.in_((link.person_id, link.other_id))))  # fmt: skip
    edge = {one.person_id for one in found if one.other_id == link.person_id and one.kind in families.ANCESTORS}
    seen = {link.person_id}
    for _step in range(FURTHEST):
        edge -= seen
        if not edge:
            break
        seen |= edge
        above = _links(tx, Relation.other_id.in_(sorted(edge)), Relation.kind.in_(families.ANCESTORS))
        found.extend(above)
        edge = {one.person_id for one in above}
    return list({one.id: one for one in found}.values())


def _links(tx: Tx, *where: object) -> list[Link]:
    rows = tx.rows(
        select(Relation.person_id, Relation.other_id, Relation.kind, Relation.valid_from, Relation.valid_to,
               Relation.id)
        .where(*where, Relation.deleted_at.is_(None), Relation.centre_id == tx.centre_id)  # type: ignore[arg-type]
    )  # fmt: skip
    return [Link(*row) for row in rows]


def _end_couple(tx: Tx, before: Link, since: date | None) -> None:
    if since is None or (before.valid_from is not None and since <= before.valid_from):
        raise family_rules.StillACouple("valid_from")
    tx.get(Relation, before.id).valid_to = since - timedelta(days=1)


def _fill(row: Relation, quality: str | None, first: date | None, last: date | None, note: str | None) -> None:
    family_rules.check_quality(quality or None)
    text = (note or "").strip()
    if len(text) > LONGEST_NOTE:
        raise TextTooLong("note", limit=LONGEST_NOTE)
    row.quality, row.valid_from, row.valid_to, row.note = quality or None, first, last, text or None
