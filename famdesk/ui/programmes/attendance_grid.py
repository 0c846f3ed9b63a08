"""Who came: a grid of people and meetings that is filled in from the keyboard."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QKeySequence, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableView,
    QWidget,
)

from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.lines import paint_empty
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.programmes.attendance_model import AnyIndex, AttendanceModel, Cell, Mark
from famdesk.ui.programmes.attendance_painting import MarkDelegate, MarkedHeader
from famdesk.usecases.enrolling import attendance
from famdesk.usecases.enrolling.attendance import Mark as Noted
from famdesk.usecases.programmes.programmes_rows import InitiativeDetail

SAVE_AFTER_MS: Final = 1000
"""Marks of a second are saved together; nobody waits for the disk between two keys."""
RESTS_AFTER_MS: Final = 2500
TYPED_TOGETHER_MS: Final = 1200
"""Letters and digits that follow each other sooner belong together."""
_MOST_MINUTES: Final = 1440
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AttendanceGrid(QTableView):
    """Space notes present or takes it back, Enter notes present and goes down, the minus key absent, Delete nothing;
    arrows move, letters lead to a name, digits are minutes of presence.

    Signals:
        failed(object): why marks could not be saved; the cells show what was there before.
        walk_in_requested(str): who came is to be noted in a blank row, at the meeting with that id.
        rested(): nothing was typed for a while.
    """

    failed = Signal(object)
    walk_in_requested = Signal(str)
    rested = Signal()

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._editable = True
        self._letters = ""
        self.model_ = AttendanceModel(self)
        self.setModel(self.model_)
        self.setVerticalHeader(MarkedHeader(Qt.Orientation.Vertical, self))
        self.setHorizontalHeader(MarkedHeader(Qt.Orientation.Horizontal, self))
        self.setItemDelegate(MarkDelegate(self.model_, self))
        self.setAccessibleName(_("Attendance"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._size_headers()
        self._saving, self._together, self._resting = QTimer(self), QTimer(self), QTimer(self)
        waits = ((self._saving, SAVE_AFTER_MS), (self._together, TYPED_TOGETHER_MS), (self._resting, RESTS_AFTER_MS))
        for timer, after in waits:
            timer.setSingleShot(True)
            timer.setInterval(after)
        self._saving.timeout.connect(self.save_now)
        self._together.timeout.connect(self._forget_letters)
        self._resting.timeout.connect(self.rested)
        self.clicked.connect(self._on_clicked)

    def show_detail(self, detail: InitiativeDetail) -> None:
        """Show people and meetings of an initiative."""
        self._editable = detail.may_enrol
        self.model_.show_detail(detail)
        if not self.currentIndex().isValid() and detail.meetings and self.model_.rowCount():
            self.setCurrentIndex(self.model_.index(0, _latest(detail)))

    def note(self, index: QModelIndex, mark: Mark, minutes: int | None = None) -> None:
        """Note a mark: on the screen at once, on disk a second later."""
        if not index.isValid() or not self._editable or not self.model_.takes(index.row(), index.column()):
            return
        self.model_.type_mark(index.row(), index.column(), Cell(mark, minutes))
        announce(self, self.model_.spoken(index.row(), index.column()))
        if not self._saving.isActive():
            self._saving.start()
        self._resting.start()

    def typing(self) -> bool:
        """Whether the marks that are just being saved were typed a moment ago: nothing is read again for their sake."""
        return self._resting.isActive() and self.model_.marks.under_way()

    @Slot()
    def save_now(self) -> None:
        """Save what was typed, in one step."""
        self._saving.stop()
        marks = self.model_.marks.take()
        if not marks:
            return
        then, failed = partial(self._saved, marks), partial(self._failed, marks)
        if len(marks) == 1:
            one = marks[0]
            self._runner.run(attendance.set_attendance, one.meeting_id, one.enrolment_id, one.present, one.minutes,
                             then=then, failed=failed, owner=self)  # fmt: skip
        else:
            self._runner.run(attendance.note, marks, then=then, failed=failed, owner=self)

    def event(self, event: QEvent) -> bool:
        """What was typed is saved before a step is undone."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if event.matches(QKeySequence.StandardKey.Undo):
                self.save_now()
            elif event.text().strip() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
                event.accept()  # letters and digits are for the grid
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.save_now()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.save_now()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if not index.isValid() or event.modifiers() & ~_PLAIN or not self._take(event, index):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.model_.meetings:
            paint_empty(self, _("Here is noted who came. Add a meeting first."))
        elif not self.model_.rowCount():
            paint_empty(self, _("Here is noted who came. Enrol somebody first."))

    def _take(self, event: QKeyEvent, index: QModelIndex) -> bool:
        """Whether a key was one of the grid's own."""
        key, text = event.key(), event.text()
        blank = index.row() >= len(self.model_.people)
        if blank and (key in _ENTER or key == Qt.Key.Key_Space):
            if self._editable and self.model_.open(index.column()):
                self.walk_in_requested.emit(self.model_.meetings[index.column()].id)
        elif key == Qt.Key.Key_Space:
            self.note(index, None if self.model_.mark(index.row(), index.column()) else True)
        elif key in _ENTER:
            self.note(index, True, self.model_.cell(index.row(), index.column()).minutes)
            self.setCurrentIndex(self.model_.index(min(index.row() + 1, self.model_.rowCount() - 1), index.column()))
        elif key == Qt.Key.Key_Minus:
            self.note(index, False)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.note(index, None)
        elif text.isdigit() and not blank:
            self._type_digit(index, text)
        elif text.strip() and text.isprintable():
            self._jump(text)
        else:
            return False
        return True

    def _type_digit(self, index: QModelIndex, digit: str) -> None:
        """Digits one after the other are the minutes of presence: 4, then 45."""
        self._letters = (self._letters if self._letters.isdigit() else "") + digit
        self._together.start()
        minutes = min(int(self._letters), _MOST_MINUTES)
        if minutes:
            self.note(index, True, minutes)

    def _jump(self, letter: str) -> None:
        """Letters one after the other lead to the name that begins with them; one again to the next of its names."""
        again = self._letters == letter
        self._letters = letter if again or self._letters.isdigit() else self._letters + letter
        self._together.start()
        row = self.model_.find(self._letters, self.currentIndex().row() + (len(self._letters) == 1))
        if row is not None:
            self.setCurrentIndex(self.model_.index(row, self.currentIndex().column()))

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Digits belong to one cell."""
        super().currentChanged(current, previous)
        if self._letters.isdigit():
            self._forget_letters()

    @Slot()
    def _forget_letters(self) -> None:
        self._letters = ""

    def _size_headers(self) -> None:
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        line = self.fontMetrics().height()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(line + theme.unit(3))
        rows.setFixedWidth(self.fontMetrics().averageCharWidth() * 30)
        rows.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        widest = max(self.fontMetrics().horizontalAdvance(text) for text in ("00 mmm", _("no date")))
        columns.setDefaultSectionSize(widest + theme.unit(4))
        columns.setFixedHeight(line * 3 + theme.unit(2))
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        for header in (rows, columns):
            header.setHighlightSections(True)
            header.setSectionsClickable(False)

    def _saved(self, marks: tuple[Noted, ...], _result: object) -> None:
        self.model_.settle(marks, saved=True)

    def _failed(self, marks: tuple[Noted, ...], error: Exception) -> None:
        self.model_.settle(marks, saved=False)
        self.failed.emit(error)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        if index.row() >= len(self.model_.people):
            if self._editable and self.model_.open(index.column()):
                self.walk_in_requested.emit(self.model_.meetings[index.column()].id)
        else:
            self.note(index, None if self.model_.mark(index.row(), index.column()) else True)


_PLAIN: Final = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


def _latest(detail: InitiativeDetail) -> int:
    """The column of the last meeting that has begun, where marks are noted first."""
    begun = [column for column, row in enumerate(detail.meetings) if row.day is not None and row.day <= detail.today]
    return begun[-1] if begun else 0
