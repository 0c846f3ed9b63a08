"""How the rows of initiatives are put together; called by the queries of `programmes`, within their rights."""

from __future__ import annotations

from collections import Counter
from datetime import date, time
from typing import Any

from sqlalchemy import ColumnElement, select

from famdesk.data.tables.centre import Act
from famdesk.data.tables.directory import Body, Partnership, Place
from famdesk.data.tables.programmes import Initiative, InitiativeAct, Meeting
from famdesk.data.tx import Tx
from famdesk.domain.centre.profile_codes import ACT_KINDS
from famdesk.domain.codes import INITIATIVE_STATES, codes, label
from famdesk.domain.programmes.meetings import season_begins
from famdesk.i18n.collate import sort_key
from famdesk.usecases.enrolling.enrolment_counts import enrolment_counts
from famdesk.usecases.programmes.programmes_rows import ActRow, InitiativeRow, InitiativeValues, OrganiserRow

_STATES = codes(INITIATIVE_STATES)
_ROLE_ORDER = ("organiser", "lead", "promoter", "manager", "partner", "network_partner", "funder")
_VALUES = tuple(InitiativeValues.__dataclass_fields__)


def initiative_rows(tx: Tx, *where: ColumnElement[bool]) -> tuple[InitiativeRow, ...]:
    """Initiatives that fit, by state, the next meeting or season first, then by name."""
    records = tx.all(Initiative, *where)
    people, meetings = enrolment_counts(tx, [one.id for one in records]), _meeting_dates(tx)
    rows = [_initiative_row(tx, record, people, meetings.get(record.id, [])) for record in records]
    return tuple(sorted(rows, key=_by_state))


def _by_state(row: InitiativeRow) -> Any:
    place = _STATES.index(row.state) if row.state in _STATES else len(_STATES)
    begins = row.next_day or season_begins(row.season, row.season_year) or row.starts_on or date.max
    return place, begins, sort_key(row.name)


def _initiative_row(tx: Tx, record: Initiative, people: Counter[tuple[str, str]], meetings: list[Any]) -> InitiativeRow:
    ahead = [(row.day, row.starts) for row in meetings if row.day and row.day >= tx.today() and row.state == "planned"]
    next_day, next_starts = min(ahead, key=lambda one: (one[0], one[1] or time()), default=(None, None))
    return InitiativeRow(
        record.id, record.version, record.name, record.alias, record.kind, record.function, record.state,
        record.audience, record.season_text, record.starts_on, record.capacity, len(meetings),
        sum(row.day is None and row.state == "planned" for row in meetings), people[record.id, "enrolled"],
        people[record.id, "waiting"], next_day, next_starts, record.centre_id == tx.centre_id,
        record.season, record.season_year, people[record.id, "offered"], people[record.id, "requested"],
    )  # fmt: skip


def values_of(record: Initiative) -> InitiativeValues:
    """What can be typed of an initiative, as it is."""
    return InitiativeValues(**{name: getattr(record, name) for name in _VALUES})


def place_name(tx: Tx, place_id: str | None) -> str | None:
    """The name of a place."""
    rows = tx.rows(select(Place.name).where(Place.id == place_id)) if place_id else ()
    return rows[0].name if rows else None


def _meeting_dates(tx: Tx) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    columns = select(Meeting.initiative_id, Meeting.day, Meeting.starts, Meeting.state)
    for row in tx.rows(columns.where(Meeting.deleted_at.is_(None))):
        found.setdefault(row.initiative_id, []).append(row)
    return found


def organiser_rows(tx: Tx, initiative_id: str) -> tuple[OrganiserRow, ...]:
    """The bodies of an initiative: organisers first, within a role in the order of the names."""
    rows = tx.rows(
        select(Body.id, Body.name, Body.short_name, Partnership.role, Partnership.note, Partnership.position,
               Partnership.share_cents)
        .join(Body, Body.id == Partnership.body_id)
        .where(Partnership.subject_id == initiative_id, Partnership.deleted_at.is_(None), Body.deleted_at.is_(None))
    )  # fmt: skip
    order = {role: place for place, role in enumerate(_ROLE_ORDER)}
    found = sorted(rows, key=lambda row: (order.get(row.role, len(order)), row.position, row.name))
    return tuple(OrganiserRow(row.id, row.name, row.short_name, row.role, row.note, row.share_cents) for row in found)


def act_rows(tx: Tx, initiative_id: str) -> tuple[ActRow, ...]:
    """The acts that an initiative rests on, in their order."""
    rows = tx.rows(
        select(Act.id, Act.kind, Act.number, Act.title, Act.issued_on)
        .join(InitiativeAct, InitiativeAct.act_id == Act.id)
        .where(
            InitiativeAct.initiative_id == initiative_id, InitiativeAct.deleted_at.is_(None), Act.deleted_at.is_(None)
        )
        .order_by(InitiativeAct.position, InitiativeAct.id)
    )
    return tuple(ActRow(row.id, act_text(row)) for row in rows)


def act_text(row: Any) -> str:
    """How an act is cited: "DGR 1507 of 13 December 2023"."""
    from famdesk.i18n import _, formats

    name = " ".join(part for part in (label(ACT_KINDS, row.kind) if row.kind else "", row.number) if part)
    if row.issued_on is not None:
        # Translators: {act} is the kind and number of a formal act
        name = _("{act} of {day}").format(act=name, day=formats.date_long(row.issued_on))
    return ": ".join(part for part in (name, row.title) if part)
