"""Appointments of a path of care: booked so, one by one or as a series, and only by whom the path is known to."""

from __future__ import annotations

from datetime import datetime

import pytest

from famdesk.data.tables.calendar import Appointment
from famdesk.domain.errors import NotFound
from famdesk.usecases import public_search, search
from famdesk.usecases.calendar import calendar, parties, series, series_changes
from famdesk.usecases.calendar.parties import Extras
from famdesk.usecases.calendar.series_rows import SeriesValues
from famdesk.usecases.calendar.taken import Party
from famdesk.usecases.office import Office
from famdesk.usecases.paths import paths
from famdesk.usecases.people import people
from tests.support.offices import Desk
from tests.support.scenarios import version

STARTS = datetime(2025, 2, 20, 10)
HOUR = {"starts": STARTS, "ends": STARTS.replace(hour=11), "kind": "mediation"}


def _one(office: Office, surname: str) -> str:
    return office.run(people.add_person, surname=surname, given_name="Ada")


def _path(office: Office, *person_ids: str) -> str:
    return office.run(paths.open_path, "mediation", person_ids)


def _of(office: Office, appointment_id: str) -> str | None:
    return office.fetch(calendar.appointment, appointment_id).path_id


def test_it_is_booked_into_a_path_and_leaves_it_with_its_people(file_desk: Desk) -> None:
    office = file_desk.sign_in("psychologist")
    ada, bea = _one(office, "Rossi"), _one(office, "Bianchi")
    path, hers = _path(office, ada), _path(office, bea)
    booked = office.run(calendar.book, **HOUR, person_id=ada, extras=Extras(path_id=path))
    beside = office.run(calendar.book, **{**HOUR, "starts": STARTS.replace(hour=8), "ends": STARTS.replace(hour=9)},
                        person_id=bea, extras=Extras((Party("person", ada),), path_id=path))  # fmt: skip
    assert (_of(office, booked), _of(office, beside)) == (path, path)
    with pytest.raises(paths.OfNobodyHere) as error:
        office.run(parties.set_extras, booked, 1, Extras(path_id=hers))
    assert error.value.field == "path_id"
    office.run(parties.set_extras, booked, 1, Extras(note="citofono"))
    assert _of(office, booked) == path
    everything = {"staff_id": None, "access_point_id": None, "room_id": None, "function": None, "label": None}
    office.run(calendar.change, booked, version(office, Appointment, booked), **HOUR, **everything, person_id=bea,
               extras=Extras())  # fmt: skip
    assert _of(office, booked) is None
    office.undo()
    assert _of(office, booked) == path
    office.run(parties.set_extras, beside, version(office, Appointment, beside), Extras(path_id=None))
    assert _of(office, beside) is None


def test_all_dates_of_a_series_belong_to_it_and_leave_it_together(file_desk: Desk) -> None:
    office = file_desk.sign_in("psychologist")
    ada, bea = _one(office, "Rossi"), _one(office, "Bianchi")
    path, hers = _path(office, ada), _path(office, bea)
    values = SeriesValues("mediation", person_id=ada, extras=Extras(path_id=path))
    office.run(series.make, values, starts=STARTS, minutes=60, rule="FREQ=WEEKLY;COUNT=3")
    rows = office.fetch(paths.appointments, path)
    assert [row.inside for row in rows] == [True, True, True]
    first = rows[-1]
    everything = {"staff_id": None, "access_point_id": None, "room_id": None, "function": None, "label": None}
    office.run(series_changes.change, first.id, first.version, "all", **HOUR, **everything, person_id=bea,
               extras=Extras(path_id=hers))  # fmt: skip
    assert (office.fetch(paths.path, path).appointments, office.fetch(paths.path, hers).appointments) == (0, 3)


def test_a_path_that_one_may_not_know_stays_and_none_is_put_there(file_desk: Desk) -> None:
    office, reception = file_desk.sign_in("psychologist"), file_desk.sign_in("reception")
    ada = _one(office, "Rossi")
    path = _path(office, ada)
    booked = office.run(calendar.book, **HOUR, person_id=ada, staff_id=office.actor.staff_id,
                        extras=Extras(path_id=path))  # fmt: skip
    assert _of(reception, booked) is None
    reception.run(parties.set_extras, booked, 1, Extras(where_text="in sede"))
    assert _of(office, booked) == path
    later = {**HOUR, "starts": STARTS.replace(hour=14), "ends": STARTS.replace(hour=15)}
    with pytest.raises(NotFound):
        reception.run(calendar.book, **later, person_id=ada, extras=Extras(path_id=path))
    row = office.fetch(paths.path, path)
    office.run(parties.set_extras, booked, version(office, Appointment, booked), Extras(path_id=None))
    office.run(paths.close_path, path, row.version, closed_on=office.now().date(), reason="reached")
    with pytest.raises(paths.PathClosed):
        office.run(parties.set_extras, booked, version(office, Appointment, booked), Extras(path_id=path))


def test_a_path_is_found_by_its_code_by_whom_it_is_known_to(file_desk: Desk) -> None:
    office, reception = file_desk.sign_in("psychologist"), file_desk.sign_in("reception")
    path = _path(office, _one(office, "Rossi"))
    [hit] = office.fetch(search.search, "p1")
    assert (hit.kind, hit.id, hit.label, hit.detail) == ("path", path, "P-0001 · Family mediation", "Rossi Ada")
    assert office.fetch(public_search.public_hits, "P-0001") == ()
    assert office.fetch(search.search, "P-0002") == reception.fetch(search.search, "P-0001") == ()
