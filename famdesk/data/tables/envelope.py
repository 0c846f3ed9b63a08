"""What is known of a sealed envelope: its public key, who made it and who holds its shares, certified by the maker.

The private key is on paper only (see `shares`). An author agrees to a key by signing it; only then are notes sealed to
it (see `famdesk.usecases.notes.escrow`).
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from famdesk.data.keys.crypto import KeyPairs, coded, verified

CHECK_BYTES = 10
"""80 bits of a hash: nobody finds a second key with the same check number."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """An envelope as the key ring has it; keys and certificate in base64, `made_on` an ISO date.

    `holders` are (code of `famdesk.domain.notes.envelope.HOLDERS`, name), in the order of the shares.
    """

    public: str
    made_by: str
    made_on: str
    holders: tuple[tuple[str, str], ...]
    certified_by: str = ""
    certificate: str = ""

    @property
    def key(self) -> bytes:
        """The public key."""
        return base64.b64decode(self.public)

    @property
    def check(self) -> str:
        """The check number: it stands on the sheets of the holders and on the screen of whoever is asked."""
        return check_of(self.key)

    def body(self) -> bytes:
        """The bytes that the certificate covers."""
        return b"famdesk envelope\0" + json.dumps(self.plain()[:4]).encode()

    def plain(self) -> list[Any]:
        """As it stands in the key file."""
        return [self.public, self.made_by, self.made_on, [list(holder) for holder in self.holders], self.certified_by,
                self.certificate]  # fmt: skip

    def holds(self, known: Sequence[tuple[str, str]]) -> bool:
        """Whether its maker, who has one of the `known` (staff id, public signing key in base64), certified it."""
        if (self.made_by, self.certified_by) not in known:
            return False
        return _signed(self.certified_by, self.body(), self.certificate)


def certified(public: bytes, made_by: str, made_on: date, holders: Sequence[tuple[str, str]], by: KeyPairs) -> Envelope:
    """A new envelope, certified by who makes it."""
    bare = Envelope(_b64(public), made_by, made_on.isoformat(), tuple(holders), _b64(by.sign_public))
    return replace(bare, certificate=_b64(by.signature(bare.body())))


def of_plain(found: Any) -> Envelope:
    """What `plain` gave.

    Raises:
        TypeError, ValueError: it is nothing of the kind.
    """
    public, made_by, made_on, holders, certified_by, certificate = found
    texts = (public, made_by, made_on, certified_by, certificate, *(text for pair in holders for text in pair))
    if not all(isinstance(text, str) for text in texts):
        raise TypeError
    date.fromisoformat(made_on)
    if len(base64.b64decode(public, validate=True)) != 32:
        raise ValueError
    pairs = tuple((kind, name) for kind, name in holders)
    return Envelope(public, made_by, made_on, pairs, certified_by, certificate)


def check_of(public: bytes) -> str:
    """The check number of a public key, in groups of five."""
    return coded(hashlib.sha256(b"famdesk envelope check\0" + public).digest()[:CHECK_BYTES])


def consent_body(centre_id: str, staff_id: str, public: str, agreed: bool, at: str) -> bytes:
    """What an author signs who agrees to an envelope key (base64), or refuses it."""
    return b"famdesk envelope consent\0" + json.dumps([centre_id, staff_id, public, agreed, at]).encode()


def consented(signer: str, body: bytes, signature: str) -> bool:
    """Whether the holder of a signing key (base64) signed what `consent_body` gave."""
    return _signed(signer, body, signature)


def _signed(signer: str, body: bytes, signature: str) -> bool:
    try:
        return verified(base64.b64decode(signer, validate=True), body, base64.b64decode(signature, validate=True))
    except ValueError:
        return False


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()
