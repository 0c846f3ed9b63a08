"""Ids sort by when they were made, whatever the clock does, and tell no two records apart by luck."""

from __future__ import annotations

import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from famdesk.domain import ids


def test_they_are_what_the_standard_says() -> None:
    before = time.time_ns() // 1_000_000
    made = uuid.UUID(ids.new_id())
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert before - 1 <= made.int >> 80 <= before + 60_000


def test_they_sort_by_when_they_were_made_also_within_a_millisecond() -> None:
    made = [ids.new_id() for _ in range(20_000)]
    assert made == sorted(set(made))


def test_a_clock_that_is_put_back_makes_none_earlier(monkeypatch: pytest.MonkeyPatch) -> None:
    first, now = ids.new_id(), time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now - 3_600_000_000_000)
    made = [first, *(ids.new_id() for _ in range(5000))]
    assert made == sorted(set(made))


def test_threads_get_different_ones() -> None:
    with ThreadPoolExecutor(8) as pool:
        made = [one for many in pool.map(lambda _: [ids.new_id() for _ in range(2000)], range(8)) for one in many]
    assert len(set(made)) == 16_000
