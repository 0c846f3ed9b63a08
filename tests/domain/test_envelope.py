"""What a holder types back of a part of the envelope's key."""

from __future__ import annotations

from collections import Counter

from famdesk.domain.notes.envelope import HOLDERS, NEEDED, asked_back, groups, same_group

CODE = "ZQYHZ-TG1T7-PQTD1-WYC6W-ET7QJ-1RB5F-0R5XH-M6Z87-BV"


def test_two_groups_are_asked_that_are_not_on_every_part() -> None:
    seen = Counter(asked_back(CODE) for _time in range(500))
    assert len(seen) == 21, "each pair of the second to the eighth comes up"
    assert all(1 < first < second < 9 for first, second in seen)


def test_a_group_is_typed_as_people_type() -> None:
    assert groups(CODE)[6] == "0R5XH"
    for typed in ("0R5XH", "or5xh", " O R5-XH "):
        assert same_group(typed, "0R5XH")
    for typed in ("", "0R5X", "0R5XH0", "0R5XK"):
        assert not same_group(typed, "0R5XH")


def test_two_of_three() -> None:
    assert (NEEDED, len(HOLDERS)) == (2, 3)
