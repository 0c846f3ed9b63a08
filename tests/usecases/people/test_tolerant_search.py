"""Misspelt, misheard and otherwise spelt names; who is not to be known of; filters; searches that are kept."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from famdesk.data.search import SearchKey, scan
from famdesk.data.tables.people import Person
from famdesk.data.tx import Tx
from famdesk.data.words import NOBODY, SearchWord
from famdesk.domain.errors import NotFound, Required, TextTooLong
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, people, person_search, saved_searches
from famdesk.usecases.people.person_filters import NO_FILTER, PersonFilter
from tests.support.offices import Desk


@pytest.fixture
def reception(desk: Desk) -> Office:
    return desk.sign_in("reception")


def _add(office: Office, surname: str | None, given_name: str | None, **details: Any) -> str:
    return office.run(people.add_person, surname=surname, given_name=given_name, **details)


def _found(office: Office, typed: str) -> list[str]:
    return [hit.label for hit in office.fetch(people.find_persons, typed)]


@pytest.mark.parametrize(
    ("surname", "given_name", "typed"),
    [
        ("Benali", "Mohamed", "benali muhammad"),
        ("Benali", "Mohamed", "ben ali mohammad"),
        ("Ben Ali", "Mohammed", "benali mohamed"),
        ("De Angelo", "Anna", "d'angelo anna"),
        ("D'Angelo", "Anna", "de angelo anna"),
        ("Dangelo", "Anna", "d angelo anna"),
        ("Rossi", "Maria Rosa", "mariarosa rosi"),
        ("Rossi", "Mariarosa", "rossi maria rosa"),
        ("Garcia Marquez", "Luz", "luz garsia"),
        ("Shevchenko", "Oksana", "oksana scevcenko"),
        ("Шевченко", "Оксана", "shevchenko oksana"),
        ("Shevchenko", "Oksana", "Шевченко"),
        ("Stradivari", "Niccolò", "stardivari niccolo"),
        ("Stradivari", "Niccolò", "stradivarri nicolo"),
        ("Cheikh", "Moussa", "sheikh musa"),
        ("Chiarini", "Filippo", "kiarini"),
        ("Ghisleri", "Ada", "ada ghisler1"),
        ("Papadopoulos", "Eleni", "papadopulos"),
    ],
)
def test_the_person_meant_is_found(reception: Office, surname: str, given_name: str, typed: str) -> None:
    added = _add(reception, surname, given_name)
    _add(reception, "Zanetti", "Ugo")
    assert [hit.id for hit in reception.fetch(people.find_persons, typed)] == [added]


def test_who_fits_stands_before_who_only_resembles(reception: Office) -> None:
    _add(reception, "Rossi", "Ada")
    _add(reception, "Rosi", "Ada")
    hits = reception.fetch(people.find_persons, "rosi ada")
    assert [(hit.label, hit.similar) for hit in hits] == [("Rosi Ada", False), ("Rossi Ada", True)]


def test_addresses_and_no_hidden_ones(reception: Office) -> None:
    added = _add(reception, "Zanetti", "Ugo")
    reception.run(contacts.add_contact_point, added, kind="address", value="via Giuseppe Mazzini 12, Cremona")
    for typed in ("mazzini 12", "via mazzini", "12 mazini", "cremona mazzini"):
        assert _found(reception, typed) == ["Zanetti Ugo"], typed
    reception.run(contacts.add_contact_point, added, kind="address", value="vicolo Segreto 3", hidden=True)
    assert _found(reception, "segreto") == []


def test_short_and_strange_words_are_not_stretched(reception: Office) -> None:
    _add(reception, "Luca", "Ada")
    for typed in ("uca", "x", "12", "via 3", "%%%", "lu ca x"):
        assert _found(reception, typed) == [], typed


def test_a_protected_file_leaves_no_trace(desk: Desk, reception: Office) -> None:
    coordinator = desk.sign_in("coordinator")
    hidden = _add(coordinator, "Zuccarelli", "Ottone")
    _add(reception, "Rossi", "Ada")
    assert _found(reception, "zucarelli") == ["Zuccarelli Ottone"]
    coordinator.run(people.set_protection, hidden, 1, protected=True, restricted=False, reason="tutela")
    for typed in ("zuccarelli", "zucarelli", "ottone", "zuccarelli otone", "zuc"):
        assert _found(reception, typed) == [], typed
    assert _found(coordinator, "zucarelli") == ["Zuccarelli Ottone"]
    assert reception.fetch(_words_known) == {"rossi", "ada"}
    assert {"zuccarelli", "ottone"} <= coordinator.fetch(_words_known)


def _words_known(tx: Tx) -> set[str]:
    """The words that a fresh vocabulary of this colleague has."""
    from famdesk.data.words import WordBook

    with tx.doing("person_search.find_persons"):
        known = WordBook().vocabulary(tx.session, tx.centre_id, tx.actor.staff_id, tx.visible_person)
    return set(known.continuing(""))


def test_a_colleague_who_is_barred_finds_nobody(desk: Desk, reception: Office) -> None:
    added = _add(reception, "Zuccarelli", "Ottone")
    coordinator = desk.sign_in("coordinator")
    tie = coordinator.run(people.block, added, reception.actor.staff_id, "parente")
    assert _found(reception, "zucarelli") == []
    assert reception.fetch(_words_known) == set()
    coordinator.run(people.end_tie, tie, 1)
    assert _found(reception, "zucarelli") == ["Zuccarelli Ottone"]


def test_the_vocabulary_counts_what_the_index_holds(desk: Desk, reception: Office) -> None:
    first = _add(reception, "De Luca", "Anna")
    _add(reception, "Luca", "Ada")
    reception.run(people.change_person, first, 1, surname="Dellarovere")
    assert _counted(reception) == {"dellarovere": 1, "anna": 1, "luca": 1, "ada": 1}
    reception.undo()
    assert _counted(reception) == {"de": 1, "luca": 2, "deluca": 1, "anna": 1, "ada": 1}
    coordinator = desk.sign_in("coordinator")
    coordinator.run(people.set_protection, first, coordinator.fetch(_version, first), protected=True,
                    restricted=False, reason="tutela")  # fmt: skip
    assert _counted(coordinator) == {"luca": 1, "ada": 1}


def _counted(office: Office) -> dict[str, int]:
    def read(tx: Tx) -> dict[str, int]:
        rows = tx.rows(select(SearchWord.word, SearchWord.bearers).where(SearchWord.record_id == NOBODY))
        return {row.word: row.bearers for row in rows}

    return office.fetch(read)


def _version(tx: Tx, person_id: str) -> int:
    return int(tx.rows(select(Person.version).where(Person.id == person_id))[0].version)


def test_names_of_a_merged_file_lead_to_the_one_that_was_kept(reception: Office) -> None:
    kept, gone = _add(reception, "Rossi", "Ada"), _add(reception, "Zuccarelli", "Adalgisa", phone="0372 111222")

    def merge(tx: Tx) -> None:
        with tx.doing("people.change_person"):
            tx.get(Person, gone).merged_into_id = kept

    reception.run(merge)
    for typed in ("zuccarelli", "adalgisa zucarelli", "0372 111"):
        assert [hit.id for hit in reception.fetch(people.find_persons, typed)] == [kept], typed
    reception.undo()
    assert [hit.id for hit in reception.fetch(people.find_persons, "zuccarelli")] == [gone]
    assert _found(reception, "rossi") == ["Rossi Ada"]


def test_many_who_share_a_word_are_read_on_until_enough_fit(reception: Office) -> None:
    for number in range(40):
        _add(reception, "Rossi", f"Maria {'abcdefgh'[number % 8]}{'klmno'[number // 8]}")
    assert len(reception.fetch(people.find_persons, "rossi maria ho")) == 1
    assert len(reception.fetch(people.find_persons, "ros mar", 35)) == 35


def test_a_scan_gives_keys_range_by_range(reception: Office) -> None:
    added = _add(reception, "Rossi", "Ada")
    asked = [("rossi a", "rossi b", ""), ("ada", "adb", ""), ("x", "y", ""), ("rossi", "rossj", " zzz")]
    rows = reception.fetch(lambda tx: scan(tx.session, tx.centre_id, asked, 5, 5))
    assert rows == [(0, "rossi ada", added), (1, "ada rossi", added)]
    assert len(reception.fetch(lambda tx: scan(tx.session, tx.centre_id, asked, 5, 1))) == 1


def test_keys_say_who_is_guarded(desk: Desk) -> None:
    coordinator = desk.sign_in("coordinator")
    added = _add(coordinator, "Zuccarelli", "Ottone")

    def guarded(tx: Tx) -> set[bool]:
        return {row.guarded for row in tx.rows(select(SearchKey.guarded).where(SearchKey.record_id == added))}

    assert coordinator.fetch(guarded) == {False}
    coordinator.run(people.set_protection, added, 1, protected=False, restricted=True, reason="art. 18")
    assert coordinator.fetch(guarded) == {True}
    coordinator.undo()
    assert coordinator.fetch(guarded) == {False}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (PersonFilter(age="0-3"), {"Piccolo", "Treanni"}),
        (PersonFilter(age="18-"), {"Grande"}),
        (PersonFilter(turning="leaves"), {"Treanni"}),
        (PersonFilter(turning="enters"), {"Piccolo"}),
        (PersonFilter(age="3-6", turning="enters"), {"Treanni"}),
        (PersonFilter(place="crem"), {"Piccolo"}),
        (PersonFilter(language="uk"), {"Grande"}),
        (PersonFilter(mediator=True), {"Grande"}),
        (PersonFilter(privacy="none"), {"Piccolo", "Grande", "Treanni"}),
        (PersonFilter(privacy="signed"), set()),
        (PersonFilter(age="0-3", place="crema"), set()),
        (NO_FILTER, set()),
    ],
)
def test_filters(reception: Office, wanted: PersonFilter, found: set[str]) -> None:
    _add(reception, "Piccolo", "Leo", birth_date=date(2025, 2, 3), town="Cremona")
    _add(reception, "Treanni", "Leo", birth_date=date(2022, 2, 28))
    _add(reception, "Grande", "Leo", birth_date=date(1990, 1, 1), language="uk", needs_mediator=True)
    rows = reception.fetch(person_search.list_persons, "", 100, wanted)
    assert {row.label.split()[0] for row in rows} == found
    if wanted != NO_FILTER:
        typed = reception.fetch(person_search.list_persons, "leo", 100, wanted)
        assert {row.id for row in typed} == {row.id for row in rows}


def test_filters_by_who_is_in_charge_and_by_protection(desk: Desk) -> None:
    coordinator = desk.sign_in("coordinator")
    added = _add(coordinator, "Zuccarelli", "Ottone", owner_staff_id=coordinator.actor.staff_id)
    _add(coordinator, "Rossi", "Ada")
    mine = PersonFilter(in_charge=coordinator.actor.staff_id)
    assert [row.id for row in coordinator.fetch(person_search.list_persons, "", 100, mine)] == [added]
    coordinator.run(people.set_protection, added, 1, protected=True, restricted=False, reason="tutela")
    protected = PersonFilter(protected=True)
    assert [row.id for row in coordinator.fetch(person_search.list_persons, "", 100, protected)] == [added]
    assert desk.sign_in("reception").fetch(person_search.list_persons, "", 100, protected) == ()


def test_searches_are_kept_for_oneself(desk: Desk, reception: Office) -> None:
    wanted = PersonFilter(age="0-3", turning="leaves", mediator=True)
    kept = reception.run(saved_searches.keep, " Tre  anni ", "ros", wanted)
    assert reception.run(saved_searches.keep, "tre anni", "", wanted) == kept
    (row,) = reception.fetch(saved_searches.mine)
    assert (row.id, row.name, row.text, row.wanted) == (kept, "tre anni", "", wanted)
    other = desk.sign_in("educator")
    assert other.fetch(saved_searches.mine) == ()
    with pytest.raises(NotFound):
        other.run(saved_searches.remove, kept, row.version)
    reception.run(saved_searches.remove, kept, row.version)
    assert reception.fetch(saved_searches.mine) == ()


def test_a_search_needs_a_name_that_fits(reception: Office) -> None:
    for name, error in (("  ", Required), ("x" * 81, TextTooLong)):
        with pytest.raises(error) as caught:
            reception.run(saved_searches.keep, name, "", NO_FILTER)
        assert caught.value.field == "name"


def test_what_a_later_version_kept_is_left_out() -> None:
    assert PersonFilter.from_json('{"age": "0-3", "shoes": 42}') == PersonFilter(age="0-3")
