"""The rail at the left: the views, by mouse, Alt and a digit, or arrows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from famdesk.i18n import _
from famdesk.ui.kit import icons, theme
from famdesk.ui.kit.buttons import native, pressed_by_enter
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.widgets import badge_size, paint_badge

_ICON: Final = 4.5
_CLOSED: Final = 0.55
"""How much of a view's name is seen that stays closed."""
_ARROWS: Final = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)


class RailButton(QPushButton):
    """One view: icon, name, a count; folded it shows the icon and, for a count, a dot."""

    def __init__(self, key: str, title: str, icon: str, shortcut: str = "", parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.key = key
        self._icon = icon
        self._count = 0
        self._folded = False
        self._closed = False
        self._tip = f"{title} ({native(shortcut)})" if shortcut else title
        self.setCheckable(True)
        self.setAutoExclusive(True)  # a screen reader takes it for one of several; without, for a check box
        self.setToolTip(self._tip)
        self.setAccessibleName(title)
        self.setProperty("painted", True)
        theme.set_kind(self, "rail")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in _ARROWS:
            event.ignore()  # the rail moves the focus, and opens nothing
        elif not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def set_closed(self, closed: bool) -> None:
        """Look and sound closed, or open again; whoever presses it is told why."""
        self._closed = closed
        self.setAccessibleDescription(_("Closed while others can see the screen") if closed else "")
        self.setToolTip(self.accessibleDescription() or self._tip)
        self.update()

    def set_count(self, count: int) -> None:
        """Show a number at the end; nothing for 0."""
        self._count = count
        words = _("{title}, {n} waiting").format(title=self.text(), n=count)
        self.setAccessibleName(words if count else self.text())
        self.update()

    def set_folded(self, folded: bool) -> None:
        """Show the icon only."""
        self._folded = folded
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        height = max(self.fontMetrics().height(), theme.unit(_ICON)) + theme.unit(4)
        if self._folded:
            return QSize(theme.unit(10), height)
        width = QFontMetrics(theme.font(bold=True)).horizontalAdvance(self.text())
        return QSize(width + theme.unit(18), height)

    def minimumSizeHint(self) -> QSize:
        """Large text in a low window costs the room around the words first."""
        return QSize(self.sizeHint().width(), self.sizeHint().height() - theme.unit(2.5))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)  # the stylesheet makes its text transparent
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_content(painter)

    def _paint_content(self, painter: QPainter) -> None:
        colours = theme.current()
        side = theme.unit(_ICON)
        colour = colours.text if self.isChecked() or self.underMouse() else colours.second
        if self._closed:
            painter.setOpacity(_CLOSED)
        left = (self.width() - side) / 2 if self._folded else theme.unit(2.75)
        icons.paint(painter, self._icon, QRectF(left, (self.height() - side) / 2, side, side), colour)
        if self.isChecked():
            self._paint_mark(painter)
        if not self._folded:
            painter.setPen(QColor(colour))
            painter.setFont(theme.font(bold=self.isChecked()))
            start = round(left + side + theme.unit(2.75))
            area = self.rect().adjusted(start, 0, -theme.unit(2), 0)
            painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self.text())
        if self._closed:
            self._paint_lock(painter, colour)
        elif self._count:
            self._paint_count(painter)

    def _paint_mark(self, painter: QPainter) -> None:
        """The bar at the left edge that marks the current view."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.current().primary))
        painter.drawRoundedRect(QRectF(0, theme.unit(1.5), 3, self.height() - theme.unit(3)), 1.5, 1.5)

    def _paint_lock(self, painter: QPainter, colour: str) -> None:
        """A small lock at the end, or over the icon where there is no room for words."""
        side = theme.unit(_ICON) * (0.55 if self._folded else 0.8)
        right = self.width() - theme.unit(1.5 if self._folded else 2.5)
        top = self.height() - side - theme.unit(1) if self._folded else (self.height() - side) / 2
        icons.paint(painter, "lock", QRectF(right - side, top, side, side), colour)

    def _paint_count(self, painter: QPainter) -> None:
        if self._folded:
            dot = theme.unit(2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.tone(Meaning.WARNING)[0])
            painter.drawEllipse(QRectF(self.width() - dot - theme.unit(1.5), theme.unit(1.5), dot, dot))
            return
        size = badge_size(str(self._count))
        right = self.width() - theme.unit(2)
        box = QRectF(right - size.width(), (self.height() - size.height()) / 2, size.width(), size.height())
        paint_badge(painter, box, str(self._count), Meaning.WARNING)


class Rail(QFrame):
    """The views of the program, the last ones at the bottom.

    Signals:
        chosen(str): the key of the view that the person wants.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_kind(self, "rail")
        self.setAccessibleName(_("Views"))
        self._buttons: dict[str, RailButton] = {}
        self._folded = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.unit(2), theme.unit(1.5), theme.unit(2), theme.unit(1.5))
        self._column.setSpacing(theme.unit(0.25))
        self._column.addStretch(1)
        self._bottom = 0

    def add(self, key: str, title: str, icon: str, *, shortcut: str = "", bottom: bool = False) -> None:
        """Add a view."""
        button = RailButton(key, title, icon, shortcut, self)
        button.clicked.connect(self._on_clicked)
        place = self._column.count() if bottom else self._column.count() - 1 - self._bottom
        self._bottom += bottom
        self._buttons[key] = button
        self._column.insertWidget(place, button)
        self._fit()

    def set_current(self, key: str) -> None:
        """Mark the view that is shown."""
        for name, button in self._buttons.items():
            button.setChecked(name == key)

    def set_count(self, key: str, count: int) -> None:
        """Show a number beside a view."""
        self._buttons[key].set_count(count)

    def set_closed(self, closes: Callable[[str], bool]) -> None:
        """Which views stay closed now, by key."""
        for key, button in self._buttons.items():
            button.set_closed(closes(key))

    def set_folded(self, folded: bool) -> None:
        """Show icons only, or names too."""
        if folded != self._folded:
            self._folded = folded
            for button in self._buttons.values():
                button.set_folded(folded)
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        buttons = list(self._buttons.values())
        focused = next((place for place, button in enumerate(buttons) if button.hasFocus()), None)
        if step is None or focused is None:
            super().keyPressEvent(event)
        else:
            buttons[(focused + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        widest = max((button.sizeHint().width() for button in self._buttons.values()), default=0)
        least = theme.unit(10) if self._folded else theme.unit(40)
        self.setFixedWidth(max(widest, least) + theme.unit(4))

    @Slot()
    def _on_clicked(self) -> None:
        button = self.sender()
        assert isinstance(button, RailButton)
        button.setChecked(True)
        self.chosen.emit(button.key)
