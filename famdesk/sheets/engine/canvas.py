"""reportlab's canvas without a font of its own: a file names no font that it does not hold.

Text, lines and tags come as operators and objects that are in words already; reportlab numbers the objects, keeps the
pages, the bookmarks and the table of places, and writes the file. Its streams end as archives want it (ISO 32000-1,
7.3.8.1: an end of line before `endstream`).
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import PDFObject, PDFObjectReference
from reportlab.pdfgen.canvas import Canvas


class _Words(PDFObject):  # type: ignore[misc]
    """An object that is in words already: a table of sixty pages has thousands of them, and a dictionary of reportlab
    is asked for each of its entries."""

    def __init__(self) -> None:
        self.words = b""

    def format(self, _document: Any) -> bytes:
        """The words; reportlab calls this when it writes the file."""
        if not self.words:
            raise ValueError("an object of the file is empty")
        return self.words


class BareCanvas(Canvas):  # type: ignore[misc]
    """A canvas whose pages begin without a font: all text comes from `painting`."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.fonts: dict[str, Any] = {}
        """The fonts of the document, by the names of their faces."""
        self._words: dict[int, _Words] = {}

    @property
    def code(self) -> list[str]:
        """The operators of the page that is open."""
        found: list[str] = self._code
        return found

    @property
    def page(self) -> str:
        """The name of the page that is open; `number` tells its object once it is complete."""
        return str(self._doc.thisPageName())

    def number(self, name: str) -> int:
        """The number of the object that has this name in reportlab's table."""
        return int(self._doc.idToObjectNumberAndVersion[name][0])

    def reserve(self, name: str = "") -> int:
        """The number of a new object, whose words are put in before the file is written."""
        made = _Words()
        self._doc.Reference(made, name or f"words{len(self._words)}")
        number = int(self._doc.objectcounter)
        self._words[number] = made
        return number

    def put(self, words: str, number: int = 0) -> int:
        """An object in words, under a new number or the reserved one; tells the number."""
        number = number or self.reserve()
        self._words[number].words = words.encode("ascii")
        return number

    def stream(self, content: bytes, about: str = "", *, plain: bool = False, name: str = "") -> int:
        """A stream, compressed unless it is to be `plain`; `about` are further entries of its dictionary."""
        number = self.reserve(name)
        if not plain:
            content, about = zlib.compress(content), f"/Filter /FlateDecode {about}"
        head = f"<< {about} /Length {len(content)} >>\nstream\n".encode("ascii")
        self._words[number].words = b"%s%s\nendstream" % (head, content)
        return number

    def reference(self, number: int) -> Any:
        """How reportlab's own objects name one of these."""
        return PDFObjectReference(self._doc.numberToId[number])

    def declare(self, entries: dict[str, str]) -> None:
        """Say something of the file as a whole."""
        catalog = self._doc.Catalog
        catalog.__NoDefault__ = list(dict.fromkeys([*catalog.__NoDefault__, *entries]))
        for name, words in entries.items():
            setattr(catalog, name, words)

    def picture(self, name: str, make: Callable[[str], object]) -> str:
        """The name under which the page that is open draws a picture; it is made, under that name, when it is new."""
        found = str(self._doc.getXObjectName(name))
        if found not in self._doc.idToObject:
            make(found)
        if name not in self._formsinuse:
            self._formsinuse.append(name)
        return found

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        super().showPage()
        pages = self._doc.Pages.pages
        page = pages[-1]
        page.Contents = self.reference(self.stream((page.stream or "").encode("ascii")))
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = len(pages) - 1, "/S"

    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"


def new(buffer: Any, title: str, program: str, language: str) -> BareCanvas:
    """An empty document into `buffer`, the same bytes for the same content."""
    rl_config.useA85 = 0  # plain compressed streams: a fifth smaller than their ASCII form
    canvas = BareCanvas(buffer, invariant=1, pageCompression=1, lang=language, pdfVersion=(1, 7))
    canvas.setTitle(title)
    canvas.setAuthor("")
    canvas.setSubject("")
    canvas.setCreator(program)
    canvas.setProducer(program)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas
