"""Eight clients race for one room for a few seconds; fifty for a minute: `python -m tests.robustness.race`."""

from __future__ import annotations

import pytest

from tests.robustness.race import race
from tests.support.offices import Desk

CLIENTS, SECONDS = 8, 4


@pytest.mark.postgres
def test_one_room_and_many_who_want_it(server_desk: Desk) -> None:
    found = race(server_desk, CLIENTS, SECONDS)
    assert (found.overlapping, found.lost, found.chain) == (0, 0, 0), found.words()
    assert found.counts["crashed"] == 0, found.words()
    assert found.counts["booked"] > CLIENTS, found.words()
    assert found.counts["booked past the checks"] > 0, found.words()
    assert found.counts["refused"] > 0, found.words()
