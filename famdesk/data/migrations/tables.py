"""What every table of records has, for revisions: the common columns, and foreign keys that are checked at commit.

Tables point at each other in circles. SQLite takes the keys with the table; PostgreSQL gets them afterwards.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

ID = sa.Uuid(as_uuid=False)

Key = tuple[str, str, str]
"""A foreign key: table, column, target table."""


def is_postgres() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def to(name: str, target: str, *, nullable: bool = False) -> sa.Column[Any]:
    """A column that points to `target`; it has an index."""
    return sa.Column(name, ID, index=True, nullable=nullable, info={"to": target})


def source() -> tuple[sa.Column[Any], sa.Column[Any]]:
    """The columns of facts that come from a document."""
    return sa.Column("source", sa.Text()), sa.Column("inferred", sa.Text())


def record_table(name: str, *items: Any) -> list[Key]:
    """Creates a table of records with its indexes; gives the foreign keys that `add_keys` has to add on PostgreSQL."""
    own = name in {"centre", "network"}
    columns: list[Any] = [
        sa.Column("id", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.String(32)),
        sa.Column("centre_id", ID, nullable=False, index=True, info={} if own else {"to": "centre"}),
        *items,
    ]
    targets = [(name, column.name, column.info["to"]) for column in columns if _target(column)]
    indexed = [column.name for column in columns if getattr(column, "index", None)]
    for column in columns:
        column.index = None
    keys = [] if is_postgres() else [_key(*target) for target in targets]
    op.create_table(name, *columns, sa.PrimaryKeyConstraint("id", name=f"pk_{name}"), *keys)
    for column_name in indexed:
        op.create_index(f"ix_{name}_{column_name}", name, [column_name])
    return targets if is_postgres() else []


def add_columns(table: str, *columns: sa.Column[Any]) -> list[Key]:
    """Adds columns with their indexes; gives the foreign keys that `add_keys` has to add on PostgreSQL."""
    targets = [(table, column.name, column.info["to"]) for column in columns if _target(column)]
    indexed = [column.name for column in columns if column.index]
    for column in columns:
        column.index = None
        target = _target(column)
        if target and not is_postgres():  # said by hand: Alembic would leave out that it is checked at commit
            kind = column.type.compile(op.get_bind().dialect)
            op.execute(f"ALTER TABLE {table} ADD COLUMN {column.name} {kind} CONSTRAINT fk_{table}_{column.name} "
                       f"REFERENCES {target} (id) DEFERRABLE INITIALLY DEFERRED")  # fmt: skip
        else:
            op.add_column(table, column)
    for column_name in indexed:
        op.create_index(f"ix_{table}_{column_name}", table, [column_name])
    return targets if is_postgres() else []


def add_keys(references: list[Key]) -> None:
    """PostgreSQL's foreign keys, as (table, column, target), once all tables are there."""
    for table, column, target in references:
        op.create_foreign_key(
            f"fk_{table}_{column}", table, target, [column], ["id"], deferrable=True, initially="DEFERRED"
        )


def _target(column: Any) -> str | None:
    return column.info.get("to") if isinstance(column, sa.Column) else None


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=f"fk_{table}_{column}", deferrable=True, initially="DEFERRED"
    )
