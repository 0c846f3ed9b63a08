"""The meetings of an initiative: a year at a glance and a list to work with."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from famdesk.domain.codes import label
from famdesk.domain.profile_codes import MEETING_STATES
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, make_action
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.dialog import ask_reason
from famdesk.ui.kit.rows import Column, RowModel
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.table import Table
from famdesk.ui.programmes import words
from famdesk.ui.programmes.dialogs import DatesDialog, MeetingDialog
from famdesk.ui.programmes.strip import YearStrip
from famdesk.usecases import meetings
from famdesk.usecases.programmes_rows import InitiativeDetail, MeetingRow

_PLACE: Final = 3
_LEADER: Final = 4
_EDIT: Final = "edit"
_CANCEL: Final = "cancel"
_RESTORE: Final = "restore"
_REMOVE: Final = "remove"


class MeetingsPanel(QWidget):
    """Year strip, table, and what can be done with meetings.

    Attributes:
        tools: the buttons, for the place where the page wants them.

    Signals:
        attendance_requested(): Space on a meeting: note who came.
    """

    attendance_requested = Signal()

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._detail: InitiativeDetail | None = None
        self.strip = YearStrip()
        self.model: RowModel[MeetingRow] = RowModel(_columns())
        self.table: Table[MeetingRow] = Table(
            self.model, _("Meetings"), empty=_("No meetings yet. Add the first one; its date may follow later.")
        )
        self._add = make_action(self, _("Add meeting"), self.add, icon="plus", shortcut="Ctrl+Shift+M")
        self._dates = make_action(self, _("Set dates"), self.set_dates, icon="calendar-plus", shortcut="Ctrl+Shift+D")
        self.tools = QWidget()
        buttons = QHBoxLayout(self.tools)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(theme.unit(2))
        buttons.addWidget(ActionButton.of(self._dates))
        buttons.addWidget(ActionButton.of(self._add))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.unit(2.5))
        layout.addWidget(self.strip)
        layout.addWidget(self.table, 1)
        self.table.activated_id.connect(self.edit)
        self.table.space_pressed.connect(self._on_space)
        self.table.menu_requested.connect(self._offer)

    def show_detail(self, detail: InitiativeDetail) -> None:
        """Show the meetings of an initiative."""
        self._detail = detail
        self.strip.setVisible(any(row.day for row in detail.meetings))
        self.strip.show_meetings(detail.meetings, detail.today)
        self.model.set_rows(detail.meetings)
        self._add.setEnabled(detail.may_change)
        self._dates.setEnabled(detail.may_change and bool(detail.meetings))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leader, then place give way to the theme in a narrow window; the dialog of the meeting still has them."""
        super().resizeEvent(event)
        width = event.size().width()
        self.table.setColumnHidden(_LEADER, width < theme.unit(160))
        self.table.setColumnHidden(_PLACE, width < theme.unit(120))

    @Slot()
    def add(self) -> None:
        """A meeting more."""
        if self._detail is not None:
            MeetingDialog(self.window(), self._runner, self._detail).open()

    @Slot()
    def set_dates(self) -> None:
        """The dates of all meetings in one dialog."""
        if self._detail is not None:
            DatesDialog(self.window(), self._runner, self._detail).open()

    @Slot(str)
    def edit(self, meeting_id: str) -> None:
        """One meeting in a dialog."""
        row = self.model.row_of(meeting_id)
        if self._detail is not None and row is not None and self._detail.may_change:
            MeetingDialog(self.window(), self._runner, self._detail, row).open()

    def cancel(self, row: MeetingRow) -> None:
        """Say why a meeting does not take place."""
        question = _("Cancel meeting {number}?").format(number=row.number)
        detail = _("It stays in every list with its reason. People enrolled are not told by the program.")
        ask_reason(self.window(), question, _("Cancel the meeting"), partial(self._cancel, row), detail=detail)

    def _cancel(self, row: MeetingRow, reason: str) -> None:
        self._runner.run(meetings.cancel_meeting, row.id, row.version, reason)

    @Slot()
    def _on_space(self) -> None:
        self.attendance_requested.emit()

    @Slot(str, QPoint)
    def _offer(self, meeting_id: str, at: QPoint) -> None:
        row = self.model.row_of(meeting_id)
        if row is None or self._detail is None or not (self._detail.may_change or self._detail.may_enrol):
            return
        menu = QMenu(self)
        if self._detail.may_change:
            menu.addAction(_("Change")).setData((meeting_id, _EDIT))
        if row.state == "cancelled":
            menu.addAction(_("Takes place after all")).setData((meeting_id, _RESTORE))
        else:
            menu.addAction(_("Cancel the meeting")).setData((meeting_id, _CANCEL))
        if self._detail.may_change:
            menu.addSeparator()
            menu.addAction(_("Remove from the list")).setData((meeting_id, _REMOVE))
        menu.triggered.connect(self._on_offered)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    @Slot(QAction)
    def _on_offered(self, action: QAction) -> None:
        meeting_id, what = action.data()
        row = self.model.row_of(meeting_id)
        if row is None:
            return
        if what == _EDIT:
            self.edit(meeting_id)
        elif what == _CANCEL:
            self.cancel(row)
        elif what == _RESTORE:
            self._runner.run(meetings.restore_meeting, row.id, row.version)
        else:
            self._runner.run(meetings.remove_meeting, row.id, row.version)


def _columns() -> list[Column[MeetingRow]]:
    return [
        Column(_("No."), _number, width=3, right=True),
        Column(_("Date"), _day, width=10, tip=_day_tip),
        Column(_("Hour"), words.hour_text, width=10),
        Column(_("Place"), _place, width=12, second=True),
        Column(_("Leader"), _leader, width=12, second=True),
        Column(_("Theme"), _theme, width=0),
        # Translators: how many people came and how many are enrolled
        Column(_("People"), _people, width=9, meaning=_people_meaning, tip=_reason),
    ]


def _number(row: MeetingRow) -> str:
    return str(row.number)


def _day(row: MeetingRow) -> str:
    return words.day_text(row.day)


def _day_tip(row: MeetingRow) -> str:
    return _("Inferred: {inferred}").format(inferred=words.inferred_text(row.inferred)) if row.inferred else ""


def _place(row: MeetingRow) -> str:
    return row.room or row.place or _(words.TO_BE_SET)


def _leader(row: MeetingRow) -> str:
    return row.leader or _(words.TO_BE_SET)


def _theme(row: MeetingRow) -> str:
    return row.theme or _(words.TO_BE_SET)


def _people(row: MeetingRow) -> str:
    return label(MEETING_STATES, row.state).lower() if row.state == "cancelled" else words.people_text(row)


def _people_meaning(row: MeetingRow) -> Meaning | None:
    return Meaning.CONFLICT if row.state == "cancelled" else None


def _reason(row: MeetingRow) -> str:
    return row.reason or ""
