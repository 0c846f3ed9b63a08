"""What all records share: the declarative base, column types, the common columns.

Ids are UUIDv7 text made by the client. Foreign keys are checked at commit (deferred): undo and import restore rows in
any order. There are no ORM relationships: use-cases ask for what they need, and nothing loads behind their back.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Dialect, ForeignKey, MetaData, String, Text, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator

from famdesk.domain.ids import new_id

EPOCH = datetime(1970, 1, 1)


class WallTime(TypeDecorator[datetime]):
    """Local wall time to the minute, without a zone: minutes since 1970-01-01T00:00 of the same wall clock.

    An integer is the fastest column to compare and to read on both engines, and cannot be shifted by a zone.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else wall_minutes(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else EPOCH + timedelta(minutes=value)


def wall_minutes(moment: datetime) -> int:
    """Minutes since 1970 of a naive local time; seconds are dropped."""
    return (moment - EPOCH) // timedelta(minutes=1)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {str: Text, datetime: WallTime}


def reference(target: str) -> ForeignKey:
    """A foreign key to `target.id`, checked at commit."""
    return ForeignKey(f"{target}.id", deferrable=True, initially="DEFERRED")


def ref(target: str, *, index: bool = True, nullable: bool = False) -> Mapped[Any]:
    """A column that points to a row of `target`."""
    return mapped_column(Uuid(as_uuid=False), reference(target), index=index, nullable=nullable)


class Record(Base):
    """A row that people make and change: journalled, undoable, owned by a centre.

    `version` grows with every save and stops a save over somebody else's; `deleted_at` (UTC, ISO text) puts the row
    into the 30-day bin. `shared` says that every centre of the network may read it (the directory and the calendar of
    initiatives); `searchable` that the search index follows it. What is not `journalled` leaves no entry, no undo step
    and no notice to others: only what somebody is still typing.
    """

    __abstract__ = True
    shared: ClassVar[bool] = False
    journalled: ClassVar[bool] = True

    id: Mapped[str] = mapped_column(Uuid(as_uuid=False), primary_key=True)
    version: Mapped[int] = mapped_column(nullable=False)
    deleted_at: Mapped[str | None] = mapped_column(String(32), default=None)

    @declared_attr
    def centre_id(cls) -> Mapped[str]:
        own = cls.__name__ in {"Centre", "Network"}
        return mapped_column(Uuid(as_uuid=False), *(() if own else (reference("centre"),)), index=True)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - called with the class
        return {"version_id_col": cls.version}

    def __init__(self, **values: Any) -> None:
        values.setdefault("id", new_id())
        for name, value in values.items():
            if not hasattr(type(self), name):
                raise TypeError(f"{type(self).__name__} has no column {name}")
            setattr(self, name, value)


class Sourced:
    """Where a fact comes from: the reference of the source document, and which fields are inferred from it, and why.

    `source` is like "004 §2" (None: entered by hand); `inferred` is like "starts_on: year from the weekday".
    """

    source: Mapped[str | None] = mapped_column(Text, default=None)
    inferred: Mapped[str | None] = mapped_column(Text, default=None)
