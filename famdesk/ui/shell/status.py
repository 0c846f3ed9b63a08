"""The line at the bottom: what is open now, that all is saved, and what Ctrl+Z would take back."""

from __future__ import annotations

from datetime import time

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, native
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.fitting import Fitting
from famdesk.ui.kit.widgets import ElidedLabel, IconLabel, Label


class _Dot(QLabel):
    """A filled dot for open, a ring for closed: the shape says it too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.open = False
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(theme.unit(2.5), theme.unit(2.5))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = theme.tone(Meaning.OPEN)[0] if self.open else QColor(theme.current().second)
        painter.setPen(colour)
        painter.setBrush(colour if self.open else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))


class StatusLine(Fitting):
    """The state of the doors and of the data.

    Signals:
        undo_requested(): the person clicked what can be undone.
    """

    undo_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_kind(self, "statusline")
        self._dot = _Dot()
        self._open = ElidedLabel("", "small")
        self._check = IconLabel("check", scale=4)
        self._saved = Label("", "small")
        self._undo = ActionButton(kind="status", icon="undo-2", hint=native("Ctrl+Z"))
        self._undo.clicked.connect(self.undo_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.unit(4), 0, theme.unit(2), 1)
        row.setSpacing(theme.unit(1.5))
        row.addWidget(self._dot)
        row.addWidget(self._open, 1)
        row.addWidget(self._check)
        row.addWidget(self._saved)
        row.addSpacing(theme.unit(3))
        row.addWidget(self._undo)
        self._label: str | None = None
        self._check.hide()
        self._dot.hide()
        self.set_undo(None)

    def set_open_state(self, text: str, is_open: bool) -> None:
        """Say what is open until when, or what opens next."""
        self._dot.open = is_open
        self._dot.show()
        self._dot.update()
        self._open.setText(text)
        self.fit()

    def set_saved(self, at: time) -> None:
        """Say when the last change was on disk."""
        from famdesk.i18n import formats

        self._check.show()
        self._saved.setText(_("Saved {time}").format(time=formats.time_text(at)))

    def set_undo(self, label: str | None) -> None:
        """Say what can be undone, or hide it."""
        self._label = label
        self._undo.setVisible(label is not None)
        self.fit()

    def fit(self) -> None:
        """Name the change if there is room beside the opening state, else only in the tooltip."""
        self.setFixedHeight(theme.unit(8) + 1)
        long = _("Undo: {change}").format(change=self._label) if self._label else ""
        texts = sum(label.sizeHint().width() for label in (self._open, self._saved)) + theme.unit(24)
        shown = long if texts + self._undo.width_with(long) <= self.width() else _("Undo")
        if shown != self._undo.text():
            self._undo.setText(shown)
            self._undo.setToolTip(long)
            self._undo.updateGeometry()
