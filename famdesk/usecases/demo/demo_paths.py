"""Paths of care of the demo: open ones, a team meeting, and one of long ago whose notes are due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta

from famdesk.data.tables.people import Person
from famdesk.data.tx import Tx
from famdesk.usecases.demo.demo_life import adults
from famdesk.usecases.notes import note_reading, notes
from famdesk.usecases.notes.note_rows import NoteTexts, NoteValues
from famdesk.usecases.office import Office
from famdesk.usecases.paths import case_agenda, paths

OPEN = (("mediation", "psychologist", 40), ("support", "psychologist", 150), ("fatherhood", "educator", 25),
        ("plan", "social_worker", 80))  # fmt: skip
"""Kind, who has it in charge, opened so many days ago."""
QUESTIONS = ("Come accompagnare il passaggio alla scuola primaria?", "Coinvolgere l’altro genitore: quando e come?")
SAID = "Nota inventata della dimostrazione."
YEARS_AGO = 8


def add(tx: Tx, staff: Mapping[str, str], families: Sequence[Sequence[Person]]) -> None:
    """Opens paths with some families, and plans a talk about two of them."""
    for (kind, role, days), members in zip(OPEN, families, strict=False):
        parents = adults(members, tx.today())
        people = parents if kind == "mediation" else parents[:1]
        if people and role in staff:
            paths.open_path(tx, kind, [one.id for one in people], staff_id=staff[role],
                            opened_on=tx.today() - timedelta(days=days))  # fmt: skip
    opened = paths.open_paths(tx, mine=False)
    if len(opened) > 1:
        tx.session.flush()
        meeting = case_agenda.add_meeting(tx, day=tx.today() + timedelta(days=6), starts=time(9, 30), place="stanza 2")
        tx.session.flush()
        for row, question in zip(opened, QUESTIONS, strict=False):
            case_agenda.add_case(tx, meeting, code=row.code, question=question, minutes=25, staff_id=row.staff_id)
            tx.session.flush()


def write(office: Office) -> None:
    """A path of long ago with its signed note, by its author: the term for keeping it is over."""
    opened = office.fetch(paths.open_paths)
    if not opened:
        return
    today = office.now().date()
    long_ago = date(today.year - YEARS_AGO, 3, 4)
    path = office.run(paths.open_path, "consultation", opened[-1].person_ids[:1], opened_on=long_ago)
    values = NoteValues("individual", long_ago + timedelta(days=14), opened[-1].person_ids[:1], path_id=path)
    note = office.run(notes.start, values, NoteTexts(SAID))
    row = next(one for one in office.fetch(note_reading.mine) if one.id == note)
    office.run(notes.sign, note, row.version)
    closed = long_ago + timedelta(days=120)
    office.run(paths.close_path, path, office.fetch(paths.path, path).version, closed_on=closed, reason="reached")
