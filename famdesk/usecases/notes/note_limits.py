"""Until when a colleague reads what was given out of notes: looked up wherever a key would be used.

It knows rows only and opens nothing, so that reading notes can ask it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, select

from famdesk.data.tables.consents import Consent
from famdesk.data.tables.writing import NoteRelease
from famdesk.data.tx import Tx
from famdesk.domain.codes import label
from famdesk.domain.consent.consents import GROUND_RULES
from famdesk.domain.errors import RuleError
from famdesk.domain.notes.note_release import ENDINGS, over
from famdesk.i18n import N_

READ = frozenset({"note_release.read", "note_release.read_file"})
"""The ways on which a recipient reads: they tell the author."""


class ReadingOver(RuleError):
    message = N_("What was given to you out of session notes can no longer be read: {why}.")


class OpenedElsewhere(RuleError):
    message = N_("This was given to you to read: open it under “Given to me” in the notes.")


def ended(tx: Tx, note_ids: Iterable[str]) -> dict[str, str]:
    """Of notes that were given to this reader those that may no longer be read, with the code of why; notes that came
    to the reader in another way are missing."""
    ids, found = sorted(set(note_ids)), dict[str, str | None]()
    for first in range(0, len(ids), 400):
        some = NoteRelease.note_id.in_(ids[first : first + 400])
        for row in given(tx, some, NoteRelease.staff_id == tx.actor.staff_id):
            if found.get(row.note_id, "") is not None:
                found[row.note_id] = why_over(tx, row)
    return {note_id: why for note_id, why in found.items() if why is not None}


def check(tx: Tx, note_id: str) -> None:
    """Lets a reader open what is not the reader's own.

    Raises:
        ReadingOver.
        OpenedElsewhere: it was given to this reader, and would be opened without its author being told.
    """
    rows = given(tx, NoteRelease.note_id == note_id, NoteRelease.staff_id == tx.actor.staff_id)
    if not rows:
        return
    whys = [why_over(tx, row) for row in rows]
    if all(why is not None for why in whys):
        raise ReadingOver(why=label(ENDINGS, whys[0] or ""))
    if tx.outermost not in READ:
        raise OpenedElsewhere


def given(tx: Tx, *where: ColumnElement[bool]) -> list[Any]:
    """What was begun to be given out and fits, with the consent that covers it; the newest first."""
    release = NoteRelease
    return list(tx.rows(
        select(release.id, release.note_id, release.until, release.given_on, release.ended_why, release.consent_id,
               Consent.id.label("consent"), Consent.withdrawn_on, Consent.refused_on, Consent.valid_to, Consent.ground,
               Consent.signed, Consent.needed)
        .outerjoin(Consent, (Consent.id == release.consent_id) & Consent.deleted_at.is_(None))
        .where(release.centre_id == tx.centre_id, release.deleted_at.is_(None), *where)
        .order_by(release.id.desc())
    ))  # fmt: skip


def why_over(tx: Tx, row: Any) -> str | None:
    """Why what stands in a row of `given` is not read today, a code of `ENDINGS`; None: it may be read. A consent that
    this reader does not see counts as none."""
    if row.given_on is None:
        return "taken_back"
    return over(
        tx.today(), until=row.until, ended_why=row.ended_why, covered=row.consent_id is None or _stands(tx, row)
    )


def _stands(tx: Tx, row: Any) -> bool:
    if row.consent is None or row.withdrawn_on is not None or row.refused_on is not None:
        return False
    if row.valid_to is not None and row.valid_to < tx.today():
        return False
    lawful = row.ground is not None and not GROUND_RULES[row.ground].signatures
    return lawful or row.signed >= row.needed
