"""Lines that are put together from words are those that the shaper makes of them as a whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import uharfbuzz as hb

from famdesk.sheets.engine import shaping, words
from famdesk.sheets.engine.faces import LATIN, face

LETTERS = [chr(code) for code in range(0x20, 0x2100) if words._PLAIN.fullmatch(chr(code))]
SENTENCES = (
    "Centro per le Famiglie, piazza Giovanni XXIII, 1: 9:00–12:30 (tel. +39 0372 123456)",
    "L’orario è «libero»: 1.475 posti, 20 € a persona… Tutti  i giorni ",
    "Für Familien: Sprechzeiten, Straße 12/3; Çka është? Ștefan, țară, œuvre, ¿qué?",
    "AVATAR Toy To. Ty, V. 11:17",
)


def _shaped(text: str, bold: bool) -> list[tuple[int, int, int]]:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction, buffer.script = "ltr", "Latn"
    hb.shape(face(LATIN, bold).hb_font, buffer, {"kern": True, "liga": True})
    places = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    return [(info.codepoint, place.x_advance, info.cluster) for info, place in places]


def _drawn(text: str, bold: bool) -> Iterator[tuple[int, int, int]]:
    whole = shaping.paragraph(text, bold)
    assert whole.words, text
    for run in shaping.runs(whole, 0, len(text)):
        for glyph in run.glyphs:
            yield glyph.number, round(glyph.advance * run.face.upem), glyph.cluster


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("text", SENTENCES)
def test_the_shaper_makes_the_same_of_the_whole(text: str, bold: bool) -> None:
    assert list(_drawn(text, bold)) == _shaped(text, bold)


@pytest.mark.parametrize("bold", [False, True])
def test_nothing_moves_at_a_blank_or_beside_a_figure(bold: bool) -> None:
    """What the engine relies on: it is asked of the fonts that travel with the program."""
    alone = {letter: _shaped(letter, bold)[0][:2] for letter in LETTERS}

    def pair(first: str, second: str) -> bool:
        return [one[:2] for one in _shaped(first + second, bold)] == [alone[first], alone[second]]

    assert [one for one in LETTERS if not (pair(one, " ") and pair(" ", one))] == []
    figures = "0123456789"
    assert [a + b for a in figures for b in figures + ".,:/+()–-" if not (pair(a, b) and pair(b, a))] == []


def test_joined_letters_are_shaped_as_a_whole() -> None:
    assert words.words("Uffici", False) is None
    assert not shaping.paragraph("Uffici aperti", False).words
    assert words.words("مركز", False) is None
    assert words.words("Центр", False) is None


def test_the_widths_of_a_line_are_those_of_its_glyphs() -> None:
    whole = shaping.paragraph("Prova di una riga", False)
    for start, end in ((0, 17), (6, 12), (0, 6)):
        (run,) = shaping.runs(whole, start, end)
        assert run.width == pytest.approx(whole.width(start, end))
        assert sum(glyph.advance for glyph in run.glyphs) == pytest.approx(run.width)
        assert [glyph.cluster for glyph in run.glyphs] == list(range(start, end))
