"""Calls for applications: the list at the left; countdown, applications and ranking of one of them at the right."""

from __future__ import annotations

import time
from functools import partial

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, allow, make_action
from famdesk.ui.kit.lines import LineList
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card, EmptyState, Label, Segmented
from famdesk.ui.programmes import call_words as words
from famdesk.ui.programmes.call_dialogs import CallDialog, ChecklistDialog, CriteriaDialog
from famdesk.ui.programmes.call_heading import CallHeading
from famdesk.ui.programmes.ranking import RankingPanel
from famdesk.ui.programmes.received import ReceivedPanel
from famdesk.usecases.calls import calls
from famdesk.usecases.calls.call_rows import CallDetail, CallRow

TICK_MS = 1000
"""How often the countdown is looked at; its words change once a minute."""


class CallsView(QWidget):
    """The calls of the network.

    Attributes:
        list: the calls.
        heading, received, ranking: the one that is shown, its applications, its ranking.

    Signals:
        sheet_requested(str, str): a sheet is wanted, by its key, of the call with this id.
    """

    sheet_requested = Signal(str, str)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._detail: CallDetail | None = None
        self._read_at = 0.0
        self.list = LineList(_("Calls for applications"))
        self.received = ReceivedPanel(runner)
        self.ranking = RankingPanel(runner)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._show_countdown)
        self._make_actions()
        self.heading = CallHeading((self._checklist, self._criteria, self._edit))
        self._lay_out()
        self.list.current_changed.connect(self._ask)
        self.list.activated_id.connect(self._on_activated)
        self.ranking.letters_requested.connect(partial(self._print, "application-letters"))
        self.ranking.sheet_requested.connect(partial(self._print, "application-list"))

    def refresh(self) -> None:
        """Asks for the list, and for the call that is shown."""
        self._runner.fetch(calls.calls, then=self._show_list, latest="calls", owner=self)

    @Slot()
    def add_call(self) -> None:
        """A new call."""
        dialog = CallDialog(self.window(), self._runner)
        dialog.finished_with.connect(self._on_added)
        dialog.open()

    @Slot()
    def edit_call(self) -> None:
        """What is known of the call."""
        if self._detail is not None and self._detail.may_change:
            CallDialog(self.window(), self._runner, self._detail).open()

    def show_call(self, call_id: str) -> None:
        """Show this one."""
        self._wanted = call_id
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick.stop()

    def _make_actions(self) -> None:
        self._wanted = ""
        self.new = make_action(self, _("New call"), self.add_call, icon="plus")
        self._receive = make_action(self, _("Receive an application"), self.received.receive, icon="file-plus",
                                    shortcut="Ctrl+Shift+A")  # fmt: skip
        self._edit = make_action(self, _("Change"), self.edit_call, icon="pencil", shortcut="Ctrl+E")
        self._checklist = make_action(self, _("Documents"), self._edit_checklist, icon="list-checks",
                                      shortcut="Ctrl+Shift+D")  # fmt: skip
        self._criteria = make_action(self, _("Criteria"), self._edit_criteria, icon="star", shortcut="Ctrl+Shift+R")
        self._printed = make_action(self, _("Print the list"), self._print_list, icon="printer")

    def _lay_out(self) -> None:
        left = Card()
        left.add_list(self.list)
        left.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        left.setMinimumWidth(theme.unit(45))
        left.setMaximumWidth(theme.unit(95))
        self._right = right = Card()
        right.body.setSpacing(theme.unit(2.5))
        right.body.addWidget(self.heading)
        self._side = Segmented([("received", _("Applications")), ("ranking", _("Ranking"))],
                               _("What to show of the call"))  # fmt: skip
        self._side.chosen.connect(self._on_side)
        tools = QHBoxLayout()
        tools.setSpacing(theme.unit(2))
        tools.addWidget(self._side)
        tools.addStretch(1)
        tools.addWidget(ActionButton.of(self._printed))
        tools.addWidget(ActionButton.of(self._receive))
        right.body.addLayout(tools)
        self._why = Label("", "second", wrap=True)
        self._why.hide()
        right.body.addWidget(self._why)
        self._panels = QStackedWidget()
        self._panels.addWidget(self.received)
        self._panels.addWidget(self.ranking)
        right.body.addWidget(self._panels, 1)
        right.setVisible(False)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(3.5))
        row.addWidget(left, 30)
        row.addWidget(right, 70)
        row.addStretch()  # alone, while the rest is being read, the list keeps its place
        blank = QWidget()
        column = QVBoxLayout(blank)
        column.addWidget(EmptyState(
            _("Calls with their end to the minute, the documents they ask for, and the applications as they come in."),
            self.new, "file-text",
        ))  # fmt: skip
        self._stack = QStackedWidget()
        self._stack.addWidget(both)
        self._stack.addWidget(blank)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def _show_list(self, rows: tuple[CallRow, ...]) -> None:
        self._stack.setCurrentIndex(0 if rows else 1)
        self.list.set_lines(words.list_lines(rows))
        wanted = self._wanted or self.list.current_id()
        self._wanted = ""
        if not self.list.set_current_id(wanted) and rows:
            self.list.set_current_id(rows[0].id)
        self._ask()

    @Slot()
    def _ask(self) -> None:
        if self.list.current_id():
            self._runner.fetch(calls.call, self.list.current_id(), then=self._show, latest="call", owner=self)
        else:
            self._right.setVisible(False)

    def _show(self, detail: CallDetail) -> None:
        self._detail, self._read_at = detail, time.monotonic()
        row = detail.row
        self._right.setVisible(True)
        self.heading.show_detail(detail)
        self.received.show_detail(detail)
        self.ranking.show_detail(detail)
        fixed = row.state == "decided"
        for action in (self._edit, self._checklist, self._criteria):
            allow(action, detail.may_change, not fixed)
        allow(self._receive, detail.may_receive, row.state in {"open", "judging"})
        self._why.setText("" if self._receive.isEnabled() else words.why_not_received(detail))
        self._why.setVisible(bool(self._why.text()))
        allow(self._printed, detail.applications is not None)
        self._show_countdown()

    @Slot()
    def _show_countdown(self) -> None:
        """By the clock that counts: what it showed when the call was read, and how long ago that was."""
        if self._detail is None:
            return
        passed = int((time.monotonic() - self._read_at) * 1000)
        self.heading.show_countdown(*words.countdown(self._detail, self._detail.now + passed))

    @Slot()
    def _on_activated(self) -> None:
        (self.ranking if self._side.current() == "ranking" else self.received).setFocus()

    @Slot(str)
    def _on_side(self, side: str) -> None:
        self._panels.setCurrentWidget(self.ranking if side == "ranking" else self.received)

    @Slot()
    def _edit_checklist(self) -> None:
        if self._detail is not None:
            ChecklistDialog(self.window(), self._runner, self._detail).open()

    @Slot()
    def _edit_criteria(self) -> None:
        if self._detail is not None:
            CriteriaDialog(self.window(), self._runner, self._detail).open()

    @Slot()
    def _print_list(self) -> None:
        self._print("application-list")

    def _print(self, sheet: str) -> None:
        if self._detail is not None:
            self.sheet_requested.emit(sheet, self._detail.row.id)

    @Slot(object)
    def _on_added(self, call_id: object) -> None:
        self._wanted = str(call_id)
        self.refresh()
