"""How initiatives and meetings are put into words."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from famdesk.domain.calendar.calendar import EndsBeforeStart
from famdesk.ui.programmes import words
from famdesk.ui.programmes.fields import minutes_between
from famdesk.usecases.office import Office
from famdesk.usecases.programmes import initiatives, meetings
from famdesk.usecases.programmes.programmes_rows import Hint, InitiativeValues, MeetingRow, MeetingValues
from tests.ui.programmes.conftest import THURSDAY, detail, enrol


@pytest.mark.parametrize(
    ("hint", "text"),
    [
        (Hint("closed", "Easter Monday"), "The centre is closed that day: Easter Monday."),
        (Hint("meeting", "A.Pe", time(18)), "At that time “A.Pe” meets at the same place."),
        (Hint("opening", "Piazza", time(17), time(19), same_place=False),
         "At that time Piazza is open (17:00–19:00); the place of the meeting is still to be set."),
    ],
)  # fmt: skip
def test_hints_in_words(hint: Hint, text: str) -> None:
    assert words.hint_text(hint) == text


def test_places_in_words(office: Office, ape: str) -> None:
    def text() -> str:
        return words.places(detail(office, ape).row)

    assert text() == "0 of 2 places taken, 2 places left"
    enrol(office, ape, "Rossi", "Bianchi", "Verdi")
    assert text() == "All 2 places are taken · 1 on the waiting list"
    other = office.run(initiatives.add_initiative, InitiativeValues("Estate"))
    assert words.places(detail(office, other).row) == "Nobody enrolled yet, places not limited"


def test_length_from_two_times() -> None:
    assert minutes_between(time(18), time(19, 30)) == 90
    assert minutes_between(time(22), time(0)) == 120
    assert minutes_between(None, time(19)) is None
    with pytest.raises(EndsBeforeStart):
        minutes_between(time(18), time(18))


def test_facts_leave_out_what_is_unknown(office: Office) -> None:
    values = InitiativeValues("Nascita", starts_on=THURSDAY, topics="padri")
    first = office.run(initiatives.add_initiative, values)
    office.run(initiatives.add_initiative, InitiativeValues("Paternità", continues_id=first))
    assert list(words.facts(detail(office, first))) == [
        ("For", "Families"), ("Topics", "padri"), ("When", "from 13 February 2025"), ("Continued by", "Paternità"),
    ]  # fmt: skip


def test_meeting_of_which_only_the_day_is_known(office: Office) -> None:
    initiative = office.run(initiatives.add_initiative, InitiativeValues("Estate"))
    office.run(meetings.add_meeting, initiative, MeetingValues(THURSDAY))
    row: MeetingRow = detail(office, initiative).meetings[0]
    assert (row.begins, row.drawn_until, words.hour_text(row)) == (None, None, "to be set")
    assert datetime.combine(THURSDAY, time()) > datetime(2025, 2, 11)
