"""What an appointment is for: the program and a server keep the same from the same roles."""

from __future__ import annotations

from famdesk.data.migrations.fifth import unsaid as server
from famdesk.data.unsaid import COLUMNS
from famdesk.domain.staff import rights
from famdesk.usecases.calendar import unsaid


def test_columns_kinds_and_roles_are_those_of_the_released_schema() -> None:
    assert {kind.__tablename__: columns for kind, columns in COLUMNS.items()} == server.COLUMNS
    assert {role for role in rights.ROLES if rights.cell(unsaid.WHY, role)} == set(server.KNOW)
    assert (set(server.TELLING), server.NEUTRAL) == (unsaid.TELLING, unsaid.NEUTRAL)
