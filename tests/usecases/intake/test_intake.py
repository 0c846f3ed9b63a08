"""Accesses and drafts: logging, upgrading without retyping, lists that betray nobody, undo of each kind."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from famdesk.data.journal import AuditEntry, Change
from famdesk.data.tables.directory import Body
from famdesk.data.tables.people import Person
from famdesk.data.tx import Tx
from famdesk.domain.errors import BadText, Forbidden, NotFound, NothingToUndo, Required, Stale, TextTooLong
from famdesk.usecases import journal
from famdesk.usecases.intake import drafts, intake
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from tests.support.calendars import seed
from tests.support.offices import Desk

TODAY = date(2025, 2, 11)
NOW = datetime(2025, 2, 11, 12, 41)


def _log(office: Office, **values: Any) -> str:
    given = {"channel": "door", "need": "nursery", "age_band": "0-3", "answer": "Nido San Francesco", **values}
    return office.run(intake.log_contact, **given)


def _rows(office: Office, day: date = TODAY) -> tuple[intake.AccessRow, ...]:
    return office.fetch(intake.accesses, day)


def _person(office: Office, **values: Any) -> str:
    def add(tx: Tx) -> str:
        with tx.doing("intake.open_card"):
            return tx.add(Person(**{"surname": "Prova", "given_name": "Lia", "alias": "Nonna Lia", **values})).id

    return office.run(add)


def _protect(desk: Desk, person: str, **values: Any) -> None:
    def change(tx: Tx) -> None:
        with tx.doing("intake.open_card"):
            record = tx.get(Person, person)
            for name, value in (values or {"protected": True}).items():
                setattr(record, name, value)

    desk.sign_in("coordinator").run(change)


def _card(office: Office, card: str) -> intake.CardRow:
    return office.fetch(intake.access_card, card)


def test_a_contact_is_an_access_of_today(desk: Desk) -> None:
    office = desk.sign_in("reception")
    contact = _log(office)
    (row,) = _rows(office)
    assert (row.id, row.kind, row.at, row.channel, row.needs) == (contact, "contact", NOW, "door", ("nursery",))
    assert (row.function, row.age_band, row.answer, row.who) == ("A", "0-3", "Nido San Francesco", None)
    assert row.operator == "Prova reception"
    assert _rows(office, TODAY - timedelta(days=1)) == ()
    assert _rows(office, TODAY + timedelta(days=1)) == ()


def test_words_without_a_need_of_the_list_are_enough(desk: Desk) -> None:
    office = desk.sign_in("educator")
    _log(office, need=None, need_text="  cerca un passeggino usato  ", function="C", age_band=None, answer=None)
    (row,) = _rows(office)
    assert (row.needs, row.need_text, row.function, row.answer) == ((), "cerca un passeggino usato", "C", None)


@pytest.mark.parametrize(
    ("values", "error", "field"),
    [
        ({"need": None}, Required, "need"),
        ({"need": None, "need_text": "   "}, Required, "need"),
        ({"channel": ""}, Required, "channel"),
        ({"channel": "pigeon"}, intake.UnknownChoice, "channel"),
        ({"need": "gold"}, intake.UnknownChoice, "need"),
        ({"age_band": "0-99"}, intake.UnknownChoice, "age_band"),
        ({"function": "D"}, intake.UnknownChoice, "function"),
        ({"answer": "x" * 501}, TextTooLong, "answer"),
        ({"answer": "a\0b"}, BadText, "answer"),
        ({"access_point_id": "0190a0a0-0000-7000-8000-000000000000"}, intake.NotAvailable, "access_point_id"),
    ],
)
def test_a_contact_that_cannot_be(file_desk: Desk, values: dict[str, Any], error: type[Exception], field: str) -> None:
    office = file_desk.sign_in("reception")
    with pytest.raises(error) as caught:
        _log(office, **values)
    assert getattr(caught.value, "field", None) == field
    assert _rows(office) == ()


def test_contact_undo_of_each_kind(desk: Desk) -> None:
    office = desk.sign_in("reception")
    contact = _log(office)
    (before,) = _rows(office)
    office.run(intake.change_contact, contact, 1, channel="phone", need="school", need_text="classe prima",
               age_band="6-11", answer=None, access_point_id=None)  # fmt: skip
    (changed,) = _rows(office)
    assert (changed.channel, changed.needs, changed.need_text, changed.at) == (
        "phone",
        ("school",),
        "classe prima",
        NOW,
    )
    assert office.undo_label() == "Contact of Tue 11 Feb, 12:41 changed"
    office.undo()
    assert _content(_rows(office)[0]) == _content(before)
    office.run(intake.remove_contact, contact)
    assert _rows(office) == ()
    assert office.undo_label() == "Contact of Tue 11 Feb, 12:41 removed"
    office.undo()
    assert _content(_rows(office)[0]) == _content(before)
    office.undo()
    assert _rows(office) == ()
    office.redo()
    assert _content(_rows(office)[0]) == _content(before)


def _content(row: intake.AccessRow) -> tuple[object, ...]:
    return (row.id, row.kind, row.at, row.channel, row.needs, row.need_text, row.age_band, row.answer, row.outcome)


def test_two_desks_change_one_contact(desk: Desk) -> None:
    office, other = desk.sign_in("reception"), desk.sign_in("educator")
    contact = _log(office)
    given = {"channel": "mail", "need": "school", "need_text": None, "age_band": None, "answer": None,
             "access_point_id": None}  # fmt: skip
    other.run(intake.change_contact, contact, 1, **given)
    with pytest.raises(Stale) as caught:
        office.run(intake.change_contact, contact, 1, **given)
    assert caught.value.params["by"] == "Prova educator"


def test_a_contact_becomes_a_card_without_retyping(desk: Desk) -> None:
    office = desk.sign_in("reception")
    contact = _log(office, need_text="posto al nido per settembre")
    desk.clock.forward(minutes=9)
    card = office.run(intake.open_card, from_contact_id=contact)
    (row,) = _rows(office)
    assert (row.id, row.kind, row.contact_id, row.at) == (card, "card", contact, NOW)
    assert (row.needs, row.need_text, row.answer) == (("nursery",), "posto al nido per settembre", "Nido San Francesco")
    assert row.age_band == "0-3"
    assert row.missing == ("person", "outcome")
    with pytest.raises(intake.NotAvailable):
        office.run(intake.open_card, from_contact_id=contact)
    office.undo()
    (row,) = _rows(office)
    assert (row.id, row.kind) == (contact, "contact")
    office.redo()
    assert _rows(office)[0].id == card


def test_removing_a_card_gives_the_contact_back(desk: Desk) -> None:
    office = desk.sign_in("reception")
    contact = _log(office)
    card = office.run(intake.open_card, from_contact_id=contact)
    office.run(intake.remove_card, card)
    assert [row.id for row in _rows(office)] == [contact]
    office.undo()
    assert [row.id for row in _rows(office)] == [card]
    with pytest.raises(Stale):
        office.run(intake.remove_card, card, 1)


def test_a_card_keeps_what_is_saved_and_only_changes_what_is_given(desk: Desk) -> None:
    office = desk.sign_in("social_worker")
    person, caller = _person(office), _person(office, surname="Chiamante", alias=None)
    card = office.run(intake.open_card, channel="phone", needs=["separation", "school", "separation"])
    office.run(
        intake.save_card, card, 1, at=datetime(2025, 2, 10, 9, 5), caller_is_person=False, caller_id=caller,
        caller_relation="parent", sent_by=" medico di base ", person_id=person, present=False, informed=False,
        accompanied_by="zia", references="nonno, 0372 000", needs_family="non ci parliamo più", urgency="soon",
        answers="mediazione", outcome="appointment", note="richiamare", needs_operator="separazione in corso",
    )  # fmt: skip
    found = _card(office, card)
    assert (found.at, found.channel, found.needs) == (datetime(2025, 2, 10, 9, 5), "phone", ("separation", "school"))
    assert (found.caller_id, found.person_id, found.sent_by) == (caller, person, "medico di base")
    assert (found.present, found.informed, found.accompanied_by) == (False, False, "zia")
    assert (found.references, found.needs_operator) == ("nonno, 0372 000", "separazione in corso")
    assert (found.urgency, found.answers, found.outcome) == ("soon", "mediazione", "appointment")
    assert (found.note, found.privacy, found.missing) == ("richiamare", "none", ("privacy",))
    office.run(intake.save_card, card, found.version, outcome=None)
    assert _card(office, card).answers == "mediazione"
    assert _card(office, card).missing == ("privacy", "outcome")
    office.undo()
    assert _card(office, card).outcome == "appointment"
    office.undo()
    assert _card(office, card).person_id is None
    office.undo()
    with pytest.raises(NotFound):
        _card(office, card)


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"at": datetime(2025, 2, 12, 0, 0)}, intake.FutureAccess),
        ({"at": None}, Required),
        ({"outcome": "magic"}, intake.UnknownChoice),
        ({"needs": ["nursery", "gold"]}, intake.UnknownChoice),
        ({"person_id": "0190a0a0-0000-7000-8000-000000000000"}, intake.NotAvailable),
        ({"sent_by_body_id": "0190a0a0-0000-7000-8000-000000000000"}, intake.NotAvailable),
        ({"sent_by": "x" * 501}, TextTooLong),
        ({"note": "x" * 20_001}, TextTooLong),
        ({"colour": "blue"}, TypeError),
    ],
)
def test_a_card_that_cannot_be(file_desk: Desk, values: dict[str, Any], error: type[Exception]) -> None:
    office = file_desk.sign_in("reception")
    card = office.run(intake.open_card)
    with pytest.raises(error):
        office.run(intake.save_card, card, 1, **values)
    assert _card(office, card).version == 1


def test_an_empty_card_can_be_saved_and_lists_what_is_missing(desk: Desk) -> None:
    office = desk.sign_in("reception")
    card = office.run(intake.open_card)
    found = _card(office, card)
    assert found.missing == ("channel", "person", "needs_family", "needs", "answers", "outcome")
    (unfinished,) = office.fetch(intake.unfinished_cards)
    assert (unfinished.id, unfinished.mine, unfinished.missing) == (card, True, found.missing)
    assert desk.sign_in("educator").fetch(intake.unfinished_cards)[0].mine is False


def test_a_complete_card_is_not_unfinished(desk: Desk) -> None:
    office = desk.sign_in("reception")
    person = _person(office, privacy="signed")
    office.run(intake.open_card, channel="door", person_id=person, needs=["nursery"], needs_family="nido",
               answers="Polo", outcome="informed")  # fmt: skip
    assert office.fetch(intake.unfinished_cards) == ()
    assert _rows(office)[0].missing == ()


def test_opening_a_card_is_written_down_with_its_reader(desk: Desk) -> None:
    office = desk.sign_in("reception")
    card = office.run(intake.open_card)
    reader = desk.sign_in("educator")
    _card(reader, card)

    def reads(tx: Tx) -> list[Any]:
        return list(tx.rows(select(AuditEntry.staff_id, AuditEntry.subjects).where(AuditEntry.kind == "read")))

    entries = desk.sign_in("coordinator").fetch(reads)
    assert [row.staff_id for row in entries if card in row.subjects] == [reader.actor.staff_id]


def test_names_in_the_list_and_earlier_accesses(desk: Desk) -> None:
    office = desk.sign_in("reception")
    person = _person(office)
    first = office.run(intake.open_card, person_id=person, needs=["school"], outcome="informed")
    desk.clock.forward(days=1)
    second = office.run(intake.open_card, caller_is_person=False, caller_id=person, caller_relation="parent")
    assert _rows(office)[0].who == "Prova Lia"
    earlier = office.fetch(intake.earlier_accesses, person)
    assert [(row.id, row.as_caller) for row in earlier] == [(second, True), (first, False)]
    assert (earlier[1].needs, earlier[1].outcome) == (("school",), "informed")


def test_a_protected_person_is_not_betrayed(desk: Desk) -> None:
    office = desk.sign_in("reception")
    person, other = _person(office), _person(office, surname="Altra", alias=None)
    contact = _log(office)
    card = office.run(intake.open_card, from_contact_id=contact, person_id=person)
    called = office.run(intake.open_card, person_id=other, caller_is_person=False, caller_id=person)
    _protect(desk, person)
    rows = _rows(office)
    assert [row.id for row in rows] == [contact]
    assert "Prova Lia" not in repr(rows)
    assert "Nonna" not in repr(rows)
    assert office.fetch(intake.unfinished_cards) == ()
    assert office.fetch(intake.needs_used) == (("nursery", 1),)
    for query, subject in ((intake.access_card, card), (intake.access_card, called), (intake.earlier_accesses, person)):
        with pytest.raises(NotFound):
            office.fetch(query, subject)
    assert office.fetch(intake.earlier_accesses, other) == ()
    with pytest.raises(intake.NotAvailable):
        office.run(intake.open_card, person_id=person)
    leader = desk.sign_in("coordinator")
    seen = {row.id: row for row in _rows(leader)}
    assert seen[card].who == "Prova Lia"
    assert seen[card].careful
    assert (seen[called].who, _card(leader, called).caller) == ("Altra Lia", "Prova Lia")


def test_needs_and_answers_that_come_often(desk: Desk) -> None:
    office = desk.sign_in("reception")
    for need, answer in (("nursery", "Polo"), ("nursery", "Polo"), ("school", "Istituto"), ("nursery", "Nido")):
        _log(office, need=need, answer=answer)
    office.run(intake.open_card, needs=["school", "benefits"])
    assert office.fetch(intake.needs_used) == (("nursery", 3), ("school", 2), ("benefits", 1))
    assert [(row.text, row.used) for row in office.fetch(intake.answers, "", "nursery")] == [("Polo", 2), ("Nido", 1)]
    assert {row.text for row in office.fetch(intake.answers, "")} == {"Polo", "Nido", "Istituto"}
    assert [row.text for row in office.fetch(intake.answers, "nid", "nursery")] == ["Nido"]
    desk.clock.forward(days=366)
    assert office.fetch(intake.needs_used) == ()


def test_answers_of_a_card_that_one_may_not_see_are_not_proposed(desk: Desk) -> None:
    office, leader = desk.sign_in("reception"), desk.sign_in("coordinator")
    person = _person(office)
    _log(office, answer="Nido")
    for answer, about in (("Casa rifugio", person), ("Polo", None)):
        office.run(intake.open_card, from_contact_id=_log(office, answer=answer), person_id=about)

    def proposed(who: Office) -> set[str]:
        return {row.text for row in who.fetch(intake.answers, "", "nursery")}

    assert proposed(office) == {"Nido", "Polo", "Casa rifugio"}
    _protect(desk, person)
    assert proposed(office) == {"Nido", "Polo"}
    assert proposed(leader) == {"Nido", "Polo", "Casa rifugio"}


def test_answers_from_the_directory_and_never_a_person(desk: Desk) -> None:
    office = desk.sign_in("reception")
    _person(office, surname="Civica")
    _log(office, answer="Civico, sportello")

    def add(tx: Tx) -> None:
        with tx.doing("journal.revert"):
            tx.add(Body(name="Civico 81", kind="cooperative"))

    desk.sign_in("coordinator").run(add)
    rows = office.fetch(intake.answers, "civ", "nursery")
    assert [(row.text, row.used) for row in rows] == [("Civico, sportello", 1), ("Civico 81", 0)]


def test_who_says_what_a_card_shows(desk: Desk) -> None:
    office = desk.sign_in("reception")
    person, hidden = _person(office, language="pa", needs_mediator=True), _person(office)
    _protect(desk, hidden)
    (brief,) = office.fetch(intake.who, [person, hidden])
    assert (brief.id, brief.label, brief.privacy, brief.careful) == (person, "Prova Lia", "none", False)
    assert (brief.language, brief.needs_mediator) == ("pa", True)


def test_logging_forgets_the_draft_of_the_line(desk: Desk) -> None:
    office = desk.sign_in("reception")
    office.run(drafts.keep, "contact", "{}")
    _log(office, draft="contact")
    assert office.fetch(drafts.mine) == ()


def test_the_administrator_has_no_say_in_accesses(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        _rows(desk.office)
    with pytest.raises(Forbidden):
        _log(desk.office)


def test_history_of_a_contact(desk: Desk) -> None:
    office = desk.sign_in("reception")
    contact = _log(office)
    office.run(intake.remove_contact, contact)
    office.undo()
    labels = [row.label for row in office.fetch(journal.history, "info_contact", contact)]
    assert labels[-1] == "Contact of Tue 11 Feb, 12:41 logged"
    assert labels[0].startswith("Undone: ")


def _count(tx: Tx) -> tuple[int, int]:
    entries = tx.session.scalar(select(func.count()).select_from(AuditEntry))
    changes = tx.session.scalar(select(func.count()).select_from(Change))
    return entries or 0, changes or 0


def test_drafts_leave_no_trace_in_journal_and_undo(desk: Desk) -> None:
    office = desk.sign_in("reception")
    contact = _log(office)
    office.undo()
    heard: list[object] = []
    office.subscribe(heard.append)
    before = office.fetch(_count)
    for body in ("A", "An", "Anna"):
        office.run(drafts.keep, "access_card:new", body)
    office.run(drafts.keep, "note:1", "x")
    office.run(drafts.drop, "note:1")
    office.run(drafts.drop, "never there")
    assert office.fetch(_count) == before
    assert heard == []
    assert office.undo_label() is None
    assert office.redo_label() == "Contact of Tue 11 Feb, 12:41 logged"
    with pytest.raises(NothingToUndo):
        office.undo()
    office.redo()
    assert [row.id for row in _rows(office)] == [contact]
    assert office.fetch(drafts.read, "access_card:new") == drafts.DraftRow("access_card:new", "Anna", NOW)
    assert office.fetch(drafts.read, "note:1") is None


def test_drafts_are_one_s_own(desk: Desk) -> None:
    office, other = desk.sign_in("reception"), desk.sign_in("coordinator")
    office.run(drafts.keep, "access_card:1", "uno")
    desk.clock.forward(minutes=1)
    office.run(drafts.keep, "access_card:2", "due")
    office.run(drafts.keep, "other", "tre")
    assert [row.body for row in office.fetch(drafts.mine, "access_card:")] == ["due", "uno"]
    assert other.fetch(drafts.mine) == ()
    assert other.fetch(drafts.read, "access_card:1") is None
    other.run(drafts.keep, "access_card:1", "mio")
    assert office.fetch(drafts.read, "access_card:1").body == "uno"


def test_saving_forgets_the_draft_and_undo_does_not_bring_it_back(desk: Desk) -> None:
    office = desk.sign_in("reception")
    office.run(drafts.keep, "access_card:x", "testo")
    card = office.run(intake.open_card, draft="access_card:x")
    assert office.fetch(drafts.mine) == ()
    office.run(drafts.keep, "access_card:x", "ancora")
    office.run(intake.save_card, card, 1, note="n", draft="access_card:x")
    assert office.fetch(drafts.mine) == ()
    office.undo()
    assert office.fetch(drafts.mine) == ()
    assert _card(office, card).note is None


def test_a_refused_save_keeps_the_draft(desk: Desk) -> None:
    office = desk.sign_in("reception")
    office.run(drafts.keep, "access_card:x", "testo")
    with pytest.raises(intake.UnknownChoice):
        office.run(intake.open_card, draft="access_card:x", outcome="magic")
    assert office.fetch(drafts.read, "access_card:x").body == "testo"


def test_a_draft_that_cannot_be_stored(file_desk: Desk) -> None:
    office = file_desk.sign_in("reception")
    with pytest.raises(BadText):
        office.run(drafts.keep, "k", "a\0b")


def test_answers_of_the_directory_come_with_their_hours(desk: Desk) -> None:
    seed(desk.sign_in("coordinator"))
    office = desk.sign_in("reception")
    found = {row.text: row.hours for row in office.fetch(intake.answers, "piazza Giovanni")}
    assert found["piazza Giovanni XXIII"] == "Tue 12:00–14:00, Thu 17:00–19:00"
    (polo,) = [row for row in office.fetch(intake.answers, "polo infanzia") if row.text.startswith("Polo")]
    assert polo.hours == "on contact"


def test_reference_persons_are_persons(desk: Desk) -> None:
    """Up to three, kept in their order; one whom somebody may not know is not shown and not lost."""
    head, reception = desk.sign_in("coordinator"), desk.sign_in("reception")
    ids = [head.run(people.add_person, alias=alias) for alias in ("uno", "due", "tre", "quattro")]
    card = reception.run(intake.open_card, reference_persons=((ids[0], "parent"), (ids[1], None)))
    kept = reception.fetch(intake.access_card, card)
    assert kept.reference_persons == ((ids[0], "uno", "parent"), (ids[1], "due", None))
    head.run(people.set_protection, ids[0], 1, protected=True, restricted=False, reason="minacce")
    assert reception.fetch(intake.access_card, card).reference_persons == ((ids[1], "due", None),)
    reception.run(intake.save_card, card, kept.version, reference_persons=((ids[2], "friend"),))
    assert [one[1] for one in head.fetch(intake.access_card, card).reference_persons] == ["uno", "tre"]
    with pytest.raises(intake.TooManyReferences):
        head.run(intake.open_card, reference_persons=[(one, None) for one in ids])
    with pytest.raises(intake.NotAvailable) as hidden:
        reception.run(intake.open_card, reference_persons=((ids[0], None),))
    assert hidden.value.field == "reference_1"
