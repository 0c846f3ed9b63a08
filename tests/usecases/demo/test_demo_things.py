"""The demo has mediators, who are with families that need them, and what is guarded: a family, notes, the envelope."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.usecases.calendar import calendar, resources
from famdesk.usecases.demo import demo, demo_guarded, demo_names
from famdesk.usecases.notes import escrow, escrow_consents, note_reading
from famdesk.usecases.people import people
from tests.support.offices import Desk


def test_mediators_with_languages_are_with_those_who_need_them(file_desk: Desk) -> None:
    office = file_desk.sign_in("coordinator")
    office.run(demo.fill, 24)
    rows = office.fetch(resources.resources)
    spoken = {code for row in rows if row.values.kind == "mediator" for code in row.values.languages}
    assert {"ro", "ar", "pa", "uk", "sq"} <= spoken
    assert {row.values.kind for row in rows} == {"mediator", "equipment", "vehicle"}
    today = office.now().date()
    shown = office.fetch(calendar.appointments, today - timedelta(days=10), today + timedelta(days=20))
    mediators = {row.id for row in rows if row.values.kind == "mediator"}
    assert any(one.id in mediators for row in shown for one in row.others)


def test_a_protected_family_a_signed_note_and_the_envelope_are_there(file_desk: Desk, tmp_path: Path) -> None:
    coordinator, educator = file_desk.sign_in("coordinator"), file_desk.sign_in("educator")
    coordinator.run(_guarded)
    surname = demo_names.GUARDED[0]
    assert educator.fetch(people.find_persons, surname) == ()
    demo_guarded.seal(coordinator, tmp_path)
    codes = [line.partition(": ")[2] for line in (tmp_path / demo_guarded.FILE).read_text("utf-8").splitlines()[2:]]
    made = coordinator.keystore.load().envelope
    assert made is not None
    assert escrow.opened([codes[0], codes[2]]).box_public == made.key
    author = file_desk.sign_in("psychologist")
    assert len(author.fetch(people.find_persons, surname)) == 2
    demo_guarded.write(author)
    assert sorted(row.state for row in author.fetch(note_reading.mine)) == ["draft", "signed"]
    found = escrow_consents.look(author)
    assert (found.answer, found.outside) == ("agreed", 0)
    assert found.inside


def _guarded(tx: Tx) -> None:
    with tx.doing("demo.fill"):
        demo_guarded.add(tx, {row.role: row.id for row in tx.all(Staff, Staff.login.is_not(None))})
