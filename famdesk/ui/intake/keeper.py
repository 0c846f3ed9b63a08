"""Keeps what is being typed, a second after the person began and then every second."""

from __future__ import annotations

import json
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.waiting import Waiting
from famdesk.usecases.intake import drafts

KEEP_AFTER_MS: Final = 1_000


class DraftKeeper(QObject):
    """Tells its form when it is time to keep a draft, and writes it down.

    Signals:
        due(): the form is to call `keep` with what it holds.
    """

    due = Signal()

    def __init__(self, runner: Runner, parent: QObject, around: QWidget) -> None:
        """`around` holds the fields."""
        super().__init__(parent)
        self._waiting = Waiting(around)
        self._runner = runner
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_AFTER_MS)
        self._timer.timeout.connect(self.due)

    def touch(self) -> None:
        """Something was typed."""
        self._waiting.touch()
        if not self._timer.isActive():
            self._timer.start()

    def hold(self) -> None:
        """Something was typed of which there is no draft."""
        self._waiting.touch()

    def flush(self) -> None:
        """Keep at once what waits."""
        if self._timer.isActive():
            self._timer.stop()
            self.due.emit()

    def rest(self) -> None:
        """Nothing is left to keep: it was saved or thrown away."""
        self._timer.stop()
        self._waiting.rest()

    def keep(self, key: str, content: dict[str, Any]) -> None:
        """Write the content down as the draft `key`."""
        self._waiting.touch()
        safe = partial(self._waiting.kept, self._waiting.mark())
        body = json.dumps(content, ensure_ascii=False, default=str)
        self._runner.run(drafts.keep, key, body, then=safe, owner=self, quiet=True)

    def drop(self, key: str) -> None:
        """Forget the draft `key`."""
        self.rest()
        self._runner.run(drafts.drop, key, owner=self, quiet=True)
