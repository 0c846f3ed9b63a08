"""What a booking asks of the database, counted: every statement is time at the counter."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import event

from famdesk.usecases.calendar import calendar
from tests.support.calendars import at, seed
from tests.support.offices import Desk

MOST = 24
"""Statements of a booking of a person with a colleague in a room, the beginning of the transaction included."""


def test_a_booking_reads_the_person_once_and_asks_little(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    seeded = seed(office)
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(" ".join(statement.split()))

    event.listen(office.store.engine, "before_cursor_execute", note)
    office.run(calendar.book, starts=at(17), ends=at(17) + timedelta(minutes=45), kind="interview",
               person_id=seeded.person, room_id=seeded.room)  # fmt: skip
    event.remove(office.store.engine, "before_cursor_execute", note)
    assert any(one.startswith("INSERT INTO appointment") for one in asked)
    assert sum(one.startswith("SELECT person.") for one in asked) == 1
    assert len(asked) <= MOST, "\n".join(asked)
