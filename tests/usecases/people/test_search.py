"""The one search: fragments in any order, ranks, rights, and that each question is one range of the index."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql, sqlite

from famdesk.data.search import SearchKey
from famdesk.data.tables.centre import Call
from famdesk.data.tables.directory import AccessPoint, Body, Place, Service
from famdesk.data.tables.programmes import Initiative
from famdesk.data.tx import Tx
from famdesk.domain.text import search_forms
from famdesk.usecases import lookup, search
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, people
from tests.support.offices import Desk


def _directory(tx: Tx) -> None:
    with tx.doing("search.search"):  # everybody may read the directory; here it only lets records pass
        body = tx.add(Body(name="Asst di Cremona", kind="asst"))
        place = tx.add(Place(name="piazza Giovanni XXIII", kind="office", address="piazza Giovanni XXIII, 1",
                             town="Cremona"))  # fmt: skip
        tx.add(AccessPoint(name="Giovanni XXIII", place_id=place.id))
        tx.add(Service(name="Spazio Maria", kind="space", body_id=body.id, state="past"))
        tx.add(Initiative(name="Maria e le altre", kind="cycle"))
        tx.add(Call(name="Bando per l’affido", kind="funding"))


@pytest.fixture
def reception(desk: Desk) -> Office:
    desk.office.run(_directory)
    return desk.sign_in("reception")


def _add(office: Office, surname: str, given_name: str, **details: object) -> str:
    return office.run(people.add_person, surname=surname, given_name=given_name, **details)


def _labels(office: Office, text: str) -> list[tuple[str, str]]:
    return [(hit.kind, hit.label) for hit in office.fetch(search.search, text)]


@pytest.mark.parametrize(
    "typed",
    ["de lu", "luca an", "anna", "ANNA DE", "ann luc", "luca de anna", "deluca", "delucaan", "De Luca, Anna", "an d l"],
)
def test_fragments_of_words_in_any_order(reception: Office, typed: str) -> None:
    added = _add(reception, "De Luca", "Anna")
    _add(reception, "Dellarovere", "Bruno")
    assert added in {hit.id for hit in reception.fetch(people.find_persons, typed)}


@pytest.mark.parametrize("typed", ["anna anna", "uca", "", "  ", "%", "_", "an_a", "’"])
def test_what_does_not_fit_is_not_found(reception: Office, typed: str) -> None:
    _add(reception, "De Luca", "Anna")
    assert reception.fetch(people.find_persons, typed) == ()


def test_a_word_too_many_finds_only_who_was_perhaps_meant(reception: Office) -> None:
    _add(reception, "De Luca", "Anna")
    assert [hit.similar for hit in reception.fetch(people.find_persons, "de luca anna x")] == [True]


def test_accents_and_apostrophes_do_not_matter(reception: Office) -> None:
    added = _add(reception, "D’Angelo", "Niccolò")
    for typed in ("dangelo", "d angelo", "D'ANGELO", "niccolo", "nicco ange"):
        assert [hit.id for hit in reception.fetch(people.find_persons, typed)] == [added], typed


@pytest.mark.parametrize("typed", ["0372 407", "0372/407.788", "+39 0372 407788", "0372407788"])
def test_phone_numbers_however_they_are_written(reception: Office, typed: str) -> None:
    added = _add(reception, "De Luca", "Anna")
    reception.run(contacts.add_contact_point, added, kind="phone", value="0372 407 788")
    assert [hit.id for hit in reception.fetch(people.find_persons, typed)] == [added]


def test_tax_code_and_its_beginning(reception: Office) -> None:
    added = _add(reception, "Martini", "Matteo", tax_code="MRTMTT91D08F205J")
    for typed in ("mrtmtt91", "MRTMTT91D08F205J"):
        assert [hit.id for hit in reception.fetch(people.find_persons, typed)] == [added]


def test_the_index_follows_changes_and_undo(reception: Office) -> None:
    added = _add(reception, "Prima", "Anna")
    reception.run(people.change_person, added, 1, surname="Dopo")
    assert reception.fetch(people.find_persons, "prima") == ()
    assert [hit.label for hit in reception.fetch(people.find_persons, "dopo")] == ["Dopo Anna"]
    reception.undo()
    assert reception.fetch(people.find_persons, "dopo") == ()


def test_exact_first_then_persons_services_places_initiatives(reception: Office) -> None:
    _add(reception, "Mariani", "Maria")
    reception.run(people.add_person, alias="Maria")
    _add(reception, "Mariotti", "Ugo")
    assert _labels(reception, "maria") == [
        ("person", "Maria"),
        ("person", "Mariani Maria"),
        ("service", "Spazio Maria"),
        ("initiative", "Maria e le altre"),
    ]
    assert _labels(reception, "giovanni xx")[:2] == [
        ("access_point", "Giovanni XXIII"),
        ("place", "piazza Giovanni XXIII"),
    ]
    assert _labels(reception, "aff ban") == [("call", "Bando per l’affido")]


def test_details_are_told(reception: Office) -> None:
    details = {hit.kind: hit.detail for text in ("giovanni", "spazio maria", "asst") for hit in
               reception.fetch(search.search, text)}  # fmt: skip
    assert details["access_point"] == "piazza Giovanni XXIII · piazza Giovanni XXIII, 1 · Cremona"
    assert details["service"] == "no longer offered · Asst di Cremona"
    assert details["body"].startswith("Local health and social care trust")


def test_needs_are_found_by_their_words(reception: Office) -> None:
    from famdesk.domain.intake.needs import needs

    first = needs()[0]
    assert ("need", first.label) in _labels(reception, first.label)


def test_the_administrator_finds_the_directory_but_no_person(desk: Desk, reception: Office) -> None:
    _add(reception, "Mariani", "Maria")
    assert {kind for kind, _label in _labels(desk.office, "maria")} == {"service", "initiative"}


def test_many_persons_do_not_hide_the_services(reception: Office) -> None:
    for number in range(12):
        _add(reception, "Mariani", f"Maria {number}")
    kinds = [hit.kind for hit in reception.fetch(search.search, "maria", 9)]
    assert kinds.count("person") == 7
    assert "service" in kinds


def test_a_limit_is_filled_past_those_who_may_not_be_known(
    desk: Desk, reception: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookup, "CHUNK", 4)
    coordinator = desk.sign_in("coordinator")
    ids = [_add(coordinator, "Gallo", f"Ada {letter}") for letter in "ABCDEFGHIJ"]
    for hidden in ids[:7]:
        coordinator.run(people.set_protection, hidden, 1, protected=True, restricted=False, reason="tutela")
    assert {hit.id for hit in reception.fetch(people.find_persons, "gallo", 3)} == set(ids[7:])


def test_each_question_is_one_range_of_the_primary_key(file_desk: Desk) -> None:
    asked = lookup.question("de luc an")
    assert asked is not None

    def plan(tx: Tx) -> list[str]:
        found = []
        for after in (None, ("luca anna", "0190b6a0-0000-7000-8000-000000000000")):
            statement = lookup.statement(asked, SearchKey.kind == "person", after=after)
            sql = str(statement.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
            rows = tx.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}")
            found.append(" / ".join(row[3] for row in rows))
        return found

    for text in file_desk.office.fetch(plan):
        assert "SEARCH search_key USING" in text
        assert "(key>" in text
        assert "PRIMARY KEY" in text
        assert "SCAN" not in text
        assert "TEMP B-TREE" not in text


@pytest.mark.postgres
def test_the_server_uses_the_primary_key_too(server_desk: Desk) -> None:
    asked = lookup.question("de luc an")
    assert asked is not None

    def plan(tx: Tx) -> str:
        connection = tx.session.connection()
        connection.exec_driver_sql("BEGIN")  # a query reads without one
        for way in ("seqscan", "bitmapscan"):  # with a handful of rows the server may think either cheaper
            connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
        statement = lookup.statement(asked, SearchKey.kind == "person")
        sql = str(statement.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True}))
        rows = connection.exec_driver_sql(f"EXPLAIN {sql}".replace("%", "%%")).all()
        connection.exec_driver_sql("ROLLBACK")
        return "\n".join(row[0] for row in rows)

    text = server_desk.office.fetch(plan)
    assert re.search(r"Index Cond: \(\(+key(\)::text)? >= 'luc'", text)
    assert "pk_search_key" in text
    assert "Sort" not in text


WORDS = st.lists(st.text(alphabet="abcdeòé’", min_size=1, max_size=6), min_size=1, max_size=4)


@given(WORDS, st.data())
def test_shortened_words_in_any_order_fit_a_key_in_the_range(words: list[str], data: st.DataObject) -> None:
    """Whatever is typed of a name, some key of the name lies in the range and fits."""
    kept = [word for word in words if search_forms(word)]
    typed = [word[: data.draw(st.integers(1, len(word)))] for word in data.draw(st.permutations(kept))]
    asked = lookup.question(" ".join(typed))
    if asked is None:
        return
    keys = search_forms(" ".join(kept))
    assert any(key.startswith(asked.head) and lookup.fits(asked.words, key) for key in keys)
