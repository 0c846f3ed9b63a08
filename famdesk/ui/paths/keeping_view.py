"""How long notes stay: the centre's term, what is due, holds, and the register of what was destroyed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from famdesk.domain import rights
from famdesk.domain.retention import INTERVIEW_YEARS
from famdesk.i18n import LANGUAGES, _, language, ngettext, using
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, make_action
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.dialog import Dialog, ask_reason, confirm
from famdesk.ui.kit.fields import CheckField, NumberField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.lines import LineList
from famdesk.ui.kit.messages import Message
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.sheet_dialog import SheetDialog
from famdesk.ui.kit.widgets import Card, Label, ScrollColumn
from famdesk.ui.paths.words import due_key, due_line, hold_line, register_line
from famdesk.usecases import destroying_notes, holds, retention, retention_due
from famdesk.usecases.holds import HoldRow
from famdesk.usecases.office import Office
from famdesk.usecases.retention import RuleRow
from famdesk.usecases.retention_due import DueRow, RecordContent, RegisterRow


class KeepingView(ScrollColumn):
    """What is due, what is held, what was destroyed.

    Attributes:
        due, holds, register: the lists.

    Signals:
        told(object): a `Message` for the message bar.
        failed(object): an error to present.
    """

    told = Signal(object)
    failed = Signal(object)

    def __init__(self, runner: Runner, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner, self._office = runner, office
        self._due: dict[str, DueRow] = {}
        self._held: dict[str, HoldRow] = {}
        self._done: dict[str, RegisterRow] = {}
        self._rule: RuleRow | None = None
        self._term = Label("", wrap=True)
        self.due = LineList(_("Due list"), _("The term of no notes is over."), grow=True)
        self.holds = LineList(_("Legal holds"), _("Nothing is under a legal hold."), grow=True)
        self.register = LineList(_("Register of destroyed notes"), _("No notes were destroyed yet."), grow=True)
        self.set_term = make_action(self, _("Change the term…"), self._on_term, icon="pencil")
        self.propose = make_action(self, _("Propose destruction…"), self._on_propose, icon="hourglass")
        self.confirm = make_action(self, _("Destroy…"), self._on_destroy, icon="trash-2")
        self.withdraw = make_action(self, _("Withdraw the proposal"), self._on_withdraw, icon="undo-2")
        self.print = make_action(self, _("Record of destruction…"), self.print_now, icon="printer")
        self.clean = make_action(self, _("Clean the file"), self._on_clean, icon="database")
        self._lay_out()
        self.due.current_changed.connect(self._on_row)
        self.due.activated_id.connect(self._on_due)
        self.register.current_changed.connect(self._on_row)
        self.register.activated_id.connect(self._on_record)
        self.holds.activated_id.connect(self._on_lift)

    @Slot()
    def read(self, _done: object = None) -> None:
        """Ask for all of it."""
        for name, query, then in (("rule", retention.rule, self._show_rule), ("due", retention_due.due, self._show_due),
                                  ("held", holds.lasting, self._show_held),
                                  ("register", retention_due.register, self._show_register)):  # fmt: skip
            self._ask(query, then, name)

    def _ask(self, query: Callable[..., Any], then: Callable[[Any], object], name: str) -> None:
        self._runner.fetch(query, then=then, failed=self.failed.emit, owner=self, latest=name)

    @Slot()
    def print_now(self) -> None:
        """The record of the destruction that is chosen in the register."""
        row = self._done.get(self.register.current_id())
        if row is not None:
            RecordSheet(self, self._runner, row.id).open()

    def _lay_out(self) -> None:
        term = Card(_("How long notes stay"), "clock")
        term.body.addWidget(self._term)
        if rights.cell(retention.set_rule.name, self._runner.role):
            term.tools.addWidget(ActionButton.of(self.set_term, kind="link"))
        due = Card(_("Due list"), "hourglass", note=_("by code; two people decide"))
        due.body.addWidget(self.due)
        due.body.addLayout(_row(self.propose, self.confirm, self.withdraw))
        held = Card(_("Legal holds"), "shield-alert", note=_("nothing is destroyed meanwhile"))
        held.body.addWidget(self.holds)
        done = Card(_("Register of destroyed notes"), "file-text")
        done.body.addWidget(self.register)
        done.body.addLayout(_row(self.print, self.clean))
        for card in (term, due, held, done):
            self.body.addWidget(card)
        self.body.addStretch(1)

    def _show_rule(self, row: RuleRow) -> None:
        self._rule = row
        years = ngettext("{n} year", "{n} years", row.years).format(n=row.years)
        text = _(
            "Session notes stay for {years} after the relationship has ended: after the closing of the path, or the"
            " last session."
        ).format(years=years)
        age = _("For who was a minor the term begins at the eighteenth birthday.") if row.from_age else ""
        self._term.setText(" ".join(part for part in (text, age) if part))

    def _show_due(self, rows: tuple[DueRow, ...]) -> None:
        current = self.due.current_id()
        self._due = {due_key(row): row for row in rows}
        self.due.set_lines([due_line(row) for row in rows])
        if rows and not self.due.set_current_id(current):
            self.due.set_current_id(due_key(rows[0]))
        self._on_row()

    def _show_held(self, rows: tuple[HoldRow, ...]) -> None:
        self._held = {row.id: row for row in rows}
        self.holds.set_lines([hold_line(row) for row in rows])

    def _show_register(self, rows: tuple[RegisterRow, ...]) -> None:
        current = self.register.current_id()
        self._done = {row.id: row for row in rows}
        on_server = self._office.store.is_postgres
        self.register.set_lines([register_line(row, on_server=on_server) for row in rows])
        if rows and not self.register.set_current_id(current):
            self.register.set_current_id(rows[0].id)
        self.clean.setEnabled(not on_server and any(row.cleaned_on is None for row in rows))
        self._on_row()

    @Slot()
    def _on_row(self) -> None:
        row = self._due.get(self.due.current_id())
        self.propose.setEnabled(row is not None and not row.held and not row.destruction_id)
        self.confirm.setEnabled(row is not None and row.may_confirm)
        self.withdraw.setEnabled(row is not None and bool(row.destruction_id))
        self.print.setEnabled(self.register.current_id() in self._done)

    @Slot(str)
    def _on_due(self, _key: str) -> None:
        for action in (self.confirm, self.propose):
            if action.isEnabled():
                action.trigger()
                return

    @Slot(str)
    def _on_record(self, _row_id: str) -> None:
        self.print_now()

    @Slot()
    def _on_term(self) -> None:
        if self._rule is not None:
            dialog = TermDialog(self, self._runner, self._rule)
            dialog.finished_with.connect(self.read)
            dialog.open()

    @Slot()
    def _on_propose(self) -> None:
        row = self._due.get(self.due.current_id())
        if row is not None:
            confirm(self, _("Propose to destroy these notes?"), _("Propose"), partial(self._propose, row),
                    detail=_("A second person confirms. Until then everything stays as it is."))  # fmt: skip

    def _propose(self, row: DueRow) -> None:
        self._runner.run(retention_due.propose, path_id=row.path_id, author_id=row.author_id, then=self.read,
                         failed=self._refused, owner=self)  # fmt: skip

    @Slot()
    def _on_destroy(self) -> None:
        row = self._due.get(self.due.current_id())
        if row is not None and row.may_confirm:
            detail = _("Notes: {n}. Their keys and texts go for good, with attachments, drafts and working notes. That "
                       "they were there, and the number and hash of each, stays in the register.")  # fmt: skip
            confirm(self, _("Destroy these notes for good?"), _("Destroy"), partial(self._destroy, row), danger=True,
                    detail=detail.format(n=row.notes))  # fmt: skip

    def _destroy(self, row: DueRow) -> None:
        work = partial(destroying_notes.carry_out, self._office, row.destruction_id, row.version)
        self._runner.in_turn(work, then=self._on_destroyed, failed=self._refused, owner=self)

    def _on_destroyed(self, clean: bool) -> None:
        text = _("The notes are destroyed. Print the record, and have it signed by both.")
        if not clean and not self._office.store.is_postgres:
            text = _("The notes are destroyed. The file is still to be cleaned: others are at work just now.")
        self.told.emit(Message(text, Meaning.OPEN))
        self.read()

    def _refused(self, error: Exception) -> None:
        self.failed.emit(error)
        self.read()

    @Slot()
    def _on_withdraw(self) -> None:
        row = self._due.get(self.due.current_id())
        if row is not None and row.destruction_id:
            self._runner.run(retention_due.withdraw, row.destruction_id, row.version, then=self.read,
                             failed=self._refused, owner=self)  # fmt: skip

    @Slot()
    def _on_clean(self) -> None:
        self._runner.in_turn(partial(destroying_notes.clean_up, self._office), then=self._on_cleaned,
                             failed=self._refused, owner=self)  # fmt: skip

    def _on_cleaned(self, clean: bool) -> None:
        text = _("The file is clean.") if clean else _("Others are at work just now: try again later.")
        self.told.emit(Message(text, Meaning.OPEN if clean else Meaning.WARNING))
        self.read()

    @Slot(str)
    def _on_lift(self, hold_id: str) -> None:
        row = self._held.get(hold_id)
        if row is not None and rights.cell(holds.lift_hold.name, self._runner.role):
            ask_reason(self, _("Lift this hold?"), _("Lift it"), partial(self._lift, row),
                       detail=_("What it held may be destroyed once its term is over."))  # fmt: skip

    def _lift(self, row: HoldRow, reason: str) -> None:
        self._runner.run(holds.lift_hold, row.id, row.version, reason, then=self.read, failed=self._refused, owner=self)


class TermDialog(Dialog):
    """The centre's term."""

    def __init__(self, parent: QWidget, runner: Runner, row: RuleRow) -> None:
        super().__init__(parent, _("How long notes stay"), _("Save"))
        self._runner, self._row = runner, row
        self.body.addWidget(Label(
            _("Five years after the end of the relationship are the least (art. 17 of the psychologists' code of"
              " conduct). Rules of the body that runs the centre may ask for more."), "second", wrap=True))  # fmt: skip
        self.form = Form()
        self.form.add("years", _("Years"), NumberField(INTERVIEW_YEARS, retention.LONGEST), required=True)
        self.form.add("from_age", "", CheckField(_("For minors the term begins at the eighteenth birthday")))
        self.body.addWidget(self.form)
        self.form.set_values({"years": row.years, "from_age": row.from_age})

    def save(self) -> None:
        assert self.form is not None
        deed = partial(retention.set_rule, **self.form.values())
        self._runner.run(deed, self._row.version, then=self.finish, failed=self.present)


class RecordSheet(SheetDialog):
    """The record of a destruction, printed or saved."""

    def __init__(self, parent: QWidget, runner: Runner, destruction_id: str) -> None:
        super().__init__(
            parent, runner, _("Record of destruction"), _("record-of-destruction"), record_content, render_record,
            [(code, code.upper()) for code in LANGUAGES], _("Language"), what=(destruction_id,), first=language(),
            note=_("Codes and numbers only; both sign it."), key="destruction-record",
        )  # fmt: skip


def record_content(tx: object, wanted: str, destruction_id: str) -> RecordContent:
    """What the record says, in the words of a language."""
    with using(wanted):
        return retention_due.record(tx, destruction_id)  # type: ignore[arg-type]


def render_record(content: RecordContent, wanted: str) -> bytes:
    """The PDF."""
    from famdesk.sheets import destruction_record as sheet

    with using(wanted):
        return sheet.render(content)


def _row(*actions: object) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.unit(2))
    for action in actions:
        row.addWidget(ActionButton.of(action))  # type: ignore[arg-type]
    row.addStretch(1)
    return row
