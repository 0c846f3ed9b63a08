"""The delay after wrong passwords: it grows, outlives the program, and no clock shortens or lengthens it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from famdesk.data.failures import ReadOnly
from famdesk.data.keys.throttle import Throttle, WaitFirst, delay

NOW = datetime(2025, 2, 11, 11, 41, tzinfo=UTC)


def _fail(path: Path, times: int, now: datetime = NOW) -> int:
    return [Throttle(path).failed("anna", now) for _try in range(times)][-1]


def test_how_it_grows() -> None:
    assert [delay(count) for count in range(13)] == [0] * 5 + [30, 60, 120, 240, 480, 900, 900, 900]
    assert delay(10**6) == 900


def test_five_tries_are_free(tmp_path: Path) -> None:
    path = tmp_path / "tries"
    assert _fail(path, 4) == 0
    Throttle(path).check("anna", NOW)
    assert _fail(path, 1) == 30
    with pytest.raises(WaitFirst) as caught:
        Throttle(path).check("anna", NOW + timedelta(seconds=10.5))
    assert caught.value.params["seconds"] == 20
    assert "20" in caught.value.sentence()
    Throttle(path).check("anna", NOW + timedelta(seconds=30))


def test_others_do_not_wait(tmp_path: Path) -> None:
    _fail(tmp_path / "tries", 9)
    Throttle(tmp_path / "tries").check("bea", NOW)


def test_success_forgets_and_counts(tmp_path: Path) -> None:
    _fail(tmp_path / "tries", 7)
    assert Throttle(tmp_path / "tries").succeeded("anna") == 7
    assert Throttle(tmp_path / "tries").succeeded("anna") == 0
    Throttle(tmp_path / "tries").check("anna", NOW)


def test_a_clock_put_back_neither_skips_nor_lengthens_the_delay(tmp_path: Path) -> None:
    path = tmp_path / "tries"
    _fail(path, 6)
    yesterday = NOW - timedelta(days=1)
    with pytest.raises(WaitFirst) as caught:
        Throttle(path).check("anna", yesterday)
    assert caught.value.params["seconds"] == 60
    with pytest.raises(WaitFirst):
        Throttle(path).check("anna", yesterday + timedelta(seconds=59))
    Throttle(path).check("anna", yesterday + timedelta(seconds=60))


@pytest.mark.parametrize("content", ["", "{", "[]", '{"abcd": 1}', '{"abcd": [null, 2]}', "\ud7ff"])
def test_a_damaged_file_counts_from_the_start(tmp_path: Path, content: str) -> None:
    path = tmp_path / "tries"
    path.write_text(content, encoding="utf-8")
    Throttle(path).check("anna", NOW)
    assert Throttle(path).failed("anna", NOW) == 0


def test_what_was_typed_as_a_name_is_not_kept(tmp_path: Path) -> None:
    """People type the password into the name's field."""
    path = tmp_path / "tries"
    Throttle(path).failed("Zanzara-segreta-99", NOW)
    Throttle(path).failed("\udc80", NOW)
    text = path.read_text(encoding="utf-8")
    assert "anzara" not in text
    assert len(text) < 80


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReadOnly):
        Throttle(tmp_path / "away" / "tries").failed("anna", NOW)
