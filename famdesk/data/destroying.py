"""Notes whose term may be over, and their destruction: keys and sealed parts go, the row stays as a proof.

On a server both go by functions that hold the term, the holds and the second person themselves; in a file whoever is
signed in has the key of all rows anyway, and the journal with its signatures says who did it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, func, or_, select, text, update
from sqlalchemy.orm import Session, aliased

from famdesk.data.tables.notes import Note, NoteKey, NotePart, NotePerson, Path
from famdesk.data.tables.paths import Destruction

AT_ONCE = 400
DESTROY = "destroy"
"""The kind of the journal's entry that names the notes."""


@dataclass(frozen=True, slots=True)
class OldNote:
    """What is told of an old note without reading it. `latest`: the day of the newest note of its path."""

    id: str
    path_id: str | None
    author_id: str
    day: date
    state: str
    private: bool
    number: int | None
    hash: str | None
    latest: date
    people: tuple[str, ...]
    parts: int
    keys: int


def old_notes(session: Session, centre_id: str, staff_id: str, before: date, *, leads: bool) -> list[OldNote]:
    """Notes of a day up to `before`, of whatever kind: all for who leads, else one's own and those of the paths that
    one has in charge."""
    if _on_server(session):
        rows = session.connection().execute(text("SELECT * FROM fd_old_notes(:before)"), {"before": before}).all()
        return [OldNote(row.id, row.path_id, row.author_id, row.day, row.state, row.private, row.number, row.hash,
                        row.latest, tuple(map(str, row.people)), row.parts, row.keys) for row in rows]  # fmt: skip
    newest = aliased(Note)
    latest = select(func.max(newest.day)).where(
        newest.deleted_at.is_(None), newest.state != "destroyed", newest.centre_id == Note.centre_id,
        or_(newest.id == Note.id, newest.path_id == Note.path_id),
    ).scalar_subquery()  # fmt: skip
    parts = select(func.count()).where(NotePart.note_id == Note.id).scalar_subquery()
    keys = (
        select(func.count(NoteKey.id)).join(NotePart, NotePart.id == NoteKey.part_id)
        .where(NotePart.note_id == Note.id).scalar_subquery()
    )  # fmt: skip
    mine = or_(Note.author_id == staff_id, Note.path_id.in_(select(Path.id).where(Path.staff_id == staff_id)))
    told = (Note.id, Note.path_id, Note.author_id, Note.day, Note.state, Note.private, Note.number, Note.hash)
    statement = select(*told, latest.label("latest"), parts.label("parts"), keys.label("keys")).where(
        Note.centre_id == centre_id, Note.deleted_at.is_(None), Note.state != "destroyed", Note.day <= before,
        *(() if leads else (mine,)),
    )  # fmt: skip
    rows = session.execute(statement).all()
    people = _people(session, [row.id for row in rows])
    return [OldNote(row.id, row.path_id, row.author_id, row.day, row.state, row.private, row.number, row.hash,
                    row.latest, tuple(people.get(row.id, ())), row.parts, row.keys) for row in rows]  # fmt: skip


def last_noted(session: Session, people: Collection[str]) -> dict[str, date]:
    """The day of the last note about each person, of whatever kind; a server tells it exactly only of old ones."""
    found: dict[str, date] = {}
    wanted = sorted(people)
    if _on_server(session):
        call = text("SELECT * FROM fd_last_noted(CAST(:about AS uuid[]))")
        return {row.person_id: row.day for row in session.connection().execute(call, {"about": wanted}).all()}
    for first in range(0, len(wanted), AT_ONCE):
        statement = (
            select(NotePerson.person_id, func.max(Note.day)).join(Note, Note.id == NotePerson.note_id)
            .where(NotePerson.person_id.in_(wanted[first : first + AT_ONCE]), NotePerson.deleted_at.is_(None),
                   Note.deleted_at.is_(None), Note.state != "destroyed")
            .group_by(NotePerson.person_id)
        )  # fmt: skip
        found.update((person_id, day) for person_id, day in session.execute(statement).all())
    return found


def next_number(session: Session, centre_id: str, year: int) -> int:
    """The next number of the register of a year: others may have numbers of which one may not know."""
    if _on_server(session):
        return int(session.scalar(select(func.fd_next_destruction(year))) or 1)
    given = select(func.max(Destruction.number)).where(Destruction.centre_id == centre_id, Destruction.year == year)
    return int(session.scalar(given) or 0) + 1


def destroy(session: Session, destruction_id: str, note_ids: Sequence[str], today: date) -> None:
    """Destroys notes for good: every key, also those of the envelope and of colleagues, and every sealed part."""
    connection, ids = session.connection(), sorted(note_ids)
    if _on_server(session):
        call = text("SELECT fd_destroy(CAST(:which AS uuid), CAST(:ids AS uuid[]), :today)")
        connection.execute(call, {"which": destruction_id, "ids": ids, "today": today})
        return
    note, part, key = (_table(kind) for kind in (Note, NotePart, NoteKey))
    for first in range(0, len(ids), AT_ONCE):
        some = ids[first : first + AT_ONCE]
        of_them = select(part.c.id).where(part.c.note_id.in_(some))
        connection.execute(delete(key).where(key.c.part_id.in_(of_them)))
        values = {"state": "destroyed", "destroyed_on": today, "version": note.c.version + 1}
        connection.execute(update(note).where(note.c.id.in_(some)).values(values))
        connection.execute(delete(part).where(part.c.note_id.in_(some)))


def _people(session: Session, note_ids: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for first in range(0, len(note_ids), AT_ONCE):
        statement = select(NotePerson.note_id, NotePerson.person_id).where(
            NotePerson.note_id.in_(note_ids[first : first + AT_ONCE]), NotePerson.deleted_at.is_(None)
        )
        for note_id, person_id in session.execute(statement).all():
            found.setdefault(note_id, []).append(person_id)
    return found


def _table(kind: Any) -> Any:
    return kind.__table__


def _on_server(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"
