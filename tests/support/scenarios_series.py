"""Scenarios of series: made, changed, moved, stretched, cancelled, ended, gone on with; dates taken out and back."""

from __future__ import annotations

from datetime import date

from famdesk.data.tables.calendar import Appointment, Series
from famdesk.data.tx import Tx
from famdesk.domain.calendar import recurrence
from famdesk.usecases.calendar import calendar, series, series_changes, series_repeat
from famdesk.usecases.calendar.series_rows import ALL, FOLLOWING, SeriesValues, dates_of
from famdesk.usecases.office import Office
from tests.support.calendars import DAY, at, seed
from tests.support.offices import Desk
from tests.support.scenarios import Call, Scenarios, call, version
from tests.support.scenarios_people import known

SCENARIOS = Scenarios()
RULE = "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH;COUNT=4"


def _made(desk: Desk, rule: str = RULE) -> tuple[Office, str, list[str]]:
    """The social worker's series with a known person: its id and those of its dates."""
    here = seed(desk.sign_in("coordinator"))
    office = desk.sign_in("social_worker")
    values = SeriesValues("consultation", known(office), office.actor.staff_id, room_id=here.room, label="con Zelinda")
    made = office.run(series.make, values, starts=at(17), minutes=60, rule=rule)

    def read(tx: Tx) -> list[str]:
        with tx.doing(series.series.name):
            return [row.id for row in series.members(tx, made)]

    return office, made, office.fetch(read)


@SCENARIOS.of(series.make)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("social_worker")
    values = SeriesValues("consultation", known(office), office.actor.staff_id, label="Zelinda e la zia")
    return office, call(series.make, values, starts=at(17), minutes=60, rule=RULE)


@SCENARIOS.of(series_repeat.repeat)
def _(desk: Desk) -> tuple[Office, Call]:
    here = seed(desk.sign_in("coordinator"))
    office = desk.sign_in("social_worker")
    person = known(office)
    booked = office.run(calendar.book, starts=at(17), ends=at(18), kind="consultation", person_id=person,
                        staff_id=office.actor.staff_id)  # fmt: skip
    values = SeriesValues("consultation", person, office.actor.staff_id, room_id=here.room, label="con Zelinda")
    dates = dates_of(recurrence.parse(RULE), at(17), 60, DAY)
    return office, call(series_repeat.repeat, booked, version(office, Appointment, booked), values, starts=at(17),
                        minutes=60, dates=dates, rule=RULE)  # fmt: skip


@SCENARIOS.of(series.set_end)
def _(desk: Desk) -> tuple[Office, Call]:
    office, made, _dates = _made(desk)
    return office, call(series.set_end, made, version(office, Series, made), count=2)


@SCENARIOS.of(series.set_end, "later")
def _(desk: Desk) -> tuple[Office, Call]:
    office, made, _dates = _made(desk)
    return office, call(series.set_end, made, version(office, Series, made), until=date(2025, 9, 1))


@SCENARIOS.of(series.go_on)
def _(desk: Desk) -> tuple[Office, Call]:
    """Some of its dates are not made yet."""
    office, made, dates = _made(desk, "FREQ=WEEKLY;BYDAY=TH")

    def shorten(tx: Tx) -> None:
        with tx.doing(series.set_end.name):
            tx.get(Series, made).made_until = date(2025, 6, 30)
            for row_id in dates[20:]:
                tx.session.delete(tx.get(Appointment, row_id))

    office.run(shorten)
    return office, call(series.go_on, made)


@SCENARIOS.of(series_changes.change)
def _(desk: Desk) -> tuple[Office, Call]:
    """This and the following dates: the series is parted."""
    office, _made_before, dates = _made(desk)
    here = office.fetch(calendar.appointment, dates[1])
    return office, call(
        series_changes.change, dates[1], version(office, Appointment, dates[1]), FOLLOWING, starts=here.starts,
        ends=here.ends, kind="psychology", person_id=here.person_id, staff_id=here.staff_id, access_point_id=None,
        room_id=None, function="B", label="Zelinda sola", state="confirmed",
    )  # fmt: skip


@SCENARIOS.of(series_changes.move)
def _(desk: Desk) -> tuple[Office, Call]:
    office, _made_before, dates = _made(desk)
    return office, call(series_changes.move, dates[0], version(office, Appointment, dates[0]), ALL,
                        at(10, day=date(2025, 2, 12)))  # fmt: skip


@SCENARIOS.of(series_changes.stretch)
def _(desk: Desk) -> tuple[Office, Call]:
    office, _made_before, dates = _made(desk)
    return office, call(series_changes.stretch, dates[0], version(office, Appointment, dates[0]), ALL, at(18, 45))


@SCENARIOS.of(series_changes.cancel)
def _(desk: Desk) -> tuple[Office, Call]:
    office, _made_before, dates = _made(desk, "FREQ=MONTHLY")
    return office, call(series_changes.cancel, dates[2], version(office, Appointment, dates[2]), FOLLOWING, "family",
                        "Zelinda trasloca")  # fmt: skip


@SCENARIOS.of(series_changes.skip)
def _(desk: Desk) -> tuple[Office, Call]:
    office, _made_before, dates = _made(desk)
    return office, call(series_changes.skip, dates[2], version(office, Appointment, dates[2]))


@SCENARIOS.of(series_changes.restore)
def _(desk: Desk) -> tuple[Office, Call]:
    office, _made_before, dates = _made(desk)
    office.run(series_changes.skip, dates[2], version(office, Appointment, dates[2]))
    return office, call(series_changes.restore, dates[2], version(office, Appointment, dates[2]))
