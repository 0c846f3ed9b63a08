"""What each role sees, in words that colleagues understand."""

from __future__ import annotations

from famdesk.i18n import N_, _

SEES = {
    "reception": N_("Accesses, waiting room, appointments and families of the centre. No protected files."),
    "educator": N_(
        "Accesses, appointments, initiatives and families of the centre. Protected files only if assigned to them."
    ),
    "social_worker": N_(
        "Accesses, appointments and families of the centre. Protected files only if in charge of them or assigned."
    ),
    "psychologist": N_(
        "Accesses, appointments and families of the centre. Protected files only if in charge of them or assigned."
    ),
    "coordinator": N_(
        "Everything of the centre, protected and restricted files too; hours, directory, staff and accounts."
    ),
    "administrator": N_("Centre, directory, hours, staff and accounts. No families and no appointments."),
    "auditor": N_(
        "Only looks: the journal, the register of processing, numbers by month, what the centre publishes. "
        "No name of a family."
    ),
}


def sees(role: str | None) -> str:
    """The sentence about a role; "" if none is chosen."""
    return _(SEES[role]) if role in SEES else ""
