"""With psql and a receptionist's password no protected, restricted or blocked person is seen or touched."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.errors import CheckViolation, ForeignKeyViolation, InsufficientPrivilege
from sqlalchemy import insert

from famdesk.data.base import Base
from famdesk.domain.ids import new_id
from famdesk.usecases.people import people
from tests.security.town import PLANTED, Town, fill, founded
from tests.support.postgres import Server

pytestmark = pytest.mark.postgres

ABOUT = (
    "person", "membership", "contact_point", "person_staff", "access_card", "enrolment", "attendance", "household",
    "relation", "responsibility", "placement", "delegate", "school_year", "flag", "custom_value", "consent",
    "consent_signature", "referral", "visit", "follow_up", "rights_request", "card_person", "not_same",
    "appointment", "appointment_party", "reminder", "sheet_mail", "meeting_notice", "certificate",
)  # fmt: skip
NOT_FOR_RECEPTION = (
    "emergency",
    "path_person",
    "note_person",
    "note",
    "note_part",
    "note_key",
    "path",
    "note_release",
    "legal_hold",
)
DRAWER = "measure"
"""Neither for reception nor for educators."""
MERGES = "merge"
"""Not for reception: what moved tells what reception does not see."""


@pytest.fixture(scope="module")
def hidden(
    postgres: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Town, dict[str, dict[str, str]]]]:
    """A town with a protected, a restricted and a blocked person beside an ordinary one; ids by kind and table."""
    with founded(postgres, tmp_path_factory.mktemp("hidden")) as town:
        with town.superuser() as connection:
            row = connection.execute("SELECT id FROM staff WHERE login = 'reception'").fetchone()
        assert row is not None
        made = {
            "protected": fill(town.admin, town.here, protected=True),
            "restricted": fill(town.admin, town.here, restricted=True),
            "blocked": fill(town.admin, town.here),
            "ordinary": fill(town.admin, town.here),
        }
        tie = {"id": new_id(), "version": 1, "centre_id": town.here.actor.centre_id, "kind": "blocked",
               "person_id": made["blocked"]["person"], "staff_id": str(row[0])}  # fmt: skip
        with town.admin.begin() as connection_:
            connection_.execute(insert(Base.metadata.tables["person_staff"]), tie)
        yield town, made


def _ids(connection: psycopg.Connection[Any], table: str, column: str = "id") -> set[str]:
    query = sql.SQL("SELECT {} FROM {}").format(sql.Identifier(column), sql.Identifier(table))
    return {str(value) for (value,) in connection.execute(query).fetchall()}


@pytest.mark.parametrize("kind", ["protected", "restricted", "blocked"])
def test_no_row_of_the_file_is_seen(hidden: tuple[Town, dict[str, dict[str, str]]], kind: str) -> None:
    town, made = hidden
    with town.psql("reception") as connection:
        for table in ABOUT:
            seen = _ids(connection, table)
            assert made["ordinary"][table] in seen, f"{table}: nothing is seen at all"
            assert made[kind][table] not in seen, table
        for table, column in (("change", "row_id"), ("search_key", "record_id"), ("search_word", "record_id")):
            seen = _ids(connection, table, column)
            assert made["ordinary"]["person"] in seen, table
            assert made[kind]["person"] not in seen, table


@pytest.mark.parametrize("login", ["reception", "educator", "social_worker", "psychologist", "coordinator"])
def test_the_set_of_the_unseen_is_those_that_are_not_seen_one_by_one(
    hidden: tuple[Town, dict[str, dict[str, str]]], login: str
) -> None:
    """With files of one's own, ties, and parts of parts among them."""
    town, made = hidden
    with town.superuser() as owner:
        me = owner.execute("SELECT id FROM staff WHERE login = %s", (login,)).fetchone()
        assert me is not None
    with psycopg.connect(town.server.dsn(town.database)) as owner:
        mine, part, tied = (fill(town.admin, town.here, protected=True) for _number in range(3))
        owner.execute("UPDATE person SET owner_staff_id = %s WHERE id = ANY(%s)",
                      (me[0], [mine["person"], part["person"]]))  # fmt: skip
        owner.execute("UPDATE person SET merged_into_id = %s WHERE id = %s",
                      (made["protected"]["person"], part["person"]))  # fmt: skip
        owner.execute("INSERT INTO person_staff (id, version, centre_id, kind, person_id, staff_id) "
                      "VALUES (gen_random_uuid(), 1, %s, 'assigned', %s, %s)",
                      (town.here.actor.centre_id, tied["person"], me[0]))  # fmt: skip
    with town.superuser() as owner:
        everybody = owner.execute("SELECT id FROM person WHERE centre_id = %s", (town.here.actor.centre_id,)).fetchall()
    with town.psql(login) as connection:
        unseen = {one for (found,) in connection.execute("SELECT fd_unseen()").fetchall() for one in found}
        one_by_one = connection.execute("SELECT id FROM unnest(%s::uuid[]) AS id WHERE NOT fd_sees(id)",
                                        ([one for (one,) in everybody],)).fetchall()  # fmt: skip
    assert unseen == {one for (one,) in one_by_one}
    assert login == "coordinator" or unseen


def test_every_table_that_points_at_a_person_is_among_them(hidden: tuple[Town, dict[str, dict[str, str]]]) -> None:
    town, _made = hidden
    pointing = {table for table in town.tables() if "person_id" in town.columns(table)}
    assert pointing - {"change", DRAWER, MERGES, *NOT_FOR_RECEPTION} <= set(ABOUT)
    with town.psql("reception") as connection:
        assert not any(_ids(connection, table) for table in NOT_FOR_RECEPTION)


def test_measures_of_courts_are_not_for_reception(hidden: tuple[Town, dict[str, dict[str, str]]]) -> None:
    town, made = hidden
    for login, seen in (("reception", set()), ("educator", set()), ("coordinator", {made["ordinary"][DRAWER]})):
        with town.psql(login) as connection:
            found = _ids(connection, DRAWER)
        assert found & {made["ordinary"][DRAWER]} == seen, login


def test_merges_are_neither_read_nor_deleted_by_reception(hidden: tuple[Town, dict[str, dict[str, str]]]) -> None:
    town, made = hidden
    ids = {made[kind][MERGES] for kind in made}
    with town.psql("educator") as connection:
        assert _ids(connection, MERGES) & ids == {made["blocked"][MERGES], made["ordinary"][MERGES]}
    with town.psql("reception") as connection:
        assert _ids(connection, MERGES) == set()
        for statement in ("UPDATE merge SET moves = '[]'", "DELETE FROM merge"):
            assert connection.execute(statement).rowcount == 0
        found = connection.execute("SELECT count(*) FROM change WHERE table_name = 'merge'").fetchone()
        assert found == (0,)
        with pytest.raises(InsufficientPrivilege):
            connection.execute("INSERT INTO merge SELECT gen_random_uuid(), 1, NULL, fd_centre(), %s, %s, fd_staff(),"
                               " CURRENT_DATE, '[]'", (made["ordinary"]["person"],) * 2)  # fmt: skip


@pytest.mark.parametrize("login", ["educator", "social_worker", "psychologist"])
def test_a_part_of_a_protected_file_that_nobody_is_in_charge_of_is_hidden_with_it(
    hidden: tuple[Town, dict[str, dict[str, str]]], login: str
) -> None:
    town, made = hidden
    part = fill(town.admin, town.here)
    with psycopg.connect(town.server.dsn(town.database), autocommit=True) as connection:
        connection.execute("UPDATE person SET owner_staff_id = NULL WHERE id = %s", (made["protected"]["person"],))
        with town.psql(login) as colleague:
            assert part["person"] in _ids(colleague, "person")
        connection.execute("UPDATE person SET merged_into_id = %s WHERE id = %s",
                           (made["protected"]["person"], part["person"]))  # fmt: skip
    with town.psql(login) as colleague:
        assert part["person"] not in _ids(colleague, "person")
        assert part["person"] not in _ids(colleague, "contact_point", "person_id")


@pytest.mark.parametrize("guard", ["protected", "restricted", "blocked", "ordinary"])
def test_a_file_is_hidden_with_the_one_that_it_is_part_of(
    hidden: tuple[Town, dict[str, dict[str, str]]], guard: str
) -> None:
    """Also through a file between them; what speaks of the part is hidden with it."""
    town, made = hidden
    part, between = (fill(town.admin, town.here) for _number in range(2))
    with psycopg.connect(town.server.dsn(town.database), autocommit=True) as connection:
        for one, whole in ((part, between), (between, made[guard])):
            connection.execute("UPDATE person SET merged_into_id = %s WHERE id = %s", (whole["person"], one["person"]))
    with town.psql("reception") as connection:
        for table, column in ((name, "id") for name in ABOUT):
            assert (part[table] in _ids(connection, table, column)) == (guard == "ordinary"), table
        assert (part["person"] in _ids(connection, "change", "row_id")) == (guard == "ordinary")
        changed = connection.execute("UPDATE person SET merged_into_id = NULL WHERE id = %s", (part["person"],))
        assert changed.rowcount == int(guard == "ordinary")


def test_the_coordinator_sees_protected_and_restricted_files(hidden: tuple[Town, dict[str, dict[str, str]]]) -> None:
    town, made = hidden
    with town.psql("coordinator") as connection:
        seen = _ids(connection, "person")
    assert {made["protected"]["person"], made["restricted"]["person"]} <= seen


@pytest.mark.parametrize("table", [*ABOUT, "search_key", "search_word", "change"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET centre_id = centre_id", "DELETE FROM {}"])
def test_a_statement_without_a_condition_does_not_reach_hidden_rows(
    hidden: tuple[Town, dict[str, dict[str, str]]], table: str, statement: str
) -> None:
    town, _made = hidden
    with town.psql("reception") as connection:
        row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
        assert row is not None
        seen = int(row[0])
        assert seen < town.count(table, town.here.actor.centre_id)
        may = 0 if table == "person_staff" else seen  # reception ties nobody to a person
        try:
            assert connection.execute(sql.SQL(statement).format(sql.Identifier(table))).rowcount == may
        except InsufficientPrivilege:
            assert table == "change"


def test_no_disguise_uncovers_a_search_key(hidden: tuple[Town, dict[str, dict[str, str]]]) -> None:
    """A key of another kind is shown to all: a hidden person's key must not become one."""
    town, made = hidden
    with town.psql("reception") as connection:
        connection.execute("UPDATE search_key SET kind = 'body'")
        assert made["protected"]["person"] not in _ids(connection, "search_key", "record_id")


def test_the_server_says_itself_who_is_guarded(hidden: tuple[Town, dict[str, dict[str, str]]]) -> None:
    """Whoever may see a protected file cannot mark its keys as free for all."""
    town, made = hidden
    with town.psql("coordinator") as connection:
        connection.execute("UPDATE search_key SET guarded = false")
        connection.execute("UPDATE person SET restricted = true WHERE id = %s", (made["ordinary"]["person"],))
        rows = connection.execute("SELECT record_id, guarded FROM search_key WHERE record_id = ANY(%s)",
                                  ([made[kind]["person"] for kind in made],)).fetchall()  # fmt: skip
        connection.rollback()
    assert len(rows) >= 1  # another test may have deleted those that everybody sees
    assert all(guarded for _record_id, guarded in rows)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE person SET protected = false, restricted = false WHERE id = %(hidden)s",
        "UPDATE person SET owner_staff_id = fd_staff() WHERE id = %(hidden)s",
        (
            "INSERT INTO person_staff (id, version, centre_id, person_id, staff_id, kind)"
            " VALUES (gen_random_uuid(), 1, fd_centre(), %(hidden)s, fd_staff(), 'assigned')"
        ),
        "UPDATE person_staff SET person_id = %(hidden)s WHERE person_id = %(ordinary)s",
        "UPDATE contact_point SET person_id = %(ordinary)s WHERE person_id = %(hidden)s",
        "DELETE FROM person_staff WHERE kind = 'blocked'",
        (
            "INSERT INTO membership (id, version, centre_id, household_id, person_id, role)"
            " VALUES (gen_random_uuid(), 1, fd_centre(), %(household)s, %(hidden)s, 'member')"
        ),
    ],
)
@pytest.mark.parametrize("kind", ["protected", "restricted", "blocked"])
def test_no_detour_leads_to_the_file(hidden: tuple[Town, dict[str, dict[str, str]]], statement: str, kind: str) -> None:
    town, made = hidden
    values = {"hidden": made[kind]["person"], "ordinary": made["ordinary"]["person"],
              "household": made["ordinary"]["household"]}  # fmt: skip
    with town.psql("reception") as connection:
        try:
            with connection.transaction():
                connection.execute(statement, values)
        except (InsufficientPrivilege, ForeignKeyViolation, CheckViolation):
            pass
        assert values["hidden"] not in _ids(connection, "person")
        found = connection.execute("SELECT count(*) FROM contact_point WHERE person_id = %(hidden)s", values).fetchone()
        assert found == (0,)


def test_what_one_wrote_oneself_is_hidden_with_the_file(hidden: tuple[Town, dict[str, dict[str, str]]]) -> None:
    """A receptionist who added a person does not keep its name in her changes when it becomes protected."""
    town, _made = hidden
    from famdesk.usecases import session
    from tests.support.offices import PASSWORD, FixedClock

    reception = session.sign_in(town.here.home, "reception", PASSWORD, clock=FixedClock())
    coordinator = session.sign_in(town.here.home, "coordinator", PASSWORD, clock=FixedClock())
    added = reception.run(people.add_person, surname=PLANTED, given_name="Lia")
    with town.psql("reception") as connection:
        assert added in _ids(connection, "change", "row_id")
    coordinator.run(people.set_protection, added, 1, protected=True, restricted=False, reason="ordine")
    with town.psql("reception") as connection:
        assert added not in _ids(connection, "change", "row_id")
    reception.lock()
    coordinator.lock()


def test_planner_statistics_say_nothing(hidden: tuple[Town, dict[str, dict[str, str]]]) -> None:
    town, _made = hidden
    with psycopg.connect(town.server.dsn(town.database), autocommit=True) as connection:
        connection.execute("ANALYZE")
    with town.psql("reception") as connection:
        found = connection.execute("SELECT count(*) FROM pg_stats WHERE schemaname = 'public' AND tablename = 'person'")
        assert found.fetchone() == (0,)


def test_a_hidden_appointment_is_only_busy(hidden: tuple[Town, dict[str, dict[str, str]]]) -> None:
    """Its time and whom it takes are told, so that nobody books over it; no word of it."""
    town, made = hidden
    with town.superuser() as connection:
        row = connection.execute("SELECT starts FROM appointment WHERE id = %s", (made["protected"]["appointment"],))
        [starts] = row.fetchone() or [0]
    with town.psql("reception") as connection:
        cursor = connection.execute("SELECT * FROM fd_busy(%s, %s)", (starts, starts + 1440))
        rows = {str(row[0]): row for row in cursor.fetchall()}
        assert {made[kind]["appointment"] for kind in ("protected", "restricted", "blocked")} <= set(rows)
        assert made["ordinary"]["appointment"] not in rows
        assert [column.name for column in cursor.description or ()] == [
            "id", "version", "starts", "ends", "staff_id", "room_id", "access_point_id",
        ]  # fmt: skip
        assert PLANTED not in str(rows)
    with town.psql("coordinator") as connection:
        assert connection.execute("SELECT count(*) FROM fd_busy(0, 9999999999)").fetchone() == (0,)
    with town.psql("administrator") as connection:
        assert connection.execute("SELECT count(*) FROM fd_busy(0, 9999999999)").fetchone() == (0,)


@pytest.mark.parametrize("kind", ["protected", "restricted", "blocked"])
def test_whoever_is_present_hides_the_appointment(hidden: tuple[Town, dict[str, dict[str, str]]], kind: str) -> None:
    """An appointment of an ordinary person beside whom a hidden one is awaited; also what the journal keeps of it."""
    town, made = hidden
    with_them = fill(town.admin, town.here)
    centre = town.here.actor.centre_id
    with psycopg.connect(town.server.dsn(town.database), autocommit=True) as connection:
        connection.execute(
            "INSERT INTO appointment_party (id, version, centre_id, appointment_id, kind, person_id)"
            " VALUES (gen_random_uuid(), 1, %s, %s, 'person', %s)",
            (centre, with_them["appointment"], made[kind]["person"]),
        )
        connection.execute(
            "INSERT INTO change (id, centre_id, seq, position, table_name, row_id, staff_id, after)"
            " VALUES (gen_random_uuid(), %s, 1, 0, 'appointment', %s, %s, %s)",
            (centre, with_them["appointment"], town.here.actor.staff_id, PLANTED),
        )
    with town.psql("reception") as connection:
        for table in ("appointment", "appointment_party", "reminder"):
            assert with_them[table] not in _ids(connection, table), table
        assert with_them["appointment"] not in _ids(connection, "change", "row_id")
        busy = connection.execute("SELECT id FROM fd_busy(0, 9999999999)").fetchall()
        assert with_them["appointment"] in {str(row[0]) for row in busy}
        for statement in ("UPDATE appointment SET label = 'x' WHERE id = %s", "DELETE FROM appointment WHERE id = %s"):
            assert connection.execute(statement, (with_them["appointment"],)).rowcount == 0
    with town.psql("coordinator") as connection:
        assert with_them["appointment"] in _ids(connection, "appointment")
        assert with_them["appointment"] in _ids(connection, "change", "row_id")


def test_no_appointment_is_made_for_a_hidden_person(hidden: tuple[Town, dict[str, dict[str, str]]]) -> None:
    town, made = hidden
    with town.psql("reception") as connection, pytest.raises(InsufficientPrivilege):
        connection.execute("UPDATE appointment SET person_id = %s WHERE id = %s",
                           (made["protected"]["person"], made["ordinary"]["appointment"]))  # fmt: skip
