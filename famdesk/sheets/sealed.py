"""A sheet with a password: any reader of PDF opens it, and nobody without the password (AES-256).

The PDF of our own sheets is taken as it is: classic cross-references, one dictionary and at most one stream an object.
There is no owner's password: whoever has the one password may do everything with the file, as with the paper.

Source: ISO 32000-2, 7.6 (standard security handler, revision 6).
"""

from __future__ import annotations

import os
import re
import struct
import unicodedata
from collections.abc import Iterator
from hashlib import sha256, sha384, sha512
from typing import Final

from famdesk.domain import aes

LONGEST: Final = 127
"""Bytes of a password that count."""
_ALL_ALLOWED: Final = -4
_ROUNDS: Final = 64
_ESCAPES: Final = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_OBJECT: Final = re.compile(rb"(\d+) 0 obj\b")
_LENGTH: Final = re.compile(rb"/Length (\d+)")
_ROW: Final = re.compile(rb"(\d{10}) \d{5} n")
_STREAM: Final = re.compile(rb"\bstream\r?\n")


class NotOurs(ValueError):
    """The bytes are no sheet of ours."""


def sealed(data: bytes, password: str) -> bytes:
    """The same sheet, opened with the password alone. Takes a second or two: the standard makes guessing slow.

    Raises:
        NotOurs.
    """
    key = os.urandom(32)
    start = data.rfind(b"startxref")
    if start < 0 or not data.startswith(b"%PDF-"):
        raise NotOurs
    table = int(data[start:].split()[1])
    trailer = data[data.index(b"trailer", table) + 7 : start]
    offsets = sorted(int(row) for row in _ROW.findall(data[table : data.index(b"trailer", table)]))
    out, places = bytearray(data[: offsets[0]]), dict[int, int]()
    for begin, end in zip(offsets, (*offsets[1:], table), strict=True):
        head = _OBJECT.match(data, begin)
        if head is None:
            raise NotOurs
        places[int(head.group(1))] = len(out)
        out += head.group(0) + _object(data[head.end() : end], key)
    number = max(places) + 1
    places[number] = len(out)
    out += b"%d 0 obj\n%s\nendobj\n" % (number, _dictionary(password, key))
    at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (number + 1)
    for one in range(1, number + 1):
        out += b"%010d 00000 n \n" % places[one] if one in places else b"0000000000 00001 f \n"
    out += b"trailer\n" + re.sub(rb"/Size \d+", b"/Size %d /Encrypt %d 0 R" % (number + 1, number), trailer.strip())
    return bytes(out + b"\nstartxref\n%d\n%%%%EOF\n" % at)


def _object(body: bytes, key: bytes) -> bytes:
    """An object with its strings and its stream encrypted."""
    stream = _STREAM.search(body)
    if stream is None:
        return b"".join(_plain(body, key))
    head = body[: stream.start()]
    length = _LENGTH.search(head)
    if length is None:
        raise NotOurs
    content = _encrypted(key, body[stream.end() : stream.end() + int(length.group(1))])
    head = head[: length.start()] + b"/Length %d" % len(content) + head[length.end() :]
    return b"".join(_plain(head, key)) + b"stream\n" + content + b"\nendstream\nendobj\n"


def _plain(body: bytes, key: bytes) -> Iterator[bytes]:
    """What stands around streams, with its strings encrypted."""
    at = 0
    while at < len(body):
        sign = body[at : at + 1]
        if sign == b"(":
            end, said = _literal(body, at)
            yield _hexed(key, said)
        elif sign == b"<" and body[at + 1 : at + 2] != b"<":
            end = body.index(b">", at) + 1
            digits = b"".join(body[at + 1 : end - 1].split()).decode()
            yield _hexed(key, bytes.fromhex(digits + "0" * (len(digits) % 2)))
        elif sign in b"<%":
            end = at + 2 if sign == b"<" else (body.find(b"\n", at) + 1 or len(body))
            yield body[at:end]
        else:
            end = at + 1
            while end < len(body) and body[end : end + 1] not in b"(<%":
                end += 1
            yield body[at:end]
        at = end


def _hexed(key: bytes, said: bytes) -> bytes:
    return b"<" + _encrypted(key, said).hex().encode() + b">"


def _literal(body: bytes, at: int) -> tuple[int, bytes]:
    """The string in brackets that begins at a place: where it ends, and what it says."""
    said, depth = bytearray(), 0
    while True:
        sign = body[at : at + 1]
        if not sign:
            raise NotOurs
        at += 1
        if sign == b"\\":
            octal = re.compile(rb"[0-7]{1,3}").match(body, at)
            after = body[at : at + 1]
            at = octal.end() if octal else at + 1
            if octal:
                said.append(int(octal.group(0), 8) & 255)
            elif after != b"\n":  # a line that goes on
                said += _ESCAPES.get(after, after)
            continue
        depth += {b"(": 1, b")": -1}.get(sign, 0)
        if depth == 0:
            return at, bytes(said)
        if not (sign == b"(" and depth == 1):
            said += sign


def _encrypted(key: bytes, plain: bytes) -> bytes:
    start = os.urandom(aes.BLOCK)
    return start + aes.cbc(key, start, aes.padded(plain))


def _dictionary(password: str, key: bytes) -> bytes:
    """How a reader finds the key of the file with the password. The owner's entries are random: nobody has them."""
    word = unicodedata.normalize("NFKC", password).encode()[:LONGEST]
    checks, opens = os.urandom(8), os.urandom(8)
    user = _hash(word, checks) + checks + opens
    wrapped = aes.cbc(_hash(word, opens), bytes(aes.BLOCK), key)
    allowed = struct.pack("<iI", _ALL_ALLOWED, 0xFFFFFFFF) + b"Tadb" + os.urandom(4)
    told = aes.cbc(key, bytes(aes.BLOCK), allowed)  # one block: the same as without a chain
    entries = {"O": os.urandom(48), "U": user, "OE": os.urandom(32), "UE": wrapped, "Perms": told}
    words = " ".join(f"/{name} <{value.hex()}>" for name, value in entries.items())
    filters = "/CF << /StdCF << /CFM /AESV3 /AuthEvent /DocOpen /Length 32 >> >> /StmF /StdCF /StrF /StdCF"
    return f"<< /Filter /Standard /V 5 /R 6 /Length 256 /P {_ALL_ALLOWED} {words} {filters} >>".encode()


def _hash(word: bytes, salt: bytes) -> bytes:
    """Algorithm 2.B, of a user's password."""
    found, count = sha256(word + salt).digest(), 0
    while True:
        count += 1
        cipher = aes.cbc(found[:16], found[16:32], (word + found) * _ROUNDS)
        found = (sha256, sha384, sha512)[sum(cipher[:16]) % 3](cipher).digest()
        if count >= _ROUNDS and cipher[-1] <= count - 32:
            return found[:32]
