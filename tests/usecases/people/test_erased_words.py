"""Erasure finds drafts and saved searches of colleagues that name the person, under whatever key they are kept."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select
from sqlalchemy.exc import ProgrammingError

from famdesk.data.tables.people import Person
from famdesk.data.tables.person_details import SavedSearch
from famdesk.data.tx import Tx
from famdesk.usecases.intake import drafts
from famdesk.usecases.office import Office
from famdesk.usecases.people import naming_words, people, privacy_rights, saved_searches
from famdesk.usecases.people.naming_words import Naming
from famdesk.usecases.people.person_filters import NO_FILTER
from tests.support.offices import Desk
from tests.support.scenarios import version


def _drafts(office: Office) -> set[str]:
    return {row.key for row in office.fetch(drafts.mine)}


def _searches(office: Office) -> set[str]:
    rows = office.fetch(lambda tx: tx.rows(select(SavedSearch.name).where(SavedSearch.staff_id == tx.actor.staff_id)))
    return {row.name for row in rows}


def test_what_colleagues_typed_goes_with_the_file(desk: Desk) -> None:
    head, reception = desk.sign_in("coordinator"), desk.sign_in("reception")
    person = head.run(people.add_person, surname="Nicolò", given_name="Lia", alias="Fiordaliso (2)",
                      tax_code="RSSMRA85T10A562S", keep_tax_code=True)  # fmt: skip
    kept = {"nessuno": "Nicolò era qui", "altra": "Lia Rossi", "parole": "i fiordalisi, Liana Nicolòsi"}
    gone = {"card:new:1": json.dumps({"needs": "la signora… Lia NICOLÒ"}), "contact": "chiama Fiordaliso (2)!",
            "codice": json.dumps({"x": "rssmra85t10a562s"}), f"card:{person}": "{}"}  # fmt: skip
    for key, body in {**kept, **gone}.items():
        reception.run(drafts.keep, key, body)
    for name in ("Lia Nicolò, le telefonate", "senza nome"):
        reception.run(saved_searches.keep, name, "x", NO_FILTER)
    assert head.fetch(naming_words_about, person) == Naming(4, 1)
    plan = head.fetch(privacy_rights.erasure_plan, person)
    assert [line.count for line in plan.lines if "Drafts" in line.what] == [5]
    assert head.run(privacy_rights.erase, person, version(head, Person, person), "chiesto") == Naming(4, 1)
    assert _drafts(reception) == set(kept)
    assert _searches(reception) == {"senza nome"}


def naming_words_about(tx: Tx, person_id: str) -> Naming:
    with tx.doing(privacy_rights.erasure_plan.name):
        return naming_words.count(tx, person_id, [tx.get(Person, person_id)])


@pytest.mark.postgres
def test_nobody_asks_the_server_whom_a_text_names(server_desk: Desk) -> None:
    """Only the erasure does; who could ask with names of their own would learn who is in a protected file."""
    from psycopg.errors import InsufficientPrivilege

    head, reception = server_desk.sign_in("coordinator"), server_desk.sign_in("reception")
    person = head.run(people.add_person, surname="Nicolò", given_name="Lia")
    for office, statement in ((reception, "SELECT fd_names(%s, 'lia nicolò')"), (head, "SELECT fd_wholes(%s)"),
                              (reception, "SELECT fd_words_about(%s, false)")):  # fmt: skip
        with office.store.engine.connect() as connection, pytest.raises(ProgrammingError) as refused:
            connection.exec_driver_sql(statement, (person,))
        assert isinstance(refused.value.__cause__, InsufficientPrivilege)
