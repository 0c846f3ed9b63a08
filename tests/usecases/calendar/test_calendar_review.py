"""Ways past the rules of the calendar that were found by trying: each is closed, on both engines."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from famdesk.data.tables.calendar import Appointment
from famdesk.domain.calendar.claims import Overlap
from famdesk.usecases.calendar import (
    absences,
    appointment_states,
    calendar,
    calendar_export,
    parties,
    series,
    series_changes,
)
from famdesk.usecases.calendar.appointment_checks import LabelTells
from famdesk.usecases.calendar.calendar_export import Scope
from famdesk.usecases.calendar.parties import Extras
from famdesk.usecases.calendar.series_rows import ALL, SeriesValues
from famdesk.usecases.calendar.taken import Party
from famdesk.usecases.consent.consents import ConsentMissing
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from tests.support.calendars import DAY, Seeded, at, seed
from tests.support.ics_texts import WEEKLY as WEEKLY_TEXT
from tests.support.offices import Desk
from tests.support.scenarios import version
from tests.usecases.calendar.test_calendar_exchange import take
from tests.usecases.calendar.test_claims import book
from tests.usecases.calendar.test_series import members

WEEKLY = "FREQ=WEEKLY;COUNT=4"


@pytest.fixture
def lead(desk: Desk) -> Office:
    return desk.sign_in("coordinator")


@pytest.fixture
def seeded(lead: Office) -> Seeded:
    return seed(lead)


def _as(**more: Any) -> dict[str, Any]:
    """What the editor gives of a team meeting at nine."""
    empty = dict.fromkeys(("person_id", "staff_id", "access_point_id", "room_id", "function", "label"))
    return {"starts": at(9), "ends": at(10), "kind": "team", **empty, **more}


def run(office: Office, deed: Any, *args: Any, **more: Any) -> Any:
    return office.run(deed, *args, **more)


@pytest.mark.parametrize("how", ["plan_again", "set_state", "change", "series"])
def test_a_missed_one_is_not_planned_again_over_what_was_booked_since(lead: Office, seeded: Seeded, how: str) -> None:
    """The reason that was given for one double booking is none for another."""
    first = book(lead, at(9), room_id=seeded.room)
    made = run(
        lead,
        series.make,
        SeriesValues("team", room_id=seeded.room),
        starts=at(9),
        minutes=60,
        rule="FREQ=WEEKLY;COUNT=2",
        taken="book",
        overlap_reason="insieme",
        skip_closed=False,
    )
    row = members(lead, made)[0]
    run(lead, appointment_states.miss, row.id, row.version)
    run(lead, calendar.cancel, first, 1, "centre")
    book(lead, at(9), room_id=seeded.room)
    read = members(lead, made)[0].version
    values = _as(room_id=seeded.room, state="planned")
    again: dict[str, tuple[Any, tuple[Any, ...], dict[str, Any]]] = {
        "plan_again": (appointment_states.plan_again, (), {}),
        "set_state": (calendar.set_state, ("planned",), {}),
        "change": (calendar.change, (), values),
        "series": (series_changes.change, (ALL,), values),
    }
    deed, arguments, more = again[how]
    with pytest.raises(Overlap):
        run(lead, deed, row.id, read, *arguments, **more)


def _child(lead: Office) -> str:
    return str(run(lead, people.add_person, surname="Prova", given_name="Nilo", birth_date=date(2016, 3, 1)))


def test_a_series_is_confirmed_only_with_the_consent(lead: Office, seeded: Seeded) -> None:
    child = _child(lead)
    made = run(
        lead,
        series.make,
        SeriesValues("team", person_id=child),
        starts=at(9),
        minutes=60,
        rule=WEEKLY,
        skip_closed=False,
    )
    row = members(lead, made)[0]
    with pytest.raises(ConsentMissing):
        run(lead, series_changes.change, row.id, row.version, ALL, **_as(kind="interview", person_id=child))


def test_parties_of_one_date(lead: Office, seeded: Seeded) -> None:
    child = _child(lead)
    made = run(lead, series.make, SeriesValues("team"), starts=at(9), minutes=60, rule=WEEKLY, skip_closed=False)
    rows = members(lead, made)
    run(lead, parties.set_extras, rows[2].id, rows[2].version, Extras((Party("person", child),)))
    row = members(lead, made)[0]
    with pytest.raises(ConsentMissing):
        run(lead, series_changes.change, row.id, row.version, ALL, **_as(kind="interview"))


def test_label_beside_a_protected_party_of_one_date(lead: Office, seeded: Seeded) -> None:
    made = run(lead, series.make, SeriesValues("team"), starts=at(9), minutes=60, rule=WEEKLY, skip_closed=False)
    rows = members(lead, made)
    run(lead, parties.set_extras, rows[2].id, rows[2].version, Extras((Party("person", seeded.protected),)))
    row = members(lead, made)[0]
    with pytest.raises(LabelTells):
        run(lead, series_changes.change, row.id, row.version, ALL, **_as(label="Con Rita"))


def _summaries(office: Office) -> dict[int, tuple[str, str, str]]:
    scope = Scope(datetime(2025, 2, 1), datetime(2025, 3, 1))
    entries = office.fetch(calendar_export.named, scope)
    return {one.starts.hour: (one.summary, one.location, one.description) for one in entries}


def test_who_takes_part_counts_in_what_goes_out_with_names(lead: Office, seeded: Seeded) -> None:
    """As for the own person: no note, no text, and nothing at all of somebody who must not be known."""
    known, guarded = (Extras((Party("person", one),)) for one in (seeded.person, seeded.protected))
    extras = Extras(known.others, note="segreto", where_text="casa")
    book(lead, at(9), kind="team", label="tema", extras=extras)
    book(lead, at(11), kind="team", person_id=seeded.person, extras=guarded)
    book(lead, at(13), kind="psychology", extras=guarded)
    told = _summaries(lead)
    assert told[9] == ("Team meeting", "casa", "")
    assert told[11] == told[13] == ("busy", "", "")


def test_lines_of_a_file_stay_in_as_soon_as_one_date_is_about_somebody(lead: Office, seeded: Seeded) -> None:
    take(lead, WEEKLY_TEXT + "\nX-MOOD:b")
    [first, *_rest] = lead.fetch(calendar.appointments, date(2025, 2, 1), date(2025, 4, 1))
    entries = lead.fetch(calendar_export.named, Scope(datetime(2025, 2, 1), datetime(2025, 4, 1)))
    assert any("X-MOOD" in line for one in entries for line in one.kept)
    run(lead, parties.set_extras, first.id, first.version, Extras((Party("person", seeded.person),)))
    entries = lead.fetch(calendar_export.named, Scope(datetime(2025, 2, 1), datetime(2025, 4, 1)))
    assert not any("X-MOOD" in line for one in entries for line in one.kept)


def test_a_whole_day_that_gets_an_hour_is_none_any_more(lead: Office, seeded: Seeded) -> None:
    away = run(lead, absences.plan, lead.actor.staff_id, at(0), at(0) + timedelta(days=1)).id
    run(lead, calendar.stretch, away, version(lead, Appointment, away), at(13))
    [row] = lead.fetch(calendar.appointments, DAY, DAY)
    assert (row.ends, row.all_day) == (at(13), False)


def test_a_date_goes_on_with_its_series_only_with_the_consent(lead: Office, seeded: Seeded) -> None:
    child = _child(lead)
    made = run(lead, series.make, SeriesValues("team", person_id=child), starts=at(9), minutes=60, rule=WEEKLY,
               skip_closed=False)  # fmt: skip
    row = members(lead, made)[0]

    def consent_withdrawn(tx: Any) -> None:
        with tx.doing("calendar.change"):
            for one in series.members(tx, made):
                one.kind = "interview"

    lead.run(consent_withdrawn)
    with pytest.raises(ConsentMissing):
        run(lead, series_changes.change, row.id, row.version + 1, ALL, **_as(kind="interview", person_id=child,
            state="confirmed"))  # fmt: skip


def test_only_what_is_seen_goes_out(lead: Office, seeded: Seeded) -> None:
    """A filtered view that is exported tells of nothing else, not even of the other dates of a series."""
    book(lead, at(9), kind="team", label="nicht gesehen")
    made = run(lead, series.make, SeriesValues("team"), starts=at(11), minutes=60, rule=WEEKLY, skip_closed=False)
    first = members(lead, made)[0]
    scope = Scope(datetime(2025, 2, 1), datetime(2025, 4, 1), only=frozenset([first.id]))
    [entry] = lead.fetch(calendar_export.named, scope)
    assert (entry.starts, entry.rule, entry.more) == (at(11), None, ())


@pytest.mark.parametrize("kind", ["centre", "staff", "room"])
def test_a_published_calendar_says_the_same_whoever_publishes_it(
    desk: Desk, lead: Office, seeded: Seeded, kind: str
) -> None:
    """Else what comes and goes would tell which appointments are those of protected files, or that there is time."""
    staff = lead.actor.staff_id
    book(lead, at(9), kind="team", person_id=seeded.protected, staff_id=staff, room_id=seeded.room)
    values = SeriesValues("team", person_id=seeded.protected, staff_id=staff, room_id=seeded.room)
    made = run(lead, series.make, values, starts=at(11), minutes=60, rule=WEEKLY, skip_closed=False)
    run(lead, series_changes.skip, members(lead, made)[1].id, members(lead, made)[1].version)
    subject = {"staff": staff, "room": seeded.room}.get(kind)
    scope = Scope(datetime(2025, 2, 1), datetime(2025, 3, 1), kind, subject)
    mine = lead.fetch(calendar_export.busy, scope)
    assert [one.starts.hour for one in mine if one.summary == "busy"] == [9, 11, 11]
    assert desk.sign_in("reception").fetch(calendar_export.busy, scope) == mine
    assert desk.sign_in("educator").fetch(calendar_export.named, scope) == lead.fetch(calendar_export.named, scope)
