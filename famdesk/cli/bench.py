"""`famdesk bench`: what the person feels, as ratios to the least that this computer could do, measured in one run.

Everything happens in a folder of its own beside the data, with invented people, and is removed at the end. Each action
and its yardstick take turns, so that a busy computer slows both; the ratio of their medians is what counts.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import secrets
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from io import BytesIO
from pathlib import Path
from typing import Any

from famdesk.cli.home import chosen_home
from famdesk.i18n import N_, _

ROUNDS = 60
A_WEEK = 250
"""Appointments in each week of the invented calendar."""

CHUNK = 5000
WEEK = """
SELECT a.id, a.version, a.starts, a.ends, a.kind, a.function, a.label, a.person_id, a.staff_id, s.name, a.room_id,
       r.name, a.access_point_id, p.name, a.state, a.overlap_reason
FROM appointment a LEFT JOIN staff s ON s.id = a.staff_id LEFT JOIN room r ON r.id = a.room_id
     LEFT JOIN access_point p ON p.id = a.access_point_id
WHERE a.centre_id = ? AND a.deleted_at IS NULL AND a.starts >= ? AND a.starts < ? ORDER BY a.starts, a.ends, a.id
"""
"""What the calendar shows of a week, asked for in the fewest words."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What an action took and what its yardstick took, both medians in milliseconds; `most` is the slowest of 100.

    `budget` is the ratio that is allowed, None: a figure for orientation.
    """

    name: str
    ms: float
    most: float
    yardstick: str
    yardstick_ms: float
    budget: float | None = None

    @property
    def ratio(self) -> float:
        return self.ms / self.yardstick_ms

    @property
    def kept(self) -> bool:
        """Whether the budget was kept."""
        return self.budget is None or self.ratio <= self.budget

    def plain(self) -> dict[str, Any]:
        return {**asdict(self), "ratio": self.ratio, "kept": self.kept}


LOGIN, PASSWORD = "bench", "invented-people"
"""Of the centre that `--keep` makes; nobody in it is real."""


def run(args: argparse.Namespace) -> int:
    if args.keep:
        return keep(Path(args.keep), args.people)
    folder = chosen_home(args).folder
    figures = measured(args.people, folder if folder.is_dir() and os.access(folder, os.W_OK) else None)
    show(figures, args.people, as_json=args.json)
    return 0 if all(figure.kept for figure in figures) else 1


def keep(folder: Path, people: int) -> int:
    """Makes a demo centre with so many invented people in a new folder, to be opened with `--home`."""
    from famdesk.cli.filling import fill
    from famdesk.data.home import Home
    from famdesk.data.keys.crypto import new_recovery_code
    from famdesk.usecases import session

    home = Home(folder)
    if home.exists():
        print(_("There are data in this folder already."))
        return 1
    new = session.NewCentre("Bench", "Bench", LOGIN, PASSWORD, role="coordinator", demo=True)
    office = session.create_home(home, new, new_recovery_code())
    fill(office.store.engine, office.actor.centre_id, people)
    office.lock()
    told = _("{n} invented people are in {folder}. User name: {login}, password: {password}")
    print(told.format(n=people, folder=folder, login=LOGIN, password=PASSWORD))
    return 0


def measured(people: int, beside: Path | None = None) -> list[Figure]:
    """All figures with so many invented people; the folder is made inside `beside` (None: where the system likes)."""
    with tempfile.TemporaryDirectory(dir=beside, prefix=".famdesk-bench-") as name:
        bench = Bench(Path(name), people)
        try:
            return [bench.save(), bench.keystroke(), bench.week(), poster()]
        finally:
            bench.close()


def paired(name: str, action: Callable[[], object], yardstick: str, base: Callable[[], object],
           budget: float | None = None, rounds: int = ROUNDS) -> Figure:  # fmt: skip
    """The two actions in turns, after one of each that does not count."""
    action()
    base()
    taken, needed = [], []
    for _round in range(rounds):
        taken.append(_milliseconds(action))
        needed.append(_milliseconds(base))
    return Figure(name, statistics.median(taken), _slowest(taken), yardstick, statistics.median(needed), budget)


def show(figures: Sequence[Figure], people: int, *, as_json: bool) -> None:
    """Prints the figures as a table or as JSON."""
    if as_json:
        print(json.dumps({"people": people, "figures": [figure.plain() for figure in figures]}))
        return
    print(
        f"{_('action'):34}{'ms':>9}{_('slowest of 100'):>17}   {_('compared with'):42}{'ms':>9}{'×':>7}{_('budget'):>9}"
    )
    for figure in figures:
        budget = "" if figure.budget is None else f"{figure.budget:.1f}"
        mark = "" if figure.kept else "  !"
        print(f"{_(figure.name):34}{figure.ms:9.2f}{figure.most:17.2f}   {_(figure.yardstick):42}"
              f"{figure.yardstick_ms:9.2f}{figure.ratio:7.2f}{budget:>9}{mark}")  # fmt: skip


class Bench:
    """A new home full of invented people and their appointments, signed in as its coordinator."""

    def __init__(self, folder: Path, people: int) -> None:
        from famdesk.data.engine import sqlite_connection
        from famdesk.data.home import Home
        from famdesk.data.keys.crypto import new_recovery_code
        from famdesk.usecases import features, session

        features.load()
        self.people = people
        new = session.NewCentre("Bench", "Bench", "bench", secrets.token_hex(16), role="coordinator", demo=True)
        self.office = session.create_home(Home(folder / "home"), new, new_recovery_code())
        self._chance = random.Random(7)
        self._fill()
        self.raw = sqlite_connection(folder / "raw.db", bytes(32))
        self.raw.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT)")
        self._read = sqlite_connection(self.office.home.database, self.office.unlocked.database_key)

    def close(self) -> None:
        self.raw.close()
        self._read.close()
        self.office.lock()

    def save(self) -> Figure:
        """A contact logged at the desk: rules, journal, index and signature included."""
        from famdesk.usecases.intake import intake

        def log() -> None:
            self.office.run(intake.log_contact, channel="door", need_text="x" * 200)

        def commit() -> None:
            self.raw.execute("BEGIN IMMEDIATE")
            self.raw.execute("INSERT INTO t (text) VALUES (?)", ("x" * 200,))
            self.raw.execute("COMMIT")

        return paired(N_("saving a contact"), log, N_("one row committed, bare SQLCipher"), commit, 4.0, rounds=200)

    def keystroke(self) -> Figure:
        """One letter more in the search for somebody who is there."""
        from famdesk.usecases import search

        typed = iter(self._typed(ROUNDS * 5 + 1))
        last = [""]

        def press() -> None:
            last[0] = next(typed)
            self.office.fetch(search.search, last[0])

        def look() -> None:
            self._read.execute(
                "SELECT record_id FROM search_key WHERE key >= ? AND key < ? ORDER BY key LIMIT 30",
                (last[0], last[0] + "\U0010ffff"),
            ).fetchall()

        return paired(N_("a keystroke in the search"), press, N_("one range of the index, bare SQLCipher"), look,
                      rounds=ROUNDS * 5)  # fmt: skip

    def week(self) -> Figure:
        """The appointments of a week, as the calendar asks for them."""
        from famdesk.usecases.calendar import calendar

        monday = self._monday()
        first = _minutes(monday)
        values = (self.office.actor.centre_id.replace("-", ""), first, first + 7 * 24 * 60)

        def ask() -> None:
            assert len(self.office.fetch(calendar.appointments, monday, monday + timedelta(days=6))) >= A_WEEK

        def read() -> None:
            assert len(self._read.execute(WEEK, values).fetchall()) >= A_WEEK

        return paired(N_("opening a week"), ask, N_("the same rows, bare SQLCipher"), read, 2.0)

    def _monday(self) -> date:
        today = datetime.now().date()
        return today - timedelta(days=today.weekday())

    def _typed(self, count: int) -> list[str]:
        """Names as they grow letter by letter from the second one on."""
        from famdesk.cli.invented import Inventor

        found: list[str] = []
        for one in Inventor().persons(count):
            whole = f"{one.surname} {one.given_name}".lower()
            found += [whole[:length] for length in range(2, min(len(whole), 12) + 1)]
        self._chance.shuffle(found)
        return found[:count]

    def _fill(self) -> None:
        """Rows straight into the tables: a million through the journal would take hours, and is not measured here."""
        from sqlalchemy import insert

        from famdesk.cli.filling import fill
        from famdesk.data.base import Base
        from famdesk.data.tables.calendar import Appointment

        centre, engine = self.office.actor.centre_id, self.office.store.engine
        fill(engine, centre, self.people)
        times = self._times(max(self.people, 2 * A_WEEK))
        dates = [_plain(Appointment(centre_id=centre, starts=starts, ends=starts + timedelta(minutes=45), kind="talk"))
                 for starts in times]  # fmt: skip
        with engine.begin() as connection:
            table = Base.metadata.tables[Appointment.__tablename__]
            for start in range(0, len(dates), CHUNK):
                connection.execute(insert(table), dates[start : start + CHUNK])

    def _times(self, count: int) -> list[datetime]:
        """Half of the weeks before this one, half from it on, each with the same number of appointments."""
        weeks = -(-count // A_WEEK)
        monday = datetime.combine(self._monday(), clock_time(8))
        return [monday + timedelta(weeks=number // A_WEEK - weeks // 2, days=number % 5, minutes=15 * (number % 40))
                for number in range(weeks * A_WEEK)]  # fmt: skip


def poster() -> Figure:
    """The opening-hours poster of three places in a process that made one before; a bare page of as many words."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    from famdesk import resources
    from famdesk.sheets.hours import opening_hours as sheet

    font = "NotoSans-Regular"
    pdfmetrics.registerFont(TTFont(font, str(resources.path(f"fonts/{font}.ttf")), asciiReadable=False))

    spans = tuple(sheet.DayHours(day, (sheet.Span(clock_time(9), clock_time(12, 30)),)) for day in range(1, 6))
    places = tuple(sheet.PlaceHours(f"Piazza Esempio, {number}", ("piano terra", "Cremona"), spans)
                   for number in range(3))  # fmt: skip
    content = sheet.OpeningHours("Centro per le Famiglie", places, "libero e gratuito")

    def bare() -> None:
        canvas = Canvas(BytesIO(), initialFontName=font, pageCompression=1, invariant=1)
        canvas.setFont(font, 12)
        for line in range(40):
            canvas.drawString(72, 760 - 16 * line, f"Piazza Esempio, {line}: lunedì 9.00–12.30")
        canvas.showPage()
        canvas.save()

    return paired(N_("a poster, the second one"), lambda: sheet.render(content), N_("a bare page of reportlab"), bare,
                  rounds=20)  # fmt: skip


def _plain(record: Any) -> dict[str, Any]:
    """A new record as the values of its columns, defaults included."""
    from sqlalchemy import inspect

    row: dict[str, Any] = {"version": 1}
    for column in inspect(type(record)).columns:
        value = getattr(record, column.key, None)
        default = column.default.arg if value is None and column.default is not None else None
        row[column.name] = default if value is None and not callable(default) else value
    return row | {"version": 1}


def _minutes(day: date) -> int:
    from famdesk.data.base import wall_minutes

    return wall_minutes(datetime.combine(day, clock_time()))


def _milliseconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def _slowest(taken: Sequence[float]) -> float:
    """The 99th percentile."""
    return sorted(taken)[min(len(taken) - 1, len(taken) * 99 // 100)]
