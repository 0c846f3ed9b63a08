"""What was promised: in the order of the safe hours, nobody called who must not be, nobody called twice."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from famdesk.data.tables.waiting import FollowUp
from famdesk.domain.errors import NotFound, Required, Stale
from famdesk.domain.intake.waiting import best, next_try, window
from famdesk.domain.people.contact import Rule
from famdesk.usecases.intake import call_list, follow_ups, intake
from famdesk.usecases.intake.call_list import CallRow
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, people
from tests.support.offices import Desk
from tests.support.scenarios import version

NOW = datetime(2025, 2, 11, 12, 41)
TODAY = NOW.date()


def known(office: Office, surname: str, value: str = "333 1234567", kind: str = "mobile", **rule: Any) -> str:
    """A person with one contact and its rule."""
    person = office.run(people.add_person, surname=surname)
    office.run(contacts.add_contact_point, person, kind=kind, value=value, **rule)
    return person


def promise(office: Office, person: str | None, what: str = "come va?", **values: Any) -> str:
    return office.run(follow_ups.add, **{"kind": "call", "what": what, "person_id": person, **values})


def rows(office: Office, at: datetime | None = None) -> tuple[CallRow, ...]:
    return office.fetch(call_list.call_list, at)


def test_the_order_is_that_of_the_safe_hours(desk: Desk) -> None:
    office = desk.sign_in("social_worker")
    windows = {"Closed": (time(9), time(10)), "Later": (time(15), time(16)), "Soon": (time(14), time(18)),
               "Ends": (time(12), time(13))}  # fmt: skip
    for name, (start, end) in windows.items():
        promise(office, known(office, name, safe_from=start, safe_to=end))
    promise(office, known(office, "Free"))
    found = rows(office)
    assert [row.who for row in found] == ["Ends", "Free", "Soon", "Later", "Closed"]
    assert [(row.now, row.until) for row in found[:2]] == [(True, time(13)), (True, None)]
    assert [row.opens for row in found[2:]] == [
        datetime(2025, 2, 11, 14), datetime(2025, 2, 11, 15), datetime(2025, 2, 12, 9),
    ]  # fmt: skip
    assert [row.who for row in rows(office, datetime(2025, 2, 11, 15, 30))][:2] == ["Later", "Soon"]


def test_who_must_not_be_called_is_written_to_or_waited_for(desk: Desk) -> None:
    office = desk.sign_in("reception")
    never = known(office, "Never", may_call=False)
    writes = known(office, "Writes", may_call=False)
    office.run(contacts.add_contact_point, writes, kind="mail", value="w@example.it", neutral_name="Biblioteca")
    for person in (never, writes):
        promise(office, person)
    found = {row.who: row for row in rows(office)}
    assert (found["Writes"].way, found["Writes"].value) == ("write", "w@example.it")
    assert found["Writes"].neutral_name == "Biblioteca"
    assert (found["Never"].way, found["Never"].value) == ("wait", None)
    assert not [row for row in rows(office) if "333" in (row.value or "")]


def test_who_is_never_to_be_contacted_is_waited_for(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    person = known(office, "Mai")
    office.run(contacts.set_no_contact, person, 1, never=True)
    promise(office, person)
    (row,) = rows(office)
    assert (row.way, row.value) == ("wait", None)


def test_nobody_is_called_twice(desk: Desk) -> None:
    office = desk.sign_in("reception")
    lia, bea = known(office, "Lia"), known(office, "Bea")
    promise(office, lia, "la lista d’attesa")
    promise(office, lia, "il certificato", due_on=date(2025, 2, 20))
    promise(office, lia, "com’è andata?", kind="check")
    promise(office, bea)
    found = [row for row in rows(office) if row.person_id == lia]
    assert [(len(row.items), row.what) for row in found] == [
        (3, ("la lista d’attesa", "com’è andata?", "il certificato"))
    ]  # fmt: skip
    office.run(follow_ups.done, found[0].items, "tutto bene")
    assert [row.who for row in rows(office)] == ["Bea"]
    office.undo()
    assert len(rows(office)) == 2


def test_the_number_that_was_asked_for_is_taken_if_it_may_be_called(desk: Desk) -> None:
    office = desk.sign_in("reception")
    person = known(office, "Lia", "0372 111", "phone")
    wanted = office.run(contacts.add_contact_point, person, kind="mobile", value="333 222", owner="la sorella")
    made = promise(office, person, contact_point_id=wanted)
    assert [(row.value, row.owner) for row in rows(office)] == [("333 222", "la sorella")]
    office.run(contacts.change_contact_point, wanted, 1, kind="mobile", value="333 222", owner="la sorella",
               may_call=False, may_leave_message=True, may_write=True, safe_from=None, safe_to=None,
               neutral_name=None)  # fmt: skip
    assert [row.value for row in rows(office)] == ["0372 111"]
    other = office.run(people.add_person, surname="Altra")
    with pytest.raises(follow_ups.NotTheirNumber):
        promise(office, other, contact_point_id=wanted)
    assert office.fetch(call_list.follow_up, made).numbers[0][1] == "0372 111"


def test_a_hidden_number_is_for_who_works_on_the_file(desk: Desk) -> None:
    office, reception = desk.sign_in("social_worker"), desk.sign_in("reception")
    person = office.run(people.add_person, surname="Lia", owner_staff_id=office.actor.staff_id)
    office.run(contacts.add_contact_point, person, kind="mobile", value="333 9", hidden=True)
    promise(office, person)
    assert [(row.way, row.value) for row in rows(office)] == [("call", "333 9")]
    assert [(row.way, row.value) for row in rows(reception)] == [("wait", None)]
    made = rows(reception)[0].id
    assert reception.fetch(call_list.follow_up, made).numbers == ()


def test_calls_in_vain_are_counted_and_put_off(desk: Desk) -> None:
    office = desk.sign_in("reception")
    promise(office, known(office, "Lia"))
    days = []
    for _try in range(4):
        days.append(office.run(follow_ups.tried, rows(office)[0].items))
    assert days == [date(2025, 2, 12), date(2025, 2, 13), date(2025, 2, 18), date(2025, 2, 18)]
    (row,) = rows(office)
    assert (row.tries, row.ready, row.last_try_at) == (4, False, NOW)
    assert office.run(follow_ups.tried, row.items, date(2025, 2, 14)) == date(2025, 2, 14)
    with pytest.raises(follow_ups.PastDay):
        office.run(follow_ups.tried, rows(office)[0].items, date(2025, 2, 10))


def test_the_next_try_is_no_sunday() -> None:
    assert next_try(date(2025, 2, 15), 1) == date(2025, 2, 17)
    assert next_try(date(2025, 2, 14), 2) == date(2025, 2, 17)


def test_a_card_that_promises_a_call_is_one(desk: Desk) -> None:
    office = desk.sign_in("reception")
    mother, child = known(office, "Madre"), office.run(people.add_person, surname="Figlio")
    card = office.run(intake.open_card, caller_is_person=False, caller_id=mother, person_id=child,
                      outcome="called_back", needs=("nursery",))  # fmt: skip
    (row,) = rows(office)
    assert (row.who, row.access_card_id, row.needs, row.what) == ("Madre", card, ("nursery",), ())
    office.run(intake.save_card, card, 1, outcome="solved")
    assert rows(office) == ()
    office.undo()
    assert [row.who for row in rows(office)] == ["Madre"]
    office.run(follow_ups.done, rows(office)[0].items, "richiamata")
    office.run(intake.save_card, card, version(office, intake.AccessCard, card), note="x")
    assert rows(office) == ()


def test_what_is_missing_or_over_is_refused_at_its_field(desk: Desk) -> None:
    office = desk.sign_in("reception")
    lia = known(office, "Lia")
    with pytest.raises(Required):
        promise(office, lia, "  ")
    with pytest.raises(follow_ups.PastDay) as past:
        promise(office, lia, due_on=date(2025, 2, 10))
    assert past.value.field == "due_on"
    with pytest.raises(follow_ups.UnknownFollowUp):
        promise(office, lia, kind="fly")
    with pytest.raises(follow_ups.UnknownFollowUp):
        promise(office, lia, staff_id=lia)
    made = promise(office, lia)
    office.run(follow_ups.done, ((made, 1),))
    with pytest.raises(Stale):
        office.run(follow_ups.drop, ((made, 1),))
    with pytest.raises(follow_ups.NotOpen):
        office.run(follow_ups.drop, ((made, version(office, FollowUp, made)),))


def test_a_follow_up_alone_and_one_for_a_colleague(desk: Desk) -> None:
    office = desk.sign_in("reception")
    alone = promise(office, None, "chiamare il nido per i posti", kind="other")
    office.run(follow_ups.reassign, ((alone, 1),), desk.sign_in("educator").actor.staff_id)
    (row,) = rows(office)
    assert (row.who, row.way, row.staff, row.what) == (
        None, "other", "Prova educator", ("chiamare il nido per i posti",),
    )  # fmt: skip


def test_what_was_done_is_shown_for_some_days(desk: Desk) -> None:
    office = desk.sign_in("reception")
    made = promise(office, known(office, "Lia"))
    office.run(follow_ups.done, ((made, 1),), "viene giovedì")
    (row,) = office.fetch(call_list.done_lately)
    assert (row.who, row.what, row.result, row.done_on, row.state) == (
        "Lia", "come va?", "viene giovedì", TODAY, "done",
    )  # fmt: skip
    desk.clock.forward(days=8)
    assert office.fetch(call_list.done_lately) == ()


def test_a_protected_person_stands_in_no_list_of_others(desk: Desk) -> None:
    head, reception = desk.sign_in("coordinator"), desk.sign_in("reception")
    hidden = known(head, "Nascosti")
    made = promise(head, hidden)
    over = promise(head, hidden)
    head.run(follow_ups.done, ((over, 1),), "tutto bene")
    assert len(rows(reception)) == 1
    head.run(people.set_protection, hidden, 1, protected=True, restricted=False, reason="minacce")
    assert rows(reception) == ()
    assert reception.fetch(call_list.done_lately) == ()
    assert len(rows(head)) == len(head.fetch(call_list.done_lately)) == 1
    with pytest.raises(NotFound):
        reception.run(follow_ups.done, ((made, 1),))


def test_windows_over_midnight_and_the_freest_number() -> None:
    night = Rule(safe_from=time(22), safe_to=time(6))
    assert window(night, datetime(2025, 2, 11, 23)).now
    assert window(night, NOW).opens == datetime(2025, 2, 11, 22)
    rules = [Rule(may_call=False), Rule(safe_from=time(14), safe_to=time(15)), Rule(may_leave_message=False), Rule()]
    assert best(rules, NOW) == 3
    assert best(rules[:2], NOW) == 1
    assert best(rules[:1], NOW) is None
