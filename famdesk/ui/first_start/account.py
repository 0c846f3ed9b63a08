"""The first account, with words on how hard its password is to guess."""

from __future__ import annotations

from PySide6.QtCore import Slot

from famdesk.domain.errors import RuleError
from famdesk.domain.staff import passwords
from famdesk.domain.text import tokens
from famdesk.i18n import _
from famdesk.ui.first_start.answers import Answers
from famdesk.ui.first_start.step import Step
from famdesk.ui.kit.background import InBackground
from famdesk.ui.kit.fields import LineField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.password import PasswordField
from famdesk.ui.kit.strength import StrengthMeter


class AccountStep(Step):
    """Who looks after accounts and settings; colleagues are added later."""

    def __init__(self, answers: Answers, in_background: InBackground) -> None:
        super().__init__(
            answers, in_background, _("Who looks after FamDesk?"),
            _("The first account adds colleagues and sets the centre up. It does not see families' files."),
        )  # fmt: skip
        form = Form(labels="top")
        form.add("name", _("Name and surname"), LineField(), required=True)
        form.add("login", _("User name"), LineField(30), required=True,
                 hint=_("What is typed to sign in: small letters, digits, dots."))  # fmt: skip
        self._password = form.add(
            "password", _("Password"), PasswordField(_("Password")), required=True,
            hint=_("At least {count} characters. Four words that do not belong together are easy to keep in mind.")
            .format(count=passwords.SHORTEST),
        )  # fmt: skip
        self.strength = StrengthMeter(self._password, self._about)
        form.widget(self._password.hint)
        form.widget(self.strength)
        form.add("again", _("Password again"), PasswordField(_("Password again")), required=True)
        self.add_form(form)
        form.set_values(answers.admin)
        self._proposed = "" if not answers.admin else _proposal(answers.admin["name"])
        form.field("name").edited.connect(self._on_name)
        self.setFocusProxy(form.field("name"))

    def keep(self) -> None:
        assert self.form is not None
        self.answers.admin = self.form.values()

    def take(self) -> bool:
        assert self.form is not None
        self.keep()
        if not self.form.check():
            return False
        from famdesk.usecases import setup

        values = self.answers.admin
        try:
            setup.check_account(values["login"], values["password"], (values["name"], self.answers.centre))
        except RuleError as error:
            self.form.present(error)
            return False
        if values["password"] != values["again"]:
            self.form.show_error("again", _("The two passwords differ."))
            return False
        return True

    @Slot()
    def _on_name(self) -> None:
        """Proposes a user name as long as none was typed by hand."""
        assert self.form is not None
        login = self.form.field("login")
        if login.value() in ("", self._proposed):
            self._proposed = _proposal(self.form.value("name"))
            login.set_value(self._proposed)

    def _about(self) -> tuple[str, ...]:
        assert self.form is not None
        return (self.form.value("name"), self.form.value("login"), self.answers.centre)


def _proposal(name: str) -> str:
    return ".".join(tokens(name))[:30]
