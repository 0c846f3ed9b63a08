"""The preview: the very PDF that is printed and saved, page under page."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, Slot
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ToolButton
from famdesk.ui.kit.papers.page_view import PageView
from famdesk.ui.kit.widgets import EmptyState, Label


class PdfPreview(QWidget):
    """Shows a PDF from memory, or a sentence instead. What is shown stays until something else is there.

    Attributes:
        document: the PDF that is shown; empty while there is none.
        data: its bytes, as they are printed and saved; b"" while there is none.
        view: its pages.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = QPdfDocument(self)
        self._buffer = QBuffer(self.document)
        self.data = b""
        self.view = PageView()
        self.view.setMinimumWidth(theme.unit(50))
        self._words = EmptyState(_("The sheet is being made …"), icon="printer")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._words)
        self._stack.addWidget(self.view)
        self._page = Label("", "second")
        self._bar = self._make_bar()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(2))
        column.addWidget(self._stack, 1)
        column.addWidget(self._bar)
        self.view.page_changed.connect(self._follow)
        self.view.zoom_changed.connect(self._follow)
        self.view.setAccessibleName(_("Preview of the sheet"))
        self._bar.hide()

    def show_pdf(self, data: bytes, name: str = "") -> None:
        """Show another PDF, at the page that is read now if it has that; `name` is what the screen reader calls it."""
        older, document = self.document, QPdfDocument(self)
        buffer = QBuffer(document)
        buffer.setData(QByteArray(data))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        document.load(buffer)
        self.document, self._buffer, self.data = document, buffer, data
        self.view.setAccessibleName(name or _("Preview of the sheet"))
        self.view.set_document(document)
        self._stack.setCurrentWidget(self.view)
        self._bar.show()
        self._follow()
        older.deleteLater()

    def say(self, sentence: str) -> None:
        """Show a sentence instead of a PDF."""
        self.data = b""
        self.view.set_document(None)
        self.document.close()
        self._words.set_text(sentence)
        self._stack.setCurrentWidget(self._words)
        self._bar.hide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.view.viewport().update()

    def _make_bar(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit())
        self.back = ToolButton(_("Page before"), "chevron-left")
        self.forth = ToolButton(_("Next page"), "chevron-right")
        self.smaller = ToolButton(_("Smaller"), "minus", shortcut="-")
        self.larger = ToolButton(_("Larger"), "plus", shortcut="+")
        self.fit = ToolButton(_("Whole page"), "file-text", shortcut="0")
        self.back.clicked.connect(self._on_back)
        self.forth.clicked.connect(self._on_forth)
        self.smaller.clicked.connect(self.view.shrink)
        self.larger.clicked.connect(self.view.enlarge)
        self.fit.clicked.connect(self.view.show_whole)
        row.addWidget(self.back)
        row.addWidget(self._page)
        row.addWidget(self.forth)
        row.addStretch(1)
        for one in (self.smaller, self.larger, self.fit):
            row.addWidget(one)
        return bar

    @Slot()
    def _follow(self) -> None:
        page, pages = self.view.page, self.view.pages
        self._page.setText(_("page {number} of {total}").format(number=page, total=pages))
        self.back.setEnabled(page > 1)
        self.forth.setEnabled(page < pages)
        self.fit.setEnabled(not self.view.whole)

    @Slot()
    def _on_back(self) -> None:
        self.view.turn(-1)

    @Slot()
    def _on_forth(self) -> None:
        self.view.turn(1)
