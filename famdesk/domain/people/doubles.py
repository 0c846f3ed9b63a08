"""Whether two files may be of one person: what speaks for it and against it, as a likelihood with reasons in words.

Evidence is weighed and added up, as in record linkage (Fellegi and Sunter, JASA 64, 1969); the weights are set by hand.
What tells families apart goes before everything else: two given names in one family are brothers, sisters or twins; one
name with two birth dates is father and son; two names with one phone number are a couple. None of them is a double.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from rapidfuzz.distance import OSA

from famdesk.domain.people import tax_code
from famdesk.domain.people.birth import PART
from famdesk.domain.people.doubles_names import EQUAL, Like, compare, same_words
from famdesk.domain.people.given_names import MEN_IN_A
from famdesk.domain.text import fold, tokens
from famdesk.i18n import N_, _

ENOUGH = 5.5
"""The weight from which two files may be of one person: a likelihood of one half."""
STEEPNESS = 1.5
NEAR_CODE = 2
YEARS_MISTYPED = 10
YEARS_GUESSED = 1
CENTURY = 100
WOMEN = 40
"""What tax codes of women add to the day."""
_CODE_BIRTH = slice(6, 15)
_MONTHS = "ABCDEHLMPRST"


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of somebody, as people typed it. All may be missing.

    `birth_part` is "1987" or "1987-05"; `phones` are digits, as `famdesk.domain.people.contact.digits` gives them;
    `mails` and `addresses` as typed; `other_surnames` are names that somebody has or had beside the surname (maiden
    name).
    """

    surname: str | None = None
    given_name: str | None = None
    alias: str | None = None
    birth_date: date | None = None
    birth_part: str | None = None
    sex: str | None = None
    tax_code: str | None = None
    phones: frozenset[str] = frozenset()
    mails: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    other_surnames: tuple[str, ...] = ()

    @property
    def named(self) -> bool:
        """Whether a surname or a given name is known."""
        return bool(tokens(self.surname or "") or tokens(self.given_name or ""))


@dataclass(frozen=True, slots=True)
class Verdict:
    """How likely it is (0 to 1, from 0.5 on it is worth a warning), and why: msgids, the most telling first."""

    likelihood: float
    reasons: tuple[str, ...]

    @property
    def likely(self) -> bool:
        """Whether to warn."""
        return self.likelihood >= 0.5

    def sentence(self) -> str:
        """The reasons in the current language, parted by dots."""
        return " · ".join(_(reason) for reason in self.reasons)


class Name(Enum):
    """What two whole names are to each other.

    CHANGED: the given name is the same and the surname may be another one now, as that of a woman who married; RENAMED
    as CHANGED, of men and children. FAMILY: one surname with two given names. MISSING: they cannot be compared.
    """

    EQUAL = "equal"
    SWAPPED = "swapped"
    SOUND = "sound"
    SIMILAR = "similar"
    ALIAS = "alias"
    CHANGED = "changed"
    RENAMED = "renamed"
    MISSING = "missing"
    FAMILY = "family"
    OTHER = "other"


class Born(Enum):
    """What two birth dates are to each other. MONTH and YEAR: the same as far as they are known."""

    SAME = "same"
    SWAPPED = "swapped"
    NEAR = "near"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"
    OTHER = "other"


OF_NAME = {
    Name.EQUAL: 6.0, Name.SWAPPED: 5.5, Name.SOUND: 5.5, Name.SIMILAR: 4.5, Name.ALIAS: 5.5, Name.CHANGED: 2.5,
    Name.RENAMED: 0.4, Name.MISSING: 1.5, Name.FAMILY: -40.0, Name.OTHER: -12.0,
}  # fmt: skip
OF_BIRTH = {
    Born.SAME: 5.0, Born.SWAPPED: 4.0, Born.NEAR: 3.0, Born.MONTH: 3.0, Born.YEAR: 1.5, Born.UNKNOWN: 0.0,
    Born.OTHER: -9.0,
}  # fmt: skip
ONE_CODE, ALIKE_CODES, OTHER_CODE = 12.0, 2.0, -5.0
PHONE, MAIL, ADDRESS, OTHER_SEX = 4.0, 4.0, 2.5, -8.0

SAME_CODE = N_("The same tax code")
ALIKE_CODE = N_("Nearly the same tax code")
SAME_PHONE = N_("The same phone number")
SAME_MAIL = N_("The same e-mail address")
SAME_ADDRESS = N_("The same address")
SAME_ALIAS = N_("The same alias")
ACCENTS = N_("Only accents or apostrophes differ")
JOINED = N_("Only blanks in the name differ")
SWAPPED = N_("Surname and given name are swapped")
SPELLED = N_("The name is written as it sounds, or from another alphabet")
TYPING = N_("Perhaps a typing error in the name")
SHORTER = N_("One of the names is shorter")
MAIDEN = N_("The surname may have changed, for example by marriage")
DAY_MONTH = N_("Day and month are swapped")

_EQUAL_NAME = {
    Born.SAME: N_("The same name and birth date"),
    Born.SWAPPED: N_("The same name, nearly the same birth date"),
    Born.NEAR: N_("The same name, nearly the same birth date"),
    Born.MONTH: N_("The same name, and the birth date fits as far as it is known"),
    Born.YEAR: N_("The same name, and the birth date fits as far as it is known"),
    Born.UNKNOWN: N_("The same name; a birth date is missing"),
}
_SIMILAR_NAME = {
    Born.SAME: N_("A similar name and the same birth date"),
    Born.SWAPPED: N_("A similar name, nearly the same birth date"),
    Born.NEAR: N_("A similar name, nearly the same birth date"),
    Born.MONTH: N_("A similar name, and the birth date fits as far as it is known"),
    Born.YEAR: N_("A similar name, and the birth date fits as far as it is known"),
    Born.UNKNOWN: N_("A similar name; a birth date is missing"),
}
_CHANGED_NAME = {
    Born.SAME: N_("The same given name and birth date"),
    Born.SWAPPED: N_("The same given name, nearly the same birth date"),
    Born.NEAR: N_("The same given name, nearly the same birth date"),
}
_MISSING_NAME = {Born.SAME: N_("The same birth date; a part of the name is missing")}
_NOTES = {
    Like.ACCENTS: ACCENTS, Like.JOINED: JOINED, Like.SOUND: SPELLED, Like.TYPING: TYPING, Like.PART: SHORTER,
}  # fmt: skip


def weigh(one: Identity, other: Identity) -> Verdict:
    """How likely two identities are of one person, and why."""
    code, code_reason = _codes(one.tax_code, other.tax_code)
    born = _born(one, other)
    name, notes = _names(one, other)
    same = _shared(one, other)
    total = code + OF_BIRTH[born] + OF_NAME[name] + sum(weight for weight, _reason in same)
    if one.sex and other.sex and one.sex != other.sex and name is not Name.EQUAL:
        total += OTHER_SEX
    if code == ONE_CODE:
        total = max(total, ONE_CODE)  # with other names too: two persons with one code are to be looked at
    reasons = [code_reason, *(reason for _weight, reason in same), _told(name, born), *notes]
    if born is Born.SWAPPED:
        reasons.append(DAY_MONTH)
    likelihood = 1 / (1 + math.exp((ENOUGH - total) / STEEPNESS))
    return Verdict(likelihood, tuple(dict.fromkeys(reason for reason in reasons if reason)))


def _told(name: Name, born: Born) -> str:
    """What name and birth date say together."""
    tables: dict[Name, dict[Born, str]] = {
        Name.EQUAL: _EQUAL_NAME, Name.SWAPPED: _EQUAL_NAME, Name.SOUND: _SIMILAR_NAME, Name.SIMILAR: _SIMILAR_NAME,
        Name.CHANGED: _CHANGED_NAME, Name.RENAMED: _CHANGED_NAME, Name.MISSING: _MISSING_NAME,
    }  # fmt: skip
    return tables.get(name, {}).get(born, "")


def _shared(one: Identity, other: Identity) -> list[tuple[float, str]]:
    """What both have beside their names, with its weight."""
    found = []
    if one.phones & other.phones:
        found.append((PHONE, SAME_PHONE))
    if _folded(one.mails) & _folded(other.mails):
        found.append((MAIL, SAME_MAIL))
    if _flat(one.addresses) & _flat(other.addresses):
        found.append((ADDRESS, SAME_ADDRESS))
    return found


def _folded(texts: Iterable[str]) -> set[str]:
    return {text.strip().casefold() for text in texts if text.strip()}


def _flat(addresses: Iterable[str]) -> set[str]:
    """Addresses as their words: "Via Roma, 3" and "via roma 3" are one; without a number it is a street, not a home."""
    words = {" ".join(tokens(address)) for address in addresses}
    return {text for text in words if any(ch.isdecimal() for ch in text)}


# ---------------------------------------------------------------------------------------------------------- names


def _names(one: Identity, other: Identity) -> tuple[Name, tuple[str, ...]]:
    """What the names are to each other, and what differs in them."""
    if not (one.named and other.named):
        return _by_alias(one, other)
    found, notes = _in_place(one, other)
    if found in (Name.EQUAL, Name.SOUND):
        return found, notes
    if _swapped(one, other):
        return Name.SWAPPED, (SWAPPED,)
    return found, notes


def _in_place(one: Identity, other: Identity) -> tuple[Name, tuple[str, ...]]:
    given = compare(one.given_name, other.given_name, given=True)
    surname = _surnames(one, other)
    if Like.MISSING in (given, surname):
        return _with_a_gap(given, surname)
    if given is Like.OTHER:
        return (Name.OTHER if surname is Like.OTHER else Name.FAMILY), ()
    if surname is Like.OTHER:
        return _with_another_surname(given, one, other)
    both = {given, surname}
    notes = tuple(_NOTES[like] for like in Like if like in both and like in _NOTES)
    if both <= EQUAL:
        return Name.EQUAL, notes
    if both <= EQUAL | {Like.SOUND}:
        return Name.SOUND, notes
    return Name.SIMILAR, notes


def _surnames(one: Identity, other: Identity) -> Like:
    """The closest of the surnames, those that somebody has or had beside the first one among them."""
    mine, theirs = [one.surname, *one.other_surnames], [other.surname, *other.other_surnames]
    order = list(Like)
    found = [compare(first, second, given=False) for first in mine for second in theirs]
    known = [like for like in found if like is not Like.MISSING]
    return min(known, key=order.index) if known else Like.MISSING


def _with_a_gap(given: Like, surname: Like) -> tuple[Name, tuple[str, ...]]:
    """Only one part of the names can be compared."""
    if Like.OTHER in (given, surname):
        return Name.OTHER, ()
    return Name.MISSING, ()


def _with_another_surname(given: Like, one: Identity, other: Identity) -> tuple[Name, tuple[str, ...]]:
    if given not in EQUAL | {Like.SOUND}:
        return Name.OTHER, ()
    women = _is_woman(one) is not False and _is_woman(other) is not False
    certain = _is_woman(one) is True or _is_woman(other) is True
    return (Name.CHANGED if women and certain else Name.RENAMED), (MAIDEN,)


def _is_woman(one: Identity) -> bool | None:
    """By the sex, else by the tax code, else by the ending of the given name; None: nothing tells."""
    sex = one.sex or (tax_code.sex(one.tax_code) if one.tax_code else None)
    if sex in ("F", "M"):
        return sex == "F"
    first = next(iter(tokens(one.given_name or "")), "")
    return True if first.endswith("a") and first not in MEN_IN_A else None


def _swapped(one: Identity, other: Identity) -> bool:
    """Whether surname and given name stand in each other's place, or the same words are parted elsewhere."""
    if same_words(f"{one.surname or ''} {one.given_name or ''}", f"{other.surname or ''} {other.given_name or ''}"):
        return True
    if not (one.surname and one.given_name and other.surname and other.given_name):
        return False
    crossed = {compare(one.surname, other.given_name, given=False), compare(one.given_name, other.surname, given=False)}
    return crossed <= EQUAL | {Like.SOUND, Like.TYPING} and not crossed.isdisjoint(EQUAL | {Like.SOUND})


def _by_alias(one: Identity, other: Identity) -> tuple[Name, tuple[str, ...]]:
    """One of them is known by an alias alone, or not even by that."""
    nameless, named = (one, other) if not one.named else (other, one)
    alias = nameless.alias or ""
    if not tokens(alias):
        return Name.MISSING, ()
    if same_words(alias, named.alias or ""):
        return Name.ALIAS, (SAME_ALIAS,)
    if not named.named:
        return (Name.OTHER if tokens(named.alias or "") else Name.MISSING), ()
    whole = f"{named.surname or ''} {named.given_name or ''}"
    if same_words(alias, whole):
        return Name.EQUAL, ()
    return Name.MISSING, ()  # an alias may be anything


# --------------------------------------------------------------------------------------------- birth and tax code


def _born(one: Identity, other: Identity) -> Born:
    if one.birth_date and other.birth_date:
        return _days(one.birth_date, other.birth_date)
    first = one.birth_date.isoformat() if one.birth_date else (one.birth_part or "")
    second = other.birth_date.isoformat() if other.birth_date else (other.birth_part or "")
    if not (PART.match(first) and PART.match(second)):
        return Born.UNKNOWN
    known = min(len(first), len(second))
    if first[:known] == second[:known]:
        return Born.MONTH if known > len("1987") else Born.YEAR
    return Born.UNKNOWN if abs(int(first[:4]) - int(second[:4])) <= YEARS_GUESSED else Born.OTHER


def _days(one: date, other: date) -> Born:
    if one == other:
        return Born.SAME
    if (one.year, one.day, one.month) == (other.year, other.month, other.day):
        return Born.SWAPPED
    same = (one.year == other.year, one.month == other.month, one.day == other.day)
    return Born.NEAR if sum(same) == 2 and (same[0] or _year_mistyped(one.year, other.year)) else Born.OTHER


def _year_mistyped(one: int, other: int) -> bool:
    """One digit or the century is wrong, or two digits are swapped; a generation between them is none of these."""
    apart = abs(one - other)
    swapped = sorted(str(one)) == sorted(str(other)) and apart != CENTURY
    return apart <= YEARS_MISTYPED or apart == CENTURY or swapped


def _codes(one: str | None, other: str | None) -> tuple[float, str]:
    """The weight of the tax codes, and its reason. Only whole personal codes can say that two persons are two."""
    first, second = tax_code.tidy(one or ""), tax_code.tidy(other or "")
    if not first or not second:
        return 0.0, ""
    if fold(first) == fold(second):
        return ONE_CODE, SAME_CODE
    if len(first) != len(second):
        return 0.0, ""  # a provisional code beside a final one
    plain, other_plain = tax_code.with_digits(first), tax_code.with_digits(second)
    if plain[:15] == other_plain[:15]:
        return ONE_CODE, SAME_CODE  # with letters for digits (omocodia)
    if OSA.distance(plain, other_plain) <= NEAR_CODE:
        return ALIKE_CODES, ALIKE_CODE
    personal = tax_code.is_personal(first) and tax_code.is_personal(second)
    return (OTHER_CODE if personal and not _misread(plain, other_plain) else 0.0), ""


def _misread(one: str, other: str) -> bool:
    """Whether two codes can be of one person whose name, birth date or birthplace somebody wrote differently."""
    first, second = _day_of(one), _day_of(other)
    near = first is not None and second is not None and _days(first, second) is not Born.OTHER
    return one[_CODE_BIRTH] == other[_CODE_BIRTH] or (near and one[:6] == other[:6])


def _day_of(plain: str) -> date | None:
    """The day in a code without its century and sex."""
    day = int(plain[9:11])
    try:
        return date(1900 + int(plain[6:8]), _MONTHS.index(plain[8]) + 1, day - WOMEN if day > WOMEN else day)
    except ValueError:
        return None  # 29 February of another century
