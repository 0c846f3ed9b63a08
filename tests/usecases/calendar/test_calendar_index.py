"""Which way the database takes to the appointments of some days."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from famdesk.data.tables.calendar import Appointment
from famdesk.data.tx import Tx
from famdesk.usecases.calendar import calendar
from tests.support.offices import Desk

MONDAY, SUNDAY = date(2025, 2, 10), date(2025, 2, 16)


def test_both_halves_use_their_index(file_desk: Desk) -> None:
    office = file_desk.sign_in("coordinator")

    def plan(tx: Tx, which: Any) -> str:
        statement = select(Appointment.id).where(*which)
        text = str(statement.compile(tx.session.get_bind(), compile_kwargs={"literal_binds": True}))
        return " ".join(row[-1] for row in tx.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {text}"))

    def ask(tx: Tx) -> tuple[str, str]:
        return plan(tx, calendar.reaching(tx, MONDAY)), plan(tx, calendar.within(tx, MONDAY, SUNDAY))

    long, short = office.fetch(ask)
    assert "ix_appointment_long" in long
    assert "ix_appointment_starts" in short
