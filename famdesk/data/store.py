"""An open database: transactions that end in a commit with their journal entry, or in nothing at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from famdesk.data import claims, records
from famdesk.data.engine import READ_ONLY
from famdesk.data.failures import in_words
from famdesk.data.journal import ERASE, WRITES, AuditEntry, AuditHead, RecordedSession, Step, write_down
from famdesk.data.prepared import PreparedOnes
from famdesk.data.search import concerned, reindex
from famdesk.data.tx import Actor, Clock, Tx
from famdesk.data.unsaid import announced
from famdesk.data.words import WordBook
from famdesk.domain.errors import FamDeskError, Stale

READ_AGAIN_AFTER = timedelta(minutes=5)
"""Opening the same record again within this time is one read in the journal, not several."""

TURNING = frozenset({"undo", "redo"})

Changes = frozenset[tuple[str, str]]


@dataclass(slots=True)
class Outcome:
    """What a transaction left: the numbers of its entries and which rows changed."""

    steps: list[int]
    changes: Changes


class Store:
    """A database and how to work with it. The engine is thread-safe; a transaction belongs to one thread."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self.engine = engine
        self.clock = clock
        self._memory: dict[str, Any] = {"words": WordBook(), "prepared": PreparedOnes(), "powers": {}}
        self._reads: dict[tuple[str, str], datetime] = {}

    @property
    def is_postgres(self) -> bool:
        return self.engine.dialect.name == "postgresql"

    def without(self) -> frozenset[str] | None:
        """The powers that the centre took away from who works here, as the last transaction found; None before one."""
        found: frozenset[str] | None = self._memory["powers"].get("without")
        return found

    @contextmanager
    def reading(self, actor: Actor) -> Iterator[Tx]:
        """A transaction that only reads. What was opened for reading is journalled by a short write at its end,
        before the caller gets the rows.

        Raises:
            Unavailable: see `failures`.
        """
        with self._session(READ_ONLY) as session:
            tx = Tx(session, actor, self.clock, writes=False)
            yield tx
            self._leave(tx)
        news = [step for step in tx.steps if self._is_news(actor, step)]
        if news:
            with self.writing(actor) as (log, _outcome):
                log.steps.extend(news)
            for step in news:
                self._reads[actor.staff_id, str(step.subjects)] = self.clock()

    def _leave(self, tx: Tx) -> None:
        """Ends a transaction that read. On a server there was none, unless something was tried out."""
        tx.session.expunge_all()  # what a query did to a record in memory is not for the database
        if tx.recorder.flushed or not self.is_postgres:
            tx.session.rollback()

    @contextmanager
    def writing(self, actor: Actor) -> Iterator[tuple[Tx, Outcome]]:
        """A transaction that commits at the end of the block, with its entries; rolled back by any exception.

        Raises:
            Stale: another desk saved the same row in the meantime.
            TakenMeanwhile: somebody or something would be taken twice; TakenSince where a step was turned back.
            Unavailable: see `failures`.
        """
        outcome = Outcome([], frozenset())
        with self._session() as session:
            tx = Tx(session, actor, self.clock, writes=True)
            try:
                yield tx, outcome
                self._finish(tx, outcome)
                tx.progress.step(1)  # from here on it cannot be stopped
                session.commit()
            except StaleDataError as error:
                raise self._stale(tx) from error
            except DBAPIError as error:
                clash = claims.told(error)
                if clash is None:
                    raise
                session.rollback()
                raise self._taken(tx, clash) from error

    def _stale(self, tx: Tx) -> Stale:
        """Who was faster: the last change of the first row whose version is not the one that was read."""
        tx.session.rollback()
        for table, row_id, read in tx.recorder.touched():
            kind = records.BY_TABLE[table]
            now = tx.session.execute(select(kind.version).where(kind.id == row_id)).scalar()
            if now != read:
                return Stale(**tx.last_change(table, row_id), read=read, now=now)
        return Stale(by="?", at=tx.now())

    def _taken(self, tx: Tx, clash: claims.Clash) -> FamDeskError:
        return claims.refusal(tx.session, clash, turned=any(step.kind in TURNING for step in tx.steps))

    def _is_news(self, actor: Actor, step: Step) -> bool:
        last = self._reads.get((actor.staff_id, str(step.subjects)))
        return step.kind != "read" or last is None or self.clock() - last > READ_AGAIN_AFTER

    def _finish(self, tx: Tx, outcome: Outcome) -> None:
        tx.session.flush()
        changes = tx.recorder.changes()
        clash = None if self.is_postgres else claims.clash(tx.session, changes)
        if clash is not None:
            raise self._taken(tx, clash)
        if changes:
            _ = tx.step
        for step in tx.steps:
            writes = step.kind in WRITES
            if writes and not changes:
                continue
            seq = write_down(
                tx.session, step, changes if writes else [], centre_id=tx.actor.centre_id, staff_id=tx.actor.staff_id,
                role=str(tx.actor.role), station=tx.actor.station, pairs=tx.actor.pairs, at=tx.utc,
                progress=tx.progress,
            )  # fmt: skip
            if writes and step.kind != ERASE:
                outcome.steps.append(seq)
        outcome.changes = frozenset((table, row_id) for table, row_id, _before, _after in changes)
        reindex(tx.session, concerned(changes))

    @contextmanager
    def _session(self, option: str | None = None) -> Iterator[Session]:
        options = {option: True} if option else {}
        with (
            in_words(),
            self.engine.connect().execution_options(**options) as connection,
            RecordedSession(connection, expire_on_commit=False, info=self._memory) as session,
        ):
            yield announced(session, at_once=bool(option)) if self.is_postgres else session

    def newest_entry(self, actor: Actor) -> int:
        """The newest entry number of the centre, 0 without any."""
        with self.reading(actor) as tx:
            found = tx.rows(select(AuditHead.seq).where(AuditHead.centre_id == actor.centre_id))
        return int(found[0].seq) if found else 0

    def entries_after(self, actor: Actor, seq: int) -> tuple[int, list[Any]]:
        """The newest entry number of the centre and the subjects of the entries after `seq`: what others did."""
        import json

        with self.reading(actor) as tx:
            rows = tx.rows(
                select(AuditEntry.seq, AuditEntry.subjects)
                .where(AuditEntry.centre_id == actor.centre_id, AuditEntry.seq > seq)
                .order_by(AuditEntry.seq)
            )
        subjects = [tuple(subject) for row in rows for subject in json.loads(row.subjects)]
        return (rows[-1].seq if rows else seq), subjects

    def close(self) -> None:
        """Forgets all connections, and with them the keys that they hold."""
        self.engine.dispose()
