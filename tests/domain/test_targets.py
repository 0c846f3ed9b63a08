"""Whom an initiative is for, held against what is known of somebody."""

from __future__ import annotations

from datetime import date

import pytest

from famdesk.domain.programmes.targets import Born, Known, Target, age_words, mismatches

ON = date(2025, 2, 13)
FATHERS = Target("fathers", of_child=True, least=0, most=47)
YOUNG = Target("young", least=14 * 12, most=25 * 12 + 11)
HERE = Target(residents=True, municipalities=frozenset({"019036"}))


def _codes(target: Target, person: Known) -> list[tuple[str, bool]]:
    return [(one.code, one.unknown) for one in mismatches(target, person, ON)]


@pytest.mark.parametrize(
    ("target", "person", "codes"),
    [
        (FATHERS, Known("M", children=(Born(date(2023, 5, 1)),)), []),
        (FATHERS, Known("M", children=(Born(date(2021, 2, 14)),)), []),  # four tomorrow
        (FATHERS, Known("M", children=(Born(date(2021, 2, 13)),)), [("age", False)]),  # four today
        (FATHERS, Known("M", expects=True), []),
        (FATHERS, Known("F", children=(Born(date(2023, 5, 1)),)), [("sex", False)]),
        (FATHERS, Known(), [("sex", True), ("parent", True), ("age", True)]),
        (FATHERS, Known("M", children=(Born(part="2023"),)), []),
        (YOUNG, Known(born=Born(date(2011, 2, 13))), []),  # fourteen today
        (YOUNG, Known(born=Born(date(2011, 2, 14))), [("age", False)]),
        (YOUNG, Known(born=Born(date(1999, 2, 14))), []),  # twenty-six tomorrow
        (YOUNG, Known(born=Born(date(1999, 2, 13))), [("age", False)]),
        (YOUNG, Known(born=Born(part="1999")), []),  # may be
        (HERE, Known(municipality="019036"), []),
        (HERE, Known(municipality="072006"), [("place", False)]),
        (HERE, Known(), [("place", True)]),
        (Target(residents=True), Known(), []),  # nobody knows which municipalities
        (Target("grandparents"), Known(grandchild=True), []),
        (Target("expecting"), Known(), [("expecting", True)]),
        (Target("children"), Known(born=Born(date(1990, 1, 1))), [("age", False)]),
    ],
)
def test_mismatches(target: Target, person: Known, codes: list[tuple[str, bool]]) -> None:
    assert _codes(target, person) == codes


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [(0, 47, "0–3 years"), (168, 311, "14–25 years"), (0, 11, "0–11 months"), (3, 30, "3–30 months"),
     (168, None, "14 years or more"), (6, None, "6 months or more"), (None, 35, "0–2 years")],
)  # fmt: skip
def test_ages_in_words(least: int | None, most: int | None, words: str) -> None:
    assert age_words(least, most) == words
