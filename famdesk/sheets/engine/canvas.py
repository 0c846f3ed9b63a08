"""The pages of a PDF file: operators that draw, and what the file says of itself.

Source: ISO 32000-1, 8.4 and 8.5 (graphics state, paths), 7.7.3 (pages), 12.3.3 (outline).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from famdesk.sheets.engine.document import Document, dictionary, reference, string

_ROUND = 0.4472
"""How far before a corner, as a share of its radius, a curve is pulled, so that it is nearly a quarter of a circle."""
_NO_DAY = "(D:20000101000000+00'00')"
"""Files do not tell when they were made: the same content gives the same bytes."""


class Canvas:
    """A document whose pages are drawn one after the other. Places are in points from the lower left corner.

    `code` are the operators of the page that is open; `page` the number of its object.
    """

    def __init__(self, title: str, program: str, language: str) -> None:
        self.document = Document()
        self.code: list[str] = []
        self.fonts: dict[str, int] = {}
        """Objects of the fonts, by their names on the pages."""
        self.faces: dict[str, Any] = {}
        """The fonts themselves, by the names of their faces."""
        self.pictures: dict[str, int] = {}
        """Objects of the pictures, by their names on the pages."""
        self.links: list[int] = []
        """Objects of the places on the open page that lead somewhere."""
        self._pages: list[int] = []
        self._tree, self._resources = self.document.reserve(), self.document.reserve()
        self._title, self._program = title, program
        self._size = (0.0, 0.0)
        self.page = 0
        self.document.catalog |= {"Lang": string(language), "PageMode": "/UseNone", "Pages": reference(self._tree),
                                  "ViewerPreferences": "<< /DisplayDocTitle true >>"}  # fmt: skip

    def begin(self, width: float, height: float, zoom: float) -> None:
        """A page of that size in points, all of it drawn so many times as large."""
        self._size, self.page = (width, height), self.document.reserve()
        self.code.append(f"{zoom:.6f} 0 0 {zoom:.6f} 0 0 cm")

    def show(self) -> None:
        """The page is complete."""
        width, height = self._size
        content = self.document.stream("\n".join(self.code).encode("ascii"))
        entries = {
            "Type": "/Page", "Parent": reference(self._tree), "MediaBox": f"[0 0 {width:.3f} {height:.3f}]",
            "Resources": reference(self._resources), "Contents": reference(content),
            "StructParents": str(len(self._pages)), "Tabs": "/S",
        }  # fmt: skip
        if self.links:
            entries["Annots"] = f"[{' '.join([reference(one) for one in self.links])}]"
        self.document.put(dictionary(entries), self.page)
        self._pages.append(self.page)
        self.code, self.links = [], []

    def written(self) -> bytes:
        """The file."""
        document = self.document
        for font in self.faces.values():
            font.write(document)
        kids = " ".join([reference(one) for one in self._pages])
        document.put(f"<< /Type /Pages /Count {len(self._pages)} /Kids [{kids}] >>", self._tree)
        used = {kind: dictionary({name: reference(number) for name, number in found.items()})
                for kind, found in (("Font", self.fonts), ("XObject", self.pictures)) if found}  # fmt: skip
        document.put(dictionary(used), self._resources)
        info = dictionary({"Title": string(self._title), "Author": "()", "Subject": "()", "Keywords": "()",
                           "Creator": string(self._program), "Producer": string(self._program),
                           "CreationDate": _NO_DAY, "ModDate": _NO_DAY, "Trapped": "/False"})  # fmt: skip
        return document.written(document.put(info))

    def fill(self, path: str, colour: str) -> None:
        """An area; colours are "#rrggbb"."""
        self.code.append(f"{filling(colour)}\n{path} f*")

    def stroke(self, path: str, colour: str, weight: float, *, soft: bool = False, dash: Sequence[float] = (),
               within: str = "") -> None:  # fmt: skip
        """A line as wide as `weight`, with round ends and corners if it is to be `soft`; `within` fills what it goes
        around with a colour."""
        before = f"{filling(colour).upper()} {weight:.4f} w"
        after = "B*" if within else "S"
        if soft or dash:
            before, after = f"{before} {0 if dash else 1} J 1 j", f"{after} 0 J 0 j"
        if dash:
            before, after = f"{before} [{' '.join([f'{one:.3f}' for one in dash])}] 0 d", f"{after} [] 0 d"
        if within:
            before = f"{filling(within)} {before}"
        self.code.append(f"{before}\n{path} {after}")


@lru_cache(maxsize=64)
def filling(colour: str) -> str:
    """The operator that sets the colour of letters and areas, from "#rrggbb"; in capitals that of lines."""
    return " ".join(f"{int(colour[place : place + 2], 16) / 255:.4f}" for place in (1, 3, 5)) + " rg"


def rectangle(x: float, y: float, width: float, height: float, radius: float = 0) -> str:
    """The path of a rectangle, with round corners if it has a radius."""
    if not radius:
        return f"{x:.3f} {y:.3f} {width:.3f} {height:.3f} re"
    right, top, pull = x + width, y + height, _ROUND * radius
    return through([
        (x + radius, y), (right - radius, y), (right - pull, y, right, y + pull, right, y + radius),
        (right, top - radius), (right, top - pull, right - pull, top, right - radius, top),
        (x + radius, top), (x + pull, top, x, top - pull, x, top - radius),
        (x, y + radius), (x, y + pull, x + pull, y, x + radius, y),
    ]) + " h"  # fmt: skip


def circle(x: float, y: float, radius: float) -> str:
    """The path of a circle around a point."""
    pull = radius * (1 - _ROUND)
    right, top, left, bottom = x + radius, y + radius, x - radius, y - radius
    return through([
        (right, y), (right, y + pull, x + pull, top, x, top), (x - pull, top, left, y + pull, left, y),
        (left, y - pull, x - pull, bottom, x, bottom), (x + pull, bottom, right, y - pull, right, y),
    ])  # fmt: skip


def through(places: Iterable[Sequence[float]]) -> str:
    """The path from the first point on: two numbers are a point, six a curve to the last two."""
    parts = []
    for index, place in enumerate(places):
        operator = "m" if not index else "c" if len(place) == 6 else "l"
        parts.append(" ".join([f"{one:.3f}" for one in place]) + f" {operator}")
    return " ".join(parts)


def line(x: float, y: float, right: float, top: float) -> str:
    """The path from one point to another."""
    return f"{x:.3f} {y:.3f} m {right:.3f} {top:.3f} l"
