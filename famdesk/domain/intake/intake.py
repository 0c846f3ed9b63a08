"""What an access card still lacks. Nothing but the moment is ever demanded; the card only lists what is missing."""

from __future__ import annotations

from typing import Protocol

from famdesk.domain.codes import Code, Table
from famdesk.i18n import N_

MISSING: Table = (
    Code("channel", N_("How the access came in")),
    Code("caller", N_("Who calls")),
    Code("person", N_("For whom")),
    Code("privacy", N_("Privacy notice")),
    Code("needs_family", N_("Needs in the family's words")),
    Code("needs", N_("Needs as the operator reads them")),
    Code("answers", N_("Answers given")),
    Code("outcome", N_("Outcome")),
)
"""In the order of the card. The codes are names of fields, except "privacy", which belongs to the person."""


class CardContent(Protocol):
    """What `missing` looks at; a record, a row and what is being typed all fit.

    `needs` are codes. `privacy` is that of the person concerned (codes.PRIVACY), None while no person is named.
    """

    @property
    def channel(self) -> str | None: ...
    @property
    def caller_is_person(self) -> bool: ...
    @property
    def caller_id(self) -> str | None: ...
    @property
    def caller_relation(self) -> str | None: ...
    @property
    def person_id(self) -> str | None: ...
    @property
    def privacy(self) -> str | None: ...
    @property
    def needs(self) -> tuple[str, ...]: ...
    @property
    def needs_family(self) -> str | None: ...
    @property
    def answers(self) -> str | None: ...
    @property
    def outcome(self) -> str | None: ...


def missing(card: CardContent) -> tuple[str, ...]:
    """The codes of `MISSING` that a card lacks, in the order of the card; empty for a complete one.

    An outcome that is "still open" counts as missing, so that the card stays on the list of things to do.
    """
    lacks = {
        "channel": not card.channel,
        "caller": not (card.caller_is_person or card.caller_id or card.caller_relation),
        "person": not card.person_id,
        "privacy": card.person_id is not None and card.privacy in {None, "none"},
        "needs_family": not (card.needs_family or "").strip(),
        "needs": not card.needs,
        "answers": not (card.answers or "").strip(),
        "outcome": card.outcome in {None, "pending"},
    }
    return tuple(row.code for row in MISSING if lacks[row.code])
