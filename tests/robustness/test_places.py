"""50 places, 70 who ask, 10 desks at once: `python -m tests.robustness.places` prints the figures."""

from __future__ import annotations

import pytest

from tests.robustness.places import APPLICANTS, MEETINGS, PLACES, race
from tests.support.offices import Desk


@pytest.mark.postgres
def test_no_place_is_given_twice_and_the_list_moves_in_order(server_desk: Desk) -> None:
    found = race(server_desk)
    assert not found.faults, found.words()
    assert found.most == PLACES, found.words()
    assert found.counts["asked"] == APPLICANTS, found.words()
    assert found.counts["offered"] > 3, found.words()
    assert found.counts["withdrawn"] > 10, found.words()
    assert found.moved > MEETINGS, found.words()
    assert found.counts["chairs"] > 0, found.words()
