"""The resting picture of a sheet of cells, and what is drawn over it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from famdesk.ui.kit.cells.model import MONTH, SMALL, TABLE, Cell, Part
from famdesk.ui.kit.cells.scene import CellScene
from famdesk.ui.kit.cells.words import more_text
from famdesk.ui.kit.colours import mixed
from famdesk.ui.kit.grid.boxes import BoxPainter, hatch
from famdesk.ui.kit.grid.model import GridBox
from famdesk.ui.kit.grid.style import Style

_MIDDLE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class CellOverlay:
    """What is drawn over the picture: `cell` is the cursor, `ghost` the first and last cell of a drag."""

    cell: int = -1
    selected: str = ""
    hovered: str = ""
    ghost: tuple[int, int] | None = None
    now: tuple[int, int] | None = None
    focus: bool = False


class CellPainter:
    """Draws cells and items; positions are those of the scene, moved by the scroll position."""

    def __init__(self, style: Style, ratio: float) -> None:
        self.style, self.ratio = style, ratio
        self.boxes = BoxPainter(style, ratio)
        self._shown: list[tuple[GridBox, QRectF]] | None = None
        self._texts = self.boxes.texts
        for name, font in (("small", style.small), ("small bold", style.small_bold), ("body", style.body_bold)):
            self._texts.set_font(name, font)

    def forget(self) -> None:
        """The layout has changed."""
        self.boxes.forget()
        self._shown = None

    def picture(self, scene: CellScene, size: QSizeF, scroll: QPointF) -> QPixmap:
        """The view of that size, scrolled."""
        picture = QPixmap((size * self.ratio).toSize())
        picture.setDevicePixelRatio(self.ratio)
        picture.fill(QColor(self.style.colours.card))
        painter = QPainter(picture)
        painter.save()
        painter.translate(0, -scroll.y())
        self._row_titles(painter, scene)
        painter.setClipRect(QRectF(scene.gutter, scroll.y(), size.width() - scene.gutter, size.height()))
        painter.translate(-scroll.x(), 0)
        view = QRectF(QPointF(scroll.x() + scene.gutter, scroll.y()), QSizeF(size.width(), size.height()))
        numbers = [n for n in range(len(scene.content.cells)) if scene.cell_rect(n).intersects(view)]
        for number in numbers:
            self._ground(painter, scene.content.cells[number], scene.cell_rect(number), scene.kind)
        if scene.kind != SMALL:
            self._lines(painter, scene)
        for number in numbers:
            self._cell(painter, scene, number)
        if self._shown is None:
            alone = scene.kind == TABLE and scene.column < self.style.column * 1.2
            self._shown = [
                (self._box(part, alone), scene.part_rect(part)) for plan in scene.plans for part in plan.shown
            ]
        self.boxes.paint(painter, ((box, rect) for box, rect in self._shown if rect.intersects(view)))
        painter.restore()
        painter.end()
        return picture

    def _box(self, part: Part, alone: bool) -> GridBox:
        """The item as the box painter takes it; in narrow cells of two lines the time stands `alone` in the first."""
        item = part.item
        if alone and item.time and not item.bar:
            text = " · ".join(words for words in (item.title, item.text) if words)
            return GridBox(f"{item.id}#{part.row}", "", 0, 0, item.time, text, item.tone, item.state)
        title = f"{item.time}  {item.title}" if item.time and not item.bar else item.title
        return GridBox(f"{item.id}#{part.row}", "", 0, 0, title, item.text, item.tone, item.state)

    def _row_titles(self, painter: QPainter, scene: CellScene) -> None:
        style = self.style
        names = scene.kind == TABLE
        font = "body" if names else "small"
        painter.setPen(QColor(style.colours.text if names else style.colours.second))
        painter.setFont(self._texts.font(font))
        for row, head in enumerate(scene.content.rows):
            room = QRectF(0, scene.row_tops[row], scene.gutter, scene.row_heights[row])
            if names:
                room = room.adjusted(3 * style.em, style.em, -style.em, -style.em)
                lines = self._texts.block(head.title, font, room.width(), max(1, int(room.height() // style.body_line)))
                for number, line in enumerate(lines):
                    painter.drawStaticText(QPointF(room.left(), room.top() + number * style.body_line), line)
            elif scene.kind == MONTH:
                painter.drawText(room.adjusted(0, style.em, 0, 0), Qt.AlignmentFlag.AlignHCenter, head.title)
            else:
                painter.drawText(room, _MIDDLE, head.title)

    def _ground(self, painter: QPainter, cell: Cell, rect: QRectF, kind: str) -> None:
        table = self.style.colours
        if kind == SMALL:
            return
        if cell.closed:
            painter.fillRect(rect, QColor(mixed(table.closed.tint, table.card, 0.3)))
            painter.save()
            painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            hatch(painter, rect, mixed(table.closed.tint, table.card, 0.9), self.style.em * 1.4)
            painter.restore()
        elif cell.faint:
            painter.fillRect(rect, QColor(table.window))
        elif cell.today and kind == MONTH:
            painter.fillRect(rect, QColor(mixed(table.selection, table.card, 0.35)))

    def _lines(self, painter: QPainter, scene: CellScene) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        pen = QPen(QColor(self.style.colours.hairline), 1.0)
        pen.setCosmetic(True)
        painter.setPen(pen)
        right = scene.gutter + len(scene.content.columns) * scene.column
        lines = [QLineF(0, round(top), right, round(top)) for top in scene.row_tops[1:]]
        for column in range(len(scene.content.columns)):
            x = round(scene.gutter + column * scene.column)
            lines.append(QLineF(x, 0, x, scene.height))
        painter.drawLines(lines)

    def _cell(self, painter: QPainter, scene: CellScene, number: int) -> None:
        cell, rect = scene.content.cells[number], scene.cell_rect(number)
        if scene.kind == SMALL:
            self._small(painter, cell, rect)
            return
        style, table = self.style, self.style.colours
        if scene.kind == MONTH:
            self._number(painter, cell, rect)
        elif cell.closed and not scene.items_in(number):
            line = self._texts.line(cell.closed, "small bold", rect.width() - 4 * style.em)
            if line is not None and scene.kind == TABLE:
                painter.setFont(style.small_bold)
                painter.setPen(QColor(table.closed.text))
                painter.drawStaticText(QPointF(rect.left() + 2 * style.em, rect.top() + style.em), line)
        hidden = scene.hidden(number)
        if hidden:
            room = scene.more_rect(number)
            line = self._texts.line(more_text(hidden), "small bold", room.width() - style.pad)
            if line is not None:
                painter.setFont(style.small_bold)
                painter.setPen(QColor(table.primary))
                painter.drawStaticText(QPointF(room.left() + style.em, room.top()), line)

    def _number(self, painter: QPainter, cell: Cell, rect: QRectF) -> None:
        """The day at the left; at the right why it is closed, or quietly when it is open."""
        style, table = self.style, self.style.colours
        wide = self._texts.width(cell.number, "small bold") + 2 * style.em
        chip = QRectF(rect.left() + style.em, rect.top() + style.em, max(wide, style.small_line), style.small_line)
        if cell.today:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(table.primary))
            painter.drawRoundedRect(chip, chip.height() / 2, chip.height() / 2)
        number = self._texts.line(cell.number, "small bold", rect.width())
        if number is not None:
            painter.setFont(style.small_bold)
            painter.setPen(QColor(table.on_primary if cell.today else table.second if cell.faint else table.text))
            painter.drawStaticText(QPointF(round(chip.center().x() - number.size().width() / 2), chip.top()), number)
        words, font = (cell.closed, "small bold") if cell.closed else (cell.note, "small")
        room = QRectF(chip.right() + style.em, chip.top(), rect.right() - chip.right() - 3 * style.em, chip.height())
        fits = cell.closed or self._texts.width(words, font) <= room.width()  # half an opening hour would be wrong
        line = self._texts.line(words, font, room.width()) if words and fits and room.width() > 0 else None
        if line is not None:
            left = round(room.right() - line.size().width())
            if cell.closed:
                painter.fillRect(QRectF(left - style.em, room.top(), line.size().width() + 2 * style.em, room.height()),
                                 QColor(table.card))  # fmt: skip
            painter.setFont(self._texts.font(font))
            painter.setPen(QColor(table.closed.text if cell.closed else table.open.text))
            painter.drawStaticText(QPointF(left, room.top()), line)

    def _small(self, painter: QPainter, cell: Cell, rect: QRectF) -> None:
        style, table = self.style, self.style.colours
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if cell.today:
            side = min(rect.width(), rect.height()) - 1
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(table.primary))
            painter.drawEllipse(rect.center() + QPointF(0.5, 0.5), side / 2, side / 2)
        painter.setFont(style.small_bold if cell.mark else style.small)
        painter.setPen(QColor(table.on_primary if cell.today else table.second if cell.faint else table.text))
        painter.drawText(rect.adjusted(0, 0, 0, -style.em / 2), _MIDDLE, cell.number)
        if cell.mark:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(table.on_primary if cell.today else table.primary))
            painter.drawEllipse(QPointF(rect.center().x(), rect.bottom() - style.em * 0.9), style.em * 0.4,
                                style.em * 0.4)  # fmt: skip


class CellOverlayPainter:
    """Draws an overlay; a millisecond at most."""

    def __init__(self, style: Style) -> None:
        self._style = style

    def paint(self, painter: QPainter, scene: CellScene, over: CellOverlay, scroll: QPointF) -> None:
        """Draw it in the coordinates of the view."""
        if not scene.content.cells:
            return
        style, table = self._style, self._style.colours
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-scroll)
        if 0 <= over.cell < len(scene.content.cells) and not over.selected and (over.focus or scene.kind == SMALL):
            self._ring(painter, scene.cell_rect(over.cell), QColor(table.primary), style.em / 2, -1.5)
        if over.hovered and over.hovered != over.selected:
            for rect in scene.rects(over.hovered):
                self._ring(painter, rect, QColor(table.second), 1.0, 0.5)
        for rect in scene.rects(over.selected):
            self._ring(painter, rect, QColor(table.primary), style.em / 2 if over.focus else 1.5, 1.0)
        if over.now is not None and over.ghost is None:
            self._now(painter, scene, *over.now)
        if over.ghost is not None:
            ground = QColor(table.selection)
            ground.setAlphaF(0.6)
            for number in range(over.ghost[0], over.ghost[1] + 1):
                painter.fillRect(scene.cell_rect(number).adjusted(1, 1, -1, -1), ground)
                self._ring(painter, scene.cell_rect(number), QColor(table.primary), style.em / 2, -1.5)

    def _ring(self, painter: QPainter, rect: QRectF, colour: QColor, width: float, out: float) -> None:
        painter.setPen(QPen(colour, width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(-out, -out, out, out), self._style.em, self._style.em)

    def _now(self, painter: QPainter, scene: CellScene, number: int, minute: int) -> None:
        cell, colour = scene.cell_rect(number), QColor(self._style.colours.conflict.text)
        y = min(scene.now_at(number, minute, self._style), cell.bottom() - 2)
        painter.setPen(QPen(colour, self._style.em / 2))
        painter.drawLine(QPointF(cell.left() + 3, y), QPointF(cell.right() - 4, y))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(cell.left() + 3, y), self._style.em * 0.75, self._style.em * 0.75)
