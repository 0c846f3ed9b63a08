"""What is told late, or twice: the follow-up that was done before the mail went, a mail that got lost on its way, an
offer of which nobody has a mail address, a release whose reader has another role by now."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from famdesk.data.tables.calendar import Appointment, Series
from famdesk.data.tables.intake import AccessCard, Draft
from famdesk.data.tables.people import Person
from famdesk.data.tables.programmes import Enrolment, Meeting, MeetingNotice
from famdesk.data.tables.staff import Staff
from famdesk.domain.errors import NotFound, Stale, TextTooLong
from famdesk.usecases.calendar import series, series_changes
from famdesk.usecases.calendar.series_rows import ALL, NoDates, SeriesDate, SeriesValues
from famdesk.usecases.enrolling import attendance, waiting_list
from famdesk.usecases.enrolling.attendance import Worked
from famdesk.usecases.intake import call_list, follow_ups, intake
from famdesk.usecases.notes import note_release, notes
from famdesk.usecases.notes.note_release_rows import Recipient
from famdesk.usecases.office import Office
from famdesk.usecases.people import emergency, people, privacy_rights
from famdesk.usecases.programmes import initiatives, meeting_post, meetings
from famdesk.usecases.programmes.programmes_rows import InitiativeValues
from tests.support.calendars import at
from tests.support.offices import Desk
from tests.support.scenarios import version
from tests.usecases.calendar.test_series import members
from tests.usecases.enrolling.test_enrolment import cycle
from tests.usecases.notes.test_note_release import colleague, consented, give, terms, written
from tests.usecases.notes.test_notes import begun, signed, values
from tests.usecases.programmes.test_meeting_post import News, Offer

TODAY = date(2025, 2, 11)


def _of(office: Office, kind: Any, record_id: str, name: str) -> Any:
    return office.fetch(lambda tx: getattr(tx.session.get_one(kind, record_id), name))


# ------------------------------------------------------------------------------------------- news of a meeting


def test_a_mail_that_has_been_going_out_for_long_is_a_call(file_desk: Desk) -> None:
    news = News(file_desk)
    news.place.point("mobile", "333 1234567")
    out = news.office.tend(meeting_post.claim)
    assert out is not None
    file_desk.clock.forward(minutes=9)
    assert news.office.tend(meeting_post.refresh) is not None
    assert news.told() == [("mail", "sending")]  # it may still arrive
    file_desk.clock.forward(minutes=2)
    news.office.tend(meeting_post.refresh)
    assert news.told() == [("mail", "unsure")]
    (call,) = news.office.fetch(call_list.call_list)
    assert call.way == "call"
    news.office.tend(meeting_post.sent, out.reminder_id, "refused")  # said too late: somebody calls already
    assert news.told() == [("mail", "unsure")]
    news.office.tend(meeting_post.sent, out.reminder_id)  # it did arrive
    assert news.told() == [("mail", "sent")]
    assert news.office.fetch(call_list.call_list) == ()
    news.office.tend(meeting_post.sent, out.reminder_id, "lost")
    assert news.told() == [("mail", "sent")]


@pytest.mark.parametrize(("deed", "state"), [(follow_ups.done, "done"), (follow_ups.drop, "stopped")])
def test_what_a_colleague_did_with_the_call_is_taken_over(file_desk: Desk, deed: Any, state: str) -> None:
    news = News(file_desk, "mobile", "333 1234567")
    (call,) = news.office.fetch(call_list.call_list)
    news.office.run(deed, call.items)
    news.office.tend(meeting_post.refresh)
    assert news.told() == [("call", state)]


def test_an_offer_to_somebody_whose_mail_is_gone_is_a_call(file_desk: Desk) -> None:
    offer = Offer(file_desk)
    offer.office.run(waiting_list.offer_next, offer.cycle)
    offer.tell()
    offer.place.point("mobile", "333 1234567")
    offer.place.rule("mail", "ines@example.it", may_write=False)
    assert offer.text() == ""
    (call,) = offer.office.fetch(call_list.call_list)
    until = _of(offer.office, Enrolment, offer.waits, "offered_until")
    assert call.way == "call"
    assert f"{until.hour}:{until:%M}" in call.what[0]
    assert "separazione" not in call.what[0]


def test_an_offer_is_not_told_by_who_may_not_know_the_family(file_desk: Desk) -> None:
    offer = Offer(file_desk)
    offer.office.run(waiting_list.offer_next, offer.cycle)
    offer.tell()
    deed: Any = people.set_protection
    person = offer.place.person
    offer.office.run(deed, person, version(offer.office, Person, person), protected=True, restricted=False, reason="x")
    reception = file_desk.sign_in("reception")
    assert reception.tend(meeting_post.claim) is None
    states = offer.office.fetch(lambda tx: tx.rows(select(MeetingNotice.state, MeetingNotice.deleted_at)))
    assert [tuple(row) for row in states] == [("waiting", None)]  # whoever may know it decides


# ------------------------------------------------------------------------------------------------------ releases


def test_who_has_another_role_by_now_is_given_nothing(file_desk: Desk) -> None:
    author, reader = file_desk.sign_in("psychologist"), file_desk.sign_in("educator")
    ada, _consent = consented(author)
    signed(author, ada)
    out = written(author, ada, colleague(reader))

    def demoted(tx: Any) -> None:
        with tx.doing("staff.change_colleague"):
            tx.get(Staff, reader.actor.staff_id).role = "auditor"

    file_desk.office.run(demoted)
    with pytest.raises(NotFound):
        give(author, out, reader)
    assert author.fetch(lambda tx: tx.session.scalars(select(note_release.NoteRelease.given_on)).all()) == [None]


def test_what_could_be_read_until_yesterday_is_not_given_today(file_desk: Desk) -> None:
    author, reader = file_desk.sign_in("psychologist"), file_desk.sign_in("educator")
    ada, _consent = consented(author)
    signed(author, ada)
    out = written(author, ada, colleague(reader), until=TODAY)
    file_desk.clock.forward(days=1)
    with pytest.raises(note_release.rules.UntilOver):
        give(author, out, reader)


# -------------------------------------------------------------------------------------------------- series, cards


def test_a_series_cannot_end_before_it_has_begun(file_desk: Desk) -> None:
    lead = file_desk.sign_in("coordinator")
    made = lead.run(series.make, SeriesValues("interview"), starts=at(17), minutes=60, rule="FREQ=WEEKLY;COUNT=5")
    read = version(lead, Series, made)
    with pytest.raises(NoDates):
        lead.run(series.set_end, made, read, until=TODAY)
    assert version(lead, Series, made) == read
    assert lead.run(series.set_end, made, read, until=at(17).date()) == -4


def test_a_series_that_was_cancelled_throughout_is_not_made_further_ahead(file_desk: Desk) -> None:
    lead = file_desk.sign_in("coordinator")
    made = lead.run(series.make, SeriesValues("interview"), starts=at(17), minutes=60, rule="FREQ=MONTHLY")
    file_desk.clock.forward(days=200)

    def cancelled(tx: Any) -> int:
        with tx.doing(series.make.name):
            rows = series.members(tx, made)
            for row in rows:
                row.state = "cancelled"
            return len(rows)

    count = lead.run(cancelled)
    assert lead.run(series.go_on, made) == 0
    assert _of(lead, Series, made, "made_until") is None
    assert lead.run(series.go_on, made) == 0  # and nobody looks at it again
    assert lead.fetch(lambda tx: len(tx.session.scalars(select(Appointment.id)).all())) == count


def test_erasing_somebody_empties_the_series_of_their_appointments(file_desk: Desk) -> None:
    lead = file_desk.sign_in("coordinator")
    ada = lead.run(people.add_person, surname="Rossi", given_name="Ada")
    starts = at(9) - timedelta(days=60)
    made = lead.run(series.make, SeriesValues("interview", person_id=ada), starts=starts, minutes=60,
                    rule="FREQ=WEEKLY;COUNT=2")  # fmt: skip

    def imported(tx: Any) -> None:
        with tx.doing(series.make.name):
            found = tx.get(Series, made)
            found.uid, found.source_text = "ada-rossi@example.it", "SUMMARY:Ada Rossi"
            for row in series.members(tx, made):
                row.state = "cancelled"
            tx.session.add(
                Draft(key=f"person:{ada}", body="{}", at=tx.now(), centre_id=tx.centre_id, staff_id=tx.actor.staff_id)
            )

    lead.run(imported)
    lead.run(privacy_rights.erase, ada, version(lead, Person, ada), "chiesto")
    assert _of(lead, Series, made, "uid") is None
    assert _of(lead, Series, made, "source_text") is None
    assert lead.fetch(lambda tx: tx.session.scalars(select(Draft.key)).all()) == []


def test_what_a_family_is_interested_in_stays_on_the_card_when_it_is_over(file_desk: Desk) -> None:
    office = file_desk.sign_in("reception")
    lead = file_desk.sign_in("coordinator")
    kept, gone = (lead.run(initiatives.add_initiative, InitiativeValues(name)) for name in ("A.Pe", "Il sonno"))
    card = office.run(intake.open_card, interests=(kept, gone, kept), urgency="today", urgent_until=TODAY)
    assert _of(office, AccessCard, card, "interests") == f"{kept} {gone}"
    assert _of(office, AccessCard, card, "urgent_until") == TODAY
    lead.run(initiatives.remove_initiative, gone, 1)
    office.run(intake.save_card, card, version(office, AccessCard, card), interests=(gone,))
    assert _of(office, AccessCard, card, "interests") == gone
    for nobody in (kept[:-1] + "0", "nonsense"):
        with pytest.raises(intake.NotAvailable):
            office.run(intake.save_card, card, version(office, AccessCard, card), interests=(nobody,))
    other = office.run(intake.open_card)
    with pytest.raises(intake.NotAvailable):
        office.run(intake.save_card, other, version(office, AccessCard, other), interests=(gone,))


def test_an_emergency_that_was_ended_elsewhere_is_not_ended_again(file_desk: Desk) -> None:
    lead = file_desk.sign_in("coordinator")
    ada = lead.run(people.add_person, surname="Rossi", given_name="Ada", birth_date=date(1980, 1, 1))
    deed: Any = people.set_protection
    lead.run(deed, ada, 1, protected=True, restricted=False, reason="minacce")
    worker = file_desk.sign_in("social_worker")
    wanted = emergency.Wanted("Rossi", "Ada", date(1980, 1, 1))
    worker.run(emergency.ask, wanted, "è allo sportello, sta male")
    (row,) = worker.fetch(emergency.mine)
    with pytest.raises(Stale):
        worker.run(emergency.end, row.id, row.version + 1)
    worker.run(emergency.end, row.id, row.version)
    with pytest.raises(emergency.OverAlready):
        worker.run(emergency.end, row.id, row.version + 1)


@pytest.mark.parametrize(("rule", "days", "goes_on"), [
    ("FREQ=MONTHLY;COUNT=3", 1, None),  # no rule gives the dates there are now: they stay, and none is added
    ("FREQ=WEEKLY;UNTIL=20250313T160000", 1, "FREQ=WEEKLY;UNTIL=20250314T160000"),
    (None, 1, None),  # chosen by hand
])  # fmt: skip
def test_a_moved_series_goes_on_as_it_stands_now(
    file_desk: Desk, rule: str | None, days: int, goes_on: str | None
) -> None:
    lead = file_desk.sign_in("coordinator")
    chosen = tuple(SeriesDate(at(17) + timedelta(days=n), at(18) + timedelta(days=n)) for n in (0, 3, 10))
    made = lead.run(series.make, SeriesValues("interview"), starts=at(17), minutes=60, rule=rule,
                    dates=() if rule else chosen)  # fmt: skip
    rows = members(lead, made)
    moved = lead.run(series_changes.move, rows[0].id, rows[0].version, ALL, at(17) + timedelta(days=days))
    assert moved.changed == len(rows)
    assert [row.starts for row in members(lead, made)] == [row.starts + timedelta(days=days) for row in rows]
    assert _of(lead, Series, made, "rule") == goes_on
    read = version(lead, Series, made)
    if rule is None:
        for end, error in (({}, series.NoRule), ({"count": 9}, series.NoRule), ({"until": TODAY}, NoDates)):
            with pytest.raises(error):
                lead.run(series.set_end, made, read, **end)
        assert lead.run(series.set_end, made, read, count=2) == -1
        assert len(members(lead, made)) == 2


def test_what_goes_to_a_colleague_is_not_printed_and_what_is_printed_not_given(file_desk: Desk) -> None:
    author, reader = file_desk.sign_in("psychologist"), file_desk.sign_in("educator")
    ada, _consent = consented(author)
    signed(author, ada)
    inside = written(author, ada, colleague(reader))
    with pytest.raises(note_release.ForColleagues):
        author.run(note_release.paper, inside, "hand")
    with pytest.raises(TextTooLong) as caught:
        author.run(note_release.begin, ada, Recipient(name="x" * 201), terms())
    assert caught.value.field == "name"
    draft = begun(author, ada)
    with pytest.raises(NotFound):
        author.run(note_release.went_out, draft)  # a note, and none that goes out
    with pytest.raises(notes.NotSigned):
        author.run(notes.share, draft, reader.actor.staff_id, reader.actor.pairs.box_public)
    with pytest.raises(notes.NotSigned):
        author.run(notes.start, values(ada), addendum_to=draft)


def test_hours_of_a_meeting_are_those_of_its_own_people(file_desk: Desk) -> None:
    office = file_desk.sign_in("educator")
    _made, (first, second) = cycle(office)
    for wrong in (Worked(None, -1, None), Worked(None, 60, 100_000)):
        with pytest.raises(attendance.BadMinutes) as caught:
            office.run(attendance.note_hours, first, [wrong])
        assert caught.value.field == "minutes"
    office.run(attendance.note_hours, first, [Worked(None, 90, 30), Worked(None, None, None)])
    (row,) = [one for one in office.fetch(attendance.hours, first) if one.party_id]
    with pytest.raises(NotFound):
        office.run(attendance.note_hours, second, [Worked(row.party_id, 60, None)])
    office.run(meetings.cancel_meeting, second, version(office, Meeting, second), "Malattia", ())
    with pytest.raises(attendance.NotHeld):
        office.run(attendance.count_heads, second, 3)
