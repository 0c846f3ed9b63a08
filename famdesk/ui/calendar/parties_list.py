"""Who and what else takes part, as buttons in a row that wraps: a press takes one out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain import codes
from famdesk.i18n import _
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.flow import Flow
from famdesk.ui.kit.speech import announce
from famdesk.usecases.calendar.appointment_rows import PartyRow
from famdesk.usecases.calendar.taken import Party

ICONS: Final = {"person": "user", "staff": "users", "room": "house", "resource": "languages"}


class PartyChips(QWidget):
    """The field of the others: `value()` gives them, each once.

    Signals:
        edited(): the person added one or took one out.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[PartyRow, ...] = ()
        self._flow = Flow(self)
        self._buttons: dict[str, ActionButton] = {}
        self.setVisible(False)

    def value(self) -> tuple[Party, ...]:
        """Who and what takes part."""
        return tuple(Party(one.kind, one.id) for one in self._rows)

    def rows(self) -> tuple[PartyRow, ...]:
        """The same with names."""
        return self._rows

    def button(self, row_id: str) -> ActionButton:
        """The button of one of them."""
        return self._buttons[row_id]

    def set_value(self, rows: Iterable[PartyRow]) -> None:
        """Show others."""
        self._rows = tuple({row.id: row for row in rows}.values())
        self._build()

    def add(self, row: PartyRow) -> None:
        """One more; who is there already stays once."""
        if row.id not in self._buttons:
            self._rows = (*self._rows, row)
            self._build()
            self.edited.emit()

    def problem(self) -> str:
        return ""

    def _build(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._buttons = {}
        for row in self._rows:
            button = ActionButton(row.name, ICONS.get(row.kind, "plus"))
            button.setProperty("party", row.id)
            kind = codes.label(codes.PARTY_KINDS, row.kind)
            # Translators: {kind} is for example "Room"
            said = _("{name} ({kind}): press to take out").format(name=row.name, kind=kind)
            button.setAccessibleName(said)
            button.setToolTip(said)
            button.clicked.connect(self._on_pressed)
            self._buttons[row.id] = button
            self._flow.addWidget(button)
        self.setVisible(bool(self._rows))
        self.updateGeometry()

    @Slot()
    def _on_pressed(self) -> None:
        sender = self.sender()
        assert sender is not None
        gone = str(sender.property("party"))
        name = next(row.name for row in self._rows if row.id == gone)
        self._rows = tuple(row for row in self._rows if row.id != gone)
        self._build()
        announce(self, _("{name} taken out").format(name=name))
        self.edited.emit()
