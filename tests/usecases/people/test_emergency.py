"""Emergency access: who gets it, what it opens and what not, who is told, and that it ends."""

from __future__ import annotations

from datetime import date

import pytest

from famdesk.domain.errors import Forbidden, NotFound, Required
from famdesk.usecases import readings
from famdesk.usecases.family import genogram
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, emergency, people, person_file, person_search
from famdesk.usecases.people.emergency import Wanted
from famdesk.usecases.staff import notices
from tests.support.offices import Desk

BORN = date(1987, 5, 3)
WHY = "La madre è in ospedale e chiede del bambino"
HERS = Wanted("Rossi De Luca", "Ada", BORN)


class Case:
    """A protected file of the social worker's colleague, the psychologist, and one that asks for it."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.leads, self.asks = desk.sign_in("coordinator"), desk.sign_in("social_worker")
        self.works = desk.sign_in("psychologist")
        self.ada = self.works.run(people.add_person, surname="Rossi De Luca", given_name="Ada", birth_date=BORN,
                                  tax_code="RSSDAA87E43D150T", phone="0372 123456")  # fmt: skip
        self.leads.run(people.assign, self.ada, self.works.actor.staff_id)
        version = self.works.fetch(person_file.person, self.ada).version
        self.leads.run(people.set_protection, self.ada, version, protected=True, restricted=False, reason="ordine")

    def asked(self, wanted: Wanted = HERS, office: Office | None = None) -> emergency.EmergencyRow | None:
        office = office or self.asks
        return office.fetch(emergency.answer, office.run(emergency.ask, wanted, WHY))

    def opened(self) -> emergency.EmergencyRow:
        found = self.asked()
        assert found is not None
        return found


@pytest.fixture
def case(desk: Desk) -> Case:
    return Case(desk)


def _sees(office: Office, person_id: str) -> bool:
    try:
        office.fetch(person_file.person, person_id)
    except NotFound:
        return False
    return True


def test_the_file_is_closed_before_and_open_afterwards(case: Case) -> None:
    assert not _sees(case.asks, case.ada)
    assert case.asks.fetch(person_search.find_persons, "rossi") == ()
    assert case.opened().person_id == case.ada
    file = case.asks.fetch(person_file.person, case.ada)
    assert file.label
    assert [hit.id for hit in case.asks.fetch(person_search.find_persons, "rossi")] == [case.ada]
    assert case.asks.fetch(emergency.mine)[0].person_id == case.ada


@pytest.mark.parametrize("wanted", [
    Wanted("rossi de luca", " ADA ", BORN), Wanted("Ròssi De Lùca", "Ada", BORN), Wanted(code="rssdaa87e43d150t"),
    Wanted("Ada", "Rossi De Luca", BORN),
])  # fmt: skip
def test_the_name_is_found_as_people_write_it(case: Case, wanted: Wanted) -> None:
    found = case.asked(wanted)
    assert found is not None
    assert found.person_id == case.ada


@pytest.mark.parametrize("wanted", [
    Wanted("Rossi De Luca", "Ada", date(1987, 5, 4)), Wanted("Rossi", "Ada", BORN), Wanted("Rossi De", "Ada", BORN),
    Wanted("Verdi", "Zoe", BORN), Wanted(code="RSSDAA87E43D150"), Wanted(code="0372123456"),
    Wanted(code="RSSDAA87E43D150Y"),
])  # fmt: skip
def test_half_a_name_or_another_day_opens_nothing(case: Case, wanted: Wanted) -> None:
    assert case.asked(wanted) is None
    assert not _sees(case.asks, case.ada)


def test_a_question_needs_all_its_words(case: Case) -> None:
    for wanted, field in ((Wanted("Rossi", "", BORN), "given_name"), (Wanted("Rossi", "Ada"), "birth_date"),
                          (Wanted(), "surname")):  # fmt: skip
        with pytest.raises(Required) as caught:
            case.asks.run(emergency.ask, wanted, WHY)
        assert caught.value.field == field
    for why in ("", "x", " urgente  "):
        with pytest.raises(emergency.ReasonTooShort):
            case.asks.run(emergency.ask, HERS, why)


@pytest.mark.parametrize("login", ["reception", "educator", "coordinator", "administrator"])
def test_others_cannot_ask(case: Case, login: str) -> None:
    with pytest.raises(Forbidden):
        case.desk.sign_in(login).run(emergency.ask, HERS, WHY)


def test_who_is_blocked_and_who_names_nobody_get_the_same_answer(case: Case) -> None:
    case.leads.run(people.block, case.ada, case.asks.actor.staff_id, "è suo cugino")
    assert case.asked() is None
    assert case.asked(Wanted("Nessuno", "Mai", BORN)) is None
    assert not _sees(case.asks, case.ada)


def test_a_restricted_file_stays_closed(case: Case) -> None:
    version = case.leads.fetch(person_file.person, case.ada).version
    case.leads.run(people.set_protection, case.ada, version, protected=True, restricted=True, reason="art. 18")
    assert case.asked() is None


def test_an_open_access_ends_when_the_file_is_restricted_or_the_colleague_is_blocked(case: Case) -> None:
    case.opened()
    case.leads.run(people.block, case.ada, case.asks.actor.staff_id, "è suo cugino")
    assert not _sees(case.asks, case.ada)


def test_a_file_that_one_may_open_is_not_asked_for(case: Case) -> None:
    with pytest.raises(emergency.OpenAnyway):
        case.works.run(emergency.ask, HERS, WHY)


def test_who_looks_after_the_file_is_told_at_once(case: Case) -> None:
    case.opened()
    for office in (case.works, case.leads):
        rows = [row for row in office.fetch(notices.unread) if row.kind == "break_glass"]
        assert [(row.subject_table, row.subject_id, row.by) for row in rows] == [
            ("person", case.ada, "Prova social_worker")
        ]
    assert [row for row in case.asks.fetch(notices.unread) if row.kind == "break_glass"] == []


def test_a_question_in_vain_is_told_to_nobody_but_stands_in_the_journal(case: Case) -> None:
    case.asked(Wanted("Nessuno", "Mai", BORN))
    assert [row for row in case.leads.fetch(notices.unread) if row.kind == "break_glass"] == []
    (row,) = case.leads.fetch(readings.journal, readings.JournalFilter(group=readings.POWERS))
    assert (row.kind, row.reason, row.by) == ("emergency", WHY, "Prova social_worker")


def test_it_is_read_only(case: Case) -> None:
    case.opened()
    file = case.asks.fetch(person_file.person, case.ada)
    with pytest.raises(NotFound):
        case.asks.run(people.change_person, case.ada, file.version, surname="Verdi")
    with pytest.raises(NotFound):
        case.asks.run(contacts.add_contact_point, case.ada, kind="phone", value="0372 9")
    with pytest.raises(NotFound):
        case.asks.run(people.assign, case.ada, case.asks.actor.staff_id)


def test_it_ends_with_the_day(file_desk: Desk) -> None:
    case = Case(file_desk)
    row = case.opened()
    assert str(row.until) == "2025-02-12 00:00:00"
    case.desk.clock.forward(hours=11)
    assert _sees(case.asks, case.ada)
    case.desk.clock.forward(minutes=20)
    assert not _sees(case.asks, case.ada)
    assert case.asks.fetch(emergency.mine) == ()


def test_late_in_the_evening_there_is_an_hour(file_desk: Desk) -> None:
    file_desk.clock.forward(hours=11)
    assert str(Case(file_desk).opened().until) == "2025-02-12 00:41:00"


def test_the_colleague_of_the_file_ends_it(case: Case) -> None:
    case.opened()
    (row,) = case.works.fetch(emergency.of_person, case.ada)
    assert (row.by, row.reason, row.open) == ("Prova social_worker", WHY, True)
    case.works.run(emergency.end, row.id, row.version)
    assert not _sees(case.asks, case.ada)
    with pytest.raises(emergency.OverAlready):
        case.works.run(emergency.end, row.id, row.version + 1)


def test_one_ends_ones_own_and_nobody_else_does(case: Case) -> None:
    row = case.opened()
    other = case.desk.sign_in("educator")
    with pytest.raises(NotFound):
        other.run(emergency.end, row.id, row.version)
    case.asks.run(emergency.end, row.id, row.version)
    assert not _sees(case.asks, case.ada)


def test_names_cannot_be_tried_out(case: Case) -> None:
    for number in range(5):
        assert case.asked(Wanted("Nessuno", f"N{number}", BORN)) is None
    with pytest.raises(emergency.TooManyTries):
        case.asks.run(emergency.ask, HERS, WHY)


def test_what_is_opened_is_marked_in_the_journal(case: Case) -> None:
    case.opened()
    case.asks.fetch(person_file.person, case.ada)
    rows = case.works.fetch(readings.of_file, case.ada)
    seen = [row for row in rows if row.by == "Prova social_worker"]
    assert [row.verb for row in seen] == ["emergency"]


def test_it_cannot_be_undone(case: Case) -> None:
    case.opened()
    assert case.asks.undo_label() is None


def test_nothing_of_it_goes_on_paper(case: Case) -> None:
    case.opened()
    assert case.asks.fetch(genogram.genogram, case.ada).people
    with pytest.raises(NotFound):
        case.asks.fetch(genogram.paper, case.ada)
    assert case.works.fetch(genogram.paper, case.ada).family.people
