"""The optional second step of the sign-in: six digits from a telephone that change every thirty seconds.

What it protects: somebody who watched the password being typed, or found it on a slip of paper, does not get in at this
program without the telephone. What it does not protect: the keys hang on the password alone, so that who copied the
data folder, or sits at the server with `psql`, and knows the password is not asked for a code; nor is a program that
somebody has changed. It is a lock on the door, not on the safe: for the safe there is the strength of the password.

Source: RFC 6238 (TOTP: SHA-1, six digits, thirty seconds); RFC 4226, section 7.4 (one step of clock drift).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from famdesk.domain.errors import RuleError
from famdesk.i18n import N_

ISSUER = "FamDesk"
SECONDS = 30
DRIFT = 1
"""Steps by which the telephone's clock may be early or late."""
SPARE_CODES = 8
_LETTERS = "abcdefghjkmnpqrstvwxyz23456789"
_SPARE_LENGTH = 10
_CENTRE_LETTERS = 20


class CodeWanted(RuleError):
    """The password is right; it is not counted as a wrong try, and neither does it end a wait."""

    message = N_("Now type the six digits that your telephone shows.")


class WrongCode(RuleError):
    message = N_("This code is not right, or it was used already. Wait for the next one that the telephone shows.")


@dataclass(frozen=True, slots=True)
class Second:
    """What a key slot holds of it, sealed to the user's own key.

    `secret` in base 32; `step` is the number of the last step used, since no code is good twice; `spare` are the
    digests of the one-time codes that are left for a lost telephone.
    """

    secret: str
    step: int = 0
    spare: tuple[str, ...] = ()

    def dump(self) -> bytes:
        return json.dumps([self.secret, self.step, list(self.spare)]).encode()

    @classmethod
    def load(cls, data: bytes) -> Second:
        secret, step, spare = json.loads(data)
        return cls(str(secret), int(step), tuple(map(str, spare)))

    def passed(self, typed: str, now: datetime) -> Second:
        """What is left after a code was used.

        Raises:
            WrongCode.
        """
        code = "".join(typed.split()).replace("-", "").lower()
        step = _step_of(self.secret, code, now)
        if step is not None and step > self.step:
            return replace(self, step=step)
        digest = _digest(code)
        left = tuple(one for one in self.spare if not hmac.compare_digest(one, digest))
        if len(left) == len(self.spare):
            raise WrongCode("code")
        return replace(self, spare=left)


def new_secret() -> str:
    """160 random bits in base 32."""
    import pyotp

    return pyotp.random_base32()


def new_spare_codes() -> tuple[str, ...]:
    """One-time codes for who loses the telephone, in two halves that are easy to copy."""
    codes = ("".join(secrets.choice(_LETTERS) for _place in range(_SPARE_LENGTH)) for _one in range(SPARE_CODES))
    half = _SPARE_LENGTH // 2
    return tuple(f"{code[:half]}-{code[half:]}" for code in codes)


def first(secret: str, spare: tuple[str, ...]) -> Second:
    """A new second step, with its one-time codes."""
    return Second(secret, 0, tuple(_digest(code.replace("-", "")) for code in spare))


def address(secret: str, login: str, centre: str) -> str:
    """The text of the square code that the telephone reads."""
    import pyotp

    where = centre[:_CENTRE_LETTERS].strip()  # the square stays coarse enough for any telephone
    return pyotp.TOTP(secret).provisioning_uri(name=f"{login} {where}", issuer_name=ISSUER)


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    """The number of the step whose code this is, at most `DRIFT` away; None if it is none."""
    import pyotp

    totp, current = pyotp.TOTP(secret), int(now.timestamp()) // SECONDS
    found = None
    for step in range(max(current - DRIFT, 0), current + DRIFT + 1):
        if hmac.compare_digest(totp.generate_otp(step).encode(), code.encode("utf-8", "surrogatepass")):
            found = step
    return found


def _digest(code: str) -> str:
    return hashlib.sha256(b"famdesk spare code\0" + code.encode("utf-8", "surrogatepass")).hexdigest()
