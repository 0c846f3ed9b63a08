"""What is loaded when the window is painted for the first time: each package that is not costs nobody's waiting."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.offices import Desk

HEAVY = ("sqlalchemy", "alembic", "reportlab", "holidays", "icalendar", "babel.dates")

FIRST_PAINT = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from famdesk.desk import DeskWindow
from famdesk.ui.first_paint import FirstPaint
from famdesk.data.home import Home
application = QApplication([])
desk = DeskWindow(application, Home(Path(sys.argv[1])))
def painted():
    print(json.dumps([name for name in json.loads(sys.argv[2]) if name in sys.modules]))
    application.exit()
original = FirstPaint.eventFilter
def look(self, watched, event):
    event.type() == event.Type.Paint and painted()
    return original(self, watched, event)
FirstPaint.eventFilter = look
QTimer.singleShot(10_000, application.quit)
desk.start()
application.exec()
desk.stop()
"""


@pytest.mark.parametrize("start", ["sign-in", "first start"])
def test_nothing_heavy_is_loaded_before_the_first_paint(file_desk: Desk, tmp_path: Path, start: str) -> None:
    file_desk.close()
    folder = file_desk.home.folder if start == "sign-in" else tmp_path / "empty"
    told = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT, str(folder), json.dumps(HEAVY)],
        capture_output=True, text=True, timeout=60, check=False, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert told.stdout.splitlines()[:1] == ["[]"], told.stdout + told.stderr
