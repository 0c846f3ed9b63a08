"""While others can see the screen: no view with people is shown, and the search names nobody in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence

from famdesk.i18n import _
from famdesk.ui.kit import icons
from famdesk.ui.kit.buttons import native

if TYPE_CHECKING:
    from famdesk.ui.shell.shell import Shell

OPEN: Final = "directory"
"""The view that names no person."""
KEYS: Final = "Ctrl+Shift+O"


class PublicScreen(QObject):
    """The switch for a screen that is turned to somebody, with what stays closed meanwhile.

    Attributes:
        action: the switch.

    Signals:
        changed(bool): from now on others can see the screen, or no longer.
    """

    changed = Signal(bool)

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self.action = QAction(icons.icon("eye"), _("Others can see the screen"), shell)
        self.action.setProperty("icon_name", "eye")
        self.action.setCheckable(True)
        self.action.setShortcut(QKeySequence(KEYS))
        self.action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.action.toggled.connect(self._on_toggled)
        shell.addAction(self.action)

    def closes(self, key: str) -> bool:
        """Whether a view stays closed now."""
        return self.action.isChecked() and key != OPEN

    def tell(self) -> None:
        """Say why a view is not shown."""
        told = _("Others can see the screen: views with people stay closed until {keys} is pressed again.")
        self._shell.bar.info(told.format(keys=native(KEYS)))

    @Slot(bool)
    def _on_toggled(self, public: bool) -> None:
        self._shell.top.box.clear()
        self.changed.emit(public)
        self._shell.rail.set_closed(self.closes)
        if public:
            self._shell.show_page(OPEN)
            self.tell()
        else:
            self._shell.bar.clear()
