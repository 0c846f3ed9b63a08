"""A secret in shares on paper: any `needed` of them give it back, fewer say nothing about it.

Source: A. Shamir, How to share a secret, 1979; over GF(2^8) with the polynomial of AES, byte by byte.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from famdesk.data.keys.crypto import coded, decoded

SET_BYTES = 4
SECRET_BYTES = 20
SHARE_BYTES = SET_BYTES + 1 + SECRET_BYTES


@dataclass(frozen=True, slots=True)
class Share:
    """One share: `number` from 1, of the set `made` (shares of different secrets do not go together)."""

    made: bytes
    number: int
    body: bytes

    def code(self) -> str:
        """As it stands on paper."""
        return coded(self.made + bytes([self.number]) + self.body)


class SharesDiffer(Exception):
    """The shares are of different secrets, or the same one twice."""


def split(secret: bytes, needed: int, count: int) -> tuple[Share, ...]:
    """`count` shares, of which any `needed` give the secret back."""
    made = secrets.token_bytes(SET_BYTES)
    lines = [[byte, *secrets.token_bytes(needed - 1)] for byte in secret]
    return tuple(Share(made, number, bytes(_value(line, number) for line in lines)) for number in range(1, count + 1))


def join(shares: Sequence[Share]) -> bytes:
    """The secret of enough shares; with too few something that is not the secret.

    Raises:
        SharesDiffer.
    """
    numbers = [share.number for share in shares]
    if len({share.made for share in shares}) != 1 or len(set(numbers)) != len(numbers):
        raise SharesDiffer
    weights = [_weight(numbers, number) for number in numbers]
    return bytes(
        _sum(_times(weight, share.body[place]) for weight, share in zip(weights, shares, strict=True))
        for place in range(len(shares[0].body))
    )


def read(typed: str) -> Share | None:
    """The share that somebody typed from paper; None if it was mistyped."""
    data = decoded(typed, SHARE_BYTES)
    if data is None or data[SET_BYTES] == 0:
        return None
    return Share(data[:SET_BYTES], data[SET_BYTES], data[SET_BYTES + 1 :])


def _value(line: Sequence[int], at: int) -> int:
    found = 0
    for factor in reversed(line):
        found = _times(found, at) ^ factor
    return found


def _weight(numbers: Sequence[int], number: int) -> int:
    """Lagrange's weight of one share for the value at zero."""
    found = 1
    for other in numbers:
        if other != number:
            found = _times(found, _times(other, _inverse(other ^ number)))
    return found


def _sum(values: Iterable[int]) -> int:
    found = 0
    for value in values:
        found ^= value
    return found


def _times(one: int, other: int) -> int:
    found = 0
    while other:
        if other & 1:
            found ^= one
        one = (one << 1) ^ (0x11B if one & 0x80 else 0)
        other >>= 1
    return found


def _inverse(value: int) -> int:
    """The 254th power: in GF(2^8) that is the inverse."""
    found = value
    for _step in range(6):
        found = _times(_times(found, found), value)
    return _times(found, found)
