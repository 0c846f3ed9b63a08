"""What a screen reader is told: the grid as a list of its boxes and the cursor, and what has just happened.

The interfaces are Python subclasses. Python owns their C++ halves and Qt's cache keeps pointers to them, so they must
live until Qt has let go: `_Factory` keeps those of a grid until the grid is gone, and takes all of them out of the
cache before Python ends.
"""

from __future__ import annotations

import atexit
import weakref
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QAccessibleInterface,
    QWindow,
)
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import isValid

from famdesk.ui.kit.grid_words import box_sentence, slot_sentence, state_word

if TYPE_CHECKING:
    from famdesk.ui.kit.grid import CalendarGrid

_INSTALLED: Final = "famdesk_grid_accessible"
SLOT: Final = ""
"""The id under which the keyboard cursor on an empty place is known."""


class GridAccessible(QAccessibleWidget):
    """The grid: a list whose children are the boxes in the order of column and time, and the cursor at its end."""

    def __init__(self, grid: CalendarGrid) -> None:
        super().__init__(grid, QAccessible.Role.List)
        self._grid = weakref.ref(grid)
        self.items: dict[str, ItemAccessible] = {}

    def childCount(self) -> int:
        grid = self._grid()
        return 0 if grid is None else len(grid.scene.placed) + 1

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        grid = self._grid()
        if grid is None or not 0 <= index <= len(grid.scene.placed):
            return None
        placed = grid.scene.placed
        return self.item(placed[index].box.id if index < len(placed) else SLOT)

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        grid = self._grid()
        if grid is None or not isinstance(child, ItemAccessible):
            return -1
        return grid.scene.number(child.box_id) if child.box_id else len(grid.scene.placed)

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        grid = self._grid()
        if grid is None:
            return None
        placed = grid.box_on_screen(x, y)
        return None if placed is None else self.item(placed.box.id)

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        grid = self._grid()
        return self.item(grid.selected()) if grid is not None and grid.hasFocus() else None

    def item(self, box_id: str) -> ItemAccessible:
        """The interface of a box, made on first use."""
        grid = self._grid()
        assert grid is not None
        if box_id not in self.items:
            self.items[box_id] = ItemAccessible(grid, box_id)
            QAccessible.registerAccessibleInterface(self.items[box_id])
        return self.items[box_id]

    def prune(self, shown: frozenset[str]) -> None:
        """Let go of boxes that are no longer shown."""
        for box_id in [known for known in self.items if known != SLOT and known not in shown]:
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(self.items[box_id]))
            del self.items[box_id]

    def release(self) -> None:
        """Let go of everything; the grid is gone."""
        for item in self.items.values():
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(item))
        self.items.clear()


class ItemAccessible(QAccessibleInterface):
    """One box, or the cursor on an empty place (`box_id` is "")."""

    def __init__(self, grid: CalendarGrid, box_id: str) -> None:
        super().__init__()
        self._grid = weakref.ref(grid)
        self.box_id = box_id
        self._told = ""

    def renamed(self) -> bool:
        """Whether the box has another name than was told last."""
        told = self._told
        return bool(told) and self.text(QAccessible.Text.Name) != told

    def grid(self) -> CalendarGrid | None:
        """The grid, unless it is gone."""
        grid = self._grid()
        return grid if grid is not None and isValid(grid) else None

    def isValid(self) -> bool:
        grid = self.grid()
        return grid is not None and (not self.box_id or grid.scene.number(self.box_id) >= 0)

    def object(self) -> QObject | None:  # type: ignore[override]
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]
        grid = self.grid()
        return None if grid is None else grid.window().windowHandle()

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        grid = self.grid()
        return None if grid is None else QAccessible.queryAccessibleInterface(grid)

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    def childCount(self) -> int:
        return 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    def rect(self) -> QRect:
        grid = self.grid()
        return QRect() if grid is None else grid.screen_rect(self.box_id)

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        grid = self.grid()
        if grid is None:
            state.invalid = True
            return state
        state.focusable = state.selectable = True
        if grid.selected() == self.box_id:
            state.selected = bool(self.box_id)
            state.focused = grid.hasFocus()
        return state

    def text(self, kind: QAccessible.Text) -> str:
        grid = self.grid()
        if grid is None:
            return ""
        placed = grid.scene.placed_box(self.box_id)
        if kind == QAccessible.Text.Name:
            column = grid.scene.content.columns[placed.column] if placed else None
            self._told = box_sentence(placed.box, column) if placed else slot_words(grid)
            return self._told
        return state_word(placed.box.state) if placed and kind == QAccessible.Text.Description else ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Names are not changed from outside."""


class _Factory:
    """Makes the interface of each grid; called by Qt."""

    def __init__(self) -> None:
        self._alive: list[GridAccessible] = []
        self._ended = False
        atexit.register(self._end)

    def make(self, key: str, widget: QObject | None) -> QAccessibleInterface | None:
        """The interface for a grid, None for everything else."""
        from famdesk.ui.kit.grid import CalendarGrid

        if self._ended or not isinstance(widget, CalendarGrid):
            return None
        for gone in [one for one in self._alive if not isValid(one)]:
            gone.release()
            self._alive.remove(gone)
        made = GridAccessible(widget)
        self._alive.append(made)
        return made

    def _end(self) -> None:
        """Python ends: what Qt still knows would be freed twice."""
        self._ended = True
        for one in self._alive:
            one.release()
            if isValid(one):
                QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(one))
        self._alive.clear()


def install() -> None:
    """Make grids known to screen readers; once per application."""
    application = QCoreApplication.instance()
    if application is not None and not application.property(_INSTALLED):
        application.setProperty(_INSTALLED, True)
        QAccessible.installFactory(_Factory().make)


def slot_words(grid: CalendarGrid) -> str:
    """What stands at the cursor."""
    span = grid.slot_span()
    if span is None:
        return ""
    return slot_sentence(grid.scene.content.columns[span.column], span, grid.scene.bands_in(span))


def focus_moved(grid: CalendarGrid) -> None:
    """Tell that the selected box or the cursor now has the focus."""
    interface = _interface(grid)
    if interface is not None and grid.hasFocus():
        item = interface.item(grid.selected())
        if not item.box_id:
            QAccessible.updateAccessibility(QAccessibleEvent(item, QAccessible.Event.NameChanged))
        QAccessible.updateAccessibility(QAccessibleEvent(item, QAccessible.Event.Focus))


def content_changed(grid: CalendarGrid) -> None:
    """Tell that there are other boxes."""
    interface = _interface(grid)
    if interface is not None:
        interface.prune(frozenset(placed.box.id for placed in grid.scene.placed))
        for item in interface.items.values():
            if item.box_id and item.renamed():
                QAccessible.updateAccessibility(QAccessibleEvent(item, QAccessible.Event.NameChanged))
        QAccessible.updateAccessibility(QAccessibleEvent(grid, QAccessible.Event.ObjectReorder))


def _interface(grid: CalendarGrid) -> GridAccessible | None:
    """The grid's interface, only made when somebody listens."""
    if not QAccessible.isActive():
        return None
    interface = QAccessible.queryAccessibleInterface(grid)
    return interface if isinstance(interface, GridAccessible) else None
