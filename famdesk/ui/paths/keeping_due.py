"""The due list: what may be destroyed, proposed by one and confirmed by another one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from famdesk.i18n import _
from famdesk.ui.kit.buttons import make_action
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.dialog import confirm
from famdesk.ui.kit.lines import LineList
from famdesk.ui.kit.messages import Message
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card
from famdesk.ui.paths.parts import button_row
from famdesk.ui.paths.words import due_key, due_line
from famdesk.usecases.notes import destroying_notes
from famdesk.usecases.office import Office
from famdesk.usecases.paths import retention_due
from famdesk.usecases.paths.retention_due import DueRow


class DueCard(Card):
    """What is due, by code.

    Attributes:
        list: the lines. propose, destroy_now, withdraw: the commands.

    Signals:
        done(): something was proposed, withdrawn or destroyed.
        told(object): a `Message` for the message bar.
        failed(object): an error to present.
    """

    done = Signal()
    told = Signal(object)
    failed = Signal(object)

    def __init__(self, runner: Runner, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(_("Due list"), "hourglass", parent, note=_("by code; two people decide"))
        self._runner, self._office = runner, office
        self._rows: dict[str, DueRow] = {}
        self.list = LineList(_("Due list"), _("The term of no notes is over."), grow=True)
        self.propose = make_action(self, _("Propose destruction…"), self._on_propose, icon="hourglass")
        self.destroy_now = make_action(self, _("Destroy…"), self._on_destroy, icon="trash-2")
        self.withdraw = make_action(self, _("Withdraw the proposal"), self._on_withdraw, icon="undo-2")
        self.add_wide(self.list)
        self.body.addLayout(button_row(self.propose, self.destroy_now, self.withdraw))
        self.list.current_changed.connect(self._on_row)
        self.list.activated_id.connect(self._on_activated)

    @Slot()
    def read(self, _done: object = None) -> None:
        """Ask what is due."""
        self._runner.fetch(retention_due.due, then=self._show, failed=self.failed.emit, owner=self, latest="due")

    def _show(self, rows: tuple[DueRow, ...]) -> None:
        current = self.list.current_id()
        self._rows = {due_key(row): row for row in rows}
        self.list.set_lines([due_line(row) for row in rows])
        if rows and not self.list.set_current_id(current):
            self.list.set_current_id(due_key(rows[0]))
        self._on_row()

    def _row(self) -> DueRow | None:
        return self._rows.get(self.list.current_id())

    @Slot()
    def _on_row(self) -> None:
        row = self._row()
        self.propose.setEnabled(row is not None and not row.held and not row.destruction_id)
        self.destroy_now.setEnabled(row is not None and row.may_confirm)
        self.withdraw.setEnabled(row is not None and bool(row.destruction_id))

    @Slot(str)
    def _on_activated(self, _key: str) -> None:
        for action in (self.destroy_now, self.propose):
            if action.isEnabled():
                action.trigger()
                return

    @Slot()
    def _on_propose(self) -> None:
        row = self._row()
        if row is not None:
            confirm(self, _("Propose to destroy these notes?"), _("Propose"), partial(self._propose, row),
                    detail=_("A second person confirms. Until then everything stays as it is."))  # fmt: skip

    def _propose(self, row: DueRow) -> None:
        self._runner.run(retention_due.propose, path_id=row.path_id, author_id=row.author_id, then=self._on_done,
                         failed=self._refused, owner=self)  # fmt: skip

    @Slot()
    def _on_destroy(self) -> None:
        row = self._row()
        if row is None or not row.may_confirm:
            return
        detail = _(
            "Notes: {n}. Their keys and texts go for good, with attachments, drafts and working notes. That they were"
            " there, and the number and hash of each, stays in the register."
        ).format(n=row.notes)
        confirm(self, _("Destroy these notes for good?"), _("Destroy"), partial(self._destroy, row), danger=True,
                detail=detail)  # fmt: skip

    def _destroy(self, row: DueRow) -> None:
        work = partial(destroying_notes.carry_out, self._office, row.destruction_id, row.version)
        self._runner.in_turn(work, then=self._on_destroyed, failed=self._refused, owner=self)

    def _on_destroyed(self, clean: bool) -> None:
        text = _("The notes are destroyed. Print the record, and have it signed by both.")
        if not clean and not destroying_notes.on_server(self._office):
            text = _("The notes are destroyed. The file is still to be cleaned: others are at work just now.")
        self.told.emit(Message(text, Meaning.OPEN))
        self.done.emit()

    @Slot()
    def _on_withdraw(self) -> None:
        row = self._row()
        if row is not None and row.destruction_id:
            self._runner.run(retention_due.withdraw, row.destruction_id, row.version, then=self._on_done,
                             failed=self._refused, owner=self)  # fmt: skip

    def _on_done(self, _result: object) -> None:
        self.done.emit()

    def _refused(self, error: Exception) -> None:
        self.failed.emit(error)
        self.done.emit()
