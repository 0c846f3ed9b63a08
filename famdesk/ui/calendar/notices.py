"""What the editor tells beside its fields: what speaks against a time, and that somebody else saved meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from famdesk.domain.errors import Stale
from famdesk.i18n import _, formats
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Card, IconLabel, Label
from famdesk.usecases.calendar.appointment_rows import ConflictRow

Difference = tuple[str, str, str]
"""Name of a field, what the colleague saved, what was typed here."""


class ConflictNotice(QWidget):
    """Sentences with icons, and the next free time as a button. Hidden while nothing speaks against the time.

    Signals:
        free_chosen(object): the person takes the next free start, a `datetime`.
    """

    free_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[ConflictRow, ...] = ()
        self._free: datetime | None = None
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.unit(1.5))
        self._button = ActionButton("", "calendar-check")
        self._button.clicked.connect(self._on_free)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.unit(), 0, theme.unit())
        layout.setSpacing(theme.unit(2))
        layout.addLayout(self._lines)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def rows(self) -> tuple[ConflictRow, ...]:
        """What is shown."""
        return self._rows

    def blocking(self) -> bool:
        """Whether saving needs a reason."""
        return any(row.blocking for row in self._rows)

    def impossible(self) -> str:
        """What no reason makes possible, in words; "" if there is nothing of that kind."""
        return next((row.text for row in self._rows if row.blocking and not row.allowed), "")

    def show_rows(self, rows: Sequence[ConflictRow]) -> None:
        """Tell what speaks against the time; said by the screen reader when it is something new."""
        news = [_words(row) for row in rows if row not in self._rows]
        if tuple(rows) == self._rows:
            return
        self._rows = tuple(rows)
        self.show_free(None)
        while (item := self._lines.takeAt(0)) is not None:
            line = item.widget()
            if line is not None:
                line.hide()
                line.deleteLater()
        for row in self._rows:
            self._lines.addWidget(_sentence(row))
        self.setVisible(bool(self._rows))
        if news:
            announce(self, " ".join(news))

    def show_free(self, free: datetime | None) -> None:
        """Offer the next free start, or nothing."""
        self._free = free
        text = _("Take the next free time: {when}").format(when=formats.moment(free)) if free else ""
        self._button.setText(text)
        self._button.setVisible(free is not None)

    @Slot()
    def _on_free(self) -> None:
        if self._free is not None:
            self.free_chosen.emit(self._free)


def _words(row: ConflictRow) -> str:
    """What is taken, and the way out."""
    return f"{row.text} {row.way_out}".strip()


def _sentence(row: ConflictRow) -> QWidget:
    meaning = Meaning.CONFLICT if row.blocking else Meaning.WARNING
    line = QWidget()
    layout = QHBoxLayout(line)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.unit(2))
    icon = IconLabel("circle-alert" if row.blocking else "info", meaning=meaning)
    layout.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
    layout.addWidget(Label(_words(row), "problem" if row.blocking else "", wrap=True), 1)
    return line


class StaleNotice(Card):
    """Two versions of the same appointment side by side, and the choice between them.

    Signals:
        theirs_chosen(): load what the colleague saved.
        mine_chosen(): save what was typed here over it.
    """

    theirs_chosen = Signal()
    mine_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Somebody else saved this appointment"), "triangle-alert", parent)
        self._who = Label(wrap=True)
        self._table = QGridLayout()
        self._table.setHorizontalSpacing(theme.unit(5))
        self._table.setVerticalSpacing(theme.unit())
        self._table.setColumnStretch(3, 1)
        theirs = ActionButton(_("Load theirs"), "download")
        mine = ActionButton(_("Save mine over it"), "save")
        theirs.clicked.connect(self.theirs_chosen)
        mine.clicked.connect(self.mine_chosen)
        row = QHBoxLayout()
        row.setSpacing(theme.unit(2))
        row.addWidget(theirs)
        row.addWidget(mine)
        row.addStretch(1)
        self.body.addWidget(self._who)
        self.body.addLayout(self._table)
        self.body.addLayout(row)
        self._theirs = theirs
        self.hide()

    def show_versions(self, error: Stale, differences: Sequence[Difference]) -> None:
        """Tell who saved when, and where the two versions differ."""
        at = error.params.get("at")
        when = formats.moment(at) if isinstance(at, datetime) else "?"
        text = _("{by} saved at {at}. What you typed is still in the fields.").format(by=error.params["by"], at=when)
        self._who.setText(text)
        while (item := self._table.takeAt(0)) is not None:
            cell = item.widget()
            if cell is not None:
                cell.hide()
                cell.deleteLater()
        if differences:
            self._line(0, ("", _("Theirs"), _("Yours")), "small")
        for number, difference in enumerate(differences, start=1):
            self._line(number, difference, "")
        self.show()
        self._theirs.setFocus()
        announce(self, text, urgent=True)

    def _line(self, row: int, texts: tuple[str, str, str], kind: str) -> None:
        for column, text in enumerate(texts):
            shown = text or ("" if column == 0 else "–")
            self._table.addWidget(Label(shown, kind or ("second" if column == 0 else "")), row, column)
