"""Tables: prepared rows, column definitions, and a view that stays where it was when the rows are replaced."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from famdesk.ui.kit.colours import Meaning

R = TypeVar("R")
AnyIndex = QModelIndex | QPersistentModelIndex
Tag = tuple[str, Meaning]


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """How one column shows a row.

    Attributes:
        title: the heading.
        text: the text of a row.
        width: in average characters; 0 takes the room that is left (one column should).
        tip: a tooltip; by default the text, when it is cut.
        right: numbers and times that are compared stand at the right.
        icon: the name of an icon before the text, or "".
        meaning: if it gives one, the text is a badge.
        tag: a letter on a tint before the text, such as the function A, B or C.
        second: quieter text.
        faint: rows whose text is quieter, such as those where something is to be set.
        strong: bold text.
        spoken: what the screen reader says instead of tag and text.
        struck: what stands struck out before the text, such as a day that no longer holds.
    """

    title: str
    text: Callable[[R], str]
    width: int = 12
    tip: Callable[[R], str] | None = None
    right: bool = False
    icon: Callable[[R], str] | None = None
    meaning: Callable[[R], Meaning | None] | None = None
    tag: Callable[[R], Tag | None] | None = None
    second: bool = False
    faint: Callable[[R], bool] | None = None
    strong: bool = False
    spoken: Callable[[R], str] | None = None
    struck: Callable[[R], str] | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """What is drawn: prepared once per row, looked up at each paint."""

    text: str
    tip: str
    spoken: str
    right: bool = False
    icon: str = ""
    meaning: Meaning | None = None
    tag: Tag | None = None
    second: bool = False
    strong: bool = False
    struck: str = ""


def _cell(column: Column[R], row: R) -> Cell:
    text = column.text(row)
    tag = column.tag(row) if column.tag else None
    spoken = f"{tag[0]}, {text}" if tag else text
    return Cell(
        text=text,
        tip=column.tip(row) if column.tip else "",
        spoken=column.spoken(row) if column.spoken else spoken,
        right=column.right,
        icon=column.icon(row) if column.icon else "",
        meaning=column.meaning(row) if column.meaning else None,
        tag=tag,
        second=column.second or bool(column.faint and column.faint(row)),
        strong=column.strong,
        struck=column.struck(row) if column.struck else "",
    )


class RowModel(QAbstractTableModel, Generic[R]):
    """Frozen rows for a `Table`. Sorting and filtering happen in the query or on the list, before `set_rows`."""

    def __init__(
        self,
        columns: Sequence[Column[R]],
        key: Callable[[R], str] | None = None,
        parent: QObject | None = None,
    ) -> None:
        """`key` gives the id of a row; by default its attribute `id`."""
        super().__init__(parent)
        self.columns = tuple(columns)
        self._key: Callable[[R], str] = key or _id_of
        self._rows: tuple[R, ...] = ()
        self._positions: dict[str, int] | None = None
        self._prepared: dict[int, tuple[Cell, ...]] = {}

    @property
    def rows(self) -> tuple[R, ...]:
        """All rows."""
        return self._rows

    def set_rows(self, rows: Sequence[R]) -> None:
        """Replace all rows; tables keep selection and place by id."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self._positions = None
        self._prepared = {}
        self.endResetModel()

    def id_at(self, position: int) -> str:
        """The id of the row at a position."""
        return self._key(self._rows[position])

    def position(self, row_id: str) -> int:
        """Where a row stands; −1 if it is not there."""
        if self._positions is None:
            self._positions = {self._key(row): position for position, row in enumerate(self._rows)}
        return self._positions.get(row_id, -1)

    def row_of(self, row_id: str) -> R | None:
        """The row with an id."""
        position = self.position(row_id)
        return self._rows[position] if position >= 0 else None

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        cell = self.cell(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return cell.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell.tip or None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def cell(self, position: int, column: int) -> Cell:
        """What is drawn at a place; for the delegate, whose way through Qt would be longer."""
        return self._cells(position)[column]

    def _cells(self, position: int) -> tuple[Cell, ...]:
        cells = self._prepared.get(position)
        if cells is None:
            row = self._rows[position]
            cells = tuple(_cell(column, row) for column in self.columns)
            self._prepared[position] = cells
        return cells


def _id_of(row: Any) -> str:
    return str(row.id)
