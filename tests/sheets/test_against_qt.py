"""Glyphs and their order against those of Qt, which finds directions and runs itself and shapes with its own HarfBuzz.

The faces are given to Qt as the engine chose them: which face shows a character is a matter of look, the same file with
the same glyph numbers on both sides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QGlyphRun,
    QRawFont,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from famdesk import resources
from famdesk.sheets.engine import bidi, faces, shaping
from famdesk.sheets.engine.shaping import Paragraph
from famdesk.sheets.paper import text as text_module
from famdesk.sheets.paper.style import Style
from famdesk.sheets.paper.text import NO_BREAK, clean, width, wrap
from tests.support.sentences import PHONE, PHONES, sentences

COUNT = 220
LANGUAGES = {"ar": "Arab", "pa": "Guru", "bn": "Beng", "uk": "Cyrl", "ro": "Latn"}
"""With the script of each."""
_WIDE, _NARROW = 100_000.0, 130.0
STYLE = Style(9, floor=0.5)
ISOLATES = "\u2066\u2069"
LINE_SEPARATOR = "\u2028"
_ALL = QTextLayout.GlyphRunRetrievalFlag.RetrieveAll


@dataclass(frozen=True, slots=True)
class Shown:
    """A glyph: the face it is from, its number there, and the place of the character that it stands for."""

    face: str
    glyph: int
    place: int


@pytest.fixture(scope="module")
def families(qapp: object) -> dict[str, str]:
    """The name by which Qt knows each family of the engine, read from the same files."""
    found = {}
    for family in faces.FAMILIES:
        for weight in ("Regular", "Bold"):
            number = QFontDatabase.addApplicationFont(str(resources.path(f"fonts/{family}-{weight}.ttf")))
            [found[family]] = QFontDatabase.applicationFontFamilies(number)
    return found


def of_qt(whole: Paragraph, families: dict[str, str], breaks: Sequence[int] = ()) -> list[list[Shown]]:
    """The glyphs of each line from left to right as Qt sets the text; `breaks` are the blanks at which lines end."""
    # To the rules of direction a line separator is a blank like any other.
    text = "".join(LINE_SEPARATOR if place in breaks else one for place, one in enumerate(whole.text))
    font = QFont(families[faces.LATIN], 12)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.NoFontMerging)
    layout, option = QTextLayout(text, font), QTextOption()
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if whole.from_right else Qt.LayoutDirection.LeftToRight)
    layout.setTextOption(option)
    layout.setFormats([_range(item, font, families) for item in whole.items])
    layout.beginLayout()
    for _line in range(len(breaks) + 1):
        layout.createLine().setLineWidth(_WIDE)
    layout.endLayout()
    return [_sorted(layout.lineAt(number), text) for number in range(layout.lineCount())]


def _sorted(line: QTextLine, text: str) -> list[Shown]:
    """The glyphs of a line, without those that stand for something of which nothing is drawn."""
    pieces = sorted(_pieces(line.glyphRuns(-1, -1, _ALL)), key=lambda found: found[0])
    shown = [one for _left, piece in pieces for one in piece]
    return [one for one in shown if text[one.place] != LINE_SEPARATOR and not faces.is_unseen(text[one.place])]


def _range(item: faces.Item, font: QFont, families: dict[str, str]) -> QTextLayout.FormatRange:
    found, form = QTextLayout.FormatRange(), QTextCharFormat()
    chosen = QFont(font)
    chosen.setFamilies([families[item.face.name.partition("-")[0]]])
    chosen.setBold(item.face.bold)
    form.setFont(chosen)
    found.start, found.length, found.format = item.start, item.end - item.start, form  # type: ignore[assignment]
    return found


def _pieces(runs: list[QGlyphRun]) -> Iterator[tuple[float, list[Shown]]]:
    """Stretches of glyphs from left to right, each with its left end.

    Qt puts the stretches of a font into one run, and tells those from right to left in the order of reading.
    """
    places = [set(run.stringIndexes()) for run in runs]
    for number, run in enumerate(runs):
        others = set().union(*places[:number], *places[number + 1 :])
        face = _name(run.rawFont())
        piece: list[Shown] = []
        left = 0.0
        for glyph, place, where in zip(run.glyphIndexes(), run.stringIndexes(), run.positions(), strict=True):
            before = piece[-1].place if piece else place
            if place < before or not others.isdisjoint(range(before + 1, place)):
                yield left, piece[::-1] if run.isRightToLeft() else piece
                piece = []
            left = min(left, where.x()) if piece else where.x()
            piece.append(Shown(face, glyph, place))
        yield left, piece[::-1] if run.isRightToLeft() else piece


def _name(font: QRawFont) -> str:
    """The face by its file: Qt may know another file under the same name."""
    return _by_check_sum()[font.fontTable("head").data()]


def _by_check_sum() -> dict[bytes, str]:
    if not _KNOWN:
        for family in faces.FAMILIES:
            for bold in (False, True):
                one = faces.face(family, bold)
                _KNOWN[QRawFont(QByteArray(one.data), 12).fontTable("head").data()] = one.name
    return _KNOWN


_KNOWN: dict[bytes, str] = {}


def of_engine(whole: Paragraph, start: int = 0, end: int | None = None) -> list[Shown]:
    """The glyphs from left to right as they are printed."""
    last = len(whole.text) if end is None else end
    found = shaping.runs(whole, start, last)
    return [Shown(run.face.name, glyph.number, glyph.cluster) for run in found for glyph in run.glyphs]


def differing(language: str, families: dict[str, str], *, bold: bool = False, count: int = COUNT) -> list[str]:
    """The sentences whose glyphs or whose order are not those of Qt, on one line and broken into lines."""
    wrong = []
    for sentence in sentences(language, count):
        for room in (_WIDE, _NARROW):
            lines = wrap(sentence, STYLE._replace(bold=bold), room).lines
            ours = [_bare(of_engine(lines[0].whole, line.start, line.end)) for line in lines]
            breaks = [line.end for line in lines[:-1]]
            if ours != [_bare(found) for found in of_qt(lines[0].whole, families, breaks)]:
                wrong.append(sentence)
    return wrong


def _bare(found: list[Shown]) -> list[tuple[str, int]]:
    return [(one.face, one.glyph) for one in found]


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
def test_glyphs_and_their_order_are_those_of_qt(language: str, bold: bool, families: dict[str, str]) -> None:
    assert differing(language, families, bold=bold) == []


def shown(text: str) -> str:
    """The characters as they stand on the line from left to right."""
    whole = shaping.paragraph(clean(text), False)
    told = (whole.text[one.place :].lstrip(ISOLATES)[:1] for one in of_engine(whole))
    return "".join(told).replace(NO_BREAK, " ")


@pytest.mark.parametrize("phone", PHONES)
@pytest.mark.parametrize(
    "pattern", ["اتصل بنا على {} مجانا", "{} للاستفسار", "اتصل ({})", "({}) أو", "الهاتف: {}، كل يوم"]
)
def test_a_telephone_number_among_arabic_words_is_read_from_left_to_right_in_one_piece(
    phone: str, pattern: str
) -> None:
    text = pattern.format(phone)
    assert phone in shown(text)
    lines = wrap(text, STYLE, 20 + width(phone, STYLE)).texts
    assert any(phone in line.replace(NO_BREAK, " ") for line in lines)


def test_numbers_in_a_row_stay_apart() -> None:
    assert shown("الأيام 3, 4, 5").startswith("5 ,4 ,3 ")


PLANTED: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "order of runs": lambda patch: patch.setattr(bidi, "visual", lambda levels: list(range(len(levels)))),
    "directions": lambda patch: patch.setattr(
        bidi, "line_levels", lambda text, _levels, start, end: [0] * (end - start)
    ),
    "script": lambda patch: patch.setattr(
        shaping, "_shaped", lambda text, item, *place: SHAPED(text, item._replace(script="Latn"), *place)
    ),
    "letters that do not see their neighbours": lambda patch: patch.setattr(
        shaping, "_shaped", lambda text, item, start, end: [
            one._replace(cluster=one.cluster + start) for place in range(start, end)
            for one in SHAPED(text[place], item._replace(start=0, end=1), 0, 1)
        ]
    ),
    "a face for another": lambda patch: patch.setattr(
        shaping, "_shaped", lambda text, item, *place: SHAPED(
            text, item._replace(face=faces.face(faces.LATIN, item.face.bold)), *place)
    ),
}  # fmt: skip
SHAPED = shaping._shaped


@pytest.fixture
def no_memory() -> Iterator[None]:
    """What was shaped before or with a fault is forgotten."""
    for one in (shaping.paragraph, shaping.shaped_runs):
        one.cache_clear()
    yield
    for one in (shaping.paragraph, shaping.shaped_runs):
        one.cache_clear()


@pytest.mark.usefixtures("no_memory")
@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found(name: str, families: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    PLANTED[name](monkeypatch)
    assert any(differing(language, families, count=24) for language in LANGUAGES)


@pytest.mark.usefixtures("no_memory")
def test_a_number_that_is_not_isolated_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_module, "isolated", lambda text: text)
    clean.cache_clear()
    try:
        assert PHONE not in shown(f"اتصل بنا على {PHONE} مجانا")
    finally:
        clean.cache_clear()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentences_are_of_the_language_and_mixed(language: str) -> None:
    told = sentences(language, COUNT)
    assert len(set(told)) == COUNT >= 200
    if language != "ro":
        assert sum(any(faces.script(one) == LANGUAGES[language] for one in text) for text in told) >= 200
    for part in ("(", "+39", ":", "»", "Hug", "€", "@"):
        assert sum(part in text for text in told) >= 2
    assert all(
        face != 0
        for text in told[:40]
        for face in (one.glyph for one in of_engine(shaping.paragraph(clean(text), False)))
    )
