"""What is in the grid and where: the content with its layout, and what lies under a point."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from famdesk.ui.kit.grid.geometry import Geometry
from famdesk.ui.kit.grid.model import GridBand, GridBox, GridColumn, Placed, Span, gaps, hours_around, lanes, place
from famdesk.ui.kit.grid.style import Style


@dataclass(frozen=True, slots=True)
class BandPlace:
    """A band in its column: `lane` of its edge, the free part for its name (None: upright beside the edge)."""

    band: GridBand
    column: int
    lane: int
    free: tuple[int, int] | None
    alone: bool


@dataclass(frozen=True, slots=True)
class Content:
    """All that the grid shows."""

    columns: tuple[GridColumn, ...] = ()
    boxes: tuple[GridBox, ...] = ()
    bands: tuple[GridBand, ...] = ()


class Scene:
    """Content, hours, zoom and the layout that follows from them and from the room there is."""

    def __init__(self) -> None:
        self.content = Content()
        self.hours = (8 * 60, 20 * 60)
        self.zoom = 1.0
        self._shown = self.hours
        self.geometry = Geometry(0, 1.0, 1.0, 0, 60, 0.0, 1.0, 0.0)
        self.placed: tuple[Placed, ...] = ()
        self.rects: tuple[QRectF, ...] = ()
        self.bands: tuple[BandPlace, ...] = ()
        self._numbers: dict[str, int] = {}
        self._columns: dict[str, int] = {}
        self._by_column: list[list[int]] = []

    def layout(self, width: float, height: float, style: Style) -> None:
        """Spread the content over a view of that size (without the hour labels)."""
        content, count = self.content, len(self.content.columns)
        first, last = hours_around(*self.hours, ((box.start_minute, box.end_minute) for box in content.boxes))
        self._shown = (first, last)
        top = style.small_line
        hour = max(style.hour * self.zoom, (height - 2 * top) * 60 / (last - first) if self.zoom <= 1 else 0.0)
        column_width = max(style.column, width / count) if count else width
        self._columns = {column.key: number for number, column in enumerate(content.columns)}
        bare = Geometry(count, column_width, hour, first, last, top, style.least, style.pad)
        self.placed = place(content.columns, content.boxes, bare.least_minutes())
        self._numbers = {placed.box.id: number for number, placed in enumerate(self.placed)}
        self._by_column = [[] for _ in range(count)]
        for number, placed in enumerate(self.placed):
            self._by_column[placed.column].append(number)
        self.bands = self._place_bands(bare, style)
        insets = tuple(self._inset(number, style) for number in range(count))
        self.geometry = Geometry(count, column_width, hour, first, last, top, style.least, style.pad, insets)
        upright = self._upright(style)
        self.rects = tuple(self.geometry.box_rect(one, more) for one, more in zip(self.placed, upright, strict=True))

    def placed_box(self, box_id: str) -> Placed | None:
        """The box with that id, if it is shown."""
        number = self._numbers.get(box_id)
        return None if number is None else self.placed[number]

    def number(self, box_id: str) -> int:
        """The place of a box in the order of column and time, -1 if it is not shown."""
        return self._numbers.get(box_id, -1)

    def rect(self, box_id: str) -> QRectF:
        """Where a box is; empty if it is not shown."""
        number = self._numbers.get(box_id)
        return QRectF() if number is None else self.rects[number]

    def column_number(self, key: str) -> int:
        """The place of a column, -1 if there is none."""
        return self._columns.get(key, -1)

    def hit(self, point: QPointF) -> Placed | None:
        """The box under a point."""
        if not self._by_column:
            return None
        found = self._by_column[self.geometry.column(point.x())]
        return next((self.placed[n] for n in reversed(found) if self.rects[n].contains(point)), None)

    def box_at(self, column: int, minute: int) -> Placed | None:
        """The first box of a column that takes that minute."""
        if not 0 <= column < len(self._by_column):
            return None
        boxes = (self.placed[number] for number in self._by_column[column])
        return next((one for one in boxes if one.box.start_minute <= minute < one.box.end_minute), None)

    def rects_at(self, column: int, minute: int) -> list[QRectF]:
        """The boxes that the line of a minute crosses, from left to right."""
        y = self.geometry.y(minute)
        found = (self.rects[number] for number in self._by_column[column])
        return sorted((rect for rect in found if rect.top() <= y <= rect.bottom()), key=QRectF.left)

    def bands_in(self, span: Span) -> tuple[GridBand, ...]:
        """The bands that a span touches."""
        return tuple(
            place.band
            for place in self.bands
            if place.column == span.column and place.band.start_minute < span.end and span.start < place.band.end_minute
        )

    def earliest(self) -> int:
        """Where a day begins to be of interest: its first box or opening."""
        opens = [band.start_minute for band in self.content.bands if band.kind == "open"]
        return min([box.start_minute for box in self.content.boxes] + opens, default=self.geometry.first)

    def _place_bands(self, geometry: Geometry, style: Style) -> tuple[BandPlace, ...]:
        """Edges side by side, names where no box hides them."""
        least = int(style.small_line * 60 / geometry.hour_height) + 2
        result: list[BandPlace] = []
        for number, column in enumerate(self.content.columns):
            bands = sorted((b for b in self.content.bands if b.column == column.key), key=_band_order)
            spans = [(band.start_minute, band.end_minute) for band in bands]
            taken = [self.placed[index].drawn(geometry.least_minutes()) for index in self._by_column[number]]
            for index, (band, (lane, *_)) in enumerate(zip(bands, lanes(spans), strict=True)):
                alone = not _overlapped(spans, index)
                free = self._free(band, taken, least)
                if free is not None and not alone:
                    taken.append((free[0], free[0] + least))
                result.append(BandPlace(band, number, lane, free, alone))
        return tuple(result)

    def _free(self, band: GridBand, taken: Iterable[tuple[int, int]], least: int) -> tuple[int, int] | None:
        """The first gap of a band between boxes that is high enough for its name."""
        start, end = max(band.start_minute, self._shown[0]), min(band.end_minute, self._shown[1])
        return next(((a, b) for a, b in gaps(start, end, taken) if b - a >= least), None)

    def _inset(self, column: int, style: Style) -> float:
        """The room for the edges of a column's bands."""
        here = (place.lane + 1 for place in self.bands if place.column == column and place.band.kind == "open")
        return max(here, default=1) * style.edge + 1

    def _upright(self, style: Style) -> list[float]:
        """What each box leaves free for a name that stands upright; boxes side by side leave the same."""
        names = [one for one in self.bands if one.free is None and one.band.kind == "open"]
        result = [0.0] * len(self.placed)
        least = self.geometry.least_minutes()
        for column in {name.column for name in names}:
            spans = [(name.band.start_minute, name.band.end_minute) for name in names if name.column == column]
            for group in groups([(n, *self.placed[n].drawn(least)) for n in self._by_column[column]]):
                if any(a < end and start < b for _n, a, b in group for start, end in spans):
                    for number, _a, _b in group:
                        result[number] = style.small_line
        return result


def groups(spans: Iterable[tuple[int, int, int]]) -> list[list[tuple[int, int, int]]]:
    """(number, start, end) sorted by start, parted where nothing overlaps."""
    found: list[list[tuple[int, int, int]]] = []
    reach = -1
    for span in spans:
        if span[1] >= reach:
            found.append([])
        found[-1].append(span)
        reach = max(reach, span[2])
    return found


def _band_order(band: GridBand) -> tuple[int, int, str]:
    return band.start_minute, band.end_minute, band.label


def _overlapped(spans: Sequence[tuple[int, int]], index: int) -> bool:
    start, end = spans[index]
    return any(a < end and start < b for number, (a, b) in enumerate(spans) if number != index)
