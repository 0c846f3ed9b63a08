"""Which missed appointments count against nobody."""

from __future__ import annotations

import pytest

from famdesk.domain import codes
from famdesk.domain.calendar.no_shows import NEVER_COUNT, NoShows, counts, tally


@pytest.mark.parametrize("reason", [None, *codes.codes(codes.NO_SHOW_REASONS)])
def test_illness_and_transport_never_count(reason: str | None) -> None:
    assert counts(reason) is (reason not in {"illness", "transport"})
    assert tally([reason, reason]) == (NoShows(2, 0) if counts(reason) else NoShows(0, 2))


def test_what_never_counts_is_in_the_list() -> None:
    assert set(NEVER_COUNT) <= set(codes.codes(codes.NO_SHOW_REASONS))
    assert tally([]) == NoShows(0, 0)
