"""Requests in their term; an erasure after which no word is left anywhere, while figures and journal stay right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Boolean, Date, Engine, Integer, Text, Time, create_engine, inspect, select, text

from famdesk.data import records
from famdesk.data.base import Base, Record, WallTime
from famdesk.data.checks.verify import verify
from famdesk.data.tables.calendar import Appointment
from famdesk.data.tables.notes import Note, Path
from famdesk.data.tables.people import Household, Membership, Person
from famdesk.data.tx import Tx
from famdesk.domain.consent import retention
from famdesk.domain.errors import FamDeskError, Forbidden, NothingToUndo, Required, Stale
from famdesk.usecases import journal
from famdesk.usecases.calendar import calendar
from famdesk.usecases.office import Office
from famdesk.usecases.people import people, privacy_rights
from tests.support.offices import Desk
from tests.support.scenarios import version

CODES = frozenset({
    "function", "state", "cancelled_by", "mediator_language", "purpose", "ground", "ground_act", "ground_number",
    "signs_as", "how", "channel", "needs", "urgency", "heard", "interests", "outcome", "kind", "direction", "body_name",
    "items", "reference", "digest", "no_show_reason", "part",
})  # fmt: skip
"""Columns that hold codes, or speak of an act or a body, never of a person."""

WORD = "Zwetschgenknoedel"
TODAY = date(2025, 2, 11)
SILENT = {"merge", "not_same", "certificate", "note_person", "path_person", "emergency"}
"""Tables without a text."""
POINTING = sorted(
    table.name for table in Base.metadata.tables.values()
    if table.name in records.BY_TABLE and table.name != "person"
    and any(key.column.table.name == "person" for key in table.foreign_keys)
)  # fmt: skip


def _planted(column: Any) -> Any:
    """A value for a column, with the word wherever a text can be."""
    kind = column.type
    if isinstance(kind, WallTime):
        return datetime(2025, 1, 7, 10)
    samples: list[tuple[Any, Any]] = [
        (Boolean, False), (Date, date(2025, 1, 7)), (Time, None), (Integer, 1), (Text, f"{WORD} {column.name}"),
    ]  # fmt: skip
    return next((value for sort, value in samples if isinstance(kind, sort)), None)


def _filled(tx: Tx, table: str, ids: dict[str, str]) -> Record:
    model = records.BY_TABLE[table]
    values: dict[str, Any] = {"id": ids[table], "centre_id": tx.centre_id}
    names = {prop.columns[0].name: prop.key for prop in inspect(model).column_attrs}
    for column in Base.metadata.tables[table].columns:
        if column.name in {"id", "centre_id", "version", "deleted_at"}:
            continue
        target = next((key.column.table.name for key in column.foreign_keys), None)
        values[names[column.name]] = ids.get(target) if target else _planted(column)
    if table == "legal_hold":  # one that was lifted, of the person alone
        values |= {"path_id": None, "ended_on": date(2025, 1, 8)}
    if table == "emergency":
        values |= dict.fromkeys(("asked_at", "until"), "2025-01-07T10:00:00.000+00:00")
    if table == "appointment":
        values["kind"], values["ends"] = "home_visit", datetime(2025, 1, 7, 11)
    return model(**values)


def _full_file(office: Office, colleague: Office | None = None) -> str:
    """A person with a row in every table that points at persons, the word in each of their texts."""
    by = colleague or office
    person = by.run(people.add_person, surname=WORD, given_name=WORD, alias=WORD, birth_date=date(1990, 3, 14),
                    phone="0372 000444", note=WORD)  # fmt: skip
    tables = [*POINTING, "household", "initiative", "custom_field", "consent_text", "note", "path"]
    ids = {table: records.BY_TABLE[table]().id for table in tables}
    ids |= {"person": person, "staff": office.actor.staff_id}

    def fill(tx: Tx) -> None:
        with tx.doing("privacy_rights.note_request"):
            for table in ("household", "initiative", "custom_field", "consent_text"):
                tx.session.add(_filled(tx, table, {**ids, "place": None, "body": None}))  # type: ignore[dict-item]
            tx.session.add(
                Path(
                    id=ids["path"],
                    centre_id=tx.centre_id,
                    number=1,
                    kind="consultation",
                    staff_id=ids["staff"],
                    opened_on=date(2019, 1, 7),
                    closed_on=date(2019, 1, 7),
                )
            )
            tx.session.add(Note(id=ids["note"], centre_id=tx.centre_id, kind="individual", author_id=ids["staff"],
                                day=date(2019, 1, 7), state="destroyed"))  # fmt: skip
            tx.log("destroy", subjects=[("note", ids["note"], "destroy", [])])
            on_server = tx.session.get_bind().dialect.name == "postgresql"
            for table in POINTING:
                if table != "emergency" or not on_server:  # which a server makes by itself
                    tx.session.add(_filled(tx, table, ids))

    office.run(fill)
    return person


def _words_in(engine: Engine) -> list[str]:
    """Where the word stands, in any table of the database."""
    found = []
    with engine.connect() as connection:
        for table in Base.metadata.tables.values():
            for row in connection.execute(select(table)).mappings():
                if row.get("kind") == "initiative" and table.name == "search_key":
                    continue
                found += [f"{table.name}.{name}" for name, value in row.items() if WORD.lower() in str(value).lower()]
    return found


def _erase(office: Office, person: str, reason: str = "chiesto per iscritto") -> None:
    office.run(privacy_rights.erase, person, version(office, Person, person), reason)


@pytest.fixture
def engine(desk: Desk, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """The database as its owner sees it."""
    if not desk.office.store.is_postgres:
        yield desk.office.store.engine
        return
    server, where = request.getfixturevalue("postgres"), desk.home.settings().server
    assert where is not None
    owner = create_engine(server.url(where.database))
    yield owner
    owner.dispose()


def test_every_table_that_points_at_a_person_has_a_fate() -> None:
    assert sorted(retention.FATES) == POINTING
    person = {column.name for column in Base.metadata.tables["person"].columns}
    assert person > retention.KEPT_OF_A_PERSON


def test_no_word_is_left_and_the_figures_stay(desk: Desk, engine: Engine) -> None:
    office = desk.sign_in("coordinator")
    person = _full_file(office, colleague=desk.sign_in("reception"))
    before = _words_in(engine)
    assert {place.partition(".")[0] for place in before} >= {"person", "change", *POINTING} - SILENT
    plan = office.fetch(privacy_rights.erasure_plan, person)
    assert plan.until is None
    assert len(plan.lines) >= len(POINTING)
    _erase(office, person)
    shared = {"initiative.", "custom_field.", "consent_text."}
    left = {place for place in _words_in(engine) if not place.startswith(tuple(shared))}
    assert {place for place in left if place.partition(".")[2] not in CODES} == set()
    with engine.connect() as connection:
        kept = connection.execute(select(Person.__table__).where(Person.id == person)).one()
        assert (kept.surname, kept.birth_date, kept.birth_part, kept.erased_on) == (None, None, "1990", TODAY)
        for table in ("appointment", "enrolment", "access_card", "visit"):
            assert connection.execute(select(Base.metadata.tables[table])).all(), table
    assert verify(engine, desk.office.keystore.load()) == []


def test_an_erasure_is_not_undone(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    person = _full_file(office)
    label = office.undo_label()
    _erase(office, person)
    assert office.undo_label() == label
    entry = office.store.newest_entry(office.actor)
    with pytest.raises(NothingToUndo):
        office.run(journal.revert, entry, "undo")


def test_a_file_of_interviews_stays_for_five_years(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    person = office.run(people.add_person, surname="Quarantotti")
    booked = office.run(calendar.book, starts=datetime(2025, 2, 10, 9), ends=datetime(2025, 2, 10, 10),
                        kind="psychology", person_id=person, staff_id=office.actor.staff_id)  # fmt: skip
    office.run(calendar.set_state, booked, version(office, Appointment, booked), "done")
    assert office.fetch(privacy_rights.erasure_plan, person).until == date(2030, 2, 10)
    with pytest.raises(privacy_rights.MustStay) as refused:
        _erase(office, person)
    assert "10 February 2030" in refused.value.sentence()
    desk.clock.forward(days=365 * 5 + 2)
    _erase(office, person)


def test_what_is_still_booked_stands_against_it(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    person = office.run(people.add_person, surname="Quarantotti")
    office.run(calendar.book, starts=datetime(2025, 2, 13, 9), ends=datetime(2025, 2, 13, 10), kind="home_visit",
               person_id=person, staff_id=office.actor.staff_id)  # fmt: skip
    with pytest.raises(privacy_rights.StillOpen):
        _erase(office, person)


def test_erasing_is_for_the_coordinator_with_a_reason_and_once(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    person = office.run(people.add_person, surname="Quarantotti")
    for role in ("reception", "social_worker", "psychologist", "administrator"):
        other = desk.sign_in(role) if role != "administrator" else desk.office
        with pytest.raises(Forbidden):
            other.run(privacy_rights.erase, person, 1, "chiesto")
    with pytest.raises(Required):
        _erase(office, person, "  ")
    with pytest.raises(Stale):
        office.run(privacy_rights.erase, person, 99, "x")
    _erase(office, person)
    with pytest.raises(privacy_rights.AlreadyErased):
        _erase(office, person)


def test_a_server_lets_nobody_else_take_content_out_of_the_journal(server_desk: Desk) -> None:
    person = server_desk.sign_in("coordinator").run(people.add_person, surname="Quarantotti")
    for role in ("reception", "social_worker"):
        office = server_desk.sign_in(role)
        with pytest.raises(FamDeskError), office.store.writing(office.actor) as (tx, _outcome):
            tx.session.connection().execute(text("SELECT fd_forget(CAST(:id AS uuid), '{}')"), {"id": person})
    office = server_desk.sign_in("coordinator")
    with pytest.raises(FamDeskError), office.store.writing(office.actor) as (tx, _outcome):  # not erased
        tx.session.connection().execute(text("SELECT fd_forget(CAST(:id AS uuid), '{}')"), {"id": person})
    assert office.fetch(people.file_history, person)


def test_the_home_of_others_stays(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    gone, stays = (office.run(people.add_person, surname=name) for name in ("Uno", "Due"))
    both = office.run(people.add_household, "Casa", [(gone, "member"), (stays, "member")], address="via Prova 1")
    alone = office.run(people.add_household, "Seconda casa", [(gone, "member")], address="via Sola 2")
    _erase(office, gone)
    homes = office.fetch(lambda tx: tx.rows(select(Household.id, Household.address, Household.deleted_at)))
    assert {str(row.id): (row.address, bool(row.deleted_at)) for row in homes} == {
        both: ("via Prova 1", False), alone: (None, True),
    }  # fmt: skip
    assert len(office.fetch(lambda tx: tx.rows(select(Membership.id)))) == 1


def test_requests_are_due_in_a_month(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    person = office.run(people.add_person, surname="Quarantotti")
    late = office.run(privacy_rights.note_request, person, kind="copy", received_on=date(2024, 12, 31))
    office.run(privacy_rights.note_request, person, kind="erasure", received_on=TODAY)
    rows = office.fetch(privacy_rights.open_requests)
    assert [(row.kind, row.due_on, row.late) for row in rows] == [
        ("copy", date(2025, 1, 31), True), ("erasure", date(2025, 3, 11), False),
    ]  # fmt: skip
    office.run(privacy_rights.answer_request, late, 1, answered_on=TODAY, outcome="done")
    assert [row.kind for row in office.fetch(privacy_rights.open_requests)] == ["erasure"]
    assert [row.outcome for row in office.fetch(privacy_rights.requests, person)] == [None, "done"]


def test_requests_that_cannot_be(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    person = office.run(people.add_person, surname="Quarantotti")
    note = privacy_rights.note_request
    with pytest.raises(privacy_rights.UnknownRequest):
        office.run(note, person, kind="nonsense", received_on=TODAY)
    with pytest.raises(privacy_rights.RequestInFuture):
        office.run(note, person, kind="copy", received_on=date(2025, 2, 12))
    found = office.run(note, person, kind="copy", received_on=date(2025, 2, 5))
    for error, day, outcome in (
        (privacy_rights.RequestInFuture, date(2025, 2, 12), "done"),
        (privacy_rights.AnsweredBefore, date(2025, 2, 4), "done"),
        (privacy_rights.UnknownOutcome, TODAY, "nonsense"),
    ):
        with pytest.raises(error):
            office.run(privacy_rights.answer_request, found, 1, answered_on=day, outcome=outcome)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_the_term_of_a_month(day: date) -> None:
    due = retention.answer_due(day)
    assert 28 <= (due - day).days <= 31
    assert due.day == day.day or due.day >= 28
    assert retention.years_after(day, 5).year == day.year + 5


def test_terms_end_on_the_last_day_of_a_short_month() -> None:
    assert retention.answer_due(date(2025, 1, 31)) == date(2025, 2, 28)
    assert retention.answer_due(date(2024, 12, 15)) == date(2025, 1, 15)
    assert retention.years_after(date(2024, 2, 29), 5) == date(2029, 2, 28)
    assert retention.kept_until([]) is None
    assert retention.kept_until([date(2020, 5, 1), date(2024, 5, 1)]) == date(2029, 5, 1)
