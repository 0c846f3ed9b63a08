"""Reports, summaries and excerpts of session notes on paper: written by their author, addressed by the gate."""

from __future__ import annotations

from famdesk.data.tx import Tx
from famdesk.domain.codes import label
from famdesk.domain.notes.notes import OUT_KINDS
from famdesk.domain.post import letters as kinds
from famdesk.i18n import language
from famdesk.sheets.post.labels import broken
from famdesk.sheets.post.letter import LetterSheet, OneLetter
from famdesk.usecases.notes import note_release


def report(tx: Tx, note_id: str, way: str, reason: str | None = None) -> LetterSheet:
    """A letter with the text of what was signed; its first line stands as the subject.

    Raises: as `note_release.paper`.
    """
    found = note_release.paper(tx, note_id, way, reason)
    heading, _line, body = found.text.strip().partition("\n")
    if not body.strip():  # no heading of its own
        heading, body = "" if found.neutral else label(OUT_KINDS, found.kind), found.text
    text = "\n\n".join(part for part in (body.strip(), found.signed) if part)
    letter = OneLetter(found.name, broken(found.address) if found.address else "", found.sender, heading.strip(), text,
                       language(), not found.neutral)  # fmt: skip
    return LetterSheet((letter,), found.day, kinds.C5, kinds.RIGHT)
