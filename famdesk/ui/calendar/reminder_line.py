"""In the editor: how the family is told of the appointment, or was."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from famdesk.domain import codes
from famdesk.domain.calendar import reminding
from famdesk.i18n import _, formats
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card, Label
from famdesk.usecases.post import reminders
from famdesk.usecases.post.reminder_rows import ReminderRow


class ReminderCard(Card):
    """A line for each person. Hidden while there is nothing to say."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(_("Reminder"), "mail", parent)
        self._runner = runner
        self._lines = Label("", wrap=True)
        self.body.addWidget(self._lines)
        self.hide()

    def text(self) -> str:
        """What is said now."""
        return self._lines.text()

    def load(self, appointment_id: str) -> None:
        """Read how it stands with an appointment."""
        self._runner.fetch(reminders.of_appointment, appointment_id, then=self._show, failed=self._on_gone, owner=self,
                           latest="reminders")  # fmt: skip

    def _show(self, rows: Sequence[ReminderRow]) -> None:
        self._lines.setText("\n".join(line(row) for row in rows))
        self.setVisible(bool(rows))

    def _on_gone(self, _error: Exception) -> None:
        self.hide()


def line(row: ReminderRow) -> str:
    """Who is told how and when, and what has to be minded."""
    if row.why:
        parts = [row.who, row.why]
    else:
        parts = [row.who, codes.label(reminding.CHANNELS, row.channel), _when(row), _neutral(row), row.note]
        if row.error and row.state in {"failed", "given_up", "unsure"}:
            parts.append(codes.label(reminding.MAIL_ERRORS, row.error))
    return " · ".join(part for part in parts if part)


def _when(row: ReminderRow) -> str:
    if row.state != "waiting":
        return codes.label(codes.REMINDER_STATES, row.state)
    # Translators: {moment} is when a reminder goes out
    return _("from {moment}").format(moment=formats.moment(row.due)) if row.due else ""


def _neutral(row: ReminderRow) -> str:
    # Translators: of a mail or letter: nothing on it tells the centre
    return _("neutral") if row.neutral and row.channel in {"mail", "letter"} else ""
