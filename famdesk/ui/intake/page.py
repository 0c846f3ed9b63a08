"""The intake: the info contact in one line, the accesses of a day, and the access card."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from famdesk.i18n import _, formats, ngettext
from famdesk.ui.intake.accesses import access_table, line_of
from famdesk.ui.intake.card_view import DRAFTS, CardView
from famdesk.ui.intake.contact_line import ContactLine, read_draft
from famdesk.ui.intake.draft_strip import DraftStrip
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, ToolButton, make_action
from famdesk.ui.kit.page import Page
from famdesk.ui.kit.runner import Changes, Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Card
from famdesk.usecases import directory, drafts, intake

ONE_DAY = timedelta(days=1)


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
        self._now = now
        self._day: date | None = None
        self._rows: tuple[intake.AccessRow, ...] = ()
        self._wanted = ""
        self._asked_drafts = False
        self.line = ContactLine(runner)
        self.strip = DraftStrip()
        self.table, self._model = access_table(
            _("No access yet. The line above logs one; Ctrl+N opens an access card.")
        )
        self.card = CardView(runner, now)
        self._new = make_action(self, _("New card"), self.new_item, icon="file-plus")
        self._stack = QStackedWidget()
        self._accesses = Card(_("Accesses of today"))
        self._make_actions()
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.line.channel)

    @property
    def day(self) -> date:
        """The day whose accesses are listed."""
        return self._day or self._now().date()

    def refresh(self) -> None:
        self.runner.fetch(intake.accesses, self.day, then=self._show_rows, latest="accesses")
        self.runner.fetch(intake.needs_used, then=self._show_counts, latest="needs")
        self.runner.fetch(directory.points, then=self._show_points, latest="points")
        self._look_for_drafts()

    @Slot()
    def new_item(self) -> None:
        self.card.open_new(self.line.point_id)
        self._show_card()

    def print_now(self) -> None:
        self.item_opened.emit("day-sheet", self.day.isoformat())

    def help_text(self) -> str:
        return _(
            "The upper line logs an info contact: Tab goes on, Enter saves. In the list below Enter opens the access "
            "card of a line, F2 corrects a contact, Del removes it, Ctrl+Z brings it back. Ctrl+N begins a new card. "
            "In the card Ctrl+Enter saves, Ctrl+B books an appointment, Esc goes back; what is not saved is kept."
        )

    def open_item(self, kind: str, item_id: str) -> None:
        if kind == "access_card":
            self.card.open_saved(item_id)
            self._show_card()
        else:
            self._wanted = item_id
            self.show_list()
            self.mark_stale()

    def take_changes(self, changes: Changes) -> None:
        super().take_changes(changes)
        self.card.take_changes(changes)

    def showEvent(self, event: QShowEvent) -> None:
        first = self._stale
        super().showEvent(event)
        if not first and self._day is None:
            self.refresh()  # the hour decides where it is open, the date what today is

    def show_list(self) -> None:
        """The line and the list."""
        self._stack.setCurrentIndex(0)
        self.header.show()
        self.setFocusProxy(self.line.channel)

    def _show_card(self) -> None:
        self.line.keep_now()
        self.header.hide()
        self._stack.setCurrentWidget(self.card)
        self.setFocusProxy(self.card.form.field("channel"))
        self.card.form.begin()

    def _show_rows(self, rows: Sequence[intake.AccessRow]) -> None:
        self._rows = tuple(rows)
        self._model.set_rows([line_of(row, self.line.point_id) for row in rows])
        today = self.day == self._now().date()
        count = len(rows)
        counted = ngettext("{n} access", "{n} accesses", count).format(n=count)
        self.header.set_subtitle(f"{formats.date_day(self.day)} · {counted}")
        title = _("Accesses of today") if today else _("Accesses of {day}").format(day=formats.date_day(self.day))
        self._accesses.set_title(title)
        self._later.setEnabled(not today)
        self._today.setEnabled(not today)
        if self._wanted and self.table.select_id(self._wanted):
            self._wanted = ""
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_counts(self, counts: Sequence[tuple[str, int]]) -> None:
        self.line.set_counts(counts)
        self.card.set_counts(counts)

    def _show_points(self, points: Sequence[directory.PointRow]) -> None:
        named = [(point.id, point.name) for point in points]
        open_now = [point for point in points if point.open_until is not None]
        best = min(open_now, key=lambda point: (not point.main, point.position), default=None)
        before = self.line.point_id
        self.line.set_points(named, best.id if best else None)
        self.card.set_points(named)
        if before != self.line.point_id:
            self._show_rows(self._rows)

    def _look_for_drafts(self) -> None:
        if not self._asked_drafts:
            self._asked_drafts = True
            read_draft(self.runner, self.line)
        self.runner.fetch(drafts.mine, DRAFTS, then=self._show_drafts, latest="drafts")

    def _show_drafts(self, found: Sequence[drafts.DraftRow]) -> None:
        self.strip.show_drafts(found)

    def _selected(self) -> intake.AccessRow | None:
        line = self.table.current_row()
        return line.row if line is not None else None

    @Slot()
    def _open_selected(self) -> None:
        row = self._selected()
        if row is None:
            return
        if row.kind == "card":
            self.card.open_saved(row.id)
        else:
            self.card.open_contact(row)
        self._show_card()

    @Slot()
    def _correct_selected(self) -> None:
        row = self._selected()
        if row is None:
            return
        if row.kind == "card":
            self._open_selected()
        else:
            self.line.correct(row)

    @Slot()
    def _remove_selected(self) -> None:
        row = self._selected()
        if row is None:
            return
        position = self._rows.index(row)
        near = self._rows[position + 1 : position + 2] or self._rows[position - 1 : position]
        self._wanted = near[0].id if near and near[0].id != row.id else ""
        remove = intake.remove_card if row.kind == "card" else intake.remove_contact
        self.runner.run(remove, row.id, row.version, then=partial(_removed, self, row.kind), owner=self)

    @Slot(str, QPoint)
    def _on_menu(self, _row_id: str, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self._open_action, self._correct, self._remove])
        menu.popup(at)

    @Slot()
    def _on_earlier(self) -> None:
        self._go_to(self.day - ONE_DAY)

    @Slot()
    def _on_later(self) -> None:
        self._go_to(self.day + ONE_DAY)

    @Slot()
    def _on_today(self) -> None:
        self._go_to(self._now().date())

    def _go_to(self, day: date) -> None:
        today = self._now().date()
        self._day = None if day >= today else day
        announce(self.table, formats.date_full(self.day))
        self.refresh()

    @Slot()
    def _on_logged(self) -> None:
        if self._day is not None:
            self._go_to(self._now().date())

    @Slot()
    def _on_card_closed(self) -> None:
        before = self.card.card_id
        self.show_list()
        self._look_for_drafts()
        if before and self.table.select_id(before):
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.line.begin()

    @Slot(str)
    def _on_booking(self, card_id: str) -> None:
        self.item_opened.emit("appointment_for", card_id)

    @Slot()
    def _on_resume(self) -> None:
        draft = self.strip.newest()
        if draft is not None:
            self.card.open_draft(draft)
            self._show_card()

    @Slot()
    def _on_discard(self) -> None:
        draft = self.strip.newest()
        if draft is not None:
            self.runner.run(drafts.drop, draft.key, then=self._on_dropped)

    def _on_dropped(self, _result: object) -> None:
        self._look_for_drafts()
        self.line.begin()

    def _make_actions(self) -> None:
        table = self.table
        self._open_action = make_action(table, _("Open the access card"), self._open_selected, icon="file-pen")
        self._correct = make_action(table, _("Correct"), self._correct_selected, icon="pencil", shortcut="F2")
        self._remove = make_action(table, _("Remove"), self._remove_selected, icon="trash-2", shortcut="Del")
        self._earlier = make_action(self, _("Day before"), self._on_earlier, icon="chevron-left", shortcut="Ctrl+PgUp")
        self._later = make_action(self, _("Day after"), self._on_later, icon="chevron-right", shortcut="Ctrl+PgDown")
        self._today = make_action(self, _("Back to today"), self._on_today, icon="calendar")

    def _lay_out(self) -> None:
        self.header.add_widget(ActionButton.of(self._new, primary=True))
        for action, icon in (
            (self._earlier, "chevron-left"),
            (self._today, "calendar"),
            (self._later, "chevron-right"),
        ):
            button = ToolButton(action.text(), icon, shortcut=action.shortcut().toString(), flat=True)
            button.setDefaultAction(action)
            button.setAccessibleName(action.text())
            self._accesses.tools.addWidget(button)
        self._accesses.body.addWidget(self.table, 1)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(3.5))
        column.addWidget(self.strip)
        column.addWidget(self.line)
        column.addWidget(self._accesses, 1)
        self._stack.addWidget(page)
        self._stack.addWidget(self.card)
        self.body.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.table.activated_id.connect(self._open_selected)
        self.table.menu_requested.connect(self._on_menu)
        self.line.logged.connect(self._on_logged)
        self.line.failed.connect(self.failed)
        self.strip.resumed.connect(self._on_resume)
        self.strip.discarded.connect(self._on_discard)
        card = self.card
        card.closed.connect(self._on_card_closed)
        card.booking_wanted.connect(self._on_booking)
        card.person_opened.connect(self.person_opened)
        card.told.connect(self.message)
        card.failed.connect(self.failed)


def _removed(page: IntakePage, kind: str, _result: object) -> None:
    page.say(_("Access card removed. Ctrl+Z brings it back.") if kind == "card" else
             _("Contact removed. Ctrl+Z brings it back."))  # fmt: skip
