"""Sealed envelopes for tests: made by the coordinator, agreed to by authors."""

from __future__ import annotations

from famdesk.usecases.notes import escrow, escrow_consents
from famdesk.usecases.office import Office

HELD = ("Anna Coordina", "Bea Seconda", "Ordine degli Psicologi")
"""The names of the holders."""


def made(coordinator: Office, reason: str | None = None) -> tuple[str, ...]:
    """A new envelope; gives the codes of its three shares."""
    drawn = escrow.draw()
    escrow.make(coordinator, drawn, HELD, reason)
    return drawn.codes


def agreed(author: Office) -> None:
    """The author agrees to the envelope as it is now; the notes written so far go in."""
    escrow_consents.answer(author, escrow_consents.look(author).check, agreed=True)
    while author.tend(escrow.put_in):
        pass
