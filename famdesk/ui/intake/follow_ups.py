"""What is to be done later: whom to call now, whom from when, whom only to write to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QMenu, QWidget

from famdesk.domain import codes
from famdesk.domain.intake.needs import need_label
from famdesk.domain.intake.waiting import FOLLOW_UP_KINDS
from famdesk.i18n import _, formats, ngettext
from famdesk.ui.intake.follow_up_dialogs import DoneDialog, FollowUpDialog
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, make_action
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.popup import Search
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card
from famdesk.usecases.intake import call_list, follow_ups
from famdesk.usecases.intake.call_list import CallRow, DoneRow

_ICONS: Final = {"call": "phone", "write": "mail", "wait": "hourglass", "other": "clipboard-check"}


class FollowUps(Card):
    """The calls in the order of the safe hours, with what else was promised.

    Signals:
        card_wanted(str): show the card that a follow-up comes from.
        file_wanted(str): show the file of a person.
        print_wanted(): the list is to be printed.
        said(str): a sentence for the message bar.
        counted(int): how much is due.
    """

    card_wanted = Signal(str)
    file_wanted = Signal(str)
    print_wanted = Signal()
    said = Signal(str)
    counted = Signal(int)

    def __init__(
        self, runner: Runner, find: Search, now: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(_("To call back"), "phone", parent)
        self._runner, self._find, self._now = runner, find, now
        self._rows: tuple[CallRow, ...] = ()
        self._wanted = ""
        self._done_lines: list[Line] = []
        self.list = LineList(_("To call back"), empty=_("Nothing was promised. “New” notes what is to be done later."))
        self.add_list(self.list)
        keys = self.list
        self.done = make_action(keys, _("Done"), self._on_done, icon="check", shortcut="Space")
        self.tried = make_action(keys, _("No answer"), self._on_tried, icon="x", shortcut="N")
        self.change = make_action(keys, _("Change"), self._on_change, icon="pencil", shortcut="F2")
        self.drop = make_action(keys, _("No longer needed"), self._on_drop, icon="ban", shortcut="Del")
        self.open = make_action(keys, _("Open the file"), self._on_file, icon="folder-open", shortcut="Ctrl+O")
        self.new = make_action(self, _("New"), self.add, icon="plus", shortcut="Ctrl+Shift+N")
        self.print = make_action(self, _("Print the list"), self.print_wanted.emit, icon="printer")
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._buttons.setSpacing(theme.unit(2))
        for action, hint in ((self.done, True), (self.tried, True), (self.new, False), (self.print, False)):
            self._buttons.addWidget(ActionButton.of(action, hint=hint))
        self._buttons.addStretch(1)
        self.body.addLayout(self._buttons)
        self.list.activated_id.connect(self._on_open)
        self.list.menu_requested.connect(self._on_menu)
        self.list.current_changed.connect(self._arrange)
        self._arrange()

    def refresh(self) -> None:
        """Read the list again."""
        self._runner.fetch(call_list.done_lately, then=self._show_done, owner=self, latest="done")
        self._runner.fetch(call_list.call_list, then=self._show_rows, owner=self, latest="calls")

    def select(self, follow_up_id: str) -> None:
        """Go to a follow-up, now or when the rows are there."""
        self._wanted = follow_up_id
        self._find_wanted()

    @Slot()
    def add(self) -> None:
        """Note something new, about somebody or alone."""
        self._edit(FollowUpDialog(self._runner, self._find, self._now, self.window()))

    def add_for(self, person_id: str | None, label: str, card_id: str | None) -> None:
        """Note something new about somebody, from their card or file."""
        about = (person_id, label) if person_id else None
        dialog = FollowUpDialog(self._runner, self._find, self._now, self.window(), about=about, card_id=card_id)
        self._edit(dialog)

    def _edit(self, dialog: FollowUpDialog) -> None:
        dialog.open()

    def _show_done(self, rows: Sequence[DoneRow]) -> None:
        self._done_lines = [_done_line(row) for row in rows]

    def _show_rows(self, rows: Sequence[CallRow]) -> None:
        self._rows = tuple(rows)
        later = [row for row in rows if not row.ready]
        lines = [row_line(row) for row in rows if row.ready]
        if later:
            lines += [Line("later", _("Put off to a later day"), header=True), *(row_line(row) for row in later)]
        if self._done_lines:
            lines += [Line("over", _("Done in the last days"), header=True), *self._done_lines]
        self.list.set_lines(lines)
        due = sum(row.ready and row.way != "wait" for row in rows)
        self.set_count(due)
        self._find_wanted()
        self._arrange()
        self.counted.emit(due)

    def _find_wanted(self) -> None:
        found = next((row.id for row in self._rows if self._wanted in {one for one, _v in row.items}), "")
        if found and self.list.set_current_id(found):
            self._wanted = ""
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _current(self) -> CallRow | None:
        return next((row for row in self._rows if row.id == self.list.current_id()), None)

    @Slot()
    def _arrange(self) -> None:
        row = self._current()
        for action in (self.done, self.change, self.drop):
            action.setEnabled(row is not None)
        self.tried.setEnabled(row is not None and row.way == "call")
        self.open.setEnabled(row is not None and row.person_id is not None)

    @Slot()
    def _on_done(self) -> None:
        row = self._current()
        if row is not None:
            DoneDialog(self._runner, row.items, self.window()).open()

    @Slot()
    def _on_tried(self) -> None:
        row = self._current()
        if row is not None:
            self._runner.run(follow_ups.tried, row.items, then=partial(_put_off, self), owner=self)

    @Slot()
    def _on_drop(self) -> None:
        row = self._current()
        if row is not None:
            self._runner.run(follow_ups.drop, row.items)

    @Slot()
    def _on_change(self) -> None:
        row = self._current()
        if row is not None:
            self._runner.fetch(call_list.follow_up, row.id, then=self._on_detail, latest="follow-up")

    def _on_detail(self, found: call_list.FollowUpDetail) -> None:
        self._edit(FollowUpDialog(self._runner, self._find, self._now, self.window(), known=found))

    @Slot()
    def _on_file(self) -> None:
        row = self._current()
        if row is not None and row.person_id is not None:
            self.file_wanted.emit(row.person_id)

    @Slot(str)
    def _on_open(self, _row_id: str) -> None:
        """Enter shows the card that it comes from, or the file, or the entry itself."""
        row = self._current()
        if row is None:
            return
        if row.access_card_id is not None:
            self.card_wanted.emit(row.access_card_id)
        elif row.person_id is not None:
            self.file_wanted.emit(row.person_id)
        else:
            self._on_change()

    @Slot(str, QPoint)
    def _on_menu(self, _row_id: str, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self.done, self.tried, self.change, self.drop, self.open])
        menu.popup(at)


def _put_off(block: FollowUps, day: object) -> None:
    block.said.emit(_("Nobody answered. Again on {day}.").format(day=formats.date_day(day)))  # type: ignore[arg-type]


def row_line(row: CallRow) -> Line:
    """A follow-up in words: whom and what for, which number, when, and what has to be minded."""
    needs = [need_label(code) for code in row.needs]
    kind = codes.label(FOLLOW_UP_KINDS, row.kind)
    what = [*row.what, *needs] or [kind]
    tries = ngettext("{n} try without answer", "{n} tries without answer", row.tries).format(n=row.tries)
    owner = _("number of {owner}").format(owner=row.owner) if row.owner else ""
    details = (" · ".join(what) if row.who else "", row.value or "", owner, row.note, tries if row.tries else "",
               row.staff or "", _due(row))  # fmt: skip
    badge, meaning = _badge(row)
    return Line(
        row.id, row.who or " · ".join(what), detail=" · ".join(part for part in details if part), badge=badge,
        meaning=meaning, icon=_ICONS[row.way], strong=row.ready and row.way == "call" and row.now,
    )  # fmt: skip


def _done_line(row: DoneRow) -> Line:
    kind = row.what or codes.label(FOLLOW_UP_KINDS, row.kind)
    details = (kind if row.who else "", row.result or "", formats.date_short(row.done_on))
    return Line(
        f"done:{row.id}", row.who or kind, detail=" · ".join(part for part in details if part),
        icon="check" if row.state == "done" else "ban",
    )  # fmt: skip


def _due(row: CallRow) -> str:
    return _("on {day}").format(day=formats.date_short(row.due_on)) if row.due_on and not row.ready else ""


def _badge(row: CallRow) -> tuple[str, Meaning | None]:
    if row.way == "write":
        return _("write, do not call") if row.kind != "write" else _("write"), Meaning.WARNING
    if row.way == "wait":
        return _("wait for them to call"), Meaning.CLOSED
    if row.way != "call" or not row.ready:
        return "", None
    if row.opens is not None:
        today = _("from {time}").format(time=formats.time_text(row.opens.time()))
        return today, Meaning.CLOSED
    if row.until is not None:
        return _("now, until {time}").format(time=formats.time_text(row.until)), Meaning.OPEN
    return _("any time"), Meaning.OPEN
