"""What can be done with an entry of a file: a contact point, a household, a member."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from famdesk.i18n import _
from famdesk.ui.kit import icons
from famdesk.ui.people.family.household_dialogs import HouseholdDialog, JoinDialog, MembershipDialog
from famdesk.ui.people.file_dialogs import ContactDialog
from famdesk.usecases.family import households
from famdesk.usecases.people import contacts
from famdesk.usecases.people.person_rows import ContactRow, HouseholdRow, MemberRow, PersonFile

if TYPE_CHECKING:
    from famdesk.ui.people.page import PeoplePage


class Entries(QObject):
    """Changes entries of the file that the page shows."""

    def __init__(self, page: PeoplePage) -> None:
        super().__init__(page)
        self._page, self._runner = page, page.runner

    @Slot(str, QPoint)
    def show_menu(self, line_id: str, at: QPoint) -> None:
        """The menu of an entry, by the id of its line."""
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        actions = self.actions_for(line_id)
        for action in actions:
            action.setParent(menu)
        menu.addActions(actions)
        menu.popup(at)

    @Slot(str)
    def choose_member(self, membership_id: str) -> None:
        """Show the file of a member; of the person whose file it is, the place in the household."""
        found, file = self.member(membership_id), self._page.shown_file()
        if found is not None and file is not None and found[1].person_id != file.id:
            self._page.open_person(found[1].person_id)
        else:
            self.edit_member(membership_id)

    @Slot(str, str)
    def show_event(self, kind: str, target_id: str) -> None:
        """Ask for the record behind an entry of the timeline."""
        if kind == "appointment":
            self._page.appointment_opened.emit(target_id)
        elif kind == "access":
            self._page.item_opened.emit("access_card", target_id)
        elif kind == "emergency":
            self._page.deeds.show_emergencies()
        elif kind == "reading":
            self._page.item_opened.emit("note", target_id)
        else:
            self._page.initiative_opened.emit(target_id)

    def actions_for(self, line_id: str) -> list[QAction]:
        """The commands for a contact point, household or member, by the id of its line; for a menu shown once."""
        kind, _colon, row_id = line_id.partition(":")
        wanted: dict[str, list[tuple[str, Callable[[str], None], str]]] = {
            "contact": [
                (_("Edit…"), self.edit_contact, "pencil"),
                (_("Remove"), self.remove_contact, "trash-2"),
            ],
            "home": [
                (_("Edit…"), self.edit_household, "pencil"),
                (_("Add member…"), self.add_member, "user-plus"),
            ],
            "member": [
                (_("Open the file"), self.open_member, "folder-open"),
                (_("Role and dates…"), self.edit_member, "pencil"),
                (_("Never lived there: take out"), self.remove_member, "trash-2"),
            ],
        }
        actions = []
        for text, slot, icon in wanted[kind]:
            action = QAction(icons.icon(icon), text)
            action.triggered.connect(partial(slot, row_id))
            actions.append(action)
        return actions

    @Slot(str)
    def edit_contact(self, contact_id: str) -> None:
        """Change a contact point."""
        row = self.contact(contact_id)
        if row is not None:
            ContactDialog(self._page, self._runner, "", row).open()

    def remove_contact(self, contact_id: str) -> None:
        """Put a contact point into the bin; undo brings it back."""
        row = self.contact(contact_id)
        if row is not None:
            self._runner.run(contacts.remove_contact_point, row.id, row.version)

    @Slot(str)
    def edit_household(self, household_id: str) -> None:
        """Change a household's name and address."""
        file, home = self._page.shown_file(), self.home(household_id)
        if file is not None and home is not None:
            HouseholdDialog(self._page, self._runner, file, home).open()

    def add_member(self, household_id: str) -> None:
        """Add somebody to a household."""
        home = self.home(household_id)
        if home is not None:
            JoinDialog(self._page, self._runner, home).open()

    def open_member(self, membership_id: str) -> None:
        """Show the file of a member."""
        found = self.member(membership_id)
        if found is not None:
            self._page.open_person(found[1].person_id)

    def edit_member(self, membership_id: str) -> None:
        """Change a member's role and dates."""
        found = self.member(membership_id)
        if found is not None:
            MembershipDialog(self._page, self._runner, *found).open()

    def remove_member(self, membership_id: str) -> None:
        """Take out somebody who was entered by mistake."""
        found = self.member(membership_id)
        if found is not None:
            self._runner.run(households.remove_membership, membership_id, found[1].version)

    def home(self, household_id: str) -> HouseholdRow | None:
        """A household of the file."""
        file = self._page.shown_file()
        return next((home for home in (file.households if file else ()) if home.id == household_id), None)

    def member(self, membership_id: str) -> tuple[HouseholdRow, MemberRow] | None:
        """A household with one of its members."""
        file: PersonFile | None = self._page.shown_file()
        pairs = ((home, member) for home in (file.households if file else ()) for member in home.members)
        return next((pair for pair in pairs if pair[1].membership_id == membership_id), None)

    def contact(self, contact_id: str) -> ContactRow | None:
        """A contact point of the file."""
        file = self._page.shown_file()
        return next((row for row in (file.contacts if file else ()) if row.id == contact_id), None)
