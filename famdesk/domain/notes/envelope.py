"""The sealed envelope of session notes: who holds its shares, and the groups of letters that are typed back."""

from __future__ import annotations

import secrets

from famdesk.domain.codes import Code, Table
from famdesk.i18n import N_

HOLDERS: Table = (
    Code("coordinator", N_("Coordinator")),
    # Translators: the second of three people who each keep a part of a key
    Code("second", N_("Second holder")),
    # Translators: the professional association of psychologists, or the data protection officer
    Code("order", N_("Order of psychologists, or data protection officer")),
)
NEEDED = 2
GROUP = 5


def groups(code: str) -> tuple[str, ...]:
    """The groups of five letters of a code, as they stand on paper."""
    letters = "".join(letter for letter in code.upper() if letter.isalnum())
    return tuple(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))


def asked_back(code: str) -> tuple[int, int]:
    """Which two groups of a code its holder types back, from 1: whole ones, each time others, and not the first one,
    which all parts have in common."""
    whole = [number for number, group in enumerate(groups(code), start=1) if len(group) == GROUP and number > 1]
    first = secrets.choice(whole)
    second = secrets.choice([number for number in whole if number != first])
    return min(first, second), max(first, second)


def same_group(typed: str, group: str) -> bool:
    """Whether a group was typed as it stands on paper: case, blanks, and letters that look alike do not matter."""
    folded = typed.upper().replace("O", "0").replace("I", "1").replace("L", "1")
    return "".join(letter for letter in folded if letter.isalnum()) == group
