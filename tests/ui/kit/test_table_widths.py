from __future__ import annotations

import pytest

from famdesk.ui.kit.table_widths import shared


@pytest.mark.parametrize(
    ("bases", "needs", "room", "wanted"),
    [
        ([100, 0, 100], [100, 200, 100], 400, [100, 0, 100]),  # all have what they need
        ([100, 0, 100], [150, 200, 100], 450, [150, 0, 100]),  # one needs more, and there is more
        ([100, 0, 100], [150, 200, 100], 420, [120, 0, 100]),  # as far as it goes
        ([100, 0, 100], [60, 200, 100], 380, [80, 0, 100]),  # the free one needs what another does not
        ([100, 0, 100], [100, 200, 100], 300, [100, 0, 100]),  # nobody can give
        ([100, 0, 100], [100, 200, 100], 800, [200, 0, 200]),  # what nobody needs is everybody's
    ],
)
def test_columns_share_the_room(bases: list[int], needs: list[int], room: int, wanted: list[int]) -> None:
    assert shared(bases, needs, 1, room) == wanted
