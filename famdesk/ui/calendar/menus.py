"""The context menu of an appointment, a meeting, or an empty place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from famdesk.domain.calendar.calendar import next_states
from famdesk.i18n import _
from famdesk.ui import appointment_states, session_note
from famdesk.ui.calendar.drawing import Item
from famdesk.ui.kit import icons
from famdesk.ui.kit.buttons import native
from famdesk.usecases.calendar.appointment_rows import AppointmentRow

NEW, OPEN, PERSON, SLIP, CANCEL, STATE = "new", "open", "person", "slip", "cancel", "state:"
SKIP, RESTORE, ABSENCE, REPEAT, NOTE = "skip", "restore", "absence", "repeat", "note"


class ContextMenu(QMenu):
    """Calls `chosen(key)` with what the person picks; a state is "state:" and its code. It deletes itself."""

    def __init__(
        self, parent: QWidget, item: Item | None, today: date, chosen: Callable[[str], object], *, note: bool = False
    ) -> None:
        """`today` is the day at the centre; `note`: of this appointment one writes the note."""
        super().__init__(parent)
        self._chosen, self._today, self._note = chosen, today, note
        self.aboutToHide.connect(self.deleteLater)
        self.setAccessibleName(_("What to do"))
        if item is None:
            self._add(NEW, _("New appointment here"), "calendar-plus")
            self._add(ABSENCE, _("New absence…"), "calendar-x", "Ctrl+Shift+A")
        elif not isinstance(item, AppointmentRow):
            self._add(OPEN, _("Open the initiative"), "sparkles")
        elif not item.masked:
            self._fill(item)
        self.triggered.connect(self._on_triggered)

    def fill_reasons(self) -> None:
        """Only why nobody came, a digit each."""
        self.clear()
        appointment_states.fill_reasons(self, STATE.__add__)

    def _fill(self, row: AppointmentRow) -> None:
        self._add(OPEN, _("Open"), "pencil", "Return")
        if row.person_id:
            self._add(PERSON, _("Open the person's file"), "user-round")
        if self._note:
            self._add(NOTE, session_note.text(), session_note.ICON, session_note.KEY)
        self.addSeparator()
        if row.state == "skipped":
            self._add(RESTORE, _("Bring this date back"), "undo-2")
            return
        appointment_states.fill(self, row, self._today, STATE.__add__)
        self.addSeparator()
        self._add(SLIP, _("Print slip"), "printer")
        if row.series_id is None and row.kind != "absence":
            self._add(REPEAT, _("Repeat…"), "refresh-cw")
        if row.series_id and "skipped" in next_states(row.state):
            self._add(SKIP, _("Take this date out of the series"), "minus")
        if "cancelled" in next_states(row.state):
            self._add(CANCEL, _("Cancel appointment…"), "calendar-x", "Del")

    def _add(self, key: str, text: str, icon: str, shortcut: str = "") -> None:
        action = QAction(icons.icon(icon), f"{text}\t{native(shortcut)}" if shortcut else text, self)
        action.setData(key)
        self.addAction(action)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self._chosen(action.data())
