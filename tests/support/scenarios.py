"""A change of each kind, prepared but not made yet: what undo is tested with.

A scenario signs in as the role that usually makes the change, prepares what the change needs, and gives the office
with the call. The other modules `scenarios_…` hold the scenarios, one for each use-case that writes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import select

from famdesk.data.base import Record
from famdesk.data.tx import Tx
from famdesk.usecases.office import Office
from famdesk.usecases.registry import Action
from tests.support.offices import Desk

P = ParamSpec("P")
T = TypeVar("T")

Call = Callable[[Tx], object]
Prepare = Callable[[Desk], tuple[Office, Call]]


class Scenarios(dict[str, Prepare]):
    """Scenarios by the name of their use-case; further ones of the same use-case have a variant after a blank."""

    def of(self, action: Action[Any, Any], variant: str = "") -> Callable[[Prepare], Prepare]:
        """Notes the decorated function as the scenario of a use-case.

        Raises:
            ValueError: there is one already.
        """
        name = f"{action.name} {variant}".strip()
        if name in self:
            raise ValueError(name)

        def note(prepare: Prepare) -> Prepare:
            self[name] = prepare
            return prepare

        return note


def call(action: Action[P, T], *args: P.args, **kwargs: P.kwargs) -> Call:
    """The use-case with its arguments, to be run in a transaction."""
    return lambda tx: action(tx, *args, **kwargs)


def version(office: Office, kind: type[Record], record_id: str) -> int:
    """The version of a record that somebody would have read now."""
    rows = office.fetch(lambda tx: tx.rows(select(kind.version).where(kind.id == record_id)))
    return int(rows[0][0])


def write(office: Office, within: Action[Any, Any], *records: Record) -> None:
    """Writes records for which there is no use-case, with the rights of `within`."""

    def add(tx: Tx) -> None:
        with tx.doing(within.name):
            for record in records:
                tx.add(record)

    office.run(add)
