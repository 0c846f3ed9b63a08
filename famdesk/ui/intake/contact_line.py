"""The info contact in one line: channel, need, age, answer; Enter saves and the next line is ready."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QMenu, QWidget

from famdesk.domain import codes
from famdesk.domain.errors import RuleError
from famdesk.i18n import _
from famdesk.ui.intake.fields import AgeField, AnswerField, NeedField
from famdesk.ui.intake.keeper import DraftKeeper
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.lines import Line
from famdesk.ui.kit.popup import Choice, ChoiceField, Deliver
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Card, Label
from famdesk.usecases import drafts, intake

DRAFT: Final = "contact"
NARROW: Final = 190
"""In units of 4 px: below this width the line takes two rows."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in the line."""

    channel: str | None = None
    need: str | None = None
    need_text: str = ""
    age_band: str | None = None
    answer: str = ""

    @property
    def blank(self) -> bool:
        return not (self.need or self.need_text or self.age_band or self.answer)


class ContactLine(Card):
    """Logs contacts, and corrects one that was logged.

    Signals:
        logged(): a contact was saved.
        failed(object): an error that belongs to no field.
    """

    logged = Signal()
    failed = Signal(object)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(_("Info contact"), "zap", parent, note=_("· one line, Enter saves"))
        self._runner = runner
        self._points: tuple[tuple[str, str], ...] = ()
        self._point: str | None = None
        self._point_chosen = False
        self._corrected: intake.AccessRow | None = None
        self._keeper = DraftKeeper(runner, self)
        channels = [Choice(code, label) for code, label in codes.labels(codes.CHANNELS)]
        self.channel = ChoiceField(channels, allow_none=False)
        self.need = NeedField(_("what is asked…"))
        self.age = AgeField()
        self.answer = AnswerField(self._find_answers, _("from the directory…"))
        self.save = ActionButton(_("Save"), hint=_("Enter"), primary=True)
        self.where = ActionButton("", "map-pin", kind="flat")
        self._problem = Label("", "problem", wrap=True)
        self._grid = QGridLayout()
        self._labels = [Label(text) for text in (_("How"), _("Need"), _("Age"), _("Answer"))]
        self._lay_out()
        self._connect()
        self.channel.set_value("door")
        self._show_point()

    def entry(self) -> Entry:
        """What stands in the line now."""
        need = self.need
        return Entry(self.channel.value(), need.value(), need.words(), self.age.value(), self.answer.words())

    def set_entry(self, entry: Entry) -> None:
        """Fill the line."""
        if entry.channel:
            self.channel.set_value(entry.channel)
        self.need.set_chosen(entry.need, "" if entry.need else entry.need_text)
        if entry.need:
            self.need.set_value(entry.need)
        self.age.set_value(entry.age_band)
        self.answer.set_value(entry.answer)
        self._clear_problem()

    def set_counts(self, counts: Sequence[tuple[str, int]]) -> None:
        """How often each need came lately."""
        self.need.set_counts(counts)

    def set_points(self, points: Sequence[tuple[str, str]], open_now: str | None) -> None:
        """The access points as (id, name), and the one that is open now; a choice of the person's stays."""
        self._points = tuple(points)
        if not self._point_chosen or self._point not in dict(points):
            self._point = open_now
        self._show_point()

    @property
    def point_id(self) -> str | None:
        """Where the next contact comes in; None: not known."""
        return self._point

    def begin(self) -> None:
        """Ready for the next contact: the cursor stands in the first field, its channel is kept."""
        self.channel.setFocus(Qt.FocusReason.OtherFocusReason)
        self.channel.selectAll()

    def correct(self, row: intake.AccessRow) -> None:
        """Take a logged contact into the line; Enter saves the correction, Esc leaves it as it was."""
        self._corrected = row
        need = row.needs[0] if row.needs else None
        self.set_entry(Entry(row.channel, need, row.need_text or "", row.age_band, row.answer or ""))
        self.set_note(_("· correction, Enter saves, Esc leaves it"))
        self.need.setFocus(Qt.FocusReason.OtherFocusReason)
        self.need.selectAll()

    def restore(self, body: str) -> None:
        """Take up a line that was not finished, unless something stands here already."""
        if self.entry().blank and self._corrected is None:
            try:
                kept = json.loads(body)
                self.set_entry(Entry(**kept))
            except (ValueError, TypeError):
                return  # kept by another version of the program

    def keep_now(self) -> None:
        """Keep at once what waits to be kept."""
        self._keeper.flush()

    def try_save(self) -> None:
        """Save the line if it is complete; else say what is missing and go there."""
        entry = self.entry()
        self._clear_problem()
        if not self._complete(entry):
            return
        self._keeper.rest()
        values: dict[str, Any] = {
            "channel": entry.channel, "need": entry.need, "need_text": entry.need_text or None,
            "age_band": entry.age_band, "answer": entry.answer or None,
        }  # fmt: skip
        row = self._corrected
        failed = partial(_failed, self, entry, row)
        if row is None:
            values.update(access_point_id=self._point, draft=DRAFT)
            self._runner.run(intake.log_contact, then=self._saved, failed=failed, owner=self, **values)
        else:
            values.update(access_point_id=row.access_point_id, need_text=_kept_words(row, entry))
            self._runner.run(
                intake.change_contact, row.id, row.version, then=self._saved, failed=failed, owner=self, **values
            )
        self._next()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._corrected is not None:
            self._next()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < theme.unit(NARROW)
        if narrow != self._narrow:
            self._place(narrow)

    def _complete(self, entry: Entry) -> bool:
        checks = (
            (self.channel, self.channel.problem()),
            (self.need, "" if entry.need or entry.need_text else _("Write what is asked.")),
            (self.age, self.age.problem()),
        )
        wrong = next(((field, sentence) for field, sentence in checks if sentence), None)
        if wrong is None:
            return True
        self._complain(*wrong)
        return False

    def _complain(self, field: QLineEdit, sentence: str) -> None:
        field.setProperty("wrong", True)
        theme.restyle(field)
        field.setAccessibleDescription(sentence)
        self._problem.setText(sentence)
        self._problem.show()
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(field, sentence, urgent=True)

    def _clear_problem(self) -> None:
        self._problem.hide()
        for field in self._fields():
            if field.property("wrong"):
                field.setProperty("wrong", False)
                field.setAccessibleDescription("")
                theme.restyle(field)

    def _next(self) -> None:
        """An empty line at once: who types on is never waited for."""
        self._corrected = None
        self.set_note(_("· one line, Enter saves"))
        self.set_entry(Entry())
        self.begin()

    def _saved(self, _result: object) -> None:
        self.logged.emit()

    def _refused(self, entry: Entry, row: intake.AccessRow | None, error: Exception) -> None:
        """Bring back what could not be saved, unless something new stands there."""
        if self.entry().blank:
            self.set_entry(entry)
            self._corrected = row
            self._keeper.touch()
        fields = {"channel": self.channel, "need": self.need, "need_text": self.need, "age_band": self.age,
                  "answer": self.answer}  # fmt: skip
        field = fields.get(error.field or "") if isinstance(error, RuleError) else None
        if field is not None and isinstance(error, RuleError):
            self._complain(field, error.sentence())
        else:
            self.failed.emit(error)

    def _find_answers(self, text: str, deliver: Deliver) -> None:
        self._runner.fetch(
            intake.answers, text, self.need.value(), then=partial(offer_answers, deliver), owner=self, latest="answers"
        )

    @Slot()
    def _on_edited(self) -> None:
        self._clear_problem()
        if self._corrected is None:
            self._keeper.touch()

    @Slot()
    def _on_due(self) -> None:
        entry = self.entry()
        if self._corrected is not None:
            return
        if entry.blank:
            self._keeper.drop(DRAFT)
        else:
            self._keeper.keep(DRAFT, asdict(entry))

    @Slot()
    def _on_where(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for point_id, name in (*self._points, ("", _("Not at an access point"))):
            action = menu.addAction(name)
            action.setData(point_id)
            action.setCheckable(True)
            action.setChecked((point_id or None) == self._point)
            action.triggered.connect(self._on_point)
        menu.popup(self.where.mapToGlobal(self.where.rect().bottomLeft()))

    @Slot()
    def _on_point(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        self._point = action.data() or None
        self._point_chosen = True
        self._show_point()
        self.begin()

    def _show_point(self) -> None:
        name = dict(self._points).get(self._point or "", _("Not at an access point"))
        self.where.setText(name)
        self.where.setAccessibleName(_("Access point: {name}").format(name=name))
        self.where.setVisible(bool(self._points))
        self.where.updateGeometry()

    def _fields(self) -> tuple[ChoiceField | NeedField | AnswerField, ...]:
        return (self.channel, self.need, self.age, self.answer)

    def _lay_out(self) -> None:
        for field, label in zip(self._fields(), self._labels, strict=True):
            field.setAccessibleName(label.text())
            label.setBuddy(field)
        self._grid.setHorizontalSpacing(theme.unit(2))
        self._grid.setVerticalSpacing(theme.unit(0.5))
        self._narrow = True
        self._place(False)
        self._problem.hide()
        self.body.addLayout(self._grid)
        self.body.addWidget(self._problem)
        self.tools.addWidget(self.where)
        for before, after in zip(
            (*self._fields(), self.save), (*self._fields()[1:], self.save, self.where), strict=True
        ):
            QWidget.setTabOrder(before, after)

    def _place(self, narrow: bool) -> None:
        """All fields beside each other, or in two rows."""
        self._narrow = narrow
        spots = (
            ((0, 0, 3), (0, 3, 5), (2, 0, 3), (2, 3, 3)) if narrow else ((0, 0, 3), (0, 3, 5), (0, 8, 3), (0, 11, 6))
        )
        for (row, column, span), field, label in zip(spots, self._fields(), self._labels, strict=True):
            self._grid.addWidget(label, row, column, 1, span)
            self._grid.addWidget(field, row + 1, column, 1, span)
        self._grid.addWidget(self.save, 3 if narrow else 1, 6 if narrow else 17, 1, 2 if narrow else 1)
        for column in range(17):
            self._grid.setColumnStretch(column, 0 if narrow and column > 7 else 1)
        self._grid.setRowMinimumHeight(2, 0)

    def _connect(self) -> None:
        for field in self._fields():
            field.edited.connect(self._on_edited)
            field.returnPressed.connect(self.try_save)
        self.save.clicked.connect(self.try_save)
        self.where.clicked.connect(self._on_where)
        self._keeper.due.connect(self._on_due)


def read_draft(runner: Runner, line: ContactLine) -> None:
    """Take up the line that this person did not finish."""
    runner.fetch(drafts.read, DRAFT, then=partial(_restore, line), owner=line)


def _restore(line: ContactLine, draft: drafts.DraftRow | None) -> None:
    if draft is not None:
        line.restore(draft.body)


def offer_answers(deliver: Deliver, rows: Sequence[intake.AnswerRow]) -> None:
    """Answers found, as lines of an `AnswerField`."""
    deliver([
        Line(f"{place}", row.text, detail=row.detail, trail=str(row.used) if row.used else "",
             icon="history" if row.used else "map-pinned")
        for place, row in enumerate(rows)
    ])  # fmt: skip


def _failed(line: ContactLine, entry: Entry, row: intake.AccessRow | None, error: Exception) -> None:
    line._refused(entry, row, error)


def _kept_words(row: intake.AccessRow, entry: Entry) -> str | None:
    """The words of a corrected contact stay beside its need, unless others were typed."""
    return entry.need_text or (row.need_text if entry.need else None)
