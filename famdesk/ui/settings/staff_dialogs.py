"""Dialogs about colleagues: who they are, their account, one's own password."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from famdesk.domain.codes import PROFESSIONS, labels
from famdesk.domain.errors import RuleError
from famdesk.domain.staff import rights
from famdesk.domain.staff.passwords import EasyToGuess
from famdesk.domain.text import fold
from famdesk.i18n import _
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import CheckField, LineField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.password import PasswordField
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.strength import StrengthMeter
from famdesk.ui.kit.widgets import Label
from famdesk.ui.settings.perform import perform
from famdesk.ui.settings.roles import sees
from famdesk.usecases import session
from famdesk.usecases.staff import staff
from famdesk.usecases.staff.staff import ColleagueRow

if TYPE_CHECKING:
    from famdesk.usecases.office import Office


class ColleagueDialog(Dialog):
    """A colleague's name, role, profession and employer."""

    def __init__(
        self, parent: QWidget, runner: Runner, employers: Sequence[Choice], row: ColleagueRow | None = None
    ) -> None:
        """Without `row` a new colleague is entered, who has no account yet."""
        super().__init__(parent, _("Change colleague") if row else _("New colleague"), _("Save"))
        self._runner, self._row = runner, row
        self._sees = Label("", "second", wrap=True)
        roles = [Choice(role, _(rights.ROLE_LABELS[role])) for role in rights.ROLES]
        self.form = form = Form()
        form.add("name", _("Name"), LineField(), required=True)
        form.add("role", _("Role"), ChoiceField(roles, allow_none=False), required=True)
        form.widget(self._sees)
        form.add("profession", _("Profession"), ChoiceField([Choice(*pair) for pair in labels(PROFESSIONS)]))
        form.add("employer_body_id", _("Employer"), ChoiceField(employers))
        if row:
            form.add("active", _("Works here"), CheckField(_("Works here now (otherwise cannot sign in)")))
            names = ("name", "role", "profession", "employer_body_id", "active")
            form.set_values({name: getattr(row, name) for name in names})
            form.set_row_visible("active", not (row.login and row.active))  # whose access ends is said by "Leaves…"
        self.body.addWidget(form)
        self._sees.setMinimumHeight(3 * self._sees.fontMetrics().lineSpacing())
        form.edited.connect(self._on_edited)
        self._on_edited()

    def save(self) -> None:
        assert self.form is not None
        values = self.form.values()
        if self._row is None:
            self._runner.run(staff.add_colleague, then=self.finish, failed=self.present, **values)
        else:
            self._runner.run(staff.change_colleague, self._row.id, self._row.version, then=self.finish,
                             failed=self.present, **values)  # fmt: skip

    def _on_edited(self) -> None:
        assert self.form is not None
        self._sees.setText(sees(self.form.value("role")))


class PasswordDialog(Dialog):
    """Base: a new password typed twice."""

    def add_new_password(self, *about: str) -> None:
        """Adds the two fields; `about` are the names that a guesser would try, beside a user name in the form."""
        assert self.form is not None
        form = self.form
        hint = _("Four or five words picked at random.")
        field = form.add("new", _("New password"), PasswordField(_("New password")), required=True, hint=hint)
        self.strength = StrengthMeter(field, lambda: (*about, form.value("login") if form.has("login") else ""))
        form.widget(self.strength)
        self.form.add("again", _("Once more"), PasswordField(_("Once more")), required=True)

    def same(self) -> bool:
        """Whether both are the same; otherwise says so."""
        assert self.form is not None
        if self.form.value("new") == self.form.value("again"):
            return True
        self.set_accept_enabled(True)
        self.form.show_error("again", _("The two passwords differ."))
        return False

    def refuse(self, error: Exception) -> None:
        """Show what is wrong at its field: a weak password at the new one."""
        weak = isinstance(error, EasyToGuess) or (isinstance(error, RuleError) and "length" in error.params)
        if weak and isinstance(error, RuleError) and error.field == "password":
            error.field = "new"
        self.present(error)


class AccountDialog(PasswordDialog):
    """A way in for a colleague: user name and first password."""

    def __init__(self, parent: QWidget, runner: Runner, office: Office, row: ColleagueRow) -> None:
        super().__init__(parent, _("Account for {name}").format(name=row.name), _("Give account"), named=True)
        self._runner, self._office, self._row = runner, office, row
        self.form = form = Form()
        text = _("Tell your colleague the password yourself; they change it under Settings, Safety.")
        form.widget(Label(text, "second", wrap=True))
        form.add("login", _("User name"), LineField(limit=30), required=True,
                 hint=_("Small letters, digits, dots or hyphens."))  # fmt: skip
        self.add_new_password(row.name, office.home.settings().centre_name)
        form.set_values({"login": proposed_login(row.name)})
        self.body.addWidget(form)

    def save(self) -> None:
        assert self.form is not None
        if self.same():
            perform(self._runner, self._office, staff.give_account, self._row.id, self.form.value("login"),
                    self.form.value("new"), then=self.finish, failed=self.refuse)  # fmt: skip


class ResetPasswordDialog(PasswordDialog):
    """A new password for a colleague of a server who lost theirs."""

    def __init__(self, parent: QWidget, runner: Runner, office: Office, row: ColleagueRow) -> None:
        super().__init__(parent, _("New password for {name}").format(name=row.name), _("Give the password"), named=True)
        self._runner, self._office, self._row = runner, office, row
        self.form = Form()
        text = _("Tell your colleague the password yourself; they change it under Settings, Safety. It makes new keys: "
                 "session notes of before come back from the sealed envelope, handed over to the same colleague. The "
                 "second step of the sign-in is turned off.")  # fmt: skip
        self.form.widget(Label(text, "second", wrap=True))
        self.add_new_password(row.name, row.login or "", office.home.settings().centre_name)
        self.body.addWidget(self.form)

    def save(self) -> None:
        assert self.form is not None
        if self.same():
            perform(self._runner, self._office, staff.reset_password, self._row.id, self.form.value("new"),
                    then=self.finish, failed=self.refuse)  # fmt: skip


class OwnPasswordDialog(PasswordDialog):
    """The password of the person who is signed in."""

    def __init__(self, parent: QWidget, runner: Runner, office: Office) -> None:
        super().__init__(parent, _("Change your password"), _("Change password"))
        self._runner, self._office = runner, office
        self.form = Form()
        self.form.add("password", _("Present password"), PasswordField(_("Present password")), required=True)
        actor = office.actor
        self.add_new_password(actor.name, actor.login, office.home.settings().centre_name)
        self.body.addWidget(self.form)

    def save(self) -> None:
        assert self.form is not None
        if self.same():
            perform(self._runner, self._office, session.change_password, self.form.value("password"),
                    self.form.value("new"), then=self.finish, failed=self.refuse)  # fmt: skip


def proposed_login(name: str) -> str:
    """A user name made of the name: "Èva De Prova" gives "eva.prova"."""
    words = [word for word in fold(name).replace("-", " ").split() if word.isascii() and word.isalnum()]
    return ".".join(dict.fromkeys([words[0], words[-1]]))[:30] if words else ""
