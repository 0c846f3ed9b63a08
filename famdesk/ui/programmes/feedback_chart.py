"""What people said, as bars: a question, its faces, how many ticked each; small numbers are not told."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from famdesk.domain.programmes import feedback
from famdesk.i18n import _, formats, ngettext
from famdesk.ui.kit import theme
from famdesk.usecases.programmes.feedback import Answers

_BAR, _GAP = 4, 2
"""Height of a bar and what lies between two, in units."""


class FeedbackChart(QWidget):
    """The bars of all questions, one below the other; the screen reader hears the numbers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answers: tuple[Answers, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_answers(self, answers: tuple[Answers, ...]) -> None:
        """Show other answers."""
        self._answers = answers
        self.setAccessibleName(" ".join(told for one in answers for told in spoken(one)))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.unit(100), int(sum(self._height(one) for one in self._answers)) + theme.unit(2))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.unit(70), self.sizeHint().height())

    def _height(self, one: Answers) -> float:
        lines = len(one.cells) or 1 + len(one.remarks)
        return self._line() + lines * self._row() + theme.unit(4)

    def _line(self) -> int:
        return QFontMetrics(theme.font(1.0, True)).height() + theme.unit(1)

    def _row(self) -> int:
        return max(theme.unit(_BAR + _GAP), QFontMetrics(theme.font()).height() + theme.unit(1))

    def _starts(self) -> float:
        """Where the bars begin: after the longest words."""
        metrics = QFontMetrics(theme.font())
        told = [text for one in self._answers if one.cells for text in spoken(one)[1:]]
        return max((metrics.horizontalAdvance(text) for text in told), default=0) + theme.unit(4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        y = 0.0
        for one in self._answers:
            self._paint(painter, one, y)
            y += self._height(one)

    def _paint(self, painter: QPainter, one: Answers, y: float) -> None:
        colours = theme.current()
        painter.setPen(theme.colour(colours.text))
        painter.setFont(theme.font(1.0, True))
        left = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(QRectF(0, y, self.width(), self._line()), left, feedback.question_text(one.question.text))
        y += self._line()
        painter.setFont(theme.font())
        most = max((cell for cell in one.cells if cell is not None), default=0)
        starts = self._starts()
        for place, (cell, told) in enumerate(zip(one.cells, spoken(one)[1:], strict=False)):
            top = y + place * self._row()
            painter.setPen(theme.colour(colours.second))
            painter.drawText(QRectF(0, top, starts, self._row()), left, told)
            if cell and most:
                wide = (self.width() - starts - theme.unit(2)) * cell / most
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour(colours.accent.text))
                bar = QRectF(starts, top + (self._row() - theme.unit(_BAR)) / 2, wide, theme.unit(_BAR))
                painter.drawRoundedRect(bar, 3, 3)
        if not one.cells:
            painter.setPen(theme.colour(colours.second))
            for place, remark in enumerate(one.remarks or (_("No remarks."),)):
                painter.drawText(QRectF(0, y + place * self._row(), self.width(), self._row()), left, remark)


def spoken(one: Answers) -> tuple[str, ...]:
    """The question, then each answer in words."""
    told = [feedback.question_text(one.question.text)]
    words = feedback.face_words(len(one.cells))
    for cell, word in zip(one.cells, words, strict=False):
        number = _("too few to be told") if cell is None else formats.number(cell)
        told.append(f"{word}: {number}")
    if not one.cells:
        count = len(one.remarks)
        told.append(ngettext("{n} remark", "{n} remarks", count).format(n=formats.number(count)))
    return tuple(told)
