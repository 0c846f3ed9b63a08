"""The last note about somebody, to be read beside the one that is written."""

from __future__ import annotations

from famdesk.data.tx import Tx
from famdesk.domain.codes import codes
from famdesk.domain.notes.notes import SESSION_KINDS
from famdesk.usecases.notes import note_reading
from famdesk.usecases.notes.note_rows import NoteText
from famdesk.usecases.registry import query


@query
def last(tx: Tx, person_id: str, but: str = "") -> NoteText | None:
    """The newest signed session note about a person that the reader may open, as the person's file opens it: of a group
    the common part and the line about this person, of nobody else. `but`: the note that is being written. None: there
    is none. The opening is journalled.

    Raises:
        NotFound, Unreadable.
    """
    kinds = codes(SESSION_KINDS)
    found = next((row for row in note_reading.of_person(tx, person_id)
                  if row.state == "signed" and row.readable and row.id != but and row.kind in kinds
                  and row.addendum_to is None), None)  # fmt: skip
    return None if found is None else note_reading.read_about(tx, found.id, person_id)
