"""Notes whose term is over: on the list, proposed by one, destroyed by another one, never under a hold."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from famdesk.data.checks.verify import verify
from famdesk.data.tables.calendar import Appointment
from famdesk.data.tables.notes import Note, NoteKey, NotePart
from famdesk.data.tables.people import Person
from famdesk.data.tx import Tx
from famdesk.domain.errors import FamDeskError, NotFound, Required
from famdesk.ui.today.words import task_line
from famdesk.usecases import today
from famdesk.usecases.notes import destroying_notes, note_reading, notes
from famdesk.usecases.notes.note_rows import NoteTexts, NoteValues
from famdesk.usecases.office import Office
from famdesk.usecases.paths import holds, paths, retention, retention_due
from famdesk.usecases.paths.retention_due import DueRow
from famdesk.usecases.people import merging, people, privacy_rights
from famdesk.usecases.staff import notices
from tests.support import envelopes
from tests.support.offices import Desk
from tests.support.scenarios import version

OPENED, CLOSED = date(2014, 3, 3), date(2016, 3, 7)


def _person(office: Office, surname: str = "Rossi", **more: object) -> str:
    return office.run(people.add_person, surname=surname, given_name="Ada", **more)


def _note(office: Office, day: date, *people_: str, path: str | None = None, private: bool = False, sign: bool = True,
          text: str = "Detto in stanza") -> str:  # fmt: skip
    kind = "individual" if len(people_) < 2 else "family"
    made = office.run(notes.start, NoteValues(kind, day, people_, private=private, path_id=path), NoteTexts(text))
    if sign:
        row = next(one for one in office.fetch(note_reading.mine) if one.id == made)
        office.run(notes.sign, made, row.version)
    return made


def _closed(office: Office, *people_: str, closed: date = CLOSED) -> str:
    """A closed path with a signed note, a draft and a working note of the time."""
    path = office.run(paths.open_path, "consultation", people_, opened_on=OPENED)
    _note(office, date(2015, 5, 5), *people_, path=path)
    _note(office, date(2015, 6, 5), *people_, path=path, sign=False)
    _note(office, date(2015, 7, 5), *people_, path=path, private=True, sign=False)
    row = office.fetch(paths.path, path)
    office.run(paths.close_path, path, row.version, closed_on=closed, reason="reached")
    return path


def _left(office: Office) -> tuple[int, int]:
    """How many parts and keys there are, by whoever may count them."""
    with office.store.reading(office.actor) as tx:
        return (tx.session.scalar(select(func.count(NotePart.id))) or 0,
                tx.session.scalar(select(func.count(NoteKey.id))) or 0)  # fmt: skip


def _proposed(office: Office, **what: str) -> DueRow:
    made = office.run(retention_due.propose, **what)
    return next(row for row in office.fetch(retention_due.due) if row.destruction_id == made)


def test_two_people_destroy_what_is_due(desk: Desk) -> None:
    leads = desk.sign_in("coordinator")
    envelopes.made(leads)
    author = desk.sign_in("psychologist")
    envelopes.agreed(author)
    ada = _person(author, birth_date=date(1980, 1, 1))
    path = _closed(author, ada)
    signed = _note(author, date(2025, 2, 1), ada)
    assert _left(author) == (4, 8)
    (row,) = leads.fetch(retention_due.due)
    assert (row.path_id, row.code, row.who) == (path, "P-0001", author.actor.name)
    assert (row.until, row.notes, row.unsigned, row.held) == (date(2021, 3, 7), 3, 2, False)
    assert author.fetch(retention_due.due) == (row,)
    assert leads.fetch(retention_due.january) == 0
    row = _proposed(leads, path_id=path)
    assert (row.proposed_by, row.may_confirm) == (leads.actor.name, False)
    assert author.fetch(notices.unread)[0].kind == "destruction_proposed"
    with pytest.raises(retention_due.ProposedAlready):
        author.run(retention_due.propose, path_id=path)
    with pytest.raises(retention_due.SamePerson):
        leads.run(retention_due.destroy, row.destruction_id, row.version)
    (mine,) = author.fetch(retention_due.due)
    assert mine.may_confirm
    done = destroying_notes.carry_out(author, mine.destruction_id, mine.version)
    assert done == (not author.store.is_postgres)
    assert _left(author) == (1, 2)
    states = {one.id: one.state for one in author.fetch(note_reading.mine)}
    assert sorted(states.values()) == ["destroyed"] * 3 + ["signed"]
    assert states[signed] == "signed"
    assert author.fetch(retention_due.due) == leads.fetch(retention_due.due) == ()
    (entry,) = leads.fetch(retention_due.register)
    assert (entry.number, entry.year, entry.code, entry.notes) == (1, 2025, "P-0001", 3)
    record = leads.fetch(retention_due.record, entry.id)
    assert [(one.kind, one.number, one.parts, one.keys) for one in record.notes] == [
        ("signed", 1, 1, 2), ("draft", None, 1, 2), ("working", None, 1, 2),
    ]  # fmt: skip
    assert len(record.notes[0].hash) == 64
    assert author.undo_label() == "Path P-0001 closed", "the destruction itself is no step to turn back"
    for office in (author, leads):
        assert verify(office.store.engine, office.keystore.load()) == []


@pytest.mark.parametrize("login", ["educator", "social_worker"])
def test_a_colleague_beside_has_no_word_in_it(desk: Desk, login: str) -> None:
    author, leads, other = desk.sign_in("psychologist"), desk.sign_in("coordinator"), desk.sign_in(login)
    path = _closed(author, _person(author))
    assert other.fetch(retention_due.due) == ()
    with pytest.raises(retention_due.NotDue):
        other.run(retention_due.propose, path_id=path)
    row = _proposed(leads, path_id=path)
    with pytest.raises(FamDeskError):
        other.run(retention_due.destroy, row.destruction_id, row.version)
    assert _left(author)[0] == 3


def test_two_who_do_not_lead_destroy_nothing(desk: Desk) -> None:
    author, other, leads = desk.sign_in("psychologist"), desk.sign_in("educator"), desk.sign_in("coordinator")
    ada = _person(author)
    path = author.run(paths.open_path, "plan", [ada], staff_id=other.actor.staff_id, opened_on=OPENED)
    _note(author, date(2015, 5, 5), ada, path=path)
    author.run(paths.close_path, path, 1, closed_on=CLOSED, reason="other")
    row = _proposed(author, path_id=path)
    assert [one.kind for one in leads.fetch(notices.unread)] == ["destruction_proposed"]
    with pytest.raises(retention_due.NotForYou):
        other.run(retention_due.destroy, row.destruction_id, row.version)
    leads.run(retention_due.destroy, row.destruction_id, row.version)
    assert _left(author) == (0, 0)


def _hold_path(office: Office, path: str, _person_id: str) -> str:
    return office.run(holds.set_hold, "procura, prot. 12", path_id=path)


def _hold_person(office: Office, _path: str, person: str) -> str:
    return office.run(holds.set_hold, "procura, prot. 12", person_id=person)


@pytest.mark.parametrize("hold", [_hold_path, _hold_person])
def test_a_hold_between_list_and_destruction_wins(desk: Desk, hold: Callable[[Office, str, str], str]) -> None:
    author, leads = desk.sign_in("psychologist"), desk.sign_in("coordinator")
    ada = _person(author)
    path = _closed(author, ada)
    row = _proposed(leads, path_id=path)
    held = hold(author, path, ada)
    assert [one.held for one in leads.fetch(retention_due.due)] == [True]
    with pytest.raises(retention_due.Held):
        author.run(retention_due.destroy, row.destruction_id, row.version)
    assert _left(author)[0] == 3
    assert author.fetch(paths.path, path).held
    with pytest.raises(holds.HeldAlready):
        hold(author, path, ada)
    found = author.fetch(holds.of_person, ada)[0]
    assert (found.reason, found.by, found.since) == ("procura, prot. 12", author.actor.name, date(2025, 2, 11))
    with pytest.raises(privacy_rights.UnderHold):
        leads.run(privacy_rights.erase, ada, version(leads, Person, ada), "chiesto")
    assert leads.fetch(privacy_rights.erasure_plan, ada).held
    with pytest.raises(Required):
        leads.run(holds.lift_hold, held, found.version, "")
    leads.run(holds.lift_hold, held, found.version, "archiviato")
    assert leads.fetch(holds.lasting) == ()
    with pytest.raises(holds.LiftedBefore):
        leads.run(holds.lift_hold, held, leads.fetch(holds.of_person, ada)[0].version, "ancora")
    author.run(retention_due.destroy, row.destruction_id, row.version)
    assert _left(author) == (0, 0)
    with pytest.raises(holds.GoneBefore):
        author.run(holds.set_hold, "tardi", path_id=path)


def test_a_hold_on_a_file_that_became_part_of_another_holds_on(desk: Desk) -> None:
    author, leads = desk.sign_in("psychologist"), desk.sign_in("coordinator")
    ada, again = _person(author), _person(author, "Rosi")
    _note(author, date(2015, 5, 5), again)
    leads.run(holds.set_hold, "tribunale", person_id=again)
    leads.run(merging.merge, ada, version(leads, Person, ada), again, version(leads, Person, again), {})
    assert [one.held for one in leads.fetch(retention_due.due)] == [True]
    with pytest.raises(retention_due.Held):
        leads.run(retention_due.propose, author_id=author.actor.staff_id)


def test_what_goes_on_is_not_destroyed(desk: Desk) -> None:
    """Opened again, a note more, or a longer term: a proposal made before does not hold any more."""
    author, leads = desk.sign_in("psychologist"), desk.sign_in("coordinator")
    ada = _person(author)
    path = _closed(author, ada)
    row = _proposed(leads, path_id=path)
    with pytest.raises(paths.ToBeDestroyed):
        author.run(paths.reopen_path, path, author.fetch(paths.path, path).version, "torna")
    leads.run(retention.set_rule, 0, years=10, from_age=True)
    with pytest.raises(retention_due.NotDue):
        author.run(retention_due.destroy, row.destruction_id, row.version)
    leads.run(retention_due.withdraw, row.destruction_id, row.version)
    with pytest.raises(retention_due.NotProposed):
        leads.run(retention_due.withdraw, row.destruction_id, row.version + 1)
    author.run(paths.reopen_path, path, author.fetch(paths.path, path).version, "torna")
    leads.run(retention.set_rule, leads.fetch(retention.rule).version, years=5, from_age=True)
    assert leads.fetch(retention_due.due) == ()
    assert _left(author)[0] == 3


def test_five_years_are_the_least(desk: Desk) -> None:
    leads = desk.sign_in("coordinator")
    assert (leads.fetch(retention.rule).years, leads.fetch(retention.rule).from_age) == (5, True)
    with pytest.raises(retention.TooFewYears):
        leads.run(retention.set_rule, 0, years=4, from_age=True)
    with pytest.raises(retention.TooManyYears):
        leads.run(retention.set_rule, 0, years=101, from_age=True)


def test_notes_about_a_minor_stay_until_five_years_after_the_eighteenth_birthday(desk: Desk) -> None:
    author, leads = desk.sign_in("psychologist"), desk.sign_in("coordinator")
    _closed(author, _person(author, birth_date=date(2008, 1, 1)))
    assert leads.fetch(retention_due.due) == ()
    leads.run(retention.set_rule, 0, years=5, from_age=False)
    assert len(leads.fetch(retention_due.due)) == 1


def test_notes_without_a_path_wait_for_the_whole_relationship(desk: Desk) -> None:
    author, leads = desk.sign_in("psychologist"), desk.sign_in("coordinator")
    ada, bea = _person(author), _person(author, "Bianchi")
    _note(author, date(2015, 5, 5), ada)
    _note(author, date(2015, 5, 6), ada, bea, sign=False)
    _note(author, date(2015, 5, 7), private=True, sign=False)
    (row,) = leads.fetch(retention_due.due)
    assert (row.author_id, row.code, row.notes, row.unsigned) == (author.actor.staff_id, "–", 3, 2)
    later = _note(author, date(2024, 5, 5), bea, sign=False)  # with it the relationship with Bianchi goes on
    (row,) = leads.fetch(retention_due.due)
    assert row.notes == 2
    author.run(notes.drop, later)
    path = author.run(paths.open_path, "plan", [ada])
    (row,) = leads.fetch(retention_due.due)
    assert row.notes == 1
    author.run(paths.close_path, path, 1, closed_on=date(2025, 2, 11), reason="other")
    assert [one.notes for one in leads.fetch(retention_due.due)] == [1]
    row = _proposed(leads, author_id=author.actor.staff_id)
    author.run(retention_due.destroy, row.destruction_id, row.version)
    assert _left(author)[0] == 2


def test_a_merged_file_brings_its_sessions_along(desk: Desk) -> None:
    author, leads = desk.sign_in("psychologist"), desk.sign_in("coordinator")
    ada, again = _person(author), _person(author, "Rosi")
    _note(author, date(2015, 5, 5), ada)
    _note(author, date(2023, 5, 5), again)
    assert [one.notes for one in leads.fetch(retention_due.due)] == [1]
    leads.run(merging.merge, ada, version(leads, Person, ada), again, version(leads, Person, again), {})
    assert leads.fetch(retention_due.due) == ()
    assert leads.fetch(privacy_rights.erasure_plan, ada).until == date(2028, 5, 5)


def test_each_january_the_coordinator_is_told(desk: Desk) -> None:
    author = desk.sign_in("psychologist")
    _closed(author, _person(author))
    desk.clock.now = datetime(2026, 1, 7, 9, tzinfo=UTC)
    leads = desk.sign_in("coordinator")
    assert leads.fetch(retention_due.january) == 1
    (task,) = [one for one in leads.fetch(today.board).tasks if one.kind == "destruction"]
    assert "1 path or author" in task_line(task, leads.now()).detail
    desk.clock.now = datetime(2026, 2, 1, 9, tzinfo=UTC)
    assert desk.sign_in("coordinator").fetch(retention_due.january) == 0


def test_who_may_not_know_of_somebody_destroys_nothing_about_them(desk: Desk) -> None:
    author, leads = desk.sign_in("psychologist"), desk.sign_in("coordinator")
    ada = _person(author)
    path = _closed(author, ada)
    leads.run(people.block, ada, author.actor.staff_id, "parente")
    assert author.fetch(retention_due.due) == ()
    with pytest.raises(retention_due.NotDue):
        author.run(retention_due.propose, path_id=path)
    assert len(leads.fetch(retention_due.due)) == 1


def test_a_session_of_the_path_keeps_it_longer(desk: Desk) -> None:
    author, leads = desk.sign_in("psychologist"), desk.sign_in("coordinator")
    ada = _person(author)
    path = _closed(author, ada)

    def held(tx: Tx) -> None:
        with tx.doing(paths.set_appointment.name):
            tx.session.add(Appointment(starts=datetime(2021, 5, 5, 10), ends=datetime(2021, 5, 5, 11), kind="other",
                                       person_id=ada, path_id=path, state="done", centre_id=tx.centre_id))  # fmt: skip

    author.run(held)
    assert leads.fetch(retention_due.due) == ()


def test_what_stands_in_the_register_names_nobody(desk: Desk) -> None:
    author, leads = desk.sign_in("psychologist"), desk.sign_in("coordinator")
    path = _closed(author, _person(author, "Zwetschgenbaum"))
    row = _proposed(leads, path_id=path)
    author.run(retention_due.destroy, row.destruction_id, row.version)
    record = leads.fetch(retention_due.record, row.destruction_id)
    told = json.dumps([str(getattr(record, name)) for name in record.__slots__])
    assert "Zwetschgenbaum" not in told
    assert author.actor.name not in told
    with pytest.raises(NotFound):
        author.fetch(retention_due.record, path)
    with leads.store.reading(leads.actor) as tx:
        kept = tx.session.scalars(select(Note).where(Note.path_id == path, Note.number.is_not(None))).one()
        assert (kept.state, kept.destroyed_on, kept.hash) == ("destroyed", date(2025, 2, 11), record.notes[0].hash)
