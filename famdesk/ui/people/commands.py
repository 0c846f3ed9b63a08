"""What can be done with persons from everywhere, by the command box; light, so that the frame knows it at once."""

from __future__ import annotations

from typing import Final

from famdesk.domain.staff import rights
from famdesk.i18n import N_

EMERGENCY: Final = N_("Emergency access…")


def commands_for(role: str) -> tuple[tuple[str, str], ...]:
    """Msgid and icon of each that this role has."""
    return ((EMERGENCY, "shield-alert"),) if rights.cell("emergency.ask", role) else ()
