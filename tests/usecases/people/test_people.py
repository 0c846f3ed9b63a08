"""Persons: names, rules, protection, households, contact points, the file, warnings of double entries, undo."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time
from typing import Any

import pytest

from famdesk.data.tables.people import Person
from famdesk.data.tx import Tx
from famdesk.domain.errors import BadText, Forbidden, NotFound, Required, Stale, TextTooLong
from famdesk.domain.people.contact import Rule
from famdesk.usecases.family import households
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, people
from famdesk.usecases.people.person_rows import PersonFile
from tests.support.offices import Desk

BORN = date(2021, 3, 14)


@pytest.fixture
def reception(desk: Desk) -> Office:
    return desk.sign_in("reception")


def _file(office: Office, person_id: str) -> PersonFile:
    return office.fetch(people.person, person_id)


def _staff_id(desk: Desk, login: str) -> str:
    return desk.sign_in(login).actor.staff_id


def test_a_person_may_be_an_alias_alone(reception: Office) -> None:
    found = _file(reception, reception.run(people.add_person, alias="Stella"))
    assert (found.label, found.public_label, found.privacy) == ("Stella", "Stella", "none")
    assert found.birth_date is None


def test_slips_use_alias_or_initials_until_the_privacy_notice_is_given(reception: Office) -> None:
    added = reception.run(people.add_person, surname="De Luca", given_name="Élise")
    before = _file(reception, added)
    assert (before.label, before.public_label) == ("De Luca Élise", "ÉDL")
    reception.run(people.set_privacy, added, before.version, "signed", date(2025, 2, 10))
    after = _file(reception, added)
    assert (after.public_label, after.privacy_on) == ("De Luca Élise", date(2025, 2, 10))
    reception.undo()
    assert _file(reception, added).privacy == "none"


@pytest.mark.parametrize(
    ("alias", "state", "shown"),
    [
        ("Stella", "none", "Stella"),
        ("Stella", "given", "Stella"),
        ("Stella", "refused", "Stella"),
        ("Stella", "signed", "De Luca Élise"),
        (None, "none", "ÉDL"),
        (None, "given", "De Luca Élise"),
        (None, "refused", "ÉDL"),
    ],
)
def test_who_has_an_alias_is_called_by_it_until_the_notice_is_signed(
    reception: Office, alias: str | None, state: str, shown: str
) -> None:
    added = reception.run(people.add_person, surname="De Luca", given_name="Élise", alias=alias)
    reception.run(people.set_privacy, added, 1, state, date(2025, 2, 10))
    assert _file(reception, added).public_label == shown
    assert reception.fetch(lambda tx: _labels(tx, added)) == shown


def _labels(tx: Tx, person_id: str) -> str:
    with tx.doing("person_file.person"):
        return people.public_labels(tx, [person_id])[person_id]


def test_names_are_kept_as_people_have_them(reception: Office) -> None:
    added = reception.run(people.add_person, surname=" D’Angelo-Nguyễn ", given_name="محمد 👶")
    found = _file(reception, added)
    assert (found.surname, found.given_name) == ("D’Angelo-Nguyễn", "محمد 👶")


@pytest.mark.parametrize(
    ("details", "error", "field"),
    [
        ({"surname": "  "}, people.NoName, "surname"),
        ({"surname": "Rossi", "birth_date": date(2025, 2, 12)}, people.BirthInFuture, "birth_date"),
        ({"surname": "Rossi", "birth_date": date(1899, 2, 12)}, people.BirthTooLongAgo, "birth_date"),
        ({"surname": "Rossi", "tax_code": "MRTMTT91D08F205X"}, people.BadTaxCode, "tax_code"),
        ({"surname": "Rossi", "sex": "X"}, people.UnknownSex, "sex"),
        ({"surname": "R" * 201}, TextTooLong, "surname"),
        ({"surname": "Ro\0ssi"}, BadText, "surname"),
        ({"surname": "Rossi", "phone": "no"}, contacts.BadNumber, "phone"),
        ({"surname": "Rossi", "mail": "rossi@"}, contacts.BadMail, "mail"),
        ({"surname": "Rossi", "owner_staff_id": "0190b6a0-0000-7000-8000-000000000000"}, NotFound, None),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    reception: Office, details: dict[str, object], error: type[Exception], field: str | None
) -> None:
    with pytest.raises(error) as caught:
        reception.run(people.add_person, **details)
    assert getattr(caught.value, "field", None) == field
    assert reception.fetch(people.find_persons, "Rossi") == ()


def test_two_persons_may_bear_one_tax_code(reception: Office) -> None:
    given = {"surname": "Martini", "tax_code": "mrt mtt 91d08 f205j"}
    ids = [reception.run(people.add_person, given_name=name, **given) for name in ("Matteo", "Matteo Luca")]
    assert {_file(reception, one).tax_code for one in ids} == {"MRTMTT91D08F205J"}


def test_a_change_touches_only_what_is_given_and_is_undone(reception: Office) -> None:
    added = reception.run(people.add_person, surname="Rossi", given_name="Anna", birth_text="primavera 2021")
    reception.run(people.change_person, added, 1, birth_date=BORN, language="sq", needs_mediator=True)
    found = _file(reception, added)
    assert (found.given_name, found.birth_date, found.language, found.needs_mediator) == ("Anna", BORN, "sq", True)
    assert reception.undo_label() == "Person changed"
    reception.undo()
    assert _file(reception, added).birth_date is None


def test_an_old_version_is_refused(reception: Office) -> None:
    added = reception.run(people.add_person, surname="Rossi")
    reception.run(people.change_person, added, 1, town="Cremona")
    with pytest.raises(Stale):
        reception.run(people.change_person, added, 1, town="Soresina")


def test_privacy_needs_a_state_and_a_day(reception: Office) -> None:
    added = reception.run(people.add_person, surname="Rossi")
    with pytest.raises(people.UnknownPrivacy):
        reception.run(people.set_privacy, added, 1, "perhaps", date(2025, 2, 1))
    for day in (None, date(2025, 2, 12)):
        with pytest.raises(people.PrivacyDay):
            reception.run(people.set_privacy, added, 1, "given", day)


def test_opening_a_file_is_written_down(desk: Desk, reception: Office) -> None:
    added = reception.run(people.add_person, surname="Rossi")
    reception.fetch(people.find_persons, "rossi")
    leads = desk.sign_in("coordinator")
    before, _seen = leads.store.entries_after(leads.actor, 0)
    _file(reception, added)
    _newest, subjects = leads.store.entries_after(leads.actor, before)
    assert subjects == [("person", added, "read", [])]


def test_a_protected_file_does_not_exist_for_others(desk: Desk, reception: Office) -> None:
    coordinator, worker = desk.sign_in("coordinator"), desk.sign_in("social_worker")
    added = reception.run(people.add_person, surname="Segreti", given_name="Lia", phone="0372 555111")
    home = reception.run(households.add_household, "Segreti", [(added, "mother")])
    child = reception.run(people.add_person, surname="Segreti", given_name="Ivo")
    reception.run(households.join_household, home, child, "child")
    coordinator.run(people.set_protection, added, 1, protected=True, restricted=False, reason="ordine del tribunale")

    with pytest.raises(NotFound):
        _file(reception, added)
    with pytest.raises(NotFound):
        reception.run(people.change_person, added, 2, town="Cremona")
    with pytest.raises(NotFound):
        reception.run(contacts.add_contact_point, added, kind="phone", value="0372 1234")
    assert [hit.id for hit in reception.fetch(people.find_persons, "segreti")] == [child]
    assert reception.fetch(people.likely_doubles, surname="Segreti", given_name="Lia") == ()
    assert [member.person_id for member in _file(reception, child).households[0].members] == [child]
    assert worker.fetch(people.find_persons, "lia") == ()

    coordinator.run(people.assign, added, worker.actor.staff_id)
    assert _file(worker, added).protected
    assert [hit.id for hit in worker.fetch(people.find_persons, "lia")] == [added]
    coordinator.undo()
    assert worker.fetch(people.find_persons, "lia") == ()


def test_a_blocked_colleague_sees_nothing_even_if_assigned(desk: Desk, reception: Office) -> None:
    coordinator, educator = desk.sign_in("coordinator"), desk.sign_in("educator")
    added = reception.run(people.add_person, surname="Zanni")
    coordinator.run(people.assign, added, educator.actor.staff_id)
    with pytest.raises(Required):
        coordinator.run(people.block, added, educator.actor.staff_id, " ")
    coordinator.run(people.block, added, educator.actor.staff_id, "parente")
    with pytest.raises(NotFound):
        _file(educator, added)
    assert educator.fetch(people.find_persons, "zanni") == ()
    ties = {tie.kind: tie for tie in _file(coordinator, added).ties}
    assert ties["blocked"].reason == "parente"
    coordinator.run(people.end_tie, ties["blocked"].id, ties["blocked"].version)
    assert _file(educator, added).id == added
    coordinator.undo()
    with pytest.raises(NotFound):
        _file(educator, added)


def test_a_tie_is_made_once(desk: Desk, reception: Office) -> None:
    coordinator = desk.sign_in("coordinator")
    added = reception.run(people.add_person, surname="Zanni")
    coordinator.run(people.assign, added, reception.actor.staff_id)
    with pytest.raises(people.AlreadyTied):
        coordinator.run(people.assign, added, reception.actor.staff_id)


@pytest.mark.postgres
def test_three_desks_assign_a_colleague_once(server_desk: Desk) -> None:
    coordinator, educator = server_desk.sign_in("coordinator"), server_desk.sign_in("educator")
    desks = [coordinator, server_desk.sign_in("social_worker"), server_desk.sign_in("psychologist")]
    added = coordinator.run(people.add_person, surname="Zanni")

    def assign(office: Office) -> bool:
        try:
            return bool(office.run(people.assign, added, educator.actor.staff_id))
        except people.AlreadyTied:
            return False

    with ThreadPoolExecutor(len(desks)) as pool:
        assert sorted(pool.map(assign, desks)) == [False, False, True]


def test_protection_needs_a_reason_and_the_coordinator(desk: Desk, reception: Office) -> None:
    added = reception.run(people.add_person, surname="Zanni")
    with pytest.raises(Forbidden):
        reception.run(people.set_protection, added, 1, protected=True, restricted=False, reason="x")
    with pytest.raises(Required):
        desk.sign_in("coordinator").run(people.set_protection, added, 1, protected=True, restricted=False, reason="")


def test_the_administrator_reads_no_file(desk: Desk, reception: Office) -> None:
    added = reception.run(people.add_person, surname="Zanni")
    with pytest.raises(Forbidden):
        _file(desk.office, added)


def test_a_removed_person_is_gone_until_undo(desk: Desk) -> None:
    coordinator = desk.sign_in("coordinator")
    added = coordinator.run(people.add_person, surname="Sbaglio")
    coordinator.run(people.remove_person, added, 1)
    with pytest.raises(NotFound):
        _file(coordinator, added)
    assert coordinator.fetch(people.find_persons, "sbaglio") == ()
    coordinator.undo()
    assert _file(coordinator, added).surname == "Sbaglio"
    assert [hit.id for hit in coordinator.fetch(people.find_persons, "sbaglio")] == [added]


def test_a_person_with_an_appointment_is_not_removed(desk: Desk) -> None:
    from famdesk.usecases.calendar import calendar

    coordinator = desk.sign_in("coordinator")
    added = coordinator.run(people.add_person, surname="Sbaglio")
    coordinator.run(calendar.book, starts=datetime(2025, 2, 13, 17), ends=datetime(2025, 2, 13, 18), kind="interview",
                    person_id=added, staff_id=coordinator.actor.staff_id)  # fmt: skip
    with pytest.raises(people.StillBooked) as caught:
        coordinator.run(people.remove_person, added, 1)
    assert "13 Feb" in caught.value.sentence()
    row = _file(coordinator, added).timeline[0]
    assert (row.kind, row.day, row.starts, row.what) == ("appointment", date(2025, 2, 13), time(17), "Interview")


def test_contact_points_with_their_rule(reception: Office) -> None:
    added = reception.run(people.add_person, surname="Rossi", phone="+39 0372 407788")
    first = _file(reception, added).contacts[0]
    assert (first.kind, first.value, first.rule) == ("phone", "0372 407788", Rule())
    rule = Rule(may_call=True, may_leave_message=False, may_write=False, safe_from=time(9), safe_to=time(11, 30),
                neutral_name="Anna")  # fmt: skip
    reception.run(contacts.change_contact_point, first.id, first.version, kind="phone", value="0372 407799",
                  owner="nonna", may_call=True, may_leave_message=False, may_write=False, safe_from=time(9),
                  safe_to=time(11, 30), neutral_name="Anna")  # fmt: skip
    changed = _file(reception, added).contacts[0]
    assert (changed.value, changed.owner, changed.rule) == ("0372 407799", "nonna", rule)
    reception.undo()
    back = _file(reception, added).contacts[0]
    assert (back.value, back.owner, back.rule) == (first.value, None, Rule())
    reception.run(contacts.remove_contact_point, first.id, back.version)
    assert _file(reception, added).contacts == ()
    reception.undo()
    assert [point.id for point in _file(reception, added).contacts] == [first.id]


@pytest.mark.parametrize(
    ("point", "error", "field"),
    [
        ({"kind": "phone", "value": ""}, Required, "value"),
        ({"kind": "pigeon", "value": "1"}, contacts.UnknownKind, "kind"),
        ({"kind": "mobile", "value": "ask her"}, contacts.BadNumber, "value"),
        ({"kind": "mail", "value": "anna at home"}, contacts.BadMail, "value"),
        ({"kind": "phone", "value": "0372 1", "safe_from": time(9)}, contacts.HalfHours, "safe_to"),
    ],
)
def test_contact_points_that_cannot_be(
    reception: Office, point: dict[str, object], error: type[Exception], field: str
) -> None:
    added = reception.run(people.add_person, surname="Rossi")
    with pytest.raises(error) as caught:
        reception.run(contacts.add_contact_point, added, **point)
    assert caught.value.field == field  # type: ignore[attr-defined]


def test_a_child_may_live_in_two_homes(reception: Office) -> None:
    mother, father, child = (reception.run(people.add_person, surname=name) for name in ("Madre", "Padre", "Figlia"))
    first = reception.run(households.add_household, "Casa di mamma", [(mother, "mother"), (child, "child")],
                          since=date(2021, 3, 14))  # fmt: skip
    second = reception.run(households.add_household, "Casa di papà", [(father, "father")], town="Soresina")
    joined = reception.run(households.join_household, second, child, "child", date(2024, 9, 1))
    homes = _file(reception, child).households
    assert [home.name for home in homes] == ["Casa di mamma", "Casa di papà"]
    assert [(member.label, member.role) for member in homes[1].members] == [("Padre", "father"), ("Figlia", "child")]
    with pytest.raises(households.AlreadyMember):
        reception.run(households.join_household, second, child, "child")
    with pytest.raises(households.LeftBeforeJoining):
        reception.run(households.leave_household, joined, 1, date(2024, 8, 1))
    reception.run(households.leave_household, joined, 1, date(2025, 2, 1))
    left = _file(reception, child).households[1].members[1]
    assert (left.person_id, left.valid_to) == (child, date(2025, 2, 1))
    reception.undo()
    assert _file(reception, child).households[1].members[1].valid_to is None
    reception.undo()
    assert [home.id for home in _file(reception, child).households] == [first]


def test_households_are_corrected_and_undone(reception: Office) -> None:
    added = reception.run(people.add_person, surname="Rossi")
    with pytest.raises(Required):
        reception.run(households.add_household, " ")
    with pytest.raises(households.UnknownMemberRole):
        reception.run(households.add_household, "Rossi", [(added, "king")])
    with pytest.raises(households.AlreadyMember):
        reception.run(households.add_household, "Rossi", [(added, "child"), (added, "mother")])
    home = reception.run(households.add_household, "Rossi", [(added, "child")])
    reception.run(households.change_household, home, 1, name="Rossi-Bianchi", address="via Roma 1", town=None,
                  municipality=None, note="")  # fmt: skip
    found = _file(reception, added).households[0]
    assert (found.name, found.address, found.note) == ("Rossi-Bianchi", "via Roma 1", None)
    reception.undo()
    assert _file(reception, added).households[0].name == "Rossi"
    member = found.members[0]
    reception.run(households.change_membership, member.membership_id, member.version, role="foster_child",
                  since=date(2024, 1, 1), last_day=None)  # fmt: skip
    assert _file(reception, added).households[0].members[0].role == "foster_child"
    reception.run(households.remove_membership, member.membership_id, member.version + 1)
    assert _file(reception, added).households == ()
    reception.undo()
    reception.undo()
    assert _file(reception, added).households[0].members[0].role == "child"


def test_history_tells_who_when_what(reception: Office) -> None:
    added = reception.run(people.add_person, surname="Rossi", given_name="Ana")
    reception.run(people.change_person, added, 1, given_name="Anna")
    reception.run(contacts.add_contact_point, added, kind="phone", value="0372 1234")
    steps = reception.fetch(people.file_history, added)
    assert [(step.label, step.by) for step in steps] == [
        ("Contact added", "Prova reception"),
        ("Person changed", "Prova reception"),
        ("Person added", "Prova reception"),
    ]
    assert steps[1].fields == (("person", "given_name", "Ana", "Anna"),)
    assert steps[0].at == datetime(2025, 2, 11, 12, 41)


def test_labels_only_of_those_who_may_be_known(desk: Desk, reception: Office) -> None:
    coordinator = desk.sign_in("coordinator")
    seen = reception.run(people.add_person, surname="Vista", given_name="Una")
    hidden = coordinator.run(people.add_person, surname="Segreta")
    coordinator.run(people.set_protection, hidden, 1, protected=True, restricted=False, reason="tutela")

    def both(tx: Tx) -> tuple[dict[str, str], dict[str, str]]:
        with tx.doing("person_search.find_persons"):
            ids = [seen, hidden, None]
            return people.labels(tx, ids), people.public_labels(tx, ids)

    assert reception.fetch(both) == ({seen: "Vista Una"}, {seen: "UV"})
    assert set(coordinator.fetch(both)[0]) == {seen, hidden}


def test_a_restricted_file_is_for_the_coordinator(desk: Desk, reception: Office) -> None:
    coordinator = desk.sign_in("coordinator")
    added = reception.run(people.add_person, surname="Limitata")
    coordinator.run(people.set_protection, added, 1, protected=False, restricted=True, reason="art. 18")
    with pytest.raises(NotFound):
        _file(reception, added)
    assert _file(coordinator, added).restricted
    coordinator.undo()
    assert not _file(reception, added).restricted


def test_the_files_of_persons_are_never_shared() -> None:
    assert not Person.shared


@pytest.mark.parametrize(
    ("details", "born"),
    [
        ({"birth_date": date(2023, 6, 20)}, "20/06/2023 (19 months)"),
        ({"birth_part": "1987"}, "1987 (37–38 years)"),
        ({"birth_part": "1987-05"}, "05/1987 (37 years)"),
        ({"birth_part": "2019", "birth_text": "2019?"}, "2019? (5–6 years)"),
        ({"birth_text": "primavera"}, "primavera"),
        ({}, ""),
    ],
)
def test_lists_tell_what_is_known_of_a_birth(reception: Office, details: dict[str, Any], born: str) -> None:
    reception.run(people.add_person, surname="Rossi", town="Crema", **details)
    assert [row.born for row in reception.fetch(people.list_persons, "rossi")] == [born]
    assert reception.fetch(people.find_persons, "rossi")[0].detail.startswith(born)
