"""What reminder letters say; names, addresses and words come through the safe-contact gate."""

from __future__ import annotations

from famdesk.data.tx import Tx
from famdesk.sheets.post.reminder_letters import LetterSheet
from famdesk.usecases.directory import directory
from famdesk.usecases.post import prints, reminders


def letters(tx: Tx) -> LetterSheet:
    """The letters that are to be posted now; the print is noted."""
    found = reminders.letters(tx)
    prints.note(tx, "reminder-letters", [("person", one.person_id) for one in found])
    points = directory.points(tx)
    street = next((", ".join(part for part in (one.address, one.town) if part) for one in points if one.address), "")
    return LetterSheet(found, tx.today(), street)
