"""The four fields of an info contact beside each other, or in two rows where there is little room."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from famdesk.i18n import _
from famdesk.ui.intake.fields import AgeField, AnswerField, ChannelField, NeedField
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, native
from famdesk.ui.kit.popup import ChoiceField, Search
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Label

NARROW: Final = 190
"""In units of 4 px: below this width the fields take two rows."""
_WIDE_SPOTS: Final = ((0, 0, 3), (0, 3, 5), (0, 8, 3), (0, 11, 6))
_NARROW_SPOTS: Final = ((0, 0, 3), (0, 3, 5), (2, 0, 3), (2, 3, 3))


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
        """Whether nothing was typed; the channel does not count."""
        return not (self.need or self.need_text or self.age_band or self.answer)


class LineFields(QWidget):
    """Channel, need, age, answer, and the button that saves.

    Signals:
        edited(): the person changed a field.
        entered(): Enter in a field, or the button.
    """

    edited = Signal()
    entered = Signal()

    def __init__(self, find_answers: Search, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.channel = ChannelField()
        self.need = NeedField(_("what is asked…"))
        self.age = AgeField()
        self.answer = AnswerField(find_answers, _("from the directory…"))
        self.save = ActionButton(_("Save"), hint=native("Return"), primary=True)
        self._problem = Label("", "problem", wrap=True)
        self._labels = [Label(text) for text in (_("How"), _("Need"), _("Age"), _("Answer"))]
        self._narrow = True
        self._lay_out()
        for field in self.fields():
            field.edited.connect(self._on_edited)
            field.returnPressed.connect(self.entered)
        self.save.clicked.connect(self.entered)

    def fields(self) -> tuple[ChoiceField | NeedField | AnswerField, ...]:
        """The fields in their order."""
        return (self.channel, self.need, self.age, self.answer)

    def entry(self) -> Entry:
        """What stands in the line now."""
        need = self.need
        return Entry(self.channel.value(), need.value(), need.words(), self.age.value(), self.answer.words())

    def set_entry(self, entry: Entry) -> None:
        """Fill the line; without a channel the one that stands there is kept."""
        if entry.channel:
            self.channel.set_value(entry.channel)
        if entry.need:
            self.need.set_value(entry.need)
        else:
            self.need.set_chosen(None, entry.need_text)
        self.age.set_value(entry.age_band)
        self.answer.set_value(entry.answer)
        self.clear_problem()

    def check(self) -> bool:
        """Say what is missing and go there; True if nothing is."""
        self.clear_problem()
        entry = self.entry()
        checks = (
            (self.channel, self.channel.problem()),
            (self.need, "" if entry.need or entry.need_text else _("Write what is asked.")),
            (self.age, self.age.problem()),
        )
        wrong = next(((field, sentence) for field, sentence in checks if sentence), None)
        if wrong is not None:
            self.complain(*wrong)
        return wrong is None

    def complain(self, field: QLineEdit, sentence: str) -> None:
        """Say what is wrong with a field."""
        field.setProperty("wrong", True)
        theme.restyle(field)
        field.setAccessibleDescription(sentence)
        self._problem.setText(sentence)
        self._problem.show()
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(field, sentence, urgent=True)

    def clear_problem(self) -> None:
        """Nothing is wrong any more."""
        self._problem.hide()
        for field in self.fields():
            if field.property("wrong"):
                field.setProperty("wrong", False)
                field.setAccessibleDescription("")
                theme.restyle(field)

    def problem(self) -> str:
        """The sentence that is shown, or ""."""
        return self._problem.text() if self._problem.isVisibleTo(self) else ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < theme.unit(NARROW)
        if narrow != self._narrow:
            self._place(narrow)

    @Slot()
    def _on_edited(self) -> None:
        self.clear_problem()
        self.edited.emit()

    def _lay_out(self) -> None:
        for field, label in zip(self.fields(), self._labels, strict=True):
            field.setAccessibleName(label.text())
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.unit(2))
        self._grid.setVerticalSpacing(theme.unit(0.5))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit())
        column.addLayout(self._grid)
        column.addWidget(self._problem)
        self._problem.hide()
        self._place(False)
        chain = (*self.fields(), self.save)
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    def _place(self, narrow: bool) -> None:
        self._narrow = narrow
        spots = _NARROW_SPOTS if narrow else _WIDE_SPOTS
        for (row, column, span), field, label in zip(spots, self.fields(), self._labels, strict=True):
            self._grid.addWidget(label, row, column, 1, span)
            self._grid.addWidget(field, row + 1, column, 1, span)
        self._grid.addWidget(self.save, 3 if narrow else 1, 6 if narrow else 17, 1, 2 if narrow else 1)
        for column in range(17):
            self._grid.setColumnStretch(column, 0 if narrow and column > 7 else 1)
