"""The family as it is drawn: relatives and network, who decides for the person by an act, and where a child is placed.

On paper names follow the safe-contact gate: whoever may not be named there is a symbol without a name.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import or_, select

from famdesk.data.tables.directory import Body
from famdesk.data.tables.families import Placement
from famdesk.data.tables.people import Household, Membership, Person
from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.people import families
from famdesk.domain.people.genogram.family import Family, Home, Someone, Tie
from famdesk.i18n import _
from famdesk.usecases.centre import centre
from famdesk.usecases.family.families import Decider, deciders, family
from famdesk.usecases.people.person_names import labels
from famdesk.usecases.post import outgoing, prints
from famdesk.usecases.registry import query

_SHOWN_OTHERWISE = frozenset({"parental", "foster_carer"})
"""Parents and foster carers are in the drawing as such."""


@query
def genogram(tx: Tx, person_id: str, on: date | None = None) -> Family:
    """The family of a person on a day (None: today) with guardians, curators and the body that the child lives with.

    Raises:
        NotFound.
    """
    found = family(tx, person_id, on)
    tx.opened(tx.get(Person, person_id))
    return _with_placement(tx, _with_deciders(tx, _with_homes(tx, found), person_id), person_id)


@dataclass(frozen=True, slots=True)
class PaperGenogram:
    """A genogram as it may be printed; `centre` is the centre's name, "" where paper must not bear it."""

    family: Family
    centre: str
    printed: datetime


@query
def paper(tx: Tx, person_id: str, on: date | None = None) -> PaperGenogram:
    """As `genogram`, with the names that paper may bear; the print is noted in the journal.

    Who may not be named stays in the drawing without name and birth, who may be named only discreetly without birth. A
    home keeps its name only if all its people may be named in full. Equal initials are numbered.

    Raises:
        NotFound.
    """
    found = genogram(tx, person_id, on)
    known = {one.id for one in found.people if ":" not in one.id}
    told = outgoing.masked(tx, sorted(known), "paper")
    open_ = {one for one, outward in told.items() if not outward.discreet}
    prints.note(tx, "genogram", [("person", person_id)])
    people = tuple(_masked(one, told.get(one.id)) if one.id in known else one for one in found.people)
    short = {one.id for one in found.people if one.id in told and told[one.id].label != one.label}
    people = _told_apart(people, short)
    homes = tuple(
        home if all(one in open_ or one not in known for one in home.members) else replace(home, name="")
        for home in found.homes
    )
    neutral = any(outward.neutral for outward in told.values())
    name = "" if neutral else centre.overview(tx).name
    return PaperGenogram(replace(found, people=people, homes=homes), name, tx.now())


def _masked(someone: Someone, outward: outgoing.Outgoing | None) -> Someone:
    if outward is None:
        # Translators: below a symbol of a printed family drawing
        return replace(someone, label=_("not named"), born="", age="")
    if outward.discreet:
        return replace(someone, label=outward.label, born="", age="")
    return replace(someone, label=outward.label)


def _told_apart(people: tuple[Someone, ...], short: set[str]) -> tuple[Someone, ...]:
    """The same people; of those named in short, who would bear the same words get a number, in their order."""
    counts, numbers = Counter(one.label for one in people), Counter[str]()

    def apart(one: Someone) -> Someone:
        if one.id not in short or counts[one.label] == 1:
            return one
        numbers[one.label] += 1
        return replace(one, label=f"{one.label} {numbers[one.label]}")

    return tuple(apart(one) for one in people)


def _with_homes(tx: Tx, found: Family) -> Family:
    """Also the homes of relatives further away; whoever lives there and is no relative is left out."""
    known = {home.id for home in found.homes}
    rows = tx.rows(
        select(Membership.household_id, Household.name, Membership.person_id, Membership.days)
        .join(Household, Household.id == Membership.household_id)
        .where(Membership.person_id.in_([one.id for one in found.people if ":" not in one.id]),
               Membership.household_id.not_in(known), Membership.deleted_at.is_(None), Household.deleted_at.is_(None),
               Household.centre_id == tx.centre_id,
               or_(Membership.valid_from.is_(None), Membership.valid_from <= found.on),
               or_(Membership.valid_to.is_(None), Membership.valid_to >= found.on))
        .order_by(Membership.id)
    )  # fmt: skip
    homes: dict[str, Home] = {}
    for row in rows:
        before = homes.get(row.household_id, Home(row.household_id, row.name, ()))
        members = tuple(dict.fromkeys((*before.members, row.person_id)))
        days = (*before.days, (row.person_id, row.days)) if row.days else before.days
        homes[row.household_id] = replace(before, members=members, days=days)
    return replace(found, homes=(*found.homes, *homes.values()))


def _with_deciders(tx: Tx, found: Family, person_id: str) -> Family:
    """Guardians and others who decide by an act; those whom the centre knows by name only have a symbol, too."""
    people, ties = list(found.people), list(found.ties)
    for decider in deciders(tx, person_id, found.on):
        if not decider.decides or decider.presumed or decider.kind in _SHOWN_OTHERWISE:
            continue
        known = labels(tx, [decider.person_id])  # a person whom the reader may not know of has no file to open
        holder = decider.person_id if decider.person_id in known and decider.person_id else f"decider:{decider.id}"
        if holder not in {one.id for one in people}:
            people.append(_holder(tx, decider, holder))
        ties.append(Tie(holder, person_id, decider.kind))
    return replace(found, people=tuple(people), ties=tuple(ties))


def _holder(tx: Tx, decider: Decider, holder: str) -> Someone:
    sex = (tx.get(Person, holder).sex or "").lower() or None if holder == decider.person_id else None
    return Someone(holder, decider.name or codes.label(families.RESPONSIBILITIES, decider.kind), sex)


def _with_placement(tx: Tx, found: Family, person_id: str) -> Family:
    """A home that a body runs, where a child is placed; families that took a child in are households already."""
    rows = tx.all(Placement, Placement.person_id == person_id, Placement.body_id.is_not(None),
                  Placement.household_id.is_(None))  # fmt: skip
    homes = list(found.homes)
    for row in rows:
        body = tx.session.get(Body, row.body_id)
        if body is not None and families.holds(row.valid_from, row.valid_to, found.on):
            days = ((person_id, _("some days")),) if row.partial else ()
            homes.append(Home(f"placement:{row.id}", body.name, (person_id,), days))
    return replace(found, homes=tuple(homes))
