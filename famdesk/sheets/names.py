"""What the sheets are called, by their keys: on the screen, in the print register and in the printer's queue."""

from __future__ import annotations

from famdesk.i18n import N_, _
from famdesk.usecases.post import prints

NAMES: dict[str, str] = {
    "opening-hours": N_("Opening hours"),
    "day-sheet": N_("Day sheet"),
    "calendar": N_("Calendar"),
    "access-card": N_("Access card"),
    "call-list": N_("Call list"),
    "reminder-letters": N_("Reminder letters"),
    "letter": N_("Letter"),
    "report": N_("Written report"),
    "envelope": N_("Envelopes"),
    "labels": N_("Address labels"),
    "orientation-slip": N_("Orientation slip"),
    "sign-in-sheet": N_("Sign-in sheet"),
    "leaflet": N_("Leaflet of a season"),
    "flyer": N_("Flyer"),
    "certificate": N_("Certificates of attendance"),
    "feedback-form": N_("Feedback form"),
    "cycle-summary": N_("Summary of a cycle"),
    "statistics": N_("Statistics"),
    "certificate-register": N_("Register of certificates"),
    "application-list": N_("Applications for a call"),
    "application-letters": N_("Letters about a call"),
    "appointment-slip": N_("Appointment slip"),
    "consent": N_("Consent"),
    "genogram": N_("Genogram"),
    "data-copy": N_("Copy of the data"),
    "print-register": N_("Print register"),
}
"""The keys under which `prints.note` writes sheets down."""

HOW: dict[str, str] = {
    # Translators: what became of a sheet: it was made and looked at
    prints.SHOWN: N_("only looked at"),
    # Translators: what became of a sheet
    prints.PRINTED: N_("printed"),
    # Translators: what became of a sheet: it was saved as a file
    prints.SAVED: N_("saved as a file"),
    # Translators: what became of a sheet
    prints.MAILED: N_("sent by mail"),
    # Translators: what became of a sheet: printer or mail server refused
    prints.REFUSED: N_("not taken by printer or server"),
}


def sheet_name(key: str) -> str:
    """The name of a sheet in the current language; the key itself where a newer program wrote it."""
    return _(NAMES[key]) if key in NAMES else key


def how_words(how: str) -> str:
    """What became of a sheet, in words."""
    return _(HOW[how]) if how in HOW else how
