"""The scrolled, painted area of a sheet of cells: layout, kept picture, overlay. Knows nothing of mouse or keyboard."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from famdesk.ui.kit.cells.header import CellHeader
from famdesk.ui.kit.cells.model import BAND, MONTH, SMALL
from famdesk.ui.kit.cells.painting import CellOverlay, CellOverlayPainter, CellPainter
from famdesk.ui.kit.cells.scene import CellScene, Frame
from famdesk.ui.kit.grid.frame import bring, set_bar
from famdesk.ui.kit.grid.style import Style

_RESTYLE: Final = frozenset({QEvent.Type.FontChange, QEvent.Type.PaletteChange, QEvent.Type.LanguageChange})
_ROWS_WISHED: Final = 5
_LINES_WISHED: Final = 4


class CellView(QAbstractScrollArea):
    """Shows a scene."""

    def __init__(self, kind: str = MONTH, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scene = CellScene(kind)
        self.overlay = CellOverlay()
        self.style_now = Style(self.font())
        self.header = CellHeader(self, self.scene, self.style_now)
        self._painter = CellPainter(self.style_now, 1.0)
        self._over = CellOverlayPainter(self.style_now)
        self._picture: QPixmap | None = None
        self._drawn: tuple[QSizeF, QPointF, float] | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if kind in (BAND, SMALL):
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)

    def set_frame(self, gutter: float, column: float, scroll: float) -> None:
        """The measures of the columns that a band stands above, and how far they are scrolled."""
        frame = Frame(gutter, column, scroll)
        if self.scene.frame != frame:
            self.scene.frame = frame
            self.relayout()

    def wished_height(self) -> int:
        """The height in which everything has room."""
        return round(self.header.height_needed() + self.scene.height + (1 if self.scene.kind == BAND else 0))

    def sizeHint(self) -> QSize:
        style = self.style_now
        if self.scene.kind == SMALL:
            return QSize(round(style.small_line * 12.5), self.wished_height())
        lines = _ROWS_WISHED * (_LINES_WISHED * style.line + style.small_line)
        return QSize(round(7 * style.column), round(lines))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() if self.scene.kind == SMALL else QSize(0, 0)

    def show_over(self, **changes: Any) -> None:
        """Change the overlay and repaint if it looks different."""
        before = self.overlay
        self.overlay = replace(before, **changes)
        if self.overlay != before:
            self.viewport().update()

    def offset(self) -> QPointF:
        """How far the view is scrolled."""
        across = self.scene.frame.scroll if self.scene.frame else 0.0
        return QPointF(across, self.verticalScrollBar().value())

    def content_point(self, position: QPointF) -> QPointF:
        """A point of the view in the coordinates of the scene."""
        return position + self.offset()

    def point_on_screen(self, x: int, y: int) -> QPointF:
        """A point of the screen in the coordinates of the scene."""
        return self.content_point(QPointF(self.viewport().mapFromGlobal(QPoint(x, y))))

    def on_screen(self, rect: QRectF) -> QRect:
        """A rectangle of the scene in the coordinates of the screen."""
        return QRect(self.viewport().mapToGlobal((rect.topLeft() - self.offset()).toPoint()), rect.size().toSize())

    def bring_into_view(self, rect: QRectF) -> None:
        """Scroll as little as will do."""
        bring(self.verticalScrollBar(), rect.top(), rect.bottom(), self.viewport().height())

    def relayout(self) -> None:
        """Lay out anew."""
        height = self.header.height_needed() if self.scene.kind != BAND else 0
        if self.viewportMargins().top() != height:
            self.setViewportMargins(0, height, 0, 0)
        size = QSizeF(self.viewport().size())
        self.scene.layout(size.width(), size.height(), self.style_now)
        self.header.setGeometry(self.viewport().x(), self.viewport().y() - height, self.viewport().width(), height)
        self.header.setVisible(height > 0)
        self.header.update()
        set_bar(self.verticalScrollBar(), self.scene.height, size.height(), self.scene.line * 2)
        self._painter.forget()
        self._drawn = None
        self.viewport().update()

    def paint(self, device: QWidget | Any, dirty: QRect, size: QSizeF) -> None:
        """Paint a part of the view: the kept picture, the overlay afresh."""
        picture = self.picture(size, device.devicePixelRatio())
        ratio = picture.devicePixelRatio()
        target = QRectF(dirty)
        painter = QPainter(device)
        painter.drawPixmap(target, picture, QRectF(target.topLeft() * ratio, target.size() * ratio))
        painter.setClipRect(target & QRectF(self.scene.gutter, 0, size.width(), size.height()))
        self._over.paint(painter, self.scene, self.overlay, self.offset())
        painter.end()

    def picture(self, size: QSizeF, ratio: float) -> QPixmap:
        """The resting picture, drawn again only when something in it has changed."""
        wanted = (size, self.offset(), ratio)
        if self._picture is None or self._drawn != wanted:
            if self._painter.ratio != ratio:
                self._painter = CellPainter(self.style_now, ratio)
            self._picture = self._painter.picture(self.scene, size, self.offset())
            self._drawn = wanted
        return self._picture

    def forget(self) -> None:
        """Draw the resting picture again at the next repaint."""
        self._drawn = None

    def restyle(self) -> None:
        """Another font or theme."""
        self.style_now = Style(self.font())
        self.header.set_style(self.style_now)
        self._painter = CellPainter(self.style_now, self._painter.ratio)
        self._over = CellOverlayPainter(self.style_now)
        self.relayout()
        self.updateGeometry()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()
