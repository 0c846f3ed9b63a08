"""Dialogs of referrals: a family is sent on, something came of it, a file from another centre is taken in."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain import codes
from famdesk.domain.consent import consents as rules_of_consents
from famdesk.domain.errors import Required, RuleError
from famdesk.domain.intake import referrals as rules
from famdesk.domain.intake.referral_content import ReferralContent
from famdesk.domain.staff import rights
from famdesk.exchange.referral_file import Opened
from famdesk.i18n import _
from famdesk.ui.consents.dialogs import SignDialog
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import CheckField, DateField, LineField, TextField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.lines import LineList
from famdesk.ui.kit.popup import Choice, ChoiceField, Deliver, SearchField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Label, ScrollColumn, Segmented
from famdesk.ui.people import referral_words
from famdesk.ui.people.parts import Notice
from famdesk.ui.person_lines import person_line
from famdesk.usecases.consent import consenting, consents
from famdesk.usecases.consent.consent_rows import ConsentFile, ConsentRow
from famdesk.usecases.directory import directory
from famdesk.usecases.directory.directory_rows import BodyRow
from famdesk.usecases.intake import referral_exchange, referrals
from famdesk.usecases.intake.referrals import ReferralRow
from famdesk.usecases.people import people
from famdesk.usecases.people.person_rows import PersonFile
from famdesk.usecases.staff import staff
from famdesk.usecases.staff.staff import ColleagueRow

_RECIPIENT = ("body_id", "body_name", "staff_id")


class SendDialog(Dialog):
    """To whom, why, what may be passed on, until when an answer is awaited.

    As soon as a recipient is chosen it says whether a consent covers it; if none does, the sentence stands on top, to
    be read aloud, and nothing is sent; under it is the way to the signatures, over what was typed here.
    """

    def __init__(self, parent: QWidget, runner: Runner, file: PersonFile) -> None:
        super().__init__(parent, _("Refer the family"), _("Send"))
        self._runner, self._file = runner, file
        self._bodies: list[Choice] = []
        self.stop = Notice("shield-alert", Meaning.CONFLICT)
        self.form: Form = _send_form(file)
        column = ScrollColumn()
        column.body.addWidget(self.form)
        column.body.addStretch(1)
        column.setMinimumSize(theme.unit(150), theme.unit(80))
        self.sign = ActionButton(_("Signatures…"), "signature")
        self.sign.clicked.connect(self._on_sign)
        self.sign.hide()
        self.body.addWidget(self.stop)
        self.body.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(column, 1)
        _spread(self, parent)
        for name in ("body_id", "staff_id"):
            self.form.field(name).chosen.connect(self._ask)
        self.form.field("body_name").editingFinished.connect(self._ask)
        runner.fetch(directory.bodies, then=self._take_bodies, owner=self)
        runner.fetch(staff.colleagues, then=self._take_colleagues, owner=self)

    def save(self) -> None:
        items = [code.code for code in rules.ITEMS if self.form.value(f"item_{code.code}")]
        self._runner.run(referrals.send_referral, self._file.id, self.form.value("why"), items=items,
                         answer_due=self.form.value("answer_due"), **self._recipient(), then=self.finish,
                         failed=self._stopped)  # fmt: skip

    def _recipient(self) -> dict[str, Any]:
        return {name: self.form.value(name) or None for name in _RECIPIENT}

    def _take_bodies(self, rows: tuple[BodyRow, ...]) -> None:
        self._bodies = [Choice(row.id, row.name, detail=row.short_name or "") for row in rows]
        self.form.field("body_id").set_choices(self._bodies)

    def _take_colleagues(self, rows: tuple[ColleagueRow, ...]) -> None:
        self.form.field("staff_id").set_choices([Choice(row.id, row.name) for row in rows])

    @Slot()
    def _ask(self) -> None:
        """Whether a consent covers this recipient."""
        recipient = self._recipient()
        if any(recipient.values()):
            self._runner.fetch(referrals.may_refer, self._file.id, **recipient, then=self._say, owner=self,
                               latest="consent")  # fmt: skip
        else:
            self._say("")

    def _say(self, sentence: str) -> None:
        if sentence != self.stop.text():
            self.stop.set_text(sentence)
            self.sign.setVisible(bool(sentence) and bool(rights.cell(consenting.give.name, self._runner.role)))
            if sentence:
                announce(self.stop, sentence, urgent=True)

    @Slot()
    def _on_sign(self) -> None:
        self._runner.fetch(consents.consents_of, self._file.id, then=self._open_signing, failed=self.present,
                           owner=self)  # fmt: skip

    def _open_signing(self, file: ConsentFile) -> None:
        """The signatures under the consent for this recipient: the one that waits for them, or a new one."""
        recipient = self._recipient()
        purpose = rules_of_consents.purpose_for("privacy" if recipient["staff_id"] else "referral", bool(file.minor))
        state = next((one for one in file.purposes if one.purpose == purpose), None)
        if state is None:
            return
        body = self.form.field("body_id").text() if recipient["body_id"] else recipient["body_name"]
        row = next((one for one in file.rows if _waits_for(one, purpose, recipient["body_id"], body)), None)
        if row is not None:
            state = row.state
        elif state.status != "none":
            state = replace(state, missing=())  # what others have signed is for another recipient: all sign anew
        dialog = SignDialog(self.window(), self._runner, file, state, row)
        if dialog.form.has("recipient_name"):
            dialog.form.field("recipient_body_id").set_choices(self._bodies)
            dialog.form.set_values({"recipient_body_id": recipient["body_id"],
                                    "recipient_name": recipient["body_name"] or ""})  # fmt: skip
        dialog.finished_with.connect(self._ask)
        dialog.open()

    def _stopped(self, error: Exception) -> None:
        """A missing consent is no mistake in a field: it is read aloud."""
        if referral_exchange.refused(error) and hasattr(error, "sentence"):
            self._say("")
            self._say(error.sentence())
            self.set_accept_enabled(True)
        else:
            self.present(error)


def _waits_for(row: ConsentRow, purpose: str, body_id: str | None, recipient: str | None) -> bool:
    """Whether a consent waits for signatures and is for a recipient, by id or by name."""
    if row.state.purpose != purpose or row.state.status not in {"asked", "partial"}:
        return False
    same_name = (row.recipient or "").casefold() == (recipient or "").casefold()
    return purpose != "referral" or (body_id is not None and row.recipient_body_id == body_id) or same_name


def _send_form(file: PersonFile) -> Form:
    form = Form()
    form.add("body_id", _("To"), ChoiceField([]), hint=_("A body of the guide …"))
    form.add("body_name", _("or, if it is not in the guide"), LineField())
    form.add("staff_id", _("or to a colleague"), ChoiceField([]))
    form.add("why", _("Why"), TextField(lines=3), required=True, hint=_("What is asked of the other side."))
    form.section(_("What may be passed on"))
    for code in rules.ITEMS:
        form.add(f"item_{code.code}", "", CheckField(_(code.label)))
    form.section(_("Answer"))
    form.add("answer_due", _("Answer due"), DateField(), hint=_("Empty: no answer is awaited."))
    due = file.today + timedelta(days=rules.ANSWER_WITHIN_DAYS)
    form.set_values({"answer_due": due, **{f"item_{code}": True for code in rules.USUAL}})
    return form


class StateDialog(Dialog):
    """What came of a referral, and on which day."""

    def __init__(self, parent: QWidget, runner: Runner, file: PersonFile, row: ReferralRow, state: str) -> None:
        super().__init__(parent, f"{referral_words.line(row).title}: {codes.label(rules.STATES, state)}", _("Save"),
                         named=True)  # fmt: skip
        self._runner, self._row, self._state = runner, row, state
        self.form: Form = Form()
        self.form.add("on", _("On"), DateField(past=True), required=True)
        needed = state in {"declined", "answered"}
        self.form.add("answer", _("What was said"), TextField(lines=3), required=needed)
        self.form.set_values({"on": file.today, "answer": row.answer})
        self.body.addWidget(self.form)

    def save(self) -> None:
        self._runner.run(referrals.set_state, self._row.id, self._row.version, self._state, **self.form.values(),
                         then=self.finish, failed=self.present)  # fmt: skip


class ReceivedDialog(Dialog):
    """A file from another centre, whole and unchanged: whose it is, who signed it, and where it goes."""

    def __init__(self, parent: QWidget, runner: Runner, file: PersonFile | None, found: Opened) -> None:
        super().__init__(parent, _("Referral from another centre"), _("Take in"))
        assert isinstance(found.content, ReferralContent)
        self._runner, self._file, self._found, self._content = runner, file, found, found.content
        self.lines = LineList(_("What the file says"), grow=True)
        self.lines.set_lines(referral_words.content_lines(found.content))
        sealed = _("The file is whole. Key of whoever signed it: {key}. If in doubt, call and compare it.")
        key = Label(sealed.format(key=found.fingerprint), "second", wrap=True)
        choices = [("new", _("A new file")), ("other", _("The file of somebody who is here"))]
        if file is not None:
            choices.insert(0, ("here", _("The file of {name}").format(name=file.label)))
        self.target = Segmented(choices, _("Where it goes"))
        if file is not None and _names_somebody_else(found.content, file):
            self.target.set_current("new")
        column = ScrollColumn()
        column.body.addWidget(self.lines)
        column.body.addStretch(1)
        column.setMinimumSize(theme.unit(150), theme.unit(70))
        self.warning = Notice("shield-alert", Meaning.WARNING)
        self.compared = CheckField(_("We have called and compared the key: it is right"))
        self.compared.hide()
        self.body.addWidget(self.warning)
        self.body.addWidget(key)
        self.body.addWidget(self.compared)
        runner.fetch(referral_exchange.doubt, found.content.sender.centre, found.fingerprint,
                     then=self._on_doubt, failed=self.present, owner=self)  # fmt: skip
        self.body.addWidget(column, 1)
        self.body.addWidget(Label(_("Where it goes"), "strong"))
        self.body.addWidget(self.target, 0, Qt.AlignmentFlag.AlignLeft)
        self.search = SearchField(self._find, _("Name, phone or tax code"))
        self.search.setAccessibleName(_("Whose file"))
        self.search.hide()
        self.body.addWidget(self.search)
        self.target.chosen.connect(self._on_target)
        _spread(self, parent)

    def _find(self, text: str, deliver: Deliver) -> None:
        self._runner.fetch(people.find_persons, text, 12, owner=self, latest="persons",
                           then=lambda hits: deliver([person_line(hit) for hit in hits]))  # fmt: skip

    @Slot(str)
    def _on_target(self, target: str) -> None:
        self.search.setVisible(target == "other")
        if target == "other":
            self.search.setFocus()

    def save(self) -> None:
        here = self._file.id if self._file is not None and self.target.current() == "here" else None
        if self.target.current() == "other":
            here = str(self.search.value() or "") or None
            if here is None:
                self.present(Required("person_id"))
                self.search.setFocus()
                return
        self._runner.run(referral_exchange.receive, self._content, self._found.digest, here, then=self.finish,
                         failed=self.present, key=self._found.fingerprint,
                         trusted=self.compared.isVisibleTo(self) and self.compared.isChecked())  # fmt: skip

    def _on_doubt(self, doubt: RuleError | None) -> None:
        """The key is new, or another one than before: somebody has to compare it once."""
        if doubt is not None:
            self.warning.set_text(doubt.sentence())
            announce(self, doubt.sentence(), urgent=isinstance(doubt, referral_exchange.ChangedKey))
            self.compared.show()


def _spread(dialog: Dialog, parent: QWidget) -> None:
    """As large as its contents need, within the window."""
    dialog.resize(min(theme.unit(175), parent.width()), min(theme.unit(165), round(parent.height() * 0.92)))


def _names_somebody_else(content: ReferralContent, file: PersonFile) -> bool:
    """Whether the surname of the file differs from that of the person who is open."""
    surname = content.person.surname.casefold()
    return bool(surname) and surname not in file.label.casefold()
