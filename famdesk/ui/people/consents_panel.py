"""The consents tab of a file: what has to be signed, how it stands, who signed, and what was written down about it."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from famdesk.i18n import _
from famdesk.ui.consents import words
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
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, ToolButton, make_action
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.dialog import Dialog, confirm
from famdesk.ui.kit.lines import LineList
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card, Label
from famdesk.ui.people.panel import FilePanel
from famdesk.ui.people.parts import Notice
from famdesk.usecases import consenting
from famdesk.usecases import consents as usecases
from famdesk.usecases.consent_rows import ConsentFile, ConsentRow, ConsentState

TWO_COLUMNS_FROM = 170
"""Width of the tab, in units, from which purposes and details stand side by side."""


class ConsentsPanel(FilePanel):
    """What the person, or those who decide for a minor, have signed.

    Attributes:
        shown: what the office told, or None.
        purposes: the list of purposes with their state; history: the consents of the purpose that is chosen.
    """

    watches: ClassVar[frozenset[str]] = frozenset(
        {"consent", "consent_signature", "consent_text", "responsibility", "relation", "person"}
    )

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self.shown: ConsentFile | None = None
        self.purposes = LineList(_("What has to be signed"), grow=True)
        self.history = LineList(_("Signatures"), _("Nobody has been asked yet."), grow=True)
        self._sentence = Notice("shield-alert", Meaning.WARNING)
        self._good = Label("", "second", wrap=True)
        self._chosen = Card(_("Consent"), "signature")
        self._make_actions()
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._lay_out()
        self.purposes.current_changed.connect(self._on_purpose)
        self.purposes.activated_id.connect(self._on_sign)
        self.history.menu_requested.connect(self._on_menu)
        self._show_chosen()

    def refresh(self) -> None:
        if self.file is not None:
            self.runner.fetch(usecases.consents_of, self.file.id, then=self._take, failed=self.failed.emit,
                              latest="consents")  # fmt: skip

    def forget(self) -> None:
        self.shown = None
        self.purposes.set_lines([])
        self._show_chosen()

    def focus_first(self) -> None:
        if not self.purposes.current_id():
            self.purposes.step(1)
        self.purposes.setFocus()

    def choose(self, purpose: str) -> None:
        """Show the details of a purpose."""
        self.purposes.set_current_id(purpose)

    def state(self) -> ConsentState | None:
        """How the purpose that is chosen stands."""
        return next((one for one in self._states() if one.purpose == self.purposes.current_id()), None)

    def row(self) -> ConsentRow | None:
        """The consent that counts for the purpose that is chosen, if one was asked for."""
        state = self.state()
        rows = self.shown.rows if self.shown else ()
        return next((row for row in rows if state is not None and row.id == state.consent_id), None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= theme.unit(TWO_COLUMNS_FROM)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._columns.direction() != direction:
            self._columns.setDirection(direction)

    def _take(self, shown: ConsentFile) -> None:
        if self.file is None or shown.person_id != self.file.id:
            return
        self.shown = shown
        self.purposes.set_lines([words.purpose_line(state) for state in self._states()])
        if not self.purposes.current_id():
            self.purposes.step(1)
        self._show_chosen()

    def _states(self) -> tuple[ConsentState, ...]:
        """Every purpose that is for the person's age, then those of which there is a consent all the same."""
        if self.shown is None:
            return ()
        known = {state.purpose for state in self.shown.purposes}
        newest = {row.state.purpose: row.state for row in reversed(self.shown.rows)}
        return (*self.shown.purposes, *(state for code, state in newest.items() if code not in known))

    def _show_chosen(self) -> None:
        state, row = self.state(), self.row()
        self._chosen.setVisible(state is not None)
        self._chosen.set_title(words.purpose(state.purpose) if state else "")
        said = words.sentence(state) if state else ""
        self._sentence.set_text("" if state is None or state.covers else said)
        self._good.setText(said if state is not None and state.covers else "")
        self._good.setVisible(bool(self._good.text()))
        file = self.shown
        self.history.set_lines(words.history_lines(file, state.purpose) if file and state else [])
        open_ = row is not None and row.state.status in {"asked", "partial"}
        for action, possible in (
            (self.sign, state is not None and not state.covers),
            (self.ask, state is not None and not open_),
            (self.print_sheet, state is not None),
            (self.refuse, open_),
            (self.withdraw, row is not None and state is not None and state.covers and state.purpose != "privacy"),
            (self.ground, state is not None and bool(grounds(state.purpose)) and (row is None or row.state.status
                          not in {"given", "refused", "withdrawn", "expired"})),
            (self.hear, row is not None and self.shown is not None and bool(self.shown.minor)),
            (self.remove, row is not None),
        ):  # fmt: skip
            action.setEnabled(possible)

    def _make_actions(self) -> None:
        make = make_action
        self.sign = make(self, _("Signatures…"), self._on_sign, icon="signature", shortcut="Ctrl+Shift+S")
        self.ask = make(self, _("Ask for it…"), self._on_ask, icon="file-plus")
        self.print_sheet = make(self, _("Print the sheet…"), self._on_print, icon="printer")
        self.refuse = make(self, _("Refused…"), self._on_refuse, icon="circle-x")
        self.withdraw = make(self, _("Withdraw…"), self._on_withdraw, icon="ban")
        self.ground = make(self, _("Lawful ground…"), self._on_ground, icon="book-open")
        self.hear = make(self, _("The minor was heard…"), self._on_hear, icon="message-square")
        self.remove = make(self, _("Entered by mistake: remove"), self._on_remove, icon="trash-2")

    def _lay_out(self) -> None:
        left = Card(_("What has to be signed"), "list-checks")
        left.add_list(self.purposes)
        row = QHBoxLayout()
        row.setSpacing(theme.unit(2))
        row.addWidget(ActionButton.of(self.sign, primary=True))
        row.addWidget(ActionButton.of(self.print_sheet))
        menu = QMenu(self)
        menu.addActions([self.ask, self.ground, self.hear, self.refuse, self.withdraw, self.remove])
        more = ToolButton(_("More about this consent"), "ellipsis")
        more.setPopupMode(ToolButton.ToolButtonPopupMode.InstantPopup)
        more.setMenu(menu)
        row.addWidget(more)
        row.addStretch(1)
        self._menu = menu
        self._chosen.body.addWidget(self._sentence)
        self._chosen.body.addWidget(self._good)
        self._chosen.body.addLayout(row)
        self._chosen.body.addWidget(self.history)
        self._columns.setSpacing(theme.unit(3.5))
        for part, stretch in ((left, 5), (self._chosen, 6)):
            column = QVBoxLayout()
            column.addWidget(part)
            column.addStretch(1)
            self._columns.addLayout(column, stretch)
        self.body.addLayout(self._columns)

    @Slot(str)
    def _on_purpose(self, _purpose: str) -> None:
        self._show_chosen()

    @Slot()
    def _on_sign(self) -> None:
        state, row = self.state(), self.row()
        if self.shown is None or state is None or state.covers:
            return
        closed = row is not None and row.state.status not in {"asked", "partial"}
        self._open(SignDialog(self.window(), self.runner, self.shown, state, None if closed else row))

    @Slot()
    def _on_ask(self) -> None:
        state = self.state()
        if self.shown is not None and state is not None:
            dialog = AskDialog(self.window(), self.runner, self.shown, state)
            dialog.finished_with.connect(self._on_asked)
            self._open(dialog)

    @Slot(object)
    def _on_asked(self, consent_id: object) -> None:
        """The sheet of what was just asked for."""
        state = self.state()
        if self.file is not None and state is not None and isinstance(consent_id, str):
            self._open(sheet_dialog(self.window(), self.runner, self.file.id, state.purpose, consent_id))

    @Slot()
    def _on_print(self) -> None:
        state, row = self.state(), self.row()
        if self.file is not None and state is not None:
            asked = row.id if row is not None and row.state.status in {"asked", "partial"} else None
            self._open(sheet_dialog(self.window(), self.runner, self.file.id, state.purpose, asked))

    @Slot()
    def _on_refuse(self) -> None:
        self._with_row(RefuseDialog)

    @Slot()
    def _on_withdraw(self) -> None:
        self._with_row(WithdrawDialog)

    @Slot()
    def _on_hear(self) -> None:
        self._with_row(HearDialog)

    @Slot()
    def _on_ground(self) -> None:
        state = self.state()
        if self.shown is not None and state is not None:
            self._open(GroundDialog(self.window(), self.runner, self.shown, state, self.row()))

    @Slot()
    def _on_remove(self) -> None:
        row = self.row()
        if row is not None:
            detail = _("It goes to the bin with its signatures; Undo brings it back. What ended is withdrawn instead.")
            confirm(self.window(), _("Was this consent entered by mistake?"), _("Remove"), self._remove, danger=True,
                    detail=detail)  # fmt: skip

    def _remove(self) -> None:
        row = self.row()
        if row is not None:
            self.runner.run(consenting.remove, row.id, row.version, failed=self.failed.emit)

    def _with_row(self, kind: type[RefuseDialog | WithdrawDialog | HearDialog]) -> None:
        state, row = self.state(), self.row()
        if self.shown is not None and state is not None and row is not None:
            self._open(kind(self.window(), self.runner, self.shown, state, row))

    @Slot(str, QPoint)
    def _on_menu(self, line_id: str, at: QPoint) -> None:
        """The menu of a signature, or that of the consent."""
        kind, _colon, row_id = line_id.partition(":")
        if kind != "signature":
            self._menu.popup(at)
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.signature_action(row_id, menu))
        menu.popup(at)

    def signature_action(self, signature_id: str, parent: QWidget) -> QAction:
        """The command that takes a signature away again."""
        action = QAction(_("Entered by mistake: remove the signature"), parent)
        rows = self.shown.rows if self.shown else ()
        found = next((one for row in rows for one in row.signatures if one.id == signature_id), None)
        action.setEnabled(found is not None)
        if found is not None:
            action.triggered.connect(lambda: self.runner.run(consenting.remove_signature, found.id, found.version))
        return action

    def _open(self, dialog: Dialog) -> None:
        dialog.open()
