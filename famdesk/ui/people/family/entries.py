"""What can be done on the family tab: adding, and the menu of each entry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from famdesk.i18n import _
from famdesk.ui.kit import icons
from famdesk.ui.people import words
from famdesk.ui.people.family.dialogs import (
    DelegateDialog,
    EndDialog,
    MeasureDialog,
    PlacementDialog,
    ResponsibilityDialog,
)
from famdesk.ui.people.family.household_dialogs import HouseholdDialog, JoinDialog, LivesWithDialog, MembershipDialog
from famdesk.ui.people.family.relation import RelationDialog, RelativeDialog
from famdesk.usecases.family import delegates, households, placements, relations, responsibilities
from famdesk.usecases.people import measures
from famdesk.usecases.people.person_rows import HouseholdRow, MemberRow

if TYPE_CHECKING:
    from famdesk.ui.people.family.panel import FamilyPanel

Command = tuple[str, Callable[[str], object], str]
Rows = Callable[[], Sequence[Any]]


class FamilyEntries(QObject):
    """Changes what the family tab shows of a file."""

    def __init__(self, panel: FamilyPanel) -> None:
        super().__init__(panel)
        self._panel, self._runner = panel, panel.runner
        self.homes = HomeEntries(panel)

    @Slot()
    def add(self) -> None:
        """What an action of the panel adds; its data is the key."""
        action, file = self.sender(), self._panel.file
        if file is None or not isinstance(action, QAction):
            return
        page, runner = self._panel.window(), self._runner
        makers: dict[str, Callable[[], Any]] = {
            "relative": lambda: RelativeDialog(page, runner, file),
            "network": lambda: RelativeDialog(page, runner, file, network=True),
            "household": lambda: HouseholdDialog(page, runner, file, None),
            "lives_with": lambda: LivesWithDialog(page, runner, file),
            "responsibility": lambda: ResponsibilityDialog(page, runner, file, None),
            "placement": lambda: PlacementDialog(page, runner, file, None),
            "delegate": lambda: DelegateDialog(page, runner, file, None),
            "measure": lambda: MeasureDialog(page, runner, file, None),
        }
        makers[str(action.data())]().open()

    @Slot(str)
    def activate(self, line_id: str) -> None:
        """Enter or a double click on an entry: its first command."""
        commands = self._commands(line_id)
        if commands:
            commands[0][1](line_id.partition(":")[2])

    @Slot(str, QPoint)
    def show_menu(self, line_id: str, at: QPoint) -> None:
        """The menu of an entry, by the id of its line."""
        menu = QMenu(self._panel)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        actions = self.actions_for(line_id)
        for action in actions:
            action.setParent(menu)
        menu.addActions(actions)
        if actions:
            menu.popup(at)

    def actions_for(self, line_id: str) -> list[QAction]:
        """The commands for an entry, by the id of its line; for a menu shown once."""
        actions = []
        for text, slot, icon in self._commands(line_id):
            action = QAction(icons.icon(icon), text)
            action.triggered.connect(partial(slot, line_id.partition(":")[2]))
            actions.append(action)
        return actions

    def _commands(self, line_id: str) -> Sequence[Command]:
        shown = self._panel.shown
        key = line_id.partition(":")[0]
        if key == "relation":
            usual = self._usual(lambda: shown.relations if shown else (), RelationDialog,
                                relations.end_relation, relations.remove_relation)  # fmt: skip
            return ((_("Open the file"), self._open_other, "folder-open"), *usual)
        if key == "responsibility":
            return self._usual(lambda: shown.responsibilities if shown else (), ResponsibilityDialog,
                               responsibilities.end_responsibility, responsibilities.remove_responsibility)  # fmt: skip
        if key == "placement":
            return self._usual(lambda: shown.placements if shown else (), PlacementDialog,
                               placements.end_placement, placements.remove_placement)  # fmt: skip
        if key == "delegate":
            return self._usual(lambda: shown.delegates if shown else (), DelegateDialog,
                               delegates.end_delegate, delegates.remove_delegate)  # fmt: skip
        if key == "measure":
            return self._usual(lambda: self._panel.drawer.rows, MeasureDialog, None, measures.remove_measure)
        if key == "presumed":
            return (
                (_("Confirm parental responsibility"), self._confirm, "check"),
                (_("Open the file"), self._panel.person_opened.emit, "folder-open"),
            )
        return self.homes.commands(key)

    def _usual(self, rows: Rows, dialog: Any, end: Any, remove: Any) -> tuple[Command, ...]:
        """The commands of what is changed in a dialog, ended with a day, or taken away; `end` None: has no such end."""

        def row(row_id: str) -> Any:
            return next((one for one in rows() if one.id == row_id), None)

        def change(row_id: str) -> None:
            if row(row_id) is not None:
                dialog(self._panel.window(), self._runner, self._panel.file, row(row_id)).open()

        def finish(row_id: str) -> None:
            if row(row_id) is not None:
                title = self._panel.line_title(row_id)
                EndDialog(self._panel.window(), self._runner, title, end, row_id, row(row_id).version).open()

        def take_away(row_id: str) -> None:
            if row(row_id) is not None:
                self._runner.run(remove, row_id, row(row_id).version)

        ending: tuple[Command, ...] = ((_("No longer so…"), finish, "calendar-x"),) if end else ()
        return (
            (_("Change…"), change, "pencil"),
            *ending,
            (_("Entered by mistake: take away"), take_away, "trash-2"),
        )

    def _open_other(self, row_id: str) -> None:
        rows = self._panel.shown.relations if self._panel.shown else ()
        for row in rows:
            if row.id == row_id:
                self._panel.person_opened.emit(row.other_id)

    def _confirm(self, _person_id: str) -> None:
        if self._panel.file is not None:
            self._runner.run(responsibilities.confirm_parents, self._panel.file.id)


class HomeEntries:
    """The households of the file and their members."""

    def __init__(self, panel: FamilyPanel) -> None:
        self._panel, self._runner = panel, panel.runner

    def commands(self, key: str) -> Sequence[Command]:
        """The commands of a household or of a member."""
        table: dict[str, tuple[Command, ...]] = {
            "home": (
                (_("Edit…"), self._edit_home, "pencil"),
                (_("Add member…"), self._add_member, "user-plus"),
            ),
            "member": (
                (_("Open the file"), self._open_member, "folder-open"),
                (_("Role, dates and days…"), self._edit_member, "pencil"),
                (_("Moved out…"), self._end_member, "calendar-x"),
                (_("Never lived there: take out"), self._remove_member, "trash-2"),
            ),
        }
        return table.get(key, ())

    def _home(self, household_id: str) -> HouseholdRow | None:
        file = self._panel.file
        return next((home for home in (file.households if file else ()) if home.id == household_id), None)

    def _edit_home(self, household_id: str) -> None:
        file, home = self._panel.file, self._home(household_id)
        if file is not None and home is not None:
            HouseholdDialog(self._panel.window(), self._runner, file, home).open()

    def _add_member(self, household_id: str) -> None:
        home = self._home(household_id)
        if home is not None:
            JoinDialog(self._panel.window(), self._runner, home).open()

    def _member(self, membership_id: str) -> tuple[HouseholdRow, MemberRow] | None:
        file = self._panel.file
        pairs = ((home, one) for home in (file.households if file else ()) for one in home.members)
        return next((pair for pair in pairs if pair[1].membership_id == membership_id), None)

    def _open_member(self, membership_id: str) -> None:
        found, file = self._member(membership_id), self._panel.file
        if found is None or file is None:
            return
        if found[1].person_id == file.id:
            self._edit_member(membership_id)
        else:
            self._panel.person_opened.emit(found[1].person_id)

    def _edit_member(self, membership_id: str) -> None:
        found = self._member(membership_id)
        if found is not None:
            MembershipDialog(self._panel.window(), self._runner, *found).open()

    def _end_member(self, membership_id: str) -> None:
        found = self._member(membership_id)
        if found is not None:
            title, member = words.joined(found[1].label, found[0].name), found[1]
            EndDialog(self._panel.window(), self._runner, title, households.leave_household, membership_id,
                      member.version).open()  # fmt: skip

    def _remove_member(self, membership_id: str) -> None:
        found = self._member(membership_id)
        if found is not None:
            self._runner.run(households.remove_membership, membership_id, found[1].version)
