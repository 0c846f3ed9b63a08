"""What every way of setting a meeting has to ask first: its times, who and what it would take."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, time, timedelta

from famdesk.data.tables.calendar import Resource
from famdesk.data.tables.directory import Room
from famdesk.data.tables.programmes import Meeting, MeetingParty
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain.calendar.calendar import exists
from famdesk.domain.calendar.claims import Overlap
from famdesk.domain.codes import codes
from famdesk.domain.errors import NotFound, Required, RuleError
from famdesk.domain.programmes.meetings import LEADER, MEETING_PARTS, OFF
from famdesk.i18n import N_
from famdesk.usecases.calendar import calendar_conflicts
from famdesk.usecases.calendar.calendar_conflicts import Wanted
from famdesk.usecases.calendar.taken import MEETING_MINUTES, Party
from famdesk.usecases.programmes.programmes_common import bare_text
from famdesk.usecases.programmes.programmes_rows import MeetingValues, PartyValues

LONGEST_MEETING = 24 * 60
"""Minutes."""
MOST_PLACES = 100_000
FIELDS = {"staff_id": "leader_staff_id", "room_id": "room_id", "others": "parties"}
"""The fields of a meeting that the overlaps of appointments are about."""


class BadLength(RuleError):
    message = N_("A meeting lasts from 1 minute to 24 hours.")


class NoSuchTime(RuleError):
    message = N_("The clocks go forward that night: this hour does not exist.")


class HourMissing(RuleError):
    """A length without a beginning."""

    message = N_("Give the hour of the beginning as well.")


class BadPlaces(RuleError):
    message = N_("The number of places must be at least 1. Leave it empty if it is that of the initiative.")


class UnknownPart(RuleError):
    message = N_("Choose from the list what they do at the meeting.")


class NobodyNamed(RuleError):
    message = N_("Choose who or what it is, or write a name.")


class RoomElsewhere(RuleError):
    message = N_("This room is at another place.")


def cleaned(tx: Tx, values: MeetingValues) -> dict[str, object]:
    """The columns of a meeting, checked; parties are not among them.

    Raises:
        HourMissing, BadLength, NoSuchTime, BadPlaces, UnknownPart, NobodyNamed, RoomElsewhere, NotFound.
    """
    if values.minutes is not None:
        if values.starts is None:
            raise HourMissing("starts")
        if not 1 <= values.minutes <= LONGEST_MEETING:
            raise BadLength("minutes")
    check_time(values.day, values.starts)
    for name in ("capacity", "child_care_places"):
        number = getattr(values, name)
        if number is not None and not 1 <= number <= MOST_PLACES:
            raise BadPlaces(name)
    for party in values.parties:
        _check_party(party)
    _check_room(tx, values)
    found = {name: bare_text(value) if isinstance(value, str) else value for name, value in asdict(values).items()}
    del found["parties"]
    return found


def check_time(day: date | None, starts: time | None) -> None:
    """
    Raises:
        NoSuchTime: the hour is left out that night.
    """
    if day is not None and starts is not None and not exists(datetime.combine(day, starts)):
        raise NoSuchTime("starts")


def _check_party(party: PartyValues) -> None:
    if party.kind not in codes(MEETING_PARTS) or party.kind == LEADER:
        raise UnknownPart("parties")
    if not (party.staff_id or party.resource_id or bare_text(party.name)):
        raise NobodyNamed("parties")


def _check_room(tx: Tx, values: MeetingValues) -> None:
    if values.room_id is None:
        return
    room = tx.session.get(Room, values.room_id)
    if room is None or room.deleted_at:
        raise NotFound
    if values.place_id is not None and room.place_id != values.place_id:
        raise RoomElsewhere("room_id")


def set_parties(tx: Tx, meeting: Meeting, wanted: tuple[PartyValues, ...]) -> None:
    """Who is at a meeting beside the leader; the hours of those who stay are kept.

    Raises:
        NotFound: no such colleague or resource in this centre.
    """
    there = {
        _key(row): row for row in tx.all(MeetingParty, MeetingParty.meeting_id == meeting.id) if row.kind != LEADER
    }
    keys = {_key(one): one for one in wanted}
    for key, row in there.items():
        if key not in keys:
            tx.bin(row)
    for key, one in keys.items():
        if key in there:
            continue
        for kind, record_id in ((Staff, one.staff_id), (Resource, one.resource_id)):
            found = tx.session.get(kind, record_id) if record_id else None
            if record_id and (found is None or found.deleted_at or found.centre_id != tx.centre_id):
                raise NotFound
        tx.add(MeetingParty(meeting_id=meeting.id, kind=one.kind, staff_id=one.staff_id, resource_id=one.resource_id,
                            name=bare_text(one.name)))  # fmt: skip


def _key(one: PartyValues | MeetingParty) -> tuple[str, str, str, str]:
    return one.kind, one.staff_id or "", one.resource_id or "", (one.name or "").strip()


def wanted_of(
    day: date | None, starts: time | None, minutes: int | None, leader: str | None, room: str | None,
    parties: tuple[PartyValues, ...] = (), meeting_id: str | None = None,
) -> Wanted | None:  # fmt: skip
    """What a meeting would take; None as long as day or hour is to be set."""
    if day is None or starts is None:
        return None
    begins = datetime.combine(day, starts)
    people = [Party("staff", one.staff_id) for one in parties if one.staff_id and one.staff_id != leader]
    things = [Party("resource", one.resource_id) for one in parties if one.resource_id]
    ends = begins + timedelta(minutes=minutes or MEETING_MINUTES)
    return Wanted(begins, ends, leader, room, exclude=meeting_id, others=(*people, *things))


def settle(tx: Tx, meeting: Meeting, reason: str | None) -> None:
    """Lets a meeting stand if nothing that it needs is taken, or with a reason, which is kept with it.

    Raises:
        Overlap: with the way out; what cannot be in two places is refused also with a reason.
    """
    found = _against(tx, meeting)
    kept = None
    if found is not None:
        wanted, error = found
        kept = bare_text(reason)
        if kept is None or not error.allowed:
            raise _told(tx, wanted, error)
        tx.because(kept)
    if meeting.overlap_reason != kept:  # what is touched is written and noted again
        meeting.overlap_reason = kept


def _against(tx: Tx, meeting: Meeting) -> tuple[Wanted, Overlap] | None:
    if meeting.state in OFF or meeting.deleted_at:
        return None
    parties = tuple(
        PartyValues(row.kind, row.staff_id, row.resource_id)
        for row in tx.all(MeetingParty, MeetingParty.meeting_id == meeting.id)
    )
    wanted = wanted_of(meeting.day, meeting.starts, meeting.minutes, meeting.leader_staff_id, meeting.room_id,
                       parties, meeting.id)  # fmt: skip
    if wanted is None or not wanted.subjects():
        return None
    tx.take_turn()
    error = calendar_conflicts.blocking(calendar_conflicts.found(tx, wanted))
    return None if error is None else (wanted, error)


def _told(tx: Tx, wanted: Wanted, error: Overlap) -> Overlap:
    error.way = calendar_conflicts.way_out(tx, wanted, error)
    error.field = FIELDS.get(error.field or "", error.field)
    return error


def with_reason(reason: str | None) -> str:
    """
    Raises:
        Required: no reason was given.
    """
    found = bare_text(reason)
    if found is None:
        raise Required("reason")
    return found
