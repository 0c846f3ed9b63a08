"""Who and what else takes part: rights of all persons, consents of all minors, resources, families as hints."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from famdesk.data.tables.people import Person
from famdesk.domain.calendar.claims import Overlap
from famdesk.domain.errors import Forbidden, NotFound, Required, Stale
from famdesk.usecases import journal
from famdesk.usecases.calendar import appointment_checks, calendar, parties, resources
from famdesk.usecases.calendar.parties import Extras
from famdesk.usecases.calendar.resources import ResourceValues
from famdesk.usecases.calendar.taken import Party
from famdesk.usecases.consent.consents import ConsentMissing
from famdesk.usecases.office import Office
from famdesk.usecases.people import merging, people, privacy_rights
from tests.support.calendars import DAY, Seeded, at, seed
from tests.support.offices import Desk
from tests.support.scenarios import version
from tests.usecases.calendar.test_claims import book

AMAL = ResourceValues("mediator", "Amal", ("ar", "fr"))


@pytest.fixture
def lead(desk: Desk) -> Office:
    return desk.sign_in("coordinator")


@pytest.fixture
def seeded(lead: Office) -> Seeded:
    return seed(lead)


def told(office: Office, **more: Any) -> list[tuple[str, bool, bool, str]]:
    query: Any = calendar.conflicts
    rows = office.fetch(query, at(17), at(18), **more)
    return [(row.text, row.blocking, row.allowed, row.way_out) for row in rows]


def test_everything_comes_back_as_it_was_given(lead: Office, seeded: Seeded) -> None:
    amal = lead.run(resources.add_resource, AMAL)
    others = (Party("resource", amal), Party("person", seeded.person), Party("room", seeded.other_room))
    booked = book(lead, at(9), kind="home_visit", extras=Extras(others, where_text=" da loro ", note="citofono 3"))
    found = lead.fetch(calendar.appointment, booked)
    assert {(one.kind, one.name) for one in found.others} == {
        ("resource", "Amal"), ("person", "Prova Ines"), ("room", "Stanza 2"),
    }  # fmt: skip
    assert (found.where_text, found.note, found.travel_before, found.travel_after) == ("da loro", "citofono 3", 20, 20)
    [row] = lead.fetch(calendar.appointments, DAY, DAY)
    assert row.others == found.others
    assert lead.fetch(calendar.appointments, DAY, DAY, room_id=seeded.other_room) == (row,)
    lead.run(parties.set_extras, booked, 1, Extras((Party("room", seeded.room),), travel_before=0, travel_after=5))
    found = lead.fetch(calendar.appointment, booked)
    assert [one.id for one in found.others] == [seeded.room]
    assert (found.where_text, found.travel_before, found.travel_after) == (None, 0, 5)


def test_change_without_extras_leaves_them(lead: Office, seeded: Seeded) -> None:
    booked = book(lead, at(9), extras=Extras((Party("room", seeded.room),), note="x"))
    lead.run(calendar.change, booked, 1, starts=at(9), ends=at(10), kind="couple", person_id=None, staff_id=None,
             access_point_id=None, room_id=None, function=None, label=None)  # fmt: skip
    found = lead.fetch(calendar.appointment, booked)
    assert ([one.id for one in found.others], found.note) == ([seeded.room], "x")


def test_a_mediator_is_never_in_two_places(lead: Office, seeded: Seeded) -> None:
    amal, bea = (
        lead.run(resources.add_resource, ResourceValues("mediator", name, ("ar",))) for name in ("Amal", "Bea")
    )
    book(lead, at(17), extras=Extras((Party("resource", amal),)))
    with pytest.raises(Overlap) as caught:
        book(lead, at(17, 30), extras=Extras((Party("resource", amal),)), overlap_reason="due insieme")
    assert (
        caught.value.sentence()
        == "Amal is already booked at 17:00 and cannot be in two places. Bea is free at that time."
    )
    assert told(lead, others=(Party("resource", amal),)) == [
        ("Amal is already booked at 17:00 and cannot be in two places.", True, False, "Bea is free at that time."),
    ]
    book(lead, at(17, 30), extras=Extras((Party("resource", bea),)))


def test_conflicts_tell_the_way_out(lead: Office, seeded: Seeded) -> None:
    staff = lead.actor.staff_id
    book(lead, at(17), ends=at(17, 40), staff_id=staff, room_id=seeded.room)
    assert told(lead, staff_id=staff, room_id=seeded.room) == [
        ("Prova coordinator already has an appointment at 17:00 (Interview).", True, True,
         "Prova coordinator is free from 17:45."),
        ("Stanza 1 is already taken at 17:00 (Interview).", True, True, "Stanza 1 is free from 17:45."),
    ]  # fmt: skip
    lead.run(calendar.cancel, book(lead, at(9)), 1, "centre")
    rows = lead.fetch(calendar.conflicts, at(17), at(17, 30), room_id=seeded.room)
    assert rows[0].way_out == "Stanza 2 is free at that time."  # before its meeting of 17:30


def test_the_family_is_a_hint(lead: Office, seeded: Seeded) -> None:
    sister = lead.run(people.add_person, surname="Prova", given_name="Lea")
    lead.run(people.add_household, "Casa", [(seeded.person, "member"), (sister, "member")])
    assert lead.fetch(parties.family, seeded.person) == ((sister, "Prova Lea"),)
    book(lead, at(17, 30), person_id=sister)
    book(lead, at(9), kind="couple", extras=Extras((Party("person", sister),)))
    assert told(lead, person_id=seeded.person) == [
        ("Prova Lea, of the same family, comes the same day at 9:00 (Couple interview).", False, True, ""),
        ("Prova Lea, of the same family, has an appointment at 17:30 (Interview).", False, True, ""),
    ]
    assert told(lead, person_id=seeded.person, others=(Party("person", sister),))[0][0] == (
        "Prova Lea already has another appointment at 17:30 (Interview)."
    )


def test_all_persons_have_to_be_known(desk: Desk, lead: Office, seeded: Seeded) -> None:
    extras = Extras((Party("person", seeded.protected), Party("room", seeded.other_room)))
    booked = book(lead, at(9), person_id=seeded.person, staff_id=lead.actor.staff_id, extras=extras)
    reception = desk.sign_in("reception")
    [row] = reception.fetch(calendar.appointments, DAY, DAY)
    assert (row.id, row.masked, row.who, row.kind, row.person_id) == (booked, True, "", "", None)
    assert [(one.kind, one.name) for one in row.others] == [("room", "Stanza 2")]
    for act in (lambda: reception.fetch(calendar.appointment, booked),
                lambda: reception.run(calendar.move, booked, 1, at(10)),
                lambda: reception.run(parties.set_extras, booked, 1, Extras())):  # fmt: skip
        with pytest.raises(NotFound):
            act()
    with pytest.raises(NotFound):
        book(reception, at(12), extras=Extras((Party("person", seeded.protected),)))
    rows = reception.fetch(
        calendar.conflicts, at(9), at(10), lead.actor.staff_id, others=(Party("room", seeded.other_room),)
    )
    assert [one.text for one in rows] == [
        "Prova coordinator is already busy at 9:00.",
        "Stanza 2 is already taken at 9:00.",
    ]


@pytest.mark.parametrize("name", ["note", "where_text"])
def test_no_text_beside_somebody_protected(lead: Office, seeded: Seeded, name: str) -> None:
    text: Any = {name: "dalla zia"}
    with pytest.raises(appointment_checks.LabelTells) as caught:
        book(lead, at(9), person_id=seeded.protected, extras=Extras(**text))
    assert caught.value.field == name
    with pytest.raises(appointment_checks.LabelTells):
        book(lead, at(9), extras=Extras((Party("person", seeded.protected),), **text))


def test_an_interview_needs_the_consent_for_every_minor(lead: Office, seeded: Seeded) -> None:
    child = lead.run(people.add_person, surname="Prova", given_name="Nina", birth_date=date(2018, 5, 1))
    extras = Extras((Party("person", child),))
    with pytest.raises(ConsentMissing):
        book(lead, at(9), person_id=seeded.person, extras=extras)
    booked = book(lead, at(9), kind="team", extras=extras)
    with pytest.raises(ConsentMissing):
        lead.run(calendar.change, booked, 1, starts=at(9), ends=at(10), kind="interview", person_id=None,
                 staff_id=None, access_point_id=None, room_id=None, function=None, label=None)  # fmt: skip


def test_way_and_parties_have_limits(lead: Office) -> None:
    with pytest.raises(parties.TravelTooLong):
        book(lead, at(9), extras=Extras(travel_before=-1))
    with pytest.raises(parties.UnknownParty):
        book(lead, at(9), extras=Extras((Party("resource", "01a201f0-140b-7e16-a003-d4c803842a2f"),)))


def test_resources_are_kept_by_who_leads(desk: Desk, lead: Office) -> None:
    car = lead.run(resources.add_resource, ResourceValues("vehicle", " Panda "))
    lead.run(resources.add_resource, AMAL)
    for role in ("reception", "educator", "social_worker", "psychologist"):
        with pytest.raises(Forbidden):
            desk.sign_in(role).run(resources.add_resource, AMAL)
    with pytest.raises(resources.LanguageMissing):
        lead.run(resources.add_resource, ResourceValues("mediator", "Bea"))
    with pytest.raises(Required):
        lead.run(resources.add_resource, ResourceValues("equipment", " "))
    with pytest.raises(resources.UnknownResource):
        lead.run(resources.add_resource, ResourceValues("magic", "x"))
    lead.run(resources.retire_resource, car, 1, retired=True)
    rows = desk.sign_in("reception").fetch(resources.resources)
    assert [(row.values.name, row.active) for row in rows] == [("Amal", True), ("Panda", False)]


def test_undo_brings_nobody_to_an_interview_without_consent(lead: Office, seeded: Seeded) -> None:
    child = lead.run(people.add_person, surname="Prova", given_name="Nina", birth_date=date(2018, 5, 1))
    booked = book(lead, at(9), kind="team", extras=Extras((Party("person", child),)))
    lead.run(parties.set_extras, booked, 1, Extras())
    lead.run(calendar.change, booked, 2, starts=at(9), ends=at(10), kind="interview", person_id=seeded.person,
             staff_id=None, access_point_id=None, room_id=None, function=None, label=None)  # fmt: skip
    taken_out = lead._done[-2].seq
    with pytest.raises(ConsentMissing):
        lead.run(journal.revert, taken_out, "undo")


def test_an_erasure_empties_where_somebody_was_present(lead: Office, seeded: Seeded) -> None:
    person = lead.run(people.add_person, surname="Quarantotti")
    past = at(9, day=date(2025, 2, 3))
    with_nobody = book(lead, past, kind="team", label="su Quarantotti", extras=Extras((Party("person", person),)))
    of_other = book(
        lead, past, kind="couple", person_id=seeded.person, label="due", extras=Extras((Party("person", person),))
    )
    ahead = book(lead, at(9), kind="team", extras=Extras((Party("person", person),)))
    with pytest.raises(privacy_rights.StillOpen):
        lead.run(privacy_rights.erase, person, version(lead, Person, person), "chiesto")
    lead.run(calendar.cancel, ahead, 1, "family")
    lead.run(privacy_rights.erase, person, version(lead, Person, person), "chiesto")
    emptied, stays = (lead.fetch(calendar.appointment, one) for one in (with_nobody, of_other))
    assert (emptied.label, emptied.others) == (None, ())
    assert (stays.label, stays.others) == ("due", ())


def test_after_a_merge_the_one_file_is_present(lead: Office, seeded: Seeded) -> None:
    one, two = (lead.run(people.add_person, surname="Quarantotti", given_name="Zelinda") for _number in range(2))
    booked = book(lead, at(9), kind="team", extras=Extras((Party("person", one), Party("person", two))))
    read = [version(lead, Person, key) for key in (one, two)]
    lead.run(merging.merge, one, read[0], two, read[1], {})
    assert [row.id for row in lead.fetch(calendar.appointment, booked).others] == [one]


def test_two_desks_change_the_others(desk: Desk, lead: Office, seeded: Seeded) -> None:
    booked = book(lead, at(9))
    lead.run(parties.set_extras, booked, 1, Extras((Party("room", seeded.room),)))
    with pytest.raises(Stale):
        desk.sign_in("reception").run(parties.set_extras, booked, 1, Extras((Party("room", seeded.other_room),)))
    lead.undo()
    lead.redo()
    assert [row.id for row in lead.fetch(calendar.appointment, booked).others] == [seeded.room]
