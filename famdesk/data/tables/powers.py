"""What a centre took away from its roles, within the ceiling of the rights table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, String, UniqueConstraint, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column

from famdesk.data.base import Record
from famdesk.domain.staff import rights
from famdesk.domain.staff.powers import BASICS

if TYPE_CHECKING:
    from famdesk.data.access import Access


class RolePower(Record):
    """A power (see `famdesk.domain.staff.powers`) that a role of the centre does not have, if `taken`.

    A row can only take away: what no row speaks of is as the rights table says, so that no row gives more than that.
    """

    __tablename__ = "role_power"
    __table_args__ = (UniqueConstraint("centre_id", "role", "power", name="uq_role_power_centre_id_role_power"),)
    role: Mapped[str] = mapped_column(String(20))
    power: Mapped[str] = mapped_column(String(20))
    taken: Mapped[bool]


def as_here(connection: Connection, centre_id: str, role: str) -> rights.Role:
    """A role as a centre has it."""
    rows = connection.execute(_taken(), {"centre": centre_id})
    return rights.Role(role, [row.power for row in rows if row.role == role])


def letters(access: Access, action: str, outermost: str) -> str:
    """The rights of a use-case for who acts, with what the centre decided by now; "" without any.

    The power is that of what one set out to do: what this asks for by itself is part of it. What everybody may do, such
    as to look at the day, holds pieces of all powers; there each piece is decided by its own.
    """
    if not outermost:
        access.actor = _by_now(access)
    if outermost and rights.power_of(outermost) != BASICS:
        return rights.cell(action, str(access.actor.role))
    return rights.cell(action, access.actor.role)


def roles_for(access: Access, action: str) -> list[str]:
    """The names of the roles that may do something in this centre."""
    taken: dict[str, list[str]] = {}
    for role, power in _rows(access):
        taken.setdefault(role, []).append(power)
    return rights.roles_for(action, taken)


def _by_now(access: Access) -> Any:
    from dataclasses import replace

    actor = access.actor
    without = frozenset(power for role, power in _rows(access) if role == actor.role)
    known = actor.role.without if isinstance(actor.role, rights.Role) else frozenset()
    access.session.info["powers"]["without"] = without
    return actor if without == known else replace(actor, role=rights.Role(actor.role, without))


def _rows(access: Access) -> list[Any]:
    connection = access.session.connection()
    prepared = access.session.info["prepared"].get("powers", _taken, connection.dialect)
    return prepared.bare(connection, centre=access.centre_id)  # type: ignore[no-any-return]


def _taken() -> Select[*tuple[Any, ...]]:
    return select(RolePower.role, RolePower.power).where(
        RolePower.centre_id == bindparam("centre"), RolePower.taken, RolePower.deleted_at.is_(None)
    )
