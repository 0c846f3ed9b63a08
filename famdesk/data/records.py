"""All records by table name: what the journal, undo, the migrations and the row-level policies go through."""

from __future__ import annotations

from famdesk.data import calendar, centre, directory, intake, people, programmes, staff
from famdesk.data.base import Base, Record

MODULES = (centre, directory, staff, people, intake, calendar, programmes)

BY_TABLE: dict[str, type[Record]] = {
    mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Record)
}
