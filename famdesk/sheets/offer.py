"""Which sheets can be had in which languages."""

from __future__ import annotations

from famdesk.i18n import FAMILY_LANGUAGES, LANGUAGES

FOR_FAMILIES = frozenset({
    "opening-hours", "appointment-slip", "orientation-slip", "sign-in-sheet", "leaflet", "flyer", "feedback-form",
    "certificate", "application-letters",
})  # fmt: skip
"""Sheets that families get, in any of their languages; those of the desk are in a language of the interface."""
IN_TWO = frozenset({"opening-hours", "appointment-slip", "certificate", "application-letters"})
"""Sheets that can say the same in a second language."""
OWN_LANGUAGE = frozenset({"labels", "reminder-letters"})
"""Sheets without words, or with each page in the language of its reader."""


def languages(sheet: str) -> tuple[str, ...]:
    """The languages that are offered for a sheet."""
    return FAMILY_LANGUAGES if sheet in FOR_FAMILIES else LANGUAGES
