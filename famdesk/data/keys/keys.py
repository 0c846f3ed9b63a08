"""Who can open the data: one slot per user and a recovery slot, all around one master key.

A `Keyring` is the content of `famdesk.keys` (or of the key tables on PostgreSQL). Each part carries a MAC under the
master key, checked right after unlocking, and each user's public keys are certified by the colleague who made the
slot. The root of all certificates is the recovery code: it certifies the first user and whoever is recovered.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import astuple, dataclass, field, replace
from typing import Any

from famdesk.data.keys.crypto import (
    FLOOR,
    Damaged,
    KdfCost,
    KeyPairs,
    derive_password,
    hkdf,
    normal_code,
    recovery_key,
    recovery_pairs,
    seal,
    unseal,
    unwrap,
    verified,
    wrap,
)
from famdesk.data.tables.envelope import Envelope, of_plain
from famdesk.domain.errors import RuleError, Unavailable
from famdesk.domain.ids import new_id
from famdesk.i18n import N_

FORMAT = 1
SHORTEST_PASSWORD = 10
DEAREST = KdfCost(2 * 1024 * 1024, 64, 16)
"""What a slot may ask for at most: a changed key file must not take all memory before anything can be checked."""


class WrongPassword(RuleError):
    message = N_("The name or the password is not right.")


class WrongRecoveryCode(RuleError):
    message = N_("This is not the recovery code of these data. Check it against the sheet, group by group.")


class WeakPassword(RuleError):
    message = N_("Use at least {length} characters.")


class LoginTaken(RuleError):
    message = N_("This user name is taken.")


class KeysDamaged(Unavailable):
    message = N_("The key file was changed or damaged. Restore it from the last backup.")


@dataclass(frozen=True, slots=True)
class Slot:
    """One user's way in. Bytes are plain here and base64 in the file.

    `second` is the optional second step of the sign-in, sealed to the user's own key; b"": none. Whoever has the
    master key can take it away or put another one there, as they could write another slot; it opens no key.
    """

    login: str
    staff_id: str
    salt: bytes
    cost: KdfCost
    wrapped: bytes
    box_public: bytes
    sign_public: bytes
    sealed_master: bytes
    certified_by: str
    certificate: bytes
    second: bytes = b""

    def body(self) -> bytes:
        """The bytes that the MAC covers."""
        return json.dumps(_plain(self), sort_keys=True).encode()

    @property
    def identity(self) -> Identity:
        return Identity(self.login, self.staff_id, _b64(self.box_public), _b64(self.sign_public), self.certified_by,
                        _b64(self.certificate))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Identity:
    """Who has which public keys, and who says so; everything in base64."""

    login: str
    staff_id: str
    box_public: str
    sign_public: str
    certified_by: str = ""
    certificate: str = ""

    def body(self) -> bytes:
        """The bytes that the certificate covers."""
        return (
            b"famdesk identity\0" + json.dumps([self.login, self.staff_id, self.box_public, self.sign_public]).encode()
        )

    def holds(self) -> bool:
        """Whether the certificate is that of the key which it names."""
        return verified(_bytes(self.certified_by), self.body(), _bytes(self.certificate))


@dataclass(frozen=True, slots=True)
class Keyring:
    """All slots. `counter` grows with every save; `anchors` hold each centre's last audit entry as (seq, hash).

    `past` are keys no longer in use: old audit entries and certificates were signed with them. `root` is the public
    signing key of the recovery code, `envelope` the sealed envelope of session notes that was made last (None: it was
    not made yet).
    """

    database: str
    slots: dict[str, Slot]
    macs: dict[str, bytes]
    recovery: bytes
    root: str
    mac: bytes = b""
    generation: int = 1
    counter: int = 0
    anchors: dict[str, tuple[int, str]] = field(default_factory=dict)
    past: tuple[Identity, ...] = ()
    envelope: Envelope | None = None

    def common(self) -> bytes:
        """The bytes of everything beside the slots, and which slots there are."""
        return json.dumps(
            [FORMAT, self.database, self.generation, self.counter, self.root, _b64(self.recovery), sorted(self.slots),
             sorted(self.anchors.items()), [list(astuple(key)) for key in self.past],
             *([self.envelope.plain()] if self.envelope else [])]
        ).encode()  # fmt: skip

    def signers(self) -> frozenset[tuple[str, str]]:
        """All (staff id, public signing key in base64) whose signatures count."""
        return frozenset((key.staff_id, key.sign_public) for key in self.identities())

    def sealed(self, master: bytes) -> Keyring:
        """The same with fresh MACs and a higher counter: what is written to disk."""
        key = hkdf(master, "famdesk key file mac")
        raised = replace(self, counter=self.counter + 1)
        macs = {login: _mac(key, slot.body()) for login, slot in self.slots.items()}
        return replace(raised, macs=macs, mac=_mac(key, raised.common()))

    def checked(self, master: bytes) -> None:
        """Raises KeysDamaged unless every part is as somebody with the master key wrote it, and certificates hold."""
        key = hkdf(master, "famdesk key file mac")
        intact = hmac.compare_digest(self.mac, _mac(key, self.common())) and all(
            hmac.compare_digest(self.macs.get(login, b""), _mac(key, slot.body())) for login, slot in self.slots.items()
        )
        if not intact or not self._rooted():
            raise KeysDamaged

    def _rooted(self) -> bool:
        """Whether a chain of certificates leads from the root to every key, that of the envelope among them."""
        trusted, waiting = {self.root}, self.identities()
        while waiting:
            found = [key for key in waiting if key.certified_by in trusted and key.holds()]
            if not found:
                return False
            trusted |= {key.sign_public for key in found}
            waiting = [key for key in waiting if key not in found]
        return self.envelope is None or self.envelope.holds(sorted(self.signers()))

    def identities(self) -> list[Identity]:
        """All public keys that are or were somebody's."""
        return [*self.past, *(slot.identity for slot in self.slots.values())]


@dataclass(frozen=True, slots=True)
class Unlocked:
    """What a password or the recovery code opens.

    `slot` is None for the recovery code; its `pairs` certify users and sign nothing else: they are nobody's.
    """

    master: bytes
    slot: Slot | None
    pairs: KeyPairs

    @property
    def database_key(self) -> bytes:
        return hkdf(self.master, "famdesk database")


def create(login: str, staff_id: str, password: str, recovery: str, cost: KdfCost = FLOOR) -> tuple[Keyring, Unlocked]:
    """A new master key with its first user and the recovery code, which also opens it and certifies that user.

    Raises:
        WrongRecoveryCode, WeakPassword.
    """
    master = secrets.token_bytes(32)
    code = normal_code(recovery)
    if code is None:
        raise WrongRecoveryCode("recovery")
    pairs, root = KeyPairs.new(), recovery_pairs(code)
    slot = _slot(login, staff_id, password, master, pairs, root, cost)
    database = new_id()
    ring = Keyring(
        database, {login: slot}, {}, wrap(recovery_key(code), master, database.encode()), _b64(root.sign_public)
    )
    return ring.sealed(master), Unlocked(master, slot, pairs)


def unlock(ring: Keyring, login: str, password: str) -> Unlocked:
    """Opens with a user's password.

    Raises:
        WrongPassword: no such user, or not this password.
        KeysDamaged: the password is right, the file is not.
    """
    slot = ring.slots.get(login)
    if slot is None:
        derive_password(password, b"no such user....", FLOOR)  # the same time, so that names cannot be tried out
        raise WrongPassword("password")
    try:
        pairs = KeyPairs.of(unwrap(derive_password(password, slot.salt, slot.cost), slot.wrapped, login.encode()))
    except Damaged as error:
        raise WrongPassword("password") from error
    try:
        master = unseal(pairs.box, slot.sealed_master)
    except Damaged as error:
        raise KeysDamaged from error
    ring.checked(master)
    return Unlocked(master, slot, pairs)


def unlock_with_recovery(ring: Keyring, typed: str) -> Unlocked:
    """Opens with the code of the recovery sheet.

    Raises:
        WrongRecoveryCode: mistyped, or the code of other data.
        KeysDamaged: the code is right, the file is not.
    """
    code = normal_code(typed)
    if code is None:
        raise WrongRecoveryCode("recovery")
    try:
        master = unwrap(recovery_key(code), ring.recovery, ring.database.encode())
    except Damaged as error:
        raise WrongRecoveryCode("recovery") from error
    root = recovery_pairs(code)
    if _b64(root.sign_public) != ring.root:
        raise KeysDamaged
    ring.checked(master)
    return Unlocked(master, None, root)


def with_user(ring: Keyring, by: Unlocked, login: str, staff_id: str, password: str, cost: KdfCost = FLOOR) -> Keyring:
    """The ring with one more user, certified by the colleague who adds them.

    Raises:
        LoginTaken, WeakPassword.
    """
    ring.checked(by.master)
    if login in ring.slots:
        raise LoginTaken("login")
    slot = _slot(login, staff_id, password, by.master, KeyPairs.new(), by.pairs, cost)
    return replace(ring, slots={**ring.slots, login: slot}).sealed(by.master)


def with_password(ring: Keyring, by: Unlocked, password: str, cost: KdfCost = FLOOR) -> Keyring:
    """The ring with this user's private keys wrapped under a new password; nothing else changes.

    Raises:
        WeakPassword.
    """
    ring.checked(by.master)
    if by.slot is None:
        raise WrongPassword("password")
    salt = secrets.token_bytes(16)
    key = derive_password(strong(password), salt, cost)
    slot = replace(by.slot, salt=salt, cost=cost, wrapped=wrap(key, by.pairs.joined, by.slot.login.encode()))
    return replace(ring, slots={**ring.slots, slot.login: slot}).sealed(by.master)


def with_second(ring: Keyring, by: Unlocked, second: bytes) -> Keyring:
    """The ring with another second step of this user's sign-in; b"" for none."""
    ring.checked(by.master)
    assert by.slot is not None
    slot = replace(ring.slots[by.slot.login], second=second)
    return replace(ring, slots={**ring.slots, slot.login: slot}).sealed(by.master)


def recovered(
    ring: Keyring, by: Unlocked, login: str, password: str, cost: KdfCost = FLOOR
) -> tuple[Keyring, Unlocked]:
    """A new way in for a user whose password is lost: new private keys, certified by the recovery code that opened.

    A colleague who left and came back gets one too: the slot is gone, but it is known whose the name was. What was
    sealed to the old keys stays closed to the new ones: that is the escrow's task.

    Raises:
        WrongPassword: no such user.
        WeakPassword.
    """
    old = ring.slots.get(login)
    known = old.identity if old else next((key for key in reversed(ring.past) if key.login == login), None)
    if known is None:
        raise WrongPassword("login")
    pairs = KeyPairs.new()
    slot = _slot(login, known.staff_id, password, by.master, pairs, by.pairs, cost)
    past = (*ring.past, known) if old else ring.past
    fresh = replace(ring, slots={**ring.slots, login: slot}, past=past).sealed(by.master)
    return fresh, Unlocked(by.master, slot, pairs)


def without_user(ring: Keyring, by: Unlocked, login: str) -> Keyring:
    """The ring without a user's slot. Re-keying the database file is the next step of the procedure."""
    ring.checked(by.master)
    gone = ring.slots[login]
    slots = {name: slot for name, slot in ring.slots.items() if name != login}
    return replace(ring, slots=slots, past=(*ring.past, gone.identity)).sealed(by.master)


def with_envelope(ring: Keyring, by: Unlocked, envelope: Envelope) -> Keyring:
    """The ring with this envelope instead of the one before, if there was one."""
    ring.checked(by.master)
    return replace(ring, envelope=envelope).sealed(by.master)


def strong(password: str) -> str:
    """The password, if it is long enough.

    Raises:
        WeakPassword.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise WeakPassword("password", length=SHORTEST_PASSWORD)
    return password


def dump(ring: Keyring) -> str:
    """The ring as the text of a key file."""
    body: dict[str, Any] = {
        "format": FORMAT,
        "database": ring.database,
        "generation": ring.generation,
        "counter": ring.counter,
        "root": ring.root,
        "past": [list(astuple(key)) for key in ring.past],
        "anchors": {centre: list(anchor) for centre, anchor in ring.anchors.items()},
        "recovery": _b64(ring.recovery),
        "mac": _b64(ring.mac),
        **({"envelope": ring.envelope.plain()} if ring.envelope else {}),
        "users": [{**_plain(slot), "mac": _b64(ring.macs[login])} for login, slot in sorted(ring.slots.items())],
    }
    return json.dumps(body, indent=1)


def load(text: str) -> Keyring:
    """The ring of a key file's text; its MACs are checked when somebody unlocks it.

    Raises:
        KeysDamaged: not a key file, or of a later format.
    """
    try:
        body = json.loads(text)
        if _number(body["format"]) != FORMAT:
            raise KeysDamaged
        slots = {user["login"]: _slot_of(user) for user in body["users"]}
        if len(slots) != len(body["users"]):
            raise KeysDamaged
        macs = {user["login"]: _bytes(user["mac"]) for user in body["users"]}
        anchors = {centre: (_number(seq), _text(digest)) for centre, (seq, digest) in body["anchors"].items()}
        return Keyring(
            _text(body["database"]), slots, macs, _bytes(body["recovery"]), _text(body["root"]), _bytes(body["mac"]),
            _number(body["generation"]), _number(body["counter"]), anchors,
            tuple(Identity(*map(_text, key)) for key in body["past"]),
            of_plain(body["envelope"]) if "envelope" in body else None,
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise KeysDamaged from error


def _slot(
    login: str, staff_id: str, password: str, master: bytes, pairs: KeyPairs, signer: KeyPairs, cost: KdfCost
) -> Slot:
    salt = secrets.token_bytes(16)
    wrapped = wrap(derive_password(strong(password), salt, cost), pairs.joined, login.encode())
    bare = Slot(login, staff_id, salt, cost, wrapped, pairs.box_public, pairs.sign_public,
                seal(pairs.box_public, master), _b64(signer.sign_public), b"")  # fmt: skip
    return replace(bare, certificate=signer.signature(bare.identity.body()))


def _plain(slot: Slot) -> dict[str, Any]:
    return {
        "login": slot.login, "staff_id": slot.staff_id, "salt": _b64(slot.salt),
        "kdf": [slot.cost.memory, slot.cost.passes, slot.cost.lanes], "wrapped": _b64(slot.wrapped),
        "box_public": _b64(slot.box_public), "sign_public": _b64(slot.sign_public),
        "sealed_master": _b64(slot.sealed_master), "certified_by": slot.certified_by,
        "certificate": _b64(slot.certificate),
        **({"second": _b64(slot.second)} if slot.second else {}),
    }  # fmt: skip


def _slot_of(user: dict[str, Any]) -> Slot:
    decoded = {name: _bytes(user[name]) for name in
               ("salt", "wrapped", "box_public", "sign_public", "sealed_master", "certificate")}  # fmt: skip
    memory, passes, lanes = map(_number, user["kdf"])
    cost = KdfCost(memory, passes, lanes)
    if not (8 <= cost.memory <= DEAREST.memory and 1 <= cost.passes <= DEAREST.passes
            and 1 <= cost.lanes <= DEAREST.lanes):  # fmt: skip
        raise KeysDamaged
    return Slot(login=_text(user["login"]), staff_id=_text(user["staff_id"]), cost=cost,
                certified_by=_text(user["certified_by"]), second=_bytes(user.get("second", "")), **decoded)  # fmt: skip


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise TypeError
    return value


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _mac(key: bytes, body: bytes) -> bytes:
    return hmac.digest(key, body, hashlib.sha256)
