"""What the window takes for now is the centre's wall time, whatever the zone of the computer."""

from __future__ import annotations

import ast
from datetime import datetime
from pathlib import Path

from pytestqt.qtbot import QtBot

from famdesk.ui.intake.page import IntakePage
from famdesk.ui.kit.runner import Runner
from tests.support.offices import Desk

BEFORE_ANY_BOARD = {"header.py", "mini_month.py"}
"""What the calendar's parts hold until the first board tells them the centre's day; first start has no centre yet."""


def test_a_new_access_card_begins_at_the_centres_time(file_desk: Desk, qtbot: QtBot) -> None:
    office = file_desk.sign_in("reception")
    runner = Runner(office)
    page = IntakePage(runner)
    qtbot.addWidget(page)
    expected = office.fetch(lambda tx: tx.now())
    assert runner.now().replace(second=0, microsecond=0) == expected
    assert expected != datetime.now().replace(second=0, microsecond=0), "the test would prove nothing"
    page.card.open_new(None)
    assert page.card.work.card.initial["at"] == expected
    runner.close()


def test_no_module_of_the_window_asks_the_computer(project: Path) -> None:
    found = []
    for path in (project / "famdesk" / "ui").rglob("*.py"):
        if path.name in BEFORE_ANY_BOARD or path.parent.name == "first_start":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"datetime.now", "date.today"}:
                found.append(f"{path.name}:{node.lineno}")
    assert found == []
