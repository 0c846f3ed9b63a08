"""The team's agenda: cases by code in an order, without names, each only for whom the file is known."""

from __future__ import annotations

from datetime import date, time

import pytest

from famdesk.data.tables.people import Person
from famdesk.domain.errors import NotFound, Required
from famdesk.usecases.office import Office
from famdesk.usecases.paths import case_agenda, paths
from famdesk.usecases.people import people
from tests.support.offices import Desk
from tests.support.scenarios import version

DAY = date(2025, 2, 13)


def _path(office: Office, surname: str = "Rossi", given_name: str = "Ada") -> str:
    person = office.run(people.add_person, surname=surname, given_name=given_name)
    return office.fetch(paths.path, office.run(paths.open_path, "support", [person])).code


def _meeting(office: Office) -> str:
    return office.run(case_agenda.add_meeting, day=DAY, starts=time(9, 30), place="stanza 2")


def test_cases_stand_in_the_order_that_the_team_wants(desk: Desk) -> None:
    office = desk.sign_in("psychologist")
    meeting = _meeting(office)
    for number in range(3):
        office.run(case_agenda.add_case, meeting, code=_path(office), question=f"Domanda {number}", minutes=10 + number)
    row = office.fetch(case_agenda.meeting, meeting)
    assert [case.code for case in row.cases] == ["P-0001", "P-0002", "P-0003"]
    assert (row.minutes, row.leads, row.place, row.starts) == (33, office.actor.name, "stanza 2", time(9, 30))
    last = row.cases[2]
    office.run(case_agenda.move_case, last.id, last.version, -5)
    row = office.fetch(case_agenda.meeting, meeting)
    assert [case.code for case in row.cases] == ["P-0003", "P-0001", "P-0002"]
    first = row.cases[0]
    office.run(case_agenda.change_case, first.id, first.version, question="Altra", minutes=5,
               staff_id=office.actor.staff_id, outcome="si prosegue")  # fmt: skip
    office.run(case_agenda.remove_case, row.cases[1].id, row.cases[1].version)
    row = office.fetch(case_agenda.meetings)[0]
    assert [(case.code, case.outcome) for case in row.cases] == [("P-0003", "si prosegue"), ("P-0002", "")]


def test_what_does_not_go_on_an_agenda(desk: Desk) -> None:
    office = desk.sign_in("psychologist")
    meeting, code = _meeting(office), _path(office, "Dell’Acqua", "Maria Lucia")
    for question, error in ((" ", Required), ("Che cosa dice LUCIA?", case_agenda.NamesSomebody),
                            ("la signora Dell'Acqua", case_agenda.NamesSomebody)):  # fmt: skip
        with pytest.raises(error):
            office.run(case_agenda.add_case, meeting, code=code, question=question)
    for wrong in ("P-0099", "Rossi"):
        with pytest.raises(case_agenda.UnknownCode):
            office.run(case_agenda.add_case, meeting, code=wrong, question="Quando?")
    for minutes in (0, 481):
        with pytest.raises(case_agenda.BadMinutes):
            office.run(case_agenda.add_case, meeting, code=code, question="Quando?", minutes=minutes)
    case = office.run(case_agenda.add_case, meeting, code=code, question="Quando?")
    with pytest.raises(case_agenda.OnAgendaAlready):
        office.run(case_agenda.add_case, meeting, code=code, question="Ancora?")
    with pytest.raises(case_agenda.NamesSomebody):
        office.run(case_agenda.change_case, case, 1, question="Quando?", minutes=5, staff_id=office.actor.staff_id,
                   outcome="Lucia torna")  # fmt: skip


def test_a_hidden_case_is_not_on_the_agenda_of_others(desk: Desk) -> None:
    leads, other = desk.sign_in("coordinator"), desk.sign_in("educator")
    meeting, shown = _meeting(leads), _path(leads)
    hidden = leads.run(people.add_person, surname="Bianchi")
    leads.run(people.set_protection, hidden, version(leads, Person, hidden), protected=True, restricted=False,
              reason="sicurezza")  # fmt: skip
    secret = leads.fetch(paths.path, leads.run(paths.open_path, "plan", [hidden])).code
    for code in (shown, secret):
        leads.run(case_agenda.add_case, meeting, code=code, question="Quando?")
    assert [case.code for case in leads.fetch(case_agenda.sheet, meeting).meeting.cases] == [shown, secret]
    assert [case.code for case in other.fetch(case_agenda.sheet, meeting).meeting.cases] == [shown]
    with pytest.raises(NotFound):
        other.fetch(paths.by_code, secret)
    with pytest.raises(case_agenda.UnknownCode):
        other.run(case_agenda.add_case, _meeting(other), code=secret, question="Quando?")
    row = other.fetch(case_agenda.meeting, meeting)
    other.run(case_agenda.remove_meeting, meeting, row.version)
    assert leads.fetch(case_agenda.meetings)[0].id != meeting
