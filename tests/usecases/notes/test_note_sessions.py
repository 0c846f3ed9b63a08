"""What was today and is not written down yet; of which kind a session is."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from famdesk.usecases.calendar import calendar
from famdesk.usecases.calendar.parties import Extras
from famdesk.usecases.calendar.taken import Party
from famdesk.usecases.family import relations
from famdesk.usecases.notes import note_reading, note_sessions, notes
from famdesk.usecases.notes.note_rows import NoteTexts, NoteValues
from famdesk.usecases.office import Office
from famdesk.usecases.paths import paths
from tests.support.offices import Desk
from tests.usecases.notes.test_notes import person

NOW = datetime(2025, 2, 11, 12, 41)


@pytest.fixture
def author(desk: Desk) -> Office:
    return desk.sign_in("psychologist")


@pytest.fixture
def here(file_desk: Desk) -> Office:
    """The same author on a file, where no policy of the server is in play."""
    return file_desk.sign_in("psychologist")


def booked(office: Office, starts: datetime, *who: str, minutes: int = 50, kind: str = "other") -> str:
    first, *others = who
    extras = Extras(tuple(Party("person", one) for one in others))
    return office.run(calendar.book, starts=starts, ends=starts + timedelta(minutes=minutes), kind=kind,
                      person_id=first, staff_id=office.actor.staff_id, extras=extras)  # fmt: skip


def test_sessions_of_today_that_are_not_written_down(author: Office) -> None:
    ada, bea = person(author), person(author, "Bianchi")
    early = booked(author, NOW - timedelta(hours=3), ada)
    late = booked(author, NOW - timedelta(minutes=41), ada, bea, minutes=60)
    booked(author, NOW + timedelta(hours=1), ada)
    booked(author, NOW - timedelta(days=1), ada)
    found = author.fetch(note_sessions.of_today)
    assert [row.appointment_id for row in found] == [late, early]
    assert [name for _id, name in found[0].people] == ["Rossi Ada", "Bianchi Ada"]
    assert (found[0].minutes, found[0].kind, found[1].kind) == (60, "group", "individual")
    day = NOW.date()
    author.run(notes.start, NoteValues("group", day, (ada, bea), appointment_id=late), NoteTexts("x"))
    assert [row.appointment_id for row in author.fetch(note_sessions.of_today)] == [early]


def test_those_of_a_colleague_are_not_proposed(desk: Desk, author: Office) -> None:
    booked(desk.sign_in("educator"), NOW - timedelta(hours=1), person(author))
    assert author.fetch(note_sessions.of_today) == ()


def test_several_of_a_family_are_no_group(author: Office) -> None:
    ada, bea, eva = (person(author, name) for name in ("Rossi", "Bianchi", "Verdi"))

    def kind(*who: str) -> str:
        return author.fetch(note_sessions.kind_for, who)

    assert (kind(), kind(ada), kind(ada, bea)) == ("individual", "individual", "group")
    author.run(relations.add_relation, ada, bea, "birth_parent")
    assert (kind(ada, bea), kind(ada, bea, eva)) == ("family", "group")
    author.run(relations.add_relation, bea, eva, "partner")
    assert (kind(bea, eva), kind(eva, bea), kind(ada, bea, eva)) == ("couple", "couple", "family")


def test_an_appointment_gives_its_note_what_is_known_and_a_second_time_the_same(author: Office) -> None:
    ada, bea = person(author), person(author, "Bianchi")
    path_id = author.run(paths.open_path, "consultation", (ada,))
    starts = NOW - timedelta(days=1, hours=2)
    appointment_id = booked(author, starts, ada, bea)
    note_id = author.run(note_sessions.begin, appointment_id)
    row = author.fetch(note_reading.read, note_id).row
    assert (row.kind, row.day, row.starts, row.minutes) == ("group", starts.date(), starts.time(), 50)
    assert (row.person_ids, row.path_id, row.appointment_id) == ((ada, bea), path_id, appointment_id)
    assert author.run(note_sessions.begin, appointment_id) == note_id
    author.run(notes.sign, note_id, row.version, NoteTexts("Detto."))
    assert author.run(note_sessions.begin, appointment_id) == note_id
    later = NoteValues("group", starts.date(), (ada,), appointment_id=appointment_id)
    addendum = author.run(notes.start, later, NoteTexts("Dopo."), note_id)
    assert author.run(note_sessions.begin, appointment_id) == note_id != addendum


def test_a_thrown_away_draft_is_begun_anew(here: Office) -> None:
    appointment_id = booked(here, NOW - timedelta(hours=1), person(here))
    first = here.run(note_sessions.begin, appointment_id)
    here.run(notes.drop, first)
    assert here.run(note_sessions.begin, appointment_id) != first


def test_a_couple_interview_is_one_of_a_couple_also_where_one_has_a_file(here: Office) -> None:
    ada, bea, eva = (person(here, name) for name in ("Rossi", "Bianchi", "Verdi"))
    starts = NOW - timedelta(hours=2)
    kinds = []
    for who in ((ada,), (ada, bea), (ada, bea, eva)):
        note_id = here.run(note_sessions.begin, booked(here, starts, *who, kind="couple"))
        kinds.append(here.fetch(note_reading.read, note_id).row.kind)
        starts -= timedelta(hours=2)
    assert kinds == ["couple", "couple", "group"]


def test_who_does_not_hold_an_appointment_writes_no_note_about_it(file_desk: Desk, here: Office) -> None:
    ada, other = person(here), file_desk.sign_in("social_worker")
    mine = booked(here, NOW - timedelta(hours=1), ada)
    with pytest.raises(note_sessions.NotHeldByYou):
        other.run(note_sessions.begin, mine)
    with pytest.raises(note_sessions.NotBegun):
        here.run(note_sessions.begin, booked(here, NOW + timedelta(hours=1), ada))
    row = here.fetch(calendar.appointment, mine)
    here.run(calendar.cancel, mine, row.version, "family")
    with pytest.raises(note_sessions.NothingToWrite):
        here.run(note_sessions.begin, mine)
