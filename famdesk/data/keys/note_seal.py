"""How parts of session notes are sealed: a random key for each, sealed to everybody who may read it.

key (32 random bytes) --sealed box--> author, escrow, readers; content --padded, XChaCha20-Poly1305--> `sealed`, bound
to the place where it stands, so that no part can be put in the place of another one.
"""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import dataclass

from famdesk.data.keys.crypto import Damaged, KeyPairs, seal, unseal, unwrap, wrap

STEP = 256
"""Contents are padded to multiples of so many bytes: the length of a text says something about it."""
_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a sealed part stands: all of it is bound to the cipher text."""

    centre_id: str
    note_id: str
    part_id: str
    author_id: str
    kind: str
    note_person_id: str | None = None

    def context(self) -> bytes:
        """The additional data of the cipher."""
        return json.dumps(["famdesk note", 1, self.centre_id, self.note_id, self.part_id, self.author_id, self.kind,
                           self.note_person_id]).encode()  # fmt: skip


def new_key() -> bytes:
    """A key for one part."""
    return secrets.token_bytes(32)


def close(key: bytes, content: bytes, spot: Spot) -> str:
    """The content as `note_part.sealed` holds it."""
    filled = len(content).to_bytes(_LENGTH, "big") + content
    filled += bytes(-len(filled) % STEP)
    return base64.b64encode(wrap(key, filled, spot.context())).decode()


def open_(key: bytes, sealed: str, spot: Spot) -> bytes:
    """What `close` was given.

    Raises:
        Damaged: another key, another place or changed bytes.
    """
    try:
        filled = unwrap(key, base64.b64decode(sealed, validate=True), spot.context())
    except ValueError as error:
        raise Damaged from error
    length = int.from_bytes(filled[:_LENGTH], "big")
    return filled[_LENGTH : _LENGTH + length]


def key_for(public: bytes, key: bytes) -> str:
    """The key of a part for the holder of a private key, as `note_key.sealed` holds it."""
    return base64.b64encode(seal(public, key)).decode()


def key_of(pairs: KeyPairs, sealed: str) -> bytes:
    """The key of a part that was sealed to these pairs.

    Raises:
        Damaged: it was sealed to somebody else, or changed.
    """
    try:
        return unseal(pairs.box, base64.b64decode(sealed, validate=True))
    except ValueError as error:
        raise Damaged from error
