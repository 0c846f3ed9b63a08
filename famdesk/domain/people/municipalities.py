"""Italian comuni by their ISTAT code, as far as the data files know them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from famdesk import resources


@dataclass(frozen=True, slots=True)
class Municipality:
    """A comune: ISTAT code (six digits), Italian name, letters of the province, and where its own holiday is found.

    `calendar` is a subdivision of the `holidays` library; `patron` is (name, month, day) where the data file gives the
    day itself; both None: no local holiday is known. `kind` is "patron" or "holiday" (a local day by law).
    """

    code: str
    name: str
    province: str
    calendar: str | None = None
    patron: tuple[str, int, int] | None = None
    kind: str = "patron"


def municipality(code: str | None) -> Municipality | None:
    """The comune with this ISTAT code; None if the files do not hold it."""
    return _all().get(code or "")


def municipalities(province: str | None = None) -> tuple[Municipality, ...]:
    """All comuni that the files hold, or those of a province ("CR"), by ISTAT code."""
    found = (comune for comune in _all().values() if province in (None, comune.province))
    return tuple(sorted(found, key=lambda comune: comune.code))


@lru_cache(maxsize=1)
def _all() -> MappingProxyType[str, Municipality]:
    found: dict[str, Municipality] = {}
    for file in sorted(resources.path("municipalities").glob("*.toml")):
        rows = tomllib.loads(file.read_text(encoding="utf-8"))["municipalities"]
        found.update({code: _read(code, row) for code, row in rows.items()})
    return MappingProxyType(found)


def _read(code: str, row: dict[str, Any]) -> Municipality:
    day = row.get("patron")
    patron = (day["name"], day["month"], day["day"]) if day else None
    return Municipality(code, row["name"], row["province"], row.get("calendar"), patron, row.get("kind", "patron"))
