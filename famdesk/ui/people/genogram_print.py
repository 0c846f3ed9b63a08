"""The genogram as it is printed: the real PDF, on A4 or A3, with the names that paper may bear."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Qt, Slot
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from famdesk.domain.errors import FamDeskError
from famdesk.i18n import _, language, using
from famdesk.ui.kit import printing, theme
from famdesk.ui.kit.buttons import ActionButton, make_action
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.pdf_preview import PdfPreview
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Label, Segmented


class GenogramPrintDialog(Dialog):
    """Shows the sheet and prints or saves it. That it was made is noted in the journal."""

    def __init__(self, parent: QWidget, runner: Runner, person_id: str, on: date) -> None:
        super().__init__(parent, _("Print the genogram"), _("Print"))
        self._runner = runner
        self._content: Any = None
        self.preview = PdfPreview()
        self.preview.setMinimumSize(theme.unit(120), theme.unit(80))
        self.papers = Segmented([("A4", "A4"), ("A3", "A3")], _("Paper"))
        self._save_action = make_action(self, _("Save as PDF"), self.choose_file, icon="download", shortcut="Ctrl+S")
        row = QHBoxLayout()
        row.setSpacing(theme.unit(3))
        row.addWidget(self.papers)
        row.addWidget(Label(_("Names are printed as the safe-contact rules allow."), "second", wrap=True), 1)
        row.addWidget(ActionButton.of(self._save_action, hint=True))
        self.body.addLayout(row)
        self.body.addWidget(self.preview, 1)
        self.resize(parent.size() * 0.85)
        self._ready(ready=False)
        self.papers.chosen.connect(self._make)
        from famdesk.sheets import collect

        runner.fetch(collect.genogram, person_id, on, then=self._take, failed=self._say, owner=self)

    def save(self) -> None:
        """Ask for printer and copies, then print what the preview shows."""
        self.set_accept_enabled(True)
        if self.preview.data:
            printing.ask(self, printing.new_printer(self.preview.document, _("Genogram")), self.print_on)

    def print_on(self, printer: QPrinter) -> None:
        """Print what the preview shows."""
        done = printing.print_document(self.preview.document, printer)
        told = (
            _("Sent to the printer") if done else _("The printer did not take the sheet. Look at it and print again.")
        )
        announce(self, told)
        if done:
            self.finish()
        else:
            self.bar.warning(told)

    @Slot()
    def choose_file(self) -> None:
        """Ask for a file, then write what the preview shows."""
        if not self.preview.data:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, _("Save as PDF"), str(Path(folder) / "genogram.pdf"), _("PDF files (*.pdf)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    @Slot(str)
    def save_to(self, name: str) -> None:
        """Write the PDF of the preview to a file."""
        from famdesk.sheets.page import save

        self._runner.compute(save, self.preview.data, Path(name), then=self.finish, failed=self.present, owner=self)

    def _take(self, content: Any) -> None:
        self._content = content
        self._make()

    @Slot()
    def _make(self) -> None:
        if self._content is not None:
            self._runner.compute(rendered, self._content, self.papers.current(), language(), then=self._show,
                                 failed=self._say, owner=self, latest="pdf")  # fmt: skip

    def _show(self, data: bytes) -> None:
        self.preview.show_pdf(data, _("Genogram"))
        self._ready(ready=True)

    def _say(self, error: Exception) -> None:
        self._ready(ready=False)
        if isinstance(error, FamDeskError):
            self.preview.say(error.sentence())
        else:
            self.present(error)

    def _ready(self, *, ready: bool) -> None:
        self.set_accept_enabled(ready)
        self._save_action.setEnabled(ready)


def rendered(content: Any, paper: str, wanted: str) -> bytes:
    """The PDF in a language; runs beside the database worker.

    Raises:
        NotInFont: a character cannot be printed.
    """
    from famdesk.sheets import genogram

    with using(wanted):
        return genogram.render(content, paper)
