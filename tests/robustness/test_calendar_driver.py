"""Whatever somebody does in the calendar, in whatever order: the data stay whole and every step can be undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.robustness.calendar_driver import drive

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
ACTIONS = 100


@pytest.mark.slow
@pytest.mark.parametrize("number", [11, 12])
def test_random_actions_leave_nothing_wrong(qtbot: QtBot, tmp_path: Path, number: int) -> None:
    report = drive(tmp_path, ACTIONS, number)
    assert report.problems == []
    assert sum(report.actions.values()) == ACTIONS
    assert report.saved > 20
    assert report.undone > 10
