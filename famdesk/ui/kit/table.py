"""The view of a `RowModel`: whole rows, hairlines, fixed widths, keyboard first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from famdesk.ui.kit import icons, theme
from famdesk.ui.kit.lines import paint_empty
from famdesk.ui.kit.rows import AnyIndex, Cell, RowModel
from famdesk.ui.kit.table_widths import Widths
from famdesk.ui.kit.widgets import badge_size, paint_badge

R = TypeVar("R")

SELECTED = QStyle.StateFlag.State_Selected
_ROUND = 6
"""The corners of a selected row, in pixels."""
TO_THE_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
TO_THE_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class _Place:
    """What the person was looking at before the rows were replaced."""

    current: str = ""
    column: int = 0
    selected: tuple[str, ...] = ()
    scroll: int = 0


class Table(QTableView, Generic[R]):
    """Shows rows and says which one is meant.

    Selection, current row and scroll position stay with their row when the rows are replaced.

    Signals:
        activated_id(str): Enter or a double click on a row.
        space_pressed(str): Space on a row.
        current_changed(str): another row is current; "" for none.
        menu_requested(str, QPoint): the context menu of a row is wanted at a point of the screen.
    """

    activated_id = Signal(str)
    space_pressed = Signal(str)
    current_changed = Signal(str)
    menu_requested = Signal(str, QPoint)

    def __init__(self, model: RowModel[R], name: str, empty: str = "", parent: QWidget | None = None) -> None:
        """Show `model`; `name` is for the screen reader, `empty` what the table says without rows."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self._rows = model
        self._empty = empty
        self.setAccessibleDescription("" if model.rows else empty)
        self._place = _Place()
        if model.parent() is None:
            model.setParent(self)
        self.setModel(model)
        self._delegate = _CellDelegate(self, model)
        self.setItemDelegate(self._delegate)
        self._configure()
        self._widths = Widths(self, model)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        self.doubleClicked.connect(self._on_double_clicked)
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)

    def current_id(self) -> str:
        """The id of the current row, or ""."""
        index = self.currentIndex()
        return self._rows.id_at(index.row()) if index.isValid() else ""

    def current_row(self) -> R | None:
        """The current row."""
        index = self.currentIndex()
        return self._rows.rows[index.row()] if index.isValid() else None

    def select_id(self, row_id: str) -> bool:
        """Make a row current and scroll to it; False if it is not there."""
        position = self._rows.position(row_id)
        if position >= 0:
            self._go(position, 0)
            self.scrollTo(self._rows.index(position, 0))
        return position >= 0

    def save_state(self) -> str:
        """The widths of the columns, as text to be kept; "" while they follow the window."""
        if not self._widths.own():
            return ""
        return ",".join(str(self.columnWidth(column)) for column in range(self._rows.columnCount()))

    def restore_state(self, state: str) -> None:
        """Take kept widths again; text that does not fit this table is ignored."""
        parts = state.split(",")
        if len(parts) == self._rows.columnCount() and all(part.isdecimal() for part in parts):
            for column, part in enumerate(parts):
                if self._rows.columns[column].width:
                    self.setColumnWidth(column, max(int(part), theme.unit(6)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._widths.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.current_id()
        if current and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.activated_id.emit(current)
        elif current and event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.space_pressed.emit(current)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        current = self.current_id()
        if not current:
            return
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            at = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        self.menu_requested.emit(current, at)

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        index = self.currentIndex()
        if self._rows.rows and not self.selectionModel().isSelected(index):  # Qt makes one current and does not show it
            self._go(max(index.row(), 0), max(index.column(), 0))

    def paintEvent(self, event: QPaintEvent) -> None:
        self._delegate.take_tools()
        super().paintEvent(event)
        if self._empty and not self._rows.rows:
            paint_empty(self, self._empty)

    def _configure(self) -> None:
        views = QAbstractItemView
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(views.SelectionBehavior.SelectRows)
        self.setSelectionMode(views.SelectionMode.SingleSelection)
        self.setEditTriggers(views.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(views.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(views.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + theme.unit(3.5))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(theme.unit(6))
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    @Slot()
    def _remember(self) -> None:
        indexes = self.selectionModel().selectedRows()
        self._place = _Place(
            self.current_id(),
            max(self.currentIndex().column(), 0),
            tuple(self._rows.id_at(index.row()) for index in indexes),
            self.verticalScrollBar().value(),
        )

    @Slot()
    def _restore(self) -> None:
        self.setAccessibleDescription("" if self._rows.rows else self._empty)
        place = self._place
        position = self._rows.position(place.current) if place.current else -1
        if position >= 0:
            self._go(position, place.column, select=place.current in place.selected)
        elif place.current:
            self.current_changed.emit("")
        self._widths.fit()
        self.verticalScrollBar().setValue(place.scroll)

    def _go(self, position: int, column: int, *, select: bool = True) -> None:
        flags = QItemSelectionModel.SelectionFlag
        how = flags.ClearAndSelect | flags.Rows if select else flags.NoUpdate
        self.selectionModel().setCurrentIndex(self._rows.index(position, column), how)

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.activated_id.emit(self._rows.id_at(index.row()))

    @Slot()
    def _on_current_changed(self) -> None:
        self.current_changed.emit(self.current_id())


class _Tools:
    """Colours, fonts and distances of one painting, looked up once instead of for each cell."""

    def __init__(self) -> None:
        colours = theme.current()
        self.text, self.second = QColor(colours.text), QColor(colours.second)
        self.hairline, self.selection = QColor(colours.hairline), QColor(colours.selection)
        self.primary = QColor(colours.primary)
        self.fonts = {strong: theme.font(bold=strong) for strong in (False, True)}
        self.metrics = {strong: QFontMetrics(font) for strong, font in self.fonts.items()}
        self.left, self.right = theme.unit(2), theme.unit(2)


class _CellDelegate(QStyledItemDelegate):
    """Draws a prepared cell: tint of the row, hairline under it, tag or icon, text or badge."""

    def __init__(self, view: QWidget, model: RowModel[Any]) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._tools = _Tools()

    def take_tools(self) -> None:
        """The view is going to be painted: the theme may have changed since the last time."""
        self._tools = _Tools()

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        metrics = option.fontMetrics
        return QSize(metrics.horizontalAdvance(index.data()) + theme.unit(5), metrics.height() + theme.unit(3.5))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        cell = self._model.cell(index.row(), index.column())
        area: QRect = option.rect
        ends = index.column() == 0, index.column() + 1 == len(self._model.columns)
        self._paint_back(painter, area, ends, selected=bool(option.state & SELECTED))
        area = area.adjusted(self._tools.left, 0, -self._tools.right, 0)
        if cell.struck:
            area.setLeft(area.left() + self._paint_struck(painter, area, cell.struck))
        if cell.tag or cell.icon or (cell.meaning is not None and cell.text):
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            area.setLeft(area.left() + _paint_front(painter, area, cell))
            self._paint_text(painter, area, cell)
            painter.restore()
        elif cell.text:
            self._paint_text(painter, area, cell)

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: AnyIndex
    ) -> bool:
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        cell = self._model.cell(index.row(), index.column())
        cut = self.sizeHint(option, index).width() > option.rect.width()
        QToolTip.showText(event.globalPos(), cell.tip or (cell.text if cut else ""), view)
        return True

    def _paint_back(self, painter: QPainter, area: QRect, ends: tuple[bool, bool], *, selected: bool) -> None:
        """The hairline from the first word of a row to the end of its last column; a selection reaches further."""
        tools = self._tools
        first, last = ends
        line = area.adjusted(tools.left if first else 0, 0, -tools.right if last else 0, 0)
        painter.fillRect(line.left(), line.bottom(), line.width(), 1, tools.hairline)
        if not selected:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(area)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tools.selection)
        painter.drawRoundedRect(QRectF(area).adjusted(0 if first else -_ROUND, 0, 0 if last else _ROUND, -1),
                                _ROUND, _ROUND)  # fmt: skip
        if first and self._view.hasFocus():
            painter.setBrush(tools.primary)
            painter.drawRoundedRect(QRectF(area.left(), area.top(), 3, area.height() - 1), 1.5, 1.5)
        painter.restore()

    def _paint_text(self, painter: QPainter, area: QRect, cell: Cell) -> None:
        if cell.meaning is not None and cell.text:
            size = badge_size(cell.text)
            top = area.center().y() - size.height() / 2 + 0.5
            width = min(size.width(), area.width())
            paint_badge(painter, QRectF(area.left(), top, width, size.height()), cell.text, cell.meaning)
            return
        tools = self._tools
        painter.setFont(tools.fonts[cell.strong])
        painter.setPen(tools.second if cell.second else tools.text)
        shown = tools.metrics[cell.strong].elidedText(cell.text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, TO_THE_RIGHT if cell.right else TO_THE_LEFT, shown)

    def _paint_struck(self, painter: QPainter, area: QRect, text: str) -> int:
        """What no longer holds; gives back the room it took, in pixels."""
        tools = self._tools
        font = QFont(theme.font())
        font.setStrikeOut(True)
        painter.setFont(font)
        painter.setPen(tools.second)
        shown = tools.metrics[False].elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, TO_THE_LEFT, shown)
        return tools.metrics[False].horizontalAdvance(shown) + theme.unit(2)


def _paint_front(painter: QPainter, area: QRect, cell: Cell) -> int:
    """Tag and icon; gives back the room they took, in pixels."""
    left = 0
    if cell.tag:
        size = badge_size(cell.tag[0])
        width = max(size.width() - theme.unit(1), theme.unit(5))
        box = QRectF(area.left(), area.center().y() - size.height() / 2 + 0.5, width, size.height())
        paint_badge(painter, box, *cell.tag)
        left += width + theme.unit(2)
    if cell.icon:
        side = theme.unit(4)
        box = QRectF(area.left() + left, round(area.center().y() - side / 2), side, side)
        icons.paint(painter, cell.icon, box, theme.current().second)
        left += side + theme.unit(1.5)
    return left
