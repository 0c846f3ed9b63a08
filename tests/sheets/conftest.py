"""Reading back what was printed: the text as people and machines get it, and the fonts."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from famdesk.i18n import using

Reader = Callable[[bytes], str]
LineReader = Callable[[bytes], list[str]]
Poppler = Callable[..., str]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The messages of the code itself, so that tests do not depend on translations; dates in English too."""
    with using("en"):
        yield


@pytest.fixture
def poppler(tmp_path: Path) -> Poppler:
    """Run a program of poppler on a PDF and give what it prints."""

    def run(program: str, data: bytes, *options: str) -> str:
        file = tmp_path / "sheet.pdf"
        file.write_bytes(data)
        output = ["-"] if program == "pdftotext" else []
        done = subprocess.run([program, *options, str(file), *output], capture_output=True, check=True)
        return done.stdout.decode()

    return run


@pytest.fixture
def lines() -> LineReader:
    """The lines of text of all pages, as pypdf finds them."""

    def read(data: bytes) -> list[str]:
        pages = PdfReader(BytesIO(data)).pages
        return [line.strip() for page in pages for line in page.extract_text().split("\n")]

    return read


@pytest.fixture
def words(lines: LineReader) -> Reader:
    """All text with single blanks, for texts that may be broken into lines."""
    return lambda data: " ".join(" ".join(lines(data)).split())
