"""From the start of the process to the first paint, the sign-in page beside a bare window; what was loaded by then."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from famdesk.cli.bench import Figure, paired

ROOT = Path(__file__).parents[2]
HEAVY = ("sqlalchemy", "reportlab", "alembic", "icalendar", "holidays", "openpyxl", "babel", "psycopg", "sqlcipher3")

WATCH = """
import json, os, sys
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

class FirstPaint(QObject):
    \"\"\"Says when a window is painted for the first time and what was loaded by then, and ends the process.\"\"\"

    def eventFilter(self, target, event):
        if event.type() == QEvent.Type.Paint and isinstance(target, QWidget):
            application.removeEventFilter(self)
            self.loaded = sorted(sys.modules)
            self.page = target.window().metaObject().className()
            QTimer.singleShot(0, self, self.say)
        return False

    def say(self):
        os.write(1, (json.dumps({"window": self.page, "modules": self.loaded}) + "\\n").encode())
        os._exit(0)

application = QApplication(sys.argv[:1])
watch = FirstPaint()
application.installEventFilter(watch)
"""

BARE = (
    WATCH
    + """
window = QMainWindow()
window.resize(1200, 800)
window.show()
application.exec()
"""
)

FAMDESK = (
    WATCH
    + """
from famdesk.__main__ import main
sys.exit(main(["--home", sys.argv[1]]))
"""
)


def first_paint(program: str, *arguments: str) -> dict[str, Any]:
    """Runs a program until its first paint; gives what it said then.

    Raises:
        RuntimeError: it ended before.
    """
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, env=environment, cwd=ROOT,
                          timeout=60, check=False)  # fmt: skip
    if done.returncode or not done.stdout:
        raise RuntimeError(done.stderr.decode())
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def figure(home: Path) -> Figure:
    """`home` is a folder with data: the sign-in page is what is painted."""
    return paired("start to first paint", lambda: first_paint(FAMDESK, str(home)), "a bare window of PySide6",
                  lambda: first_paint(BARE), 1.3, rounds=9)  # fmt: skip


COLD_POSTER = """
from datetime import time
from famdesk.sheets import opening_hours as sheet
spans = tuple(sheet.DayHours(day, (sheet.Span(time(9), time(12, 30)),)) for day in range(1, 6))
content = sheet.OpeningHours("Centro", tuple(sheet.PlaceHours(f"Piazza {n}", ("Cremona",), spans) for n in range(3)))
assert sheet.render(content).startswith(b"%PDF")
"""
COLD_BARE = """
from io import BytesIO
from famdesk.sheets.style import REGULAR, BOLD, register_fonts
from reportlab.pdfgen.canvas import Canvas
register_fonts()
out = BytesIO()
canvas = Canvas(out, initialFontName=REGULAR, pageCompression=1)
for name in (REGULAR, BOLD):
    canvas.setFont(name, 12)
    for line in range(20):
        canvas.drawString(72, 760 - 16 * line, f"Piazza Esempio, {line}: 9.00-12.30")
canvas.showPage()
canvas.save()
assert out.getvalue().startswith(b"%PDF")
"""


def cold_poster() -> Figure:
    """The first poster of a process, from the start of that process on."""

    def run(program: str) -> None:
        subprocess.run(
            [sys.executable, "-c", program], check=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
        )

    return paired("a poster in a new process", lambda: run(COLD_POSTER), "a bare page of reportlab, same fonts",
                  lambda: run(COLD_BARE), 1.2, rounds=7)  # fmt: skip
