"""What can be done with the file that is open: its commands, each with icon and shortcut, and their dialogs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from famdesk.domain.staff import rights
from famdesk.i18n import _
from famdesk.ui.kit.buttons import make_action
from famdesk.ui.kit.dialog import Dialog, confirm
from famdesk.ui.kit.runner import Runner
from famdesk.ui.people.emergency_dialogs import AccessesDialog
from famdesk.ui.people.family.household_dialogs import HouseholdDialog, LivesWithDialog
from famdesk.ui.people.file_dialogs import ContactDialog, PrivacyDialog, ProtectionDialog
from famdesk.ui.people.history_dialog import HistoryDialog
from famdesk.ui.people.letter_dialog import LetterDialog
from famdesk.ui.people.merge_dialog import MergeDialog
from famdesk.ui.people.person_dialog import PersonDialog
from famdesk.ui.people.ties_dialog import TiesDialog
from famdesk.usecases.people import contacts, emergency, merging, people
from famdesk.usecases.people.person_rows import PersonFile

if TYPE_CHECKING:
    from famdesk.ui.people.page import PeoplePage

Opener = Callable[[QWidget, Runner, PersonFile], Dialog]


def _new_contact(parent: QWidget, runner: Runner, file: PersonFile) -> Dialog:
    return ContactDialog(parent, runner, file.id, None)


def _new_household(parent: QWidget, runner: Runner, file: PersonFile) -> Dialog:
    return HouseholdDialog(parent, runner, file, None)


_DIALOGS: Final[dict[str, Opener]] = {
    "edit": PersonDialog,
    "contact": _new_contact,
    "household": _new_household,
    "lives_with": LivesWithDialog,
    "privacy": PrivacyDialog,
    "protection": ProtectionDialog,
    "letter": LetterDialog,
    "merge": MergeDialog,
    "ties": TiesDialog,
    "history": HistoryDialog,
    "emergencies": AccessesDialog,
}
_READING: Final = frozenset({"history", "emergencies"})
"""What can be done with a file that is open by an emergency access only."""


_ASK: Final = "ask_to_merge"


_NEEDED: Final = {"protection": people.set_protection.name, "remove": people.remove_person.name}
"""Rights without which a deed is not offered."""


class Deeds(QObject):
    """The commands of a file.

    Attributes:
        frequent: shown as buttons, the first is the primary one; rare: in the menu.
        add_contact, add_household: stand at their lists.

    Signals:
        appointment_requested(str), card_requested(str), slip_requested(str): see the page.
        removed(): the file went into the bin.
    """

    appointment_requested = Signal(str)
    card_requested = Signal(str)
    slip_requested = Signal(str)
    removed = Signal()

    def __init__(self, page: PeoplePage) -> None:
        super().__init__(page)
        self._page, self._runner = page, page.runner
        self._file: PersonFile | None = None
        self.frequent = (
            self._make("appointment", _("Appointment"), "calendar-plus", "Ctrl+Shift+A"),
            self._make("card", _("Access card"), "clipboard-list", "Ctrl+Shift+C"),
            self._make("edit", _("Edit"), "pencil", "Ctrl+E"),
        )
        self.add_contact = self._make("contact", _("Add contact"), "plus", "Ctrl+Shift+R")
        self.add_household = self._make("household", _("Add household"), "plus", "Ctrl+Shift+F")
        self.rare = (
            self._make("slip", _("Print the appointment slip"), "printer"),
            self._make("letter", _("Letter…"), "mail", "Ctrl+Shift+W"),
            self._make("later", _("Call back later"), "phone"),
            self._make("lives_with", _("Lives with…"), "house"),
            self._make("privacy", _("Privacy notice…"), "signature"),
            self._make("history", _("History of the file"), "history", "Ctrl+H"),
            self._make("ties", _("Who works on this file…"), "users"),
            *self._emergencies(),
            *self._merging(),
            self._make("never", _("Never contact this person"), "ban"),
            self._make("protection", _("Protection…"), "shield-alert"),
            self._make("remove", _("Remove person…"), "trash-2"),
        )
        for action in self.rare:
            needed = _NEEDED.get(action.data())
            action.setVisible(needed is None or bool(rights.cell(needed, self._runner.role)))
        self.set_file(None)

    def set_file(self, file: PersonFile | None) -> None:
        """The file that is open; without one nothing can be done."""
        self._file = file
        for action in (*self.frequent, *self.rare, self.add_contact, self.add_household):
            closed = file is not None and file.open_until is not None and action.data() not in _READING
            action.setEnabled(file is not None and action.data() != _ASK and not closed)
            if action.data() == "never":
                never = file is not None and file.no_contact
                action.setText(_("Contact is allowed again") if never else _("Never contact this person"))

    @Slot()
    def show_emergencies(self) -> None:
        """Who opened the file in an emergency, and ending it."""
        if self._file is not None and self._emergencies_action is not None:
            self._emergencies_action.trigger()

    def _emergencies(self) -> list[QAction]:
        self._emergencies_action: QAction | None = None
        if rights.cell(emergency.of_person.name, self._runner.role):
            self._emergencies_action = self._make("emergencies", _("Emergency accesses…"), "shield-alert")
        return [self._emergencies_action] if self._emergencies_action is not None else []

    def _merging(self) -> list[QAction]:
        may = rights.cell(merging.merge.name, self._runner.role)
        if may:
            return [self._make("merge", _("Merge with another file…"), "copy")]
        roles = " / ".join(rights.roles_for(merging.merge.name))
        # Translators: whom to ask for what one may not do oneself; {roles} as in "social worker / coordinator"
        told = _("Two files of one person? To merge them ask: {roles}").format(roles=roles)
        return [self._make(_ASK, told, "copy")]

    def _make(self, key: str, text: str, icon: str, shortcut: str = "") -> QAction:
        action = make_action(self._page, text, self._on_deed, icon=icon, shortcut=shortcut)
        action.setData(key)
        return action

    @Slot()
    def _on_deed(self) -> None:
        action = self.sender()
        if self._file is None or not isinstance(action, QAction):
            return
        key = action.data()
        signals = {
            "appointment": self.appointment_requested,
            "card": self.card_requested,
            "slip": self.slip_requested,
        }
        if key in signals:
            signals[key].emit(self._file.id)
        elif key == "later":
            self._page.item_opened.emit("follow_up_for", self._file.id)
        elif key == "never":
            self._runner.run(contacts.set_no_contact, self._file.id, self._file.version,
                             never=not self._file.no_contact)  # fmt: skip
        elif key == "remove":
            self._ask_to_remove()
        else:
            self._open(_DIALOGS[key](self._page, self._runner, self._file))

    def _open(self, dialog: Dialog) -> None:
        if isinstance(dialog, PersonDialog):
            dialog.person_chosen.connect(self._page.open_person)
        if isinstance(dialog, MergeDialog):
            dialog.merged.connect(self._page.open_person)
        if isinstance(dialog, AccessesDialog):
            dialog.finished_with.connect(lambda _nothing: self._page.refresh())
        dialog.open()

    def _ask_to_remove(self) -> None:
        detail = _("It disappears from every list. Undo brings it back.")
        question = _("Put this file into the bin?")
        confirm(self._page, question, _("Remove"), self._remove, danger=True, detail=detail)

    def _remove(self) -> None:
        if self._file:
            self._runner.run(people.remove_person, self._file.id, self._file.version, then=self._on_removed)

    def _on_removed(self, _nothing: None) -> None:
        self.removed.emit()
