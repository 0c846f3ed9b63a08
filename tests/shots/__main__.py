"""Makes the pictures: every view of the demo on a fixed morning, and the poster. `python3 dev.py shots [--all DIR]`.

Without options the README's pictures in `resources/pictures` are made again. `--all DIR` makes every view in Italian,
English and German, light and dark, at 1280×800 and 1920×1080, to be looked at before a release. `--doors DIR` makes
what opens in them: dialogs, menus, the first start, sign-in and lock. `--sheets DIR` makes
every sheet in every language of families, with `--large` in large print; it fails when something is not translated or
cannot be printed.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["TZ"] = "Europe/Rome"
if hasattr(time, "tzset"):
    time.tzset()

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QSize
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from famdesk import resources
from famdesk.data.home import Home
from famdesk.desk import DeskWindow
from famdesk.exchange.profiles import read_profile
from famdesk.i18n import FAMILY_LANGUAGES, set_language
from famdesk.ui.kit.theme import Look, dressed
from famdesk.usecases import session
from famdesk.usecases.demo import demo
from famdesk.usecases.demo.demo_accounts import DEMO_LOGIN, DEMO_PASSWORD
from tests.shots import parts

NOW = datetime(2025, 2, 11, 11, 41, tzinfo=UTC)
"""Tuesday 11 February 2025, 12:41 in Cremona: piazza Giovanni XXIII is open."""

README_VIEWS = ("today", "intake", "calendar", "programmes", "people", "directory", "sheets", "settings")
VIEWS = ("today", "intake", "calendar", "programmes", "people", "notes", "paths", "directory", "sheets", "settings")
WRITER = "psicologa"
"""Who writes notes in the demo."""
SMALL, LARGE = QSize(1280, 800), QSize(1920, 1080)
KEEPS_NOTES = "psicologa"
README_PARTS = ("family", "consents")
WAIT_MS = 20_000


class FixedDate(date):
    """The day of the pictures, for the few views that ask the system."""

    @classmethod
    def today(cls) -> FixedDate:
        return cls(2025, 2, 11)


class FixedMoment(datetime):
    """The moment of the pictures."""

    @classmethod
    def now(cls, tz: Any = None) -> FixedMoment:
        return cls(2025, 2, 11, 12, 41)


def stop_the_clock() -> None:
    """Views that take the day or the hour from the system get that of the pictures."""
    import famdesk.ui.calendar.header
    import famdesk.ui.intake.page
    import famdesk.ui.settings.hours_section
    import famdesk.ui.shell.shell

    for module in (famdesk.ui.calendar.header, famdesk.ui.settings.hours_section):
        module.date = FixedDate  # type: ignore[attr-defined]
    famdesk.ui.shell.shell.datetime = FixedMoment  # type: ignore[misc]
    famdesk.ui.intake.page.IntakePage.__init__.__kwdefaults__["now"] = FixedMoment.now


class Studio:
    """A demo home with its window."""

    def __init__(self, application: QApplication, folder: Path) -> None:
        self.application = application
        self.home = Home(folder)
        demo.make(self.home, read_profile(resources.path("centres/cremona.toml")), 24, clock=lambda: NOW)

    def window(self, language: str, look: Look, size: QSize, login: str = DEMO_LOGIN) -> DeskWindow:
        """A window, signed in as the coordinator unless told otherwise."""
        desk = self.before(self.home, language, look, size)
        desk.open_session(session.sign_in(self.home, login, DEMO_PASSWORD, clock=lambda: NOW))
        self.settle(desk)
        return desk

    def before(self, home: Home, language: str, look: Look, size: QSize) -> DeskWindow:
        """A window in which nobody has signed in."""
        if home.exists():
            home.set_language(language)
        set_language(language)
        desk = DeskWindow(self.application, home)
        desk.start()
        desk.window.resize(size)
        self.settle(desk)
        dressed(self.application, look)
        self.settle(desk)
        return desk

    def settle(self, desk: DeskWindow, rounds: int = 20) -> None:
        """Waits until everything that was asked for has been answered and painted, and for some rounds nothing came."""
        deadline = QDeadlineTimer(WAIT_MS)
        quiet = 0
        while quiet < rounds:
            if deadline.hasExpired():
                raise TimeoutError("the window does not come to rest")
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            busy = not desk.background.idle() or (desk.session is not None and not desk.session.runner.idle())
            quiet = 0 if busy else quiet + 1
            time.sleep(0.015)

    def show(self, desk: DeskWindow, view: str) -> None:
        """Opens a view with something to see in it."""
        shell = desk.window.shell
        assert shell is not None
        page = shell.show_page(view)
        self.settle(desk)
        if view == "people":
            self._open_somebody(page, desk)

    def _open_somebody(self, page: QWidget, desk: DeskWindow) -> None:
        for field in [field for field in page.findChildren(QLineEdit) if field.isVisible()][:1]:
            field.setText("prova")
            field.textEdited.emit("prova")
        self.settle(desk)

    def parts(self, desk: DeskWindow, view: str) -> Iterator[str]:
        """Shows what stands behind the choices of a view, one after the other (tabs, sections), and names it."""
        assert desk.window.shell is not None
        assert desk.session is not None
        page = desk.window.shell.show_page(view)
        for key in tuple(parts.keys(page)):
            parts.show(page, desk.session.office, key)
            self.settle(desk)
            yield key

    def close(self, desk: DeskWindow) -> None:
        desk.window.close()
        desk.stop()
        self.application.closeAllWindows()


def for_readme(studio: Studio, target: Path) -> None:
    """The README's pictures."""
    desk = studio.window("it", Look.LIGHT, SMALL)
    for view in README_VIEWS:
        studio.show(desk, view)
        save(desk, target / f"{view}.png")
        if view == "people":
            for part in studio.parts(desk, view):
                if part in README_PARTS:
                    save(desk, target / f"{view}-{part}.png")
    studio.close(desk)
    desk = studio.window("it", Look.LIGHT, SMALL, login=KEEPS_NOTES)
    studio.show(desk, "notes")
    save(desk, target / "notes.png")
    studio.close(desk)
    desk = studio.window("it", Look.DARK, SMALL)
    studio.show(desk, "today")
    save(desk, target / "today-dark.png")
    poster(desk, target / "poster.png")
    studio.close(desk)


def for_review(studio: Studio, target: Path, languages: Sequence[str]) -> None:
    """Every view in every language, look and size."""
    for language in languages:
        for look in (Look.LIGHT, Look.DARK):
            for size in (SMALL, LARGE):
                desk = studio.window(language, look, size)
                for view in VIEWS:
                    studio.show(desk, view)
                    name = f"{language}-{look}-{size.width()}"
                    save(desk, target / f"{view}-{name}.png")
                    for part in studio.parts(desk, view):
                        save(desk, target / f"{view}-{part}-{name}.png")
                studio.close(desk)


def save(desk: DeskWindow, path: Path) -> None:
    """The window as a picture with few colours, which keeps the repository small."""
    from PIL import Image

    image = desk.window.grab().toImage()
    image.save(str(path))
    few = Image.open(path).convert("RGB").quantize(255, method=Image.Quantize.MAXCOVERAGE, kmeans=2)
    few.save(path, optimize=True)
    print(path)


def poster(desk: DeskWindow, path: Path) -> None:
    """The opening-hours poster as a picture."""
    from PIL import Image
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtPdf import QPdfDocument

    from famdesk.sheets.collecting import collect
    from famdesk.sheets.hours import opening_hours

    assert desk.session is not None
    data = opening_hours.render(desk.session.office.fetch(collect.poster, (), date(2025, 4, 10)))
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    document.render(0, QSize(794, 1123)).save(str(path))
    image = Image.open(path).convert("RGBA")
    Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB").quantize(255).save(
        path, optimize=True
    )
    print(path)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", metavar="DIR", help="every view in every language, look and size")
    parser.add_argument("--sheets", metavar="DIR", help="every sheet in every language of families")
    parser.add_argument("--calendar", metavar="DIR", help="every view and dialog of the calendar, it and de")
    parser.add_argument("--doors", metavar="DIR", help="every dialog and menu, first start, sign-in and lock")
    parser.add_argument("--only", metavar="it,ar", help="with the others: just these languages")
    parser.add_argument("--large", action="store_true", help="with --sheets: in large print")
    args = parser.parse_args()
    if args.sheets:
        from tests.shots import sheets

        languages = tuple(args.only.split(",")) if args.only else FAMILY_LANGUAGES
        return sheets.main(Path(args.sheets), languages, large=args.large)
    if args.calendar:
        from tests.shots import calendar

        chosen = tuple(args.only.split(",")) if args.only else calendar.LANGUAGES
        return calendar.main(Path(args.calendar), chosen)
    target = Path(args.all or args.doors) if args.all or args.doors else resources.path("pictures")
    target.mkdir(parents=True, exist_ok=True)
    application = QApplication(sys.argv[:1])
    stop_the_clock()
    with tempfile.TemporaryDirectory(prefix="famdesk-shots-") as folder:
        studio = Studio(application, Path(folder) / "home")
        chosen = tuple(args.only.split(",")) if args.only else ("it", "de", "en")
        if args.doors:
            from tests.shots import doors

            doors.main(studio, target, chosen)
        elif args.all:
            for_review(studio, target, chosen)
        else:
            for_readme(studio, target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
