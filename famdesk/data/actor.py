"""Who is signed in, and the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from famdesk.data.keys.crypto import KeyPairs
from famdesk.data.tables.envelope import Envelope


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is signed in. `station` names the computer, `pairs` sign the audit entries.

    `envelope` is the sealed envelope of the centre, as the key ring certifies it; None: it was not made yet. `escrow`
    is the public key of the envelope to which this person agreed last: their notes are sealed to no other one.
    """

    staff_id: str
    login: str
    name: str
    role: str
    centre_id: str
    timezone: str
    pairs: KeyPairs
    station: str = ""
    escrow: bytes | None = None
    envelope: Envelope | None = None


class Clock(Protocol):
    """The present moment with its zone; tests pass their own."""

    def __call__(self) -> datetime: ...


def system_clock() -> datetime:
    return datetime.now(UTC)
