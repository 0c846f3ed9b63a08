"""All records by table name: what the journal, undo, the migrations and the row-level policies go through."""

from __future__ import annotations

from famdesk.data import traces
from famdesk.data.base import Base, Record
from famdesk.data.tables import (
    applications,
    calendar,
    centre,
    consents,
    directory,
    emergency,
    escrow,
    families,
    intake,
    letters,
    looks,
    notes,
    notices,
    paths,
    people,
    person_details,
    powers,
    privacy,
    programmes,
    referrals,
    staff,
    waiting,
    writing,
)

MODULES = (centre, directory, staff, people, families, person_details, intake, calendar, programmes, consents,
           referrals, waiting, privacy, looks, applications,
           letters, powers, notes, notices, escrow, paths, emergency, traces, writing)  # fmt: skip

BY_TABLE: dict[str, type[Record]] = {
    mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Record)
}
