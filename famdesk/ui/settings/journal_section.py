"""Settings: the journal, for who leads the centre and for an auditor: who did, opened or passed on what, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from famdesk.domain.staff import rights
from famdesk.i18n import _, pgettext
from famdesk.ui.journal_lines import journal_line
from famdesk.ui.kit import theme
from famdesk.ui.kit.fields import DateField
from famdesk.ui.kit.lines import LineList
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card, Label, Segmented
from famdesk.ui.proof_card import ProofCard
from famdesk.ui.settings.section import Section, button, reason_label
from famdesk.usecases import readings
from famdesk.usecases.centre.centre import MeRow
from famdesk.usecases.readings import CHANGES, OUT, POWERS, READS, JournalFilter, JournalRow

if TYPE_CHECKING:
    from famdesk.usecases.office import Office


class JournalSection(Section):
    """A page of lines at a time; filters by what, by whom and by day."""

    def __init__(self, runner: Runner, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self.proof = ProofCard(runner, office)
        self.proof.failed.connect(self.failed)
        self._may = bool(rights.cell(readings.journal.name, runner.role))
        self._rows: list[JournalRow] = []
        # Translators: parts of the journal, side by side: what was opened, what left the centre, what opened to others
        groups = [("", _("All")), (READS, pgettext("journal", "Opened")), (OUT, pgettext("journal", "Went out")),
                  (POWERS, pgettext("journal", "Shared")), (CHANGES, _("Changes"))]  # fmt: skip
        self.group = Segmented(groups, _("Part of the journal"))
        self.staff: ChoiceField = ChoiceField([])
        self.staff.setAccessibleName(_("Colleague"))
        self.staff.setMinimumWidth(theme.unit(40))
        self.first, self.last = DateField(past=True), DateField(past=True)
        for field, name in ((self.first, _("From")), (self.last, _("Until"))):
            field.setAccessibleName(name)
            field.setMinimumWidth(theme.unit(30))
        self.list = LineList(_("Journal"), _("There is nothing of this kind in the journal."), grow=True)
        self.more = button(_("Show older ones"), "chevron-down", self._on_more)
        self._lay_out()
        self.group.chosen.connect(self._ask_anew)
        self.staff.edited.connect(self._ask_anew)
        for field in (self.first, self.last):
            field.edited.connect(self._ask_anew)

    def read(self, me: MeRow) -> None:
        if self._may:
            self.runner.fetch(readings.readers, then=self._take_colleagues, latest="readers")
            self._ask_anew()

    def _lay_out(self) -> None:
        card = Card(_("Journal"), "history")
        told = _("Each entry is signed by who acted and chained to the one before. Files and notes are not named here.")
        card.body.addWidget(Label(told, "second", wrap=True))
        if not self._may:
            card.body.addWidget(reason_label(readings.journal.name))
            self.add(card)
            return
        row = QHBoxLayout()
        row.setSpacing(theme.unit(2))
        for text, field in ((_("Colleague"), self.staff), (_("From"), self.first), (_("Until"), self.last)):
            label = Label(text)
            label.setBuddy(field)
            row.addWidget(label)
            row.addWidget(field)
        row.addStretch(1)
        card.body.addWidget(self.group)
        card.body.addLayout(row)
        card.add_wide(self.list)
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self.more)
        card.body.addLayout(below)
        self.body.addWidget(self.proof)
        self.add(card)

    def add(self, card: Card) -> None:
        """A card at the top of the column."""
        self.body.addWidget(card)
        self.body.addStretch(1)

    def _take_colleagues(self, rows: tuple[tuple[str, str], ...]) -> None:
        chosen = self.staff.value()
        self.staff.set_choices([Choice(*row) for row in rows])
        self.staff.set_value(chosen)

    def wanted(self, before: int = 0) -> JournalFilter:
        """What the fields ask for."""
        first, last = self.first.value(), self.last.value()
        return JournalFilter(self.group.current(), self.staff.value() or "", first, last, before)

    @Slot()
    def _ask_anew(self) -> None:
        self.runner.fetch(readings.journal, self.wanted(), then=self._show, failed=self.failed.emit, latest="journal")

    @Slot()
    def _on_more(self) -> None:
        if self._rows:
            self.runner.fetch(readings.journal, self.wanted(self._rows[-1].seq), then=self._add,
                              failed=self.failed.emit, latest="journal")  # fmt: skip

    def _show(self, rows: tuple[JournalRow, ...]) -> None:
        self._rows = []
        self._add(rows)

    def _add(self, rows: tuple[JournalRow, ...]) -> None:
        self._rows += rows
        self.list.set_lines([journal_line(row) for row in self._rows])
        self.more.setVisible(len(rows) == readings.PAGE)
