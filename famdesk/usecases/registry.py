"""`@usecase` and `@query`: the name, the label and the rights check of everything that people do.

A use-case is `f(tx, plain values…)`; its name is its module and itself, such as "calendar.move_appointment", and must
have a row in the rights table. It may call another one inside the same transaction; each is checked by its own row.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from famdesk.data.tx import Tx

MOVED = {"programmes": ("initiatives", "meetings", "enrolment", "waiting_list", "attendance")}
"""Modules whose use-cases stand in others now: old steps keep the name that they were written with."""

P = ParamSpec("P")
T = TypeVar("T")

ACTIONS: dict[str, Action[Any, Any]] = {}
"""Every use-case and query that has been imported, by name: the tests hold the rights table to it."""


class Action(Generic[P, T]):
    """A use-case (`writes`) or a query, callable with a transaction. `label` is the msgid of what undo calls it.

    What is `final` cannot be turned back, as it locks or lets somebody read: it says so before it is done.
    """

    def __init__(self, function: Callable[Concatenate[Tx, P], T], label: str | None, *, final: bool = False) -> None:
        functools.update_wrapper(self, function)
        self.function = function
        self.label = label
        self.final = final
        self.writes = label is not None
        self.name = f"{function.__module__.rpartition('.')[2]}.{function.__name__}"
        ACTIONS[self.name] = self

    def __call__(self, tx: Tx, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with tx.doing(self.name):
            return self.function(tx, *args, **kwargs)


def usecase(label: str, *, final: bool = False) -> Callable[[Callable[Concatenate[Tx, P], T]], Action[P, T]]:
    """Declares a use-case; `label` (marked with `N_`) says what was done: N_("Appointment of {when} moved").

    The placeholders are filled from `tx.describe(when=…)`; they never hold names of persons. `final`: see `Action`.
    """
    return lambda function: Action(function, label, final=final)


def query(function: Callable[Concatenate[Tx, P], T]) -> Action[P, T]:
    """Declares a query. If it calls `tx.opened(record)`, the read is journalled before the rows are returned."""
    return Action(function, None)


def known(action: str) -> Action[Any, Any] | None:
    """The use-case or query of a name, also of one that had another module when its step was written."""
    module, _dot, function = action.partition(".")
    names = (action, *(f"{other}.{function}" for other in MOVED.get(module, ())))
    return next((ACTIONS[name] for name in names if name in ACTIONS), None)
