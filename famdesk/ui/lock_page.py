"""The lock: the password of who is signed in."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from famdesk.i18n import _
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.code import CodeForm
from famdesk.ui.kit.door import DoorCard, centred, heading
from famdesk.ui.kit.password import Notice, PasswordField, Wait, waiting
from famdesk.ui.kit.widgets import Label


class LockPage(QWidget):
    """The password of who is signed in, to come back to where one was.

    Signals:
        sign_in_requested(str, str): login and password.
        code_given(str, str, str): login, password, and the code that `ask_code` asked for.
        other_user_requested(): somebody else wants to sign in; the session ends.
    """

    sign_in_requested = Signal(str, str)
    code_given = Signal(str, str, str)
    other_user_requested = Signal()

    def __init__(self, centre: str, login: str, user_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._login = login
        self._wait = Wait(self)
        self._wait.ticked.connect(self._on_tick)
        self._password = PasswordField(_("Password"))
        self._problem = Notice()
        self._submit = ActionButton(_("Unlock"), "lock", primary=True)
        self._submit.setDefault(True)
        other = ActionButton(_("Somebody else signs in"), kind="link")
        card = DoorCard()
        self._password.setPlaceholderText(_("Password"))
        self._code: CodeForm | None = None
        self._place = card.body
        card.body.addWidget(Label(user_name, "section"))
        for widget in self._parts():
            card.body.addWidget(widget)
        card.body.addWidget(other, 0, Qt.AlignmentFlag.AlignHCenter)
        centred(self, [heading(centre, _("Locked")), card])
        self._password.returnPressed.connect(self._on_submit)
        self._submit.clicked.connect(self._on_submit)
        other.clicked.connect(self.other_user_requested)
        self.setFocusProxy(self._password)

    def refuse(self, sentence: str, seconds: int = 0) -> None:
        """Say why it stays locked; with `seconds` the next try has to wait."""
        if self._code is not None:
            self._code.refuse(sentence, seconds)
            return
        self._password.clear()
        self._problem.tell(sentence)
        self._submit.setEnabled(True)
        self._submit.setText(_("Unlock"))
        self._wait.start(seconds)
        self._password.setFocus()

    def ask_code(self) -> None:
        """The password is right; the code of the second step is asked for in its place."""
        self._problem.rest()
        for part in (self._password, self._submit):
            part.hide()
        self._code = CodeForm()
        self._code.submitted.connect(self._on_code)
        self._code.left.connect(self._on_left)
        self._place.insertWidget(1, self._code)
        self._code.show()
        self._code.begin()

    def _parts(self) -> tuple[QWidget, ...]:
        return (self._password, self._password.hint, self._problem, self._submit)

    @Slot(str)
    def _on_code(self, code: str) -> None:
        self.code_given.emit(self._login, self._password.text(), code)

    @Slot()
    def _on_left(self) -> None:
        if self._code is not None:
            self._code.hide()
            self._code.deleteLater()
            self._code = None
        self._password.clear()
        self._submit.setEnabled(True)
        self._submit.setText(_("Unlock"))
        for part in (self._password, self._submit):
            part.show()
        self._password.setFocus()

    @Slot()
    def _on_submit(self) -> None:
        if self._wait.running() or not self._submit.isEnabled():
            return
        if not self._password.text():
            self._problem.tell(_("Please give your password."))
            return
        self._problem.rest()
        self._submit.setEnabled(False)
        self._submit.setText(_("Opening…"))
        self.sign_in_requested.emit(self._login, self._password.text())

    @Slot(int)
    def _on_tick(self, seconds: int) -> None:
        self._submit.setEnabled(not seconds)
        self._submit.setText(waiting(seconds) if seconds else _("Unlock"))
