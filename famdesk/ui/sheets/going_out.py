"""What else can be done with sheets than printing the one that is shown: mail, posters of all places, the register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from famdesk.domain.staff import rights
from famdesk.i18n import _
from famdesk.ui.kit.buttons import make_action
from famdesk.ui.send_dialog import SendDialog
from famdesk.ui.sheets import making
from famdesk.ui.sheets.places_dialog import PlacesDialog
from famdesk.ui.sheets.register_dialog import RegisterDialog
from famdesk.usecases.calendar import calendar
from famdesk.usecases.post import sheet_mails

if TYPE_CHECKING:
    from famdesk.ui.sheets.page import SheetsPage
    from famdesk.usecases.calendar.appointment_rows import AppointmentDetail


class GoingOut(QObject):
    """The commands; they stand below the options.

    Attributes:
        actions: the commands, the most frequent first.
    """

    def __init__(self, page: SheetsPage) -> None:
        super().__init__(page)
        self._page = page
        self.actions: tuple[QAction, ...] = (
            make_action(page, _("Posters of all places"), self.print_all, icon="map-pinned", shortcut="Ctrl+Shift+P"),
            make_action(page, _("Print register"), self.show_register, icon="clipboard-list", shortcut="Ctrl+R"),
        )
        if rights.cell(sheet_mails.to_body.name, page.runner.role):
            send = make_action(page, _("Send by mail…"), self.send, icon="mail", shortcut="Ctrl+M")
            self.actions = (send, *self.actions)

    @Slot()
    def print_all(self) -> None:
        """The posters of all places, in one file."""
        PlacesDialog(self._page, self._page.runner, self._page.places).open()

    @Slot()
    def show_register(self) -> None:
        """Which sheets with people on them left."""
        RegisterDialog(self._page, self._page.runner).open()

    @Slot()
    def send(self) -> None:
        """Ask to whom, then put the sheet as its options are down for sending."""
        self._page.live.when_made(self._ask_whom)

    def _ask_whom(self) -> None:
        """To whom; the slip of an appointment goes to the person whom it is for."""
        page = self._page
        if page.appointment and page.out.key == "appointment-slip":
            page.runner.fetch(calendar.appointment, page.appointment, then=self._ask_for, owner=self)
        elif page.preview.data:
            self._open(None)

    def _ask_for(self, row: AppointmentDetail) -> None:
        self._open((row.person_id, "") if row.person_id else None)

    def _open(self, person: tuple[str, str] | None) -> None:
        page = self._page
        if not page.preview.data:
            return
        sheet = page.out.printout()
        public = making.is_public(sheet.key, sheet.marks)
        dialog = SendDialog(page, page.runner, sheet, person=person, public=public)
        dialog.finished_with.connect(self._on_sent)
        dialog.open()

    @Slot(object)
    def _on_sent(self, _mail: object) -> None:
        self._page.say(_("It goes out in a moment."))
