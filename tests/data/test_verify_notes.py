"""`famdesk verify` finds whatever was done to signed notes past the program, and where."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from famdesk.data.checks.verify import verify
from famdesk.usecases.notes import notes
from famdesk.usecases.notes.note_rows import NoteTexts
from famdesk.usecases.office import Office
from tests.support.offices import Desk
from tests.usecases.notes.test_notes import person, row, signed, values

LOCKS = ("note_locked", "note_stays", "note_part_locked", "note_part_stays", "note_person_locked", "note_person_stays")
ONE_BYTE = """UPDATE note_part SET sealed = substr(sealed, 1, 60)
    || CASE substr(sealed, 61, 1) WHEN 'A' THEN 'B' ELSE 'A' END || substr(sealed, 62)
    WHERE note_id = (SELECT id FROM note WHERE number = 2)"""

OTHER_PERSON = """UPDATE note_person SET person_id = (SELECT id FROM person WHERE surname = 'Bianchi')
    WHERE note_id = (SELECT id FROM note WHERE number = 2)"""


@pytest.fixture
def author(file_desk: Desk) -> Office:
    """A psychologist with three signed notes, the second with an addendum, and a draft."""
    office = file_desk.sign_in("psychologist")
    ada = person(office)
    person(office, "Bianchi")
    ids = [signed(office, ada, said=f"nota {number}") for number in range(3)]
    added = office.run(notes.start, values(ada), NoteTexts("aggiunta"), ids[1])
    office.run(notes.sign, added, row(office, added).version)
    office.run(notes.start, values(ada), NoteTexts("bozza"))
    return office


def _found(office: Office, *statements: str) -> list[str]:
    """What is found after somebody with tools of his own did that to the file."""
    with office.store.engine.begin() as connection:
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        for name in LOCKS:
            connection.execute(text(f"DROP TRIGGER {name}"))
        for statement in statements:
            assert connection.execute(text(statement)).rowcount > 0
    return [one.sentence() for one in verify(office.store.engine, office.keystore.load())]


def test_what_was_signed_is_whole(author: Office) -> None:
    assert verify(author.store.engine, author.keystore.load()) == []


@pytest.mark.parametrize(
    "change",
    [
        ONE_BYTE,
        "UPDATE note SET day = '2025-02-09' WHERE number = 2",
        "UPDATE note SET minutes = 45 WHERE number = 2",
        "UPDATE note SET private = 1 WHERE number = 2",
        "UPDATE note SET parts = '[]' WHERE number = 2",
        "UPDATE note SET signed_at = '2025-02-01T10:00:00+00:00' WHERE number = 2",
        "UPDATE note SET prev = hash WHERE number = 2",
        "UPDATE note SET people = '[]' WHERE number = 2",
        "UPDATE note SET state = 'draft' WHERE number = 2",
        "UPDATE note SET deleted_at = '2025-02-01T10:00:00+00:00' WHERE number = 2",
        OTHER_PERSON,
        "UPDATE note_part SET kind = 'line' WHERE note_id = (SELECT id FROM note WHERE number = 2)",
        "DELETE FROM note_person WHERE note_id = (SELECT id FROM note WHERE number = 2)",
    ],
)
def test_a_changed_note_is_found_with_its_number(author: Office, change: str) -> None:
    found = _found(author, change)
    assert len(found) == 1
    assert "note 2 of" in found[0]


def test_a_signature_of_somebody_else_is_found(author: Office) -> None:
    found = _found(author, "UPDATE note SET signature = (SELECT signature FROM audit LIMIT 1) WHERE number = 2")
    assert len(found) == 1
    assert "signature is not that of its author" in found[0]


def test_a_note_that_was_taken_out_is_missed(author: Office) -> None:
    gone = "(SELECT id FROM note WHERE number = 1)"
    found = _found(author, f"DELETE FROM note_key WHERE part_id IN (SELECT id FROM note_part WHERE note_id = {gone})",
                   f"DELETE FROM note_part WHERE note_id = {gone}", f"DELETE FROM note_person WHERE note_id = {gone}",
                   "DELETE FROM note WHERE number = 1")  # fmt: skip
    assert any("number 1 of its author" in one for one in found)
    assert any("the session note that entry" in one for one in found)


def test_the_last_notes_cannot_be_cut_off_unseen(author: Office) -> None:
    gone = "(SELECT id FROM note WHERE number >= 3)"
    found = _found(author, f"DELETE FROM note_key WHERE part_id IN (SELECT id FROM note_part WHERE note_id IN {gone})",
                   f"DELETE FROM note_part WHERE note_id IN {gone}", f"DELETE FROM note_person WHERE note_id IN {gone}",
                   "DELETE FROM note WHERE number >= 3")  # fmt: skip
    assert sum("the session note that entry" in one for one in found) == 2
