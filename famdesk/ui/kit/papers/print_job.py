"""Printers and print jobs as the window knows them: another process does the waiting."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Final

from PySide6.QtCore import QByteArray, QObject, QProcess, QTimer, Signal, Slot

from famdesk.ui.kit.papers.paper import devices_of
from famdesk.ui.kit.papers.paper_child import Order

LOOK_MS: Final = 30_000
"""After this time a print server that does not answer is left alone."""
STALL_MS: Final = 120_000
"""A printer that has taken no page for so long is told."""
_MODULE: Final = "famdesk.ui.kit.papers.paper_child"


class _Child(QObject):
    """The process that talks to printers, for one question."""

    def __init__(self, command: str, wait: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._text, self._over = "", False
        self._process = QProcess(self)
        self._process.setProgram(sys.executable)
        self._process.setArguments(["-m", _MODULE, command])
        self._process.setStandardErrorFile(QProcess.nullDevice())
        self._process.readyReadStandardOutput.connect(self._on_said)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(wait)
        self._timer.timeout.connect(self._on_late)

    def running(self) -> bool:
        """Whether an answer is still to come."""
        return self._process.state() != QProcess.ProcessState.NotRunning

    def stop(self) -> None:
        """Ask no longer; nothing is told afterwards."""
        self._over = True
        self._timer.stop()
        self._process.kill()
        self._process.waitForFinished(1000)

    def _begin(self, data: bytes = b"") -> None:
        self._timer.start()
        self._process.start()
        if data:
            self._process.write(QByteArray(data))
        self._process.closeWriteChannel()

    def _heard(self, text: str) -> None:
        """The process said something; `text` is all that it said."""

    def _ended(self, text: str) -> None:
        """The process is over, or is waited for no longer."""

    @Slot()
    def _on_said(self) -> None:
        self._text += bytes(self._process.readAllStandardOutput().data()).decode(errors="replace")
        self._timer.start()
        self._heard(self._text)

    @Slot()
    def _on_finished(self) -> None:
        if not self._over:
            self._on_said()
            self._end()

    @Slot()
    def _on_error(self) -> None:
        if self._process.error() == QProcess.ProcessError.FailedToStart and not self._over:
            self._end()

    @Slot()
    def _on_late(self) -> None:
        if not self._over:
            self._end()
            self._process.kill()

    def _end(self) -> None:
        self._over = True
        self._timer.stop()
        self._ended(self._text)


class Printers(_Child):
    """Looks for the printers of this computer.

    Signals:
        found(object): the `Device`s, none if there are none or the print server does not answer.
    """

    found = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__("list", LOOK_MS, parent)

    def look(self) -> None:
        """Begin to look."""
        self._begin()

    def _ended(self, text: str) -> None:
        try:
            self.found.emit(devices_of(text))
        except ValueError:
            self.found.emit(())


class PrintJob(_Child):
    """One sheet on its way to a printer.

    Signals:
        progressed(int, int): so many pages of so many are with the printer.
        ended(bool): whether the printer took it.
    """

    progressed = Signal(int, int)
    ended = Signal(bool)

    def __init__(self, order: Order, data: bytes, parent: QObject | None = None) -> None:
        super().__init__("print", STALL_MS, parent)
        self._order, self._data = order, data

    def start(self) -> None:
        """Hand it over."""
        line = json.dumps(asdict(self._order)).encode() + b"\n"
        self._begin(line + self._data)

    def _heard(self, text: str) -> None:
        told = [line.split() for line in text.splitlines() if line.startswith("page ")]
        if told and len(told[-1]) == 3:
            self.progressed.emit(int(told[-1][1]), int(told[-1][2]))

    def _ended(self, text: str) -> None:
        self.ended.emit(text.rstrip().endswith("done"))
