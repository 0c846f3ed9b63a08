"""What a page says to who does not see it: the tree of headings, paragraphs, tables and figures of a PDF file.

Source: ISO 32000-1, 14.7 and 14.8 (logical structure, tagged PDF); ISO 14289-1 (PDF/UA-1).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

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
    """One node: a role such as P, H1, Table, TH; `kids` are nodes, or (page, number) of content on a page.

    `actual` is the text where the glyphs alone do not tell it in reading order; `alt` describes a figure; `scope` is
    what a header cell heads; `language` where it is not that of the file.
    """

    role: str
    parent: Element | None
    kids: list[Any] = field(default_factory=list)
    actual: str | None = None
    alt: str | None = None
    scope: str | None = None
    language: str | None = None
    box: tuple[float, float, float, float] | None = None


Place = tuple[float, float, float, float]
"""A rectangle on the paper, in points: left, bottom, right, top."""


class Tags:
    """The tree of one document while its pages are painted."""

    def __init__(self, canvas: Any) -> None:
        self.root = Element("Document", None)
        self._canvas = canvas
        self._open = self.root
        self._kept: dict[tuple[str, Hashable], Element] = {}
        self._on_page: list[list[Element]] = [[]]
        self._links: list[tuple[Any, Element]] = []
        self._headings: list[tuple[str, int]] = []
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
        known = None if key is None else self._kept.get((role, key))
        node = known or Element(role, self._open, **about)
        if known is None:
            self._open.kids.append(node)
            if key is not None:
                self._kept[role, key] = node
        outer, self._open = self._open, node
        try:
            yield node
        finally:
            self._open = outer

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
        with self.element(role, actual=actual, **about) as node:
            page = len(self._on_page) - 1
            number = len(self._on_page[page])
            self._on_page[page].append(node)
            node.kids.append((self._canvas._doc.thisPageRef(), number))
            self._canvas._code.append(f"/{role} <</MCID {number}>> BDC")
            with self._silence():
                yield node
            self._canvas._code.append("EMC")

    def link(self, node: Element, address: str, words: str, place: Place) -> None:
        """What has just been painted, a `node` of the role Link, leads to an address.

        `words` is said by readers that do not know the tree, `place` is where one clicks.
        """
        from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString

        document = self._canvas._doc
        action = PDFDictionary({"S": PDFName("URI"), "URI": PDFString(address)})
        found = PDFDictionary({
            "Type": PDFName("Annot"), "Subtype": PDFName("Link"), "Rect": PDFArray(list(place)), "A": action,
            "Border": PDFArray([0, 0, 0]), "F": 4, "Contents": PDFString(words),
        })  # fmt: skip
        reference = document.Reference(found, f"link{len(self._links)}")
        self._canvas._annotationrefs.append(reference)
        self._links.append((found, node))
        node.kids.append((document.thisPageRef(), reference))

    def heading(self, role: str, text: str, top: float) -> None:
        """A heading has been painted: a bookmark leads there; `top` in points from the lower end of the paper."""
        if role not in _LEVELS or self._quiet:
            return
        self._canvas.bookmarkPage(f"heading{len(self._headings)}", fit="XYZ", left=0, top=round(top, 1))
        self._headings.append((text, _LEVELS[role]))

    @contextmanager
    def artifact(self, kind: str = "Layout") -> Iterator[None]:
        """What is painted in the block is an ornament, a header or a footer: it is not read aloud."""
        if self._quiet:
            yield
            return
        self._canvas._code.append(f"/Artifact <</Type /{kind}>> BDC")
        with self._silence():
            yield
        self._canvas._code.append("EMC")

    @contextmanager
    def _silence(self) -> Iterator[None]:
        self._quiet = True
        try:
            yield
        finally:
            self._quiet = False

    def end_page(self) -> None:
        """The page is complete; call it right after `showPage`."""
        from reportlab.pdfbase.pdfdoc import PDFName

        page = self._canvas._doc.Pages.pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = len(self._on_page) - 1
        page.Tabs = PDFName("S")
        self._on_page.append([])

    def write(self, title: str, more: str = "") -> None:
        """Put the tree and what says that there is one into the file; call it right before `save`.

        `more` are further descriptions for the metadata, as XML.
        """
        from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName

        from famdesk.sheets.engine.canvas import stream

        document = self._canvas._doc
        root = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        reference = document.Reference(root, "StructTreeRoot")
        references: dict[int, Any] = {}
        root.dict["K"] = self._written(document, self.root, reference, references)
        parents: list[Any] = []
        for number, nodes in enumerate(self._on_page):
            if nodes:
                parents += [number, PDFArray([references[id(node)] for node in nodes])]
        for number, (annotation, node) in enumerate(self._links, start=len(self._on_page)):
            annotation.dict["StructParent"] = number
            parents += [number, references[id(node)]]
        root.dict["ParentTree"] = PDFDictionary({"Nums": PDFArray(parents)})
        root.dict["ParentTreeNextKey"] = len(self._on_page) + len(self._links)
        document.Catalog.StructTreeRoot = reference
        document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        metadata = stream(_METADATA.format(title=title.translate(_ESCAPED), more=more).encode("utf-8"), plain=True)
        metadata.dictionary["Type"], metadata.dictionary["Subtype"] = PDFName("Metadata"), PDFName("XML")
        document.Catalog.Metadata = document.Reference(metadata, "Metadata")
        self._write_bookmarks()

    def _write_bookmarks(self) -> None:
        """The headings as an outline, where there are several."""
        if len(self._headings) < 2:
            return
        last = -1
        for number, (text, level) in enumerate(self._headings):
            last = min(level, last + 1)
            self._canvas.addOutlineEntry(text, f"heading{number}", last)

    def _written(self, document: Any, node: Element, parent: Any, references: dict[int, Any]) -> Any:
        """The node and all below it as objects of the file."""
        from famdesk.sheets.engine.tag_object import TagObject

        found = TagObject(node, parent)
        reference = document.Reference(found, f"node{len(references)}")
        references[id(node)] = reference
        found.kids = [self._written(document, kid, reference, references) if isinstance(kid, Element) else kid
                      for kid in node.kids]  # fmt: skip
        return reference
