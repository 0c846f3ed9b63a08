"""What a page says to who does not see it: the tree of headings, paragraphs, tables and figures of a PDF file.

Source: ISO 32000-1, 14.7 and 14.8 (logical structure, tagged PDF); ISO 14289-1 (PDF/UA-1).
"""

from __future__ import annotations

from collections.abc import Hashable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from famdesk.sheets.engine.objects import numbers, reference, string

if TYPE_CHECKING:
    from famdesk.sheets.engine.canvas import BareCanvas

_METADATA = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<pdfuaid:part>1</pdfuaid:part></rdf:Description>{more}</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
HEADS = " /A << /O /Table /Scope /{} >>"
"""What a header cell heads: Row or Column."""
HEADINGS = {"H1": 0, "H2": 1}
"""Roles that are bookmarks, with their level."""


@dataclass(slots=True, eq=False, repr=False)
class Element:
    """One node: its role, such as P, H1, Table, TH, its object's number and what the object says of it; `kids` are the
    words of what it holds: numbers of nodes, or of content."""

    role: str
    number: int
    about: str
    kids: list[str]

    def words(self, page: str = "") -> str:
        """The object; what has content of its own has all of it on one `page`."""
        return f"<< {self.about}{page} /K [{' '.join(self.kids)}] >>" if self.kids else f"<< {self.about} >>"


Place = tuple[float, float, float, float]
"""A rectangle on the paper, in points: left, bottom, right, top."""


class _Within:
    """A block in which a node is open. A generator would do; a long table opens so many that it would be felt."""

    __slots__ = ("_node", "_outer", "_tags")

    def __init__(self, tags: Tags, node: Element) -> None:
        self._tags, self._node = tags, node

    def __enter__(self) -> Element:
        self._outer, self._tags._open = self._tags._open, self._node
        return self._node

    def __exit__(self, *_problem: object) -> None:
        self._tags._open = self._outer


class _Marked:
    """A block of the page that is the content of a node, or of none; in it nothing else is."""

    __slots__ = ("_begins", "_node", "_outer", "_tags")

    def __init__(self, tags: Tags, node: Element | None, begins: str) -> None:
        self._tags, self._node, self._begins = tags, node, begins

    def __enter__(self) -> Element | None:
        tags = self._tags
        tags._canvas.code.append(self._begins)
        self._outer, tags._quiet = tags._open, True
        tags._open = self._node or tags._open
        return self._node

    def __exit__(self, *_problem: object) -> None:
        tags = self._tags
        tags._open, tags._quiet = self._outer, False
        tags._canvas.code.append("EMC")


class Tags:
    """The tree of one document while its pages are painted."""

    def __init__(self, canvas: BareCanvas) -> None:
        self._canvas = canvas
        self._file = canvas.file
        self._tree = self._file.reserve()
        self._open = self._root = Element("Document", self._file.reserve(), f"/S /Document /P {self._tree} 0 R", [])
        self._inner: list[Element] = [self._root]
        self._leaves: list[Element] = []
        self._kept: dict[tuple[str, Hashable], Element] = {}
        self._pages: list[str] = []
        self._links: list[tuple[int, str, int]] = []
        self._headings: list[tuple[str, int]] = []
        self._quiet = False

    @property
    def quiet(self) -> bool:
        """Whether what is painted is content already, or an ornament, so that there are no nodes."""
        return self._quiet

    @property
    def role(self) -> str:
        """The role of the node that is open."""
        return self._open.role

    def element(self, role: str, *, key: Hashable = None, **about: Any) -> AbstractContextManager[Element]:
        """Everything that is painted in the block belongs to a new node. With a `key` it is the same node wherever the
        role and the key come again, on later pages too: a table that goes on. Within an artifact there are no nodes.

        `about` is what is said of the node, see `_about`."""
        if self._quiet:
            return nullcontext(self._open)
        return _Within(self, self._found(role, self._open, key, **about))

    def row(self, table: Hashable, row: Hashable) -> AbstractContextManager[Element]:
        """A row of the table of that key, both of which go on where their keys come again."""
        if self._quiet:
            return nullcontext(self._open)
        return _Within(self, self._found("TR", self._found("Table", self._open, table), row))

    def _found(self, role: str, within: Element, key: Hashable, **about: Any) -> Element:
        """The node of that role and key, or a new one."""
        node = self._kept.get((role, key)) if key is not None else None
        if node is None:
            node = self.inner(role, within, _about(**about) if about else "")
            if key is not None:
                self._kept[role, key] = node
        return node

    def inner(self, role: str, within: Element, about: str = "") -> Element:
        """A new node that may hold others; `about` in words of the file."""
        node = self._node(role, within, about, [])
        self._inner.append(node)
        return node

    def _node(self, role: str, within: Element, about: str, kids: list[str]) -> Element:
        number = self._file.reserve()
        within.kids.append(f"{number} 0 R")
        return Element(role, number, f"/S /{role} /P {within.number} 0 R{about}", kids)

    def forget(self) -> None:
        """What has a key begins anew: another sheet follows in the same file."""
        self._kept.clear()

    def content(self, role: str, *, actual: str | None = None, language: str | None = None,
                **about: Any) -> AbstractContextManager[Element | None]:  # fmt: skip
        """What is painted in the block is the content of a new node; within an artifact or figure it adds nothing and
        is None."""
        if self._quiet:
            return nullcontext()
        if actual is not None or language is not None:
            about = {**about, "actual": actual, "language": language}
        begins = self.leaf(role, self._open, _about(**about) if about else "")
        return _Marked(self, self._leaves[-1], begins)

    def empty(self, role: str, within: Element, about: str = "") -> None:
        """A new node that holds nothing."""
        node = self._node(role, within, about, [])
        self._file.put(node.words(), node.number)

    def leaf(self, role: str, within: Element, about: str = "") -> str:
        """A new node for what is painted next; tells the operator that begins it, "EMC" ends it."""
        number = str(len(self._leaves))
        self._leaves.append(self._node(role, within, about, [number]))
        return f"/{role} <</MCID {number}>> BDC"

    def link(self, node: Element, address: str, words: str, place: Place) -> None:
        """What has just been painted, a `node` of the role Link, leads to an address.

        `words` is said by readers that do not know the tree, `place` is where one clicks.
        """
        number = self._file.reserve()
        self._canvas._annotationrefs.append(reference(number))
        self._links.append((number, (
            f"<< /Type /Annot /Subtype /Link /Rect {numbers(place)} /A << /S /URI /URI {string(address)} >> "
            f"/Border [0 0 0] /F 4 /Contents {string(words)} /StructParent"), node.number))  # fmt: skip
        node.kids.append(f"<< /Type /OBJR /Obj {number} 0 R >>")

    def heading(self, role: str, text: str, top: float) -> None:
        """A heading has been painted: a bookmark leads there; `top` in points from the lower end of the paper."""
        if role in HEADINGS and not self._quiet:
            self._canvas.bookmarkPage(f"heading{len(self._headings)}", fit="XYZ", left=0, top=round(top, 1))
            self._headings.append((text, HEADINGS[role]))

    def ornament(self, operators: str) -> None:
        """Draw what is not read aloud."""
        self._canvas.code.append(operators if self._quiet else f"/Artifact <</Type /Layout>> BDC\n{operators}\nEMC")

    def artifact(self, kind: str) -> AbstractContextManager[Any]:
        """What is painted in the block is a header or a footer: it is not read aloud."""
        if self._quiet:
            return nullcontext()
        return _Marked(self, None, f"/Artifact <</Type /{kind}>> BDC")

    def end_page(self) -> None:
        """Complete the page with all that hangs on it."""
        page, put = f" /Pg {self._canvas.end_page()} 0 R", self._file.put
        for node in self._leaves:
            put(node.words(page), node.number)
        self._pages.append(" ".join([f"{node.number} 0 R" for node in self._leaves]))
        self._leaves.clear()

    def write(self, title: str, more: str = "") -> None:
        """Put the tree and what says that there is one into the file; call it when all pages are complete.

        `more` are further descriptions for the metadata, as XML.
        """
        put = self._file.put
        parents = [f"{number} [{nodes}]" for number, nodes in enumerate(self._pages) if nodes]
        for number, (annotation, words, node) in enumerate(self._links, start=len(self._pages)):
            put(f"{words} {number} >>", annotation)
            parents.append(f"{number} {node} 0 R")
        for one in self._inner:
            put(one.words(), one.number)
        put(f"<< /Type /StructTreeRoot /K {self._root.number} 0 R /ParentTree << /Nums [{' '.join(parents)}] >> "
            f"/ParentTreeNextKey {len(self._pages) + len(self._links)} >>", self._tree)  # fmt: skip
        metadata = _METADATA.format(title=title.translate(_ESCAPED), more=more).encode("utf-8")
        written = self._file.stream(metadata, "/Type /Metadata /Subtype /XML", plain=True)
        self._file.declare({"StructTreeRoot": reference(self._tree), "MarkInfo": "<< /Marked true >>",
                              "Metadata": reference(written)})  # fmt: skip
        self._write_bookmarks()

    def _write_bookmarks(self) -> None:
        """The headings as an outline, where there are several."""
        if len(self._headings) < 2:
            return
        last = -1
        for number, (text, level) in enumerate(self._headings):
            last = min(level, last + 1)
            self._canvas.addOutlineEntry(text, f"heading{number}", last)


def _about(*, actual: str | None = None, alt: str | None = None, scope: str | None = None, language: str | None = None,
           box: Place | None = None) -> str:  # fmt: skip
    """What is said of a node, in words of the file.

    `actual` is the text where the glyphs alone do not tell it in reading order; `alt` describes a figure in its `box`;
    `scope` is what a header cell heads; `language` where it is not that of the file.
    """
    parts = [f" /{name} {string(text)}" for name, text in (("ActualText", actual), ("Alt", alt), ("Lang", language))
             if text is not None]  # fmt: skip
    if box:
        parts.append(f" /A << /O /Layout /BBox {numbers(box)} >>")
    elif scope:
        parts.append(HEADS.format(scope))
    return "".join(parts)
