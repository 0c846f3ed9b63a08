"""Scenarios of ready texts for session notes."""

from __future__ import annotations

from famdesk.data.tables.writing import NoteSnippet
from famdesk.domain.notes.note_texts import EXPANSION, TEMPLATE
from famdesk.usecases.notes import note_snippets
from famdesk.usecases.office import Office
from tests.support.offices import Desk
from tests.support.scenarios import Call, Scenarios, call, version

SCENARIOS = Scenarios()


@SCENARIOS.of(note_snippets.save)
def _(desk: Desk) -> tuple[Office, Call]:
    return desk.sign_in("psychologist"), call(note_snippets.save, EXPANSION, "/pc", "Primo colloquio")


@SCENARIOS.of(note_snippets.save, "again, for all")
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("coordinator")
    made = office.run(note_snippets.save, TEMPLATE, "Primo colloquio", "Chi è venuto:", own=False)
    return office, call(note_snippets.save, TEMPLATE, "Primo colloquio", "Chi viene:", own=False, snippet_id=made,
                        version=version(office, NoteSnippet, made))  # fmt: skip


@SCENARIOS.of(note_snippets.remove)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("educator")
    made = office.run(note_snippets.save, EXPANSION, "/pc", "Primo colloquio")
    return office, call(note_snippets.remove, made, version(office, NoteSnippet, made))
