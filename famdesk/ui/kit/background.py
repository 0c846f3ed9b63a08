"""Slow work beside the window when there is no office yet: opening data, making a centre, restoring a copy."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import Shiboken

from famdesk.ui.kit.runner import owner_of

Then = Callable[[Any], object]
InBackground = Callable[[Callable[[], object], Then, Then], None]
"""`in_background(work, then, failed)`: `then(result)` or `failed(error)` is called on the GUI thread."""


class Background(QObject):
    """One worker, so that things happen in the order in which they were asked for."""

    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="door")
        self._waiting = 0
        self._answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)

    def do(self, work: Callable[[], object], then: Then | None = None, failed: Then | None = None) -> None:
        """Do something. Nothing is delivered to a widget that is gone; an error that nobody takes is raised on the GUI
        thread, where the fault hook sees it."""
        self._waiting += 1
        future = self._worker.submit(work)
        future.add_done_callback(_Messenger(self, then, failed))

    def idle(self) -> bool:
        """Whether everything has been answered."""
        return not self._waiting

    def close(self) -> None:
        """Finish what was begun and end the thread."""
        self._worker.shutdown(wait=True)

    @Slot(object)
    def _on_answered(self, answer: tuple[Future[Any], Then | None, Then | None]) -> None:
        future, then, failed = answer
        self._waiting -= 1
        error = future.exception()
        owner = owner_of(then) or owner_of(failed)
        if owner is not None and not Shiboken.isValid(owner):
            return
        if error is None:
            if then is not None:
                then(future.result())
        elif failed is not None:
            failed(error)
        else:
            raise error


class _Messenger:
    """Takes the outcome of one piece of work to the GUI thread."""

    def __init__(self, background: Background, then: Then | None, failed: Then | None) -> None:
        self._background, self._then, self._failed = background, then, failed

    def __call__(self, future: Future[Any]) -> None:
        self._background._answered.emit((future, self._then, self._failed))
