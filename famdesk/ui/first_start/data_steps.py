"""Data that are somewhere else already: on the server of a network, or in a backup."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from famdesk.domain.errors import RuleError
from famdesk.i18n import _
from famdesk.ui.first_start.answers import Answers
from famdesk.ui.first_start.step import FileField, Step
from famdesk.ui.kit import theme
from famdesk.ui.kit.background import InBackground
from famdesk.ui.kit.fields import LineField, NumberField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.password import PasswordField
from famdesk.ui.kit.widgets import Segmented


class JoinStep(Step):
    """Where the server is, and who signs in there."""

    def __init__(self, answers: Answers, in_background: InBackground) -> None:
        super().__init__(
            answers, in_background, _("Join a network"),
            _("The administrator of the server has these details and your account."),
        )  # fmt: skip
        form = Form(labels="top")
        form.add("host", _("Server"), LineField(placeholder="famdesk.comune.example.it"), required=True)
        form.add("port", _("Port"), NumberField(1, 65535), required=True)
        form.add("database", _("Database"), LineField(), required=True)
        form.add("ca_file", _("Certificate file"), FileField(_("Certificates (*.pem *.crt)")),
                 hint=_("Only if the server has a certificate of its own authority."))  # fmt: skip
        form.add("login", _("User name"), LineField(30), required=True)
        password = form.add("password", _("Password"), PasswordField(_("Password")), required=True)
        form.widget(password.hint)
        self.add_form(form)
        form.set_values(answers.join)
        self.setFocusProxy(form.field("host"))

    def go_text(self) -> str:
        return _("Connect")

    def keep(self) -> None:
        assert self.form is not None
        self.answers.join = self.form.values()

    def take(self) -> bool:
        assert self.form is not None
        self.keep()
        return self.form.check()


class RestoreStep(Step):
    """The backup's file and what opens it."""

    def __init__(self, answers: Answers, in_background: InBackground) -> None:
        super().__init__(
            answers, in_background, _("Restore a backup"),
            _("It opens with the passwords of the day it was made, or with the recovery sheet of that time."),
        )  # fmt: skip
        form = Form(labels="top")
        form.add("file", _("Backup file"), FileField(_("FamDesk backups (*.fdbackup);;All files (*)")), required=True)
        self.by = Segmented([("password", _("With my password")), ("code", _("With the recovery sheet"))],
                            _("What opens it"))  # fmt: skip
        row = QHBoxLayout()
        row.setContentsMargins(0, theme.unit(1), 0, theme.unit(1))
        row.addWidget(self.by)
        row.addStretch(1)
        holder = QWidget()
        holder.setLayout(row)
        form.widget(holder)
        form.add("login", _("User name"), LineField(30), required=True)
        form.add("password", _("Password of that time"), PasswordField(_("Password of that time")))
        form.add("code", _("Recovery code"), LineField(80),
                 hint=_("The groups in their order, with or without hyphens."))  # fmt: skip
        form.add("new_password", _("New password"), PasswordField(_("New password")))
        form.add("again", _("New password again"), PasswordField(_("New password again")))
        self.add_form(form)
        self.by.set_current(answers.restore.get("by", "password"))
        form.set_values({name: value for name, value in answers.restore.items() if form.has(name)})
        self.by.chosen.connect(self._on_by)
        self._show_fields()
        self.setFocusProxy(form.field("file"))

    def go_text(self) -> str:
        return _("Restore")

    def keep(self) -> None:
        assert self.form is not None
        self.answers.restore = {**self.form.values(), "by": self.by.current()}

    def take(self) -> bool:
        assert self.form is not None
        self.keep()
        if not self.form.check():
            return False
        values = self.answers.restore
        needed = ("password",) if values["by"] == "password" else ("code", "new_password")
        for name in needed:
            if not values[name]:
                self.form.show_error(name, _("This field is needed."))
                return False
        if values["by"] == "code" and values["new_password"] != values["again"]:
            self.form.show_error("again", _("The two passwords differ."))
            return False
        return True

    def field_of(self, error: Exception) -> str:
        """The errors speak of the password and the code; which fields these are depends on what opens the backup."""
        names = {"recovery": "code", "password": "new_password"} if self.by.current() == "code" else {}
        name = error.field if isinstance(error, RuleError) else None
        return names.get(name or "", super().field_of(error))

    @Slot(str)
    def _on_by(self, _by: str) -> None:
        self._show_fields()

    def _show_fields(self) -> None:
        assert self.form is not None
        by_code = self.by.current() == "code"
        self.form.set_row_visible("password", not by_code)
        for name in ("code", "new_password", "again"):
            self.form.set_row_visible(name, by_code)
        self.form.clear_errors()
