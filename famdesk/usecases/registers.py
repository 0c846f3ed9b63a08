"""Registers whose numbers go without gaps: certificates of a year, applications for a call.

A number that was given last may be taken back by undo; one after which others were given stays, as does one that was
given to somebody else meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from famdesk.data.applications import Application
from famdesk.data.journal import Change
from famdesk.data.programmes import Certificate
from famdesk.data.tx import Tx
from famdesk.domain.errors import UndoConflict
from famdesk.i18n import N_

REGISTERS: dict[str, tuple[Any, tuple[str, ...]]] = {
    Application.__tablename__: (Application, ("call_id",)),
    Certificate.__tablename__: (Certificate, ("centre_id", "year")),
}
"""The table of each register, and the columns that part one register of the table from another."""


class NumbersFollow(UndoConflict):
    message = N_("The numbers after {number} are given already: this one stays in the register.")


class NumberGiven(UndoConflict):
    message = N_("Number {number} was given to another one meanwhile.")


def check(tx: Tx, changes: Iterable[Change]) -> None:
    """Looks at what undo or redo takes out of a register or puts into it again, by its `changes`.

    Raises:
        NumbersFollow, NumberGiven.
    """
    for change in changes:
        if change.table_name in REGISTERS and (change.before is None or change.after is None):
            row: dict[str, Any] = json.loads(change.after or change.before or "{}")
            _check(tx, change.table_name, row, gone=change.before is None)


def _check(tx: Tx, table: str, row: dict[str, Any], *, gone: bool) -> None:
    kind, columns = REGISTERS[table]
    tx.take_turn()
    same = [getattr(kind, name) == row[name] for name in columns]
    others = select(kind.id).where(*same, kind.id != row["id"])
    if gone and tx.rows(others.where(kind.number > row["number"]).limit(1)):
        raise NumbersFollow(number=row["number"])
    if not gone and tx.rows(others.where(kind.number == row["number"]).limit(1)):
        raise NumberGiven(number=row["number"])
