"""Scenarios of the centre and its directory: hours, access points, places, bodies, services, colleagues, profiles."""

from __future__ import annotations

from datetime import date, time

from famdesk import resources
from famdesk.data.tables.directory import AccessPoint, Body, Closure, ExtraOpening, Place, Room, ServiceLink
from famdesk.data.tables.directory import Service as ServiceRecord
from famdesk.data.tables.people import Person
from famdesk.data.tables.staff import Staff
from famdesk.exchange.profiles import read_profile
from famdesk.usecases.centre import centre, profiles, small_numbers
from famdesk.usecases.demo import demo
from famdesk.usecases.directory import bodies, hours, places
from famdesk.usecases.directory.bodies import BodyData, ServiceData
from famdesk.usecases.directory.places import PlaceData, PointData
from famdesk.usecases.intake import follow_ups
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from famdesk.usecases.staff import leaving, staff
from tests.support.cremona import Cremona, enter_cremona
from tests.support.offices import Desk
from tests.support.scenarios import Call, Scenarios, call, version, write

SCENARIOS = Scenarios()

NEXT_WEEK, MAY = date(2025, 2, 18), date(2025, 5, 1)
FIVE, SEVEN = time(17), time(19)


def _here(desk: Desk) -> tuple[Office, Cremona]:
    """The administrator's office in a centre whose directory is filled."""
    return desk.office, enter_cremona(desk.office)


def _rule(office: Office, point: str) -> str:
    return office.run(hours.add_rules, point, weekdays=(3,), opens=FIVE, closes=SEVEN, valid_from=date(2025, 2, 5))[0]


@SCENARIOS.of(centre.change_centre)
def _(desk: Desk) -> tuple[Office, Call]:
    row = desk.office.fetch(centre.overview)
    return desk.office, call(
        centre.change_centre, row.version, name="Centro di prova bis", alias="Bis", tagline=None, description="Prova",
        municipality_code="019036", phone="0372 000111", mail=None, access_terms="Libero", starts_on=MAY,
    )  # fmt: skip


@SCENARIOS.of(centre.set_language)
def _(desk: Desk) -> tuple[Office, Call]:
    return desk.office, call(centre.set_language, "de")


@SCENARIOS.of(small_numbers.set_least_told)
def _(desk: Desk) -> tuple[Office, Call]:
    return desk.office, call(small_numbers.set_least_told, 10)


@SCENARIOS.of(hours.add_rules)
def _(desk: Desk) -> tuple[Office, Call]:
    office, here = _here(desk)
    return office, call(hours.add_rules, here.unknown[0], weekdays=(1, 3, 5), opens=time(9), closes=time(0))


@SCENARIOS.of(hours.change_rule)
def _(desk: Desk) -> tuple[Office, Call]:
    office, here = _here(desk)
    return office, call(
        hours.change_rule, _rule(office, here.square), 1, weekday=5, opens=time(16, 30), closes=SEVEN,
        valid_from=None, valid_to=MAY,
    )  # fmt: skip


@SCENARIOS.of(hours.change_rule_from)
def _(desk: Desk) -> tuple[Office, Call]:
    office, here = _here(desk)
    rule = _rule(office, here.square)
    return office, call(hours.change_rule_from, rule, 1, starts_on=MAY, weekday=3, opens=time(18), closes=SEVEN)


@SCENARIOS.of(hours.remove_rule)
def _(desk: Desk) -> tuple[Office, Call]:
    office, here = _here(desk)
    return office, call(hours.remove_rule, _rule(office, here.square), 1)


def _extra(office: Office, point: str) -> str:
    return office.run(hours.add_extra, point, day=NEXT_WEEK, opens=time(9), closes=time(11))


@SCENARIOS.of(hours.add_extra)
def _(desk: Desk) -> tuple[Office, Call]:
    office, here = _here(desk)
    return office, call(hours.add_extra, here.square, day=MAY, opens=FIVE, closes=SEVEN, reason="Festa")


@SCENARIOS.of(hours.change_extra)
def _(desk: Desk) -> tuple[Office, Call]:
    office, here = _here(desk)
    extra = _extra(office, here.square)
    return office, call(hours.change_extra, extra, version(office, ExtraOpening, extra), day=MAY, opens=FIVE,
                        closes=SEVEN, reason="Festa")  # fmt: skip


@SCENARIOS.of(hours.remove_extra)
def _(desk: Desk) -> tuple[Office, Call]:
    office, here = _here(desk)
    return office, call(hours.remove_extra, _extra(office, here.square), 1)


def _closure(office: Office, point: str | None = None) -> str:
    return office.run(hours.add_closure, first_day=NEXT_WEEK, last_day=date(2025, 2, 20), access_point_id=point)


@SCENARIOS.of(hours.add_closure)
def _(desk: Desk) -> tuple[Office, Call]:
    return desk.office, call(hours.add_closure, first_day=NEXT_WEEK, last_day=MAY, reason="Lavori")


@SCENARIOS.of(hours.change_closure)
def _(desk: Desk) -> tuple[Office, Call]:
    office, here = _here(desk)
    closure = _closure(office, here.square)
    return office, call(hours.change_closure, closure, version(office, Closure, closure), first_day=MAY, last_day=MAY,
                        access_point_id=None, reason="Lavori")  # fmt: skip


@SCENARIOS.of(hours.remove_closure)
def _(desk: Desk) -> tuple[Office, Call]:
    return desk.office, call(hours.remove_closure, _closure(desk.office), 1)


@SCENARIOS.of(places.add_access_point)
def _(desk: Desk) -> tuple[Office, Call]:
    office, here = _here(desk)
    return office, call(places.add_access_point, PointData(name="Boschetto", place_id=here.palace, main=True))


@SCENARIOS.of(places.change_access_point)
def _(desk: Desk) -> tuple[Office, Call]:
    """The main seat moves: two access points change."""
    office, here = _here(desk)
    point = here.unknown[1]
    data = PointData(name="Soresina, via Cairoli", phone="0372 000222", starts_text="da primavera", main=True)
    return office, call(places.change_access_point, point, version(office, AccessPoint, point), data)


@SCENARIOS.of(places.remove_access_point)
def _(desk: Desk) -> tuple[Office, Call]:
    """It takes its weekly hours with it."""
    office, here = _here(desk)
    return office, call(places.remove_access_point, here.company, version(office, AccessPoint, here.company))


@SCENARIOS.of(places.add_place)
def _(desk: Desk) -> tuple[Office, Call]:
    office, here = desk.sign_in("reception"), enter_cremona(desk.office)
    data = PlaceData(name="Sala Rodari", kind="school", town="Cremona", owner_body_id=here.body, part_of_id=here.palace)
    return office, call(places.add_place, data)


@SCENARIOS.of(places.change_place)
def _(desk: Desk) -> tuple[Office, Call]:
    office, here = desk.sign_in("reception"), enter_cremona(desk.office)
    data = PlaceData(name="Palazzo", kind="building", address="piazza Giovanni XXIII n. 2", directions="primo cortile")
    return office, call(places.change_place, here.palace, version(office, Place, here.palace), data)


@SCENARIOS.of(places.remove_place)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("reception")
    place = office.run(places.add_place, PlaceData(name="Sala Rodari", kind="school"))
    return office, call(places.remove_place, place, 1)


@SCENARIOS.of(places.add_room)
def _(desk: Desk) -> tuple[Office, Call]:
    office, here = _here(desk)
    return office, call(places.add_room, name="Stanza blu", place_id=here.palace, seats=8)


@SCENARIOS.of(places.change_room)
def _(desk: Desk) -> tuple[Office, Call]:
    office, here = _here(desk)
    room = office.run(places.add_room, name="Stanza blu", place_id=here.palace, seats=8)
    return office, call(places.change_room, room, version(office, Room, room), name="Stanza verde",
                        place_id=here.palace, seats=None)  # fmt: skip


@SCENARIOS.of(places.remove_room)
def _(desk: Desk) -> tuple[Office, Call]:
    office, here = _here(desk)
    return office, call(places.remove_room, office.run(places.add_room, name="Stanza blu", place_id=here.palace), 1)


@SCENARIOS.of(bodies.add_body)
def _(desk: Desk) -> tuple[Office, Call]:
    office, here = desk.sign_in("educator"), enter_cremona(desk.office)
    data = BodyData(name="Consultorio", kind="asst", short_name="Cons.", parent_id=here.body, phone="0372 000333")
    return office, call(bodies.add_body, data)


@SCENARIOS.of(bodies.change_body)
def _(desk: Desk) -> tuple[Office, Call]:
    office, here = desk.sign_in("educator"), enter_cremona(desk.office)
    data = BodyData(name="Azienda Sociale", kind="social_company", short_name="ASC", note="sede in città")
    return office, call(bodies.change_body, here.body, version(office, Body, here.body), data)


@SCENARIOS.of(bodies.remove_body)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("educator")
    return office, call(bodies.remove_body, office.run(bodies.add_body, BodyData(name="Consultorio", kind="asst")), 1)


@SCENARIOS.of(bodies.add_service)
def _(desk: Desk) -> tuple[Office, Call]:
    office, here = desk.sign_in("psychologist"), enter_cremona(desk.office)
    data = ServiceData(name="Spazio neutro", kind="information", state="planned", function="B", body_id=here.body,
                       place_id=here.palace, access_point_id=here.square)  # fmt: skip
    return office, call(bodies.add_service, data)


@SCENARIOS.of(bodies.change_service)
def _(desk: Desk) -> tuple[Office, Call]:
    office, here = desk.sign_in("psychologist"), enter_cremona(desk.office)
    data = ServiceData(name="Informazioni", kind="information", state="past", description="Finito")
    return office, call(bodies.change_service, here.service, version(office, ServiceRecord, here.service), data)


@SCENARIOS.of(bodies.remove_service)
def _(desk: Desk) -> tuple[Office, Call]:
    """It takes its links with it."""
    office, here = desk.sign_in("psychologist"), enter_cremona(desk.office)
    former = office.run(bodies.add_service, ServiceData(name="Sportello", kind="information", state="past"))
    link = ServiceLink(service_id=here.service, kind="builds_on", target_id=former)
    write(office, bodies.remove_service, link)
    return office, call(bodies.remove_service, former, 1)


@SCENARIOS.of(staff.add_colleague)
def _(desk: Desk) -> tuple[Office, Call]:
    return desk.office, call(staff.add_colleague, name="Ermenegilda Prova", role="educator", profession="pedagogist")


@SCENARIOS.of(staff.change_colleague)
def _(desk: Desk) -> tuple[Office, Call]:
    here = enter_cremona(desk.office)
    colleague = desk.sign_in("educator").actor.staff_id
    return desk.office, call(
        staff.change_colleague, colleague, version(desk.office, Staff, colleague), name="Ermenegilda Prova",
        role="social_worker", profession=None, employer_body_id=here.body, active=True,
    )  # fmt: skip


@SCENARIOS.of(staff.set_login)
def _(desk: Desk) -> tuple[Office, Call]:
    colleague = desk.office.run(staff.add_colleague, name="Ermenegilda Prova", role="educator")
    return desk.office, call(staff.set_login, colleague, "erme.prova")


@SCENARIOS.of(leaving.hand_over)
def _(desk: Desk) -> tuple[Office, Call]:
    """A file in charge, and a call to make go to somebody else."""
    lead, leaver = desk.sign_in("coordinator"), desk.sign_in("social_worker").actor.staff_id
    ada = lead.run(people.add_person, surname="Prova", given_name="Ada")
    lead.run(follow_ups.add, kind="call", what="Richiamare", person_id=ada, staff_id=leaver)
    with lead.store.writing(lead.actor) as (tx, _outcome):
        tx.session.get_one(Person, ada).owner_staff_id = leaver
    return lead, call(leaving.hand_over, leaver, desk.sign_in("educator").actor.staff_id)


@SCENARIOS.of(profiles.import_profile)
def _(desk: Desk) -> tuple[Office, Call]:
    return desk.office, call(profiles.import_profile, read_profile(resources.path("centres/cremona.toml")))


@SCENARIOS.of(demo.fill)
def _(desk: Desk) -> tuple[Office, Call]:
    desk.office.run(profiles.import_profile, read_profile(resources.path("centres/cremona.toml")))
    return desk.sign_in("coordinator"), call(demo.fill, 3)
