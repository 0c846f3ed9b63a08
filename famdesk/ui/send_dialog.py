"""Sending a sheet by mail: to a person as the safe-contact gate allows, or to a body of the directory if it is public.

The mail tells nothing of the sheet. What the rule forbids needs a reason, which the journal keeps.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain.errors import RuleError
from famdesk.i18n import _
from famdesk.ui.kit import plain, theme
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import LineField, TextField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.papers.printing import Printout
from famdesk.ui.kit.popup import Choice, ChoiceField, Deliver, SearchField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label, Segmented
from famdesk.ui.person_lines import person_line

if TYPE_CHECKING:
    from famdesk.usecases.people.person_rows import PersonHit
    from famdesk.usecases.post.sheet_mails import BodyRow, MailOffer

PERSON, BODY = "person", "body"


class SendDialog(Dialog):
    """Asks whom a sheet goes to, says how, and puts it down for sending."""

    def __init__(
        self, parent: QWidget, runner: Runner, sheet: Printout, *, person: tuple[str, str] | None = None,
        public: bool = False, fixed: bool = False,
    ) -> None:  # fmt: skip
        """`person` (id, name; "" until the gate says it) is whom the sheet is about; `public`: it may go to
        bodies of the directory too; `fixed`: to this person alone."""
        super().__init__(parent, _("Send by mail: {sheet}").format(sheet=sheet.title), _("Send"))
        self._runner, self._sheet = runner, sheet
        self._offer: MailOffer | None = None
        self.whom = Segmented([(PERSON, _("To a person")), (BODY, _("To a body of the directory"))], _("To whom"))
        self.whom.setVisible(public)
        self.form = form = Form(labels="top")
        form.add("person", _("Person"), SearchField(self._find, _("Name, phone or alias")))
        form.add("body_id", _("Body"), ChoiceField([], _("Type to find a body")))
        form.add("reason", _("Reason"), LineField(200), hint=_("The journal keeps it."))
        form.add("text", _("Text of the mail"), TextField(lines=5))
        self._told = Label("", "second", wrap=True)
        self.body.addWidget(self.whom)
        self.body.addWidget(form)
        self.body.addWidget(self._told)
        self.body.addStretch(1)
        self.setMinimumWidth(theme.unit(150))
        plain.advise(form, "text")
        form.field("person").chosen.connect(self._ask)
        form.field("reason").editingFinished.connect(self._ask)
        self.whom.chosen.connect(self._on_whom)
        form.set_row_visible("reason", False)
        if person is not None:
            form.field("person").set_value(person)
            form.field("person").setEnabled(not fixed)
        self._on_whom(PERSON)

    def offer(self) -> MailOffer | None:
        """How the sheet would go to the person that is chosen; None while nobody is, or nobody may be."""
        return self._offer

    def save(self) -> None:
        from famdesk.usecases.post import sheet_mails

        assert self.form is not None
        text, sheet = self.form.value("text"), self._sheet
        if self.whom.current() == BODY:
            body = self.form.value("body_id")
            if not body:
                self.set_accept_enabled(True)
                self.form.show_error("body_id", _("Choose one."))
                return
            self._runner.run(sheet_mails.to_body, body, sheet.key, sheet.marks, sheet.data, text, then=self.finish,
                             failed=self.present)  # fmt: skip
            return
        person, reason = self._person(), self.form.value("reason") or None
        if not person:
            self.set_accept_enabled(True)
            self.form.show_error("person", _("Choose one."))
            return
        deed = partial(sheet_mails.to_person, reason=reason)
        self._runner.run(deed, person, sheet.key, sheet.marks, sheet.data, text, then=self.finish,
                         failed=self._refused)  # fmt: skip

    def _find(self, text: str, deliver: Deliver) -> None:
        from famdesk.usecases.people import person_search

        def show(hits: tuple[PersonHit, ...]) -> None:
            deliver([person_line(hit) for hit in hits])

        self._runner.fetch(person_search.find_persons, text, then=show, failed=self.present, owner=self, latest="find")

    def _person(self) -> str:
        return (self.form.value("person") or "") if self.form is not None else ""

    @Slot(str)
    def _on_whom(self, whom: str) -> None:
        from famdesk.usecases.post import sheet_mails

        assert self.form is not None
        self.form.set_row_visible("person", whom == PERSON)
        self.form.set_row_visible("body_id", whom == BODY)
        self._tell("")
        if whom == BODY:
            self.form.set_row_visible("reason", False)
            self._runner.fetch(sheet_mails.bodies, then=self._show_bodies, failed=self.present, owner=self)
            self._runner.fetch(sheet_mails.text_for_bodies, then=self._show_text, failed=self.present, owner=self)
        else:
            self._ask()

    @Slot()
    def _ask(self) -> None:
        """Ask the gate how a mail would go to the person."""
        from famdesk.usecases.post import sheet_mails

        person = self._person()
        if person and self.form is not None:
            self._offer = None
            self._show_text("")  # what was meant for somebody else may tell the centre: nothing goes before the answer
            self._runner.fetch(sheet_mails.offer, person, self.form.value("reason") or None, then=self._show_offer,
                               failed=self._refused, owner=self, latest="offer")  # fmt: skip

    def _show_offer(self, offer: MailOffer) -> None:
        from famdesk.domain.languages import language_label

        self._offer = offer
        if self.form is not None and not self.form.field("person").text():
            self.form.field("person").set_value((offer.person_id, offer.label))
        told = [_("To {address}.").format(address=offer.value), offer.note]
        told.append(_("In: {language}.").format(language=language_label(offer.language)))
        if offer.neutral:
            told.append(_("Nothing in the mail tells the centre. Look at the sheet: it must not tell it either."))
        self._tell(" ".join(part for part in told if part))
        self.bar.clear()
        self._show_text(offer.text)

    def _show_text(self, text: str) -> None:
        if self.form is not None:
            self.form.field("text").set_value(text)

    def _show_bodies(self, rows: tuple[BodyRow, ...]) -> None:
        if self.form is not None:
            self.form.field("body_id").set_choices([Choice(row.id, row.name, detail=row.value) for row in rows])
        self._tell("" if rows else _("No body of the directory has a mail address."))

    def _refused(self, error: Exception) -> None:
        """What the rule forbids can be done with a reason; it is asked for where it was not given."""
        if self.form is not None and isinstance(error, RuleError) and error.field == "reason":
            self.form.set_row_visible("reason", True)
            self.set_accept_enabled(True)
            self.form.show_error("reason", error.sentence())
        else:
            self.present(error)

    def _tell(self, text: str) -> None:
        self._told.setText(text)
        self._told.setVisible(bool(text))
