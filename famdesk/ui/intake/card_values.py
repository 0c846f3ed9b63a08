"""What stands in the form of a card: values by the names of `intake.CardFields`."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from famdesk.usecases import intake

SELF: Final = "self"
"""The caller is the person concerned (`codes.CALLER_RELATIONS`)."""
TEXTS: Final = frozenset(
    {"sent_by", "accompanied_by", "references", "needs_family", "needs_operator", "answers", "note"}
)


def values_of(card: intake.CardRow) -> dict[str, Any]:
    """A saved card as the form holds it."""
    relation = card.caller_relation or (SELF if card.caller_is_person else None)
    names = ("at", "channel", "access_point_id", "sent_by", "caller_id", "person_id", "present", "informed",
             "accompanied_by", "references", "needs_family", "needs", "needs_operator", "urgency", "answers", "outcome",
             "note")  # fmt: skip
    values = {name: getattr(card, name) for name in names}
    return {**values, "caller_relation": relation, "caller_is_person": relation == SELF}


def empty_values(at: datetime, point_id: str | None) -> dict[str, Any]:
    """A new card."""
    blank = dict.fromkeys((*TEXTS, "channel", "caller_id", "person_id", "urgency", "outcome"))
    return {**blank, "at": at, "access_point_id": point_id, "caller_relation": SELF, "caller_is_person": True,
            "present": True, "informed": True, "needs": ()}  # fmt: skip


def contact_values(row: intake.AccessRow) -> dict[str, Any]:
    """A new card that takes over a contact."""
    taken = {"channel": row.channel, "needs": row.needs, "needs_family": row.need_text, "answers": row.answer}
    return {**empty_values(row.at, row.access_point_id), **taken}
