"""Glyphs in a PDF file: one composite font for each face and document, with only the glyphs that were drawn.

Letters that join have glyphs without a character. So the text of a file is written as glyph numbers (ISO 32000-1,
9.7: Type0, Identity-H), and a ToUnicode map says what they stand for.
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from famdesk.sheets.engine.faces import Face
from famdesk.sheets.engine.objects import dictionary, reference
from famdesk.sheets.engine.words import Word, natural

if TYPE_CHECKING:
    from famdesk.sheets.engine.canvas import BareCanvas, File

_MAP_HEAD = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
    "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
    "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
)
_MAP_FOOT = "endcmap CMapName currentdict /CMap defineresource pop end end"
_AT_ONCE = 100
"""Entries in one section of a character map (Adobe Technical Note 5014)."""
_SYMBOLIC = 4
_NOT_NEEDED = ("GSUB", "GPOS", "GDEF", "DSIG", "name", "post")
"""Tables of a font file that nobody reads in a PDF."""


class GlyphFont:
    """A face in one document. reportlab asks it for its objects when the file is written."""

    def __init__(self, face: Face, canvas: BareCanvas) -> None:
        self.face = face
        self.name = f"G{len(canvas.fonts) + 1}"
        self._texts: dict[int, str] = {}
        self._words: set[Word] = set()
        self.blank = f"<{face.hb_font.get_nominal_glyph(ord(' ')):04X}>"
        """What shows a blank."""
        self.fontName = f"{face.name}-glyphs"
        document = canvas._doc
        document.fontMapping[self.fontName] = f"/{self.name}"
        document.delayedFonts.append(self)

    @classmethod
    def of(cls, face: Face, canvas: BareCanvas) -> GlyphFont:
        """The font of the face in the document, made at first use."""
        if face.name not in canvas.fonts:
            canvas.fonts[face.name] = cls(face, canvas)
        found: GlyphFont = canvas.fonts[face.name]
        return found

    def use(self, glyph: int, text: str) -> bool:
        """Note that a glyph is drawn for a text; whether the map of the file will say just that of it."""
        return self._texts.setdefault(glyph, text) == text

    def use_words(self, words: tuple[Word, ...]) -> bool:
        """Note that words are drawn; whether the map of the file will say just that of them."""
        if self._words.issuperset(words):
            return True
        if not self.use(int(self.blank[1:5], 16), " "):
            return False
        texts = self._texts
        for word in words:
            if word not in self._words:
                for glyph, letter in zip(word.glyphs, word.text, strict=True):
                    if texts.setdefault(glyph, letter) != letter:
                        return False
                self._words.add(word)
        return True

    def use_in(self, glyph: int, text: str) -> None:
        """Note that a glyph is drawn as a part of what stands for a text, which is written beside it (ActualText)."""
        self._texts.setdefault(glyph, nominal(self.face).get(glyph, text))

    def width(self, glyph: int) -> int:
        """How far the glyph moves on by itself, in thousandths of its size."""
        return natural(self.face, glyph)

    def addObjects(self, document: File) -> None:  # noqa: N802 - reportlab's name
        """Put the font into the file: called by reportlab."""
        put = document.put
        base = f"/{_tag(self.face, self._texts)}+{self.face.name}"
        widths = " ".join([f"{glyph} [{self.width(glyph)}]" for glyph in sorted(self._texts)])
        cid = put(dictionary({
            "Type": "/Font", "Subtype": "/CIDFontType2", "BaseFont": base,
            "CIDSystemInfo": "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
            "FontDescriptor": reference(self._descriptor(document, base)),
            "DW": "0", "W": f"[{widths}]", "CIDToGIDMap": "/Identity",
        }))  # fmt: skip
        whole = put(dictionary({
            "Type": "/Font", "Subtype": "/Type0", "BaseFont": base, "Encoding": "/Identity-H",
            "DescendantFonts": f"[{cid} 0 R]", "ToUnicode": reference(document.stream(self._map().encode("ascii"))),
        }))  # fmt: skip
        document.idToObject["BasicFonts"].dict[self.name] = reference(whole)

    def _descriptor(self, document: File, base: str) -> int:
        data = _subset(self.face, self._texts)
        file = document.stream(data, f"/Length1 {len(data)}")
        extents = self.face.hb_font.get_font_extents("ltr")
        unit = 1000 / self.face.upem
        top, bottom = round(extents.ascender * unit), round(extents.descender * unit)
        return document.put(dictionary({
            "Type": "/FontDescriptor", "FontName": base, "Flags": str(_SYMBOLIC), "ItalicAngle": "0",
            "FontBBox": f"[-1000 {bottom} 2000 {top}]", "Ascent": str(top), "Descent": str(bottom),
            "CapHeight": "714", "StemV": "165" if self.face.bold else "92", "FontFile2": reference(file),
        }))  # fmt: skip

    def _map(self) -> str:
        """The ToUnicode map."""
        lines = [f"<{glyph:04X}> <{text.encode('utf-16-be').hex().upper()}>" for glyph, text in
                 sorted(self._texts.items()) if text]  # fmt: skip
        sections = [lines[start : start + _AT_ONCE] for start in range(0, len(lines), _AT_ONCE)]
        body = "".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar\n" for part in sections)
        return _MAP_HEAD + body + _MAP_FOOT


@lru_cache(maxsize=16)
def nominal(face: Face) -> dict[int, str]:
    """The character of every glyph that has one of its own."""
    return {face.hb_font.get_nominal_glyph(code): chr(code) for code in sorted(face.hb_face.unicodes, reverse=True)}


def _subset(face: Face, glyphs: Any) -> bytes:
    """The file of the face with these glyphs only, under the numbers that they had."""
    import uharfbuzz as hb

    wanted = hb.SubsetInput()
    wanted.glyph_set.update({0, *glyphs})
    wanted.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_HINTING
    wanted.drop_table_tag_set.update(int.from_bytes(name.encode()) for name in _NOT_NEEDED)
    return bytes(hb.subset(face.hb_face, wanted).blob.data)


def _tag(face: Face, glyphs: Any) -> str:
    """Six letters for this subset (ISO 32000-1, 9.6.4), the same for the same glyphs."""
    digest = zlib.crc32(f"{face.name}{sorted(glyphs)}".encode())
    return "".join([chr(ord("A") + digest // 26**place % 26) for place in range(6)])
