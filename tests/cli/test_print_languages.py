"""`famdesk print --lang`: several languages in one file, and two on one sheet."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from famdesk.i18n import FAMILY_LANGUAGES, formats
from tests.cli.conftest import Command


def printed(famdesk: Command, home: Path, out: Path, *options: str) -> PdfReader:
    told = famdesk("print", "opening-hours", "--place", "Giovanni", *options, "--out", out, "--home", home)
    assert told.status == 0, told.err
    return PdfReader(out)


def text(reader: PdfReader, page: int = 0) -> str:
    return " ".join(reader.pages[page].extract_text().split())


def test_a_sheet_in_each_language_in_one_file(famdesk: Command, demo_home: Path, tmp_path: Path) -> None:
    reader = printed(famdesk, demo_home, tmp_path / "p.pdf", "--lang", "it,uk,de")
    assert len(reader.pages) == 3
    for page, code in enumerate(("it", "uk", "de")):
        assert formats.weekday(4, code) in text(reader, page)
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "it"
    parts = root["/StructTreeRoot"]["/K"]["/K"]
    assert [part.get_object().get("/Lang") for part in parts] == [None, "uk", "de"]


def test_two_languages_on_one_sheet(famdesk: Command, demo_home: Path, tmp_path: Path) -> None:
    reader = printed(famdesk, demo_home, tmp_path / "p.pdf", "--lang", "it+uk,it+fr")
    assert len(reader.pages) == 2
    for page, code in enumerate(("uk", "fr")):
        for each in ("it", code):
            assert formats.weekday(4, each) in text(reader, page)


@pytest.mark.parametrize("code", FAMILY_LANGUAGES)
def test_every_language_of_families_can_be_had(code: str, famdesk: Command, demo_home: Path, tmp_path: Path) -> None:
    reader = printed(famdesk, demo_home, tmp_path / "p.pdf", "--lang", code)
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == code


def test_papers_of_two_sizes_keep_their_size() -> None:
    from io import BytesIO

    from famdesk.sheets.paper.page import Folio, Paper, Pen, build, together
    from famdesk.sheets.paper.style import BODY

    def paint(pen: Pen, folio: Folio) -> None:
        pen.line(folio.sentence(), BODY, 20, 20, room=200)

    data = together(partial(build, [paint, paint], paper, "Two") for paper in (Paper.A4, Paper.A6))
    pages = PdfReader(BytesIO(data)).pages
    assert [round(page.mediabox.width) for page in pages] == [595, 595, 298, 298]
    assert ["of 2" in page.extract_text() or "di 2" in page.extract_text() for page in pages] == [True] * 4
