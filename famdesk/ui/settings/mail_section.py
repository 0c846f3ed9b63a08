"""Settings: the mail server that sends the reminders, and how the queue stands."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from famdesk.domain import codes
from famdesk.domain.calendar import reminding
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.fields import CheckField, LineField, NumberField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.messages import Message
from famdesk.ui.kit.password import PasswordField
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card, Label
from famdesk.ui.settings.section import Section, button, reason_label
from famdesk.usecases.centre.centre import MeRow
from famdesk.usecases.post import mail, reminders
from famdesk.usecases.post.mail import AccountRow
from famdesk.usecases.post.reminder_rows import Queue

SAVE = mail.save_account.name
_HIGHEST = 65_535


class MailSection(Section):
    """A form with its buttons; the password is written, never shown again."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._row: AccountRow | None = None
        self._version: int | None = None
        self._fresh = True
        self._may = False
        self.form = _form()
        self._queue = Label("", wrap=True)
        self._reason = reason_label(SAVE)
        self.save = button(_("Save"), "save", self._on_save)
        theme.set_kind(self.save, "primary")
        self.test = button(_("Send a test"), "send", self._on_test)
        self._build()
        self.form.field("security").chosen.connect(self._on_security)
        self.form.unplaced.connect(self.failed)
        self.form.given_up.connect(self._reread)

    def read(self, me: MeRow) -> None:
        self._may = SAVE in me.may
        self._reason.setVisible(not self._may)
        for one in (self.save, self.test):
            one.setVisible(self._may)
        self.form.setEnabled(self._may)
        self.runner.fetch(mail.account, then=self._show, failed=self.failed.emit, latest="account")
        if reminders.queue.name in me.may:
            self.runner.fetch(reminders.queue, then=self._show_queue, failed=self.failed.emit, latest="queue")

    def _build(self) -> None:
        card = Card(_("Reminders by mail"), "mail")
        explained = _(
            "A mail reminds of an appointment with day, hour and place, and never says why. Who must not be written to "
            "gets a letter or a call, as the safe-contact rule says. While FamDesk is open it sends what is due."
        )
        card.body.addWidget(Label(explained, "second", wrap=True))
        card.body.addWidget(self._reason)
        card.body.addWidget(self.form)
        row = QHBoxLayout()
        row.setSpacing(theme.unit(2))
        row.addWidget(self.save)
        row.addWidget(self.test)
        row.addStretch(1)
        card.body.addLayout(row)
        queue = Card(_("How the reminders stand"), "list-checks")
        queue.body.addWidget(self._queue)
        self.body.addWidget(card)
        self.body.addWidget(queue)
        self.body.addStretch(1)

    def _show(self, row: AccountRow | None) -> None:
        self._row = row
        self.test.setEnabled(row is not None)
        if self._fresh or not self.form.dirty:
            self._version = row.version if row else None  # of what stands in the form, not of what was saved since
            self._fresh = False
        if self.form.dirty:
            return
        if row is None:
            self.form.set_values({"security": "tls", "port": reminding.PORTS["tls"], "hours_before": 24,
                                  "active": True})  # fmt: skip
            return
        names = ("host", "port", "security", "login", "sender", "sender_name", "neutral_sender", "hours_before",
                 "active")  # fmt: skip
        self.form.set_values({**{name: getattr(row, name) for name in names}, "password": ""})
        kept = _("One is kept. Write only to change it.") if row.has_password else ""
        self.form.set_hint("password", kept)

    def _show_queue(self, queue: Queue) -> None:
        lines = [
            _("Due now: {mails} by mail, {letters} by letter, {calls} by phone.").format(
                mails=queue.mails, letters=queue.letters, calls=queue.calls
            ),
            _("In the last week: {sent} sent, {given_up} not sent or in doubt.").format(
                sent=queue.sent, given_up=queue.given_up
            ),
        ]
        if queue.error:
            last = codes.label(reminding.MAIL_ERRORS, queue.error)
            lines.append(_("Last error: {error}").format(error=last))
        self._queue.setText("\n".join(lines))

    @Slot(str)
    def _on_security(self, security: str) -> None:
        """The usual port goes with it, unless another one was typed."""
        port = self.form.field("port")
        if port.value() in {None, *reminding.PORTS.values()}:
            port.set_value(reminding.PORTS[security])

    @Slot()
    def _on_save(self) -> None:
        if not self.form.check():
            return
        values: dict[str, Any] = self.form.values()
        password = values.pop("password") or None
        self.runner.run(mail.save_account, self._version, password, then=self._on_saved, failed=self.form.present,
                        **values)  # fmt: skip

    def _on_saved(self, _account_id: str) -> None:
        self._fresh = True
        self.form.set_values({})
        self.form.field("password").set_value("")
        self.say(_("The mail settings are saved."))
        self._reread()

    @Slot()
    def _reread(self) -> None:
        self.runner.fetch(mail.account, then=self._show, failed=self.failed.emit, latest="account")

    @Slot()
    def _on_test(self) -> None:
        if self.form.dirty:
            self.told.emit(Message(_("Save first: the test uses the saved settings."), Meaning.WARNING))
            return
        self.test.setEnabled(False)
        self.runner.fetch(mail.server_for_test, then=self._send_test, failed=self._on_failed)

    def _send_test(self, found: tuple[mail.MailServer, str] | None) -> None:
        from famdesk.exchange import mailing

        if found is not None:
            self.runner.compute(mailing.try_out, *found, then=self._on_tested, failed=self._on_failed)

    def _on_tested(self, error: str | None) -> None:
        self.test.setEnabled(True)
        if error is None:
            self.say(_("The mail server took the mail: look into your own mailbox."))
        else:
            self.told.emit(Message(codes.label(reminding.MAIL_ERRORS, error), Meaning.CONFLICT))

    def _on_failed(self, error: Exception) -> None:
        self.test.setEnabled(True)
        self.failed.emit(error)


def _form() -> Form:
    form = Form()
    securities = [Choice(*pair) for pair in codes.labels(reminding.SECURITIES)]
    form.add("host", _("Mail server"), LineField(placeholder="smtp.example.it"), required=True)
    form.add("security", _("Encryption"), ChoiceField(securities, allow_none=False), required=True)
    form.add("port", _("Port"), NumberField(1, _HIGHEST), required=True)
    form.add("login", _("User name"), LineField())
    form.add("password", _("Password"), PasswordField(_("Password")))
    form.add("sender", _("Sender’s address"), LineField(placeholder="centro@example.it"), required=True)
    form.add("sender_name", _("Sender’s name"), LineField(limit=80))
    form.add("neutral_sender", _("Neutral address"), LineField(), hint=_(
        "If mail must not tell the centre. Without it: no mail."))  # fmt: skip
    hours = NumberField(reminding.LEAST, reminding.MOST)
    form.add("hours_before", _("Hours before"), hours, required=True, hint=_("How long before an appointment."))
    form.add("active", "", CheckField(_("Send reminders by mail")))
    return form
