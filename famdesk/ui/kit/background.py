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
        self._waiting: dict[Future[Any], tuple[Then | None, Then | None]] = {}
        self._answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)

    def do(self, work: Callable[[], object], then: Then | None = None, failed: Then | None = None) -> None:
        """Do something. Nothing is delivered to a widget that is gone; an error that nobody takes is raised on the GUI
        thread, where the fault hook sees it."""
        future = self._worker.submit(work)
        # The thread is not told who waits: if it were the last to hold a widget, it would delete it there.
        self._waiting[future] = then, failed
        future.add_done_callback(self._answered.emit)

    def idle(self) -> bool:
        """Whether everything has been answered."""
        return not self._waiting

    def close(self) -> None:
        """Finish what was begun and end the thread."""
        self._worker.shutdown(wait=True)

    @Slot(object)
    def _on_answered(self, future: Future[Any]) -> None:
        then, failed = self._waiting.pop(future)
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
