"""Unfinished work: for the coordinator of all colleagues, for anybody else the own; numbers and days, no names of
families."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain.staff import rights
from famdesk.i18n import N_, _, formats, ngettext
from famdesk.ui.kit import theme
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.page import Page
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label, Segmented
from famdesk.ui.today.commands import UNFINISHED
from famdesk.usecases.staff import supervision
from famdesk.usecases.staff.supervision import UnfinishedRow

TITLES: Final = {
    "note": N_("Session notes to be signed"),
    "outcome": N_("Appointments without an outcome"),
    "follow_up": N_("Follow-ups that are overdue"),
    "card": N_("Unfinished access cards"),
    "referral": N_("Referrals without an answer"),
    "envelope": N_("Signed notes that are not in the sealed envelope"),
    "account": N_("Accounts that were not used in the last month"),
}
ICONS: Final = {"note": "notebook-pen", "outcome": "calendar", "follow_up": "phone", "card": "clipboard-list",
                "referral": "users", "envelope": "lock", "account": "key-round"}  # fmt: skip


class Coordination(QObject):
    """The command of Today that lists unfinished work, for the roles that have any."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        if rights.cell(supervision.mine.name, page.runner.role):
            page.add_action(_(UNFINISHED), self.show, icon="list-checks")

    @Slot()
    def show(self) -> None:
        """Lists it: of all colleagues for who leads the centre."""
        CoordinationDialog(self._page, self._page.runner).open()


class CoordinationDialog(Dialog):
    """The lists, under the kinds; who leads the centre chooses between all and the own."""

    def __init__(self, parent: QWidget, runner: Runner) -> None:
        self._leads = bool(rights.cell(supervision.centre.name, runner.role))
        super().__init__(parent, _("Unfinished work"))
        self._runner = runner
        self._label = Label(_("Numbers and days only: not what is written, nor about whom."), "second", wrap=True)
        # Translators: unfinished work: of all colleagues, or one's own
        self.part = Segmented([("centre", _("Of all")), ("mine", _("My own"))], _("Shown"))
        self.part.setVisible(self._leads)
        self.list = LineList(_("Unfinished work"), _("Nothing is left undone. Well done."), grow=True)
        self.list.setMinimumHeight(theme.unit(90))
        self.setMinimumWidth(theme.unit(150))
        for part in (self._label, self.part, self.list):
            self.body.addWidget(part)
        self.part.chosen.connect(self._ask)
        self._ask("centre" if self._leads else "mine")

    @Slot(str)
    def _ask(self, part: str) -> None:
        query = supervision.centre if part == "centre" else supervision.mine
        self._runner.fetch(query, then=self._show, failed=self.present, latest="unfinished")

    def _show(self, rows: tuple[UnfinishedRow, ...]) -> None:
        lines: list[Line] = []
        for kind, some in groupby(rows, lambda row: row.kind):
            lines.append(Line(f"{kind}:", _(TITLES[kind]), header=True))
            lines += [_line(row) for row in some]
        self.list.set_lines(lines)
        self.list.setFocus()


def _line(row: UnfinishedRow) -> Line:
    # Translators: of unfinished work: nobody in particular has it
    name = row.name or _("nobody in particular")
    line_id = f"{row.kind}:{row.staff_id or ''}"
    if row.kind == "account":
        last = (_("last used on {day}").format(day=formats.date_num(row.oldest)) if row.oldest
                else _("never used"))  # fmt: skip
        return Line(line_id, name, detail=last, icon=ICONS[row.kind])
    # Translators: of unfinished work: {day} is the day of the oldest
    since = _("the oldest of {day}").format(day=formats.date_num(row.oldest)) if row.oldest else ""
    count = ngettext("{n} open", "{n} open", row.many).format(n=row.many)
    return Line(line_id, name, detail=since, icon=ICONS[row.kind], badge=count, meaning=Meaning.WARNING)
