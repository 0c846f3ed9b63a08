"""Referrals as files between two centres without a server: readable JSON, signed by the colleague who sends it.

{"format": "famdesk-referral", "version": 1, "kind": "referral" or "receipt", "body": {…}, "key": …, "signature": …}

The signature (Ed25519, RFC 8032) is over the SHA-256 of the body in its canonical form (keys sorted, no blanks, UTF-8),
so that blanks and the order of keys may change on the way and nothing else. The fingerprint of the key is what two
colleagues compare on the phone; the digest of the body is what makes a file be taken once.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from famdesk.data.keys.crypto import KeyPairs, verified
from famdesk.data.tx import Tx
from famdesk.domain.errors import RuleError, Unavailable
from famdesk.domain.intake.referral_content import Receipt, ReferralContent
from famdesk.exchange import referral_body
from famdesk.i18n import N_
from famdesk.usecases.intake import referral_exchange

FORMAT, VERSION = "famdesk-referral", 1
LARGEST = 1_000_000
"""Bytes. A referral is a few kilobytes; whatever is larger is none."""
DEEPEST = 8
SUFFIX = ".fdref"
_NUMBER = re.compile(r"[0-9]{4}-[0-9A-F]{8}")
_CONTEXT = b"famdesk referral 1\0"


class CannotRead(Unavailable):
    message = N_("The file “{file}” could not be read. Is it still there?")


class TooLarge(RuleError):
    message = N_("This file is too large to be a referral. Ask whoever sent it which file was meant.")


class NotAReferral(RuleError):
    message = N_("This is no referral made with FamDesk, or it was cut off on the way. Ask for it once more.")


class Newer(RuleError):
    message = N_("This file was made with a newer FamDesk. Install the new version and open it again.")


class Tampered(RuleError):
    message = N_("This file was changed after it was signed. Do not use it, and tell whoever sent it.")


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that was read and whose signature holds. `fingerprint` is that of the signer's key, in groups of four;
    `digest` names the file."""

    content: ReferralContent | Receipt
    fingerprint: str
    digest: str


def write_referral(tx: Tx, referral_id: str, version: int, reason: str | None = None) -> bytes:
    """The signed file of a referral, in one step with the note that it was made.

    Raises:
        What `referral_exchange.hand_over` and `referral_body.check_fits` raise.
    """
    content = referral_exchange.hand_over(tx, referral_id, version, reason=reason)
    referral_body.check_fits(content)
    body = referral_body.of_referral(content)
    referral_exchange.keep_digest(tx, referral_id, digest_of(body))
    return signed(body, "referral", tx.actor.pairs)


def write_receipt(tx: Tx, referral_id: str) -> bytes:
    """The signed answer to a received referral.

    Raises:
        What `referral_exchange.receipt` raises.
    """
    return signed(referral_body.of_receipt(referral_exchange.receipt(tx, referral_id)), "receipt", tx.actor.pairs)


def signed(body: dict[str, Any], kind: str, pairs: KeyPairs) -> bytes:
    """A body with kind, key and signature as a file."""
    key, signature = pairs.signed(_message(kind, body))
    found = {
        "format": FORMAT, "version": VERSION, "kind": kind, "body": body,
        "key": base64.b64encode(key).decode(), "signature": base64.b64encode(signature).decode(),
    }  # fmt: skip
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


def opened(data: bytes) -> Opened:
    """Reads a file and checks its signature before anything of it is believed.

    Raises:
        TooLarge, NotAReferral, Newer, Tampered.
    """
    found = _parsed(data)
    kind, body = found.get("kind"), found.get("body")
    if not isinstance(kind, str) or kind not in {"referral", "receipt"} or not isinstance(body, dict):
        raise NotAReferral
    key, signature = _bytes(found.get("key"), 32), _bytes(found.get("signature"), 64)
    if not verified(key, _message(kind, body), signature):
        raise Tampered
    try:
        content = referral_body.referral(body) if kind == "referral" else referral_body.receipt(body)
    except (KeyError, TypeError, ValueError) as error:
        raise NotAReferral from error
    return Opened(content, fingerprint(key), digest_of(body))


def read(path: Path) -> Opened:
    """As `opened`, from a disk; no more of a file is read than a referral may have.

    Raises:
        CannotRead, TooLarge, NotAReferral, Newer, Tampered.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise CannotRead(file=path.name) from error
    return opened(data)


def fingerprint(key: bytes) -> str:
    """What two people compare: the beginning of the SHA-256 of a public key, "3F2A 9C01 …"."""
    text = hashlib.sha256(key).hexdigest()[:32].upper()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def digest_of(body: dict[str, Any]) -> str:
    """The SHA-256 of a body in its canonical form."""
    return hashlib.sha256(_canonical(body)).hexdigest()


def file_name(kind: str, reference: str) -> str:
    """A name for a "referral" or an "answer" that tells nothing of the person. The number stands in it only where it
    is one of FamDesk: what another centre wrote there never decides where a file goes."""
    number = f"-{reference}" if _NUMBER.fullmatch(reference) else ""
    return f"famdesk-{kind}{number}{SUFFIX}"


def _message(kind: str, body: dict[str, Any]) -> bytes:
    return _CONTEXT + kind.encode() + b"\0" + hashlib.sha256(_canonical(body)).digest()


def _canonical(body: dict[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _parsed(data: bytes) -> dict[str, Any]:
    if len(data) > LARGEST:
        raise TooLarge
    try:
        found = json.loads(data.decode("utf-8"), parse_float=_no_number, parse_constant=_no_number,
                           object_pairs_hook=_once)  # fmt: skip
    except (ValueError, RecursionError) as error:
        raise NotAReferral from error
    if not isinstance(found, dict) or found.get("format") != FORMAT or _depth(found) > DEEPEST:
        raise NotAReferral
    version = found.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise NotAReferral
    if version > VERSION:
        raise Newer
    return found


def _no_number(text: str) -> float:
    """No field holds a fraction."""
    raise ValueError(text[:0])


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A key that stands twice could be read in two ways."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _depth(value: Any) -> int:
    deepest, waiting = 0, [(value, 1)]
    while waiting:
        part, depth = waiting.pop()
        deepest = max(deepest, depth)
        if depth > DEEPEST:
            break
        inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
        waiting += [(one, depth + 1) for one in inner]
    return deepest


def _bytes(text: Any, size: int) -> bytes:
    try:
        found = base64.b64decode(text, validate=True) if isinstance(text, str) else b""
    except (binascii.Error, ValueError):
        found = b""
    if len(found) != size:
        raise NotAReferral
    return found
