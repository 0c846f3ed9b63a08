"""All records by table name: what the journal, undo, the migrations and the row-level policies go through."""

from __future__ import annotations

from famdesk.data import (
    applications,
    calendar,
    centre,
    consents,
    directory,
    families,
    intake,
    letters,
    looks,
    notes,
    notices,
    people,
    person_details,
    privacy,
    programmes,
    referrals,
    staff,
    waiting,
)
from famdesk.data.base import Base, Record

MODULES = (centre, directory, staff, people, families, person_details, intake, calendar, programmes, consents,
           referrals, waiting, privacy, looks, applications,
           letters, notes, notices)  # fmt: skip

BY_TABLE: dict[str, type[Record]] = {
    mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Record)
}
