"""Series without an end are made further ahead after sign-in; one that cannot go on does not stop the others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from famdesk.data.tables.calendar import Appointment, Series
from famdesk.data.tables.people import Person
from famdesk.ui.kit.runner import Runner
from famdesk.ui.series_keeper import OfferKeeper, SeriesKeeper
from famdesk.usecases.calendar import calendar, series
from famdesk.usecases.calendar.series_rows import SeriesValues
from famdesk.usecases.enrolling import enrolment, waiting_list
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from famdesk.usecases.programmes import initiatives, programmes
from famdesk.usecases.programmes.programmes_rows import InitiativeValues
from tests.support.calendars import at, seed
from tests.support.offices import Desk

LAST = date(2025, 6, 30)


@pytest.fixture
def lead(file_desk: Desk) -> Office:
    return file_desk.sign_in("coordinator")


@pytest.fixture
def runner(lead: Office) -> Iterator[Runner]:
    found = Runner(lead)
    yield found
    found.close()


def shortened(office: Office, *, starts: Any, **values: Any) -> str:
    """A weekly series without an end of which little is made."""
    made = office.run(series.make, SeriesValues("interview", **values), starts=starts, minutes=60, rule="FREQ=WEEKLY")
    with office.store.writing(office.actor) as (tx, _outcome):
        record = tx.session.get(Series, made)
        assert record is not None
        record.made_until = LAST
        for row in tx.session.query(Appointment).filter_by(series_id=made):
            if row.starts.date() > LAST:
                tx.session.delete(row)
    return made


def count(office: Office) -> int:
    return len(office.fetch(calendar.appointments, LAST, date(2027, 12, 31)))


def test_goes_on_and_leaves_no_step_to_undo(qtbot: QtBot, lead: Office, runner: Runner) -> None:
    here = seed(lead)
    gone = shortened(lead, starts=at(9), person_id=here.person)
    shortened(lead, starts=at(17))
    with lead.store.writing(lead.actor) as (tx, _outcome):
        person = tx.session.get(Person, here.person)
        assert person is not None
        person.birth_date = date(2020, 1, 1)  # a minor without consent
    assert count(lead) == 0
    label = lead.undo_label()
    keeper = SeriesKeeper(runner, lead)
    with qtbot.waitSignal(keeper.rested) as rested:
        keeper.go()
    assert rested.args == [count(lead)]
    assert count(lead) > 80
    assert lead.undo_label() == label
    assert lead.fetch(series.due) == (gone,)
    keeper.stop()


def test_starts_only_for_roles_that_may(lead: Office, file_desk: Desk, runner: Runner) -> None:
    keeper = SeriesKeeper(runner, lead)
    keeper.start()
    assert keeper._timer.isActive()
    keeper.stop()
    admin = Runner(file_desk.sign_in("administrator"))
    other = SeriesKeeper(admin, lead)
    other.start()
    assert not other._timer.isActive()
    admin.close()


def test_a_place_that_nobody_took_in_time_goes_to_the_next(
    qtbot: QtBot, file_desk: Desk, lead: Office, runner: Runner
) -> None:
    made = lead.run(initiatives.add_initiative, InitiativeValues("A.Pe", capacity=1, offer_hours=24))
    names = ("Uno", "Due", "Tre")
    first, second, third = (lead.run(enrolment.enrol, made, lead.run(people.add_person, surname=one)) for one in names)
    lead.run(enrolment.withdraw, first, 1)
    lead.run(waiting_list.offer_next, made)
    keeper = OfferKeeper(runner, lead)
    for hours, states in ((23, ["offered", "waiting"]), (2, ["expired", "offered"])):
        file_desk.clock.forward(hours=hours)
        with qtbot.waitSignal(keeper.rested):
            keeper.go()
        rows = {row.id: row.state for row in lead.fetch(programmes.participants, made).enrolments}
        assert [rows[second], rows[third]] == states
    assert lead.undo_label() == "Place offered to the next on the waiting list", "the round is no step of anybody's"
    keeper.stop()
