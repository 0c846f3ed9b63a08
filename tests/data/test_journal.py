"""The recorder: every change is written down, what is none is not, and no way leads around it."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, text, update

from famdesk.data.checks.verify import verify
from famdesk.data.failures import NotPossible
from famdesk.data.journal import (
    SUBJECTS_SHOWN,
    AuditEntry,
    BulkWriteError,
    Change,
    digest_of,
    entry_hash,
    image,
    restored_values,
)
from famdesk.data.tables.people import ContactPoint, Person
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain.errors import BadText
from famdesk.domain.ids import new_id
from tests.support.offices import Desk


def _write(
    desk: Desk, work: Callable[[Tx], Any], login: str = "administrator"
) -> tuple[AuditEntry | None, list[Change]]:
    """Does `work` as a colleague; gives the entry and its changes, None and nothing if there is no entry."""
    office = desk.sign_in(login)
    with office.store.writing(office.actor) as (tx, outcome):
        work(tx)
    if not outcome.steps:
        return None, []
    with office.store.reading(office.actor) as tx:
        entry = tx.session.get(AuditEntry, (office.actor.centre_id, outcome.steps[0]))
        changes = tx.session.scalars(
            select(Change).where(Change.seq == outcome.steps[0]).order_by(Change.position)
        ).all()
        tx.session.expunge_all()
    return entry, list(changes)


def _staff(**values: Any) -> Staff:
    return Staff(**{"name": "Eva", "role": "educator"} | values)


def _add(tx: Tx, record: Any) -> Any:
    record.centre_id = tx.centre_id
    tx.session.add(record)
    return record


def test_a_new_a_changed_and_a_removed_row(desk: Desk) -> None:
    made = _staff()
    entry, changes = _write(desk, lambda tx: _add(tx, made))
    assert entry is not None
    assert [(change.table_name, change.row_id, change.before) for change in changes] == [("staff", made.id, None)]
    assert json.loads(changes[0].after or "")["name"] == "Eva"
    assert json.loads(entry.subjects) == [["staff", made.id, "create", []]]

    def rename(tx: Tx) -> None:
        found = tx.session.get(Staff, made.id)
        assert found is not None
        found.name, found.phone = "Ada", "1"
        tx.session.flush()
        found.name = "Ida"  # a second flush: one change, from the first state to the last

    entry, changes = _write(desk, rename)
    assert entry is not None
    assert json.loads(entry.subjects) == [["staff", made.id, "change", ["name", "phone"]]]
    before, after = (json.loads(value or "") for value in (changes[0].before, changes[0].after))
    assert (before["name"], after["name"], after["version"] - before["version"]) == ("Eva", "Ida", 2)

    entry, changes = _write(desk, lambda tx: tx.session.delete(tx.session.get(Staff, made.id)))
    assert entry is not None
    assert json.loads(entry.subjects) == [["staff", made.id, "delete", []]]
    assert changes[0].after is None


def test_what_changes_nothing_is_not_written_down(desk: Desk) -> None:
    def same(tx: Tx) -> None:
        found = tx.session.get(Staff, desk.office.actor.staff_id)
        assert found is not None
        found.name = str(found.name)

    def there_and_back(tx: Tx) -> None:
        found = tx.session.get(Staff, desk.office.actor.staff_id)
        assert found is not None
        name, found.name = found.name, "Altra"
        tx.session.flush()
        found.name = name

    def made_and_gone(tx: Tx) -> None:
        record = _add(tx, _staff())
        tx.session.flush()
        tx.session.delete(record)

    for work in (lambda _tx: None, same, there_and_back, made_and_gone):
        assert _write(desk, work) == (None, [])


def test_all_rows_of_a_step_in_one_entry(desk: Desk) -> None:
    made = [_staff(name=f"N{number}") for number in range(SUBJECTS_SHOWN + 5)]

    def add_all(tx: Tx) -> None:
        for record in made:
            _add(tx, record)

    entry, changes = _write(desk, add_all)
    assert entry is not None
    assert {change.row_id for change in changes} == {record.id for record in made}
    subjects = json.loads(entry.subjects)
    assert len(subjects) == SUBJECTS_SHOWN + 1
    assert subjects[-1] == ["*", str(len(made)), "more", []]
    assert verify(desk.office.store.engine, desk.office.keystore.load()) == []


def test_an_exception_leaves_neither_row_nor_entry(desk: Desk) -> None:
    made = _staff()

    def fails(tx: Tx) -> None:
        _add(tx, made)
        tx.session.flush()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        _write(desk, fails)
    with desk.office.store.reading(desk.office.actor) as tx:
        assert tx.session.get(Staff, made.id) is None
        assert tx.rows(select(Change.id).where(Change.row_id == made.id)) == []


def test_the_entry_holds_no_value(desk: Desk) -> None:
    word = "Zanzaraverde"
    made = Person(surname=word, note=word)
    entry, changes = _write(desk, lambda tx: _add(tx, made), "coordinator")
    assert entry is not None
    assert word not in json.dumps([str(value) for value in vars(entry).values()])
    assert word in (changes[0].after or "")
    assert changes[0].person_id == made.id
    point = ContactPoint(person_id=made.id, kind="phone", value=word)
    _entry, changes = _write(desk, lambda tx: _add(tx, point), "coordinator")
    assert changes[0].person_id == made.id


BULK: list[Callable[[Tx], Any]] = [
    lambda tx: tx.session.execute(update(Staff).values(name="x")),
    lambda tx: tx.session.execute(delete(Staff)),
    lambda tx: tx.session.execute(insert(Staff).values(id=new_id(), name="x", role="educator")),
    lambda tx: tx.session.execute(insert(Staff), [{"id": new_id(), "name": "x", "role": "educator"}]),
    lambda tx: tx.session.execute(update(Staff.__table__).values(name="x")),
    lambda tx: tx.session.execute(delete(Staff.__table__)),
    lambda tx: tx.session.execute(text("UPDATE staff SET name = 'x'")),
    lambda tx: tx.session.scalar(text("SELECT 1")),
    lambda tx: tx.session.query(Staff).update({"name": "x"}),
    lambda tx: tx.session.query(Staff).delete(),
    lambda tx: tx.session.bulk_save_objects([_staff()]),
    lambda tx: tx.session.bulk_insert_mappings(Staff, [{"id": new_id()}]),
    lambda tx: tx.session.bulk_update_mappings(Staff, [{"id": new_id()}]),
]


@pytest.mark.parametrize("way", range(len(BULK)))
def test_no_way_around_the_recorder(file_desk: Desk, way: int) -> None:
    with pytest.raises(BulkWriteError), file_desk.office.store.writing(file_desk.office.actor) as (tx, _outcome):
        BULK[way](tx)


def test_text_is_stored_in_normal_form_c(desk: Desk) -> None:
    made = _staff(name="Nicolo\u0300")
    _entry, changes = _write(desk, lambda tx: _add(tx, made))
    assert made.name == "Nicol\u00f2"
    assert json.loads(changes[0].after or "")["name"] == "Nicol\u00f2"
    same = _write(desk, lambda tx: setattr(tx.session.get(Staff, made.id), "name", "Nicolo\u0300"))
    assert same == (None, [])


@pytest.mark.parametrize("bad", ["a\0b", "\ud800", "a\udfffb"])
def test_what_cannot_be_stored_faithfully_is_refused_with_its_field(desk: Desk, bad: str) -> None:
    with pytest.raises(BadText) as caught:
        _write(desk, lambda tx: _add(tx, _staff(phone=bad)))
    assert caught.value.field == "phone"
    assert bad not in str(caught.value)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60))
def test_every_other_text_comes_back_as_it_went_in(file_desk: Desk, name: str) -> None:
    made = _staff(name=name)
    _entry, changes = _write(file_desk, lambda tx: _add(tx, made))
    wanted = unicodedata.normalize("NFC", name)
    assert json.loads(changes[0].after or "")["name"] == wanted
    with file_desk.office.store.reading(file_desk.office.actor) as tx:
        found = tx.session.get(Staff, made.id)
        assert found is not None
        assert found.name == wanted


def test_a_row_comes_back_from_its_image(desk: Desk) -> None:
    from datetime import date, datetime, time

    from famdesk.data.tables.calendar import Appointment

    appointment = Appointment(centre_id=new_id(), starts=datetime(2025, 2, 13, 17), ends=datetime(2025, 2, 13, 18),
                              kind="talk")  # fmt: skip
    person = Person(centre_id=new_id(), birth_date=date(2015, 2, 28), protected=True)
    point = ContactPoint(centre_id=new_id(), person_id=person.id, kind="phone", value="1", safe_from=time(9, 30))
    for record in (appointment, person, point):
        again = type(record)(**restored_values(type(record), json.loads(json.dumps(image(record)))))
        assert image(again) == image(record)


def test_a_broken_rule_of_the_database_is_told_in_words_without_values(desk: Desk) -> None:
    with pytest.raises(NotPossible) as caught:
        _write(desk, lambda tx: _add(tx, _staff(login="reception")))
    assert "accept" in caught.value.sentence()
    assert "reception" not in str(caught.value)


ENTRY = {"centre_id": "c", "seq": 1, "at": "a", "staff_id": "s", "role": "r", "station": "t", "kind": "write",
         "action": "x", "subjects": "[]", "details": "{}", "reason": None, "undoes": None, "digest": "d",
         "prev": "p"}  # fmt: skip


@pytest.mark.parametrize("name", sorted(ENTRY))
def test_the_hash_covers_every_field(name: str) -> None:
    assert entry_hash(ENTRY) != entry_hash({**ENTRY, name: "another"})


def test_the_digest_covers_every_change_and_their_order() -> None:
    row = {"position": 0, "table_name": "t", "row_id": "r", "before": None, "after": "x"}
    seen = {digest_of([row]), digest_of([]), digest_of([row, row])}
    seen |= {digest_of([{**row, name: "another"}]) for name in row}
    assert len(seen) == 3 + len(row)
