"""Ctrl+Z for every kind of change: what it does is called by its name, turned back to the letter, and done again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, Table, create_engine, func, select

from famdesk.data import records
from famdesk.data.checks.verify import verify
from famdesk.data.journal import AuditEntry
from famdesk.data.search import SOURCES, SearchKey
from famdesk.data.tables.people import Person
from famdesk.domain.errors import NotFound, NothingToUndo
from famdesk.domain.staff import rights
from famdesk.i18n import LANGUAGES, set_language, using
from famdesk.usecases import care, features, journal
from famdesk.usecases.calendar import feeds
from famdesk.usecases.family import households
from famdesk.usecases.intake import drafts
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, people, privacy_rights
from famdesk.usecases.registry import ACTIONS
from tests.support import (
    scenarios_after,
    scenarios_calls,
    scenarios_centre,
    scenarios_claims,
    scenarios_consents,
    scenarios_days,
    scenarios_details,
    scenarios_doubles,
    scenarios_enrolment,
    scenarios_exchange,
    scenarios_families,
    scenarios_letters,
    scenarios_looks,
    scenarios_meetings,
    scenarios_paths,
    scenarios_people,
    scenarios_referrals,
    scenarios_rights,
    scenarios_search,
    scenarios_series,
    scenarios_states,
    scenarios_waiting,
    scenarios_writing,
)
from tests.support.offices import Desk
from tests.support.postgres import Server
from tests.support.scenarios import version
from tests.support.scenarios_people import known

features.load()
SCENARIOS = {**scenarios_centre.SCENARIOS, **scenarios_people.SCENARIOS, **scenarios_days.SCENARIOS}
SCENARIOS.update(scenarios_after.SCENARIOS)
SCENARIOS.update(scenarios_calls.SCENARIOS)
SCENARIOS.update(scenarios_families.SCENARIOS)
SCENARIOS.update(scenarios_letters.SCENARIOS)
SCENARIOS.update(scenarios_claims.SCENARIOS)
SCENARIOS.update(scenarios_enrolment.SCENARIOS)
SCENARIOS.update(scenarios_looks.SCENARIOS)
SCENARIOS.update(scenarios_meetings.SCENARIOS)
SCENARIOS.update(scenarios_consents.SCENARIOS)
SCENARIOS.update(scenarios_states.SCENARIOS)
SCENARIOS.update(scenarios_details.SCENARIOS)
SCENARIOS.update(scenarios_doubles.SCENARIOS)
SCENARIOS.update(scenarios_exchange.SCENARIOS)
SCENARIOS.update(scenarios_search.SCENARIOS)
SCENARIOS.update(scenarios_series.SCENARIOS)
SCENARIOS.update(scenarios_waiting.SCENARIOS)
SCENARIOS.update(scenarios_paths.SCENARIOS)
SCENARIOS.update(scenarios_rights.SCENARIOS)
SCENARIOS.update(scenarios_referrals.SCENARIOS)
SCENARIOS.update(scenarios_writing.SCENARIOS)
NO_STEP = {
    privacy_rights.erase.name: "is an erasure: nothing is left that could be brought back",
    drafts.keep.name: "what is being typed is no change yet",
    drafts.drop.name: "what is being typed is no change yet",
    care.note_backup.name: "changes no record, only leaves an entry",
    journal.revert.name: "is undo itself",
    feeds.published.name: "changes no record: how a publication went",
    **{name: "is final, and says so before" for name, action in ACTIONS.items() if action.final},
}
WRITING = sorted(name for name, action in ACTIONS.items() if action.writes)
CASES = sorted({*WRITING, *SCENARIOS} - set(NO_STEP))
ON_THE_SERVER = [case for place, case in enumerate(CASES) if place % 4 == 0 or case == "people.add_person"]
"""Every fourth by name, since each takes a database of its own, and the one after which a person is gone, whom the
server then hides."""

PERSONAL = {
    "person": ("surname", "given_name", "alias", "birth_text", "note", "tax_code"),
    "household": ("name", "address", "note"),
    "contact_point": ("value", "owner", "neutral_name"),
    "person_staff": ("reason",),
    "school_year": ("school", "note"),
    "flag": ("note",),
    "custom_value": ("value",),
    "staff": ("name", "login"),
    "appointment": ("label", "reason", "overlap_reason"),
    "info_contact": ("need_text", "answer"),
    "access_card": ("reference_persons", "needs_family", "note"),
    "meeting": ("leader", "reason"),
    "enrolment": ("note", "allergies", "pick_up", "mismatch_reason", "picked_reason"),
    "relation": ("note",),
    "responsibility": ("holder_name", "note"),
    "placement": ("visits", "note"),
    "measure": ("text",),
    "delegate": ("name", "relation", "note"),
    "legal_hold": ("reason", "end_reason"),
    "case_item": ("question", "outcome"),
}
"""Columns that hold what must never stand in the name of a step."""

Dump = dict[tuple[str, ...], dict[str, Any]]


def _tables() -> dict[str, Table]:
    """The tables that undo answers for: all records but drafts, and the search index that follows them."""
    kinds = {name: kind for name, kind in records.BY_TABLE.items() if kind.journalled}
    found: dict[str, Any] = {name: kind.__table__ for name, kind in kinds.items()}
    return {**found, "search_key": SearchKey.__table__}


_TABLES = _tables()
_FILLED = {
    "sqlite": " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in _TABLES),
    "postgresql": "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' "
                  "AND pg_relation_size(oid) > 0",
}  # fmt: skip
"""The tables that may have rows: to ask each of a hundred takes longer."""


def dump(engine: Engine) -> Dump:
    """Every row without its version, by table and key."""
    rows: Dump = {}
    with engine.connect() as connection:
        filled = set(connection.exec_driver_sql(_FILLED[engine.dialect.name]).scalars())
        for name, table in _TABLES.items():
            if name not in filled:
                continue
            for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"').mappings():  # as it is kept
                values = {column: value for column, value in row.items() if column != "version"}
                rows[name, *(str(row[column.name]) for column in table.primary_key)] = values
    return rows


def differences(wanted: Dump, found: Dump) -> list[str]:
    """Where two dumps differ, a line per row."""
    return [
        f"{key}: {wanted.get(key)} -> {found.get(key)}"
        for key in sorted({*wanted, *found})
        if wanted.get(key) != found.get(key)
    ]


def check_index(rows: Dump) -> None:
    """Whatever can be searched has keys, and nothing that is gone or in the bin has any."""
    live = {key[1] for key, values in rows.items() if key[0] in SOURCES and values["deleted_at"] is None
            and not values.get("merged_into_id")}  # fmt: skip
    assert {str(values["record_id"]) for key, values in rows.items() if key[0] == "search_key"} == live


def personal_words(rows: Dump) -> set[str]:
    """The words, in small letters, of whatever says something about somebody."""
    texts = (
        str(values[column])
        for (table, *_key), values in rows.items()
        for column in PERSONAL.get(table, ())
        if values[column] is not None
    )
    return {word for text in texts for word in re.findall(r"\w{4,}", text.casefold())}


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w{4,}", text.casefold()))


def _newest_entry(engine: Engine) -> Any:
    with engine.connect() as connection:
        return connection.execute(select(AuditEntry.__table__).order_by(AuditEntry.seq.desc()).limit(1)).one()


def _check_label(office: Office, action: str, private: set[str]) -> None:
    """The name of the step is a sentence in every language: filled in, and about nobody."""
    label = ACTIONS[action].label
    assert label is not None
    said = set()
    for language in LANGUAGES:
        with using(language):
            text = office.undo_label()
        assert text, language
        assert not set("{}…") & set(text), text
        assert action not in text
        assert "None" not in text, text
        assert not _words(text) & private, text
        said.add(text)
    assert len(said) == len(LANGUAGES), said
    opening = label.partition("{")[0]
    assert (office.undo_label() or "").startswith(opening)


def check(desk: Desk, engine: Engine, case: str) -> None:
    """Does, undoes, does again, undoes again."""
    if case not in SCENARIOS:
        pytest.fail(f"{case} has no scenario: write one beside its feature in tests/support")
    office, act = SCENARIOS[case](desk)
    before = dump(engine)
    office.run(act)
    after = dump(engine)
    assert differences(before, after), "nothing changed"
    check_index(before)
    check_index(after)
    personal = personal_words({**before, **after}) - set(rights.ROLES)  # the colleagues here are called as their roles
    _check_label(office, case.partition(" ")[0], personal)
    label, entry = office.undo_label(), _newest_entry(engine)
    assert entry.action == case.partition(" ")[0]
    for turn, wanted in ((office.undo, before), (office.redo, after), (office.undo, before)):
        assert turn() == label
        assert differences(wanted, dump(engine)) == []
    assert office.redo_label() == label
    assert verify(engine, desk.office.keystore.load()) == []


@pytest.fixture
def server_engine(postgres: Server, server_desk: Desk) -> Iterator[Engine]:
    """The server's own look at the desk's database: sees all rows of all persons."""
    where = server_desk.home.settings().server
    assert where is not None
    engine = create_engine(postgres.url(where.database))
    yield engine
    engine.dispose()


@pytest.mark.parametrize("case", [pytest.param(case, marks=[pytest.mark.slow] if place % 2 else [])
                                  for place, case in enumerate(CASES)])  # fmt: skip
def test_undo_and_redo_in_the_file(file_desk: Desk, case: str) -> None:
    check(file_desk, file_desk.office.store.engine, case)


@pytest.mark.postgres
@pytest.mark.parametrize("case", ON_THE_SERVER)
def test_undo_and_redo_on_the_server(server_desk: Desk, server_engine: Engine, case: str) -> None:
    check(server_desk, server_engine, case)


def _protect(desk: Desk, person: str) -> None:
    office = desk.sign_in("coordinator")
    read = version(office, Person, person)
    office.run(people.set_protection, person, read, protected=True, restricted=False, reason="minacce")


def test_what_one_may_no_longer_know_is_not_undone(desk: Desk) -> None:
    """A file that was protected since: what was written into it stays there, and nothing says why."""
    office = desk.sign_in("reception")
    person = known(office)
    office.run(contacts.add_contact_point, person, kind="mobile", value="333 0000555")
    _protect(desk, person)
    with pytest.raises(NotFound):
        office.undo()
    file = desk.sign_in("coordinator").fetch(people.person, person)
    assert {point.value for point in file.contacts} == {"0372 000444", "333 0000555"}


def test_what_one_may_no_longer_know_is_not_done_again(desk: Desk) -> None:
    office = desk.sign_in("reception")
    person = known(office)
    office.run(contacts.add_contact_point, person, kind="mobile", value="333 0000555")
    office.undo()
    _protect(desk, person)
    with pytest.raises(NotFound):
        office.redo()
    file = desk.sign_in("coordinator").fetch(people.person, person)
    assert [point.value for point in file.contacts] == ["0372 000444"]


def test_the_address_of_a_protected_family_is_neither_changed_nor_undone(desk: Desk) -> None:
    office = desk.sign_in("reception")
    person = known(office)
    home = office.run(households.add_household, "Quarantotti", ((person, "mother"),), address="via Lunga 3")
    _protect(desk, person)
    with pytest.raises(NotFound):
        office.run(households.change_household, home, 1, name="Altri", address=None, town=None, municipality=None,
                   note=None)  # fmt: skip
    with pytest.raises(NotFound):
        office.undo()
    file = desk.sign_in("coordinator").fetch(people.person, person)
    assert [one.address for one in file.households] == ["via Lunga 3"]


def test_who_works_on_a_protected_file_undoes_there(desk: Desk) -> None:
    office = desk.sign_in("social_worker")
    person = known(office)
    office.run(people.assign, person, office.actor.staff_id)
    _protect(desk, person)
    point = office.run(contacts.add_contact_point, person, kind="mobile", value="333 0000555")
    office.run(contacts.remove_contact_point, point, 1)
    for turn, count in ((office.undo, 2), (office.undo, 1), (office.redo, 2), (office.redo, 1)):
        turn()
        assert len(office.fetch(people.person, person).contacts) == count


def test_the_list_of_what_is_no_step_is_not_longer_than_needed() -> None:
    assert set(NO_STEP) <= set(WRITING)
    assert not set(NO_STEP) & set(SCENARIOS)
    assert {case.partition(" ")[0] for case in SCENARIOS} <= set(WRITING)


def _entries(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(AuditEntry)).scalar_one())


def test_drafts_leave_no_step_and_no_entry(file_desk: Desk) -> None:
    office, engine = file_desk.sign_in("reception"), file_desk.office.store.engine
    entries, rows = _entries(engine), dump(engine)
    heard: list[Any] = []
    office.subscribe(heard.append)
    steps: tuple[Callable[[], object], ...] = (
        lambda: office.run(drafts.keep, "card", "Zelinda"),
        lambda: office.run(drafts.keep, "card", "Zelinda Quarantotti"),
        lambda: office.run(drafts.drop, "card"),
    )
    for step in steps:
        step()
        assert office.undo_label() is None
    with pytest.raises(NothingToUndo):
        office.undo()
    assert (_entries(engine), dump(engine), heard) == (entries, rows, [])


def test_a_draft_does_not_stand_between_a_change_and_its_undo(file_desk: Desk) -> None:
    office, act = SCENARIOS["intake.log_contact"](file_desk)
    office.run(act)
    label = office.undo_label()
    office.run(drafts.keep, "card", "Zelinda")
    assert office.undo() == label
    office.run(drafts.keep, "card", "Zelinda Quarantotti")
    assert office.redo() == label


def test_a_backup_leaves_an_entry_and_no_step(file_desk: Desk) -> None:
    engine = file_desk.office.store.engine
    office, rows = file_desk.sign_in("coordinator"), dump(engine)
    office.run(care.note_backup)
    entry = _newest_entry(engine)
    assert (entry.kind, entry.action, entry.staff_id) == ("backup", care.note_backup.name, office.actor.staff_id)
    assert office.undo_label() is None
    assert dump(engine) == rows


@pytest.mark.parametrize("language", ["it", "de"])
def test_every_step_has_a_name_in_every_language(language: str) -> None:
    set_language(language)
    for name in WRITING:
        english = ACTIONS[name].label
        assert english is not None
        details = {field: f"<{field}>" for field in re.findall(r"{(\w+)}", english)}
        said = journal.step_label("write", name, details)
        assert said != english.format(**details), f"{name} is not translated into {language}"
        assert not set("{}…") & set(said), said
        assert all(value in said for value in details.values()), said
        for kind in ("undo", "redo"):
            whole = journal.step_label(kind, name, details)
            assert whole.endswith(said), whole
            assert len(whole) > len(said)
            assert not set("{}…") & set(whole), whole


@pytest.mark.parametrize("action", sorted(journal.SESSION))
def test_steps_before_anybody_works_have_names_too(action: str) -> None:
    set_language("en")
    assert journal.step_label("sign_in", action, {}) == journal.SESSION[action]
