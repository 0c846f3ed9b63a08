"""A sheet that is seen goes out: to a printer or into a file, and the print register knows."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from famdesk.ui.kit.papers import print_dialog, printing
from famdesk.ui.kit.papers.pdf_preview import PdfPreview
from famdesk.ui.kit.papers.printing import Printout
from famdesk.ui.kit.runner import Runner


class SheetOut(QWidget):
    """Prints and saves what a preview shows. It is never seen itself.

    Attributes:
        key, title: the kind of the sheet, and what the printer's queue calls it: never a person's name.
        file_name: what a file is called, without its ending. marks: those of the sheet in the print register.
        content: what the sheet says.

    Signals:
        printed(object): the printer has the sheet that says this.
        saved(): the file is written. refused(object): the error that kept it from that.
    """

    printed = Signal(object)
    saved = Signal()
    refused = Signal(object)

    def __init__(self, parent: QWidget, runner: Runner, preview: PdfPreview) -> None:
        super().__init__(parent)
        self.hide()
        self._over, self._runner, self._preview = parent, runner, preview
        self.key = self.title = self.file_name = ""
        self.marks: tuple[str, ...] = ()
        self.content: Any = None

    def name(self, key: str, title: str, file_name: str = "") -> None:
        """Which sheet it is."""
        self.key, self.title, self.file_name = key, title, file_name or key

    def printout(self) -> Printout:
        """What the preview shows, for a printer."""
        return printing.printout(self.key, self.title, self._preview.data, self._preview.document, self.marks)

    @Slot()
    def ask_printer(self) -> None:
        """Ask for printer, copies and tray, then print."""
        if self._preview.data:
            print_dialog.ask(self._over, self.printout(), self._runner,
                             partial(self.printed.emit, self.content))  # fmt: skip

    @Slot()
    def ask_file(self) -> None:
        """Ask for a file, then write it."""
        if self._preview.data:
            printing.ask_file(self._over, self.file_name, self.save_to)

    def ask_file_of(self, data: bytes) -> None:
        """The same with other bytes of what is seen, such as the sheet with a password."""
        printing.ask_file(self._over, self.file_name, partial(self._save, data))

    @Slot(str)
    def save_to(self, name: str) -> None:
        """Write the PDF of the preview to a file, after the register."""
        self._save(self._preview.data, name)

    def _save(self, data: bytes, name: str) -> None:
        write = partial(self._write, data, name)
        printing.note(self._runner, self.marks, printing.SAVED, write, self.refused.emit, owner=self)

    def _write(self, data: bytes, name: str, _noted: object) -> None:
        from famdesk.sheets.paper.page import save

        self._runner.compute(save, data, Path(name), then=self._on_saved, failed=self.refused.emit, owner=self)

    def _on_saved(self, _nothing: object) -> None:
        self.saved.emit()
