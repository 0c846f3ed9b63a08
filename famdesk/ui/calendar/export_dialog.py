"""What the calendar shows, as a file for other programs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from famdesk.domain.calendar.calendar_file import Entry
from famdesk.domain.staff import rights
from famdesk.i18n import _
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import CheckField, LineField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label
from famdesk.usecases.calendar import calendar_export
from famdesk.usecases.calendar.calendar_export import Scope


class ExportDialog(Dialog):
    """With or without names, and where to; the result is the number of appointments."""

    def __init__(self, parent: QWidget, runner: Runner, scope: Scope, zone: str) -> None:
        super().__init__(parent, _("Export the calendar (.ics)"), _("Save as…"))
        self._runner, self._scope, self._zone = runner, scope, zone
        self._entries: tuple[Entry, ...] = ()
        self.form = form = Form()
        form.add("names", "", CheckField(_("With names")),
                 hint=_("As far as the safe-contact rule lets them out"))  # fmt: skip
        form.add("reason", _("Reason"), LineField(200),
                 hint=_("Only to write also what the rule forbids; the journal keeps it."))  # fmt: skip
        may = bool(rights.cell(calendar_export.named.name, runner.role))
        form.set_row_visible("names", may)
        form.set_row_visible("reason", may)
        text = _("The appointments that you see now. Without names they only say when somebody or something is busy.")
        self.body.addWidget(Label(text, "second", wrap=True))
        self.body.addWidget(form)
        form.set_values({"names": False, "reason": ""})

    def save(self) -> None:
        assert self.form is not None
        given = self.form.values()
        if given["names"]:
            self._runner.fetch(calendar_export.named, self._scope, reason=given["reason"] or None, then=self._ask,
                               failed=self.present)  # fmt: skip
        else:
            self._runner.fetch(calendar_export.busy, self._scope, then=self._ask, failed=self.present)

    def _ask(self, entries: tuple[Entry, ...]) -> None:
        self._entries = entries
        self.set_accept_enabled(True)
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        where = str(Path(folder) / f"famdesk-{self._scope.first.date().isoformat()}.ics")
        dialog = QFileDialog(self, _("Save as…"), where, _("Calendar files (*.ics)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("ics")
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    @Slot(str)
    def save_to(self, name: str) -> None:
        """Write the file."""
        self._runner.compute(_write, self._entries, self._zone, Path(name), then=self.finish, failed=self.present,
                             owner=self)  # fmt: skip


def _write(entries: tuple[Entry, ...], zone: str, path: Path) -> int:
    from famdesk.exchange import ics_write
    from famdesk.sheets.paper.page import save

    save(ics_write.calendar(entries, zone=zone), path)
    return len(entries)
