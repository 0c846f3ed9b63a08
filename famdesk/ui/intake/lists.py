"""The lists of the intake under its line: accesses of the day, waiting room, calls, unfinished cards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from famdesk.i18n import N_, _
from famdesk.ui.intake.access_list import AccessList
from famdesk.ui.intake.finder import Finder
from famdesk.ui.intake.follow_ups import FollowUps
from famdesk.ui.intake.unfinished import UnfinishedCards
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, make_action
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Segmented
from famdesk.ui.waiting.room import WaitingRoom
from famdesk.usecases.intake import intake, waiting
from famdesk.usecases.intake.waiting import VisitRow

TABS: Final = {
    "accesses": N_("Accesses"), "waiting": N_("Waiting room"), "calls": N_("To call back"), "cards": N_("To finish"),
}  # fmt: skip
"""The lists, with the keys Ctrl+1 to Ctrl+4."""


class Lists(QWidget):
    """One list at a time, with how much there is to do beside the names of the others.

    Attributes:
        accesses, waiting, follow_ups, unfinished: the lists.

    Signals:
        item_wanted(str, str): something of another page, by kind and id.
    """

    item_wanted = Signal(str, str)

    def __init__(self, runner: Runner, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._finder = Finder(runner, self)
        self._counts = dict.fromkeys(TABS, 0)
        self.accesses = AccessList(runner, now)
        self.waiting = WaitingRoom(runner)
        self.follow_ups = FollowUps(runner, self._finder.persons, now)
        self.unfinished = UnfinishedCards(runner)
        self.tabs = Segmented([(key, "") for key in TABS], _("Lists of the intake"))
        self._stack = QStackedWidget()
        for block in (self.accesses, self.waiting, self.follow_ups, self.unfinished):
            self._stack.addWidget(block)
        self._name_tabs()
        self._lay_out()
        self.tabs.chosen.connect(self.show_list)
        self.follow_ups.counted.connect(self._on_calls)
        self.unfinished.counted.connect(self._on_cards)
        self.follow_ups.print_wanted.connect(self._on_print_calls)

    def ways(self, owner: QWidget) -> None:
        """Give the keys of the lists to the page part that holds them."""
        owner.addActions(self.accesses.ways)
        owner.addActions(self.waiting.ways)
        for number, key in enumerate(TABS, start=1):
            action = make_action(owner, _(TABS[key]), self._on_tab, shortcut=f"Ctrl+{number}")
            action.setData(key)

    def refresh(self) -> None:
        """Read all lists again."""
        self.accesses.refresh()
        self.follow_ups.refresh()
        self.unfinished.refresh()
        self._runner.fetch(waiting.board, then=self._show_waiting, latest="waiting")

    @Slot(str)
    def show_list(self, key: str) -> None:
        """Show one of the lists by its key in `TABS`."""
        self.tabs.set_current(key)
        self._stack.setCurrentIndex(list(TABS).index(key))

    def promise(self, found: Sequence[intake.PersonBrief]) -> None:
        """Note something to be done later for somebody whose file was open."""
        for person in found:
            self.follow_ups.add_for(person.id, person.label, None)

    @Slot()
    def _on_tab(self) -> None:
        action: Any = self.sender()
        self.show_list(action.data())
        views = (self.accesses.table, self.waiting.list, self.follow_ups.list, self.unfinished.list)
        views[self._stack.currentIndex()].setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(int)
    def _on_calls(self, count: int) -> None:
        self._set_count("calls", count)

    @Slot(int)
    def _on_cards(self, count: int) -> None:
        self._set_count("cards", count)

    @Slot()
    def _on_print_calls(self) -> None:
        self.item_wanted.emit("call-list", "")

    @Slot()
    def _on_blank(self) -> None:
        self.item_wanted.emit("access-card", "")

    def _show_waiting(self, rows: Sequence[VisitRow]) -> None:
        self.waiting.set_rows(rows)
        self._set_count("waiting", sum(row.state != "inside" for row in rows))

    def _set_count(self, key: str, count: int) -> None:
        self._counts[key] = count
        self._name_tabs()

    def _name_tabs(self) -> None:
        for key, text in TABS.items():
            count = self._counts[key]
            self.tabs.set_text(key, f"{_(text)} ({count})" if count else _(text))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.tabs)
        row.addStretch(1)
        blank = make_action(self, _("Blank card"), self._on_blank, icon="printer")
        row.addWidget(ActionButton.of(blank, kind="flat"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(3.5))
        column.addLayout(row)
        column.addWidget(self._stack, 1)
