"""Python's collector of reference cycles, kept to the GUI thread.

Left to itself it runs on whichever thread happens to allocate next. A forgotten dialog that lies in a cycle would then
be deleted, with its timers, on the database worker, and Qt ends the whole program for that.
"""

from __future__ import annotations

import gc
import sys
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

EVERY_MS: Final = 1000


class Collector(QObject):
    """Collects on the thread it lives in, as often as Python's own thresholds ask for; nowhere else from then on."""

    def __init__(self, parent: QObject | None = None, last: str = "") -> None:
        """`last` is the module after which the program has been loaded: what it is made of stays, and the window need
        not stand still while that is looked through again and again."""
        super().__init__(parent)
        self._last = last
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Collect the oldest generation whose threshold is passed, and with it the younger ones."""
        if self._last in sys.modules:
            self._last = ""
            gc.freeze()
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return

    def end(self) -> None:
        """Leave the collector to Python again; after the last window and the last thread have gone."""
        self._timer.stop()
        gc.enable()
