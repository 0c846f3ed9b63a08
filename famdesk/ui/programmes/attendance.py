"""Who came to the meetings: a grid of names, or only heads; who walked in, and the hours of those who worked."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label
from famdesk.ui.programmes.attendance_grid import AttendanceGrid
from famdesk.ui.programmes.heads import HeadsPanel
from famdesk.ui.programmes.hours_dialog import HoursDialog
from famdesk.ui.programmes.people import heads_only
from famdesk.ui.programmes.walk_in_dialog import WalkInDialog
from famdesk.usecases.programmes.programmes_rows import InitiativeDetail, MeetingRow


class AttendancePanel(QWidget):
    """The grid with its keys explained; where no names are kept, the counter of heads.

    Attributes:
        grid: the grid.
        heads: the counter.
    """

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._detail: InitiativeDetail | None = None
        self.grid, self.heads = AttendanceGrid(runner), HeadsPanel(runner)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self.heads)
        self._keys = Label("", "small", wrap=True)
        self._walk_in, self._hours = ActionButton(_("Somebody else came")), ActionButton(_("Hours of those who work"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.unit(2))
        layout.addWidget(self._stack, 1)
        below = QHBoxLayout()
        below.setSpacing(theme.unit(2))
        below.addWidget(self._keys, 1)
        below.addWidget(self._walk_in)
        below.addWidget(self._hours)
        layout.addLayout(below)
        self.grid.walk_in_requested.connect(self.note_walk_in)
        self._walk_in.clicked.connect(self._on_walk_in)
        self._hours.clicked.connect(self.note_hours)

    def show_detail(self, detail: InitiativeDetail) -> None:
        """Show an initiative."""
        self._detail = detail
        heads = heads_only(detail)
        self._stack.setCurrentWidget(self.heads if heads else self.grid)
        self._walk_in.setVisible(not heads and detail.may_enrol and detail.row.state != "closed")
        self._hours.setVisible(detail.may_enrol and bool(detail.meetings))
        if heads:
            self.heads.show_detail(detail)
        else:
            self.grid.show_detail(detail)
        self._keys.setText(_heads_keys() if heads else _grid_keys())

    def meeting(self) -> MeetingRow | None:
        """The meeting in which the keyboard is."""
        if self._detail is None or not self._detail.meetings:
            return None
        if self._stack.currentWidget() is self.heads:
            return self.heads.meeting()
        column = self.grid.currentIndex().column()
        return self._detail.meetings[max(column, 0)]

    @Slot(str)
    def note_walk_in(self, meeting_id: str) -> None:
        """Note somebody who was not expected."""
        meetings = self._detail.meetings if self._detail else ()
        row = next((one for one in meetings if one.id == meeting_id), None)
        if row is not None:
            WalkInDialog(self.window(), self._runner, row).open()

    @Slot()
    def note_hours(self) -> None:
        """Note how long those who work at the meeting were there."""
        row = self.meeting()
        if row is not None:
            HoursDialog(self.window(), self._runner, row).open()

    @Slot()
    def _on_walk_in(self) -> None:
        row = self.meeting()
        if row is not None:
            self.note_walk_in(row.id)


def _grid_keys() -> str:
    # Translators: keys of the attendance grid
    return _(
        "Space: present · Enter: present, then down · minus: absent · Delete: nothing noted · digits: minutes · "
        "letters: to the name"
    )


def _heads_keys() -> str:
    # Translators: keys of the counter of heads
    return _("Plus or Space: one more · minus: one less · arrows: adults, children, new")
