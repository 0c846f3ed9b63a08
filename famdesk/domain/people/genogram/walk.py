"""Going from person to person in a genogram with the arrow keys: everybody can be reached from everybody."""

from __future__ import annotations

from famdesk.domain.people.genogram.layout import Drawing
from famdesk.domain.people.genogram.places import Placed


def rows_of(drawing: Drawing) -> tuple[tuple[Placed, ...], ...]:
    """Everybody in rows as the keys see them: whoever stands at the edge follows the row that is nearest."""
    rows: dict[int, list[Placed]] = {}
    for one in drawing.placed:
        if one.row is not None:
            rows.setdefault(one.row, []).append(one)
    beside = [one for one in drawing.placed if one.row is None]
    if not rows:
        return (tuple(beside),) if beside else ()
    for one in sorted(beside, key=lambda one: (one.y, one.x)):
        near = min(rows, key=lambda row: (abs(rows[row][0].y - one.y), row))
        rows[near].append(one)
    return tuple(tuple(rows[row]) for row in sorted(rows))


def step(drawing: Drawing, person_id: str, dx: int, dy: int) -> str:
    """Who is beside (dx −1 or 1), or above or below (dy −1 or 1); the person itself where the drawing ends."""
    rows = rows_of(drawing)
    at = next(((r, c) for r, row in enumerate(rows) for c, one in enumerate(row) if one.id == person_id), None)
    if at is None:
        return rows[0][0].id if rows else ""
    row, column = at
    if dx:
        return rows[row][min(max(column + dx, 0), len(rows[row]) - 1)].id
    target = min(max(row + dy, 0), len(rows) - 1)
    if target == row:
        return person_id
    return min(rows[target], key=lambda one: abs(one.x - rows[row][column].x)).id


def ends(drawing: Drawing, person_id: str, *, last: bool) -> str:
    """The first or last of the row."""
    for row in rows_of(drawing):
        if any(one.id == person_id for one in row):
            return row[-1 if last else 0].id
    return person_id
