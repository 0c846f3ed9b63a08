"""The codes of the second step of the sign-in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from famdesk.domain.staff import second_step
from famdesk.domain.staff.second_step import Second, WrongCode

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
"""The key of RFC 6238, appendix B."""


def _at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@pytest.mark.parametrize(
    ("seconds", "code"), [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")]
)
def test_the_codes_are_those_of_the_rfc(seconds: int, code: str) -> None:
    assert Second(SECRET).passed(f"{code[:3]} {code[3:]}", _at(seconds)).step == seconds // 30
    with pytest.raises(WrongCode):
        Second(SECRET).passed(str(int(code) ^ 1).zfill(6), _at(seconds))


def test_a_clock_may_be_one_step_off_and_no_more() -> None:
    now = datetime(2025, 2, 11, 11, 41, tzinfo=UTC)
    for steps, good in ((-2, False), (-1, True), (0, True), (1, True), (2, False)):
        code = pyotp.TOTP(SECRET).at(now + timedelta(seconds=30 * steps))
        if good:
            Second(SECRET).passed(code, now)
        else:
            with pytest.raises(WrongCode):
                Second(SECRET).passed(code, now)


def test_no_code_is_good_twice_nor_one_before_it() -> None:
    now = datetime(2025, 2, 11, 11, 41, tzinfo=UTC)
    totp = pyotp.TOTP(SECRET)
    used = Second(SECRET).passed(totp.at(now), now)
    for moment in (now, now - timedelta(seconds=30)):
        with pytest.raises(WrongCode):
            used.passed(totp.at(moment), now)
    used.passed(totp.at(now + timedelta(seconds=30)), now)


def test_each_spare_code_is_good_once() -> None:
    codes = second_step.new_spare_codes()
    assert len(set(codes)) == second_step.SPARE_CODES
    left = second_step.first(SECRET, codes)
    for code in codes:
        left = left.passed(f" {code.upper()} ", _at(0))
        with pytest.raises(WrongCode):
            left.passed(code, _at(0))
    assert left.spare == ()


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "\ud800", "-"])
def test_whatever_else_is_typed_is_no_code(typed: str) -> None:
    second = second_step.first(SECRET, second_step.new_spare_codes())
    with pytest.raises(WrongCode):
        second.passed(typed, _at(1_700_000_000))


def test_what_is_kept_comes_back_as_it_was() -> None:
    second = second_step.first(second_step.new_secret(), second_step.new_spare_codes())
    assert Second.load(second.dump()) == second


def test_the_telephone_is_told_whose_it_is() -> None:
    text = second_step.address(SECRET, "psicologa", "Hug – Centro per le Famiglie")
    parsed = pyotp.parse_uri(text)
    assert isinstance(parsed, pyotp.TOTP)
    assert (parsed.secret, parsed.issuer) == (SECRET, "FamDesk")
    assert "psicologa" in parsed.name
