"""The print register: who printed a sheet with people on it. What may stand on it says `outgoing`."""

from __future__ import annotations

from collections.abc import Sequence

from famdesk.data.tx import Tx
from famdesk.usecases.registry import query


@query
def note(tx: Tx, sheet: str, subjects: Sequence[tuple[str, str]]) -> None:
    """Notes in the journal that a sheet about these records is made: written down before the sheet is shown."""
    tx.log("print", subjects=[(table, row_id, sheet, []) for table, row_id in subjects])
