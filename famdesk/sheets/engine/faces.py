"""The bundled faces: what each can show, and which one shows a character.

A face is read once in a process and shared; it never changes. Sizes are in em: parts of the size of the text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from famdesk import resources

LATIN = "NotoSans"
FAMILIES = {
    # file name: how much larger than Latin it is set, how much more room its lines need
    LATIN: (1.0, 1.0),
    "NotoNaskhArabic": (1.15, 1.25),  # small in its square, with strokes far above and below
    "NotoSansGurmukhi": (1.0, 1.1),
    "NotoSansBengali": (1.0, 1.15),
}
_BY_SCRIPT = {"Arab": "NotoNaskhArabic", "Guru": "NotoSansGurmukhi", "Beng": "NotoSansBengali"}
"""By ISO 15924; every other script is looked for in the Latin face first."""


@dataclass(slots=True, eq=False, repr=False)
class Face:
    """One font file. `data` is the file, `hb_face` and `hb_font` HarfBuzz' view of it.

    `scale` is how much larger than the size of the text it is set; `spread` how much more room its lines need.
    """

    name: str
    bold: bool
    data: bytes
    hb_face: Any
    hb_font: Any
    upem: int
    scale: float
    spread: float

    def shows(self, character: str) -> bool:
        return self.glyph(character) is not None or is_unseen(character)

    def glyph(self, character: str) -> int | None:
        """The number of the glyph that shows a character by itself, None if there is none."""
        found: int | None = self.hb_font.get_nominal_glyph(ord(character))
        return found


@lru_cache(maxsize=16)
def face(family: str, bold: bool) -> Face:
    """The face of a family.

    Raises:
        FileNotFoundError: if the font files did not travel with the program.
    """
    import uharfbuzz as hb

    name = f"{family}-{'Bold' if bold else 'Regular'}"
    data = resources.path(f"fonts/{name}.ttf").read_bytes()
    hb_face = hb.Face(data)
    scale, spread = FAMILIES[family]
    return Face(name, bold, data, hb_face, hb.Font(hb_face), hb_face.upem, scale, spread)


@lru_cache(maxsize=4096)
def is_unseen(character: str) -> bool:
    """Marks of direction and joining: they are never drawn and every face can set them."""
    return unicodedata.category(character) == "Cf"


@lru_cache(maxsize=4096)
def script(character: str) -> str:
    """The script of a character (ISO 15924), "" for what all scripts share, such as digits, blanks and marks."""
    import uharfbuzz as hb

    if not unicodedata.category(character).startswith("L"):
        return ""  # HarfBuzz guesses from letters only; digits and signs of one script follow their neighbours
    buffer = hb.Buffer()
    buffer.add_str(character)
    buffer.guess_segment_properties()
    return str(buffer.script or "")


class Item(NamedTuple):
    """Characters from `start` to before `end` that are shaped together: one face, script and level."""

    start: int
    end: int
    face: Face
    script: str
    level: int


def missing(text: str, *, bold: bool) -> str | None:
    """The first character that no face can show, None if there is none."""
    return next((one for one in text if not _shown(one, bold)), None)


@lru_cache(maxsize=4096)
def _shown(character: str, bold: bool) -> bool:
    return _face_for(character, "", None, bold=bold) is not None


def itemise(text: str, levels: Sequence[int], *, bold: bool) -> list[Item]:
    """The text in parts that are shaped together. What no face can show is left to the Latin one."""
    found: list[Item] = []
    scripts = _scripts(text)
    for index, character in enumerate(text):
        last = found[-1] if found else None
        wanted = _face_for(character, scripts[index], last.face if last else None, bold=bold) or face(LATIN, bold)
        joins = last and (unicodedata.combining(character) or is_unseen(character))
        if last and (joins or (last.face is wanted and last.script == scripts[index])) and last.level == levels[index]:
            found[-1] = Item(last.start, index + 1, last.face, last.script, last.level)
        else:
            found.append(Item(index, index + 1, wanted, scripts[index], levels[index]))
    return found


def _scripts(text: str) -> list[str]:
    """The script of every character; what all share goes with what stands before it, or else with the first letter."""
    own = [script(character) for character in text]
    current = next((one for one in own if one), "Latn")
    found = []
    for one in own:
        current = one or current
        found.append(current)
    return found


def _face_for(character: str, of: str, current: Face | None, *, bold: bool) -> Face | None:
    """The face of the script, or the one before for what all share, or the first that shows it."""
    if character.isascii() and character.isdigit():
        return face(LATIN, bold)  # the same figures everywhere, in phone numbers as in hours
    if current is not None and not script(character) and current.shows(character) and current.bold == bold:
        return current
    families = dict.fromkeys((_BY_SCRIPT.get(of, LATIN), *FAMILIES))
    return next((one for family in families if (one := face(family, bold)).shows(character)), None)
