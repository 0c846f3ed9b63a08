"""The preview: the very PDF that is printed and saved, page under page."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QStackedLayout, QWidget

from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.widgets import EmptyState


class PdfPreview(QWidget):
    """Shows a PDF from memory, or a sentence instead.

    Attributes:
        document: the PDF that is shown; empty while there is none.
        data: its bytes, as they are printed and saved; b"" while there is none.
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
        self._view.setFrameShape(QFrame.Shape.NoFrame)
        self._view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._words = EmptyState(_("The sheet is being made …"), icon="printer")
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._words)
        self._stack.addWidget(self._view)
        self._colour()

    def show_pdf(self, data: bytes, name: str = "") -> None:
        """Show another PDF, from its first page; `name` is what the screen reader calls it."""
        self.document.close()  # first: another thread may still be reading the buffer to paint the sheet before
        self._buffer.close()
        self.data = data
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        single = self.document.pageCount() == 1
        bars = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if single else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self._view.setVerticalScrollBarPolicy(bars)
        self._view.setPageMode(QPdfView.PageMode.SinglePage if single else QPdfView.PageMode.MultiPage)
        self._view.setAccessibleName(name or _("Preview of the sheet"))
        self._stack.setCurrentWidget(self._view)

    def say(self, sentence: str) -> None:
        """Show a sentence instead of a PDF."""
        self.data = b""
        self.document.close()
        self._words.set_text(sentence)
        self._stack.setCurrentWidget(self._words)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()

    def _colour(self) -> None:
        """The table that the paper lies on; QPdfView paints it in the palette's darkest colour."""
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Dark, QColor(theme.current().window))
        self._view.setPalette(palette)
