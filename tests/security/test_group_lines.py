"""The line about one person of a group's note is reached by no path that begins at another one (CVE-2026-32123 was such
a path in another program): each path there is, tried on both engines.

Paths: the person's file, the list of notes, the search in one's notes, the history, the copy of one's data and other
exports, the last note beside the one that is written, excerpts and reports (on the screen and on paper), addenda,
notes that were shared, the successor who took over, and psql with a colleague's password.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import psycopg
import pytest
from sqlalchemy import select

from famdesk.data.engine import role_name
from famdesk.data.tables.notes import NoteKey, NotePart
from famdesk.domain.errors import NotFound
from famdesk.domain.notes.note_release import Terms
from famdesk.usecases import journal
from famdesk.usecases.notes import escrow, note_last, note_reading, note_release, note_search, notes
from famdesk.usecases.notes.note_release_rows import Recipient
from famdesk.usecases.notes.note_rows import NoteTexts, NoteValues
from famdesk.usecases.notes.note_sealing import NoKey
from famdesk.usecases.office import Office
from famdesk.usecases.people import data_copy, people, person_export, privacy_rights
from tests.support import envelopes
from tests.support.offices import PASSWORD, Desk
from tests.support.postgres import Server
from tests.usecases.notes.test_notes import DAY, person, row

COMMON, OF_ADA, OF_BEA = "Gemeinsamquarz", "Adaquarz", "Beaquarz"
FAR = date(2099, 12, 31)


@pytest.fixture
def author(desk: Desk) -> Office:
    return desk.sign_in("psychologist")


@pytest.fixture
def group(desk: Desk, author: Office) -> tuple[str, str, str]:
    """A signed note about Ada and Bea, each with a line; their ids first."""
    coordinator = desk.sign_in("coordinator")
    ada, bea = _added(coordinator, "Rossi"), _added(coordinator, "Bianchi")
    said = NoteTexts(COMMON, ((ada, OF_ADA), (bea, OF_BEA)))
    note_id = author.run(notes.start, NoteValues("group", DAY, (ada, bea)), said)
    added = _signed(author, note_id)
    extra = author.run(notes.start, NoteValues("group", DAY, (bea,)), NoteTexts(f"{OF_BEA} dazu"), added)
    _signed(author, extra)
    return ada, bea, note_id


def _signed(author: Office, note_id: str) -> str:
    author.run(notes.sign, note_id, row(author, note_id).version)
    return note_id


def _told(office: Office, query: Any, *arguments: Any) -> str:
    try:
        return repr(office.fetch(query, *arguments))
    except (NoKey, NotFound):
        return ""


def _added(office: Office, surname: str) -> str:
    return office.run(people.add_person, surname=surname, given_name="Ada", birth_date=date(1980, 5, 5))


def test_by_the_file_of_a_person(author: Office, group: tuple[str, str, str]) -> None:
    ada, bea, note_id = group
    for mine, said, other in ((ada, OF_ADA, OF_BEA), (bea, OF_BEA, OF_ADA)):
        told = _told(author, note_reading.read_about, note_id, mine)
        assert said in told
        assert COMMON in told
        assert other not in told
    assert author.fetch(note_reading.read_about, note_id, ada).addenda == ()


@pytest.mark.parametrize("query", [note_reading.of_person, data_copy.copy_of_data, privacy_rights.requests])
def test_by_lists_and_copies_of_a_persons_data(desk: Desk, group: tuple[str, str, str], query: Any) -> None:
    coordinator = desk.sign_in("coordinator")
    for who in group[:2]:
        told = repr(coordinator.fetch(query, who))
        assert not any(word in told for word in (COMMON, OF_ADA, OF_BEA))


def test_by_exports_and_the_history(desk: Desk, author: Office, group: tuple[str, str, str]) -> None:
    ada, bea, note_id = group
    told = repr(author.fetch(person_export.persons, [ada, bea], "csv")) + repr(author.fetch(note_reading.mine))
    told += repr(author.fetch(journal.history, "note", note_id)) + repr(author.fetch(journal.history, "person", ada))
    assert not any(word in told for word in (COMMON, OF_ADA, OF_BEA))


def test_by_the_search_which_is_the_authors_alone(desk: Desk, author: Office, group: tuple[str, str, str]) -> None:
    assert OF_BEA.lower() in repr(author.fetch(note_search.texts))
    for login in ("educator", "social_worker", "coordinator"):
        other = desk.sign_in(login)
        author.run(notes.share, group[2], other.actor.staff_id, other.actor.pairs.box_public)
        assert other.fetch(note_search.texts) == ()


def test_by_the_last_note_beside_the_one_that_is_written(author: Office, group: tuple[str, str, str]) -> None:
    told = _told(author, note_last.last, group[0])
    assert OF_ADA in told
    assert OF_BEA not in told


def test_by_an_excerpt_or_report_that_is_begun(desk: Desk, author: Office, group: tuple[str, str, str]) -> None:
    """It begins with days, and with no text of any note; nothing of another one can slip in."""
    ada, educator = group[0], desk.sign_in("educator")
    terms = Terms("report", purpose="together", first=DAY, last=DAY, until=None)
    begun = author.run(note_release.begin, ada, Recipient(other_id=ada), terms)
    told = _told(author, note_reading.read, begun)
    assert told
    assert not any(word in told for word in (COMMON, OF_ADA, OF_BEA))
    assert educator.fetch(note_release.received) == ()


@pytest.mark.parametrize("guard", ["blocked", "protected"])
def test_by_a_note_that_was_shared(desk: Desk, author: Office, group: tuple[str, str, str], guard: str) -> None:
    """A colleague who may not know Bea gets no key for her line, and is shown none later either."""
    _ada, bea, note_id = group
    coordinator, reader = desk.sign_in("coordinator"), desk.sign_in("educator")
    if guard == "blocked":
        coordinator.run(people.block, bea, reader.actor.staff_id, "parente")
    else:
        coordinator.run(people.assign, bea, author.actor.staff_id)
        version = coordinator.fetch(lambda tx: tx.session.get(people.Person, bea).version)
        coordinator.run(people.set_protection, bea, version, protected=True, restricted=False, reason="minacce")
    author.run(notes.share, note_id, reader.actor.staff_id, reader.actor.pairs.box_public)
    told = _told(reader, note_reading.read, note_id)
    assert OF_ADA in told
    assert OF_BEA not in told
    assert _told(reader, note_reading.read_about, note_id, bea) == ""
    held = author.fetch(lambda tx: tx.session.scalars(
        select(NotePart.kind).join(NoteKey, NoteKey.part_id == NotePart.id)
        .where(NotePart.note_id == note_id, NoteKey.holder_id == reader.actor.staff_id)
    ).all())  # fmt: skip
    assert sorted(held) == ["line", "text"]


def test_by_a_note_that_was_shared_before_somebody_was_kept_away(
    desk: Desk, author: Office, group: tuple[str, str, str]
) -> None:
    _ada, bea, note_id = group
    reader = desk.sign_in("educator")
    author.run(notes.share, note_id, reader.actor.staff_id, reader.actor.pairs.box_public)
    assert OF_BEA in _told(reader, note_reading.read, note_id)
    desk.sign_in("coordinator").run(people.block, bea, reader.actor.staff_id, "parente")
    told = _told(reader, note_reading.read, note_id)
    assert OF_ADA in told
    assert OF_BEA not in told


def test_by_the_envelope(desk: Desk, author: Office, group: tuple[str, str, str]) -> None:
    """The successor reads as the author did: whole from the notes, and from a file the line of this person alone."""
    ada, _bea, note_id = group
    coordinator, successor = desk.sign_in("coordinator"), desk.sign_in("social_worker")
    codes = envelopes.made(coordinator)
    author = desk.sign_in("psychologist")
    envelopes.agreed(author)
    coordinator = desk.sign_in("coordinator")
    coordinator.run(escrow.hand_over, codes[:2], author.actor.staff_id, successor.actor.staff_id,
                    successor.actor.pairs.box_public, "malattia")  # fmt: skip
    assert OF_BEA in _told(successor, note_reading.read, note_id)
    told = _told(successor, note_reading.read_about, note_id, ada)
    assert OF_ADA in told
    assert OF_BEA not in told


def test_by_somebody_who_has_no_key(desk: Desk, author: Office, group: tuple[str, str, str]) -> None:
    ada, bea, note_id = group
    for login in ("educator", "social_worker", "coordinator"):
        other = desk.sign_in(login)
        told = "".join(_told(other, note_reading.read_about, note_id, who) for who in (ada, bea))
        assert told + _told(other, note_reading.read, note_id) == ""
        assert other.fetch(note_last.last, ada) is None


@pytest.fixture
def psql(server_desk: Desk, postgres: Server) -> Any:
    where = server_desk.home.settings().server
    assert where is not None

    def connect(login: str) -> psycopg.Connection[Any]:
        return psycopg.connect(postgres.dsn(where.database, role_name(where.database, login), PASSWORD))

    return connect


@pytest.mark.postgres
def test_by_psql_with_the_password_of_a_reader(server_desk: Desk, psql: Any) -> None:
    """The server shows to a reader no sealed line for which there is no key, and no name of somebody hidden."""
    author, coordinator = server_desk.sign_in("psychologist"), server_desk.sign_in("coordinator")
    reader = server_desk.sign_in("educator").actor
    ada, bea = person(coordinator), person(coordinator, "Bianchi")
    said = NoteTexts(COMMON, ((ada, OF_ADA), (bea, OF_BEA)))
    note_id = _signed(author, author.run(notes.start, NoteValues("group", DAY, (ada, bea)), said))
    coordinator.run(people.block, bea, reader.staff_id, "parente")
    author.run(notes.share, note_id, reader.staff_id, reader.pairs.box_public)
    with psql("educator") as connection:
        parts = connection.execute("SELECT kind FROM note_part").fetchall()
        named = connection.execute("SELECT person_id::text FROM note_person").fetchall()
        keys = connection.execute("SELECT count(*) FROM note_key").fetchone()
    assert sorted(kind for (kind,) in parts) == ["line", "text"]
    assert named == [(ada,)]
    assert keys == (2,)
