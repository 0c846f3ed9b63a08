"""Painted lists of one- or two-line entries: the blocks of Today, search popups, the list of initiatives.

A `Line` is prepared text; the delegate only draws. Long texts wrap instead of being cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from famdesk.ui.kit import theme
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.scrolling import follow_line

AnyIndex = QModelIndex | QPersistentModelIndex
LINE_ROLE: Final = int(Qt.ItemDataRole.UserRole)
_EMPTY_FLAGS: Final = int(Qt.AlignmentFlag.AlignHCenter) | int(Qt.TextFlag.TextWordWrap)
_ENDLESS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Line:
    """One entry.

    Attributes:
        id: what `activated_id` tells; unique in its list.
        lead: short text in a column at the left, such as a time.
        detail: second line, quieter.
        trail: quiet text at the right end.
        badge, meaning: a word on a tint, at the right, or at the left with `badge_first`.
        tag, tag_meaning: one or two letters on a tint before the title, such as the function "A".
        shortcut: shown as a key at the right end.
        header: a heading of a group, which cannot be chosen.
        marker: the now-line with its title, which cannot be chosen.
        told: a sentence to be read, such as that nothing was found, which cannot be chosen either.
        spoken: what the screen reader says instead of the visible texts joined.
        wide_lead: the column of the lead is as wide as any time of day, so that all lines begin at the same place.
        similar: it only resembles what was searched for, so that nobody takes it without choosing it.
    """

    id: str
    title: str
    lead: str = ""
    detail: str = ""
    trail: str = ""
    badge: str = ""
    meaning: Meaning | None = None
    badge_first: bool = False
    tag: str = ""
    tag_meaning: Meaning | None = None
    icon: str = ""
    shortcut: str = ""
    strong: bool = False
    header: bool = False
    marker: bool = False
    told: bool = False
    spoken: str = ""
    similar: bool = False
    wide_lead: bool = False

    @property
    def choosable(self) -> bool:
        """Whether it is an entry and not a heading, the now-line or a sentence."""
        return not (self.header or self.marker or self.told)

    def as_spoken(self) -> str:
        """What the screen reader says."""
        parts = (self.lead, self.tag, self.title, self.detail, self.badge, self.trail, self.shortcut)
        return self.spoken or ", ".join(part for part in parts if part)


class LineModel(QAbstractListModel):
    """The lines of a list."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines, headings included."""
        return self._lines

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Replace all lines."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def position(self, line_id: str) -> int:
        """The row of a line that can be chosen; −1 if it is not there."""
        rows = (row for row, line in enumerate(self._lines) if line.id == line_id and line.choosable)
        return next(rows, -1)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: AnyIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.as_spoken()
        return line if role == LINE_ROLE else None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid() or not self._lines[index.row()].choosable:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class LineList(QListView):
    """A list of lines, driven by mouse or keyboard.

    Signals:
        activated_id(str): Enter or a double click on a line.
        space_pressed(str): Space on a line.
        current_changed(str): another line is current; "" for none.
        menu_requested(str, QPoint): the context menu of a line is wanted at a point of the screen.
    """

    activated_id = Signal(str)
    space_pressed = Signal(str)
    current_changed = Signal(str)
    menu_requested = Signal(str, QPoint)

    def __init__(
        self, name: str, empty: str = "", parent: QWidget | None = None, *, hairlines: bool = True, grow: bool = False
    ) -> None:
        """Make a list called `name` for the screen reader; `empty` is shown when it has no lines.

        With `grow` the list asks for the height of all its lines and does not scroll itself.
        """
        super().__init__(parent)
        from famdesk.ui.kit.line_delegate import LineDelegate

        self.setAccessibleName(name)
        self.setAccessibleDescription(empty)
        self._empty = empty
        self._grow = grow
        self._model = LineModel(self)
        self._delegate = LineDelegate(self, hairlines=hairlines)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        if grow:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(self._on_double_clicked)
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    def set_empty(self, empty: str) -> None:
        """Another sentence for when there are no lines."""
        self._empty = empty

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines; the current one and the scroll position stay if they are still there."""
        kept, scroll = self.current_id(), self.verticalScrollBar().value()
        self.blockSignals(True)
        self._model.set_lines(lines)
        self.setAccessibleDescription("" if lines else self._empty)
        if kept:
            self.set_current_id(kept)
        self.blockSignals(False)
        self.verticalScrollBar().setValue(scroll)
        if self._grow:
            self._fit_height()
        if kept != self.current_id():
            self.current_changed.emit(self.current_id())

    def lines(self) -> tuple[Line, ...]:
        """All lines shown."""
        return self._model.lines

    def set_needle(self, text: str) -> None:
        """Show the part of titles that matches `text` in bold."""
        self._delegate.needle = text
        self.viewport().update()

    def current_id(self) -> str:
        """The id of the current line, or ""."""
        index = self.currentIndex()
        return self._model.lines[index.row()].id if index.isValid() else ""

    def set_current_id(self, line_id: str) -> bool:
        """Make a line current; False if it is not there."""
        row = self._model.position(line_id)
        index = self._model.index(row, 0) if row >= 0 else QModelIndex()
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        return row >= 0

    def step(self, by: int) -> None:
        """Move the current line down (1) or up (−1), over headings, staying at the ends."""
        row = self.currentIndex().row() if self.currentIndex().isValid() else (-1 if by > 0 else len(self.lines()))
        row += by
        while 0 <= row < len(self.lines()):
            if self.lines()[row].choosable:
                self.set_current_id(self.lines()[row].id)
                return
            row += by

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.current_id()
        if current and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.activated_id.emit(current)
        elif current and event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.space_pressed.emit(current)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.current_id():
            at = event.globalPos()
            if event.reason() == QContextMenuEvent.Reason.Keyboard:
                at = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
            self.menu_requested.emit(self.current_id(), at)

    def focusInEvent(self, event: object) -> None:
        begins = not self.currentIndex().isValid()  # Qt makes the first row current without marking it
        super().focusInEvent(event)  # type: ignore[arg-type]
        if begins:
            self.selectionModel().clearCurrentIndex()
            self.step(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()
            if self._grow:
                self._fit_height()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._empty and not self._model.lines:
            paint_empty(self, self._empty)

    def _fit_height(self) -> None:
        rows = range(self._model.rowCount())
        height = sum(self._delegate.height(self._model.lines[row], self.viewport().width()) for row in rows)
        if not rows and self._empty:
            height = empty_height(self, self._empty)
        self.setFixedHeight(max(height, theme.unit(6)) + 2 + 2 * self.frameWidth())

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.activated_id.emit(self._model.lines[index.row()].id)

    @Slot()
    def _on_current_changed(self) -> None:
        if self._grow and self.hasFocus():
            follow_line(self)
        self.current_changed.emit(self.current_id())


def paint_empty(view: QAbstractItemView, text: str) -> None:
    """Write the sentence of an empty list into the middle of its upper half."""
    painter = QPainter(view.viewport())
    painter.setPen(theme.colour(theme.current().second))
    painter.drawText(_empty_area(view), _EMPTY_FLAGS, text)
    painter.end()


def empty_height(view: QAbstractItemView, text: str) -> int:
    """The height that the sentence of an empty list needs, with room around it."""
    area = _empty_area(view)
    area.setHeight(_ENDLESS)
    return view.fontMetrics().boundingRect(area, _EMPTY_FLAGS, text).height() + theme.unit(8)


def _empty_area(view: QAbstractItemView) -> QRect:
    return view.viewport().rect().adjusted(theme.unit(2), theme.unit(4), -theme.unit(2), 0)
