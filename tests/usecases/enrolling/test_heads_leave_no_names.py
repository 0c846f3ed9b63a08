"""An evening at which heads are counted leaves nothing that names anybody in the database."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import create_engine, func, select
from sqlalchemy.pool import QueuePool

from famdesk.data.base import Base
from famdesk.data.engine import PRAGMAS
from famdesk.data.store import Store
from famdesk.data.tables.programmes import Meeting
from famdesk.domain.errors import RuleError
from famdesk.usecases.enrolling import attendance, enrolment
from famdesk.usecases.office import Office
from famdesk.usecases.people import people, person_search
from famdesk.usecases.programmes import initiatives, meetings, programmes
from famdesk.usecases.programmes.programmes_rows import InitiativeValues, MeetingValues
from tests.support.offices import Desk
from tests.support.scenarios import version

NAMES = ("Quarantotti", "Zelinda", "Gelsomina")
OF_PEOPLE = {"person", "enrolment", "attendance", "household", "membership", "contact_point", "draft", "search_key",
             "meeting_notice", "info_contact", "access_card", "visit"}  # fmt: skip


def _rows(office: Office) -> dict[str, int]:
    def count(tx: Any) -> dict[str, int]:
        tables = Base.metadata.tables.items()
        return {name: tx.session.scalar(select(func.count()).select_from(table)) or 0 for name, table in tables}

    return office.fetch(count)


def _evening(office: Office) -> tuple[str, str]:
    made = office.run(initiatives.add_initiative, InitiativeValues("Aperitivo", kind="community", counting="heads"))
    return made, office.run(meetings.add_meeting, made, MeetingValues(date(2025, 2, 11), time(18)))


def test_only_numbers_are_written(desk: Desk) -> None:
    office = desk.sign_in("reception")
    made, meeting = _evening(desk.sign_in("educator"))
    before = _rows(office)
    for adults, children, new in ((1, 0, 1), (2, 3, 0), (-1, 0, 0)):
        office.run(attendance.count_heads, meeting, adults, children, new)
    office.run(attendance.set_heads, meeting, version(office, Meeting, meeting), 31, 12, 6)
    office.fetch(programmes.initiative, made)
    after = _rows(office)
    grown = {name for name in after if after[name] != before[name]}
    assert grown <= {"audit", "audit_head", "change"}, grown
    assert not grown & OF_PEOPLE


def test_a_name_that_was_typed_at_the_door_is_not_kept(file_desk: Desk) -> None:
    """Somebody is looked for by name and refused: no byte of the decrypted file holds the name, none of its free pages
    and none of its log, with frames that count no more."""
    offices = [file_desk.sign_in(role) for role in ("reception", "educator")]
    path = _decrypted(offices)
    office, educator = offices
    made, meeting = _evening(educator)
    somebody = office.run(people.add_person, alias="Ospite", surname="Passaggera")
    for name in NAMES:
        office.fetch(person_search.find_persons, name)
    with pytest.raises(RuleError):
        office.run(enrolment.enrol, made, somebody)
    with pytest.raises(RuleError):
        office.run(attendance.walk_in, meeting, somebody)
    office.run(attendance.count_heads, meeting, 2, 1, 1)
    log = path.with_name(f"{path.name}-wal").read_bytes()
    assert b"Aperitivo" in log
    assert b"Passaggera" in log, "a name that is written is found"
    assert not _named(path.read_bytes() + log)
    assert not office.fetch(programmes.participants, made).enrolments
    for one in offices:
        one.store.engine.dispose()
    whole = path.read_bytes()
    assert b"Passaggera" in whole, "the log went into the file"
    assert not _named(whole)


def _named(raw: bytes) -> list[str]:
    small = raw.lower()
    return [name for name in NAMES if name.lower().encode() in small]


def _decrypted(offices: list[Office]) -> Path:
    """Lets them go on working in a copy of their file that is not encrypted, set up as the program does."""
    path = offices[0].home.folder / "plain.db"
    with offices[0].store.engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        raw.execute(f"ATTACH DATABASE '{path}' AS plain KEY ''")
        raw.execute("SELECT sqlcipher_export('plain')")
        raw.execute("DETACH DATABASE plain")

    def opened() -> Any:
        made = sqlcipher.connect(str(path), check_same_thread=False)
        for pragma in PRAGMAS:
            made.execute(f"PRAGMA {pragma}")
        return made

    for office in offices:
        office.store.engine.dispose()
        engine = create_engine("sqlite://", module=sqlcipher, creator=opened, poolclass=QueuePool)
        office.store = Store(engine, office.store.clock)
    return path
