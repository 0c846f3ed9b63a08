"""The directory: lists, cards, and changes that can be undone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from famdesk.domain.errors import Forbidden, NotFound, Required, Stale
from famdesk.exchange.profiles import read_profile
from famdesk.resources import path
from famdesk.usecases.centre import profiles
from famdesk.usecases.directory import bodies, directory, guide, places
from famdesk.usecases.directory.bodies import BodyData, ServiceData
from famdesk.usecases.directory.places import PlaceData, PointData
from tests.support.cremona import SQUARE, Cremona, enter_cremona
from tests.support.offices import Desk

NOWHERE = "01900000-0000-7000-8000-000000000000"


@pytest.fixture
def cremona(desk: Desk) -> Cremona:
    return enter_cremona(desk.office)


def test_card_of_an_access_point_from_the_profile(desk: Desk) -> None:
    desk.office.run(profiles.import_profile, read_profile(path("centres/cremona.toml")))
    soresina = next(row for row in desk.office.fetch(directory.points) if row.name == "Soresina")
    detail = desk.office.fetch(guide.point, soresina.id)
    assert detail.row.unknown
    assert detail.rules == ()
    assert [(row.name, row.role) for row in detail.partners] == [
        ("Azienda Sociale del Cremonese", "organiser"),
        ("Istituto Comprensivo “G. Bertesi”", "network_partner"),
    ]
    assert (detail.source, detail.body) == ("004 §11", "Azienda Sociale del Cremonese")
    assert detail.own_phone is None
    assert detail.row.phone == "333 3317332"


def test_card_of_a_service_with_links_both_ways(desk: Desk) -> None:
    desk.office.run(profiles.import_profile, read_profile(path("centres/cremona.toml")))
    rows = desk.office.fetch(directory.services)
    assert [row.function for row in rows] == ["A", "B", "B", "B", "C", None]
    whole = next(row for row in rows if row.name == "Sostegno alle competenze genitoriali")
    links = desk.office.fetch(guide.service, whole.id).links
    assert {(link.kind, link.reverse, link.target) for link in links} == {
        ("part_of", True, "Spazi di ascolto"),
        ("part_of", True, "Consulenza psicopedagogica"),
    }
    part = desk.office.fetch(guide.service, next(link.target_id for link in links))
    assert [(link.reverse, link.target) for link in part.links] == [(False, whole.name)]


def test_card_of_a_body_with_parts_offices_and_roles(desk: Desk) -> None:
    desk.office.run(profiles.import_profile, read_profile(path("centres/cremona.toml")))
    comune = next(row for row in desk.office.fetch(directory.bodies) if row.name == "Comune di Cremona")
    detail = desk.office.fetch(guide.body, comune.id)
    assert [row.name for row in detail.parts] == ["Settore Politiche Educative", "Settore Politiche Sociali"]
    assert [row.name for row in detail.holders] == ["Marina Della Giovanna"]
    assert ("lead", "centre", "Hug – Centro per le Famiglie") in {
        (tie.role, tie.subject_kind, tie.subject) for tie in detail.ties
    }


def test_card_of_a_place(desk: Desk, cremona: Cremona) -> None:
    room = desk.office.run(places.add_room, name="Stanza 2", place_id=cremona.palace, seats=4)
    detail = desk.office.fetch(guide.place, cremona.palace)
    assert (detail.row.address, detail.row.floor) == ("piazza Giovanni XXIII n. 1", "piano terra")
    assert [(row.id, row.name, row.seats) for row in detail.rooms] == [(room, "Stanza 2", 4)]
    assert detail.points == ((cremona.square, SQUARE),)
    assert [row.place for row in desk.office.fetch(directory.rooms)] == ["Palazzo della Carità"]


@pytest.mark.parametrize("card", [guide.point, guide.service, guide.body, guide.place])
def test_a_card_that_is_not_there(desk: Desk, card: object) -> None:
    with pytest.raises(NotFound):
        desk.office.fetch(card, NOWHERE)  # type: ignore[arg-type]


def test_service_changed_and_undone(desk: Desk, cremona: Cremona) -> None:
    row = desk.office.fetch(directory.services)[0]
    data = ServiceData(name="Sportello", kind="information", function="C", state="past")
    desk.sign_in("reception").run(bodies.change_service, row.id, row.version, data)
    after = desk.office.fetch(directory.services)[0]
    assert (after.name, after.function, after.state, after.access_point) == ("Sportello", "C", "past", None)
    with pytest.raises(Stale):
        desk.office.run(bodies.change_service, row.id, row.version, data)
    desk.office.run(bodies.remove_service, row.id, after.version)
    assert desk.office.fetch(directory.services) == ()
    assert desk.office.undo_label() == "Service Sportello removed"
    desk.office.undo()
    assert desk.office.fetch(directory.services)[0].name == "Sportello"


def test_body_that_is_used_is_not_removed(desk: Desk, cremona: Cremona) -> None:
    row = desk.office.fetch(directory.bodies)[0]
    with pytest.raises(places.StillUsed) as caught:
        desk.office.run(bodies.remove_body, row.id, row.version)
    assert caught.value.sentence() == "Still used by Azienda Sociale del Cremonese. Change that first."
    free = desk.office.run(bodies.add_body, BodyData(name="Nido", kind="nursery", parent_id=row.id))
    desk.office.run(bodies.change_body, free, 1, BodyData(name="Nido blu", kind="nursery"))
    desk.office.run(bodies.remove_body, free, 2)
    desk.office.undo()
    desk.office.undo()
    assert desk.office.fetch(guide.body, free).row.parent == row.name


def test_access_point_and_place_removed_and_undone(desk: Desk, cremona: Cremona) -> None:
    with pytest.raises(places.StillUsed):
        desk.office.run(places.remove_place, cremona.palace, 1)
    row = next(row for row in desk.office.fetch(directory.points) if row.id == cremona.company)
    desk.office.run(places.remove_access_point, row.id, row.version)
    assert cremona.company not in {row.id for row in desk.office.fetch(directory.points)}
    desk.office.undo()
    again = desk.office.fetch(guide.point, cremona.company)
    assert [rule.weekday for rule in again.rules] == [1]


def test_a_centre_has_one_main_seat(desk: Desk, cremona: Cremona) -> None:
    detail = desk.office.fetch(guide.point, cremona.company)
    data = PointData(name=detail.row.name, main=True, phone="0372 1")
    desk.office.run(places.change_access_point, cremona.company, detail.row.version, data)
    rows = desk.office.fetch(directory.points)
    assert [(row.name, row.phone) for row in rows if row.main] == [(detail.row.name, "0372 1")]
    desk.office.undo()
    assert [row.name for row in desk.office.fetch(directory.points) if row.main] == [SQUARE]


def test_rooms_changed_and_removed(desk: Desk, cremona: Cremona) -> None:
    room = desk.office.run(places.add_room, name="Stanza 2", place_id=cremona.palace)
    desk.office.run(places.change_room, room, 1, name="Sala", place_id=cremona.palace, seats=20)
    desk.office.run(places.remove_room, room, 2)
    assert desk.office.fetch(directory.rooms) == ()
    desk.office.undo()
    assert [(row.name, row.seats) for row in desk.office.fetch(directory.rooms)] == [("Sala", 20)]
    with pytest.raises(places.TooFewSeats):
        desk.office.run(places.add_room, name="X", place_id=cremona.palace, seats=0)


def test_entries_that_make_no_sense(desk: Desk, cremona: Cremona) -> None:
    place = PlaceData(name="Qui", kind="office")
    wrong: list[tuple[object, object, type[Exception], str]] = [
        (places.add_place, replace(place, name=" "), Required, "name"),
        (places.add_place, replace(place, kind="castle"), places.UnknownKind, "kind"),
        (places.add_place, replace(place, municipality="999999"), places.UnknownTown, "municipality"),
        (places.add_access_point, PointData(name="X", age_band="old"), places.UnknownBand, "age_band"),
        (bodies.add_body, BodyData(name="X", kind="castle"), places.UnknownKind, "kind"),
        (bodies.add_service, ServiceData(name="X", kind="hub", function="D"), bodies.UnknownFunction, "function"),
        (bodies.add_service, ServiceData(name="X", kind="hub", state="gone"), bodies.UnknownState, "state"),
    ]
    for usecase, data, error, field in wrong:
        with pytest.raises(error) as caught:
            desk.office.run(usecase, data)  # type: ignore[arg-type]
        assert caught.value.field == field  # type: ignore[attr-defined]
    with pytest.raises(NotFound):
        desk.office.run(places.add_access_point, PointData(name="X", place_id=NOWHERE))


def test_nothing_is_a_part_of_itself(desk: Desk, cremona: Cremona) -> None:
    hall = desk.office.run(places.add_place, PlaceData(name="Sala", kind="building", part_of_id=cremona.palace))
    row = desk.office.fetch(guide.place, cremona.palace).row
    with pytest.raises(places.PartOfItself):
        desk.office.run(places.change_place, row.id, row.version,
                        PlaceData(name=row.name, kind=row.kind, part_of_id=hall))  # fmt: skip
    with pytest.raises(places.PartOfItself):
        desk.office.run(bodies.change_body, cremona.body, 1, BodyData(name="X", kind="other", parent_id=cremona.body))


def test_rooms_and_access_points_are_for_those_who_lead(desk: Desk, cremona: Cremona) -> None:
    reception = desk.sign_in("reception")
    with pytest.raises(Forbidden):
        reception.run(places.add_room, name="X", place_id=cremona.palace)
    with pytest.raises(Forbidden):
        reception.run(places.add_access_point, PointData(name="X"))
    reception.run(bodies.add_body, BodyData(name="Croce Rossa", kind="association"))
    assert "Croce Rossa" in {row.name for row in reception.fetch(directory.bodies)}
