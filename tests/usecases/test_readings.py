"""Who read what: told to the author of a note, to who works on a file, and to who checks the journal."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from famdesk.domain.errors import Forbidden, NotFound
from famdesk.usecases import readings
from famdesk.usecases.notes import note_reading, notes
from famdesk.usecases.notes.note_rows import NoteTexts, NoteValues
from famdesk.usecases.office import Office
from famdesk.usecases.people import emergency, people, person_file
from famdesk.usecases.post import prints
from famdesk.usecases.readings import CHANGES, OUT, POWERS, READS, JournalFilter
from tests.support.offices import Desk

DAY = date(2025, 2, 10)


def _signed(author: Office, person: str) -> str:
    note = author.run(notes.start, NoteValues("individual", DAY, (person,)), NoteTexts("testo"))
    row = next(one for one in author.fetch(note_reading.mine) if one.id == note)
    author.run(notes.sign, note, row.version)
    return note


def _share(author: Office, note: str, other: Office) -> None:
    public = other.actor.pairs.box_public
    author.run(notes.share, note, other.actor.staff_id, public)


def test_the_author_reads_who_opened_the_note(desk: Desk) -> None:
    author, other = desk.sign_in("psychologist"), desk.sign_in("social_worker")
    ada = author.run(people.add_person, surname="Rossi", given_name="Ada")
    note = _signed(author, ada)
    _share(author, note, other)
    other.fetch(note_reading.read, note)
    rows = author.fetch(readings.of_note, note)
    assert [(row.by, row.kind, row.verb, row.mine) for row in rows][:2] == [
        ("Prova social_worker", "read", "read", False), ("Prova psychologist", "share", "share", True),
    ]  # fmt: skip
    assert all(row.station and row.role and row.note_id == note for row in rows)
    assert rows[0].at == author.fetch(lambda tx: tx.now())


def test_nobody_else_reads_it(desk: Desk) -> None:
    author, other, leads = (desk.sign_in(login) for login in ("psychologist", "social_worker", "coordinator"))
    note = _signed(author, author.run(people.add_person, surname="Rossi", given_name="Ada"))
    for office in (other, leads):
        with pytest.raises(NotFound):
            office.fetch(readings.of_note, note)
    with pytest.raises(Forbidden):
        desk.sign_in("reception").fetch(readings.of_note, note)
    assert author.fetch(lambda tx: readings.about_notes(tx, [note])) == ()
    assert other.fetch(lambda tx: readings.about_notes(tx, [note])) == ()


def test_openings_of_a_note_stand_in_the_time_line_of_its_author_alone(desk: Desk) -> None:
    author, other = desk.sign_in("psychologist"), desk.sign_in("social_worker")
    ada = author.run(people.add_person, surname="Rossi", given_name="Ada")
    note = _signed(author, ada)
    _share(author, note, other)
    other.fetch(note_reading.read, note)
    line = next(row for row in author.fetch(person_file.person, ada).timeline if row.kind == "reading")
    assert line.target_id == note
    assert "Prova social_worker" in line.what
    assert not [row for row in other.fetch(person_file.person, ada).timeline if row.kind == "reading"]


def test_a_file_tells_of_looks_and_prints(desk: Desk) -> None:
    reception, worker = desk.sign_in("reception"), desk.sign_in("social_worker")
    ada = reception.run(people.add_person, surname="Rossi", given_name="Ada")
    reception.fetch(person_file.person, ada)
    reception.fetch(prints.note, "letter", [("person", ada)])
    rows = worker.fetch(readings.of_file, ada)
    assert [(row.by, row.kind, row.verb) for row in rows] == [
        ("Prova reception", "print", "letter"), ("Prova reception", "read", "read"),
    ]  # fmt: skip
    with pytest.raises(Forbidden):
        reception.fetch(readings.of_file, ada)
    with pytest.raises(Forbidden):
        desk.sign_in("educator").fetch(readings.of_file, ada)


def test_who_has_a_file_by_an_emergency_access_is_not_told_who_reads_it(desk: Desk) -> None:
    works, leads, asks = (desk.sign_in(login) for login in ("psychologist", "coordinator", "social_worker"))
    ada = works.run(people.add_person, surname="Rossi", given_name="Ada", birth_date=date(1987, 5, 3))
    version = works.fetch(person_file.person, ada).version
    leads.run(people.set_protection, ada, version, protected=True, restricted=False, reason="ordine")
    asks.run(emergency.ask, emergency.Wanted("Rossi", "Ada", date(1987, 5, 3)), "La madre è in ospedale")
    assert asks.fetch(person_file.person, ada).open_until is not None
    with pytest.raises(NotFound):
        asks.fetch(readings.of_file, ada)
    assert asks.fetch(lambda tx: readings.about_file(tx, ada)) == () or not desk.office.store.is_postgres


def _fill(desk: Desk) -> Office:
    reception, leads = desk.sign_in("reception"), desk.sign_in("coordinator")
    ada = reception.run(people.add_person, surname="Rossi", given_name="Ada")
    reception.fetch(person_file.person, ada)
    reception.fetch(prints.note, "letter", [("person", ada)])
    return leads


def test_the_journal_is_filtered(desk: Desk) -> None:
    leads = _fill(desk)
    assert [row.kind for row in leads.fetch(readings.journal, JournalFilter())][:2] == ["print", "read"]
    found = {group: {row.kind for row in leads.fetch(readings.journal, JournalFilter(group=group))}
             for group in (READS, OUT, POWERS, CHANGES)}  # fmt: skip
    assert found == {READS: {"read"}, OUT: {"print"}, POWERS: set(), CHANGES: {"write"}}
    names = dict(leads.fetch(readings.readers))
    reception = next(one for one, name in names.items() if name == "Prova reception")
    assert {row.by for row in leads.fetch(readings.journal, JournalFilter(staff_id=reception))} == {"Prova reception"}


def test_the_journal_names_kinds_of_records_and_no_record(desk: Desk) -> None:
    leads = _fill(desk)
    row = leads.fetch(readings.journal, JournalFilter(group=READS))[0]
    assert row.tables == (("person", 1),)
    assert row.station


def test_the_journal_is_read_by_days_and_by_pages(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    leads = _fill(desk)
    desk.clock.forward(days=3)
    today = leads.fetch(lambda tx: tx.today())
    leads.run(people.add_person, surname="Verdi", given_name="Zoe")
    assert leads.fetch(readings.journal, JournalFilter(group=READS, first=today)) == ()
    before = today - timedelta(days=3)
    assert len(leads.fetch(readings.journal, JournalFilter(group=READS, first=before, last=before))) == 1
    assert leads.fetch(readings.journal, JournalFilter(group=READS, last=before - timedelta(days=1))) == ()
    monkeypatch.setattr(readings, "PAGE", 3)
    whole, page = list[int](), leads.fetch(readings.journal, JournalFilter())
    while page:
        whole += [row.seq for row in page]
        page = leads.fetch(readings.journal, JournalFilter(before=page[-1].seq))
    assert whole == list(range(whole[0], 0, -1))


@pytest.mark.parametrize("login", ["reception", "educator", "social_worker", "psychologist", "administrator"])
def test_others_do_not_read_the_journal(desk: Desk, login: str) -> None:
    office = desk.office if login == "administrator" else desk.sign_in(login)
    with pytest.raises(Forbidden):
        office.fetch(readings.journal, JournalFilter())


def test_an_auditor_reads_it_without_reasons(desk: Desk) -> None:
    leads = _fill(desk)
    person = leads.run(people.add_person, surname="Verdi", given_name="Zoe")
    leads.run(people.set_protection, person, 1, protected=True, restricted=False, reason="ordine del giudice")
    auditor = desk.sign_in("auditor")
    rows = auditor.fetch(readings.journal, JournalFilter())
    assert {row.kind for row in rows} >= {"write", "read", "print"}
    assert {row.reason for row in rows} == {None}
    told = [row.reason for row in leads.fetch(readings.journal, JournalFilter(group=CHANGES))]
    assert "ordine del giudice" in told
