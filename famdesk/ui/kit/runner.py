"""One way from the window to the office and back: the window never waits.

Reads and writes run one after the other on a single database worker, calculations on a small pool. Results come back
on the GUI thread, and only to somebody who is still there.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from operator import attrgetter
from typing import Any, Final, Protocol, TypeVar

from PySide6.QtCore import QObject, QSettings, Qt, QTimer, Signal, Slot
from shiboken6 import Shiboken

from famdesk.domain.errors import Stale
from famdesk.ui.kit.overwriting import Call, on_what_is_there

T = TypeVar("T")
Changes = frozenset[tuple[str, str]]
BUSY_AFTER_MS: Final = 400
_COMPUTE_THREADS: Final = 2


class Office(Protocol):
    """What the runner needs of the office; every method may take long and is called off the GUI thread."""

    def now(self) -> datetime: ...
    def run(self, fn: Callable[..., T], /, *args: Any, **kw: Any) -> T: ...

    def fetch(self, fn: Callable[..., T], /, *args: Any, **kw: Any) -> T: ...

    def undo(self) -> str: ...

    def redo(self) -> str: ...

    def poll(self) -> None: ...

    def undo_label(self) -> str | None: ...

    def redo_label(self) -> str | None: ...

    def subscribe(self, callback: Callable[[Changes], None]) -> object: ...

    @property
    def role(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Failure:
    """An error that nobody handled; `retry()` does the same again."""

    error: Exception
    retry: Callable[[], object]


@dataclass(slots=True, eq=False)
class Task:
    """What a thread gets to do, and what came of it.

    It knows nobody who waits for it: a thread that were the last to hold a widget would delete it there.
    """

    work: Callable[[], object]
    writes: bool
    dropped: bool = False
    result: object = None
    error: Exception | None = None
    labels: tuple[str | None, str | None] | None = None


@dataclass(slots=True, eq=False)
class Job:
    """One call on its way, as the GUI thread sees it. What only `asks` need not be done at the end."""

    task: Task
    then: Callable[[Any], object] | None
    failed: Callable[[Exception], object] | None
    owner: QObject | None
    pool: bool
    latest: str
    asks: bool = False
    call: Call | None = None


class _Newest:
    """The questions of which only the newest answer counts, by owner and name."""

    def __init__(self) -> None:
        self.jobs: dict[tuple[int, str], Job] = {}

    def replace(self, job: Job) -> None:
        """Forget the older question with the same name: its answer would overwrite the newer one."""
        older = self.jobs.get(_key(job))
        if older is not None:
            older.task.dropped = True
        self.jobs[_key(job)] = job

    def answered(self, job: Job) -> None:
        if self.jobs.get(_key(job)) is job:
            del self.jobs[_key(job)]


def _key(job: Job) -> tuple[int, str]:
    return id(job.owner), job.latest


class Runner(QObject):
    """Runs use-cases, queries and calculations in the background.

    Callbacks run on the GUI thread. They are dropped when their owner is gone: the QObject whose bound method the
    callback is, or the one given as `owner`. Without `failed` an error goes to the signal of the same name.

    Attributes:
        role: the role of who is signed in: to leave out what it has no use for, never to decide what it may.
        staff_id: who is signed in, for the same.
        role: that of who is signed in, as the centre has it now.
        machine: what this machine remembers, such as the printer of a kind of sheet; None: nothing.

    Signals:
        changed(object): a `frozenset` of (table, id), after any write here or elsewhere.
        history(object, object): the labels of what can be undone and redone now (str or None).
        saved(): a write is on disk.
        busy(bool): something has been running for 400 ms; False when all is done.
        failed(object): a `Failure` that no callback took.
    """

    role = property(attrgetter("_office.role"))
    staff_id = property(attrgetter("_office.actor.staff_id"))
    changed = Signal(object)
    history = Signal(object, object)
    saved = Signal()
    busy = Signal(bool)
    failed = Signal(object)
    _finished = Signal(object)
    _noticed = Signal(object)

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self.machine: QSettings | None = None
        self._database = ThreadPoolExecutor(1, thread_name_prefix="database")
        self._pool = ThreadPoolExecutor(_COMPUTE_THREADS, thread_name_prefix="compute")
        self._pending: dict[Task, Job] = {}
        self._newest = _Newest()
        self._closed = False
        self._shown_busy = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(BUSY_AFTER_MS)
        self._timer.timeout.connect(self._on_slow)
        self._finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)
        self._noticed.connect(self.changed, Qt.ConnectionType.QueuedConnection)
        office.subscribe(self._notice)

    def now(self) -> datetime:
        """Local wall time of the centre, whatever the zone of the computer."""
        return self._office.now()

    def run(
        self,
        usecase: Callable[..., T],
        /,
        *args: Any,
        then: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        owner: QObject | None = None,
        quiet: bool = False,
        **kw: Any,
    ) -> None:
        """Do a use-case, then call `then` with its result; `quiet` for what nobody is told of, such as a draft."""
        job = self._start(lambda: self._office.run(usecase, *args, **kw), then, failed, owner, writes=not quiet)
        if job is not None:
            job.call = usecase, args, kw

    def fetch(
        self,
        query: Callable[..., T],
        /,
        *args: Any,
        then: Callable[[T], object],
        failed: Callable[[Exception], object] | None = None,
        owner: QObject | None = None,
        latest: str = "",
        **kw: Any,
    ) -> None:
        """Ask a query; with `latest` an older question of the same owner with that name is forgotten."""
        self._start(lambda: self._office.fetch(query, *args, **kw), then, failed, owner, latest=latest, asks=True)

    def compute(
        self,
        function: Callable[..., T],
        /,
        *args: Any,
        then: Callable[[T], object],
        failed: Callable[[Exception], object] | None = None,
        owner: QObject | None = None,
        latest: str = "",
        **kw: Any,
    ) -> None:
        """Calculate something that needs no database, such as rendering a sheet, beside the database worker."""
        self._start(lambda: function(*args, **kw), then, failed, owner, latest=latest, pool=True)

    def undo(self, then: Callable[[str], object] | None = None) -> None:
        """Take the last change of this person back; `then` gets its name."""
        self._start(self._office.undo, then, None, None, writes=True)

    def redo(self, then: Callable[[str], object] | None = None) -> None:
        """Do again what was taken back last; `then` gets its name."""
        self._start(self._office.redo, then, None, None, writes=True)

    def in_turn(
        self,
        work: Callable[[], T],
        then: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        owner: QObject | None = None,
        quiet: bool = False,
    ) -> None:
        """Do something with the office itself, such as giving an account, after everything that was asked before."""
        self._start(work, then, failed, owner, writes=not quiet)

    @Slot()
    def poll(self) -> None:
        """Look for changes of other desks, unless there is other work; for a timer."""
        if not self._pending:
            self._start(self._office.poll, None, None, None, asks=True)

    def idle(self) -> bool:
        """Whether every call has been answered and every callback has returned."""
        return not self._pending

    def close(self) -> None:
        """Finish what is running and what was to be saved, forget the questions that wait, and end the threads. Nothing
        is delivered afterwards."""
        self._closed = True
        self._timer.stop()
        for task, job in self._pending.items():
            task.dropped = task.dropped or job.asks
        self._database.shutdown(wait=True)
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._pending.clear()
        self._newest.jobs.clear()

    def _start(
        self,
        work: Callable[[], object],
        then: Callable[[Any], object] | None,
        failed: Callable[[Exception], object] | None,
        owner: QObject | None,
        *,
        writes: bool = False,
        pool: bool = False,
        latest: str = "",
        asks: bool = False,
    ) -> Job | None:
        assert threading.current_thread() is threading.main_thread(), "the runner is used from the GUI thread"
        if self._closed:
            return None
        waits = owner or owner_of(then) or owner_of(failed)
        job = Job(Task(work, writes), then, failed, waits, pool, latest, asks)
        if latest:
            self._newest.replace(job)
        self._submit(job)
        return job

    def _submit(self, job: Job) -> None:
        self._pending[job.task] = job
        if not self._timer.isActive() and not self._shown_busy:
            self._timer.start()
        executor = self._pool if job.pool else self._database
        executor.submit(self._work, job.task)

    def _work(self, task: Task) -> None:
        """Off the GUI thread: do the task, keep result or error in it, and send it over."""
        try:
            task.result = None if task.dropped else task.work()
        except Exception as error:
            task.error = error
        try:
            task.labels = (self._office.undo_label(), self._office.redo_label()) if task.writes else None
        except Exception as error:
            task.error = task.error or error
        if not self._closed and Shiboken.isValid(self):
            self._finished.emit(task)

    def _notice(self, changes: Changes) -> None:
        """On any thread: the office tells what changed."""
        if not self._closed and Shiboken.isValid(self):
            self._noticed.emit(changes)

    @Slot(object)
    def _on_finished(self, task: Task) -> None:
        if self._closed:
            return
        job = self._pending[task]
        self._newest.answered(job)
        try:
            self._deliver(job, task)
        finally:
            del self._pending[task]
            if not self._pending:
                self._rest()

    def _deliver(self, job: Job, task: Task) -> None:
        if task.labels is not None:
            self.history.emit(*task.labels)
        if task.writes and task.error is None:
            self.saved.emit()
        if task.dropped or (job.owner is not None and not Shiboken.isValid(job.owner)):
            return
        if task.error is None:
            if job.then is not None:
                job.then(task.result)
        elif job.failed is not None:
            if isinstance(task.error, Stale) and job.call is not None:
                task.error.over = _over(self, job, task.error, job.call)
            job.failed(task.error)
        else:
            self.failed.emit(Failure(task.error, lambda: self._again(job)))

    def _again(self, job: Job) -> None:
        """Do a failed job once more."""
        if not self._closed:
            job.task.error = job.task.labels = None
            self._submit(job)

    @Slot()
    def _on_slow(self) -> None:
        if self._pending and not self._shown_busy:
            self._shown_busy = True
            self.busy.emit(True)

    def _rest(self) -> None:
        self._timer.stop()
        if self._shown_busy:
            self._shown_busy = False
            self.busy.emit(False)


def _over(runner: Runner, job: Job, error: Stale, call: Call) -> Callable[[], object] | None:
    """Does a use-case on what another desk saved meanwhile."""
    given = on_what_is_there(error, call)
    if given is None:
        return None
    return partial(runner.run, call[0], then=job.then, failed=job.failed, owner=job.owner, quiet=not job.task.writes,
                   **given)  # fmt: skip


def owner_of(callback: Callable[..., object] | None) -> QObject | None:
    """The QObject whose bound method a callback is, also inside a partial."""
    callback = getattr(callback, "func", callback)
    owner = getattr(callback, "__self__", None)
    return owner if isinstance(owner, QObject) else None
