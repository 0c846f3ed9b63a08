"""The PDF writer's canvas without a font of its own: a file names no font that it does not hold.

Its streams end as archives want it (ISO 32000-1, 7.3.8.1: an end of line before `endstream`).
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import PDFStream, PDFStreamFilterZCompress
from reportlab.pdfgen.canvas import Canvas


class BareCanvas(Canvas):  # type: ignore[misc]
    """A canvas whose pages begin without a font: all text comes from `painting`."""

    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        super().showPage()
        page = self._doc.Pages.pages[-1]
        page.Contents = stream(page.stream or "")


class _Stream(PDFStream):  # type: ignore[misc]
    def format(self, document: Any) -> bytes:
        written: bytes = super().format(document)
        return written.removesuffix(b"endstream\n") + b"\nendstream\n"


def stream(content: str | bytes, *, plain: bool = False) -> Any:
    """A stream of the file, compressed unless it is to be `plain`."""
    return _Stream(content=content, filters=[] if plain else [PDFStreamFilterZCompress()])


def new(buffer: BytesIO, width: float, height: float, language: str) -> BareCanvas:
    """An empty document into `buffer`, the same bytes for the same content; sizes in points."""
    rl_config.useA85 = 0  # plain compressed streams: a fifth smaller than their ASCII form
    return BareCanvas(buffer, pagesize=(width, height), invariant=1, pageCompression=1, lang=language,
                      pdfVersion=(1, 7))  # fmt: skip
