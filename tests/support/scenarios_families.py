"""Scenarios of families: relations, who decides, placements, measures, delegates."""

from __future__ import annotations

from datetime import date

from famdesk.data.tables.families import Delegate, Measure, Placement, Relation, Responsibility
from famdesk.data.tables.people import Membership
from famdesk.usecases.family import delegates, households, placements, relations, responsibilities
from famdesk.usecases.office import Office
from famdesk.usecases.people import measures, people
from tests.support.offices import Desk
from tests.support.scenarios import Call, Scenarios, call, version

SCENARIOS = Scenarios()

CHILD, MOTHER = "Quarantotti", "Sessantini"
SINCE, TODAY = date(2024, 9, 1), date(2025, 2, 11)
COURT = "Tribunale per i minorenni di Brescia"


def _child(office: Office) -> str:
    return office.run(people.add_person, surname=CHILD, given_name="Zelinda", birth_date=date(2019, 5, 1))


def _mother(office: Office) -> str:
    return office.run(people.add_person, surname=MOTHER, given_name="Gelsomina", sex="F", birth_date=date(1990, 1, 2))


def _relation(office: Office) -> tuple[str, str]:
    """The relation of mother and child, and the mother."""
    mother = _mother(office)
    return office.run(relations.add_relation, mother, _child(office), "birth_parent"), mother


@SCENARIOS.of(relations.add_relation)
def _(desk: Desk) -> tuple[Office, Call]:
    """A separation, which ends the marriage in the same step."""
    office = desk.sign_in("reception")
    wife, husband = _mother(office), office.run(people.add_person, surname=CHILD, given_name="Ottavio", sex="M")
    office.run(relations.add_relation, wife, husband, "spouse", valid_from=date(2015, 6, 1))
    return office, call(relations.add_relation, husband, wife, "separated", valid_from=SINCE, quality="conflict",
                        note="Gelsomina non vuole vederlo")  # fmt: skip


@SCENARIOS.of(relations.add_relative)
def _(desk: Desk) -> tuple[Office, Call]:
    """With a household of the two, and what the word tells of the sex."""
    office = desk.sign_in("reception")
    mother = office.run(people.add_person, surname=MOTHER, given_name="Gelsomina")
    return office, call(relations.add_relative, _child(office), mother, "birth_parent", sex="F",
                        household_id=relations.NEW_HOUSEHOLD)  # fmt: skip


@SCENARIOS.of(relations.change_relation)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("social_worker")
    relation, mother = _relation(office)
    return office, call(relations.change_relation, relation, version(office, Relation, relation), person_id=mother,
                        kind="nephew_niece", quality="close", valid_from=None, valid_to=None, note="è la zia",
                        sure=True)  # fmt: skip


@SCENARIOS.of(relations.end_relation)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("social_worker")
    relation, _person = _relation(office)
    return office, call(relations.end_relation, relation, version(office, Relation, relation), TODAY)


@SCENARIOS.of(relations.remove_relation)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("reception")
    relation, _person = _relation(office)
    return office, call(relations.remove_relation, relation, version(office, Relation, relation))


def _guardian(office: Office) -> str:
    return office.run(responsibilities.add_responsibility, _child(office), "volunteer_guardian",
                      holder_name="Gelsomina Sessantini", act_authority=COURT, act_number="12/2024")  # fmt: skip


@SCENARIOS.of(responsibilities.add_responsibility)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("social_worker")
    return office, call(
        responsibilities.add_responsibility, _child(office), "volunteer_guardian", other_id=_mother(office),
        act_authority=COURT, act_number="12/2024", act_on=SINCE, valid_from=SINCE, note="Zelinda la conosce",
    )  # fmt: skip


@SCENARIOS.of(responsibilities.change_responsibility)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("social_worker")
    row = _guardian(office)
    return office, call(responsibilities.change_responsibility, row, version(office, Responsibility, row), "guardian",
                        state="suspended", act_number=None, act_on=TODAY)  # fmt: skip


@SCENARIOS.of(responsibilities.end_responsibility)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("educator")
    row = _guardian(office)
    return office, call(responsibilities.end_responsibility, row, version(office, Responsibility, row), TODAY)


@SCENARIOS.of(responsibilities.remove_responsibility)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("educator")
    row = _guardian(office)
    return office, call(responsibilities.remove_responsibility, row, version(office, Responsibility, row))


@SCENARIOS.of(responsibilities.confirm_parents)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("reception")
    child = _child(office)
    office.run(relations.add_relation, _mother(office), child, "birth_parent")
    return office, call(responsibilities.confirm_parents, child)


def _home(office: Office) -> str:
    return office.run(households.add_household, MOTHER, ((_mother(office), "mother"),), since=SINCE)


def _placement(office: Office) -> str:
    return office.run(placements.add_placement, _child(office), "foster", act_authority=COURT, valid_from=SINCE)


@SCENARIOS.of(placements.add_placement)
def _(desk: Desk) -> tuple[Office, Call]:
    """With the child's place in the household, in one step."""
    office = desk.sign_in("social_worker")
    return office, call(
        placements.add_placement, _child(office), "foster", household_id=_home(office), partial=True,
        act_authority=COURT, act_number="33/2024", act_on=SINCE, visits="Zelinda vede la madre il sabato",
        valid_from=SINCE,
    )  # fmt: skip


@SCENARIOS.of(placements.change_placement)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("social_worker")
    row = _placement(office)
    return office, call(placements.change_placement, row, version(office, Placement, row), "pre_adoptive",
                        visits="sospese", note="Gelsomina lo sa")  # fmt: skip


@SCENARIOS.of(placements.end_placement)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("social_worker")
    row = _placement(office)
    return office, call(placements.end_placement, row, version(office, Placement, row), TODAY)


@SCENARIOS.of(placements.remove_placement)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("social_worker")
    row = _placement(office)
    return office, call(placements.remove_placement, row, version(office, Placement, row))


def _measure(office: Office) -> str:
    return office.run(measures.add_measure, _child(office), "civil", "Zelinda affidata ai servizi", authority=COURT)


@SCENARIOS.of(measures.add_measure)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("psychologist")
    return office, call(measures.add_measure, _child(office), "penal", "Messa alla prova di Zelinda", authority=COURT,
                        number="77/2024", taken_on=SINCE)  # fmt: skip


@SCENARIOS.of(measures.change_measure)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("social_worker")
    row = _measure(office)
    return office, call(measures.change_measure, row, version(office, Measure, row), field="protection",
                        text="Allontanamento", authority=None, number=None, taken_on=SINCE, valid_to=TODAY)  # fmt: skip


@SCENARIOS.of(measures.remove_measure)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("coordinator")
    row = _measure(office)
    return office, call(measures.remove_measure, row, version(office, Measure, row))


def _delegate(office: Office) -> str:
    return office.run(delegates.add_delegate, _child(office), name="Gelsomina Sessantini", relation="zia")


@SCENARIOS.of(delegates.add_delegate)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("reception")
    return office, call(delegates.add_delegate, _child(office), other_id=_mother(office), relation="zia di Zelinda",
                        may_collect=True, may_be_told="times", seen_document=True, valid_from=SINCE)  # fmt: skip


@SCENARIOS.of(delegates.change_delegate)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("reception")
    row = _delegate(office)
    return office, call(delegates.change_delegate, row, version(office, Delegate, row), may_collect=False,
                        may_be_told="all", note="Zelinda vuole")  # fmt: skip


@SCENARIOS.of(delegates.end_delegate)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("reception")
    row = _delegate(office)
    return office, call(delegates.end_delegate, row, version(office, Delegate, row), TODAY)


@SCENARIOS.of(delegates.remove_delegate)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("reception")
    row = _delegate(office)
    return office, call(delegates.remove_delegate, row, version(office, Delegate, row))


@SCENARIOS.of(households.change_membership, "with days")
def _(desk: Desk) -> tuple[Office, Call]:
    """The days of a child with two homes."""
    office = desk.sign_in("reception")
    place = office.run(
        households.join_household, _home(office), _child(office), "child", SINCE, "da lunedì a mercoledì"
    )
    return office, call(households.change_membership, place, version(office, Membership, place), role="child",
                        since=SINCE, last_day=None, days="Zelinda sta qui il sabato")  # fmt: skip
