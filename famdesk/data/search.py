"""The search index: folded, rotated keys in one plain B-tree table, the same on both engines.

A record has a key for every rotation of its words and one with all words joined, so that any order of words is a
prefix of some key and a search is one range of the tree. The index follows the journal: whatever changes a row,
undo included, also changes its keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Index, String, Text, Uuid, delete, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from famdesk.data.base import Base
from famdesk.data.directory import AccessPoint, Body, Place, Service
from famdesk.data.people import ContactPoint, Person
from famdesk.data.programmes import Initiative
from famdesk.domain import contact
from famdesk.domain.text import search_forms

LONGEST_KEY = 120

KEY_TEXT = String(LONGEST_KEY).with_variant(String(LONGEST_KEY, collation="C"), "postgresql")
"""Compared byte by byte on both engines, so that a prefix is a range."""


class SearchKey(Base):
    """One way to find a record: `key` is folded text, `kind` the table, `record_id` the record."""

    __tablename__ = "search_key"
    __table_args__ = (Index("ix_search_key_record", "record_id"),)
    key: Mapped[str] = mapped_column(KEY_TEXT, primary_key=True)
    record_id: Mapped[str] = mapped_column(Uuid(as_uuid=False), primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    centre_id: Mapped[str] = mapped_column(Uuid(as_uuid=False))


def _person(session: Session, row: Person) -> list[str]:
    names = [f"{row.surname or ''} {row.given_name or ''}", row.alias or ""]
    points = session.scalars(
        select(ContactPoint.value).where(ContactPoint.person_id == row.id, ContactPoint.kind.in_(contact.PHONES),
                                         ContactPoint.deleted_at.is_(None))
    )  # fmt: skip
    phones = [contact.digits(value) for value in points]
    return [key for name in names for key in keys_of(name)] + phones + [(row.tax_code or "").casefold()]


def _named(_session: Session, row: Any) -> list[str]:
    texts = [row.name, getattr(row, "short_name", None), getattr(row, "alias", None), getattr(row, "address", None),
             getattr(row, "building", None)]  # fmt: skip
    return [key for text in texts if text for key in keys_of(text)]


SOURCES: dict[str, tuple[type[Any], Callable[[Session, Any], list[str]]]] = {
    "person": (Person, _person),
    "access_point": (AccessPoint, _named),
    "place": (Place, _named),
    "body": (Body, _named),
    "service": (Service, _named),
    "initiative": (Initiative, _named),
}


def keys_of(text: str) -> list[str]:
    """The keys under which a text is found: its words in every rotation, and joined."""
    return [key[:LONGEST_KEY] for key in search_forms(text)]


def forget(session: Session, table: str, record_id: str) -> None:
    """Removes the keys of a row that is going to be deleted: once a person is gone, a server hides the person's keys
    and nothing could remove them any more."""
    if table in SOURCES:
        _remove(session, record_id)


def reindex(session: Session, changed: Iterable[tuple[str, str]]) -> None:
    """Rewrites the keys of the changed rows, in the transaction of the change."""
    wanted = {row for row in changed if row[0] in SOURCES}
    connection = session.connection()
    for table, row_id in sorted(wanted):
        kind, keys = SOURCES[table]
        _remove(session, row_id)
        row = session.get(kind, row_id)
        if row is None or row.deleted_at:
            continue
        found = sorted({key for key in keys(session, row) if key})
        if found:
            connection.execute(
                insert(SearchKey.__table__),  # type: ignore[arg-type]
                [{"key": key, "record_id": row_id, "kind": table, "centre_id": row.centre_id} for key in found],
            )


def _remove(session: Session, record_id: str) -> None:
    statement = delete(SearchKey.__table__).where(SearchKey.record_id == record_id)  # type: ignore[arg-type]
    session.connection().execute(statement)
