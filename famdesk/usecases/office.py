"""The office: one signed-in person at one database. Everything that window and command line do goes through it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, TypeVar, cast
from zoneinfo import ZoneInfo

from famdesk.data.home import Home
from famdesk.data.keys.crypto import KeyPairs
from famdesk.data.keys.keys import Unlocked
from famdesk.data.keys.keystore import KeyStore
from famdesk.data.store import Changes, Store
from famdesk.data.tables.envelope import Envelope
from famdesk.data.tx import Actor, Tx
from famdesk.domain.errors import NotFound, NothingToUndo, Unavailable, UndoConflict
from famdesk.domain.staff.rights import Role
from famdesk.i18n import N_
from famdesk.usecases import journal
from famdesk.usecases.registry import Action

P = ParamSpec("P")
T = TypeVar("T")

UNDO_STEPS = 100


class Locked(Unavailable):
    message = N_("FamDesk is locked. Sign in again; what you typed is still here.")


class _Nothing:
    """Stands where store and keys were: whoever reaches for them is told that the office is locked."""

    def __getattr__(self, name: str) -> Any:
        raise Locked


LOCKED_STORE = cast(Store, _Nothing())
LOCKED_KEYS = cast(Unlocked, _Nothing())
LOCKED_PAIRS = cast(KeyPairs, _Nothing())
LOCKED_KEYSTORE = cast(KeyStore, _Nothing())


@dataclass(frozen=True, slots=True)
class Done:
    """A step that can be turned back: its entry, and what it is called (action and details)."""

    seq: int
    action: str
    details: dict[str, Any]


class Office:
    """Runs use-cases and queries for the person who is signed in. Not for several threads at once."""

    def __init__(self, home: Home, store: Store, actor: Actor, keystore: KeyStore, unlocked: Unlocked) -> None:
        self.home, self.store, self.actor, self.keystore, self.unlocked = home, store, actor, keystore, unlocked
        self._clock = store.clock
        self._done: list[Done] = []
        self._undone: list[Done] = []
        self._listeners: list[Callable[[Changes], None]] = []
        self._seen = 0

    @property
    def role(self) -> str:
        """The role of who is signed in, without the powers that the centre took away from it by now."""
        without = None if self.is_locked else self.store.without()
        return self.actor.role if without is None else Role(self.actor.role, without)

    @property
    def is_locked(self) -> bool:
        """Whether connections and keys are forgotten."""
        return self.store is LOCKED_STORE

    def now(self) -> datetime:
        """Local wall time of the centre, whatever the zone of the computer; also while the office is locked."""
        return self._clock().astimezone(ZoneInfo(self.actor.timezone)).replace(tzinfo=None)

    def run(self, action: Action[P, T] | Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Runs a use-case in a transaction of its own and commits it.

        Raises:
            RuleError, Forbidden, Stale, Unavailable: nothing was changed.
        """
        with self.store.writing(self.actor) as (tx, outcome):
            result = action(tx, *args, **kwargs)
            step = next((step for step in tx.steps if step.kind == "write"), None)
        if outcome.steps and not getattr(action, "final", False):
            step = step or tx.step
            self._done = [*self._done[-UNDO_STEPS + 1 :], Done(outcome.steps[0], step.action, step.details)]
            self._undone.clear()
        self._tell(outcome.changes)
        return result

    def tend(self, action: Action[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Runs a use-case that nobody asked for, such as sending what is due: it is journalled but no step to undo.

        Raises:
            RuleError, Forbidden, Stale, Unavailable: nothing was changed.
        """
        with self.store.writing(self.actor) as (tx, outcome):
            result = action(tx, *args, **kwargs)
        self._tell(outcome.changes)
        return result

    def fetch(self, query: Action[P, T] | Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Runs a query. Whatever it opens is written into the journal before the rows are returned.

        Raises:
            NotFound, Forbidden, Unavailable.
        """
        with self.store.reading(self.actor) as tx:
            return query(tx, *args, **kwargs)

    def undo(self) -> str:
        """Turns the last step back; gives its name.

        Raises:
            NothingToUndo.
            UndoConflict: the step leaves the list, so that those before it can be reached.
            NotFound: it speaks of what this person may no longer know; the step leaves the list.
        """
        return self._turn(self._done, self._undone, "undo")

    def redo(self) -> str:
        """Does again what was undone last; gives its name."""
        return self._turn(self._undone, self._done, "redo")

    def settle(self) -> None:
        """Takes the last step off the list: more belongs to it than rows, and undo would turn it back by half."""
        self._done.pop()

    def undo_label(self) -> str | None:
        """The name of what Ctrl+Z would turn back, in the current language."""
        return _label(self._done)

    def redo_label(self) -> str | None:
        return _label(self._undone)

    def subscribe(self, listener: Callable[[Changes], None]) -> None:
        """Calls `listener` with the changed rows after each change, one's own or seen by `poll`."""
        self._listeners.append(listener)

    def poll(self) -> None:
        """Looks for what other desks changed since the last look, and tells the listeners; first only where it is."""
        if not self._seen:
            self._seen = self.store.newest_entry(self.actor)
            return
        self._seen, subjects = self.store.entries_after(self.actor, self._seen)
        self._tell(frozenset((subject[0], subject[1]) for subject in subjects if subject[2] != "read"))

    def close(self) -> None:
        """Signs out: notes how far the journal is in the key file, forgets connections and keys. Twice is once.

        Raises:
            Unavailable: the note could not be left; connections and keys are forgotten all the same.
        """
        from famdesk.usecases.session import leave_anchor

        if self.store is LOCKED_STORE:
            return
        try:
            leave_anchor(self)
        finally:
            self.lock()

    def lock(self) -> None:
        """Forgets connections and keys until `come_back`; what can be undone stays known by its numbers."""
        if self.store is not LOCKED_STORE:
            self.store.close()
        self.store, self.unlocked, self.keystore = LOCKED_STORE, LOCKED_KEYS, LOCKED_KEYSTORE
        self.actor = replace(self.actor, pairs=LOCKED_PAIRS)

    def see_envelope(self, envelope: Envelope | None, agreed: bytes | None) -> None:
        """From now on this is the centre's envelope, and one's own notes are sealed to the key that was agreed to."""
        self.actor = replace(self.actor, envelope=envelope, escrow=agreed)

    def come_back(self, fresh: Office) -> None:
        """Goes on with what the same person's new sign-in opened; another role does not undo what the old one might."""
        if fresh.actor.role != self.actor.role:
            self._done, self._undone = [], []
        self.store, self.unlocked, self.actor, self.keystore = (
            fresh.store,
            fresh.unlocked,
            fresh.actor,
            fresh.keystore,
        )

    def _turn(self, source: list[Done], target: list[Done], kind: str) -> str:
        if not source:
            raise NothingToUndo
        done = source[-1]
        try:
            with self.store.writing(self.actor) as (tx, outcome):
                journal.revert(tx, done.seq, kind)
        except (NotFound, UndoConflict):
            source.pop()  # it will not get better; the steps before it stay within reach
            raise
        source.pop()
        if outcome.steps:
            target.append(Done(outcome.steps[0], done.action, done.details))
        self._tell(outcome.changes)
        return journal.step_label("write", done.action, done.details)

    def _tell(self, changes: Changes) -> None:
        if changes:
            for listener in self._listeners:
                listener(changes)


def _label(steps: list[Done]) -> str | None:
    return journal.step_label("write", steps[-1].action, steps[-1].details) if steps else None
