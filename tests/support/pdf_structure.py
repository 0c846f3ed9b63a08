"""Reading the structure of a tagged PDF file back, and finding what is wrong with it.

It sees what a reader that speaks sees: the tree, and the content that hangs on it. Source: ISO 32000-1, 14.7 and 14.8;
ISO 14289-1, 7. It is a check of our own because `pdfua` (0.1.3) finds six of the twelve faults that
`test_structure` plants, veraPDF and this one all twelve; veraPDF needs Java.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, cast

from pypdf import PdfReader
from pypdf.generic import ByteStringObject, ContentStream, DictionaryObject, TextStringObject

_SHOWS = {b"Tj", b"TJ", b"'", b'"'}
_PAINTS = {b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s", b"sh", b"Do", b"BI"}
_PAIR = re.compile(rb"<([0-9A-F]+)> <([0-9A-F]*)>")
_HEADING = re.compile(r"/H([1-6])")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_ONLY = {"/L": {"/L", "/LI", "/Caption"}, "/LI": {"/Lbl", "/LBody"}, "/TR": {"/TH", "/TD"},
         "/Table": {"/TR", "/THead", "/TBody", "/TFoot", "/Caption"}}  # fmt: skip
_WITHIN = {"/LI": {"/L"}, "/Lbl": {"/LI"}, "/LBody": {"/LI"}, "/TR": {"/Table", "/THead", "/TBody", "/TFoot"},
           "/TH": {"/TR"}, "/TD": {"/TR"}}  # fmt: skip


@dataclass(slots=True)
class Mark:
    """A piece of marked content that is open."""

    tag: str
    number: int | None
    actual: str | None
    told: bool = False


@dataclass(slots=True)
class Content:
    """What is on one page: the text of each number, and what is not marked at all."""

    texts: dict[int, str] = field(default_factory=dict)
    unmarked: list[str] = field(default_factory=list)
    unmapped: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Node:
    """A node of the tree; `content` are the numbers of its content as (page, number), `language` as it is inherited."""

    role: str
    about: Any
    language: str
    kids: list[Node] = field(default_factory=list)
    content: list[tuple[int, int]] = field(default_factory=list)
    objects: list[Any] = field(default_factory=list)

    def every(self) -> Iterator[Node]:
        """The node and all below it, in the order of reading."""
        yield self
        for kid in self.kids:
            yield from kid.every()


class Document:
    """A file that was read back."""

    def __init__(self, data: bytes) -> None:
        self.reader = PdfReader(BytesIO(data))
        self.root = cast(Any, self.reader.trailer["/Root"])
        self.pages = [_content(self.reader, page) for page in self.reader.pages]
        self._numbers = {page.indirect_reference.idnum: at for at, page in enumerate(self.reader.pages)
                         if page.indirect_reference}  # fmt: skip
        tree = self.root["/StructTreeRoot"]["/K"].get_object()
        self.tree = self._node(tree, str(self.root.get("/Lang", "")))

    def paragraphs(self) -> list[str]:
        """The text of every node that has content of its own, in the order of reading; for a figure what is said."""
        return [self.text(node) for node in self.tree.every() if node.content]

    def text(self, node: Node) -> str:
        """What a reader says for a node and all below it."""
        for name in ("/ActualText", "/Alt"):
            if name in node.about:
                return str(node.about[name])
        own = "".join(self.pages[page].texts.get(number, "") for page, number in node.content)
        return own + " ".join(self.text(kid) for kid in node.kids)

    def _node(self, about: Any, language: str) -> Node:
        node = Node(str(about["/S"]), about, str(about.get("/Lang", language)))
        kids = about.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            one = kid.get_object()
            if isinstance(one, int):
                node.content.append((self._numbers[about.raw_get("/Pg").idnum], one))
            elif one.get("/Type") == "/OBJR":
                node.objects.append(one.raw_get("/Obj"))
            else:
                node.kids.append(self._node(one, node.language))
        return node


def faults(data: bytes) -> list[str]:
    """What is wrong with the file, in words; nothing if a reader finds its way."""
    document = Document(data)
    return [*_file(document), *_reached(document), *_headings(document), *_nodes(document), *_links(document),
            *_fonts(document)]  # fmt: skip


def _file(document: Document) -> Iterator[str]:
    root = document.root
    if not _LANGUAGE.fullmatch(str(root.get("/Lang", ""))):
        yield "the file has no language"
    if not root.get("/MarkInfo", {}).get("/Marked"):
        yield "the file is not marked as tagged"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "the window shows the name of the file and no title"
    metadata = root["/Metadata"].get_object().get_data().decode("utf-8") if "/Metadata" in root else ""
    for part in ("<pdfuaid:part>1<", "<dc:title>"):
        if part not in metadata:
            yield f"{part} is not in the metadata"
    for number, page in enumerate(document.reader.pages, start=1):
        if page.get("/Tabs") != "/S":
            yield f"page {number}: Tab does not follow the structure"


def _reached(document: Document) -> Iterator[str]:
    """All content hangs on the tree, and the way back from the content leads to the same node."""
    known: dict[tuple[int, int], Node] = {}
    for node in document.tree.every():
        for place in node.content:
            if place in known:
                yield f"content {place} is in two nodes"
            known[place] = node
    parents, about = _parents(document), {place: node.about for place, node in known.items()}
    for at, (content, page) in enumerate(zip(document.pages, document.reader.pages, strict=True)):
        for what in content.unmarked:
            yield f"page {at + 1}: not marked: {what}"
        back = parents.get(page.get("/StructParents", -1), [])
        for number in content.texts:
            if known.pop((at, number), None) is None:
                yield f"page {at + 1}: content {number} is in no node"
            elif number >= len(back) or back[number].get_object() != about[at, number]:
                yield f"page {at + 1}: the way back from content {number} is wrong"
    for place in known:
        yield f"{place} is in the tree and not on the page"


def _parents(document: Document) -> dict[int, Any]:
    numbers = document.root["/StructTreeRoot"]["/ParentTree"].get("/Nums", [])
    return {int(numbers[at]): numbers[at + 1].get_object() for at in range(0, len(numbers), 2)}


def _headings(document: Document) -> Iterator[str]:
    level = 0
    for node in document.tree.every():
        found = _HEADING.fullmatch(node.role)
        if found:
            if int(found[1]) > level + 1:
                yield f"a heading of level {found[1]} after level {level}"
            level = int(found[1])


def _nodes(document: Document) -> Iterator[str]:
    for node in document.tree.every():
        roles = {kid.role for kid in node.kids}
        if not roles <= _ONLY.get(node.role, roles):
            yield f"{node.role} holds {sorted(roles - _ONLY[node.role])}"
        for kid in node.kids:
            if node.role not in _WITHIN.get(kid.role, {node.role}):
                yield f"{kid.role} is in {node.role}"
        if node.role == "/Figure":
            yield from _figure(node)
        if node.role == "/TH" and node.about.get("/A", {}).get("/Scope") not in ("/Column", "/Row"):
            yield "a heading of a table does not say what it heads"
        if node.role == "/Table" and len({len(row.kids) for row in node.kids}) > 1:
            yield f"a table has rows of {sorted({len(row.kids) for row in node.kids})} cells"
        if node.role in {"/L", "/LI", "/Table", "/TR"} and not node.kids:
            yield f"{node.role} is empty"
        if not _LANGUAGE.fullmatch(node.language):
            yield f"{node.role} has no language"


def _figure(node: Node) -> Iterator[str]:
    if not str(node.about.get("/Alt", "")).strip():
        yield "a figure is not described"
    if "/BBox" not in node.about.get("/A", {}):
        yield "a figure has no place"


def _links(document: Document) -> Iterator[str]:
    parents = _parents(document)
    known = {one.idnum: node for node in document.tree.every() for one in node.objects}
    for page in document.reader.pages:
        for reference in page.get("/Annots", []):
            annotation = reference.get_object()
            node = known.get(reference.idnum)
            if node is None or node.role != "/Link":
                yield "a link is in no node"
            elif parents.get(annotation.get("/StructParent", -1)) != node.about:
                yield "the way back from a link is wrong"
            if not annotation.get("/Contents"):
                yield "a link is not described"


def _fonts(document: Document) -> Iterator[str]:
    for number, page in enumerate(document.reader.pages, start=1):
        for font in _fonts_of(page).values():
            below = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
            if "/FontFile2" not in below.get("/FontDescriptor", {}):
                yield f"page {number}: {font['/BaseFont']} is not in the file"
        for glyph in document.pages[number - 1].unmapped:
            yield f"page {number}: nobody knows what glyph {glyph} stands for"


def _fonts_of(page: Any) -> dict[str, Any]:
    return {name: font.get_object() for name, font in page.get("/Resources", {}).get("/Font", {}).items()}


def _content(reader: PdfReader, page: Any) -> Content:
    maps = {name: _characters(font) for name, font in _fonts_of(page).items()}
    found, marks, current = Content(), list[Mark](), dict[int, str]()
    for operands, operator in ContentStream(page["/Contents"], reader).operations:
        if operator in (b"BDC", b"BMC"):
            marks.append(_mark(operands))
            if (number := marks[-1].number) is not None:
                found.texts[number] = ""
        elif operator == b"EMC":
            marks.pop()
        elif operator == b"Tf":
            current = maps.get(str(operands[0]), {})
        elif operator in _SHOWS:
            _show(found, marks, _text(operands, current, found))
        elif operator in _PAINTS and not any(one.tag == "/Artifact" or one.number is not None for one in marks):
            found.unmarked.append(operator.decode())
    return found


def _mark(operands: list[Any]) -> Mark:
    about = operands[1] if len(operands) > 1 and isinstance(operands[1], DictionaryObject) else {}
    number = about.get("/MCID")
    actual = about.get("/ActualText")
    return Mark(str(operands[0]), None if number is None else int(number), None if actual is None else _words(actual))


def _words(value: Any) -> str:
    raw = getattr(value, "original_bytes", None) or value
    if isinstance(raw, bytes) and raw.startswith(b"\xfe\xff"):
        return raw[2:].decode("utf-16-be")
    return str(value)


def _text(operands: list[Any], characters: dict[int, str], found: Content) -> str:
    parts = operands[-1] if isinstance(operands[-1], list) else [operands[-1]]
    codes = b"".join(part if isinstance(part, bytes) else part.original_bytes for part in parts
                     if isinstance(part, ByteStringObject | TextStringObject))  # fmt: skip
    text = ""
    for at in range(0, len(codes), 2):
        glyph = int.from_bytes(codes[at : at + 2])
        if glyph not in characters:
            found.unmapped.add(glyph)
        text += characters.get(glyph, "")
    return text


def _show(found: Content, marks: list[Mark], text: str) -> None:
    """Text to where it belongs: with the nearest number, in the words that stand for it if there are any."""
    inner = list[Mark]()
    for mark in reversed(marks):
        if mark.number is not None:
            said = next((one for one in reversed(inner) if one.actual is not None), None)
            if said is None:
                found.texts[mark.number] += text
            elif not said.told:
                said.told = True
                found.texts[mark.number] += said.actual or ""
            return
        inner.append(mark)
    if not any(mark.tag == "/Artifact" for mark in marks):
        found.unmarked.append(text)


def _characters(font: Any) -> dict[int, str]:
    data = font["/ToUnicode"].get_data() if "/ToUnicode" in font else b""
    body = data.partition(b"beginbfchar")[2]
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in _PAIR.findall(body)}
