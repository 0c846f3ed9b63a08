"""The elements of a document's structure as objects of its file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFObject, PDFString

if TYPE_CHECKING:
    from famdesk.sheets.engine.tags import Element


class TagObject(PDFObject):  # type: ignore[misc]
    """An element as an object of the file: put into words at once, since a table of sixty pages has thousands of them
    and a dictionary of reportlab is asked for each of its words."""

    def __init__(self, node: Element, parent: Any) -> None:
        self._node, self._parent = node, parent
        self.kids: list[Any] = []

    def format(self, document: Any) -> bytes:
        """The words; reportlab calls this when it writes the file."""
        node = self._node
        parts = [b"<< /Type /StructElem /S /%s /P %s" % (node.role.encode("ascii"), self._parent.format(document))]
        for name, text in ((b"ActualText", node.actual), (b"Alt", node.alt), (b"Lang", node.language)):
            if text is not None:
                parts.append(b"/%s %s" % (name, PDFString(text).format(document)))
        if node.box:
            parts.append(b"/A << /O /Layout /BBox %s >>" % PDFArray(list(node.box)).format(document))
        elif node.scope:
            parts.append(b"/A << /O /Table /Scope /%s >>" % node.scope.encode("ascii"))
        parts.append(b"/K [ %s ] >>" % b" ".join(self._kid(document, kid) for kid in self.kids))
        return b" ".join(parts)

    @staticmethod
    def _kid(document: Any, kid: Any) -> bytes:
        """A marked piece of a page, an annotation on it, or a reference to another element."""
        if not isinstance(kid, tuple):
            return bytes(kid.format(document))
        page, what = kid
        if isinstance(what, int):
            return b"<< /Type /MCR /Pg %s /MCID %d >>" % (page.format(document), what)
        return b"<< /Type /OBJR /Pg %s /Obj %s >>" % (page.format(document), what.format(document))
