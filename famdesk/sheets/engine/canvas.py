"""reportlab's canvas without a font of its own: a file names no font that it does not hold.

Text, lines and tags come as operators and objects that are in words already; reportlab numbers the objects, keeps the
pages and the bookmarks, and puts its own objects into words. Its streams end as archives want it (ISO 32000-1, 7.3.8.1:
an end of line before `endstream`).
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from itertools import accumulate
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

_EFFORT = 3
"""Of 9; more takes twice as long and makes a file a hundredth smaller."""


class File(pdfdoc.PDFDocument):  # type: ignore[misc]
    """reportlab's document, with objects beside its own that are in words already: a table of sixty pages has thousands
    of them, and one of reportlab's passes through several hands until it is in the file."""

    def __init__(self, **about: Any) -> None:
        super().__init__(**about)
        self.words: dict[int, bytes] = {}

    def format(self) -> bytes:
        """The file; called by reportlab.

        Raises:
            KeyError: an object was reserved and never put in.
        """
        catalog, info = self.Reference(self.Catalog), self.Reference(self.info)
        parts, number = [pdfdoc.PDFFile(self._pdfVersion).format(self)], 0
        while number < self.objectcounter:  # reportlab adds further ones while it puts others into words
            number += 1
            words = self.words.get(number)
            if words is None:
                words = pdfdoc.format(self.idToObject[self.numberToId[number]], self, toplevel=1)
            parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, words))
        *places, end = accumulate(map(len, parts))
        parts.append(b"xref\n0 %d\n0000000000 65535 f \n" % (number + 1))
        parts.append(b"%010d 00000 n \n" * number % tuple(places))
        trailer = pdfdoc.PDFTrailer(end, Size=number + 1, Root=catalog, Info=info, ID=self.ID())
        return b"".join([*parts, trailer.format(self)])

    def reserve(self) -> int:
        """The number of a new object, whose words are put in before the file is written."""
        self.objectcounter += 1
        return int(self.objectcounter)

    def put(self, words: str, number: int = 0) -> int:
        """An object in words, under a new number or the reserved one; tells the number."""
        number = number or self.reserve()
        self.words[number] = words.encode("ascii")
        return number

    def stream(self, content: bytes, about: str = "", *, plain: bool = False, name: str = "") -> int:
        """A stream, compressed unless it is to be `plain`; `about` are further entries of its dictionary, `name` is
        what reportlab calls it."""
        number = self.reserve()
        if name:
            self.idToObjectNumberAndVersion[name] = number, 0
        if not plain:
            content, about = zlib.compress(content, _EFFORT), f"/Filter /FlateDecode {about}"
        head = f"<< {about} /Length {len(content)} >>\nstream\n".encode("ascii")
        self.words[number] = b"%s%s\nendstream" % (head, content)
        return number

    def declare(self, entries: dict[str, str]) -> None:
        """Say something of the file as a whole."""
        catalog = self.Catalog
        catalog.__NoDefault__ = list(dict.fromkeys([*catalog.__NoDefault__, *entries]))
        for name, words in entries.items():
            setattr(catalog, name, words)


class BareCanvas(Canvas):  # type: ignore[misc]
    """A canvas whose pages begin without a font: all text comes from `painting`."""

    def __init__(self, buffer: Any, language: str) -> None:
        super().__init__(buffer, invariant=1, pageCompression=1)
        self._doc = File(compression=1, invariant=1, lang=language, pdfVersion=(1, 7))
        self.fonts: dict[str, Any] = {}
        """The fonts of the document, by the names of their faces."""

    @property
    def file(self) -> File:
        """What the document is made of."""
        found: File = self._doc
        return found

    @property
    def code(self) -> list[str]:
        """The operators of the page that is open."""
        found: list[str] = self._code
        return found

    def picture(self, name: str, make: Callable[[str], object]) -> str:
        """The name under which the page that is open draws a picture; it is made, under that name, when it is new."""
        found = str(self._doc.getXObjectName(name))
        if found not in self._doc.idToObjectNumberAndVersion:
            make(found)
        if name not in self._formsinuse:
            self._formsinuse.append(name)
        return found

    def end_page(self) -> int:
        """Complete the page that is open; tells the number of its object."""
        name = self._doc.thisPageName()
        self.showPage()
        pages = self._doc.Pages.pages
        page = pages[-1]
        page.Contents = f"{self.file.stream((page.stream or '').encode('ascii'))} 0 R"
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = len(pages) - 1, "/S"
        return int(self._doc.idToObjectNumberAndVersion[name][0])

    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"


def new(buffer: Any, title: str, program: str, language: str) -> BareCanvas:
    """An empty document into `buffer`, the same bytes for the same content."""
    rl_config.useA85 = 0  # plain compressed streams: a fifth smaller than their ASCII form
    canvas = BareCanvas(buffer, language)
    canvas.setTitle(title)
    canvas.setAuthor("")
    canvas.setSubject("")
    canvas.setCreator(program)
    canvas.setProducer(program)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas
