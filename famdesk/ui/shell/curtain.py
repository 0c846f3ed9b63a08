"""Hides everything that stands over the main window, keeps it hidden while it is covered, and brings it back as it was.

Dialogs, dialogs over dialogs, windows of their own, menus, lists under fields, tooltips: whatever is a window of the
program. What an answer opens while the window is covered stays hidden too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget
from shiboken6 import isValid

if TYPE_CHECKING:
    from famdesk.ui.main_window import MainWindow

PUBLIC: Final = "public"
"""A window with this property tells nothing of anybody and may stay."""
_ASK_AGAIN_MS: Final = (0, 100, 400)
_PASSING: Final = (Qt.WindowType.Popup, Qt.WindowType.ToolTip, Qt.WindowType.SplashScreen)


class Curtain(QObject):
    """What is hidden while the main window shows the lock or the opening hours."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._hidden: list[tuple[QWidget, bool]] = []
        self._drawn = False

    def draw(self) -> None:
        """Hide everything but the main window itself, the innermost first."""
        if self._drawn:
            return
        self._drawn = True
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
            if popup is QApplication.activePopupWidget():
                popup.hide()
                break
        QToolTip.hideText()
        for one in sorted(self._others(), key=_depth, reverse=True):
            self._put_away(one)
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)
        for pause in _ASK_AGAIN_MS:
            QTimer.singleShot(pause, self, self._take_keyboard)

    def raise_(self) -> None:
        """Bring back what was hidden, with everything that was typed; the outermost first."""
        if not self._drawn:
            return
        self._drawn = False
        application = QApplication.instance()
        assert application is not None
        application.removeEventFilter(self)
        hidden, self._hidden = self._hidden, []
        for one, modal in sorted(
            ((one, modal) for one, modal in hidden if isValid(one)), key=lambda pair: _depth(pair[0])
        ):
            one.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, False)
            if isinstance(one, QDialog) and modal:
                one.open()
            else:
                one.show()

    def forget(self) -> None:
        """The session is over: nothing comes back."""
        self._hidden = []
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep away what would open over the cover; it comes back with the rest."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and self._covers(watched):
            watched.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            QTimer.singleShot(0, self, self._put_all_away)
        return False

    @Slot()
    def _put_all_away(self) -> None:
        if self._drawn:
            for one in sorted(self._others(), key=_depth, reverse=True):
                self._put_away(one)

    @Slot()
    def _take_keyboard(self) -> None:
        """The desktop may still give it to a window that has just gone."""
        if self._drawn and not self._window.isActiveWindow():
            self._window.activateWindow()

    def _others(self) -> list[QWidget]:
        return [one for one in QApplication.topLevelWidgets() if one.isVisible() and self._covers(one)]

    def _covers(self, one: QWidget) -> bool:
        """Whether the window is to be hidden: it is not the main one, nor of the cover itself, nor for everybody."""
        cover = self._window.cover
        ours = one is self._window or (cover is not None and _belongs(one, cover))
        return one.isWindow() and not ours and not one.property(PUBLIC)

    def _put_away(self, one: QWidget) -> None:
        passing = one.windowType() in _PASSING
        modal = one.isModal()
        one.hide()
        one.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, False)
        if not passing:
            self._hidden.append((one, modal))


class HideKey(QObject):
    """Shift+Esc wherever the keyboard is: in a dialog, a menu, a list under a field, a window of its own.

    A shortcut of the frame does not reach there. It listens to the windows that have the focus.

    Signals:
        pressed(): hide everything now.
    """

    pressed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.focusWindowChanged.connect(self._on_window)
        self._on_window(application.focusWindow())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() != Qt.Key.Key_Escape or event.modifiers() != Qt.KeyboardModifier.ShiftModifier:
            return False
        self.pressed.emit()
        return True

    @Slot(QWindow)
    def _on_window(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)


def _depth(one: QWidget) -> int:
    """How many widgets stand above a window."""
    depth, parent = 0, one.parentWidget()
    while parent is not None:
        depth, parent = depth + 1, parent.parentWidget()
    return depth


def _belongs(one: QWidget, page: QWidget) -> bool:
    """Whether a window was opened by something on a page."""
    parent = one.parentWidget()
    while parent is not None and parent is not page:
        parent = parent.parentWidget()
    return parent is not None
