"""Dialogs of a call for applications: what it is, its checklist, its criteria."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime, time
from typing import Any

from PySide6.QtWidgets import QWidget

from famdesk.domain import codes
from famdesk.domain.centre import profile_codes
from famdesk.domain.programmes import calls as rules
from famdesk.i18n import _
from famdesk.i18n.collate import sort_key
from famdesk.ui.kit import theme
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import CheckField, LineField, NumberField, TextField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label, ScrollColumn
from famdesk.ui.programmes.fields import DayAndHour
from famdesk.ui.programmes.number_fields import HundredthsField, RowsField
from famdesk.usecases.calls import calls
from famdesk.usecases.calls.call_rows import CallDetail, CallValues, CriterionRow, DocumentRow
from famdesk.usecases.directory import directory

_MOST_SEATS = 100_000
_MOMENTS = ("opens", "deadline")


class CallDialog(Dialog):
    """A new call, or what is known of one."""

    def __init__(self, parent: QWidget, runner: Runner, detail: CallDetail | None = None) -> None:
        title = _("New call for applications") if detail is None else _("Change the call")
        super().__init__(parent, title, _("Add") if detail is None else _("Save"))
        self.setMinimumWidth(theme.unit(150))
        self._runner, self._detail = runner, detail
        self.fields = self.form = Form()
        self._fill()
        column = ScrollColumn()
        column.body.addWidget(self.fields)
        column.setMinimumHeight(min(self.fields.sizeHint().height() + theme.unit(4), theme.unit(120)))
        self.body.addWidget(column, 1)
        values = detail.values if detail else CallValues("")
        shown = {name: value for name, value in asdict(values).items() if self.fields.has(name)}
        for name in _MOMENTS:
            moment: datetime | None = shown[name]
            shown[name] = (moment.date(), moment.time()) if moment else None
        self.fields.set_values(shown)
        self.set_accept_enabled(False)
        self.fields.field("name").setFocus()
        self._runner.fetch(directory.bodies, then=self._take_bodies)

    def save(self) -> None:
        """Adds or changes the call."""
        typed = self.fields.values()
        for name in _MOMENTS:
            day, hour = typed[name]
            typed[name] = datetime.combine(day, hour or time()) if day else None
        before = self._detail.values if self._detail else CallValues("")
        values = replace(before, **typed)
        if self._detail is None:
            self._runner.run(calls.add_call, values, then=self.finish, failed=self.present)
        else:
            row = self._detail.row
            self._runner.run(calls.change_call, row.id, row.version, values, then=self.finish, failed=self.present)

    def _fill(self) -> None:
        form = self.fields
        form.add("name", _("Name"), LineField(), required=True)
        form.add("kind", _("Kind"), _coded(profile_codes.CALL_KINDS))
        states = [Choice(code, text) for code, text in codes.labels(rules.CALL_STATES) if code in calls.STATES]
        form.add("state", _("State"), ChoiceField(states, allow_none=False))
        form.add("issuer_body_id", _("By"), ChoiceField([]))
        form.section(_("Until when"))
        form.add("opens", _("Opens"), DayAndHour())
        form.add("deadline", _("Ends"), DayAndHour(), hint=_("To the minute: what comes later is marked as late."))
        form.add("deadline_text", _("Or in words"), LineField(), hint=_("For example: by nine on 8 July"))
        form.section(_("What can be had"))
        form.add("seats", _("How many are accepted"), NumberField(1, _MOST_SEATS), hint=_("Empty: no limit"))
        form.add("amount_cents", _("Money in all (€)"), HundredthsField())
        form.add("min_points", _("Least points"), HundredthsField(), hint=_("Who has fewer is not ranked."))
        form.add("description", _("Description"), TextField(lines=3))
        outcomes = [Choice(code, text) for code, text in codes.labels(profile_codes.CALL_OUTCOMES)]
        form.add("outcome", _("How it went for us"), ChoiceField(outcomes),
                 hint=_("Of a call of others to which the centre applied itself."))  # fmt: skip

    def _take_bodies(self, rows: Sequence[Any]) -> None:
        ordered = sorted(rows, key=lambda row: sort_key(row.name))
        field = self.fields.field("issuer_body_id")
        field.set_choices([Choice(row.id, row.name) for row in ordered])
        field.set_value(self._detail.values.issuer_body_id if self._detail else None)
        self.set_accept_enabled(True)


class ChecklistDialog(Dialog):
    """What has to be handed in, one document in each row."""

    def __init__(self, parent: QWidget, runner: Runner, detail: CallDetail) -> None:
        super().__init__(parent, _("Documents to hand in"), _("Save"))
        self.setMinimumWidth(theme.unit(150))
        self._runner, self._detail = runner, detail
        self.form = Form(labels="top")
        # Translators: head of a column of ticks: a document that has to be there
        rows = RowsField((_("Document"), _("Needed")), _document_fields, _("Document"))
        self.form.add("documents", _("Documents"), rows)
        _in_column(self, self.form)
        self.form.set_values({"documents": [(row.id, (row.name, row.required)) for row in detail.documents]})

    def save(self) -> None:
        """Sets the checklist as it stands here."""
        assert self.form is not None
        rows = tuple(DocumentRow(key, name, needed) for key, (name, needed) in self.form.value("documents"))
        row = self._detail.row
        self._runner.run(calls.set_documents, row.id, row.version, rows, then=self.finish, failed=self.present)


class CriteriaDialog(Dialog):
    """By what applications are judged, one criterion in each row."""

    def __init__(self, parent: QWidget, runner: Runner, detail: CallDetail) -> None:
        super().__init__(parent, _("Criteria"), _("Save"))
        self.setMinimumWidth(theme.unit(150))
        self._runner, self._detail = runner, detail
        self.form = Form(labels="top")
        rows = RowsField((_("Criterion"), _("Most points"), _("Least points")), _criterion_fields, _("Criterion"))
        self.form.add("criteria", _("Criteria"), rows)
        self.body.addWidget(Label(_("Without criteria the order of arrival counts."), "second", wrap=True))
        _in_column(self, self.form)
        shown = [(row.id, (row.name, row.max_points, row.min_points)) for row in detail.criteria]
        self.form.set_values({"criteria": shown})

    def save(self) -> None:
        """Sets the criteria as they stand here."""
        assert self.form is not None
        rows = tuple(
            CriterionRow(key, name, most or 0, least) for key, (name, most, least) in self.form.value("criteria")
        )
        row = self._detail.row
        self._runner.run(calls.set_criteria, row.id, row.version, rows, then=self.finish, failed=self.present)


def _document_fields() -> Sequence[QWidget]:
    needed = CheckField("")
    needed.set_value(True)
    return LineField(), needed


def _criterion_fields() -> Sequence[QWidget]:
    return LineField(), HundredthsField(), HundredthsField()


def _in_column(dialog: Dialog, form: Form) -> None:
    column = ScrollColumn()
    column.body.addWidget(form)
    column.body.addStretch(1)
    column.setMinimumHeight(theme.unit(80))
    dialog.body.addWidget(column, 1)


def _coded(table: codes.Table) -> ChoiceField:
    return ChoiceField([Choice(code, text) for code, text in codes.labels(table)], allow_none=False)
