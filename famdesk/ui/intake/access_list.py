"""The accesses of a day: the table, the way to other days, and what can be done with an access."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from famdesk.i18n import _, formats
from famdesk.ui.intake.accesses import access_table, line_of
from famdesk.ui.kit.buttons import ToolButton, make_action
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Card
from famdesk.usecases.intake import intake

ONE_DAY = timedelta(days=1)


class AccessList(Card):
    """Shows a day's accesses; removes them.

    Attributes:
        ways: the commands to other days, for the page to take over.

    Signals:
        shown(int): the rows of the day are there: how many.
        card_wanted(object): the access card of a row is to be opened, or made from a contact.
        correction_wanted(object): the contact of a row is to be corrected.
        removed(str): an access of this kind was removed ("contact" or "card").
    """

    shown = Signal(int)
    card_wanted = Signal(object)
    correction_wanted = Signal(object)
    removed = Signal(str)

    def __init__(self, runner: Runner, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(_("Accesses of today"), parent=parent)
        self._runner, self._now = runner, now
        self._day: date | None = None
        self._usual_point: str | None = None
        self._wanted = ""
        self._rows: tuple[intake.AccessRow, ...] = ()
        empty = _("No access yet. The line above logs one; Ctrl+N opens an access card.")
        self.table, self._model = access_table(empty)
        table = self.table
        self._open = make_action(table, _("Open the access card"), self._open_selected, icon="file-pen")
        self._correct = make_action(table, _("Correct"), self._correct_selected, icon="pencil", shortcut="F2")
        self._remove = make_action(table, _("Remove"), self._remove_selected, icon="trash-2", shortcut="Del")
        self.ways = (
            make_action(self, _("Day before"), self.go_earlier, icon="chevron-left", shortcut="Ctrl+PgUp"),
            make_action(self, _("Back to today"), self.go_today, icon="calendar"),
            make_action(self, _("Day after"), self.go_later, icon="chevron-right", shortcut="Ctrl+PgDown"),
        )
        self.earlier, self.today, self.later = (self._arrow(way) for way in self.ways)
        self.add_wide(table, 1)
        table.activated_id.connect(self._open_selected)
        table.menu_requested.connect(self._on_menu)

    @property
    def day(self) -> date:
        """The day whose accesses are listed."""
        return self._day or self._now().date()

    def is_today(self) -> bool:
        """Whether the list is that of today, also after midnight."""
        return self._day is None

    def refresh(self) -> None:
        """Read the day again."""
        self._runner.fetch(intake.accesses, self.day, then=self._show_rows, latest="accesses")

    def set_usual_point(self, point_id: str | None) -> None:
        """The access point that goes without saying."""
        if point_id != self._usual_point:
            self._usual_point = point_id
            self._show_rows(self._rows)

    def select(self, access_id: str) -> None:
        """Go to an access, now or when the rows are there."""
        self._wanted = access_id
        self._find_wanted()

    @Slot()
    def go_earlier(self) -> None:
        """The day before."""
        self._go_to(self.day - ONE_DAY)

    @Slot()
    def go_later(self) -> None:
        """The day after, at most today."""
        self._go_to(self.day + ONE_DAY)

    @Slot()
    def go_today(self) -> None:
        """Today."""
        self._go_to(self._now().date())

    def _go_to(self, day: date) -> None:
        self._day = None if day >= self._now().date() else day
        announce(self.table, formats.date_full(self.day))
        self.refresh()

    def _show_rows(self, rows: Sequence[intake.AccessRow]) -> None:
        self._rows = tuple(rows)
        self._model.set_rows([line_of(row, self._usual_point) for row in rows])
        today = self.day == self._now().date()
        self.set_title(
            _("Accesses of today") if today else _("Accesses of {day}").format(day=formats.date_day(self.day))
        )
        self.later.setEnabled(not today)
        self.today.setEnabled(not today)
        self._find_wanted()
        self.shown.emit(len(rows))

    def _find_wanted(self) -> None:
        if self._wanted and self.table.select_id(self._wanted):
            self._wanted = ""
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _selected(self) -> intake.AccessRow | None:
        line = self.table.current_row()
        return line.row if line is not None else None

    @Slot()
    def _open_selected(self) -> None:
        row = self._selected()
        if row is not None:
            self.card_wanted.emit(row)

    @Slot()
    def _correct_selected(self) -> None:
        row = self._selected()
        if row is not None:
            (self.correction_wanted if row.kind == "contact" else self.card_wanted).emit(row)

    @Slot()
    def _remove_selected(self) -> None:
        row = self._selected()
        if row is None:
            return
        position = self._rows.index(row)
        near = self._rows[position + 1 : position + 2] or self._rows[max(position - 1, 0) : position]
        self._wanted = near[0].id if near else ""
        remove = intake.remove_card if row.kind == "card" else intake.remove_contact
        self._runner.run(remove, row.id, row.version, then=partial(_removed, self, row.kind), owner=self)

    @Slot(str, QPoint)
    def _on_menu(self, _row_id: str, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self._open, self._correct, self._remove])
        menu.popup(at)

    def _arrow(self, way: QAction) -> ToolButton:
        button = ToolButton(way.text(), str(way.property("icon_name")), shortcut=way.shortcut().toString(), flat=True)
        button.clicked.connect(way.trigger)
        self.tools.addWidget(button)
        return button


def _removed(accesses: AccessList, kind: str, _result: object) -> None:
    accesses.removed.emit(kind)
