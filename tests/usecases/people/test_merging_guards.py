"""Merged files and who may know of them: guards hold for the part, survive taking apart, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from famdesk.data.base import Base
from famdesk.data.tables.consents import Consent
from famdesk.data.tables.people import Person
from famdesk.domain.errors import NotFound
from famdesk.domain.people import merging as rules
from famdesk.usecases import journal
from famdesk.usecases.consent import consenting, consents
from famdesk.usecases.family import family_file
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, merging, people, person_history, person_search, privacy_rights
from tests.support.offices import Desk
from tests.support.scenarios import version
from tests.support.two_files import Two, two_files
from tests.usecases.test_undo import differences


@pytest.fixture
def two(desk: Desk, request: pytest.FixtureRequest) -> Iterator[Two]:
    server = request.getfixturevalue("postgres") if desk.home.settings().server else None
    with two_files(desk, server) as made:
        yield made


def _hidden_file(two: Two, reader: Office) -> None:
    """What a colleague who may not know of the kept file asks about the part of it."""
    for asked in (lambda: reader.fetch(person_history.known_on, two.other, date(2025, 2, 11)),
                  lambda: reader.fetch(consents.consents_of, two.other),
                  lambda: reader.fetch(family_file.family_file, two.other),
                  lambda: reader.fetch(people.person, two.other),
                  lambda: reader.run(people.change_person, two.other, version(two.office, Person, two.other),
                                     note="mine"),
                  lambda: reader.fetch(journal.history, "person", two.other)):  # fmt: skip
        with pytest.raises(NotFound):
            asked()


def _protect(two: Two, person: str, *, protected: bool = True) -> None:
    read = version(two.office, Person, person)
    two.office.run(people.set_protection, person, read, protected=protected, restricted=False, reason="tutela")


def _mark(two: Two, person: str, name: str) -> Any:
    return two.value("person", person, name)


@pytest.mark.parametrize("before", [True, False])
def test_the_part_is_hidden_with_the_kept_file(two: Two, before: bool) -> None:
    reception = two.desk.sign_in("reception")
    if before:
        _protect(two, two.kept)
    two.merge()
    if not before:
        assert reception.fetch(person_history.known_on, two.other, date(2025, 2, 11))
        _protect(two, two.other)  # the old link leads to the kept file
    assert _mark(two, two.kept, "protected") is True
    _hidden_file(two, reception)


def test_the_part_is_hidden_from_who_is_kept_from_the_kept_file(two: Two) -> None:
    educator = two.desk.sign_in("educator")
    two.merge()
    assert educator.fetch(person_history.known_on, two.other, date(2025, 2, 11))
    two.office.run(people.block, two.other, educator.actor.staff_id, "è il cognato")
    with pytest.raises(people.AlreadyTied):
        two.office.run(people.block, two.kept, educator.actor.staff_id, "è il cognato")
    _hidden_file(two, educator)


def test_what_guards_the_file_since_the_merge_guards_both_when_taken_apart(two: Two) -> None:
    office, educator, reception = two.office, two.desk.sign_in("educator"), two.desk.sign_in("reception")
    before = office.run(people.block, two.kept, reception.actor.staff_id, "è la zia")
    made = two.merge()
    _protect(two, two.kept)
    office.run(contacts.set_no_contact, two.kept, version(office, Person, two.kept), never=True)
    office.run(people.block, two.kept, educator.actor.staff_id, "è il cognato")
    office.run(merging.unmerge, made)
    for person in (two.kept, two.other):
        assert (_mark(two, person, "protected"), _mark(two, person, "no_contact")) == (True, True)
        with pytest.raises(NotFound):
            educator.fetch(people.person, person)
    _protect(two, two.other, protected=False)
    assert reception.fetch(people.person, two.other).id == two.other, "kept from the one file only, before and after"
    with pytest.raises(NotFound):
        educator.fetch(people.person, two.other)
    assert two.value("person_staff", before, "person_id") == two.kept


def test_guards_of_before_the_merge_are_as_they_were(two: Two) -> None:
    office = two.office
    _protect(two, two.kept)
    office.run(contacts.set_no_contact, two.other, version(office, Person, two.other), never=True)
    blocked = office.run(people.block, two.other, two.desk.sign_in("educator").actor.staff_id, "è il cognato")
    before = two.rows()
    made = two.merge()
    assert _mark(two, two.kept, "no_contact") is True
    assert two.value("person_staff", blocked, "person_id") == two.kept
    office.run(merging.unmerge, made)
    assert differences(before, two.rows()) == []


@pytest.mark.parametrize("guard", ["protected after", "protected before", "blocked after"])
def test_uneven_guards_are_taken_apart_by_the_coordinator_alone(two: Two, guard: str) -> None:
    office, worker = two.office, two.desk.sign_in("social_worker")
    if guard == "protected before":
        _protect(two, two.other)
    made = two.merge()
    office.run(people.assign, two.kept, worker.actor.staff_id)
    if guard == "protected after":
        _protect(two, two.kept)
    if guard == "blocked after":
        office.run(people.block, two.kept, two.desk.sign_in("educator").actor.staff_id, "è il cognato")
    with pytest.raises((merging.UnevenApart, NotFound)):
        worker.run(merging.unmerge, made)
    assert _mark(two, two.other, "merged_into_id") == two.kept
    office.run(merging.unmerge, made)
    assert _mark(two, two.other, "merged_into_id") is None


def test_nobody_takes_half_of_a_merge_apart(two: Two) -> None:
    """A row that is not for who asks would stay where it is for good."""
    office, worker = two.office, two.desk.sign_in("social_worker")
    hidden = office.run(people.add_person, surname="Nascosta")
    _protect(two, hidden)
    tie = two.add("relation", two.other, other_id=hidden, kind="parent")
    made = two.merge()
    assert two.value("relation", tie, "person_id") == two.kept
    merged = two.rows()
    with pytest.raises(merging.PartsHidden):
        worker.run(merging.unmerge, made)
    assert differences(merged, two.rows()) == []
    assert two.value("merge", made, "undone_on") is None
    assert office.run(merging.unmerge, made).stayed == ()
    assert two.value("relation", tie, "person_id") == two.other


def test_a_row_that_is_gone_does_not_keep_files_together(two: Two) -> None:
    office = two.office
    erased = office.run(people.add_person, surname="Cancellata")
    two.add("relation", two.other, other_id=erased, kind="parent")
    made = two.merge()
    office.run(privacy_rights.erase, erased, version(office, Person, erased), "chiesto")
    assert {row.label: row.count for row in office.run(merging.unmerge, made).stayed} == {"Relations to others": 1}


def test_presence_is_kept_when_the_other_one_was_taken_back(two: Two) -> None:
    """Both files may hold one row for a meeting: the one in the bin does not swallow the one that counts."""
    mine = two.ids[two.kept]
    theirs = two.add("enrolment", two.other, initiative_id=mine["initiative"], state="enrolled")
    came = two.add("attendance", two.other, enrolment_id=theirs, meeting_id=mine["meeting"], present=True)
    with two.engine.begin() as connection:
        rows = Base.metadata.tables["attendance"]
        binned = update(rows).where(rows.c.id == mine["attendance"]).values(deleted_at="2025-02-01T10:00:00+00:00")
        connection.execute(binned.values(present=False))
    before = two.rows()
    made = two.merge()
    assert two.gone("attendance", came)
    assert not two.gone("attendance", mine["attendance"])
    assert two.value("attendance", mine["attendance"], "present") is True
    assert two.value("attendance", mine["attendance"], "enrolment_id") == mine["enrolment"]
    two.office.run(merging.unmerge, made)
    assert differences(before, two.rows()) == []


@pytest.mark.parametrize(("mine", "theirs", "kept"), [
    (("refused", 5), None, ("refused", 5)),
    (None, ("refused", 5), ("refused", 5)),
    (("refused", 9), ("given", 5), ("refused", 9)),
    (("signed", 5), ("refused", 9), ("refused", 9)),
    (("signed", 5), ("given", 9), ("given", 9)),
    (("signed", 5), ("refused", 5), ("refused", 5)),
])  # fmt: skip
def test_what_was_said_last_of_the_notice_holds(
    two: Two, mine: tuple[str, int] | None, theirs: tuple[str, int] | None, kept: tuple[str, int]
) -> None:
    office = two.office
    for person, said in ((two.kept, mine), (two.other, theirs)):
        if said:
            on = date(2025, 2, said[1])
            office.run(people.set_privacy, person, version(office, Person, person), said[0], on)
    if mine is None or theirs is None:
        silent = "kept" if mine is None else "other"
        with pytest.raises(merging.BadChoice):
            two.merge(privacy=silent)
    two.merge()
    file = office.fetch(people.person, two.kept)
    assert (file.privacy, file.privacy_on) == (kept[0], date(2025, 2, kept[1]))


def test_erasing_the_part_erases_the_file(two: Two) -> None:
    office = two.office
    kept, other = (office.run(people.add_person, surname="Doppia", phone=f"0372 99999{one}") for one in (1, 2))
    read = [version(office, Person, one) for one in (kept, other)]
    office.run(merging.merge, kept, read[0], other, read[1])
    assert office.fetch(privacy_rights.erasure_plan, other) == office.fetch(privacy_rights.erasure_plan, kept)
    office.run(privacy_rights.erase, other, version(office, Person, other), "chiesto")
    for person in (kept, other):
        assert (_mark(two, person, "surname"), _mark(two, person, "erased_on")) == (None, date(2025, 2, 11))
    assert office.fetch(people.person, kept).contacts == ()


def _worker(two: Two) -> Office:
    """A social worker who works on both files, which are protected."""
    worker = two.desk.sign_in("social_worker")
    for person in (two.kept, two.other):
        two.office.run(people.assign, person, worker.actor.staff_id)
        _protect(two, person)
    return worker


def test_who_works_on_two_protected_files_makes_them_one_and_takes_them_apart(two: Two) -> None:
    """Also where the server shows a row only to those who work on the file: no row is lost half-way."""
    worker = _worker(two)
    two.reindex()
    before = two.rows()
    read = [version(two.office, Person, one) for one in (two.kept, two.other)]
    made = worker.run(merging.merge, two.kept, read[0], two.other, read[1])
    file = worker.fetch(people.person, two.kept)
    assert {row.id: row.left for row in file.merged}[made] == 0, "everything came along"
    assert two.value("access_card", two.ids[two.other]["access_card"], "person_id") == two.kept
    assert [one.id for one in worker.fetch(people.find_persons, "Mohamed")] == [two.kept]
    with pytest.raises(NotFound):
        two.desk.sign_in("educator").fetch(people.person, two.kept)
    worker.run(merging.unmerge, made)
    assert differences(before, two.rows()) == []
    worker.undo()
    worker.undo()
    assert differences(before, two.rows()) == []


def test_undo_of_a_merge_asks_what_taking_apart_asks(two: Two) -> None:
    worker = two.desk.sign_in("social_worker")
    read = [version(two.office, Person, one) for one in (two.kept, two.other)]
    worker.run(merging.merge, two.kept, read[0], two.other, read[1])
    two.desk.clock.now += rules.APART_FOR + timedelta(days=1)
    with pytest.raises(merging.ApartTooLate):
        worker.undo()
    two.desk.clock.now -= timedelta(days=1)
    reception = two.desk.sign_in("reception")
    two.office.run(people.block, two.kept, reception.actor.staff_id, "è la zia")
    with pytest.raises(merging.UnevenApart):
        worker.undo()
    assert two.value("person", two.other, "merged_into_id") == two.kept


def test_undo_of_a_merge_leaves_no_guard_with_one_of_the_two(two: Two) -> None:
    made, reception = two.merge(), two.desk.sign_in("reception")
    two.office.run(people.block, two.kept, reception.actor.staff_id, "è la zia")
    head = two.desk.sign_in("coordinator")
    two.office.undo()  # the block is turned back
    two.office.redo()
    with pytest.raises(merging.GuardedSince):
        head.run(journal.revert, _seq(two, made), "undo")
    two.office.run(merging.unmerge, made)
    for person in (two.kept, two.other):
        with pytest.raises(NotFound):
            reception.fetch(people.person, person)


def test_redo_of_a_merge_asks_what_merging_asks(two: Two) -> None:
    worker = two.desk.sign_in("social_worker")
    read = [version(two.office, Person, one) for one in (two.kept, two.other)]
    worker.run(merging.merge, two.kept, read[0], two.other, read[1])
    worker.undo()
    two.office.run(people.block, two.other, two.desk.sign_in("reception").actor.staff_id, "è la zia")
    with pytest.raises(merging.UnevenGuards):
        worker.redo()


def _seq(two: Two, merge_id: str) -> int:
    """The entry of the journal that made the merge."""
    changes = Base.metadata.tables["change"]
    with two.engine.connect() as connection:
        return int(connection.execute(select(changes.c.seq).where(changes.c.row_id == merge_id)
                                      .order_by(changes.c.seq)).scalars().first() or 0)  # fmt: skip


def test_what_lists_say_of_a_consent_is_right_after_the_merge(two: Two) -> None:
    """Who has to sign for the one person are others than for the file whose birth date nobody knew."""
    office = two.office
    office.run(people.change_person, two.kept, version(office, Person, two.kept), birth_date=date(2018, 5, 3))
    consent = office.run(consenting.ask, two.other, "photo")
    office.run(consenting.sign, consent, version(office, Consent, consent), [consenting.Signing("self")])
    made = two.merge()
    (row,) = [one for one in office.fetch(person_search.list_persons, "Hossain") if one.id == two.kept]
    assert "Photos and videos: 0 of 2 signatures" in row.consents
    office.run(merging.unmerge, made)
    assert (two.value("consent", consent, "signed"), two.value("consent", consent, "needed")) == (1, 1)


def test_two_files_of_one_name_are_told_apart(two: Two) -> None:
    office = two.office
    for person, born in ((two.kept, date(1987, 5, 3)), (two.other, None)):
        office.run(people.change_person, person, version(office, Person, person), given_name="Muhammad",
                   birth_date=born, alias="Momo" if born else "Mimmo")  # fmt: skip
    found = office.fetch(merging.preview, two.kept, two.other)
    assert found.kept.label != found.other.label
    assert "1987" in found.kept.label
    assert "nothing known" in found.other.label
    office.run(people.change_person, two.other, version(office, Person, two.other), birth_date=date(1987, 5, 3))
    found = office.fetch(merging.preview, two.kept, two.other)
    assert (found.kept.label, found.other.label) == ("Hossain Muhammad, Momo", "Hossain Muhammad, Mimmo")
