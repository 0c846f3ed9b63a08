"""How rows of meetings are read; called by queries, within their rights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, time
from typing import Any

from sqlalchemy import ColumnElement, func, select

from famdesk.data.tables.calendar import Resource
from famdesk.data.tables.directory import Place, Room
from famdesk.data.tables.programmes import Initiative, Meeting, MeetingParty
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain.programmes.meetings import LEADER
from famdesk.usecases.enrolling.enrolment_counts import Presence, presence
from famdesk.usecases.programmes.programmes_rows import MeetingRow, PartyRow, PartyValues

AT_ONCE = 400


def meeting_rows(tx: Tx, *where: ColumnElement[bool]) -> tuple[MeetingRow, ...]:
    """Meetings that fit, by day and hour, those without a day last, then by number; none of templates."""
    statement = (
        select(Meeting.id, Meeting.version, Meeting.initiative_id, Initiative.name, Initiative.alias, Initiative.kind,
               Initiative.function, Meeting.number, Meeting.day, Meeting.starts, Meeting.minutes, Meeting.place_id,
               Place.name.label("place"), Meeting.room_id, Room.name.label("room"), Meeting.leader,
               Staff.name.label("colleague"), Meeting.leader_staff_id, Meeting.theme, Meeting.state, Meeting.reason,
               Initiative.capacity, Meeting.inferred, Initiative.centre_id, Meeting.moved_from,
               Meeting.moved_from_starts, Meeting.overlap_reason, Meeting.capacity.label("own"), Meeting.materials,
               Meeting.note, Meeting.child_care, Meeting.child_care_places, Meeting.interpreter_language,
               Meeting.adults, Meeting.children, Meeting.newcomers, Initiative.counting,
               Initiative.group_form)
        .join(Initiative, Initiative.id == Meeting.initiative_id)
        .outerjoin(Place, Place.id == Meeting.place_id)
        .outerjoin(Room, Room.id == Meeting.room_id)
        .outerjoin(Staff, Staff.id == Meeting.leader_staff_id)
        .where(Meeting.deleted_at.is_(None), Initiative.deleted_at.is_(None), *where)
    )  # fmt: skip
    found = tx.rows(statement)
    came = presence(tx, [(row.id, row.initiative_id) for row in found])
    totals = _totals(tx, {row.initiative_id for row in found})
    parties = parties_of(tx, [row.id for row in found])
    rows = [_row(tx, row, came[row.id], totals, parties.get(row.id, ())) for row in found]
    return tuple(sorted(rows, key=lambda row: (row.day or date.max, row.starts or time.max, row.number, row.id)))


def _row(tx: Tx, row: Any, came: Presence, totals: Counter[str], parties: tuple[PartyRow, ...]) -> MeetingRow:
    heads = (row.adults or 0) + (row.children or 0)
    counted = row.counting == "heads" or row.group_form == "families" or not came.noted  # also before names were kept
    return MeetingRow(
        row.id, row.version, row.initiative_id, row.name, row.alias, row.kind, row.function, row.number,
        totals[row.initiative_id], row.day, row.starts, row.minutes, row.place_id, row.place, row.room_id, row.room,
        row.colleague or row.leader, row.leader_staff_id, row.theme, row.state, row.reason,
        came.expected, heads if counted else came.present, row.capacity, row.inferred,
        row.centre_id == tx.centre_id, row.moved_from, row.moved_from_starts, row.overlap_reason, row.own,
        row.materials, row.note, row.child_care, row.child_care_places, row.interpreter_language, parties,
        row.adults, row.children, row.newcomers, came.looked_after, row.counting,
    )  # fmt: skip


def parties_of(tx: Tx, meeting_ids: Collection[str]) -> dict[str, tuple[PartyRow, ...]]:
    """Who and what is at meetings beside their leaders, in the order in which they were noted."""
    found: dict[str, tuple[PartyRow, ...]] = {}
    wanted, party = list(meeting_ids), MeetingParty
    for first in range(0, len(wanted), AT_ONCE):
        for row in tx.rows(
            select(party.meeting_id, party.kind, party.staff_id, party.resource_id, party.name,
                   Staff.name.label("colleague"), Resource.name.label("thing"))
            .outerjoin(Staff, Staff.id == party.staff_id).outerjoin(Resource, Resource.id == party.resource_id)
            .where(party.meeting_id.in_(wanted[first : first + AT_ONCE]), party.deleted_at.is_(None),
                   party.kind != LEADER)
            .order_by(party.id)
        ):  # fmt: skip
            values = PartyValues(row.kind, row.staff_id, row.resource_id, row.name)
            one = PartyRow(values, row.colleague or row.thing or row.name or "")
            found[row.meeting_id] = (*found.get(row.meeting_id, ()), one)
    return found


def _totals(tx: Tx, initiatives: Iterable[str]) -> Counter[str]:
    rows = tx.rows(
        select(Meeting.initiative_id, func.count())
        .where(Meeting.initiative_id.in_(list(initiatives)), Meeting.deleted_at.is_(None))
        .group_by(Meeting.initiative_id)
    )
    return Counter(dict(rows))
