"""The PDF writer's canvas without a font of its own: a file names no font that it does not hold."""

from __future__ import annotations

from io import BytesIO

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas


class BareCanvas(Canvas):  # type: ignore[misc]
    """A canvas whose pages begin without a font: all text comes from `painting`."""

    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"


def new(buffer: BytesIO, width: float, height: float, language: str) -> BareCanvas:
    """An empty document into `buffer`, the same bytes for the same content; sizes in points."""
    rl_config.useA85 = 0  # plain compressed streams: a fifth smaller than their ASCII form
    return BareCanvas(buffer, pagesize=(width, height), invariant=1, pageCompression=1, lang=language,
                      pdfVersion=(1, 7))  # fmt: skip
