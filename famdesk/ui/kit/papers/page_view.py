"""The pages of a PDF, one under the other, read with the mouse or with the keys alone.

Page Up and Page Down turn the pages, the arrows scroll, + and − enlarge and shrink, 0 shows whole pages again. Another
document takes the place of the one that is shown at once, painted: nothing flickers, and the place stays.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from famdesk.ui.kit import theme
from famdesk.ui.kit.grid import access as grid_access
from famdesk.ui.kit.papers.page_reader import PageReader

STEP: Final = 1.25
LEAST: Final = 0.25
MOST: Final = 5.0
"""The zoom: pixels of the screen for those that the sheet has on paper."""
_POINTS: Final = 72
_KEPT_PIXELS: Final = 40_000_000
"""How much of the pages that were seen is kept painted."""


class Pages(QAbstractScrollArea):
    """Shows a document, and knows which of its pages is read.

    Signals:
        page_changed(): another page is the one that is read, or there is another document.
        zoom_changed(): the pages are larger or smaller now.
    """

    page_changed = Signal()
    zoom_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: QPdfDocument | None = None
        self._zoom = 0.0
        self._places: list[QRect] = []
        self._painted: dict[int, QPixmap] = {}
        self._page = 0
        self.reader = PageReader(self)
        grid_access.install()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    @property
    def page(self) -> int:
        """Which page is read, from 1; 0 without a document."""
        return self._page

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self._places)

    @property
    def whole(self) -> bool:
        """Whether each page is shown as a whole."""
        return self._zoom == 0.0

    def set_document(self, document: QPdfDocument | None) -> None:
        """Show another document, at the same place if it has that."""
        kept, page = self._offset(), self._page
        self._document = document
        self._painted.clear()
        self._lay_out()
        if document is not None and page:
            self._go(min(page, self.pages), kept if page <= self.pages else 0.0)
        self._page = 0  # whoever listens is told, though it may be the same number
        self._on_scrolled()
        grid_access.content_changed(self)
        self.viewport().update()

    def words(self, page: int) -> str:
        """The text of a page, by its place."""
        return "" if self._document is None or page < 0 else self._document.getAllText(page).text()

    def on_screen(self, page: int) -> QRect:
        """Where a page is, by its place, on the viewport."""
        return self._places[page].translated(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())

    def set_zoom(self, zoom: float) -> None:
        """Show the sheet at a size, 1 for that on paper; 0 shows whole pages."""
        wanted = 0.0 if zoom <= 0 else max(LEAST, min(zoom, MOST))
        if wanted == self._zoom or not self.pages:
            return
        middle = self.horizontalScrollBar().value() / max(1, self.horizontalScrollBar().maximum())
        kept, page = self._offset(), self._page
        self._zoom = wanted
        self._lay_out()
        self._go(page, kept)
        bar = self.horizontalScrollBar()
        bar.setValue(round(bar.maximum() * (middle or 0.5)))
        self.viewport().update()
        self.zoom_changed.emit()

    def scale(self) -> float:
        """The size at which the page that is read is shown, 1 for that on paper."""
        if self._document is None or not self._page:
            return 1.0
        width = self._document.pagePointSize(self._page - 1).width()
        return self._places[self._page - 1].width() * _POINTS / (width * self.logicalDpiX())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        kept, page = self._offset(), self._page
        self._lay_out()
        if page:
            self._go(page, kept)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(theme.current().window))
        for page, place in enumerate(self._places):
            shown = self.on_screen(page)
            if shown.intersects(event.rect()):
                painter.fillRect(shown, QColor(Qt.GlobalColor.white))
                painter.drawPixmap(shown, self._picture(page, place.size()))
        painter.end()

    def _picture(self, page: int, size: QSize) -> QPixmap:
        """The page painted; what has not been seen for long is forgotten."""
        assert self._document is not None
        ratio = self.devicePixelRatioF()
        found = self._painted.pop(page, None)
        if found is None or found.size() != size * ratio:
            found = QPixmap.fromImage(self._document.render(page, size * ratio))
            found.setDevicePixelRatio(ratio)
        self._painted[page] = found
        while len(self._painted) > 1 and sum(_pixels(one) for one in self._painted.values()) > _KEPT_PIXELS:
            del self._painted[next(iter(self._painted))]
        return found

    def _lay_out(self) -> None:
        """Where each page is; the bars are there where they are needed, and stay while pages are shown whole."""
        document, gap = self._document, theme.unit(3)
        count = document.pageCount() if document is not None else 0
        policy = Qt.ScrollBarPolicy
        self.setHorizontalScrollBarPolicy(policy.ScrollBarAlwaysOff if self.whole else policy.ScrollBarAsNeeded)
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if count < 2 and self.whole else policy.ScrollBarAlwaysOn
        )
        view = self.viewport().size()
        sizes = [self._size(page, view, gap) for page in range(count)]
        across = max([view.width(), *(size.width() + 2 * gap for size in sizes)])
        self._places, y = [], gap
        for size in sizes:
            self._places.append(QRect((across - size.width()) // 2, y, size.width(), size.height()))
            y += size.height() + gap
        if count == 1 and y < view.height():
            self._places[0].translate(0, (view.height() - y) // 2)
        bars = ((self.horizontalScrollBar(), across, view.width()), (self.verticalScrollBar(), y, view.height()))
        for bar, room, seen in bars:
            bar.setPageStep(seen)
            bar.setSingleStep(theme.unit(6))
            bar.setRange(0, max(0, room - seen))

    def _size(self, page: int, view: QSize, gap: int) -> QSize:
        assert self._document is not None
        points = self._document.pagePointSize(page)
        scale = self._zoom * self.logicalDpiX() / _POINTS
        if self.whole:
            scale = min((view.width() - 2 * gap) / points.width(), (view.height() - 2 * gap) / points.height())
        return QSize(max(1, round(points.width() * scale)), max(1, round(points.height() * scale)))

    def _offset(self) -> float:
        """How much of the page that is read lies above the screen, as a share of its height."""
        if not self._page or self._page > len(self._places):
            return 0.0
        place = self._places[self._page - 1]
        return (self.verticalScrollBar().value() - place.top()) / place.height()

    def _go(self, page: int, share: float) -> None:
        if 0 < page <= self.pages:
            place = self._places[page - 1]
            top = place.top() + round(share * place.height()) - (theme.unit(3) if share == 0 else 0)
            self.verticalScrollBar().setValue(top)
            self._read(page)

    def _on_scrolled(self) -> None:
        """The page that is read is the one of which most is seen, the first of those that are seen alike."""
        seen = self.viewport().rect()
        shares = [self.on_screen(page).intersected(seen).height() / place.height()
                  for page, place in enumerate(self._places)]  # fmt: skip
        self._read(shares.index(max(shares)) + 1 if shares else 0)

    def _read(self, page: int) -> None:
        if page != self._page:
            self._page = page
            self.page_changed.emit()
            if page:
                grid_access.focus_moved(self)


class PageView(Pages):
    """The pages, turned and enlarged with the keys and the wheel."""

    def turn(self, by: int) -> None:
        """Go to the next page (1), the one before (−1), or further."""
        if self.pages:
            self._go(max(1, min(self._page + by, self.pages)), 0.0)

    def enlarge(self) -> None:
        self.set_zoom(self.scale() * STEP)

    def shrink(self) -> None:
        self.set_zoom(self.scale() / STEP)

    def show_whole(self) -> None:
        self.set_zoom(0.0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, by_screen = event.key(), not self.whole and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            way = 1 if key == Qt.Key.Key_PageDown else -1
            if by_screen:
                bar = self.verticalScrollBar()
                bar.setValue(bar.value() + way * round(self.viewport().height() * 0.9))
            else:
                self.turn(way)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.turn(self.pages if key == Qt.Key.Key_End else -self.pages)
        elif event.text() in {"+", "-", "0"}:
            {"+": self.enlarge, "-": self.shrink, "0": self.show_whole}[event.text()]()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            (self.enlarge if event.angleDelta().y() > 0 else self.shrink)()
            event.accept()
        else:
            super().wheelEvent(event)


def _pixels(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height()
