"""The preview: the very PDF that is printed and saved, page under page."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QStackedLayout, QWidget

from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.widgets import EmptyState


class Preview(QWidget):
    """Shows a PDF from memory, or a sentence instead.

    Attributes:
        document: the PDF that is shown; empty while there is none.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self.data = b""
        self._view = QPdfView(self)
        self._view.setDocument(self.document)
        self._view.setPageMode(QPdfView.PageMode.MultiPage)
        self._view.setZoomMode(QPdfView.ZoomMode.FitInView)
        self._view.setAccessibleName(_("Preview of the sheet"))
        self._view.setPageSpacing(theme.unit(3))
        self._words = EmptyState(_("The sheet is being made …"), icon="printer")
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._words)
        self._stack.addWidget(self._view)

    def show_pdf(self, data: bytes) -> None:
        """Show another PDF, from its first page."""
        self._buffer.close()
        self.document.close()
        self.data = data
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        self._stack.setCurrentWidget(self._view)

    def say(self, sentence: str) -> None:
        """Show a sentence instead of a PDF."""
        self.data = b""
        self.document.close()
        self._words.set_text(sentence)
        self._stack.setCurrentWidget(self._words)
