"""An evening at which heads are counted leaves nothing that names anybody in the database."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3
from sqlalchemy import func, select

from famdesk.data.base import Base
from famdesk.data.programmes import Meeting
from famdesk.domain.errors import RuleError
from famdesk.usecases import attendance, enrolment, initiatives, meetings, people, person_search, programmes
from famdesk.usecases.office import Office
from famdesk.usecases.programmes_rows import InitiativeValues, MeetingValues
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
    """Somebody is looked for by name and refused: no table, index or journal of the decrypted file holds the name."""
    office = file_desk.sign_in("reception")
    made, meeting = _evening(file_desk.sign_in("educator"))
    somebody = office.run(people.add_person, alias="Ospite")
    for name in NAMES:
        office.fetch(person_search.find_persons, name)
    with pytest.raises(RuleError):
        office.run(enrolment.enrol, made, somebody)
    with pytest.raises(RuleError):
        office.run(attendance.walk_in, meeting, somebody)
    office.run(attendance.count_heads, meeting, 2, 1, 1)
    plain = _decrypted(office, file_desk.home.folder)
    assert b"Aperitivo" in plain, "the file was read"
    assert not [name for name in NAMES if name.encode() in plain]
    assert not office.fetch(programmes.participants, made).enrolments


def _decrypted(office: Office, folder: Path) -> bytes:
    """The database without its encryption, page by page."""
    target = folder / "plain.db"
    with office.store.engine.connect() as connection:
        raw: sqlcipher3.dbapi2.Connection = connection.connection.driver_connection
        raw.execute(f"ATTACH DATABASE '{target}' AS plain KEY ''")
        raw.execute("SELECT sqlcipher_export('plain')")
        raw.execute("DETACH DATABASE plain")
    return target.read_bytes()
