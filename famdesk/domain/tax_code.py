"""The Italian tax code (codice fiscale): whether it is well formed. Never a key: two persons may bear the same one."""

from __future__ import annotations

import re
from datetime import date

_LENGTH = 16
_PROVISIONAL_LENGTH = 11
_FORM = re.compile(r"[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]")
_HEALTH_FORM = re.compile(r"(STP|ENI)[A-Z0-9]{2,3}[0-9]{10,11}")
_OMOCODIA = str.maketrans("LMNPQRSTUV", "0123456789")
_DIGIT_PLACES = (6, 7, 9, 10, 12, 13, 14)
_MONTHS = "ABCDEHLMPRST"
_WOMEN = 40
_DAYS = 31
# The values of characters in odd places (1st, 3rd…), in the order 0-9 A-Z.
# Source: D.M. 23 December 1976 (G.U. 345 of 29 December 1976), table of the check character.
_ODD = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10,
        22, 25, 24, 23)  # fmt: skip


def tidy(text: str) -> str:
    """The code as it is stored: capitals without blanks and punctuation."""
    return "".join(ch for ch in text.upper() if ch.isalnum())


def is_well_formed(code: str) -> bool:
    """Whether a tidied code can be one that an Italian office gives.

    Known are the code of 16 characters with its check character, also with letters in place of digits (omocodia), the
    provisional code of 11 digits, and the health codes STP and ENI of persons without residence rights.
    Source: D.M. 23 December 1976; art. 35 D.Lgs. 286/1998 and art. 43 D.P.R. 394/1999 for STP.
    """
    if not code.isascii():
        return False
    if len(code) == _PROVISIONAL_LENGTH and code.isdecimal():
        return _luhn(code)
    if len(code) != _LENGTH:
        return False
    if _HEALTH_FORM.fullmatch(code):
        return True
    day = int("".join(code[9:11]).translate(_OMOCODIA)) if _FORM.fullmatch(code) else 0
    return (1 <= day <= _DAYS or _WOMEN < day <= _WOMEN + _DAYS) and code[15] == check_character(code[:15])


def check_character(first: str) -> str:
    """The last character of a code, from its first fifteen capitals and digits.

    Source: D.M. 23 December 1976.
    """
    total = sum(_ODD[_place(ch)] if number % 2 == 0 else _value(ch) for number, ch in enumerate(first))
    return chr(ord("A") + total % 26)


def with_digits(code: str) -> str:
    """The code with the digits that omocodia replaced by letters; the check character stays as it was."""
    return "".join(ch.translate(_OMOCODIA) if at in _DIGIT_PLACES else ch for at, ch in enumerate(code))


def birth_date(code: str, today: date) -> date | None:
    """The birth date that a well-formed code of 16 characters tells, taken from the last hundred years; else None."""
    if not _FORM.fullmatch(code):
        return None
    plain = with_digits(code)
    day = int(plain[9:11])
    year = today.year - today.year % 100 + int(plain[6:8])
    try:
        found = date(year, _MONTHS.index(plain[8]) + 1, day - _WOMEN if day > _WOMEN else day)
        return found if found <= today else found.replace(year=year - 100)
    except ValueError:
        return None


def _place(ch: str) -> int:
    return int(ch) if ch.isdecimal() else ord(ch) - ord("A") + 10


def _value(ch: str) -> int:
    return int(ch) if ch.isdecimal() else ord(ch) - ord("A")


def _luhn(code: str) -> bool:
    """The check of the provisional code and of VAT numbers.

    Source: D.M. 23 December 1976, art. 7.
    """
    doubled = (int(ch) * 2 if at % 2 else int(ch) for at, ch in enumerate(code))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
