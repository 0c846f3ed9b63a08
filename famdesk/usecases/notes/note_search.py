"""Looking for words in one's own notes: they are opened page by page after sign-in, and looked through in memory.

Nothing of it is written anywhere; with the lock of the desk it is forgotten.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable

from sqlalchemy import select

from famdesk.data.keys import note_seal
from famdesk.data.keys.crypto import Damaged
from famdesk.data.tables.notes import Note, NoteKey, NotePart
from famdesk.data.tx import Tx
from famdesk.domain.text import fold
from famdesk.usecases.notes import note_people as whom
from famdesk.usecases.notes import note_sealing as sealing
from famdesk.usecases.people.person_names import labels
from famdesk.usecases.registry import query

PARTED = "\x1f"
"""What parts the words of a note from the names in its text to be looked through."""
AT_ONCE = 300
"""Notes in one question: other questions of the desk come in between."""


@query
def texts(tx: Tx, after: str = "", only: str = "") -> tuple[tuple[str, str], ...]:
    """(id, folded words, then `PARTED` and the folded names) of some of one's own notes with ids past `after`, in order
    of their ids, () at the end; or of the one note `only`.

    It is no opening that the journal tells of: nothing is shown to anybody. What does not open is left out.
    """
    wanted = select(Note.id).where(Note.author_id == tx.actor.staff_id, Note.deleted_at.is_(None))
    if only:
        wanted = wanted.where(Note.id == only)
    elif after:
        wanted = wanted.where(Note.id > after)
    ids = [row.id for row in tx.rows(wanted.order_by(Note.id).limit(AT_ONCE))]
    found: dict[str, list[str]] = {note_id: [] for note_id in ids}
    rows = tx.rows(
        select(NotePart.id, NotePart.note_id, NotePart.kind, NotePart.note_person_id, NotePart.sealed,
               NoteKey.sealed.label("key"))
        .join(NoteKey, NoteKey.part_id == NotePart.id)
        .where(NotePart.note_id.in_(ids), NotePart.kind.in_(sealing.WRITTEN), NoteKey.holder_id == tx.actor.staff_id,
               NoteKey.public == base64.b64encode(tx.actor.pairs.box_public).decode())
    )  # fmt: skip
    for row in rows:
        spot = note_seal.Spot(tx.centre_id, row.note_id, row.id, tx.actor.staff_id, row.kind, row.note_person_id)
        try:
            content = note_seal.open_(note_seal.key_of(tx.actor.pairs, row.key), row.sealed, spot)
        except Damaged:
            continue
        found[row.note_id].append(fold(sealing.unpacked(content)["text"]))
    people = whom.people(tx, ids)
    names = labels(tx, {person_id for named in people.values() for person_id in named})
    called = {note_id: " ".join(fold(names.get(one, "")) for one in named) for note_id, named in people.items()}
    return tuple((note_id, PARTED.join((" ".join(parts), called.get(note_id, "")))) for note_id, parts in found.items())


class Words:
    """The folded words of one's own notes, in memory."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def take(self, rows: Iterable[tuple[str, str]]) -> None:
        """More notes, or newer words of known ones."""
        self._texts.update(rows)

    def missing(self, ids: Iterable[str]) -> list[str]:
        """Those whose words are not known."""
        return [one for one in ids if one not in self._texts]

    def forget(self) -> None:
        """All of it."""
        self._texts.clear()

    def find(self, typed: str) -> frozenset[str]:
        """The ids of the notes in which all words, or their beginnings and parts, stand."""
        words = fold(typed).split()
        return frozenset(note_id for note_id, text in self._texts.items() if all(word in text for word in words))

    def places(self, note_id: str, typed: str) -> int:
        """How often the words stand in what a note says; names do not count."""
        text = self._texts.get(note_id, "").partition(PARTED)[0]
        return sum(text.count(word) for word in set(fold(typed).split()))
