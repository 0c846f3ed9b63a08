"""Dialogs of an application: received or changed, looked through, given points."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, time
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from famdesk.domain import codes
from famdesk.domain.programmes import calls as rules
from famdesk.i18n import _, formats
from famdesk.ui.kit import theme
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import CheckField, DateField, LineField, TextField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label, ScrollColumn
from famdesk.ui.programmes.fields import DayAndHour
from famdesk.ui.programmes.number_fields import HundredthsField
from famdesk.usecases.calls import applications
from famdesk.usecases.calls.call_rows import ApplicationRow, ApplicationValues, ByHand, CallDetail, DocumentState

_FIELDS = ("applicant", "channel", "reference", "phone", "mail", "address", "requested_cents", "note")


class ReceiveDialog(Dialog):
    """An application that is handed in, or who applied with one that is there."""

    def __init__(self, parent: QWidget, runner: Runner, detail: CallDetail, row: ApplicationRow | None = None) -> None:
        title = _("Receive an application") if row is None else _("Application {number}").format(number=row.number)
        super().__init__(parent, title, _("Receive now") if row is None else _("Save"))
        self.setMinimumWidth(theme.unit(140))
        self._runner, self._detail, self._row = runner, detail, row
        self.fields = self.form = Form()
        self._fill()
        if row is None:
            told = _("Number and stamp are given at the moment in which you press “Receive now”.")
            self.body.addWidget(Label(told, "second", wrap=True))
        column = ScrollColumn()
        column.body.addWidget(self.fields)
        column.setMinimumHeight(min(self.fields.sizeHint().height() + theme.unit(4), theme.unit(120)))
        self.body.addWidget(column, 1)
        values = row.values if row else ApplicationValues("")
        self.fields.set_values({name: value for name, value in asdict(values).items() if name in _FIELDS})
        self.fields.field("applicant").setFocus()

    def save(self) -> None:
        """Receives the application, or changes it."""
        typed = self.fields.values()
        values = ApplicationValues(**{name: typed[name] for name in _FIELDS})
        if self._row is not None:
            self._runner.run(applications.change_application, self._row.id, self._row.version, values,
                             then=self.finish, failed=self.present)  # fmt: skip
            return
        there = tuple(one.id for one in self._detail.documents if typed[f"document:{one.id}"])
        by_hand = None
        day, hour = typed["at"]
        if day is not None:
            by_hand = ByHand(datetime.combine(day, hour or time()), typed["reason"])
        self._runner.run(applications.receive, self._detail.row.id, values, documents=there, by_hand=by_hand,
                         then=self.finish, failed=self.present)  # fmt: skip

    def _fill(self) -> None:
        form = self.fields
        form.add("applicant", _("Who applies"), LineField(), required=True)
        channels = [Choice(code, text) for code, text in codes.labels(rules.APPLICATION_CHANNELS)]
        form.add("channel", _("How it came"), ChoiceField(channels, allow_none=False))
        form.add("reference", _("Protocol"), LineField(), hint=_("The number that another office gave it"))
        if self._row is None:
            for place, one in enumerate(self._detail.documents):
                if not place:
                    form.section(_("What is there"))
                form.add(f"document:{one.id}", one.name, CheckField(one.name))
        form.section(_("How to reach them"))
        form.add("phone", _("Phone"), LineField(40))
        form.add("mail", _("E-mail"), LineField(120))
        form.add("address", _("Address for the letter"), LineField())
        form.section(_("More"))
        form.add("requested_cents", _("Asks for (€)"), HundredthsField())
        form.add("note", _("Note"), TextField(lines=2))
        if self._row is None:
            form.section(_("Only if it came earlier"))
            form.add("at", _("Typed stamp"), DayAndHour(), hint=_("Empty: the clock of the server stamps it now."))
            form.add("reason", _("Why it is typed"), LineField(), hint=_("For example: protocol of the Comune"))


class _StateField(QWidget):
    """The state of a document, and until when it may still come.

    Signals:
        edited(): the person changed something.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        states = [Choice(code, text) for code, text in codes.labels(rules.DOCUMENT_STATES)]
        self.state, self.until = ChoiceField(states, allow_none=False), DateField()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(2))
        row.addWidget(self.state, 3)
        row.addWidget(self.until, 2)
        self.setFocusProxy(self.state)
        self.state.edited.connect(self._on_edited)
        self.until.edited.connect(self.edited)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.state.setAccessibleName(name)
        self.until.setAccessibleName(_("{name}, asked for until").format(name=name))

    def value(self) -> tuple[str, date | None]:
        """Code and day."""
        return self.state.value() or "missing", self.until.value()

    def set_value(self, value: tuple[str, date | None]) -> None:
        """Show a state."""
        self.state.set_value(value[0])
        self.until.set_value(value[1])
        self.until.setVisible(value[0] == "asked")

    def problem(self) -> str:
        """What cannot be read or is missing."""
        if self.value()[0] == "asked" and self.until.value() is None:
            return _("Until when may it still come?")
        return self.until.problem()

    @Slot()
    def _on_edited(self) -> None:
        self.until.setVisible(self.value()[0] == "asked")
        self.edited.emit()


class ExamineDialog(Dialog):
    """The formal check: what is there, what is asked for, whether the application is admitted."""

    def __init__(self, parent: QWidget, runner: Runner, detail: CallDetail, row: ApplicationRow, *,
                 may_check: bool) -> None:  # fmt: skip
        """Without `may_check` documents are noted and nothing is decided."""
        super().__init__(parent, _("Formal check of application {number}").format(number=row.number), _("Save"))
        self.setMinimumWidth(theme.unit(150))
        self._runner, self._row = runner, row
        self.fields = self.form = Form()
        told = _("{applicant} · received {moment}").format(applicant=row.values.applicant, moment=row.shown)
        self.body.addWidget(Label(told, "second", wrap=True))
        if row.late:
            self.body.addWidget(Label(_("It came after the end of the call."), "strong", wrap=True))
        for one in detail.documents:
            name = one.name if one.required else _("({name})").format(name=one.name)
            self.fields.add(f"document:{one.id}", name, _StateField())
        outcomes = [(code, text) for code, text in codes.labels(rules.APPLICATION_STATES)
                    if code in {"received", "admitted", "excluded"}]  # fmt: skip
        labels = {"received": _("Not decided yet")}
        choices = [Choice(code, labels.get(code, text)) for code, text in outcomes]
        self.fields.add("outcome", _("Outcome"), ChoiceField(choices, allow_none=False))
        self.fields.add("reason", _("Reason"), TextField(lines=2),
                        hint=_("Needed to exclude somebody, and to admit one that came late."))  # fmt: skip
        for name in ("outcome", "reason"):
            self.fields.set_row_visible(name, may_check)
        self._may_check = may_check
        column = ScrollColumn()
        column.body.addWidget(self.fields)
        column.setMinimumHeight(min(self.fields.sizeHint().height() + theme.unit(4), theme.unit(110)))
        self.body.addWidget(column, 1)
        self._before = {f"document:{one.document_id}": (one.state, one.until) for one in row.documents}
        outcome = row.state if row.state in {"admitted", "excluded"} else "received"
        self.fields.set_values({**self._before, "outcome": outcome, "reason": row.reason or ""})
        self._outcome = outcome

    def save(self) -> None:
        """Notes what changed, as one step."""
        typed = self.fields.values()
        changed = tuple(
            DocumentState(name.partition(":")[2], *typed[name]) for name, was in self._before.items()
            if typed[name] != was
        )  # fmt: skip
        outcome = typed["outcome"]
        told = outcome if self._may_check and (outcome, typed["reason"]) != (self._outcome, self._row.reason or "") \
            else None  # fmt: skip
        self._runner.run(applications.examine, self._row.id, self._row.version, changed, told, typed["reason"],
                         then=self.finish, failed=self.present)  # fmt: skip


class JudgeDialog(Dialog):
    """Points for each criterion."""

    def __init__(self, parent: QWidget, runner: Runner, detail: CallDetail, row: ApplicationRow) -> None:
        super().__init__(parent, _("Points of application {number}").format(number=row.number), _("Save"))
        self._runner, self._detail, self._row = runner, detail, row
        self.fields = self.form = Form()
        self.body.addWidget(Label(row.values.applicant, "second", wrap=True))
        for one in detail.criteria:
            hint = _("At most {points}").format(points=rules.points_text(one.max_points))
            if one.min_points:
                hint = _("From {least} to {most}").format(
                    least=rules.points_text(one.min_points), most=rules.points_text(one.max_points)
                )
            self.fields.add(one.id, one.name, HundredthsField(), hint=hint)
        self.body.addWidget(self.fields)
        self._sum = Label("", "strong")
        self.body.addWidget(self._sum)
        given = {one.criterion_id: one.points for one in row.scores}
        self._before: dict[str, Any] = {one.id: given.get(one.id) for one in detail.criteria}
        self.fields.set_values(self._before)
        self.fields.edited.connect(self._on_edited)
        self._on_edited()

    def save(self) -> None:
        """Gives the points that changed, as one step."""
        typed = self.fields.values()
        changed = {key: points for key, points in typed.items() if points != self._before[key]}
        self._runner.run(applications.judge, self._row.id, self._row.version, changed, then=self.finish,
                         failed=self.present)  # fmt: skip

    @Slot()
    def _on_edited(self) -> None:
        points = sum(value or 0 for value in self.fields.values().values())
        most = sum(one.max_points for one in self._detail.criteria)
        self._sum.setText(
            _("Together: {points} of {most}").format(points=rules.points_text(points), most=rules.points_text(most))
        )


def ask_text(row: ApplicationRow) -> str:
    """Which application a question is about."""
    number = formats.number(row.number)
    return _("Application {number} is taken back?").format(number=number)
