"""All budgets in one run: `python -m tests.benchmarks [--people N] [--json]`; status 1 if one is not kept.

The figures of `famdesk bench`, and those that need a window or processes of their own. `python -m tests.benchmarks
doubles [--home]` tells instead how well doubles are told from near-misses, `python -m tests.benchmarks print` what
sheets cost beside other programs that make PDF, `python -m tests.benchmarks preview` how soon a changed option is seen.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from famdesk.cli.bench import Figure, measured, show
from tests.benchmarks import doubles, places, preview, printing, start, week

GRID = Path(__file__).with_name("grid.py")
BUDGETS_MS = {"full repaint, 1,000 boxes": 8.0, "drag ghost": 2.0, "now-line": 2.0}
KEY_MS = 33.0
"""Milliseconds on the machine of the trials, for orientation; the ratio is to filling an image of that size."""


def main() -> int:
    """Measure and print; "doubles", "print" and "preview" are reports of their own."""
    if sys.argv[1:2] == ["doubles"]:
        return doubles.main()
    if sys.argv[1:2] == ["print"]:
        return printing.main(sys.argv[2:])
    if sys.argv[1:2] == ["preview"]:
        return preview.main(sys.argv[2:])
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="famdesk-bench-") as folder:
        figures = measured(args.people, Path(folder))
        figures += [*start.figures(_home(Path(folder) / "home")), start.cold_poster(), *grid()]
        figures += [*places.measured(Path(folder) / "places"), attendance()]
    figures += [figure for engine in week.ENGINES for figure in week.measured(engine, week.FEW_AND_MANY)]
    show(figures, args.people, as_json=args.json)
    return 0 if all(figure.kept for figure in figures) else 1


def attendance() -> Figure:
    """A key of the grid of 260 people and 12 meetings, in a process of its own: the work of the window's thread."""
    command = [sys.executable, "-m", "tests.benchmarks.attendance", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=start.ROOT)
    found = json.loads(done.stdout)
    bare = found["plain median"]
    return Figure("attendance: a key, 260 × 12", found["work median"], found["work p99"], "a key in a bare table", bare,
                  KEY_MS / bare)  # fmt: skip


def grid() -> list[Figure]:
    """The calendar's painting, in a process of its own."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "PYTHONPATH": str(start.ROOT)}
    done = subprocess.run([sys.executable, str(GRID), "--json"], capture_output=True, text=True, check=True,
                          env=environment)  # fmt: skip
    rows = json.loads(done.stdout)
    fill = rows["fill of an image"]["ms"]
    return [Figure(f"calendar: {name}"[:33], row["ms"], row["ms"], "filling an image of that size", fill,
                   BUDGETS_MS[name] / fill if name in BUDGETS_MS else None)
            for name, row in rows.items() if name != "fill of an image"]  # fmt: skip


def _home(folder: Path) -> Path:
    """A home with data, for the sign-in page."""
    from famdesk.data.home import Home
    from famdesk.data.keys.crypto import new_recovery_code
    from famdesk.usecases import session

    new = session.NewCentre("Bench", "Bench", "bench", "nobody-needs-this", role="coordinator")
    session.create_home(Home(folder), new, new_recovery_code()).close()
    return folder


if __name__ == "__main__":
    sys.exit(main())
