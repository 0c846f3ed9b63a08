"""How a `Line` is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from famdesk.domain.notes.found_words import spans
from famdesk.ui.kit import icons, theme
from famdesk.ui.kit.buttons import hint_width, paint_hint
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.lines import LINE_ROLE, AnyIndex, Line
from famdesk.ui.kit.widgets import badge_size, paint_badge

_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_ONE = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the parts of a line are, in pixels from its left edge: the text column, and whether the end is below it."""

    lead: int
    text: int
    width: int
    title: int
    end_below: bool


class LineDelegate(QStyledItemDelegate):
    """Draws lines with hairlines between them and a rounded tint behind the current one.

    Attributes:
        needle: words that are shown in bold where they stand in titles.
    """

    def __init__(self, parent: QObject | None = None, *, hairlines: bool = True) -> None:
        super().__init__(parent)
        self._hairlines = hairlines
        self.needle = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QWidget) and hasattr(view, "viewport") else 400
        return QSize(width, self.height(index.data(LINE_ROLE), width))

    def height(self, line: Line, width: int) -> int:
        """The height of a line in a list of this width, in pixels."""
        if line.header or line.marker:
            return QFontMetrics(theme.font(theme.SMALL)).height() + theme.unit(3)
        places = _places(line, width)
        text = _text_height(line.title, places.title, bold=line.strong)
        if line.detail:
            text += _text_height(line.detail, places.width)
        if places.end_below:
            text += _metrics().height() + theme.unit(0.5)
        lead = _text_height(_breakable(line.lead), places.lead) if line.lead else 0
        return max(text, lead) + theme.unit(3)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        line: Line = index.data(LINE_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area: QRect = option.rect
        if line.marker:
            _paint_marker(painter, area, line)
        elif line.header:
            _paint_header(painter, area, line)
        else:
            self._paint_back(painter, option, index)
            self._paint_line(painter, area, line)
        painter.restore()

    def _paint_back(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        colours = theme.current()
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.selection))
            painter.drawRoundedRect(QRectF(area).adjusted(0, 1, 0, -1), 6, 6)
            view = self.parent()
            if isinstance(view, QWidget) and view.hasFocus():
                painter.setPen(QPen(QColor(colours.primary), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(area).adjusted(1, 2, -1, -2), 5, 5)
            return
        if state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.hover))
            painter.drawRoundedRect(QRectF(area).adjusted(0, 1, 0, -1), 6, 6)
        if self._hairlines and index.row() + 1 < index.model().rowCount():
            edge = theme.unit(2)
            line = QRect(area.left() + edge, area.bottom(), area.width() - 2 * edge, 1)
            painter.fillRect(line, QColor(colours.hairline))

    def _paint_line(self, painter: QPainter, area: QRect, line: Line) -> None:
        colours = theme.current()
        places = _places(line, area.width())
        top = area.top() + theme.unit(1.5)
        if line.lead:
            painter.setFont(theme.font())
            painter.setPen(QColor(colours.second))
            lead = QRect(area.left() + theme.unit(2), top, places.lead, area.height())
            painter.drawText(lead, _WRAP, _breakable(line.lead))
        _paint_front(painter, area, line)
        title = _text_height(line.title, places.title, bold=line.strong)
        text = QRect(area.left() + places.text, top, places.title, title)
        painter.setPen(QColor(colours.text))
        self._paint_title(painter, text, line)
        if line.detail:
            painter.setFont(theme.font())
            painter.setPen(QColor(colours.second))
            below = QRect(text.left(), text.bottom() + 1, places.width, area.height())
            painter.drawText(below, _WRAP, line.detail)
        _paint_end(painter, _end_area(area, line, places), line)

    def _paint_title(self, painter: QPainter, area: QRect, line: Line) -> None:
        """The title, with what matches in bold if it stands on one line."""
        painter.setFont(theme.font(bold=line.strong))
        found = spans(line.title, self.needle) if self.needle else ()
        if not found or painter.fontMetrics().horizontalAdvance(line.title) > area.width():
            painter.drawText(area, _WRAP, line.title)
            return
        left = area.left()
        for piece, bold in _pieces(line.title, found):
            painter.setFont(theme.font(bold=bold or line.strong))
            painter.drawText(QRect(left, area.top(), area.width(), area.height()), _ONE, piece)
            left += painter.fontMetrics().horizontalAdvance(piece)


def _pieces(title: str, found: Sequence[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """A title in pieces, and which of them match."""
    last = 0
    for start, end in found:
        yield title[last:start], False
        yield title[start:end], True
        last = end
    yield title[last:], False


def _metrics(scale: float = 1.0, *, bold: bool = False) -> QFontMetrics:
    return QFontMetrics(theme.font(scale, bold=bold))


def _text_height(text: str, width: int, *, bold: bool = False) -> int:
    if not text:
        return 0
    return _metrics(bold=bold).boundingRect(QRect(0, 0, max(width, 10), 100_000), _WRAP, text).height()


def _places(line: Line, width: int) -> _Places:
    """Lay the columns out. The end stands beside the title if both fit on one line, else below the text."""
    edge, gap = theme.unit(2), theme.unit(2.5)
    lead = _lead_width(line, width)
    start = edge + (lead + gap if lead else 0) + _front_width(line)
    room = max(width - start - edge, width // 3)
    end = _end_width(line)
    title = _metrics(bold=line.strong).horizontalAdvance(line.title)
    below = bool(end) and title + gap + end > room
    return _Places(lead, start, room, room - end - gap if end and not below else room, below)


def _end_area(area: QRect, line: Line, places: _Places) -> QRect:
    """Where badge, quiet text and shortcut go: at the right of the line, or in a row of their own under the text."""
    height = _metrics().height()
    if places.end_below:
        left = area.left() + places.text - theme.unit(2)
        top = area.bottom() - theme.unit(1.25) - height
        return QRect(left, top, _end_width(line) + theme.unit(4), height)
    if line.detail:
        return QRect(area.left(), area.top() + theme.unit(1.5), area.width(), height)
    return area


def _lead_width(line: Line, width: int) -> int:
    """The column of times; in a narrow list "12:00–12:30" breaks after its dash rather than push the title aside."""
    if not line.lead:
        return 0
    metrics = _metrics()
    most = "00:00–00:00" if width >= theme.unit(100) else "gio 00,"
    whole = metrics.horizontalAdvance(most)
    return (whole if line.wide_lead else min(metrics.horizontalAdvance(line.lead), whole)) + 2


def _breakable(lead: str) -> str:
    """The text with a place to break after a dash."""
    return lead.replace("–", "–\u200b")


def _front_width(line: Line) -> int:
    width = 0
    if line.icon:
        width += theme.unit(4.5) + theme.unit(2.5)
    if line.tag:
        width += max(badge_size(line.tag).width(), theme.unit(5)) + theme.unit(2)
    if line.badge and line.badge_first:
        width += badge_size(line.badge).width() + theme.unit(2.5)
    return width


def _end_width(line: Line) -> int:
    width = 0
    if line.badge and not line.badge_first:
        width += badge_size(line.badge).width()
    if line.trail:
        width += _metrics().horizontalAdvance(line.trail) + (theme.unit(2) if width else 0)
    if line.shortcut:
        width += hint_width(line.shortcut) + (theme.unit(2) if width else 0)
    return width


def _paint_front(painter: QPainter, area: QRect, line: Line) -> None:
    """Icon, tag and leading badge, beside the first line of the text."""
    lead = _lead_width(line, area.width())
    left = area.left() + theme.unit(2) + (lead + theme.unit(2.5) if lead else 0)
    middle = area.top() + theme.unit(1.5) + _metrics().height() / 2
    if line.icon:
        side = theme.unit(4.5)
        icons.paint(painter, line.icon, QRectF(left, round(middle - side / 2), side, side), theme.current().text)
        left += side + theme.unit(2.5)
    if line.tag:
        size = badge_size(line.tag)
        box = QRectF(left, round(middle - size.height() / 2), max(size.width(), theme.unit(5)), size.height())
        paint_badge(painter, box, line.tag, line.tag_meaning or Meaning.CLOSED)
        left += round(box.width()) + theme.unit(2)
    if line.badge and line.badge_first:
        size = badge_size(line.badge)
        box = QRectF(left, round(middle - size.height() / 2), size.width(), size.height())
        paint_badge(painter, box, line.badge, line.meaning or Meaning.CLOSED)


def _paint_end(painter: QPainter, area: QRect, line: Line) -> None:
    """Badge, quiet text and shortcut at the right end, in the vertical middle."""
    right = area.right() - theme.unit(2)
    if line.shortcut:
        right -= hint_width(line.shortcut)
        paint_hint(painter, QRectF(right, area.top(), hint_width(line.shortcut), area.height()), line.shortcut)
        right -= theme.unit(2)
    if line.trail:
        painter.setFont(QFont(theme.font()))
        painter.setPen(QColor(theme.current().second))
        width = _metrics().horizontalAdvance(line.trail)
        right -= width - 1
        painter.drawText(QRect(right, area.top(), width + 2, area.height()), _ONE, line.trail)
        right -= theme.unit(2)
    if line.badge and not line.badge_first:
        size = badge_size(line.badge)
        box = QRectF(right - size.width(), area.center().y() - size.height() // 2, size.width(), size.height())
        paint_badge(painter, box, line.badge, line.meaning or Meaning.CLOSED)


def _paint_marker(painter: QPainter, area: QRect, line: Line) -> None:
    """The now-line: a thick line with its words under it."""
    colour = QColor(theme.current().conflict.text)
    painter.fillRect(QRect(area.left() + theme.unit(2), area.top(), area.width() - theme.unit(4), 2), colour)
    painter.setPen(colour)
    painter.setFont(theme.font())
    painter.drawText(area.adjusted(theme.unit(2), 2, 0, 0), _ONE, line.title)


def _paint_header(painter: QPainter, area: QRect, line: Line) -> None:
    painter.setPen(QColor(theme.current().second))
    painter.setFont(theme.font(theme.SMALL, bold=True))
    painter.drawText(area.adjusted(theme.unit(2), 0, 0, 0), _ONE, line.title)
