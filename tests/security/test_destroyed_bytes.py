"""After their destruction neither words nor keys of notes are anywhere: not in a cell, not in a free page, not in the
log beside the file, not in the folder of temporary files, not for who has every password."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.orm import Session

from famdesk.data.cleaning import clean
from famdesk.data.destroying import destroy
from famdesk.data.engine import PRAGMAS, sqlite_engine
from famdesk.domain.errors import FamDeskError
from famdesk.usecases.notes import destroying_notes, note_reading, note_search, notes
from famdesk.usecases.notes.note_rows import NoteTexts, NoteValues
from famdesk.usecases.office import Office
from famdesk.usecases.paths import retention_due
from famdesk.usecases.people import people
from tests.support import envelopes
from tests.support.offices import Desk
from tests.support.planted import WORDS, files_of, found_in

LONG_AGO = date(2015, 5, 5)


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of temporary files, of this test alone."""
    found = tmp_path / "temporary"
    found.mkdir()
    for name in ("TMPDIR", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(found))
    monkeypatch.setattr(tempfile, "tempdir", str(found))
    return found


def _written(desk: Desk) -> Office:
    """An author whose notes of long ago hold all planted words: signed, drafts typed over, working notes, files."""
    envelopes.made(desk.sign_in("coordinator"))
    author = desk.sign_in("psychologist")
    envelopes.agreed(author)
    ada = author.run(people.add_person, surname="Rossi")
    for number in range(20):
        some = WORDS[number * 10 : number * 10 + 10]
        values = NoteValues("individual", LONG_AGO, (ada,), private=number % 5 == 4)
        note = author.run(notes.start, values, NoteTexts(" ".join(some[:4])))
        author.tend(notes.keep, note, NoteTexts(" ".join(some[:7]) * 40))
        author.run(notes.attach, note, f"{some[7]}.txt", "text/plain", " ".join(some[8:]).encode() * 300)
        if number % 3 == 0:
            row = next(one for one in author.fetch(note_reading.mine) if one.id == note)
            author.run(notes.sign, note, row.version)
    return author


def _sealed(engine: Engine) -> list[str]:
    """Every sealed text and key, as it is stored; of long ones the beginning, which fits on a page."""
    with engine.connect() as connection:
        rows = [str(row[0]) for table in ("note_part", "note_key")
                for row in connection.execute(text(f"SELECT sealed FROM {table}"))]  # fmt: skip
    return [row[16:80] for row in rows]


def _cells(engine: Engine) -> str:
    with engine.connect() as connection:
        return "\n".join(str(tuple(row)) for table in inspect(engine).get_table_names()
                         for row in connection.execute(text(f'SELECT * FROM "{table}"')))  # fmt: skip


def test_whoever_has_every_password_finds_nothing_any_more(file_desk: Desk, scratch: Path) -> None:
    author = _written(file_desk)
    said = repr(author.fetch(note_search.texts)).lower()
    assert all(word.lower() in said for word in WORDS[:1])
    sealed = _sealed(author.store.engine)
    assert len(sealed) == 40 + 80
    assert all(one in _cells(author.store.engine) for one in sealed)
    leads = file_desk.sign_in("coordinator")
    (row,) = leads.fetch(retention_due.due)
    made = leads.run(retention_due.propose, author_id=row.author_id)
    leads.close()
    assert destroying_notes.carry_out(author, made, 1)
    key = author.unlocked.database_key
    said = repr(author.fetch(note_search.texts)).lower()
    assert not [word for word in WORDS if word.lower() in said]
    for one in author.fetch(note_reading.mine):
        assert one.state == "destroyed"
        with pytest.raises(FamDeskError):
            author.fetch(note_reading.read, one.id)
    author.close()
    engine = sqlite_engine(file_desk.home.database, key)
    cells = _cells(engine)
    engine.dispose()
    assert not [one for one in sealed if one in cells]
    assert found_in([("cells", cells.encode()), *files_of(file_desk.home.folder, scratch)]) == []


@pytest.fixture
def plain(file_desk: Desk, tmp_path: Path) -> tuple[Path, list[str], list[str]]:
    """The same data in a file that is not encrypted, so that its pages can be read: path, sealed strings, note ids."""
    author = _written(file_desk)
    sealed, path = _sealed(author.store.engine), tmp_path / "plain.db"
    ids = [one.id for one in author.fetch(note_reading.mine)]
    raw = author.store.engine.raw_connection()
    cursor = raw.cursor()
    cursor.execute(f"ATTACH DATABASE '{path}' AS plain KEY ''")
    cursor.execute("SELECT sqlcipher_export('plain')")
    cursor.execute("DETACH DATABASE plain")
    raw.close()
    return path, sealed, ids


def _open(path: Path, *, careful: bool) -> Engine:
    """An engine on the plain file as the program's own; not `careful`: as SQLite is by itself."""

    def connection() -> Any:
        made = sqlcipher.connect(str(path), check_same_thread=False)
        for pragma in PRAGMAS:
            if careful or "secure_delete" not in pragma:
                made.execute(f"PRAGMA {pragma}")
        return made

    return create_engine("sqlite://", module=sqlcipher, creator=connection)


def _left(path: Path, sealed: list[str]) -> int:
    """How many sealed strings stand in the bytes of the file and of what lies beside it."""
    raw = b"".join(one.read_bytes() for one in sorted(path.parent.glob(f"{path.name}*")))
    return sum(one.encode() in raw for one in sealed)


@pytest.mark.parametrize("careful", [True, False])
def test_no_byte_of_keys_and_texts_is_left_in_the_file_and_its_log(
    plain: tuple[Path, list[str], list[str]], careful: bool
) -> None:
    path, sealed, ids = plain
    engine = _open(path, careful=careful)
    assert _left(path, sealed) == len(sealed)
    with Session(engine) as session:
        destroy(session, "", ids, date(2025, 2, 11))
        session.commit()
    assert _left(path, sealed) > 0, "only deleted: the search is not blind"
    assert clean(engine)
    assert _left(path, sealed) == 0
    engine.dispose()
