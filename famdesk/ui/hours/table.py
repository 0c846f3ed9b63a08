"""The weekly hours of an access point as a table that is as high as its rows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from famdesk.i18n import _
from famdesk.ui.hours.words import HourRow
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.rows import Column, RowModel
from famdesk.ui.kit.table import Table


class HoursTable(Table[HourRow]):
    """Day, hours, validity; Enter edits a row, Delete removes it.

    Signals:
        removal_requested(str): the person wants the row gone.
    """

    removal_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        columns: list[Column[HourRow]] = [
            Column(_("Day"), _day, width=14, spoken=_spoken_day),
            Column(_("Hours"), _hours, width=16, strong=True),
            Column(_("Validity"), _note, width=0, meaning=_meaning, second=True),
        ]
        self._hour_rows: RowModel[HourRow] = RowModel(columns)
        super().__init__(self._hour_rows, _("Opening hours"), parent=parent)
        self.horizontalHeader().hide()
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def set_rows(self, rows: Sequence[HourRow]) -> None:
        """Show other rows; the current one stays."""
        self._hour_rows.set_rows(rows)
        self.setFixedHeight(len(rows) * self.verticalHeader().defaultSectionSize() + 2)

    def texts(self) -> list[tuple[str, str, str]]:
        """What stands in the table."""
        return [(row.spoken_day, row.hours, row.note) for row in self._hour_rows.rows]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.current_id():
            self.removal_requested.emit(self.current_id())
        else:
            super().keyPressEvent(event)


def _day(row: HourRow) -> str:
    return row.day


def _spoken_day(row: HourRow) -> str:
    return row.spoken_day


def _hours(row: HourRow) -> str:
    return row.hours


def _note(row: HourRow) -> str:
    return row.note


def _meaning(row: HourRow) -> Meaning | None:
    return row.meaning
