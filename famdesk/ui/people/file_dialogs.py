"""Dialogs of a file: contact points, privacy notice, protection, history."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain import codes
from famdesk.domain.people import contact
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import CheckField, DateField, LineField, TextField, TimeField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Label
from famdesk.usecases.people import contacts, people
from famdesk.usecases.people.person_rows import ContactRow, PersonFile


class ContactDialog(Dialog):
    """A phone, mail or address with its owner and its safe-contact rule."""

    def __init__(self, parent: QWidget, runner: Runner, person_id: str, row: ContactRow | None) -> None:
        super().__init__(parent, _("Contact point"), _("Save") if row else _("Add contact"))
        self._runner, self._person_id, self._row = runner, person_id, row
        self.setMinimumWidth(theme.unit(140))
        self.form = _contact_form()
        self.nothing = ActionButton(_("Nothing is allowed"), icon="ban")
        self.nothing.clicked.connect(self.forbid)
        self.body.addWidget(self.form)
        self.body.addWidget(self.nothing, 0, Qt.AlignmentFlag.AlignLeft)
        if row is None:
            self.form.set_values({"kind": "mobile", **dict.fromkeys(ALLOWED, True)})
        else:
            rule = {name: getattr(row.rule, name) for name in (*ALLOWED, "safe_from", "safe_to", "neutral_name")}
            self.form.set_values(
                {"kind": row.kind, "value": row.value, "owner": row.owner, "hidden": row.hidden, **rule}
            )
        self.form.edited.connect(self._fit_kind)
        self._fit_kind()
        self.form.field("value").setFocus()

    @Slot()
    def forbid(self) -> None:
        """Nobody calls, leaves a message or writes: one click."""
        assert self.form is not None
        for name in ALLOWED:
            self.form.field(name).setChecked(False)
        announce(self, _("Not to be called, no message, not to be written to"))

    def save(self) -> None:
        assert self.form is not None
        # Bound beforehand: `owner` is also a parameter of the runner, with another meaning.
        if self._row is None:
            deed: partial[Any] = partial(contacts.add_contact_point, **self.form.values())
            self._runner.run(deed, self._person_id, then=self.finish, failed=self.present)
            return
        deed = partial(contacts.change_contact_point, **self.form.values())
        self._runner.run(deed, self._row.id, self._row.version, then=self.finish, failed=self.present)

    @Slot()
    def _fit_kind(self) -> None:
        """A mail or postal address cannot be called: only what can be minded is asked."""
        assert self.form is not None
        phone = self.form.value("kind") in {*contact.PHONES, "other", None}
        for name in ("may_call", "may_leave_message", "safe_from", "safe_to"):
            self.form.set_row_visible(name, phone)


ALLOWED = ("may_call", "may_leave_message", "may_write")


def _contact_form() -> Form:
    form = Form()
    kinds = [Choice(*pair) for pair in codes.labels(codes.CONTACT_KINDS)]
    form.add("kind", _("Kind"), ChoiceField(kinds, allow_none=False), required=True)
    form.add("value", _("Number or address"), LineField(limit=300), required=True)
    form.add("owner", _("Belongs to"), LineField(), hint=_("Empty if it is the person's own."))
    form.section(_("Safe contact"))
    form.add("may_call", "", CheckField(_("May be called")))
    form.add("may_leave_message", "", CheckField(_("A message may be left")))
    form.add("may_write", "", CheckField(_("May be written to")), hint=_("Letters, mails, messages, slips."))
    form.add("safe_from", _("Call only from"), TimeField())
    form.add("safe_to", _("until"), TimeField())
    form.add("neutral_name", _("Neutral name"), LineField(), hint=_("What to say instead of the centre's name."))
    hidden = _("Hidden: never printed or exported")
    form.add("hidden", hidden, CheckField(hidden), hint=_("Only who works on the file sees it."))
    return form


class PrivacyDialog(Dialog):
    """What was done with the privacy notice, and when."""

    def __init__(self, parent: QWidget, runner: Runner, file: PersonFile) -> None:
        super().__init__(parent, _("Privacy notice"), _("Save"))
        self._runner, self._found = runner, file
        self.form = Form()
        states = [Choice(*pair) for pair in codes.labels(codes.PRIVACY)]
        self.form.add("state", _("State"), ChoiceField(states, allow_none=False), required=True)
        self.form.add("on", _("Day"), DateField(past=True))
        self.body.addWidget(self.form)
        self.form.set_values({"state": file.privacy, "on": file.privacy_on or file.today})

    def save(self) -> None:
        assert self.form is not None
        state, day = self.form.value("state"), self.form.value("on")
        self._runner.run(
            people.set_privacy, self._found.id, self._found.version, state, day, then=self.finish, failed=self.present
        )


class ProtectionDialog(Dialog):
    """Who may know of the file."""

    def __init__(self, parent: QWidget, runner: Runner, file: PersonFile) -> None:
        super().__init__(parent, _("Protection of the file"), _("Save"))
        self._runner, self._found = runner, file
        explained = _("A protected file exists only for the coordinator and for colleagues who are assigned to it.")
        self.body.addWidget(Label(explained, "second", wrap=True))
        self.form = Form(labels="top")
        self.form.add("protected", "", CheckField(_("Protected file")))
        self.form.add("restricted", "", CheckField(_("Processing limited (GDPR, art. 18)")))
        self.form.add("reason", _("Reason"), TextField(lines=2), required=True)
        self.body.addWidget(self.form)
        self.form.set_values({"protected": file.protected, "restricted": file.restricted})

    def save(self) -> None:
        assert self.form is not None
        self._runner.run(
            people.set_protection, self._found.id, self._found.version, **self.form.values(), then=self.finish,
            failed=self.present,
        )  # fmt: skip
