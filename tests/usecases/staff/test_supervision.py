"""Unfinished work in numbers and days: all of it for who leads the centre, the own for anybody else."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from famdesk.domain.errors import Forbidden
from famdesk.usecases.calendar import calendar
from famdesk.usecases.intake import follow_ups, intake
from famdesk.usecases.notes import note_reading, notes
from famdesk.usecases.notes.note_rows import NoteTexts, NoteValues
from famdesk.usecases.people import people
from famdesk.usecases.staff import supervision
from famdesk.usecases.staff.supervision import UnfinishedRow
from tests.support.offices import Desk


def _rows(desk: Desk, login: str, kind: str) -> list[tuple[str, int, date | None]]:
    office = desk.sign_in(login)
    query = supervision.centre if login == "coordinator" else supervision.mine
    return [(row.name, row.many, row.oldest) for row in office.fetch(query) if row.kind == kind]


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """A psychologist with drafts, a working note and an appointment of last week; the receptionist with a card."""
    author, reception = desk.sign_in("psychologist"), desk.sign_in("reception")
    ada = author.run(people.add_person, surname="Rossi", given_name="Ada")
    for day in (date(2025, 2, 3), date(2025, 2, 10)):
        author.run(notes.start, NoteValues("individual", day, (ada,)), NoteTexts("bozza"))
    author.run(notes.start, NoteValues("individual", date(2025, 1, 2), (ada,), private=True), NoteTexts("mia"))
    for day in (4, 11):
        starts = datetime(2025, 2, day, 17)
        author.run(calendar.book, starts=starts, ends=starts.replace(hour=18), kind="interview", person_id=ada,
                   staff_id=author.actor.staff_id)  # fmt: skip
    reception.run(follow_ups.add, kind="other", what="Sentire la scuola", due_on=date(2025, 2, 12),
                  staff_id=author.actor.staff_id)  # fmt: skip
    return desk


def test_drafts_are_counted_by_author_with_the_oldest_day(busy: Desk) -> None:
    assert _rows(busy, "coordinator", "note") == [("Prova psychologist", 2, date(2025, 2, 3))]
    assert _rows(busy, "psychologist", "note") == [("Prova psychologist", 2, date(2025, 2, 3))]
    assert _rows(busy, "social_worker", "note") == []


def test_appointments_of_the_past_without_an_outcome(busy: Desk) -> None:
    assert _rows(busy, "coordinator", "outcome") == [("Prova psychologist", 1, date(2025, 2, 4))]


def test_follow_ups_that_are_overdue(busy: Desk) -> None:
    assert _rows(busy, "coordinator", "follow_up") == []
    busy.clock.forward(days=2)
    assert _rows(busy, "coordinator", "follow_up") == [("Prova psychologist", 1, date(2025, 2, 12))]


def test_a_signed_note_outside_the_envelope(busy: Desk) -> None:
    author = busy.sign_in("psychologist")
    row = author.fetch(note_reading.unsigned)[0]
    author.run(notes.sign, row.id, row.version)
    assert _rows(busy, "coordinator", "envelope") == [("Prova psychologist", 1, row.day)]
    assert _rows(busy, "coordinator", "note") == [("Prova psychologist", 1, date(2025, 2, 10))]


def test_accounts_that_nobody_used(busy: Desk) -> None:
    names = {name: oldest for name, _many, oldest in _rows(busy, "coordinator", "account")}
    assert names["Prova educator"] is None
    assert "Prova psychologist" not in names
    busy.clock.forward(days=45)
    later = {name: oldest for name, _many, oldest in _rows(busy, "coordinator", "account")}
    assert later["Prova psychologist"] == date(2025, 2, 11)
    assert _rows(busy, "psychologist", "account") == []


def test_an_unfinished_card(busy: Desk) -> None:
    reception = busy.sign_in("reception")
    reception.run(intake.open_card, channel="door", needs=("nursery",))
    assert _rows(busy, "coordinator", "card") == [("Prova reception", 1, date(2025, 2, 11))]
    assert _rows(busy, "reception", "card") == [("Prova reception", 1, date(2025, 2, 11))]


def test_nothing_in_it_names_a_family(busy: Desk) -> None:
    rows = busy.sign_in("coordinator").fetch(supervision.centre)
    assert rows
    assert "Rossi" not in repr(rows)
    assert "scuola" not in repr(rows)
    assert set(UnfinishedRow.__slots__) == {"kind", "staff_id", "name", "many", "oldest"}


@pytest.mark.parametrize("login", ["reception", "educator", "social_worker", "psychologist", "administrator"])
def test_others_do_not_see_that_of_all(desk: Desk, login: str) -> None:
    office = desk.office if login == "administrator" else desk.sign_in(login)
    with pytest.raises(Forbidden):
        office.fetch(supervision.centre)
