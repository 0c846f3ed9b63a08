"""Icons: Lucide outlines from `resources/icons`, drawn in the colour of the text around them.

An icon asks for its colour each time it is painted, so a change of theme needs nothing but a repaint.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from famdesk import resources

_log = logging.getLogger(__name__)
UNKNOWN: Final = "circle-question-mark"
"""Stands for an icon that does not exist."""
_kept: Final[list[QIconEngine]] = []
"""Clones that Qt asked for: PySide6 frees an engine that Python returns from `clone()` unless Python keeps it."""


def icon(name: str, colour: str | None = None) -> QIcon:
    """The icon `name` (a file in `resources/icons`), in the palette's text colour or always in `colour` (`#rrggbb`)."""
    return QIcon(_Engine(name, colour))


def paint(painter: QPainter, name: str, rect: QRectF, colour: str) -> None:
    """Draw an icon into a square in a given colour, sharp at any device pixel ratio."""
    _renderer(name, colour).render(painter, rect)


def pixmap(name: str, side: int, ratio: float, colour: str) -> QPixmap:
    """The icon as a pixmap of `side` logical pixels for a screen with device pixel ratio `ratio`."""
    return _drawn(name, max(1, round(side * ratio)), ratio, colour)


@lru_cache(maxsize=512)
def _drawn(name: str, pixels: int, ratio: float, colour: str) -> QPixmap:
    image = QPixmap(pixels, pixels)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    _renderer(name, colour).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    """What an icon looks like; a wrong name is no reason to stop in the middle of painting a view."""
    try:
        return resources.text(f"icons/{name}.svg")
    except FileNotFoundError:
        _log.warning("no icon %s", name)
        return resources.text(f"icons/{UNKNOWN}.svg")


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))


def _text_colour(mode: QIcon.Mode, colour: str | None) -> str:
    """The colour for a state of the widget, from the program's palette."""
    palette = QGuiApplication.palette()
    if mode == QIcon.Mode.Disabled:
        return palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText).name()
    return colour or palette.color(QPalette.ColorRole.ButtonText).name(QColor.NameFormat.HexRgb)


class _Engine(QIconEngine):
    """Draws one SVG in the current text colour."""

    def __init__(self, name: str, colour: str | None) -> None:
        super().__init__()
        self._name = name
        self._colour = colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        ratio = painter.deviceTransform().m11()
        image = pixmap(self._name, side, ratio, _text_colour(mode, self._colour))
        painter.drawPixmap(rect.center() - QPoint((side - 1) // 2, (side - 1) // 2), image)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        side = min(size.width(), size.height())
        return pixmap(self._name, side, scale, _text_colour(mode, self._colour))

    def actualSize(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QSize:
        side = min(size.width(), size.height())
        return QSize(side, side)

    def isNull(self) -> bool:
        return False

    def key(self) -> str:
        return "famdesk"

    def clone(self) -> QIconEngine:
        copy = _Engine(self._name, self._colour)
        _kept.append(copy)
        return copy
