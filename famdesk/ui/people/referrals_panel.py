"""The referrals tab of a file: where the family was sent, who sent it, what came of it, and the files in between."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from famdesk.domain.intake import referrals as rules
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, make_action
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.dialog import Dialog, confirm
from famdesk.ui.kit.lines import LineList
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card, Label
from famdesk.ui.people import referral_words
from famdesk.ui.people.panel import FilePanel
from famdesk.ui.people.parts import Notice
from famdesk.ui.people.referral_dialogs import SendDialog, StateDialog
from famdesk.ui.people.referral_files import ReferralFiles
from famdesk.usecases.intake import referrals
from famdesk.usecases.intake.referrals import ReferralRow


class ReferralsPanel(FilePanel):
    """The referrals of the person whose file is open.

    Attributes:
        rows: what is shown. list: their lines.
        stop: why something could not leave, to be read aloud. files: what goes out and comes in as a file.
    """

    watches: ClassVar[frozenset[str]] = frozenset({"referral", "consent", "consent_signature", "person"})

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self.rows: tuple[ReferralRow, ...] = ()
        self._chosen = ""
        self.files = ReferralFiles(self, self.runner, lambda: self.file)
        self.list = LineList(_("Referrals"), _("This family was not sent on, and came from nobody."), grow=True)
        self.stop = Notice("shield-alert", Meaning.CONFLICT)
        self.send = make_action(self, _("Refer the family…"), self._on_send, icon="send", shortcut="Ctrl+Shift+I")
        self.take = make_action(self, _("Open a received file…"), self.files.ask_for_file, icon="download")
        card = Card(_("Referrals"), "send")
        card.add_list(self.list)
        row = QHBoxLayout()
        row.setSpacing(theme.unit(2))
        row.addWidget(ActionButton.of(self.send))
        row.addWidget(ActionButton.of(self.take))
        row.addStretch(1)
        hint = _(
            "Enter on a referral shows what can be done: accepted, declined, answered, the file for the other side."
        )
        self.body.addLayout(row)
        self.body.addWidget(self.stop)
        self.body.addWidget(card)
        self.body.addWidget(Label(hint, "second", wrap=True))
        self.list.activated_id.connect(self._on_activated)
        self.list.menu_requested.connect(self.show_menu)
        self.files.stopped.connect(self.stop.set_text)
        self.files.failed.connect(self.failed)

    def refresh(self) -> None:
        if self.file is not None:
            self.runner.fetch(referrals.referrals_of, self.file.id, then=self._take_rows, failed=self.failed.emit,
                              latest="referrals")  # fmt: skip

    def forget(self) -> None:
        self.rows = ()
        self.stop.set_text("")
        self.list.set_lines([])

    def focus_first(self) -> None:
        if not self.list.current_id():
            self.list.step(1)
        self.list.setFocus()

    def actions_for(self, row: ReferralRow, parent: QWidget) -> list[QAction]:
        """What can be done with a referral."""
        wanted = [(f"state:{state}", referral_words.step(state), "check") for state in row.steps]
        if row.direction == rules.OUT and row.outside and row.state in rules.OPEN:
            wanted.append(("file", _("Signed file for the other side…"), "save"))
        if row.direction == rules.IN and row.has_file:
            wanted.append(("receipt", _("Signed answer for the sender…"), "save"))
        if row.direction == rules.IN and row.state in {"accepted", "declined", "answered"} and not row.feedback_on:
            wanted.append(("feedback", _("The sender was told"), "message-square"))
        wanted.append(("later", _("To be followed up later…"), "phone"))
        wanted.append(("remove", _("Entered by mistake: remove"), "trash-2"))
        found = []
        for key, text, icon in wanted:
            action = make_action(parent, text, self._on_deed, icon=icon)
            action.setData((key, row.id))
            found.append(action)
        return found

    @Slot(str, QPoint)
    def show_menu(self, row_id: str, at: QPoint) -> None:
        """The menu of a referral."""
        row = self._row(row_id)
        if row is not None:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addActions(self.actions_for(row, menu))
            menu.popup(at)

    def _row(self, row_id: str) -> ReferralRow | None:
        return next((row for row in self.rows if row.id == row_id), None)

    def _take_rows(self, rows: tuple[ReferralRow, ...]) -> None:
        self.rows = rows
        self.list.set_lines([referral_words.line(row) for row in rows])

    @Slot()
    def _on_send(self) -> None:
        if self.file is not None:
            self._open(SendDialog(self.window(), self.runner, self.file))

    @Slot(str)
    def _on_activated(self, row_id: str) -> None:
        place = self.list.visualRect(self.list.currentIndex()).bottomLeft()
        self.show_menu(row_id, self.list.viewport().mapToGlobal(place))

    @Slot()
    def _on_deed(self) -> None:
        action = self.sender()
        key, row_id = action.data() if isinstance(action, QAction) else ("", "")
        row = self._row(row_id)
        if row is None or self.file is None:
            return
        if key.startswith("state:"):
            self._open(StateDialog(self.window(), self.runner, self.file, row, key.partition(":")[2]))
        elif key == "file":
            self.files.make_referral(row)
        elif key == "receipt":
            self.files.make_answer(row)
        elif key == "feedback":
            self.runner.run(referrals.give_feedback, row.id, row.version, failed=self.failed.emit)
        elif key == "later":
            self.item_opened.emit("follow_up_for", self.file.id)
        elif key == "remove":
            self._chosen = row.id
            confirm(self.window(), _("Was this referral entered by mistake?"), _("Remove"), self._remove, danger=True,
                    detail=_("It goes to the bin; Undo brings it back."))  # fmt: skip

    def _remove(self) -> None:
        row = self._row(self._chosen)
        if row is not None:
            self.runner.run(referrals.remove_referral, row.id, row.version, failed=self.failed.emit)

    def _open(self, dialog: Dialog) -> None:
        dialog.open()
