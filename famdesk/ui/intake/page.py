"""The intake: the info contact in one line, the accesses of a day, and the access card."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from famdesk.i18n import _, formats, ngettext
from famdesk.ui.intake.access_list import AccessList
from famdesk.ui.intake.card_view import CardView
from famdesk.ui.intake.card_work import DRAFTS
from famdesk.ui.intake.contact_line import ContactLine
from famdesk.ui.intake.draft_strip import DraftStrip
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, make_action
from famdesk.ui.kit.page import Page
from famdesk.ui.kit.runner import Changes, Runner
from famdesk.usecases import directory, drafts, intake


class IntakePage(Page):
    """What the front desk has open all day."""

    watches: ClassVar[frozenset[str]] = frozenset(
        {"info_contact", "access_card", "person", "contact_point", "appointment", "access_point", "opening_rule"}
    )

    def __init__(
        self, runner: Runner, parent: QWidget | None = None, *, now: Callable[[], datetime] = datetime.now
    ) -> None:
        """`now` tells the local wall time."""
        super().__init__(runner, _("Intake"), parent)
        self.line = ContactLine(runner)
        self.strip = DraftStrip()
        self.list = AccessList(runner, now)
        self.card = CardView(runner, now)
        self._first = True
        self._stack = QStackedWidget()
        self._new = make_action(self, _("New card"), self.new_item, icon="file-plus")
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.line.fields.channel)

    def refresh(self) -> None:
        self.list.refresh()
        self.runner.fetch(intake.needs_used, then=self._show_counts, latest="needs")
        self.runner.fetch(directory.points, then=self._show_points, latest="points")
        self._look_for_drafts()
        if self._first:
            self._first = False
            self.line.restore()

    @Slot()
    def new_item(self) -> None:
        self.card.open_new(self.line.where.point_id)
        self._show_card()

    def print_now(self) -> None:
        self.item_opened.emit("day-sheet", self.list.day.isoformat())

    def help_text(self) -> str:
        return _(
            "The upper line logs an info contact: Tab goes on, Enter saves. In the list below Enter opens the access "
            "card of a line, F2 corrects a contact, Del removes it, Ctrl+Z brings it back. Ctrl+N begins a new card. "
            "In the card Ctrl+Enter saves, Ctrl+B books an appointment, Esc goes back; what is not saved is kept."
        )

    def open_item(self, kind: str, item_id: str) -> None:
        if kind == "access_card":
            self.card.work.load(item_id)
            self._show_card()
        else:
            self._show_list()
            self.list.go_today()
            self.list.select(item_id)

    def take_changes(self, changes: Changes) -> None:
        super().take_changes(changes)
        self.card.work.take_changes(changes)

    def showEvent(self, event: QShowEvent) -> None:
        if self.list.is_today():
            self._stale = True  # the hour decides where it is open, the date what today is
        super().showEvent(event)

    def _show_list(self) -> None:
        self._stack.setCurrentIndex(0)
        self.header.show()
        self.setFocusProxy(self.line.fields.channel)

    def _show_card(self) -> None:
        self.line.keep_now()
        self.header.hide()
        self._stack.setCurrentWidget(self.card)
        self.setFocusProxy(self.card.form.field("channel"))
        self.card.begin()

    @Slot(int)
    def _on_shown(self, count: int) -> None:
        counted = ngettext("{n} access", "{n} accesses", count).format(n=count)
        self.header.set_subtitle(f"{formats.date_day(self.list.day)} · {counted}")

    def _show_counts(self, counts: Sequence[tuple[str, int]]) -> None:
        self.line.fields.need.set_counts(counts)
        self.card.form.set_counts(counts)

    def _show_points(self, points: Sequence[directory.PointRow]) -> None:
        named = [(point.id, point.name) for point in points]
        open_now = [point for point in points if point.open_until is not None]
        best = min(open_now, key=lambda point: (not point.main, point.position), default=None)
        self.line.where.set_points(named, best.id if best else None)
        self.card.set_points(named)
        self._on_point()

    @Slot()
    def _on_point(self) -> None:
        self.list.set_usual_point(self.line.where.point_id)

    def _look_for_drafts(self) -> None:
        self.runner.fetch(drafts.mine, DRAFTS, then=self.strip.show_drafts, owner=self, latest="drafts")

    @Slot(object)
    def _on_card_wanted(self, row: intake.AccessRow) -> None:
        if row.kind == "card":
            self.card.work.load(row.id)
        else:
            self.card.work.new_from(row)
        self._show_card()

    @Slot(str)
    def _on_removed(self, kind: str) -> None:
        words = {
            "card": _("Access card removed. Ctrl+Z brings it back."),
            "contact": _("Contact removed. Ctrl+Z brings it back."),
        }
        self.say(words[kind])

    @Slot()
    def _on_logged(self) -> None:
        if not self.list.is_today():
            self.list.go_today()

    @Slot()
    def _on_card_closed(self) -> None:
        card_id = self.card.work.card.card_id
        self._show_list()
        self._look_for_drafts()
        self.line.begin()
        if card_id is not None:
            self.list.select(card_id)

    @Slot(str)
    def _on_booking(self, card_id: str) -> None:
        self.item_opened.emit("appointment_for", card_id)

    @Slot()
    def _on_resume(self) -> None:
        draft = self.strip.newest()
        if draft is not None:
            self.card.work.resume(draft)
            self._show_card()

    @Slot()
    def _on_discard(self) -> None:
        draft = self.strip.newest()
        if draft is not None:
            self.runner.run(drafts.drop, draft.key, then=self._on_dropped)

    def _on_dropped(self, _result: object) -> None:
        self._look_for_drafts()
        self.line.begin()

    def _lay_out(self) -> None:
        self.header.add_widget(ActionButton.of(self._new, primary=True))
        page = QWidget()
        page.addActions(self.list.ways)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(3.5))
        column.addWidget(self.strip)
        column.addWidget(self.line)
        column.addWidget(self.list, 1)
        self._stack.addWidget(page)
        self._stack.addWidget(self.card)
        self.body.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.list.shown.connect(self._on_shown)
        self.list.card_wanted.connect(self._on_card_wanted)
        self.list.correction_wanted.connect(self.line.correct)
        self.list.removed.connect(self._on_removed)
        self.line.logged.connect(self._on_logged)
        self.line.failed.connect(self.failed)
        self.line.where.chosen.connect(self._on_point)
        self.strip.resumed.connect(self._on_resume)
        self.strip.discarded.connect(self._on_discard)
        card = self.card
        card.closed.connect(self._on_card_closed)
        card.booking_wanted.connect(self._on_booking)
        card.person_opened.connect(self.person_opened)
        card.told.connect(self.message)
        card.failed.connect(self.failed)
