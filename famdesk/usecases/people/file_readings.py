"""What the time line of a file tells of who opened it: emergency accesses, and others at notes of the reader's own."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from famdesk.data.tables.notes import Note, NotePerson
from famdesk.data.tx import Tx
from famdesk.domain.notes.emergency import until
from famdesk.domain.staff import rights
from famdesk.i18n import _, formats
from famdesk.usecases import readings
from famdesk.usecases.notes.note_people import parts_of_file
from famdesk.usecases.people import emergency
from famdesk.usecases.people.person_rows import TimelineRow

NOTES = 40
"""One's own notes about somebody, the newest, whose openings stand in the time line."""
LINES = 60


def told_in_file(tx: Tx, person_id: str) -> Iterator[TimelineRow]:
    """The lines for who reads the file now; none for whom it does not concern."""
    if rights.cell(emergency.of_person.name, tx.actor.role):
        yield from _emergencies(tx, person_id)
    if rights.cell(readings.of_note.name, tx.actor.role):
        yield from _of_notes(tx, person_id)


def _emergencies(tx: Tx, person_id: str) -> Iterator[TimelineRow]:
    for row in emergency.of_person(tx, person_id):
        # Translators: in the time line of a file; {name} is a colleague
        what = _("Emergency access of {name}").format(name=row.by)
        yield TimelineRow("emergency", row.id, row.asked.date(), row.asked.time(), what, (until(row.until), row.reason),
                          "open" if row.open else "over")  # fmt: skip


def _of_notes(tx: Tx, person_id: str) -> Iterator[TimelineRow]:
    """Who else opened, shared or got one's own signed notes about this person."""
    rows = tx.rows(
        select(Note.id, Note.day).distinct().join(NotePerson, NotePerson.note_id == Note.id)
        .where(NotePerson.person_id.in_(parts_of_file(tx, person_id)), NotePerson.deleted_at.is_(None),
               Note.deleted_at.is_(None), Note.author_id == tx.actor.staff_id, Note.state == "signed")
        .order_by(Note.day.desc(), Note.id.desc()).limit(NOTES)
    )  # fmt: skip
    days = {row.id: row.day for row in rows}
    for one in readings.about_notes(tx, list(days), LINES):
        if one.mine:
            continue
        # Translators: in the time line of a file, for the author of a session note: that a colleague opened it
        what = _("Your note of {day}: {name} opened it") if one.kind == "read" else _("Your note of {day}: {name}")
        yield TimelineRow("reading", one.note_id, one.at.date(), one.at.time(),
                          what.format(day=formats.date_num(days[one.note_id]), name=one.by),
                          (one.station, one.reason or ""), None)  # fmt: skip
