"""The searchable part of the guide: services, bodies and places as lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from famdesk.domain.centre import profile_codes
from famdesk.domain.codes import BODY_KINDS, FUNCTIONS, PLACE_KINDS, label
from famdesk.domain.text import fold
from famdesk.i18n import _
from famdesk.ui.directory.facts import FUNCTION_MEANINGS
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.lines import Line
from famdesk.usecases.directory.directory_rows import BodyRow, PlaceRow, ServiceRow

STATE_MEANINGS = {"active": Meaning.OPEN, "planned": Meaning.ACCENT, "experimental": Meaning.WARNING,
                  "past": Meaning.CLOSED}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """A record of the guide: its kind and id, how it looks, and the folded text in which one searches."""

    kind: str
    id: str
    line: Line
    text: str


def key_of(kind: str, record_id: str) -> str:
    """The id of a line: kind and record."""
    return f"{kind}:{record_id}"


def service_line(row: ServiceRow) -> Line:
    """A service: function, who runs it, and its state if it is not simply active."""
    state = "" if row.state == "active" else label(profile_codes.SERVICE_STATES, row.state)
    return Line(key_of("service", row.id), row.name, detail=row.body or row.place or row.audience or "", badge=state,
                meaning=STATE_MEANINGS.get(row.state), tag=row.function or "–",
                tag_meaning=FUNCTION_MEANINGS.get(row.function or "", Meaning.BUSY),
                spoken=_spoken_service(row, state))  # fmt: skip


def _spoken_service(row: ServiceRow, state: str) -> str:
    function = label(FUNCTIONS, row.function) if row.function else ""
    return ", ".join(part for part in (row.name, function, row.body or "", state) if part)


def body_line(row: BodyRow) -> Line:
    """A body with what it is, and the body that it is a part of."""
    kind = label(BODY_KINDS, row.kind)
    detail = _("{kind} of {body}").format(kind=kind, body=row.parent) if row.parent else kind
    return Line(key_of("body", row.id), row.name, detail=detail, icon="building-2")


def place_line(row: PlaceRow) -> Line:
    """A place with its address."""
    address = ", ".join(part for part in (row.address, row.town) if part)
    return Line(key_of("place", row.id), row.name, detail=address or label(PLACE_KINDS, row.kind), icon="map-pin")


def entries(services: Sequence[ServiceRow], bodies: Sequence[BodyRow], places: Sequence[PlaceRow]) -> list[Entry]:
    """Everything that can be found, in the order in which it is listed."""
    found = [
        _entry("service", row.id, service_line(row), row.name, row.alias, row.body, row.audience, row.description)
        for row in services
    ]
    found += [_entry("body", row.id, body_line(row), row.name, row.short_name, row.parent, row.note) for row in bodies]
    return found + [
        _entry("place", row.id, place_line(row), row.name, row.address, row.building, row.town) for row in places
    ]


def _entry(kind: str, record_id: str, line: Line, *texts: str | None) -> Entry:
    return Entry(kind, record_id, line, fold(" ".join(text for text in (*texts, line.detail) if text)))


def shown(found: Sequence[Entry], kind: str, typed: str) -> list[Line]:
    """The lines of a kind ("all" for every one) that hold all the words typed, under headings if there are several."""
    words = fold(typed).split()
    hits = [entry for entry in found if kind in ("all", entry.kind) and all(word in entry.text for word in words)]
    lines: list[Line] = []
    for heading, each in ((_("Services"), "service"), (_("Bodies"), "body"), (_("Places"), "place")):
        group = [entry.line for entry in hits if entry.kind == each]
        if group and kind == "all":
            lines.append(Line(f"heading:{each}", heading, header=True))
        lines += group
    return lines
