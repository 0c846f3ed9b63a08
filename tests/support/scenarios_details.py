"""Scenarios of what is known of a person beside the identity: school, marks, the centre's own fields."""

from __future__ import annotations

from datetime import date

from famdesk.data.tables.person_details import CustomField, Flag, SchoolYear
from famdesk.usecases.office import Office
from famdesk.usecases.people import custom_fields, flags, people, schooling
from tests.support.offices import Desk
from tests.support.scenarios import Call, Scenarios, call, version
from tests.support.scenarios_people import known

SCENARIOS = Scenarios()
TODAY, REVIEW = date(2025, 2, 11), date(2025, 6, 1)


@SCENARIOS.of(people.add_person, "all details")
def _(desk: Desk) -> tuple[Office, Call]:
    return desk.sign_in("reception"), call(
        people.add_person, surname="Quarantotti", given_name="Zelinda", birth_part="1987-05", birth_text="maggio 1987?",
        birth_place="Durazzo", due_on=date(2025, 6, 12), language="sq", languages="it en", citizenship="AL",
        second_citizenship="IT", abode="reception_home", municipality="019036", town="Cremona",
        tax_code="STP0301234567890", keep_tax_code=True,
    )  # fmt: skip


@SCENARIOS.of(schooling.add_school_year)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("reception")
    return office, call(schooling.add_school_year, known(office), year=2024, kind="nursery", school="Nido Zelinda",
                        grade="grandi")  # fmt: skip


def _year(office: Office) -> str:
    return office.run(schooling.add_school_year, known(office), year=2024, kind="nursery", school="Nido Zelinda")


@SCENARIOS.of(schooling.change_school_year)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("educator")
    row = _year(office)
    return office, call(schooling.change_school_year, row, version(office, SchoolYear, row), year=2023, kind="spring",
                        school="Altro", body_id=None, grade=None, note="da settembre")  # fmt: skip


@SCENARIOS.of(schooling.remove_school_year)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("educator")
    row = _year(office)
    return office, call(schooling.remove_school_year, row, version(office, SchoolYear, row))


@SCENARIOS.of(flags.add_flag)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("social_worker")
    return office, call(flags.add_flag, known(office), "violence", sensitive=True, since=TODAY, review_on=REVIEW,
                        note="Zelinda lo racconta")  # fmt: skip


@SCENARIOS.of(flags.add_flag, "by reception")
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("reception")
    return office, call(flags.add_flag, known(office), "allergy")


def _flag(office: Office, kind: str, *, sensitive: bool) -> str:
    return office.run(flags.add_flag, known(office), kind, sensitive=sensitive, review_on=REVIEW)


@SCENARIOS.of(flags.change_flag)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("psychologist")
    flag = _flag(office, "housing", sensitive=False)
    return office, call(flags.change_flag, flag, version(office, Flag, flag), "violence", sensitive=True, since=TODAY,
                        review_on=None, note=None)  # fmt: skip


@SCENARIOS.of(flags.remove_flag)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("coordinator")
    flag = _flag(office, "violence", sensitive=True)
    return office, call(flags.remove_flag, flag, version(office, Flag, flag))


@SCENARIOS.of(custom_fields.add_field)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("coordinator")
    return office, call(custom_fields.add_field, name="Pediatra", kind="choice", choices="Rossini\nVerdini")


def field(office: Office, name: str = "Pediatra", kind: str = "text", choices: str | None = None) -> str:
    """A field of the centre's own."""
    return office.run(custom_fields.add_field, name=name, kind=kind, choices=choices)


@SCENARIOS.of(custom_fields.change_field)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("coordinator")
    one = field(office)
    return office, call(custom_fields.change_field, one, version(office, CustomField, one), name="Medico", kind="text",
                        choices=None)  # fmt: skip


@SCENARIOS.of(custom_fields.move_field)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("coordinator")
    field(office, "Medico")
    one = field(office)
    return office, call(custom_fields.move_field, one, version(office, CustomField, one), by=-1)


@SCENARIOS.of(custom_fields.retire_field)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("coordinator")
    one = field(office)
    return office, call(custom_fields.retire_field, one, version(office, CustomField, one))


@SCENARIOS.of(custom_fields.set_values)
def _(desk: Desk) -> tuple[Office, Call]:
    coordinator, office = desk.sign_in("coordinator"), desk.sign_in("educator")
    first, second = field(coordinator), field(coordinator, "Taglia", "number")
    person = known(office)
    office.run(custom_fields.set_values, person, {first: "Rossini"})
    return office, call(custom_fields.set_values, person, {first: None, second: "104"})
