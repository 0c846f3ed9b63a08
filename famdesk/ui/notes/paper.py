"""A report on paper: the real PDF from memory, by post or put into somebody's hand, printed through the one gate; or
as a file with a password, saved or mailed to who may have it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain.codes import label
from famdesk.domain.errors import RuleError
from famdesk.domain.notes.note_release import FAMILY
from famdesk.domain.notes.notes import OUT_KINDS
from famdesk.i18n import _
from famdesk.ui.kit.buttons import ActionButton, make_action
from famdesk.ui.kit.dialog import ask_reason
from famdesk.ui.kit.papers.sheet_dialog import SheetDialog
from famdesk.ui.kit.runner import Runner
from famdesk.ui.notes.seal_dialog import SealDialog
from famdesk.ui.send_dialog import SendDialog
from famdesk.usecases.notes import note_release
from famdesk.usecases.notes.note_release_rows import ReleaseRow

HAND, POST, MAIL = "hand", "post", "mail"


class PaperDialog(SheetDialog):
    """Shows the report and prints it; where the gate forbids it, a reason is asked for, which the journal keeps.

    Signals:
        went_out(): it was printed or saved.
    """

    went_out = Signal()

    def __init__(self, parent: QWidget, runner: Runner, row: ReleaseRow) -> None:
        self._row = row
        ways = [(HAND, _("By hand"))]
        if row.recipient.kind == FAMILY:
            ways += [(POST, _("By post")), (MAIL, _("By mail"))]
        super().__init__(
            parent, runner, label(OUT_KINDS, row.terms.kind), "report", gathered, rendered, ways, _("How it goes"),
            what=(row.note_id, None), key="report",
            note=_("Printed from memory. A PDF that you save lies open on the disk: keep it only where it is safe."),
        )  # fmt: skip
        self.protect = make_action(self, _("With a password…"), self._on_protect, icon="lock", shortcut="Ctrl+Shift+S")
        self._protect_button = ActionButton.of(self.protect, hint=True)
        self.tools.addWidget(self._protect_button)
        self.choice.chosen.connect(self._on_way)
        self.out.printed.connect(self._on_went)
        self.out.saved.connect(self._on_went)

    def save(self) -> None:
        """Print it, or ask for the password with which it goes by mail."""
        if self.choice.current() == MAIL:
            self.set_accept_enabled(True)
            self._on_protect()
        else:
            super().save()

    @Slot()
    def _on_protect(self) -> None:
        """The file with a password: sent where it goes by mail, else saved."""
        if self.preview.data:
            dialog = SealDialog(self, self._runner, self.preview.data)
            dialog.finished_with.connect(self._on_sealed)
            dialog.open()

    @Slot(object)
    def _on_sealed(self, data: bytes) -> None:
        if self.choice.current() != MAIL:
            self.out.ask_file_of(data)
            return
        person_id = self._row.recipient.other_id or ""
        sheet = replace(self.out.printout(), data=data)
        dialog = SendDialog(self, self._runner, sheet, person=(person_id, ""), fixed=True)
        dialog.finished_with.connect(self._on_mailed)
        dialog.open()

    @Slot(object)
    def _on_mailed(self, _mail_id: object) -> None:
        self._on_went()
        self.finish()

    @Slot(str)
    def _on_way(self, way: str) -> None:
        self.set_accept_text(_("Send by mail…") if way == MAIL else _("Print"))
        self._protect_button.setVisible(way != MAIL)  # there it is what the mail begins with

    @Slot()
    @Slot(object)
    def _on_went(self, _content: object = None) -> None:
        self._runner.run(note_release.went_out, self._row.note_id, then=self._on_noted, quiet=True)

    def _on_noted(self, _nothing: object) -> None:
        self.went_out.emit()

    @Slot(object)
    def _say(self, error: Exception) -> None:
        """Without a reason nothing goes to whom the rule forbids it."""
        super()._say(error)
        if isinstance(error, RuleError) and error.field == "reason":
            ask_reason(self, _("Print all the same?"), _("Print"), self._give_reason, detail=error.sentence())

    def _ready(self, *, ready: bool) -> None:
        super()._ready(ready=ready)
        if hasattr(self, "protect"):
            self.protect.setEnabled(ready)

    def _give_reason(self, reason: str) -> None:
        self._what = (self._row.note_id, reason)
        self._make()


def gathered(tx: Any, wanted: str, note_id: str, reason: str | None) -> Any:
    """What stands on the paper; runs as a query."""
    from famdesk.sheets.collecting import collect_reports

    return collect_reports.report(tx, note_id, wanted, reason)


def rendered(content: Any, _wanted: str) -> bytes:
    """The PDF."""
    from famdesk.sheets.post import letter

    return letter.render(content)
