"""Keeps what is being typed, a second after the person began and then every second."""

from __future__ import annotations

import json
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from famdesk.ui.kit.form import KEEPS_DRAFTS
from famdesk.ui.kit.runner import Runner
from famdesk.usecases.intake import drafts

KEEP_AFTER_MS: Final = 1_000


class DraftKeeper(QObject):
    """Tells its form when it is time to keep a draft, and writes it down.

    Signals:
        due(): the form is to call `keep` with what it holds.
    """

    due = Signal()

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        parent.setProperty(KEEPS_DRAFTS, True)
        self._runner = runner
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_AFTER_MS)
        self._timer.timeout.connect(self.due)

    def touch(self) -> None:
        """Something was typed."""
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Keep at once what waits."""
        if self._timer.isActive():
            self._timer.stop()
            self.due.emit()

    def rest(self) -> None:
        """Nothing is left to keep: it was saved or thrown away."""
        self._timer.stop()

    def keep(self, key: str, content: dict[str, Any]) -> None:
        """Write the content down as the draft `key`."""
        self._runner.run(drafts.keep, key, json.dumps(content, ensure_ascii=False, default=str), owner=self, quiet=True)

    def drop(self, key: str) -> None:
        """Forget the draft `key`."""
        self.rest()
        self._runner.run(drafts.drop, key, owner=self, quiet=True)
