"""Text on paper: measured, broken into lines between words, shrunk within limits, and never cut.

Everything that is printed passes through here, so that no sheet loses a word in silence: a text that does not fit is
set smaller in steps down to the floor of its style, and then refused by name. Characters that the font does not have
are refused as well, because a box on paper tells nobody anything. Latin, Greek and Cyrillic scripts only: letters that
join or run from right to left are refused too.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from famdesk.domain.errors import RuleError
from famdesk.i18n import N_
from famdesk.sheets.style import CAP_HEIGHT, Style, advances

STEP = 0.05
"""How much smaller, as a share of the full size, each further try is."""

NO_BREAK = "\u00a0"
_SHOWN = 40


class DoesNotFit(RuleError):
    """A text is too long for its place on the sheet, even at the smallest size that can be read."""

    message = N_("“{text}” does not fit on the sheet. Please shorten it.")


class NotInFont(RuleError):
    """A character has no shape in the fonts of the sheet."""

    message = N_("The character {character} in “{text}” cannot be printed.")


@dataclass(frozen=True, slots=True)
class Lines:
    """A text broken into lines, in the style that it needed."""

    texts: tuple[str, ...]
    style: Style
    width: float
    """Width of the widest line, in points."""

    @property
    def height(self) -> float:
        """Height of all lines, in points."""
        return len(self.texts) * self.style.line

    @property
    def first_baseline(self) -> float:
        """Distance from the top to the baseline of the first line: capitals stand in the middle of their line."""
        return baseline(self.style)


def baseline(style: Style) -> float:
    """Distance from the top of a line to its baseline, in points."""
    return (style.line + style.size * CAP_HEIGHT) / 2


def clean(text: str) -> str:
    """The text as it is printed: composed characters, nothing invisible, one blank between words, line breaks kept."""
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    lines = "".join(_visible(character) for character in composed).split("\n")
    return "\n".join(" ".join(word for word in line.split(" ") if word) for line in lines).strip("\n")


def width(text: str, style: Style) -> float:
    """Width of a text on one line, in points.

    Raises:
        NotInFont: if the font lacks one of its characters.
    """
    table = advances(style.font)
    try:
        return sum(table[ord(character)] for character in text) * style.size
    except KeyError as missing:
        raise NotInFont(character=chr(missing.args[0]), text=_beginning(text)) from None


def one_line(text: str, style: Style, room: float) -> Lines:
    """The text on a single line, shrunk if needed.

    Raises:
        DoesNotFit: if it is wider than `room` at the floor of the style.
        NotInFont: if the font lacks one of its characters.
    """
    line = clean(text).replace("\n", " ")
    natural = _checked_width(line, style)
    for smaller in _steps(style):
        if natural * smaller.size / style.size <= room + _SLACK:
            return Lines((line,), smaller, natural * smaller.size / style.size)
    raise DoesNotFit(text=_beginning(line))


def wrap(text: str, style: Style, room: float) -> Lines:
    """The text in as many lines as it needs; only a word wider than `room` makes it smaller.

    Raises:
        DoesNotFit: if a word is wider than `room` at the floor of the style.
        NotInFont: if the font lacks one of its characters.
    """
    return fit(text, style, room, float("inf"))


def fit(text: str, style: Style, room: float, height: float) -> Lines:
    """The text within `room` and `height` (points): broken between words, shrunk in steps, refused at the floor.

    Raises:
        DoesNotFit: if it does not fit at the floor of the style.
        NotInFont: if the font lacks one of its characters.
    """
    cleaned = clean(text)
    _checked_width(cleaned.replace("\n", ""), style)
    for smaller in _steps(style):
        lines = _broken(cleaned, smaller, room)
        if lines is not None and lines.height <= height + _SLACK:
            return lines
    raise DoesNotFit(text=_beginning(cleaned))


def balanced(text: str, style: Style, room: float) -> Lines:
    """As `wrap`, with lines of similar length: for headings, where a single last word looks like a mistake."""
    lines = wrap(text, style, room)
    if len(lines.texts) < 2 or "\n" in clean(text):
        return lines
    low, high = lines.width / len(lines.texts), lines.width
    best = lines
    while high - low > lines.style.size / 4:
        middle = (low + high) / 2
        tried = _broken(clean(text), lines.style, middle)
        if tried is not None and len(tried.texts) == len(lines.texts):
            best, high = tried, middle
        else:
            low = middle
    return best


_SLACK = 0.01
"""Rounding of sums of widths, in points."""

_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "MICRO", "FEMININE", "MASCULINE", "MODIFIER")
"""First word of the names of the letters that can be set one after the other as they are typed."""


def _visible(character: str) -> str:
    """The character itself; a blank for a control; nothing for marks of direction and joining."""
    if character == "\n":
        return character
    category = unicodedata.category(character)
    if category in {"Cc", "Zl", "Zp"}:
        return " "
    return "" if category == "Cf" else character


@lru_cache(maxsize=1024)
def _settable(character: str) -> bool:
    """Whether the character stands alone, from left to right."""
    if not unicodedata.category(character).startswith("L"):
        return unicodedata.bidirectional(character) not in {"R", "AL", "AN"}
    return unicodedata.name(character, "").startswith(_SCRIPTS)


def _checked_width(text: str, style: Style) -> float:
    """The width, once it is sure that every character has a shape and stands where it is typed."""
    for character in text:
        if not _settable(character):
            raise NotInFont(character=character, text=_beginning(text))
    return width(text, style)


def _steps(style: Style) -> list[Style]:
    """The style at full size and at each smaller one down to its floor."""
    count = round((1 - style.floor) / STEP)
    return [replace(style, size=style.size * (1 - STEP * n)) for n in range(count + 1)]


def _broken(text: str, style: Style, room: float) -> Lines | None:
    """Lines that are as full as possible; None if a word is wider than `room`."""
    blank = width(" ", style)
    done: list[tuple[str, float]] = []
    for part in text.split("\n"):
        line, used = "", 0.0
        for word in part.split(" "):
            size = width(word, style)
            if size > room + _SLACK:
                return None
            if line and used + blank + size > room + _SLACK:
                done.append((line, used))
                line, used = word, size
            else:
                line, used = (f"{line} {word}", used + blank + size) if line else (word, size)
        done.append((line, used))
    return Lines(tuple(line for line, _ in done), style, max(used for _, used in done))


def _beginning(text: str) -> str:
    """Enough of a text to find it again in the window."""
    flat = text.replace("\n", " ")
    return flat if len(flat) <= _SHOWN else flat[: _SHOWN - 1].rstrip() + "…"
