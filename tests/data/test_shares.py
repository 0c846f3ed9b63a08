"""Shares on paper: any two of three give the secret back, one alone says nothing."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from famdesk.data.keys import shares

SECRET = bytes(range(shares.SECRET_BYTES))


@given(secret=st.binary(min_size=1, max_size=40), needed=st.integers(1, 4), more=st.integers(0, 3))
def test_any_sufficient_number_of_shares_gives_the_secret_back(secret: bytes, needed: int, more: int) -> None:
    made = shares.split(secret, needed, needed + more)
    for some in combinations(made, needed):
        assert shares.join(some) == secret
    assert shares.join(made) == secret


def test_one_share_says_nothing() -> None:
    """The first byte of a share takes every value, whatever the secret is."""
    for secret in (bytes(20), bytes([255] * 20)):
        seen = Counter(shares.split(secret, 2, 3)[0].body[0] for _time in range(6000))
        assert len(seen) == 256
        assert max(seen.values()) < 80


def test_a_code_is_read_as_people_type_it_and_a_slip_is_noticed() -> None:
    first, second, third = shares.split(SECRET, 2, 3)
    typed = first.code().lower().replace("-", " ").replace("0", "o")
    assert shares.read(typed) == first
    assert shares.join([shares.read(second.code()) or first, third]) == SECRET
    code = first.code()
    for place in (0, 7, 20, len(code) - 1):
        if code[place] != "-":
            wrong = code[:place] + ("A" if code[place] != "A" else "B") + code[place + 1 :]
            assert shares.read(wrong) is None
    assert shares.read("") is None


def test_shares_of_different_secrets_do_not_go_together() -> None:
    one, other = shares.split(SECRET, 2, 3), shares.split(SECRET, 2, 3)
    for pair in ((one[0], other[1]), (one[0], one[0])):
        with pytest.raises(shares.SharesDiffer):
            shares.join(pair)


@given(secret=st.binary(min_size=20, max_size=20), guess=st.binary(min_size=20, max_size=20), number=st.integers(1, 3))
def test_one_share_fits_every_secret_there_is(secret: bytes, guess: bytes, number: int) -> None:
    """Beside any single share there is, for whatever secret one guesses, a second share that would give just that one:
    so the one share tells nothing, with whatever means."""
    held = shares.split(secret, 2, 3)[number - 1]
    other = number % 3 + 1
    steps = [_divided(have ^ wanted, number) for have, wanted in zip(held.body, guess, strict=True)]
    body = bytes(wanted ^ shares._times(step, other) for wanted, step in zip(guess, steps, strict=True))
    assert shares.join([held, shares.Share(held.made, other, body)]) == guess


def _divided(value: int, by: int) -> int:
    return next(found for found in range(256) if shares._times(found, by) == value)


@given(secret=st.binary(min_size=20, max_size=20), place=st.integers(0, 19), flip=st.integers(1, 255))
def test_a_share_that_somebody_changed_gives_another_secret(secret: bytes, place: int, flip: int) -> None:
    one, two, _three = shares.split(secret, 2, 3)
    body = bytearray(two.body)
    body[place] ^= flip
    assert shares.join([one, shares.Share(two.made, two.number, bytes(body))]) != secret
