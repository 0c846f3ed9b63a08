"""How the queries of session notes are asked, about a note that its author shared with every colleague."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from famdesk.usecases.notes import escrow_consents, note_reading, note_search, note_sessions, notes
from famdesk.usecases.notes.note_rows import NoteTexts, NoteValues
from famdesk.usecases.office import Office
from famdesk.usecases.staff import notices
from tests.support.scenarios import Call, call

READERS = ("educator", "social_worker", "coordinator")

ASKED: dict[str, Callable[[Any], Call]] = {
    escrow_consents.state.name: lambda known: call(escrow_consents.state, frozenset()),
    escrow_consents.consents.name: lambda known: call(escrow_consents.consents, frozenset()),
    note_reading.received.name: lambda known: call(note_reading.received),
    notices.unread.name: lambda known: call(notices.unread),
    note_search.texts.name: lambda known: call(note_search.texts),
    note_reading.mine.name: lambda known: call(note_reading.mine),
    note_reading.handed_over.name: lambda known: call(note_reading.handed_over),
    note_reading.unsigned.name: lambda known: call(note_reading.unsigned),
    note_reading.chain.name: lambda known: call(note_reading.chain),
    note_reading.of_person.name: lambda known: call(note_reading.of_person, known.person),
    note_reading.read.name: lambda known: call(note_reading.read, known.note),
    note_reading.read_about.name: lambda known: call(note_reading.read_about, known.note, known.person),
    note_sessions.of_today.name: lambda known: call(note_sessions.of_today),
    note_sessions.kind_for.name: lambda known: call(note_sessions.kind_for, [known.person, known.person]),
    note_reading.readers.name: lambda known: call(note_reading.readers, known.note),
    note_reading.attachment.name: lambda known: call(note_reading.attachment, known.note, known.note_file),
}
BY_ID = {note_reading.of_person.name, note_reading.read.name, note_reading.read_about.name,
         note_reading.attachment.name, note_reading.readers.name}  # fmt: skip


def planted(offices: dict[str, Office], person_id: str) -> tuple[str, str]:
    """A signed note of the psychologist that all colleagues may read; gives its id and that of its file."""
    author = offices["psychologist"]
    note_id = author.run(notes.start, NoteValues("individual", date(2025, 2, 10), (person_id,)), NoteTexts("Un testo"))
    file_id = author.run(notes.attach, note_id, "disegno.png", "image/png", b"\x89PNG")
    (row,) = author.fetch(note_reading.mine)
    author.run(notes.sign, note_id, row.version)
    for role in READERS:
        actor = offices[role].actor
        author.run(notes.share, note_id, actor.staff_id, actor.pairs.box_public)
    return note_id, file_id
