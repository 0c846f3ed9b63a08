"""Waiting in tests of the window: what is there at once is seen at once."""

from __future__ import annotations

import time
from collections.abc import Callable

from pytestqt.exceptions import TimeoutError as NotInTime
from pytestqt.qtbot import QtBot

MOST_MS = 10


def soon() -> None:
    """Lets `qtbot.waitUntil` look again after 1, 2, 4, 8 and then every 10 ms, not every 10 from the first look on: a
    query of a test's small home is answered within one or two."""
    QtBot.waitUntil = _wait_until  # type: ignore[method-assign]


def _wait_until(self: QtBot, callback: Callable[[], bool | None], *, timeout: int = 5000) -> None:
    __tracebackhide__ = True
    until, pause = time.monotonic() + timeout / 1000, 1
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
            raise NotInTime(f"waitUntil timed out in {timeout} milliseconds") from failed
        self.wait(pause)
        pause = min(pause * 2, MOST_MS)
