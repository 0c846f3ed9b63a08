"""Who came: a grid of people and meetings that is filled in from the keyboard."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from famdesk.i18n import _, formats
from famdesk.ui.kit import icons, theme
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.lines import paint_empty
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Label
from famdesk.usecases import attendance
from famdesk.usecases.programmes_rows import EnrolmentRow, InitiativeDetail, MeetingRow

AnyIndex = QModelIndex | QPersistentModelIndex
Mark = bool | None
MARK_ROLE: Final = int(Qt.ItemDataRole.UserRole)
OPEN_ROLE: Final = MARK_ROLE + 1


class AttendanceModel(QAbstractTableModel):
    """Marks by person and meeting. What was just typed is shown at once, before it is on disk."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.people: tuple[EnrolmentRow, ...] = ()
        self.meetings: tuple[MeetingRow, ...] = ()
        self._marks: dict[tuple[str, str], bool] = {}
        self._typed: dict[tuple[str, str], list[Mark]] = {}

    def show_detail(self, detail: InitiativeDetail) -> None:
        """Take over people, meetings and marks; the grid is only rebuilt if people or meetings are others."""
        participants = detail.participants
        marks = participants.attendance if participants else ()
        came = {row.enrolment_id for row in marks}
        enrolments = participants.enrolments if participants else ()
        people = tuple(row for row in enrolments if row.state == "enrolled" or row.id in came)
        self._marks = {(row.enrolment_id, row.meeting_id): row.present for row in marks}
        if (people, detail.meetings) != (self.people, self.meetings):
            same = [row.id for row in people] == [row.id for row in self.people]
            same = same and [row.id for row in detail.meetings] == [row.id for row in self.meetings]
            if not same:
                self.beginResetModel()
            self.people, self.meetings = people, detail.meetings
            if not same:
                self.endResetModel()
        if people and self.meetings:
            self.dataChanged.emit(self.index(0, 0), self.index(len(people) - 1, len(self.meetings) - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.meetings) - 1)

    def mark(self, row: int, column: int) -> Mark:
        """Whether somebody came; None if nothing is noted."""
        key = self._key(row, column)
        typed = self._typed.get(key)
        return typed[-1] if typed else self._marks.get(key)

    def type_mark(self, row: int, column: int, mark: Mark) -> None:
        """Show a mark that is on its way to the disk."""
        self._typed.setdefault(self._key(row, column), []).append(mark)
        self._tell(row, column)

    def settle(self, key: tuple[str, str], *, saved: bool) -> None:
        """One mark has arrived, or could not be saved."""
        waiting = self._typed.get(key)
        if not waiting:
            return
        mark = waiting.pop(0)
        if not waiting:
            del self._typed[key]
        if saved:
            if mark is None:
                self._marks.pop(key, None)
            else:
                self._marks[key] = mark
        place = self._place(key)
        if place is not None:
            self._tell(*place)

    def open(self, column: int) -> bool:
        """Whether marks can be set at a meeting: not at a cancelled one."""
        return self.meetings[column].state != "cancelled"

    def present(self, column: int) -> int:
        """How many came to a meeting."""
        return sum(self.mark(row, column) is True for row in range(len(self.people)))

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.people)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.meetings)

    def data(self, index: AnyIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        if role == MARK_ROLE:
            return self.mark(index.row(), index.column())
        if role == OPEN_ROLE:
            return self.open(index.column())
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.spoken(index.row(), index.column())
        return None

    def spoken(self, row: int, column: int) -> str:
        """A cell in words."""
        mark = self.mark(row, column)
        word = _("not noted") if mark is None else _("present") if mark else _("absent")
        if not self.open(column):
            word = _("cancelled")
        number = self.meetings[column].number
        return _("{name}, meeting {number}: {mark}").format(name=self.name(row), number=number, mark=word)

    def name(self, row: int) -> str:
        """What a person is called here."""
        return self.people[row].name or _("taken")

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return self.name(section) if section < len(self.people) else None
        if section >= len(self.meetings):
            return None
        meeting = self.meetings[section]
        day = formats.date_short(meeting.day).split(maxsplit=1)[-1] if meeting.day else _("no date")
        present = self.present(section)
        count = _("{present} of {enrolled}").format(present=present, enrolled=len(self.people)) if present else "–"
        return f"{meeting.number}\n{day}\n{count}"

    def key_at(self, index: AnyIndex) -> tuple[str, str]:
        """Enrolment and meeting of a cell."""
        return self._key(index.row(), index.column())

    def _key(self, row: int, column: int) -> tuple[str, str]:
        return self.people[row].id, self.meetings[column].id

    def _place(self, key: tuple[str, str]) -> tuple[int, int] | None:
        rows = [row for row, person in enumerate(self.people) if person.id == key[0]]
        columns = [column for column, meeting in enumerate(self.meetings) if meeting.id == key[1]]
        return (rows[0], columns[0]) if rows and columns else None

    def _tell(self, row: int, column: int) -> None:
        index = self.index(row, column)
        self.dataChanged.emit(index, index)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, column, column)


class AttendanceGrid(QTableView):
    """Space notes present or takes it back, the minus key absent, Delete nothing; arrows move.

    Signals:
        failed(object): why a mark could not be saved; the cell shows what was there before.
    """

    failed = Signal(object)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._editable = True
        self.model_ = AttendanceModel(self)
        self.setModel(self.model_)
        self.setItemDelegate(_MarkDelegate(self))
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
        self.clicked.connect(self._on_clicked)

    def show_detail(self, detail: InitiativeDetail) -> None:
        """Show people and meetings of an initiative."""
        self._editable = detail.may_enrol
        self.model_.show_detail(detail)
        if not self.currentIndex().isValid() and detail.meetings and self.model_.people:
            self.setCurrentIndex(self.model_.index(0, _latest(detail)))

    def note(self, index: QModelIndex, mark: Mark) -> None:
        """Note a mark, on the screen at once and on disk."""
        if not index.isValid() or not self._editable or not self.model_.open(index.column()):
            return
        key = self.model_.key_at(index)
        self.model_.type_mark(index.row(), index.column(), mark)
        announce(self, self.model_.spoken(index.row(), index.column()))
        self._runner.run(
            attendance.set_attendance, key[1], key[0], mark,
            then=partial(self._saved, key), failed=partial(self._failed, key), owner=self,
        )  # fmt: skip

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        key = event.key()
        if key == Qt.Key.Key_Space and index.isValid():
            self.note(index, None if self.model_.mark(index.row(), index.column()) else True)
        elif key == Qt.Key.Key_Minus and index.isValid():
            self.note(index, False)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and index.isValid():
            self.note(index, None)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.model_.people:
            paint_empty(self, _("Here is noted who came. Enrol somebody first."))
        elif not self.model_.meetings:
            paint_empty(self, _("Here is noted who came. Add a meeting first."))

    def _size_headers(self) -> None:
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        line = self.fontMetrics().height()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(line + theme.unit(3))
        rows.setFixedWidth(self.fontMetrics().averageCharWidth() * 26)
        rows.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.setDefaultSectionSize(self.fontMetrics().horizontalAdvance("00 mmm") + theme.unit(4))
        columns.setFixedHeight(line * 3 + theme.unit(2))
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        for header in (rows, columns):
            header.setHighlightSections(True)
            header.setSectionsClickable(False)

    def _saved(self, key: tuple[str, str], _result: object) -> None:
        self.model_.settle(key, saved=True)

    def _failed(self, key: tuple[str, str], error: Exception) -> None:
        self.model_.settle(key, saved=False)
        self.failed.emit(error)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self.note(index, None if self.model_.mark(index.row(), index.column()) else True)


def _latest(detail: InitiativeDetail) -> int:
    """The column of the last meeting that has begun, where marks are noted first."""
    begun = [column for column, row in enumerate(detail.meetings) if row.day is not None and row.day <= detail.today]
    return begun[-1] if begun else 0


class _MarkDelegate(QStyledItemDelegate):
    """A tick for present, a cross for absent, a quiet box for nothing; cancelled meetings are hatched."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(theme.unit(14), theme.unit(9))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area: QRect = option.rect
        colours = theme.current()
        painter.setPen(QPen(QColor(colours.hairline), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if not index.data(OPEN_ROLE):
            painter.fillRect(area, QBrush(QColor(colours.hairline), Qt.BrushStyle.BDiagPattern))
        else:
            _paint_mark(painter, area, index.data(MARK_ROLE))
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
            painter.setPen(QPen(QColor(colours.primary if focused else colours.second), 2))
            painter.drawRoundedRect(QRectF(area).adjusted(2, 2, -2, -2), 5, 5)
        painter.restore()


def _paint_mark(painter: QPainter, area: QRect, mark: Mark) -> None:
    side = theme.unit(5.5)
    box = QRectF(area.center().x() - side / 2 + 0.5, area.center().y() - side / 2 + 0.5, side, side)
    text, tint = theme.tone(Meaning.OPEN if mark else Meaning.CLOSED)
    if mark is None:
        painter.setPen(QPen(QColor(theme.current().hairline), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 4, 4)
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint)
    painter.drawRoundedRect(box, 4, 4)
    inner = box.adjusted(3, 3, -3, -3)
    icons.paint(painter, "check" if mark else "x", inner, text.name())


class AttendancePanel(QWidget):
    """The grid with its keys explained.

    Attributes:
        grid: the grid.
    """

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = AttendanceGrid(runner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.unit(2))
        layout.addWidget(self.grid, 1)
        # Translators: keys of the attendance grid
        keys = Label(_("Space: present · minus: absent · Delete: nothing noted · arrows: move"), "small", wrap=True)
        layout.addWidget(keys)

    def show_detail(self, detail: InitiativeDetail) -> None:
        """Show an initiative."""
        self.grid.show_detail(detail)
