"""A sheet over the view it belongs to: the real PDF, printed or saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Qt, Slot
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from famdesk.domain.errors import FamDeskError
from famdesk.i18n import _
from famdesk.ui.kit import printing, theme
from famdesk.ui.kit.buttons import ActionButton, make_action
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.pdf_preview import PdfPreview
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Label, Segmented

Gather = Callable[..., Any]
"""A query: `gather(tx, choice, *what)` gives the content of the sheet."""

Render = Callable[[Any, str], bytes]
"""Makes the PDF of a content for a choice, beside the database worker."""


class SheetDialog(Dialog):
    """Shows a sheet and prints or saves it; `choices` are its variants, such as languages or papers.

    Attributes:
        preview: the PDF that is shown.
        choice: the variants, hidden where there is one only.
    """

    def __init__(
        self, parent: QWidget, runner: Runner, title: str, file_name: str, gather: Gather, render: Render,
        choices: Sequence[tuple[str, str]], name: str, *, what: Sequence[object] = (), first: str = "", note: str = "",
    ) -> None:  # fmt: skip
        """`title` is the kind of sheet, as the printer's queue shows it, never a person's name; `file_name` without
        its ending; `name` says what is chosen among the `choices`, `first` the one to begin with."""
        super().__init__(parent, title, _("Print"))
        self._runner, self._title, self._file_name = runner, title, file_name
        self._gather, self._render, self._what = gather, render, tuple(what)
        self.preview = PdfPreview()
        self.preview.setMinimumSize(theme.unit(120), theme.unit(80))
        self.choice = Segmented(choices, name)
        self.choice.set_current(first or choices[0][0])
        self.choice.setVisible(len(choices) > 1)
        self._save_action = make_action(self, _("Save as PDF"), self.choose_file, icon="download", shortcut="Ctrl+S")
        row = QHBoxLayout()
        row.setSpacing(theme.unit(3))
        row.addWidget(self.choice)
        row.addWidget(Label(note, "second", wrap=True), 1)
        row.addWidget(ActionButton.of(self._save_action, hint=True))
        self.body.addLayout(row)
        self.body.addWidget(self.preview, 1)
        self.resize(parent.window().size() * 0.85)
        self.choice.chosen.connect(self._make)
        self._make()

    def save(self) -> None:
        """Ask for printer and copies, then print what the preview shows."""
        self.set_accept_enabled(True)
        if self.preview.data:
            printing.ask(self, printing.new_printer(self.preview.document, self._title), self.print_on)

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
        where = str(Path(folder) / f"{self._file_name}.pdf")
        dialog = QFileDialog(self, _("Save as PDF"), where, _("PDF files (*.pdf)"))
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

    @Slot()
    def _make(self) -> None:
        self._ready(ready=False)
        wanted = self.choice.current()
        self._runner.fetch(self._gather, wanted, *self._what, then=partial(self._take, wanted), failed=self._say,
                           owner=self, latest="sheet")  # fmt: skip

    def _take(self, wanted: str, content: Any) -> None:
        if wanted == self.choice.current():
            self._runner.compute(self._render, content, wanted, then=self._show, failed=self._say, owner=self,
                                 latest="pdf")  # fmt: skip

    def _show(self, data: bytes) -> None:
        self.preview.show_pdf(data, self._title)
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
