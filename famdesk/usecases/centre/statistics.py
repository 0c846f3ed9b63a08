"""How many accesses a centre had: by month, by function, by access point. Numbers only; small ones are not told.

An access is an info contact or an access card; a card that an info contact grew into is the same access. On a server
those of people whom one may not know of are counted too, or the numbers would differ from desk to desk.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Uuid, cast, column, func, null, select

from famdesk.data.base import wall_minutes
from famdesk.data.tables.directory import AccessPoint
from famdesk.data.tables.intake import AccessCard, InfoContact
from famdesk.data.tx import Tx
from famdesk.domain.codes import FUNCTIONS, codes
from famdesk.domain.consent.suppression import DEFAULT, suppressed
from famdesk.domain.intake.needs import need
from famdesk.usecases.centre.small_numbers import least_of
from famdesk.usecases.enrolling.enrolment_counts import is_postgres
from famdesk.usecases.registry import query

OTHER = ""
"""Accesses whose function or access point is not noted."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A number by what it is of: a month (1 to 12), or a code of a function ("": not noted). `count` None: too few to
    be told."""

    code: str
    count: int | None


@dataclass(frozen=True, slots=True)
class PointCell:
    """The same of an access point by its name ("": not noted)."""

    name: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Statistics:
    """The accesses of a year; `total` None: too few to be told. An access with needs of two functions stands in both
    of them. `last_month`: the last one that has begun, 12 for a year that is over. Numbers are told from
    `least` on."""

    year: int
    total: int | None
    months: tuple[Cell, ...]
    functions: tuple[Cell, ...]
    points: tuple[PointCell, ...]
    last_month: int = 12
    least: int = DEFAULT


@query
def accesses(tx: Tx, year: int | None = None) -> Statistics:
    """The accesses of a year; None: this one."""
    today = tx.today()
    wanted = year or today.year
    months, functions, points = Counter[str](), Counter[str](), Counter[str]()
    names = dict(tx.rows(select(AccessPoint.id, AccessPoint.name)))
    for month, codes_, point, people in _rows(tx, wanted):
        months[str(month)] += people
        points[names.get(point, OTHER)] += people
        for one in codes_ or {OTHER}:
            functions[one] += people
    last = 12 if wanted < today.year else today.month if wanted == today.year else 0
    point_names = sorted(points, key=lambda name: (name == OTHER, name))
    least = least_of(tx)
    total = suppressed((sum(months.values()),), least)[0]
    return Statistics(
        wanted, total, _cells([str(number) for number in range(1, last + 1)], months, least),
        _cells([*codes(FUNCTIONS), OTHER], functions, least),
        tuple(PointCell(one.code, one.count) for one in _cells(point_names, points, least)), last, least,
    )  # fmt: skip


def _cells(keys: list[str], counts: Counter[str], least: int) -> tuple[Cell, ...]:
    told = suppressed([counts[key] for key in keys], least)
    cells = (Cell(key, count) for key, count in zip(keys, told, strict=True))
    return tuple(cell for cell in cells if cell.code != OTHER or cell.count != 0)


def _rows(tx: Tx, year: int) -> Iterator[tuple[int, set[str], str | None, int]]:
    """Month, functions, access point, how many."""
    first, last = datetime(year, 1, 1), datetime(year + 1, 1, 1)
    if is_postgres(tx):
        called = func.fd_accesses(cast(wall_minutes(first), BigInteger), cast(wall_minutes(last), BigInteger))
        table = called.table_valued("month", "served", "needs", column("point", Uuid(as_uuid=False)), "people")
        for row in tx.rows(select(*table.c)):
            yield row.month, _functions(row.served, row.needs), row.point, row.people
        return
    contact, card = InfoContact, AccessCard
    grown = select(contact.access_card_id).where(contact.access_card_id.is_not(None), contact.deleted_at.is_(None))
    plain: tuple[Any, ...] = (
        select(contact.at, contact.function.label("served"), contact.need.label("needs"), contact.access_point_id)
        .where(contact.centre_id == tx.centre_id, contact.deleted_at.is_(None), contact.at >= first, contact.at < last),
        select(card.at, null().label("served"), card.needs.label("needs"), card.access_point_id)
        .where(card.centre_id == tx.centre_id, card.deleted_at.is_(None), card.at >= first, card.at < last,
               card.id.not_in(grown)),
    )  # fmt: skip
    for statement in plain:
        for row in tx.rows(statement):
            yield row.at.month, _functions(row.served, row.needs), row.access_point_id, 1


def _functions(served: str | None, needs: str | None) -> set[str]:
    """What an access was about: what was chosen, else the functions of its needs."""
    if served:
        return {served}
    return {found.function for code in (needs or "").split() if (found := need(code)) is not None}
