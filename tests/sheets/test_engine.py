"""Text of every script on paper: shapes, order, what is read back, and the structure of the file."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pypdf import PdfReader

from famdesk.domain.errors import RuleError
from famdesk.i18n import using
from famdesk.sheets.engine import shaping
from famdesk.sheets.paper.page import Folio, Paper, Pen, build
from famdesk.sheets.paper.style import BODY, SECTION, TITLE
from famdesk.sheets.paper.text import clean, wrap
from tests.sheets.conftest import Poppler

ARABIC = "مركز الأسرة مفتوح يوم الخميس"
TEXTS = {
    "pa": "ਪਰਿਵਾਰ ਕੇਂਦਰ ਵੀਰਵਾਰ ਨੂੰ ਖੁੱਲ੍ਹਾ ਹੈ",
    "bn": "পরিবার কেন্দ্র বৃহস্পতিবার খোলা থাকে",
    "uk": "Центр для сімей відкритий у четвер",
    "ro": "Centrul pentru familii este deschis joi, ș ț â î",
    "ar": ARABIC,
}


def _sheet(*texts: str) -> bytes:
    def paint(pen: Pen, _folio: Folio) -> None:
        for number, text in enumerate(texts):
            pen.lines(wrap(text, BODY, 400), 48, 48 + 60 * number)

    return build([paint], Paper.A4, "Trial")


@pytest.mark.parametrize("lang", [lang for lang in TEXTS if lang != "ar"])
def test_words_are_read_back(lang: str, poppler: Poppler) -> None:
    assert " ".join(poppler("pdftotext", _sheet(TEXTS[lang])).split()) == TEXTS[lang]


def test_arabic_words_are_read_back(poppler: Poppler) -> None:
    marks = dict.fromkeys([0x202A, 0x202B, 0x202C])
    words = poppler("pdftotext", _sheet(ARABIC)).translate(marks).split()
    assert len(set(words) & set(ARABIC.split())) >= len(ARABIC.split()) - 1


def test_a_phone_number_stands_in_one_piece_from_left_to_right() -> None:
    whole = shaping.paragraph(clean(f"{ARABIC} +39 0522 123456 من 17:00 إلى 19:00"), False)
    shown = "".join(
        whole.text[glyph.cluster] for run in shaping.runs(whole, 0, len(whole.text)) for glyph in run.glyphs
    )
    assert "+39\u00a00522\u00a0123456" in shown
    assert "17:00" in shown


@example("1\n1")
@given(st.text(st.sampled_from("aè 1(+:\u2066\u2069\u200dمرحالਪਰਿਵਾকেন্দ্রЦі\n"), max_size=60))
def test_every_character_is_in_exactly_one_line(text: str) -> None:
    try:
        lines = wrap(text, BODY, 60).lines
    except RuleError:
        return
    # A paragraph begins anew; one that says the same as that before it is shaped once.
    assert all(b.start == 0 or (a.whole is b.whole and a.end <= b.start) for a, b in pairwise(lines))
    assert "".join("".join(line.text for line in lines).split()) == "".join(clean(text).split())
    for line in lines:
        drawn = {place for run in line.runs() for place in range(run.start, run.end)}
        assert drawn == set(range(line.start, line.end))


def test_all_fonts_are_in_the_file_and_no_other_is_named() -> None:
    (page,) = PdfReader(BytesIO(_sheet(*TEXTS.values()))).pages
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    assert len(fonts) == 4
    assert all("/FontFile2" in font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts)


def test_headings_and_paragraphs_have_their_place_in_the_tree() -> None:
    def paint(pen: Pen, _folio: Folio) -> None:
        pen.fill(0, 0, 10, 10, "#000000")
        for number, style in enumerate((TITLE, SECTION, BODY)):
            pen.lines(wrap("Prova", style, 300), 48, 60 * (number + 1))
        with pen.aside():
            pen.lines(wrap("1", BODY, 300), 48, 700)

    root = PdfReader(BytesIO(build([paint, paint], Paper.A4, "Trial"))).trailer["/Root"]
    tree = root["/StructTreeRoot"]["/K"]
    roles = [kid.get_object()["/S"] for kid in tree["/K"]]
    assert roles == ["/H1", "/H2", "/P"] * 2
    assert root["/MarkInfo"]["/Marked"] is not None
    assert root["/Lang"]


def test_a_sheet_in_arabic_begins_at_the_right() -> None:
    def left_end(lang: str, text: str) -> float:
        with using(lang):
            data = _sheet(text)
        found: list[float] = []
        PdfReader(BytesIO(data)).pages[0].extract_text(
            visitor_text=lambda text, _cm, tm, _font, _size: found.append(tm[4]) if text.strip() else None
        )
        return min(found)

    assert left_end("it", "Orari") == pytest.approx(48, abs=1)
    assert left_end("ar", "Orari") > 500
