"""Settings: the register of processing and the log of breaches."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from famdesk.domain import codes
from famdesk.domain.consent.processing import ROLES
from famdesk.i18n import LANGUAGES, _, formats, language, using
from famdesk.ui.kit import theme
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import DateField, LineField, NumberField, TextField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.papers.sheet_dialog import SheetDialog
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card, Label, ScrollColumn
from famdesk.ui.settings.section import Section, button, reason_label
from famdesk.usecases.centre import centre, processing
from famdesk.usecases.centre.centre import MeRow
from famdesk.usecases.centre.processing import BreachRow, EntryRow

CHANGE = "processing.add_entry"
MOST_PEOPLE = 1_000_000


class PrivacySection(Section):
    """What the centre does with personal data, and what went wrong with them."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._me: MeRow | None = None
        self._entries: dict[str, EntryRow] = {}
        self._breaches: dict[str, BreachRow] = {}
        self.entries = LineList(_("Register of processing"), _("The register is still empty."), grow=True)
        self.breaches = LineList(_("Breaches"), _("No breach was noted."), grow=True)
        self._propose = button(_("Add the proposals"), "sparkles", self._on_propose)
        self._add = button(_("Add entry"), "plus", self._on_add)
        self._remove = button(_("Remove"), "trash-2", self._on_remove)
        self._print = button(_("Print"), "printer", self._on_print)
        self._reason = reason_label(CHANGE)
        self._log = Card(_("Breaches"), "shield-alert")
        self._log.tools.addWidget(button(_("Note a breach"), "plus", self._on_breach))
        term = _("Each breach is noted here and told to the authority within 72 hours (GDPR, art. 33).")
        self._log.body.addWidget(Label(term, "second", wrap=True))
        self._log.add_wide(self.breaches)
        register = Card(_("Register of processing"), "book-open")
        register.tools.addWidget(self._print)
        register.tools.addWidget(self._add)
        register.body.addWidget(self._reason)
        register.add_wide(self.entries)
        below = QHBoxLayout()
        below.setSpacing(theme.unit(2))
        below.addWidget(self._propose)
        below.addWidget(self._remove)
        below.addStretch(1)
        register.body.addLayout(below)
        self.body.addWidget(register)
        self.body.addWidget(self._log)
        self.body.addStretch(1)
        self.entries.activated_id.connect(self._on_change)
        self.entries.current_changed.connect(self._on_current)
        self.breaches.activated_id.connect(self._on_change_breach)

    def read(self, me: MeRow) -> None:
        self._me = me
        may = CHANGE in me.may
        for one in (self._propose, self._add, self._remove):
            one.setVisible(may)
        self._reason.setVisible(not may)
        self._log.setVisible(may)
        self.runner.fetch(processing.entries, then=self._show, failed=self.failed.emit, latest="entries")
        if may:
            self.runner.fetch(processing.breaches, then=self._show_breaches, failed=self.failed.emit, latest="breaches")

    def _show(self, rows: tuple[EntryRow, ...]) -> None:
        self._entries = {row.id: row for row in rows}
        self.entries.set_lines([
            Line(row.id, row.name, detail=row.purpose, trail=codes.label(ROLES, row.role), icon="file-text")
            for row in rows
        ])  # fmt: skip
        self._print.setEnabled(bool(rows))
        self._on_current()

    def _show_breaches(self, rows: tuple[BreachRow, ...]) -> None:
        self._breaches = {row.id: row for row in rows}
        self.breaches.set_lines([_breach_line(row) for row in rows])

    @Slot()
    def _on_current(self) -> None:
        self._remove.setEnabled(self.entries.current_id() in self._entries)

    @Slot()
    def _on_propose(self) -> None:
        self.runner.run(processing.propose, then=self._on_proposed, failed=self.failed.emit)

    def _on_proposed(self, count: int) -> None:
        self.say(_("Entries added: {n}. Read them and change what is different in your centre.").format(n=count))

    @Slot()
    def _on_add(self) -> None:
        EntryDialog(self.window(), self.runner, None).open()

    @Slot(str)
    def _on_change(self, entry_id: str) -> None:
        row = self._entries.get(entry_id)
        if row is not None and self._me is not None and CHANGE in self._me.may:
            EntryDialog(self.window(), self.runner, row).open()

    @Slot()
    def _on_remove(self) -> None:
        row = self._entries.get(self.entries.current_id())
        if row is not None:
            self.runner.run(processing.remove_entry, row.id, row.version, failed=self.failed.emit)

    @Slot()
    def _on_print(self) -> None:
        languages = [(code, code.upper()) for code in LANGUAGES]
        SheetDialog(
            self.window(), self.runner, _("Register of processing"), _("register-of-processing"), _gathered, _rendered,
            languages, _("Language"), first=language(),
        ).open()  # fmt: skip

    @Slot()
    def _on_breach(self) -> None:
        if self._me is not None:
            BreachDialog(self.window(), self.runner, None, self._me.today).open()

    @Slot(str)
    def _on_change_breach(self, breach_id: str) -> None:
        if self._me is not None:
            BreachDialog(self.window(), self.runner, self._breaches[breach_id], self._me.today).open()


class EntryDialog(Dialog):
    """An entry of the register."""

    def __init__(self, parent: QWidget, runner: Runner, row: EntryRow | None) -> None:
        super().__init__(parent, _("Entry of the register"), _("Save"))
        self._runner, self._row = runner, row
        self.setMinimumWidth(parent.fontMetrics().averageCharWidth() * 90)
        self.form = Form()
        self.form.add("name", _("Name"), LineField(), required=True)
        roles = [Choice(*pair) for pair in codes.labels(ROLES)]
        self.form.add("role", _("Role of the centre"), ChoiceField(roles, allow_none=False), required=True)
        for name, text in _texts():
            self.form.add(name, text, TextField(lines=2), required=name == "purpose")
        column = ScrollColumn()
        column.body.addWidget(self.form)
        column.setMinimumHeight(parent.fontMetrics().height() * 24)
        self.body.addWidget(column, 1)
        names = ("name", "role", *(name for name, _text in _texts()))
        values = {name: getattr(row, name) if row else None for name in names}
        self.form.set_values({**values, "role": row.role if row else "controller"})

    def save(self) -> None:
        assert self.form is not None
        # Bound beforehand: a field has the name of a parameter of the runner.
        if self._row is None:
            deed: partial[Any] = partial(processing.add_entry, **self.form.values())
            self._runner.run(deed, then=self.finish, failed=self.present)
        else:
            deed = partial(processing.change_entry, **self.form.values())
            self._runner.run(deed, self._row.id, self._row.version, then=self.finish, failed=self.present)


class BreachDialog(Dialog):
    """A breach: what happened, who was told."""

    def __init__(self, parent: QWidget, runner: Runner, row: BreachRow | None, today: date) -> None:
        super().__init__(parent, _("Breach of personal data"), _("Save"))
        self._runner, self._row = runner, row
        explained = _("Write what happened without names of persons.")
        self.body.addWidget(Label(explained, "second", wrap=True))
        self.form = Form()
        self.form.add("found_on", _("Found on"), DateField(past=True), required=True)
        self.form.add("what", _("What happened"), TextField(lines=3), required=True)
        self.form.add("people", _("Persons concerned"), NumberField(0, MOST_PEOPLE), hint=_("Empty if not known."))
        self.form.add("effects", _("What can come of it"), TextField(lines=2))
        self.form.add("measures", _("What was done"), TextField(lines=2))
        self.form.add("authority_told_on", _("Authority told on"), DateField(past=True))
        self.form.add("people_told_on", _("Persons told on"), DateField(past=True))
        self.body.addWidget(self.form)
        names = ("found_on", "what", "people", "effects", "measures", "authority_told_on", "people_told_on")
        self.form.set_values({name: getattr(row, name) for name in names} if row else {"found_on": today})

    def save(self) -> None:
        assert self.form is not None
        if self._row is None:
            deed: partial[Any] = partial(processing.add_breach, **self.form.values())
            self._runner.run(deed, then=self.finish, failed=self.present)
        else:
            deed = partial(processing.change_breach, **self.form.values())
            self._runner.run(deed, self._row.id, self._row.version, then=self.finish, failed=self.present)


def _texts() -> tuple[tuple[str, str], ...]:
    return (
        ("purpose", _("Purpose")), ("basis", _("Legal basis")), ("subjects", _("Whose data")),
        ("data", _("Which data")), ("recipients", _("Who gets them")), ("retention", _("How long they are kept")),
        ("measures", _("Safety measures")), ("assessment", _("Impact assessment")),
    )  # fmt: skip


def _breach_line(row: BreachRow) -> Line:
    if row.authority_told_on is not None:
        badge, meaning = _("authority told"), Meaning.OPEN
    elif row.late:
        badge, meaning = _("72 hours are over"), Meaning.CONFLICT
    else:
        badge, meaning = _("tell by {day}").format(day=formats.date_num(row.due_on)), Meaning.WARNING
    return Line(row.id, row.what, lead=formats.date_num(row.found_on), detail=row.measures or "", badge=badge,
                meaning=meaning, icon="shield-alert")  # fmt: skip


def _gathered(tx: Any, wanted: str) -> Any:
    """The register for a sheet; `wanted` is its language, in which only the headings are."""
    from famdesk.sheets.registers.processing import Register

    me = centre.me(tx)
    return Register(centre.overview(tx).name, me.today, processing.entries(tx))


def _rendered(content: Any, wanted: str) -> bytes:
    from famdesk.sheets.registers import processing as sheet

    with using(wanted):
        return sheet.render(content)
