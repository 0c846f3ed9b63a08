"""Waiting in tests of the window: what is there at once is seen at once, and what takes long on a busy machine too."""

from __future__ import annotations

import functools
import inspect
import time
from collections.abc import Callable
from typing import Any

from pytestqt.exceptions import TimeoutError as NotInTime
from pytestqt.qtbot import QtBot

PATIENCE_MS = 60_000
"""After that, what has not happened does not happen. A test may say more, never less: how quick a busy machine is
proves nothing, and only a test that fails waits so long."""
MOST_MS = 10


def soon() -> None:
    """Lets `qtbot.waitUntil` look again after 1, 2, 4, 8 and then every 10 ms, not every 10 from the first look on: a
    query of a test's small home is answered within one or two. And lets every wait be a patient one."""
    QtBot.waitUntil = _wait_until  # type: ignore[method-assign]
    for name in ("waitSignal", "waitSignals", "waitCallback", "waitActive", "waitExposed"):
        wait = getattr(QtBot, name)
        if not hasattr(wait, "__wrapped__"):
            setattr(QtBot, name, _patient(wait))


def _patient(wait: Callable[..., Any]) -> Callable[..., Any]:
    assert "timeout" in inspect.signature(wait).parameters

    @functools.wraps(wait)
    def patient(*args: Any, timeout: int = PATIENCE_MS, **more: Any) -> Any:
        __tracebackhide__ = True
        return wait(*args, timeout=max(timeout, PATIENCE_MS), **more)

    return patient


def _wait_until(self: QtBot, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
    __tracebackhide__ = True
    until, pause = time.monotonic() + max(timeout, PATIENCE_MS) / 1000, 1
    while True:
        failed: AssertionError | None = None
        try:
            if (answer := callback()) is None or answer is True:
                return
            if answer is not False:
                raise ValueError(f"waitUntil() callback must return None, True or False, returned {answer!r}")
        except AssertionError as error:
            failed = error
        if time.monotonic() > until:
            raise NotInTime(f"waitUntil timed out in {max(timeout, PATIENCE_MS)} milliseconds") from failed
        self.wait(pause)
        pause = min(pause * 2, MOST_MS)
