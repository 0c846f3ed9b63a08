"""Rows as they are stored, for `famdesk verify`: somebody may have written what is no id, no date and no number."""

from __future__ import annotations

import base64
import json
from datetime import date, time
from typing import Any
from uuid import UUID

from sqlalchemy import Text, type_coerce

from famdesk.data.base import Base


def as_stored(kind: type[Base], *names: str) -> list[Any]:
    """Columns to select (all, if none is named), each as what stands there."""
    table = kind.__table__
    columns = [table.columns[name] for name in names] or list(table.columns)
    return [type_coerce(column, Text).label(column.name) for column in columns]


def ident(value: object) -> str | None:
    """An id with dashes, from the form in which it is stored.

    Raises:
        ValueError: it is none, or written in another way.
    """
    if value is None:
        return None
    found = UUID(str(value))
    if str(value) not in {found.hex, str(found)}:
        raise ValueError
    return str(found)


def day(value: object) -> date:
    """A date.

    Raises:
        ValueError: it is none, or written in another way.
    """
    if isinstance(value, date):
        return value
    found = date.fromisoformat(str(value))
    if str(value) != found.isoformat():
        raise ValueError
    return found


def hour(value: object) -> time | None:
    """A time of day.

    Raises:
        ValueError: it is none, or written in another way.
    """
    if value is None or isinstance(value, time):
        return value
    found = time.fromisoformat(str(value))
    if str(value) not in {found.isoformat(), f"{found:%H:%M:%S.%f}"}:
        raise ValueError
    return found


def truth(value: object) -> bool:
    """Yes or no.

    Raises:
        ValueError: neither.
    """
    if isinstance(value, bool) or value in (0, 1):
        return bool(value)
    raise ValueError


def pairs(value: object) -> list[tuple[str, str]]:
    """A list of two texts each, as JSON holds it.

    Raises:
        ValueError: it is none, or written in another way.
    """
    found = json.loads(str(value))
    if json.dumps(found) != value or not all(isinstance(one, list) and len(one) == 2 for one in found):
        raise ValueError
    return [(str(first), str(second)) for first, second in found]


def decoded(value: object) -> bytes:
    """What base 64 stands for.

    Raises:
        ValueError: it is none, or written in another way: its last letter has bits that say nothing.
    """
    found = base64.b64decode(str(value), validate=True)
    if base64.b64encode(found).decode() != value:
        raise ValueError
    return found
