"""A transaction as use-cases see it: who acts, when, the way to records, and what is noted of it."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from sqlalchemy.orm import Session

from famdesk.data.access import Access
from famdesk.data.actor import Actor, Clock, system_clock
from famdesk.data.base import Record
from famdesk.data.journal import WRITES, Recorder, Step
from famdesk.domain.progress import Progress

__all__ = ["Actor", "Clock", "Tx", "system_clock"]


class Tx(Access):
    """One transaction of one person.

    Attributes:
        progress: of a long one; may be stopped until the commit.
    """

    def __init__(self, session: Session, actor: Actor, clock: Clock, *, writes: bool) -> None:
        super().__init__(session, actor, clock())
        self.writes = writes
        self.recorder = Recorder(session)
        self.steps: list[Step] = []
        self.progress = Progress()

    def today(self) -> date:
        return self.now().date()

    def opened(self, record: Record) -> None:
        """Notes that the record's content is shown to this person: written down before it is shown."""
        how = "emergency" if {record.id, getattr(record, "person_id", None)} & self.sights else "read"
        self.log("read", subjects=[(record.__tablename__, record.id, how, [])])

    def log(
        self, kind: str, *, subjects: list[tuple[str, str, str, list[str]]], reason: str | None = None,
        details: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        """Adds an entry that is no change of data: a read, a print, an export. `details`: codes and numbers only."""
        self.steps.append(Step(self.outermost or kind, kind, details or {}, reason, subjects=subjects))

    def describe(self, **details: Any) -> None:
        """Values for the label of this step, such as `when`: dates, times and codes, never names or texts."""
        self.step.details.update(
            {name: value.isoformat() if isinstance(value, (date, time)) else value for name, value in details.items()}
        )

    def because(self, reason: str | None) -> None:
        """The reason that the person gave, kept with the step."""
        self.step.reason = reason

    @property
    def step(self) -> Step:
        """The write step of this transaction."""
        for step in self.steps:
            if step.kind in WRITES:
                return step
        step = Step(self.outermost)
        self.steps.insert(0, step)
        return step
