"""Paths of care: why they end, and the code that stands for one wherever nobody is to be named."""

from __future__ import annotations

import re

from famdesk.domain.codes import Code, Table
from famdesk.domain.notes.notes import PATH_KINDS
from famdesk.i18n import N_

__all__ = ["CLOSING_REASONS", "PATH_KINDS", "code_of", "number_in"]

CLOSING_REASONS: Table = (
    Code("reached", N_("Aims reached")),
    Code("partly", N_("Aims reached in part")),
    Code("broken_off", N_("Broken off by the family")),
    Code("sent_on", N_("Passed on to another service")),
    Code("moved", N_("Moved away")),
    Code("unsuitable", N_("Not the right offer")),
    Code("other", N_("Other")),
)

_CODE = re.compile(r"\s*P\s*-?\s*0*(\d{1,9})\s*", re.IGNORECASE)


def code_of(number: int) -> str:
    """What a path is called without naming anybody: 42 is "P-0042"."""
    return f"P-{number:04d}"


def number_in(text: str) -> int | None:
    """The number of a code as somebody types it, such as "p42" or "P-0042"; None if it is none."""
    found = _CODE.fullmatch(text)
    return int(found.group(1)) if found else None
