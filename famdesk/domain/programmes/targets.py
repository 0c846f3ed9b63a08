"""For whom an initiative is: fathers, children from 0 to 3, young people from 14 to 25, residents of the Ambito.

A rule is held against what is known of a person. What is not known is told too, but as what is to be asked, never as a
refusal of its own: whoever is at the desk decides, and says why where somebody is taken all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from famdesk.domain.codes import Code, Table
from famdesk.domain.people.birth import part_bounds
from famdesk.domain.text import age_in_months
from famdesk.i18n import N_, _, ngettext

TARGET_WHO: Table = (
    Code("fathers", N_("Fathers")),
    Code("mothers", N_("Mothers")),
    Code("parents", N_("Parents")),
    # Translators: parents who expect a child
    Code("expecting", N_("Expecting parents")),
    Code("grandparents", N_("Grandparents")),
    Code("children", N_("Children")),
    Code("young", N_("Young people")),
    Code("women", N_("Women")),
    Code("men", N_("Men")),
)

_SEX = {"fathers": "M", "mothers": "F", "men": "M", "women": "F"}
_YEAR = 12
_MAJORITY = 18 * _YEAR


@dataclass(frozen=True, slots=True)
class Born:
    """What is known of a birth: the day, or a part of it ("1987"); both None: nothing."""

    day: date | None = None
    part: str | None = None

    def months(self, on: date) -> tuple[int, int] | None:
        """The least and the most months that somebody can be old on a day; None: not known."""
        if self.day is not None:
            age = age_in_months(self.day, on)
            return None if age is None else (age, age)
        bounds = part_bounds(self.part)
        if bounds is None or bounds[0] > on:
            return None
        return age_in_months(min(bounds[1], on), on) or 0, age_in_months(bounds[0], on) or 0


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of somebody who wants to take part.

    `children` are the births of the children, `grandchild`: somebody is their grandchild, `expects`: a child is
    expected. `municipality` None: not known.
    """

    sex: str | None = None
    born: Born = Born()
    children: tuple[Born, ...] = ()
    grandchild: bool = False
    expects: bool = False
    municipality: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """The rule of an initiative: `who` a code of `TARGET_WHO`, ages in months (both included) of the person or, with
    `of_child`, of a child; `residents`: of `municipalities` (empty: the Ambito is not known, nothing is asked)."""

    who: str | None = None
    of_child: bool = False
    least: int | None = None
    most: int | None = None
    residents: bool = False
    municipalities: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Why somebody does not fit: a code and the sentence; `unknown`: it may fit, but nobody has asked yet."""

    code: str
    sentence: str
    unknown: bool = False


def mismatches(target: Target, person: Known, on: date) -> tuple[Mismatch, ...]:
    """Everything that speaks against it on a day, what is not known last."""
    found = [*_who(target, person), *_ages(target, person, on), *_place(target, person)]
    return tuple(sorted(found, key=lambda one: one.unknown))


def _who(target: Target, person: Known) -> Iterator[Mismatch]:
    wanted = _SEX.get(target.who or "")
    if wanted is not None and person.sex != wanted:
        known = person.sex is not None
        told = _("It is for men only.") if wanted == "M" else _("It is for women only.")
        yield Mismatch("sex", told if known else _("Whether a man or a woman is not noted."), unknown=not known)
    if target.who in {"fathers", "mothers", "parents"} and not person.children and not person.expects:
        yield Mismatch("parent", _("It is for parents: no child is noted."), unknown=True)
    if target.who == "grandparents" and not person.grandchild:
        yield Mismatch("grandparent", _("It is for grandparents: no grandchild is noted."), unknown=True)
    if target.who == "expecting" and not person.expects:
        yield Mismatch("expecting", _("It is for those who expect a child: no date of birth is noted."), unknown=True)


def _ages(target: Target, person: Known, on: date) -> Iterator[Mismatch]:
    least, most = target.least, target.most
    if target.who == "children" and not target.of_child and most is None:
        most = _MAJORITY - 1
    if least is None and most is None:
        return
    births = person.children if target.of_child else (person.born,)
    spans = [span for born in births if (span := born.months(on)) is not None]
    fits = any((most is None or low <= most) and (least is None or high >= least) for low, high in spans)
    expected = target.of_child and person.expects and not least
    if fits or expected:
        return
    words = age_words(least, most)
    if not spans or len(spans) < len(births):
        text = (_("It is for families with children of {ages}: no age of a child is noted.") if target.of_child
                else _("It is for people of {ages}: the age is not noted."))  # fmt: skip
        yield Mismatch("age", text.format(ages=words), unknown=True)
    else:
        text = (_("It is for families with children of {ages}: no child has that age.") if target.of_child
                else _("It is for people of {ages}."))  # fmt: skip
        yield Mismatch("age", text.format(ages=words))


def _place(target: Target, person: Known) -> Iterator[Mismatch]:
    if not target.residents or not target.municipalities or person.municipality in target.municipalities:
        return
    if person.municipality is None:
        yield Mismatch("place", _("It is for residents of the Ambito: the municipality is not noted."), unknown=True)
    else:
        yield Mismatch("place", _("It is for residents of the Ambito: this person lives in another municipality."))


def age_words(least: int | None, most: int | None) -> str:
    """Ages in months as people say them, both included: "0–3 years", "14–25 years", "up to 11 months"."""
    whole = most is None or (most >= _YEAR and not (most + 1) % _YEAR)
    if whole and not (least or 0) % _YEAR:
        low = (least or 0) // _YEAR
        if most is None:
            return ngettext("{n} year or more", "{n} years or more", low).format(n=low)
        high = most // _YEAR
        return ngettext("{least}–{most} year", "{least}–{most} years", high).format(least=low, most=high)
    if most is None:
        return ngettext("{n} month or more", "{n} months or more", least or 0).format(n=least or 0)
    return ngettext("{least}–{most} month", "{least}–{most} months", most).format(least=least or 0, most=most)
