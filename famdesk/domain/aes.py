"""AES, encryption alone: what the PDF format prescribes for files with a password, and no library of ours offers.

Everything of FamDesk's own is sealed by libsodium and SQLCipher; this serves files that other programs open.

Source: FIPS 197 (the cipher, with its tables made from its own definitions); NIST SP 800-38A (CBC).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

BLOCK: Final = 16
_WORD = 0xFFFFFFFF


def _substitutions() -> tuple[int, ...]:
    """The S-box: the inverse in GF(2^8), then the affine map of FIPS 197, 5.1.1."""
    box, inverse, power = [0] * 256, 1, 1
    while True:
        power ^= (power << 1) ^ (0x11B if power & 0x80 else 0)  # times 3
        for shift in (1, 2, 4):  # divided by 3
            inverse ^= inverse << shift
        inverse &= 0xFF
        inverse ^= 0x09 if inverse & 0x80 else 0
        turned = inverse
        for shift in range(1, 5):
            turned ^= (inverse << shift | inverse >> (8 - shift)) & 0xFF
        box[power & 0xFF] = turned ^ 0x63
        power &= 0xFF
        if power == 1:
            break
    box[0] = 0x63
    return tuple(box)


_BOX: Final = _substitutions()


def _tables() -> tuple[tuple[int, ...], ...]:
    """SubBytes and MixColumns of one byte at once, for each place of a column."""
    first = []
    for one in _BOX:
        two = (one << 1) ^ (0x11B if one & 0x80 else 0)
        first.append(two << 24 | one << 16 | one << 8 | (two ^ one))
    found = [tuple(first)]
    for turn in (8, 16, 24):
        found.append(tuple((word >> turn | word << (32 - turn)) & _WORD for word in first))
    return tuple(found)


_T0, _T1, _T2, _T3 = _tables()


def _substituted(word: int) -> int:
    return _BOX[word >> 24] << 24 | _BOX[word >> 16 & 255] << 16 | _BOX[word >> 8 & 255] << 8 | _BOX[word & 255]


def schedule(key: bytes) -> tuple[int, ...]:
    """The round keys of a key of 16 or 32 bytes, as words."""
    count = len(key) // 4
    if len(key) not in (16, 32):
        raise ValueError("a key has 16 or 32 bytes")
    words, turn = [int.from_bytes(key[at : at + 4], "big") for at in range(0, len(key), 4)], 1
    for place in range(count, 4 * (count + 7)):
        word = words[-1]
        if place % count == 0:
            word = _substituted((word << 8 | word >> 24) & _WORD) ^ turn << 24
            turn = (turn << 1) ^ (0x11B if turn & 0x80 else 0)
        elif count > 6 and place % count == 4:
            word = _substituted(word)
        words.append(words[-count] ^ word)
    return tuple(words)


def block(keys: Sequence[int], plain: int) -> int:
    """One block, as a number of 128 bits."""
    a, b = plain >> 96 ^ keys[0], plain >> 64 & _WORD ^ keys[1]
    c, d = plain >> 32 & _WORD ^ keys[2], plain & _WORD ^ keys[3]
    for at in range(4, len(keys) - 4, 4):
        a, b, c, d = (
            _T0[a >> 24] ^ _T1[b >> 16 & 255] ^ _T2[c >> 8 & 255] ^ _T3[d & 255] ^ keys[at],
            _T0[b >> 24] ^ _T1[c >> 16 & 255] ^ _T2[d >> 8 & 255] ^ _T3[a & 255] ^ keys[at + 1],
            _T0[c >> 24] ^ _T1[d >> 16 & 255] ^ _T2[a >> 8 & 255] ^ _T3[b & 255] ^ keys[at + 2],
            _T0[d >> 24] ^ _T1[a >> 16 & 255] ^ _T2[b >> 8 & 255] ^ _T3[c & 255] ^ keys[at + 3],
        )
    columns = ((a, b, c, d), (b, c, d, a), (c, d, a, b), (d, a, b, c))
    last = 0
    for (one, two, three, four), key in zip(columns, keys[-4:], strict=True):
        word = _BOX[one >> 24] << 24 | _BOX[two >> 16 & 255] << 16 | _BOX[three >> 8 & 255] << 8 | _BOX[four & 255]
        last = last << 32 | word ^ key
    return last


def cbc(key: bytes, start: bytes, plain: bytes) -> bytes:
    """Whole blocks in CBC mode, without padding; `start` is the initial vector."""
    if len(plain) % BLOCK:
        raise ValueError("whole blocks alone")
    keys, before, found = schedule(key), int.from_bytes(start, "big"), bytearray()
    for at in range(0, len(plain), BLOCK):
        before = block(keys, int.from_bytes(plain[at : at + BLOCK], "big") ^ before)
        found += before.to_bytes(BLOCK, "big")
    return bytes(found)


def padded(plain: bytes) -> bytes:
    """Filled to whole blocks as PKCS #7 does, so that it can be told where it ends."""
    missing = BLOCK - len(plain) % BLOCK
    return plain + bytes([missing]) * missing
