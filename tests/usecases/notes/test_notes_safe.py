"""Session notes: what is signed is what was seen, nothing is mixed up, and nothing stays in the way."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event, select

from famdesk.data.tables.notes import NotePart
from famdesk.data.tables.people import Person
from famdesk.domain.errors import NotFound
from famdesk.usecases import journal
from famdesk.usecases.notes import note_reading, note_search, notes
from famdesk.usecases.notes.note_rows import NoteTexts, NoteValues, Seen
from famdesk.usecases.notes.note_sealing import Unreadable
from famdesk.usecases.office import Office
from famdesk.usecases.people import merging, people, privacy_rights
from tests.support.offices import Desk
from tests.usecases.notes.test_notes import DAY, SECRET, begun, person, row, signed, values


@pytest.fixture
def author(desk: Desk) -> Office:
    return desk.sign_in("psychologist")


def test_what_is_before_the_eyes_is_what_is_signed(author: Office) -> None:
    note_id = begun(author, person(author), said="alt")
    author.run(notes.sign, note_id, row(author, note_id).version, NoteTexts("neu"))
    assert author.fetch(note_reading.read, note_id).texts.text == "neu"
    assert author.fetch(note_reading.chain).broken is None


def test_an_addendum_about_somebody_else_is_not_read_by_this_persons_file(author: Office) -> None:
    ada, bea = person(author), person(author, "Bianchi")
    group = author.run(notes.start, NoteValues("group", DAY, (ada, bea)), NoteTexts("Tema"))
    author.run(notes.sign, group, row(author, group).version)
    added = author.run(notes.start, NoteValues("group", DAY, (bea,)), NoteTexts("nur über Bea"), group)
    author.run(notes.sign, added, row(author, added).version)
    assert author.fetch(note_reading.read_about, group, ada).addenda == ()
    (found,) = author.fetch(note_reading.read_about, group, bea).addenda
    assert found.texts.text == "nur über Bea"
    assert len(author.fetch(note_reading.read, group).addenda) == 1


def test_lines_about_two_files_that_became_one_stay_both(desk: Desk, author: Office) -> None:
    coordinator = desk.sign_in("coordinator")
    ada, bea, eva = (person(coordinator, name) for name in ("Rossi", "Rosi", "Verdi"))
    note_id = author.run(notes.start, NoteValues("group", DAY, (ada, bea, eva)),
                         NoteTexts("Tema", ((ada, "eins"), (bea, "zwei"), (eva, "drei"))))  # fmt: skip
    coordinator.run(merging.merge, ada, version(coordinator, ada), bea, version(coordinator, bea))
    assert author.fetch(note_reading.read, note_id).texts.lines == ((ada, "eins\n\nzwei"), (eva, "drei"))
    author.run(notes.keep, note_id, NoteTexts("Tema", ((ada, "eins!"), (bea, "zwei!"), (eva, "drei"))))
    assert author.fetch(note_reading.read, note_id).texts.lines == ((ada, "eins!\n\nzwei!"), (eva, "drei"))
    author.run(notes.keep, note_id, NoteTexts("Tema", ((ada, "eins, zwei"), (eva, "drei"))))
    assert author.fetch(note_reading.read, note_id).texts.lines == ((ada, "eins, zwei"), (eva, "drei"))
    author.run(notes.sign, note_id, row(author, note_id).version)
    assert author.fetch(note_reading.chain).broken is None


def test_a_draft_that_was_thrown_away_is_not_in_the_way_of_an_erasure(desk: Desk, author: Office) -> None:
    coordinator = desk.sign_in("coordinator")
    ada = person(coordinator)
    note_id = begun(author, ada)
    with pytest.raises(privacy_rights.NotesStay):
        coordinator.run(privacy_rights.erase, ada, version(coordinator, ada), "Antrag")
    author.run(notes.drop, note_id)
    coordinator.run(privacy_rights.erase, ada, version(coordinator, ada), "Antrag")


def version(office: Office, person_id: str) -> int:
    return office.fetch(lambda tx: tx.session.get(Person, person_id).version)


@pytest.mark.parametrize("login", ["psychologist", "reception"])
def test_a_note_is_shared_with_colleagues_only_who_open_notes(desk: Desk, author: Office, login: str) -> None:
    note_id = signed(author, person(desk.sign_in("coordinator")))
    other = desk.sign_in(login)
    with pytest.raises(NotFound):
        author.run(notes.share, note_id, other.actor.staff_id, bytes(32))
    assert author.fetch(note_reading.read, note_id).texts.text == SECRET


@pytest.mark.parametrize("login", ["reception", "educator", "coordinator"])
def test_the_history_tells_nobody_of_a_draft(desk: Desk, author: Office, login: str) -> None:
    ada = person(desk.sign_in("coordinator"))
    hidden = [begun(author, ada), signed(author, ada, private=True)]
    other = desk.sign_in(login)
    for note_id in hidden:
        with pytest.raises(NotFound):
            other.fetch(journal.history, "note", note_id)
        assert author.fetch(journal.history, "note", note_id)
    if login == "reception":
        with pytest.raises(NotFound):
            other.fetch(journal.history, "note", signed(author, ada))


def test_notes_are_found_by_the_name_of_somebody_in_a_colleagues_charge(desk: Desk, author: Office) -> None:
    note_id = begun(author, person(desk.sign_in("coordinator"), "Zanetti"))
    ((found, words),) = author.fetch(note_search.texts)
    assert found == note_id
    assert "zanetti" in words


def test_notes_stay_whole_where_their_author_may_no_longer_know_somebody(desk: Desk, author: Office) -> None:
    coordinator = desk.sign_in("coordinator")
    ada = person(coordinator)
    signed(author, ada)
    assert author.fetch(note_reading.chain).broken is None
    coordinator.run(people.block, ada, author.actor.staff_id, "parente")
    assert author.fetch(note_reading.chain).broken is None
    (found,) = author.fetch(note_reading.mine)
    assert found.people == ("",)
    assert author.fetch(note_reading.read, found.id).texts.text == SECRET


def test_whether_the_envelope_was_used_is_asked_of_an_index(file_desk: Desk) -> None:
    author, asked = file_desk.sign_in("psychologist"), list[tuple[str, Any]]()
    engine = author.store.engine

    @event.listens_for(engine, "before_cursor_execute")
    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_others: Any) -> None:
        asked.append((statement, parameters))

    assert author.fetch(note_reading.handed_over) == ()
    statement, parameters = next(one for one in asked if "'escrow'" in one[0])
    with engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
    assert "SEARCH audit USING INDEX ix_audit_" in str(plan)


def test_a_desk_does_not_overwrite_what_it_did_not_read(desk: Desk, author: Office) -> None:
    note_id, other = begun(author, person(author), said="alt"), desk.sign_in("psychologist")
    here, there = ({author.fetch(note_reading.read, note_id).mark} for _desk in range(2))
    author.run(notes.keep, note_id, NoteTexts("hier"), here)
    author.run(notes.keep, note_id, NoteTexts("hier, weiter"), here)
    with pytest.raises(notes.WrittenElsewhere):
        other.run(notes.keep, note_id, NoteTexts("dort"), there)
    assert author.fetch(note_reading.read, note_id).texts.text == "hier, weiter"
    other.run(notes.keep, note_id, NoteTexts("hier, weiter"), there)  # the same words are no other ones
    other.run(notes.keep, note_id, NoteTexts("dort"), there)
    with pytest.raises(notes.WrittenElsewhere):
        author.run(notes.keep, note_id, NoteTexts("hier"), here)


def test_what_was_not_seen_is_not_signed(desk: Desk, author: Office) -> None:
    ada, bea, other = person(author), person(author, "Bianchi"), desk.sign_in("psychologist")
    note_id = begun(author, ada, said="alt")
    seen = Seen({author.fetch(note_reading.read, note_id).mark}, (), (ada,))
    for change in (
        lambda: other.run(notes.keep, note_id, NoteTexts("neu")),
        lambda: other.run(notes.attach, note_id, "x.txt", "text/plain", b"x"),
        lambda: other.run(notes.change, note_id, row(author, note_id).version, values(ada, bea)),
    ):
        change()
        with pytest.raises(notes.WrittenElsewhere):
            author.run(notes.sign, note_id, row(author, note_id).version, NoteTexts("alt"), seen)
        now = author.fetch(note_reading.read, note_id)
        seen = Seen({now.mark}, tuple(file.part_id for file in now.attachments), now.row.person_ids)
    author.run(notes.sign, note_id, row(author, note_id).version, NoteTexts("alt"), seen)
    assert author.fetch(note_reading.read, note_id).texts.text == "alt"


def test_a_note_is_opened_without_its_files(author: Office) -> None:
    note_id = begun(author, person(author))
    part = author.run(notes.attach, note_id, "großes Bild.png", "image/png", bytes(4_000_000), "drawing")
    loaded = list[int]()

    @event.listens_for(NotePart, "load")
    def note(record: NotePart, _context: Any) -> None:
        loaded.append(len(record.__dict__.get("sealed", "")))

    try:
        (file,) = author.fetch(note_reading.read, note_id).attachments
        assert (file.name, file.size, file.kind) == ("großes Bild.png", 4_000_000, "image/png")
        author.run(notes.attach, note_id, "x.txt", "text/plain", b"x")
        author.run(notes.keep, note_id, NoteTexts("anders"))
        assert loaded
        assert max(loaded) < 10_000
    finally:
        event.remove(NotePart, "load", note)
    assert author.fetch(note_reading.attachment, note_id, part) == bytes(4_000_000)


def test_a_file_cannot_be_called_what_another_one_is_called(author: Office) -> None:
    """The sealed name is bound to its part as the content is."""
    note_id = begun(author, person(author))
    for name in ("a.txt", "b.txt"):
        author.run(notes.attach, note_id, name, "text/plain", name.encode())

    def swap(tx: Any) -> None:
        with tx.doing(notes.attach.name):
            one, other = tx.session.scalars(select(NotePart).where(NotePart.kind == "attachment")).all()
            one.head, other.head = other.head, one.head

    author.run(swap)
    with pytest.raises(Unreadable):
        author.fetch(note_reading.read, note_id)
