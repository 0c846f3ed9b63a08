"""The colours of the window, light and dark, and what they mean.

One table; everything that is drawn takes its colours from here or from the palette made of it. A colour never stands
alone for a meaning: words, a shape or an icon say the same.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Meaning(StrEnum):
    """What a colour says. A, B and C are the three functions of a family centre."""

    OPEN = "open"
    CLOSED = "closed"
    WARNING = "warning"
    BUSY = "busy"
    CONFLICT = "conflict"
    ACCENT = "accent"
    A = "a"
    B = "b"
    C = "c"


class Tone(NamedTuple):
    """A meaning's colours: `text` is legible on `tint`, on a card and on the window."""

    text: str
    tint: str


class Colours(NamedTuple):
    """One theme: all values are `#rrggbb`."""

    dark: bool
    window: str
    rail: str
    card: str
    hairline: str
    text: str
    second: str
    primary: str
    on_primary: str
    hover: str
    selection: str
    open: Tone
    closed: Tone
    warning: Tone
    busy: Tone
    conflict: Tone
    accent: Tone
    a: Tone
    b: Tone
    c: Tone

    def tone(self, meaning: Meaning) -> Tone:
        """The colours of a meaning."""
        tone = getattr(self, meaning.value)
        assert isinstance(tone, Tone)
        return tone


LIGHT = Colours(
    dark=False,
    window="#f6f5f2",
    rail="#efede8",
    card="#ffffff",
    hairline="#e2dfd8",
    text="#1f2328",
    second="#5a6068",
    primary="#0f5c66",
    on_primary="#ffffff",
    hover="#f0eee9",
    selection="#dcebec",
    open=Tone("#2b7335", "#e5f2e6"),
    closed=Tone("#3f444b", "#e2dfd8"),
    warning=Tone("#8a5200", "#fdf1d8"),
    busy=Tone("#5a6068", "#efede8"),
    conflict=Tone("#a23b3b", "#f9e9e8"),
    accent=Tone("#0f5c66", "#dcebec"),
    a=Tone("#2c5a99", "#e6edf8"),
    b=Tone("#3a7440", "#e8f3e8"),
    c=Tone("#85407a", "#f4e7f2"),
)

DARK = Colours(
    dark=True,
    window="#1b1d20",
    rail="#17191b",
    card="#24272b",
    hairline="#3a3e44",
    text="#e9e7e3",
    second="#a9adb3",
    primary="#6cc3cd",
    on_primary="#10282b",
    hover="#2d3136",
    selection="#24393c",
    open=Tone("#7cc486", "#22362a"),
    closed=Tone("#d3d1cd", "#3a3e44"),
    warning=Tone("#e6b25c", "#3b301c"),
    busy=Tone("#a9adb3", "#2d3136"),
    conflict=Tone("#e08b8b", "#3f2829"),
    accent=Tone("#6cc3cd", "#24393c"),
    a=Tone("#8db6ee", "#25334a"),
    b=Tone("#8fcb96", "#243a2a"),
    c=Tone("#d79acb", "#402c3f"),
)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours `#rrggbb`, 1 to 21.

    Source: WCAG 2.2, relative luminance and contrast ratio.
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """`share` (0 to 1) of the first colour over the second."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
