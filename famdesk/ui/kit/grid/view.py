"""The picture of the scene and what is drawn over it, kept between repaints."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF
from PySide6.QtGui import QFont, QPaintDevice, QPainter, QPixmap

from famdesk.ui.kit.grid.overlay import Overlay, OverlayPainter
from famdesk.ui.kit.grid.painting import BasePainter
from famdesk.ui.kit.grid.scene import Scene
from famdesk.ui.kit.grid.style import Style


class GridView:
    """Paints a scene: the resting part from a pixmap, the overlay afresh each time."""

    def __init__(self, scene: Scene, font: QFont) -> None:
        self.scene = scene
        self.overlay = Overlay()
        self.restyle(font)

    def restyle(self, font: QFont) -> None:
        """Another font or theme."""
        self.style = Style(font)
        self._base = BasePainter(self.style, 1.0)
        self._over = OverlayPainter(self.style)
        self._picture: QPixmap | None = None
        self._drawn: tuple[QSizeF, QPointF, float] | None = None

    def layout(self, size: QSizeF) -> None:
        """Lay the scene out for a view of that size, hour labels included."""
        self.scene.layout(max(1.0, size.width() - self.style.gutter), size.height(), self.style)
        self._base.boxes.forget()
        self._drawn = None

    def over(self, **changes: Any) -> bool:
        """Change the overlay; true if it looks different now."""
        before = self.overlay
        self.overlay = replace(before, **changes)
        return self.overlay != before

    def paint(self, device: QPaintDevice, dirty: QRect, size: QSizeF, scroll: QPointF) -> None:
        """Paint a part of the view."""
        picture = self.picture(size, scroll, device.devicePixelRatio())
        ratio = picture.devicePixelRatio()
        painter = QPainter(device)
        target = QRectF(dirty)
        source = QRectF(target.topLeft() * ratio, target.size() * ratio)
        painter.drawPixmap(target, picture, source)
        painter.setClipRect(target)
        self._over.paint(painter, self.scene, self.overlay, size, scroll)
        painter.end()

    def picture(self, size: QSizeF, scroll: QPointF, ratio: float) -> QPixmap:
        """The resting picture, drawn again only when something in it has changed."""
        wanted = (size, scroll, ratio)
        if self._picture is None or self._drawn != wanted:
            if self._base.ratio != ratio:
                self._base = BasePainter(self.style, ratio)
            self._picture = self._base.picture(self.scene, size, scroll)
            self._drawn = wanted
        return self._picture

    def drawn_at(self) -> QPointF:
        """The scroll position of the kept picture."""
        return self._drawn[1] if self._drawn else QPointF(0, 0)

    def forget(self) -> None:
        """Draw the resting picture again at the next repaint."""
        self._drawn = None
