"""The print register on the screen: which sheets with people on them left, filtered, and as a sheet of its own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from famdesk.domain.staff import rights
from famdesk.i18n import LANGUAGES, _, formats, language, ngettext, using
from famdesk.sheets.names import HOW, how_words, sheet_name
from famdesk.sheets.registers.print_register import about_words
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, make_action
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import CheckField, DateField
from famdesk.ui.kit.papers.sheet_dialog import SheetDialog
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.rows import Column, RowModel
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.table import Table
from famdesk.ui.kit.widgets import Label
from famdesk.ui.sheets.mails_dialog import MailsDialog
from famdesk.usecases.post import prints, sheet_mails
from famdesk.usecases.post.prints import Filters, PrintRow, Register

MONTH = timedelta(days=30)


class RegisterDialog(Dialog):
    """The lines of a period, the newest first.

    Attributes:
        table: the lines.
    """

    def __init__(self, parent: QWidget, runner: Runner) -> None:
        super().__init__(parent, _("Print register"))
        self._runner = runner
        self._model = RowModel[PrintRow](_columns(), lambda row: str(row.seq))
        empty = _("No sheet with people on it left in this time.")
        self.table = Table(self._model, _("Print register"), empty)
        self.table.setMinimumSize(theme.unit(170), theme.unit(70))
        today = runner.now().date()
        self._first, self._last = DateField(past=True), DateField(past=True)
        self._first.set_value(today - MONTH)
        self._last.set_value(today)
        self._sheet = ChoiceField([], _("All sheets"))
        self._who = ChoiceField([], _("All colleagues"))
        self._how = ChoiceField([Choice(code, _(words)) for code, words in HOW.items()], _("Printed, saved or sent"))
        self._shown = CheckField(_("Also those only looked at"))
        self._told = Label("", "second", wrap=True)
        self._print = make_action(self, _("Print the register…"), self._on_print, icon="printer", shortcut="Ctrl+P")
        self._mails = make_action(self, _("Mails with sheets…"), self._on_mails, icon="mail")
        self._lay_out()
        self.resize(parent.window().size() * 0.92)
        for field in (self._first, self._last, self._sheet, self._who, self._how, self._shown):
            field.edited.connect(self.ask)
        self.ask()
        self.table.setFocus()

    @Slot()
    def ask(self) -> None:
        """Read the lines that are wanted."""
        first, last = self._first.value(), self._last.value()
        if first is not None and last is not None:
            self._runner.fetch(prints.register, first, last, self.filters(), then=self._show, failed=self.present,
                               owner=self, latest="register")  # fmt: skip

    def filters(self) -> Filters:
        """Which lines are wanted."""
        return Filters(self._who.value() or "", self._sheet.value() or "", self._how.value() or "", "",
                       self._shown.value())  # fmt: skip

    def _show(self, found: Register) -> None:
        self._model.set_rows(found.rows)
        _offer(self._sheet, [Choice(key, sheet_name(key)) for key in found.sheets])
        _offer(self._who, [Choice(*one) for one in found.colleagues])
        self._who.setVisible(found.whole)
        count = ngettext("{n} line", "{n} lines", len(found.rows)).format(n=formats.number(len(found.rows)))
        told = [count, "" if found.whole else _("Only one’s own sheets.")]
        if found.more:
            told.append(_("There are more: choose a shorter time."))
        self._told.setText(" · ".join(part for part in told if part))

    def _lay_out(self) -> None:
        names = ((self._first, _("From")), (self._last, _("Until")), (self._sheet, _("Sheet")),
                 (self._who, _("Colleague")), (self._how, _("What became of it")))  # fmt: skip
        row = QHBoxLayout()
        row.setSpacing(theme.unit(2))
        for field, name in names:
            field.setAccessibleName(name)
            if isinstance(field, DateField):
                label = Label(name)
                label.setBuddy(field)
                row.addWidget(label)
                field.setMinimumWidth(theme.unit(34))
            else:
                field.setMinimumWidth(theme.unit(30))
            row.addWidget(field, 0 if isinstance(field, DateField) else 1)
        below = QHBoxLayout()
        below.setSpacing(theme.unit(3))
        below.addWidget(self._shown)
        below.addWidget(self._told, 1)
        if rights.cell(sheet_mails.recent.name, self._runner.role):
            below.addWidget(ActionButton.of(self._mails))
        below.addWidget(ActionButton.of(self._print, hint=True))
        self.body.addLayout(row)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(below)

    @Slot()
    def _on_mails(self) -> None:
        MailsDialog(self, self._runner).open()

    @Slot()
    def _on_print(self) -> None:
        first, last = self._first.value(), self._last.value()
        if first is None or last is None:
            return
        SheetDialog(
            self, self._runner, _("Print register"), _("print-register"), gathered, rendered,
            [(code, code.upper()) for code in LANGUAGES], _("Language"), what=(first, last, self.filters()),
            first=language(), key="print-register",
        ).open()  # fmt: skip


def gathered(tx: Any, wanted: str, first: date, last: date, filters: Filters) -> Any:
    """What the register says on paper; runs as a query."""
    from famdesk.sheets.collecting import collect_prints

    with using(wanted):
        return collect_prints.register(tx, first, last, filters)


def rendered(content: Any, wanted: str) -> bytes:
    """The PDF; runs beside the database worker."""
    from famdesk.sheets.registers import print_register

    with using(wanted):
        return print_register.render(content)


def _columns() -> list[Column[PrintRow]]:
    return [
        Column(_("When"), lambda row: formats.moment(row.at), 18),
        Column(_("Who"), lambda row: row.by, 18),
        Column(_("Sheet"), lambda row: sheet_name(row.sheet), 20, strong=True),
        Column(_("What became of it"), lambda row: how_words(row.how), 18),
        Column(_("Copies"), _copies, 7, right=True),
        Column(_("About whom"), about_words, 0),
        Column(_("Purpose"), lambda row: row.purpose or "", 20, second=True),
    ]


def _copies(row: PrintRow) -> str:
    return formats.number(row.copies) if row.how == prints.PRINTED else ""


def _offer(field: ChoiceField, choices: list[Choice]) -> None:
    """New choices; what is chosen stays."""
    chosen = field.value()
    field.set_choices(choices)
    if chosen in {one.code for one in choices}:
        field.set_value(chosen)
