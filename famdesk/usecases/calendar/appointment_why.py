"""Why an appointment is: reception sees that one is, with whom, when and where; not what it is about.

A kind that tells (a psychological interview, a mediation) is said as an interview; function, note and the reason of a
cancellation are not said. One's own appointments are one's own, and what the calendar says beside one was written for
everybody.
"""

from __future__ import annotations

from dataclasses import dataclass

from famdesk.data.tables.calendar import Appointment
from famdesk.data.tx import Tx
from famdesk.usecases.calendar import appointment_checks as checks
from famdesk.usecases.calendar.unsaid import FIELDS, NEUTRAL, TELLING, check_taken_over, hidden, kind_shown
from famdesk.usecases.registry import query

__all__ = ["FIELDS", "NEUTRAL", "TELLING", "check_taken_over", "hidden", "kind_shown"]


@dataclass(frozen=True, slots=True)
class Why:
    """What an appointment is for: codes of kind and function, the note that only the open appointment shows."""

    kind: str
    function: str | None
    note: str | None
    reason: str | None


@query
def why(tx: Tx, appointment_id: str) -> Why:
    """What an appointment is for.

    Raises:
        NotFound: it is gone, or its person may not be seen.
    """
    found = checks.visible(tx, appointment_id)
    if found.person_id:
        tx.opened(found)
    return Why(found.kind, found.function, found.note, found.reason)


def kept(tx: Tx, found: Appointment, kind: str, function: str | None) -> tuple[str, str | None]:
    """Kind and function to be saved: who was not shown what stands there does not overwrite it by saving."""
    if not hidden(tx, found.staff_id):
        return kind, function
    return (found.kind if kind == kind_shown(found.kind) else kind), function or found.function


def note_kept(tx: Tx, found: Appointment, note: str | None) -> str | None:
    """The same for the note."""
    return found.note if note is None and hidden(tx, found.staff_id) else note


def go_on(tx: Tx, found: Appointment, row: Appointment) -> None:
    """What who acts is not told of an appointment goes on in another one like it, for the same colleague only."""
    if not hidden(tx, found.staff_id):
        return
    if row.staff_id == found.staff_id:
        row.kind, row.function = kept(tx, found, row.kind, row.function)
    else:
        row.note = row.path_id = None
