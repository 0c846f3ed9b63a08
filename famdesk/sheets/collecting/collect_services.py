"""What the orientation slip says of the services of the directory."""

from __future__ import annotations

import re
from collections.abc import Sequence

from famdesk.data.tx import Tx
from famdesk.domain.errors import RuleError
from famdesk.domain.text import tokens
from famdesk.i18n import N_, language
from famdesk.sheets.collecting.collect import weekly
from famdesk.sheets.hours.orientation import MOST, Destination, OrientationSlip
from famdesk.usecases.centre import centre
from famdesk.usecases.directory import directory
from famdesk.usecases.directory.directory_rows import BodyRow, PlaceRow, PointRow, ServiceRow

HIDDEN = "hidden"
"""The kind of a place whose address is told to nobody."""
A_LINE = 110
"""From how many characters on only the first sentence of a description is printed."""


class NoServiceChosen(RuleError):
    message = N_("Choose one to three services of the directory.")


class TooManyServices(RuleError):
    message = N_("A slip has room for three services. Take one away to add another.")


class NoSuchService(RuleError):
    message = N_("No service is called “{text}”.")


def orientation(tx: Tx, wanted: Sequence[str]) -> OrientationSlip:
    """The slip of up to three services, given by their ids or parts of their names, in the order asked.

    Raises:
        NoServiceChosen, TooManyServices, NoSuchService.
    """
    rows = _chosen(directory.services(tx), wanted)
    day = tx.today()
    about = centre.overview(tx)
    points = {one.id: one for one in directory.points(tx, network=True)}
    places = {one.id: one for one in directory.places(tx)}
    hidden = {one.name for one in places.values() if one.kind == HIDDEN}
    bodies = {one.id: one for one in directory.bodies(tx)}
    known = {row.id: row for row in directory.timetables(tx, day, day, network=True)}
    found = []
    for row in rows:
        point, place = points.get(row.access_point_id or ""), places.get(row.place_id or "")
        week = weekly(known[point.id].timetable, day) if point and point.id in known else ()
        directions = (place.directions or "") if place and place.kind != HIDDEN else ""
        secret = point is not None and point.place in hidden
        found.append(Destination(row.name, a_line(row.description or row.audience or ""), week,
                                 _address(row, point, place, secret=secret), directions,
                                 _phone(row, point, bodies.get(row.body_id or ""))))  # fmt: skip
    said = "" if about.language == language() else about.language
    dated = day if any(one.hours for one in found) else None
    return OrientationSlip(tuple(found), about.name, about.phone or "", dated, said)


def _chosen(rows: Sequence[ServiceRow], wanted: Sequence[str]) -> list[ServiceRow]:
    found: list[ServiceRow] = []
    for text in wanted:
        asked = tokens(text)
        fitting = [row for row in rows if row.id == text] or [row for row in rows if asked and _fits(asked, row)]
        if not fitting:
            raise NoSuchService("services", text=text)
        found += [row for row in fitting[:1] if row not in found]
    if not found:
        raise NoServiceChosen("services")
    if len(found) > MOST:
        raise TooManyServices("services")
    return found


def _fits(asked: Sequence[str], row: ServiceRow) -> bool:
    words = tokens(row.name)
    return all(any(word.startswith(start) for word in words) for start in asked)


def a_line(text: str) -> str:
    """What a service does, in a line: of a long description the first sentence."""
    flat = " ".join(text.split())
    if len(flat) <= A_LINE:
        return flat
    return re.split(r"(?<=[.!?;])\s+(?=[^\W\d_])", flat, maxsplit=1)[0].rstrip(";")


def _address(row: ServiceRow, point: PointRow | None, place: PlaceRow | None, *, secret: bool) -> tuple[str, ...]:
    """Where it is held; of a place that is kept secret, nothing."""
    if place is not None:
        if place.kind == HIDDEN:
            return ()
        lines = (place.name, ", ".join(part for part in (place.address, place.town) if part))
    elif point is not None and not secret:
        lines = (point.place or point.name, ", ".join(part for part in (point.address, point.town) if part))
    else:
        return ()
    shown = [line for line in lines if line]
    return tuple(dict.fromkeys(line for line in shown if line.casefold() != row.name.casefold()))


def _phone(row: ServiceRow, point: PointRow | None, body: BodyRow | None) -> str:
    return row.phone or (point.phone if point else None) or (body.phone if body else None) or ""
