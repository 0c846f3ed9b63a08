"""On a server two desks of one author never leave a signed note that is not what was signed, nor a number twice; and
`famdesk verify` raises no false alarm for those who see only some of the notes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from famdesk.data.checks.verify import verify
from famdesk.usecases.notes import escrow, note_reading, notes
from famdesk.usecases.notes.note_rows import NoteTexts
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from tests.support import envelopes
from tests.support.offices import Desk
from tests.support.postgres import Server
from tests.usecases.notes.test_notes import SECRET, begun, person, row, signed

pytestmark = pytest.mark.postgres
A_WHILE = 0.5


def during(office: Office, first: Callable[[Any], object], then: Callable[[], object]) -> list[Exception]:
    """Does `then` at another desk while the step `first` is done but not on disk yet; gives what was refused."""
    done, go, errors = threading.Event(), threading.Event(), list[Exception]()

    def slowly(tx: Any) -> None:
        first(tx)
        tx.session.flush()
        done.set()
        go.wait()

    def caught(work: Callable[[], object]) -> None:
        try:
            work()
        except Exception as error:
            errors.append(error)

    one = threading.Thread(target=caught, args=(lambda: office.run(slowly),))
    one.start()
    assert done.wait(60)
    other = threading.Thread(target=caught, args=(then,))
    other.start()
    other.join(A_WHILE)
    go.set()
    one.join()
    other.join()
    return errors


def test_a_save_of_the_other_desk_does_not_change_what_is_being_signed(server_desk: Desk) -> None:
    here, there = server_desk.sign_in("psychologist"), server_desk.sign_in("psychologist")
    note_id = begun(here, person(here))
    version = row(here, note_id).version
    errors = during(here, lambda tx: notes.sign(tx, note_id, version),
                    lambda: there.run(notes.keep, note_id, NoteTexts("später")))  # fmt: skip
    assert [type(error) for error in errors] == [notes.SignedAlready]
    assert here.fetch(note_reading.read, note_id).texts.text == SECRET
    assert verify(here.store.engine, here.keystore.load()) == []


def test_two_notes_signed_at_once_have_two_numbers(server_desk: Desk) -> None:
    here, there = server_desk.sign_in("psychologist"), server_desk.sign_in("psychologist")
    ada = person(here)
    one, other = begun(here, ada), begun(here, ada)
    versions = {note_id: row(here, note_id).version for note_id in (one, other)}
    errors = during(here, lambda tx: notes.sign(tx, one, versions[one]),
                    lambda: there.run(notes.sign, other, versions[other]))  # fmt: skip
    assert errors == []
    assert (row(here, one).number, row(here, other).number) == (1, 2)
    assert here.fetch(note_reading.chain).count == 2
    assert verify(here.store.engine, here.keystore.load()) == []


def test_who_sees_some_of_the_notes_is_not_alarmed(server_desk: Desk) -> None:
    author = server_desk.sign_in("psychologist")
    coordinator, successor = server_desk.sign_in("coordinator"), server_desk.sign_in("educator")
    ada = person(coordinator)
    note_id = begun(author, ada)
    codes = envelopes.made(coordinator)
    author = server_desk.sign_in("psychologist")
    envelopes.agreed(author)
    author.run(notes.attach, note_id, "blatt.txt", "text/plain", b"inside")
    author.run(notes.sign, note_id, row(author, note_id).version)
    signed(author, ada, private=True)
    signed(author, ada)
    coordinator = server_desk.sign_in("coordinator")
    coordinator.run(escrow.hand_over, codes[:2], author.actor.staff_id, successor.actor.staff_id,
                    successor.actor.pairs.box_public, "malattia")  # fmt: skip
    coordinator.run(people.block, ada, author.actor.staff_id, "parente")
    for office in (author, coordinator, successor, server_desk.sign_in("reception"), server_desk.office):
        assert verify(office.store.engine, office.keystore.load()) == [], office.role


def test_an_author_finds_what_the_owner_of_the_server_changed(server_desk: Desk, postgres: Server) -> None:
    author = server_desk.sign_in("psychologist")
    ada = person(author)
    for _number in range(3):
        signed(author, ada)
    where = server_desk.home.settings().server
    assert where is not None
    owner = create_engine(postgres.url(where.database))
    with owner.begin() as connection:
        connection.execute(text("ALTER TABLE note DISABLE TRIGGER USER"))
        connection.execute(text("UPDATE note SET minutes = 45 WHERE number = 2"))
    owner.dispose()
    (found,) = verify(author.store.engine, author.keystore.load())
    assert "note 2 of" in found.sentence()
