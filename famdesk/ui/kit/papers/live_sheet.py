"""From a wish to a sheet that can be seen, again and again while its options change.

The data are read in the database's turn and the PDF is made beside it; whatever is wished meanwhile takes the place of
what was wished before, and of a quick series of wishes only the last one is made.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from famdesk.ui.kit.papers import printing
from famdesk.ui.kit.runner import Runner

PAUSE_MS: Final = 60
"""How long a wish waits for the next one."""

Gather = Callable[[Any, Any], Any]
"""A query: `gather(tx, wish)` gives what the sheet says."""

Render = Callable[[Any, Any], bytes]
"""`render(content, wish)` makes the PDF, beside the database worker."""


@dataclass(frozen=True, slots=True)
class Made:
    """A sheet as it was wished: what it says, its marks in the print register, its PDF."""

    wish: Any
    content: Any
    marks: tuple[str, ...]
    data: bytes


class LiveSheet(QObject):
    """Makes the sheet that was wished last, in the look of the centre.

    Signals:
        made(object): a `Made`. refused(object): the error that kept it from being made.
    """

    made = Signal(object)
    refused = Signal(object)

    def __init__(self, runner: Runner, gather: Gather, render: Render, parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._gather, self._render = runner, gather, render
        self._wish: Any = None
        self._number = 0
        self._waiting: Callable[[], object] | None = None
        self.pending = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._make)

    def ask(self, wish: Any) -> None:
        """Make this unless something else is wished in a moment."""
        self._wish, self.pending = wish, True
        self._number += 1
        self._pause.start()

    def make(self, wish: Any) -> None:
        """Make this now."""
        self.ask(wish)
        self._make()

    def when_made(self, deed: Callable[[], object]) -> None:
        """Do something with the sheet that is wished now: at once if it is there, else when it is."""
        if self.pending:
            self._waiting = deed
        else:
            deed()

    @Slot()
    def _make(self) -> None:
        self._pause.stop()
        number, wish = self._number, self._wish
        self._runner.fetch(printing.gathered, self._gather, wish, then=partial(self._on_gathered, number, wish),
                           failed=partial(self._on_failed, number), owner=self, latest="sheet")  # fmt: skip

    def _on_gathered(self, number: int, wish: Any, found: printing.Gathered) -> None:
        if number == self._number:
            self._runner.compute(_drawn, self._render, found, wish, then=partial(self._on_made, number, wish, found),
                                 failed=partial(self._on_failed, number), owner=self, latest="pdf")  # fmt: skip

    def _on_made(self, number: int, wish: Any, found: printing.Gathered, data: bytes) -> None:
        if number != self._number:
            return
        self.pending = False
        deed, self._waiting = self._waiting, None
        self.made.emit(Made(wish, found.content, found.marks, data))
        if deed is not None:
            deed()

    def _on_failed(self, number: int, error: Exception) -> None:
        if number == self._number:
            self.pending, self._waiting = False, None
            self.refused.emit(error)


def _drawn(render: Render, found: printing.Gathered, wish: Any) -> bytes:
    from famdesk.sheets.paper.look import drawn

    return drawn(found.look, render, found.content, wish)
