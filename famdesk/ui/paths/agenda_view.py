"""The team's talks: meetings at the left, at the right the agenda of one, case by case, by code."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from famdesk.i18n import _, formats, language, ngettext, using
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, make_action
from famdesk.ui.kit.dialog import Dialog, confirm
from famdesk.ui.kit.lines import LineList
from famdesk.ui.kit.movable_lines import MovableList
from famdesk.ui.kit.papers.sheet_dialog import SheetDialog
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card, Label
from famdesk.ui.paths.agenda_dialogs import CaseDialog, MeetingDialog
from famdesk.ui.paths.words import case_line, meeting_line
from famdesk.usecases.paths import case_agenda
from famdesk.usecases.paths.case_agenda import AgendaContent, CaseMeetingRow, CaseRow


class AgendaView(QWidget):
    """Meetings and their cases.

    Attributes:
        meetings, cases: the lists.

    Signals:
        person_opened(str): show the file behind a code.
        failed(object): an error to present.
    """

    person_opened = Signal(str)
    failed = Signal(object)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._rows: dict[str, CaseMeetingRow] = {}
        self._wanted = ""
        self.meetings = LineList(_("Team meetings"), _("No team meeting is planned."))
        self.cases = MovableList(_("Cases"), _("No case is on this agenda yet."))
        self.add_meeting = make_action(self, _("New team meeting…"), self._on_new, icon="plus")
        self.add_case = make_action(self, _("Add a case…"), self._on_case, icon="plus")
        self.change = make_action(self, _("Change…"), self._on_change, icon="pencil")
        self.remove = make_action(self, _("Remove"), self._on_remove, icon="trash-2")
        self.open_file = make_action(self, _("Open the file"), self._on_file, icon="folder-open")
        self.print = make_action(self, _("Print the agenda…"), self.print_now, icon="printer")
        self._told = Label("", "second", wrap=True)
        self._lay_out()
        self.meetings.current_changed.connect(self._on_meeting)
        self.meetings.activated_id.connect(self._on_activated)
        self.cases.activated_id.connect(self._on_open_case)
        self.cases.moved.connect(self._on_moved)

    @Slot()
    def read(self, _done: object = None) -> None:
        """Ask for the meetings."""
        self._runner.fetch(case_agenda.meetings, then=self._show, failed=self.failed.emit, owner=self, latest="agenda")

    @Slot()
    def print_now(self) -> None:
        """The agenda on paper: codes, no names."""
        row = self._meeting()
        if row is not None:
            AgendaSheet(self, self._runner, row.id).open()

    def _lay_out(self) -> None:
        left = Card(_("Team meetings"), "users")
        left.tools.addWidget(ActionButton.of(self.add_meeting, kind="link"))
        left.add_wide(self.meetings, 1)
        left.setMaximumWidth(theme.unit(110))
        right = Card(_("Agenda"), "list-checks", note=_("by code, without names"))
        right.tools.addWidget(ActionButton.of(self.add_case, kind="link"))
        right.body.addWidget(self._told)
        right.add_wide(self.cases, 1)
        below = QHBoxLayout()
        below.setSpacing(theme.unit(2))
        for action in (self.print, self.open_file, self.change, self.remove):
            below.addWidget(ActionButton.of(action))
        below.addStretch(1)
        right.body.addLayout(below)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(3.5))
        row.addWidget(left, 35)
        row.addWidget(right, 65)

    def _meeting(self) -> CaseMeetingRow | None:
        return self._rows.get(self.meetings.current_id())

    def _case(self) -> CaseRow | None:
        row = self._meeting()
        current = self.cases.current_id()
        return next((one for one in row.cases if one.id == current), None) if row else None

    def _show(self, rows: tuple[CaseMeetingRow, ...]) -> None:
        wanted = self._wanted or self.meetings.current_id()
        self._wanted = ""
        self._rows = {row.id: row for row in rows}
        self.meetings.set_lines([meeting_line(row) for row in rows])
        if not self.meetings.set_current_id(wanted) and rows:
            self.meetings.set_current_id(rows[0].id)
        self._on_meeting()

    @Slot()
    def _on_meeting(self) -> None:
        row, current = self._meeting(), self.cases.current_id()
        cases = row.cases if row else ()
        self.cases.set_movable([one.id for one in cases])
        self.cases.set_lines([case_line(one) for one in cases])
        if cases and not self.cases.set_current_id(current):
            self.cases.set_current_id(cases[0].id)
        minutes = row.minutes if row else 0
        told = ngettext("Together {n} minute.", "Together {n} minutes.", minutes).format(n=formats.number(minutes))
        self._told.setText(told if cases else "")
        for action in (self.add_case, self.change, self.remove, self.print):
            action.setEnabled(row is not None)
        self.open_file.setEnabled(bool(cases))

    @Slot()
    def _on_new(self) -> None:
        self._open(MeetingDialog(self, self._runner), new=True)

    @Slot(str)
    def _on_activated(self, meeting_id: str) -> None:
        if meeting_id in self._rows:
            self._open(MeetingDialog(self, self._runner, self._rows[meeting_id]))

    @Slot()
    def _on_case(self) -> None:
        row = self._meeting()
        if row is not None:
            self._open(CaseDialog(self, self._runner, row.id))

    @Slot(str)
    def _on_open_case(self, _case_id: str) -> None:
        self._on_change()

    @Slot()
    def _on_change(self) -> None:
        row, case = self._meeting(), self._case()
        if row is not None and case is not None:
            self._open(CaseDialog(self, self._runner, row.id, case))
        elif row is not None:
            self._open(MeetingDialog(self, self._runner, row))

    @Slot()
    def _on_remove(self) -> None:
        row, case = self._meeting(), self._case()
        if case is not None:
            self._runner.run(case_agenda.remove_case, case.id, case.version, then=self.read, failed=self.failed.emit,
                             owner=self)  # fmt: skip
        elif row is not None:
            deed = partial(self._remove_meeting, row)
            confirm(self, _("Remove this team meeting?"), _("Remove"), deed)

    def _remove_meeting(self, row: CaseMeetingRow) -> None:
        self._runner.run(case_agenda.remove_meeting, row.id, row.version, then=self.read, failed=self.failed.emit,
                         owner=self)  # fmt: skip

    @Slot()
    def _on_file(self) -> None:
        case = self._case()
        if case is not None:
            self._runner.fetch(first_person, case.code, then=self.person_opened.emit, failed=self.failed.emit,
                               owner=self)  # fmt: skip

    @Slot(str, int)
    def _on_moved(self, case_id: str, by: int) -> None:
        case = next((one for row in self._rows.values() for one in row.cases if one.id == case_id), None)
        if case is not None:
            self._runner.run(case_agenda.move_case, case.id, case.version, by, then=self.read, failed=self.failed.emit,
                             owner=self)  # fmt: skip

    def _open(self, dialog: Dialog, *, new: bool = False) -> None:
        if new:
            dialog.finished_with.connect(self._on_made)
        dialog.finished_with.connect(self.read)
        dialog.open()

    @Slot(object)
    def _on_made(self, meeting_id: object) -> None:
        self._wanted = str(meeting_id)


def first_person(tx: object, code: str) -> str:
    """The id of the first person of a path, for who may know all of them."""
    from famdesk.usecases.paths import paths

    return paths.by_code(tx, code).person_ids[0]  # type: ignore[arg-type]


class AgendaSheet(SheetDialog):
    """The agenda, printed or saved."""

    def __init__(self, parent: QWidget, runner: Runner, meeting_id: str) -> None:
        from famdesk.i18n import LANGUAGES

        super().__init__(
            parent, runner, _("Agenda of the team meeting"), _("team-agenda"), case_sheet, render_agenda,
            [(code, code.upper()) for code in LANGUAGES], _("Language"), what=(meeting_id,), first=language(),
            note=_("Codes only: nobody is named."), key="case-agenda",
        )  # fmt: skip


def case_sheet(tx: object, wanted: str, meeting_id: str) -> AgendaContent:
    """What the sheet says, in the words of a language."""
    with using(wanted):
        return case_agenda.sheet(tx, meeting_id)  # type: ignore[arg-type]


def render_agenda(content: AgendaContent, wanted: str) -> bytes:
    """The PDF."""
    from famdesk.sheets.people import case_agenda as sheet

    with using(wanted):
        return sheet.render(content)
