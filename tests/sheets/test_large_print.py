"""Large print of every sheet: the same words, no type under 16 points but for what would not fit into its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from io import BytesIO

import pytest
from pypdf import PdfReader

from famdesk.i18n import FAMILY_LANGUAGES, using
from famdesk.sheets.paper import style
from famdesk.sheets.paper.page import Folio, Paper, Pen, build
from famdesk.sheets.paper.style import BODY, LARGE, SMALL, Style, enlarged, large_print
from famdesk.sheets.paper.text import wrap
from famdesk.sheets.post import labels
from tests.support.pdf_structure import Document, faults
from tests.support.sheet_samples import SAMPLES
from tests.support.thorough import THOROUGH

_SET = re.compile(
    rb"/G\d+ ([\d.]+) Tf|<(?!FEFF)((?:[0-9A-F]{4})+)>|([\d.]+) 0 0 [\d.]+ 0 0 cm|(/Artifact <<[^>]*>> BDC|BDC|EMC)"
)
CUT = {"labels"}
"""They are as large as the paper is cut: names and addresses are as large as they fit."""
SHEETS = {name.partition(" ")[0]: name for name in reversed(SAMPLES) if name.partition(" ")[0] not in CUT}
ALL = list(SAMPLES)
PARTED = {"access_card", "data_copy", "processing", "letter", "opening_hours"}
"""Long texts go on in a new paragraph on another page, and lines are longer elsewhere."""


def sizes(data: bytes) -> Counter[float]:
    """How many glyphs are drawn in which size, in points on the paper, but for what is said on every page."""
    found: Counter[float] = Counter()
    for page in PdfReader(BytesIO(data)).pages:
        zooms, size, within = [1.0], 0.0, list[bytes]()
        for set_to, shown, scaled, mark in _SET.findall(page["/Contents"].get_data()):
            if mark == b"EMC":
                within.pop()
            elif mark:
                within.append(mark)
            elif scaled:
                zooms.append(float(scaled))
            elif set_to:
                size = float(set_to) * max(zooms)
            elif not any(one.startswith(b"/Artifact") for one in within):
                found[round(size, 1)] += len(shown) // 4
    return found


def printed(name: str, *, large: bool) -> bytes:
    with large_print(large):
        return SAMPLES[name]()


@pytest.mark.parametrize("name", SHEETS.values())
def test_every_sheet_has_large_print(name: str) -> None:
    with using("it"):
        plain, data = printed(name, large=False), printed(name, large=True)
    assert faults(data) == []
    found = sizes(data)
    least = sum(count for size, count in found.items() if size >= LARGE - 0.1)
    assert least / found.total() > 0.93, found
    assert min(found) >= 12
    usual, large = (Counter("".join(Document(one).paragraphs()).split()) for one in (plain, data))
    assert large == usual or name.partition(" ")[0] in PARTED
    assert Counter("".join(large.elements())) == Counter("".join(usual.elements()))


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", FAMILY_LANGUAGES if THOROUGH else ("de", "ar", "bn"))
def test_every_sheet_has_large_print_in_every_language(language: str) -> None:
    with using(language):
        for name in ALL:
            assert faults(printed(name, large=True)) == [], name


def test_labels_are_as_large_as_they_fit() -> None:
    short = labels.Label("Lia Prova", "via Lunga 3, 26100 Cremona", "piazza 1, Cremona")
    long = labels.Label("Annamaria Zanforlin Bertolini", "strada vicinale del Bosco 144/bis, 26100 Cremona")
    with large_print():
        data = labels.render(labels.LabelSheet((short,)))
        less = labels.render(labels.LabelSheet((short, long)))
    assert faults(data) == []
    assert sizes(data)[LARGE] == len("Lia Prova" + "via Lunga 3" + "26100 Cremona")
    assert min(sizes(less)) >= 7


def test_further_pages_have_their_number_and_the_heads_of_the_columns() -> None:
    with using("en"):
        pages = PdfReader(BytesIO(printed("day_sheet", large=True))).pages
    words = [page.extract_text() for page in pages]
    assert len(pages) > 4
    for number, text in enumerate(words, start=1):
        assert f"page {number} of {len(pages)}" in text
    assert all("Who and why" in text for text in words[:6])


def _page(text: str, style: Style, paper: Paper = Paper.A4) -> Callable[[], bytes]:
    def paint(pen: Pen, _folio: Folio) -> None:
        pen.lines(wrap(text, style, 200), 20, 20)

    return lambda: build([paint], paper, "Trial")


@pytest.mark.parametrize(
    ("paper", "width", "height"),
    [(Paper.A6, 210, 297), (Paper.A4, 297, 210), (Paper.A3, 420, 297), (Paper.A4_LYING, 420, 297)],
)
def test_the_paper_is_turned_or_the_next_larger(paper: Paper, width: int, height: int) -> None:
    with large_print():
        box = PdfReader(BytesIO(_page("Prova", BODY, paper)())).pages[0].mediabox
    assert (round(float(box.width) * 25.4 / 72), round(float(box.height) * 25.4 / 72)) == (width, height)


def test_small_type_is_enlarged_and_large_type_too() -> None:
    assert sizes(_page("Prova", SMALL)()) == Counter({9.0: 5})
    with large_print():
        assert sizes(_page("Prova", SMALL)()) == Counter({16.0: 5})
        assert sizes(_page("Prova", BODY.scaled(2))()) == Counter({31.1: 5})


def test_a_sheet_whose_parts_have_their_places_stays_on_its_paper() -> None:
    made = enlarged(1.0)(_page("Prova", SMALL))
    with large_print():
        data = made()
    assert sizes(data) == Counter({16.0: 5})
    assert round(float(PdfReader(BytesIO(data)).pages[0].mediabox.width)) == 595


def test_a_word_that_would_not_fit_is_set_smaller_and_not_refused() -> None:
    word = "Donaudampfschifffahrtsgesellschaftsrat"
    with large_print():
        found = sizes(_page(word, BODY)())
    [size] = found
    assert 9 * 2**0.5 - 0.1 <= size < LARGE - 0.1


def test_large_print_ends_with_its_block() -> None:
    with large_print():
        assert style.zoom()
        with large_print(False):
            assert style.zoom(), "asked for outside, it stays"
    assert not style.zoom()


def test_small_type_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("famdesk.sheets.paper.text.legible", lambda style: style)
    with using("it"):
        found = sizes(printed("day_sheet", large=True))
    assert sum(count for size, count in found.items() if size >= LARGE - 0.1) / found.total() < 0.93
