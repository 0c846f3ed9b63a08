"""To which path of care an appointment belongs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from famdesk.data.tables.calendar import Appointment
from famdesk.data.tables.notes import Path
from famdesk.data.tx import Tx
from famdesk.domain.errors import NotFound
from famdesk.domain.staff import rights
from famdesk.usecases.paths.path_rows import walkers_of
from famdesk.usecases.paths.paths import OfNobodyHere, PathClosed, set_appointment

KEPT: Final = ""
"""Instead of a path: the one that stands there stays."""


def settle(tx: Tx, found: Appointment, wanted: str | None, others: Iterable[str]) -> None:
    """Puts an appointment to a path, None to none. `others`: the ids of persons who take part beside its own.

    A path that stays (`KEPT`) goes when nobody who walks it takes part any more; of one that may not be known nothing
    is said, and it stays.

    Raises:
        PathClosed, OfNobodyHere, NotFound.
    """
    present = {found.person_id, *others}
    if wanted == KEPT:
        known = tx.find(Path, found.path_id)
        if known is not None and present.isdisjoint(walkers_of(tx, [known.id])[known.id]):
            found.path_id = None
        return
    if wanted != found.path_id and not rights.cell(set_appointment.name, tx.actor.role):
        raise NotFound
    if wanted is not None and wanted != found.path_id and tx.get(Path, wanted).closed_on is not None:
        raise PathClosed("path_id")
    if wanted is not None and present.isdisjoint(walkers_of(tx, [wanted])[wanted]):
        raise OfNobodyHere("path_id")
    found.path_id = wanted
