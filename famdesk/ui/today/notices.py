"""The strip of notices at the top of Today: how many there are, and opened, what they say."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from famdesk.i18n import _, ngettext
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import IconLabel, Label
from famdesk.usecases.staff import notices
from famdesk.usecases.staff.notices import NoticeRow

SHOWN: Final = 5
"""Lines at once; the next ones follow as these are read."""
OPENS: Final = {"note": "note", "person": "person"}
"""What the subject of a notice is opened as, by its table."""
OPENS_OF_KIND: Final = {
    "destruction_proposed": "destruction",
    "envelope_made": "envelope",
    "handed_over": "note",
    "received": "note",
    "release_given": "note_given",
}
"""The same for kinds that lead elsewhere than to their subject: to a page, without a record."""


class NoticeStrip(QFrame):
    """A line above the blocks, hidden while nothing is unread. Enter on a notice opens what it is about.

    Attributes:
        list: the notices, the newest first; hidden until `more` is pressed.

    Signals:
        item_opened(str, str): show that record, by kind and id.
    """

    item_opened = Signal(str, str)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_kind(self, "card")
        self._runner = runner
        self._rows: tuple[NoticeRow, ...] = ()
        self._told: frozenset[str] = frozenset()
        self._label = Label("", "strong", wrap=True)
        self.more = ActionButton(_("Show"), "chevron-down", kind="flat")
        self.more.setCheckable(True)
        self.all_read = ActionButton(_("Mark as read"), "check")
        self.list = LineList(_("Notices"), grow=True)
        self.list.hide()
        row = QHBoxLayout()
        row.setSpacing(theme.unit(2))
        row.addWidget(IconLabel("info"))
        row.addWidget(self._label, 1)
        row.addWidget(self.more)
        row.addWidget(self.all_read)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.unit(4), theme.unit(2), theme.unit(2), theme.unit(2))
        column.setSpacing(theme.unit(1))
        column.addLayout(row)
        column.addWidget(self.list)
        self.more.toggled.connect(self._on_toggled)
        self.all_read.clicked.connect(self._on_all_read)
        self.list.activated_id.connect(self._on_opened)
        self.list.space_pressed.connect(self._on_read)
        self.hide()

    def look(self) -> None:
        """Asks what is unread."""
        self._runner.fetch(notices.unread, then=self.show_rows, latest="notices")

    def show_rows(self, rows: tuple[NoticeRow, ...]) -> None:
        """Shows them; what was not there before is also said to who cannot see it."""
        self._rows = rows
        shown = rows[:SHOWN]
        self.list.set_lines([Line(row.id, row.sentence()) for row in shown])
        text = ngettext("{n} notice for you", "{n} notices for you", len(rows)).format(n=len(rows))
        self._label.setText(text)
        self.setAccessibleName(text)
        news = [row for row in shown if row.id not in self._told]
        self._told = frozenset(row.id for row in rows)
        self.setVisible(bool(rows))
        if news:
            announce(self, f"{text}. {news[0].sentence()}")
        if not rows:
            self.more.setChecked(False)

    def text(self) -> str:
        """What is said while it is closed."""
        return self._label.text()

    @Slot(bool)
    def _on_toggled(self, opened: bool) -> None:
        self.list.setVisible(opened)
        self.more.setText(_("Hide") if opened else _("Show"))
        if opened:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_all_read(self) -> None:
        """Those that are not shown for lack of room were not read."""
        self._read([row.id for row in self._rows[:SHOWN]])

    @Slot(str)
    def _on_read(self, notice_id: str) -> None:
        self._read([notice_id])

    @Slot(str)
    def _on_opened(self, notice_id: str) -> None:
        row = next((one for one in self._rows if one.id == notice_id), None)
        if row is None:
            return
        self._read([row.id])
        if row.kind in OPENS_OF_KIND:
            self.item_opened.emit(OPENS_OF_KIND[row.kind], "")
        elif row.subject_table in OPENS:
            self.item_opened.emit(OPENS[row.subject_table], row.subject_id or "")

    def _read(self, ids: list[str]) -> None:
        self._runner.run(notices.mark_read, tuple(ids), then=self._on_noted)

    def _on_noted(self, _nothing: object) -> None:
        self.look()
