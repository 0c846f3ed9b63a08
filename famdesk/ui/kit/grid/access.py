"""What a screen reader is told: a painted calendar as a list of what stands in it, and what has just happened.

The interfaces are Python subclasses. Python owns their C++ halves and Qt's cache keeps pointers to them, so they must
live until Qt has let go: `_Factory` keeps those of a widget until the widget is gone, and takes all of them out of the
cache before Python ends.
"""

from __future__ import annotations

import atexit
import weakref
from typing import Final, Protocol, cast

from PySide6.QtCore import QCoreApplication, QObject, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QAccessibleInterface,
    QWindow,
)
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from shiboken6 import isValid

_INSTALLED: Final = "famdesk_grid_accessible"
SLOT: Final = ""
"""The id under which the keyboard cursor on an empty place is known."""


class Reader(Protocol):
    """What a painted widget tells of its parts, each with an id, in the order of reading."""

    def count(self) -> int:
        """How many parts there are."""

    def id_at(self, index: int) -> str:
        """The id of a part by its place."""

    def number(self, part: str) -> int:
        """The place of a part, -1 if it is not there."""

    def name(self, part: str) -> str:
        """All that the part says."""

    def description(self, part: str) -> str:
        """What may be said after it."""

    def rect(self, part: str) -> QRect:
        """Where it is on the screen."""

    def part_at(self, x: int, y: int) -> str | None:
        """The part at a point of the screen."""

    def current(self) -> str:
        """The part that the keyboard acts upon."""

    def is_selected(self, part: str) -> bool:
        """Whether it is selected; a cursor on an empty place is not."""

    def within(self) -> QWidget | None:
        """A widget inside that is read before the parts, or None."""


class Readable(Protocol):
    """A widget with a reader."""

    reader: Reader


def reader_of(widget: QWidget) -> Reader:
    """The reader of a painted widget."""
    return cast(Readable, widget).reader


class GridAccessible(QAccessibleWidget):
    """The widget: a list whose children are its parts, after the widget inside if there is one."""

    def __init__(self, grid: QWidget) -> None:
        super().__init__(grid, QAccessible.Role.List)
        self._grid = weakref.ref(grid)
        self.items: dict[str, ItemAccessible] = {}

    def childCount(self) -> int:
        grid = self._grid()
        return 0 if grid is None else reader_of(grid).count() + int(reader_of(grid).within() is not None)

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        grid = self._grid()
        if grid is None or not 0 <= index < self.childCount():
            return None
        reader = reader_of(grid)
        inside = reader.within()
        if inside is not None and index == 0:
            return QAccessible.queryAccessibleInterface(inside)
        return self.item(reader.id_at(index - int(inside is not None)))

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        grid = self._grid()
        if grid is None:
            return -1
        reader = reader_of(grid)
        inside = reader.within()
        if isinstance(child, ItemAccessible):
            number = reader.number(child.box_id)
            return number if number < 0 else number + int(inside is not None)
        return 0 if inside is not None and child.object() is inside else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        grid = self._grid()
        part = None if grid is None else reader_of(grid).part_at(x, y)
        return None if part is None else self.item(part)

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        grid = self._grid()
        return self.item(reader_of(grid).current()) if grid is not None and grid.hasFocus() else None

    def item(self, box_id: str) -> ItemAccessible:
        """The interface of a part, made on first use."""
        grid = self._grid()
        assert grid is not None
        if box_id not in self.items:
            self.items[box_id] = ItemAccessible(grid, box_id)
            QAccessible.registerAccessibleInterface(self.items[box_id])
        return self.items[box_id]

    def prune(self) -> None:
        """Let go of parts that are no longer shown."""
        grid = self._grid()
        if grid is None:
            return
        reader = reader_of(grid)
        for box_id in [known for known in self.items if known != SLOT and reader.number(known) < 0]:
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(self.items[box_id]))
            del self.items[box_id]

    def release(self) -> None:
        """Let go of everything; the widget is gone."""
        for item in self.items.values():
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(item))
        self.items.clear()


class ItemAccessible(QAccessibleInterface):
    """One part: a box, a day, or the cursor on an empty place (`box_id` is "")."""

    def __init__(self, grid: QWidget, box_id: str) -> None:
        super().__init__()
        self._grid = weakref.ref(grid)
        self.box_id = box_id
        self._told = ""

    def renamed(self) -> bool:
        """Whether the part has another name than was told last."""
        told = self._told
        return bool(told) and self.text(QAccessible.Text.Name) != told

    def grid(self) -> QWidget | None:
        """The widget, unless it is gone."""
        grid = self._grid()
        return grid if grid is not None and isValid(grid) else None

    def isValid(self) -> bool:
        grid = self.grid()
        return grid is not None and (not self.box_id or reader_of(grid).number(self.box_id) >= 0)

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
        return QRect() if grid is None else reader_of(grid).rect(self.box_id)

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        grid = self.grid()
        if grid is None:
            state.invalid = True
            return state
        state.focusable = state.selectable = True
        if reader_of(grid).current() == self.box_id:
            state.selected = reader_of(grid).is_selected(self.box_id)
            state.focused = grid.hasFocus()
        return state

    def text(self, kind: QAccessible.Text) -> str:
        grid = self.grid()
        if grid is None:
            return ""
        if kind == QAccessible.Text.Name:
            self._told = reader_of(grid).name(self.box_id)
            return self._told
        return reader_of(grid).description(self.box_id) if kind == QAccessible.Text.Description else ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Names are not changed from outside."""


class _Factory:
    """Makes the interface of each grid; called by Qt."""

    def __init__(self) -> None:
        self._alive: list[GridAccessible] = []
        self._ended = False
        atexit.register(self._end)

    def make(self, key: str, widget: QObject | None) -> QAccessibleInterface | None:
        """The interface for a widget with a reader, None for everything else."""
        if self._ended or not isinstance(widget, QWidget) or getattr(widget, "reader", None) is None:
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


def focus_moved(grid: QWidget) -> None:
    """Tell that another part now has the focus."""
    interface = _interface(grid)
    if interface is not None and grid.hasFocus():
        item = interface.item(reader_of(grid).current())
        if not item.box_id:
            QAccessible.updateAccessibility(QAccessibleEvent(item, QAccessible.Event.NameChanged))
        QAccessible.updateAccessibility(QAccessibleEvent(item, QAccessible.Event.Focus))


def content_changed(grid: QWidget) -> None:
    """Tell that there are other parts."""
    interface = _interface(grid)
    if interface is not None:
        interface.prune()
        for item in interface.items.values():
            if item.box_id and item.renamed():
                QAccessible.updateAccessibility(QAccessibleEvent(item, QAccessible.Event.NameChanged))
        QAccessible.updateAccessibility(QAccessibleEvent(grid, QAccessible.Event.ObjectReorder))


def _interface(grid: QWidget) -> GridAccessible | None:
    """The widget's interface, only made when somebody listens."""
    if not QAccessible.isActive():
        return None
    interface = QAccessible.queryAccessibleInterface(grid)
    return interface if isinstance(interface, GridAccessible) else None
