"""Merging two files of one person and taking them apart: every table that points at a person, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from famdesk.data import records
from famdesk.data.base import Base
from famdesk.data.tables.people import Person
from famdesk.domain.errors import Forbidden, NotFound, Stale
from famdesk.domain.people import merging as rules
from famdesk.usecases.family import households
from famdesk.usecases.people import contacts, merging, people
from famdesk.usecases.people.merge_moves import pointers
from tests.support.offices import Desk
from tests.support.scenarios import version
from tests.support.two_files import Two, two_files
from tests.usecases.test_undo import differences

SINCE = date(2024, 9, 1)


@pytest.fixture
def two(desk: Desk, request: pytest.FixtureRequest) -> Iterator[Two]:
    server = request.getfixturevalue("postgres") if desk.home.settings().server else None
    with two_files(desk, server) as made:
        yield made


def _pointing_at(two: Two, person: str) -> list[str]:
    """The live rows that point at a person, whatever their table."""
    found = []
    for pointer in pointers():
        table = Base.metadata.tables[pointer.table]
        column = getattr(pointer.kind, pointer.column).property.columns[0].name
        with two.engine.connect() as connection:
            rows = connection.execute(select(table.c.id).where(table.c[column] == person, table.c.deleted_at.is_(None)))
            found += [f"{pointer.table}.{pointer.column} {row.id}" for row in rows]
    return found


def test_every_column_that_points_at_a_person_is_found_by_itself() -> None:
    wanted = {
        (table.name, column.name) for table in Base.metadata.tables.values() for column in table.columns
        if table.name not in records.BY_TABLE or records.BY_TABLE[table.name].journalled
        if any(key.column.table.name == "person" for key in column.foreign_keys)
    }  # fmt: skip
    assert {(one.table, one.column) for one in pointers()} == wanted
    assert len(wanted) > 20
    unnamed = {table for table, _column in wanted} - set(rules.LABELS)
    assert not unnamed, "say in famdesk.domain.people.merging what their records are called"


def test_merge_and_unmerge_leave_every_row_of_every_table_as_it_was(two: Two) -> None:
    """Families, appointments, enrolments, consents and whatever else there is: a row of each in both files."""
    before = two.rows()
    tables = {pointer.table for pointer in pointers()} - {"person"}
    assert all(_pointing_at(two, one) for one in (two.kept, two.other))
    assert tables <= {line.partition(".")[0] for line in _pointing_at(two, two.other)}
    made = two.merge()
    after = two.rows()
    keys = {str(values["record_id"]).replace("-", "") for key, values in after.items() if key[0] == "search_key"}
    assert two.kept.replace("-", "") in keys
    assert two.other.replace("-", "") not in keys
    assert set(after) >= {key for key in before if key[0] != "search_key"}, "a row was lost"
    left = {line.partition(" ")[0] for line in _pointing_at(two, two.other)}
    of_authors = {"note_person.person_id", "note_release.person_id", "note_release.other_id"}
    assert left == {"merge.other_id", *of_authors}, "history, and what is signed with its names"
    assert two.value("person", two.other, "merged_into_id") == two.kept
    apart = two.office.run(merging.unmerge, made)
    assert apart.stayed == ()
    assert apart.back >= len(tables)
    assert differences(before, two.rows()) == []
    assert _pointing_at(two, two.other)


def test_undo_and_redo_of_both(two: Two) -> None:
    before = two.rows()
    made = two.merge()
    merged = two.rows()
    two.office.run(merging.unmerge, made)
    for turn, wanted in ((two.office.undo, merged), (two.office.undo, before), (two.office.redo, merged),
                         (two.office.redo, before)):  # fmt: skip
        turn()
        assert differences(wanted, two.rows()) == []


def _collide(two: Two) -> dict[str, str]:
    """Rows of the other file that say what the kept file's rows say."""
    mine = two.ids[two.kept]
    made = {
        "membership": two.add("membership", two.other, household_id=mine["household"], role="mother", valid_from=SINCE),
        "enrolment": two.add("enrolment", two.other, initiative_id=mine["initiative"], state="enrolled"),
        "contact_point": two.add("contact_point", two.other, kind="phone", value="0372-407 788", may_call=False),
        "custom_value": two.add("custom_value", two.other, field_id=mine["custom_field"], value="blu"),
        "relation": two.add("relation", two.other, other_id=two.kept, kind="sibling"),
        "not_same": two.add("not_same", two.other, other_id=two.kept),
        "person_staff": two.add("person_staff", two.other, kind="assigned"),
        "flag": two.add("flag", two.other, kind="debt", sensitive=True, note="b"),
    }  # fmt: skip
    two.add("contact_point", two.kept, kind="mobile", value="0372 407788", may_call=True, neutral_name="Biblioteca")
    two.add("person_staff", two.kept, kind="assigned")
    two.add("flag", two.kept, kind="debt", sensitive=False, note="a")
    return made


def test_what_is_in_both_files_becomes_one_and_nothing_is_lost(two: Two) -> None:
    mine = two.ids[two.kept]
    same = _collide(two)
    came = two.add("attendance", two.other, enrolment_id=same["enrolment"], meeting_id=mine["meeting"], present=True)
    alone = two.add("meeting", two.kept)
    also = two.add("attendance", two.other, enrolment_id=same["enrolment"], meeting_id=alone, present=True)
    two.reindex()
    before = two.rows()
    shown = {row.label: row for row in two.office.fetch(merging.preview, two.kept, two.other).linked}
    assert shown["Enrolments"].both == 1
    assert shown["Places in households"].both == 1
    made = two.merge()
    assert all(two.gone(table, row_id) for table, row_id in same.items())
    assert two.gone("attendance", came)
    assert two.value("attendance", mine["attendance"], "present") is True
    assert two.value("attendance", also, "enrolment_id") == mine["enrolment"]
    assert two.value("enrolment", mine["enrolment"], "state") == "enrolled"
    file = two.office.fetch(people.person, two.kept)
    numbers = [point for point in file.contacts if point.value == "0372 407788"]
    assert [(point.rule.may_call, point.rule.neutral_name) for point in numbers] == [(False, "Biblioteca")]
    two.office.run(merging.unmerge, made)
    assert differences(before, two.rows()) == []


def test_rules_that_disagree_stay_side_by_side(two: Two) -> None:
    two.add("contact_point", two.kept, kind="phone", value="0372 407788", neutral_name="Biblioteca")
    two.add("contact_point", two.other, kind="phone", value="0372 407788", neutral_name="Scuola")
    two.merge()
    file = two.office.fetch(people.person, two.kept)
    names = {point.rule.neutral_name for point in file.contacts if point.value == "0372 407788"}
    assert names == {"Biblioteca", "Scuola"}


def test_households_are_not_dragged_along(two: Two) -> None:
    office = two.office
    aunt, uncle = (office.run(people.add_person, surname=name) for name in ("Zia", "Zio"))
    hers = office.run(households.add_household, "Casa Zia", ((two.kept, "child"), (aunt, "mother")), since=SINCE)
    his = office.run(households.add_household, "Casa Zio", ((two.other, "child"), (uncle, "father")), since=SINCE)
    two.merge()
    file = office.fetch(people.person, two.kept)
    members = {home.id: {member.person_id for member in home.members} for home in file.households}
    assert members[hers] == {two.kept, aunt}
    assert members[his] == {two.kept, uncle}
    assert {home.name for home in file.households} >= {"Casa Zia", "Casa Zio"}
    assert [home.id for home in office.fetch(people.person, uncle).households] == [his]


def test_field_by_field(two: Two) -> None:
    office = two.office
    office.run(people.change_person, two.kept, version(office, Person, two.kept), town=None, alias="Momo",
               birth_part="1987", citizenship=None)  # fmt: skip
    office.run(people.change_person, two.other, version(office, Person, two.other), town="Cremona", alias="Mimmo",
               birth_date=date(1987, 5, 3), needs_mediator=True)  # fmt: skip
    office.run(people.set_privacy, two.other, version(office, Person, two.other), "signed", SINCE)
    fields = {one.name: one for one in office.fetch(merging.preview, two.kept, two.other).fields}
    assert {name: fields[name].choice for name in ("given_name", "town", "birth_date", "note", "privacy", "alias")} == {
        "given_name": "kept", "town": "other", "birth_date": "other", "note": "both", "privacy": "other",
        "alias": "kept",
    }  # fmt: skip
    assert fields["note"].choices == ("kept", "other", "both")
    assert [name for name, one in fields.items() if one.differs] == ["given_name", "alias", "birth_date", "note"]
    two.merge(given_name="other")
    file = office.fetch(people.person, two.kept)
    assert (file.given_name, file.alias, file.town) == ("Mohamed", "Momo", "Cremona")
    assert (file.birth_date, file.birth_part) == (date(1987, 5, 3), None)
    assert (file.privacy, file.privacy_on, file.needs_mediator) == ("signed", SINCE, True)
    assert file.note == "Nota kept 1\nNota other 1"


@pytest.mark.parametrize("choices", [{"given_name": "both"}, {"protected": "other"}, {"town": "?"}])
def test_a_choice_that_is_none(two: Two, choices: dict[str, str]) -> None:
    with pytest.raises(merging.BadChoice) as caught:
        two.merge(**choices)
    assert caught.value.field in choices


def test_the_merged_file_is_found_under_its_name_and_leads_to_the_kept_one(two: Two) -> None:
    office = two.office
    two.merge()
    for text in ("Hossain Mohamed", "Hossain Muhammad"):
        assert [hit.id for hit in office.fetch(people.find_persons, text)] == [two.kept], text
    file = office.fetch(people.person, two.other)
    assert (file.id, file.asked_id) == (two.kept, two.other)
    row = next(row for row in file.merged if row.label == "Hossain Mohamed")
    assert (row.merged_on, row.until, row.left) == (date(2025, 2, 11), date(2025, 3, 13), 0)
    steps = office.fetch(people.file_history, two.other)
    assert steps[0].label == "Two files of one person merged"
    assert [step.label for step in steps].count("Person changed") == 2, "the history of both"
    office.undo()
    assert office.fetch(people.person, two.other).id == two.other


def test_what_is_written_through_an_old_link_goes_into_the_kept_file(two: Two) -> None:
    office = two.office
    made = two.merge()
    point = office.run(contacts.add_contact_point, two.other, kind="mobile", value="333 0000555")
    assert two.value("contact_point", point, "person_id") == two.kept
    office.run(merging.unmerge, made)
    assert two.value("contact_point", point, "person_id") == two.kept, "nobody knows whose it is"


def test_what_was_changed_since_stays_and_is_told(two: Two) -> None:
    office = two.office
    two.add("contact_point", two.kept, kind="phone", value="0372 407788")
    one = two.add("contact_point", two.other, kind="phone", value="0372 407788", may_call=False, owner="nonna")
    made = two.merge()
    file = office.fetch(people.person, two.kept)
    office.run(people.change_person, two.kept, file.version, given_name="Momi")
    point = next(point for point in file.contacts if point.value == "0372 407788")
    assert point.owner == "nonna"
    office.run(contacts.change_contact_point, point.id, point.version, kind="phone", value="0372 1", owner="zia",
               may_call=True, may_leave_message=True, may_write=True, safe_from=None, safe_to=None,
               neutral_name=None)  # fmt: skip
    apart = office.run(merging.unmerge, made)
    assert {row.label: row.count for row in apart.stayed} == {"Phone numbers, mail addresses and other contacts": 1}
    assert not two.gone("contact_point", one)
    assert two.value("contact_point", point.id, "owner") == "zia"
    assert office.fetch(people.person, two.kept).given_name == "Momi"


def test_files_merged_one_after_the_other_come_apart_in_any_order(two: Two) -> None:
    office = two.office
    third = office.run(people.add_person, surname="Terzo", phone="0372 333")
    before = two.rows()
    first = two.merge()
    read = [version(office, Person, one) for one in (third, two.kept)]
    second = office.run(merging.merge, third, read[0], two.kept, read[1])
    assert office.fetch(people.person, two.other).id == third
    assert {hit.id for hit in office.fetch(people.find_persons, "Mohamed Hossain")} == {third}
    office.run(merging.unmerge, first)
    assert office.fetch(people.person, two.other).id == two.other
    assert office.fetch(people.person, two.kept).id == third
    office.run(merging.unmerge, second)
    left = differences(before, two.rows())
    assert left == []


def test_what_did_not_come_along_is_taken_over_later(two: Two) -> None:
    """What is said of two persons is not moved by whoever may not know of one of them."""
    office, worker = two.office, two.desk.sign_in("social_worker")
    for one in (two.kept, two.other):
        two.add("person_staff", one, kind="assigned", staff_id=worker.actor.staff_id)
    hidden = office.run(people.add_person, surname="Nascosta")
    office.run(people.set_protection, hidden, 1, protected=True, restricted=False, reason="tutela")
    tie = two.add("relation", two.other, other_id=hidden, kind="parent")
    read = [version(worker, Person, one) for one in (two.kept, two.other)]
    made = worker.run(merging.merge, two.kept, read[0], two.other, read[1])
    assert two.value("relation", tie, "person_id") == two.other
    assert next(row for row in office.fetch(people.person, two.kept).merged if row.id == made).left == 1
    assert next(row for row in worker.fetch(people.person, two.kept).merged if row.id == made).left == 0
    assert office.run(merging.take_over, made) == 1
    assert two.value("relation", tie, "person_id") == two.kept
    office.run(merging.unmerge, made)
    assert two.value("relation", tie, "person_id") == two.other


def test_who_may_and_when(two: Two) -> None:
    office, worker, reception = two.office, two.desk.sign_in("social_worker"), two.desk.sign_in("reception")
    read = [version(office, Person, one) for one in (two.kept, two.other)]
    with pytest.raises(Forbidden):
        reception.run(merging.merge, two.kept, read[0], two.other, read[1])
    with pytest.raises(merging.SameFile):
        office.run(merging.merge, two.kept, read[0], two.kept, read[0])
    with pytest.raises(Stale):
        office.run(merging.merge, two.kept, read[0], two.other, read[1] - 1)
    tie = office.run(people.block, two.other, reception.actor.staff_id, "è la zia")
    with pytest.raises(merging.UnevenGuards):
        worker.run(merging.merge, two.kept, read[0], two.other, read[1])
    two.merge()
    assert two.value("person_staff", tie, "person_id") == two.kept
    with pytest.raises(NotFound):
        reception.fetch(people.person, two.kept)
    with pytest.raises(merging.MergedAlready):
        two.merge()


def test_protection_is_never_lost(two: Two) -> None:
    office, reception = two.office, two.desk.sign_in("reception")
    read = version(office, Person, two.other)
    office.run(people.set_protection, two.other, read, protected=True, restricted=False, reason="tutela")
    made = two.merge()
    with pytest.raises(NotFound):
        reception.fetch(people.person, two.kept)
    assert reception.fetch(people.find_persons, "Hossain") == ()
    office.run(merging.unmerge, made)
    assert reception.fetch(people.person, two.kept).id == two.kept
    with pytest.raises(NotFound):
        reception.fetch(people.person, two.other)


def test_thirty_days(two: Two) -> None:
    made = two.merge()
    two.desk.clock.now += rules.APART_FOR + timedelta(days=1)
    with pytest.raises(merging.ApartTooLate):
        two.office.run(merging.unmerge, made)
    two.desk.clock.now -= timedelta(days=1)
    assert two.office.fetch(people.person, two.kept).merged[0].until == date(2025, 3, 13)
    two.office.run(merging.unmerge, made)
    with pytest.raises(merging.ApartAlready):
        two.office.run(merging.unmerge, made)
