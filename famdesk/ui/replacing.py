"""After a long lock the whole process gives way to a new one: what Python once held in memory cannot be wiped.

The data folder stays the same; the new process shows its sign-in page. What was typed is sealed before, at the lock.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from famdesk.ui.shell.curtain import PUBLIC

AFTER_MS: Final = 30 * 60 * 1000
AGAIN_MS: Final = 60 * 1000


class LongLock(QObject):
    """Counts how long the desk has been locked.

    Signals:
        passed(): it is time for a new process.
    """

    passed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)

    def begin(self, after_ms: int | None = None) -> None:
        """The desk is locked."""
        self._timer.start(AFTER_MS if after_ms is None else after_ms)

    def end(self) -> None:
        """Somebody is back."""
        self._timer.stop()

    @Slot()
    def look(self) -> None:
        """A screen for the families is not taken away from them."""
        if any(one.isVisible() and one.property(PUBLIC) for one in QApplication.topLevelWidgets()):
            self.begin(AGAIN_MS)
        else:
            self.passed.emit()


def replace_process(folder: Path) -> int:
    """Puts a new process on the same data folder in the place of this one; comes back only where that is a second
    process (on Windows), with the exit status of this one."""
    command = command_line(folder)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    if os.name != "nt":
        os.execv(command[0], command)  # noqa: S606 - our own program
    subprocess.Popen(command)
    return 0


def command_line(folder: Path) -> list[str]:
    """How this program was begun, with the folder as its only argument."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--home", str(folder)]
    began = sys.orig_argv[: len(sys.orig_argv) - len(sys.argv) + 1]
    return [sys.executable, *began[1:], "--home", str(folder)]
