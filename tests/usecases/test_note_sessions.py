"""What was today and is not written down yet; of which kind a session is."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from famdesk.usecases import calendar, note_sessions, notes, relations
from famdesk.usecases.note_rows import NoteTexts, NoteValues
from famdesk.usecases.office import Office
from famdesk.usecases.parties import Extras
from famdesk.usecases.taken import Party
from tests.support.offices import Desk
from tests.usecases.test_notes import person

NOW = datetime(2025, 2, 11, 12, 41)


@pytest.fixture
def author(desk: Desk) -> Office:
    return desk.sign_in("psychologist")


def booked(office: Office, starts: datetime, *who: str, minutes: int = 50) -> str:
    first, *others = who
    extras = Extras(tuple(Party("person", one) for one in others))
    return office.run(calendar.book, starts=starts, ends=starts + timedelta(minutes=minutes), kind="other",
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
