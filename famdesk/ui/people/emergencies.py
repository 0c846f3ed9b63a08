"""Emergency access on the page of persons: the command, the line under an empty answer, and the end of the time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from famdesk.domain.staff import rights
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, make_action
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.widgets import Label
from famdesk.ui.people.commands import EMERGENCY
from famdesk.ui.people.emergency_dialogs import EmergencyDialog
from famdesk.usecases.people import emergency
from famdesk.usecases.people.person_rows import PersonFile

if TYPE_CHECKING:
    from famdesk.ui.people.page import PeoplePage


class Emergencies(QObject):
    """Opens the dialog, and closes a file whose time is over.

    Attributes:
        hint: a line for the page, shown when nobody was found; hidden from roles that may not ask.
    """

    def __init__(self, page: PeoplePage) -> None:
        super().__init__(page)
        self._page = page
        self.hint = QWidget()
        self.hint.hide()
        self._may = bool(rights.cell(emergency.ask.name, page.runner.role))
        self._over = QTimer(self)
        self._over.setSingleShot(True)
        self._over.timeout.connect(page.refresh)
        if not self._may:
            return
        self.action = make_action(page, _(EMERGENCY), self.ask, icon="shield-alert")
        row = QHBoxLayout(self.hint)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(2))
        row.addWidget(Label(_("Is it urgent, and perhaps a protected file?"), "second"))
        row.addWidget(ActionButton.of(self.action, kind="link"))
        row.addStretch(1)
        page.found.answered.connect(self._on_answered)

    @Slot()
    def ask(self) -> None:
        """Ask whose file, and why."""
        dialog = EmergencyDialog(self._page, self._page.runner)
        dialog.finished_with.connect(self._on_opened)
        dialog.open()

    def watch(self, file: PersonFile) -> None:
        """A file that is open by an emergency access leaves the screen when its time is over."""
        self._over.stop()
        if file.open_until is not None:
            left = (file.open_until - self._page.runner.now()).total_seconds()
            self._over.start(max(1000, min(int(left * 1000) + 1000, 2**31 - 1)))

    @Slot(str)
    def _on_answered(self, told: str) -> None:
        self.hint.setVisible(bool(told) and not self._page.found.rows)

    @Slot(object)
    def _on_opened(self, person_id: object) -> None:
        self.hint.hide()
        self._page.open_person(str(person_id))
        self._page.say(_("The file is open to you until midnight. Who works on it has been told."), Meaning.WARNING)
