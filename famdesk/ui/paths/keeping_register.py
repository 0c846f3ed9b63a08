"""The register of destroyed notes, with the record of each on paper."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from famdesk.i18n import LANGUAGES, _, language, using
from famdesk.ui.kit.buttons import make_action
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.lines import LineList
from famdesk.ui.kit.messages import Message
from famdesk.ui.kit.papers.sheet_dialog import SheetDialog
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card
from famdesk.ui.paths.parts import button_row
from famdesk.ui.paths.words import register_line
from famdesk.usecases.notes import destroying_notes
from famdesk.usecases.office import Office
from famdesk.usecases.paths import retention_due
from famdesk.usecases.paths.retention_due import RecordContent, RegisterRow


class RegisterCard(Card):
    """What was destroyed, the newest first.

    Attributes:
        list: the lines. print, clean: the commands.

    Signals:
        told(object): a `Message` for the message bar.
        failed(object): an error to present.
    """

    told = Signal(object)
    failed = Signal(object)

    def __init__(self, runner: Runner, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(_("Register of destroyed notes"), "file-text", parent)
        self._runner, self._office = runner, office
        self._rows: dict[str, RegisterRow] = {}
        self.list = LineList(_("Register of destroyed notes"), _("No notes were destroyed yet."), grow=True)
        self.print = make_action(self, _("Record of destruction…"), self.print_now, icon="printer")
        self.clean = make_action(self, _("Clean the file"), self._on_clean, icon="database")
        self.add_wide(self.list)
        self.body.addLayout(button_row(self.print, self.clean))
        self.list.activated_id.connect(self._on_record)

    @Slot()
    def read(self, _done: object = None) -> None:
        """Ask for the register."""
        self._runner.fetch(retention_due.register, then=self._show, failed=self.failed.emit, owner=self,
                           latest="register")  # fmt: skip

    @Slot()
    def print_now(self) -> None:
        """The record of the destruction that is chosen."""
        row = self._rows.get(self.list.current_id())
        if row is not None:
            RecordSheet(self, self._runner, row.id).open()

    def _show(self, rows: tuple[RegisterRow, ...]) -> None:
        current = self.list.current_id()
        self._rows = {row.id: row for row in rows}
        on_server = destroying_notes.on_server(self._office)
        self.list.set_lines([register_line(row, on_server=on_server) for row in rows])
        if rows and not self.list.set_current_id(current):
            self.list.set_current_id(rows[0].id)
        self.print.setEnabled(bool(rows))
        self.clean.setEnabled(not on_server and any(row.cleaned_on is None for row in rows))

    @Slot(str)
    def _on_record(self, _row_id: str) -> None:
        self.print_now()

    @Slot()
    def _on_clean(self) -> None:
        self._runner.in_turn(partial(destroying_notes.clean_up, self._office), then=self._on_cleaned,
                             failed=self.failed.emit, owner=self)  # fmt: skip

    def _on_cleaned(self, clean: bool) -> None:
        text = _("The file is clean.") if clean else _("Others are at work just now: try again later.")
        self.told.emit(Message(text, Meaning.OPEN if clean else Meaning.WARNING))
        self.read()


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
    from famdesk.sheets.registers import destruction_record as sheet

    with using(wanted):
        return sheet.render(content)
