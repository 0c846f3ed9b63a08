"""The words of a sheet as programs find them that know nothing of its structure, such as a search on the disk.

Such programs guess from where glyphs stand. What poppler finds is tried here; a line that mixes directions may come out
in another order, but its words are there.
"""

from __future__ import annotations

import re
from collections import Counter

import pytest

from famdesk.i18n import FAMILY_LANGUAGES, using
from famdesk.sheets.engine import painting
from famdesk.sheets.paper.page import Cell, Folio, Paper, Pen, build
from famdesk.sheets.paper.style import BODY
from famdesk.sheets.paper.text import wrap
from tests.sheets.conftest import Poppler
from tests.support.pdf_structure import Document
from tests.support.sheet_samples import SAMPLES
from tests.support.thorough import THOROUGH

_MARKS = dict.fromkeys(map(ord, "\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d\u202e"))
_ARABIC = re.compile(r"[\u0621-\u065f\u0670-\u06d3]+")
_OTHER = re.compile(r"[0-9][0-9:.,–/]*|[^\s0-9\u0621-\u065f\u0670-\u06d3،؛؟]+")
_AROUND = '.,:;!?()«»“”"–·…/'
FAMILY = ("opening_hours", "appointment_slip", "orientation", "leaflet", "reminder_letters", "sign_in_sheet nameless",
          "day_sheet empty", "calendar_sheet hours", "genogram", "access_card blank")  # fmt: skip


def words(text: str) -> tuple[Counter[str], Counter[str]]:
    """The words in Arabic script, and all others with the figures, without what stands around them."""
    plain = text.translate(_MARKS).replace("\u00a0", " ")
    others = (word.strip(_AROUND) for word in _OTHER.findall(plain))
    return Counter(_ARABIC.findall(plain)), Counter(word for word in others if word)


def lost(data: bytes, poppler: Poppler) -> tuple[Counter[str], Counter[str], int]:
    """The words that poppler does not find, in Arabic script and others, and how many there are in Arabic script."""
    document = Document(data)
    told = " ".join(document.text(node) for node in document.tree.every() if node.content and node.role != "/Figure")
    (arabic, others), (found, rest) = words(told), words(poppler("pdftotext", data))
    return arabic - found, others - rest, arabic.total()


def _check(names: tuple[str, ...], language: str, poppler: Poppler, share: float) -> None:
    """All words are found but for a share of those in Arabic: poppler swaps vowel marks with the letters below them."""
    missed, count = Counter[str](), 0
    for name in names:
        with using(language):
            data = SAMPLES[name]()
        arabic, others, of = lost(data, poppler)
        assert others == Counter(), (name, language)
        missed, count = missed + arabic, count + of
    assert language != "ar" or missed.total() <= count * share, missed


@pytest.mark.parametrize("language", ["it", "ar", "pa", "bn", "uk"])
def test_words_of_the_sheets_of_families_are_found(language: str, poppler: Poppler) -> None:
    _check(FAMILY, language, poppler, 0.05)  # few words, many of them with marks


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("language", FAMILY_LANGUAGES if THOROUGH else ("it", "ar", "bn"))
def test_words_of_all_sheets_are_found(language: str, poppler: Poppler) -> None:
    _check(tuple(SAMPLES), language, poppler, 0.04)


def _sheet(text: str) -> bytes:
    def paint(pen: Pen, _folio: Folio) -> None:
        pen.lines(wrap(text, BODY, 400), 48, 48)
        with pen.items():
            pen.row((Cell("lunedì", BODY, 48), Cell("9–12", BODY, 400)), 200)

    return build([paint], Paper.A4, "Trial")


def test_a_word_that_ends_in_a_mark_is_not_parted(poppler: Poppler, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "স্কুল বা নার্সারি ਨੇੜਲਾ ਨੰਬਰ"
    assert lost(_sheet(text), poppler)[1] == Counter()
    monkeypatch.setattr(painting._Writer, "_framed", painting._Writer._shown)
    assert lost(_sheet(text), poppler)[1], "without the blanks that frame it"


def test_a_row_is_one_line_and_its_words_stand_within_its_place_in_the_tree(poppler: Poppler) -> None:
    """PDFium takes the innermost words that are noted around a glyph; poppler needs them to keep the row together."""
    data = _sheet("Prova")
    assert "lunedì 9–12" in poppler("pdftotext", data).splitlines()
    content = Document(data).reader.pages[0]["/Contents"].get_data().decode("latin-1")
    assert re.search(r"/LBody <</MCID \d+>> BDC\s+/Span <</ActualText <FEFF[0-9A-F]+>>> BDC", content)
