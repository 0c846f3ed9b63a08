"""Session notes: nobody but their author reads them, what was signed stays, and a group's lines stay apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, select, text
from sqlalchemy.exc import DBAPIError

from famdesk.data.base import Base
from famdesk.domain.errors import Forbidden, NotFound, NothingToUndo, Stale
from famdesk.usecases.notes import note_reading, notes
from famdesk.usecases.notes.note_rows import NoteTexts, NoteValues
from famdesk.usecases.notes.note_sealing import NoKey
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from famdesk.usecases.staff import notices
from tests.support.offices import Desk

DAY = date(2025, 2, 10)
SECRET = "Quarzsandhypothese"


@pytest.fixture
def author(desk: Desk) -> Office:
    return desk.sign_in("psychologist")


def person(office: Office, surname: str = "Rossi") -> str:
    return office.run(people.add_person, surname=surname, given_name="Ada")


def values(*people_: str, **others: Any) -> NoteValues:
    return NoteValues("individual", DAY, people_, **others)


def begun(office: Office, *people_: str, said: str = SECRET, **others: Any) -> str:
    return office.run(notes.start, values(*people_, **others), NoteTexts(said))


def row(office: Office, note_id: str) -> Any:
    return next(one for one in office.fetch(note_reading.mine) if one.id == note_id)


def signed(office: Office, *people_: str, said: str = SECRET, **others: Any) -> str:
    note_id = begun(office, *people_, said=said, **others)
    office.run(notes.sign, note_id, row(office, note_id).version)
    return note_id


def test_a_draft_is_written_kept_signed_and_read(author: Office) -> None:
    ada = person(author)
    note_id = begun(author, ada, starts=time(10), minutes=50)
    assert row(author, note_id).state == "draft"
    author.tend(notes.keep, note_id, NoteTexts("Primo incontro.\nÈ venuta da sola."))
    assert author.fetch(note_reading.read, note_id).texts.text == "Primo incontro.\nÈ venuta da sola."
    assert [one.id for one in author.fetch(note_reading.unsigned)] == [note_id]
    author.run(notes.sign, note_id, row(author, note_id).version)
    found = author.fetch(note_reading.read, note_id)
    assert (found.row.state, found.row.number, found.row.people) == ("signed", 1, ("Rossi Ada",))
    assert author.fetch(note_reading.unsigned) == ()
    assert author.fetch(note_reading.chain).broken is None


def test_a_signed_note_is_locked(author: Office) -> None:
    note_id = signed(author, person(author))
    with pytest.raises(notes.SignedAlready):
        author.run(notes.keep, note_id, NoteTexts("anders"))
    with pytest.raises(notes.SignedAlready):
        author.run(notes.change, note_id, row(author, note_id).version, values(person(author)))
    with pytest.raises(notes.SignedAlready):
        author.run(notes.drop, note_id)
    assert author.undo_label() == "Person added"
    added = author.run(notes.start, values(*row(author, note_id).person_ids), NoteTexts("Aggiunta."), note_id)
    author.run(notes.sign, added, row(author, added).version)
    (addendum,) = author.fetch(note_reading.read, note_id).addenda
    assert addendum.texts.text == "Aggiunta."
    assert author.fetch(note_reading.chain).count == 2


def test_nothing_of_a_note_can_be_undone(desk: Desk) -> None:
    author = desk.sign_in("psychologist")
    signed(author, person(desk.sign_in("coordinator")))
    with pytest.raises(NothingToUndo):
        author.undo()


def test_the_database_itself_keeps_signed_notes(author: Office, engine: Engine) -> None:
    note_id = signed(author, person(author))
    for statement in (
        "UPDATE note SET state = 'draft'", "UPDATE note SET day = '2025-01-01'", "DELETE FROM note",
        "UPDATE note_part SET sealed = 'x'", "DELETE FROM note_part",
        "UPDATE note SET deleted_at = '2025-02-11'",
    ):  # fmt: skip
        with pytest.raises(DBAPIError), engine.begin() as connection:
            connection.execute(text(statement))
    assert author.fetch(note_reading.read, note_id).texts.text == SECRET


@pytest.fixture
def engine(desk: Desk, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """The database as its owner sees it."""
    if not desk.office.store.is_postgres:
        yield desk.office.store.engine
        return
    server, where = request.getfixturevalue("postgres"), desk.home.settings().server
    assert where is not None
    owner = create_engine(server.url(where.database))
    yield owner
    owner.dispose()


def test_no_word_stands_anywhere_in_the_database(author: Office, engine: Engine) -> None:
    ada, bea = person(author), person(author, "Bianchi")
    note_id = author.run(notes.start, NoteValues("group", DAY, (ada, bea)),
                         NoteTexts(SECRET, ((ada, f"{SECRET} A"), (bea, f"{SECRET} B"))))  # fmt: skip
    author.run(notes.attach, note_id, f"{SECRET}.png", "image/png", SECRET.encode() * 40, "drawing")
    author.run(notes.sign, note_id, row(author, note_id).version)
    begun(author, ada, said=f"{SECRET} Entwurf")
    with engine.connect() as connection:
        for table in Base.metadata.tables.values():
            for found in connection.execute(select(table)).mappings():
                assert SECRET.lower() not in str(dict(found)).lower(), table.name


@pytest.mark.parametrize("login", ["educator", "social_worker", "coordinator"])
def test_a_colleague_sees_that_there_is_a_note_and_no_word_of_it(desk: Desk, author: Office, login: str) -> None:
    ada = person(desk.sign_in("coordinator"))
    note_id, draft, own = signed(author, ada), begun(author, ada), signed(author, ada, private=True)
    other = desk.sign_in(login)
    (line,) = other.fetch(note_reading.of_person, ada)
    assert (line.id, line.author, line.readable, line.mine) == (note_id, "Prova psychologist", False, False)
    with pytest.raises(NoKey):
        other.fetch(note_reading.read, note_id)
    with pytest.raises(NoKey):
        other.fetch(note_reading.read_about, note_id, ada)
    for hidden in (draft, own):
        with pytest.raises(NotFound):
            other.fetch(note_reading.read, hidden)
    with pytest.raises((notes.NotYours, NotFound)):
        other.run(notes.keep, draft, NoteTexts("x"))
    with pytest.raises((notes.NotYours, NotFound)):
        other.run(notes.sign, draft, 1)


@pytest.mark.parametrize("login", ["reception", "administrator"])
def test_others_do_not_even_see_that(desk: Desk, author: Office, login: str) -> None:
    note_id = signed(author, person(desk.sign_in("coordinator")))
    other = desk.sign_in(login)
    for query, arguments in ((note_reading.mine, ()), (note_reading.read, (note_id,))):
        with pytest.raises(Forbidden):
            other.fetch(query, *arguments)


def test_the_line_of_another_person_of_a_group_is_reached_by_no_path(author: Office) -> None:
    ada, bea = person(author), person(author, "Bianchi")
    note_id = author.run(notes.start, NoteValues("group", DAY, (ada, bea)),
                         NoteTexts("Tema del giorno", ((ada, "riga di Ada"), (bea, "riga di Bea"))))  # fmt: skip
    author.run(notes.sign, note_id, row(author, note_id).version)
    for mine, other in ((ada, bea), (bea, ada)):
        found = author.fetch(note_reading.read_about, note_id, mine)
        assert [line[0] for line in found.texts.lines] == [mine]
        assert not found.whole
        assert other not in str(found.texts)
    with pytest.raises(NotFound):
        author.fetch(note_reading.read_about, note_id, person(author, "Verdi"))


def test_who_is_blocked_from_somebody_gets_no_note_about_them(desk: Desk, author: Office) -> None:
    coordinator, reader = desk.sign_in("coordinator"), desk.sign_in("educator")
    ada = person(coordinator)
    note_id = signed(author, ada)
    coordinator.run(people.block, ada, reader.actor.staff_id, "parente")
    with pytest.raises(NotFound):
        author.run(notes.share, note_id, reader.actor.staff_id, reader.actor.pairs.box_public)
    assert author.fetch(note_reading.readers, note_id) == ()


def test_a_supervisor_reads_what_was_shared_and_no_longer_what_was_taken_back(desk: Desk, author: Office) -> None:
    ada = person(desk.sign_in("coordinator"))
    note_id, other_note = signed(author, ada), signed(author, ada, said="altro")
    supervisor = desk.sign_in("coordinator")
    author.run(notes.share, note_id, supervisor.actor.staff_id, supervisor.actor.pairs.box_public)
    assert supervisor.fetch(note_reading.read, note_id).texts.text == SECRET
    with pytest.raises(NoKey):
        supervisor.fetch(note_reading.read, other_note)
    assert [(one.name, one.received) for one in author.fetch(note_reading.readers, note_id)] == [
        ("Prova coordinator", False)
    ]
    assert author.fetch(note_reading.readers, other_note) == ()
    assert supervisor.fetch(note_reading.readers, note_id) == ()
    author.run(notes.unshare, note_id, supervisor.actor.staff_id)
    with pytest.raises(NoKey):
        supervisor.fetch(note_reading.read, note_id)
    with pytest.raises(NotFound):
        author.run(notes.unshare, note_id, supervisor.actor.staff_id)
    assert author.fetch(note_reading.readers, note_id) == ()
    assert [one.kind for one in supervisor.fetch(notices.unread)] == ["note_unshared", "note_shared"]
    assert author.fetch(note_reading.read, note_id).texts.text == SECRET


def test_what_is_not_right_is_told_at_the_field(author: Office) -> None:
    ada = person(author)
    for wrong, error, field in (
        (NoteValues("individual", date(2030, 1, 1), (ada,)), notes.InTheFuture, "day"),
        (NoteValues("song", DAY, (ada,)), notes.NotKnownKind, "kind"),
        (NoteValues("individual", DAY, (ada,), minutes=0), notes.BadLength, "minutes"),
        (NoteValues("individual", DAY), notes.NobodyNamed, "person_ids"),
    ):
        with pytest.raises(error) as caught:
            author.run(notes.start, wrong)
        assert caught.value.field == field
    empty = begun(author, ada, said="  ")
    with pytest.raises(notes.NothingWritten):
        author.run(notes.sign, empty, row(author, empty).version)
    with pytest.raises(Stale):
        author.run(notes.sign, empty, row(author, empty).version + 1)
    author.run(notes.drop, empty)
    assert author.fetch(note_reading.mine) == ()


def test_a_file_is_kept_with_the_note_and_thrown_away_with_its_draft(author: Office) -> None:
    note_id = begun(author, person(author))
    part = author.run(notes.attach, note_id, "disegno.png", "image/png", b"\x89PNG" * 3, "drawing")
    (file,) = author.fetch(note_reading.read, note_id).attachments
    assert (file.part_id, file.name, file.size) == (part, "disegno.png", 12)
    assert author.fetch(note_reading.attachment, note_id, part) == b"\x89PNG" * 3
    author.run(notes.detach, note_id, part)
    assert author.fetch(note_reading.read, note_id).attachments == ()
    with pytest.raises(notes.FileTooLarge):
        author.run(notes.attach, note_id, "x", "image/png", bytes(notes.LARGEST_FILE + 1))


def test_whom_a_draft_is_about_can_be_changed_and_lines_go_with_them(author: Office) -> None:
    ada, bea = person(author), person(author, "Bianchi")
    note_id = author.run(notes.start, NoteValues("group", DAY, (ada, bea)),
                         NoteTexts("tema", ((ada, "A"), (bea, "B"))))  # fmt: skip
    author.run(notes.change, note_id, row(author, note_id).version, NoteValues("group", DAY, (bea,)))
    assert author.fetch(note_reading.read, note_id).texts == NoteTexts("tema", ((bea, "B"),))
