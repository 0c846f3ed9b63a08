"""The printed recovery key, for when a password is lost."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.password import Notice, PasswordField, Wait, waiting
from famdesk.ui.kit.strength import StrengthMeter
from famdesk.ui.kit.widgets import Label


class RecoveryForm(QWidget):
    """The printed recovery key and a new password.

    Signals:
        submitted(str, str): recovery key and new password.
        left(): back to the sign-in.
    """

    submitted = Signal(str, str)
    left = Signal()

    def __init__(self, login: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        intro = _("The key stands on the recovery sheet. It opens the data and gives {user} a new password.")
        self._intro = Label(intro.format(user=login), "second", wrap=True)
        self._key = QLineEdit()
        self._password = PasswordField(_("New password"))
        self._again = PasswordField(_("New password again"))
        self._problem = Notice()
        self._wait = Wait(self)
        self._wait.ticked.connect(self._on_tick)
        self._submit = ActionButton(_("Set the new password"), "key-round", primary=True)
        self._back = ActionButton(_("Back to sign-in"), kind="link")
        self._key.setAccessibleName(_("Recovery key"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(1))
        column.addWidget(self._intro)
        for field in (self._key, self._password, self._again):
            column.addWidget(Label(field.accessibleName(), "small"))
            column.addWidget(field)
            if field is self._password:
                column.addWidget(StrengthMeter(self._password, lambda: (login,)))
        for widget in (self._password.hint, self._problem, self._submit):
            column.addWidget(widget)
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignHCenter)
        self._key.returnPressed.connect(self._password.setFocus)
        self._again.returnPressed.connect(self._on_submit)
        self._submit.clicked.connect(self._on_submit)
        self._back.clicked.connect(self.left)

    def begin(self) -> None:
        """Take the focus."""
        self._key.setFocus()

    def refuse(self, sentence: str, seconds: int = 0) -> None:
        """Say why it did not work; with `seconds` the next try has to wait, and the wait is counted down."""
        self._problem.tell(sentence)
        self._wait.start(seconds)
        self._key.setFocus()

    @Slot()
    def _on_submit(self) -> None:
        if self._wait.running() or not self._submit.isEnabled():
            return
        if not self._key.text().strip() or not self._password.text():
            self._problem.tell(_("Please give the recovery key and a new password."))
        elif self._password.text() != self._again.text():
            self._problem.tell(_("The two passwords differ."))
        else:
            self._problem.rest()
            self._submit.setEnabled(False)
            self.submitted.emit(self._key.text().strip(), self._password.text())

    @Slot(int)
    def _on_tick(self, seconds: int) -> None:
        self._submit.setEnabled(not seconds)
        self._submit.setText(waiting(seconds) if seconds else _("Set the new password"))
