"""What the demo has that is guarded: a protected family, whose notes only their author reads, and the sealed envelope.

Whoever tries the program signs in as one after the other, and sees what each finds of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

from famdesk.data.tables.calendar import Appointment
from famdesk.data.tables.people import ContactPoint, Household, Membership, Person
from famdesk.data.tx import Tx
from famdesk.usecases.demo import demo_names
from famdesk.usecases.family import relations
from famdesk.usecases.notes import escrow, escrow_consents, note_reading, notes
from famdesk.usecases.notes.note_rows import NoteTexts, NoteValues
from famdesk.usecases.office import Office
from famdesk.usecases.paths import paths
from famdesk.usecases.people import people

FILE = "busta-di-prova.txt"
"""Where the codes of the envelope stand, which in earnest are on three sheets with three people."""
SINCE_DAYS, NOTED_DAYS = 60, 12


def add(tx: Tx, staff: Mapping[str, str]) -> None:
    """A mother and her child whom, beside the coordinator, only the psychologist knows of, with a path of care; the
    social worker may open the file in an emergency."""
    if "psychologist" not in staff:
        return
    surname, mother, child = demo_names.GUARDED
    today = tx.today()
    one, other = (
        tx.add(Person(surname=surname, given_name=name, sex="F", birth_date=born, language="it", town="Cremona",
                      privacy="given", fictional=True))
        for name, born in ((mother, date(today.year - 37, 6, 2)), (child, date(today.year - 5, 9, 14)))
    )  # fmt: skip
    home = tx.add(Household(name=surname, town="Cremona"))
    for person, role in ((one, "mother"), (other, "child")):
        tx.add(Membership(household_id=home.id, person_id=person.id, role=role))
    tx.add(ContactPoint(person_id=one.id, kind="phone", value="0372 000911", may_leave_message=False, may_call=True,
                        safe_from=time(9), safe_to=time(12)))  # fmt: skip
    relations.add_relation(tx, one.id, other.id, "birth_parent", sure=True)
    tx.session.flush()
    for person in (one, other):
        people.assign(tx, person.id, staff["psychologist"])
        tx.session.flush()
        people.set_protection(tx, person.id, person.version, protected=True, restricted=False,
                              reason=demo_names.GUARDED_WHY)  # fmt: skip
    tx.session.flush()
    paths.open_path(tx, "support", [one.id], staff_id=staff["psychologist"],
                    opened_on=today - timedelta(days=SINCE_DAYS))  # fmt: skip
    _visit(tx, one.id, staff["psychologist"])


def _visit(tx: Tx, person_id: str, staff_id: str) -> None:
    """An appointment of the next working day: for who may not know of the family, the time is taken, and no more."""
    day = tx.today() + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    tx.add(Appointment(starts=datetime.combine(day, time(8)), ends=datetime.combine(day, time(8, 50)), function="B",
                       kind="psychology", person_id=person_id, staff_id=staff_id, state="planned"))  # fmt: skip


def seal(office: Office, folder: Path) -> None:
    """Makes the envelope, as the coordinator; the codes of its three parts go into a file of the demo's folder."""
    drawn = escrow.draw()
    escrow.make(office, drawn, demo_names.HOLDERS)
    told = [f"{name}: {code}" for name, code in zip(demo_names.HOLDERS, drawn.codes, strict=True)]
    (folder / FILE).write_text("\n".join([demo_names.ENVELOPE, "", *told, ""]), encoding="utf-8")


def write(office: Office) -> None:
    """A signed note and one that is still to be signed, by their author, who agrees to the envelope."""
    mine = [row for row in office.fetch(paths.open_paths) if row.kind == "support"]
    if not mine:
        return
    today = office.now().date()
    _sign(office, mine[-1].id, mine[-1].person_ids, today - timedelta(days=NOTED_DAYS))
    values = NoteValues("individual", today - timedelta(days=1), mine[0].person_ids[:1], path_id=mine[0].id)
    office.run(notes.start, values, NoteTexts(demo_names.DRAFTED))
    envelope = escrow_consents.look(office)
    if envelope.check:
        escrow_consents.answer(office, envelope.check, agreed=True)
        while office.run(escrow.put_in):
            pass


def _sign(office: Office, path_id: str, person_ids: Sequence[str], day: date) -> None:
    values = NoteValues("individual", day, tuple(person_ids[:1]), path_id=path_id)
    note = office.run(notes.start, values, NoteTexts(demo_names.NOTED))
    row = next(one for one in office.fetch(note_reading.mine) if one.id == note)
    office.run(notes.sign, note, row.version)
