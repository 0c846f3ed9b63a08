"""The meetings of an initiative: a year at a glance and a list to work with."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from famdesk.domain.centre.profile_codes import MEETING_STATES
from famdesk.domain.codes import label
from famdesk.domain.programmes.meetings import OFF
from famdesk.i18n import _, formats, ngettext
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, allow, make_action, native
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.rows import Column, RowModel
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.table import Table
from famdesk.ui.programmes import words
from famdesk.ui.programmes.dates_dialog import DatesDialog, RuleDialog
from famdesk.ui.programmes.meeting_dialog import MeetingDialog
from famdesk.ui.programmes.move_dialog import CancelDialog, MoveDialog, RestoreDialog
from famdesk.ui.programmes.strip import YearStrip
from famdesk.usecases.programmes import meetings
from famdesk.usecases.programmes.programmes_rows import InitiativeDetail, MeetingRow

_PLACE: Final = 3
_LEADER: Final = 4
_EDIT: Final = "edit"
_MOVE: Final = "move"
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
        self._rule = make_action(self, _("By a rule"), self.add_by_rule, icon="calendar-clock", shortcut="Ctrl+Shift+R")
        self._dates = make_action(self, _("Set dates"), self.set_dates, icon="calendar-plus", shortcut="Ctrl+Shift+D")
        self.tools = QWidget()
        buttons = QHBoxLayout(self.tools)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(theme.unit(2))
        for action in (self._dates, self._rule, self._add):
            buttons.addWidget(ActionButton.of(action))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.unit(2.5))
        layout.addWidget(self.strip)
        layout.addWidget(self.table, 1)
        self.table.activated_id.connect(self.edit)
        self.table.space_pressed.connect(self._on_space)
        self.table.menu_requested.connect(self._offer)
        make_action(self.table, _("Move or put off…"), self._on_move, shortcut="F2")
        make_action(self.table, _("Cancel the meeting"), self._on_cancel, shortcut="Del")

    def show_detail(self, detail: InitiativeDetail) -> None:
        """Show the meetings of an initiative."""
        self._detail = detail
        self.strip.setVisible(any(row.day for row in detail.meetings))
        self.strip.show_meetings(detail.meetings, detail.today)
        self.model.set_rows(detail.meetings)
        allow(self._add, detail.may_change)
        allow(self._rule, detail.may_change)
        allow(self._dates, detail.may_change, bool(detail.meetings))

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
    def add_by_rule(self) -> None:
        """Several meetings at once, such as every Thursday."""
        if self._detail is not None:
            RuleDialog(self.window(), self._runner, self._detail).open()

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

    def put_off(self, row: MeetingRow) -> None:
        """Put a meeting off to another day, hour or place."""
        MoveDialog(self.window(), self._runner, row).open()

    def cancel(self, row: MeetingRow) -> None:
        """Say why a meeting does not take place, and who is to be told."""
        CancelDialog(self.window(), self._runner, row).open()

    def restore(self, row: MeetingRow) -> None:
        """Take a meeting up again."""
        RestoreDialog(self.window(), self._runner, row).open()

    @Slot()
    def _on_move(self) -> None:
        row = self.table.current_row()
        if row is not None and row.state != "cancelled" and self._detail is not None and self._detail.may_change:
            self.put_off(row)

    @Slot()
    def _on_cancel(self) -> None:
        row, detail = self.table.current_row(), self._detail
        if row is None or row.state == "cancelled" or detail is None:
            return
        if detail.may_change or detail.may_enrol:
            self.cancel(row)

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
            if row.state != "cancelled":
                menu.addAction(f"{_('Move or put off…')}\t{native('F2')}").setData((meeting_id, _MOVE))
        if row.state in OFF:
            menu.addAction(_("Takes place after all")).setData((meeting_id, _RESTORE))
        if row.state != "cancelled":
            menu.addAction(f"{_('Cancel the meeting')}\t{native('Del')}").setData((meeting_id, _CANCEL))
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
        elif what in {_MOVE, _CANCEL, _RESTORE}:
            {_MOVE: self.put_off, _CANCEL: self.cancel, _RESTORE: self.restore}[what](row)
        else:
            self._runner.run(meetings.remove_meeting, row.id, row.version)


def _columns() -> list[Column[MeetingRow]]:
    return [
        Column(_("No."), _number, width=3, right=True),
        Column(_("Date"), _day, width=16, tip=_day_tip, struck=_former_day, spoken=words.day_spoken, faint=_no_day),
        Column(_("Hour"), words.hour_text, width=10),
        Column(_("Place"), _place, width=12, faint=_no_place),
        Column(_("Leader"), _leader, width=12, faint=_no_leader),
        Column(_("Theme"), _theme, width=0, faint=_no_theme),
        # Translators: how many people came and how many are enrolled
        Column(_("People"), _people, width=9, meaning=_people_meaning, tip=_reason),
    ]


def _number(row: MeetingRow) -> str:
    return str(row.number)


def _day(row: MeetingRow) -> str:
    return "" if row.state == "cancelled" and row.day is not None else words.day_text(row.day)


def _former_day(row: MeetingRow) -> str:
    """What no longer holds: the day of a cancelled meeting, or the one before it was put off."""
    if row.state == "cancelled":
        return words.day_text(row.day) if row.day is not None else ""
    if row.moved_from is None or row.moved_from == row.day:
        return ""
    return formats.date_short(row.moved_from).split(maxsplit=1)[-1]


def _day_tip(row: MeetingRow) -> str:
    texts = [words.day_spoken(row)] if row.moved_from else []
    if row.inferred:
        texts.append(_("Inferred: {inferred}").format(inferred=words.inferred_text(row.inferred)))
    if row.overlap_reason:
        texts.append(_("Takes what is taken already: {reason}").format(reason=row.overlap_reason))
    return "\n".join(texts)


def _no_day(row: MeetingRow) -> bool:
    return row.day is None


def _no_place(row: MeetingRow) -> bool:
    return not (row.room or row.place)


def _no_leader(row: MeetingRow) -> bool:
    return not row.leader


def _no_theme(row: MeetingRow) -> bool:
    return not row.theme


def _place(row: MeetingRow) -> str:
    return row.room or row.place or _(words.TO_BE_SET)


def _leader(row: MeetingRow) -> str:
    return row.leader or _(words.TO_BE_SET)


def _theme(row: MeetingRow) -> str:
    return row.theme or _(words.TO_BE_SET)


def _people(row: MeetingRow) -> str:
    return label(MEETING_STATES, row.state).lower() if row.state in OFF else words.people_text(row)


def _people_meaning(row: MeetingRow) -> Meaning | None:
    return {"cancelled": Meaning.CONFLICT, "postponed": Meaning.WARNING}.get(row.state)


def _reason(row: MeetingRow) -> str:
    """Why it does not take place; beside those who came, the children who were looked after."""
    cared = ngettext("{n} child was looked after", "{n} children were looked after", row.looked_after)
    return row.reason or (cared.format(n=formats.number(row.looked_after)) if row.looked_after else "")
