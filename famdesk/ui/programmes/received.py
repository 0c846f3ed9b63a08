"""The applications of a call in the order in which they came, and what can be done with one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from famdesk.domain.codes import label
from famdesk.domain.programmes.calls import APPLICATION_CHANNELS, APPLICATION_STATES, points_text
from famdesk.i18n import _
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.dialog import ask_reason
from famdesk.ui.kit.rows import Column, RowModel
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.table import Table
from famdesk.ui.programmes import call_words as words
from famdesk.ui.programmes.application_dialogs import ExamineDialog, JudgeDialog, ReceiveDialog, ask_text
from famdesk.usecases.calls import applications
from famdesk.usecases.calls.call_rows import ApplicationRow, CallDetail

_LATE = 2
EXAMINE, JUDGE, EDIT, WITHDRAW = "examine", "judge", "edit", "withdraw"


class ReceivedPanel(QWidget):
    """The table; Enter looks an application through, or gives it points once it is admitted.

    Attributes:
        table: the applications.
    """

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._detail: CallDetail | None = None
        self.model: RowModel[ApplicationRow] = RowModel(columns())
        self.table: Table[ApplicationRow] = Table(self.model, _("Applications"), _("No application came in yet."))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table)
        self.setFocusProxy(self.table)
        self.table.activated_id.connect(self.examine)
        self.table.menu_requested.connect(self._offer)

    def show_detail(self, detail: CallDetail) -> None:
        """Show the applications of a call."""
        self._detail = detail
        rows = detail.applications or ()
        self.model.set_rows(rows)
        self.table.setColumnHidden(_LATE, not any(row.late for row in rows))

    @Slot()
    def receive(self) -> None:
        """Take an application: number and stamp are given when the dialog is left."""
        if self._detail is not None:
            ReceiveDialog(self.window(), self._runner, self._detail).open()

    @Slot(str)
    def examine(self, application_id: str) -> None:
        """Look an application through, or give it points once it is admitted."""
        row = self.model.row_of(application_id)
        if row is not None:
            offered = self._offered(row)
            if offered:
                self._do(row, JUDGE if JUDGE in offered else EXAMINE)

    def _offered(self, row: ApplicationRow) -> tuple[str, ...]:
        detail = self._detail
        if detail is None or not detail.may_receive or detail.row.state == "decided":
            return ()
        if row.state == "admitted" and detail.criteria and detail.may_check:
            return EXAMINE, JUDGE, EDIT, WITHDRAW
        return EXAMINE, EDIT, WITHDRAW

    @Slot(str, QPoint)
    def _offer(self, application_id: str, at: QPoint) -> None:
        row = self.model.row_of(application_id)
        offered = self._offered(row) if row is not None else ()
        if not offered:
            return
        texts = {EXAMINE: _("Formal check"), JUDGE: _("Points"), EDIT: _("Change"), WITHDRAW: _("Taken back")}
        menu = QMenu(self)
        for what in offered:
            menu.addAction(texts[what]).setData((application_id, what))
        menu.triggered.connect(self._on_offered)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    @Slot(QAction)
    def _on_offered(self, action: QAction) -> None:
        application_id, what = action.data()
        row = self.model.row_of(application_id)
        if row is not None:
            self._do(row, what)

    def _do(self, row: ApplicationRow, what: str) -> None:
        detail = self._detail
        assert detail is not None
        if what == WITHDRAW:
            ask_reason(self.window(), ask_text(row), _("Taken back"), partial(self._withdraw, row))
        elif what == JUDGE:
            JudgeDialog(self.window(), self._runner, detail, row).open()
        elif what == EDIT:
            ReceiveDialog(self.window(), self._runner, detail, row).open()
        else:
            ExamineDialog(self.window(), self._runner, detail, row, may_check=detail.may_check).open()

    def _withdraw(self, row: ApplicationRow, reason: str) -> None:
        self._runner.run(applications.withdraw_application, row.id, row.version, reason)


def columns() -> list[Column[ApplicationRow]]:
    """Number, stamp, who, documents, state, points."""
    return [
        Column(_("No."), _number, width=3, right=True),
        Column(_("Received"), _stamp, width=22, tip=_stamp_tip, icon=_stamp_icon, spoken=_stamp_spoken),
        Column("", _late, width=8, meaning=_late_meaning),
        Column(_("Who applied"), _who, width=0, tip=_who_tip),
        # Translators: head of a narrow column: how many documents are there
        Column(_("Papers"), words.documents_text, width=5, right=True, tip=_lacks),
        Column(_("State"), _state, width=13, meaning=_meaning, tip=_reason),
        Column(_("Points"), _points, width=5, right=True),
    ]


def _number(row: ApplicationRow) -> str:
    return str(row.number)


def _stamp(row: ApplicationRow) -> str:
    return row.shown


def _stamp_icon(row: ApplicationRow) -> str:
    return "pencil" if row.by_hand else ""


def _stamp_spoken(row: ApplicationRow) -> str:
    return f"{row.shown}, {_stamp_tip(row)}" if row.by_hand else row.shown


def _stamp_tip(row: ApplicationRow) -> str:
    return _("typed: {reason}").format(reason=row.by_hand) if row.by_hand else ""


def _late(row: ApplicationRow) -> str:
    return _("late") if row.late else ""


def _late_meaning(row: ApplicationRow) -> Meaning | None:
    return Meaning.CONFLICT if row.late else None


def _who(row: ApplicationRow) -> str:
    return row.values.applicant


def _who_tip(row: ApplicationRow) -> str:
    channel = label(APPLICATION_CHANNELS, row.values.channel)
    return " · ".join(part for part in (channel, row.values.reference or "", row.values.note or "") if part)


def _lacks(row: ApplicationRow) -> str:
    return _("Still needed: {names}").format(names=", ".join(row.lacks)) if row.lacks else ""


def _state(row: ApplicationRow) -> str:
    return label(APPLICATION_STATES, row.state)


def _meaning(row: ApplicationRow) -> Meaning | None:
    return words.APPLICATION_MEANINGS.get(row.state)


def _reason(row: ApplicationRow) -> str:
    return row.reason or ""


def _points(row: ApplicationRow) -> str:
    return "" if row.points is None else points_text(row.points)
