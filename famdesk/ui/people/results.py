"""The list of persons found: all columns when it has the room, name and birth beside an open file."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from famdesk.i18n import _
from famdesk.ui.kit import icons, theme
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.popup import SEARCH_AFTER_MS
from famdesk.ui.kit.rows import Column, RowModel
from famdesk.ui.kit.table import Table
from famdesk.ui.people import words
from famdesk.usecases.person_rows import PersonRow

NARROW_COLUMNS = 2


class SearchLine(QLineEdit):
    """The large field on top of the view. Enter opens what was found, Down goes to the list.

    Signals:
        asked(str): what is to be looked for, after a short pause in the typing; "" for nothing.
        entered(): Enter.
        left(): Down: go to the list.
    """

    asked = Signal(str)
    entered = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_kind(self, "search")
        self.setFont(theme.font(theme.SECTION))
        self.setMinimumHeight(theme.unit(11))
        self.setAccessibleName(_("Search people"))
        self.setPlaceholderText(_("Name, alias, phone or tax code"))
        self.setClearButtonEnabled(True)
        self.setMaxLength(120)
        self.addAction(QAction(icons.icon("search"), _("Search"), self), QLineEdit.ActionPosition.LeadingPosition)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SEARCH_AFTER_MS)
        self._timer.timeout.connect(self._ask)
        self.textChanged.connect(self._timer.start)

    def words(self) -> str:
        """What was typed."""
        return self.text().strip()

    def waiting(self) -> bool:
        """Whether something was typed that has not been asked for yet."""
        return self._timer.isActive()

    def ask_now(self) -> None:
        """Do not wait for the pause."""
        self._timer.stop()
        self._ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown):
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _ask(self) -> None:
        self.asked.emit(self.words())


class Results(Table[PersonRow]):
    """The persons found.

    Signals:
        escaped(): Esc: go back to the search field.
    """

    escaped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.rows = RowModel[PersonRow](columns())
        empty = _("Nobody found. Try fewer letters, or another name, number or tax code.")
        super().__init__(self.rows, _("People found"), empty, parent)

    def set_narrow(self, narrow: bool) -> None:
        """Show all columns, or name and birth only."""
        for column in range(NARROW_COLUMNS, self.rows.columnCount()):
            self.setColumnHidden(column, narrow)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        up = event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0
        if event.key() == Qt.Key.Key_Escape or up:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


def columns() -> list[Column[PersonRow]]:
    """Name first; the number never without its rule."""
    return [
        Column(_("Name"), lambda row: row.label, width=0, strong=True, icon=_mark, spoken=_spoken),
        Column(_("Born"), lambda row: row.born, width=22),
        Column(_("Alias"), _alias, width=12, second=True),
        Column(_("Town"), lambda row: row.town or "", width=14),
        Column(_("Language"), lambda row: words.language(row.language, row.needs_mediator), width=20),
        Column(_("Phone"), words.row_phone, width=24, icon=_phone_icon),
        Column("", _fictional, width=9, meaning=_fictional_meaning),
    ]


def _alias(row: PersonRow) -> str:
    return row.alias if row.alias and row.alias != row.label else ""


def _mark(row: PersonRow) -> str:
    return "shield-alert" if row.protected else ""


def _spoken(row: PersonRow) -> str:
    return words.joined(row.label, _("Protected file") if row.protected else "", _fictional(row))


def _phone_icon(row: PersonRow) -> str:
    return "ban" if row.rule is not None and not row.rule.may_call else ""


def _fictional(row: PersonRow) -> str:
    return _("fictional") if row.fictional else ""


def _fictional_meaning(row: PersonRow) -> Meaning | None:
    return Meaning.CLOSED if row.fictional else None
