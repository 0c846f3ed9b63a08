"""The keyring: who opens it, and that no byte of it can be changed, swapped, lowered or forged."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from famdesk.data.keys import crypto, keys
from famdesk.data.keys.crypto import KdfCost, KeyPairs
from famdesk.data.keys.keys import KeysDamaged, WeakPassword, WrongPassword, WrongRecoveryCode
from famdesk.data.tables import envelope
from famdesk.domain.ids import new_id

CHEAP = KdfCost(32, 1, 1)
ANNA, BEA, NEW = "parola-di-anna", "parola-di-bea", "tutt-altra-parola"
CODE = crypto.new_recovery_code()
HELD = (("coordinator", "Anna Prova"), ("second", "Bea Prova"), ("order", "Ordine"))


def _ring() -> tuple[keys.Keyring, keys.Unlocked]:
    """Anna, the first, and Bea, whom she added; an anchor and a former key, so that every field holds something."""
    ring, anna = keys.create("anna", new_id(), ANNA, CODE, CHEAP)
    ring = keys.with_user(ring, anna, "carla", new_id(), "parola-di-carla", CHEAP)
    ring = keys.without_user(ring, anna, "carla")
    ring = keys.with_user(ring, anna, "bea", new_id(), BEA, CHEAP)
    ring = replace(ring, anchors={"01950000-0000-7000-8000-000000000001": (7, "ab" * 32)}).sealed(anna.master)
    assert anna.slot is not None
    made = envelope.certified(bytes(range(32)), anna.slot.staff_id, date(2025, 2, 11), HELD, anna.pairs)
    ring = keys.with_envelope(ring, anna, made)
    return keys.load(keys.dump(ring)), anna


RING, FIRST = _ring()
BODY: dict[str, Any] = json.loads(keys.dump(RING))


def _loaded(body: Any) -> keys.Keyring:
    return keys.load(json.dumps(body))


def _copy() -> dict[str, Any]:
    copied: dict[str, Any] = json.loads(json.dumps(BODY))
    return copied


def test_each_way_in_opens_the_same_master_key() -> None:
    assert {keys.unlock(RING, "anna", ANNA).master, keys.unlock(RING, "bea", BEA).master,
            keys.unlock_with_recovery(RING, CODE).master} == {FIRST.master}  # fmt: skip


def test_the_file_survives_writing_and_reading() -> None:
    assert keys.load(keys.dump(RING)) == RING
    assert FIRST.master.hex() not in keys.dump(RING)


@pytest.mark.parametrize(
    ("login", "password"), [("anna", BEA), ("bea", ANNA), ("nobody", ANNA), ("", ANNA), ("anna", "")]
)
def test_a_wrong_name_and_a_wrong_password_are_not_told_apart(login: str, password: str) -> None:
    with pytest.raises(WrongPassword) as caught:
        keys.unlock(RING, login, password)
    assert caught.value.sentence() == "The name or the password is not right."


def test_a_wrong_code_is_told() -> None:
    for typed in (crypto.new_recovery_code(), CODE[:-1], ""):
        with pytest.raises(WrongRecoveryCode):
            keys.unlock_with_recovery(RING, typed)


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [leaf for name in value for leaf in _leaves(value[name], (*path, name))]
    if isinstance(value, list):
        return [leaf for number, item in enumerate(value) for leaf in _leaves(item, (*path, number))]
    return [path]


def _changed(path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    body = _copy()
    holder: Any = body
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value(holder[path[-1]])
    return body


def _flip(value: Any) -> Any:
    if isinstance(value, int):
        return value + 1
    try:
        raw = bytearray(base64.b64decode(value, validate=True))
        raw[len(raw) // 2] ^= 1
        return base64.b64encode(bytes(raw)).decode()
    except (ValueError, IndexError):
        return value[:-1] + ("a" if value[-1] != "a" else "b")


@pytest.mark.parametrize("path", _leaves(BODY), ids=lambda path: ".".join(map(str, path)))
def test_each_field_is_under_the_seal(path: tuple[Any, ...]) -> None:
    """Bea's sign-in notices a change anywhere, also in Anna's slot; Anna's one in Bea's."""
    for login, password in (("anna", ANNA), ("bea", BEA)):
        own = BODY["users"][path[1]]["login"] == login if path[0] == "users" else False
        wanted = (KeysDamaged, WrongPassword) if own else KeysDamaged
        with pytest.raises(wanted):
            keys.unlock(_loaded(_changed(path, _flip)), login, password)


@pytest.mark.parametrize("path", _leaves(BODY), ids=lambda path: ".".join(map(str, path)))
def test_nonsense_in_a_field_is_damage_not_a_crash(path: tuple[Any, ...]) -> None:
    for nonsense in (None, 7.5, -1, "", [], {}, True, "é", "A"):
        body = _changed(path, lambda _old, new=nonsense: new)
        with pytest.raises((KeysDamaged, WrongPassword)):
            keys.unlock(_loaded(body), "bea", BEA)
        with pytest.raises((KeysDamaged, WrongRecoveryCode)):
            keys.unlock_with_recovery(_loaded(body), CODE)


@pytest.mark.parametrize("name", sorted(set(BODY) - {"envelope"}))
def test_a_missing_field_is_damage(name: str) -> None:
    body = _copy()
    del body[name]
    with pytest.raises(KeysDamaged):
        _loaded(body)


@given(st.text(max_size=200))
def test_what_is_no_key_file(text: str) -> None:
    with pytest.raises(KeysDamaged):
        keys.load(text)


def test_swapped_slots_open_nothing() -> None:
    """Bea's wrapped keys under Anna's name would make Bea's password Anna's."""
    body = _copy()
    first, second = body["users"]
    for name in set(first) - {"login"}:
        first[name], second[name] = second[name], first[name]
    for login in ("anna", "bea"):
        for password in (ANNA, BEA):
            with pytest.raises((WrongPassword, KeysDamaged)):
                keys.unlock(_loaded(body), login, password)


def test_a_slot_taken_out_or_doubled_is_noticed() -> None:
    for users in (BODY["users"][:1], [*BODY["users"], BODY["users"][0]]):
        with pytest.raises(KeysDamaged):
            keys.unlock(_loaded({**BODY, "users": users}), "anna", ANNA)


def test_a_lowered_cost_is_noticed() -> None:
    """A file whose cost somebody lowered, to try passwords faster, does not open with the right password either."""
    body = _copy()
    body["users"][0]["kdf"] = [16, 1, 1]
    with pytest.raises(WrongPassword):
        keys.unlock(_loaded(body), "anna", ANNA)
    with pytest.raises(KeysDamaged):
        keys.unlock(_loaded(body), "bea", BEA)


@pytest.mark.parametrize(
    "cost", [[2**40, 1, 1], [64, 10**9, 1], [64, 1, 10**6], [0, 1, 1], [64, 0, 1], [64, 1], [64] * 4]
)
def test_a_cost_that_would_stop_the_machine_is_refused_at_reading(cost: list[int]) -> None:
    body = _copy()
    body["users"][0]["kdf"] = cost
    with pytest.raises(KeysDamaged):
        _loaded(body)


def _resealed(ring: keys.Keyring) -> keys.Keyring:
    """What somebody can write who has the master key, as every colleague has."""
    return ring.sealed(FIRST.master)


def test_a_changed_public_key_is_refused_even_with_the_master_key() -> None:
    mine = KeyPairs.new()
    slot = replace(RING.slots["bea"], box_public=mine.box_public)
    with pytest.raises(KeysDamaged):
        keys.unlock(_resealed(replace(RING, slots={**RING.slots, "bea": slot})), "anna", ANNA)


def test_a_certificate_of_an_unknown_key_is_refused() -> None:
    mine = KeyPairs.new()
    slot = replace(RING.slots["bea"], box_public=mine.box_public, sign_public=mine.sign_public,
                   certified_by=base64.b64encode(mine.sign_public).decode())  # fmt: skip
    slot = replace(slot, certificate=mine.signature(slot.identity.body()))
    with pytest.raises(KeysDamaged):
        keys.unlock(_resealed(replace(RING, slots={**RING.slots, "bea": slot})), "anna", ANNA)


def test_two_keys_that_certify_each_other_are_refused() -> None:
    one, two = KeyPairs.new(), KeyPairs.new()
    slots = dict(RING.slots)
    for login, pairs, by in (("bea", one, two), ("dora", two, one)):
        slot = replace(RING.slots["bea"], login=login, box_public=pairs.box_public, sign_public=pairs.sign_public,
                       certified_by=base64.b64encode(by.sign_public).decode())  # fmt: skip
        slots[login] = replace(slot, certificate=by.signature(slot.identity.body()))
    with pytest.raises(KeysDamaged):
        keys.unlock(_resealed(replace(RING, slots=slots)), "anna", ANNA)


def test_another_root_is_refused_to_the_recovery_code() -> None:
    pairs = KeyPairs.new()
    slot = RING.slots["anna"]
    moved = replace(slot, certified_by=base64.b64encode(pairs.sign_public).decode(),
                    certificate=pairs.signature(slot.identity.body()))  # fmt: skip
    ring = _resealed(replace(RING, slots={**RING.slots, "anna": moved}, root=moved.certified_by))
    with pytest.raises(KeysDamaged):
        keys.unlock_with_recovery(ring, CODE)


def test_a_master_key_under_the_wrong_public_key_is_damage() -> None:
    slot = replace(RING.slots["bea"], sealed_master=crypto.seal(KeyPairs.new().box_public, FIRST.master))
    with pytest.raises(KeysDamaged):
        keys.unlock(_resealed(replace(RING, slots={**RING.slots, "bea": slot})), "bea", BEA)


def test_a_new_password_closes_the_old_one_and_keeps_the_keys() -> None:
    bea = keys.unlock(RING, "bea", BEA)
    ring = keys.with_password(RING, bea, NEW, CHEAP)
    with pytest.raises(WrongPassword):
        keys.unlock(ring, "bea", BEA)
    again = keys.unlock(ring, "bea", NEW)
    assert (again.pairs, again.master) == (bea.pairs, bea.master)
    assert keys.unlock(ring, "anna", ANNA).master == bea.master
    assert ring.counter == RING.counter + 1


def test_the_code_gives_a_new_way_in_and_keeps_old_signatures_known() -> None:
    bea = keys.unlock(RING, "bea", BEA)
    ring, fresh = keys.recovered(RING, keys.unlock_with_recovery(RING, CODE.lower()), "bea", NEW, CHEAP)
    ring = keys.load(keys.dump(ring))
    assert keys.unlock(ring, "bea", NEW) == fresh
    assert fresh.pairs.sign_public != bea.pairs.sign_public
    with pytest.raises(WrongPassword):
        keys.unlock(ring, "bea", BEA)
    assert RING.signers() < ring.signers()


def test_the_first_user_can_be_recovered_and_removed() -> None:
    """Whom she certified stays certified: the chain goes on through her former key."""
    bea = keys.unlock(RING, "bea", BEA)
    ring, anna = keys.recovered(RING, keys.unlock_with_recovery(RING, CODE), "anna", NEW, CHEAP)
    keys.unlock(ring, "bea", BEA)
    ring = keys.without_user(keys.with_user(ring, anna, "dora", new_id(), "parola-di-dora", CHEAP), bea, "anna")
    keys.unlock(keys.load(keys.dump(ring)), "dora", "parola-di-dora")
    with pytest.raises(WrongPassword):
        keys.unlock(ring, "anna", NEW)


def test_what_is_refused() -> None:
    code = keys.unlock_with_recovery(RING, CODE)
    with pytest.raises(WeakPassword) as caught:
        keys.with_password(RING, FIRST, "troppo", CHEAP)
    assert "10" in caught.value.sentence()
    with pytest.raises(WrongPassword):
        keys.with_password(RING, code, NEW, CHEAP)
    with pytest.raises(WrongPassword):
        keys.recovered(RING, code, "nobody", NEW, CHEAP)
    with pytest.raises(keys.LoginTaken):
        keys.with_user(RING, FIRST, "bea", new_id(), NEW, CHEAP)
    with pytest.raises(WrongRecoveryCode):
        keys.create("anna", new_id(), ANNA, "not a code", CHEAP)


def test_keys_for_each_purpose_differ() -> None:
    assert len({FIRST.master, FIRST.database_key, crypto.hkdf(FIRST.master, "famdesk backup")}) == 3


def test_an_envelope_that_was_taken_out_is_noticed_and_a_ring_of_before_has_none() -> None:
    body = _copy()
    del body["envelope"]
    with pytest.raises(KeysDamaged):
        keys.unlock(_loaded(body), "anna", ANNA)
    bare, _anna = keys.create("anna", new_id(), ANNA, CODE, CHEAP)
    assert "envelope" not in json.loads(keys.dump(bare))
    assert keys.unlock(keys.load(keys.dump(bare)), "anna", ANNA).slot is not None


def test_an_envelope_of_somebody_without_a_key_in_the_ring_is_refused() -> None:
    """Whoever has the master key can write the file; only a colleague of the ring can certify an envelope."""
    assert FIRST.slot is not None
    bea = keys.unlock(RING, "bea", BEA)
    assert bea.slot is not None
    stranger = KeyPairs.new()
    for made_by, pairs in ((new_id(), stranger), (FIRST.slot.staff_id, stranger), (FIRST.slot.staff_id, bea.pairs)):
        forged = envelope.certified(bytes(32), made_by, date(2025, 2, 11), HELD, pairs)
        with pytest.raises(KeysDamaged):
            keys.with_envelope(RING, FIRST, forged).checked(FIRST.master)
    for changed in ({"public": base64.b64encode(bytes(32)).decode()}, {"made_by": bea.slot.staff_id},
                    {"made_on": "2025-02-12"}, {"holders": HELD[:2]}):  # fmt: skip
        assert RING.envelope is not None
        with pytest.raises(KeysDamaged):
            keys.with_envelope(RING, FIRST, replace(RING.envelope, **changed)).checked(FIRST.master)


def test_who_made_the_envelope_may_leave() -> None:
    bea = keys.unlock(RING, "bea", BEA)
    assert bea.slot is not None
    made = envelope.certified(bytes(32), bea.slot.staff_id, date(2025, 2, 11), HELD, bea.pairs)
    ring = keys.without_user(keys.with_envelope(RING, bea, made), FIRST, "bea")
    assert keys.load(keys.dump(ring)).envelope == made
    assert keys.unlock(keys.load(keys.dump(ring)), "anna", ANNA).slot is not None
