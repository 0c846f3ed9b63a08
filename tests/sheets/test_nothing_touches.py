"""No line of text touches another or runs over the edge of the paper, on any sheet, in any language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pytest

from famdesk.domain.errors import RuleError
from famdesk.i18n import FAMILY_LANGUAGES, using
from famdesk.sheets.engine import shaping
from famdesk.sheets.paper import page
from famdesk.sheets.paper.page import Folio, Paper, Pen, build
from famdesk.sheets.paper.style import BODY, large_print
from famdesk.sheets.paper.text import wrap
from tests.support.sheet_samples import SAMPLES
from tests.support.thorough import THOROUGH

FIRST = {name.partition(" ")[0]: name for name in reversed(SAMPLES)}
_ABOVE, _BELOW = 0.62, 0.12
"""The body of letters above and below the baseline, in em: what reaches further may meet a line of hairlines."""
_SLACK = 1.2
"""Points by which bodies may meet before it is seen."""


@dataclass(frozen=True, slots=True)
class Box:
    """Where the letters of a line stand on a page, in points of its drawing from below left."""

    left: float
    bottom: float
    right: float
    top: float
    text: str

    def touches(self, other: Box) -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        return across > _SLACK and min(self.top, other.top) - max(self.bottom, other.bottom) > _SLACK


@dataclass(slots=True)
class Seen:
    """What is drawn, by page, with the size of the pages."""

    pages: dict[tuple[int, int], tuple[float, float, list[Box]]]

    def faults(self) -> Iterator[str]:
        for (_canvas, number), (width, height, boxes) in self.pages.items():
            for box in boxes:
                if box.left < 0 or box.bottom < 0 or box.right > width or box.top > height:
                    yield f"page {number}: over the edge: {box.text}"
            for one, other in combinations(boxes, 2):
                if one.touches(other):
                    yield f"page {number}: {one.text} | {other.text}"


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    found, real, real_line, line, said = Seen({}), page.painting.draw, page.painting.line, Pen._line, Pen._said
    pens: list[Pen] = []

    def note(canvas: Any, shown: str, wide: float, size: float, x: float, y: float) -> None:
        pen = pens[-1]
        boxes = found.pages.setdefault((id(canvas), canvas.getPageNumber()), (pen.width, pen.height, []))[2]
        if shown:
            boxes.append(Box(x, y - _BELOW * size, x + wide, y + _ABOVE * size, shown))

    def draw(canvas: Any, text: str, runs: Any, size: float, colour: str, x: float, y: float, **more: Any) -> None:
        shown = "".join(text[run.start : run.end] for run in runs).strip()
        note(canvas, shown, sum(run.width for run in runs) * size, size, x, y)
        real(canvas, text, runs, size, colour, x, y, **more)

    def words(canvas: Any, of: Any, bold: bool, size: float, colour: str, x: float, y: float) -> str:
        operators = real_line(canvas, of, bold, size, colour, x, y)
        text = " ".join(word.text for word in of)
        if operators:
            note(canvas, text.strip(), shaping.paragraph(text, bold).em * size, size, x, y)
        return operators

    def noted(pen: Pen, *rest: Any, **more: Any) -> None:
        pens.append(pen)
        line(pen, *rest, **more)

    def noted_words(pen: Pen, *rest: Any) -> str:
        pens.append(pen)
        return said(pen, *rest)

    monkeypatch.setattr(page.painting, "draw", draw)
    monkeypatch.setattr(page.painting, "line", words)
    monkeypatch.setattr(Pen, "_line", noted)
    monkeypatch.setattr(Pen, "_said", noted_words)
    return found


def _faults(name: str, language: str, seen: Seen, *, large: bool = False) -> list[str]:
    seen.pages.clear()
    with using(language), large_print(large):
        SAMPLES[name]()
    assert seen.pages or " none" in name
    # A large genogram goes over several pages, each of which shows its part of the whole drawing.
    return [one for one in seen.faults() if name != "genogram long" or "edge" not in one]


@pytest.mark.parametrize("name", FIRST.values())
def test_nothing_touches_in_arabic(name: str, seen: Seen) -> None:
    assert _faults(name, "ar", seen) == []


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize(("language", "large"), [
    *((one, False) for one in FAMILY_LANGUAGES),
    *((one, True) for one in (FAMILY_LANGUAGES if THOROUGH else ("it", "ar"))),
])  # fmt: skip
def test_nothing_touches_on_any_sheet(language: str, large: bool, seen: Seen) -> None:
    found: dict[str, list[str]] = {}
    for name in SAMPLES:
        try:
            found[name] = _faults(name, language, seen, large=large)
        except RuleError:
            assert large, name  # a sheet of one page may be too full for large print; it says so
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert len(found) >= len(SAMPLES) - 3


def _page(*places: tuple[float, float]) -> None:
    def paint(pen: Pen, _folio: Folio) -> None:
        for x, y in places:
            pen.lines(wrap("Prova", BODY, 300), x, y)

    build([paint], Paper.A4, "Trial")


@pytest.mark.parametrize(
    ("places", "fault"),
    [
        (((48, 48), (48, 64)), ""),
        (((48, 48), (48, 53)), "Prova | Prova"),
        (((48, 48), (70, 48)), "Prova | Prova"),
        (((570, 48),), "over the edge"),
        (((48, 838),), "over the edge"),
    ],
)
def test_what_touches_is_found(places: tuple[tuple[float, float], ...], fault: str, seen: Seen) -> None:
    _page(*places)
    found = list(seen.faults())
    assert bool(found) == bool(fault)
    assert all(fault in one for one in found)
