"""The print dialog: printer, tray, copies, sides, colour, pages; as last time for this kind of sheet, and Enter prints.

Printers are looked for and spoken to by another process: the dialog is there at once, and goes on working if a print
server does not answer.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSettings, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import CheckField, LineField, NumberField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.papers import printing
from famdesk.ui.kit.papers.paper import LONG_EDGE, MOST_COPIES, ONE_SIDED, SHORT_EDGE, Device, PrintChoice, page_numbers
from famdesk.ui.kit.papers.print_job import Printers, PrintJob
from famdesk.ui.kit.papers.printing import Printout
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Label


class PrintDialog(Dialog):
    """Asks how a sheet is to be printed, and prints it.

    Signals:
        printed(): the printer has taken it.
    """

    printed = Signal()

    def __init__(
        self, parent: QWidget, sheet: Printout, runner: Runner | None = None, settings: QSettings | None = None
    ) -> None:
        """Without `runner` nothing is written into the print register: only for a sheet without persons."""
        super().__init__(parent, _("Print: {sheet}").format(sheet=sheet.title), _("Print"))
        self._sheet, self._runner = sheet, runner
        self._settings = settings if settings is not None else (runner.machine if runner else None)
        self._kept = printing.kept(self._settings, sheet)
        self._devices: tuple[Device, ...] = ()
        self._job: PrintJob | None = None
        self._state = Label("", "second", wrap=True)
        self.form = self._make_form()
        self.body.addWidget(self.form)
        self.body.addWidget(self._state)
        self.body.addStretch(1)
        self._show_choice(self._kept)
        self._printers = Printers(self)
        self._printers.found.connect(self.show_devices)
        self.finished.connect(self._on_closed)

    def look(self) -> None:
        """Begin to look for printers; what was used last can be printed on meanwhile."""
        self._tell(_("Looking for printers …"))
        self.set_accept_enabled(bool(self._kept.printer))
        self._printers.look()

    @Slot(object)
    def show_devices(self, devices: tuple[Device, ...]) -> None:
        """Offer these printers; the one of last time stays chosen if it is there."""
        self._devices = devices
        assert self.form is not None
        chosen = self._chosen()
        known = {one.name for one in devices}
        self.form.field("printer").set_choices([_device_choice(one) for one in devices])
        usual = next((one.name for one in devices if one.usual), devices[0].name if devices else "")
        name = chosen.printer if chosen.printer in known else usual
        self.form.field("printer").set_value(name or None)
        self._tell("" if devices else _("No printer answers. The sheet can be saved as PDF and printed elsewhere."))
        self.set_accept_enabled(bool(devices))
        self._offer(chosen.tray)

    def save(self) -> None:
        """Write it into the register, then hand it to the printer."""
        self.set_accept_enabled(True)
        assert self.form is not None
        choice = self._chosen()
        pages = page_numbers(choice.pages, self._sheet.pages)
        if pages is None:
            wrong = _("Write pages from 1 to {last}, such as 1-3, 5.").format(last=self._sheet.pages)
            self.form.show_error("pages", wrong)
            return
        if not choice.printer:
            return
        self.set_accept_enabled(False)
        if self._runner is None:
            self._hand_over(choice, pages)
            return
        printing.note(self._runner, self._sheet.marks, printing.PRINTED, lambda _done: self._hand_over(choice, pages),
                      self.present, copies=choice.copies, purpose=self._purpose(), owner=self)  # fmt: skip

    def _hand_over(self, choice: PrintChoice, pages: tuple[int, ...]) -> None:
        self._tell(_("On its way to the printer …"))
        self._job = job = PrintJob(printing.order(self._sheet, choice, pages), self._sheet.data, self)
        job.progressed.connect(self._on_progress)
        job.ended.connect(self._on_ended)
        printing.keep(self._settings, self._sheet, choice)
        job.start()

    @Slot(int, int)
    def _on_progress(self, page: int, of: int) -> None:
        # Translators: while a sheet is printed
        self._tell(_("Page {number} of {total} is with the printer.").format(number=page, total=of))

    @Slot(bool)
    def _on_ended(self, taken: bool) -> None:
        self._job = None
        if taken:
            announce(self, _("Sent to the printer"))
            self.printed.emit()
            self.finish()
            return
        self._tell("")
        self.set_accept_enabled(True)
        told = _("The printer did not take the sheet. Look at it and print again.")
        announce(self, told, urgent=True)
        self.bar.warning(told)
        if self._runner is not None:
            printing.note(self._runner, self._sheet.marks, printing.REFUSED, lambda _done: None, self.present,
                          owner=self)  # fmt: skip

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the copies, so that a number and Enter are enough."""
        super().showEvent(event)
        if self.form is not None and not event.spontaneous():
            copies = self.form.field("copies")
            copies.setFocus()
            copies.selectAll()

    @Slot()
    def reject(self) -> None:
        """Close; nothing of what was chosen has to be asked about."""
        self.form = None
        super().reject()

    def _make_form(self) -> Form:
        form = Form()
        form.add("copies", _("Copies"), NumberField(1, MOST_COPIES), required=True)
        form.add("printer", _("Printer"), ChoiceField([], allow_none=False), required=True)
        # Translators: where the printer takes its paper from
        form.add("tray", _("Paper tray"), ChoiceField([], _("As the printer is set")))
        sides = [Choice(ONE_SIDED, _("One side")), Choice(LONG_EDGE, _("Both sides, turned like a book")),
                 Choice(SHORT_EDGE, _("Both sides, turned upwards"))]  # fmt: skip
        form.add("sides", _("Sides"), ChoiceField(sides, allow_none=False))
        form.add("pages", _("Pages"), LineField(40, _("all pages")))
        form.set_row_visible("pages", self._sheet.pages > 1)
        form.set_row_visible("sides", self._sheet.pages > 1)
        form.add("colour", "", CheckField(_("In colour")))
        hint = _("Off: true to size, as labels, cards and posters need it.")
        form.add("fit", "", CheckField(_("Fit to the paper")), hint=hint)
        form.add("purpose", _("Purpose"), LineField(200), hint=_("It goes into the print register."))
        form.set_row_visible("purpose", bool(self._sheet.marks))
        form.field("printer").edited.connect(self._on_printer)
        return form

    def _show_choice(self, choice: PrintChoice) -> None:
        assert self.form is not None
        if choice.printer:
            self.form.field("printer").set_choices([Choice(choice.printer, choice.printer)])
        if choice.tray:
            self.form.field("tray").set_choices([Choice(choice.tray, choice.tray)])
        sides = choice.sides if self._sheet.pages > 1 else ONE_SIDED
        self.form.set_values({"copies": choice.copies, "printer": choice.printer or None, "tray": choice.tray or None,
                              "sides": sides, "pages": "", "colour": choice.colour, "fit": choice.fit})  # fmt: skip
        self.form.set_row_visible("tray", bool(choice.tray))

    def _chosen(self) -> PrintChoice:
        assert self.form is not None
        found = self.form.values()
        return PrintChoice(found["printer"] or "", found["copies"] or 1, found["tray"] or "",
                           found["sides"] or ONE_SIDED, found["colour"], found["pages"], found["fit"])  # fmt: skip

    def _purpose(self) -> str:
        return str(self.form.value("purpose")) if self.form is not None else ""

    @Slot()
    def _on_printer(self) -> None:
        self._offer("")

    def _offer(self, tray: str) -> None:
        """Offer what the chosen printer can do."""
        if self.form is None:
            return
        device = next((one for one in self._devices if one.name == self.form.value("printer")), None)
        trays = device.trays if device else ()
        field = self.form.field("tray")
        field.set_choices([Choice(*one) for one in trays])
        field.set_value(tray if tray in dict(trays) else None)
        self.form.set_row_visible("tray", bool(trays))
        self.form.field("colour").setEnabled(device is None or device.colour)
        self.form.set_row_visible("sides", self._sheet.pages > 1 and (device is None or device.duplex))
        stopped = device is not None and not device.ready
        self.form.set_hint("printer", _("This printer is stopped: what is printed waits for it.") if stopped else "")

    def _tell(self, text: str) -> None:
        self._state.setText(text)
        self._state.setVisible(bool(text))

    @Slot()
    def _on_closed(self) -> None:
        for child in (self._printers, self._job):
            if child is not None:
                child.stop()


def ask(
    parent: QWidget, sheet: Printout, runner: Runner | None = None, printed: Callable[[], object] | None = None,
    settings: QSettings | None = None,
) -> PrintDialog:  # fmt: skip
    """Asks how to print a sheet, over `parent`; `printed` is called when the printer has it."""
    dialog = PrintDialog(parent, sheet, runner, settings)
    dialog.setMinimumWidth(theme.unit(140))
    if printed is not None:
        dialog.printed.connect(printed)
    dialog.open()
    dialog.look()
    return dialog


def _device_choice(device: Device) -> Choice:
    # Translators: beside the printer that the computer takes if none is chosen
    return Choice(device.name, device.title, detail=_("usual") if device.usual else "")
