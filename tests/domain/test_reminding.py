"""Reminders: when one is due, when a mail is tried again, and who has heard of which time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pytest

from famdesk.domain.calendar.reminding import MOVED, OFF, REMINDER, TRIES, due, is_settled, retry_minutes

A, B = datetime(2025, 3, 10, 9, 30), datetime(2025, 3, 11, 15)


@dataclass(frozen=True)
class Told:
    id: str
    kind: str
    state: str
    starts: datetime
    done_at: str | None = None


def test_a_mail_is_tried_again_ever_later_and_then_no_more() -> None:
    waits = [retry_minutes(tries) for tries in range(1, TRIES)]
    assert waits == [5, 20, 60, 180]
    assert retry_minutes(0) is None
    assert retry_minutes(TRIES) is None


@pytest.mark.parametrize(("channel", "starts", "hours", "when"), [
    ("mail", A, 24, datetime(2025, 3, 9, 9, 30)),  # a Sunday
    ("call", A, 24, datetime(2025, 3, 8, 9, 30)),  # no calls on a Sunday
    ("call", B, 24, datetime(2025, 3, 10, 15)),
    ("mail", B, 2, datetime(2025, 3, 11, 13)),
    ("letter", A, 24, datetime(2025, 3, 5, 9, 30)),
    ("letter", B, 2, datetime(2025, 3, 6, 15)),
])  # fmt: skip
def test_when_a_reminder_is_due(channel: str, starts: datetime, hours: int, when: datetime) -> None:
    assert due(channel, starts, hours) == when


@pytest.mark.parametrize(("rows", "settled"), [
    ((), False),
    ((Told("1", REMINDER, "waiting", A),), False),
    ((Told("1", REMINDER, "failed", A),), False),
    ((Told("1", REMINDER, "sent", A, "1"),), True),
    ((Told("1", REMINDER, "dropped", A, "1"),), True),  # was not to be reminded
    ((Told("1", REMINDER, "sent", B, "1"),), False),  # of another time
    ((Told("1", MOVED, "sent", A, "1"),), False),  # news is no reminder
    ((Told("1", REMINDER, "sent", A, "1"), Told("2", MOVED, "sent", B, "2")), False),
    ((Told("2", REMINDER, "sent", A, "1"), Told("1", MOVED, "sent", B, "2")), False),  # what was told last counts
    ((Told("1", REMINDER, "sent", A, "2"), Told("2", MOVED, "sent", B, "1")), True),
    ((Told("1", REMINDER, "sent", A, "1"), Told("2", MOVED, "sent", B, "1")), False),  # at once: the later row
    ((Told("1", REMINDER, "sent", A, "1"), Told("2", MOVED, "dropped", B, "2")), True),  # never told of B
    ((Told("1", REMINDER, "sent", A, "1"), Told("2", MOVED, "waiting", B, "2")), True),
    ((Told("1", REMINDER, "sent", A, "1"), Told("2", MOVED, "unsure", B, "2")), False),  # may have been told of B
    ((Told("1", REMINDER, "sent", A, "1"), Told("2", OFF, "sent", A, "2")), False),  # told that it is off
    ((Told("1", REMINDER, "sent", A, "1"), Told("2", OFF, "sent", A, "2"), Told("3", MOVED, "sent", A, "3")), True),
])  # fmt: skip
def test_who_was_told_of_another_time_is_told_again(rows: tuple[Told, ...], settled: bool) -> None:
    assert is_settled(rows, A) is settled
    assert is_settled(reversed(rows), A) is settled
