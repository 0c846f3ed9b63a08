"""Feedback of an initiative: its form, sheets that came back, what they say."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from famdesk.domain import codes
from famdesk.domain.programmes import feedback as rules
from famdesk.i18n import _, formats, pgettext
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, allow, make_action
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import LineField, NumberField, TextField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label, ScrollColumn
from famdesk.ui.programmes.feedback_chart import FeedbackChart
from famdesk.ui.programmes.number_fields import RowsField
from famdesk.usecases.programmes import feedback
from famdesk.usecases.programmes.feedback import Counts, Feedback, QuestionRow
from famdesk.usecases.programmes.programmes_rows import InitiativeDetail


class FeedbackPanel(QWidget):
    """The chart, and what can be done.

    Signals:
        sheet_requested(str, str): the form or the summary of the initiative with this id is wanted.
    """

    sheet_requested = Signal(str, str)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._detail: InitiativeDetail | None = None
        self._found: Feedback | None = None
        self._note = Label("", "second", wrap=True)
        self.chart = FeedbackChart()
        self.questions = make_action(self, _("Questions"), self._on_questions, icon="list-checks")
        self.form = make_action(self, _("Print the form"), self._on_form, icon="printer")
        self.enter = make_action(self, _("Enter sheets"), self._on_enter, icon="pencil")
        self.summary = make_action(self, _("Summary of the cycle"), self._on_summary, icon="chart-column")
        row = QHBoxLayout()
        row.setSpacing(theme.unit(2))
        for action in (self.enter, self.questions, self.form, self.summary):
            row.addWidget(ActionButton.of(action))
        row.addStretch(1)
        scroll = ScrollColumn()
        scroll.body.addWidget(self.chart)
        scroll.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.unit(2))
        layout.addLayout(row)
        layout.addWidget(self._note)
        layout.addWidget(scroll, 1)

    def show_detail(self, detail: InitiativeDetail) -> None:
        """Show the feedback of an initiative."""
        self._detail = detail
        self._runner.fetch(feedback.feedback, detail.row.id, then=self._show, failed=self._hide, owner=self,
                           latest="feedback")  # fmt: skip

    def _show(self, found: Feedback) -> None:
        self._found = found
        self.chart.show_answers(found.answers)
        self._note.setText(
            _(
                "Nobody's name is on a sheet, and only numbers are kept. Answers of fewer than {least} are not shown."
            ).format(least=formats.number(found.least))
            if found.questions
            else _("There is no form yet. “Questions” begins with those that FamDesk has in all languages.")
        )
        may = self._detail is not None and self._detail.row.mine
        allow(self.questions, may and self._detail is not None and self._detail.may_change)
        allow(self.enter, may, bool(found.questions))
        for action in (self.form, self.summary):
            allow(action, may=True)

    def _hide(self, _error: Exception) -> None:
        self._found = None
        self._note.setText(_("Your role does not see what people said."))
        self.chart.show_answers(())
        for action in (self.questions, self.enter, self.form, self.summary):
            allow(action, may=False)

    @Slot()
    def _on_questions(self) -> None:
        if self._found is not None:
            QuestionsDialog(self.window(), self._runner, self._found).open()

    @Slot()
    def _on_enter(self) -> None:
        if self._found is not None and self._detail is not None:
            CountsDialog(self.window(), self._runner, self._found, self._detail).open()

    @Slot()
    def _on_form(self) -> None:
        if self._detail is not None:
            self.sheet_requested.emit("feedback-form", self._detail.row.id)

    @Slot()
    def _on_summary(self) -> None:
        if self._detail is not None:
            self.sheet_requested.emit("cycle-summary", self._detail.row.id)


class QuestionsDialog(Dialog):
    """The questions of the form, one in each row; a question that FamDesk knows stays translated while it is not
    changed."""

    def __init__(self, parent: QWidget, runner: Runner, found: Feedback) -> None:
        super().__init__(parent, _("Questions of the feedback form"), _("Save"))
        self.setMinimumWidth(theme.unit(150))
        self._runner, self._found = runner, found
        self.form = Form(labels="top")
        rows = RowsField((_("Question"), pgettext("to a question", "Answer")), _question_fields, _("Question"))
        self.form.add("questions", _("Questions"), rows)
        column = ScrollColumn()
        column.body.addWidget(self.form)
        column.body.addStretch(1)
        column.setMinimumHeight(theme.unit(90))
        self.body.addWidget(Label(_("The usual questions are printed in the language of each form."), "second"))
        self.body.addWidget(column, 1)
        shown = [(row.id, row.text, row.scale) for row in found.questions] or [("", *one) for one in rules.FIRST]
        self._known = {rules.question_text(text): text for _id, text, _scale in shown if rules.known(text)}
        self.form.set_values({"questions": [(key, (rules.question_text(text), scale)) for key, text, scale in shown]})

    def save(self) -> None:
        assert self.form is not None
        rows = tuple(
            QuestionRow(key, self._known.get(text.strip(), text.strip().lstrip("@")), scale or "smiley3")
            for key, (text, scale) in self.form.value("questions")
        )
        self._runner.run(feedback.set_questions, self._found.initiative_id, rows, then=self.finish,
                         failed=self.present)  # fmt: skip


def _question_fields() -> Sequence[QWidget]:
    scale = ChoiceField([Choice(code, text) for code, text in codes.labels(rules.SCALES)], allow_none=False)
    scale.set_value("smiley3")
    return LineField(), scale


class CountsDialog(Dialog):
    """How many sheets ticked what: of a meeting, or of the whole cycle."""

    def __init__(self, parent: QWidget, runner: Runner, found: Feedback, detail: InitiativeDetail) -> None:
        super().__init__(parent, _("Feedback sheets"), _("Save"))
        self.setMinimumWidth(theme.unit(150))
        self._runner, self._found = runner, found
        whole = Choice("", _("Of the whole cycle"))
        meetings = [Choice(row.id, _meeting_text(row.number, row.day)) for row in detail.meetings]
        self._meeting = ChoiceField([whole, *meetings], allow_none=False)
        self._meeting.set_value("")
        self.form = Form(labels="top")
        self.form.add("meeting", _("Sheets of"), self._meeting)
        for number, row in enumerate(found.questions, start=1):
            self.form.section(f"{number}. {rules.question_text(row.text)}")
            for place, word in enumerate(rules.face_words(rules.FACES[row.scale])):
                self.form.add(f"{row.id}:{place}", word, NumberField(0, feedback.MOST_SHEETS))
            if not rules.FACES[row.scale]:
                self.form.add(f"{row.id}:remarks", _("Remarks, one a line"), TextField(lines=4))
        column = ScrollColumn()
        column.body.addWidget(self.form)
        column.setMinimumHeight(theme.unit(110))
        self.body.addWidget(column, 1)
        self._meeting.edited.connect(self._show)
        self._show()

    def save(self) -> None:
        assert self.form is not None
        meeting = self._meeting.value() or None
        entries = []
        for row in self._found.questions:
            faces = rules.FACES[row.scale]
            counts = tuple(self.form.value(f"{row.id}:{place}") or 0 for place in range(faces))
            remarks = "" if faces else self.form.value(f"{row.id}:remarks")
            entries.append(Counts(row.id, meeting, counts, remarks))
        self._runner.run(feedback.set_counts, self._found.initiative_id, tuple(entries), then=self.finish,
                         failed=self.present)  # fmt: skip

    @Slot()
    def _show(self) -> None:
        """The numbers that are noted for the meeting."""
        assert self.form is not None
        meeting = self._meeting.value() or None
        known = {one.question_id: one for one in self._found.counts if one.meeting_id == meeting}
        values: dict[str, object] = {}
        for row in self._found.questions:
            counts = known.get(row.id, Counts(row.id, meeting, (0,) * 5))
            for place in range(rules.FACES[row.scale]):
                values[f"{row.id}:{place}"] = counts.counts[place] or None
            if not rules.FACES[row.scale]:
                values[f"{row.id}:remarks"] = counts.remarks
        self.form.set_values(values)


def _meeting_text(number: int, day: object) -> str:
    from datetime import date

    told = formats.date_short(day) if isinstance(day, date) else _("to be set")
    return _("Meeting {number}, {day}").format(number=number, day=told)
