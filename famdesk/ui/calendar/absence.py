"""A colleague's absence: from when to when, and what becomes of each appointment in that time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain.errors import RuleError
from famdesk.i18n import _, formats, ngettext
from famdesk.ui.calendar.absence_list import HandOver
from famdesk.ui.calendar.editor_form import Choices, Start
from famdesk.ui.kit import theme
from famdesk.ui.kit.dialog import Dialog, confirm
from famdesk.ui.kit.fields import CheckField, DateField, LineField, TimeField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import ScrollColumn
from famdesk.usecases.calendar import absences
from famdesk.usecases.calendar.absences import Affected
from famdesk.usecases.calendar.appointment_rows import AppointmentRow

_AFTER_MS = 250
_DAY = timedelta(days=1)


class AbsenceDialog(Dialog):
    """Plans an absence, or changes one. `finished_with` tells the `Planned`.

    Signals:
        told(object): what lies in the time that is written now, an `Affected`.
    """

    told = Signal(object)

    def __init__(self, parent: QWidget, runner: Runner, choices: Choices, begin: Start | AppointmentRow) -> None:
        """A new one at a place of the calendar, or one that is there."""
        new = isinstance(begin, Start)
        super().__init__(parent, _("New absence") if new else _("Absence"), _("Save"))
        self._runner = runner
        self._kept_all_the_same = False
        self._row = None if isinstance(begin, Start) else begin
        self.setMinimumWidth(min(theme.unit(180), round(self.screen().availableGeometry().width() * 0.9)))
        self.fields = self.form = _form(choices)
        self.hand_over = HandOver(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AFTER_MS)
        self._timer.timeout.connect(self.ask)
        column = ScrollColumn()
        column.body.addWidget(self.fields)
        column.body.addWidget(self.hand_over)
        column.body.addStretch(1)
        self.body.addWidget(column, 1)
        self.resize(self.minimumWidth(), min(theme.unit(100), round(self.screen().availableGeometry().height() * 0.9)))
        self._fill(begin)
        self.fields.edited.connect(self._on_edited)
        self.fields.field("first").edited.connect(self._on_first)
        self.fields.field("all_day").edited.connect(self._on_whole_days)
        self._on_whole_days()
        self.ask()

    def span(self) -> tuple[datetime, datetime] | None:
        """From when to before when, None while something is missing."""
        first, last = self.fields.value("first"), self.fields.value("last") or self.fields.value("first")
        if first is None:
            return None
        if self.fields.value("all_day"):
            return datetime.combine(first, time()), datetime.combine(last, time()) + _DAY
        starts, ends = self.fields.value("starts"), self.fields.value("ends")
        if starts is None or ends is None:
            return None
        return datetime.combine(first, starts), datetime.combine(last, ends)

    def save(self) -> None:
        span = self.span()
        if span is None:
            self.fields.show_error("starts", _("Give the start and the end."))
            self.set_accept_enabled(True)
            return
        if self.hand_over.kept() and not self._kept_all_the_same:
            self.set_accept_enabled(True)
            confirm(self, _("Do these appointments stay?"), _("Let them stay"), self._keep,
                    detail=self.hand_over.kept())  # fmt: skip
            return
        self._kept_all_the_same = False  # asked again, should it not be saved
        values: dict[str, Any] = {"all_day": self.fields.value("all_day"), "label": self.fields.value("label") or None,
                                  "decisions": self.hand_over.decisions()}  # fmt: skip
        how: dict[str, Any] = {"then": self.finish, "failed": self.present}
        if self._row is None:
            self._runner.run(absences.plan, self.fields.value("staff_id"), *span, **values, **how)
        else:
            self._runner.run(absences.change, self._row.id, self._row.version, *span, **values, **how)

    def _keep(self) -> None:
        self._kept_all_the_same = True
        self.try_save()

    def present(self, error: Exception) -> None:
        """What is taken or was changed meanwhile is read again."""
        if isinstance(error, RuleError) and error.field == "ends" and self.fields.value("all_day"):
            error.field = "last"
        super().present(error)
        self.ask()

    @Slot()
    def ask(self) -> None:
        """Read what lies in the time that is written now."""
        self._timer.stop()
        staff_id, span = self.fields.value("staff_id"), self.span()
        if staff_id and span is not None:
            exclude = self._row.id if self._row else None
            self._runner.fetch(absences.affected, staff_id, *span, exclude, then=self._show, failed=self._on_failed,
                               owner=self, latest="affected")  # fmt: skip
        else:
            self._show(Affected((), 0, 0))

    def _show(self, found: Affected) -> None:
        self.hand_over.show_rows(found)
        QTimer.singleShot(0, self, self._make_room)  # for what lies in that time, once it is laid out
        self.told.emit(found)

    def _on_failed(self, error: Exception) -> None:
        super().present(error)

    def _fill(self, begin: Start | AppointmentRow) -> None:
        whole = begin.all_day if isinstance(begin, AppointmentRow) else True
        ends = begin.ends or begin.starts
        last = (ends - _DAY).date() if whole and isinstance(begin, AppointmentRow) else ends.date()
        self.fields.set_values({
            "staff_id": begin.staff_id, "all_day": whole, "first": begin.starts.date(), "last": last,
            "starts": begin.starts.time(), "ends": (begin.ends or begin.starts + timedelta(hours=4)).time(),
            "label": begin.label if isinstance(begin, AppointmentRow) else "",
        })  # fmt: skip
        if isinstance(begin, AppointmentRow):
            self.fields.field("staff_id").setEnabled(False)

    @Slot()
    def _on_edited(self) -> None:
        self._timer.start()

    @Slot()
    def _on_first(self) -> None:
        """The last day follows the first; while it is typed itself it may be anything."""
        first, last = self.fields.value("first"), self.fields.value("last")
        if first is not None and last is not None and last < first:
            self.fields.field("last").set_value(first)

    @Slot()
    def _on_whole_days(self) -> None:
        for name in ("starts", "ends"):
            self.fields.set_row_visible(name, not self.fields.value("all_day"))


def said(planned: absences.Planned, first: date) -> str:
    """What was done, and whom to call, in a sentence."""
    text = _("Absence from {day} planned.").format(day=formats.date_short(first))
    if planned.to_tell:
        told = ngettext(
            "{n} family is on the list “To call back”.",
            "{n} families are on the list “To call back”.",
            planned.to_tell,
        )
        text += " " + told.format(n=planned.to_tell)
    if planned.unreachable:
        none = ngettext(
            "{n} family may not be reached in any way.", "{n} families may not be reached in any way.",
            planned.unreachable,
        )  # fmt: skip
        text += " " + none.format(n=planned.unreachable)
    return text


def _form(choices: Choices) -> Form:
    form = Form()
    colleagues = [Choice(key, name) for key, name in choices.colleagues]
    form.add("staff_id", _("Colleague"), ChoiceField(colleagues, allow_none=False), required=True)
    form.add("first", _("First day"), DateField(today=choices.day), required=True)
    form.add("last", _("Last day"), DateField(today=choices.day))
    form.add("all_day", "", CheckField(_("Whole days")))
    form.add("starts", _("From"), TimeField())
    form.add("ends", _("To"), TimeField())
    form.add("label", _("Text"), LineField(limit=80), hint=_("All colleagues read it: never write an illness."))
    return form
