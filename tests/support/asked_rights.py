"""How the queries about roles and numbers are asked in the test of all queries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from famdesk.usecases import auditing, roles
from tests.support.scenarios import Call, call

ASKED: dict[str, Callable[[Any], Call]] = {
    roles.roles.name: lambda _known: call(roles.roles),
    auditing.numbers.name: lambda _known: call(auditing.numbers, 2025),
}
