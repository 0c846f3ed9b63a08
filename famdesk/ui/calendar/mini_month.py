"""The small month beside the calendar: week numbers, a dot on days that hold something, a way to any day."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from famdesk.domain.calendar import periods
from famdesk.i18n import _, formats
from famdesk.ui.calendar import sheets
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ToolButton
from famdesk.ui.kit.cells.calendar_cells import CellGrid
from famdesk.ui.kit.cells.model import SMALL
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label
from famdesk.usecases.calendar import calendar_board


class MiniMonth(QWidget):
    """Arrows move the day, Enter or a click goes there, page keys and the wheel turn the months.

    Signals:
        day_wanted(object): show that day.
    """

    day_wanted = Signal(object)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._month = self._day = self._today = date.today()
        self._busy: frozenset[date] = frozenset()
        self._title = Label("", "strong")
        back = ToolButton(_("Previous month"), "chevron-left", flat=True)
        on = ToolButton(_("Next month"), "chevron-right", flat=True)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._title, 1)
        row.addWidget(back)
        row.addWidget(on)
        self.grid = CellGrid(SMALL)
        self.grid.setAccessibleName(_("Month to choose a day from"))
        self.grid.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.unit(2))
        layout.addLayout(row)
        layout.addWidget(self.grid)
        layout.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        back.clicked.connect(self._on_back)
        on.clicked.connect(self._on_on)
        self.grid.cell_activated.connect(self._on_cell)
        self.grid.period_requested.connect(self.turn)

    def follow(self, day: date, today: date) -> None:
        """Show the month of the day that the calendar shows, and read again what its days hold."""
        self._today = today
        if day != self._day or self.isHidden():
            self._month = day
        self._day = day
        self._show()
        self.refresh()

    def month(self) -> date:
        """A day of the month that is shown."""
        return self._month

    def refresh(self) -> None:
        """Read which days hold something."""
        if not self.isHidden():
            first, last = sheets.mini_days(self._month)
            self._runner.fetch(calendar_board.busy_days, first, last, then=self._take, latest="busy days")

    @Slot(int)
    def turn(self, months: int) -> None:
        """Show another month."""
        number = self.grid.cell_number()
        cells = self.grid.scene.content.cells
        at = date.fromisoformat(cells[number].key) if number >= 0 else self._month
        self._month = periods.stepped(periods.MONTH, self._month, months)
        self._show()
        if at.month != self._month.month:
            at = periods.stepped(periods.MONTH, at, months)
        self.grid.go_to_cell(at.isoformat(), tell=False)
        self.refresh()

    def _take(self, busy: frozenset[date]) -> None:
        self._busy = busy
        self._show()

    def _show(self) -> None:
        key = self.grid.cell_key()
        self._title.setText(formats.month_year(self._month))
        self.grid.set_content(sheets.mini(self._month, self._day, self._today, self._busy))
        if not self.grid.hasFocus() or self.grid.scene.number(key) < 0:
            self.grid.go_to_cell(self._day.isoformat(), tell=False)

    @Slot()
    def _on_back(self) -> None:
        self.turn(-1)

    @Slot()
    def _on_on(self) -> None:
        self.turn(1)

    @Slot(str)
    def _on_cell(self, key: str) -> None:
        self.day_wanted.emit(date.fromisoformat(key))
