"""The marks of an attendance grid: people, blank rows for those who come by, meetings; what was typed shows at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from famdesk.domain.text import fold
from famdesk.i18n import _, formats, ngettext
from famdesk.ui.kit import icons
from famdesk.usecases.enrolling.attendance import Mark as Noted
from famdesk.usecases.enrolling.enrolment_reading import in_rows
from famdesk.usecases.programmes.programmes_rows import AttendanceRow, EnrolmentRow, InitiativeDetail, MeetingRow

AnyIndex = QModelIndex | QPersistentModelIndex
Mark = bool | None
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """A mark with the minutes of presence (None: the whole meeting)."""

    mark: Mark = None
    minutes: int | None = None


_NOTHING: Final = Cell()


class Marks:
    """The marks as they are on disk, on their way there, and just typed.

    Attributes:
        present: how many came, by meeting.
    """

    def __init__(self) -> None:
        self.present: Counter[str] = Counter()
        self._saved: dict[Key, Cell] = {}
        self._sent: dict[Key, Cell] = {}
        self._typed: dict[Key, Cell] = {}
        self._known: set[str] = set()

    def show(self, marks: Iterable[AttendanceRow], people: Iterable[EnrolmentRow]) -> None:
        """Take over what was read."""
        self._saved = {(row.enrolment_id, row.meeting_id): Cell(row.present, row.minutes) for row in marks}
        self._known = {row.id for row in people}
        self._count()

    def now(self, key: Key) -> Cell:
        """What is typed, or else on its way, or else on disk."""
        return self._typed.get(key) or self._sent.get(key) or self._saved.get(key, _NOTHING)

    def type_in(self, key: Key, cell: Cell) -> None:
        """A mark that is going to be saved."""
        self.present[key[1]] += (cell.mark is True) - (self.now(key).mark is True)
        self._typed[key] = cell

    def take(self) -> tuple[Noted, ...]:
        """What was typed since the last time, to be saved now."""
        sent, self._typed = self._typed, {}
        self._sent.update(sent)
        return tuple(Noted(key[1], key[0], cell.mark, cell.minutes) for key, cell in sent.items())

    def under_way(self) -> bool:
        """Whether marks are on their way to the disk."""
        return bool(self._sent)

    def settle(self, marks: tuple[Noted, ...], *, saved: bool) -> None:
        """Marks have arrived, or could not be saved: then what was there before counts again."""
        for one in marks:
            key = (one.enrolment_id, one.meeting_id)
            cell = self._sent.get(key)
            if cell != Cell(one.present, one.minutes):
                continue  # typed and sent once more meanwhile
            del self._sent[key]
            if saved and one.present is None:
                self._saved.pop(key, None)
            elif saved and cell is not None:
                self._saved[key] = cell
        self._count()

    def _count(self) -> None:
        self.present = Counter()
        for key in {*self._saved, *self._sent, *self._typed}:
            if key[0] in self._known and self.now(key).mark is True:
                self.present[key[1]] += 1


class AttendanceModel(QAbstractTableModel):
    """Marks by person and meeting. What was just typed is shown at once, before it is on disk."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.people: tuple[EnrolmentRow, ...] = ()
        self.meetings: tuple[MeetingRow, ...] = ()
        self.blank = 0
        self.marks = Marks()
        self._folded: list[str] = []

    def show_detail(self, detail: InitiativeDetail) -> None:
        """Take over people, meetings and marks; the grid is only rebuilt if people or meetings are others."""
        participants = detail.participants
        marks = participants.attendance if participants else ()
        people = in_rows(participants) if participants else ()
        blank = detail.values.blank_rows if detail.may_enrol else 0
        same = [row.id for row in people] == [row.id for row in self.people] and blank == self.blank
        same = same and [row.id for row in detail.meetings] == [row.id for row in self.meetings]
        if not same:
            self.beginResetModel()
        self.people, self.meetings, self.blank = people, detail.meetings, blank
        self.marks.show(marks, people)
        self._folded = [fold(row.name or "") for row in people]
        if not same:
            self.endResetModel()
        else:
            self._tell_all()

    def cell(self, row: int, column: int) -> Cell:
        """What is noted or was just typed."""
        if row >= len(self.people):
            return _NOTHING
        return self.marks.now(self._key(row, column))

    def mark(self, row: int, column: int) -> Mark:
        """Whether somebody came; None if nothing is noted."""
        return self.cell(row, column).mark

    def type_mark(self, row: int, column: int, cell: Cell) -> None:
        """Show a mark that is going to be saved."""
        self.marks.type_in(self._key(row, column), cell)
        index = self.index(row, column)
        self.dataChanged.emit(index, index)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, column, column)

    def settle(self, marks: tuple[Noted, ...], *, saved: bool) -> None:
        """Marks have arrived, or could not be saved: then the cells show what was there before."""
        self.marks.settle(marks, saved=saved)
        self._tell_all()

    def open(self, column: int) -> bool:
        """Whether marks can be set at a meeting: not at a cancelled one."""
        return self.meetings[column].state != "cancelled"

    def takes(self, row: int, column: int) -> bool:
        """Whether somebody can be marked there: whoever is enrolled for one meeting only at that one."""
        if row >= len(self.people) or not self.open(column):
            return False
        person = self.people[row]
        return person.name is not None and person.meeting_id in {None, self.meetings[column].id}

    def present(self, column: int) -> int:
        """How many came to a meeting."""
        return self.marks.present[self.meetings[column].id]

    def find(self, letters: str, after: int) -> int | None:
        """The next row after `after` whose name begins with the letters, from the top again if need be."""
        wanted, count = fold(letters), len(self._folded)
        for step in range(count):
            row = (after + step) % count
            if self._folded[row].startswith(wanted):
                return row
        return None

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.people) + (self.blank if self.meetings else 0)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.meetings)

    def data(self, index: AnyIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.spoken(index.row(), index.column())
        return None

    def spoken(self, row: int, column: int) -> str:
        """A cell in words."""
        number = self.meetings[column].number
        if row >= len(self.people):
            return _("Blank row {row}, meeting {number}: Enter notes who came").format(row=row + 1, number=number)
        cell = self.cell(row, column)
        word = _("not noted") if cell.mark is None else _("present") if cell.mark else _("absent")
        if cell.minutes:
            word = ngettext("present for {n} minute", "present for {n} minutes", cell.minutes).format(n=cell.minutes)
        if not self.open(column):
            word = _("cancelled")
        return _("{name}, meeting {number}: {mark}").format(name=self.name(row), number=number, mark=word)

    def name(self, row: int) -> str:
        """What a person is called here."""
        return self.people[row].name or _("taken")

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return _row_header(section, self.people[section] if section < len(self.people) else None, role)
        if role != Qt.ItemDataRole.DisplayRole or section >= len(self.meetings):
            return None
        meeting = self.meetings[section]
        day = formats.date_short(meeting.day).split(maxsplit=1)[-1] if meeting.day else _("no date")
        present = self.present(section)
        count = _("{present} of {enrolled}").format(present=present, enrolled=len(self.people)) if present else "–"
        return f"{meeting.number}\n{day}\n{count}"

    def _key(self, row: int, column: int) -> Key:
        return self.people[row].id, self.meetings[column].id

    def _tell_all(self) -> None:
        if self.people and self.meetings:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.people) - 1, len(self.meetings) - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.meetings) - 1)


def _row_header(section: int, person: EnrolmentRow | None, role: int) -> Any:
    """The number of a row, which is that of the sign-in sheet, and the name; allergies have a sign."""
    if role == Qt.ItemDataRole.DisplayRole:
        return f"{section + 1}  {person.name or _('taken')}" if person else f"{section + 1}"
    if person is None:
        return None
    if role == Qt.ItemDataRole.DecorationRole and person.allergies:
        return icons.icon("triangle-alert")
    if role == Qt.ItemDataRole.ToolTipRole:
        return " · ".join(part for part in (person.name, person.allergies, person.pick_up, *person.collects) if part)
    return None
