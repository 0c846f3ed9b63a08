"""The destruction of notes in full: the second word, then the file is cleaned of what deleting leaves."""

from __future__ import annotations

from famdesk.data.cleaning import clean
from famdesk.usecases.office import Office
from famdesk.usecases.paths import retention_due


def on_server(office: Office) -> bool:
    """Whether the data lie on a server, where cleaning is not ours."""
    return not office.is_locked and office.store.is_postgres


def carry_out(office: Office, destruction_id: str, version: int) -> bool:
    """Confirms a proposal and cleans the file; False where the cleaning is still to be done (see `clean_up`).

    Raises:
        SamePerson, NotForYou, Held, NotDue, NotProposed, NotFound, Stale, Forbidden, Unavailable.
    """
    office.run(retention_due.destroy, destruction_id, version)
    return clean_up(office)


def clean_up(office: Office) -> bool:
    """Cleans the file after destructions, and notes so in the register; False: somebody else is just reading.

    Raises:
        Forbidden, Unavailable.
    """
    with office.store.reading(office.actor) as tx, tx.doing(retention_due.note_cleaned.name):
        pass  # who may not destroy does not hold up everybody else
    if not clean(office.store.engine):
        return False
    office.run(retention_due.note_cleaned)
    return True
