"""The surface of a genogram: painting, zooming and scrolling."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from famdesk.domain.people.genogram.family import Family
from famdesk.domain.people.genogram.places import Rect
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.people.genogram.paint import Painted

LEAST, MOST = 0.25, 4.0
STEP = 1.2


class GenogramCanvas(QAbstractScrollArea):
    """Shows a family at any scale; as long as nobody zooms, the whole drawing is in sight.

    Signals:
        zoom_changed(): the scale is another.
    """

    zoom_changed = Signal()

    def __init__(self, parent: QWidget | None = None, *, largest: float = 1.0) -> None:
        """`largest`: the scale that a small drawing is enlarged to, if there is room."""
        super().__init__(parent)
        self._largest = largest
        self._painted: Painted | None = None
        self._current = ""
        self._zoom = 1.0
        self._fitted = True
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Genogram"))
        self.setMinimumSize(theme.unit(60), theme.unit(40))
        self.viewport().setMouseTracking(True)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self._lay_out)

    @property
    def zoom(self) -> float:
        """The scale, 1.0 for the size of the program's text."""
        return self._zoom

    def painted(self) -> Painted | None:
        """The drawing that is shown."""
        return self._painted

    def show_family(self, family: Family | None) -> None:
        """Show a family, or nothing."""
        self._painted = Painted(family) if family and family.people else None
        if self._fitted:
            self.fit()
        self._spread()
        self.viewport().update()

    def zoom_by(self, factor: float) -> None:
        """Enlarge or reduce; the person with the focus stays in sight."""
        self._fitted = False
        self._set_zoom(self._zoom * factor)
        self._reveal()

    def fit(self) -> None:
        """Show the whole drawing, as large as there is room."""
        self._fitted = True
        if self._painted is not None:
            drawing, room = self._painted.drawing, self.viewport().size()
            self._set_zoom(min(self._largest, room.width() / drawing.width, room.height() / drawing.height))

    def person_at(self, place: QPointF) -> str:
        """Who is drawn at a place of the viewport, or ""."""
        if self._painted is None:
            return ""
        origin = self._origin()
        x, y = (place.x() - origin.x()) / self._zoom, (place.y() - origin.y()) / self._zoom
        boxes = ((one.id, one.box) for one in self._painted.drawing.placed)
        return next((one for one, box in boxes if box.left <= x <= box.right and box.top <= y <= box.bottom), "")

    def place_of(self, person_id: str) -> QPointF:
        """The middle of somebody's symbol in the viewport; the origin for nobody."""
        at = self._painted.drawing.find(person_id) if self._painted else None
        return self._origin() + QPointF(at.x, at.y) * self._zoom if at else QPointF()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.colour(theme.current().card))
        if self._painted is not None:
            painter.translate(self._origin())
            painter.scale(self._zoom, self._zoom)
            self._painted.paint(painter, self._current if self.hasFocus() else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted:
            self.fit()
        self._spread()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(STEP ** (event.angleDelta().y() / 120))
            event.accept()
        else:
            super().wheelEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._again.start()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def _lay_out(self) -> None:
        """The font is another: everything is measured anew."""
        if self._painted is not None:
            self.show_family(self._painted.family)

    def _set_zoom(self, zoom: float) -> None:
        self._zoom = min(max(zoom, LEAST), MOST)
        self._spread()
        self.viewport().update()
        self.zoom_changed.emit()

    def _origin(self) -> QPointF:
        """Where the drawing begins in the viewport: in the middle if there is room."""
        if self._painted is None:
            return QPointF()
        drawing, room = self._painted.drawing, self.viewport().size()
        left = max(0.0, (room.width() - drawing.width * self._zoom) / 2)
        top = max(0.0, (room.height() - drawing.height * self._zoom) / 2)
        return QPointF(left - self.horizontalScrollBar().value(), top - self.verticalScrollBar().value())

    def _spread(self) -> None:
        """Set the scroll bars to the size of the drawing."""
        drawing, room = self._painted.drawing if self._painted else None, self.viewport().size()
        width, height = (drawing.width, drawing.height) if drawing else (0.0, 0.0)
        for bar, need, have in (
            (self.horizontalScrollBar(), width, room.width()),
            (self.verticalScrollBar(), height, room.height()),
        ):
            bar.setPageStep(have)
            bar.setSingleStep(theme.unit(6))
            bar.setRange(0, max(0, int(need * self._zoom) - have))

    def _reveal(self) -> None:
        """Scroll so that the person with the focus is in sight."""
        at = self._painted.drawing.find(self._current) if self._painted else None
        if at is None:
            return
        box: Rect = at.box.grown(theme.unit(2))
        for bar, low, high, have in (
            (self.horizontalScrollBar(), box.left, box.right, self.viewport().width()),
            (self.verticalScrollBar(), box.top, box.bottom, self.viewport().height()),
        ):
            if low * self._zoom < bar.value():
                bar.setValue(int(low * self._zoom))
            elif high * self._zoom > bar.value() + have:
                bar.setValue(int(high * self._zoom) - have)
