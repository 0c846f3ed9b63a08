"""Who is told that a meeting was moved, cancelled or takes place after all, and on which way.

The person at the desk chooses whom to tell; the safe-contact gate decides how: a mail, which the postman hands over, a
letter or a call, which go among the things to do. What waits and is overtaken by a later change is told no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from famdesk.data.tables.people import Person
from famdesk.data.tables.programmes import Enrolment, Meeting, MeetingNotice
from famdesk.data.tables.waiting import FollowUp
from famdesk.data.tx import Tx
from famdesk.domain.calendar import reminding
from famdesk.domain.errors import RuleError
from famdesk.domain.programmes.enrolment import HOLDING, LISTED
from famdesk.domain.programmes.meetings import PLACE_NEWS
from famdesk.i18n import N_, _, formats
from famdesk.i18n.collate import sort_key
from famdesk.usecases.people.person_names import labels
from famdesk.usecases.post import mail
from famdesk.usecases.post.reminder_routes import Route, route_of
from famdesk.usecases.registry import query, usecase

RING = {"call": "call", "letter": "write"}
"""The kind of follow-up of each channel that people work on."""


class NotEnrolledHere(RuleError):
    message = N_("Somebody who is to be told is not enrolled here any more. Look at the list again.")


@dataclass(frozen=True, slots=True)
class ToTell:
    """Somebody who is enrolled, and how news reach them: `channel` a code of `CHANNELS`, `why` a sentence if none.

    `who` is told, which for a child is somebody else. `note` is what has to be minded of the contact.
    """

    enrolment_id: str
    name: str
    who: str
    channel: str
    value: str
    note: str
    why: str


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """What somebody is or was told: `kind` a code of `NOTICES`, `state` of `REMINDER_STATES`, `channel` of `CHANNELS`.

    `starts` is the time that it told; None: it was put off without a day. `error` a code of `MAIL_ERRORS`.
    """

    id: str
    enrolment_id: str
    number: int
    who: str
    kind: str
    channel: str
    state: str
    starts: datetime | None
    due: datetime
    error: str | None


@query
def reachable(tx: Tx, meeting_id: str) -> tuple[ToTell, ...]:
    """Everybody with a place at a meeting whom one may know, by name, and how news would reach them.

    Raises:
        NotFound.
    """
    meeting = tx.get(Meeting, meeting_id)
    account = mail.of_centre(tx)
    rows = _enrolled(tx, meeting)
    people = {row.person_id: person for row in rows if (person := tx.find(Person, row.person_id)) is not None}
    ways = {one.id: route_of(tx, one, meeting.day or meeting.moved_from or tx.today(), account)
            for one in people.values()}  # fmt: skip
    names = labels(tx, {*people, *(route.person_id for route in ways.values())})
    found = []
    for row in rows:
        if row.person_id not in people or row.person_id not in names:
            continue
        route = ways[row.person_id]
        found.append(ToTell(row.id, names[row.person_id], names.get(route.person_id, route.label), route.channel,
                            route.value, route.note, route.sentence()))  # fmt: skip
    return tuple(sorted(found, key=lambda one: (sort_key(one.name), one.enrolment_id)))


@query
def of_initiative(tx: Tx, initiative_id: str) -> tuple[NoticeRow, ...]:
    """What was told of the meetings of an initiative, the newest first; of persons whom one may know."""
    enrolled = {row.id for row in tx.all(Enrolment, Enrolment.initiative_id == initiative_id)}
    told = tx.all(MeetingNotice, MeetingNotice.initiative_id == initiative_id)
    rows = [row for row in told if row.enrolment_id in enrolled]  # who is told of a hidden child is not shown either
    numbers = {row.id: row.number for row in tx.all(Meeting, Meeting.initiative_id == initiative_id)}
    names = labels(tx, {row.person_id for row in rows})
    found = [
        NoticeRow(row.id, row.enrolment_id, numbers.get(row.meeting_id or "", 0), names[row.person_id], row.kind,
                  row.channel, row.state, row.starts, row.due, row.error)
        for row in sorted(rows, key=lambda row: row.id, reverse=True) if row.person_id in names
    ]  # fmt: skip
    return tuple(found)


@usecase(N_("News of meeting {number} to be told"))
def tell(tx: Tx, meeting_id: str, kind: str, enrolment_ids: Iterable[str]) -> int:
    """The chosen people are to be told of a meeting: moved, cancelled or restored; gives how many. Whom nothing may
    reach is left out.

    Raises:
        NotEnrolledHere, NotFound.
    """
    wanted = list(dict.fromkeys(enrolment_ids))
    meeting = tx.get(Meeting, meeting_id)
    tx.describe(number=meeting.number)
    account, told = mail.of_centre(tx), 0
    rows = {row.id: row for row in _enrolled(tx, meeting)}
    for enrolment_id in wanted:
        row = rows.get(enrolment_id)
        person = tx.find(Person, row.person_id) if row is not None else None
        if row is None or person is None:
            raise NotEnrolledHere("tell")
        route = route_of(tx, person, meeting.day or meeting.moved_from or tx.today(), account)
        overtake(tx, meeting.id, enrolment_id)
        if route.channel != "none":
            add(tx, meeting, row.id, kind, route)
            told += 1
    return told


def add(tx: Tx, meeting: Meeting, enrolment_id: str, kind: str, route: Route) -> MeetingNotice:
    """What one person is to be told now of a meeting, on that way."""
    row = MeetingNotice(
        initiative_id=meeting.initiative_id, meeting_id=meeting.id, enrolment_id=enrolment_id,
        person_id=route.person_id, contact_id=route.contact_id, kind=kind, channel=route.channel,
        starts=begins(meeting), due=tx.now(), state="waiting", tries=0,
    )  # fmt: skip
    if route.channel in RING:
        what = task_text(meeting, kind)
        row.follow_up_id = _same_task(tx, row, what) or new_task(tx, row, RING[route.channel], what).id
    return tx.add(row)


def _same_task(tx: Tx, row: MeetingNotice, what: str) -> str | None:
    """The call or letter that tells the same person the same already, for another child: nobody hears it twice."""
    for other in tx.all(MeetingNotice, MeetingNotice.meeting_id == row.meeting_id,
                        MeetingNotice.person_id == row.person_id):  # fmt: skip
        task = tx.find(FollowUp, other.follow_up_id) if other.channel == row.channel else None
        if task is not None and task.state == "open" and task.what == what:
            return task.id
    return None


def new_task(tx: Tx, row: MeetingNotice, kind: str, what: str) -> FollowUp:
    """A call or letter is something to do, in the list of calls."""
    point = row.contact_id if kind == "call" else None
    day = max(row.due.date(), tx.today())
    return tx.add(FollowUp(kind=kind, what=what, person_id=row.person_id, contact_point_id=point, due_on=day))


def overtake(tx: Tx, meeting_id: str, enrolment_id: str) -> None:
    """News of a meeting that have reached nobody yet would tell what is no longer so: they go."""
    where = (MeetingNotice.meeting_id == meeting_id, MeetingNotice.enrolment_id == enrolment_id)
    for row in tx.all(MeetingNotice, *where):
        if row.state in reminding.OPEN and row.kind not in PLACE_NEWS:
            withdraw(tx, row)


def say_anew(tx: Tx, meeting: Meeting, kind: str) -> None:
    """Who was to be called or written to of an earlier change and was not yet hears of this one, though nobody chose
    them again: mails and letters are written when they go, what to say on the phone is not."""
    for row in tx.all(MeetingNotice, MeetingNotice.meeting_id == meeting.id):
        if row.state not in {*reminding.OPEN, "unsure", "given_up"} or row.kind in PLACE_NEWS:
            continue
        if row.state in reminding.OPEN:
            row.kind, row.starts = kind, begins(meeting)
        task = tx.find(FollowUp, row.follow_up_id)
        if task is not None and task.state == "open":
            task.what = task_text(meeting, kind)


def withdraw(tx: Tx, row: MeetingNotice) -> None:
    """It has told nobody: it goes, with what was to be done for it."""
    drop_task(tx, row)
    tx.bin(row)


def drop_task(tx: Tx, row: MeetingNotice) -> None:
    """Nobody has to call or write for it any more, unless it tells somebody else's news too."""
    task = tx.find(FollowUp, row.follow_up_id)
    if task is not None and task.state == "open":
        others = tx.all(MeetingNotice, MeetingNotice.follow_up_id == task.id)
        if not any(one.id != row.id for one in others):
            tx.bin(task)
    row.follow_up_id = None


def begins(meeting: Meeting) -> datetime | None:
    """When a meeting is now, midnight if the hour is to be set; None without a day."""
    return None if meeting.day is None else datetime.combine(meeting.day, meeting.starts or time())


def was(meeting: Meeting) -> datetime | None:
    """When a meeting was to be before it was put off."""
    return (
        None
        if meeting.moved_from is None
        else datetime.combine(meeting.moved_from, meeting.moved_from_starts or time())
    )


def task_text(meeting: Meeting, kind: str) -> str:
    """What to say on the phone. It names neither the initiative nor anybody."""
    now = moment_text(meeting.day, meeting.starts)
    if kind == "cancelled":
        return _("Tell: the meeting of {when} is cancelled").format(when=now)
    if kind == "restored":
        return _("Tell: the meeting of {when} takes place after all").format(when=now)
    before = moment_text(meeting.moved_from, meeting.moved_from_starts)
    if meeting.day is None:
        return _("Tell: the meeting of {when} is put off, the new day will follow").format(when=before)
    if meeting.moved_from is None:
        return _("Tell: the meeting of {when} has changed").format(when=now)
    return _("Tell: the meeting of {before} is now on {when}").format(before=before, when=now)


def moment_text(day: date | None, starts: time | None) -> str:
    """ "Thu 13 Feb, 18:00", or only the day where the hour is to be set."""
    if day is None:
        return _("a day to be set")
    return formats.date_short(day) if starts is None else formats.moment(datetime.combine(day, starts))


def _enrolled(tx: Tx, meeting: Meeting) -> Sequence[Enrolment]:
    """Who has a place at a meeting: in the whole cycle, or in this meeting alone."""
    rows: Any = tx.all(Enrolment, Enrolment.initiative_id == meeting.initiative_id)
    found = [row for row in rows if row.state in HOLDING and row.meeting_id in {None, meeting.id}]
    return sorted(found, key=lambda row: (LISTED.index(row.state), row.id))
