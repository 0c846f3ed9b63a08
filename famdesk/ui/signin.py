"""Sign-in and lock: the first thing that is painted, so nothing heavy is imported here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from famdesk.i18n import LANGUAGES, _, language
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.code import CodeForm
from famdesk.ui.kit.password import Notice, PasswordField, Wait, waiting
from famdesk.ui.kit.recovery import RecoveryForm
from famdesk.ui.kit.widgets import Card, Label, ScrollColumn, Segmented

_LANGUAGE_NAMES: Final = {"it": "Italiano", "en": "English", "de": "Deutsch"}


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account of the demo that may be shown with its password: its login and what it is for."""

    login: str
    text: str


class SignInPage(QWidget):
    """User and password in the middle of a calm page.

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

    def __init__(
        self,
        centre: str,
        logins: Sequence[str] = (),
        *,
        demo: Sequence[DemoAccount] = (),
        demo_password: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Show the sign-in of `centre`; `logins` are offered while typing; `demo` accounts sign in with a click."""
        super().__init__(parent)
        self._demo_password = demo_password
        self._wait = Wait(self)
        self._wait.ticked.connect(self._on_tick)
        self._user = _UserField(logins)
        self._password = PasswordField(_("Password"))
        self._problem = Notice()
        self._submit = ActionButton(_("Sign in"), primary=True)
        self._submit.setDefault(True)
        self._recovery: RecoveryForm | None = None
        self._code: CodeForm | None = None
        self._form = QWidget()
        self._languages = Segmented([(code, _LANGUAGE_NAMES[code]) for code in LANGUAGES], _("Language"))
        self._languages.set_current(language())
        self._lay_out(centre, demo)
        self._user.returnPressed.connect(self._password.setFocus)
        self._user.textChanged.connect(self._on_other_user)
        self._password.returnPressed.connect(self._on_submit)
        self._submit.clicked.connect(self._on_submit)
        self._languages.chosen.connect(self.language_chosen)
        self.setFocusProxy(self._user)

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
        self._code = CodeForm()
        self._code.submitted.connect(self._on_code)
        self._show_step(self._code)
        self._code.begin()

    def _lay_out(self, centre: str, demo: Sequence[DemoAccount]) -> None:
        card = _card()
        column = QVBoxLayout(self._form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(1))
        for text, field in ((_("User"), self._user), (_("Password"), self._password)):
            column.addWidget(Label(text, "small"))
            column.addWidget(field)
            column.addSpacing(theme.unit(2))
        column.addWidget(self._password.hint)
        column.addWidget(self._problem)
        column.addSpacing(theme.unit(1))
        column.addWidget(self._submit)
        column.addWidget(self._link(), 0, Qt.AlignmentFlag.AlignHCenter)
        self._place = card.body
        self._place.addWidget(self._form)
        parts = [_heading(centre, _("Front desk of the family centre")), card]
        if demo:
            parts.append(self._demo_card(demo))
        _lay_out_centred(self, parts, self._languages)

    def _link(self) -> ActionButton:
        link = ActionButton(_("I have the recovery key"), kind="link")
        link.clicked.connect(self._show_recovery)
        return link

    def _demo_card(self, demo: Sequence[DemoAccount]) -> Card:
        card = Card(_("Try it as"), "users", note=_("invented families, nothing is real"))
        card.setFixedWidth(theme.unit(100))
        card.body.setSpacing(0)
        for account in demo:
            row = _DemoRow(account)
            row.taken.connect(self._on_demo)
            card.body.addWidget(row)
        return card

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
        card = _card()
        self._password.setPlaceholderText(_("Password"))
        self._code: CodeForm | None = None
        self._place = card.body
        card.body.addWidget(Label(user_name, "section"))
        for widget in self._parts():
            card.body.addWidget(widget)
        card.body.addWidget(other, 0, Qt.AlignmentFlag.AlignHCenter)
        _lay_out_centred(self, [_heading(centre, _("Locked")), card])
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


class _UserField(QLineEdit):
    """The login, completed from those known here."""

    def __init__(self, logins: Sequence[str]) -> None:
        super().__init__()
        self.setAccessibleName(_("User"))
        completer = QCompleter(list(logins), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
        self.setCompleter(completer)


class _DemoRow(ActionButton):
    """One account of the demo.

    Signals:
        taken(str): its login.
    """

    taken = Signal(str)

    def __init__(self, account: DemoAccount) -> None:
        super().__init__(account.text, "user-round", kind="row")
        self._login = account.login
        self.clicked.connect(self._on_clicked)

    @Slot()
    def _on_clicked(self) -> None:
        self.taken.emit(self._login)


def _card() -> Card:
    card = Card()
    card.setFixedWidth(theme.unit(100))
    card.body.setContentsMargins(*[theme.unit(3)] * 4)
    return card


def _heading(centre: str, subtitle: str) -> QWidget:
    """The name of the centre and a quiet line under it."""
    heading = QWidget()
    column = QVBoxLayout(heading)
    column.setContentsMargins(0, 0, 0, theme.unit(2))
    column.setSpacing(theme.unit(1))
    for label in (Label(centre, "title", wrap=True), Label(subtitle, "second", wrap=True)):
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(label)
    return heading


def _lay_out_centred(page: QWidget, parts: Sequence[QWidget], foot: QWidget | None = None) -> None:
    """Parts in a column in the middle of a page; it scrolls when the window is too low."""
    scroll = ScrollColumn()
    scroll.body.setContentsMargins(*[theme.unit(4)] * 4)
    scroll.body.setSpacing(theme.unit(4))
    scroll.body.addStretch(2)
    for part in parts:
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(part, 100 if part is parts[0] else 0)
        row.addStretch(1)
        scroll.body.addLayout(row)
    scroll.body.addStretch(3)
    if foot is not None:
        scroll.body.addWidget(foot, 0, Qt.AlignmentFlag.AlignHCenter)
    outer = QVBoxLayout(page)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(scroll)
