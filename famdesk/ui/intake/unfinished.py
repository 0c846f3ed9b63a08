"""The cards that still lack something, as a list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from famdesk.domain import codes
from famdesk.domain.intake.intake import MISSING
from famdesk.domain.intake.needs import need_label
from famdesk.i18n import _, formats
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card
from famdesk.usecases.intake import intake


class UnfinishedCards(Card):
    """The cards that lack something, one's own first: to be finished before the doors close.

    Signals:
        card_wanted(str): show a card.
        counted(int): how many there are.
    """

    card_wanted = Signal(str)
    counted = Signal(int)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(_("Finish before closing"), "file-pen", parent)
        self._runner = runner
        self.list = LineList(_("Unfinished cards"), empty=_("Every card is complete."))
        self.add_list(self.list)
        self.list.activated_id.connect(self.card_wanted)

    def refresh(self) -> None:
        """Read the cards again."""
        self._runner.fetch(intake.unfinished_cards, then=self._show_rows, owner=self, latest="unfinished")

    def _show_rows(self, rows: Sequence[intake.UnfinishedRow]) -> None:
        ordered = sorted(rows, key=lambda row: not row.mine)
        self.list.set_lines([_unfinished_line(row) for row in ordered])
        self.set_count(len(ordered))
        self.counted.emit(len(ordered))


def _unfinished_line(row: intake.UnfinishedRow) -> Line:
    needs = ", ".join(need_label(code) for code in row.needs)
    title = row.who or needs or _("Access of {moment}").format(moment=formats.moment(row.at))
    missing = ", ".join(codes.label(MISSING, code) for code in row.missing)
    details = (formats.moment(row.at), needs if row.who else "", _("missing: {what}").format(what=missing))
    return Line(row.id, title, detail=" · ".join(part for part in details if part), icon="file-pen",
                badge="" if row.mine else row.operator, meaning=None if row.mine else Meaning.CLOSED)  # fmt: skip
