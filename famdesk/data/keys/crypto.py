"""The primitives behind the keys: derivation, sealing, signing, recovery codes. No files, no database.

password --Argon2id--> wraps the user's private keys (X25519 + Ed25519); the master key MK is sealed to each user's
public key and, by the recovery code, to paper. Everything else is derived from MK by HKDF.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
    crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
)
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.signing import SigningKey, VerifyKey

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RECOVERY_BYTES = 20
GROUP = 5


@dataclass(frozen=True, slots=True)
class KdfCost:
    """Argon2id parameters: memory in KiB, passes, lanes. Kept in each slot, so that they can rise."""

    memory: int = 64 * 1024
    passes: int = 3
    lanes: int = 1


FLOOR = KdfCost()


class Damaged(Exception):
    """A sealed or wrapped value does not open: wrong key or changed bytes, which cannot be told apart."""


def derive_password(password: str, salt: bytes, cost: KdfCost) -> bytes:
    """A 32-byte key from a password in normal form C, so that every keyboard types the same one.

    Source: RFC 9106 (Argon2id); RFC 8265 (normal form).

    Raises:
        Damaged: a cost that Argon2 does not know.
    """
    typed = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    try:
        return hash_secret_raw(
            typed, salt, time_cost=cost.passes, memory_cost=cost.memory, parallelism=cost.lanes, hash_len=32,
            type=Type.ID,
        )  # fmt: skip
    except HashingError as error:
        raise Damaged from error


def calibrated(floor: KdfCost = FLOOR, target_seconds: float = 0.6, ceiling: int = 512 * 1024) -> KdfCost:
    """The cost that takes about `target_seconds` on this machine; never under `floor`."""
    import time

    started = time.perf_counter()
    derive_password("calibration", b"0" * 16, floor)
    took = max(time.perf_counter() - started, 0.01)
    memory = int(floor.memory * target_seconds / took)
    return KdfCost(min(max(memory, floor.memory), ceiling), floor.passes, floor.lanes)


def hkdf(key: bytes, label: str) -> bytes:
    """A 32-byte key for one purpose. Source: RFC 5869 with SHA-256, empty salt, one output block."""
    extracted = hmac.digest(bytes(32), key, hashlib.sha256)
    return hmac.digest(extracted, label.encode() + b"\x01", hashlib.sha256)


def wrap(key: bytes, plain: bytes, context: bytes) -> bytes:
    """`plain` encrypted and bound to `context` (XChaCha20-Poly1305, random nonce first)."""
    nonce = secrets.token_bytes(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
    return nonce + crypto_aead_xchacha20poly1305_ietf_encrypt(plain, context, nonce, key)


def unwrap(key: bytes, wrapped: bytes, context: bytes) -> bytes:
    """What `wrap` made.

    Raises:
        Damaged: wrong key, other context or changed bytes.
    """
    size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
    try:
        return crypto_aead_xchacha20poly1305_ietf_decrypt(wrapped[size:], context, wrapped[:size], key)
    except (CryptoError, ValueError) as error:
        raise Damaged from error


def seal(public: bytes, plain: bytes) -> bytes:
    """`plain` for the holder of the private key alone (X25519 sealed box; says nothing about who sealed it)."""
    return SealedBox(PublicKey(public)).encrypt(plain)


def unseal(private: bytes, sealed: bytes) -> bytes:
    """What `seal` made.

    Raises:
        Damaged: wrong key or changed bytes.
    """
    try:
        return SealedBox(PrivateKey(private)).decrypt(sealed)
    except (CryptoError, ValueError) as error:
        raise Damaged from error


@dataclass(frozen=True, slots=True)
class KeyPairs:
    """One person's private keys: `box` opens what is sealed to them, `sign` signs what they do."""

    box: bytes
    sign: bytes

    @classmethod
    def new(cls) -> KeyPairs:
        return cls(bytes(PrivateKey.generate()), bytes(SigningKey.generate()))

    @classmethod
    def of(cls, joined: bytes) -> KeyPairs:
        return cls(joined[:32], joined[32:])

    @property
    def joined(self) -> bytes:
        return self.box + self.sign

    @property
    def box_public(self) -> bytes:
        return bytes(PrivateKey(self.box).public_key)

    @property
    def sign_public(self) -> bytes:
        return bytes(SigningKey(self.sign).verify_key)

    def signature(self, message: bytes) -> bytes:
        return self.signed(message)[1]

    def signed(self, message: bytes) -> tuple[bytes, bytes]:
        """The public signing key and the signature of `message`."""
        key = SigningKey(self.sign)
        return bytes(key.verify_key), key.sign(message).signature


def verified(sign_public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the holder of the signing key made `signature` over `message`."""
    try:
        VerifyKey(sign_public).verify(message, signature)
    except (CryptoError, ValueError, TypeError):
        return False
    return True


def new_recovery_code() -> str:
    """160 random bits in Crockford base32 with two check characters, in groups of five."""
    return grouped(_with_check(_base32(secrets.token_bytes(RECOVERY_BYTES))))


def grouped(code: str) -> str:
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def normal_code(typed: str) -> str | None:
    """The code as stored from what somebody typed (case, blanks, hyphens, O for 0, I and L for 1); None if mistyped."""
    folded = typed.upper().replace("O", "0").replace("I", "1").replace("L", "1")
    code = "".join(letter for letter in folded if letter in CROCKFORD)
    return code if len(code) == RECOVERY_BYTES * 8 // 5 + 2 and _with_check(code[:-2]) == code else None


def coded(data: bytes) -> str:
    """Bytes, a multiple of five, as a code for paper: Crockford base32 with two check characters, in groups of five."""
    return grouped(_with_check(_base32(data)))


def decoded(typed: str, size: int) -> bytes | None:
    """The `size` bytes of such a code, typed as people type; None if it was mistyped."""
    folded = typed.upper().replace("O", "0").replace("I", "1").replace("L", "1")
    code = "".join(letter for letter in folded if letter in CROCKFORD)
    if len(code) != size * 8 // 5 + 2 or _with_check(code[:-2]) != code:
        return None
    number = 0
    for letter in code[:-2]:
        number = number * 32 + CROCKFORD.index(letter)
    return number.to_bytes(size, "big")


def recovery_pairs(code: str) -> KeyPairs:
    """The key pairs that a normal code stands for: with them the first user and everybody recovered is certified."""
    return KeyPairs(hkdf(code.encode(), "famdesk recovery box"), hkdf(code.encode(), "famdesk recovery sign"))


def recovery_key(code: str) -> bytes:
    """The key that a normal code stands for; 160 random bits need no slow derivation."""
    return hkdf(code.encode(), "famdesk recovery")


def _base32(data: bytes) -> str:
    number, letters = int.from_bytes(data, "big"), []
    for _place in range(len(data) * 8 // 5):
        number, digit = divmod(number, 32)
        letters.append(CROCKFORD[digit])
    return "".join(reversed(letters))


def _with_check(body: str) -> str:
    digest = hashlib.sha256(body.encode()).digest()
    return body + CROCKFORD[digest[0] % 32] + CROCKFORD[digest[1] % 32]
