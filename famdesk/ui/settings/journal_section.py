"""Settings: the journal, for who leads the centre and for an auditor: who did, opened or passed on what, and when."""

from __future__ import annotations

import json
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from famdesk.domain import rights
from famdesk.i18n import N_, _, formats, ngettext, pgettext
from famdesk.ui.kit import theme
from famdesk.ui.kit.fields import DateField
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card, Label, Segmented
from famdesk.ui.reading_lines import WHAT
from famdesk.ui.settings.section import Section, button, reason_label
from famdesk.usecases import readings
from famdesk.usecases.centre import MeRow
from famdesk.usecases.journal import step_label
from famdesk.usecases.readings import CHANGES, OUT, POWERS, READS, JournalFilter, JournalRow

RECORDS: Final = {
    "person": N_("file of a person"), "note": N_("session note"), "access_card": N_("access card"),
    "appointment": N_("appointment"), "household": N_("household"), "contact_point": N_("contact point"),
    "staff": N_("colleague"), "measure": N_("measure of a court"), "emergency": N_("emergency access"),
    "referral": N_("referral"), "consent": N_("consent"), "note_part": N_("part of a note"),
    "enrolment": N_("enrolment"), "meeting": N_("meeting"), "initiative": N_("initiative"),
}  # fmt: skip
"""What a line of the journal speaks of; tables without a word are told as "other record"."""


class JournalSection(Section):
    """A page of lines at a time; filters by what, by whom and by day."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
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
        self.list.set_lines([_line(row) for row in self._rows])
        self.more.setVisible(len(rows) == readings.PAGE)


def _line(row: JournalRow) -> Line:
    role = _(rights.ROLE_LABELS[row.role]) if row.role in rights.ROLE_LABELS else row.role
    where = _("at {station}").format(station=row.station) if row.station else ""
    said = (row.by, role, where, _records(row), row.reason or "")
    return Line(str(row.seq), _what(row), lead=formats.moment(row.at), trail=str(row.seq),
                detail=" · ".join(part for part in said if part))  # fmt: skip


def _what(row: JournalRow) -> str:
    if row.kind in WHAT and row.kind not in ("emergency", "escrow"):  # which may have opened nothing, and given nothing
        return _(WHAT[row.kind])
    return step_label(row.kind, row.action, json.loads(row.details))


def _records(row: JournalRow) -> str:
    """Of what kind the records are: "file of a person, 2 × access card"."""
    words: dict[str, int] = {}
    for table, many in row.tables:
        # Translators: of a line of the journal: a record of a kind that is not named
        word = _(RECORDS[table]) if table in RECORDS else _("other record")
        words[word] = words.get(word, 0) + many
    return ", ".join(word if many == 1 else ngettext("{n} × {what}", "{n} × {what}", many).format(n=many, what=word)
                     for word, many in words.items())  # fmt: skip
