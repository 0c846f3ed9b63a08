"""What a printer offers and what is wanted of it: plain values, shared with the process that talks to printers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from typing import Any

ONE_SIDED, LONG_EDGE, SHORT_EDGE = "one", "long", "short"
SIDES = (ONE_SIDED, LONG_EDGE, SHORT_EDGE)
MOST_COPIES = 99
_PAGES = re.compile(r"\d+(-\d+)?(,\d+(-\d+)?)*")
_SIZES = {"A3": (842, 1191), "A4": (595, 842), "A5": (420, 595), "A6": (298, 420), "DL": (624, 312), "C5": (649, 459)}
_NEAR = 6


@dataclass(frozen=True, slots=True)
class Device:
    """A printer: `name` as the system knows it, `title` as people do; `trays` as (key, name). `ready`: not stopped."""

    name: str
    title: str
    usual: bool = False
    ready: bool = True
    duplex: bool = True
    colour: bool = True
    trays: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PrintChoice:
    """How a sheet is printed. `printer` "": none chosen yet; `tray` "": what the printer takes by itself.

    `pages` like "1-3,5", "" for all; `fit`: shrunk or enlarged to the paper, which is off so that lengths stay true.
    """

    printer: str = ""
    copies: int = 1
    tray: str = ""
    sides: str = ONE_SIDED
    colour: bool = True
    pages: str = ""
    fit: bool = False

    def text(self) -> str:
        """As it is kept on the machine; the pages are of the moment and are not kept."""
        kept = asdict(self)
        kept.pop("pages")
        return json.dumps(kept)


def kept_choice(text: str) -> PrintChoice:
    """A choice that was kept; what is not understood is as if it had never been chosen."""
    try:
        values: Any = json.loads(text)
    except ValueError:
        return PrintChoice()
    usual, found = PrintChoice(), dict[str, Any]()
    for one in fields(PrintChoice):
        value = values.get(one.name) if isinstance(values, dict) else None
        if type(value) is type(getattr(usual, one.name)) and one.name != "pages":
            found[one.name] = value
    choice = PrintChoice(**found)
    good = choice.sides in SIDES and 0 < choice.copies <= MOST_COPIES
    return choice if good else PrintChoice(choice.printer)


def page_numbers(text: str, total: int) -> tuple[int, ...] | None:
    """The pages that "1-3, 5" means, from 1 and in the order of the sheet; all for ""; None if it means none."""
    compact = re.sub(r"[\s]+", "", text.replace("–", "-").replace(";", ","))
    if not compact:
        return tuple(range(1, total + 1))
    if not _PAGES.fullmatch(compact):
        return None
    found = sorted({number for part in compact.split(",") for number in _span(part, total)})
    return tuple(found) or None


def _span(part: str, total: int) -> Iterator[int]:
    first, _dash, last = part.partition("-")
    if len(first) < 6 and len(last) < 6:
        yield from range(max(1, int(first)), min(total, int(last or first)) + 1)


def page_range(numbers: tuple[int, ...]) -> str:
    """The shortest way to say these pages: "1-3,5"."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in spans)


def size_name(width: float, height: float) -> str:
    """What a paper of so many points is called, upright or lying: "A4"; "" if it has no name here."""
    for name, (short, long) in _SIZES.items():
        for one, other in ((short, long), (long, short)):
            if abs(width - one) < _NEAR and abs(height - other) < _NEAR:
                return name
    return ""


def devices_text(devices: tuple[Device, ...]) -> str:
    """Printers as one line of JSON."""
    return json.dumps([asdict(one) for one in devices])


def devices_of(text: str) -> tuple[Device, ...]:
    """Printers from one line of JSON.

    Raises:
        ValueError: it is none.
    """
    try:
        rows = json.loads(text)
        return tuple(Device(**{**row, "trays": tuple((str(a), str(b)) for a, b in row["trays"])}) for row in rows)
    except (TypeError, KeyError) as problem:
        raise ValueError("printers") from problem
