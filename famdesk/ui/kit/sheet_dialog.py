"""A sheet that is made on the spot: the real PDF in a dialog, to be printed or saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

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
from famdesk.ui.kit.widgets import Label


class SheetDialog(Dialog):
    """Shows a sheet, prints and saves it. Subclasses put options into `options` and call `make` when they change.

    Attributes:
        preview: the PDF.
        options: the row above it.
    """

    def __init__(self, parent: QWidget, runner: Runner, title: str, file_name: str, note: str = "") -> None:
        """`title` is the kind of sheet, never a name; `file_name` is offered for saving, without ending."""
        super().__init__(parent, title, _("Print"))
        self._runner, self._title, self._file_name = runner, title, file_name
        self.preview = PdfPreview()
        self.preview.setMinimumSize(theme.unit(120), theme.unit(80))
        self._save_action = make_action(self, _("Save as PDF"), self.choose_file, icon="download", shortcut="Ctrl+S")
        self.options = QHBoxLayout()
        self.options.setSpacing(theme.unit(3))
        row = QHBoxLayout()
        row.setSpacing(theme.unit(3))
        row.addLayout(self.options)
        row.addWidget(Label(note, "second", wrap=True), 1)
        row.addWidget(ActionButton.of(self._save_action, hint=True))
        self.body.addLayout(row)
        self.body.addWidget(self.preview, 1)
        self.resize(parent.window().size() * 0.85)
        self._ready(ready=False)

    def make(self, render: Callable[[], bytes]) -> None:
        """Make the PDF beside the database worker, in the language of the window."""
        self._runner.compute(_InLanguage(render, language()), then=self._show, failed=self.refuse, owner=self,
                             latest="pdf")  # fmt: skip

    def refuse(self, error: Exception) -> None:
        """Say in place of the sheet why there is none."""
        self._ready(ready=False)
        if isinstance(error, FamDeskError):
            self.preview.say(error.sentence())
        else:
            self.present(error)

    def save(self) -> None:
        """Ask for printer and copies, then print what the preview shows."""
        self.set_accept_enabled(True)
        if self.preview.data:
            printing.ask(self, printing.new_printer(self.preview.document, self._title), self.print_on)

    def print_on(self, printer: QPrinter) -> None:
        """Print what the preview shows."""
        if printing.print_document(self.preview.document, printer):
            announce(self, _("Sent to the printer"))
            self.finish()
            return
        told = _("The printer did not take the sheet. Look at it and print again.")
        announce(self, told)
        self.bar.warning(told)

    @Slot()
    def choose_file(self) -> None:
        """Ask for a file, then write what the preview shows."""
        if not self.preview.data:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = str(Path(folder) / f"{self._file_name}.pdf")
        dialog = QFileDialog(self, _("Save as PDF"), name, _("PDF files (*.pdf)"))
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

    def _show(self, data: bytes) -> None:
        self.preview.show_pdf(data, self._title)
        self._ready(ready=True)
        announce(self, _("The sheet is ready"))

    def _ready(self, *, ready: bool) -> None:
        self.set_accept_enabled(ready)
        self._save_action.setEnabled(ready)


class _InLanguage:
    """Makes a sheet in a language, in whatever thread."""

    def __init__(self, render: Callable[[], bytes], wanted: str) -> None:
        self._render, self._wanted = render, wanted

    def __call__(self) -> bytes:
        with using(self._wanted):
            return self._render()
