"""Session notes: kinds, and the chain that binds what was signed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from famdesk.domain.codes import Code, Table
from famdesk.i18n import N_

SESSION_KINDS: Table = (
    Code("individual", N_("Individual session")),
    Code("couple", N_("Couple session")),
    Code("family", N_("Family session")),
    Code("group", N_("Group session")),
    Code("team", N_("Case discussion")),
)

OUT_KINDS: Table = (
    # Translators: a passage out of session notes that is given to somebody, Italian "estratto"
    Code("excerpt", N_("Excerpt of notes")),
    # Translators: what session notes come down to, written for somebody, Italian "sintesi"
    Code("summary", N_("Summary of notes")),
    # Translators: what a psychologist writes to a court, a school or a family, Italian "relazione"
    Code("report", N_("Written report")),
)
"""Notes that are written to be given out; see `famdesk.domain.notes.note_release`."""

NOTE_KINDS: Table = (*SESSION_KINDS, *OUT_KINDS)

PATH_KINDS: Table = (
    Code("consultation", N_("Consultation")),
    Code("mediation", N_("Family mediation")),
    Code("fatherhood", N_("Fatherhood space")),
    Code("plan", N_("Personalised plan")),
    Code("support", N_("Psychological support")),
)

START = "0" * 64
"""What the first signed note of an author follows."""
FORMAT = 1
SIGNED_NUMBERS = "signed"
"""Under this name the journal tells which numbers a step signed; notes that are cut off are missed by it."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What a signature covers, beside the sealed parts: who wrote about whom, when, and after which note.

    `people` are (id of the row that names somebody, `named`), `parts` are (id, `digest`), `addendum_to` a note.
    """

    centre_id: str
    note_id: str
    author_id: str
    kind: str
    private: bool
    day: date
    starts: time | None
    minutes: int | None
    addendum_to: str | None
    number: int
    signed_at: str
    prev: str
    people: Sequence[tuple[str, str]]
    parts: Sequence[tuple[str, str]]
    path_id: str | None = None
    appointment_id: str | None = None
    meeting_id: str | None = None

    def hash(self) -> str:
        """SHA-256 in hexadecimal; the next note of the same author carries it as its `prev`."""
        body = [
            FORMAT, self.centre_id, self.note_id, self.author_id, self.kind, self.private, self.day.isoformat(),
            self.starts.isoformat() if self.starts else None, self.minutes, self.addendum_to, self.number,
            self.signed_at, self.prev, sorted(map(list, self.people)), sorted(map(list, self.parts)),
            self.path_id, self.appointment_id, self.meeting_id,
        ]  # fmt: skip
        return _sha256(body)


@dataclass(frozen=True, slots=True)
class SealedPart:
    """A sealed part as it is stored: what it is, whose, where it stands, and its cipher texts."""

    centre_id: str
    note_id: str
    author_id: str
    kind: str
    position: int
    note_person_id: str | None
    head: str | None
    sealed: str

    def digest(self) -> str:
        """What a signature covers of it."""
        return _sha256([self.centre_id, self.note_id, self.author_id, self.kind, self.position, self.note_person_id,
                        self.head, self.sealed])  # fmt: skip


def named(centre_id: str, note_id: str, row_id: str, person_id: str) -> str:
    """What a signature covers of the row by which a note names somebody. It tells nobody who that is: of the persons of
    a note a colleague may know one and not the other."""
    return _sha256([centre_id, note_id, row_id, person_id])


def mark(parts: Iterable[tuple[str, str]]) -> str:
    """What stands in a draft, as one word: (id, sealed text) of the parts that are typed. It changes with every save,
    at whatever desk, and is written nowhere."""
    return _sha256(sorted(map(list, parts)))


def _sha256(body: list[Any]) -> str:
    return hashlib.sha256(json.dumps(body, ensure_ascii=False).encode()).hexdigest()
