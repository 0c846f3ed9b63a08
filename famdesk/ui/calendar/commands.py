"""What can be done with the calendar from everywhere, by the command box; light, so that the frame knows it at once."""

from __future__ import annotations

from typing import Final

from famdesk.i18n import N_

IMPORT: Final = N_("Import a calendar file (.ics)…")
EXPORT: Final = N_("Export the calendar (.ics)…")
FIND: Final = N_("Find a common time…")
ABSENCE: Final = N_("New absence…")

COMMANDS: Final = ((FIND, "calendar-clock"), (ABSENCE, "calendar-x"), (IMPORT, "download"), (EXPORT, "upload"))
"""Msgid and icon of each."""
