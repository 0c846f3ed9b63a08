"""How long notes stay: the centre's term, what is due, holds, and the register of what was destroyed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain.staff import rights
from famdesk.i18n import _
from famdesk.ui.kit.dialog import ask_reason
from famdesk.ui.kit.lines import LineList
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card, ScrollColumn
from famdesk.ui.paths.keeping_due import DueCard
from famdesk.ui.paths.keeping_register import RegisterCard
from famdesk.ui.paths.keeping_term import TermCard
from famdesk.ui.paths.words import hold_line
from famdesk.usecases.office import Office
from famdesk.usecases.paths import holds
from famdesk.usecases.paths.holds import HoldRow


class KeepingView(ScrollColumn):
    """Everything about keeping and destroying.

    Attributes:
        term, due, holds, register: the cards.

    Signals:
        told(object): a `Message` for the message bar.
        failed(object): an error to present.
    """

    told = Signal(object)
    failed = Signal(object)

    def __init__(self, runner: Runner, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.term = TermCard(runner)
        self.due = DueCard(runner, office)
        self.holds = HoldsCard(runner)
        self.register = RegisterCard(runner, office)
        for card in (self.term, self.due, self.holds, self.register):
            card.failed.connect(self.failed)
            self.body.addWidget(card)
        self.body.addStretch(1)
        self.due.told.connect(self.told)
        self.register.told.connect(self.told)
        self.due.done.connect(self.read)

    @Slot()
    def read(self, _done: object = None) -> None:
        """Ask for all of it."""
        for card in (self.term, self.due, self.holds, self.register):
            card.read()

    @Slot()
    def print_now(self) -> None:
        """The record of the destruction that is chosen in the register."""
        self.register.print_now()


class HoldsCard(Card):
    """Every hold that lasts; Enter lifts one.

    Attributes:
        list: the lines.

    Signals:
        failed(object): an error to present.
    """

    failed = Signal(object)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(_("Legal holds"), "shield-alert", parent, note=_("nothing is destroyed meanwhile"))
        self._runner = runner
        self._rows: dict[str, HoldRow] = {}
        self.list = LineList(_("Legal holds"), _("Nothing is under a legal hold."), grow=True)
        self.add_wide(self.list)
        self.list.activated_id.connect(self._on_lift)

    @Slot()
    def read(self, _done: object = None) -> None:
        """Ask for the holds."""
        self._runner.fetch(holds.lasting, then=self._show, failed=self.failed.emit, owner=self, latest="holds")

    def _show(self, rows: tuple[HoldRow, ...]) -> None:
        self._rows = {row.id: row for row in rows}
        self.list.set_lines([hold_line(row) for row in rows])

    @Slot(str)
    def _on_lift(self, hold_id: str) -> None:
        row = self._rows.get(hold_id)
        if row is not None and rights.cell(holds.lift_hold.name, self._runner.role):
            detail = _("What it held may be destroyed once its term is over.")
            ask_reason(self, _("Lift this hold?"), _("Lift it"), partial(self._lift, row), detail=detail)

    def _lift(self, row: HoldRow, reason: str) -> None:
        self._runner.run(holds.lift_hold, row.id, row.version, reason, then=self.read, failed=self.failed.emit,
                         owner=self)  # fmt: skip
