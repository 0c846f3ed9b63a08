"""What became of the sheets that went out by mail: waiting, sent, perhaps sent, not sent and why."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain.calendar.reminding import MAIL_ERRORS, OPEN
from famdesk.domain.codes import REMINDER_STATES, label
from famdesk.i18n import _
from famdesk.sheets.names import sheet_name
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, make_action
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.runner import Changes, Runner
from famdesk.usecases.post import sheet_mails
from famdesk.usecases.post.sheet_mails import MailRow

_MEANINGS = {"sent": Meaning.OPEN, "unsure": Meaning.WARNING, "given_up": Meaning.CONFLICT, "failed": Meaning.WARNING}


class MailsDialog(Dialog):
    """The mails of the last week, the newest first; what has not gone yet can be held back."""

    def __init__(self, parent: QWidget, runner: Runner) -> None:
        super().__init__(parent, _("Mails with sheets"))
        self._runner = runner
        self._rows: dict[str, MailRow] = {}
        self.list = LineList(_("Mails with sheets"), _("No sheet went out by mail in the last week."))
        self.list.setMinimumSize(theme.unit(120), theme.unit(60))
        self.hold = make_action(self, _("Do not send"), self._on_hold, icon="ban")
        self.body.addWidget(self.list, 1)
        self.body.addWidget(ActionButton.of(self.hold), 0, Qt.AlignmentFlag.AlignLeft)
        self.list.current_changed.connect(self._on_current)
        runner.changed.connect(self._on_changed)
        self.ask()

    @Slot()
    def ask(self) -> None:
        """Read the mails again."""
        self._runner.fetch(sheet_mails.recent, then=self._show, failed=self.present, owner=self, latest="mails")

    def _show(self, rows: tuple[MailRow, ...]) -> None:
        self._rows = {row.id: row for row in rows}
        self.list.set_lines([_line(row) for row in rows])
        self._on_current(self.list.current_id())

    @Slot(str)
    def _on_current(self, mail_id: str) -> None:
        row = self._rows.get(mail_id)
        self.hold.setEnabled(row is not None and row.state in (*OPEN, "given_up"))

    @Slot()
    def _on_hold(self) -> None:
        row = self._rows.get(self.list.current_id())
        if row is not None:
            self._runner.run(sheet_mails.withdraw, row.id, row.version, then=self._on_held, failed=self.present)

    def _on_held(self, _nothing: object) -> None:
        self.ask()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if any(table == "sheet_mail" for table, _row in changes):
            self.ask()


def _line(row: MailRow) -> Line:
    why = label(MAIL_ERRORS, row.error) if row.error else ""
    return Line(row.id, sheet_name(row.sheet), detail=" · ".join(part for part in (row.to, why) if part), icon="mail",
                badge=label(REMINDER_STATES, row.state), meaning=_MEANINGS.get(row.state, Meaning.ACCENT))  # fmt: skip
