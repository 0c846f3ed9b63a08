"""Scenarios of what follows meetings: pictures of flyers, certificates, feedback."""

from __future__ import annotations

from datetime import date, time

from famdesk.usecases.enrolling import attendance, enrolment
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from famdesk.usecases.programmes import certificates, feedback, initiative_pictures, initiatives, meetings, programmes
from famdesk.usecases.programmes.feedback import Counts, QuestionRow
from famdesk.usecases.programmes.programmes_rows import InitiativeValues, MeetingValues
from tests.support.logos import picture
from tests.support.offices import Desk
from tests.support.scenarios import Call, Scenarios, call

SCENARIOS = Scenarios()

FIRST = date(2025, 1, 9)
QUESTIONS = (QuestionRow("", "@welcome", "smiley3"), QuestionRow("", "Che cosa ti porti a casa?", "text"))


def training(office: Office, *, held: int = 4, minutes: int | None = 120) -> str:
    """A training for operators with meetings that took place in January."""
    made = office.run(initiatives.add_initiative, InitiativeValues("Formazione", kind="training",
                                                                    audience="professionals"))  # fmt: skip
    for number in range(held):
        day = date(2025, 1, 9 + 7 * number) if number < 3 else date(2025, 2, 6)
        office.run(meetings.add_meeting, made, MeetingValues(day, time(14), minutes))
    return made


def came(office: Office, initiative_id: str, surname: str, times: int, minutes: int | None = None) -> str:
    """Somebody enrolled who came to the first meetings; gives the id of the enrolment."""
    person = office.run(people.add_person, surname=surname, given_name="Prova")
    made = office.run(enrolment.enrol, initiative_id, person)
    for meeting in held(office, initiative_id)[:times]:
        office.run(attendance.note, (attendance.Mark(meeting, made, True, minutes),))
    return made


def held(office: Office, initiative_id: str) -> list[str]:
    """The ids of the meetings in their order."""
    return [one.id for one in office.fetch(programmes.initiative, initiative_id).meetings]


def _here(desk: Desk) -> tuple[Office, str]:
    office = desk.sign_in("coordinator")
    return office, training(office)


@SCENARIOS.of(initiative_pictures.set_picture)
def _(desk: Desk) -> tuple[Office, Call]:
    office, made = _here(desk)
    return office, call(initiative_pictures.set_picture, made, alt="Due mani", credit="classe 3A", image=picture())


@SCENARIOS.of(initiative_pictures.remove_picture)
def _(desk: Desk) -> tuple[Office, Call]:
    office, made = _here(desk)
    office.run(initiative_pictures.set_picture, made, alt="Due mani", image=picture())
    found = office.fetch(initiative_pictures.picture, made)
    assert found is not None
    return office, call(initiative_pictures.remove_picture, found.id, found.version)


@SCENARIOS.of(certificates.set_share)
def _(desk: Desk) -> tuple[Office, Call]:
    office, made = _here(desk)
    return office, call(certificates.set_share, made, 1, 60)


@SCENARIOS.of(certificates.issue)
def _(desk: Desk) -> tuple[Office, Call]:
    office, made = _here(desk)
    people_ = [came(office, made, name, 4) for name in ("Zeta", "Alfa")]
    return office, call(certificates.issue, made, people_)


@SCENARIOS.of(feedback.set_questions)
def _(desk: Desk) -> tuple[Office, Call]:
    office, made = _here(desk)
    office.run(feedback.set_questions, made, QUESTIONS)
    kept = office.fetch(feedback.feedback, made).questions[1]
    return office, call(feedback.set_questions, made, (QuestionRow(kept.id, "E poi?", "smiley5"), QUESTIONS[0]))


@SCENARIOS.of(feedback.set_counts)
def _(desk: Desk) -> tuple[Office, Call]:
    office, made = _here(desk)
    office.run(feedback.set_questions, made, QUESTIONS)
    first, second = (one.id for one in office.fetch(feedback.feedback, made).questions)
    meeting = held(office, made)[0]
    entries = (Counts(first, meeting, (9, 2, 1)), Counts(second, None, (), "Torno volentieri\nTroppo corto"))
    return office, call(feedback.set_counts, made, entries)
