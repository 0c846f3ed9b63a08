"""The front of the intake: drafts on offer, the info contact in one line, the accesses of a day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from famdesk.i18n import N_, _
from famdesk.ui.intake.access_list import AccessList
from famdesk.ui.intake.card_work import DRAFTS
from famdesk.ui.intake.contact_line import ContactLine
from famdesk.ui.intake.draft_strip import DraftStrip
from famdesk.ui.intake.finder import Finder
from famdesk.ui.intake.follow_ups import FollowUps, UnfinishedCards
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, make_action
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Segmented
from famdesk.ui.waiting.room import WaitingRoom
from famdesk.usecases import directory, drafts, intake, waiting
from famdesk.usecases.waiting import VisitRow

TABS: Final = {
    "accesses": N_("Accesses"), "waiting": N_("Waiting room"), "calls": N_("To call back"), "cards": N_("To finish"),
}  # fmt: skip
"""The lists under the line, with the keys Ctrl+1 to Ctrl+4."""


class Front(QWidget):
    """Shows and reads what the intake begins with.

    Signals:
        said(str): a sentence for the message bar.
        counted(object): how often each need came, as (code, number).
        placed(object): the access points, as (id, name).
        draft_wanted(object): go on with a draft.
        item_wanted(str, str): something of another page, by kind and id.
    """

    said = Signal(str)
    counted = Signal(object)
    placed = Signal(object)
    draft_wanted = Signal(object)
    item_wanted = Signal(str, str)

    def __init__(self, runner: Runner, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._first = True
        self.strip = DraftStrip()
        self.line = ContactLine(runner)
        self.list = AccessList(runner, now)
        self.addActions(self.list.ways)
        self.waiting = WaitingRoom(runner)
        self.addActions(self.waiting.ways)
        self._finder = Finder(runner, self)
        self.follow_ups = FollowUps(runner, self._finder.persons, now)
        self.unfinished = UnfinishedCards(runner)
        self._counts = {"calls": 0, "cards": 0, "waiting": 0}
        self.tabs = Segmented([(key, "") for key in TABS], _("Lists of the intake"))
        self._lists = QStackedWidget()
        for block in (self.list, self.waiting, self.follow_ups, self.unfinished):
            self._lists.addWidget(block)
        self._name_tabs()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(3.5))
        column.addWidget(self.strip)
        column.addWidget(self.line)
        row = QHBoxLayout()
        row.addWidget(self.tabs)
        row.addStretch(1)
        blank = make_action(self, _("Blank card"), self._on_blank, icon="printer")
        row.addWidget(ActionButton.of(blank, kind="flat"))
        column.addLayout(row)
        column.addWidget(self._lists, 1)
        self.tabs.chosen.connect(self.show_list)
        self.follow_ups.counted.connect(self._on_calls)
        self.unfinished.counted.connect(self._on_cards)
        self.follow_ups.said.connect(self.said)
        self.follow_ups.print_wanted.connect(self._on_print_calls)
        for number, key in enumerate(TABS, start=1):
            make_action(self, _(TABS[key]), self._on_tab, shortcut=f"Ctrl+{number}").setData(key)
        self.list.correction_wanted.connect(self.line.correct)
        self.list.removed.connect(self._on_removed)
        self.line.logged.connect(self._on_logged)
        self.line.where.chosen.connect(self._on_point)
        self.strip.resumed.connect(self._on_resume)
        self.strip.discarded.connect(self._on_discard)

    def refresh(self) -> None:
        """Read everything again."""
        self.list.refresh()
        self.follow_ups.refresh()
        self.unfinished.refresh()
        self._runner.fetch(waiting.board, then=self._show_waiting, latest="waiting")
        self._runner.fetch(intake.needs_used, then=self._show_counts, latest="needs")
        self._runner.fetch(directory.points, then=self._show_points, latest="points")
        self.look_for_drafts()
        if self._first:
            self._first = False
            self.line.restore()

    @Slot(str)
    def show_list(self, key: str) -> None:
        """Show one of the lists: the accesses, the waiting room, the calls, the unfinished cards."""
        self.tabs.set_current(key)
        self._lists.setCurrentIndex(list(TABS).index(key))

    def promise(self, found: Sequence[intake.PersonBrief]) -> None:
        """Note something to be done later for somebody whose file was open."""
        for person in found:
            self.follow_ups.add_for(person.id, person.label, None)

    @Slot()
    def _on_tab(self) -> None:
        action: Any = self.sender()
        self.show_list(action.data())
        views = (self.list.table, self.waiting.list, self.follow_ups.list, self.unfinished.list)
        views[self._lists.currentIndex()].setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(int)
    def _on_calls(self, count: int) -> None:
        self.set_count("calls", count)

    @Slot(int)
    def _on_cards(self, count: int) -> None:
        self.set_count("cards", count)

    @Slot()
    def _on_print_calls(self) -> None:
        self.item_wanted.emit("call-list", "")

    @Slot()
    def _on_blank(self) -> None:
        self.item_wanted.emit("access-card", "")

    def _show_waiting(self, rows: Sequence[VisitRow]) -> None:
        self.waiting.set_rows(rows)
        self.set_count("waiting", sum(row.state != "inside" for row in rows))

    def set_count(self, key: str, count: int) -> None:
        """How much there is to do in a list, beside its name."""
        self._counts[key] = count
        self._name_tabs()

    def _name_tabs(self) -> None:
        for key, text in TABS.items():
            count = self._counts.get(key, 0)
            self.tabs.set_text(key, f"{_(text)} ({count})" if count else _(text))

    def look_for_drafts(self) -> None:
        """Offer cards that are not saved."""
        self._runner.fetch(drafts.mine, DRAFTS, then=self.strip.show_drafts, owner=self, latest="drafts")

    def _show_counts(self, counts: Sequence[tuple[str, int]]) -> None:
        self.line.fields.need.set_counts(counts)
        self.counted.emit(counts)

    def _show_points(self, points: Sequence[directory.PointRow]) -> None:
        named = tuple((point.id, point.name) for point in points)
        open_now = [point for point in points if point.open_until is not None]
        best = min(open_now, key=lambda point: (not point.main, point.position), default=None)
        self.line.where.set_points(named, best.id if best else None)
        self.waiting.set_points(named, best.id if best else next((one for one, _name in named), None))
        self.placed.emit(named)
        self._on_point()

    @Slot()
    def _on_point(self) -> None:
        self.list.set_usual_point(self.line.where.point_id)

    @Slot(str)
    def _on_removed(self, kind: str) -> None:
        words = {
            "card": _("Access card removed. Ctrl+Z brings it back."),
            "contact": _("Contact removed. Ctrl+Z brings it back."),
        }
        self.said.emit(words[kind])

    @Slot()
    def _on_logged(self) -> None:
        if not self.list.is_today():
            self.list.go_today()

    @Slot()
    def _on_resume(self) -> None:
        draft = self.strip.newest()
        if draft is not None:
            self.draft_wanted.emit(draft)

    @Slot()
    def _on_discard(self) -> None:
        draft = self.strip.newest()
        if draft is not None:
            self._runner.run(drafts.drop, draft.key, then=self._on_dropped)

    def _on_dropped(self, _result: object) -> None:
        self.look_for_drafts()
        self.line.begin()
