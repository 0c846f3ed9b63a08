"""Notices when nobody has touched keyboard or mouse for a while."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QWindow

_TOUCHES: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)
_LOOK_EVERY_MS: Final = 5_000


class IdleWatch(QObject):
    """Tells when the program has not been used for some minutes.

    It listens to the windows that have the focus and not to every object of the program, so that painting and timers
    cost nothing. A machine that was asleep is found idle when it wakes.

    Signals:
        idle(): no key and no mouse for the set time; once, until there is a touch again.
    """

    idle = Signal()

    def __init__(self, app: QGuiApplication, minutes: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Watch `app`; `minutes` 0 never locks; `clock` gives seconds that never run backwards."""
        super().__init__(app)
        self._clock = clock
        self._seconds = minutes * 60
        self._touched = clock()
        self._told = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        app.focusWindowChanged.connect(self._on_window)
        self._on_window(app.focusWindow())
        self.set_minutes(minutes)

    def set_minutes(self, minutes: int) -> None:
        """Change the time; 0 switches the watch off."""
        self._seconds = minutes * 60
        if minutes:
            self._timer.start()
        else:
            self._timer.stop()

    def touch(self) -> None:
        """Count this moment as use."""
        self._touched = self._clock()
        self._told = False

    @Slot()
    def look(self) -> None:
        """Compare the clock with the last touch; called by the timer."""
        if self._seconds and not self._told and self._clock() - self._touched >= self._seconds:
            self._told = True
            self.idle.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self.touch()
        return False

    @Slot(QWindow)
    def _on_window(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)
            self.touch()
