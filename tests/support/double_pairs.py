"""Labelled pairs of identities: doubles and near-misses of every kind that counters know, made from a seed.

Each pair is two files as two colleagues would have typed them: what one of them did not ask for is missing, numbers
change, and the second one was typed with the mistake of its class. The same seed and names give the same pairs.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from famdesk.domain.people import tax_code
from famdesk.domain.people.doubles import Identity
from tests.support.double_names import HELD_OUT, KNOWN, Names

OF_EACH = 125
BELFIORE = ("D150", "F205", "L219", "H501", "A944", "Z330", "Z138", "Z249")
_KEYS = {one: near for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm") for one, near in pairwise(row)}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two files; `double` says whether they are of one person."""

    kind: str
    first: Identity
    second: Identity
    double: bool


class Maker:
    """Makes persons and their files from a seed and lists of names."""

    def __init__(self, names: Names, seed: int) -> None:
        self.names, self.dice = names, random.Random(seed)

    def person(self, *, woman: bool | None = None, adult: bool | None = None) -> Identity:
        """Somebody of whom everything is known."""
        dice = self.dice
        woman = dice.random() < 0.5 if woman is None else woman
        given = dice.choice(self.names.women if woman else self.names.men)
        return self.complete(dice.choice(self.names.surnames), given, "F" if woman else "M", adult=adult)

    def complete(self, surname: str, given: str, sex: str, *, adult: bool | None = None) -> Identity:
        """The person of that name, with everything else."""
        youngest = 18 if adult else 0
        oldest = 17 if adult is False else 70
        born = date(2025, 1, 1) - timedelta(days=self.dice.randrange(youngest * 366, oldest * 365 + 300))
        one = Identity(surname, given, birth_date=born, sex=sex, phones=frozenset({self.phone()}),
                       mails=frozenset({self.mail()}), addresses=frozenset({self.address()}))  # fmt: skip
        return self.coded(one)

    def coded(self, one: Identity) -> Identity:
        """The same person with the tax code that follows from name and birth."""
        assert one.birth_date
        assert one.surname
        assert one.given_name
        day = one.birth_date.day + (40 if one.sex == "F" else 0)
        month = "ABCDEHLMPRST"[one.birth_date.month - 1]
        letters = tax_code.surname_letters(one.surname) + tax_code.given_letters(one.given_name)
        first = f"{letters}{one.birth_date.year % 100:02}{month}{day:02}{self.dice.choice(BELFIORE)}"
        return replace(one, tax_code=first + tax_code.check_character(first))

    def phone(self) -> str:
        return f"3{self.dice.randrange(20, 99)}{self.dice.randrange(10**6, 10**7)}"

    def mail(self) -> str:
        return f"m{self.dice.randrange(10**6, 10**7)}@example.it"

    def address(self) -> str:
        return f"{self.dice.choice(self.names.streets)} {self.dice.randrange(1, 180)}"

    def told(self, one: Identity, *, born: float = 0.85, always: tuple[str, ...] = ()) -> Identity:
        """The file that a colleague makes: everything may be missing, most of all what is not asked for at first."""
        chances = {"phones": 0.7, "mails": 0.2, "addresses": 0.3, "tax_code": 0.2, "sex": 0.5, "birth_date": born}
        gone = {name for name, chance in chances.items() if name not in always and self.dice.random() > chance}
        empty: dict[str, Any] = {name: frozenset() if name.endswith("s") else None for name in gone}
        part = one.birth_date.isoformat()[: self.dice.choice((4, 7))] if one.birth_date else None
        if "birth_date" in gone and self.dice.random() < 0.5:
            return replace(one, **empty, birth_part=part)
        return replace(one, **empty)

    def both(self, first: Identity, second: Identity, *, born: float = 0.85, sure: bool = False
             ) -> tuple[Identity, Identity]:  # fmt: skip
        """Two files of one person, a year apart: a number may be new. `sure`: both know birth date or number."""
        if self.dice.random() < 0.12 and not sure:
            second = replace(second, phones=frozenset({self.phone()}))
        always: tuple[str, ...] = ()
        if sure:
            always = ("birth_date",) if self.dice.random() < 0.8 else ("phones",)
        return self.told(first, born=born, always=always), self.told(second, born=born, always=always)

    def family(self, one: Identity, given: str, sex: str, born: date) -> Identity:
        """Somebody of the same name and home as `one`."""
        return self.coded(replace(one, given_name=given, sex=sex, birth_date=born, mails=frozenset({self.mail()})))

    def mistyped(self, word: str) -> str:
        """The word with one letter dropped, doubled, wrong or swapped with the next, never the first one."""
        place = self.dice.randrange(1, len(word) - 1)
        way = self.dice.randrange(4)
        if way == 0:
            return word[:place] + word[place + 1 :]
        if way == 1:
            return word[:place] + word[place] + word[place:]
        if way == 2:
            return word[:place] + _KEYS.get(word[place], "o") + word[place + 1 :]
        changed = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        return changed if changed != word else word[:place] + word[place + 1 :]


def pairs(names: Names, seed: int, of_each: int = OF_EACH) -> list[Pair]:
    """`of_each` pairs of every kind."""
    maker = Maker(names, seed)
    return [Pair(kind, *make(maker), double=double) for kind, (make, double) in KINDS.items() for _ in range(of_each)]


def known(of_each: int = OF_EACH) -> list[Pair]:
    """The pairs that the warning was built with."""
    return pairs(KNOWN, 20250211, of_each)


def held_out(of_each: int = OF_EACH) -> list[Pair]:
    """Pairs of other names and another seed."""
    return pairs(HELD_OUT, 19470101, of_each)


Two = tuple[Identity, Identity]
KINDS: dict[str, tuple[Callable[[Maker], Two], bool]] = {}


def _kind(name: str, *, double: bool) -> Callable[[Callable[[Maker], Two]], Callable[[Maker], Two]]:
    def note(make: Callable[[Maker], Two]) -> Callable[[Maker], Two]:
        KINDS[name] = (make, double)
        return make

    return note


# ------------------------------------------------------------------------------------------------------ doubles


@_kind("accents", double=True)
def _accents(m: Maker) -> Two:
    with_accent, without = m.dice.choice(m.names.accented)
    one = m.complete(m.dice.choice(m.names.surnames), with_accent, m.dice.choice("FM"))
    return m.both(one, replace(one, given_name=without, tax_code=None), born=0.7)


@_kind("apostrophes and blanks", double=True)
def _apostrophes(m: Maker) -> Two:
    first, second = m.dice.choice(m.names.apostrophes)
    one = replace(m.person(), surname=first)
    return m.both(one, replace(one, surname=second), born=0.7)


@_kind("transliterated given name", double=True)
def _transliterated(m: Maker) -> Two:
    first, second, sex = m.dice.choice(m.names.foreign)
    surname = m.dice.choice(m.names.foreign_surnames)[0]
    one = m.complete(surname, first, sex)
    return m.both(one, m.coded(replace(one, given_name=second)))


@_kind("transliterated both names", double=True)
def _transliterated_both(m: Maker) -> Two:
    first, second, sex = m.dice.choice(m.names.foreign)
    surname, other = m.dice.choice(m.names.foreign_surnames)
    one = m.complete(surname, first, sex)
    return m.both(one, m.coded(replace(one, given_name=second, surname=other)), sure=True)


@_kind("surname and given name swapped", double=True)
def _swapped(m: Maker) -> Two:
    one = m.person()
    return m.both(one, replace(one, surname=one.given_name, given_name=one.surname))


@_kind("typing error in the surname", double=True)
def _surname_mistyped(m: Maker) -> Two:
    one = m.person()
    return m.both(one, replace(one, surname=m.mistyped(one.surname or "")), sure=True)


@_kind("typing error in the given name", double=True)
def _given_mistyped(m: Maker) -> Two:
    one = m.person()
    while len(one.given_name or "") < 5:
        one = m.person()
    return m.both(one, replace(one, given_name=m.mistyped(one.given_name or "")), sure=True)


@_kind("day and month swapped", double=True)
def _day_month(m: Maker) -> Two:
    one = m.person()
    while one.birth_date is None or one.birth_date.day > 12 or one.birth_date.day == one.birth_date.month:
        one = m.person()
    born = one.birth_date
    return m.both(one, replace(one, birth_date=date(born.year, born.day, born.month)), born=1.0)


@_kind("birth date mistyped", double=True)
def _birth_mistyped(m: Maker) -> Two:
    one = m.person()
    assert one.birth_date
    born = one.birth_date
    way = m.dice.randrange(3)
    if way == 0:
        other = born.replace(day=1 + (born.day + 9) % 28)
    elif way == 1:
        other = born.replace(day=min(born.day, 28), month=1 + (born.month + m.dice.randrange(3)) % 12)
    else:
        other = born.replace(year=born.year - m.dice.choice((1, 2, 10)), day=min(born.day, 28))
    first = replace(one, birth_date=born.replace(day=min(born.day, 28)) if way else born)
    return m.both(first, replace(one, birth_date=other), born=1.0)


@_kind("maiden name", double=True)
def _maiden(m: Maker) -> Two:
    one = m.person(woman=True, adult=True)
    other = m.dice.choice(m.names.surnames)
    return m.both(one, replace(one, surname=other), sure=True)


@_kind("double surname shortened", double=True)
def _double_surname(m: Maker) -> Two:
    one = m.person()
    second = m.dice.choice(m.names.surnames)
    return m.both(replace(one, surname=f"{one.surname} {second}"), one, sure=True)


@_kind("second given name left out", double=True)
def _second_name(m: Maker) -> Two:
    one = m.person()
    second = m.dice.choice(m.names.women if one.sex == "F" else m.names.men)
    return m.both(replace(one, given_name=f"{one.given_name} {second}"), one, sure=True)


@_kind("alias or a part of the name, same phone", double=True)
def _alias(m: Maker) -> Two:
    one = m.person()
    few = Identity(phones=one.phones, alias=one.given_name) if m.dice.random() < 0.5 else Identity(
        given_name=one.given_name, phones=one.phones)  # fmt: skip
    return few, m.told(one, always=("phones",))


@_kind("same tax code, name misspelt", double=True)
def _code(m: Maker) -> Two:
    one = m.person()
    other = replace(one, surname=m.mistyped(one.surname or ""), given_name=m.mistyped(f"{one.given_name}a"))
    first, second = m.told(one, always=("tax_code",)), m.told(other, always=("tax_code",))
    return first, second


# --------------------------------------------------------------------------------------------------- near-misses


@_kind("twins", double=False)
def _twins(m: Maker) -> Two:
    one = m.person(adult=False)
    assert one.birth_date
    woman = m.dice.random() < 0.5
    given = one.given_name
    while given == one.given_name:
        given = m.dice.choice(m.names.women if woman else m.names.men)
    two = m.family(one, given or "", "F" if woman else "M", one.birth_date)
    return m.told(one, always=("birth_date",)), m.told(two, always=("birth_date",))


@_kind("twins with names that look alike", double=False)
def _twins_alike(m: Maker) -> Two:
    first, second = m.dice.choice(m.names.look_alikes)
    one = replace(m.person(adult=False), given_name=first, sex=None, tax_code=None)
    two = replace(one, given_name=second)
    return m.told(one, always=("birth_date", "phones")), m.told(two, always=("birth_date", "phones"))


@_kind("brothers and sisters", double=False)
def _siblings(m: Maker) -> Two:
    one = m.person(adult=False)
    assert one.birth_date
    first, second = m.dice.choice(m.names.look_alikes)
    born = one.birth_date - timedelta(days=m.dice.randrange(320, 3000))
    one = m.coded(replace(one, given_name=first))
    two = m.family(one, second, one.sex or "F", born)
    return m.told(one), m.told(two)


@_kind("father and son with one name", double=False)
def _father_and_son(m: Maker) -> Two:
    one = m.person(woman=False, adult=True)
    assert one.birth_date
    born = one.birth_date - timedelta(days=m.dice.randrange(18 * 365, 45 * 365))
    return m.told(one, born=0.97), m.told(m.family(one, one.given_name or "", "M", born), born=0.97)


@_kind("couples with one phone", double=False)
def _couples(m: Maker) -> Two:
    one, two = m.person(woman=True, adult=True), m.person(woman=False, adult=True)
    two = replace(two, phones=one.phones, addresses=one.addresses)
    if m.dice.random() < 0.3:
        two = m.coded(replace(two, surname=one.surname))
    if m.dice.random() < 0.3:
        two = replace(two, mails=one.mails)
    return m.told(one, always=("phones",)), m.told(two, always=("phones",))


@_kind("mother and child with one phone", double=False)
def _mother_and_child(m: Maker) -> Two:
    one, two = m.person(woman=True, adult=True), m.person(adult=False)
    while two.given_name == one.given_name:
        two = m.person(adult=False)
    two = replace(two, phones=one.phones, addresses=one.addresses, mails=one.mails)
    return m.told(one, always=("phones",)), m.told(two, always=("phones",))


@_kind("namesakes", double=False)
def _namesakes(m: Maker) -> Two:
    one = m.person()
    two = m.complete(one.surname or "", one.given_name or "", one.sex or "")
    return m.told(one, born=0.97), m.told(two, born=0.97)


@_kind("namesakes in two spellings", double=False)
def _spelled_namesakes(m: Maker) -> Two:
    first, second, sex = m.dice.choice(m.names.foreign)
    surname, other = m.dice.choice(m.names.foreign_surnames)
    return m.told(m.complete(surname, first, sex), born=0.97), m.told(m.complete(other, second, sex), born=0.97)


@_kind("similar surnames", double=False)
def _similar(m: Maker) -> Two:
    one = m.person()
    two = m.complete(m.mistyped(one.surname or ""), one.given_name or "", one.sex or "")
    return m.told(one), m.told(two)


@_kind("same day, same given name", double=False)
def _same_day(m: Maker) -> Two:
    one = m.person()
    two = m.person()
    while two.surname == one.surname:
        two = m.person()
    if m.dice.random() < 0.9:  # a day and a given name in common are rare: most others share one of them
        one = replace(one, birth_date=two.birth_date) if m.dice.random() < 0.5 else replace(
            one, given_name=two.given_name, sex=two.sex)  # fmt: skip
    else:
        one = replace(one, birth_date=two.birth_date, given_name=two.given_name, sex=two.sex)
    return m.told(m.coded(one)), m.told(two)


@_kind("a house with one number", double=False)
def _house(m: Maker) -> Two:
    one, two = m.person(), m.person()
    while two.given_name == one.given_name:
        two = m.person()
    return m.told(one, always=("phones",)), m.told(replace(two, phones=one.phones), always=("phones",))


def by_kind(found: list[Pair]) -> Iterator[tuple[str, list[Pair]]]:
    """The pairs, kind by kind."""
    for kind in KINDS:
        yield kind, [pair for pair in found if pair.kind == kind]
