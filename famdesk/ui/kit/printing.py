"""Paper: the pages of the PDF at the printer's own resolution."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

HIGHEST_RESOLUTION = 600
"""Dots per inch; more costs memory and nobody sees it."""


def new_printer(document: QPdfDocument, title: str) -> QPrinter:
    """A printer set to the size of the document's first page; its job carries the sheet's name, never a person's."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(min(printer.resolution(), HIGHEST_RESOLUTION))
    points = document.pagePointSize(0)
    printer.setPageSize(QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch))
    printer.setFullPage(True)
    printer.setDocName(title)
    printer.setFromTo(1, document.pageCount())
    return printer


def ask(parent: QWidget, printer: QPrinter, print_on: Callable[[QPrinter], object]) -> QPrintDialog:
    """Ask for printer, pages and copies over `parent`; `print_on(printer)` is called if the person says so."""
    dialog = QPrintDialog(printer, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.finished.connect(_Answer(printer, print_on))
    dialog.show()
    return dialog


class _Answer:
    """Prints when the dialog was accepted; it also keeps the printer alive as long as the dialog needs it."""

    def __init__(self, printer: QPrinter, print_on: Callable[[QPrinter], object]) -> None:
        self._printer, self._print_on = printer, print_on

    def __call__(self, result: int) -> None:
        if result == QDialog.DialogCode.Accepted:
            self._print_on(self._printer)


def print_document(document: QPdfDocument, printer: QPrinter) -> bool:
    """Prints the chosen pages; False if the printer did not take the job."""
    painter = QPainter()
    if not painter.begin(printer):
        return False
    first, last = printer.fromPage() or 1, printer.toPage() or document.pageCount()
    for page in range(first - 1, min(last, document.pageCount())):
        if page >= first:
            printer.newPage()
        _paint(document, page, painter, printer)
    return painter.end()


def _paint(document: QPdfDocument, page: int, painter: QPainter, printer: QPrinter) -> None:
    scale = printer.resolution() / 72
    size = (document.pagePointSize(page) * scale).toSize()
    image = document.render(page, size)
    target = QRectF(printer.paperRect(QPrinter.Unit.DevicePixel))
    fitted = QRectF(0, 0, *size.scaled(target.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio).toTuple())
    painter.drawImage(fitted, image)
