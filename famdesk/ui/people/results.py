"""The persons found: a table when it has the room, a list of names beside an open file."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from famdesk.domain.languages import language_label
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.popup import show_search
from famdesk.ui.kit.rows import Column, RowModel
from famdesk.ui.kit.table import Table
from famdesk.ui.people import words
from famdesk.usecases.people.person_rows import PersonRow

ASK_AFTER_MS = 0
"""Keys that wait together are asked for once; answers to earlier ones are dropped, so that no pause is needed."""


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
        self.setPlaceholderText(_("Name, alias, phone, address or tax code"))
        self.setClearButtonEnabled(True)
        self.setMaxLength(120)
        show_search(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(ASK_AFTER_MS)
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        up = event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0
        if event.key() == Qt.Key.Key_Escape or up:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


class Beside(LineList):
    """The same persons beside an open file.

    Signals:
        escaped(): Esc: close the file.
    """

    escaped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("People found"), _("Nobody found."), parent)

    def set_rows(self, rows: tuple[PersonRow, ...]) -> None:
        """Show persons."""
        self.set_lines([Line(row.id, row.label, detail=words.joined(row.born, row.town, *row.consents),
                             icon=_mark(row), spoken=words.joined(_spoken(row), row.born, row.town, *row.consents))
                        for row in rows])  # fmt: skip

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


def columns() -> list[Column[PersonRow]]:
    """Name first; the number never without its rule."""
    return [
        Column(_("Name"), _name, width=0, strong=True, icon=_mark, spoken=_spoken),
        Column(_("Born"), _born, width=22),
        Column(_("Town"), _town, width=14),
        Column(_("Language"), _language, width=14, icon=_language_icon, tip=_language_words, spoken=_language_words),
        Column(_("Phone"), words.row_phone, width=15, icon=_phone_icon, tip=words.row_phone_tip, spoken=_phone_spoken),
        Column(_("Consents"), _consents, width=14, icon=_consents_icon, tip=_consents_words, spoken=_consents_words),
        Column("", _mention, width=9, meaning=_mention_meaning),
    ]


def _name(row: PersonRow) -> str:
    return words.joined(row.label, row.alias if row.alias != row.label else "")


def _born(row: PersonRow) -> str:
    return row.born


def _town(row: PersonRow) -> str:
    return row.town or ""


def _language(row: PersonRow) -> str:
    return language_label(row.language)


def _language_words(row: PersonRow) -> str:
    return words.language(row.language, row.needs_mediator)


def _language_icon(row: PersonRow) -> str:
    return "languages" if row.needs_mediator else ""


def _phone_spoken(row: PersonRow) -> str:
    return words.row_phone_tip(row) or words.row_phone(row)


def _mark(row: PersonRow) -> str:
    return "shield-alert" if row.protected else ""


def _spoken(row: PersonRow) -> str:
    return words.joined(_name(row), _("Protected file") if row.protected else "", _mention(row))


def _phone_icon(row: PersonRow) -> str:
    if row.rule is None or row.rule.free:
        return ""
    return "shield-alert" if row.rule.may_call else "ban"


def _consents(row: PersonRow) -> str:
    """What is missing ("1 of 2 signatures"); the tip says of which consent."""
    return row.consents[0].rpartition(": ")[2] if row.consents else ""


def _consents_words(row: PersonRow) -> str:
    return words.joined(*row.consents)


def _consents_icon(row: PersonRow) -> str:
    return "signature" if row.consents else ""


def _mention(row: PersonRow) -> str:
    """What has to be known of a row besides: that the name is another one than was typed, that nobody is called so."""
    # Translators: of a person in a list of people found: the name only resembles what was typed
    return _("similar") if row.similar else _("fictional") if row.fictional else ""


def _mention_meaning(row: PersonRow) -> Meaning | None:
    return Meaning.WARNING if row.similar else Meaning.CLOSED if row.fictional else None
