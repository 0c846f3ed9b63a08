"""With psql and a colleague's password: a notice is made in one's own name only, read by whom it is for, and stays."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from famdesk.data.tx import Tx
from famdesk.domain.ids import new_id
from famdesk.usecases import session
from famdesk.usecases.office import Office
from famdesk.usecases.staff import notices
from tests.security.town import Town, founded
from tests.support.offices import PASSWORD, FixedClock
from tests.support.postgres import Server

pytestmark = pytest.mark.postgres

INSERT = (
    "INSERT INTO notice (id, version, centre_id, staff_id, by_id, kind, made_at, read_at)"
    " VALUES (%s, 1, %s, %s, %s, 'note_shared', '2025-02-11T12:00:00.000+00:00', %s)"
)


@pytest.fixture(scope="module")
def town(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Town, dict[str, Office]]]:
    """A town where the administrator left the educator a notice; offices by role."""
    with founded(postgres, tmp_path_factory.mktemp("notices")) as town:
        offices = {
            role: session.sign_in(town.here.home, role, PASSWORD, clock=FixedClock())
            for role in ("educator", "psychologist", "coordinator")
        }

        def told(tx: Tx) -> bool:
            return notices.tell(tx, offices["educator"].actor.staff_id, "password_reset")

        assert town.here.run(told)
        yield town, offices
        for office in offices.values():
            office.close()


def _insert(connection: psycopg.Connection[tuple[str]], town: Town, to: str, by: str, read: str | None = None) -> int:
    centre = town.here.actor.centre_id
    return connection.execute(INSERT.encode(), (new_id(), centre, to, by, read)).rowcount


@pytest.mark.parametrize("login", ["reception", "psychologist", "coordinator", "administrator", "b-coordinator"])
def test_others_neither_see_nor_touch_it(town: tuple[Town, dict[str, Office]], login: str) -> None:
    place, offices = town
    to = offices["educator"].actor.staff_id
    with place.psql(login) as connection:
        assert connection.execute("SELECT id FROM notice WHERE staff_id = %s", (to,)).fetchall() == []
        for statement in ("UPDATE notice SET read_at = 'x' WHERE staff_id = %s",
                          "DELETE FROM notice WHERE staff_id = %s"):  # fmt: skip
            assert connection.execute(statement.encode(), (to,)).rowcount == 0, statement


def test_who_is_told_reads_it_and_nothing_else_can_be_done_with_it(town: tuple[Town, dict[str, Office]]) -> None:
    place, _offices = town
    with place.psql("educator") as connection:
        assert connection.execute("SELECT kind FROM notice").fetchall() == [("password_reset",)]
        assert connection.execute("DELETE FROM notice").rowcount == 0
        for statement in ("UPDATE notice SET kind = 'note_shared'", "UPDATE notice SET by_id = staff_id",
                          "UPDATE notice SET staff_id = by_id", "UPDATE notice SET read_at = NULL"):  # fmt: skip
            with pytest.raises(InsufficientPrivilege), connection.transaction():
                connection.execute(statement.encode())
        assert connection.execute("UPDATE notice SET read_at = '2025-02-12'").rowcount == 1
        assert connection.execute("DELETE FROM notice").rowcount == 1


def test_nobody_tells_in_the_name_of_another_nor_beyond_the_centre(town: tuple[Town, dict[str, Office]]) -> None:
    place, offices = town
    me, to = (offices[role].actor.staff_id for role in ("coordinator", "educator"))
    with place.psql("coordinator") as connection:
        assert _insert(connection, place, to, me) == 1
        for addressee, by, read in (
            (to, offices["psychologist"].actor.staff_id, None),
            (place.there.actor.staff_id, me, None),
            (to, me, "2025-02-11"),
        ):
            with pytest.raises(InsufficientPrivilege), connection.transaction():
                _insert(connection, place, addressee, by, read)


def test_a_moment_that_is_none_keeps_nobody_from_reading(town: tuple[Town, dict[str, Office]]) -> None:
    place, offices = town
    me, to = (offices[role].actor.staff_id for role in ("coordinator", "educator"))
    with place.psql("coordinator") as connection:
        for moment in ("", "ieri", "2025-02-11", "9999-99-99T12:00:00.000+00:00"):
            statement = INSERT.replace("2025-02-11T12:00:00.000+00:00", moment)
            with pytest.raises(InsufficientPrivilege), connection.transaction():
                connection.execute(statement.encode(), (new_id(), place.here.actor.centre_id, to, me, None))
