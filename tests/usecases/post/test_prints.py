"""The print register: noted before it is shown, told only as far as the reader may know, one's own or the centre's."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from famdesk.data.tables.people import Person
from famdesk.data.tx import Tx
from famdesk.domain.errors import Forbidden, NotFound
from famdesk.sheets.collecting import collect
from famdesk.usecases.calendar import calendar
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from famdesk.usecases.post import prints
from famdesk.usecases.post.prints import Filters
from tests.support.offices import Desk
from tests.support.scenarios import version

FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)


def _slip(office: Office, person: str) -> tuple[str, ...]:
    """The slip of an appointment is looked at; gives what it is known by."""
    starts = office.fetch(lambda tx: tx.now()).replace(minute=0) + timedelta(days=1)
    booked = office.run(calendar.book, starts=starts, ends=starts + timedelta(hours=1), kind="interview",
                        person_id=person)  # fmt: skip

    def gather(tx: Tx) -> tuple[str, ...]:
        collect.slip(tx, booked)
        return prints.marks(tx)

    return office.fetch(gather)


def _rows(office: Office, **filters: Any) -> list[tuple[str, str, int, tuple[str, ...], int]]:
    found = office.fetch(prints.register, FIRST, LAST, Filters(**filters)).rows
    return [(row.sheet, row.how, row.copies, row.people, row.others) for row in found]


def test_a_sheet_is_noted_before_it_is_shown_and_again_when_it_leaves(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    person = office.run(people.add_person, surname="Quarantotti", given_name="Zelinda")
    marks = _slip(office, person)
    assert _rows(office) == []
    seen = ("appointment-slip", "shown", 1, ("Quarantotti Zelinda",), 0)
    assert _rows(office, shown=True) == [seen]
    office.fetch(partial(prints.done, copies=3, purpose=" per il nido "), marks, prints.PRINTED)
    assert _rows(office) == [("appointment-slip", "printed", 3, ("Quarantotti Zelinda",), 0)]
    assert office.fetch(prints.register, FIRST, LAST).rows[0].purpose == "per il nido"
    assert _rows(office, how="mailed") == []
    assert _rows(office, how="shown") == [seen]


def test_nobody_says_what_became_of_the_sheet_of_another(desk: Desk) -> None:
    head, reception = desk.sign_in("coordinator"), desk.sign_in("reception")
    marks = _slip(head, head.run(people.add_person, surname="Quarantotti"))
    with pytest.raises(NotFound):
        reception.fetch(prints.done, marks, prints.PRINTED)
    with pytest.raises(NotFound):
        head.fetch(prints.done, ["%"], prints.PRINTED)


def test_each_reads_the_own_lines_and_the_coordinator_all(desk: Desk) -> None:
    head, reception = desk.sign_in("coordinator"), desk.sign_in("reception")
    person = reception.run(people.add_person, surname="Quarantotti")
    for office in (head, reception):
        office.fetch(prints.done, _slip(office, person), prints.SAVED)
    assert len(_rows(reception)) == 1
    assert len(_rows(head)) == 2
    assert head.fetch(prints.register, FIRST, LAST).whole
    assert not reception.fetch(prints.register, FIRST, LAST).whole
    assert len(_rows(head, staff_id=reception.actor.staff_id)) == 1
    assert head.fetch(prints.register, FIRST, date(2025, 1, 2)).rows == ()


def test_who_is_hidden_from_the_reader_is_only_counted(desk: Desk) -> None:
    head, reception = desk.sign_in("coordinator"), desk.sign_in("reception")
    person = reception.run(people.add_person, surname="Quarantotti")
    other = reception.run(people.add_person, surname="Altra")
    reception.fetch(prints.done, _slip(reception, person), prints.PRINTED)
    protect: Any = partial(people.set_protection, reason="lo chiede", protected=True, restricted=False)
    head.run(protect, person, version(head, Person, person))
    assert [(row[3], row[4]) for row in _rows(reception)] == [((), 1)]
    assert [(row[3], row[4]) for row in _rows(head)] == [(("Quarantotti",), 0)]
    assert _rows(head, person_id=other) == []
    with pytest.raises(NotFound):
        _rows(reception, person_id=person)


def test_who_printed_the_data_of_somebody(desk: Desk) -> None:
    head, reception = desk.sign_in("coordinator"), desk.sign_in("reception")
    person, other = (head.run(people.add_person, surname=name) for name in ("Quarantotti", "Altra"))
    reception.fetch(prints.done, _slip(reception, person), prints.PRINTED)
    head.fetch(prints.done, _slip(head, other), prints.PRINTED)
    found = head.fetch(prints.of_person, person)
    assert [(row.by, row.sheet, row.how) for row in found] == [(reception.actor.name, "appointment-slip", "printed")]
    assert isinstance(found[0].at, datetime)
    with pytest.raises(Forbidden):
        reception.fetch(prints.of_person, person)


def test_the_register_on_paper_names_as_the_gate_allows_and_is_noted(desk: Desk) -> None:
    head = desk.sign_in("coordinator")
    open_one, hidden = (
        head.run(people.add_person, surname=name, given_name="Zelinda") for name in ("Aperti", "Chiusi")
    )
    for person in (open_one, hidden):
        head.fetch(prints.done, _slip(head, person), prints.PRINTED)
    head.run(people.set_privacy, open_one, version(head, Person, open_one), "signed", date(2025, 2, 1))
    protect: Any = partial(people.set_protection, reason="lo chiede", protected=True, restricted=False)
    head.run(protect, hidden, version(head, Person, hidden))
    rows = head.fetch(prints.paper, FIRST, LAST).rows
    assert [(row.people, row.others) for row in rows] == [((), 1), (("Aperti Zelinda",), 0)]
    assert _rows(head, sheet="print-register", shown=True)[0][3] == ("Aperti Zelinda",)
