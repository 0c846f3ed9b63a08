"""The menu behind one's initials: colours, text size, lock, sign out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from famdesk.i18n import _
from famdesk.ui.kit import icons
from famdesk.ui.kit.theme import ZOOMS, Look


class OwnMenu(QMenu):
    """How the person wants the window to look, and how to leave it.

    Signals:
        look_chosen(str): "system", "light" or "dark".
        zoom_chosen(int): the text size in per cent.
    """

    look_chosen = Signal(str)
    zoom_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = QActionGroup(self)
        self._zooms = QActionGroup(self)
        self._looks.triggered.connect(self._on_look)
        self._zooms.triggered.connect(self._on_zoom)

    def fill(self, user_name: str, actions: Sequence[QAction]) -> None:
        """Show the person's name, the choices, and the commands given."""
        head = self.addAction(icons.icon("user"), user_name)
        head.setEnabled(False)
        self.addSeparator()
        looks = self.addMenu(icons.icon("moon"), _("Colours"))
        for look, text in ((Look.SYSTEM, _("As the system")), (Look.LIGHT, _("Light")), (Look.DARK, _("Dark"))):
            looks.addAction(_choice(self._looks, text, look.value))
        zooms = self.addMenu(icons.icon("eye"), _("Text size"))
        for zoom in ZOOMS:
            zooms.addAction(_choice(self._zooms, f"{zoom} %", zoom))
        self.addSeparator()
        self.addActions(actions)

    def set_appearance(self, look: str, zoom: int) -> None:
        """Tick what is in force."""
        for action in (*self._looks.actions(), *self._zooms.actions()):
            action.setChecked(action.data() in (look, zoom))

    @Slot(QAction)
    def _on_look(self, action: QAction) -> None:
        self.look_chosen.emit(action.data())

    @Slot(QAction)
    def _on_zoom(self, action: QAction) -> None:
        self.zoom_chosen.emit(action.data())


def _choice(group: QActionGroup, text: str, value: object) -> QAction:
    action = QAction(text, group)
    action.setCheckable(True)
    action.setData(value)
    return action
