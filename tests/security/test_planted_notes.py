"""200 unlikely words in every field of notes: whoever has all keys but the author's finds none of them anywhere."""

from __future__ import annotations

import base64
import tempfile
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from famdesk.data import keys
from famdesk.data.backup import restore
from famdesk.data.engine import sqlite_engine
from famdesk.data.home import Home
from famdesk.usecases import care, data_copy, note_reading, note_search, notes, people
from famdesk.usecases.note_rows import NoteTexts, NoteValues
from tests.support import envelopes
from tests.support.offices import PASSWORD, Desk

DAY = date(2025, 2, 10)
WORDS = [f"Quarz{number:03d}zwiebel" for number in range(200)]


def _some(count: int, words: list[str]) -> str:
    """The next words, which stand nowhere else."""
    taken, words[:] = words[:count], words[count:]
    return " ".join(taken)


def _planted(desk: Desk, words: list[str]) -> str:
    """Signed notes, a draft, a working note, an addendum, a group, files; gives the person whom they are about."""
    author = desk.sign_in("psychologist")
    envelopes.agreed(author)
    ada, bea = (author.run(people.add_person, surname=name) for name in ("Rossi", "Bianchi"))

    def sign(note_id: str) -> str:
        row = next(one for one in author.fetch(note_reading.mine) if one.id == note_id)
        author.run(notes.sign, note_id, row.version)
        return note_id

    first = sign(author.run(notes.start, NoteValues("individual", DAY, (ada,)), NoteTexts(_some(40, words))))
    sign(author.run(notes.start, NoteValues("individual", DAY, (ada,)), NoteTexts(_some(20, words)), first))
    group = author.run(notes.start, NoteValues("group", DAY, (ada, bea)),
                       NoteTexts(_some(20, words), ((ada, _some(20, words)), (bea, _some(20, words)))))  # fmt: skip
    author.run(notes.attach, group, f"{_some(10, words)}.txt", "text/plain", _some(20, words).encode())
    sign(group)
    author.run(notes.start, NoteValues("individual", DAY, private=True), NoteTexts(_some(20, words)))
    draft = author.run(notes.start, NoteValues("individual", DAY, (ada,)), NoteTexts(_some(10, words)))
    author.tend(notes.keep, draft, NoteTexts(_some(10, words)))
    author.run(notes.attach, draft, "disegno.png", "image/png", _some(10, words).encode(), "drawing")
    assert len(author.fetch(note_search.texts)) == 5
    assert not words, "each word stands somewhere"
    author.close()
    return ada


def _dump(home: Home, key: bytes) -> str:
    """Every cell of every table as the master key opens it."""
    engine = sqlite_engine(home.database, key)
    with engine.connect() as connection:
        rows = [str(tuple(row)) for table in inspect(engine).get_table_names()
                for row in connection.execute(text(f'SELECT * FROM "{table}"'))]  # fmt: skip
    engine.dispose()
    return "\n".join(rows)


def _forms(word: str) -> list[bytes]:
    """A word as it may stand in a file: plain, small, in the form of UTF-16, and in base 64 wherever it begins."""
    plain = word.encode()
    return [plain, word.lower().encode(), word.encode("utf-16-le"),
            *(base64.b64encode(b" " * skip + plain)[4 * (skip > 0) : -4] for skip in range(3))]  # fmt: skip


def test_no_planted_word_is_found_with_every_key_but_the_authors(
    file_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    envelopes.made(file_desk.sign_in("coordinator"))
    ada = _planted(file_desk, list(WORDS))
    coordinator = file_desk.sign_in("coordinator")
    backup = tmp_path / "copia.fdbackup"
    care.back_up(coordinator, backup)
    exported = repr(coordinator.fetch(data_copy.copy_of_data, ada)) + repr(
        coordinator.fetch(note_reading.of_person, ada)
    )
    key = coordinator.unlocked.database_key
    coordinator.close()
    restored = Home(tmp_path / "restored")
    restore(backup, restored, lambda ring: keys.unlock(ring, "coordinator", PASSWORD))
    places = [_dump(file_desk.home, key), _dump(restored, key), exported]
    files = [path for folder in (file_desk.home.folder, temporary, restored.folder) for path in folder.rglob("*")
             if path.is_file()] + [backup]  # fmt: skip
    raw = [path.read_bytes() for path in files]
    assert len(files) > 4
    for word in WORDS:
        assert not any(word.lower() in place.lower() for place in places), word
        assert not any(form in data for data in raw for form in _forms(word)), word


def test_the_search_would_find_a_word_that_stands_open(file_desk: Desk) -> None:
    """So the silence above is not that of a search that finds nothing."""
    office = file_desk.sign_in("coordinator")
    office.run(people.add_person, surname=WORDS[0])
    key = office.unlocked.database_key
    office.close()
    assert WORDS[0].lower() in _dump(file_desk.home, key).lower()
    assert base64.b64encode(f"ab{WORDS[0]}".encode()).find(_forms(WORDS[0])[5]) >= 0
