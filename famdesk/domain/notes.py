"""Session notes: kinds, and the chain that binds what was signed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from famdesk.domain.codes import Code, Table
from famdesk.i18n import N_

NOTE_KINDS: Table = (
    Code("individual", N_("Individual session")),
    Code("family", N_("Family session")),
    Code("group", N_("Group session")),
    Code("team", N_("Case discussion")),
)

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


@dataclass(frozen=True, slots=True)
class Signed:
    """What a signature covers, beside the sealed parts: who wrote about whom, when, and after which note.

    `people` are ids of the rows that name them; `parts` are (id, SHA-256 of the sealed text), `addendum_to` a note.
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
    people: Sequence[str]
    parts: Sequence[tuple[str, str]]

    def hash(self) -> str:
        """SHA-256 in hexadecimal; the next note of the same author carries it as its `prev`."""
        body = [
            FORMAT, self.centre_id, self.note_id, self.author_id, self.kind, self.private, self.day.isoformat(),
            self.starts.isoformat() if self.starts else None, self.minutes, self.addendum_to, self.number,
            self.signed_at, self.prev, sorted(self.people), sorted(map(list, self.parts)),
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(body, ensure_ascii=False).encode()).hexdigest()


def digest(sealed: str) -> str:
    """What a signature covers of a sealed part."""
    return hashlib.sha256(sealed.encode()).hexdigest()
