"""What a view leaves out: a menu behind a button, and a chip for everything that is chosen."""

from __future__ import annotations

from collections.abc import Container, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, ToolButton

Named = Sequence[tuple[str, str]]
Chip = tuple[str, object, str]
"""Group, key, words."""


class FilterChips(QWidget):
    """A row of chips, hidden while nothing is chosen; a press takes the chip's choice away.

    A subclass keeps what is chosen: it fills the menu, names the chips, turns a choice over and forgets all of them.

    Attributes:
        button: opens the menu; it stands in the header or beside the search line.

    Signals:
        changed(): the person chose something else.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = ToolButton(_("Filter"), "funnel")
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self.button)
        self._menu.setAccessibleName(_("Filter"))
        self.button.setMenu(self._menu)
        self._menu.aboutToShow.connect(self._refill)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.unit(2))
        self.setVisible(False)

    def fill(self, menu: QMenu) -> None:
        """Put `submenu` and `entry` into the empty menu."""

    def chips(self) -> list[Chip]:
        """What is chosen."""
        return []

    def turn(self, group: str, key: object) -> None:
        """Choose something, or no longer."""

    def forget(self) -> None:
        """Choose nothing."""

    def menu(self) -> QMenu:
        """The menu, filled as it would open."""
        self._refill()
        return self._menu

    def submenu(self, text: str, group: str, named: Named, ticked: Container[object]) -> None:
        """A group of choices; it cannot be opened while there are none."""
        menu = self._menu.addMenu(text)
        menu.setEnabled(bool(named))
        for key, name in named:
            self.entry(name, group, key, ticked=key in ticked, menu=menu)

    def entry(self, text: str, group: str, key: object, *, ticked: bool, menu: QMenu | None = None) -> None:
        """One choice, of the menu itself unless told otherwise."""
        menu = menu or self._menu
        action = QAction(text.replace("&", "&&"), menu)
        action.setCheckable(True)
        action.setChecked(ticked)
        action.setData((group, key))
        action.triggered.connect(self._on_triggered)
        menu.addAction(action)

    def show_chips(self) -> None:
        """Show what is chosen now."""
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        chips = self.chips()
        for group, key, name in chips:
            self._row.addWidget(self._chip(group, key, name))
        if len(chips) > 1:
            everything = ActionButton(_("Show everything"), kind="link")
            everything.clicked.connect(self.clear)
            self._row.addWidget(everything)
        self._row.addStretch(1)
        self.setVisible(bool(chips))

    @Slot()
    def clear(self) -> None:
        """Take all choices away."""
        self.forget()
        self.show_chips()
        self.button.setFocus()
        self.changed.emit()

    @Slot()
    def _refill(self) -> None:
        self._menu.clear()
        self.fill(self._menu)

    @Slot()
    def _on_triggered(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        self._turn(*action.data())

    @Slot()
    def _on_chip(self) -> None:
        chip = self.sender()
        assert chip is not None
        self._turn(*chip.property("filter"))
        self.button.setFocus()

    def _turn(self, group: str, key: object) -> None:
        self.turn(group, key)
        self.show_chips()
        self.changed.emit()

    def _chip(self, group: str, key: object, name: str) -> ActionButton:
        chip = ActionButton(name.replace("&", "&&"), "x")
        chip.setAccessibleName(_("Remove the filter {name}").format(name=name))
        chip.setToolTip(chip.accessibleName())
        chip.setProperty("filter", (group, key))
        chip.clicked.connect(self._on_chip)
        return chip
