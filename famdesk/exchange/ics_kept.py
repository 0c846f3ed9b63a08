"""What an event of a calendar file says beside its dates: its texts, and the lines that are kept for other programs."""

from __future__ import annotations

import re

from famdesk.domain.calendar.calendar_file import CANCELLED, OWN, PUBLISHED, TENTATIVE, Told
from famdesk.exchange.ics_lines import Block, Line

LONGEST_TEXT = 20_000
LONGEST_KEPT = 8000
"""Characters of a line that is kept; a longer one is a picture or another file."""
MOST_KEPT = 60_000
"""Characters of all that is kept of one event."""
_ESCAPED = re.compile(r"\\([\\;,nN:\"])")


def told(block: Block) -> Told:
    """The texts of an event, the first of each kind."""
    first: dict[str, Line] = {}
    for line in block.own:
        first.setdefault(line.name, line)
    status = _text(first, "STATUS").strip().upper()
    return Told(
        _text(first, "SUMMARY"), _text(first, "LOCATION"), _text(first, "DESCRIPTION"),
        status if status in {CANCELLED, TENTATIVE} else PUBLISHED,
        _text(first, "TRANSP").strip().upper() == "TRANSPARENT", source_text(block),
    )  # fmt: skip


def title(block: Block) -> str:
    """What the event is called."""
    line = next((line for line in block.own if line.name == "SUMMARY"), None)
    return "" if line is None else _text({"SUMMARY": line}, "SUMMARY")


def _text(lines: dict[str, Line], name: str) -> str:
    line = lines.get(name)
    if line is None:
        return ""
    return unescaped(_after_parameters(line.text))[:LONGEST_TEXT].strip()


def _after_parameters(text: str) -> str:
    """The value: what follows the first colon that stands in no quotation marks."""
    quoted = False
    for place, letter in enumerate(text):
        if letter == '"':
            quoted = not quoted
        elif letter == ":" and not quoted:
            return text[place + 1 :]
    return text.partition(":")[2]


def unescaped(text: str) -> str:
    """A value of type TEXT as text. Source: RFC 5545, 3.3.11."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)


def source_text(block: Block) -> str:
    """The event as it stands in the file, unfolded, without what is too long to keep."""
    lines = [line.text for line in (*block.own, *block.inner) if line.name and len(line.text) <= LONGEST_KEPT]
    found: list[str] = []
    room = MOST_KEPT
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            break
        found.append(line)
    if room < 0:
        found = [line.text for line in block.own if line.name in OWN and len(line.text) <= LONGEST_KEPT][:200]
    return "\n".join(found)
