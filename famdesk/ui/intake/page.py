"""The intake: the info contact in one line, the accesses of a day, and the access card."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from famdesk.i18n import _, formats, ngettext
from famdesk.ui.intake.card_view import CardView
from famdesk.ui.intake.front import Front
from famdesk.ui.kit.page import Page
from famdesk.ui.kit.runner import Changes, Runner
from famdesk.usecases.intake import drafts, intake


class IntakePage(Page):
    """What the front desk has open all day.

    Signals:
        public_requested(): the screen for the families is to be shown.
    """

    public_requested = Signal()

    watches: ClassVar[frozenset[str]] = frozenset(
        {
            "info_contact",
            "access_card",
            "person",
            "contact_point",
            "appointment",
            "access_point",
            "opening_rule",
            "visit",
            "follow_up",
        }
    )

    def __init__(
        self, runner: Runner, parent: QWidget | None = None, *, now: Callable[[], datetime] | None = None
    ) -> None:
        """`now` tells the local wall time (None: that of the centre)."""
        super().__init__(runner, _("Intake"), parent)
        now = now or runner.now
        self.front = Front(runner, now)
        self.card = CardView(runner, now)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.front)
        self._stack.addWidget(self.card)
        self.body.addWidget(self._stack, 1)
        self.add_action(_("New card"), self.new_item, icon="file-plus", primary=True)
        self._connect()
        self._show_list()

    def refresh(self) -> None:
        self.front.refresh()

    @Slot()
    def new_item(self) -> None:
        self.card.open_new(self.front.line.where.point_id)
        self._show_card()

    def print_now(self) -> None:
        card_id = self.card.work.card.card_id
        if self._stack.currentWidget() is self.card and card_id is not None:
            self.item_opened.emit("access-card", card_id)
        else:
            self.item_opened.emit("day-sheet", self.front.list.day.isoformat())

    def help_text(self) -> str:
        return _(
            "The upper line logs an info contact: Tab goes on, Enter saves. In the list below Enter opens the access "
            "card of a line, F2 corrects a contact, Del removes it, Ctrl+Z brings it back. Ctrl+1 to Ctrl+4 show the "
            "accesses, the waiting room (F7 new number, F8 next), the calls (Space done, N no answer) and the cards to "
            "finish. Ctrl+N begins a new card. "
            "In the card Ctrl+Enter saves, Ctrl+B books an appointment, Esc goes back; what is not saved is kept."
        )

    def open_item(self, kind: str, item_id: str) -> None:
        if kind == "access_card":
            self.card.work.load(item_id)
            self._show_card()
        elif kind in {"follow_up", "unfinished"}:
            self._show_list()
            self.front.lists.show_list("calls" if kind == "follow_up" else "cards")
            self.front.lists.follow_ups.select(item_id)
        elif kind == "access_card_for":
            self.runner.fetch(intake.who, [item_id], then=self._on_person, latest="person")
        elif kind == "follow_up_for":
            self._show_list()
            self.front.lists.show_list("calls")
            self.runner.fetch(intake.who, [item_id], then=self.front.lists.promise, latest="person")
        else:
            self._show_list()
            self.front.list.go_today()
            self.front.list.select(item_id)

    def take_changes(self, changes: Changes) -> None:
        super().take_changes(changes)
        self.card.work.take_changes(changes)

    def showEvent(self, event: QShowEvent) -> None:
        if self.front.list.is_today():
            self._stale = True  # the hour decides where it is open, the date what today is
        super().showEvent(event)

    def _show_list(self) -> None:
        self._turn_to(self.front)
        self.header.show()
        self.start_at(self.front.line.fields.channel)

    def _turn_to(self, widget: QWidget) -> None:
        """Show the list or the card; the one that is not seen asks for no room."""
        ignored, wanted = QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred
        for one in (self.front, self.card):
            policy = wanted if one is widget else ignored
            one.setSizePolicy(policy, policy)
        self._stack.setCurrentWidget(widget)

    def _show_card(self) -> None:
        self.front.line.keep_now()
        self.header.hide()
        self._turn_to(self.card)
        self.start_at(self.card.form.field("channel"))
        self.card.begin()

    def _on_person(self, found: tuple[intake.PersonBrief, ...]) -> None:
        """Begin a card about somebody; about nobody if they may not be known here."""
        self.new_item()
        for person in found:
            self.card.open_for(person, self.front.line.where.point_id)

    @Slot(int)
    def _on_shown(self, count: int) -> None:
        counted = ngettext("{n} access", "{n} accesses", count).format(n=count)
        self.header.set_subtitle(f"{formats.date_day(self.front.list.day)} · {counted}")

    @Slot(object)
    def _on_card_wanted(self, row: intake.AccessRow) -> None:
        if row.kind == "card":
            self.card.work.load(row.id)
        else:
            self.card.work.new_from(row)
        self._show_card()

    @Slot()
    def _on_card_closed(self) -> None:
        card_id = self.card.work.card.card_id
        self._show_list()
        self.front.look_for_drafts()
        self.front.line.begin()
        if card_id is not None:
            self.front.list.select(card_id)

    @Slot(str)
    def _on_saved_card(self, card_id: str) -> None:
        self.open_item("access_card", card_id)

    @Slot(str)
    def _on_booking(self, card_id: str) -> None:
        self.item_opened.emit("appointment_for", card_id)

    @Slot(object)
    def _on_draft_wanted(self, draft: drafts.DraftRow) -> None:
        self.card.work.resume(draft)
        self._show_card()

    def _connect(self) -> None:
        front, card = self.front, self.card
        front.list.shown.connect(self._on_shown)
        front.list.card_wanted.connect(self._on_card_wanted)
        front.line.failed.connect(self.failed)
        front.said.connect(self.say)
        front.counted.connect(card.form.field("needs").adder.set_counts)
        front.placed.connect(card.set_points)
        front.lists.follow_ups.card_wanted.connect(self._on_saved_card)
        front.lists.unfinished.card_wanted.connect(self._on_saved_card)
        front.lists.follow_ups.file_wanted.connect(self.person_opened)
        front.item_wanted.connect(self.item_opened)
        card.advice.item_wanted.connect(self.item_opened)
        card.advice.later_wanted.connect(front.lists.follow_ups.add_for)
        front.lists.waiting.public_wanted.connect(self.public_requested)
        front.draft_wanted.connect(self._on_draft_wanted)
        card.closed.connect(self._on_card_closed)
        card.booking_wanted.connect(self._on_booking)
        card.person_opened.connect(self.person_opened)
        card.told.connect(self.message)
        card.failed.connect(self.failed)
