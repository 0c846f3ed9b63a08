"""How the sheets of a centre look: its colour with the shades that come from it, its logos, header and footer.

Source: WCAG 2.1, success criterion 1.4.3 and "relative luminance" (how contrast is measured).
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

COLOUR = "#0f5c66"
"""The colour of a centre that has not chosen one."""
ENOUGH = 4.5
"""The least contrast between letters and what they stand on."""
LONGEST_HEADER = 100
LONGEST_FOOTER = 160
LONGEST_ALT = 160
LONGEST_WORD = {"header": 30, "footer": 60}
"""Characters of a word that still finds room on the smallest sheet; the header stands beside the logo."""
MOST_LOGOS = 12
WHITE, BLACK = "#ffffff", "#000000"
_COLOUR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo as sheets show it: a PNG or JPEG file, its size in pixels, and in words what it shows.

    `body` is the name of the body whose it is; "" for the centre's own.
    """

    image: bytes
    alt: str
    width: int
    height: int
    body: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """How sheets look. `colour` like "#0f5c66"; `header` and `footer` "" for none, written in `language`, whose code is
    "" if it is not known.

    `partners` are their logos in the order of printing; without `with_partners` nothing stands at the foot of posters.
    """

    colour: str = COLOUR
    header: str = ""
    footer: str = ""
    own: Logo | None = None
    partners: tuple[Logo, ...] = ()
    with_partners: bool = True
    language: str = ""


PLAIN = Look()
"""As sheets look that nobody has given a look, and those that must not tell whose they are."""


class Shades(NamedTuple):
    """A colour and its shades: `soft` for ornaments on it, `pale` for quiet letters on it, `tint` for light areas.

    White and pale letters on the colour and on `soft`, and those in the colour on white and on `tint`, have a contrast
    of at least 4.5:1 if the colour has it on white.
    """

    primary: str
    soft: str
    pale: str
    tint: str


def clean_colour(text: str) -> str | None:
    """The colour as it is kept, "#0f5c66", from what somebody typed; None if that is no colour."""
    plain = text.strip().lower().removeprefix("#")
    if len(plain) == 3:
        plain = "".join(digit * 2 for digit in plain)
    return f"#{plain}" if _COLOUR.fullmatch(f"#{plain}") else None


def contrast(first: str, second: str) -> float:
    """How well the two colours part, from 1 (the same) to 21 (black and white)."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable(colour: str) -> str:
    """The colour, or the nearest darker one of the same hue that can be read on white."""
    red, green, blue = _parts(colour)
    hue, light, full = colorsys.rgb_to_hls(red, green, blue)
    found = colour
    while contrast(found, WHITE) < ENOUGH:
        light -= 0.01
        found = _colour(colorsys.hls_to_rgb(hue, max(light, 0.0), full))
    return found


_OWN = Shades(COLOUR, "#1c6872", "#cfe5e7", "#e8f2f3")


@lru_cache(maxsize=64)
def shades(colour: str) -> Shades:
    """The shades of a colour that can be read on white."""
    if colour == COLOUR:
        return _OWN
    soft = _mixed(colour, WHITE, 0.065)
    if contrast(soft, WHITE) < ENOUGH + _SPARE:
        soft = _mixed(colour, BLACK, 0.1)
    pale = _lighter(colour, 0.83, lambda found: min(contrast(found, colour), contrast(found, soft)))
    return Shades(colour, soft, pale, _lighter(colour, 0.916, lambda found: contrast(found, colour)))


_SPARE = 0.5
"""How much more contrast than needed an ornament must leave that is lighter than the colour; else it is darker."""


def _lighter(colour: str, share: float, told: Callable[[str], float]) -> str:
    """The colour on its way to white, at `share` of it or as far as it takes until what is `told` of it is enough."""
    found = _mixed(colour, WHITE, share)
    while told(found) < ENOUGH and found != WHITE:
        share = min(share + 0.01, 1.0)
        found = _mixed(colour, WHITE, share)
    return found


def _mixed(colour: str, other: str, share: float) -> str:
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return _colour(one + (two - one) * share for one, two in pairs)


def _parts(colour: str) -> tuple[float, ...]:
    """Red, green and blue of "#rrggbb", from 0 to 1."""
    return tuple(int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))


def _colour(parts: Iterable[float]) -> str:
    return "#" + "".join(f"{round(min(max(part, 0.0), 1.0) * 255):02x}" for part in parts)


def _luminance(colour: str) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
