"""Where the cells of a sheet lie and what is in them: the layout, and what lies under a point."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from famdesk.ui.kit.cells.model import BAND, MONTH, SMALL, TABLE, CellContent, CellItem, Part, RowPlan, parts, planned
from famdesk.ui.kit.grid.style import Style

_LEAST_LINES = 2
_MOST_TABLE_LINES = 8
_MOST_BAND_LINES = 4


@dataclass(frozen=True, slots=True)
class Frame:
    """The measures from outside of a band: width of what stands at its left, width of its columns, how it scrolls."""

    gutter: float
    column: float
    scroll: float


class CellScene:
    """Content and the layout that follows from it and the room. x = 0 is the left edge of the row titles."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.content = CellContent()
        self.frame: Frame | None = None
        self.gutter = 0.0
        self.column = 1.0
        self.height = 0.0
        self.line = 1.0
        self.top = 0.0
        """Room in a cell above its first line."""
        self.row_tops: list[float] = []
        self.row_heights: list[float] = []
        self.plans: list[RowPlan] = []
        self.order: tuple[str, ...] = ()
        self._places: dict[str, int] = {}
        self._numbers: dict[str, int] = {}
        self._items: dict[str, CellItem] = {}
        self._parts: list[list[Part]] = []
        self._rects: dict[str, list[QRectF]] = {}

    def set_content(self, content: CellContent) -> None:
        """Take other cells and items; lay out afterwards."""
        self.content = content
        self._numbers = {cell.key: number for number, cell in enumerate(content.cells)}
        self._parts = [[] for _ in content.rows]
        for part in parts(content):
            self._parts[part.row].append(part)
        self._items = {part.item.id: part.item for row in self._parts for part in row}
        by_cell: dict[str, list[str]] = {}
        for row in self._parts:
            for part in row:
                if part.begins:
                    by_cell.setdefault(part.item.first, []).append(part.item.id)
        order: list[str] = []
        for cell in content.cells:
            order += by_cell.get(cell.key, ())
        self.order = tuple(order)
        self._places = {item_id: place for place, item_id in enumerate(order)}

    def layout(self, width: float, height: float, style: Style) -> None:
        """Spread the content over a view of that size."""
        rows, columns = len(self.content.rows), len(self.content.columns)
        self.line = 2 * style.line + style.em + 2 if self.kind == TABLE else style.line + 2
        self.top = self._top(style)
        if self.frame is not None:
            self.gutter, self.column = self.frame.gutter, self.frame.column
        else:
            self.gutter = min(self._gutter(style), width / 5)
            self.column = max(1.0, (width - self.gutter) / columns) if columns else 1.0
        self.row_heights = self._heights(rows, height, style)
        self.row_tops = [sum(self.row_heights[:row]) for row in range(rows)]
        self.height = sum(self.row_heights)
        self.plans = [
            planned(self._parts[row], columns, max(1, int((self.row_heights[row] - self.top) // self.line)))
            for row in range(rows)
        ]
        self._rects = {}
        for plan in self.plans:
            for part in plan.shown:
                self._rects.setdefault(part.item.id, []).append(self.part_rect(part))
        for row_parts, plan in zip(self._parts, self.plans, strict=True):
            for part in row_parts:
                if part.item.id not in self._rects and plan.hidden[part.first]:
                    self._rects[part.item.id] = [self.more_rect(part.row * columns + part.first)]

    def number(self, key: str) -> int:
        """The number of a cell, -1 if there is none of that key."""
        return self._numbers.get(key, -1)

    def item(self, item_id: str) -> CellItem | None:
        """The item with that id."""
        return self._items.get(item_id)

    def place(self, item_id: str) -> int:
        """The place of an item in the order of reading, -1 if it is not there."""
        return self._places.get(item_id, -1)

    def rects(self, item_id: str) -> list[QRectF]:
        """Where an item is drawn; of one that is only counted, where its number stands."""
        return self._rects.get(item_id, [])

    def cell_rect(self, number: int) -> QRectF:
        """Where a cell is."""
        row, column = divmod(number, max(1, len(self.content.columns)))
        left = self.gutter + column * self.column
        return QRectF(left, self.row_tops[row], self.column, self.row_heights[row])

    def part_rect(self, part: Part) -> QRectF:
        """Where a part of an item is."""
        left = self.gutter + part.first * self.column + (3 if part.begins else 0)
        right = self.gutter + (part.last + 1) * self.column - (4 if part.ends else 0)
        top = self.row_tops[part.row] + self.top + part.lane * self.line
        return QRectF(left, top, max(2.0, right - left), self.line - 2)

    def more_rect(self, number: int) -> QRectF:
        """Where a cell tells how many more there are."""
        cell = self.cell_rect(number)
        lines = max(1, int((cell.height() - self.top) // self.line))
        return QRectF(cell.left() + 3, cell.top() + self.top + (lines - 1) * self.line, cell.width() - 7, self.line - 2)

    def hidden(self, number: int) -> int:
        """How many items of a cell are only counted."""
        row, column = divmod(number, max(1, len(self.content.columns)))
        return self.plans[row].hidden[column]

    def cell_at(self, point: QPointF) -> int:
        """The number of the cell under a point, -1 if there is none."""
        column = int((point.x() - self.gutter) // self.column)
        if not 0 <= column < len(self.content.columns):
            return -1
        for row, top in enumerate(self.row_tops):
            if top <= point.y() < top + self.row_heights[row]:
                return row * len(self.content.columns) + column
        return -1

    def item_at(self, point: QPointF) -> str:
        """The id of the item under a point, "" if there is none."""
        number = self.cell_at(point)
        if number < 0:
            return ""
        for part in self.plans[number // len(self.content.columns)].shown:
            if self.part_rect(part).contains(point):
                return part.item.id
        return ""

    def items_in(self, number: int) -> tuple[CellItem, ...]:
        """Everything that a cell holds, also what is only counted."""
        row, column = divmod(number, max(1, len(self.content.columns)))
        return tuple(part.item for part in self._parts[row] if part.first <= column <= part.last)

    def now_at(self, number: int, minute: int, style: Style) -> float:
        """The y in a cell between what has begun by a minute and what has not."""
        row, column = divmod(number, len(self.content.columns))
        here = [part for part in self.plans[row].shown if part.first <= column <= part.last]
        later = [part.lane for part in here if not part.item.bar and part.item.minute > minute]
        lane = min(later) if later else max((part.lane + 1 for part in here), default=0)
        return self.row_tops[row] + self.top + lane * self.line - 1

    def _top(self, style: Style) -> float:
        if self.kind == MONTH:
            return style.small_line + 2 * style.em
        return style.em if self.kind == TABLE else 2.0

    def _gutter(self, style: Style) -> float:
        if self.kind == TABLE:
            return style.column * 1.5
        return style.small_line * (1.7 if self.kind == SMALL else 2.0)

    def _heights(self, rows: int, height: float, style: Style) -> list[float]:
        if self.kind == SMALL:
            return [style.small_line * 1.55] * rows
        if self.kind == MONTH:
            least = self.top + _LEAST_LINES * self.line + style.em
            return [max(least, height / rows)] * rows if rows else []
        most = _MOST_BAND_LINES if self.kind == BAND else _MOST_TABLE_LINES
        lines = [max((part.lane + 1 for part in row), default=0) for row in self._parts]
        wanted = [self.top + min(most, max(1, count)) * self.line + style.em for count in lines]
        spare = (height - sum(wanted)) / rows if rows and self.kind == TABLE else 0.0
        return [one + min(max(0.0, spare), 2 * self.line) for one in wanted]
