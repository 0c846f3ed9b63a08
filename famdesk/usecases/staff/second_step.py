"""The second step of one's own sign-in: set up with the telephone, asked for at the door, turned off again.

What it protects and what not is said in `famdesk.domain.staff.second_step`. A lost telephone: a one-time code; without
one, the recovery sheet in a file or a new password by who leads the centre on a server: both make new keys, without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from famdesk.data.journal import Step
from famdesk.data.keys import crypto, keys
from famdesk.data.keys.keystore import KeyStore
from famdesk.data.keys.throttle import Throttle
from famdesk.domain.errors import RuleError
from famdesk.domain.staff import second_step as rules
from famdesk.domain.staff.second_step import CodeWanted, Second, WrongCode
from famdesk.i18n import N_
from famdesk.usecases.office import Office


class NotOn(RuleError):
    message = N_("The second step is not in use.")


@dataclass(frozen=True, slots=True)
class Preparation:
    """What the telephone has to know: the secret to be typed, and the text of the square code."""

    secret: str
    address: str


def check(keystore: KeyStore, unlocked: keys.Unlocked, code: str | None, now: datetime) -> None:
    """Lets somebody in whose password was right; a code that was used is not good again.

    Raises:
        CodeWanted: there is a second step, and no code was given.
        WrongCode.
        KeysDamaged: somebody changed it.
    """
    if unlocked.slot is None or not unlocked.slot.second:
        return
    if code is None:
        raise CodeWanted("code")
    keystore.update(lambda ring: _used(ring, unlocked, code, now))


def is_on(office: Office) -> bool:
    """Whether one's own sign-in has a second step."""
    slot = office.keystore.load().slots.get(office.actor.login)
    return slot is not None and bool(slot.second)


def spare_left(office: Office) -> int:
    """How many one-time codes are left."""
    slot = office.keystore.load().slots.get(office.actor.login)
    return len(_read(slot, office.actor.pairs).spare) if slot is not None and slot.second else 0


def prepare(office: Office) -> Preparation:
    """A new secret for the telephone; nothing changes before `turn_on`."""
    secret = rules.new_secret()
    return Preparation(secret, rules.address(secret, office.actor.login, office.home.settings().centre_name))


def turn_on(office: Office, password: str, secret: str, code: str) -> tuple[str, ...]:
    """From now on the sign-in asks for a code; gives the one-time codes, which are kept nowhere in clear.

    Raises:
        WaitFirst, WrongPassword.
        WrongCode: the telephone shows another one, because it was set up with another secret or its clock is wrong.
    """
    now = office.store.clock()
    by = _proved(office, password, now)
    codes = rules.new_spare_codes()
    second = rules.first(secret, codes).passed(code, now)
    office.keystore.update(lambda ring: keys.with_second(ring, by, _sealed(second, by)))
    _note(office, "second_step.turn_on")
    return codes


def turn_off(office: Office, password: str, code: str) -> None:
    """The sign-in asks for the password only. Takes a code too: who finds an open desk and knows the password shall not
    be able to.

    Raises:
        NotOn, WaitFirst, WrongPassword, WrongCode.
    """
    if not is_on(office):
        raise NotOn
    now = office.store.clock()
    by = _proved(office, password, now)
    throttle = Throttle(office.home.tries)

    def off(ring: keys.Keyring) -> keys.Keyring:
        return keys.with_second(_used(ring, by, code, now), by, b"")

    try:
        office.keystore.update(off)
    except WrongCode:
        throttle.failed(office.actor.login, now)
        raise
    _note(office, "second_step.turn_off")


def _used(ring: keys.Keyring, unlocked: keys.Unlocked, code: str, now: datetime) -> keys.Keyring:
    """The ring after a code was used; looked at anew, so that no code is used twice by two desks at once."""
    assert unlocked.slot is not None
    slot = ring.slots.get(unlocked.slot.login)
    if slot is None or not slot.second:
        raise keys.KeysDamaged
    return keys.with_second(ring, unlocked, _sealed(_read(slot, unlocked.pairs).passed(code, now), unlocked))


def _read(slot: keys.Slot, pairs: crypto.KeyPairs) -> Second:
    try:
        return Second.load(crypto.unseal(pairs.box, slot.second))
    except (crypto.Damaged, ValueError, TypeError) as error:
        raise keys.KeysDamaged from error


def _sealed(second: Second, by: keys.Unlocked) -> bytes:
    return crypto.seal(by.pairs.box_public, second.dump())


def _proved(office: Office, password: str, now: datetime) -> keys.Unlocked:
    """The person at the desk is who signed in."""
    throttle = Throttle(office.home.tries)
    throttle.check(office.actor.login, now)
    try:
        return keys.unlock(office.keystore.load(), office.actor.login, password)
    except keys.WrongPassword:
        throttle.failed(office.actor.login, now)
        raise


def _note(office: Office, action: str) -> None:
    with office.store.writing(office.actor) as (tx, _outcome):
        tx.steps.append(Step(action, "password"))
