"""Calendar files taken in and given out again, on both engines: what is new, changed, the same, refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from sqlalchemy import select

from famdesk.data.tables.calendar import Appointment, Series
from famdesk.data.tx import Tx
from famdesk.domain.calendar.calendar_file import CalendarFile, Entry
from famdesk.domain.errors import Forbidden
from famdesk.domain.progress import Progress, Stopped
from famdesk.exchange import ics_read, ics_write
from famdesk.usecases.calendar import calendar, calendar_exchange, calendar_export
from famdesk.usecases.calendar.appointment_checks import UnknownKind
from famdesk.usecases.calendar.calendar_exchange import Found
from famdesk.usecases.calendar.calendar_exchange_rows import Target
from famdesk.usecases.calendar.calendar_export import Scope
from famdesk.usecases.calendar.parties import Extras
from famdesk.usecases.calendar.taken import Party
from famdesk.usecases.office import Office
from tests.support.calendars import Seeded, at, seed
from tests.support.ics_texts import OF_A_SERIES, TEXTS, WEEKLY, Text, whole
from tests.support.offices import Desk

TODAY = date(2025, 2, 11)
ROME = "Europe/Rome"
ONE = "DTSTART:20250213T100000\nDTEND:20250213T110000\nSUMMARY:Con Zelinda Quarantotti\nLOCATION:Sala\nX-MOOD:b"
STAMP = datetime(2025, 2, 1, tzinfo=UTC)
ALL = Scope(datetime(2015, 1, 1), datetime(2036, 1, 1), cancelled=True)


@pytest.fixture
def lead(desk: Desk) -> Office:
    return desk.sign_in("coordinator")


@pytest.fixture
def seeded(lead: Office) -> Seeded:
    return seed(lead)


def parsed(text: str | bytes) -> CalendarFile:
    limits = calendar_exchange.limits(TODAY)
    window = ics_read.Window(limits.first, limits.last, limits.furthest)
    return ics_read.read(text if isinstance(text, bytes) else whole(Text(text)).encode(), ROME, window)


def take(office: Office, text: str | bytes, **target: Any) -> Found:
    reason = target.pop("reason", None)
    return office.run(calendar_exchange.take, parsed(text), Target(**target), reason=reason)


def look(office: Office, text: str | bytes, **target: Any) -> list[str]:
    return [row.what for row in office.fetch(calendar_exchange.look, parsed(text), Target(**target)).rows]


def there(office: Office) -> list[Any]:
    columns = (Appointment.starts, Appointment.ends, Appointment.state, Appointment.label, Appointment.where_text,
               Appointment.series_id, Appointment.original, Appointment.kind, Appointment.staff_id,
               Appointment.overlap_reason, Appointment.person_id, Appointment.all_day)  # fmt: skip
    statement = select(*columns).where(Appointment.deleted_at.is_(None)).order_by(Appointment.starts)
    return list(office.fetch(lambda tx: tx.rows(statement)))


def written(office: Office, *, named: bool = True, scope: Scope = ALL) -> bytes:
    entries = office.fetch(calendar_export.named if named else calendar_export.busy, scope)
    return ics_write.calendar(entries, stamp=STAMP)


def test_a_new_event_becomes_an_appointment_whose_names_are_text(lead: Office, seeded: Seeded) -> None:
    found = take(lead, ONE, staff_id=lead.actor.staff_id, room_id=seeded.room)
    assert [(row.what, row.dates) for row in found.rows] == [("new", 1)]
    (row,) = there(lead)
    assert (row.starts, row.ends, row.state) == (at(10), at(11), "planned")
    assert (row.label, row.where_text, row.person_id) == ("Con Zelinda Quarantotti", "Sala", None)
    assert (row.kind, row.staff_id) == ("other", lead.actor.staff_id)
    assert lead.undo_label() == "Events taken from a calendar file: 1"
    lead.undo()
    assert there(lead) == []


class StoppedAt(Progress):
    """Stops at the step with this number."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._left = number

    def step(self, done: int = 0, of: int = 1) -> None:
        if not self._left:
            self.stop()
        self._left -= 1
        super().step(done, of)


def test_wherever_an_import_is_stopped_nothing_of_it_is_there(lead: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar_exchange, "AT_ONCE", 1)  # each event is sent at once
    news = f"{ONE}\nEND:VEVENT\nBEGIN:VEVENT\nUID:w\n{WEEKLY}"
    steps = 0
    while True:
        try:
            lead.run(calendar_exchange.take, parsed(news), Target(), progress=StoppedAt(steps))
            break
        except Stopped:
            steps += 1
        assert there(lead) == []
        assert lead.fetch(lambda tx: tx.all(Series)) == []
        assert lead.undo_label() is None
    assert steps > 10
    assert len(there(lead)) > 1
    lead.undo()
    assert there(lead) == []


def test_who_is_not_told_what_a_file_said_takes_it_in_again_as_before(desk: Desk, lead: Office) -> None:
    reception, his = desk.sign_in("reception"), lead.actor.staff_id
    moved = "RECURRENCE-ID;TZID=Europe/Rome:20250327T180000\nDTSTART;TZID=Europe/Rome:20250328T090000\nDURATION:PT1H"
    news = (f"{ONE}\nDESCRIPTION:di Zelinda\nDTSTAMP:20250101T000000Z\nEND:VEVENT\n"
            f"{OF_A_SERIES.replace('UID:a', 'UID:w')}{moved}\nDESCRIPTION:più tardi")  # fmt: skip
    take(reception, news, staff_id=his)
    assert look(reception, news, staff_id=his) == ["same", "same"]
    assert look(reception, news.replace("20250101T", "20250202T"), staff_id=his) == ["same", "same"]
    assert look(reception, news.replace("di Zelinda", "di Ada"), staff_id=his) == ["changed", "same"]
    take(reception, news.replace("più tardi", "tardi"), staff_id=his)
    notes = select(Appointment.note).where(Appointment.note.is_not(None)).order_by(Appointment.note)
    assert [row.note for row in lead.fetch(lambda tx: tx.rows(notes))] == ["di Zelinda", "tardi"]


def test_texts_in_pieces_are_the_same_ones_the_next_time(lead: Office) -> None:
    pieces = f"{ONE}\nDESCRIPTION:perche\u0301"  # as some systems write é
    take(lead, pieces)
    assert look(lead, pieces) == ["same"]


def test_the_dry_run_changes_nothing(lead: Office) -> None:
    assert look(lead, ONE) == ["new"]
    assert there(lead) == []


@pytest.mark.parametrize("text", [ONE, WEEKLY])
def test_the_same_file_again_changes_nothing(lead: Office, text: str) -> None:
    take(lead, text)
    before = there(lead)
    assert look(lead, text) == look(lead, text + "\nDTSTAMP:20260101T000000Z") == ["same"]
    with pytest.raises(calendar_exchange.NothingToTake):
        take(lead, text)
    assert there(lead) == before


def test_what_changed_in_the_file_is_changed_here(lead: Office) -> None:
    take(lead, ONE, kind="absence")
    later = ONE.replace("T100000", "T120000").replace("T110000", "T130000").replace("Sala", "Aula")
    assert look(lead, later) == ["changed"]
    take(lead, later)
    (row,) = there(lead)
    assert (row.starts, row.ends, row.where_text, row.kind) == (at(12), at(13), "Aula", "absence")
    take(lead, later + "\nSTATUS:CANCELLED")
    assert there(lead)[0].state == "cancelled"


def test_a_series_is_a_series_with_its_exceptions(lead: Office) -> None:
    text = OF_A_SERIES + ("RECURRENCE-ID;TZID=Europe/Rome:20250327T180000\nDTSTART;TZID=Europe/Rome:20250328T090000\n"
                          "DURATION:PT1H\nSUMMARY:spostata\nEND:VEVENT")  # fmt: skip
    take(lead, text)
    rows = there(lead)
    assert [(row.starts, row.original) for row in rows] == [
        (datetime(2025, 3, 20, 18), datetime(2025, 3, 20, 18)), (datetime(2025, 3, 28, 9), datetime(2025, 3, 27, 18)),
        (datetime(2025, 4, 3, 18), datetime(2025, 4, 3, 18)),
    ]  # fmt: skip
    assert len({row.series_id for row in rows}) == 1
    assert lead.fetch(lambda tx: tx.rows(select(Series.rule, Series.uid, Series.minutes))) == [
        ("FREQ=WEEKLY;COUNT=3", "a", 90)
    ]
    assert look(lead, text) == ["same"]


def test_a_series_that_changed_in_the_file(lead: Office) -> None:
    take(lead, WEEKLY)
    take(lead, WEEKLY.replace("COUNT=3", "COUNT=4") + "\nEXDATE;TZID=Europe/Rome:20250327T180000")
    assert [(row.starts.day, row.state) for row in there(lead)] == [(20, "planned"), (27, "skipped"), (3, "planned"),
                                                                    (10, "planned")]  # fmt: skip
    assert len({row.series_id for row in there(lead)}) == 1


def test_a_date_that_becomes_a_series(lead: Office) -> None:
    take(lead, WEEKLY.split("\nRRULE")[0])
    take(lead, WEEKLY)
    assert [row.starts.day for row in there(lead)] == [20, 27, 3]
    assert len({row.series_id for row in there(lead)}) == 1
    assert look(lead, WEEKLY) == ["same"]


def test_an_endless_rule_goes_two_years_ahead(lead: Office) -> None:
    take(lead, "DTSTART:20250213T100000\nDURATION:PT1H\nRRULE:FREQ=MONTHLY")
    assert there(lead)[-1].starts == datetime(2027, 2, 13, 10)
    made = lead.fetch(lambda tx: tx.rows(select(Series.made_until, Series.rule)))
    assert made == [(date(2027, 2, 28), "FREQ=MONTHLY")]


def test_what_was_done_here_stays(lead: Office) -> None:
    take(lead, WEEKLY)
    first = lead.fetch(lambda tx: tx.rows(select(Appointment.id, Appointment.version).order_by(Appointment.starts)))[0]
    lead.run(calendar.cancel, first.id, first.version, "family")
    take(lead, WEEKLY.replace("193000", "200000"))
    assert [(row.state, row.ends.time()) for row in there(lead)] == [
        ("cancelled", time(19, 30)), ("planned", time(20)), ("planned", time(20)),
    ]  # fmt: skip


def test_where_a_colleague_is_taken_a_date_is_left_out_or_booked_with_the_reason(lead: Office) -> None:
    mine = lead.actor.staff_id
    lead.run(calendar.book, starts=datetime(2025, 3, 27, 18), ends=datetime(2025, 3, 27, 19), kind="team",
             staff_id=mine)  # fmt: skip
    found = lead.fetch(calendar_exchange.look, parsed(WEEKLY), Target(staff_id=mine))
    assert (found.conflicts, len(found.rows[0].taken)) == (1, 1)
    assert "18:00" in found.rows[0].taken[0]
    take(lead, WEEKLY, staff_id=mine)
    assert [row.state for row in there(lead) if row.kind == "other"] == ["planned", "skipped", "planned"]
    lead.undo()
    take(lead, WEEKLY, staff_id=mine, reason="dal vecchio calendario")
    assert [row.overlap_reason for row in there(lead)] == [None, None, "dal vecchio calendario", None]


def _beside(office: Office, party: Party) -> None:
    """The one appointment that is there gets a party."""
    ((key, version),) = office.fetch(lambda tx: tx.rows(select(Appointment.id, Appointment.version)))
    found = office.fetch(calendar.appointment, key)
    office.run(calendar.change, key, version, starts=found.starts, ends=found.ends, kind=found.kind, person_id=None,
               staff_id=None, access_point_id=None, room_id=None, function=None, label=found.label,
               extras=Extras((party,), where_text=found.where_text))  # fmt: skip


def test_a_date_whose_mediator_is_taken_at_its_new_time_stays_and_all_else_is_taken(
    lead: Office, seeded: Seeded
) -> None:
    take(lead, ONE)
    _beside(lead, Party("room", seeded.room))
    lead.run(calendar.book, starts=at(12), ends=at(13), kind="other", room_id=seeded.room)
    other = "BEGIN:VEVENT\nUID:b\nDTSTART:20250214T090000\nDURATION:PT1H\nEND:VEVENT"
    later = ONE.replace("T100000", "T120000").replace("T110000", "T130000").replace("Sala", "Aula")
    text = f"BEGIN:VEVENT\nUID:{_uid(lead)}\n{later}\nEND:VEVENT\n{other}"
    found = take(lead, text)
    assert [(row.what, row.conflicts) for row in found.rows] == [("changed", 1), ("new", 0)]
    assert "Stanza 1" in found.rows[0].taken[0]
    assert [(row.starts, row.where_text) for row in there(lead)] == [
        (at(10), "Aula"), (at(12), None), (datetime(2025, 2, 14, 9), None)
    ]  # fmt: skip
    take(lead, text.replace("Aula", "Corte"), reason="in due")
    reasons = {row.overlap_reason for row in there(lead) if row.starts == at(12)}
    assert reasons == {None, "in due"}


def _uid(office: Office) -> str:
    ((uid,),) = office.fetch(lambda tx: tx.rows(select(Appointment.uid).where(Appointment.uid.is_not(None))))
    return str(uid)


def test_a_date_that_got_a_person_beside_it_stays_as_it_was_made_here(lead: Office, seeded: Seeded) -> None:
    take(lead, ONE)
    _beside(lead, Party("person", seeded.person))
    later = ONE.replace("T100000", "T120000").replace("T110000", "T130000")
    take(lead, f"BEGIN:VEVENT\nUID:{_uid(lead)}\n{later}\nEND:VEVENT")
    assert [row.starts for row in there(lead)] == [at(10)]


@pytest.mark.parametrize(("text", "dates"), [(WEEKLY, 3), (ONE, 1)])
def test_a_date_of_a_hidden_person_is_known_again(
    lead: Office, seeded: Seeded, desk: Desk, text: str, dates: int
) -> None:
    if text == ONE:
        text = f"BEGIN:VEVENT\nUID:b\n{ONE}\nEND:VEVENT"
    take(lead, text)

    def hide(tx: Tx) -> None:
        with tx.doing("calendar.change"):
            rows = tx.all(Appointment)
            rows[dates // 2].person_id = seeded.protected

    lead.run(hide)
    educator = desk.sign_in("educator")
    assert look(educator, text) == ["same" if dates > 1 else "refused"]
    later = text.replace("SUMMARY:", "SUMMARY:Altro ") + "\nX-A:1"
    assert look(educator, later) == ["changed" if dates > 1 else "refused"]
    if dates > 1:
        take(educator, later)
    assert len(there(lead)) == dates
    assert [row.person_id for row in there(lead)].count(seeded.protected) == 1


def test_two_events_of_the_file_at_the_same_time(lead: Office) -> None:
    text = f"BEGIN:VEVENT\nUID:a\n{ONE}\nEND:VEVENT\nBEGIN:VEVENT\nUID:b\n{ONE}\nEND:VEVENT"
    found = take(lead, text, staff_id=lead.actor.staff_id)
    assert found.conflicts == 1
    assert len(there(lead)) == 1
    take(lead, text, staff_id=lead.actor.staff_id, reason="sì")
    assert len(there(lead)) == 2


def test_what_takes_nobodys_time_takes_nobody(lead: Office) -> None:
    take(lead, ONE + "\nTRANSP:TRANSPARENT", staff_id=lead.actor.staff_id)
    assert there(lead)[0].staff_id is None
    assert b"TRANSP:TRANSPARENT" in written(lead)


@pytest.mark.parametrize(("text", "error"), [
    ("DTSTART:19700213T100000\nRRULE:FREQ=DAILY;COUNT=3", "none of its dates"),
    (ONE + "\nSTATUS:CANCELLED", "was cancelled"),
    ("DTSTART;VALUE=DATE:20250101\nDTEND;VALUE=DATE:20270101", "longer than a year"),
    ("SUMMARY:a", "when it begins"),
])  # fmt: skip
def test_what_is_not_taken_says_why(lead: Office, text: str, error: str) -> None:
    (row,) = lead.fetch(calendar_exchange.look, parsed(text), Target()).rows
    assert (row.what, error in row.why, "Line " in row.why) == ("refused", True, True)


def test_times_that_the_clocks_leave_out(lead: Office) -> None:
    take(lead, "DTSTART:20250330T021500\nDTEND:20250330T024500")
    (row,) = there(lead)
    assert (row.starts, row.ends) == (datetime(2025, 3, 30, 3), datetime(2025, 3, 30, 3, 1))


def test_only_the_kinds_of_an_import(lead: Office) -> None:
    with pytest.raises(UnknownKind):
        take(lead, ONE, kind="interview")


def test_who_may_not(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        take(desk.office, ONE)
    with pytest.raises(Forbidden):
        desk.sign_in("reception").fetch(calendar_export.named, ALL)


def test_our_own_file_comes_back_as_ours_its_meetings_too(lead: Office, seeded: Seeded) -> None:
    lead.run(calendar.book, starts=at(10), ends=at(11), kind="team", label="équipe")
    out = written(lead)
    assert f"UID:{seeded.meeting}@famdesk".encode() in out
    assert look(lead, out) == ["same", "same"]


@pytest.mark.parametrize("name", [name for name, text in TEXTS.items() if text.dates])
def test_a_round_trip_is_stable(lead: Office, name: str) -> None:
    """What came in goes out, comes in again in another centre, and goes out alike."""
    take(lead, whole(TEXTS[name]).encode())
    before, first = there(lead), written(lead)
    assert look(lead, first) in (["same"], ["changed"], ["same", "same"])
    lead.undo()
    take(lead, first)
    assert [(row.starts, row.ends, row.all_day, row.label) for row in there(lead) if row.state == "planned"] == [
        (row.starts, row.ends, row.all_day, row.label) for row in before if row.state == "planned"
    ]
    second = written(lead)
    assert _plain(second) == _plain(first)


def _plain(data: bytes) -> list[bytes]:
    return [line for line in data.split(b"\r\n") if not line.startswith((b"SEQUENCE", b"DTSTAMP"))]


def test_without_names_only_busy(lead: Office, seeded: Seeded) -> None:
    take(lead, ONE)
    lead.run(calendar.book, starts=at(14), ends=at(15), kind="mediation", person_id=seeded.person, label="Ines e Rita")
    entries = lead.fetch(calendar_export.busy, ALL)
    mine = [entry for entry in entries if entry.summary != "A.Pe"]
    assert {(entry.summary, entry.location, entry.description, entry.kept) for entry in mine} == {("busy", "", "", ())}
    text = written(lead, named=False).decode()
    assert not [word for word in ("Zelinda", "Ines", "Sala", "mood", "Mediation") if word.lower() in text.lower()]


def test_the_calendar_of_a_room_and_of_a_colleague(lead: Office, seeded: Seeded) -> None:
    take(lead, ONE, room_id=seeded.room)

    def of(kind: str, subject: str) -> list[str]:
        scope = replace(ALL, kind=kind, subject_id=subject)
        return [entry.summary for entry in lead.fetch(calendar_export.named, scope)]

    assert of("room", seeded.room) == ["Con Zelinda Quarantotti"]
    assert of("room", seeded.other_room) == ["A.Pe"]
    assert of("staff", lead.actor.staff_id) == of("point", seeded.point) == []


def test_a_rule_ends_as_others_want_it() -> None:
    entry = Entry("a", at(10), at(11), "a", rule="FREQ=WEEKLY;UNTIL=20250403T180000")
    assert b"RRULE:FREQ=WEEKLY;UNTIL=20250403T160000Z\r\n" in ics_write.single(entry)
    days = replace(entry, starts=at(0), ends=datetime(2025, 2, 14), all_day=True)
    assert b"RRULE:FREQ=WEEKLY;UNTIL=20250403\r\n" in ics_write.single(days)


@pytest.mark.parametrize("kind", ["other", "absence"])
def test_an_event_without_a_title_comes_back_without_one(lead: Office, kind: str) -> None:
    text = "BEGIN:VEVENT\nUID:u1\nDTSTART:20250213T090000\nDTEND:20250213T100000\nEND:VEVENT"
    take(lead, text, kind=kind)
    assert [row.label for row in there(lead)] == [None]
    out = ics_write.calendar(lead.fetch(calendar_export.named, Scope(datetime(2025, 1, 1), datetime(2026, 1, 1))))
    assert b"SUMMARY:" in out
    lead.undo()
    take(lead, out, kind=kind)
    assert [row.label for row in there(lead)] == [None]
