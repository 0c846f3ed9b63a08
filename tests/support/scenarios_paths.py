"""Scenarios of paths of care, legal holds, retention and the team's talks."""

from __future__ import annotations

from datetime import date, datetime

from famdesk.usecases.calendar import calendar
from famdesk.usecases.notes import note_reading, notes
from famdesk.usecases.notes.note_rows import NoteTexts, NoteValues
from famdesk.usecases.office import Office
from famdesk.usecases.paths import case_agenda, holds, paths, retention, retention_due
from famdesk.usecases.paths.path_rows import PathRow
from famdesk.usecases.people import people
from tests.support.offices import Desk
from tests.support.scenarios import Call, Scenarios, call

SCENARIOS = Scenarios()
DAY = date(2025, 2, 13)


def _walked(desk: Desk, login: str = "psychologist") -> tuple[Office, PathRow]:
    """A colleague with an open path."""
    office = desk.sign_in(login)
    ada = office.run(people.add_person, surname="Rossi", given_name="Ada")
    made = office.run(paths.open_path, "mediation", [ada], opened_on=date(2025, 1, 7))
    return office, office.fetch(paths.path, made)


def _closed(desk: Desk) -> tuple[Office, PathRow]:
    office, row = _walked(desk)
    office.run(paths.close_path, row.id, row.version, closed_on=date(2025, 2, 3), reason="reached")
    return office, office.fetch(paths.path, row.id)


@SCENARIOS.of(paths.open_path)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("psychologist")
    ada = office.run(people.add_person, surname="Rossi", given_name="Ada")
    return office, call(paths.open_path, "support", [ada])


@SCENARIOS.of(paths.change_path)
def _(desk: Desk) -> tuple[Office, Call]:
    office, row = _walked(desk)
    bea = office.run(people.add_person, surname="Bianchi", given_name="Bea")
    return office, call(paths.change_path, row.id, row.version, kind="plan", person_ids=(bea,),
                        staff_id=office.actor.staff_id, opened_on=date(2025, 1, 8))  # fmt: skip


@SCENARIOS.of(paths.close_path)
def _(desk: Desk) -> tuple[Office, Call]:
    office, row = _walked(desk)
    return office, call(paths.close_path, row.id, row.version, closed_on=date(2025, 2, 3), reason="reached")


@SCENARIOS.of(paths.reopen_path)
def _(desk: Desk) -> tuple[Office, Call]:
    office, row = _closed(desk)
    return office, call(paths.reopen_path, row.id, row.version, "torna")


@SCENARIOS.of(paths.set_appointment)
def _(desk: Desk) -> tuple[Office, Call]:
    office, row = _walked(desk)
    made = office.run(calendar.book, starts=datetime(2025, 2, 13, 10), ends=datetime(2025, 2, 13, 11), kind="other",
                      person_id=row.person_ids[0])  # fmt: skip
    return office, call(paths.set_appointment, made, 1, row.id)


@SCENARIOS.of(holds.set_hold)
def _(desk: Desk) -> tuple[Office, Call]:
    office, row = _walked(desk)
    return office, call(holds.set_hold, "prot. 12", path_id=row.id)


@SCENARIOS.of(holds.lift_hold)
def _(desk: Desk) -> tuple[Office, Call]:
    office, row = _walked(desk, "coordinator")
    made = office.run(holds.set_hold, "prot. 12", person_id=row.person_ids[0])
    return office, call(holds.lift_hold, made, 1, "archiviato")


@SCENARIOS.of(retention.set_rule)
def _(desk: Desk) -> tuple[Office, Call]:
    return desk.sign_in("coordinator"), call(retention.set_rule, 0, years=10, from_age=True)


@SCENARIOS.of(retention.set_rule, "again")
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("coordinator")
    office.run(retention.set_rule, 0, years=10, from_age=True)
    return office, call(retention.set_rule, 1, years=12, from_age=False)


def _due(desk: Desk) -> tuple[Office, str]:
    """A coordinator with an own path of long ago, whose note is due."""
    office = desk.sign_in("coordinator")
    ada = office.run(people.add_person, surname="Rossi", given_name="Ada")
    path = office.run(paths.open_path, "plan", [ada], opened_on=date(2014, 3, 3))
    note = office.run(notes.start, NoteValues("individual", date(2015, 5, 5), (ada,), path_id=path), NoteTexts("x"))
    office.run(notes.sign, note, office.fetch(note_reading.mine)[0].version)
    office.run(paths.close_path, path, office.fetch(paths.path, path).version, closed_on=date(2016, 3, 7),
               reason="other")  # fmt: skip
    return office, path


@SCENARIOS.of(retention_due.propose)
def _(desk: Desk) -> tuple[Office, Call]:
    office, path = _due(desk)
    return office, call(retention_due.propose, path_id=path)


@SCENARIOS.of(retention_due.withdraw)
def _(desk: Desk) -> tuple[Office, Call]:
    office, path = _due(desk)
    return office, call(retention_due.withdraw, office.run(retention_due.propose, path_id=path), 1)


def _planned(desk: Desk) -> tuple[Office, PathRow, str]:
    office, row = _walked(desk)
    return office, row, office.run(case_agenda.add_meeting, day=DAY)


@SCENARIOS.of(case_agenda.add_meeting)
def _(desk: Desk) -> tuple[Office, Call]:
    return desk.sign_in("educator"), call(case_agenda.add_meeting, day=DAY, place="stanza 2")


@SCENARIOS.of(case_agenda.change_meeting)
def _(desk: Desk) -> tuple[Office, Call]:
    office, _row, meeting = _planned(desk)
    return office, call(case_agenda.change_meeting, meeting, 1, day=date(2025, 2, 14), starts=None, place="altrove",
                        staff_id=office.actor.staff_id)  # fmt: skip


@SCENARIOS.of(case_agenda.remove_meeting)
def _(desk: Desk) -> tuple[Office, Call]:
    office, row, meeting = _planned(desk)
    office.run(case_agenda.add_case, meeting, code=row.code, question="Quando?")
    return office, call(case_agenda.remove_meeting, meeting, 1)


@SCENARIOS.of(case_agenda.add_case)
def _(desk: Desk) -> tuple[Office, Call]:
    office, row, meeting = _planned(desk)
    return office, call(case_agenda.add_case, meeting, code=row.code, question="Quando?")


def _case(desk: Desk) -> tuple[Office, str, str]:
    """An agenda with two cases; gives its second one and the path of the first."""
    office, row, meeting = _planned(desk)
    office.run(case_agenda.add_case, meeting, code=row.code, question="Quando?")
    other = office.run(paths.open_path, "plan", row.person_ids)
    code = office.fetch(paths.path, other).code
    return office, office.run(case_agenda.add_case, meeting, code=code, question="Come?"), row.id


@SCENARIOS.of(case_agenda.change_case)
def _(desk: Desk) -> tuple[Office, Call]:
    office, case, _path = _case(desk)
    return office, call(case_agenda.change_case, case, 1, question="Perché?", minutes=30,
                        staff_id=office.actor.staff_id, outcome="si prosegue")  # fmt: skip


@SCENARIOS.of(case_agenda.move_case)
def _(desk: Desk) -> tuple[Office, Call]:
    office, case, _path = _case(desk)
    return office, call(case_agenda.move_case, case, 1, -1)


@SCENARIOS.of(case_agenda.remove_case)
def _(desk: Desk) -> tuple[Office, Call]:
    office, case, _path = _case(desk)
    return office, call(case_agenda.remove_case, case, 1)
