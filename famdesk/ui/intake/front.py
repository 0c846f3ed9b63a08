"""The front of the intake: drafts on offer, the info contact in one line, the accesses of a day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from famdesk.i18n import _
from famdesk.ui.intake.card_work import DRAFTS
from famdesk.ui.intake.contact_line import ContactLine
from famdesk.ui.intake.draft_strip import DraftStrip
from famdesk.ui.intake.lists import Lists
from famdesk.ui.kit import theme
from famdesk.ui.kit.runner import Runner
from famdesk.usecases.directory import directory
from famdesk.usecases.intake import drafts, intake


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
        self.lists = Lists(runner, now)
        self.list = self.lists.accesses
        self.lists.ways(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(3.5))
        column.addWidget(self.strip)
        column.addWidget(self.line)
        column.addWidget(self.lists, 1)
        self.lists.follow_ups.said.connect(self.said)
        self.lists.item_wanted.connect(self.item_wanted)
        self.list.correction_wanted.connect(self.line.correct)
        self.list.removed.connect(self._on_removed)
        self.line.logged.connect(self._on_logged)
        self.line.where.chosen.connect(self._on_point)
        self.strip.resumed.connect(self._on_resume)
        self.strip.discarded.connect(self._on_discard)

    def refresh(self) -> None:
        """Read everything again."""
        self.lists.refresh()
        self._runner.fetch(intake.needs_used, then=self._show_counts, latest="needs")
        self._runner.fetch(directory.points, then=self._show_points, latest="points")
        self.look_for_drafts()
        if self._first:
            self._first = False
            self.line.restore()

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
        self.lists.waiting.set_points(named, best.id if best else next((one for one, _name in named), None))
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
