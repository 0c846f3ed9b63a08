"""A small field beside the title: type a day, and the calendar goes there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolTip, QWidget

from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import native
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.typed import parse_date

GO_TO_KEYS = "Ctrl+G"


class GoTo(QLineEdit):
    """Understands "gio", "13/2", "+2s" as `kit.typed` does; Enter goes there, Esc back to the calendar.

    Signals:
        day_wanted(object): that day.
        left(): the keyboard is wanted in the calendar again.
    """

    day_wanted = Signal(object)
    left = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._roomy = True
        self.setAccessibleName(_("Go to date"))
        self.setPlaceholderText(_("Go to date"))
        # Translators: what can be typed; leave the digits and signs as they are
        tip = _("Go to date ({keys}): 13/2, Thu, +3 (days), +2w (weeks), +1m (month)")
        self.setToolTip(tip.format(keys=native(GO_TO_KEYS)))
        self.returnPressed.connect(self._on_return)

    def fit(self) -> None:
        """As wide as its placeholder."""
        self.ensurePolished()  # the stylesheet may make the letters wider
        self.setFixedWidth(self.fontMetrics().horizontalAdvance(self.placeholderText()) + theme.unit(9))

    def set_roomy(self, roomy: bool) -> None:
        """Without room the field is only there while it has the keyboard."""
        self._roomy = roomy
        self.setVisible(roomy or self.hasFocus())

    @Slot()
    def begin(self) -> None:
        """Take the keyboard."""
        self.show()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.clear()
        self.setVisible(self._roomy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_return(self) -> None:
        day = parse_date(self.text(), self._today())
        if day is None:
            problem = _("This is not a date. Type for example 13/2, Thu or +2w.")
            QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), problem, self)
            announce(self, problem, urgent=True)
            return
        self.day_wanted.emit(day)
        self.clear()
        self.left.emit()
