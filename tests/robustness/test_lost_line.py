"""The server goes away in the middle of the work and comes back: told in words, nothing half, no new sign-in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from famdesk.data.checks.verify import verify
from famdesk.data.failures import ServerGone
from famdesk.data.tx import Tx
from famdesk.usecases.intake import intake
from famdesk.usecases.people import people
from tests.robustness.line import Line
from tests.support.offices import Desk
from tests.support.postgres import Server

pytestmark = pytest.mark.postgres


@pytest.fixture
def line(server_desk: Desk, postgres: Server) -> Iterator[Line]:
    """The desk reaches its server through this line."""
    line = Line((postgres.host, postgres.port))
    settings = server_desk.home.settings()
    assert settings.server is not None
    server_desk.home.save_settings(replace(settings, server=replace(settings.server, host="127.0.0.1", port=line.port)))
    yield line
    server_desk.close()
    line.cut()


def _found(office: object) -> int:
    return len(office.fetch(people.find_persons, "riempie"))  # type: ignore[attr-defined]


def test_the_line_breaks_and_is_mended(server_desk: Desk, line: Line) -> None:
    office = server_desk.sign_in("reception")
    office.run(people.add_person, surname="Riempie", given_name="Uno")
    for _round in range(3):
        line.cut()
        for work in (lambda: office.run(intake.log_contact, channel="door", need_text="x"), lambda: _found(office)):
            with pytest.raises(ServerGone) as caught:
                work()
            assert "cannot be reached" in caught.value.sentence()
            assert "SQL" not in caught.value.sentence()
        line.mend()
        assert _found(office) == 1
    office.run(people.add_person, surname="Riempie", given_name="Due")
    assert _found(office) == 2


def test_the_line_breaks_inside_a_step(server_desk: Desk, line: Line) -> None:
    """The step is there as a whole or not at all; what can be undone is what was acknowledged."""
    office = server_desk.sign_in("reception")

    def broken(tx: Tx) -> None:
        people.add_person(tx, surname="Riempie", given_name="Uno")
        tx.session.flush()
        line.cut()

    with pytest.raises(ServerGone):
        office.run(broken)
    assert office.undo_label() is None
    line.mend()
    assert _found(office) == 0
    office.run(people.add_person, surname="Riempie", given_name="Uno")
    assert _found(office) == 1
    assert verify(office.store.engine, office.keystore.load()) == []


def test_nobody_signs_in_over_a_cut_line(server_desk: Desk, line: Line) -> None:
    line.cut()
    with pytest.raises(ServerGone):
        server_desk.sign_in("reception")
    line.mend()
    server_desk.sign_in("reception").close()
