"""How the queries about roles, colleagues and numbers are asked in the test of all queries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from famdesk.usecases.calendar import appointment_why
from famdesk.usecases.centre import auditing, small_numbers
from famdesk.usecases.staff import leaving, roles
from tests.support.scenarios import Call, call

ASKED: dict[str, Callable[[Any], Call]] = {
    roles.roles.name: lambda _known: call(roles.roles),
    appointment_why.why.name: lambda known: call(appointment_why.why, known.appointment),
    leaving.open_work.name: lambda known: call(leaving.open_work, known.colleague),
    auditing.numbers.name: lambda _known: call(auditing.numbers, 2025),
    small_numbers.least_told.name: lambda _known: call(small_numbers.least_told),
}
BY_ID = {appointment_why.why.name}
"""Those that answer `NotFound` if there is no such record."""
