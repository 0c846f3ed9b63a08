"""How far something is that takes long; what is soon done never shows it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from famdesk.domain.progress import Progress
from famdesk.i18n import _

_EVERY_MS: Final = 100
_STEPS: Final = 1000
AFTER_MS: Final = 400
"""What is done within this time shows nothing."""


class ProgressLine(QProgressBar):
    """Follows a `Progress` that another thread tells; hidden until there is one that lasts.

    Signals:
        seen(bool): it is shown, or hidden again.
    """

    seen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._progress: Progress | None = None
        self.setRange(0, _STEPS)
        self.setTextVisible(False)
        self.setAccessibleName(_("Working"))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(AFTER_MS)
        self._later.timeout.connect(self.show)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        keep = self.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self.setSizePolicy(keep)
        self.hide()

    @property
    def running(self) -> bool:
        """Whether something is followed."""
        return self._progress is not None

    def follow(self, progress: Progress) -> None:
        """Show this one from now on."""
        self._progress = progress
        self.look()
        self._timer.start()
        self._later.start()

    def end(self) -> None:
        """It is done, or was stopped."""
        self._progress = None
        self._timer.stop()
        self._later.stop()
        self.hide()

    @Slot()
    def stop(self) -> None:
        """Make what is followed end at its next step."""
        if self._progress is not None:
            self._progress.stop()

    @Slot()
    def look(self) -> None:
        """Show how far it is now."""
        if self._progress is not None:
            self.setValue(round(self._progress.share * _STEPS))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.seen.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.seen.emit(False)
