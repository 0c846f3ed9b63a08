"""The menu that adds a record to the guide and then shows its card."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from famdesk.i18n import _
from famdesk.ui.directory import entry_dialogs
from famdesk.ui.directory.entries import key_of
from famdesk.ui.directory.entry_dialogs import EntryDialog
from famdesk.ui.directory.reading import Read
from famdesk.ui.kit import icons
from famdesk.ui.kit.runner import Runner


class NewEntryMenu(QMenu):
    """Service, body, place, access point: those that the role may add.

    Signals:
        added(str): the key of the new record.
    """

    added = Signal(str)

    def __init__(self, runner: Runner, parent: QWidget) -> None:
        super().__init__(parent)
        self._runner = runner
        self._owner = parent
        self._read = Read()
        for kind, text, icon in (
            ("service", _("Service"), "heart-handshake"), ("body", _("Body"), "building-2"),
            ("place", _("Place"), "map-pinned"), ("access_point", _("Access point"), "map-pin"),
        ):  # fmt: skip
            action = QAction(icons.icon(icon), text, self)
            action.setData(kind)
            self.addAction(action)
        self.triggered.connect(self._on_chosen)

    def set_read(self, read: Read) -> None:
        """Take the lists that the forms choose from, and who is here."""
        self._read = read
        may = read.me.may if read.me else frozenset()
        needed = {"service": "bodies.add_service", "body": "bodies.add_body", "place": "places.add_place",
                  "access_point": "places.add_access_point"}  # fmt: skip
        for action in self.actions():
            action.setEnabled(needed[action.data()] in may)

    def start(self, kind: str) -> EntryDialog:
        """Opens the form of a new record."""
        forms: dict[str, Callable[..., EntryDialog]] = {
                 "service": entry_dialogs.service_dialog, "body": entry_dialogs.body_dialog,
                 "place": entry_dialogs.place_dialog, "access_point": entry_dialogs.point_dialog}  # fmt: skip
        known = entry_dialogs.known(self._read.bodies, self._read.places, self._read.points)
        dialog = forms[kind](self._owner.window(), self._runner, known)
        dialog.setProperty("entry_kind", kind)
        dialog.finished_with.connect(self._on_added)
        return dialog

    @Slot(QAction)
    def _on_chosen(self, action: QAction) -> None:
        self.start(action.data())

    @Slot(object)
    def _on_added(self, record_id: object) -> None:
        sender = self.sender()
        if isinstance(record_id, str):
            self.added.emit(key_of(sender.property("entry_kind"), record_id))
