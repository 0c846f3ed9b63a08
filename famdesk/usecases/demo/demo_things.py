"""What can be booked in the demo beside rooms: mediators with their languages, a projector, a car."""

from __future__ import annotations

from famdesk.data.tables.calendar import Appointment, AppointmentParty, Resource
from famdesk.data.tables.people import Person
from famdesk.data.tx import Tx
from famdesk.domain.calendar.calendar import OCCUPYING
from famdesk.usecases.demo import demo_names


def add(tx: Tx) -> None:
    """Adds them; families that need a mediator have theirs at some of their appointments, one a day for each."""
    speakers: dict[str, str] = {}
    for name, languages, phone in demo_names.MEDIATORS:
        mediator = tx.add(Resource(kind="mediator", name=name, languages=languages, phone=phone, active=True))
        speakers |= dict.fromkeys(languages.split(), mediator.id)
    for kind, name in demo_names.THINGS:
        tx.add(Resource(kind=kind, name=name, active=True))
    taken = set()
    for found in sorted(tx.all(Appointment, Appointment.person_id.is_not(None)), key=lambda one: (one.starts, one.id)):
        person = tx.find(Person, found.person_id)
        if person is None or not person.needs_mediator or found.state not in OCCUPYING:
            continue
        key = speakers.get(person.language or ""), found.starts.date()
        if key[0] is None or key in taken:
            continue
        taken.add(key)
        found.mediator_language = person.language
        tx.add(AppointmentParty(appointment_id=found.id, kind="resource", resource_id=key[0]))
