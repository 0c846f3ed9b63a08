"""The Italian tax code (codice fiscale): whether it is well formed, and what it tells. Never a key: two persons may
bear the same one."""

from __future__ import annotations

import re
from datetime import date

from famdesk.domain.people.birth import part_bounds
from famdesk.domain.text import fold

_LENGTH = 16
_PROVISIONAL_LENGTH = 11
_HEALTH_FORM = re.compile(r"(STP|ENI)[A-Z0-9]{2,3}[0-9]{10,11}")
_OMOCODIA = str.maketrans("LMNPQRSTUV", "0123456789")
_DIGIT_PLACES = (6, 7, 9, 10, 12, 13, 14)
_WOMEN = 40
_VOWELS = "aeiou"
_LETTERS = 3


def tidy(text: str) -> str:
    """The code as it is stored: capitals without blanks and punctuation."""
    return "".join(ch for ch in text.upper() if ch.isalnum())


def is_well_formed(code: str) -> bool:
    """Whether a tidied code can be one that an Italian office gives.

    Known are the code of 16 characters with its check character, also of persons born abroad and with letters in place
    of digits (omocodia), the provisional code of 11 digits, and the health codes STP and ENI of persons without
    residence rights.
    Source: D.M. 23 December 1976; art. 35 D.Lgs. 286/1998 and art. 43 D.P.R. 394/1999 for STP.
    """
    if not code.isascii():
        return False
    if len(code) == _PROVISIONAL_LENGTH and code.isdecimal():
        from stdnum import luhn  # here and below: the library loads much that the first paint does not need

        return luhn.is_valid(code)
    return (len(code) == _LENGTH and bool(_HEALTH_FORM.fullmatch(code))) or is_personal(code)


def is_personal(code: str) -> bool:
    """Whether this is a code of 16 characters that tells name, birth and sex."""
    if len(code) != _LENGTH or not code.isascii():
        return False
    from stdnum.it import codicefiscale

    return codicefiscale.is_valid(code)


def check_character(first: str) -> str:
    """The last character of a code, from its first fifteen capitals and digits.

    Source: D.M. 23 December 1976.
    """
    from stdnum.it import codicefiscale

    return codicefiscale.calc_check_digit(first)


def with_digits(code: str) -> str:
    """The code with the digits that omocodia replaced by letters; the check character stays as it was."""
    return "".join(ch.translate(_OMOCODIA) if at in _DIGIT_PLACES else ch for at, ch in enumerate(code))


def birth_date(code: str, today: date) -> date | None:
    """The birth date that a code of 16 characters tells, taken from the last hundred years; else None."""
    if not is_personal(code):
        return None
    from stdnum.it import codicefiscale

    found = codicefiscale.get_birth_date(code, minyear=today.year - 99)
    return found if found <= today else found.replace(year=found.year - 100)


def sex(code: str) -> str | None:
    """ "F" or "M" by a code of 16 characters; else None."""
    if not is_personal(code):
        return None
    return "F" if int(with_digits(code)[9:11]) > _WOMEN else "M"


def differences(
    code: str, surname: str | None, given_name: str | None, born: date | None, born_part: str | None, of_sex: str | None
) -> tuple[str, ...]:
    """In what a code differs from the person: "surname", "given_name", "birth", "sex".

    What is not known of the person, or cannot be compared (a name in another script), differs in nothing.
    """
    if not is_personal(code):
        return ()
    found = []
    for name, letters, held in (("surname", surname_letters, surname), ("given_name", given_letters, given_name)):
        start = 0 if name == "surname" else _LETTERS
        possible = {letters(part) for part in _parts(held or "")}
        if possible and code[start : start + _LETTERS] not in possible:
            found.append(name)
    if not _same_birth(with_digits(code), born, born_part):
        found.append("birth")
    if of_sex and of_sex != sex(code):
        found.append("sex")
    return tuple(found)


def surname_letters(name: str) -> str:
    """The three letters that stand for a surname: its consonants, then its vowels, then X."""
    consonants, vowels = _split(name)
    return f"{consonants}{vowels}XXX"[:_LETTERS].upper()


def given_letters(name: str) -> str:
    """The three letters that stand for given names: as of a surname, but without the second of four consonants."""
    consonants, vowels = _split(name)
    if len(consonants) > _LETTERS:
        consonants = consonants[0] + consonants[2:]
    return f"{consonants}{vowels}XXX"[:_LETTERS].upper()


def _split(name: str) -> tuple[str, str]:
    letters = [ch for ch in fold(name) if "a" <= ch <= "z"]
    return "".join(ch for ch in letters if ch not in _VOWELS), "".join(ch for ch in letters if ch in _VOWELS)


def _parts(name: str) -> set[str]:
    """The whole name, and each run of its words: offices take one of two surnames, or the first of several names."""
    words = fold(name).replace("-", " ").split()
    if not words or any(ch.isalpha() and not ch.isascii() for word in words for ch in word):
        return set()
    if not any(ch.isalpha() for word in words for ch in word):
        return set()
    return {" ".join(words[first:last]) for first in range(len(words)) for last in range(first + 1, len(words) + 1)}


def _same_birth(plain: str, born: date | None, born_part: str | None) -> bool:
    """Whether year and month (and day) of a code with digits are those that are known; the century is not in it."""
    year, month, day = int(plain[6:8]), "ABCDEHLMPRST".index(plain[8]) + 1, int(plain[9:11])
    if born is not None:
        return (year, month, day % _WOMEN) == (born.year % 100, born.month, born.day)
    bounds = part_bounds(born_part)
    if bounds is None:
        return True
    whole_year = bounds[0].month != bounds[1].month
    return year == bounds[0].year % 100 and (whole_year or month == bounds[0].month)
