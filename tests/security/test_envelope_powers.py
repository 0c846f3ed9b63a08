"""With psql and a coordinator's password: no consent in somebody's name, no key of others thrown away or put in the
place of another, no notes taken over without their author being told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from famdesk.domain.ids import new_id
from famdesk.usecases import session
from famdesk.usecases.notes import escrow, note_reading
from famdesk.usecases.notes.note_sealing import Unreadable
from famdesk.usecases.office import Office
from famdesk.usecases.staff import notices
from tests.security.town import Town, founded
from tests.support.envelopes import agreed, made
from tests.support.offices import PASSWORD, FixedClock
from tests.support.postgres import Server
from tests.usecases.notes.test_notes import SECRET, begun, person, signed

pytestmark = pytest.mark.postgres

OTHERS = ["reception", "educator", "social_worker", "coordinator", "administrator"]
KEY = ("INSERT INTO note_key (id, version, centre_id, part_id, author_id, holder_id, public, received, sealed)"
       " VALUES (%s, 1, %s, %s, %s, %s, %s, %s, 'nichts')")  # fmt: skip
CONSENT = ("INSERT INTO escrow_consent (id, version, centre_id, staff_id, public, agreed, at, signer, signature)"
           " VALUES (%s, 1, %s, %s, 'eigen', true, '2025-02-11', 'né', 'né')")  # fmt: skip

PART = ("INSERT INTO note_part (id, version, centre_id, note_id, author_id, kind, position, sealed)"
        " VALUES (%s, 1, %s, %s, fd_staff(), 'text', 0, 'nichts')")  # fmt: skip

Connection = psycopg.Connection[tuple[str]]


@dataclass
class Place:
    """A town whose psychologist agreed to the envelope and wrote a signed note; `part` is one of its parts."""

    town: Town
    author: Office
    coordinator: Office
    note: str
    part: str

    @property
    def centre(self) -> str:
        return self.author.actor.centre_id


@pytest.fixture(scope="module")
def place(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with founded(postgres, tmp_path_factory.mktemp("envelope")) as town:
        author, coordinator = (
            session.sign_in(town.here.home, login, PASSWORD, clock=FixedClock())
            for login in ("psychologist", "coordinator")
        )
        made(coordinator)
        agreed(author)
        note_id = signed(author, person(coordinator))
        begun(author, person(coordinator))
        with town.superuser() as connection:
            found = connection.execute("SELECT id FROM note_part WHERE note_id = %s", (note_id,)).fetchone()
        assert found is not None
        yield Place(town, author, coordinator, note_id, str(found[0]))
        author.close()
        coordinator.close()


def _refused(connection: Connection, statement: str, values: tuple[object, ...] = ()) -> None:
    with pytest.raises(InsufficientPrivilege), connection.transaction():
        connection.execute(statement.encode(), values)


@pytest.mark.parametrize("login", OTHERS)
def test_nobody_agrees_in_the_name_of_an_author(place: Place, login: str) -> None:
    with place.town.psql(login) as connection:
        _refused(connection, CONSENT, (new_id(), place.centre, place.author.actor.staff_id))
        _refused(connection, "UPDATE escrow_consent SET agreed = true")
        _refused(connection, "DELETE FROM escrow_consent")


@pytest.mark.parametrize("login", OTHERS)
def test_no_key_of_others_is_changed_or_thrown_away(place: Place, login: str) -> None:
    author = place.author.actor.staff_id
    with place.town.psql(login) as connection:
        for statement in ("UPDATE note_key SET sealed = '' WHERE author_id = %s",
                          "UPDATE note_key SET holder_id = fd_staff() WHERE author_id = %s",
                          "DELETE FROM note_key WHERE author_id = %s"):  # fmt: skip
            assert connection.execute(statement.encode(), (author,)).rowcount == 0, statement
    assert place.author.fetch(note_reading.read, place.note).texts.text == SECRET


@pytest.mark.parametrize("login", OTHERS)
def test_nothing_is_put_into_the_envelope_of_an_author_nor_given_as_by_the_author(place: Place, login: str) -> None:
    author, other = place.author.actor.staff_id, place.coordinator.actor.staff_id
    with place.town.psql(login) as connection:
        for holder, received in ((None, False), (None, True), (author, False), (other, False)):
            _refused(connection, KEY, (new_id(), place.centre, place.part, author, holder, "mein", received))
        mine = connection.execute("SELECT fd_staff()").fetchone()
        for own in {other, mine and str(mine[0])}:
            _refused(connection, KEY, (new_id(), place.centre, place.part, own, own, "als eigenes", True))


@pytest.mark.parametrize("login", OTHERS)
def test_nobody_adds_to_the_note_of_another(place: Place, login: str) -> None:
    with place.town.psql(login) as connection:
        _refused(connection, PART, (new_id(), place.centre, place.note))


def test_a_coordinator_with_psql_takes_nothing_over_in_silence(place: Place) -> None:
    """The key is worth nothing: it was not sealed by the envelope. But it would show that there are drafts."""
    author, me = place.author.actor.staff_id, place.coordinator.actor.staff_id
    dsn = place.town.server.dsn(place.town.database, f"fd_{place.town.database}:coordinator", PASSWORD)
    assert "handed_over" not in [row.kind for row in place.author.fetch(notices.unread)]
    with psycopg.connect(dsn) as connection:
        for public in ("mein", "mein-zweiter"):
            connection.execute(KEY.encode(), (new_id(), place.centre, place.part, author, me, public, True))
        connection.commit()
    told = [row for row in place.author.fetch(notices.unread) if row.kind == "handed_over"]
    assert [(row.by, row.whom) for row in told] == [("Prova coordinator", "Prova coordinator")]
    with pytest.raises(Unreadable):
        place.coordinator.fetch(note_reading.read, place.note)
    with place.town.psql("coordinator") as connection:
        assert connection.execute("DELETE FROM notice WHERE staff_id = %s", (author,)).rowcount == 0
        _refused(connection, "SELECT fd_tell_author()")


def test_an_envelope_of_the_coordinators_own_gets_no_notes(place: Place) -> None:
    """Whoever makes one and keeps all shares still needs every author's signature."""
    drawn = escrow.draw()
    escrow.make(place.coordinator, drawn, ("Uno", "Due", "Tre"), "la tengo io")
    author = session.sign_in(place.town.here.home, "psychologist", PASSWORD, clock=FixedClock())
    assert author.tend(escrow.put_in) == 0
    mine = place.coordinator.actor
    ask = (author.actor.staff_id, mine.staff_id, mine.pairs.box_public, "curiosità")
    with pytest.raises(escrow.NothingInside):
        place.coordinator.run(escrow.hand_over, drawn.codes[:2], *ask)
    author.close()


def test_a_key_that_is_taken_back_showed_nothing(place: Place) -> None:
    """A coordinator's psql: the notice to the author would go with the transaction, so nothing is seen in it."""
    author, me = place.author.actor.staff_id, place.coordinator.actor.staff_id
    dsn = place.town.server.dsn(place.town.database, f"fd_{place.town.database}:coordinator", PASSWORD)
    told = len(place.author.fetch(notices.unread))
    with psycopg.connect(dsn) as connection:
        parts = connection.execute("SELECT DISTINCT part_id FROM note_key WHERE author_id = %s", (author,)).fetchall()
        before = connection.execute("SELECT count(*) FROM note").fetchone()
        connection.execute("SAVEPOINT here")
        for (part,) in parts:
            connection.execute(KEY.encode(), (new_id(), place.centre, part, author, me, "mein-dritter", True))
        connection.execute("RELEASE here")
        assert connection.execute("SELECT count(*) FROM note").fetchone() == before
        assert connection.execute("SELECT 1 FROM note WHERE state = 'draft'").fetchall() == []
        sealed = connection.execute("SELECT count(*) FROM note_part WHERE note_id <> %s", (place.note,)).fetchone()
        assert sealed == (0,)
        connection.rollback()
    assert len(place.author.fetch(notices.unread)) == told
