"""From the start of the process to the first paint, the sign-in page beside a bare window; what was loaded by then."""

from __future__ import annotations

import compileall
import json
import os
import subprocess
import sys
from pathlib import Path

from famdesk.cli.bench import Figure, paired

ROOT = Path(__file__).parents[2]
QT_ENUMS = "PySide6.QtCore.Qt"
"""Told among what was loaded where the namespace's enums have been made."""
HEAVY = ("sqlalchemy", "reportlab", "alembic", "icalendar", "holidays", "openpyxl", "babel", "psycopg", "sqlcipher3")

# Each program tells what was loaded when its own `paintEvent` is called, and ends. An event filter would see the paint
# as well, but costs a call into Python for every event before it, of which a window with content has many more.
TELL = """
import json, os, sys

def tell():
    loaded = sorted(sys.modules)
    if "Qt" in vars(sys.modules["PySide6.QtCore"]):
        loaded.append("PySide6.QtCore.Qt")
    os.write(1, (json.dumps(loaded) + "\\n").encode())
    os._exit(0)
"""

BARE = (
    TELL
    + """
from PySide6.QtWidgets import QApplication, QMainWindow

class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        tell()

application = QApplication(sys.argv[:1])
window = Window()
window.resize(1200, 800)
window.show()
application.exec()
"""
)

FAMDESK = (
    TELL
    + """
import gc
from famdesk.__main__ import main
gc.disable()  # here and below as `main` does it, which finds loaded what is changed here
from famdesk.ui.sparing import spare_sources
spare_sources()
from famdesk import app

class Beginning(app.Beginning):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.furnished.connect(self.look)

    def _furnish(self):
        if type(self.window.cover).__name__ == os.environ["BENCH_UNTIL"]:
            tell()
        from famdesk import desk
        desk.load_behind = lambda desk: None  # the loading in a thread would race with this
        super()._furnish()

    def look(self, desk):
        if type(desk.window.cover).__name__ == os.environ["BENCH_UNTIL"]:
            self.first = app.FirstPaint(desk.window.cover)
            self.first.seen.connect(tell)

app.Beginning = Beginning
sys.exit(main(["--home", sys.argv[1]]))
"""
)


def first_paint(program: str, *arguments: str, until: str = "") -> list[str]:
    """Runs a program until its first paint, FamDesk until that of a page of the class `until`; gives what was loaded.


    Raises:
        RuntimeError: it ended before.
    """
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "PYTHONPATH": str(ROOT), "BENCH_UNTIL": until}
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, env=environment, cwd=ROOT,
                          timeout=60, check=False)  # fmt: skip
    if done.returncode or not done.stdout:
        raise RuntimeError(done.stderr.decode())
    loaded: list[str] = json.loads(done.stdout)
    return loaded


def figures(home: Path) -> list[Figure]:
    """`home` is a folder with data: the sign-in page comes. As in an installed program, the bytecode is there."""
    compileall.compile_dir(ROOT / "famdesk", quiet=1)
    return [paired("start to the sign-in page", lambda: first_paint(FAMDESK, str(home), until="SignInPage"),
                   "a bare window of PySide6", lambda: first_paint(BARE), 1.3, rounds=9)]  # fmt: skip


COLD_POSTER = """
from datetime import time
from famdesk.sheets.hours import opening_hours as sheet
spans = tuple(sheet.DayHours(day, (sheet.Span(time(9), time(12, 30)),)) for day in range(1, 6))
content = sheet.OpeningHours("Centro", tuple(sheet.PlaceHours(f"Piazza {n}", ("Cremona",), spans) for n in range(3)))
assert sheet.render(content).startswith(b"%PDF")
"""
COLD_BARE = """
from io import BytesIO
from famdesk import resources
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
names = ("NotoSans-Regular", "NotoSans-Bold")
for name in names:
    pdfmetrics.registerFont(TTFont(name, str(resources.path(f"fonts/{name}.ttf")), asciiReadable=False))
out = BytesIO()
canvas = Canvas(out, initialFontName=names[0], pageCompression=1)
for name in names:
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
