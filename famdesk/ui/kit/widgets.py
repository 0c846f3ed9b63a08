"""Small parts of every view: cards, badges, titles, empty states, segmented choices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from famdesk.ui.kit import icons, theme
from famdesk.ui.kit.buttons import ActionButton, overhang
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.scrolling import CalmArea


class Label(QLabel):
    """Plain text of a kind: "title", "section", "strong", "second", "small", "problem" or "" (body)."""

    def __init__(self, text: str = "", kind: str = "", parent: QWidget | None = None, *, wrap: bool = False) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if kind:
            theme.set_kind(self, kind)


class SectionTitle(Label):
    """A heading at 115 % inside a view or form."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, "section", parent)


class ElidedLabel(QLabel):
    """One line that is shortened with an ellipsis when there is no room; the whole text is in the tooltip then."""

    def __init__(self, text: str = "", kind: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if kind:
            theme.set_kind(self, kind)

    def setText(self, text: str) -> None:
        super().setText(text)
        self._tell_whole()

    def minimumSizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.averageCharWidth() * 3, metrics.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_whole()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        self.style().drawItemText(
            painter, area, int(self.alignment()), self.palette(), self.isEnabled(), shown, self.foregroundRole()
        )

    def _tell_whole(self) -> None:
        cut = self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
        self.setToolTip(self.text() if cut else "")


class Badge(QLabel):
    """A word on the tint of its meaning: "open", "arrived", "B"."""

    def __init__(self, text: str = "", meaning: Meaning = Meaning.CLOSED, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._meaning = meaning
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def meaning(self) -> Meaning:
        """What the badge's colour says."""
        return self._meaning

    def set(self, text: str, meaning: Meaning) -> None:
        """Show another word and meaning."""
        self._meaning = meaning
        self.setText(text)
        self.update()

    def sizeHint(self) -> QSize:
        return badge_size(self.text())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_badge(painter, QRectF(self.rect()), self.text(), self._meaning)


def badge_size(text: str) -> QSize:
    """The room that a badge takes."""
    metrics = QFontMetrics(theme.font(theme.SMALL))
    return QSize(metrics.horizontalAdvance(text) + theme.unit(4), metrics.height() + theme.unit(0.75))


def paint_badge(painter: QPainter, rect: QRectF, text: str, meaning: Meaning) -> None:
    """Draw a badge into `rect`, its text shortened if it has to be; tables, lists and the widget look the same."""
    text_colour, tint = theme.tone(meaning)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint)
    painter.drawRoundedRect(rect, 4, 4)
    painter.setPen(text_colour)
    painter.setFont(theme.font(theme.SMALL))
    room = rect.width() - theme.unit(2)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(int(room), 0))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()


class IconLabel(QLabel):
    """An icon as decoration beside words; it has no name of its own for the screen reader."""

    def __init__(
        self, name: str, parent: QWidget | None = None, *, scale: float = 4.5, meaning: Meaning | None = None
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._scale = scale
        self._meaning = meaning
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, name: str, meaning: Meaning | None = None) -> None:
        """Show another icon."""
        self._name = name
        self._meaning = meaning
        self.update()

    def sizeHint(self) -> QSize:
        side = theme.unit(self._scale)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        colour = colours.text if self._meaning is None else colours.tone(self._meaning).text
        side = theme.unit(self._scale)
        area = QRectF(0, (self.height() - side) / 2, side, side)
        icons.paint(QPainter(self), self._name, area, colour)


class Hairline(QFrame):
    """A one-pixel line, horizontal unless told otherwise."""

    def __init__(self, parent: QWidget | None = None, *, vertical: bool = False) -> None:
        super().__init__(parent)
        theme.set_kind(self, "hairline")
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)


class _Wide(QVBoxLayout):
    """Reaches out beyond what stands above it, as far as the rows of a list do beyond their words."""

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect.adjusted(-theme.unit(2), 0, theme.unit(2), 0))


class Card(QFrame):
    """A rounded panel; what it holds goes into `body`.

    Attributes:
        body: the vertical layout under the heading.
        tools: the horizontal layout at the right end of the heading.
    """

    def __init__(self, title: str = "", icon: str = "", parent: QWidget | None = None, *, note: str = "") -> None:
        super().__init__(parent)
        theme.set_kind(self, "card")
        outer = QVBoxLayout(self)
        # A heading is as high as one with buttons, so that the titles of neighbours stand on one line.
        outer.setContentsMargins(theme.unit(2), theme.unit(2 if title else 3.5), theme.unit(2), theme.unit(3.5))
        outer.setSpacing(theme.unit(1.5 if title else 2))
        self._title = SectionTitle(title)
        self._note = Label(note, "second")
        if not note:
            self._note.hide()
        self.tools = QHBoxLayout()
        if title:
            self._heading = _Heading(icon, self._title, self._note, self.tools)
            outer.addWidget(self._heading)
            self.setAccessibleName(title)
        self._outer = outer
        self.body = QVBoxLayout()
        self.body.setContentsMargins(theme.unit(2), 0, theme.unit(2), 0)
        self.body.setSpacing(theme.unit(2))
        outer.addLayout(self.body, 1)

    def add_list(self, view: QWidget, stretch: int = 1) -> None:
        """Add a list or table above `body`; its text is aligned with the heading, its rows reach further out."""
        self._outer.insertWidget(self._outer.count() - 1, view, stretch)
        self._outer.setStretchFactor(self.body, 0)

    def add_wide(self, view: QWidget, stretch: int = 0) -> None:
        """Add a list or table to `body`, where something stands above it; aligned as `add_list` does."""
        row = _Wide()
        row.addWidget(view)
        self.body.addLayout(row, stretch)

    def set_title(self, title: str) -> None:
        """Change the heading; the card must have been made with one."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def set_note(self, note: str) -> None:
        """A few quiet words after the heading, such as a count: "· 2"."""
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def set_count(self, count: int) -> None:
        """Show a number after the heading; nothing for 0."""
        self.set_note(f"· {count}" if count else "")


class _Start(QWidget):
    """Icon, title and note of a card, in a row as high as one of buttons."""

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(hint.width(), max(hint.height(), self.fontMetrics().height() + theme.unit(3.5)))


@dataclass(frozen=True, slots=True)
class _Fit:
    """How a heading is arranged: where its tools stand, whether the title is wrapped, and how far in pixels tools
    without a frame reach out at the left, where they stand below, and at the right."""

    direction: QBoxLayout.Direction
    wrapped: bool
    left: int = 0
    right: int = 0


class _Heading(QWidget):
    """Title and note of a card, and its tools beside them or, where both do not fit, below."""

    def __init__(self, icon: str, title: Label, note: Label, tools: QHBoxLayout) -> None:
        super().__init__()
        theme.set_kind(self, "plain")
        self._title, self._tools = title, tools
        self._fitted = _Fit(QBoxLayout.Direction.LeftToRight, wrapped=False)
        self._start, self._end = _Start(), QWidget()
        start = QHBoxLayout(self._start)
        start.setContentsMargins(0, 0, 0, 0)
        start.setSpacing(theme.unit(2))
        self._icon, self._note = (IconLabel(icon) if icon else None), note
        if self._icon is not None:
            start.addWidget(self._icon)
        start.addWidget(title)
        start.addWidget(note)
        start.addStretch(1)
        tools.setContentsMargins(0, 0, 0, 0)
        self._end.setLayout(tools)
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._rows.setSizeConstraint(QBoxLayout.SizeConstraint.SetNoConstraint)
        self._rows.setContentsMargins(theme.unit(2), 0, theme.unit(2), 0)
        self._rows.setSpacing(theme.unit(2))
        self._rows.addWidget(self._start, 1)
        self._rows.addWidget(self._end)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider of both."""
        sides = theme.unit(4)
        words = self._title.text().split() or [""]
        longest = max(self._title.fontMetrics().horizontalAdvance(word) for word in words) + 2
        if self._icon is not None:
            longest += self._icon.sizeHint().width() + theme.unit(2)
        widest = max(self._end.minimumSizeHint().width(), longest) + sides
        return QSize(widest, self._rows.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._look()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._look()
        return done

    def _look(self) -> None:
        """Fits later what does not fit: now the layouts around are at work."""
        if self._wanted() != self._fitted:
            QTimer.singleShot(0, self, self._fit)

    def _wanted(self) -> _Fit:
        room, title = self.width() - theme.unit(6), self._natural()
        below = title + self._end.sizeHint().width() > room
        items = (self._tools.itemAt(place) for place in range(self._tools.count()))
        found = (item.widget() for item in items if item is not None)
        shown = [one for one in found if one is not None and not one.isHidden()]
        left, right = (overhang(shown[0]) if below else 0, overhang(shown[-1])) if shown else (0, 0)
        ways = QBoxLayout.Direction
        return _Fit(ways.TopToBottom if below else ways.LeftToRight, title > room, left, right)

    @Slot()
    def _fit(self) -> None:
        fit = self._fitted = self._wanted()
        self._title.setWordWrap(fit.wrapped)
        self._rows.setDirection(fit.direction)
        below = fit.direction == QBoxLayout.Direction.TopToBottom
        self._rows.setContentsMargins(theme.unit(2) - fit.left, 0, theme.unit(2) - fit.right, 0)
        self._start.setContentsMargins(fit.left, 0, 0, 0)
        self._rows.setAlignment(self._end, Qt.AlignmentFlag.AlignLeft if below else Qt.AlignmentFlag(0))
        self.updateGeometry()

    def _natural(self) -> int:
        """The width of icon, title and note on one line, whether or not the title is wrapped now."""
        words = self._title.fontMetrics().horizontalAdvance(self._title.text()) + 1
        others = [part for part in (self._icon, self._note) if part is not None and not part.isHidden()]
        return words + sum(part.sizeHint().width() + theme.unit(2) for part in others)


class EmptyState(QWidget):
    """What an empty view is for, and its first step as a button."""

    def __init__(self, text: str, action: QAction | None = None, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.unit(3))
        layout.addStretch(1)
        if icon:
            layout.addWidget(IconLabel(icon, scale=8, meaning=Meaning.BUSY), 0, Qt.AlignmentFlag.AlignHCenter)
        self._label = Label(text, "second", wrap=True)
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(self._label)
        if action is not None:
            layout.addWidget(ActionButton.of(action), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)

    def set_text(self, text: str) -> None:
        """Say something else."""
        self._label.setText(text)


class _Segment(QPushButton):
    """A choice with room for its words in bold: the stylesheet makes them bold where it is chosen."""

    def sizeHint(self) -> QSize:
        hint, bold, light = super().sizeHint(), QFont(self.font()), QFont(self.font())
        bold.setBold(True)
        light.setBold(False)
        more = QFontMetrics(bold).horizontalAdvance(self.text()) - QFontMetrics(light).horizontalAdvance(self.text())
        return QSize(hint.width() + max(more, 0) + self._room(), hint.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() - QSize(self._room(), 0)

    def _room(self) -> int:
        """What it can do without among many."""
        return theme.unit(2) if self.property("many") else 0


MANY: Final = 7
"""So many choices side by side may stand closer, where there is less room."""


class Segmented(QFrame):
    """One of a few choices side by side, such as Day | Week | Month; arrow keys move the choice.

    Signals:
        chosen(str): the key of the choice, when the person changes it.
    """

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], name: str, parent: QWidget | None = None) -> None:
        """Make it from pairs of key and text; `name` is what the screen reader calls the group."""
        super().__init__(parent)
        self.setAccessibleName(name)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        for index, (key, text) in enumerate(choices):
            button = _Segment(text, self)
            button.setCheckable(True)
            button.setAutoExclusive(True)  # a screen reader takes it for one of several; without, for a check box
            button.setAutoDefault(False)
            place = "first" if index == 0 else "last" if index == len(choices) - 1 else "middle"
            button.setProperty("place", place)
            button.setProperty("many", len(choices) >= MANY)
            theme.set_kind(button, "segment")
            self._buttons[key] = button
            self._group.addButton(button)
            layout.addWidget(button)
        self.set_current(choices[0][0])
        self._group.buttonToggled.connect(self._on_toggled)

    def current(self) -> str:
        """The key of the choice."""
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def set_text(self, key: str, text: str) -> None:
        """Name a choice otherwise."""
        self._buttons[key].setText(text)

    def set_current(self, key: str) -> None:
        """Choose without a signal."""
        self.blockSignals(True)
        self._buttons[key].setChecked(True)
        self.blockSignals(False)
        self._let_tab_stop()

    def _let_tab_stop(self) -> None:
        """Tab stops at the choice alone; Qt does so only after an arrow key or a click."""
        for button in self._buttons.values():
            way = Qt.FocusPolicy
            button.setFocusPolicy(way.StrongFocus if button.isChecked() else way.ClickFocus)

    @Slot(QAbstractButton, bool)
    def _on_toggled(self, button: QAbstractButton, on: bool) -> None:
        if on:
            self._let_tab_stop()
            self.chosen.emit(self.current())


class ScrollColumn(CalmArea):
    """A vertically scrolling column; what scrolls goes into `body`. The focused field is always scrolled into view.

    Very large text may make it scroll sideways too.
    """

    def __init__(self, parent: QWidget | None = None, *, steady: bool = False) -> None:
        super().__init__(parent)
        self.steady = steady
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        theme.set_kind(inner, "plain")
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(0, 0, theme.unit(2), 0)
        self.body.setSpacing(theme.unit(3.5))
        self._inner = inner
        self.setWidget(inner)
        if steady:
            self._settle()

    def gutter(self) -> int:
        return super().gutter() + self.body.contentsMargins().right()

    def sizeHint(self) -> QSize:
        return self._inner.sizeHint() + QSize(theme.unit(3), 0)
