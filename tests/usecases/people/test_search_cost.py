"""What a key in the search costs: few statements, prepared ones, lists read in the order of an index."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event, select, text

from famdesk.data.tables.people import Person
from famdesk.data.tx import Tx
from famdesk.usecases import today
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, people, person_filters, person_search
from famdesk.usecases.people.person_filters import PersonFilter
from tests.support.offices import Desk

CONTROL = ("BEGIN", "COMMIT", "ROLLBACK")


@pytest.fixture
def reception(desk: Desk) -> Office:
    return desk.sign_in("reception")


@contextmanager
def _statements(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    seen: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, sql: str, values: Any, *_rest: Any) -> None:
        if not sql.startswith(CONTROL):
            seen.append((sql, values))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _thirty(office: Office) -> None:
    for number in range(30):
        person = office.run(people.add_person, surname="Bianchi", given_name=f"Anna {chr(97 + number % 26)}lba")
        office.run(contacts.add_contact_point, person, kind="mobile", value=f"333 123 45{number:02}")


def test_a_key_asks_little(reception: Office) -> None:
    _thirty(reception)
    for typed, most in (("bia", 2), ("bianchi an", 4)):  # one of them: what the centre lets the role do
        reception.fetch(person_search.find_persons, typed)
        with _statements(reception.store.engine) as seen:
            assert len(reception.fetch(person_search.find_persons, typed)) == 30
        assert len(seen) == most, [sql for sql, _values in seen]
        with _statements(reception.store.engine) as seen:
            assert len(reception.fetch(person_search.list_persons, typed, 30)) == 30
        assert len(seen) == most + 1, [sql for sql, _values in seen]


def test_the_selects_of_a_key_stay_the_same(reception: Office) -> None:
    """A statement whose text changes would have to be planned anew each time."""
    _thirty(reception)
    with _statements(reception.store.engine) as seen:
        for typed in ("bianchi", "anna", "bianchi an"):
            reception.fetch(person_search.find_persons, typed)
    assert (
        len({sql for sql, _values in seen if "FROM person" in sql and "search_word" not in sql}) == 2
    )  # of one word, of several


@pytest.mark.postgres
def test_the_server_keeps_prepared_statements(server_desk: Desk) -> None:
    """The driver prepares what was asked five times, and would forget it at a rollback."""
    reception = server_desk.sign_in("reception")
    _thirty(reception)
    for _time in range(8):
        reception.fetch(person_search.find_persons, "bianchi an")
    kept = "SELECT statement FROM pg_prepared_statements"
    found = reception.fetch(lambda tx: tx.session.connection().exec_driver_sql(kept).scalars().all())
    for table in ("search_key", "person", "search_word"):
        assert any(f"FROM {table}" in sql for sql in found), table


def test_what_a_query_does_to_a_record_is_not_kept(reception: Office) -> None:
    added = reception.run(people.add_person, surname="Bianchi", given_name="Anna")

    def meddle(tx: Tx, *, flush: bool) -> None:
        person = tx.session.get(Person, added)
        assert person is not None
        person.town = "Altrove"
        if flush:
            tx.session.flush()

    for flush in (False, True):
        reception.fetch(meddle, flush=flush)
        assert reception.fetch(lambda tx: tx.rows(select(Person.town).where(Person.id == added)))[0].town is None


@pytest.mark.parametrize(
    ("typed", "found"),
    [("radu p", ["Popescu Radu"]), ("p radu", ["Popescu Radu"]), ("radu v", []), ("via radu", ["Rossi Maria"])],
)
def test_the_letter_of_a_street_is_also_one_of_a_name(reception: Office, typed: str, found: list[str]) -> None:
    reception.run(people.add_person, surname="Popescu", given_name="Radu")
    maria = reception.run(people.add_person, surname="Rossi", given_name="Maria")
    reception.run(contacts.add_contact_point, maria, kind="address", value="Via Radu 3, Cremona")
    hits = [hit.label for hit in reception.fetch(person_search.find_persons, typed) if not hit.similar]
    assert set(found) <= set(hits)
    assert ("Popescu Radu" in hits) == ("Popescu Radu" in found)


@pytest.mark.parametrize(
    "wanted",
    [PersonFilter(protected=True), PersonFilter(mediator=True), PersonFilter(privacy="none"), PersonFilter(age="0-3"),
     PersonFilter(privacy="signed"), PersonFilter(language="ar"), PersonFilter(place="Cremona")],
)  # fmt: skip
def test_lists_by_name_are_not_sorted(desk: Desk, wanted: PersonFilter, monkeypatch: pytest.MonkeyPatch) -> None:
    """Among a million persons only those who are shown are read: in the order of an index."""
    monkeypatch.setattr(person_filters, "MOST", -1)  # as if very many spoke the language and lived there
    office = desk.sign_in("coordinator")
    with _statements(office.store.engine) as seen:
        office.fetch(person_search.list_persons, "", 30, wanted)
    sql, values = next(one for one in seen if "ORDER BY person.surname" in one[0])
    with office.store.engine.connect() as connection:
        if office.store.is_postgres:
            for setting in ("enable_seqscan", "enable_sort", "enable_bitmapscan"):
                connection.execute(text(f"SET LOCAL {setting} = off"))
        explain = "EXPLAIN " if office.store.is_postgres else "EXPLAIN QUERY PLAN "
        plan = "\n".join(str(tuple(row)) for row in connection.exec_driver_sql(explain + sql, values))
    assert "ix_person_" in plan
    assert "FOR ORDER BY" not in plan
    assert "Sort" not in plan


@pytest.mark.parametrize(
    ("wanted", "index"),
    [(PersonFilter(language="ar"), "language"), (PersonFilter(place="rem"), "town"), (PersonFilter(place="rem"),
     "municipality"), (PersonFilter(language="ar"), "languages")],
)  # fmt: skip
def test_who_speaks_or_lives_as_few_do_is_found_by_an_index(file_desk: Desk, wanted: PersonFilter, index: str) -> None:
    """Hardly anybody does, and so nearly all would be read in the order of the list until enough are found."""
    office = file_desk.sign_in("coordinator")
    office.run(people.add_person, surname="Bianchi", town="Cremona", languages="fr ar")
    with _statements(office.store.engine) as seen:
        (row,) = office.fetch(person_search.list_persons, "", 30, wanted)
    assert row.label == "Bianchi"
    sql, values = next(one for one in seen if "ORDER BY person.surname" in one[0])
    with office.store.engine.connect() as connection:
        plan = "\n".join(row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values))
    assert f"INDEX ix_person_{index} " in plan
    assert "SCAN person" not in plan


def test_nobody_reads_all_persons_for_a_save_or_a_look_at_the_day(file_desk: Desk) -> None:
    """Among a million, each would take a second."""
    office = file_desk.sign_in("coordinator")
    with _statements(office.store.engine) as seen:
        office.run(people.add_person, surname="Bianchi")
        office.fetch(today.board)
        office.fetch(person_search.find_persons, "bianchi")
    with office.store.engine.connect() as connection:
        for sql, values in seen:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values).all()
            assert [row[-1] for row in plan if row[-1].startswith("SCAN person") and "USING" not in row[-1]] == [], sql


@pytest.mark.postgres
def test_the_questions_of_the_policies_are_planned_once(server_desk: Desk) -> None:
    of_policies = """SELECT count(*) FROM pg_proc JOIN pg_language AS spoken ON spoken.oid = prolang
        WHERE starts_with(proname, 'fd_') AND provolatile = 's' AND NOT proretset AND lanname = 'sql'"""
    assert server_desk.office.fetch(lambda tx: tx.session.connection().exec_driver_sql(of_policies).scalar()) == 0
