"""What a page says to who does not see it: the tree of headings, paragraphs, tables and figures of a PDF file.

Source: ISO 32000-1, 14.7 and 14.8 (logical structure, tagged PDF); ISO 14289-1 (PDF/UA-1).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from famdesk.sheets.engine.canvas import Canvas
from famdesk.sheets.engine.document import numbers, reference, string
from famdesk.sheets.engine.outline import Heading, outline

_METADATA = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<pdfuaid:part>1</pdfuaid:part></rdf:Description>{more}</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_LEVELS = {"H1": 0, "H2": 1}
"""Roles that are bookmarks, with their level."""


@dataclass(slots=True, eq=False)
class Element:
    """One node: a role such as P, H1, Table, TH, and its object's number; `kids` are what it holds, as words of the
    file: nodes, and the content of pages.

    `actual` is the text where the glyphs alone do not tell it in reading order; `alt` describes a figure; `scope` is
    what a header cell heads; `language` where it is not that of the file.
    """

    role: str
    number: int
    parent: int
    kids: list[str] = field(default_factory=list)
    actual: str | None = None
    alt: str | None = None
    scope: str | None = None
    language: str | None = None
    box: tuple[float, float, float, float] | None = None

    def words(self) -> str:
        """The object."""
        parts = [f"<< /Type /StructElem /S /{self.role} /P {self.parent} 0 R"]
        for name, text in (("ActualText", self.actual), ("Alt", self.alt), ("Lang", self.language)):
            if text is not None:
                parts.append(f"/{name} {string(text)}")
        if self.box:
            parts.append(f"/A << /O /Layout /BBox {numbers(self.box)} >>")
        elif self.scope:
            parts.append(f"/A << /O /Table /Scope /{self.scope} >>")
        parts.append(f"/K [{' '.join(self.kids)}] >>")
        return " ".join(parts)


Place = tuple[float, float, float, float]
"""A rectangle on the paper, in points: left, bottom, right, top."""


class Tags:
    """The tree of one document while its pages are painted."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas, self._document = canvas, canvas.document
        self._tree = self._document.reserve()
        self._open = Element("Document", self._document.reserve(), self._tree)
        self._all = [self._open]
        self._kept: dict[tuple[str, Hashable], Element] = {}
        self._on_page: list[list[Element]] = [[]]
        self._links: list[tuple[int, str, Element]] = []
        self._headings: list[Heading] = []
        self._quiet = False

    @property
    def role(self) -> str:
        """The role of the node that is open."""
        return self._open.role

    @contextmanager
    def element(self, role: str, *, key: Hashable = None, **about: Any) -> Iterator[Element]:
        """Everything that is painted in the block belongs to a new node. With a `key` it is the same node wherever the
        role and the key come again, on later pages too: a table that goes on. Within an artifact there are no nodes."""
        if self._quiet:
            yield self._open
            return
        node = self._kept.get((role, key)) if key is not None else None
        if node is None:
            node = self._node(role, **about)
            if key is not None:
                self._kept[role, key] = node
        outer, self._open = self._open, node
        try:
            yield node
        finally:
            self._open = outer

    def _node(self, role: str, **about: Any) -> Element:
        node = Element(role, self._document.reserve(), self._open.number, **about)
        self._open.kids.append(f"{node.number} 0 R")
        self._all.append(node)
        return node

    def forget(self) -> None:
        """What has a key begins anew: another sheet follows in the same file."""
        self._kept.clear()

    @contextmanager
    def content(self, role: str, *, actual: str | None = None, **about: Any) -> Iterator[Element | None]:
        """What is painted in the block is the content of a new node; within an artifact or figure it adds nothing and
        is None."""
        if self._quiet:
            yield None
            return
        node = self._node(role, actual=actual, **about)
        on_page = self._on_page[-1]
        node.kids.append(f"<< /Type /MCR /Pg {self._canvas.page} 0 R /MCID {len(on_page)} >>")
        self._canvas.code.append(f"/{role} <</MCID {len(on_page)}>> BDC")
        on_page.append(node)
        outer, self._open, self._quiet = self._open, node, True
        try:
            yield node
        finally:
            self._open, self._quiet = outer, False
        self._canvas.code.append("EMC")

    def link(self, node: Element, address: str, words: str, place: Place) -> None:
        """What has just been painted, a `node` of the role Link, leads to an address.

        `words` is said by readers that do not know the tree, `place` is where one clicks.
        """
        number = self._document.reserve()
        self._canvas.links.append(number)
        self._links.append((number, (
            f"<< /Type /Annot /Subtype /Link /Rect {numbers(place)} /A << /S /URI /URI {string(address)} >> "
            f"/Border [0 0 0] /F 4 /Contents {string(words)} /StructParent"), node))  # fmt: skip
        node.kids.append(f"<< /Type /OBJR /Pg {self._canvas.page} 0 R /Obj {number} 0 R >>")

    def heading(self, role: str, text: str, top: float) -> None:
        """A heading has been painted: a bookmark leads there; `top` in points from the lower end of the paper."""
        if role in _LEVELS and not self._quiet:
            self._headings.append(Heading(text, _LEVELS[role], self._canvas.page, top))

    @contextmanager
    def artifact(self, kind: str = "Layout") -> Iterator[None]:
        """What is painted in the block is an ornament, a header or a footer: it is not read aloud."""
        if self._quiet:
            yield
            return
        self._canvas.code.append(f"/Artifact <</Type /{kind}>> BDC")
        self._quiet = True
        try:
            yield
        finally:
            self._quiet = False
        self._canvas.code.append("EMC")

    def end_page(self) -> None:
        """The page is complete."""
        self._on_page.append([])

    def write(self, title: str, more: str = "") -> None:
        """Put the tree and what says that there is one into the file; call it when all pages are complete.

        `more` are further descriptions for the metadata, as XML.
        """
        put = self._document.put
        parents = []
        for number, nodes in enumerate(self._on_page):
            if nodes:
                parents.append(f"{number} [{' '.join([f'{node.number} 0 R' for node in nodes])}]")
        for number, (annotation, words, node) in enumerate(self._links, start=len(self._on_page)):
            put(f"{words} {number} >>", annotation)
            parents.append(f"{number} {node.number} 0 R")
        for node in self._all:
            put(node.words(), node.number)
        put(f"<< /Type /StructTreeRoot /K {self._all[0].number} 0 R /ParentTree << /Nums [{' '.join(parents)}] >> "
            f"/ParentTreeNextKey {len(self._on_page) + len(self._links)} >>", self._tree)  # fmt: skip
        metadata = _METADATA.format(title=title.translate(_ESCAPED), more=more).encode("utf-8")
        written = self._document.stream(metadata, "/Type /Metadata /Subtype /XML", plain=True)
        self._document.catalog |= {"StructTreeRoot": reference(self._tree), "MarkInfo": "<< /Marked true >>",
                                   "Metadata": reference(written)}  # fmt: skip
        if len(self._headings) > 1:
            self._document.catalog["Outlines"] = reference(outline(self._document, self._headings))
