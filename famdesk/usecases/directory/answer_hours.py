"""When what is answered is open, in words: "Tue 12:00–14:00, Thu 17:00–19:00", or that one has to get in touch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select

from famdesk.data.tables.directory import AccessPoint, Service
from famdesk.data.tx import Tx
from famdesk.domain.calendar import hours
from famdesk.domain.calendar.hours import Timetable
from famdesk.i18n import _
from famdesk.usecases.directory import directory

KINDS = ("access_point", "place", "service")


def hours_of(tx: Tx, found: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The hours of access points, places and services, each given as kind and id; those without any are missing.

    A service has the hours of its access point, a place those of the access points in it.
    """
    wanted = {one for one in found if one[0] in KINDS}
    if not wanted:
        return {}
    today = tx.today()
    known = {row.id: row.timetable for row in directory.timetables(tx, today, today, network=True)}
    points = _points_of(tx, wanted)
    words = {one: _joined([known[point] for point in points.get(one, ()) if point in known], today) for one in wanted}
    return {one: text for one, text in words.items() if text}


def _points_of(tx: Tx, wanted: set[tuple[str, str]]) -> dict[tuple[str, str], list[str]]:
    """The access points behind each of them."""
    services = tx.rows(
        select(Service.id, Service.access_point_id, Service.place_id)
        .where(Service.id.in_([one for kind, one in wanted if kind == "service"]))
    )  # fmt: skip
    places = {one for kind, one in wanted if kind == "place"} | {row.place_id for row in services if row.place_id}
    rows = tx.rows(
        select(AccessPoint.id, AccessPoint.place_id)
        .where(AccessPoint.place_id.in_(places), AccessPoint.deleted_at.is_(None))
        .order_by(AccessPoint.position)
    )  # fmt: skip
    inside: dict[str, list[str]] = {}
    for row in rows:
        inside.setdefault(row.place_id, []).append(row.id)
    found = {("access_point", one): [one] for kind, one in wanted if kind == "access_point"}
    found |= {("place", one): inside.get(one, []) for kind, one in wanted if kind == "place"}
    for row in services:
        found["service", row.id] = [row.access_point_id] if row.access_point_id else inside.get(row.place_id, [])
    return found


def _joined(timetables: Sequence[Timetable], today: date) -> str:
    known = [timetable for timetable in timetables if timetable.slots] or timetables
    return "; ".join(dict.fromkeys(week_in_words(timetable, today) for timetable in known))


def week_in_words(timetable: Timetable, today: date) -> str:
    """The weekly hours in force, or the next that will be; "on contact" where none are known."""
    from famdesk.i18n import formats

    coming = [slot.valid_from for slot in timetable.slots if slot.valid_from and slot.valid_from > today]
    rows = hours.summary(timetable.slots, today) or (
        hours.summary(timetable.slots, min(coming)) if coming else ()
    )  # fmt: skip
    if not rows:
        return _("on contact")
    return ", ".join(
        f"{formats.weekday(day, short=True)} {' + '.join(formats.time_range(*span) for span in spans)}"
        for day, spans in rows
    )
