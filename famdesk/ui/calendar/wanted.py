"""For whom an appointment is wanted from elsewhere: a person's file, or an access card with its person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from famdesk.usecases.directory import directory
from famdesk.usecases.intake import intake


@dataclass(frozen=True, slots=True)
class Wanted:
    """The person to book for; both empty if the card names nobody yet."""

    person_id: str | None = None
    person: str = ""


def wanted(tx: Any, record_id: str) -> Wanted:
    """Runs as a query: `record_id` is that of a person, or else of an access card.

    Raises:
        NotFound.
    """
    briefs = intake.who(tx, [record_id])
    if briefs:
        return Wanted(briefs[0].id, briefs[0].label)
    card = intake.access_card(tx, record_id)
    if card.person_id:
        return Wanted(card.person_id, card.person or "")
    return Wanted(card.caller_id, card.caller or "") if card.caller_is_person and card.caller_id else Wanted()


def open_moment(tx: Any, at: datetime) -> datetime:
    """Runs as a query: a moment at which a door of the centre is open, `at` itself if one is then or none is known."""
    found = directory.open_now(tx, at)
    return at if found.open or not found.next else found.next[0].opens
