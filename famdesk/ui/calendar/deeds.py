"""What is done to an appointment directly in the calendar: moved, stretched, cancelled, arrived."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from famdesk.domain import codes
from famdesk.domain.calendar import next_states
from famdesk.i18n import _
from famdesk.ui.kit.dialog import Dialog, ask_reason
from famdesk.ui.kit.fields import LineField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.usecases import calendar
from famdesk.usecases.calendar import AppointmentRow


class Deeds(QObject):
    """Runs the use-cases; an overlap is told and can be allowed with a reason.

    Signals:
        refused(object): an error for the message bar; the calendar is shown again as it is.
        told(str): a sentence for the screen reader and the message bar: nothing could be done, and why.
    """

    refused = Signal(object)
    told = Signal(str)

    def __init__(self, runner: Runner, parent: QWidget) -> None:
        super().__init__(parent)
        self._runner = runner
        self._parent = parent

    def move(self, row: AppointmentRow, starts: datetime, **links: str | None) -> None:
        """Another start, and the column's colleague, room or access point."""
        _Attempt(self, _("Move all the same"), calendar.move, row.id, row.version, starts, **links).go()

    def stretch(self, row: AppointmentRow, ends: datetime) -> None:
        """Another end."""
        _Attempt(self, _("Change all the same"), calendar.stretch, row.id, row.version, ends).go()

    def set_state(self, row: AppointmentRow, state: str) -> None:
        """Confirmed, arrived, held, did not come; planned again."""
        _Attempt(self, _("Book all the same"), calendar.set_state, row.id, row.version, state).go()

    def arrive(self, row: AppointmentRow) -> None:
        """The person is there."""
        if row.state == "arrived":
            self.told.emit(_("Already marked as arrived."))
        elif "arrived" not in next_states(row.state):
            self.told.emit(_("A cancelled appointment has to be planned again first."))
        else:
            self.set_state(row, "arrived")

    def cancel(self, row: AppointmentRow) -> None:
        """Ask who cancelled and why, then cancel."""
        if "cancelled" not in next_states(row.state):
            self.told.emit(_("This appointment is over: it cannot be cancelled any more."))
            return
        CancelDialog(self._parent, self._runner, row.id, row.version).open()

    def run(self, attempt: _Attempt, reason: str | None) -> None:
        """Do what an attempt is about."""
        more = {"overlap_reason": reason} if reason else {}
        self._runner.run(attempt.usecase, *attempt.args, failed=attempt.failed, owner=self, **attempt.kw, **more)

    def ask(self, attempt: _Attempt, sentence: str) -> None:
        """Tell what is taken and ask for a reason to do it all the same."""
        ask_reason(self._parent, sentence, attempt.all_the_same, attempt.go)


class _Attempt:
    """One use-case that may meet an overlap."""

    def __init__(
        self, deeds: Deeds, all_the_same: str, usecase: Callable[..., object], *args: object, **kw: Any
    ) -> None:
        self.deeds, self.all_the_same = deeds, all_the_same
        self.usecase, self.args, self.kw = usecase, args, kw

    def go(self, reason: str | None = None) -> None:
        """Do it, with a reason if one was asked for."""
        self.deeds.run(self, reason)

    def failed(self, error: Exception) -> None:
        """Ask for the reason, or pass the error on."""
        if isinstance(error, calendar.Overlap):
            self.deeds.ask(self, error.sentence())
        else:
            self.deeds.refused.emit(error)


class CancelDialog(Dialog):
    """Who cancelled, and why if it was said."""

    def __init__(self, parent: QWidget, runner: Runner, appointment_id: str, version: int) -> None:
        super().__init__(parent, _("Cancel the appointment"), _("Cancel the appointment"), danger=True)
        self._cancel.setText(_("Keep it"))
        self._runner = runner
        self._appointment = appointment_id, version
        self.form = Form(labels="top")
        who = [Choice(code, text) for code, text in codes.labels(codes.CANCELLED_BY)]
        self.form.add("by", _("Who cancelled?"), ChoiceField(who, allow_none=False), required=True)
        self.form.add("reason", _("Reason"), LineField(placeholder=_("may stay empty")))
        self.form.set_values({"by": "family", "reason": ""})
        self.body.addWidget(self.form)

    def save(self) -> None:
        assert self.form is not None
        by, reason = self.form.value("by"), self.form.value("reason") or None
        self._runner.run(calendar.cancel, *self._appointment, by, reason, then=self.finish, failed=self.present)
