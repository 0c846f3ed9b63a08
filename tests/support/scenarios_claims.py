"""Scenarios of what appointments take: parties, ways, resources."""

from __future__ import annotations

from famdesk.data.tables.calendar import Appointment, Resource
from famdesk.usecases.calendar import calendar, parties, resources
from famdesk.usecases.calendar.parties import Extras
from famdesk.usecases.calendar.resources import ResourceValues
from famdesk.usecases.calendar.taken import Party
from famdesk.usecases.office import Office
from tests.support.calendars import at, seed
from tests.support.offices import Desk
from tests.support.scenarios import Call, Scenarios, call, version

SCENARIOS = Scenarios()
MEDIATOR = ResourceValues("mediator", "Zelinda Quarantotti", ("ar", "fr"), phone="0372 000444", note="Zelinda")


def _mediator(desk: Desk) -> str:
    return desk.sign_in("coordinator").run(resources.add_resource, MEDIATOR)


@SCENARIOS.of(parties.set_extras)
def _(desk: Desk) -> tuple[Office, Call]:
    here = seed(desk.sign_in("coordinator"))
    office, mediator = desk.sign_in("reception"), _mediator(desk)
    booked = office.run(calendar.book, starts=at(17), ends=at(18), kind="interview", person_id=here.person,
                        extras=Extras((Party("room", here.room),), note="Zelinda"))  # fmt: skip
    extras = Extras((Party("resource", mediator), Party("staff", office.actor.staff_id)), where_text="da Zelinda",
                    travel_before=15)  # fmt: skip
    return office, call(parties.set_extras, booked, version(office, Appointment, booked), extras)


@SCENARIOS.of(calendar.book, "with all the rest")
def _(desk: Desk) -> tuple[Office, Call]:
    """Person, mediator and another room in the same step."""
    here, mediator = seed(desk.sign_in("coordinator")), _mediator(desk)
    office = desk.sign_in("reception")
    others = (Party("resource", mediator), Party("person", here.person), Party("room", here.room))
    return office, call(calendar.book, starts=at(9), ends=at(10), kind="home_visit", staff_id=office.actor.staff_id,
                        extras=Extras(others, where_text="da Zelinda", note="Zelinda apre"))  # fmt: skip


@SCENARIOS.of(calendar.change, "with others")
def _(desk: Desk) -> tuple[Office, Call]:
    here, mediator = seed(desk.sign_in("coordinator")), _mediator(desk)
    office = desk.sign_in("reception")
    booked = office.run(calendar.book, starts=at(9), ends=at(10), kind="interview",
                        extras=Extras((Party("resource", mediator), Party("room", here.room))))  # fmt: skip
    return office, call(
        calendar.change, booked, version(office, Appointment, booked), starts=at(10), ends=at(11), kind="consultation",
        person_id=here.person, staff_id=None, access_point_id=None, room_id=here.room, function=None, label=None,
        extras=Extras((Party("room", here.other_room), Party("resource", mediator)), note="Zelinda"),
    )  # fmt: skip


@SCENARIOS.of(resources.add_resource)
def _(desk: Desk) -> tuple[Office, Call]:
    return desk.sign_in("coordinator"), call(resources.add_resource, MEDIATOR)


@SCENARIOS.of(resources.change_resource)
def _(desk: Desk) -> tuple[Office, Call]:
    office, made = desk.sign_in("coordinator"), _mediator(desk)
    values = ResourceValues("mediator", "Zelinda Quarantotti", ("uk",))
    return office, call(resources.change_resource, made, version(office, Resource, made), values)


@SCENARIOS.of(resources.retire_resource)
def _(desk: Desk) -> tuple[Office, Call]:
    office, made = desk.sign_in("coordinator"), _mediator(desk)
    return office, call(resources.retire_resource, made, version(office, Resource, made), retired=True)
