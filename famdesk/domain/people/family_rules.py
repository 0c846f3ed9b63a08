"""What cannot be in a family, and what is asked about: pure rules over plain facts.

Nothing that is unknown is held against anybody: two people without birth dates may be anything to each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from famdesk.domain.codes import codes
from famdesk.domain.errors import RuleError
from famdesk.domain.people.families import (
    ANCESTORS,
    COUPLE,
    FOR_ADULTS,
    GUARDIANS,
    KINDS,
    LEAST_GAP_YEARS,
    PARENTS,
    QUALITIES,
    RESPONSIBILITIES,
    STATES,
    Facts,
    Link,
    is_minor,
    majority,
)
from famdesk.domain.text import age_in_months
from famdesk.i18n import N_

GAPS = dict.fromkeys((*sorted(PARENTS), "step_parent", "foster_parent"), LEAST_GAP_YEARS) | {
    "grandparent": 2 * LEAST_GAP_YEARS
}
"""Years between the two of a relation, below which the birth dates are asked about."""

NOT_FOR_MINORS = GUARDIANS | FOR_ADULTS | {"curator", "special_curator", "foster_carer"}
"""Offices that nobody under age can hold; a mother of sixteen does hold parental responsibility.

Source: artt. 348, 350 c.c. for guardians.
"""


class WithOneself(RuleError):
    message = N_("Nobody is related to themselves. Choose somebody else.")


class UnknownRelation(RuleError):
    message = N_("Choose from the list what they are to each other.")


class UnknownQuality(RuleError):
    message = N_("Choose from the list how they get on, or leave this empty.")


class EndsBeforeItBegins(RuleError):
    message = N_("The last day lies before the first, {day}.")


class AlreadyRelated(RuleError):
    message = N_("This is already written down for the two of them.")


class StillACouple(RuleError):
    message = N_(
        "They are still written down as a couple. Since when is it different? Give the day; what was before ends there."
    )


class TwoBirthMothers(RuleError):
    message = N_(
        "This child already has a mother by birth. If there are two mothers, enter one as adoptive or intended mother."
    )


class TwoBirthFathers(RuleError):
    message = N_(
        "This child already has a father by birth. If there are two fathers, enter one as adoptive or intended father."
    )


class TwoBirthParents(RuleError):
    message = N_("This child already has two parents by birth. Enter an adoptive, intended or step-parent instead.")


class ParentYounger(RuleError):
    message = N_("A parent or grandparent is older than the child. Please check the two birth dates.")


class CloseInAge(RuleError):
    message = N_("They are less than {years} years apart. Check the birth dates; if they are right, tick this.")


class OwnAncestor(RuleError):
    message = N_("This would make somebody their own ancestor. Please check who is the parent of whom.")


class UnknownResponsibility(RuleError):
    message = N_("Choose from the list who decides, and how.")


class UnknownState(RuleError):
    message = N_("Choose from the list whether it is full, limited, suspended or ended.")


class NoHolder(RuleError):
    message = N_("Who is it? Choose a person or a body, or write the name.")


class SeveralHolders(RuleError):
    message = N_("Give one only: a person, a body, or a name.")


class OwnGuardian(RuleError):
    message = N_("Nobody answers for themselves here. Choose somebody else.")


class GuardianIsMinor(RuleError):
    message = N_("Somebody under age cannot hold this office: of age on {day}.")


class OfAge(RuleError):
    message = N_("Of age since {day}: this is for minors. For what was before, give the first day.")


def check(link: Link, others: Iterable[Link], facts: Mapping[str, Facts], *, sure: bool = False) -> None:
    """Refuses a relation that cannot be, next to those that are there.

    `link` and `others` are as stored (see `families.stored`); `others` holds at least the relations of the two and
    those upwards of the first. `sure`: somebody has looked at the birth dates.

    Raises:
        UnknownRelation, WithOneself, EndsBeforeItBegins, AlreadyRelated, TwoBirthMothers, TwoBirthFathers,
        TwoBirthParents, OwnAncestor, ParentYounger.
        CloseInAge: unless `sure`.
    """
    if link.kind not in KINDS:
        raise UnknownRelation("kind")
    if link.person_id == link.other_id:
        raise WithOneself("other_id")
    in_order(link.valid_from, link.valid_to)
    others = [one for one in others if one.id != link.id or not one.id]
    if any(_same(link, one) for one in others):
        raise AlreadyRelated("kind")
    if link.kind == "birth_parent":
        _check_birth_parents(link, others, facts)
    if link.kind in ANCESTORS and link.other_id in ancestors(link.person_id, others):
        raise OwnAncestor("kind")
    _check_ages(link, facts, sure=sure)


def in_order(first: date | None, last: date | None, field: str = "valid_to") -> None:
    """Refuses a last day before the first.

    Raises:
        EndsBeforeItBegins.
    """
    if first is not None and last is not None and last < first:
        raise EndsBeforeItBegins(field, day=first)


def check_quality(quality: str | None) -> None:
    """Refuses a quality that is not in the list.

    Raises:
        UnknownQuality.
    """
    if quality is not None and quality not in codes(QUALITIES):
        raise UnknownQuality("quality")


def ancestors(person_id: str, links: Iterable[Link]) -> set[str]:
    """Parents, grandparents and so on upwards, as far as the links tell; also if they run in a circle."""
    above: dict[str, set[str]] = {}
    for one in links:
        if one.kind in ANCESTORS:
            above.setdefault(one.other_id, set()).add(one.person_id)
    found: set[str] = set()
    edge = {person_id}
    while edge:
        edge = {parent for one in edge for parent in above.get(one, ())} - found
        found |= edge
    return found


def couple_before(link: Link, others: Iterable[Link]) -> Link | None:
    """The tie of a couple that a new tie between the same two takes the place of; None: there is none."""
    if KINDS[link.kind].group != COUPLE:
        return None
    pair = {link.person_id, link.other_id}
    open_ties = (one for one in others if one.valid_to is None and one.id != link.id)
    return next((one for one in open_ties
                 if KINDS[one.kind].group == COUPLE and {one.person_id, one.other_id} == pair), None)  # fmt: skip


def check_responsibility(
    kind: str, state: str, person: Facts, holder: Facts | None, first: date | None, last: date | None, today: date
) -> None:
    """Refuses an office that cannot be held; `holder` None: not a person the centre knows.

    Raises:
        UnknownResponsibility, UnknownState, EndsBeforeItBegins, GuardianIsMinor, OfAge.
    """
    if kind not in codes(RESPONSIBILITIES):
        raise UnknownResponsibility("kind")
    if state not in codes(STATES):
        raise UnknownState("state")
    in_order(first, last)
    start = first or min(last or today, today)
    if holder is not None and holder.first is not None and kind in NOT_FOR_MINORS and is_minor(holder.first, start):
        raise GuardianIsMinor("other_id", day=majority(holder.first))
    if kind not in FOR_ADULTS and person.last is not None and not is_minor(person.last, start):
        raise OfAge("valid_from", day=majority(person.last))


def _same(link: Link, one: Link) -> bool:
    """Whether two links say the same of the same two in days that overlap."""
    if one.kind != link.kind:
        return False
    pair, other = (link.person_id, link.other_id), (one.person_id, one.other_id)
    alike = KINDS[link.kind].back == link.kind
    if pair != other and not (alike and pair == other[::-1]):
        return False
    starts = max(link.valid_from or date.min, one.valid_from or date.min)
    ends = min(link.valid_to or date.max, one.valid_to or date.max)
    return starts <= ends


def _check_birth_parents(link: Link, others: Iterable[Link], facts: Mapping[str, Facts]) -> None:
    there = {one.person_id for one in others if one.kind == "birth_parent" and one.other_id == link.other_id}
    sex = facts.get(link.person_id, Facts()).sex
    sexes = [facts.get(one, Facts()).sex for one in there - {link.person_id}]
    if sex is not None and sex in sexes:
        raise (TwoBirthMothers if sex == "F" else TwoBirthFathers)("kind")
    if len(sexes) > 1:
        raise TwoBirthParents("kind")


def _check_ages(link: Link, facts: Mapping[str, Facts], *, sure: bool) -> None:
    elder, younger = facts.get(link.person_id, Facts()).first, facts.get(link.other_id, Facts()).last
    gap = GAPS.get(link.kind)
    if gap is None or elder is None or younger is None:
        return
    if younger <= elder and link.kind in ANCESTORS:
        raise ParentYounger("other_id")
    if not sure and (age_in_months(elder, younger) or 0) < gap * 12:
        raise CloseInAge("sure", years=gap)
