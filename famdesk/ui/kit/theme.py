"""The look of the window: palette, fonts, distances, light and dark.

`Theme` dresses the application once and again at each change; `current()`, `unit()` and `font()` tell painting code
what it needs without holding on to the theme. Sizes come from the font, so a zoom of 200 % enlarges everything.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import Final

from PySide6 import QtCore
from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QFontMetricsF, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from famdesk.ui.kit.colours import DARK, LIGHT, Colours, Meaning, mixed
from famdesk.ui.kit.stylesheet import stylesheet

SECTION: Final = 1.15
TITLE: Final = 1.5
SMALL: Final = 0.88
SMALLEST_BODY: Final = 10.5
"""Points. Smaller system fonts are raised to this: the window is read from a metre away."""
FUSION: Final = "famdesk_fusion"
"""The application's property that says that it was begun in Qt's style Fusion: `setStyle` builds enums, too."""
WORN: Final = "famdesk_theme"
"""The application's property that holds its theme."""
HALF: Final = 128
"""Lightness between dark and light windows."""
ZOOMS: Final = (100, 115, 125, 150, 175, 200)


class Look(StrEnum):
    """What the person chose: a theme, or whatever the system has."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """Dresses the application in light or dark colours at a zoom.

    Signals:
        changed(): palette, fonts and stylesheet have been replaced.
    """

    changed = Signal()

    def __init__(self, app: QApplication, look: Look = Look.SYSTEM, zoom: int = 100) -> None:
        super().__init__(app)
        self._app = app
        self._look = look
        self._zoom = zoom
        self._base = _base_font()
        if not app.property(FUSION):
            app.setStyle("Fusion")
        # Before the first paint the system's palette is asked: its colour scheme would first build all of Qt's enums.
        dark = look == Look.DARK or (look == Look.SYSTEM and is_dark(app.palette()))
        if look != Look.SYSTEM:
            self._tell_system()
        self._dress(dark)
        app.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)
        app.setProperty(WORN, self)

    @property
    def look(self) -> Look:
        """The person's choice."""
        return self._look

    @property
    def dark(self) -> bool:
        """Whether the dark colours are shown now."""
        if self._look == Look.SYSTEM:
            return self._app.styleHints().colorScheme() == QtCore.Qt.ColorScheme.Dark
        return self._look == Look.DARK

    @property
    def zoom(self) -> int:
        """Per cent of the normal text size."""
        return self._zoom

    def set_look(self, look: Look) -> None:
        """Show light, dark, or what the system shows."""
        self.wear(look, self._zoom)

    def set_zoom(self, zoom: int) -> None:
        """Set the text size in per cent, 100 to 200."""
        self.wear(self._look, zoom)

    def wear(self, look: Look, zoom: int) -> None:
        """Both at once: every widget is dressed anew only once, and not at all if nothing changes."""
        zoom = min(max(zoom, ZOOMS[0]), ZOOMS[-1])
        if (look, zoom) == (self._look, self._zoom):
            return
        if look != self._look:
            self._look = look
            self._tell_system()
        self._zoom = zoom
        self._dress(self.dark)

    @Slot()
    def _on_scheme_changed(self) -> None:
        if self._look == Look.SYSTEM:
            self._dress(self.dark)

    def _tell_system(self) -> None:
        """Make title bars and system dialogs follow; platforms that cannot ignore it."""
        schemes = {Look.LIGHT: QtCore.Qt.ColorScheme.Light, Look.DARK: QtCore.Qt.ColorScheme.Dark}
        self._app.styleHints().setColorScheme(schemes.get(self._look, QtCore.Qt.ColorScheme.Unknown))

    def _dress(self, dark: bool) -> None:
        colours = DARK if dark else LIGHT
        body = QFont(self._base)
        body.setPointSizeF(self._base.pointSizeF() * self._zoom / 100)
        self._app.setPalette(palette_of(colours))
        self._app.setFont(body)
        self._app.setStyleSheet(stylesheet(colours, _raw_unit(), body.pointSizeF()))
        self.changed.emit()


def dressed(app: QApplication, look: Look = Look.SYSTEM, zoom: int = 100) -> Theme:
    """The application's one theme in this look: made at the first call, changed afterwards."""
    found = of(app)
    if found is None:
        return Theme(app, look, zoom)
    found.wear(look, zoom)
    return found


def of(app: QCoreApplication | None) -> Theme | None:
    """The theme that dresses the application; None before it was dressed."""
    found = app.property(WORN) if app is not None else None
    return found if isinstance(found, Theme) else None


def current() -> Colours:
    """The colours shown now, told from the program's palette."""
    return DARK if is_dark(QGuiApplication.palette()) else LIGHT


def is_dark(palette: QPalette) -> bool:
    """Whether a palette is that of dark windows."""
    return palette.color(QPalette.ColorRole.Window).lightness() < HALF


def colour(value: str) -> QColor:
    """A `#rrggbb` of the table as Qt's colour."""
    return QColor(value)


def tone(meaning: Meaning) -> tuple[QColor, QColor]:
    """Text colour and tint of a meaning in the theme shown now."""
    found = current().tone(meaning)
    return QColor(found.text), QColor(found.tint)


def unit(multiple: float = 1) -> int:
    """A distance in pixels: `multiple` of 4 px at the normal text size, growing with the font."""
    return round(_raw_unit() * multiple)


def _raw_unit() -> float:
    return _unit_of(QGuiApplication.font().pointSizeF())


@lru_cache(maxsize=8)
def _unit_of(points: float) -> float:
    """The unit at a text size; the family never changes while the program runs."""
    return max(4.0, QFontMetricsF(QGuiApplication.font()).height() / 5)


def font(scale: float = 1.0, bold: bool = False) -> QFont:
    """The body font, or a larger one (`SECTION`, `TITLE`, `SMALL`) from the same scale."""
    scaled = QFont(QGuiApplication.font())
    scaled.setPointSizeF(scaled.pointSizeF() * scale)
    if bold:
        scaled.setWeight(QFont.Weight.DemiBold if QFontInfo(scaled).family() != "Noto Sans" else QFont.Weight.Bold)
    return scaled


def set_kind(widget: QWidget, kind: str) -> None:
    """Mark a widget for the stylesheet (`card`, `title`, `section`, `second`, …) and apply it if already shown."""
    if widget.property("kind") == kind:
        return
    widget.setProperty("kind", kind)
    restyle(widget)


def restyle(widget: QWidget) -> None:
    """Apply the stylesheet again after a property that it looks at has changed."""
    if widget.testAttribute(QtCore.Qt.WidgetAttribute.WA_WState_Polished):  # else it happens when the widget is shown
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)


def palette_of(colours: Colours) -> QPalette:
    """Qt's palette made of a theme's colours."""
    palette = QPalette()
    roles = QPalette.ColorRole
    for value, names in _roles(colours):
        for role in names:
            palette.setColor(role, QColor(value))
    faint = QColor(mixed(colours.second, colours.card, 0.7))
    for role in (roles.WindowText, roles.Text, roles.ButtonText, roles.HighlightedText, roles.PlaceholderText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, faint)
    palette.setColor(QPalette.ColorGroup.Disabled, roles.Highlight, QColor(colours.hairline))
    return palette


def _roles(colours: Colours) -> tuple[tuple[str, tuple[QPalette.ColorRole, ...]], ...]:
    roles = QPalette.ColorRole
    return (
        (colours.window, (roles.Window,)),
        (colours.card, (roles.Base, roles.Button, roles.Light, roles.ToolTipBase)),
        (colours.rail, (roles.AlternateBase, roles.Midlight)),
        (colours.hairline, (roles.Mid, roles.Dark, roles.Shadow)),
        (colours.text, (roles.WindowText, roles.Text, roles.ButtonText, roles.HighlightedText, roles.ToolTipText)),
        (colours.second, (roles.PlaceholderText,)),
        (colours.selection, (roles.Highlight,)),
        (colours.primary, (roles.Accent, roles.Link, roles.LinkVisited)),
        (colours.conflict.text, (roles.BrightText,)),
    )


def _base_font() -> QFont:
    """The system's font at a legible size; where the system only names an alias, the family that it stands for."""
    base = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if base.family() in ("Sans Serif", "Sans", "sans-serif"):
        base.setFamilies(["Noto Sans", base.family()])
    base.setPointSizeF(max(base.pointSizeF(), SMALLEST_BODY))
    base.setFeature(QFont.Tag("tnum"), 1)
    return base
