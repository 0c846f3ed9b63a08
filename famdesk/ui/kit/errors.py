"""From an error to what the person sees: the field, the bar with Retry, or a number with a report to copy."""

from __future__ import annotations

import logging
import sys
import threading
import time
import traceback
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Protocol

from PySide6.QtCore import QObject, Signal, Slot, qVersion

from famdesk import __version__
from famdesk.domain.errors import (
    FamDeskError,
    Forbidden,
    NothingToUndo,
    RuleError,
    Stale,
    Unavailable,
    UndoConflict,
)
from famdesk.i18n import _
from famdesk.ui.kit.messages import MessageBar, Offer

_log = logging.getLogger(__name__)
_SAME_AFTER_SECONDS: Final = 10.0
_MINUTE_SECONDS: Final = 60.0
_MOST_PER_MINUTE: Final = 6


class HasFields(Protocol):
    """A form: something that can show an error at a field."""

    def has(self, field: str) -> bool: ...

    def show_error(self, field: str, sentence: str) -> None: ...


@dataclass(frozen=True, slots=True)
class BugReport:
    """A fault of the program: its number and a text to pass on, which names places in the code and no values."""

    number: str
    text: str


class Presenter:
    """Shows errors in one message bar and, for rules about a field, in a form."""

    def __init__(self, bar: MessageBar, copy: Callable[[str], object]) -> None:
        """`copy` puts a report on the clipboard."""
        self._bar = bar
        self._copy = copy

    def present(
        self, error: Exception, form: HasFields | None = None, retry: Callable[[], object] | None = None
    ) -> None:
        """Show an error where it can be dealt with; `retry` is offered if the environment failed."""
        if isinstance(error, RuleError) and error.field and form is not None and form.has(error.field):
            form.show_error(error.field, error.sentence())
        elif isinstance(error, Unavailable):
            self._bar.error(error.sentence(), Offer(_("Try again"), retry) if retry else None)
        elif isinstance(error, NothingToUndo):
            self._bar.info(error.sentence())
        elif isinstance(error, (RuleError, Stale, UndoConflict, Forbidden, FamDeskError)):
            self._bar.warning(error.sentence())
        else:
            self.present_bug(report_of(error))

    def present_bug(self, report: BugReport) -> None:
        """Tell that the program has a fault; what was being worked on is still there."""
        text = _("Something went wrong in the program (error {number}). Nothing was saved half.")
        offer = Offer(_("Copy the report"), _Copier(self._copy, report.text))
        self._bar.error(text.format(number=report.number), offer)


class _Copier:
    """Puts one text on the clipboard when called."""

    def __init__(self, copy: Callable[[str], object], text: str) -> None:
        self._copy = copy
        self._text = text

    def __call__(self) -> None:
        self._copy(self._text)


def sentence_of(error: Exception) -> str:
    """What a person is told of an error where there is no message bar; a fault of the program gets its number."""
    if isinstance(error, FamDeskError):
        return error.sentence()
    text = _("Something went wrong in the program (error {number}). Nothing was saved half.")
    return text.format(number=report_of(error).number)


def report_of(error: BaseException) -> BugReport:
    """The report of a fault, which is also written to the log under its number.

    The number is the same each time the same place fails. Messages of exceptions are left out: they may quote data.
    """
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    kinds = " < ".join(type(one).__name__ for one in _chain(error))
    number = f"E{zlib.crc32(chr(10).join([kinds, *places]).encode()):08X}"
    import platform  # takes a while to load

    system = f"FamDesk {__version__}, Qt {qVersion()}, Python {platform.python_version()}, {platform.platform()}"
    text = "\n".join([f"{number} {kinds}", system, *places])
    _log.error("fault %s %s\n%s", number, kinds, "\n".join(places))
    return BugReport(number, text)


def _short(filename: str) -> str:
    """The end of a path, without the folders that may bear a person's name."""
    return "/".join(Path(filename).parts[-3:])


def _chain(error: BaseException) -> list[BaseException]:
    chain: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in chain:
        chain.append(link)
        link = link.__cause__ or link.__context__
    return chain


class FaultHook(QObject):
    """Takes the exceptions that nobody caught, from slots, painting and threads, and tells them at a bearable rate.

    A fault in painting comes back at every paint. The same fault is told again after ten seconds at the earliest, and
    at most six in a minute; the rest is counted in the log.

    Signals:
        fault(object): a `BugReport`, on the GUI thread.
    """

    fault = Signal(object)
    _caught = Signal(object)

    def __init__(self, parent: QObject, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._clock = clock
        self._told: dict[tuple[type[BaseException], str], float] = {}
        self._recent: list[float] = []
        self._muted = 0
        self._caught.connect(self._on_caught)

    def install(self) -> None:
        """Become the hook of the interpreter and of its threads."""
        sys.excepthook = self.take
        threading.excepthook = self._take_from_thread

    def uninstall(self) -> None:
        """Give the interpreter its own hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Deal with one uncaught exception, on any thread."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        elif self._worth_telling(kind, trace):
            self._caught.emit(report_of(error))
        else:
            self._muted += 1

    def _take_from_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.take(args.exc_type, args.exc_value, args.exc_traceback)

    def _worth_telling(self, kind: type[BaseException], trace: TracebackType | None) -> bool:
        now = self._clock()
        frames = traceback.extract_tb(trace)
        key = (kind, f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "")
        self._recent = [moment for moment in self._recent if now - moment < _MINUTE_SECONDS]
        again = key in self._told and now - self._told[key] < _SAME_AFTER_SECONDS
        if again or len(self._recent) >= _MOST_PER_MINUTE:
            return False
        self._told[key] = now
        self._recent.append(now)
        if self._muted:
            _log.error("%d faults were not told one by one", self._muted)
            self._muted = 0
        return True

    @Slot(object)
    def _on_caught(self, report: BugReport) -> None:
        self.fault.emit(report)
