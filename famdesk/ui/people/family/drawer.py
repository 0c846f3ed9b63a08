"""The drawer of measures of courts: closed until somebody opens it, and every look into it is written down."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from famdesk.i18n import _
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.lines import LineList
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card, Label
from famdesk.ui.people.family import words as family_words
from famdesk.ui.people.family.columns import short_button
from famdesk.usecases.people import measures
from famdesk.usecases.people.measures import MeasureRow
from famdesk.usecases.people.person_rows import PersonFile

if TYPE_CHECKING:
    from famdesk.ui.people.family.entries import FamilyEntries


class MeasuresDrawer(Card):
    """The measures about the person whose file is open.

    Attributes:
        rows: those shown; empty while the drawer is closed.
        add_action: adds a measure.

    Signals:
        failed(object): an error to present.
    """

    failed = Signal(object)

    def __init__(self, runner: Runner, entries: FamilyEntries, add: QAction, parent: QWidget | None = None) -> None:
        super().__init__(_("Measures of courts"), "lock", parent)
        self.rows: tuple[MeasureRow, ...] = ()
        self.add_action = add
        self.list = LineList(_("Measures of courts"), _("No measure is written down."), grow=True)
        self.list.hide()
        self._runner = runner
        self._file: PersonFile | None = None
        self._open = False
        self._told = Label(_("Closed. Who opens this drawer is written down."), "second", wrap=True)
        self._button = ActionButton(_("Open the drawer"), "eye")
        self.tools.addWidget(short_button(add))
        self.add_list(self.list)
        self.body.addWidget(self._told)
        self.body.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        self._button.clicked.connect(self._on_button)
        self.list.activated_id.connect(entries.activate)
        self.list.menu_requested.connect(entries.show_menu)

    def show_file(self, file: PersonFile) -> None:
        """Another file, or the same with changes; an open drawer is read again."""
        if self._file is not None and self._file.id != file.id:
            self.close_drawer()
        self._file = file
        if self._open:
            self._read()

    def close_drawer(self) -> None:
        """Take everything off the screen."""
        self._open, self.rows, self._file = False, (), None
        self.list.set_lines([])
        self.list.hide()
        self._told.show()
        self._button.setText(_("Open the drawer"))
        self._button.set_icon_name("eye")

    def is_open(self) -> bool:
        """Whether the measures are shown."""
        return self._open

    @Slot()
    def _on_button(self) -> None:
        if self._open:
            file = self._file
            self.close_drawer()
            self._file = file
        else:
            self._read()

    def _read(self) -> None:
        if self._file is not None:
            then = partial(self._take, self._file.id)
            self._runner.fetch(measures.measures, self._file.id, then=then, failed=self.failed.emit, owner=self,
                               latest="measures")  # fmt: skip

    def _take(self, person_id: str, rows: tuple[MeasureRow, ...]) -> None:
        if self._file is None or self._file.id != person_id:
            return
        by_hand = self._button.hasFocus()
        self._open, self.rows = True, rows
        self.list.set_lines([family_words.measure_line(row, self._file.today) for row in rows])
        self.list.show()
        self._told.hide()
        self._button.setText(_("Close the drawer"))
        self._button.set_icon_name("eye-off")
        if by_hand:
            self.list.setFocus()
