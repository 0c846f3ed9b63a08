"""The genogram on paper: whole, legible, on A4 and A3, with legend and day, and nothing said in its metadata."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from pypdf import PdfReader

from famdesk.domain.people.genogram.family import Family, Someone, Tie
from famdesk.i18n import using
from famdesk.sheets.people import genogram
from famdesk.sheets.people.genogram import GenogramSheet
from tests.sheets.conftest import Poppler, Reader
from tests.support import genograms
from tests.support.genograms import FIVE, random_families

PRINTED = datetime(2026, 3, 2, 9, 5)


@pytest.mark.parametrize("paper", ["A4", "A3"])
@pytest.mark.parametrize("name", FIVE)
def test_every_name_of_the_five_families_is_on_one_page(name: str, paper: str, words: Reader) -> None:
    family = FIVE[name]()
    data = genogram.render(GenogramSheet(family, "Hug", PRINTED), paper)
    text = words(data)
    for one in family.people:
        assert one.label in text
    for part in ("Genogram", "Hug", "2 March 2026", "page 1 of 1", "Contains personal data"):
        assert part in text
    page = PdfReader(BytesIO(data)).pages[0].mediabox
    assert sorted((round(page.width), round(page.height))) == ([595, 842] if paper == "A4" else [842, 1191])


def test_the_legend_says_what_is_drawn(words: Reader) -> None:
    text = words(genogram.render(GenogramSheet(genograms.two_homes())))
    for part in ("Separated", "Living together", "In conflict", "Has died", "Casa Ferrari", "Stepchild"):
        assert part in text
    assert "Adopted" not in text


def test_the_days_in_the_second_home_are_said(words: Reader) -> None:
    assert "also in home 2: mer, sab e dom" in words(genogram.render(GenogramSheet(genograms.two_homes())))


def test_a_large_family_goes_over_pages_and_is_still_legible(poppler: Poppler) -> None:
    people = [Someone("p0", "Madre", "f", centre=True)] + [Someone(f"p{n}", f"Figlia numero {n}") for n in range(1, 31)]
    ties = tuple(Tie("p0", f"p{n}", "birth_parent") for n in range(1, 31))
    data = genogram.render(GenogramSheet(Family(genograms.ON, tuple(people), ties, ())))
    assert len(PdfReader(BytesIO(data)).pages) > 1
    text = " ".join(poppler("pdftotext", data).split())
    assert all(f"numero {n}" in text or f"Figlia numero {n}" in text for n in range(1, 31))


@pytest.mark.parametrize(("children", "a4", "a3"), [(9, 1, 1), (15, 2, 1), (24, 2, 2)])
def test_a_family_is_on_one_page_as_long_as_it_can_be_read(children: int, a4: int, a3: int) -> None:
    people = [Someone("m", "Madre Rossi", "f", centre=True)]
    people += [Someone(f"c{n}", f"Numero {n} Rossi", "m", str(1990 + n)) for n in range(children)]
    ties = tuple(Tie("m", one.id, "birth_parent") for one in people[1:])
    sheet = GenogramSheet(Family(genograms.ON, tuple(people), ties, ()))
    assert [len(PdfReader(BytesIO(genogram.render(sheet, paper))).pages) for paper in ("A4", "A3")] == [a4, a3]


def test_metadata_names_nobody() -> None:
    data = genogram.render(GenogramSheet(genograms.nine(), "Hug", PRINTED))
    meta = PdfReader(BytesIO(data)).metadata
    assert meta is not None
    assert meta.title == "Genogram"
    assert not meta.author
    assert not meta.subject


@pytest.mark.parametrize("language", ["it", "de"])
def test_other_languages_fit(language: str) -> None:
    with using(language):
        for make in FIVE.values():
            assert genogram.render(GenogramSheet(make(), "Hug", PRINTED))


def test_the_same_family_gives_the_same_bytes() -> None:
    sheet = GenogramSheet(genograms.nine(), "Hug", PRINTED)
    assert genogram.render(sheet) == genogram.render(sheet)


@given(random_families(most=25))
@settings(max_examples=20, deadline=None)
def test_any_family_can_be_printed(family: Family) -> None:
    plain = replace(family, people=tuple(replace(one, label=f"Nome {one.id}") for one in family.people))
    assert genogram.render(GenogramSheet(plain)).startswith(b"%PDF")
