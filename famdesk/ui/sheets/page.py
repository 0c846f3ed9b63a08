"""The view of the sheets: the list left, the options below it, the real PDF right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, QTimer, Slot
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from famdesk.domain.errors import FamDeskError
from famdesk.i18n import N_, _
from famdesk.ui.kit import theme
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.page import Page
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card
from famdesk.ui.sheets import making, printing
from famdesk.ui.sheets.making import Wish
from famdesk.ui.sheets.options import Options
from famdesk.ui.sheets.preview import Preview
from famdesk.usecases import directory
from famdesk.usecases.directory_rows import PointRow

SHEETS = (
    ("opening-hours", N_("Opening hours"), N_("Poster for the door, A4 or A3"), "clock"),
    ("day-sheet", N_("Day sheet"), N_("Appointments of a day, for the desk"), "calendar-days"),
    ("appointment-slip", N_("Appointment slip"), N_("For the family, from the calendar"), "ticket"),
)
PAUSE_MS = 120


class SheetsPage(Page):
    """Choose a sheet, see it, print or save it."""

    watches = frozenset(
        {"opening_rule", "extra_opening", "closure", "access_point", "place", "centre", "partnership", "body",
         "appointment", "meeting", "person", "staff"}
    )  # fmt: skip

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Sheets"), parent)
        self._appointment = ""
        self._shown: Wish | None = None
        self._list = LineList(_("Sheets"))
        self._options = Options()
        self.preview = Preview()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._make)
        self.add_action(_("Save as PDF"), self.save, icon="download", shortcut="Ctrl+S")
        self.add_action(_("Print"), self.print_now, icon="printer", primary=True)
        self._lay_out()
        self._fill_list()
        self._list.current_changed.connect(self._on_sheet)
        self._options.edited.connect(self._pause.start)
        self._options.show_for(self.sheet())

    def sheet(self) -> str:
        """Which sheet is chosen."""
        return self._list.current_id() or SHEETS[0][0]

    def refresh(self) -> None:
        self.runner.fetch(directory.points, then=self._show_points, latest="points")

    def open_item(self, kind: str, item_id: str) -> None:
        """Show a sheet: a poster of one access point (or "" for all), the day sheet, the slip of an appointment."""
        if kind == "appointment-slip":
            self._appointment = item_id
            self._fill_list()
        elif kind == "opening-hours":
            self._options.places.choose([item_id] if item_id else [])
        self._list.set_current_id(kind)
        self._options.show_for(kind)
        self._pause.start()

    def print_now(self) -> None:
        """Ask for printer, copies and tray, then print what the preview shows."""
        if not self.preview.data or self._shown is None:
            return
        title = next(_(name) for key, name, _text, _icon in SHEETS if key == self.sheet())
        printer = printing.new_printer(self.preview.document, title)
        dialog = QPrintDialog(printer, self)
        dialog.accepted.connect(_Job(self, dialog, printer))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save(self) -> None:
        """Ask for a file, then write what the preview shows."""
        if not self.preview.data:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, _("Save as PDF"), str(Path(folder) / f"{self.sheet()}.pdf"), _("PDF files (*.pdf)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.fileSelected.connect(self.save_to)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def save_to(self, name: str) -> None:
        """Writes the PDF of the preview to a file."""
        from famdesk.sheets.page import save

        self.runner.compute(save, self.preview.data, Path(name), then=self._on_saved)

    def print_on(self, printer: QPrinter) -> None:
        """Prints what the preview shows."""
        if printing.print_document(self.preview.document, printer):
            self.say(_("Sent to the printer"))
        else:
            self.say(_("The printer did not take the sheet. Look at it and print again."), Meaning.WARNING)

    def help_text(self) -> str:
        return _("Choose a sheet and its options; what you see is what is printed. Ctrl+P prints, Ctrl+S saves a PDF.")

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(theme.unit(3.5))
        sheets = Card(_("Which sheet"), "file-text")
        sheets.add_list(self._list)
        options = Card(_("How"), "settings")
        options.body.addWidget(self._options)
        left.addWidget(sheets, 2)
        left.addWidget(options, 3)
        right = Card(_("Preview"), "eye")
        right.body.addWidget(self.preview, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.unit(3.5))
        row.addLayout(left, 2)
        row.addWidget(right, 5)
        self.body.addLayout(row, 1)

    def _fill_list(self) -> None:
        offered = [row for row in SHEETS if row[0] != "appointment-slip" or self._appointment]
        self._list.set_lines([Line(key, _(name), detail=_(text), icon=icon) for key, name, text, icon in offered])

    def _show_points(self, points: tuple[PointRow, ...]) -> None:
        self._options.places.set_places([(point.id, point.name) for point in points])
        self._make()

    @Slot(str)
    def _on_sheet(self, sheet: str) -> None:
        self._options.show_for(sheet)
        self._pause.start()

    @Slot()
    def _make(self) -> None:
        wish = self._options.wish(self.sheet(), self._appointment)
        self.runner.fetch(making.gather, wish, then=_Gathered(self, wish), failed=self._on_failed, owner=self,
                          latest="sheet")  # fmt: skip

    def render(self, wish: Wish, content: Any) -> None:
        """Make the PDF of what was read."""
        self._shown = wish
        self.runner.compute(making.render, wish, content, then=self._show_pdf, failed=self._on_failed, latest="pdf")

    def _show_pdf(self, data: bytes) -> None:
        self.preview.show_pdf(data)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, FamDeskError):
            self.failed.emit(error)
            return
        self.preview.say(error.sentence())

    def _on_saved(self, _nothing: object) -> None:
        self.say(_("Saved"))


class _Gathered:
    """Takes what was read for a wish to the renderer."""

    def __init__(self, page: SheetsPage, wish: Wish) -> None:
        self._page, self._wish = page, wish

    def __call__(self, content: Any) -> None:
        self._page.render(self._wish, content)


class _Job:
    """Prints when the print dialog is accepted."""

    def __init__(self, page: SheetsPage, dialog: QDialog, printer: QPrinter) -> None:
        self._page, self._dialog, self._printer = page, dialog, printer

    def __call__(self) -> None:
        self._page.print_on(self._printer)
