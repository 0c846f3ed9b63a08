"""What can be done with a consent in the file: signatures, the sheet, refusal, withdrawal, a lawful ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from famdesk.i18n import _
from famdesk.ui.consents.dialogs import (
    AskDialog,
    GroundDialog,
    HearDialog,
    RefuseDialog,
    SignDialog,
    WithdrawDialog,
    grounds,
    sheet_dialog,
)
from famdesk.ui.kit.buttons import make_action
from famdesk.ui.kit.dialog import confirm
from famdesk.usecases.consent import consenting
from famdesk.usecases.consent.consent_rows import ConsentFile, ConsentRow, ConsentState

if TYPE_CHECKING:
    from famdesk.ui.people.consents_panel import ConsentsPanel

_ENDED = frozenset({"given", "refused", "withdrawn", "expired"})


class ConsentDeeds(QObject):
    """The commands for the consent that is chosen on the tab."""

    def __init__(self, panel: ConsentsPanel) -> None:
        super().__init__(panel)
        self._panel, self._runner = panel, panel.runner
        self.sign = make_action(panel, _("Signatures…"), self.open_signing, icon="signature", shortcut="Ctrl+Shift+S")
        self.ask = make_action(panel, _("Ask for it…"), self._on_ask, icon="file-plus")
        self.print_sheet = make_action(panel, _("Print the sheet…"), self._on_print, icon="printer")
        self.refuse = make_action(panel, _("Refused…"), self._on_refuse, icon="circle-x")
        self.withdraw = make_action(panel, _("Withdraw…"), self._on_withdraw, icon="ban")
        self.ground = make_action(panel, _("Lawful ground…"), self._on_ground, icon="book-open")
        self.hear = make_action(panel, _("The minor was heard…"), self._on_hear, icon="message-square")
        self.remove = make_action(panel, _("Entered by mistake: remove"), self._on_remove, icon="trash-2")
        self.menu = QMenu(panel)
        self.menu.addActions([self.ask, self.ground, self.hear, self.refuse, self.withdraw, self.remove])

    def offer(self, file: ConsentFile | None, state: ConsentState | None, row: ConsentRow | None) -> None:
        """Allow what makes sense for a consent as it stands."""
        waits = row is not None and _waits(row)
        stands = state is not None and state.covers
        for action, possible in (
            (self.sign, state is not None and not stands),
            (self.ask, state is not None and not waits),
            (self.print_sheet, state is not None),
            (self.refuse, waits),
            (self.withdraw, row is not None and stands and row.state.purpose != "privacy"),
            (self.ground, state is not None and bool(grounds(state.purpose)) and state.status not in _ENDED),
            (self.hear, row is not None and file is not None and bool(file.minor)),
            (self.remove, row is not None),
        ):
            action.setEnabled(possible)

    @Slot(str, QPoint)
    def show_menu(self, line_id: str, at: QPoint) -> None:
        """The menu of a signature, or that of the consent."""
        kind, _colon, row_id = line_id.partition(":")
        if kind != "signature":
            self.menu.popup(at)
            return
        menu = QMenu(self._panel)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.signature_action(row_id, menu))
        menu.popup(at)

    def signature_action(self, signature_id: str, parent: QWidget) -> QAction:
        """The command that takes a signature away again."""
        action = QAction(_("Entered by mistake: remove the signature"), parent)
        shown = self._panel.shown
        signatures = [one for row in (shown.rows if shown else ()) for one in row.signatures]
        found = next((one for one in signatures if one.id == signature_id), None)
        action.setEnabled(found is not None)
        if found is not None:
            action.triggered.connect(lambda: self._runner.run(consenting.remove_signature, found.id, found.version))
        return action

    @Slot()
    def open_signing(self) -> None:
        """Who signed the consent that is chosen; where an earlier one ended, a new one."""
        state, row = self._panel.state(), self._panel.row()
        if self._panel.shown is not None and state is not None and not state.covers:
            waiting = row if row is not None and _waits(row) else None
            SignDialog(self._panel.window(), self._runner, self._panel.shown, state, waiting).open()

    @Slot()
    def _on_ask(self) -> None:
        state = self._panel.state()
        if self._panel.shown is not None and state is not None:
            dialog = AskDialog(self._panel.window(), self._runner, self._panel.shown, state)
            dialog.finished_with.connect(self._on_asked)
            dialog.open()

    @Slot(object)
    def _on_asked(self, consent_id: object) -> None:
        """The sheet of what was just asked for."""
        if isinstance(consent_id, str):
            self._show_sheet(consent_id)

    @Slot()
    def _on_print(self) -> None:
        row = self._panel.row()
        self._show_sheet(row.id if row is not None and _waits(row) else None)

    def _show_sheet(self, consent_id: str | None) -> None:
        state, file = self._panel.state(), self._panel.file
        if file is not None and state is not None:
            sheet_dialog(self._panel.window(), self._runner, file.id, state.purpose, consent_id).open()

    @Slot()
    def _on_ground(self) -> None:
        state, row = self._panel.state(), self._panel.row()
        if self._panel.shown is not None and state is not None:
            GroundDialog(self._panel.window(), self._runner, self._panel.shown, state, row).open()

    @Slot()
    def _on_refuse(self) -> None:
        self._with_row(RefuseDialog)

    @Slot()
    def _on_withdraw(self) -> None:
        self._with_row(WithdrawDialog)

    @Slot()
    def _on_hear(self) -> None:
        self._with_row(HearDialog)

    def _with_row(self, kind: type[RefuseDialog | WithdrawDialog | HearDialog]) -> None:
        state, row = self._panel.state(), self._panel.row()
        if self._panel.shown is not None and state is not None and row is not None:
            kind(self._panel.window(), self._runner, self._panel.shown, state, row).open()

    @Slot()
    def _on_remove(self) -> None:
        row = self._panel.row()
        if row is not None:
            detail = _("It goes to the bin with its signatures; Undo brings it back. What ended is withdrawn instead.")
            confirm(self._panel.window(), _("Was this consent entered by mistake?"), _("Remove"), self._remove,
                    danger=True, detail=detail)  # fmt: skip

    def _remove(self) -> None:
        row = self._panel.row()
        if row is not None:
            self._runner.run(consenting.remove, row.id, row.version, failed=self._panel.failed.emit)


def _waits(row: ConsentRow) -> bool:
    return row.state.status in {"asked", "partial"}
