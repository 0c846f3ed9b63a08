"""What a sheet is to who has it read aloud: all is told, once, in order, in its language (PDF/UA-1)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColorSpace

from famdesk.i18n import using
from famdesk.sheets.engine import archive, painting, pdf_font, shaping, tags
from famdesk.sheets.engine.paths import line, stroked
from famdesk.sheets.paper.page import Cell, Folio, Paper, Pen, Placed, build
from famdesk.sheets.paper.style import BODY, SECTION, TITLE, Style
from famdesk.sheets.paper.text import Lines, clean, wrap
from tests.support.pdf_structure import Document, faults
from tests.support.sheet_modules import PATHS
from tests.support.sheet_samples import CENTRE, PERSON, SAMPLES, Maker

LANGUAGES = ("it", "ar", "pa")
MARKS = dict.fromkeys(map(ord, "\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069"))
every_sheet = pytest.mark.parametrize("name", SAMPLES)


def test_every_sheet_has_a_sample() -> None:
    texts = {stem: path.read_text(encoding="utf-8") for stem, path in PATHS.items()}
    makes = re.compile(r"\ndef render\(.* (?:build|titled)\(", re.DOTALL)
    makers = {name for name, text in texts.items() if makes.search(text)}
    assert makers == {name.split(" ")[0] for name in SAMPLES}


def _told_of_row(cells: Sequence[Cell]) -> list[str]:
    """All of a row in one, or each by itself where one has a language of its own."""
    texts = [cell.text for cell in cells]
    return texts if any(cell.language for cell in cells) else [" ".join(texts)]


def _at_once(cell: object) -> bool:
    """Whether a cell is one line of words, which is not painted by `Pen.lines`."""
    return isinstance(cell, Placed) and len(cell.lines.lines) == 1 and bool(cell.lines.lines[0].words)


@dataclass(slots=True)
class Painted:
    """The texts that the sheets gave to the pen, but for those said on every page and those in figures."""

    texts: list[str]


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> Painted:
    """Notes what is painted; marks of direction and joining are not read."""
    found = Painted([])

    def noting(name: str, told: Callable[..., Sequence[str]]) -> None:
        real = getattr(Pen, name)

        def method(pen: Pen, *args: Any, **more: Any) -> Any:
            if not pen._tags._quiet:
                found.texts += [text.translate(MARKS) for text in told(*args) if text]
            return real(pen, *args, **more)

        monkeypatch.setattr(Pen, name, method)

    def lines(first: Lines, *_rest: Any) -> list[str]:
        return [" ".join(first.texts)]

    noting("lines", lines)
    noting("line", lambda text, *_rest: [clean(text).replace("\n", " ")])
    noting("row", lambda cells, *_rest: _told_of_row(cells))
    noting("table_line", lambda _table, cells: [" ".join(one.lines.texts) for one in cells if _at_once(one)])
    noting("spaced", lambda text, *_rest: [text])
    return found


@pytest.mark.parametrize("language", [pytest.param(one, marks=[pytest.mark.slow] if one != "it" else [])
                                      for one in LANGUAGES])  # fmt: skip
@every_sheet
def test_all_that_is_painted_is_told_once_and_well(name: str, language: str, painted: Painted) -> None:
    with using(language):
        data = SAMPLES[name]()
    assert faults(data) == []
    document = Document(data)
    told = [document.text(node) for node in document.tree.every() if node.content and node.role != "/Figure"]
    assert Counter(told) == Counter(painted.texts)
    assert document.root["/Lang"] == language
    for text in (PERSON, "Zanforlin", CENTRE):
        assert text not in str(document.reader.metadata)
        assert text not in document.root["/Metadata"].get_object().get_data().decode("utf-8")


WITHOUT_HEADING = {"labels", "envelope"}
ONE_EACH = {"letter", "reminder_letters", "certificate", "application_letters"}


@pytest.mark.parametrize(
    "name", [name for name in SAMPLES if name.split(" ")[0] not in WITHOUT_HEADING and " none" not in name]
)
def test_a_sheet_begins_with_one_heading(name: str) -> None:
    roles = [node.role for node in Document(SAMPLES[name]()).tree.every() if node.role in {"/H1", "/H2"}]
    assert roles[:1] == ["/H1"]
    assert roles.count("/H1") == 1 or name.split(" ")[0] in ONE_EACH, "one for each letter"


def test_letters_are_read_in_the_language_of_each() -> None:
    document = Document(SAMPLES["reminder_letters"]())
    assert [node.language for node in document.tree.every() if node.role == "/Sect"] == ["it", "de", "ar"]


def test_the_bookmarks_are_the_headings() -> None:
    reader = PdfReader(BytesIO(SAMPLES["data_copy"]()))
    outline: Any = reader.outline
    title, below = outline
    assert title.title == "Copy of the data"
    assert [one.title for one in below] == ["Dati", "Colloqui", "Who has opened the file"]
    pages = [reader.get_destination_page_number(one) for one in below]
    assert pages == sorted(pages)  # type: ignore[type-var]


def test_number_mail_and_page_of_a_poster_lead_there() -> None:
    page: Any = PdfReader(BytesIO(SAMPLES["opening_hours long"]())).pages[-1]
    annotations = [one.get_object() for one in page["/Annots"]]
    assert [one["/A"]["/URI"] for one in annotations] == [
        "tel:3333317332", "mailto:hug@example.it", "https://www.example.it",
    ]  # fmt: skip
    for one in annotations:
        left, bottom, right, top = map(float, one["/Rect"])
        assert 0 < left < right < float(page.mediabox.width), "in points of A3"
        assert 0 < bottom < top < float(page.mediabox.height) / 4


def test_the_genogram_is_told_in_words() -> None:
    [figure] = [node for node in Document(SAMPLES["genogram"]()).tree.every() if node.role == "/Figure"]
    for part in ("lives in “Casa Ferrari”", "mother of"):
        assert part in str(figure.about["/Alt"])


def _built(*painters: Callable[[Pen], None]) -> bytes:
    def page(pen: Pen, _folio: Folio) -> None:
        for paint in painters:
            paint(pen)

    return build([page], Paper.A4, "Trial")


def _text(style: Style, y: float = 100) -> Callable[[Pen], None]:
    return lambda pen: pen.lines(wrap("Prova", style, 300), 48, y)


def _unmarked_text(pen: Pen) -> None:
    whole = shaping.paragraph("Prova", False)
    painting.draw(pen._canvas, "Prova", shaping.runs(whole, 0, 5), 11, "#000000", 48, 48)


def _unmarked_line(pen: Pen) -> None:
    pen._canvas.code.append(stroked(line(10, 10, 90, 10), "#000000", 1))


def _figure(alt: str) -> Callable[[Pen], None]:
    def paint(pen: Pen) -> None:
        with pen.figure(alt, 10, 10, 50, 50):
            pen.fill(10, 10, 50, 50, "#000000")

    return paint


def _rows(*counts: int, scope: str | None = "Column") -> Callable[[Pen], None]:
    def paint(pen: Pen) -> None:
        for place, count in enumerate(counts):
            with pen.table_row("t"):
                for _cell in range(count):
                    with pen.element("TH", scope=scope) if place == 0 else pen.cell():
                        pass

    return paint


def _loose_item(pen: Pen) -> None:
    with pen.item(), pen.body():
        _text(BODY)(pen)


def _words_in_a_list(pen: Pen) -> None:
    with pen.items():
        pen.lines(wrap("Prova", BODY, 300), 48, 100)


SOUND = _built(_text(TITLE), _text(SECTION, 150), _figure("Un quadrato"), _rows(2, 2))
PLANTED: dict[str, tuple[Maker, str]] = {
    "unmarked text": (lambda: _built(_unmarked_text), "not marked: Prova"),
    "unmarked line": (lambda: _built(_unmarked_line), "not marked: S"),
    "no words for a figure": (lambda: _built(_figure("")), "a figure is not described"),
    "jump of headings": (lambda: _built(_text(TITLE), _text(BODY.as_role("H3"), 150)), "level 3 after level 1"),
    "no title": (lambda: _built(_text(SECTION)), "level 2 after level 0"),
    "rows of a table": (lambda: _built(_rows(3, 2)), "rows of [2, 3] cells"),
    "no scope": (lambda: _built(_rows(2, 2, scope=None)), "does not say what it heads"),
    "item without list": (lambda: _built(_loose_item), "/LI is in /Document"),
    "text in a list": (lambda: _built(_words_in_a_list), "/L holds ['/P']"),
    "no language": (lambda: _without("/Lang"), "the file has no language"),
    "no metadata": (lambda: _without("/Metadata"), "is not in the metadata"),
    "not tagged": (lambda: _without("/MarkInfo"), "not marked as tagged"),
}


def _without(name: str) -> bytes:
    """The sound file, without an entry of its catalogue."""
    writer = PdfWriter(clone_from=BytesIO(SOUND))
    del writer.root_object[NameObject(name)]
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_a_sound_file_has_no_fault() -> None:
    assert faults(SOUND) == []


@pytest.mark.parametrize("name", PLANTED)
def test_planted_faults_are_found(name: str) -> None:
    make, expected = PLANTED[name]
    assert any(expected in found for found in faults(make())), faults(make())


def test_a_glyph_that_stands_for_nothing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_font.GlyphFont, "_map", lambda _self: pdf_font._MAP_HEAD + pdf_font._MAP_FOOT)
    assert any("nobody knows" in one for one in faults(_built(_text(BODY))))


def test_a_lost_way_back_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    real = tags.Tags.write

    def crossed(self: tags.Tags, *about: str) -> None:
        self._pages[-1] = " ".join(reversed(re.findall(r"\d+ 0 R", self._pages[-1])))
        real(self, *about)

    monkeypatch.setattr(tags.Tags, "write", crossed)
    found = faults(_built(_text(TITLE), _text(BODY, 150)))
    assert any("way back" in one for one in found)


def test_the_blank_where_a_line_is_broken_is_read() -> None:
    text = "centro per le famiglie di Cremona e dei comuni vicini"
    data = _built(lambda pen: pen.lines(wrap(text, BODY, 60), 48, 48))
    assert Document(data).paragraphs() == [text]


def test_a_paragraph_in_another_language_says_so() -> None:
    def paint(pen: Pen) -> None:
        pen.lines(wrap("Öffnungszeiten", BODY, 300), 48, 48, language="de")
        pen.row((Cell("lunedì", BODY, 48), Cell("9–12", BODY, 148)), 90)

    with using("it"):
        nodes = [node for node in Document(_built(paint)).tree.every() if node.content]
    assert [node.language for node in nodes] == ["de", "it"]


@pytest.mark.parametrize(("name", "kept"), [("consent", True), ("data_copy", True), ("opening_hours", False)])
def test_what_is_kept_for_years_says_so_and_what_its_colours_mean(name: str, kept: bool) -> None:
    root: Any = PdfReader(BytesIO(SAMPLES[name]())).trailer["/Root"]
    metadata = root["/Metadata"].get_object().get_data().decode("utf-8")
    assert ("<pdfaid:part>2</pdfaid:part>" in metadata) is kept
    intents = [one.get_object() for one in root.get("/OutputIntents", [])]
    assert [one["/DestOutputProfile"].get_data() for one in intents] == [archive.colours()] * kept


def test_the_profile_is_that_of_screens() -> None:
    profile = QColorSpace.fromIccProfile(QByteArray(archive.colours()))
    assert profile.isValid()
    assert profile.primaries() == QColorSpace.Primaries.SRgb
    assert profile.transferFunction() == QColorSpace.TransferFunction.SRgb


@every_sheet
def test_every_stream_ends_with_a_line_of_its_own(name: str) -> None:
    data = SAMPLES[name]()
    assert data.count(b"endstream\n") == data.count(b"\nendstream\n") > 0
