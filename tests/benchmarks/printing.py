"""What sheets cost beside a bare page of reportlab and beside other programs that make PDF: the same words, one run.

`python3 dev.py bench print [--peers PYTHON] [--rounds N] [--processor] [--json]`

typst and WeasyPrint are looked for in this environment and in that of `--peers`, LibreOffice on the path; what is not
there is named. In each round everybody takes a turn, so that a busy computer slows all of them; `--processor` counts
the time that the processes computed instead of the time that passed.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import time as clock_time
from io import BytesIO
from pathlib import Path

from famdesk.cli.bench import Figure, paired, show
from tests.benchmarks import print_peers
from tests.benchmarks.print_peers import FONTS, ROWS, booklet_html, booklet_typst, poster_html, poster_odt, poster_typst
from tests.benchmarks.start import COLD_BARE, COLD_POSTER, ROOT

PAGES = 60
COLD_SIX = f"""
from datetime import time
from famdesk.sheets.hours import opening_hours as sheet
spans = tuple(sheet.DayHours(day, (sheet.Span(time(9), time(12, 30)),)) for day in range(1, 6))
notes = {print_peers.SIX!r}
places = tuple(sheet.PlaceHours(f"Piazza {{n}}", ("Cremona",), spans, note) for n, note in enumerate(notes[:3]))
content = sheet.OpeningHours("Centro", places, " · ".join(notes[3:]))
assert sheet.render(content).startswith(b"%PDF")
"""
COLD_BOOKLET = f"""
import sys
from famdesk.sheets.programmes import sign_in_sheet as sheet
names = tuple(f"Persona Numero {{n}}" for n in range({ROWS}))
data = sheet.render(sheet.SignInSheet("Genitori in gioco", 2, 8, "Centro", names=names, enrolled=len(names)))
open(sys.argv[1], "wb").write(data)
"""
COLD_BARE_BOOKLET = f"""
from io import BytesIO
from famdesk import resources
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
names = ("NotoSans-Regular", "NotoSans-Bold")
for name in names:
    pdfmetrics.registerFont(TTFont(name, str(resources.path(f"fonts/{{name}}.ttf")), asciiReadable=False))
canvas = Canvas(BytesIO(), initialFontName=names[0], pageCompression=1)
for first in range(0, {ROWS}, 25):
    canvas.setFont(names[1], 11)
    canvas.drawString(40, 794, "Genitori in gioco")
    for row in range(first, min(first + 25, {ROWS})):
        y = 747 - 28 * (row - first)
        canvas.setFont(names[0], 9)
        canvas.drawString(40, y, str(row + 1))
        canvas.setFont(names[0], 11)
        canvas.drawString(70, y, f"Persona Numero {{row}}")
        canvas.line(40, y - 8, 555, y - 8)
    canvas.showPage()
canvas.save()
"""
TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]])"
WEASYPRINT = "import sys, weasyprint; weasyprint.HTML(filename=sys.argv[1]).write_pdf(sys.argv[2])"


@dataclass(slots=True)
class Runner:
    """Somebody who makes a PDF in a new process; `rounds` None: as often as all."""

    name: str
    command: Sequence[str]
    rounds: int | None = None
    taken: list[float] = field(default_factory=list)

    @property
    def ms(self) -> float:
        return statistics.median(self.taken)

    @property
    def most(self) -> float:
        return max(self.taken)


def main(arguments: list[str]) -> int:
    """Measure and print; status 1 if a budget is not kept."""
    parser = argparse.ArgumentParser(prog="dev.py bench print")
    parser.add_argument("--peers", default=sys.executable, metavar="PYTHON", help="a Python with typst and weasyprint")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--processor", action="store_true")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="famdesk-bench-") as name:
        bench = Bench(Path(name), args.peers, args.rounds, processor=args.processor)
        figures = [*bench.poster(), *bench.booklet(), *warm()]
    show(figures, 0, as_json=args.json)
    for missing in bench.missing:
        print(f"not measured: {missing} is not installed", file=sys.stderr)
    return 0 if all(figure.kept for figure in figures) else 1


class Bench:
    """The sources for all programs in a folder, and the runs."""

    def __init__(self, folder: Path, peers: str, rounds: int, *, processor: bool) -> None:
        self._folder, self._peers, self._rounds, self._processor = folder, peers, rounds, processor
        self.missing: list[str] = []
        self._typst, self._weasyprint = (self._has(name) for name in ("typst", "weasyprint"))
        self._office = shutil.which("soffice") or shutil.which("libreoffice")
        for name, found in (("typst", self._typst), ("WeasyPrint", self._weasyprint), ("LibreOffice", self._office)):
            if not found:
                self.missing.append(name)

    def poster(self) -> list[Figure]:
        """One page, from the start of the process on."""
        ours, six, bare = (Runner(name, [sys.executable, "-c", program]) for name, program in (
            ("poster, new process", COLD_POSTER), ("poster in six scripts, new process", COLD_SIX),
            ("a bare page of reportlab, same fonts", COLD_BARE)))  # fmt: skip
        others = self._others(poster_typst(), poster_html(), poster_odt())
        self._run([ours, six, bare, *others.values()])
        figures = [_figure(ours, bare, 1.2), _figure(six, bare, None)]
        budgets = {"typst": None, "WeasyPrint": 1 / 4, "LibreOffice": 1 / 6}
        return figures + [_figure(ours, other, budgets[name]) for name, other in others.items()]

    def booklet(self) -> list[Figure]:
        """Sixty pages of a table, from the start of the process on."""
        path = self._folder / "ours.pdf"
        ours = Runner(f"{PAGES} pages, new process", [sys.executable, "-c", COLD_BOOKLET, str(path)])
        others = self._others(booklet_typst(), booklet_html(), None)
        others["bare"] = Runner("its rows on reportlab's canvas, not tagged", [sys.executable, "-c", COLD_BARE_BOOKLET])
        self._run([ours, *others.values()])
        _check_pages(path)
        budgets = {"typst": 1.0, "WeasyPrint": 1 / 40}
        return [_figure(ours, other, budgets.get(name)) for name, other in others.items()]

    def _others(self, typst: str, html: str, odt: str | None) -> dict[str, Runner]:
        found = {}
        for name, there, suffix, text in (
            ("typst", self._typst, "typ", typst),
            ("WeasyPrint", self._weasyprint, "html", html),
        ):
            if there:
                source = self._write(text, suffix)
                program = TYPST if name == "typst" else WEASYPRINT
                command = [self._peers, "-c", program, str(source), str(source.with_suffix(".pdf")), str(FONTS)]
                found[name] = Runner(name, command, 1 if len(text) > 20_000 and name == "WeasyPrint" else None)
        if self._office and odt is not None:
            source = self._write(odt, "fodt")
            profile = f"-env:UserInstallation={(self._folder / 'office').as_uri()}"
            found["LibreOffice"] = Runner("LibreOffice", [self._office, profile, "--headless", "--convert-to", "pdf",
                                                         "--outdir", str(self._folder), str(source)])  # fmt: skip
        return found

    def _write(self, text: str, suffix: str) -> Path:
        path = self._folder / f"{len(list(self._folder.iterdir()))}.{suffix}"
        path.write_text(text, encoding="utf-8")
        return path

    def _has(self, module: str) -> bool:
        ask = f"import importlib.util, sys; sys.exit(importlib.util.find_spec({module!r}) is None)"
        return subprocess.run([self._peers, "-c", ask], check=False).returncode == 0

    def _run(self, runners: Sequence[Runner]) -> None:
        """Everybody in turns, after one time that does not count, in which caches on disk are filled."""
        for turn in range(self._rounds + 1):
            for one in runners:
                if one.rounds is None or turn <= one.rounds:
                    taken = self._time(one.command)
                    one.taken = [*one.taken, taken] if turn else []

    def _time(self, command: Sequence[str]) -> float:
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(command, check=False, cwd=ROOT, env=environment, capture_output=True)
        passed, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode:
            raise RuntimeError(done.stderr.decode())
        computed = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return (computed if self._processor else passed) * 1000


def _figure(one: Runner, other: Runner, budget: float | None) -> Figure:
    return Figure(one.name, one.ms, one.most, other.name, other.ms, budget)


def _check_pages(path: Path) -> None:
    from pypdf import PdfReader

    pages = len(PdfReader(path).pages)
    if pages != PAGES:
        raise RuntimeError(f"the booklet has {pages} pages, not {PAGES}")


def warm() -> list[Figure]:
    """The same posters in a process that has made one already, tagged, beside a bare page that is not."""
    from famdesk.sheets.hours import opening_hours as sheet

    spans = tuple(sheet.DayHours(day, (sheet.Span(clock_time(9), clock_time(12, 30)),)) for day in range(1, 6))

    def content(notes: Sequence[str]) -> sheet.OpeningHours:
        places = tuple(sheet.PlaceHours(f"Piazza {n}", ("Cremona",), spans, note) for n, note in enumerate(notes[:3]))
        return sheet.OpeningHours("Centro", places, " · ".join(notes[3:]))

    latin, six = content(("", "", "")), content(print_peers.SIX)
    bare = "a bare page of reportlab, not tagged"
    made: list[tuple[str, Callable[[], object], float]] = [
        ("poster, tagged", lambda: sheet.render(latin), 5.0),
        ("poster in six scripts, tagged", lambda: sheet.render(six), 10.0),
    ]
    page = _bare_page()
    return [paired(name, make, bare, page, budget, rounds=30) for name, make, budget in made]


def _bare_page() -> Callable[[], object]:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    names = ("NotoSans-Regular", "NotoSans-Bold")
    for name in names:
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{name}.ttf"), asciiReadable=False))

    def make() -> bytes:
        out = BytesIO()
        canvas = Canvas(out, initialFontName=names[0], pageCompression=1)
        for name in names:
            canvas.setFont(name, 12)
            for line in range(20):
                canvas.drawString(72, 760 - 16 * line, f"Piazza Esempio, {line}: 9.00-12.30")
        canvas.showPage()
        canvas.save()
        return out.getvalue()

    return make


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
