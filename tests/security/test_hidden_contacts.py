"""With psql and a receptionist's password: no hidden number, no word of the waiting room about who was protected later.
What FamDesk itself has to know of a hidden number stays known: that it is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest

from famdesk.domain.errors import NotFound
from famdesk.usecases.calendar import calendar
from famdesk.usecases.intake import waiting
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, people
from famdesk.usecases.post import outgoing
from tests.security.town import PLANTED
from tests.support.offices import Desk

pytestmark = pytest.mark.postgres

SECRET = "via Segreta 9"
START = datetime(2025, 2, 20, 9)
HALF_AN_HOUR = timedelta(minutes=30)


@dataclass
class Files:
    """A person with a hidden address (`point`), whom the receptionist works with not; and who looks at the files."""

    desk: Desk
    head: Office
    reception: Office
    person: str
    point: str

    def psql(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with self.connection() as connection:
            return connection.execute(query.encode(), values).fetchall()

    def connection(self) -> psycopg.Connection[Any]:
        url = self.reception.store.engine.url
        return psycopg.connect(host=url.host, port=url.port, dbname=url.database, user=url.username,
                               password=url.password)  # fmt: skip


@pytest.fixture
def files(server_desk: Desk) -> Files:
    head, reception = server_desk.sign_in("coordinator"), server_desk.sign_in("reception")
    person = head.run(people.add_person, surname="Prova", given_name="Ines")
    point = head.run(contacts.add_contact_point, person, kind="address", value=SECRET, owner="zia", hidden=True,
                     neutral_name="Biblioteca")  # fmt: skip
    return Files(server_desk, head, reception, person, point)


def test_a_hidden_contact_point_is_no_row_at_all(files: Files) -> None:
    with files.connection() as connection:
        for statement in ("SELECT * FROM contact_point", "SELECT before, after FROM change",
                          "UPDATE contact_point SET hidden = false RETURNING *",
                          "DELETE FROM contact_point RETURNING *"):  # fmt: skip
            found = repr(connection.execute(statement.encode()).fetchall())
            assert SECRET not in found, statement
            connection.rollback()
        for statement in ("UPDATE contact_point SET hidden = false", "DELETE FROM contact_point"):
            assert connection.execute(statement.encode()).rowcount == 0, "also where the statement reads nothing"
            connection.rollback()
    assert SECRET in repr(Files(files.desk, files.head, files.head, "", "").psql("SELECT value FROM contact_point"))


def test_that_there_is_one_is_told_with_its_rule(files: Files) -> None:
    rows = files.psql("SELECT * FROM fd_hidden_points(ARRAY[%s]::uuid[])", files.person)
    assert len(rows) == 1
    assert SECRET not in repr(rows)
    assert "zia" not in repr(rows)
    permit = files.reception.fetch(outgoing.permit, files.person, "paper")
    assert (permit.neutral, permit.neutral_name, permit.value) == (True, "Biblioteca", None)
    told = files.reception.fetch(outgoing.masked, [files.person], "list")[files.person]
    assert (told.label, told.discreet, told.value) == ("IP", True, None)
    with pytest.raises(outgoing.NoContact):
        files.reception.fetch(outgoing.permit, files.person, "letter")
    files.head.run(people.set_protection, files.person, 1, protected=True, restricted=False, reason="ordine")
    assert files.psql("SELECT * FROM fd_hidden_points(ARRAY[%s]::uuid[])", files.person) == []


def test_who_works_on_the_file_sees_it(files: Files) -> None:
    files.head.run(people.assign, files.person, files.reception.actor.staff_id)
    assert files.psql("SELECT value FROM contact_point WHERE id = %s", files.point) == [(SECRET,)]


def test_hiding_is_open_to_all_and_not_turned_back_by_those_who_then_do_not_see_it(files: Files) -> None:
    point = files.reception.run(contacts.add_contact_point, files.person, kind="phone", value="0372 555 111")
    files.reception.run(contacts.change_contact_point, point, 1, kind="phone", value="0372 555 111", hidden=True)
    assert "555" not in repr(files.psql("SELECT value FROM contact_point"))
    assert "555" not in repr(files.psql("SELECT before, after FROM change"))
    with pytest.raises(NotFound):
        files.reception.undo()
    new = files.reception.run(contacts.add_contact_point, files.person, kind="phone", value="0372 555 222", hidden=True)
    assert files.psql("SELECT value FROM contact_point WHERE id = %s", new) == []
    files.head.run(contacts.change_contact_point, new, 1, kind="phone", value="0372 555 333", hidden=False)
    assert files.psql("SELECT value FROM contact_point WHERE id = %s", new) == [("0372 555 333",)]
    assert "555 222" not in repr(files.psql("SELECT before, after FROM change")), "its past tells what was hidden"


@pytest.mark.parametrize("guard", ["protected", "restricted"])
def test_no_word_of_the_waiting_room_stays(files: Files, guard: str) -> None:
    booked = files.reception.run(calendar.book, starts=START, ends=START + HALF_AN_HOUR, kind="interview",
                                 person_id=files.person)  # fmt: skip
    visit = files.reception.run(waiting.arrive, first_name=PLANTED, what="nessuno")
    with files.connection() as connection:  # a visit of that appointment, as arriving for it leaves it
        connection.execute("UPDATE visit SET appointment_id = %s, first_name = %s WHERE id = %s",
                           (booked, PLANTED, visit))  # fmt: skip
        connection.commit()
    assert PLANTED in repr(files.psql("SELECT * FROM visit"))
    flags = {"protected": False, "restricted": False, guard: True}
    files.head.run(people.set_protection, files.person, 1, reason="minacce", **flags)  # type: ignore[arg-type]
    with files.connection() as connection:
        assert PLANTED not in repr(connection.execute("SELECT * FROM visit").fetchall())
        connection.execute("UPDATE visit SET first_name = %s", (PLANTED,))
        assert PLANTED not in repr(connection.execute("SELECT * FROM visit").fetchall()), "nor does one come back"
        connection.rollback()
    assert files.psql("SELECT count(*) FROM visit WHERE appointment_id = %s", booked) == [(1,)], "the number stands"


def test_words_of_a_visit_in_the_journal_go_with_the_person(files: Files) -> None:
    now = files.reception.fetch(lambda tx: tx.now())
    booked = files.reception.run(calendar.book, starts=now, ends=now + HALF_AN_HOUR, kind="interview",
                                 person_id=files.person)  # fmt: skip
    files.reception.run(waiting.arrive, appointment_id=booked, first_name=PLANTED, what=PLANTED)
    query = "SELECT after FROM change WHERE table_name = 'visit'"
    assert PLANTED in repr(files.psql(query))
    files.head.run(people.set_protection, files.person, 1, protected=True, restricted=False, reason="ordine")
    assert PLANTED not in repr(files.psql(query))
