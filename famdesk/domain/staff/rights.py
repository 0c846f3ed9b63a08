"""Who may do what to whose record. Deny by default; deny wins.

One row of the table (`rights_table.TABLE`) per use-case and query, one cell per role. A cell holds letters:

    o  records that are one's own (in charge, operator, author)
    a  records of persons one is assigned to
    c  records of the own centre
    x  records of other centres (the shared directory)
    p  beside the above: also protected files, without being in charge or assigned
    r  beside the above: also files whose processing is restricted (GDPR art. 18)
    -  nothing

Between the rows a line "@ power" says to which power (see `famdesk.domain.staff.powers`) the rows below it belong.
A colleague who is blocked from a person (conflict of interest) sees nothing of it, whatever the letters say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from famdesk.domain.staff import powers
from famdesk.i18n import N_, _

ROLES = ("reception", "educator", "social_worker", "psychologist", "coordinator", "administrator", "auditor")

ROLE_LABELS = {
    "reception": N_("reception"),
    "educator": N_("educator"),
    "social_worker": N_("social worker"),
    "psychologist": N_("psychologist"),
    "coordinator": N_("coordinator"),
    "administrator": N_("administrator"),
    "auditor": N_("auditor"),
}

LETTERS = frozenset("oacxpr")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a record is to the person who asks."""

    own: bool = False
    assigned: bool = False
    same_centre: bool = True
    protected: bool = False
    restricted: bool = False
    blocked: bool = False


def allows(cell: str, facts: Facts) -> bool:
    """Whether a cell covers a record."""
    if facts.blocked:
        return False
    tied = ("o" in cell and facts.own) or ("a" in cell and facts.assigned)
    near = "c" in cell if facts.same_centre else "x" in cell
    if not (tied or near):
        return False
    if facts.protected and not (tied or "p" in cell):
        return False
    return not facts.restricted or "r" in cell


class Role(str):
    """The code of a role as one centre has it; `without`: the powers that the centre took away from it."""

    without: frozenset[str]

    def __new__(cls, code: str, without: Iterable[str] = ()) -> Role:
        made = super().__new__(cls, code)
        made.without = frozenset(without)
        return made


def cell(action: str, role: str) -> str:
    """The letters of a use-case for a role; "" if the use-case has no row, the role no letters, or a `Role` not the
    power to which the use-case belongs."""
    letters = parsed().get(action, {}).get(role, "")
    return letters if letters and holds(role, power_of(action)) else ""


def holds(role: str, power: str) -> bool:
    """Whether a role has a power; a plain code has all that the table allows."""
    without = role.without if isinstance(role, Role) else frozenset()
    if power == powers.NAMES:
        return bool((ceiling().get(str(role), frozenset()) & powers.PEOPLE) - without)
    return power not in without


def roles_for(action: str, centre: Mapping[str, Iterable[str]] | None = None) -> list[str]:
    """The names, in the current language, of the roles that may do something at all; `centre`: the powers that it took
    away from roles."""
    taken = centre or {}
    return [_(ROLE_LABELS[role]) for role in ROLES if cell(action, Role(role, taken.get(role, ())))]


def power_of(action: str) -> str:
    """The power that a use-case or query belongs to; "" for one without a row."""
    return _read().powers.get(action, "")


@lru_cache(maxsize=1)
def ceiling() -> dict[str, frozenset[str]]:
    """The powers that a centre can give to each role: those in which the role has letters in some row."""
    found: dict[str, set[str]] = {role: set() for role in ROLES}
    for action, row in parsed().items():
        for role in ROLES:
            if row[role] and power_of(action) in powers.CODES:
                found[role].add(power_of(action))
    return {role: frozenset(codes) for role, codes in found.items()}


def parsed() -> dict[str, dict[str, str]]:
    """The table as {action: {role: letters}}.

    Raises:
        ValueError: a row that is not well formed: a mistake of ours, found by the first test that runs.
    """
    return _read().rows


@dataclass(frozen=True, slots=True)
class _Table:
    rows: dict[str, dict[str, str]]
    powers: dict[str, str]


@lru_cache(maxsize=1)
def _read() -> _Table:
    from famdesk.domain.staff.rights_table import TABLE

    table, power = _Table({}, {}), ""
    for line in TABLE.splitlines():
        words = line.split()
        if not words or line.startswith("#"):
            continue
        if words[0] == "@":
            power = words[1]
            continue
        action, letters = words[0], words[1:]
        good = len(letters) == len(ROLES) and all(set(word) <= LETTERS | {"-"} for word in letters)
        if not good or action in table.rows or power not in {powers.BASICS, powers.NAMES, *powers.CODES}:
            raise ValueError(f"rights table: {line}")
        table.rows[action] = {role: word.replace("-", "") for role, word in zip(ROLES, letters, strict=True)}
        table.powers[action] = power
    return table
