"""What somebody may not know is not told by a detour: old homes, copies, histories, drafts, short contacts."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, text

from famdesk.data.journal import Change
from famdesk.data.tables.intake import AccessCard, Draft, InfoContact
from famdesk.data.tables.people import Household, Person
from famdesk.data.tables.person_details import Flag
from famdesk.data.tx import Tx
from famdesk.domain.errors import Forbidden, NotFound
from famdesk.usecases import journal, readings, today
from famdesk.usecases.centre import processing
from famdesk.usecases.family import delegates, households
from famdesk.usecases.intake import drafts
from famdesk.usecases.office import Office
from famdesk.usecases.people import (
    contacts,
    data_copy,
    flags,
    measures,
    merging,
    people,
    privacy_rights,
    saved_searches,
)
from famdesk.usecases.people.person_filters import PersonFilter
from famdesk.usecases.post import outgoing
from tests.support.offices import Desk
from tests.support.scenarios import version


def _add(office: Office, surname: str, given_name: str | None = None) -> str:
    return office.run(people.add_person, surname=surname, given_name=given_name)


def _protect(office: Office, person: str) -> None:
    office.run(people.set_protection, person, version(office, Person, person), protected=True, restricted=False,
               reason="tutela")  # fmt: skip


def _separated(desk: Desk) -> tuple[Office, str, str, str]:
    """A household that the father left and the protected mother moved with: (coordinator, mother, father, home)."""
    head = desk.sign_in("coordinator")
    mother, father = _add(head, "Fugge"), _add(head, "Padre")
    home = head.run(households.add_household, "Casa", [(mother, "member"), (father, "member")],
                    address="via Vecchia 1", since=date(2020, 1, 1))  # fmt: skip
    place = next(one for one in head.fetch(people.person, father).households[0].members if one.person_id == father)
    head.run(households.leave_household, place.membership_id, place.version, date(2024, 12, 31))
    _protect(head, mother)
    head.run(households.change_household, home, version(head, Household, home), name="Casa", address="via Rifugio 7",
             town="Crema", municipality=None, note="secondo piano")  # fmt: skip
    return head, mother, father, home


def test_who_left_does_not_open_the_new_address(desk: Desk) -> None:
    head, _mother, father, home = _separated(desk)
    for role in ("reception", "social_worker"):
        office = desk.sign_in(role)
        assert "Rifugio" not in repr(office.fetch(people.person, father))
        with pytest.raises(NotFound):
            office.fetch(journal.history, "household", home)
    assert "via Rifugio 7" in repr(head.fetch(people.person, father))


def test_a_home_is_told_by_who_lives_there_and_empty_by_all(desk: Desk) -> None:
    head, mother, father, home = _separated(desk)
    office = desk.sign_in("reception")
    child = _add(head, "Figlia")
    joined = head.run(households.join_household, home, child, "child", date(2024, 1, 1))
    assert [one.address for one in office.fetch(people.person, child).households] == ["via Rifugio 7"]
    head.run(households.leave_household, joined, 1, date(2025, 1, 31))
    assert office.fetch(people.person, child).households == ()
    place = next(one for one in head.fetch(people.person, mother).households[0].members if one.person_id == mother)
    head.run(households.leave_household, place.membership_id, place.version, date(2025, 1, 31))
    assert office.fetch(people.person, father).households == ()
    head.run(people.set_protection, mother, version(head, Person, mother), protected=False, restricted=False,
             reason="finita")  # fmt: skip
    assert [one.address for one in office.fetch(people.person, father).households] == ["via Rifugio 7"]


def test_a_server_keeps_the_new_address_to_itself(server_desk: Desk) -> None:
    _head, _mother, _father, home = _separated(server_desk)
    office = server_desk.sign_in("reception")
    rows = office.fetch(lambda tx: tx.rows(select(Household.address).where(Household.id == home)))
    changes = office.fetch(lambda tx: tx.rows(select(Change.after).where(Change.row_id == home)))
    assert (list(rows), list(changes)) == ([], [])


def test_the_card_of_somebody_else_is_not_in_the_copy(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    caller, client = _add(office, "Chiamante"), _add(office, "Cliente")

    def fill(tx: Tx) -> None:
        with tx.doing("privacy_rights.note_request"):
            tx.session.add(AccessCard(at=datetime(2025, 2, 3, 9), channel="phone", operator_id=office.actor.staff_id,
                                      caller_id=caller, person_id=client, note="Segreto nota", outcome="taken",
                                      needs_family="Segreto parole", sent_by="Segreto medico",
                                      centre_id=tx.centre_id))  # fmt: skip

    office.run(fill)
    part = next(one for one in office.fetch(data_copy.copy_of_data, caller).parts if "access" in one.title.lower())
    told = dict(part.entries[0])
    assert set(told) == {"When", "Channel", "Colleague"}
    assert "Segreto" not in repr(part)
    own = repr(office.fetch(data_copy.copy_of_data, client))
    assert "Segreto parole" in own
    assert "Segreto medico" not in own


def test_names_typed_by_hand_are_masked_unless_they_are_ones_own(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    person = _add(office, "Quarantotti", given_name="Nino")
    office.run(delegates.add_delegate, person, name="Piera Zanetti")
    office.run(contacts.add_contact_point, person, kind="phone", value="0372 000555", owner="Oreste Bianchi")
    office.run(contacts.add_contact_point, person, kind="phone", value="0372 000556", owner="nino quarantotti")
    told = repr(office.fetch(data_copy.copy_of_data, person))
    assert not [name for name in ("Piera", "Zanetti", "Oreste", "Bianchi") if name in told]
    assert told.count("[other person]") == 2
    assert "nino quarantotti" in told


def test_a_contact_hidden_later_is_not_read_in_the_history(desk: Desk) -> None:
    office = desk.sign_in("reception")
    person = _add(office, "Quarantotti")
    kept = office.run(contacts.add_contact_point, person, kind="phone", value="0372 000777")
    point = office.run(contacts.add_contact_point, person, kind="address", value="via Segreta 9")
    head = desk.sign_in("coordinator")
    head.run(contacts.change_contact_point, point, 1, kind="address", value="via Segreta 9", hidden=True)
    for shown in (False, True):  # also when it is shown again, with another value
        if shown:
            head.run(contacts.change_contact_point, point, 2, kind="address", value="via Aperta 1", hidden=False)
        steps = repr(office.fetch(people.file_history, person))
        assert "via Segreta 9" not in steps
        assert "0372 000777" in steps
        with pytest.raises(NotFound):
            office.fetch(journal.history, "contact_point", point)
    assert "via Segreta 9" in repr(head.fetch(people.file_history, person))
    assert office.fetch(journal.history, "contact_point", kept)
    assert head.fetch(journal.history, "contact_point", point)


def test_an_erasure_reaches_first_contacts_and_drafts_of_all(desk: Desk) -> None:
    head, office = desk.sign_in("coordinator"), desk.sign_in("reception")
    person, other = _add(head, "Quarantotti"), _add(head, "Altra")
    for one in (head, office):
        for key in (f"person:{person}", f"person:{other}"):
            one.run(drafts.keep, key, "{}")
    ids = (AccessCard().id, InfoContact().id)

    def fill(tx: Tx) -> None:
        with tx.doing("privacy_rights.note_request"):
            by, at = head.actor.staff_id, datetime(2025, 2, 3, 9)
            tx.session.add(AccessCard(id=ids[0], at=at, operator_id=by, person_id=person, centre_id=tx.centre_id))
            tx.session.flush()
            tx.session.add(InfoContact(id=ids[1], at=at, channel="phone", operator_id=by, access_card_id=ids[0],
                                       need="housing", need_text="sfratto di Quarantotti", answer="richiamare",
                                       centre_id=tx.centre_id))  # fmt: skip

    head.run(fill)
    assert any("info contacts" in line.what for line in head.fetch(privacy_rights.erasure_plan, person).lines)
    head.run(privacy_rights.erase, person, version(head, Person, person), "chiesto")
    row = head.fetch(lambda tx: tx.rows(select(InfoContact.need, InfoContact.need_text, InfoContact.answer)))[0]
    assert tuple(row) == ("housing", None, None)
    images = head.fetch(lambda tx: tx.rows(select(Change.after).where(Change.row_id == ids[1])))
    assert "sfratto" not in repr(images)
    for one in (head, office):
        kept = one.fetch(lambda tx: tx.rows(select(Draft.key).where(Draft.staff_id == tx.actor.staff_id)))
        assert [row.key for row in kept] == [f"person:{other}"]


def test_a_history_is_not_told_to_who_may_not_see_the_record(desk: Desk) -> None:
    head, office = desk.sign_in("coordinator"), desk.sign_in("reception")
    person, double = _add(head, "Quarantotti"), _add(head, "Quarantoti")
    secret = head.run(flags.add_flag, person, "violence", sensitive=True)
    plain = head.run(flags.add_flag, person, "housing")
    measure = head.run(measures.add_measure, person, field="civil", text="Segreto decreto")
    merge = head.run(merging.merge, person, version(head, Person, person), double, version(head, Person, double))
    breach = head.run(processing.add_breach, found_on=date(2025, 2, 10), what="Busta persa")
    for table, row in (("flag", secret), ("measure", measure), ("merge", merge), ("breach", breach)):
        assert head.fetch(journal.history, table, row), table
        with pytest.raises(NotFound):
            office.fetch(journal.history, table, row)
    assert office.fetch(journal.history, "flag", plain)
    head.run(flags.change_flag, secret, version(head, Flag, secret), "violence", sensitive=False, since=None,
             review_on=None, note=None)  # fmt: skip
    assert office.fetch(journal.history, "flag", secret) == ()


def test_a_search_that_is_kept_has_no_history_for_others(desk: Desk) -> None:
    head, office = desk.sign_in("coordinator"), desk.sign_in("reception")
    kept = office.run(saved_searches.keep, "Le mie", "Quarantotti", PersonFilter())
    assert office.fetch(journal.history, "saved_search", kept)
    with pytest.raises(NotFound):
        head.fetch(journal.history, "saved_search", kept)


def test_a_server_tells_breaches_only_to_who_leads(server_desk: Desk) -> None:
    head = server_desk.sign_in("coordinator")
    breach = head.run(processing.add_breach, found_on=date(2025, 2, 10), what="Busta persa")
    seen = {}
    for role in ("coordinator", "reception", "educator", "psychologist"):
        office = server_desk.sign_in(role)
        rows = office.fetch(lambda tx: tx.session.connection().execute(text("SELECT what FROM breach")).all())
        changes = office.fetch(lambda tx: tx.rows(select(Change.after).where(Change.row_id == breach)))
        seen[role] = (len(rows), len(changes))
    assert seen == {"coordinator": (1, 1), "reception": (0, 0), "educator": (0, 0), "psychologist": (0, 0)}


def test_who_looked_at_a_file_is_told_to_who_works_on_files(desk: Desk) -> None:
    """Each look, and where the safe-contact rule was overridden, with the reason."""
    reception, head = desk.sign_in("reception"), desk.sign_in("coordinator")
    person, other = _add(reception, "Quarantotti"), _add(reception, "Altra")
    reception.run(contacts.add_contact_point, person, kind="phone", value="0372 000777", may_call=False)
    for _time in range(2):
        reception.fetch(people.person, person)
        desk.clock.forward(minutes=10)
    reception.fetch(people.person, other)
    reception.fetch(outgoing.permit, person, "call", reason="lo chiede il giudice")
    name = reception.actor.name
    rows = [(row.by, row.kind, row.verb, row.reason) for row in head.fetch(readings.of_file, person)]
    looked = [(name, "read", "read", None)] * 2
    assert rows == [(name, "override", "call", "lo chiede il giudice"), *looked]
    assert next(row.by for row in head.fetch(readings.of_file, person)) == head.actor.name, "asking is told too"
    with pytest.raises(Forbidden):
        reception.fetch(readings.of_file, person)


def test_marks_to_be_reviewed_are_among_what_is_to_be_done(desk: Desk) -> None:
    worker, reception = desk.sign_in("social_worker"), desk.sign_in("reception")
    person, later = _add(worker, "Quarantotti"), _add(worker, "Altra")
    day = worker.fetch(lambda tx: tx.today())
    worker.run(flags.add_flag, person, "allergy", sensitive=True, review_on=day)
    worker.run(flags.add_flag, later, "allergy", review_on=day + timedelta(days=1))
    for office, told in ((worker, [("Quarantotti", "")]), (reception, [])):
        tasks = [(one.who, one.name) for one in office.fetch(today.board).tasks if one.kind == "review"]
        assert tasks == told, office.role
    desk.clock.forward(days=1)
    tasks = [(one.who, one.name) for one in reception.fetch(today.board).tasks if one.kind == "review"]
    assert tasks == [("Altra", "allergy")]
