"""Registers whose numbers go without gaps: certificates of a year, applications for a call.

A number that was given last may be taken back by undo; one after which others were given stays, as does one that was
given to somebody else meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from famdesk.data.journal import Change
from famdesk.data.tables.applications import Application
from famdesk.data.tables.centre import Call
from famdesk.data.tables.programmes import Certificate
from famdesk.data.tx import Tx
from famdesk.domain.errors import UndoConflict
from famdesk.domain.programmes import calls
from famdesk.i18n import N_
from famdesk.usecases.programmes import certificates

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
    changes = list(changes)
    if any(one.table_name == Call.__tablename__ for one in changes):
        tx.take_turn()
    own = [one for one in changes if one.table_name in REGISTERS and (one.before is None or one.after is None)]
    for change in own:
        row: dict[str, Any] = json.loads(change.after or change.before or "{}")
        _check(tx, change.table_name, row, {one.row_id for one in own}, gone=change.before is None)


def settle(tx: Tx, changes: Iterable[Change]) -> None:
    """Looks anew at what is late where the end of a call is another one now: some may have come in since the step."""
    for call_id in {one.row_id for one in changes if one.table_name == Call.__tablename__}:
        call = tx.session.get(Call, call_id)
        if call is None or call.deleted_at:
            continue
        for one in tx.all(Application, Application.call_id == call_id):
            one.late = calls.is_late(one.received_ms, call.deadline, tx.actor.timezone)


def _check(tx: Tx, table: str, row: dict[str, Any], own: set[str], *, gone: bool) -> None:
    kind, columns = REGISTERS[table]
    tx.take_turn()
    same = [getattr(kind, name) == row[name] for name in columns]
    if gone:
        given = select(kind.number).where(*same, kind.id.in_(own))
        last = max([row["number"], *(number for (number,) in tx.rows(given))])
        if tx.rows(select(kind.id).where(*same, kind.number > last).limit(1)) or _hidden_after(tx, table, row, last):
            raise NumbersFollow(number=row["number"])
    elif tx.rows(select(kind.id).where(*same, kind.id.not_in(own), kind.number == row["number"]).limit(1)):
        raise NumberGiven(number=row["number"])


def _hidden_after(tx: Tx, table: str, row: dict[str, Any], last: int) -> bool:
    """Whether somebody whom one may not know of has a later number."""
    return table == Certificate.__tablename__ and certificates.last_number(tx, row["year"]) > last
