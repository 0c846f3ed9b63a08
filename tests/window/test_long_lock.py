"""A desk that stays locked: another process takes the place of this one, with the same data and nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from famdesk.usecases.demo.demo_accounts import DEMO_PASSWORD
from tests.support.screen import Screen
from tests.window.conftest import go_to, sign_in

pytestmark = pytest.mark.window

SOON = """
import sys
from famdesk.ui import replacing
replacing.AFTER_MS = 400
from famdesk.__main__ import main
sys.exit(main())
"""
"""The program as it is, with half an hour that passes at once."""


def _place(process: int) -> str:
    """Where the code of a process begins in memory: a program that takes the place of another lies elsewhere."""
    return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").split()[25]


def test_a_long_lock_ends_in_another_process(a_screen: Screen, demo_home: Path) -> None:
    desk = a_screen.start(home=demo_home, code=SOON)
    sign_in(desk, "accoglienza")
    go_to(desk, "Come", "alt+2")
    desk.press("ctrl+l")
    before = _place(desk.process.pid)
    desk.wait_for("Utente", "text")
    assert _place(desk.process.pid) != before, "it is another program in the same place"
    desk.wait_title("FamDesk")
    sign_in(desk, "accoglienza", DEMO_PASSWORD, view="Accoglienza")
    desk.press("alt+F4")
    desk.until(lambda: desk.process.poll() is not None, "the program ends")
    assert desk.process.returncode == 0
    assert not (demo_home / "kept").exists() or not list((demo_home / "kept").iterdir())
