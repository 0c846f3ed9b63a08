"""What the calendar leaves out: a menu in the header, and a chip for everything that is filtered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from famdesk.i18n import _
from famdesk.ui.calendar.drawing import Filters
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, ToolButton

Named = Sequence[tuple[str, str]]
_CANCELLED = "cancelled"


class FilterBar(QWidget):
    """A row of chips, hidden while nothing is filtered; a press takes the chip's filter away.

    Attributes:
        button: opens the menu of filters; it belongs into the header.

    Signals:
        changed(): the person filters something else.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filters = Filters()
        self._colleagues: Named = ()
        self._points: Named = ()
        self.button = ToolButton(_("Filter"), "funnel")
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self.button)
        self._menu.setAccessibleName(_("Filter"))
        self.button.setMenu(self._menu)
        self._menu.aboutToShow.connect(self._fill)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.unit(2))
        self.setVisible(False)

    def filters(self) -> Filters:
        """What is filtered now."""
        return self._filters

    def set_filters(self, filters: Filters) -> None:
        """Filter without a signal."""
        self._filters = filters
        self._show_chips()

    def set_choices(self, colleagues: Named, points: Named) -> None:
        """Whom and what one can filter by, as (id, name)."""
        if (tuple(colleagues), tuple(points)) != (tuple(self._colleagues), tuple(self._points)):
            self._colleagues, self._points = colleagues, points
            self._show_chips()

    def menu(self) -> QMenu:
        """The menu of filters, filled as it would open."""
        self._fill()
        return self._menu

    @Slot()
    def _fill(self) -> None:
        self._menu.clear()
        self._submenu(_("Colleague"), "staff", self._colleagues, self._filters.staff)
        self._submenu(_("Access point"), "points", self._points, self._filters.points)
        self._menu.addSeparator()
        self._entry(self._menu, _("Show cancelled"), _CANCELLED, "", self._filters.cancelled)

    def _submenu(self, text: str, group: str, named: Named, ticked: frozenset[str]) -> None:
        menu = self._menu.addMenu(text)
        menu.setEnabled(bool(named))
        for key, name in named:
            self._entry(menu, name, group, key, key in ticked)

    def _entry(self, menu: QMenu, text: str, group: str, key: str, ticked: bool) -> None:
        action = QAction(text.replace("&", "&&"), menu)
        action.setCheckable(True)
        action.setChecked(ticked)
        action.setData((group, key))
        action.triggered.connect(self._on_triggered)
        menu.addAction(action)

    @Slot()
    def _on_triggered(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        self._toggle(*action.data())

    @Slot()
    def _on_chip(self) -> None:
        chip = self.sender()
        assert chip is not None
        self._toggle(*chip.property("filter"))
        self.button.setFocus()

    @Slot()
    def _clear(self) -> None:
        self.set_filters(Filters())
        self.button.setFocus()
        self.changed.emit()

    def _toggle(self, group: str, key: str) -> None:
        old = self._filters
        if group == _CANCELLED:
            self.set_filters(replace(old, cancelled=not old.cancelled))
        elif group == "staff":
            self.set_filters(replace(old, staff=old.staff ^ {key}))
        else:
            self.set_filters(replace(old, points=old.points ^ {key}))
        self.changed.emit()

    def _show_chips(self) -> None:
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        old = self._filters
        chips = [("staff", key, name) for key, name in self._colleagues if key in old.staff]
        chips += [("points", key, name) for key, name in self._points if key in old.points]
        if old.cancelled:
            chips.append((_CANCELLED, "", _("With cancelled ones")))
        for group, key, name in chips:
            self._row.addWidget(self._chip(group, key, name))
        if len(chips) > 1:
            everything = ActionButton(_("Show everything"), kind="link")
            everything.clicked.connect(self._clear)
            self._row.addWidget(everything)
        self._row.addStretch(1)
        self.setVisible(bool(chips))

    def _chip(self, group: str, key: str, name: str) -> ActionButton:
        chip = ActionButton(name.replace("&", "&&"), "x")
        chip.setAccessibleName(_("Remove the filter {name}").format(name=name))
        chip.setToolTip(chip.accessibleName())
        chip.setProperty("filter", (group, key))
        chip.clicked.connect(self._on_chip)
        return chip
