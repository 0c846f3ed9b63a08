"""200 unlikely words, planted in every field of session notes, and how they are looked for."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from famdesk.domain.notes.note_texts import TEMPLATE
from famdesk.usecases.notes import note_reading, note_search, note_snippets, notes
from famdesk.usecases.notes.note_rows import NoteTexts, NoteValues
from famdesk.usecases.office import Office
from famdesk.usecases.people import people

DAY = date(2025, 2, 10)
END = "zwiebel"
WORDS = tuple(f"Quarz{number:03d}{END}" for number in range(200))


class Words:
    """Gives out words, each once."""

    def __init__(self) -> None:
        self._left = list(WORDS)

    def some(self, count: int) -> str:
        """The next words, which stand nowhere else."""
        taken, self._left = self._left[:count], self._left[count:]
        assert len(taken) == count
        return " ".join(taken)

    def all_used(self) -> bool:
        return not self._left


@dataclass(frozen=True, slots=True)
class Planted:
    """What was written: about whom, and notes by what they are."""

    ada: str
    bea: str
    notes: dict[str, str]


def sign(author: Office, note_id: str) -> str:
    row = next(one for one in author.fetch(note_reading.mine) if one.id == note_id)
    author.run(notes.sign, note_id, row.version)
    return note_id


def plant(author: Office) -> Planted:
    """Signed notes, an addendum, a group with lines and files, a working note, drafts: typed, typed over, with a
    drawing, thrown away; and ready texts of one's own."""
    words = Words()
    ada, bea = (author.run(people.add_person, surname=name) for name in ("Rossi", "Bianchi"))
    about_ada = NoteValues("individual", DAY, (ada,))

    def begin(count: int, values: NoteValues = about_ada, to: str | None = None) -> str:
        return author.run(notes.start, values, NoteTexts(words.some(count)), to)

    made = {"signed": sign(author, begin(30))}
    made["addendum"] = sign(author, begin(20, to=made["signed"]))
    group = NoteTexts(words.some(15), ((ada, words.some(15)), (bea, words.some(15))))
    made["group"] = author.run(notes.start, NoteValues("group", DAY, (ada, bea)), group)
    author.run(notes.attach, made["group"], f"{words.some(5)}.txt", "text/plain", words.some(15).encode())
    author.run(notes.attach, made["group"], f"{words.some(5)}.png", "image/png", words.some(10).encode(), "drawing")
    sign(author, made["group"])
    made["private"] = sign(author, begin(10, NoteValues("individual", DAY, private=True)))
    made["draft"] = begin(10)
    author.tend(notes.keep, made["draft"], NoteTexts(words.some(10)))
    author.run(notes.attach, made["draft"], f"{words.some(5)}.txt", "text/plain", words.some(10).encode())
    lines = NoteTexts(words.some(5), ((bea, words.some(5)),))
    made["group draft"] = author.run(notes.start, NoteValues("group", DAY, (ada, bea)), lines)
    author.run(notes.drop, begin(5))
    author.run(note_snippets.save, TEMPLATE, words.some(2), words.some(8), own=True)
    assert words.all_used(), "each word stands somewhere"
    assert len(author.fetch(note_search.texts)) == len(made)
    return Planted(ada, bea, made)


def forms(word: str) -> list[bytes]:
    """A word as it may stand in a file: plain, small, in the forms of UTF-16, in hexadecimal, and in base 64, wherever
    it begins."""
    plain = word.encode()
    return [plain, word.lower().encode(), word.encode("utf-16-le"), word.encode("utf-16-be"), plain.hex().encode(),
            *(base64.b64encode(b" " * skip + plain)[4 * (skip > 0) : -4] for skip in range(3))]  # fmt: skip


def found_in(raw: Iterable[tuple[str, bytes]]) -> list[tuple[str, str]]:
    """(place, word) of each word that stands in some bytes, which have a name."""
    likely = [(name, data, data.lower()) for name, data in raw if _holds(data, data.lower(), END)]
    return [(name, word) for word in WORDS for name, data, small in likely if _holds(data, small, word)]


def _holds(data: bytes, small: bytes, word: str) -> bool:
    return any(form in data or form in small for form in forms(word))


def files_of(*folders: Path) -> list[tuple[str, bytes]]:
    """Every file in some folders, as it is on the disk."""
    return [(str(path), path.read_bytes()) for folder in folders for path in sorted(folder.rglob("*"))
            if path.is_file()]  # fmt: skip
