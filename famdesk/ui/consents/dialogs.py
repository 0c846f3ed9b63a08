"""Dialogs of consents: asked for, signed, refused, withdrawn, a lawful ground, the minor's own words."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain import codes
from famdesk.domain.consent import consents
from famdesk.domain.errors import RuleError
from famdesk.i18n import LANGUAGES, _, language
from famdesk.ui.consents import words
from famdesk.ui.kit import theme
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import CheckField, DateField, LineField, TextField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.papers.sheet_dialog import SheetDialog
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label
from famdesk.usecases.consent import consenting
from famdesk.usecases.consent.consent_rows import ConsentFile, ConsentRow, ConsentState, HolderRow
from famdesk.usecases.consent.consenting import Signing
from famdesk.usecases.directory import directory
from famdesk.usecases.directory.directory_rows import BodyRow

LANGUAGE_NAMES = {"it": "Italiano", "en": "English", "de": "Deutsch"}
_RECIPIENT = ("recipient_body_id", "recipient_name", "withheld")


class _ConsentDialog(Dialog):
    """Base: the purpose and the person on top; `row` is the consent that waits, None if none was asked for."""

    def __init__(
        self, parent: QWidget, runner: Runner, file: ConsentFile, state: ConsentState, row: ConsentRow | None,
        title: str, accept: str, *, danger: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(parent, title, accept, danger=danger)
        self._runner, self._file, self._state, self._row = runner, file, state, row
        self.form: Form = Form()
        self.body.addWidget(Label(f"{file.name} · {words.purpose(state.purpose)}", "second", wrap=True))

    def _add_recipient(self) -> None:
        """To whom something is passed on, where nobody was asked yet."""
        if self._row is not None or self._state.purpose != "referral":
            return
        bodies: ChoiceField = ChoiceField([])
        self.form.add("recipient_body_id", _("Passed on to"), bodies, hint=_("A body of the guide …"))
        self.form.add("recipient_name", _("or, if it is not in the guide"), LineField())
        self.form.add("withheld", _("Not to be passed on"), TextField(lines=1))
        self._runner.fetch(directory.bodies, then=self._take_bodies, owner=self)

    def _take_bodies(self, rows: tuple[BodyRow, ...]) -> None:
        choices = [Choice(row.id, row.name, detail=row.short_name or "") for row in rows]
        self.form.field("recipient_body_id").set_choices(choices)

    def _recipient(self) -> dict[str, Any]:
        return {name: self.form.value(name) or None for name in _RECIPIENT if self.form.has(name)}


class AskDialog(_ConsentDialog):
    """Notes that a consent is asked for; its sheet is printed next. Gives the id of the consent."""

    def __init__(self, parent: QWidget, runner: Runner, file: ConsentFile, state: ConsentState) -> None:
        super().__init__(parent, runner, file, state, None, _("Ask for the consent"), _("Ask and print the sheet"))
        self._add_recipient()
        if consents.RULES[state.purpose].consent:
            self.form.add("valid_to", _("Valid until"), DateField(), hint=_("Empty: until it is withdrawn."))
        self.form.add("note", _("Note"), TextField(lines=2))
        self.body.addWidget(self.form)

    def save(self) -> None:
        self._runner.run(consenting.ask, self._file.person_id, self._state.purpose, **self.form.values(),
                         then=self.finish, failed=self.present)  # fmt: skip


class SignDialog(_ConsentDialog):
    """Who has signed, as what and how: those who are known are ticked, others are written down."""

    def __init__(
        self, parent: QWidget, runner: Runner, file: ConsentFile, state: ConsentState, row: ConsentRow | None
    ) -> None:
        super().__init__(parent, runner, file, state, row, _("Signatures"), _("Save signatures"))
        self._signers = _signers(file, state, row)
        self._add_recipient()
        self._add_signers()
        spoken = not consents.RULES[state.purpose].written
        ways = [Choice(*pair) for pair in codes.labels(consents.HOW) if spoken or pair[0] != "spoken"]
        self.form.add("how", _("How"), ChoiceField(ways, allow_none=False), required=True)
        self.form.add("on", _("Signed on"), DateField(past=True), required=True)
        if row is None and state.hear:
            self._hear_field()
        self.form.set_values({"how": "paper", "on": file.today})
        self.body.addWidget(self.form)

    def save(self) -> None:
        signings = self._signings()
        if not signings:
            self.set_accept_enabled(True)
            self.form.show_error("name" if self.form.has("name") else "signer0", _("Who signed?"))
            return
        if self._row is not None:
            self._runner.run(consenting.sign, self._row.id, self._row.version, signings, then=self.finish,
                             failed=self._place)  # fmt: skip
            return
        heard = self.form.value("words") if self.form.has("words") else None
        self._runner.run(consenting.give, self._file.person_id, self._state.purpose, signings, heard or None,
                         **self._recipient(), then=self.finish, failed=self._place)  # fmt: skip

    def _add_signers(self) -> None:
        adult = self._file.minor is False or not self._signers
        for number, one in enumerate(self._signers):
            self.form.add(f"signer{number}", words.holder(one), CheckField(words.holder(one)))
        if len(self._signers) == 1:
            self.form.field("signer0").set_value(True)
        if self._file.minor is False and self._signers:
            return
        hint = "" if adult else _("Somebody who is not named above.")
        self.form.add("name", _("Also signed by"), LineField(), hint=hint)
        roles = [Choice(*pair) for pair in codes.labels(consents.SIGNS_AS) if pair[0] != "self" or not self._file.minor]
        self.form.add("signs_as", _("Signs as"), ChoiceField(roles, allow_none=False))
        self.form.field("signs_as").set_value("parent" if self._file.minor else "self")

    def _hear_field(self) -> None:
        self.form.add("words", _("The minor's own words"), TextField(lines=2),
                      hint=_("From 14 years on what the minor thinks of it is written down."))  # fmt: skip

    def _signings(self) -> tuple[Signing, ...]:
        how, on = self.form.value("how"), self.form.value("on")
        ticked = [one for number, one in enumerate(self._signers) if self.form.value(f"signer{number}")]
        found = [Signing(one.signs_as, how, one.person_id, None if one.person_id else one.name, on) for one in ticked]
        if self.form.has("name") and self.form.value("name"):
            found.append(Signing(self.form.value("signs_as"), how, None, self.form.value("name"), on))
        return tuple(found)

    def _place(self, error: Exception) -> None:
        """A signer is a tick here, not a field of its own."""
        if isinstance(error, RuleError) and error.field == "other_id":
            error.field = "signer0"
        self.present(error)


def _signers(file: ConsentFile, state: ConsentState, row: ConsentRow | None) -> tuple[HolderRow, ...]:
    """Those who still have to sign; an adult signs for oneself. Who may not sign for this purpose is not offered."""
    if row is not None:
        known = row.to_sign
    elif file.minor:
        asked = tuple(one for one in file.holders if one.name in state.missing)
        known = asked if state.status == "none" else asked or file.holders
    else:
        known = tuple(one for one in file.holders if one.signs_as == "supporter")[:1]
    if known or file.minor:
        return known
    return (HolderRow(file.name, file.person_id, "self"),)


class RefuseDialog(_ConsentDialog):
    """A consent that was not given."""

    def __init__(
        self, parent: QWidget, runner: Runner, file: ConsentFile, state: ConsentState, row: ConsentRow
    ) -> None:
        super().__init__(parent, runner, file, state, row, _("Consent refused"), _("Note the refusal"), danger=True)
        self.form.add("on", _("Refused on"), DateField(past=True), required=True)
        self.form.add("note", _("By whom and why"), TextField(lines=2))
        self.form.set_values({"on": file.today})
        self.body.addWidget(self.form)

    def save(self) -> None:
        assert self._row is not None
        self._runner.run(consenting.refuse, self._row.id, self._row.version, **self.form.values(), then=self.finish,
                         failed=self.present)  # fmt: skip


class WithdrawDialog(_ConsentDialog):
    """A consent that ends."""

    def __init__(
        self, parent: QWidget, runner: Runner, file: ConsentFile, state: ConsentState, row: ConsentRow
    ) -> None:
        super().__init__(
            parent, runner, file, state, row, _("Withdraw the consent"), _("Withdraw the consent"), danger=True
        )
        text = _("From this day on nothing may be done on it any more. What was done before stays lawful.")
        self.body.addWidget(Label(text, wrap=True))
        self.form.add("by", _("Withdrawn by"), LineField(), required=True)
        self.form.add("on", _("Withdrawn on"), DateField(past=True), required=True)
        self.form.set_values({"on": file.today, "by": file.name if file.minor is False else ""})
        self.body.addWidget(self.form)

    def save(self) -> None:
        assert self._row is not None
        self._runner.run(consenting.withdraw, self._row.id, self._row.version, self.form.value("by"),
                         self.form.value("on"), then=self.finish, failed=self.present)  # fmt: skip


class GroundDialog(_ConsentDialog):
    """The lawful ground in place of signatures, with what proves it."""

    def __init__(
        self, parent: QWidget, runner: Runner, file: ConsentFile, state: ConsentState, row: ConsentRow | None
    ) -> None:
        super().__init__(parent, runner, file, state, row, _("Lawful ground"), _("Save"))
        self.setMinimumWidth(theme.unit(160))  # the grounds are long sentences
        text = _("The law lets one go on without all signatures in these cases only. Write down what proves it.")
        self.body.addWidget(Label(text, wrap=True))
        self._add_recipient()
        self.form.add("ground", _("Ground"), ChoiceField(grounds(state.purpose), allow_none=False), required=True)
        self.form.add("act", _("Act"), TextField(lines=2), required=True,
                      hint=_("Which order or law, whom you told, or why nobody else can sign."))  # fmt: skip
        self.form.add("number", _("Number or protocol"), LineField())
        self.form.add("on", _("Of the day"), DateField(past=True))
        if row is not None and row.ground:
            self.form.set_values({"ground": row.ground, "act": row.ground_act, "number": row.ground_number,
                                  "on": row.ground_on})  # fmt: skip
        self.body.addWidget(self.form)
        self.form.edited.connect(self._on_edited)
        self._on_edited()

    def save(self) -> None:
        values: dict[str, Any] = {name: self.form.value(name) or None for name in ("act", "number", "on")}
        if self._row is not None:
            self._runner.run(consenting.set_ground, self._row.id, self._row.version, self.form.value("ground"),
                             **values, then=self.finish, failed=self.present)  # fmt: skip
            return
        recipient = {name: value for name, value in self._recipient().items() if name != "withheld"}
        self._runner.run(consenting.ground_for, self._file.person_id, self._state.purpose, self.form.value("ground"),
                         **values, **recipient, then=self.finish, failed=self.present)  # fmt: skip

    @Slot()
    def _on_edited(self) -> None:
        """Ask only for what the ground needs."""
        rule = consents.GROUND_RULES.get(self.form.value("ground") or "")
        self.form.set_row_visible("number", rule is None or rule.number)
        self.form.set_row_visible("on", rule is None or rule.dated)


class HearDialog(_ConsentDialog):
    """What the minor said."""

    def __init__(
        self, parent: QWidget, runner: Runner, file: ConsentFile, state: ConsentState, row: ConsentRow
    ) -> None:
        super().__init__(parent, runner, file, state, row, _("The minor was heard"), _("Save"))
        self.form.add("words", _("The minor's own words"), TextField(lines=3), required=True)
        self.form.add("on", _("Heard on"), DateField(past=True), required=True)
        self.form.set_values({"words": row.heard_words, "on": row.heard_on or file.today})
        self.body.addWidget(self.form)

    def save(self) -> None:
        assert self._row is not None
        self._runner.run(consenting.hear, self._row.id, self._row.version, self.form.value("words"),
                         self.form.value("on"), then=self.finish, failed=self.present)  # fmt: skip


def grounds(purpose: str) -> list[Choice]:
    """The lawful grounds that can stand for a purpose."""
    fitting = {code for code, rule in consents.GROUND_RULES.items() if purpose in rule.purposes}
    return [Choice(*pair) for pair in codes.labels(consents.GROUNDS) if pair[0] in fitting]


def sheet_dialog(parent: QWidget, runner: Runner, person_id: str, purpose: str, consent_id: str | None) -> SheetDialog:
    """The sheet to be signed, in the language of those who sign."""
    return SheetDialog(
        parent, runner, _("Sheet to be signed"), "consent", gather_sheet, render_sheet,
        [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES], _("Language of the sheet"),
        what=(person_id, purpose, consent_id), first=language(), person_id=person_id,
        note=_("With the names of those who have to sign. One copy stays with the centre."),
    )  # fmt: skip


def gather_sheet(tx: Any, wanted: str, person_id: str, purpose: str, consent_id: str | None) -> Any:
    """What stands on the sheet, in a language; runs as a query."""
    from famdesk.i18n import using
    from famdesk.usecases.consent import consent_sheet

    with using(wanted):
        return consent_sheet.facts(tx, person_id, purpose, consent_id)


def render_sheet(content: Any, wanted: str) -> bytes:
    """The PDF in a language; runs beside the database worker.

    Raises:
        DoesNotFit, NotInFont: a text cannot be printed.
    """
    from famdesk.i18n import using
    from famdesk.sheets.people import consent

    with using(wanted):
        return consent.render(content)
