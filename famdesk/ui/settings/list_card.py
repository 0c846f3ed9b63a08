"""A list in the settings: what it is, its lines, and the buttons that add and change them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QWidget

from famdesk.ui.kit.buttons import ActionButton, ToolButton
from famdesk.ui.kit.lines import Line
from famdesk.ui.kit.movable_lines import MovableList
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Card, Label
from famdesk.ui.settings.section import Section, button, reason_label
from famdesk.usecases.centre.centre import MeRow


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list shows. `line` makes the line of a row, which has an `id` and a `version`; `change` is the use-case
    that one must be allowed to do; `explained` says what the list is for, `empty` is shown instead of no lines."""

    title: str
    icon: str
    change: str
    line: Callable[[Any], Line]
    explained: str = ""
    empty: str = ""


class ListCard(Card):
    """The lines with their buttons. Who may not change them looks at them, and reads why.

    Attributes:
        list: the lines.

    Signals:
        opened(object): a row is to be changed: Enter or a double click, by somebody who may.
        moved(object, int): a row is wanted so many places further down, or up if negative.
        row_changed(object): another row is current, or the same in another state; None: none is.
    """

    opened = Signal(object)
    moved = Signal(object, int)
    row_changed = Signal(object)

    def __init__(self, listed: Listed, parent: QWidget | None = None) -> None:
        super().__init__(listed.title, listed.icon, parent)
        self._listed = listed
        self._may = False
        self._rows: dict[str, Any] = {}
        self._buttons: list[QAbstractButton] = []
        self.list = MovableList(listed.title, listed.empty, grow=True)
        self._reason = reason_label(listed.change)
        if listed.explained:
            self.body.addWidget(Label(listed.explained, "second", wrap=True))
        self.body.addWidget(self._reason)
        self.add_wide(self.list)
        self.list.activated_id.connect(self._on_activated)
        self.list.current_changed.connect(self._on_current)
        self.list.moved.connect(self._on_moved)

    @property
    def may(self) -> bool:
        """Whether who is signed in may change them."""
        return self._may

    def tool(self, text: str, icon: str, slot: object) -> ActionButton:
        """A button of the heading, shown to those who may change the rows."""
        made = button(text, icon, slot)
        self._add_button(made)
        return made

    def small_tool(self, text: str, icon: str, slot: Callable[[], object]) -> ToolButton:
        """The same with an icon alone, where there is little room; its words are told."""
        made = ToolButton(text, icon)
        made.clicked.connect(slot)
        self._add_button(made)
        return made

    def _add_button(self, made: QAbstractButton) -> None:
        self._buttons.append(made)
        self.tools.addWidget(made)

    def allow(self, me: MeRow) -> None:
        """Show the buttons, or why there are none."""
        self._may = self._listed.change in me.may
        for one in self._buttons:
            one.setVisible(self._may)
        self._reason.setVisible(not self._may)

    def show_rows(self, rows: Sequence[Any], movable: Callable[[Any], bool] | None = None) -> None:
        """Show these; `movable` tells which of them can be put elsewhere."""
        self._rows = {row.id: row for row in rows}
        can = {row.id for row in rows if self._may and movable is not None and movable(row)}
        self.list.set_movable(can)
        self.list.set_lines([self._listed.line(row) for row in rows])
        self._on_current()

    def row(self) -> Any | None:
        """The row that is current."""
        return self._rows.get(self.list.current_id())

    @property
    def rows(self) -> tuple[Any, ...]:
        """All rows."""
        return tuple(self._rows.values())

    @Slot()
    def _on_current(self) -> None:
        self.row_changed.emit(self.row())

    @Slot(str)
    def _on_activated(self, row_id: str) -> None:
        if self._may and row_id in self._rows:
            self.opened.emit(self._rows[row_id])

    @Slot(str, int)
    def _on_moved(self, row_id: str, by: int) -> None:
        self.moved.emit(self._rows[row_id], by)


class ListSection(Section):
    """A section that is one list.

    Attributes:
        card: the list with its buttons. list: its lines.
    """

    def __init__(
        self, runner: Runner, listed: Listed, query: Callable[..., Any], parent: QWidget | None = None
    ) -> None:
        super().__init__(runner, parent)
        self._query = query
        self.card = ListCard(listed)
        self.list = self.card.list
        self.body.addWidget(self.card)
        self.body.addStretch(1)
        self.card.opened.connect(self.edit)
        self.card.row_changed.connect(self.on_row)

    def read(self, me: MeRow) -> None:
        self.card.allow(me)
        self.fetch()

    def fetch(self) -> None:
        """Read the rows anew."""
        self.runner.fetch(self._query, then=self.show_rows, failed=self.failed.emit, latest="rows")

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show the rows that were read."""
        self.card.show_rows(rows)

    @Slot(object)
    def edit(self, row: Any | None) -> None:
        """Change a row, or add one (None)."""

    @Slot(object)
    def on_row(self, row: Any | None) -> None:
        """Another row is current: the buttons go with it."""

    @Slot()
    def add_one(self) -> None:
        """Add a row."""
        self.edit(None)

    def do(self, usecase: Callable[..., Any], row: Any, **details: Any) -> None:
        """Change a row by a use-case that takes its id and version, then read all anew."""
        self.runner.run(usecase, row.id, row.version, then=self.on_done, failed=self.failed.emit, **details)

    def on_done(self, _made: object = None) -> None:
        """Something was changed."""
        self.fetch()


def tell_place(source: ListCard, row: Any) -> None:
    """Say where a row stands now, to who does not see it."""
    ids = [one.id for one in source.rows]
    if row.id in ids:
        line = source.list.lines()[ids.index(row.id)]
        announce(source.list, f"{ids.index(row.id) + 1}, {line.title}")
