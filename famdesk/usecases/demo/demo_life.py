"""What ties the invented families of the demo together and what is going on with them: relations, two homes, schools,
consents, a young person with a guardian, who waits, whom to call."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta

from famdesk.data.tables.consents import Consent
from famdesk.data.tables.people import Household, Membership, Person
from famdesk.data.tx import Tx
from famdesk.domain.people.person_details import school_year
from famdesk.domain.text import age_in_months
from famdesk.usecases.consent import consenting
from famdesk.usecases.consent.consenting import Signing
from famdesk.usecases.demo import demo_names
from famdesk.usecases.family import delegates, placements, relations, responsibilities
from famdesk.usecases.intake import follow_ups, waiting
from famdesk.usecases.people import flags, schooling

SCHOOL_AGES = ((6, ""), (36, "nursery"), (72, "kindergarten"), (132, "primary"), (168, "lower_secondary"))
"""Up to how many months which school is usual."""
MINOR_YEARS = 16
_OF_AGE = 18


def add(tx: Tx, dice: random.Random, families: Sequence[Sequence[Person]]) -> None:
    """Ties the members of each family, and gives some of them something to look after."""
    for members in families:
        _tie(tx, dice, members)
    couples = [members for members in families if _is_couple(members, tx.today())]
    if couples:
        _two_homes(tx, couples[0])
    mothers = [members[0] for members in families if members[0].surname]
    if len(mothers) > 1:
        mothers[1].due_on = tx.today() + timedelta(days=96)
    _guarded_minor(tx)
    _marks(tx, families)
    _to_do(tx, dice, mothers)
    for first_name, what in demo_names.WAITING:
        waiting.arrive(tx, first_name=first_name, what=what)


def adults(members: Sequence[Person], today: date) -> list[Person]:
    """The parents of a family; of who is known by an alias alone there is no birth."""
    return [one for one in members if one.birth_date is None or today.year - one.birth_date.year >= _OF_AGE]


def _is_couple(members: Sequence[Person], today: date) -> bool:
    return len(adults(members, today)) > 1 and all(person.surname for person in members)


def _tie(tx: Tx, dice: random.Random, members: Sequence[Person]) -> None:
    parents = adults(members, tx.today())
    children = [person for person in members if person not in parents]
    for adult in parents:
        for child in children:
            relations.add_relation(tx, adult.id, child.id, "birth_parent", sure=True)
    if len(parents) > 1:
        relations.add_relation(tx, parents[0].id, parents[1].id, dice.choice(("spouse", "spouse", "partner")))
    for child in children:
        _school(tx, child)


def _school(tx: Tx, child: Person) -> None:
    months = age_in_months(child.birth_date, tx.today()) if child.birth_date else None
    kind = next((kind for until, kind in SCHOOL_AGES if months is not None and months < until), "")
    if kind:
        schooling.add_school_year(tx, child.id, year=school_year(tx.today()), kind=kind,
                                  school=demo_names.SCHOOLS[kind])  # fmt: skip


def _two_homes(tx: Tx, members: Sequence[Person]) -> None:
    """The parents live apart: the children are in both homes, and one of two signatures is there."""
    mother, father = adults(members, tx.today())[:2]
    since = tx.today() - timedelta(days=400)
    tie = tx.all(Membership, Membership.person_id == father.id)
    for membership in tie:
        membership.valid_to = since
    home = tx.add(Household(name=f"{father.surname} (papà)", town="Castelverde"))
    tx.add(Membership(household_id=home.id, person_id=father.id, role="father", valid_from=since))
    relations.add_relation(tx, mother.id, father.id, "separated", valid_from=since)
    for child in members[2:]:
        for membership in tx.all(Membership, Membership.person_id == child.id):
            membership.days = "lunedì–mercoledì e un fine settimana su due"
        tx.add(Membership(household_id=home.id, person_id=child.id, role="child", valid_from=since,
                          days="giovedì, venerdì e un fine settimana su due"))  # fmt: skip
    child = members[2]
    delegates.add_delegate(tx, child.id, name="nonna Teresa (inventata)", relation="nonna", may_collect=True,
                           may_be_told="times", seen_document=True)  # fmt: skip
    consent = consenting.ask(tx, child.id, "minor_interview", on=tx.today() - timedelta(days=6))
    tx.session.flush()
    version = tx.get(Consent, consent).version
    consenting.sign(tx, consent, version, [Signing("parent", other_id=mother.id, on=tx.today() - timedelta(days=5))])


def _guarded_minor(tx: Tx) -> None:
    """A young person who came alone, with a volunteer guardian, in a reception home."""
    today = tx.today()
    surname, given_name = demo_names.MINOR
    born = date(today.year - MINOR_YEARS, 3, 1)
    minor = tx.add(Person(surname=surname, given_name=given_name, sex="M", birth_date=born, language="ar",
                          needs_mediator=True, citizenship="EG", abode="reception_home", town="Cremona",
                          privacy="given", fictional=True))  # fmt: skip
    surname, given_name = demo_names.GUARDIAN
    guardian = tx.add(Person(surname=surname, given_name=given_name, sex="F", birth_date=date(today.year - 45, 5, 9),
                             language="it", town="Cremona", privacy="given", fictional=True))  # fmt: skip
    since = today - timedelta(days=120)
    responsibilities.add_responsibility(
        tx, minor.id, "volunteer_guardian", other_id=guardian.id, act_authority="Tribunale per i minorenni di Brescia",
        act_number="000/inventato", act_on=since, valid_from=since,
    )  # fmt: skip
    placements.add_placement(tx, minor.id, "reception_home", valid_from=since)
    flags.add_flag(tx, minor.id, "unaccompanied", since=since)


def _marks(tx: Tx, families: Sequence[Sequence[Person]]) -> None:
    kinds = ("allergy", "lone_parent", "housing", "learning_difficulty")
    alone = [members for members in families if len(adults(members, tx.today())) == 1]
    for place, kind in zip(range(3, len(families)), kinds, strict=False):
        members = alone[0] if alone and kind == "lone_parent" else families[place]
        person = members[-1] if kind in {"allergy", "learning_difficulty"} else members[0]
        flags.add_flag(tx, person.id, kind, review_on=tx.today() + timedelta(days=60))


def _to_do(tx: Tx, dice: random.Random, mothers: Sequence[Person]) -> None:
    """Calls for these days, and consents that somebody signed."""
    chosen = dice.sample(list(mothers), min(len(demo_names.FOLLOW_UPS), len(mothers)))
    for place, (person, (kind, what)) in enumerate(zip(chosen, demo_names.FOLLOW_UPS, strict=False)):
        follow_ups.add(tx, kind=kind, what=what, person_id=person.id, due_on=tx.today() + timedelta(days=place // 3))
    for person in mothers[:5]:
        consent = consenting.ask(tx, person.id, "news", on=tx.today() - timedelta(days=30))
        tx.session.flush()
        version = tx.get(Consent, consent).version
        consenting.sign(tx, consent, version, [Signing("self", on=tx.today() - timedelta(days=30))])
