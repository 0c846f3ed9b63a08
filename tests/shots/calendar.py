"""The calendar's pictures: each view, dialog and menu, to be looked at. `python3 dev.py shots --calendar DIR`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from famdesk.desk import DeskWindow
from famdesk.ui.calendar.editor_form import Start
from famdesk.ui.calendar.page import CalendarPage
from famdesk.ui.calendar.place import DAY, MODES, WEEK, WORK
from famdesk.ui.kit.theme import Look
from famdesk.usecases.calendar import calendar, series
from famdesk.usecases.calendar.appointment_rows import AppointmentRow
from famdesk.usecases.calendar.series_rows import SeriesValues
from tests.shots.__main__ import LARGE, SMALL, Studio, stop_the_clock

LANGUAGES = ("it", "de")
TODAY = date(2025, 2, 11)
ICS = """BEGIN:VCALENDAR\r
BEGIN:VEVENT\r
UID:1\r
DTSTART:20250213T100000\r
DTEND:20250213T110000\r
SUMMARY:Équipe con il consultorio\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:2\r
DTSTART:20250217T090000\r
DTEND:20250217T130000\r
RRULE:FREQ=WEEKLY;COUNT=8\r
SUMMARY:Formazione\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:3\r
SUMMARY:Senza inizio\r
END:VEVENT\r
END:VCALENDAR\r
"""


class Album:
    """One window, and what is shown in it one after the other."""

    def __init__(self, studio: Studio, desk: DeskWindow, target: Path, suffix: str) -> None:
        assert desk.window.shell is not None
        assert desk.session is not None
        self.studio, self.desk, self.target, self.suffix = studio, desk, target, suffix
        self.office = desk.session.office
        page = desk.window.shell.show_page("calendar")
        assert isinstance(page, CalendarPage)
        self.page = page
        self.settle()

    def settle(self) -> None:
        self.studio.settle(self.desk)

    def save(self, name: str, *over: QWidget) -> None:
        """The window, with what stands over it in its middle."""
        picture = self.desk.window.grab()
        painter = QPainter(picture)
        for widget in over:
            part: QPixmap = widget.grab()
            room = picture.deviceIndependentSize().toSize() - part.deviceIndependentSize().toSize()
            painter.drawPixmap(QPoint(max(0, room.width() // 2), max(0, room.height() // 2)), part)
        painter.end()
        picture.save(str(self.target / f"{name}-{self.suffix}.png"))

    @contextmanager
    def dialog(self, name: str, begin: Callable[[], object]) -> Iterator[Any]:
        """What opens; it is pictured at the end of the block, and closed."""
        before = set(self.desk.window.findChildren(QDialog))
        begin()
        self.settle()
        found = next(one for one in self.desk.window.findChildren(QDialog) if one not in before and one.isVisible())
        yield found
        self.settle()
        self.save(name, found)
        QDialog.reject(found)
        self.settle()

    def rows(self) -> list[AppointmentRow]:
        rows = self.office.fetch(calendar.appointments, TODAY, TODAY + timedelta(days=10))
        return [row for row in rows if row.person_id and row.state in ("planned", "confirmed") and not row.masked]


def views(album: Album) -> None:
    """Every view, and the ways to part them."""
    page = album.page
    for mode in MODES:
        page._controls.show_mode(mode)
        album.settle()
        album.save(f"view-{mode}")
    for mode, columns in ((DAY, "staff"), (DAY, "rooms"), (WORK, "staff"), (WEEK, "points")):
        page._go(page._place.__class__(mode=mode, columns=columns, day=TODAY))  # type: ignore[arg-type]
        album.settle()
        album.save(f"view-{mode}-by-{columns}")
    page._go(page._place.__class__())
    album.settle()


def booking(album: Album) -> None:
    """A new appointment, folded and unfolded; one that is there; a conflict."""
    page, row = album.page, album.rows()[0]
    with album.dialog("new", page.new_item):
        pass
    with album.dialog("new-unfolded", page.new_item) as dialog:
        dialog.parties.toggle()
        dialog.series.section.toggle()
        album.settle()
        dialog.series.section.year_button.click()
    with album.dialog("conflict", lambda: page._booking.edit(Start(row.starts, row.ends, row.staff_id, row.room_id))):
        pass
    with album.dialog("edit", lambda: page._booking.open(row.id)):
        pass
    with album.dialog("history", lambda: page._booking.open(row.id)) as dialog:
        dialog._on_side("history")
    with album.dialog("repeat", lambda: page._booking.repeat(row.id)):
        pass
    with album.dialog("cancel", lambda: page._deeds._ask_cancel(row, "one")):
        pass
    with album.dialog("free-slots", page._booking.find_time):
        pass


def days_away(album: Album) -> None:
    """An absence with what lies in it."""
    away = next(row.staff_id for row in album.rows() if row.staff_id)
    first, last = TODAY + timedelta(days=1), TODAY + timedelta(days=4)
    begin = Start(datetime.combine(first, time(8)), datetime.combine(last, time()), away)
    with album.dialog("absence", lambda: album.page._booking.plan_absence(begin)):
        pass


def together(album: Album) -> None:
    """A series, and how far a change of it goes."""
    values = SeriesValues("consultation", staff_id=album.office.actor.staff_id, label="gruppo")
    starts = datetime.combine(TODAY + timedelta(days=2), time(18, 30))
    made = album.office.run(series.make, values, starts=starts, minutes=60, rule="FREQ=WEEKLY;COUNT=6")
    assert made
    album.page.refresh()
    album.settle()
    rows = album.office.fetch(calendar.appointments, starts.date(), starts.date())
    row = next(one for one in rows if one.label == "gruppo")
    with album.dialog("series", lambda: album.page._booking.open(row.id)):
        pass
    album.page.view.select(row.id)
    with album.dialog("scope", lambda: album.page._deeds.cancel(row.id)):
        pass
    album.office.undo()
    album.page.refresh()
    album.settle()


def afterwards(album: Album) -> None:
    """After a move: what is to be done for the family; the message below it."""
    page, row = album.page, album.rows()[0]
    page._controls.go(row.starts.date())
    album.settle()
    page._deeds.news.emit(row.id)
    album.settle()
    page.say("Salvato.")
    album.settle()
    album.save("after-change")
    page.after.rest()
    page.say("")


def menus(album: Album) -> None:
    """The menu of an appointment."""
    page, row = album.page, album.rows()[0]
    page._deeds.show_menu(row.id, None, QPoint(300, 300))
    album.settle()
    menu = next(one for one in page.findChildren(QMenu) if one.isVisible())
    album.save("menu", menu)
    menu.close()
    album.settle()
    page._controls._menu.popup(QPoint(300, 100))
    album.settle()
    album.save("view-menu", page._controls._menu)
    page._controls._menu.close()
    album.settle()


def files(album: Album) -> None:
    """A calendar file that is looked at, and one that is written."""
    path = album.target / "vecchio.ics"
    path.write_text(ICS, encoding="utf-8")
    with album.dialog("import", lambda: album.page.exchange.importing.read(str(path))):
        pass
    path.unlink()
    with album.dialog("export", album.page.exchange.export):
        pass


SCENES: Sequence[Callable[[Album], None]] = (views, booking, days_away, together, afterwards, menus, files)


def main(target: Path, languages: Sequence[str] = LANGUAGES) -> int:
    """Makes all of them, in every language and look, with a screen of each size: so many programs of their own."""
    target.mkdir(parents=True, exist_ok=True)
    codes = []
    for size in (SMALL, LARGE):
        call = (sys.executable, "-m", "tests.shots.calendar", str(target), ",".join(languages), str(size.width()))
        codes.append(subprocess.run(call, check=False).returncode)
    return max(codes)


def on_a_screen(target: Path, languages: Sequence[str], size: QSize) -> None:
    """All of them on a screen of one size, which the window fills."""
    with tempfile.TemporaryDirectory(prefix="famdesk-shots-") as folder:
        screen = {"name": "one", "x": 0, "y": 0, "width": size.width(), "height": size.height(), "dpr": 1.0}
        screens = Path(folder) / "screens.json"
        screens.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screens}"
        application = QApplication(sys.argv[:1])
        stop_the_clock()
        studio = Studio(application, Path(folder) / "home")
        for language in languages:
            for look in (Look.LIGHT, Look.DARK):
                desk = studio.window(language, look, size)
                album = Album(studio, desk, target, f"{language}-{look}-{size.width()}")
                for scene in SCENES:
                    scene(album)
                studio.close(desk)
                print(target, album.suffix, flush=True)


if __name__ == "__main__":
    folder, languages, width = sys.argv[1:]
    on_a_screen(Path(folder), languages.split(","), next(one for one in (SMALL, LARGE) if one.width() == int(width)))
