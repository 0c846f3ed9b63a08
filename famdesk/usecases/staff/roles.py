"""Roles as the centre has them: which powers it leaves to each, within what the rights table allows at most."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select

from famdesk.data.tables.powers import RolePower
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain.errors import RuleError
from famdesk.domain.staff import powers, rights
from famdesk.i18n import N_
from famdesk.usecases.registry import query, usecase

MANAGING = "staff"
"""The power to give logins and to decide about roles: somebody always has it."""


class NotForRole(RuleError):
    message = N_("This role can never have that.")


class LastManager(RuleError):
    message = N_("Somebody with a login must be left who manages colleagues and roles.")


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role: the powers that it can have at most, those that it has here, and how many colleagues bear it."""

    role: str
    ceiling: frozenset[str]
    held: frozenset[str]
    colleagues: int


@query
def roles(tx: Tx) -> tuple[RoleRow, ...]:
    """All roles, as this centre has them."""
    taken = _taken(tx)
    here = (Staff.centre_id == tx.centre_id, Staff.active, Staff.deleted_at.is_(None))
    bearing = {row[0]: row[1] for row in tx.rows(select(Staff.role, func.count()).where(*here).group_by(Staff.role))}
    return tuple(
        RoleRow(role, most, most - taken.get(role, frozenset()), bearing.get(role, 0))
        for role, most in rights.ceiling().items()
    )


@usecase(N_("Permission “{power}” of the role “{role}” changed"))
def set_power(tx: Tx, role: str, power: str, held: bool) -> None:
    """Takes a power away from a role, or gives it back; other desks find it so at their next step.

    Raises:
        NotForRole: no such role, or it can never have that power.
        LastManager: nobody would be left who could turn it back.
    """
    if power not in rights.ceiling().get(role, frozenset()):
        raise NotForRole("power")
    tx.take_turn()
    tx.describe(role=role, power=power)
    for record in tx.all(RolePower, RolePower.role == role, RolePower.power == power):
        record.taken = not held
        break
    else:
        if held:
            return
        tx.add(RolePower(role=role, power=power, taken=True))
    check_managed(tx)


def check_managed(tx: Tx) -> None:
    """What holds after every change of roles and colleagues, undo included.

    Raises:
        LastManager.
    """
    tx.session.flush()
    taken = _taken(tx)
    managing = [role for role, most in rights.ceiling().items() if MANAGING in most - taken.get(role, frozenset())]
    able = select(Staff.id).where(
        Staff.centre_id == tx.centre_id, Staff.active, Staff.deleted_at.is_(None), Staff.login.is_not(None),
        Staff.role.in_(managing),
    )  # fmt: skip
    if not tx.rows(able.limit(1)):
        raise LastManager("role")


def concerns(tables: Collection[str]) -> bool:
    """Whether a step that changed rows of these tables may have left nobody who manages."""
    return bool({Staff.__tablename__, RolePower.__tablename__} & set(tables))


def _taken(tx: Tx) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    where = (RolePower.centre_id == tx.centre_id, RolePower.taken, RolePower.deleted_at.is_(None))
    for row in tx.rows(select(RolePower.role, RolePower.power).where(*where)):
        if row.power in powers.CODES:
            found.setdefault(row.role, set()).add(row.power)
    return {role: frozenset(codes) for role, codes in found.items()}
