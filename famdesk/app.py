"""The window's beginning: a frame with the centre's name at once, everything else while the person looks at it.

Only Qt and a few light modules load before the first paint. The sign-in page takes the frame's place a moment later;
SQLAlchemy and the use-cases load behind that page, in a thread.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel

from famdesk.ui.kit import settings as store
from famdesk.ui.kit.colours import DARK, LIGHT
from famdesk.ui.kit.cycles import Collector
from famdesk.ui.main_window import REPLACED, MainWindow

SETTINGS_FILE = "famdesk.json"
HALF = 128
"""Lightness between the dark and the light windows of systems."""


def run_window(folder: Path) -> int:
    """Opens the window on a data folder and runs until it is closed; gives the exit status."""
    spare_sources()
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setApplicationName("FamDesk")
    application.setDesktopFileName("famdesk")
    collector = Collector()
    beginning = Beginning(application, folder)
    beginning.show()
    status = application.exec()
    beginning.end()
    collector.end()
    if status == REPLACED:
        from famdesk.ui.replacing import replace_process

        return replace_process(beginning.folder)
    return status


def spare_sources() -> None:
    """Saves PySide the reading of the source of every module that is imported after it.

    It looks there whether a module wants Qt's functions under other names (`from __feature__ import …`); none of ours
    does, and a version that looks in another way is left alone.
    """
    feature = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        setattr(feature, "_mod_uses_pyside", lambda _module: False)  # noqa: B010 - a module of no known type


class Beginning(QObject):
    """Shows the frame, then has it furnished.

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
        self.window = MainWindow(self._settings)
        look = store.read(self._settings, store.LOOK)
        # Asking for the system's colour scheme would first build all of Qt's enums; its palette tells the same.
        dark = look == "dark" or (look == "system" and application.palette().window().color().lightness() < HALF)
        self._frame = FirstFrame(centre_name(folder), (DARK if dark else LIGHT).window)
        self._frame.painted.connect(self._furnish)

    def show(self) -> None:
        """Shows the window with the frame."""
        self.window.show_cover(self._frame)
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
        desk.start()
        self._desk = desk
        self.furnished.emit(desk)


class FirstFrame(QLabel):
    """The name of the centre on the colour of the window.

    A style sheet says how it looks: it is read by Qt itself, while drawing from Python, or asking for an alignment,
    would first build Python's twins of all of Qt's enums, a tenth of the whole start.

    Signals:
        painted(): it has been on the screen for the first time.
    """

    painted = Signal()

    def __init__(self, name: str, background: str) -> None:
        super().__init__(name)
        self.setStyleSheet(
            f"background: {background}; color: #8a8f96; font-size: 16pt; font-weight: bold; padding-top: 64px;"
            "qproperty-alignment: 'AlignHCenter | AlignTop';"
        )
        self._told = False

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._told:
            self._told = True
            QTimer.singleShot(0, self, self.painted.emit)


def centre_name(folder: Path) -> str:
    """The name of the centre whose data are in the folder; "FamDesk" where there are none."""
    try:
        return str(json.loads((folder / SETTINGS_FILE).read_text(encoding="utf-8"))["centre_name"])
    except (OSError, ValueError, KeyError, TypeError):
        return "FamDesk"
