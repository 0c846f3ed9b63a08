"""Paths of care: opened, changed, closed, opened again; appointments and notes belong to them; who may not know one of
those who walk a path knows nothing of it."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from famdesk.data.tables.notes import Path, PathPerson
from famdesk.data.tables.people import Person
from famdesk.domain.errors import FamDeskError, Forbidden, NotFound, Required, RuleError
from famdesk.domain.notes.paths import code_of, number_in
from famdesk.usecases.calendar import appointment_states, calendar
from famdesk.usecases.notes import notes
from famdesk.usecases.notes.note_rows import NoteTexts, NoteValues
from famdesk.usecases.office import Office
from famdesk.usecases.paths import case_agenda, paths
from famdesk.usecases.paths.path_rows import PathRow
from famdesk.usecases.people import merging, people
from tests.support.offices import Desk
from tests.support.scenarios import version

OPENED = date(2025, 1, 7)


def _one(office: Office, surname: str = "Rossi") -> str:
    return office.run(people.add_person, surname=surname, given_name="Ada")


def _path(office: Office, *person_ids: str) -> PathRow:
    return office.fetch(paths.path, office.run(paths.open_path, "mediation", person_ids, opened_on=OPENED))


def test_codes_are_read_as_people_type_them() -> None:
    assert [number_in(text) for text in ("P-0042", "p42", " P 42", "42", "P-", "PX")] == [42, 42, 42, None, None, None]
    assert code_of(42) == "P-0042"


def test_a_path_is_opened_changed_closed_and_opened_again(desk: Desk) -> None:
    office, other = desk.sign_in("psychologist"), desk.sign_in("coordinator")
    ada, bea = _one(office), _one(office, "Bianchi")
    row = _path(office, ada)
    assert (row.code, row.in_charge, row.people, row.mine) == ("P-0001", office.actor.name, ("Rossi Ada",), True)
    assert [one.id for one in office.fetch(paths.open_paths)] == [row.id]
    assert other.fetch(paths.open_paths) == ()
    assert [one.id for one in other.fetch(paths.open_paths, mine=False)] == [row.id]
    office.run(paths.change_path, row.id, row.version, kind="support", person_ids=(ada, bea),
               staff_id=other.actor.staff_id, opened_on=date(2025, 1, 8))  # fmt: skip
    row = office.fetch(paths.by_code, "p1")
    assert (row.kind, row.people, row.in_charge) == ("support", ("Rossi Ada", "Bianchi Ada"), other.actor.name)
    with pytest.raises(paths.ClosedBeforeOpened):
        office.run(paths.close_path, row.id, row.version, closed_on=OPENED, reason="reached")
    office.run(paths.close_path, row.id, row.version, closed_on=date(2025, 2, 3), reason="reached")
    row = office.fetch(paths.of_person, bea)[0]
    assert (row.closed_on, row.closing_reason) == (date(2025, 2, 3), "reached")
    assert office.fetch(paths.choices, (ada,)) == ()
    assert [one for one, _words in office.fetch(paths.choices, (), kept=row.id)] == [row.id]
    with pytest.raises(paths.PathClosed):
        office.run(paths.close_path, row.id, row.version, closed_on=date(2025, 2, 4), reason="reached")
    with pytest.raises(Required):
        office.run(paths.reopen_path, row.id, row.version, " ")
    office.run(paths.reopen_path, row.id, row.version, "la famiglia torna")
    assert office.fetch(paths.path, row.id).closed_on is None
    office.undo()
    assert office.fetch(paths.path, row.id).closed_on == date(2025, 2, 3)


@pytest.mark.parametrize(("kind", "days", "error"), [
    ("nothing", OPENED, paths.UnknownPathKind), ("plan", date(2026, 1, 1), paths.PathInFuture),
])  # fmt: skip
def test_what_cannot_be_is_refused(desk: Desk, kind: str, days: date, error: type[RuleError]) -> None:
    office = desk.sign_in("educator")
    with pytest.raises(error):
        office.run(paths.open_path, kind, [_one(office)], opened_on=days)
    with pytest.raises(paths.NobodyWalks):
        office.run(paths.open_path, "plan", [])


def test_sessions_belong_to_a_path_and_bind_its_days(desk: Desk) -> None:
    office = desk.sign_in("psychologist")
    ada, bea = _one(office), _one(office, "Bianchi")
    row = _path(office, ada)
    held, ahead, hers = (
        office.run(calendar.book, starts=starts, ends=starts.replace(hour=11), kind="other", person_id=person)
        for starts, person in ((datetime(2025, 1, 20, 10), ada), (datetime(2025, 2, 20, 10), ada),
                               (datetime(2025, 2, 21, 10), bea))
    )  # fmt: skip
    choice = {one.id: one for one in office.fetch(paths.appointments, row.id)}
    assert (set(choice), any(one.inside for one in choice.values())) == ({held, ahead}, False)
    with pytest.raises(paths.OfNobodyHere):
        office.run(paths.set_appointment, hers, 1, row.id)
    for one in (held, ahead):
        office.run(paths.set_appointment, one, choice[one].version, row.id)
    held_version = office.fetch(calendar.appointment, held).version
    office.run(appointment_states.hold, held, held_version)
    office.run(notes.start, NoteValues("individual", date(2025, 2, 5), (ada,), path_id=row.id), NoteTexts("x"))
    row = office.fetch(paths.path, row.id)
    assert row.appointments == 2
    with pytest.raises(paths.ClosedBeforeLast):
        office.run(paths.close_path, row.id, row.version, closed_on=date(2025, 2, 4), reason="other")
    with pytest.raises(paths.StillPlanned):
        office.run(paths.close_path, row.id, row.version, closed_on=date(2025, 2, 11), reason="other")
    with pytest.raises(paths.OpenedAfterFirst):
        office.run(paths.change_path, row.id, row.version, kind="plan", person_ids=(ada,),
                   staff_id=office.actor.staff_id, opened_on=date(2025, 2, 1))  # fmt: skip
    office.run(paths.set_appointment, ahead, office.fetch(calendar.appointment, ahead).version, None)
    office.run(paths.close_path, row.id, row.version, closed_on=date(2025, 2, 11), reason="other")


def test_reception_and_administrator_know_of_no_path(desk: Desk) -> None:
    ada = _one(desk.sign_in("psychologist"))
    for login in ("reception", "administrator"):
        office = desk.sign_in(login) if login == "reception" else desk.office
        for query, args in ((paths.of_person, (ada,)), (paths.open_paths, ()), (case_agenda.meetings, ())):
            with pytest.raises(Forbidden):
                office.fetch(query, *args)


def test_who_may_not_know_one_of_them_knows_nothing_of_the_path(desk: Desk) -> None:
    """Protected, and blocked for a relative: the path is not there, by its code as little as by its other person."""
    coordinator, educator = desk.sign_in("coordinator"), desk.sign_in("educator")
    ada, bea = _one(coordinator), _one(coordinator, "Bianchi")
    row = _path(coordinator, ada, bea)
    assert educator.fetch(paths.by_code, row.code).id == row.id
    coordinator.run(
        people.set_protection,
        bea,
        version(coordinator, Person, bea),
        protected=True,
        restricted=False,
        reason="sicurezza",
    )
    _unseen(educator, row.id, row.code, ada)
    coordinator.run(
        people.set_protection,
        bea,
        version(coordinator, Person, bea),
        protected=False,
        restricted=False,
        reason="finito",
    )
    assert educator.fetch(paths.by_code, row.code).id == row.id
    coordinator.run(people.block, ada, educator.actor.staff_id, "parente")
    _unseen(educator, row.id, row.code, bea)
    with pytest.raises(paths.MayNotCarry):
        coordinator.run(paths.open_path, "plan", [ada], staff_id=educator.actor.staff_id)


def _unseen(office: Office, path_id: str, code: str, other: str) -> None:
    assert office.fetch(paths.of_person, other) == ()
    assert office.fetch(paths.open_paths, mine=False) == ()
    assert office.fetch(paths.choices, (other,), kept=path_id) == ()
    with pytest.raises(NotFound):
        office.fetch(paths.by_code, code)
    with pytest.raises(FamDeskError):
        office.run(notes.start, NoteValues("individual", OPENED, (other,), path_id=path_id), NoteTexts("x"))


def test_two_files_that_become_one_walk_a_path_once(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    ada, again = _one(office), _one(office, "Rosi")
    row = _path(office, ada, again)
    office.run(merging.merge, ada, version(office, Person, ada), again, version(office, Person, again), {})
    assert office.fetch(paths.path, row.id).people == ("Rossi Ada",)
    assert [one.id for one in office.fetch(paths.of_person, ada)] == [row.id]
    office.undo()
    assert set(office.fetch(paths.path, row.id).person_ids) == {ada, again}


def test_numbers_go_on_behind_hidden_paths(desk: Desk) -> None:
    coordinator, educator = desk.sign_in("coordinator"), desk.sign_in("educator")
    ada, bea = _one(coordinator), _one(coordinator, "Bianchi")
    coordinator.run(
        people.set_protection,
        ada,
        version(coordinator, Person, ada),
        protected=True,
        restricted=False,
        reason="sicurezza",
    )
    _path(coordinator, ada)
    assert _path(educator, bea).code == "P-0002"


def test_opening_is_undone_whole(desk: Desk) -> None:
    office = desk.sign_in("social_worker")
    row = _path(office, _one(office))
    office.undo()
    with office.store.reading(office.actor) as tx:
        assert tx.session.get(Path, row.id) is None
        assert tx.session.query(PathPerson).count() == 0
    office.redo()
    assert office.fetch(paths.path, row.id).code == row.code
