"""The primitives: published vectors, what tampering does, codes that catch typing errors."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from famdesk.data.keys import crypto
from famdesk.data.keys.crypto import CROCKFORD, Damaged, KdfCost, KeyPairs

TINY = KdfCost(32, 1, 1)
KEY = bytes(range(32))


def test_argon2id_is_the_one_of_the_rfc_family() -> None:
    """Source: test vectors of the reference implementation (phc-winner-argon2, test.c); those of RFC 9106 need a
    secret and associated data, which we do not use."""
    found = crypto.derive_password("password", b"somesalt", KdfCost(65536, 2, 1))
    assert found.hex() == "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"


def test_hkdf_is_the_first_block_of_rfc_5869() -> None:
    """Source: RFC 5869, A.3: empty salt and info; our labels are the info, so the vector's needs none."""
    secret = bytes.fromhex("0b" * 22)
    assert crypto.hkdf(secret, "").hex() == "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"


@given(st.binary(min_size=1, max_size=80), st.text(st.characters(codec="ascii"), max_size=40))
def test_hkdf_is_extract_and_expand(secret: bytes, label: str) -> None:
    extracted = hmac.new(b"", secret, hashlib.sha256).digest()
    assert crypto.hkdf(secret, label) == hmac.new(extracted, label.encode() + b"\x01", hashlib.sha256).digest()


def test_a_password_is_the_same_on_every_keyboard() -> None:
    composed, parted = "perch\u00e9-proprio-lei", "perche\u0301-proprio-lei"
    assert crypto.derive_password(composed, b"somesalt", TINY) == crypto.derive_password(parted, b"somesalt", TINY)


@pytest.mark.parametrize("password", ["", "\udc80", "a\0b", "\U0001f600" * 9])
def test_every_text_is_a_password(password: str) -> None:
    assert len(crypto.derive_password(password, b"somesalt", TINY)) == 32


def test_nul_does_not_end_a_password() -> None:
    assert crypto.derive_password("a\0b", b"somesalt", TINY) != crypto.derive_password("a\0c", b"somesalt", TINY)


def test_a_cost_that_argon2_refuses_is_damage_not_a_crash() -> None:
    with pytest.raises(Damaged):
        crypto.derive_password("x", b"somesalt", KdfCost(1, 1, 1))


def test_calibration_never_goes_under_its_floor() -> None:
    floor = KdfCost(64, 1, 1)
    assert crypto.calibrated(floor, target_seconds=0.0) == floor
    assert crypto.calibrated(floor, target_seconds=1e9, ceiling=4096).memory == 4096


@given(st.binary(max_size=200), st.binary(max_size=40))
def test_wrap_gives_back_what_went_in(plain: bytes, context: bytes) -> None:
    assert crypto.unwrap(KEY, crypto.wrap(KEY, plain, context), context) == plain


@given(st.binary(min_size=1, max_size=60), st.integers(min_value=0), st.integers(1, 255))
def test_one_changed_byte_of_a_wrapped_value_is_noticed(plain: bytes, place: int, change: int) -> None:
    wrapped = bytearray(crypto.wrap(KEY, plain, b"here"))
    wrapped[place % len(wrapped)] ^= change
    with pytest.raises(Damaged):
        crypto.unwrap(KEY, bytes(wrapped), b"here")


@given(st.integers(0, 39))
def test_a_wrapped_value_that_was_cut_is_noticed(length: int) -> None:
    with pytest.raises(Damaged):
        crypto.unwrap(KEY, crypto.wrap(KEY, b"", b"")[:length], b"")


def test_a_wrapped_value_is_bound_to_key_and_place() -> None:
    wrapped = crypto.wrap(KEY, b"secret", b"anna")
    for key, context in ((KEY, b"bea"), (bytes(32), b"anna")):
        with pytest.raises(Damaged):
            crypto.unwrap(key, wrapped, context)


def test_two_wrappings_of_the_same_differ() -> None:
    assert crypto.wrap(KEY, b"x", b"") != crypto.wrap(KEY, b"x", b"")


@given(st.binary(max_size=100))
def test_seal_opens_with_the_private_key_alone(plain: bytes) -> None:
    mine, other = KeyPairs.new(), KeyPairs.new()
    sealed = crypto.seal(mine.box_public, plain)
    assert crypto.unseal(mine.box, sealed) == plain
    with pytest.raises(Damaged):
        crypto.unseal(other.box, sealed)


@given(st.integers(min_value=0), st.integers(1, 255))
def test_one_changed_byte_of_a_sealed_value_is_noticed(place: int, change: int) -> None:
    pairs = KeyPairs.new()
    sealed = bytearray(crypto.seal(pairs.box_public, b"master key"))
    sealed[place % len(sealed)] ^= change
    with pytest.raises(Damaged):
        crypto.unseal(pairs.box, bytes(sealed))


def test_a_sealed_value_of_nonsense_is_damaged() -> None:
    for nonsense in (b"", b"x" * 10):
        with pytest.raises(Damaged):
            crypto.unseal(KeyPairs.new().box, nonsense)


def test_ed25519_is_that_of_rfc_8032() -> None:
    """Source: RFC 8032, 7.1, test 2."""
    seed = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
    pairs = KeyPairs(KEY, seed)
    assert pairs.sign_public.hex() == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
    assert pairs.signature(b"\x72").hex() == (
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )


def test_x25519_is_that_of_rfc_7748() -> None:
    """Source: RFC 7748, 6.1, Alice's key."""
    private = bytes.fromhex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a")
    public = "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"
    assert KeyPairs(private, KEY).box_public.hex() == public


def test_a_signature_holds_for_its_message_and_key_alone() -> None:
    one, other = KeyPairs.new(), KeyPairs.new()
    signature = one.signature(b"entry")
    assert crypto.verified(one.sign_public, b"entry", signature)
    assert not crypto.verified(one.sign_public, b"entrx", signature)
    assert not crypto.verified(other.sign_public, b"entry", signature)
    assert not crypto.verified(one.sign_public, b"entry", signature[:-1])
    assert not crypto.verified(b"short", b"entry", signature)


def test_key_pairs_survive_joining() -> None:
    pairs = KeyPairs.new()
    assert KeyPairs.of(pairs.joined) == pairs
    assert len({pairs.box_public, pairs.sign_public, pairs.box, pairs.sign}) == 4


def test_recovery_codes_have_160_bits_and_a_check() -> None:
    codes = {crypto.new_recovery_code() for _number in range(50)}
    assert len(codes) == 50
    for code in codes:
        groups = code.split("-")
        assert [len(group) for group in groups] == [5, 5, 5, 5, 5, 5, 4]
        assert crypto.normal_code(code) == code.replace("-", "")


def test_a_code_may_be_typed_as_people_write() -> None:
    code = crypto.new_recovery_code()
    plain = code.replace("-", "")
    worn = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert crypto.normal_code(worn) == plain
    assert crypto.normal_code(f"  {code.replace('1', 'I')}\n") == plain


CODES = st.binary(min_size=20, max_size=20).map(lambda data: crypto._with_check(crypto._base32(data)))


@given(CODES, st.data())
def test_a_wrong_letter_is_noticed_nearly_always(code: str, data: st.DataObject) -> None:
    """Ten bits of check let one error in 1,024 through: no code opens anything then, the key does not fit."""
    place = data.draw(st.integers(0, len(code) - 1))
    letter = data.draw(st.sampled_from(CROCKFORD).filter(lambda found: found != code[place]))
    mistyped = code[:place] + letter + code[place + 1 :]
    found = crypto.normal_code(mistyped)
    assert found is None or crypto.recovery_key(found) != crypto.recovery_key(code)


def test_how_many_typing_errors_the_check_catches() -> None:
    code = crypto._with_check(crypto._base32(KEY[:20]))
    wrong = [code[:place] + letter + code[place + 1 :] for place in range(len(code)) for letter in CROCKFORD
             if letter != code[place]]  # fmt: skip
    swapped = [code[:p] + code[p + 1] + code[p] + code[p + 2 :] for p in range(len(code) - 1) if code[p] != code[p + 1]]
    missed = [typed for typed in [*wrong, *swapped] if crypto.normal_code(typed) is not None]
    assert len(wrong) > 1000
    assert len(missed) <= 5


@pytest.mark.parametrize("typed", ["", "A" * 33, "A" * 35, "U" * 34, "ÄÖÜ" * 11, "\ud800" * 34])
def test_what_is_no_code(typed: str) -> None:
    assert crypto.normal_code(typed) is None


def test_the_keys_of_a_code_differ_by_purpose() -> None:
    pairs = crypto.recovery_pairs("A" * 34)
    assert len({crypto.recovery_key("A" * 34), pairs.box, pairs.sign}) == 3
