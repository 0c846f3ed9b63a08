"""How people belong together: kinds of relations, who decides for a minor, placements, and what cannot be.

"A is the `kind` of B": kinds come in pairs (parent and child), of which the first is the one that is stored. The rules
look at plain facts, never at the database; what is not known (a birth date, a sex) is never held against anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from famdesk.domain import codes
from famdesk.domain.codes import Code, Table
from famdesk.domain.people.birth import part_bounds
from famdesk.i18n import N_, _, pgettext

FAMILY, COUPLE, NETWORK = "family", "couple", "network"
MAJORITY_YEARS = 18
LEAST_GAP_YEARS = 10
"""A parent who is less than this older than the child is asked about."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What somebody is to somebody else.

    Attributes:
        code: stored, if it is the first of its pair (see `stored`).
        back: what the other one is in return; the same code where both are alike.
        group: family, couple or network (neighbours, coaches and others beside the family).
        up: how many generations above the other one (1 for a parent, -1 for a child).
        noun, female, male: msgids of the word within a sentence, for sex not known, F and M.
    """

    code: str
    back: str
    group: str
    up: int
    noun: str
    female: str = ""
    male: str = ""


RELATIONS: tuple[Kind, ...] = (
    Kind("birth_parent", "birth_child", FAMILY, 1, N_("parent"), N_("mother"), N_("father")),
    Kind("birth_child", "birth_parent", FAMILY, -1, N_("child"), N_("daughter"), N_("son")),
    Kind("adoptive_parent", "adoptive_child", FAMILY, 1, N_("adoptive parent"), N_("adoptive mother"),
         N_("adoptive father")),
    Kind("adoptive_child", "adoptive_parent", FAMILY, -1, N_("adopted child"), N_("adopted daughter"),
         N_("adopted son")),
    # Translators: who wanted the child together with the birth parent, without having given birth to it
    Kind("intended_parent", "intended_child", FAMILY, 1, N_("intended parent"), N_("intended mother"),
         N_("intended father")),
    Kind("intended_child", "intended_parent", FAMILY, -1, N_("child of the couple"), N_("daughter of the couple"),
         N_("son of the couple")),
    Kind("step_parent", "step_child", FAMILY, 1, N_("step-parent"), N_("stepmother"), N_("stepfather")),
    Kind("step_child", "step_parent", FAMILY, -1, N_("stepchild"), N_("stepdaughter"), N_("stepson")),
    Kind("foster_parent", "foster_child", FAMILY, 1, N_("foster parent"), N_("foster mother"), N_("foster father")),
    Kind("foster_child", "foster_parent", FAMILY, -1, N_("foster child"), N_("foster daughter"), N_("foster son")),
    Kind("spouse", "spouse", COUPLE, 0, N_("spouse"), N_("wife"), N_("husband")),
    # Translators: same-sex registered partnership, Italian "unione civile"
    Kind("civil_union", "civil_union", COUPLE, 0, N_("registered partner")),
    Kind("partner", "partner", COUPLE, 0, N_("partner")),
    Kind("separated", "separated", COUPLE, 0, N_("separated spouse"), N_("separated wife"), N_("separated husband")),
    Kind("divorced", "divorced", COUPLE, 0, N_("divorced spouse"), N_("divorced wife"), N_("divorced husband")),
    Kind("former_partner", "former_partner", COUPLE, 0, N_("former partner")),
    Kind("sibling", "sibling", FAMILY, 0, N_("brother or sister"), N_("sister"), N_("brother")),
    Kind("twin", "twin", FAMILY, 0, N_("twin"), N_("twin sister"), N_("twin brother")),
    Kind("half_sibling", "half_sibling", FAMILY, 0, N_("half-brother or half-sister"), N_("half-sister"),
         N_("half-brother")),
    Kind("step_sibling", "step_sibling", FAMILY, 0, N_("stepbrother or stepsister"), N_("stepsister"),
         N_("stepbrother")),
    Kind("grandparent", "grandchild", FAMILY, 2, N_("grandparent"), N_("grandmother"), N_("grandfather")),
    Kind("grandchild", "grandparent", FAMILY, -2, N_("grandchild"), N_("granddaughter"), N_("grandson")),
    Kind("uncle_aunt", "nephew_niece", FAMILY, 1, N_("uncle or aunt"), N_("aunt"), N_("uncle")),
    Kind("nephew_niece", "uncle_aunt", FAMILY, -1, N_("nephew or niece"), N_("niece"), N_("nephew")),
    Kind("cousin", "cousin", FAMILY, 0, N_("cousin")),
    Kind("parent_in_law", "child_in_law", FAMILY, 1, N_("parent-in-law"), N_("mother-in-law"), N_("father-in-law")),
    Kind("child_in_law", "parent_in_law", FAMILY, -1, N_("child-in-law"), N_("daughter-in-law"), N_("son-in-law")),
    Kind("relative", "relative", FAMILY, 0, N_("relative")),
    Kind("neighbour", "neighbour", NETWORK, 0, N_("neighbour")),
    Kind("friend", "friend", NETWORK, 0, N_("friend")),
    Kind("colleague", "colleague", NETWORK, 0, N_("fellow worker")),
    Kind("classmate", "classmate", NETWORK, 0, N_("schoolmate")),
    Kind("teacher", "pupil", NETWORK, 0, N_("teacher")),
    Kind("pupil", "teacher", NETWORK, 0, N_("pupil")),
    Kind("coach", "coached", NETWORK, 0, N_("coach")),
    # Translators: somebody whom a coach trains
    Kind("coached", "coach", NETWORK, 0, N_("trainee in sport")),
    Kind("volunteer", "helped", NETWORK, 0, N_("volunteer")),
    # Translators: somebody whom a volunteer supports
    Kind("helped", "volunteer", NETWORK, 0, N_("person helped")),
    Kind("godparent", "godchild", NETWORK, 0, N_("godparent"), N_("godmother"), N_("godfather")),
    Kind("godchild", "godparent", NETWORK, 0, N_("godchild"), N_("goddaughter"), N_("godson")),
    Kind("babysitter", "minded", NETWORK, 0, N_("babysitter")),
    # Translators: a child whom a babysitter looks after
    Kind("minded", "babysitter", NETWORK, 0, N_("child looked after")),
    # Translators: a grown-up whom a young person trusts, outside the family; Italian "adulto di riferimento"
    Kind("trusted_adult", "trusting", NETWORK, 0, N_("trusted adult")),
    Kind("trusting", "trusted_adult", NETWORK, 0, N_("young person who trusts them")),
    # Translators: a family that stands by another one, Italian "famiglia d'appoggio"
    Kind("support_family", "supported", NETWORK, 0, N_("supporting family")),
    Kind("supported", "support_family", NETWORK, 0, N_("family that is supported")),
    Kind("acquaintance", "acquaintance", NETWORK, 0, N_("acquaintance")),
)  # fmt: skip

KINDS: dict[str, Kind] = {kind.code: kind for kind in RELATIONS}
PARENTS = frozenset({"birth_parent", "adoptive_parent", "intended_parent"})
"""Those who are parents before the law, and hold parental responsibility unless a court says otherwise."""
ANCESTORS = PARENTS | {"grandparent"}
CHILD_ROLES = frozenset({"child", "foster_child"})
"""The roles in a household (`codes.MEMBER_ROLES`) of those who are brought up there, and are taken
for minors while nothing is known of their birth."""
_KIND_OF_ROLE = {"child": "birth_child", "sibling": "sibling", "grandparent": "grandparent",
                 "foster_parent": "foster_parent", "foster_child": "foster_child"}  # fmt: skip
COUPLES = frozenset(kind.code for kind in RELATIONS if kind.group == COUPLE)

QUALITIES: Table = (
    # Translators: two people who get on well
    Code("close", N_("Close to each other")),
    # Translators: two people who cannot be without each other, "fused" in a genogram
    Code("fused", N_("Very close")),
    Code("distant", N_("Distant")),
    Code("conflict", N_("In conflict")),
    Code("cut_off", N_("Cut off")),
    Code("violence", N_("Violence or fear")),
)

# Source: artt. 316 ff., 343 ff., 404, 414 c.c.; artt. 4 and 5 L. 184/1983; art. 11 L. 47/2017.
RESPONSIBILITIES: Table = (
    Code("parental", N_("Parental responsibility")),
    Code("guardian", N_("Guardian")),
    Code("provisional_guardian", N_("Provisional guardian")),
    Code("volunteer_guardian", N_("Volunteer guardian (L. 47/2017)")),
    Code("curator", N_("Curator")),
    Code("special_curator", N_("Special curator")),
    # Translators: the child is entrusted to the social services by a court, Italian "affidamento al servizio sociale"
    Code("social_service", N_("Entrusted to the social services")),
    Code("foster_carer", N_("Foster carer")),
    # Translators: Italian "amministratore di sostegno", for adults
    Code("support_administrator", N_("Support administrator (adults)")),
    # Translators: guardian of an adult without legal capacity, Italian "tutore di persona interdetta"
    Code("adult_guardian", N_("Guardian of an adult")),
)
GUARDIANS = frozenset({"guardian", "provisional_guardian", "volunteer_guardian"})
"""They decide in the place of the parents."""
FOR_ADULTS = frozenset({"support_administrator", "adult_guardian"})
"""They do not end with the 18th birthday, as all the others do."""

STATES: Table = (
    # Translators: the state of parental responsibility or guardianship
    Code("full", N_("In full")),
    Code("limited", N_("Limited by a court")),
    Code("suspended", N_("Suspended")),
    # Translators: responsibility taken away by a court, Italian "decaduta"
    Code("ended", N_("Taken away or ended")),
)

# Source: L. 184/1983 artt. 2, 4, 5, 22, 25, 44; art. 403 c.c.
PLACEMENTS: Table = (
    Code("foster", N_("Foster family")),
    Code("kinship", N_("Foster care by relatives")),
    Code("reception_home", N_("Reception home")),
    Code("parent_child_home", N_("Home for parent and child")),
    Code("emergency", N_("Emergency placement (art. 403 c.c.)")),
    Code("pre_adoptive", N_("Pre-adoptive placement")),
    Code("adoption", N_("Adoption")),
    Code("special_adoption", N_("Adoption in special cases (art. 44)")),
)

# What may be said to somebody about a child, from nothing to everything.
MAY_BE_TOLD: Table = (
    Code("nothing", N_("Nothing")),
    Code("times", N_("Days and times only")),
    Code("daily", N_("How the day went")),
    Code("all", N_("Everything")),
)

MEASURE_FIELDS: Table = (
    Code("civil", N_("Civil")),
    Code("penal", N_("Penal")),
    Code("protection", N_("Protection order")),
    Code("administrative", N_("Administrative")),
)


@dataclass(frozen=True, slots=True)
class Link:
    """A relation as the rules see it: `person_id` is the `kind` of `other_id`. `id` "" while it is not stored."""

    person_id: str
    other_id: str
    kind: str
    valid_from: date | None = None
    valid_to: date | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules need to know of a person; None: not known.

    `first` and `last` are the days between which they were born: the same where the date is whole.
    """

    sex: str | None = None
    first: date | None = None
    last: date | None = None


def facts(sex: str | None, birth_date: date | None, birth_part: str | None = None) -> Facts:
    """What is known of a person; `birth_part` is "1987" or "1987-05" where the date is not whole."""
    bounds = (birth_date, birth_date) if birth_date else part_bounds(birth_part) or (None, None)
    return Facts(sex, *bounds)


def latest_birth(birth_date: date | None, birth_part: str | None) -> date | None:
    """The last day on which somebody can have been born; None if nothing is known. Who may be a minor is one."""
    return facts(None, birth_date, birth_part).last


def stored(link: Link) -> Link:
    """The same relation in the direction in which it is stored: the first of the pair in `RELATIONS`.

    Raises:
        KeyError: no such kind.
    """
    kind = KINDS[link.kind]
    order = list(KINDS)
    if order.index(kind.back) >= order.index(kind.code):
        return link
    return Link(link.other_id, link.person_id, kind.back, link.valid_from, link.valid_to, link.id)


def holds(valid_from: date | None, valid_to: date | None, on: date) -> bool:
    """Whether something that is dated holds on a day; `valid_to` is its last day, unknown ends stay open."""
    return (valid_from is None or valid_from <= on) and (valid_to is None or on <= valid_to)


def noun(kind: str, sex: str | None = None) -> str:
    """What somebody is to somebody else, as a word within a sentence in the current language ("mother")."""
    found = KINDS.get(kind)
    if found is None:
        return kind
    gendered = _gendered().get((kind, sex or ""))
    if gendered:
        return gendered
    words = {"F": found.female, "M": found.male}
    return _(words.get(sex or "") or found.noun)


def title(kind: str, sex: str | None = None) -> str:
    """As `noun`, to begin a line with ("Mother")."""
    word = noun(kind, sex)
    return word[:1].upper() + word[1:]


def role_words(role: str, sex: str | None) -> str:
    """A role in a household (`codes.MEMBER_ROLES`), where the sex is known in the word for it: "Daughter"."""
    kind = _KIND_OF_ROLE.get(role)
    return title(kind, sex) if kind is not None and sex in {"F", "M"} else codes.label(codes.MEMBER_ROLES, role)


def is_sentence(person: str, kind: str, sex: str | None, other: str) -> str:
    """The relation in a sentence: "Anna Rossi is the mother of Marco"; `sex` is that of the first."""
    # Translators: {kind} is a word such as "mother", "neighbour"
    return _("{person} is the {kind} of {other}").format(person=person, kind=noun(kind, sex), other=other)


def majority(birth: date) -> date:
    """The 18th birthday; of those born on 29 February the 28th. Source: art. 2 c.c."""
    try:
        return birth.replace(year=birth.year + MAJORITY_YEARS)
    except ValueError:
        return date(birth.year + MAJORITY_YEARS, 2, 28)


def is_minor(birth: date | None, on: date) -> bool | None:
    """Whether somebody is under age on a day; None if the birth date is not known."""
    return None if birth is None else on < majority(birth)


def last_day(kind: str, birth: date | None, valid_to: date | None) -> date | None:
    """The last day on which somebody answers for a person; None: no end is known.

    What is for minors ends at the latest the day before the 18th birthday.
    """
    if kind in FOR_ADULTS or birth is None:
        return valid_to
    end = majority(birth) - timedelta(days=1)
    return end if valid_to is None else min(end, valid_to)


def _gendered() -> dict[tuple[str, str], str]:
    """Words that are one in English and two in other languages."""
    return {
        ("neighbour", "F"): pgettext("a woman", "neighbour"),
        ("neighbour", "M"): pgettext("a man", "neighbour"),
        ("friend", "F"): pgettext("a woman", "friend"),
        ("friend", "M"): pgettext("a man", "friend"),
        ("colleague", "F"): pgettext("a woman", "fellow worker"),
        ("colleague", "M"): pgettext("a man", "fellow worker"),
        ("classmate", "F"): pgettext("a woman", "schoolmate"),
        ("classmate", "M"): pgettext("a man", "schoolmate"),
        ("coach", "F"): pgettext("a woman", "coach"),
        ("coach", "M"): pgettext("a man", "coach"),
        ("teacher", "F"): pgettext("a woman", "teacher"),
        ("teacher", "M"): pgettext("a man", "teacher"),
        ("volunteer", "F"): pgettext("a woman", "volunteer"),
        ("volunteer", "M"): pgettext("a man", "volunteer"),
        ("partner", "F"): pgettext("a woman", "partner"),
        ("partner", "M"): pgettext("a man", "partner"),
        ("former_partner", "F"): pgettext("a woman", "former partner"),
        ("former_partner", "M"): pgettext("a man", "former partner"),
        ("cousin", "F"): pgettext("a woman", "cousin"),
        ("cousin", "M"): pgettext("a man", "cousin"),
    }
