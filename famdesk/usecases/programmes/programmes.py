"""Initiatives: cycles, groups, laboratories; their meetings, who is enrolled, who came.

Every centre of a network may read initiatives and meetings; only their own centre changes them, and people are enrolled
at the centre that knows them. What is not known yet stays "to be set": nothing here needs a date.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import or_, select

from famdesk.data.tables.programmes import Initiative, Meeting
from famdesk.data.tx import Tx
from famdesk.domain.staff import rights
from famdesk.usecases.enrolling.enrolment import enrol
from famdesk.usecases.enrolling.enrolment_reading import participants_of
from famdesk.usecases.programmes import meeting_reading
from famdesk.usecases.programmes import programmes_reading as reading
from famdesk.usecases.programmes.meetings import change_meeting
from famdesk.usecases.programmes.programmes_rows import InitiativeDetail, InitiativeRow, MeetingRow, Participants
from famdesk.usecases.registry import query


@query
def initiatives(tx: Tx) -> tuple[InitiativeRow, ...]:
    """All initiatives of the network by state, the next meeting first."""
    return reading.initiative_rows(tx, Initiative.template.is_(False))


@query
def initiative(tx: Tx, initiative_id: str) -> InitiativeDetail:
    """One initiative with meetings, organisers and, for roles that may see them, the people enrolled.

    Raises:
        NotFound.
    """
    record = tx.get(Initiative, initiative_id)
    (row,) = reading.initiative_rows(tx, Initiative.id == initiative_id)
    others = [record.continues_id, record.requires_id, record.copied_from_id]
    names = dict(
        tx.rows(select(Initiative.id, Initiative.name).where(Initiative.id.in_([one for one in others if one])))
    )
    after = tx.rows(
        select(Initiative.id, Initiative.name)
        .where(Initiative.continues_id == record.id, Initiative.deleted_at.is_(None))
        .order_by(Initiative.name)
    )
    meetings_ = meeting_reading.meeting_rows(tx, Meeting.initiative_id == record.id)
    may = bool(rights.cell(participants.name, tx.actor.role))
    return InitiativeDetail(
        row, reading.values_of(record), reading.place_name(tx, record.place_id), names.get(record.continues_id or ""),
        tuple((one.id, one.name) for one in after), reading.organiser_rows(tx, record.id),
        tuple(sorted(meetings_, key=lambda meeting: meeting.number)),
        participants(tx, record.id) if may else None, record.source, record.inferred,
        _may_here(tx, record, change_meeting.name), _may_here(tx, record, enrol.name), tx.today(),
        names.get(record.requires_id or ""), reading.act_rows(tx, record.id), names.get(record.copied_from_id or ""),
    )  # fmt: skip


@query
def participants(tx: Tx, initiative_id: str) -> Participants:
    """Who is enrolled, waits or has withdrawn, and who came to which meeting; people of the own centre."""
    return participants_of(tx, initiative_id)


@query
def meetings(tx: Tx, first: date, last: date) -> tuple[MeetingRow, ...]:
    """The meetings from `first` to `last`, both included, cancelled ones too, by day and hour."""
    return meeting_reading.meeting_rows(tx, Meeting.day >= first, Meeting.day <= last)


@query
def moved_away(tx: Tx, day: date) -> tuple[MeetingRow, ...]:
    """The meetings that were to be on a day and were put off to another one, or to one that is still to be set."""
    return meeting_reading.meeting_rows(
        tx, Meeting.moved_from == day, or_(Meeting.day.is_(None), Meeting.day != day), Meeting.state != "cancelled"
    )


def _may_here(tx: Tx, record: Initiative, action: str) -> bool:
    return record.centre_id == tx.centre_id and bool(rights.cell(action, tx.actor.role))
