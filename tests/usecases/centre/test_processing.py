"""The register of processing and the log of breaches."""

from __future__ import annotations

from datetime import date

import pytest

from famdesk.domain.consent.processing import PROPOSALS, authority_due
from famdesk.domain.errors import Forbidden, Required, TextTooLong
from famdesk.usecases.centre import processing
from tests.support.offices import Desk


def test_the_register_begins_with_proposals_once(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    assert office.run(processing.propose) == len(PROPOSALS)
    rows = office.fetch(processing.entries)
    assert sorted(row.name for row in rows) == sorted(one.name for one in PROPOSALS)
    assert all(row.measures and row.retention and row.role == "controller" for row in rows)
    with pytest.raises(processing.NothingMissing):
        office.run(processing.propose)
    office.run(processing.remove_entry, rows[0].id, rows[0].version)
    assert office.run(processing.propose) == 1


def test_an_entry_needs_name_and_purpose(desk: Desk) -> None:
    add = processing.add_entry
    for details in ({"name": " ", "purpose": "x"}, {"name": "x"}, {"purpose": "x"}):
        with pytest.raises(Required):
            desk.office.run(add, **details)  # type: ignore[arg-type]
    with pytest.raises(processing.UnknownProcessingRole):
        desk.office.run(add, name="x", purpose="y", role="king")
    with pytest.raises(TextTooLong):
        desk.office.run(add, name="x", purpose="y" * 4001)


def test_breaches_have_three_days(desk: Desk) -> None:
    office = desk.office
    late = office.run(processing.add_breach, found_on=date(2025, 2, 3), what="Chiavetta persa", people=12)
    office.run(processing.add_breach, found_on=date(2025, 2, 10), what="Busta sbagliata")
    rows = office.fetch(processing.breaches)
    assert [(row.due_on, row.late) for row in rows] == [(date(2025, 2, 13), False), (date(2025, 2, 6), True)]
    assert authority_due(date(2025, 2, 27)) == date(2025, 3, 2)
    office.run(processing.change_breach, late, 1, authority_told_on=date(2025, 2, 11))
    assert not any(row.late for row in office.fetch(processing.breaches))


def test_breaches_that_cannot_be(desk: Desk) -> None:
    add = processing.add_breach
    day = date(2025, 2, 10)
    with pytest.raises(Required):
        desk.office.run(add, found_on=day)
    with pytest.raises(processing.BreachInFuture):
        desk.office.run(add, found_on=date(2025, 2, 12), what="x")
    with pytest.raises(processing.ToldBefore):
        desk.office.run(add, found_on=day, what="x", authority_told_on=date(2025, 2, 9))
    with pytest.raises(processing.TooFewPeople):
        desk.office.run(add, found_on=day, what="x", people=-1)


def test_only_who_leads_writes_it(desk: Desk) -> None:
    office = desk.sign_in("reception")
    assert office.fetch(processing.entries) == ()
    with pytest.raises(Forbidden):
        office.run(processing.propose)
    with pytest.raises(Forbidden):
        office.fetch(processing.breaches)
