"""Nobody is found by a small number, nor by what is missing to a sum."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from famdesk.domain.consent.suppression import LEAST, suppressed, threshold


@pytest.mark.parametrize(("cells", "wanted"), [
    ((10, 8, 6), (10, 8, 6)),
    ((10, 8, 0), (10, 8, 0)),
    ((10, 8, 2), (10, None, None)),
    ((10, 4, 3), (10, None, None)),
    ((10, 1, 1), (None, None, None)),
    ((3, 1, 0), (None, None, None)),
    ((9, 0, 1), (None, 0, None)),
    ((0, 0, 0), (None, None, None)),
])  # fmt: skip
def test_small_cells(cells: tuple[int, ...], wanted: tuple[int | None, ...]) -> None:
    assert suppressed(cells, 5) == wanted


def test_k_is_never_below_three() -> None:
    assert threshold(1) == LEAST
    assert threshold() == 5


@given(st.lists(st.integers(0, 30), min_size=2, max_size=6), st.integers(0, 12))
def test_nothing_small_is_told_or_can_be_worked_out(cells: list[int], k: int) -> None:
    least, found = threshold(k), suppressed(cells, k)
    assert all(cell is None or cell == 0 or cell >= least for cell in found)
    assert all(cell is None or cell == cells[place] for place, cell in enumerate(found))
    hidden = [cells[place] for place, cell in enumerate(found) if cell is None]
    if hidden and len(hidden) < len(cells):
        assert len(hidden) > 1
        assert sum(hidden) >= least
