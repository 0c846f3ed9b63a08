"""Sign-in: the first thing that is painted, so nothing that it can do without for a moment is made or imported here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from famdesk.i18n import LANGUAGES, _, language
from famdesk.ui.kit import theme
from famdesk.ui.kit.door import DoorCard, WordButton, centred, heading, middle, words
from famdesk.ui.kit.password import Notice, PasswordField, Wait, waiting

if TYPE_CHECKING:  # made on demand
    from famdesk.ui.demo_card import DemoAccount
    from famdesk.ui.kit.code import CodeForm
    from famdesk.ui.kit.recovery import RecoveryForm

_LANGUAGE_NAMES: Final = {"it": "Italiano", "en": "English", "de": "Deutsch"}
_CARD: Final = 2
"""The place of the card in the page's column: after the room above and the heading."""


class SignInPage(QWidget):
    """User and password in the middle of a calm page. What has to be there at once is; `complete` adds the rest.

    Signals:
        sign_in_requested(str, str): login and password; answer with `refuse`, `ask_code`, or show something else.
        code_given(str, str, str): login, password, and the code that was asked for.
        recovery_requested(str, str): the recovery key and a new password, for the login in the field.
        language_chosen(str): "it", "en" or "de".
    """

    sign_in_requested = Signal(str, str)
    code_given = Signal(str, str, str)
    recovery_requested = Signal(str, str)
    language_chosen = Signal(str)

    def __init__(self, centre: str, parent: QWidget | None = None) -> None:
        """Show the sign-in of `centre`; nothing happens in it before `complete`."""
        super().__init__(parent)
        self._demo_password = ""
        self._wait = Wait(self)
        self._wait.ticked.connect(self._on_tick)
        self._user = QLineEdit()
        self._user.setAccessibleName(_("User"))
        self._password = PasswordField(_("Password"), eye=False)
        self._problem = Notice()
        self._submit = WordButton(_("Sign in"), "primary")
        self._link = WordButton(_("I have the recovery key"), "link")
        self._recovery: RecoveryForm | None = None
        self._code: CodeForm | None = None
        self._form = QWidget()
        self._foot = QWidget()
        self._lay_out(centre)
        self.setFocusProxy(self._user)

    def complete(self, demo: Sequence[DemoAccount] = (), demo_password: str = "") -> None:
        """Make everything else, and let it work: languages, the look at the password, accounts of the demo."""
        from famdesk.ui.demo_card import DemoCard
        from famdesk.ui.kit.widgets import Segmented

        self._password.add_eye()
        if demo:
            self._demo_password = demo_password
            card = DemoCard(demo)
            card.taken.connect(self._on_demo)
            self._column.insertLayout(_CARD + 1, middle(card))
        languages = Segmented([(code, _LANGUAGE_NAMES[code]) for code in LANGUAGES], _("Language"))
        languages.set_current(language())
        languages.chosen.connect(self.language_chosen)
        self._foot_row.addWidget(languages)
        self._user.returnPressed.connect(self._password.setFocus)
        self._user.textChanged.connect(self._on_other_user)
        self._password.returnPressed.connect(self._on_submit)
        self._submit.clicked.connect(self._on_submit)
        self._link.clicked.connect(self._show_recovery)

    def login(self) -> str:
        """What is typed as user."""
        return self._user.text().strip()

    def set_login(self, login: str) -> None:
        """Fill the user in, so that only the password is missing."""
        self._user.setText(login)
        self.setFocusProxy(self._password)
        self._password.setFocus()

    def refuse(self, sentence: str, seconds: int = 0) -> None:
        """Say why it did not work; with `seconds` the next try has to wait, and the wait is counted down."""
        step = self._code or self._recovery
        if step is not None:
            step.refuse(sentence, seconds)
            return
        self._password.clear()
        self._problem.tell(sentence)
        self._wait.start(seconds)
        self._password.setFocus()

    def ask_code(self) -> None:
        """The password is right; the code of the second step is asked for in its place."""
        from famdesk.ui.kit.code import CodeForm

        self._code = CodeForm()
        self._code.submitted.connect(self._on_code)
        self._show_step(self._code)
        self._code.begin()

    def _lay_out(self, centre: str) -> None:
        card = DoorCard()
        column = QVBoxLayout(self._form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(1))
        for text, field in ((_("User"), self._user), (_("Password"), self._password)):
            column.addWidget(words(text, "small"))
            column.addWidget(field)
            column.addSpacing(theme.unit(2))
        column.addWidget(self._password.hint)
        column.addWidget(self._problem)
        column.addSpacing(theme.unit(1))
        column.addWidget(self._submit)
        column.addLayout(middle(self._link))
        self._place = card.body
        self._place.addWidget(self._form)
        self._foot_row = QHBoxLayout(self._foot)
        self._foot_row.setContentsMargins(0, 0, 0, 0)
        self._foot.setMinimumHeight(theme.unit(7.5) + 2)  # of the languages, which come a moment later
        self._column = centred(self, [heading(centre, _("Front desk of the family centre")), card], self._foot)

    @Slot()
    def _on_submit(self) -> None:
        if self._wait.running() or not self._submit.isEnabled():
            return
        if not self.login() or not self._password.text():
            self._problem.tell(_("Please give user and password."))
            (self._password if self.login() else self._user).setFocus()
            return
        self._problem.rest()
        self._submit.setEnabled(False)
        self._submit.setText(_("Opening…"))
        self.sign_in_requested.emit(self.login(), self._password.text())

    @Slot()
    def _on_other_user(self) -> None:
        """The wait after wrong passwords is one user's; a colleague need not sit it out."""
        if self._wait.running():
            self._wait.start(0)
            self._problem.rest()

    @Slot(str)
    def _on_demo(self, login: str) -> None:
        self._user.setText(login)
        self._password.setText(self._demo_password)
        self._on_submit()

    @Slot(int)
    def _on_tick(self, seconds: int) -> None:
        self._submit.setEnabled(not seconds)
        self._submit.setText(waiting(seconds) if seconds else _("Sign in"))

    @Slot()
    def _show_recovery(self) -> None:
        if not self.login():
            self._problem.tell(_("First say who you are: the user whose password is to be replaced."))
            self._user.setFocus()
            return
        from famdesk.ui.kit.recovery import RecoveryForm

        self._recovery = RecoveryForm(self.login())
        self._recovery.submitted.connect(self.recovery_requested)
        self._show_step(self._recovery)
        self._recovery.begin()

    def _show_step(self, step: RecoveryForm | CodeForm) -> None:
        """Something else in the place of user and password."""
        self._form.hide()
        step.left.connect(self._show_sign_in)
        self._place.addWidget(step)
        step.show()

    @Slot(str)
    def _on_code(self, code: str) -> None:
        self.code_given.emit(self.login(), self._password.text(), code)

    @Slot()
    def _show_sign_in(self) -> None:
        for step in (self._recovery, self._code):
            if step is not None:
                step.hide()
                step.deleteLater()
        self._recovery = self._code = None
        self._password.clear()
        self._submit.setEnabled(True)
        self._submit.setText(_("Sign in"))
        self._form.show()
        self._password.setFocus()


def marked(centre: str, *, demo: bool) -> str:
    """The centre's name; the demo's says everywhere that it is one."""
    return _("{centre} – demo data").format(centre=centre) if demo else centre
