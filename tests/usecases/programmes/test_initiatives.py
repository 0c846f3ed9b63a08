"""Initiatives in full on both engines: templates, copies of last year's, organisers in order, acts, seasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from famdesk.data.tables.centre import Act
from famdesk.data.tables.directory import Body
from famdesk.data.tables.programmes import Initiative, Meeting
from famdesk.domain.programmes.initiative_templates import TEMPLATES
from famdesk.usecases.enrolling import enrolment
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from famdesk.usecases.programmes import initiative_copies, initiatives, meetings, programmes
from famdesk.usecases.programmes.initiative_checks import (
    BadAges,
    BadBlankRows,
    BadFee,
    BadOfferHours,
    BadYear,
    NeedsItself,
    NotInList,
)
from famdesk.usecases.programmes.meetings import MeetingMove
from famdesk.usecases.programmes.programmes_rows import (
    InitiativeDetail,
    InitiativeValues,
    MeetingValues,
    OrganiserValues,
    PartyValues,
)
from tests.support.offices import Desk
from tests.support.scenarios import version, write

SIX = time(18)
FULL = InitiativeValues(
    "Spazio papà 2025", kind="support_space", function="B", target="padri", starts_on=date(2025, 2, 13),
    season="spring", season_year=2025, season_text="primavera 2025", capacity=12, capacity_per="meeting",
    counting="names", group_form="open", approval=True, offer_hours=24, enrol_until=date(2025, 2, 10),
    target_who="fathers", target_of_child=True, target_from=0, target_to=35, residents=True,
    questions="C’è violenza?\nC’è una causa?", fee_cents=0, flyer_text="Per papà", contact_text="333", blank_rows=3,
)  # fmt: skip


@pytest.fixture
def office(desk: Desk) -> Office:
    return desk.sign_in("coordinator")


def detail(office: Office, initiative: str) -> InitiativeDetail:
    return office.fetch(programmes.initiative, initiative)


def test_everything_that_is_typed_is_kept(office: Office) -> None:
    cycle = office.run(initiatives.add_initiative, FULL)
    assert detail(office, cycle).values == FULL


@pytest.mark.parametrize(
    ("values", "error", "field"),
    [
        ({"target_from": 40, "target_to": 10}, BadAges, "target_to"),
        ({"target_to": 121 * 12}, BadAges, "target_to"),
        ({"offer_hours": 0}, BadOfferHours, "offer_hours"),
        ({"fee_cents": -1}, BadFee, "fee_cents"),
        ({"blank_rows": 201}, BadBlankRows, "blank_rows"),
        ({"season_year": 25}, BadYear, "season_year"),
        ({"season": "carnival"}, NotInList, "season"),
        ({"target_who": "uncles"}, NotInList, "target_who"),
        ({"counting": "guess"}, NotInList, "counting"),
        ({"capacity_per": "hour"}, NotInList, "capacity_per"),
        ({"group_form": "secret"}, NotInList, "group_form"),
    ],
)
def test_what_is_typed_wrong_is_told_at_its_field(
    office: Office, values: dict[str, Any], error: type[Any], field: str
) -> None:
    with pytest.raises(error) as caught:
        office.run(initiatives.add_initiative, InitiativeValues("Prova", **values))
    assert caught.value.field == field


def test_prerequisites_do_not_go_in_a_circle(office: Office) -> None:
    first = office.run(initiatives.add_initiative, InitiativeValues("Nascita"))
    second = office.run(initiatives.add_initiative, InitiativeValues("Paternità", requires_id=first))
    assert detail(office, second).requires == "Nascita"
    with pytest.raises(NeedsItself):
        office.run(initiatives.change_initiative, first, 1, InitiativeValues("Nascita", requires_id=second))


def test_seasons_sort_between_dates(office: Office) -> None:
    for name, values in (
        ("Autunno", {"season": "autumn", "season_year": 2025}), ("Nessuna data", {}),
        ("Marzo", {"starts_on": date(2025, 3, 1)}), ("Primavera", {"season": "spring", "season_year": 2025}),
    ):  # fmt: skip
        office.run(initiatives.add_initiative, InitiativeValues(name, **values))  # type: ignore[arg-type]
    names = [row.name for row in office.fetch(programmes.initiatives)]
    assert names == ["Marzo", "Primavera", "Autunno", "Nessuna data"]


@pytest.mark.parametrize("code", [one.code for one in TEMPLATES])
def test_each_template_makes_an_initiative_that_can_be_saved_again(office: Office, code: str) -> None:
    pattern = next(one for one in TEMPLATES if one.code == code)
    made = office.run(initiative_copies.add_from, code)
    found = detail(office, made)
    assert len(found.meetings) == pattern.meetings
    assert all(row.day is None and row.minutes == pattern.minutes for row in found.meetings)
    office.run(initiatives.change_initiative, made, found.row.version, found.values)
    office.undo()
    assert office.fetch(programmes.initiatives) == ()


def test_mediation_has_three_to_twelve_meetings_and_asks_before(office: Office) -> None:
    made = office.run(initiative_copies.add_from, "mediation", "Mediazione", 12)
    found = detail(office, made)
    assert (found.row.name, len(found.meetings)) == ("Mediazione", 12)
    assert found.values.questions == (
        "Is there, or was there, violence in the family?\nIs a suit between you pending in court?"
    )
    for number in (2, 13):
        with pytest.raises(initiative_copies.BadNumber):
            office.run(initiative_copies.add_from, "mediation", None, number)


def last_year(office: Office) -> str:
    """Two Thursdays in a place, led by a colleague with a helper; the second was moved, somebody is enrolled."""
    values = replace(FULL, questions=None, target_who=None, target_of_child=False, target_from=None, target_to=None,
                     residents=False, approval=False, enrol_until=date(2025, 3, 1))  # fmt: skip
    cycle = office.run(initiatives.add_initiative, values)
    staff, parties = office.actor.staff_id, (PartyValues("helper", name="Anna"),)
    for day in (date(2025, 2, 13), date(2025, 2, 20)):
        meeting = MeetingValues(day, SIX, 90, leader_staff_id=staff, theme="Il gioco", capacity=9, materials="palla",
                                child_care=True, child_care_places=4, parties=parties)  # fmt: skip
        office.run(meetings.add_meeting, cycle, meeting)
    second = detail(office, cycle).meetings[1]
    office.run(meetings.move_meeting, second.id, second.version, MeetingMove(date(2025, 3, 6), SIX, 90), "Sciopero")
    person = office.run(people.add_person, surname="Rossi")
    office.run(enrolment.enrol, cycle, person)
    return cycle


def test_a_copy_moves_all_days_by_a_year_to_the_same_weekday_without_people(office: Office) -> None:
    cycle = last_year(office)
    made = office.run(initiative_copies.copy, cycle)
    found = detail(office, made)
    assert (found.row.name, found.row.state, found.copied_from) == (
        "Spazio papà 2026",
        "preparation",
        "Spazio papà 2025",
    )
    assert (found.values.season_year, found.values.season_text) == (2026, "primavera 2026")
    assert (found.values.starts_on, found.values.enrol_until) == (date(2026, 2, 12), date(2026, 2, 28))
    assert [(row.day, row.starts, row.moved_from, row.reason) for row in found.meetings] == [
        (date(2026, 2, 12), SIX, None, None), (date(2026, 2, 19), SIX, None, None),
    ]  # fmt: skip
    first = found.meetings[0]
    assert (first.theme, first.own_capacity, first.materials, first.child_care, first.child_care_places) == (
        "Il gioco", 9, "palla", True, 4
    )  # fmt: skip
    assert [one.name for one in first.parties] == ["Anna"]
    assert first.leader_staff_id == office.actor.staff_id
    assert found.row.enrolled == 0
    assert found.participants is not None
    assert found.participants.enrolments == ()


def test_whoever_is_taken_on_the_new_day_is_left_to_be_set(office: Office) -> None:
    cycle = last_year(office)
    office.run(initiative_copies.copy, cycle)
    again = detail(office, office.run(initiative_copies.copy, cycle))
    assert [(row.day, row.leader) for row in again.meetings] == [
        (date(2026, 2, 12), None), (date(2026, 2, 19), None),
    ]  # fmt: skip


def test_own_templates_have_no_days_and_stand_in_no_list(office: Office) -> None:
    cycle = last_year(office)
    kept = office.run(initiative_copies.keep_as_template, cycle, "Spazio papà")
    assert [row.id for row in office.fetch(programmes.initiatives)] == [cycle]
    own = office.fetch(initiative_copies.templates)[0]
    assert (own.id, own.name, own.own, own.meetings) == (kept, "Spazio papà", True, 2)
    made = detail(office, office.run(initiative_copies.add_from, kept, "Spazio papà 2027"))
    assert [(row.day, row.theme) for row in made.meetings] == [(None, "Il gioco")] * 2
    assert made.values.starts_on is None
    office.run(initiative_copies.remove_template, kept)
    assert not [row for row in office.fetch(initiative_copies.templates) if row.own]
    with pytest.raises(initiative_copies.NoSuchTemplate):
        office.run(initiative_copies.remove_template, cycle)


def test_organisers_stand_in_their_order_with_shares(office: Office) -> None:
    cycle = office.run(initiatives.add_initiative, InitiativeValues("A.Pe"))
    bodies = [Body(name=name, kind="other") for name in ("Comune", "Consultorio", "Fondazione")]
    write(office, initiatives.set_organisers, *bodies)
    comune, consultorio, fondazione = (body.id for body in bodies)
    rows = (OrganiserValues(consultorio, "organiser"), OrganiserValues(comune, "organiser"),
            OrganiserValues(fondazione, "funder", 1_500_00), OrganiserValues(comune, "funder"))  # fmt: skip
    office.run(initiatives.set_organisers, cycle, rows)
    shown = detail(office, cycle).organisers
    assert [(row.name, row.role, row.share_cents) for row in shown] == [
        ("Consultorio", "organiser", None), ("Comune", "organiser", None), ("Fondazione", "funder", 150000),
        ("Comune", "funder", None),
    ]  # fmt: skip
    office.run(initiatives.set_organisers, cycle, rows[1:2])
    assert [row.name for row in detail(office, cycle).organisers] == ["Comune"]
    office.undo()
    assert len(detail(office, cycle).organisers) == 4
    with pytest.raises(initiatives.TwiceNamed):
        office.run(initiatives.set_organisers, cycle, (rows[0], rows[0]))
    with pytest.raises(initiatives.BadShare):
        office.run(initiatives.set_organisers, cycle, (OrganiserValues(comune, "funder", -1),))


def test_acts_in_their_order(office: Office) -> None:
    cycle = office.run(initiatives.add_initiative, InitiativeValues("A.Pe"))
    acts = [Act(kind="resolution", number="1507", issued_on=date(2023, 12, 13)), Act(kind="decree", title="Fondo")]
    write(office, initiatives.set_acts, *acts)
    office.run(initiatives.set_acts, cycle, [acts[1].id, acts[0].id])
    found = [row.text for row in detail(office, cycle).acts]
    assert found[0].endswith(": Fondo")
    assert found[1].endswith("1507 of 13 December 2023")


def test_a_template_takes_nothing_in_the_calendar(office: Office) -> None:
    cycle = last_year(office)
    office.run(initiative_copies.keep_as_template, cycle)
    dated = office.fetch(programmes.meetings, date(2025, 1, 1), date(2025, 12, 31))
    assert {row.initiative_id for row in dated} == {cycle}
    assert version(office, Initiative, cycle) >= 1
    assert all(version(office, Meeting, row.id) for row in dated)
