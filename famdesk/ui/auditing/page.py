"""What somebody finds who only checks: the journal, the registers, whether the data are whole, the numbers."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from famdesk.domain.staff import rights
from famdesk.i18n import _, formats
from famdesk.ui.journal_lines import journal_line
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.page import Page
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card, Label
from famdesk.ui.proof_card import ProofCard
from famdesk.usecases import care, readings
from famdesk.usecases.centre import auditing, processing
from famdesk.usecases.centre.auditing import KINDS, MonthRow
from famdesk.usecases.centre.processing import EntryRow
from famdesk.usecases.readings import JournalFilter, JournalRow

if TYPE_CHECKING:
    from famdesk.usecases.office import Office

LATEST: Final = 12
"""So many entries of the journal stand here; the journal itself has all."""
MONTHS: Final = 3


class AuditPage(Page):
    """Four blocks, each with the way to all of it in the settings. Nothing here changes anything."""

    watches = frozenset({"processing"})

    def __init__(self, runner: Runner, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Checking"), parent)
        self.proof = ProofCard(runner, office)
        self.proof.failed.connect(self.failed)
        self.journal = LineList(_("Journal"), _("Nothing stands in the journal yet."))
        self.registers = LineList(
            _("Register of processing"), _("The register of processing is still empty."), grow=True
        )
        self.numbers = LineList(_("Numbers by month"), grow=True)
        self._backup = Label("", "second", wrap=True)
        self._lay_out()
        self.start_at(self.journal)
        for part in (self.journal, self.registers, self.numbers):
            part.activated_id.connect(self._on_line)

    def refresh(self) -> None:
        """Asks for everything that this role may read."""
        today = self.runner.now().date()
        self.header.set_subtitle(_("you only look here: nothing is changed, and no family is named"))
        fetch = self.runner.fetch
        fetch(readings.journal, JournalFilter(), then=self._show_journal, failed=self.failed.emit, latest="journal")
        fetch(processing.entries, then=self._show_registers, failed=self.failed.emit, latest="registers")
        fetch(care.last_backup, then=self._show_backup, failed=self.failed.emit, latest="backup")
        if rights.cell(auditing.numbers.name, self.runner.role):
            fetch(auditing.numbers, today.year, then=self._show_numbers, failed=self.failed.emit, latest="numbers")

    def help_text(self) -> str:
        """What one does here."""
        return _(
            "You check the centre and change nothing. Left: the latest entries of the journal; Enter leads to all of "
            "them, with filters. Right: whether the data are whole, the register of processing, the numbers by month, "
            "where small numbers are not told. Names of families appear nowhere."
        )

    def _lay_out(self) -> None:
        journal = _card(_("Journal"), "history", self.journal, self._button(_("The whole journal"), self._on_journal))
        registers = _card(_("Register of processing"), "file-text", self.registers,
                          self._button(_("The whole register"), self._on_registers))  # fmt: skip
        numbers = _card(_("Numbers by month"), "chart-column", self.numbers,
                        self._button(_("All months"), self._on_numbers))  # fmt: skip
        numbers.setVisible(bool(rights.cell(auditing.numbers.name, self.runner.role)))
        self.proof.body.addWidget(self._backup)
        grid = QGridLayout()
        grid.setSpacing(theme.unit(3.5))
        grid.addWidget(journal, 0, 0, 4, 1)
        for row, card in enumerate((self.proof, registers, numbers)):
            grid.addWidget(card, row, 1)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        for row, stretch in enumerate((0, 0, 0, 1)):
            grid.setRowStretch(row, stretch)
        self.body.addLayout(grid, 1)
        for first, second in ((self.journal, self.proof.button), (self.proof.button, self.registers),
                              (self.registers, self.numbers)):  # fmt: skip
            QWidget.setTabOrder(first, second)

    def _button(self, text: str, slot: object) -> ActionButton:
        found = ActionButton(text, "chevron-right", kind="link")
        found.clicked.connect(slot)
        return found

    def _show_journal(self, rows: tuple[JournalRow, ...]) -> None:
        self.journal.set_lines([journal_line(row) for row in rows[:LATEST]])

    def _show_registers(self, rows: tuple[EntryRow, ...]) -> None:
        self.registers.set_lines([Line(row.id, row.name, detail=row.purpose) for row in rows])

    def _show_backup(self, at: datetime | None) -> None:
        told = _("The last backup was made on {day} at {time}.")
        self._backup.setText(told.format(day=formats.date_full(at), time=formats.time_text(at.time())) if at
                             else _("No backup has been made yet."))  # fmt: skip

    def _show_numbers(self, rows: tuple[MonthRow, ...]) -> None:
        """The latest months, the present one first."""
        today = self.runner.now().date()
        past = [row for row in rows if row.first <= today][-MONTHS:]
        self.numbers.set_lines([_month_line(row) for row in reversed(past)])

    @Slot(str)
    def _on_line(self, _line_id: str) -> None:
        ways = {self.journal: self._on_journal, self.registers: self._on_registers, self.numbers: self._on_numbers}
        sender = self.sender()
        if isinstance(sender, LineList):
            ways[sender]()

    @Slot()
    def _on_journal(self) -> None:
        self.item_opened.emit("settings", "journal")

    @Slot()
    def _on_registers(self) -> None:
        self.item_opened.emit("settings", "privacy")

    @Slot()
    def _on_numbers(self) -> None:
        self.item_opened.emit("settings", "numbers")


def _month_line(row: MonthRow) -> Line:
    told = [f"{_(label)}: {_number(number)}" for label, number in zip(KINDS.values(), row.numbers, strict=True)]
    return Line(row.first.isoformat(), formats.month_year(row.first), detail=" · ".join(told))


def _number(number: int | None) -> str:
    # Translators: a number from 1 to 4, which is not told
    return _("a few") if number is None else formats.number(number)


def _card(title: str, icon: str, lines: LineList, more: ActionButton) -> Card:
    card = Card(title, icon)
    card.add_list(lines)
    card.body.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
    return card
