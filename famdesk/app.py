"""The window's beginning: the sign-in page at once, everything else while the person looks at it.

Only Qt and a few light modules load before the first paint, and none of them names an enum of the namespace `Qt`. The
desk takes the page over a moment later; SQLAlchemy and the use-cases load behind it, in a thread.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from famdesk import i18n
from famdesk.ui.first_paint import FirstPaint
from famdesk.ui.kit import settings as store
from famdesk.ui.kit.cycles import Collector
from famdesk.ui.kit.theme import FUSION, Look, dressed
from famdesk.ui.main_window import REPLACED, MainWindow
from famdesk.ui.signin import SignInPage, marked

SETTINGS_FILE = "famdesk.json"
LAST_LOADED = "famdesk.ui.shell.shell"
"""With this module everything is there that the desk loads behind the sign-in page."""


def run_window(folder: Path) -> int:
    """Opens the window on a data folder and runs until it is closed; gives the exit status."""
    application = QApplication([*sys.argv[:1], "-style", "fusion"])
    application.setProperty(FUSION, True)
    application.setApplicationName("FamDesk")
    application.setDesktopFileName("famdesk")
    collector = Collector(last=LAST_LOADED)
    beginning = Beginning(application, folder)
    beginning.show()
    status = application.exec()
    beginning.end()
    collector.end()
    if status == REPLACED:
        from famdesk.ui.replacing import replace_process

        return replace_process(beginning.folder)
    return status


class Beginning(QObject):
    """Shows the first page, then has the desk take it over.

    Attributes:
        window: the one window.

    Signals:
        furnished(object): the `DeskWindow` that goes on from here.
    """

    furnished = Signal(object)

    def __init__(self, application: QApplication, folder: Path) -> None:
        super().__init__()
        self._application, self._folder = application, folder
        self._settings = store.machine_settings(folder, self)
        self._desk: QObject | None = None
        look, zoom = Look(store.read(self._settings, store.LOOK)), store.read(self._settings, store.ZOOM)
        self.window = MainWindow(self._settings, dressed(application, look, zoom))
        self._page = sign_in_page(folder)
        first = self._page or QWidget()
        FirstPaint(first).seen.connect(self._furnish)
        self.window.show_cover(first)

    def show(self) -> None:
        """Shows the window with the page."""
        self.window.show()

    @property
    def folder(self) -> Path:
        """The folder that the window is on by now."""
        return self._desk.home.folder if self._desk is not None else self._folder  # type: ignore[attr-defined]

    def end(self) -> None:
        """Closes what was opened; after the last window has gone."""
        if self._desk is not None:
            self._desk.stop()  # type: ignore[attr-defined]

    def _furnish(self) -> None:
        from famdesk.data.home import Home
        from famdesk.data.platform import forbid_core_dumps
        from famdesk.desk import DeskWindow

        forbid_core_dumps()
        desk = DeskWindow(self._application, Home(self._folder), self.window)
        page, self._page = self._page, None
        desk.start(page)
        self._desk = desk
        self.furnished.emit(desk)


def sign_in_page(folder: Path) -> SignInPage | None:
    """The sign-in page of the data in a folder; None where there are none, or their settings cannot be read: the desk
    says so."""
    try:
        found = json.loads((folder / SETTINGS_FILE).read_text(encoding="utf-8"))
        i18n.set_language(found["language"])
        return SignInPage(marked(str(found["centre_name"]), demo=bool(found["demo"])))
    except (OSError, ValueError, KeyError, TypeError):
        return None
