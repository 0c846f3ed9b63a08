"""Text on paper: measured, broken into lines between words, shrunk within limits, and never cut.

Everything that is printed passes through here, so that no sheet loses a word in silence: a text that does not fit is
set smaller in steps down to the floor of its style, and then refused by name. Characters that the font does not have
are refused as well, because a box on paper tells nobody anything. Shapes, directions and widths come from the engine.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from famdesk.domain.errors import RuleError
from famdesk.i18n import N_
from famdesk.sheets.engine.faces import missing
from famdesk.sheets.engine.shaping import Paragraph, Run, WordRun, paragraph, runs
from famdesk.sheets.engine.words import Word, plain
from famdesk.sheets.paper.style import CAP_HEIGHT, Style, legible

STEP = 0.05
"""How much smaller, as a share of the full size, each further try is."""

NO_BREAK = "\u00a0"
_SHOWN = 40
_ONE_PIECE = (
    r"(\u2066[^\u2066-\u2069]*\u2069)|[\w.+-]+@[\w.-]+\w|(?:https?://|www\.)[^\s\u2069]+"
    r"|(?:[€+] ?|\([0+]\d{1,4}\)[ /-]?)?\d+(?:(?:[ .,:]| ?[/–-] ?| ?\(0\) ?)\d+)*(?: ?[€%])?"
)
"""What is in one piece already; mail and web addresses; figures with what stands between them, as in
"(0372) 12.34-56", "+39 (0)372 1", "9:00–12:00".
A comma before a blank ends them: numbers in a row are told apart, and read from the right among words that are."""


class DoesNotFit(RuleError):
    """A text is too long for its place on the sheet, even at the smallest size that can be read."""

    message = N_("“{text}” does not fit on the sheet. Please shorten it.")


class NotInFont(RuleError):
    """A character has no shape in the fonts of the sheet."""

    message = N_("The character {character} in “{text}” cannot be printed.")


class Line(NamedTuple):
    """A part of a paragraph that stands on one line: the characters from `start` to before `end`."""

    whole: Paragraph
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.whole.text[self.start : self.end]

    @property
    def em(self) -> float:
        """Its width as a multiple of the size."""
        return self.whole.width(self.start, self.end)

    @property
    def words(self) -> tuple[Word, ...]:
        """The words of a whole paragraph that is put together from them; else none."""
        whole = self.whole
        return whole.words if self.end - self.start == len(whole.text) else ()

    def runs(self) -> tuple[Run | WordRun, ...]:
        """Its glyphs, from left to right."""
        return runs(self.whole, self.start, self.end)

    def joined(self, following: Line) -> bool:
        """Whether the next line is the same paragraph, broken here at a blank."""
        return following.whole is self.whole and following.start > self.end

    def until(self, following: Line) -> Line:
        """The line with the blank at which it was broken, where what stands after it cannot move its words."""
        if self.joined(following) and self.whole.plain:
            return self._replace(end=following.start)
        return self


class Lines(NamedTuple):
    """A text broken into lines, in the style that it needed."""

    lines: tuple[Line, ...]
    style: Style
    width: float
    """Width of the widest line, in points."""

    @property
    def texts(self) -> tuple[str, ...]:
        """The text of each line."""
        return tuple(line.text for line in self.lines)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to be read."""
        return not any(line.end > line.start for line in self.lines)

    @property
    def pitch(self) -> float:
        """From one baseline to the next, in points: some scripts need more room than Latin."""
        if len(self.lines) == 1:
            return self.style.line * self.lines[0].whole.spread
        return self.style.line * max([line.whole.spread for line in self.lines], default=1.0)

    @property
    def height(self) -> float:
        """Height of all lines, in points."""
        return len(self.lines) * self.pitch

    @property
    def first_baseline(self) -> float:
        """Distance from the top to the baseline of the first line: capitals stand in the middle of their line."""
        return baseline(self.style) + (self.pitch - self.style.line) / 2

    def part(self, start: int, end: int | None = None) -> Lines:
        """Some of the lines, as they are."""
        return self._replace(lines=self.lines[start:end])

    @classmethod
    def of(cls, texts: Iterable[str], style: Style) -> Lines:
        """Texts that are lines already."""
        return cls._set(texts, legible(style))

    @classmethod
    def _set(cls, texts: Iterable[str], style: Style) -> Lines:
        lines = tuple(Line(whole, 0, len(whole.text)) for whole in (paragraph(text, style.bold) for text in texts))
        return cls(lines, style, max((line.em for line in lines), default=0.0) * style.size)


def baseline(style: Style) -> float:
    """Distance from the top of a line to its baseline, in points."""
    return (style.line + style.size * CAP_HEIGHT) / 2


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    """The text as it is printed: composed characters, nothing invisible, one blank between words, line breaks kept."""
    if plain(text) and "  " not in text and text == text.strip(" "):
        return text
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    lines = "".join(_visible(character) for character in composed).split("\n")
    return isolated("\n".join(" ".join(word for word in line.split(" ") if word) for line in lines).strip("\n"))


def isolated(text: str) -> str:
    """The text with every number, hour, price, mail and web address kept in one piece beside words from right to left.

    Without this a phone number in an Arabic sentence is printed in the wrong order, as the rules of direction want it.
    """
    if not any(unicodedata.bidirectional(character) in {"R", "AL"} for character in text):
        return text
    return re.sub(_ONE_PIECE, lambda found: found[1] or f"\u2066{found[0].replace(' ', NO_BREAK)}\u2069", text,
                  flags=re.ASCII)  # fmt: skip


def width(text: str, style: Style) -> float:
    """Width of a text on one line, in points.

    Raises:
        NotInFont: if the font lacks one of its characters.
    """
    return _whole(text, style).em * legible(style).size


def _whole(text: str, style: Style) -> Paragraph:
    """The text on one line.

    Raises:
        NotInFont: if the font lacks one of its characters.
    """
    whole = paragraph(text, style.bold)
    found = None if whole.words else missing(text, bold=style.bold)
    if found is not None:
        raise NotInFont(character=found, text=beginning(text))
    return whole


def one_line(text: str, style: Style, room: float) -> Lines:
    """The text on a single line, shrunk if needed.

    Raises:
        DoesNotFit: if it is wider than `room` at the floor of the style.
        NotInFont: if the font lacks one of its characters.
    """
    line, style = clean(text).replace("\n", " "), legible(style)
    natural = width(line, style)
    for smaller in _steps(style):
        if natural * smaller.size / style.size <= room + _SLACK:
            return Lines._set((line,), smaller)
    raise DoesNotFit(text=beginning(line))


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
    cleaned, style = clean(text), legible(style)
    flat = cleaned.replace("\n", " ")
    whole = _whole(flat, style)
    natural = whole.em * style.size
    if natural <= room + _SLACK and style.line * whole.spread <= height + _SLACK and flat == cleaned:
        return Lines((Line(whole, 0, len(flat)),), style, natural)
    for smaller in _steps(style):
        lines = _broken(cleaned, smaller, room)
        if lines is not None and lines.height <= height + _SLACK:
            return lines
    raise DoesNotFit(text=beginning(cleaned))


def balanced(text: str, style: Style, room: float) -> Lines:
    """As `wrap`, with lines of similar length: for headings, where a single last word looks like a mistake."""
    lines = wrap(text, style, room)
    if len(lines.lines) < 2 or "\n" in clean(text):
        return lines
    low, high = lines.width / len(lines.lines), lines.width
    best = lines
    while high - low > lines.style.size / 4:
        middle = (low + high) / 2
        tried = _broken(clean(text), lines.style, middle)
        if tried is not None and len(tried.lines) == len(lines.lines):
            best, high = tried, middle
        else:
            low = middle
    return best


_SLACK = 0.01
"""Rounding of sums of widths, in points."""

_KEPT = frozenset("\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069")
"""Marks that words of some scripts need, and those that keep a number in one piece beside words from right to left."""


def _visible(character: str) -> str:
    """The character itself; a blank for a control; nothing for marks of direction and joining."""
    if character == "\n":
        return character
    category = unicodedata.category(character)
    if category in {"Cc", "Zl", "Zp"}:
        return " "
    return "" if category == "Cf" and character not in _KEPT else character


def _steps(style: Style) -> Iterator[Style]:
    """The style at full size and at each smaller one down to its floor."""
    yield style
    for number in range(1, round((1 - style.floor) / STEP) + 1):
        yield style._replace(size=style.size * (1 - STEP * number))


def _broken(text: str, style: Style, room: float) -> Lines | None:
    """Lines that are as full as possible; None if a word is wider than `room`."""
    most = (room + _SLACK) / style.size
    done: list[Line] = []
    for part in text.split("\n"):
        whole = paragraph(part, style.bold)
        start = end = 0
        for first, last in _words(part):
            if whole.width(first, last) > most:
                return None
            if end > start and whole.width(start, last) > most:
                done.append(Line(whole, start, end))
                start = first
            end = last
        done.append(Line(whole, start, end))
    return Lines(tuple(done), style, max(line.em for line in done) * style.size)


def _words(text: str) -> Iterator[tuple[int, int]]:
    """Where the words of a text begin and end: a line may be broken at the blanks between them."""
    start = 0
    for word in text.split(" "):
        yield start, start + len(word)
        start += len(word) + 1


def beginning(text: str) -> str:
    """Enough of a text to find it again in the window."""
    flat = text.replace("\n", " ")
    return flat if len(flat) <= _SHOWN else flat[: _SHOWN - 1].rstrip() + "…"
