"""Cremona's access points for tests: the hours that are known, and three points whose hours nobody knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from famdesk.usecases.centre import centre
from famdesk.usecases.directory import bodies, hours, places
from famdesk.usecases.directory.bodies import BodyData, ServiceData
from famdesk.usecases.directory.places import PlaceData, PointData
from famdesk.usecases.office import Office

START = date(2025, 2, 4)
SQUARE = "piazza Giovanni XXIII"
COMPANY = "Azienda Sociale del Cremonese"
UNKNOWN = ("Polo per l’Infanzia", "Soresina", "Civico 81")


@dataclass(frozen=True, slots=True)
class Cremona:
    """Ids of what was entered."""

    square: str
    company: str
    unknown: tuple[str, ...]
    palace: str
    body: str
    service: str


def enter_cremona(office: Office) -> Cremona:
    """Enters the centre's data through the use-cases; `office` is a coordinator's or administrator's."""
    row = office.fetch(centre.overview)
    office.run(
        centre.change_centre, row.version, name="Hug – Centro per le Famiglie", alias=None, tagline=None,
        description=None, municipality_code="019036", phone="333 3317332", mail="hug.centrofamiglie.cr@gmail.com",
        access_terms=None, starts_on=START,
    )  # fmt: skip
    body = office.run(bodies.add_body, BodyData(name=COMPANY, kind="social_company"))
    palace = office.run(
        places.add_place,
        PlaceData(name="Palazzo della Carità", kind="centre", address="piazza Giovanni XXIII n. 1", floor="piano terra",
                  municipality="019036", town="Cremona"),
    )  # fmt: skip
    square = office.run(places.add_access_point, PointData(name=SQUARE, place_id=palace, main=True))
    company = office.run(places.add_access_point, PointData(name=COMPANY, body_id=body))
    for point, day, opens in ((square, 2, 12), (square, 4, 17), (company, 1, 8)):
        office.run(hours.add_rules, point, weekdays=(day,), opens=time(opens), closes=time(opens + 2), valid_from=START)
    unknown = tuple(office.run(places.add_access_point, PointData(name=name)) for name in UNKNOWN)
    service = office.run(
        bodies.add_service,
        ServiceData(name="Informazione e orientamento", kind="information", function="A", access_point_id=square),
    )
    return Cremona(square, company, unknown, palace, body, service)
