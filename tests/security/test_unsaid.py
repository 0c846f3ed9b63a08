"""With psql and a receptionist's password: that an appointment is, and never what it is for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest
from psycopg import errors, sql
from sqlalchemy import select

from famdesk.data.engine import SHOWN
from famdesk.data.migrations.fifth import unsaid as migration
from famdesk.data.tables.calendar import Appointment, Series
from famdesk.data.unsaid import COLUMNS
from famdesk.domain.errors import Stale, UndoConflict
from famdesk.domain.staff import rights
from famdesk.usecases.calendar import appointment_why, calendar, series
from famdesk.usecases.calendar.parties import Extras
from famdesk.usecases.calendar.series_rows import SeriesDate, SeriesValues
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from tests.security.matrix import _argument, _functions
from tests.support.offices import Desk
from tests.support.postgres import Server

pytestmark = pytest.mark.postgres

WHY = "Zanzaragrigia"
START = datetime(2025, 2, 20, 9)
HALF_AN_HOUR = timedelta(minutes=30)
TELLS = (WHY, "psychology", "couple")


@dataclass
class Room:
    """A psychologist's appointment whose note and reason are `WHY`, in a series, and who comes at the desk."""

    desk: Desk
    psychologist: Office
    reception: Office
    person: str
    booked: str

    def psql(self) -> psycopg.Connection[Any]:
        url = self.reception.store.engine.url
        return psycopg.connect(host=url.host, port=url.port, dbname=url.database, user=url.username,
                               password=url.password)  # fmt: skip

    def tried(self, *statements: str, path: str = f"{SHOWN}, public") -> str:
        """All that the statements, one after the other and then turned back, answer; refusals in their words."""
        told: list[object] = []
        with self.psql() as connection:
            connection.execute(f"SET search_path = {path}".encode())
            for statement in statements:
                try:
                    with connection.transaction():
                        found = connection.execute(statement.encode())
                        told.append(found.fetchall() if found.description else found.rowcount)
                except errors.Error as error:
                    told.append((str(error), error.diag.message_detail))
            connection.rollback()
        return repr(told)

    def stands(self) -> tuple[str, str | None, str | None, str | None]:
        whole = self.psychologist.fetch(appointment_why.why, self.booked)
        return whole.kind, whole.function, whole.note, whole.reason


@pytest.fixture
def room(server_desk: Desk) -> Room:
    psychologist, reception = server_desk.sign_in("psychologist"), server_desk.sign_in("reception")
    person = psychologist.run(people.add_person, surname="Prova", given_name="Ada")
    values = SeriesValues("psychology", person_id=person, staff_id=psychologist.actor.staff_id, function="B",
                          label="stanza blu", extras=Extras(note=WHY))  # fmt: skip
    dates = tuple(SeriesDate(day, day + HALF_AN_HOUR) for day in (START, START + timedelta(days=7)))
    psychologist.run(series.make, values, starts=START, minutes=30, dates=dates)
    psychologist.run(_read_from_a_file)
    first, _second = sorted(psychologist.fetch(calendar.appointments, START.date(), START.date() + timedelta(days=7)),
                            key=lambda row: row.starts)  # fmt: skip
    psychologist.run(calendar.cancel, first.id, first.version, "family", WHY)
    return Room(server_desk, psychologist, reception, person, first.id)


def _read_from_a_file(tx: Any) -> None:
    for record in (*tx.session.scalars(select(Appointment)), *tx.session.scalars(select(Series))):
        record.source_text = f"DESCRIPTION:{WHY}"


def _of_the_house(tx: Any) -> None:
    """What a file says of a date is all of it: it has nothing of the date before."""
    for record in tx.session.scalars(select(Series)):
        record.source_text = None


def test_no_row_of_any_table_and_no_function_says_it(room: Room) -> None:
    with room.psql() as connection:
        relations = connection.execute(
            "SELECT nspname, relname, array_agg(attname::text) FROM pg_class JOIN pg_namespace AS n ON "
            "n.oid = relnamespace JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped "
            "WHERE nspname IN ('public', %s) AND relkind IN ('r', 'v') GROUP BY 1, 2", (SHOWN,),
        ).fetchall()  # fmt: skip
        functions = _functions(connection)
    assert {(SHOWN, "appointment"), ("public", "appointment"), (SHOWN, "kept"), ("public", "change")} <= {
        (schema, table) for schema, table, _columns in relations
    }
    each = [sql.SQL("SELECT {}::text FROM {}").format(sql.Identifier(column), sql.Identifier(schema, table)).as_string()
            for schema, table, columns in relations for column in columns]  # fmt: skip
    whole = [sql.SQL("SELECT * FROM {}").format(sql.Identifier(schema, table)).as_string()
             for schema, table, _columns in relations]  # fmt: skip
    about = dict.fromkeys(("person", "household", "enrolment", "note", "path", "contact_point", "meeting"), room.person)
    calls = [_call(name, {**about, "initiative": room.booked}) for name in functions]
    found = room.tried(*each, *whole, *calls)
    assert "stanza blu" in found, "what is written beside it is for everybody; otherwise this proves nothing"
    for word in TELLS:
        assert word not in found, found[max(0, found.index(word) - 300) : found.index(word) + 50]
    assert "permission denied for table kept" in found


def _call(function: str, ids: dict[str, str]) -> str:
    name, _bracket, kinds = function.rstrip(")").partition("(")
    given = [sql.SQL("{}::{}").format(sql.Literal(_argument(name, kind, ids)), sql.SQL(kind))
             for kind in kinds.split(",") if kind]  # fmt: skip
    variadic = "VARIADIC " if name == "fd_may" else ""
    return f"SELECT * FROM {name}({variadic}{sql.SQL(', ').join(given).as_string()})"


MINE = "(SELECT fd_staff())"
LIKE_THEM = f"""INSERT INTO {SHOWN}.appointment (id, version, centre_id, starts, ends, kind, state, staff_id, person_id,
    series_id) SELECT gen_random_uuid(), 1, centre_id, starts + 10080, ends + 10080, 'interview', state, staff_id,
    person_id, series_id FROM {SHOWN}.appointment"""
"""Further dates of the series."""
ATTACKS = (
    (f"UPDATE appointment SET staff_id = {MINE} RETURNING *", "SELECT * FROM appointment"),
    ("UPDATE appointment SET staff_id = NULL", "SELECT * FROM appointment", "SELECT * FROM change"),
    (f"UPDATE appointment SET staff_id = {MINE}, note = NULL, kind = 'interview'", "SELECT * FROM appointment"),
    ("SET LOCAL famdesk.meant = 'x'", f"UPDATE appointment SET staff_id = {MINE}", "SELECT * FROM appointment"),
    ("UPDATE appointment SET note = 'x'", "UPDATE appointment SET note = NULL RETURNING *", "TABLE appointment"),
    ("UPDATE series SET rule = 'x' RETURNING *", "UPDATE appointment SET series_id = NULL", "SELECT * FROM series"),
    ("DELETE FROM appointment RETURNING *",),
    ("DELETE FROM series RETURNING *",),
    ("UPDATE appointment SET ends = 0",),
    ("UPDATE appointment SET starts = NULL",),
    ("SELECT id FROM appointment WHERE note IS NOT NULL", "SELECT id FROM appointment WHERE note > 'A'"),
    ("SELECT label FROM appointment WHERE 1 / (CASE WHEN note IS NULL THEN 1 ELSE 0 END) = 1",),
    ("SELECT note::int FROM appointment", "SELECT 1 FROM appointment WHERE note::int > 0"),
    ("SELECT public.appointment FROM public.appointment", "SELECT note FROM public.appointment"),
    ("SELECT id FROM public.appointment WHERE note IS NOT NULL", "SELECT id FROM public.appointment ORDER BY kind"),
    (f"UPDATE public.appointment SET staff_id = {MINE}", "DELETE FROM public.appointment"),
    ("INSERT INTO public.appointment SELECT * FROM public.appointment",),
    ("COPY appointment TO STDOUT", "COPY public.appointment TO STDOUT", "TABLE public.appointment"),
    ("SELECT row_to_json(appointment) FROM appointment", "SELECT to_jsonb(a) FROM public.appointment AS a"),
    ("INSERT INTO appointment SELECT gen_random_uuid(), a.* FROM appointment AS a",),
    (f"{LIKE_THEM} RETURNING *", f"UPDATE appointment SET staff_id = {MINE}", "SELECT * FROM appointment"),
    ("SELECT * FROM pg_stats WHERE tablename IN ('appointment', 'series')", "SELECT * FROM pg_statistic"),
    ("EXPLAIN (ANALYZE, VERBOSE) SELECT note FROM appointment",),
    (f"CREATE VIEW {SHOWN}.mine AS SELECT 1", f"ALTER VIEW {SHOWN}.appointment SET (security_invoker = true)"),
    (f"INSERT INTO {SHOWN}.kept SELECT id FROM appointment", f"DELETE FROM {SHOWN}.kept"),
)  # fmt: skip


def test_no_trick_brings_it_out(room: Room) -> None:
    for statements in ATTACKS:
        found = room.tried(*statements)
        for word in TELLS:
            assert word not in found, (statements, found[max(0, found.index(word) - 300) :][:400])
    assert "stanza blu" in room.tried("DELETE FROM appointment RETURNING *"), "the attacks do run"
    assert room.stands() == ("psychology", "B", WHY, WHY)


def test_an_appointment_that_reception_gives_herself_stays_untold(room: Room) -> None:
    with room.psql() as connection:
        connection.execute(f"UPDATE {SHOWN}.appointment SET staff_id = fd_staff() WHERE id = %s".encode(),
                           (room.booked,))  # fmt: skip
        connection.commit()
    seen = room.reception.fetch(calendar.appointment, room.booked)
    assert (seen.staff_id, seen.kind, seen.note) == (room.reception.actor.staff_id, "interview", None)
    assert room.stands() == ("psychology", "B", WHY, WHY)
    with room.psql() as connection:
        connection.execute(f"UPDATE {SHOWN}.appointment SET staff_id = NULL WHERE id = %s".encode(), (room.booked,))
        connection.commit()
    assert room.reception.fetch(calendar.appointment, room.booked).note is None


def test_what_she_writes_over_it_can_be_turned_back(room: Room) -> None:
    seen = room.reception.fetch(calendar.appointment, room.booked)
    room.reception.run(calendar.change, room.booked, seen.version, starts=seen.starts, ends=seen.ends, kind="team",
                       person_id=seen.person_id, staff_id=seen.staff_id, access_point_id=None, room_id=None,
                       function=None, label=None, extras=Extras(note="altro"))  # fmt: skip
    assert room.stands() == ("team", "B", "altro", WHY)
    room.reception.undo()
    assert room.stands() == ("psychology", "B", WHY, WHY)
    room.reception.redo()
    assert room.stands() == ("team", "B", "altro", WHY)
    room.reception.undo()
    assert room.stands() == ("psychology", "B", WHY, WHY)


def test_of_an_erased_person_no_word_stays_aside(room: Room, postgres: Server) -> None:
    with room.psql() as connection:
        connection.execute(f"UPDATE {SHOWN}.appointment SET note = 'altro' WHERE id = %s".encode(), (room.booked,))
        connection.commit()
    head = room.desk.sign_in("coordinator").store.engine.url
    kept = f"SELECT was::text FROM {SHOWN}.kept"
    with psycopg.connect(postgres.dsn(str(head.database))) as owner:
        assert WHY in repr(owner.execute(kept.encode()).fetchall())
        owner.rollback()
        with psycopg.connect(host=head.host, port=head.port, dbname=head.database, user=head.username,
                             password=head.password) as connection:  # fmt: skip
            done = connection.execute("UPDATE person SET erased_on = '2025-02-11' WHERE id = %s", (room.person,))
            assert done.rowcount == 1
        assert WHY not in repr(owner.execute(kept.encode()).fetchall())


def test_a_booking_of_hers_comes_back_as_she_wrote_it(room: Room) -> None:
    starts = START + timedelta(days=1)
    room.booked = room.reception.run(
        calendar.book, starts=starts, ends=starts + HALF_AN_HOUR, kind="mediation", function="C",
        person_id=room.person, staff_id=room.psychologist.actor.staff_id, extras=Extras(note="prima volta"),
    )  # fmt: skip
    room.reception.undo()
    room.reception.redo()
    assert room.stands() == ("mediation", "C", "prima volta", None)
    seen = room.reception.fetch(calendar.appointment, room.booked)
    assert (seen.kind, seen.note) == ("interview", None)
    whole = room.psychologist.fetch(calendar.appointment, room.booked)
    room.psychologist.run(calendar.change, room.booked, whole.version, starts=starts, ends=whole.ends, kind="couple",
                          person_id=room.person, staff_id=whole.staff_id, access_point_id=None, room_id=None,
                          function="C", label=None, extras=Extras(note="prima volta"))  # fmt: skip
    with pytest.raises(UndoConflict) as caught:
        room.reception.undo()
    assert caught.value.params["by"] == "Prova psychologist"


def test_two_desks_at_one_appointment(room: Room) -> None:
    """A view has no row to lock: the second save is not taken over the first."""
    seen = room.reception.fetch(calendar.appointment, room.booked)
    with room.psql() as connection:
        connection.execute(f"UPDATE {SHOWN}.appointment SET version = version + 1, label = 'prima'".encode())
        other = room.psql()
        other.execute(b"SET lock_timeout = '100ms'")
        with pytest.raises(errors.LockNotAvailable):
            other.execute(f"UPDATE {SHOWN}.appointment SET label = 'seconda' WHERE version = %s".encode(),
                          (seen.version,))  # fmt: skip
        other.close()
        connection.commit()
    with pytest.raises(Stale):
        room.reception.run(calendar.move, room.booked, seen.version, START + timedelta(days=2))
    row = room.tried("SELECT label FROM appointment")
    assert "prima" in row
    assert "seconda" not in row


def test_dates_that_reception_adds_to_a_series_are_as_the_others(room: Room) -> None:
    third = START + timedelta(days=14)
    room.psychologist.run(_of_the_house)
    with room.psql() as connection:
        added = connection.execute(f"{LIKE_THEM} WHERE state = 'planned' RETURNING id".encode()).fetchall()
        connection.commit()
    ((room.booked,),) = added
    assert room.stands() == ("psychology", "B", WHY, None)
    (row,) = room.reception.fetch(calendar.appointments, third.date(), third.date())
    assert (row.kind, row.function) == ("interview", None)


def test_what_the_server_hides_is_what_the_program_hides() -> None:
    told = {role for role in rights.ROLES if rights.cell(appointment_why.why.name, role)}
    assert set(migration.KNOW) == told
    assert set(migration.TELLING) == appointment_why.TELLING
    assert migration.NEUTRAL == appointment_why.NEUTRAL
    assert {kind.__tablename__: names for kind, names in COLUMNS.items()} == migration.COLUMNS
    assert set(migration.COLUMNS["appointment"]) == appointment_why.FIELDS
