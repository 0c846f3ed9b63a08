"""How the queries of ready texts and of what is given out of notes are asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from famdesk.domain.notes.note_release import Terms
from famdesk.domain.notes.note_texts import TEMPLATE
from famdesk.usecases.notes import note_last, note_reading, note_release, note_snippets, notes
from famdesk.usecases.notes.note_release_rows import Recipient
from famdesk.usecases.notes.note_rows import NoteTexts
from famdesk.usecases.office import Office
from tests.support.scenarios import Call, call

TERMS = Terms("summary", "care", date(2025, 2, 1), date(2025, 2, 11))

ASKED: dict[str, Callable[[Any], Call]] = {
    note_last.last.name: lambda known: call(note_last.last, known.person),
    note_snippets.snippets.name: lambda known: call(note_snippets.snippets, TEMPLATE),
    note_snippets.for_all.name: lambda known: call(note_snippets.for_all),
    note_release.sources.name: lambda known: call(note_release.sources, known.person, TERMS),
    note_release.cover.name: lambda known: call(note_release.cover, known.person, Recipient(name="Tribunale")),
    note_release.family.name: lambda known: call(note_release.family, known.person),
    note_release.of_note.name: lambda known: call(note_release.of_note, known.note),
    note_release.out_of.name: lambda known: call(note_release.out_of, known.note),
    note_release.paper.name: lambda known: call(note_release.paper, known.report, "hand"),
    note_release.received.name: lambda known: call(note_release.received),
}
BY_ID = {note_last.last.name, note_release.sources.name, note_release.cover.name, note_release.family.name,
         note_release.out_of.name, note_release.paper.name}  # fmt: skip
OF_AUTHOR = {note_release.paper.name}


def planted(author: Office, person_id: str) -> str:
    """A signed report for the person whom it is about; gives the id of the note that it is."""
    terms = Terms("report", "own_request", date(2025, 2, 1), date(2025, 2, 11))
    note_id = author.run(note_release.begin, person_id, Recipient(other_id=person_id), terms)
    row = next(one for one in author.fetch(note_reading.mine) if one.id == note_id)
    author.run(notes.sign, note_id, row.version, NoteTexts("Relazione"))
    return note_id
