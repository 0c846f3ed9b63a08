"""The dates of a series as chips: a press takes a date out, another one brings it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from famdesk.i18n import _, formats
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.flow import Flow
from famdesk.ui.kit.widgets import Label

MOST: Final = 40
"""More chips than these are counted; the year shows all."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A date. `why` says what speaks against it; `out`: it is taken out."""

    day: date
    out: bool = False
    why: str = ""
    taken: bool = False


class DateChips(QWidget):
    """A row of dates that wraps.

    Signals:
        pressed(object): this day is to be taken out, or brought back.
    """

    pressed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = Flow(self)
        self._chips: dict[date, ActionButton] = {}
        self._shown: tuple[Chip, ...] = ()
        self._rest = Label("", "second")
        self.setAccessibleName(_("Dates of the series"))

    def shown(self) -> tuple[Chip, ...]:
        """What is shown."""
        return self._shown

    def chip(self, day: date) -> ActionButton:
        """The button of a day."""
        return self._chips[day]

    def show_chips(self, chips: Sequence[Chip]) -> None:
        """Show other dates, or the same with other words; who has the focus keeps it."""
        if tuple(chips) == self._shown:
            return
        same = [one.day for one in chips[:MOST]] == list(self._chips)
        self._shown = tuple(chips)
        if not same:
            self._build(chips)
        for chip in chips[:MOST]:
            _show(self._chips[chip.day], chip)
        self.updateGeometry()

    def _build(self, chips: Sequence[Chip]) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self._rest:
                widget.hide()
                widget.deleteLater()
        self._chips = {}
        for chip in chips[:MOST]:
            button = ActionButton(formats.date_short(chip.day), "check")
            button.setProperty("day", chip.day)
            button.clicked.connect(self._on_clicked)
            self._chips[chip.day] = button
            self._flow.addWidget(button)
        self._rest.setText(_("{count} more").format(count=len(chips) - MOST))
        self._rest.setVisible(len(chips) > MOST)
        self._flow.addWidget(self._rest)

    @Slot()
    def _on_clicked(self) -> None:
        button = self.sender()
        assert button is not None
        self.pressed.emit(button.property("day"))


def _show(button: ActionButton, chip: Chip) -> None:
    icon = "minus" if chip.out else "circle-alert" if chip.taken else "check"
    button.set_icon_name(icon)
    font = button.font()
    font.setStrikeOut(chip.out)
    button.setFont(font)
    day = formats.date_full(chip.day)
    # Translators: said of a date of a series that does not take place
    said = _("{day}, taken out").format(day=day) if chip.out else _("{day}, takes place").format(day=day)
    button.setAccessibleName(said)
    button.setAccessibleDescription(chip.why)
    button.setToolTip(". ".join(part for part in (said, chip.why) if part))
