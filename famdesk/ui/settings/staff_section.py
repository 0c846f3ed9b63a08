"""Settings: colleagues, their roles, their accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from famdesk.domain.codes import PROFESSIONS, label
from famdesk.domain.staff import rights
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.popup import Choice
from famdesk.ui.kit.rows import Column, RowModel
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.table import Table
from famdesk.ui.kit.widgets import Card, Label
from famdesk.ui.settings.leaving_dialog import LeavingDialog
from famdesk.ui.settings.roles import SEES, sees
from famdesk.ui.settings.section import Section, button, reason_label
from famdesk.ui.settings.staff_dialogs import AccountDialog, ColleagueDialog, ResetPasswordDialog
from famdesk.usecases.centre.centre import MeRow
from famdesk.usecases.directory import directory
from famdesk.usecases.directory.directory_rows import BodyRow
from famdesk.usecases.staff import staff
from famdesk.usecases.staff.staff import ColleagueRow

if TYPE_CHECKING:
    from famdesk.usecases.office import Office

CHANGE = "staff.change_colleague"


class StaffSection(Section):
    """The colleagues as a table; Enter changes one."""

    def __init__(self, runner: Runner, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._office = office
        self._may = False
        self._employers: tuple[Choice, ...] = ()
        self._model: RowModel[ColleagueRow] = RowModel(_columns())
        self.table: Table[ColleagueRow] = Table(self._model, _("Colleagues"), _("No colleagues yet."))
        self._add = button(_("Add colleague"), "user-plus", self._on_add)
        self._change = button(_("Change"), "pencil", self._on_change)
        self._account = button(_("Give account"), "key-round", self._on_account)
        self._password = button(_("New password"), "lock", self._on_password)
        self._leave = button(_("Leaves…"), "log-out", self._on_leave)
        self._reason = reason_label(CHANGE)
        self._build()
        self.table.activated_id.connect(self._on_change)
        self.table.current_changed.connect(self._on_current)

    def read(self, me: MeRow) -> None:
        self._may = CHANGE in me.may
        for one in (self._add, self._change, self._account, self._leave):
            one.setVisible(self._may)
        self._password.setVisible(self._may and self._office.home.settings().server is not None)
        self._reason.setVisible(not self._may)
        self.runner.fetch(directory.bodies, then=self._take_bodies)
        self.runner.fetch(staff.colleagues, False, then=self._show, latest="colleagues")

    def _build(self) -> None:
        people = Card(_("Colleagues"), "users")
        for one in (self._leave, self._password, self._account, self._change, self._add):
            people.tools.addWidget(one)
        people.body.addWidget(self._reason)
        people.add_wide(self.table)
        roles = Card(_("What each role sees"), "eye")
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.unit(4))
        grid.setVerticalSpacing(theme.unit(2))
        grid.setColumnStretch(1, 1)
        for row, role in enumerate(SEES):
            grid.addWidget(Label(_(rights.ROLE_LABELS[role]), "strong"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(sees(role), "second", wrap=True), row, 1)
        roles.body.addLayout(grid)
        for card in (people, roles):
            self.body.addWidget(card)
        self.body.addStretch(1)

    def _take_bodies(self, rows: tuple[BodyRow, ...]) -> None:
        self._employers = tuple(Choice(row.id, row.name, detail=row.short_name or "") for row in rows)

    def _show(self, rows: tuple[ColleagueRow, ...]) -> None:
        self._model.set_rows(sorted(rows, key=lambda row: not row.active))
        height = self.table.verticalHeader().defaultSectionSize()
        header = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(max(len(rows), 2) * height + header + 4)
        self._on_current()

    @Slot()
    def _on_current(self) -> None:
        row = self.table.current_row()
        self._change.setEnabled(row is not None)
        self._account.setEnabled(row is not None and row.login is None and row.active)
        other = row is not None and row.login is not None and row.id != self._office.actor.staff_id
        self._password.setEnabled(other and row is not None and row.active)
        self._leave.setEnabled(other and row is not None and row.active)

    @Slot()
    def _on_add(self) -> None:
        ColleagueDialog(self.window(), self.runner, self._employers).open()

    @Slot()
    def _on_change(self) -> None:
        row = self.table.current_row()
        if row is not None and self._may:
            ColleagueDialog(self.window(), self.runner, self._employers, row).open()

    @Slot()
    def _on_account(self) -> None:
        row = self.table.current_row()
        if row is not None and self._may:
            dialog = AccountDialog(self.window(), self.runner, self._office, row)
            dialog.finished_with.connect(self._on_given)
            dialog.open()

    @Slot()
    def _on_password(self) -> None:
        row = self.table.current_row()
        if row is not None and self._may:
            dialog = ResetPasswordDialog(self.window(), self.runner, self._office, row)
            dialog.finished_with.connect(self._on_reset)
            dialog.open()

    @Slot()
    def _on_reset(self) -> None:
        self.say(_("Your colleague has a new password, and finds a notice of it at the next sign-in."))

    @Slot()
    def _on_leave(self) -> None:
        row = self.table.current_row()
        if row is not None and self._may:
            dialog = LeavingDialog(self.window(), self.runner, self._office, row)
            dialog.finished_with.connect(self._on_left)
            dialog.open()

    @Slot()
    def _on_left(self) -> None:
        self.say(_("The access is ended. Make a new backup now: those of before open with the passwords of then."))
        self.runner.fetch(staff.colleagues, False, then=self._show, latest="colleagues")

    @Slot()
    def _on_given(self) -> None:
        self.say(_("The account is ready: your colleague can sign in."))


def _columns() -> list[Column[ColleagueRow]]:
    return [
        Column(_("Name"), _name, width=0, strong=True),
        Column(_("Role"), _role, width=16),
        Column(_("Profession"), _profession, width=15),
        Column(_("Employer"), _employer, width=12, second=True),
        Column(_("Account"), _login, width=15, meaning=_login_meaning),
    ]


def _name(row: ColleagueRow) -> str:
    return row.name


def _role(row: ColleagueRow) -> str:
    return _(rights.ROLE_LABELS[row.role]) if row.role in rights.ROLE_LABELS else row.role


def _profession(row: ColleagueRow) -> str:
    return label(PROFESSIONS, row.profession)


def _employer(row: ColleagueRow) -> str:
    return row.employer or ""


def _login(row: ColleagueRow) -> str:
    if not row.active:
        return _("no longer here")
    return row.login or _("no account")


def _login_meaning(row: ColleagueRow) -> Meaning | None:
    if not row.active:
        return Meaning.CLOSED
    return None if row.login else Meaning.WARNING
