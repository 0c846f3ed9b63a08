"""The safe-contact gate: what it lets through, what it refuses and in which words, what a reason opens and leaves."""

from __future__ import annotations

from datetime import date, time
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from famdesk.data.journal import AuditEntry
from famdesk.data.tables.people import ContactPoint, Person
from famdesk.domain.errors import NotFound
from famdesk.usecases.family import households
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, people, person_export, person_search
from famdesk.usecases.post import outgoing
from famdesk.usecases.post.outgoing import NotSafe, Permit
from tests.support.offices import Desk
from tests.support.scenarios import version


@pytest.fixture
def office(desk: Desk) -> Office:
    return desk.sign_in("reception")


def person(office: Office, **values: Any) -> str:
    deed: Any = people.add_person
    found: str = office.run(deed, **{"surname": "Quarantotti", "given_name": "Zelinda", **values})
    return found


def point(office: Office, who: str, kind: str = "phone", value: str = "0372 000444", **rule: Any) -> str:
    deed: Any = partial(contacts.add_contact_point, kind=kind, value=value, **rule)
    found: str = office.run(deed, who)
    return found


def permit(office: Office, who: str, way: str, **asked: Any) -> Permit:
    question: Any = outgoing.permit
    found: Permit = office.fetch(question, who, way, **asked)
    return found


def entries(desk: Desk, kind: str) -> list[Any]:
    """What the journal says; on a server it says so to who leads the centre."""
    columns = (AuditEntry.subjects, AuditEntry.details, AuditEntry.reason)
    leads = desk.sign_in("coordinator")
    with leads.store.reading(leads.actor) as tx:
        return list(tx.rows(select(*columns).where(AuditEntry.kind == kind).order_by(AuditEntry.seq)))


def test_who_is_free_is_reached(office: Office) -> None:
    who = person(office)
    phone = point(office, who)
    found = permit(office, who, "call")
    assert (found.contact_id, found.value, found.label, found.note) == (phone, "0372 000444", "Quarantotti Zelinda", "")
    assert (found.neutral, found.overridden) == (False, False)


@pytest.mark.parametrize(("way", "kind", "value", "rule", "words"), [
    ("call", "phone", "0372 000444", {"may_call": False}, "This number must not be called."),
    ("call", "phone", "0372 000444", {"safe_from": time(9), "safe_to": time(12)}, "Calling is safe only 9:00–12:00."),
    ("message", "mobile", "333 0000555", {"may_leave_message": False}, "No message may be left there."),
    ("message", "mobile", "333 0000555", {"may_call": False}, "No message may be left there."),
    ("mail", "mail", "a@example.it", {"may_write": False}, "This person must not be written to."),
    ("letter", "address", "via Lunga 3", {"may_write": False}, "This person must not be written to."),
    ("list", "phone", "0372 000444", {"may_call": False}, "This is not safe for this person."),
    ("export", "mail", "a@example.it", {"may_write": False}, "This is not safe for this person."),
    ("export", "phone", "0372 000444", {"neutral_name": "Anna"}, "This is not safe for this person."),
    ("screen", "address", "via Lunga 3", {"hidden": True}, "This is not safe for this person."),
])  # fmt: skip
def test_what_the_rule_forbids_needs_a_reason(
    desk: Desk, office: Office, way: str, kind: str, value: str, rule: dict[str, Any], words: str
) -> None:
    """Without one it is refused at the field of the reason; with one it is done, and the journal keeps the reason."""
    who = person(office)
    point(office, who, kind, value, **rule)
    with pytest.raises(NotSafe) as refused:
        permit(office, who, way, at=time(12), reason="  ")
    assert refused.value.field == "reason"
    assert refused.value.sentence().startswith(words)
    assert "the journal keeps it" in refused.value.sentence()
    assert entries(desk, "override") == []
    assert permit(office, who, way, at=time(12), reason="lo chiede il giudice").overridden
    (entry,) = entries(desk, "override")
    assert entry.reason == "lo chiede il giudice"
    assert who in entry.subjects
    assert not any(word in entry.subjects + entry.details for word in ("Quarantotti", value))


def test_a_reason_that_was_not_needed_leaves_no_entry(desk: Desk, office: Office) -> None:
    who = person(office)
    point(office, who)
    assert not permit(office, who, "call", reason="sempre").overridden
    assert entries(desk, "override") == []


@pytest.mark.parametrize(("at", "safe"), [(time(8, 59), False), (time(9), True), (time(11, 59), True),
                                          (time(12), False)])  # fmt: skip
def test_the_safe_hours_begin_and_end_to_the_minute(office: Office, at: time, safe: bool) -> None:
    who = person(office)
    point(office, who, safe_from=time(9), safe_to=time(12))
    if safe:
        assert permit(office, who, "call", at=at).note == "Call only 9:00–12:00"
    else:
        with pytest.raises(outgoing.NotNow):
            permit(office, who, "call", at=at)


def test_now_is_the_desks_own_time(desk: Desk, office: Office) -> None:
    """It is 12:41 there: eleven minutes after the hours have ended."""
    who = person(office)
    point(office, who, safe_from=time(9), safe_to=time(12, 30))
    with pytest.raises(outgoing.NotNow):
        permit(office, who, "call")
    desk.clock.forward(hours=21)
    assert permit(office, who, "call").value == "0372 000444"


def test_of_several_numbers_the_safest_is_taken(office: Office) -> None:
    who = person(office)
    point(office, who, value="0372 1111", may_call=False)
    point(office, who, value="0372 2222", owner="la nonna")
    own = point(office, who, value="0372 3333")
    assert permit(office, who, "call").contact_id == own
    told = office.fetch(outgoing.masked, [who], "call")[who]
    assert [one.value for one in told.contacts] == ["0372 3333", "0372 2222"]
    assert told.contacts[1].owner == "la nonna"


def test_a_neutral_name_is_told_to_who_calls_and_keeps_the_centre_off_paper(office: Office) -> None:
    who = person(office)
    point(office, who, neutral_name="Biblioteca")
    call, paper = permit(office, who, "call"), permit(office, who, "paper")
    assert (call.neutral_name, call.note) == ("Biblioteca", "Say only “Biblioteca”")
    assert (paper.neutral, paper.neutral_name, paper.value, paper.label) == (True, "Biblioteca", None, "ZQ")


def test_a_reason_puts_the_centre_on_paper_and_is_kept(desk: Desk, office: Office) -> None:
    who = person(office)
    assert not permit(office, who, "paper", reason="sempre").overridden
    assert entries(desk, "override") == []
    point(office, who, "address", "via Lunga 3", may_write=False)
    assert permit(office, who, "paper").neutral
    opened = permit(office, who, "paper", reason="lo chiede lei per il Comune")
    assert (opened.neutral, opened.overridden) == (False, True)
    assert [entry.reason for entry in entries(desk, "override")] == ["lo chiede lei per il Comune"]


def test_nobody_is_reached_without_a_contact(office: Office) -> None:
    who = person(office)
    for way in ("call", "message", "mail", "letter"):
        with pytest.raises(outgoing.NoContact):
            permit(office, who, way)
    assert permit(office, who, "paper").value is None


def test_who_is_never_to_be_contacted(desk: Desk, office: Office) -> None:
    """One click closes every way, whatever the contacts say; taken back, they hold again."""
    who = person(office)
    point(office, who)
    office.run(contacts.set_no_contact, who, version(office, Person, who), never=True)
    with pytest.raises(outgoing.NeverContact):
        permit(office, who, "call")
    told = office.fetch(outgoing.masked, [who], "export")[who]
    assert (told.label, told.value, told.note, told.contacts) == ("ZQ", None, "Never contact", ())
    assert office.fetch(people.person, who).no_contact
    assert permit(office, who, "call", reason="pericolo").overridden
    office.undo()
    assert permit(office, who, "call").value == "0372 000444"


def test_a_hidden_contact_is_known_to_who_works_on_the_file(desk: Desk, office: Office) -> None:
    head, worker = desk.sign_in("coordinator"), desk.sign_in("social_worker")
    who = head.run(people.add_person, surname="Quarantotti", given_name="Zelinda")
    secret = head.run(contacts.add_contact_point, who, kind="address", value="via Segreta 9", hidden=True)
    phone = head.run(contacts.add_contact_point, who, kind="phone", value="0372 000444", hidden=True)
    assert [row.value for row in head.fetch(people.person, who).contacts] == ["0372 000444", "via Segreta 9"]
    assert office.fetch(people.person, who).contacts == ()
    assert "Segreta" not in repr(office.fetch(people.file_history, who))
    assert office.fetch(person_search.list_persons, "quaran")[0].phone is None
    assert head.fetch(person_search.list_persons, "quaran")[0].phone == "0372 000444"
    with pytest.raises(NotFound):
        office.run(contacts.remove_contact_point, secret, version(head, ContactPoint, secret))
    with pytest.raises(NotFound):
        office.fetch(outgoing.permit, who, "call", contact_id=phone)
    head.run(people.assign, who, worker.actor.staff_id)
    assert len(worker.fetch(people.person, who).contacts) == 2
    assert worker.fetch(outgoing.permit, who, "call", contact_id=phone).value == "0372 000444"


@pytest.mark.parametrize("way", ["mail", "letter"])
def test_no_reason_opens_a_hidden_contact(desk: Desk, way: str) -> None:
    """Not even for who may see it."""
    head = desk.sign_in("coordinator")
    who = head.run(people.add_person, surname="Quarantotti")
    kind, value = ("mail", "a@example.it") if way == "mail" else ("address", "via Segreta 9")
    hidden = head.run(contacts.add_contact_point, who, kind=kind, value=value, hidden=True)
    for asked in (None, hidden):
        with pytest.raises(outgoing.Hidden):
            head.fetch(outgoing.permit, who, way, contact_id=asked, reason="serve")
    told = head.fetch(outgoing.masked, [who], "export", reason="serve")[who]
    assert told.contacts == ()


@pytest.mark.parametrize("way", outgoing.OUTSIDE)
def test_a_protected_file_leaves_only_one_by_one_with_a_reason(desk: Desk, way: str) -> None:
    head = desk.sign_in("coordinator")
    who = head.run(people.add_person, surname="Quarantotti")
    head.run(people.set_protection, who, version(head, Person, who), protected=True, restricted=False, reason="sì")
    assert head.fetch(outgoing.masked, [who], way, reason="tutti") == {}
    with pytest.raises(outgoing.Guarded):
        head.fetch(outgoing.permit, who, way)
    assert head.fetch(outgoing.permit, who, way, reason="lo chiede il tribunale").overridden
    with pytest.raises(NotFound):
        desk.sign_in("reception").fetch(outgoing.permit, who, way, reason="curioso")


def test_names_are_public_until_the_notice_is_signed(office: Office) -> None:
    who = person(office, alias="Gelsomina")
    other = person(office)
    told = office.fetch(outgoing.masked, [who, other, None], "list")
    assert {told[who].label, told[other].label} == {"Gelsomina", "ZQ"}
    for one in (who, other):
        office.run(people.set_privacy, one, version(office, Person, one), "signed", date(2025, 2, 1))
    told = office.fetch(outgoing.masked, [who, other], "list")
    assert {one.label for one in told.values()} == {"Quarantotti Zelinda"}
    assert {one.label for one in office.fetch(outgoing.masked, [who, other], "screen").values()} == {"Gelsomina", "ZQ"}


def test_a_reason_opens_a_list_for_those_whom_it_was_closed_for(desk: Desk, office: Office) -> None:
    free, careful = person(office), person(office, surname="Sessantini")
    point(office, free)
    point(office, careful, value="0372 000555", may_call=False)
    closed = office.fetch(outgoing.masked, [free, careful], "export")
    assert (closed[careful].value, closed[careful].note, closed[careful].discreet) == (None, "Do not call", True)
    opened = office.fetch(outgoing.masked, [free, careful], "export", reason="evacuazione")
    assert (opened[careful].value, opened[careful].discreet) == ("0372 000555", False)
    (entry,) = entries(desk, "override")
    assert careful in entry.subjects
    assert free not in entry.subjects


def test_the_household_is_written_to_where_a_person_has_no_address(office: Office) -> None:
    who = person(office)
    office.run(households.add_household, "Casa", ((who, "mother"),), address="via Lunga 3", town="Cremona")
    assert permit(office, who, "letter").value == "via Lunga 3, Cremona"
    own = point(office, who, "address", "via Corta 1")
    assert permit(office, who, "letter").contact_id == own


def test_an_unknown_way_is_a_mistake_of_ours(office: Office) -> None:
    who = person(office)
    with pytest.raises(ValueError, match="pigeon"):
        permit(office, who, "pigeon")
    with pytest.raises(ValueError, match="pigeon"):
        office.fetch(outgoing.masked, [who], "pigeon")


def test_an_export_is_written_down_with_everybody_in_it(desk: Desk) -> None:
    head = desk.sign_in("coordinator")
    ids = [head.run(people.add_person, surname=name) for name in ("Bi", "Ci")]
    rows = head.fetch(person_export.persons, ids, "csv")
    assert [row.id for row in rows] == ids
    (entry,) = entries(desk, "export")
    assert all(one in entry.subjects for one in ids)
    assert "Bi" not in entry.subjects
    assert len(head.fetch(person_export.persons, None, "vcard")) == 2


def test_an_export_of_too_many_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    head = desk.sign_in("coordinator")
    for name in ("Bi", "Ci", "Di"):
        head.run(people.add_person, surname=name)
    monkeypatch.setattr(person_export, "MOST", 2)
    with pytest.raises(person_export.TooMany) as refused:
        head.fetch(person_export.persons, None, "csv")
    assert refused.value.sentence() == "These are more than 2 people. Choose fewer."
    assert entries(desk, "export") == []
