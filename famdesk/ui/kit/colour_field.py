"""A colour: typed as "#0f5c66" or chosen from the system's picker, which is followed while one chooses."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QColorDialog, QHBoxLayout, QWidget

from famdesk.domain.post.looks import clean_colour
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.fields import LineField


class ColourField(QWidget):
    """A colour as text with a spot of it; `usual` is meant where nothing is written.

    Signals:
        edited(): the person changed it, or is choosing another one.
    """

    edited = Signal()

    def __init__(self, usual: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._usual = usual
        self._before = ""
        self.line = LineField(limit=9, placeholder=usual)
        self.choose = ActionButton(_("Choose…"))
        self._swatch = _Swatch()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(2))
        row.addWidget(self._swatch)
        row.addWidget(self.line, 1)
        row.addWidget(self.choose)
        self.setFocusProxy(self.line)
        self.line.edited.connect(self._on_edited)
        self.choose.clicked.connect(self.open_picker)
        self._show_colour()

    def value(self) -> str:
        """What is written, whether it is a colour or not."""
        return self.line.value()

    def set_value(self, value: str | None) -> None:
        """Show a colour; "" for the usual one."""
        self.line.set_value(value)
        self._show_colour()

    def problem(self) -> str:
        return ""

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)
        self.choose.setAccessibleName(_("{field}: choose").format(field=name))

    def setAccessibleDescription(self, description: str) -> None:
        super().setAccessibleDescription(description)
        self.line.setAccessibleDescription(description)

    @Slot()
    def open_picker(self) -> None:
        """Let the person choose; whoever gives up has the colour from before."""
        self._before = self.value()
        dialog = QColorDialog(QColor(clean_colour(self._before) or self._usual), self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(_("Colour of the sheets"))
        dialog.currentColorChanged.connect(self._on_picked)
        dialog.rejected.connect(self._on_given_up)
        dialog.open()

    @Slot(QColor)
    def _on_picked(self, colour: QColor) -> None:
        self.set_value(colour.name())
        self.edited.emit()

    @Slot()
    def _on_given_up(self) -> None:
        self.set_value(self._before)
        self.edited.emit()

    @Slot()
    def _on_edited(self) -> None:
        self._show_colour()
        self.edited.emit()

    def _show_colour(self) -> None:
        self._swatch.show_colour(clean_colour(self.value()) if self.value() else self._usual)


class _Swatch(QWidget):
    """A spot of the colour; an empty ring while what is written is none."""

    def __init__(self) -> None:
        super().__init__()
        self._colour: str | None = None
        self.setFixedSize(theme.unit(6), theme.unit(6))

    def show_colour(self, colour: str | None) -> None:
        self._colour = colour
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.current().second))
        painter.setBrush(QColor(self._colour) if self._colour else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(self.rect().adjusted(1, 1, -2, -2))
        painter.end()
