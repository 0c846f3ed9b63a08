"""What stands in the form of a card: values by the names of `intake.CardFields`."""

from __future__ import annotations

from collections.abc import Container
from datetime import date, datetime
from typing import Any, Final

from famdesk.usecases.intake import intake

SELF: Final = "self"
"""The caller is the person concerned (`codes.CALLER_RELATIONS`)."""
TEXTS: Final = frozenset(
    {"sent_by", "accompanied_by", "references", "needs_family", "needs_operator", "answers", "note"}
)


def values_of(card: intake.CardRow) -> dict[str, Any]:
    """A saved card as the form holds it."""
    relation = card.caller_relation or (SELF if card.caller_is_person else None)
    names = ("at", "channel", "access_point_id", "sent_by_body_id", "sent_by", "heard", "caller_id", "person_id",
             "present", "informed", "accompanied_by", "references", "needs_family", "needs", "needs_operator",
             "urgency", "urgent_until", "answers", "interests", "outcome", "note")  # fmt: skip
    values = {name: getattr(card, name) for name in names}
    persons = tuple((person_id, relation) for person_id, _name, relation in card.reference_persons)
    return {**values, "reference_persons": persons, "caller_relation": relation, "caller_is_person": relation == SELF}


def empty_values(at: datetime, point_id: str | None) -> dict[str, Any]:
    """A new card."""
    blank = dict.fromkeys((*TEXTS, "channel", "caller_id", "person_id", "urgency", "urgent_until", "outcome", "heard",
                           "sent_by_body_id"))  # fmt: skip
    return {**blank, "at": at, "access_point_id": point_id, "caller_relation": SELF, "caller_is_person": True,
            "present": True, "informed": True, "needs": (), "reference_persons": (), "interests": ()}  # fmt: skip


def persons_of(values: dict[str, Any]) -> list[str]:
    """The ids of all persons whom values name."""
    named = [values["person_id"], values["caller_id"], *(person_id for person_id, _tie in values["reference_persons"])]
    return [one for one in named if one]


def only_known(values: dict[str, Any], known: Container[str]) -> dict[str, Any]:
    """The values without the persons whom this role may not know any more."""
    kept = {name: values[name] if values[name] in known else None for name in ("person_id", "caller_id")}
    references = tuple(pair for pair in values["reference_persons"] if pair[0] in known)
    return {**values, **kept, "reference_persons": references}


def read_back(values: dict[str, Any]) -> dict[str, Any]:
    """Values as they were before they were kept as JSON.

    Raises:
        ValueError, KeyError, TypeError: another version of the program wrote them.
    """
    if set(values) != set(empty_values(datetime.min, None)):
        raise ValueError
    until = values["urgent_until"]
    persons = tuple((str(person_id), relation) for person_id, relation in values["reference_persons"])
    return {**values, "at": datetime.fromisoformat(values["at"]), "needs": tuple(values["needs"]),
            "interests": tuple(values["interests"]), "reference_persons": persons,
            "urgent_until": date.fromisoformat(until) if until else None}  # fmt: skip


def contact_values(row: intake.AccessRow) -> dict[str, Any]:
    """A new card that takes over a contact."""
    taken = {"channel": row.channel, "needs": row.needs, "needs_family": row.need_text, "answers": row.answer}
    return {**empty_values(row.at, row.access_point_id), **taken}
