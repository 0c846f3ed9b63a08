"""What the guide shows, gathered from several answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from famdesk.i18n import _, formats
from famdesk.usecases.centre.centre import MeRow
from famdesk.usecases.directory import guide
from famdesk.usecases.directory.directory_rows import (
    BodyDetail,
    BodyRow,
    PlaceDetail,
    PlaceRow,
    PointDetail,
    PointRow,
    ServiceDetail,
    ServiceRow,
)

Detail = PointDetail | ServiceDetail | BodyDetail | PlaceDetail
QUERIES: dict[str, Callable[..., Detail]] = {
    "access_point": guide.point,
    "service": guide.service,
    "body": guide.body,
    "place": guide.place,
}


@dataclass(frozen=True, slots=True)
class Read:
    """The lists of the guide and who looks at them."""

    me: MeRow | None = None
    points: tuple[PointRow, ...] = ()
    services: tuple[ServiceRow, ...] = ()
    bodies: tuple[BodyRow, ...] = ()
    places: tuple[PlaceRow, ...] = ()


def summary(points: tuple[PointRow, ...]) -> str:
    """Where families are received now, or where next, on one line."""
    open_now = [row.name for row in points if row.open_until]
    if open_now:
        return _("Open now: {places}").format(places=formats.list_text(open_now))
    coming = [(row.next_opening, row.name) for row in points if row.next_opening]
    if not coming:
        return ""
    moment, name = min(coming)
    return _("Closed now. Opens {moment}, {place}").format(moment=formats.moment(moment), place=name)
