"""What Today offers from everywhere, by the command box; light, so that the frame knows it at once."""

from __future__ import annotations

from typing import Final

from famdesk.domain.staff import rights
from famdesk.i18n import N_

UNFINISHED: Final = N_("Unfinished work…")


def commands_for(role: str) -> tuple[tuple[str, str], ...]:
    """Msgid and icon of each that this role has."""
    return ((UNFINISHED, "list-checks"),) if rights.cell("supervision.mine", role) else ()
