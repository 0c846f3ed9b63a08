"""Places in initiatives: who holds one, who waits and in which order, what was asked before, how long an offer stands.

Source: feature list of comparable systems (places, waiting lists, approval); the offer clock is the centre's own rule.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from famdesk.domain.codes import Code, Table
from famdesk.i18n import N_, _

PARTICIPANT, CHILD_CARE = "participant", "child_care"

PARTS: Table = (
    # Translators: somebody takes part in an initiative
    Code(PARTICIPANT, N_("Takes part")),
    # Translators: a child is looked after while the parents take part
    Code(CHILD_CARE, N_("Looked after meanwhile")),
)

HOLDING = frozenset({"enrolled", "offered"})
"""States that take a place. An offer does: it would be none if somebody else could take it."""
IN_LINE = frozenset({"requested", "waiting"})
OPEN = HOLDING | IN_LINE
"""Whoever is in one of these is not enrolled a second time."""
LISTED = ("requested", "enrolled", "offered", "waiting", "expired", "declined", "refused", "withdrawn")
"""The order of a list of people."""


def came_first(asked_at: str | None, enrolled_on: date, enrolment_id: str) -> tuple[str, date, str]:
    """The order of a waiting list: when they asked; of those before it was kept the day, then the order of entering."""
    return asked_at or "", enrolled_on, enrolment_id


def stands_until(now: datetime, hours: int) -> datetime:
    """Until when an offer that is made now stands; local wall times."""
    return now + timedelta(hours=max(hours, 1))


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a question asked before enrolment; `yes` means: not without talking it over first."""

    question: str
    yes: bool
    note: str = ""


def questions(text: str | None) -> tuple[str, ...]:
    """The questions of an initiative, one a line."""
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())


def kept(answers: Iterable[Answer]) -> str | None:
    """Answers as they are stored; None for none."""
    rows = [[one.question, one.yes, one.note.strip()] for one in answers]
    return json.dumps(rows, ensure_ascii=False) if rows else None


def answers(text: str | None) -> tuple[Answer, ...]:
    """What `kept` stored; none where it is a text that was written otherwise."""
    try:
        return tuple(Answer(str(question), bool(yes), str(note)) for question, yes, note in json.loads(text or "[]"))
    except (ValueError, TypeError):  # words, or a bare number
        return ()


def answers_text(text: str | None) -> str:
    """Answers in words, one after the other: "Is there violence at home? no"."""
    words = [f"{one.question} {_('yes') if one.yes else _('no')}{f' ({one.note})' if one.note else ''}"
             for one in answers(text)]  # fmt: skip
    return "; ".join(words) or text or ""


def unanswered(asked: Sequence[str], given: Iterable[Answer]) -> tuple[str, ...]:
    """The questions that have no answer yet."""
    told = {one.question for one in given}
    return tuple(question for question in asked if question not in told)
