"""Settings: locking, one's password, backups, and where the data live."""

from __future__ import annotations

import os
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QWidget

from famdesk.i18n import _, formats, ngettext
from famdesk.ui.kit import settings as store
from famdesk.ui.kit.idle import IdleWatch
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card, Label, Segmented
from famdesk.ui.settings.envelope_card import EnvelopeCard
from famdesk.ui.settings.second_step_card import SecondStepCard
from famdesk.ui.settings.section import Section, button, reason_label
from famdesk.ui.settings.staff_dialogs import OwnPasswordDialog
from famdesk.usecases import care
from famdesk.usecases.centre.centre import MeRow

if TYPE_CHECKING:
    from famdesk.usecases.office import Office

MINUTES = (2, 5, 10, 15, 30)
BACKUP = "care.note_backup"


class SafetySection(Section):
    """What protects the data, each with its button.

    Signals:
        backup_requested(): make a backup now; the program asks where.
    """

    backup_requested = Signal()

    def __init__(self, runner: Runner, office: Office, settings: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._office, self._settings = office, settings
        choices = [(str(count), ngettext("{n} minute", "{n} minutes", count).format(n=count)) for count in MINUTES]
        self.minutes = Segmented(choices, _("Lock by itself after"))
        self._last = Label("", wrap=True)
        self._backup = button(_("Make a backup now"), "save", self.backup_requested)
        self._reason = reason_label(BACKUP)
        self._build()
        self.minutes.set_current(_nearest(store.read(settings, store.IDLE_MINUTES)))
        self.minutes.chosen.connect(self._on_minutes)

    def read(self, me: MeRow) -> None:
        may = BACKUP in me.may
        self._backup.setVisible(may)
        self._reason.setVisible(not may)
        self.runner.fetch(care.last_backup, then=self._show_backup)
        self.second_step.look()

    def _build(self) -> None:
        left = Qt.AlignmentFlag.AlignLeft
        lock = Card(_("Lock by itself after"), "lock")
        lock.body.addWidget(self.minutes, 0, left)
        lock.body.addWidget(Label(_("Ctrl+L locks at once, Shift+Esc hides everything."), "second", wrap=True))
        password = Card(_("Your password"), "key-round")
        password.body.addWidget(button(_("Change your password"), "key-round", self._on_password), 0, left)
        backup = Card(_("Backup"), "save")
        backup.body.addWidget(self._last)
        backup.body.addWidget(self._reason)
        backup.body.addWidget(self._backup, 0, left)
        self.envelope = EnvelopeCard(self.runner, self._office)
        self.envelope.told.connect(self.say)
        self.envelope.failed.connect(self.failed)
        self.second_step = SecondStepCard(self.runner, self._office)
        self.second_step.told.connect(self.say)
        self.second_step.failed.connect(self.failed)
        for card in (lock, password, self.second_step, self.envelope, backup, self._data_card()):
            self.body.addWidget(card)
        self.body.addStretch(1)

    def _data_card(self) -> Card:
        card = Card(_("Where the data live"), "database")
        settings = self._office.home.settings()
        if settings.server is not None:
            text = _("On the server {host}, database {name}. This folder holds only what this desk needs.")
            card.body.addWidget(Label(text.format(host=settings.server.host, name=settings.server.database), wrap=True))
        else:
            card.body.addWidget(Label(_("In one encrypted file on this computer, in this folder:"), wrap=True))
        path = Label(str(self._office.home.folder).replace(os.sep, f"{os.sep}\u200b"), "strong", wrap=True)
        path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card.body.addWidget(path)
        card.body.addWidget(button(_("Open the folder"), "folder-open", self._on_folder), 0,
                            Qt.AlignmentFlag.AlignLeft)  # fmt: skip
        return card

    def _show_backup(self, at: datetime | None) -> None:
        if at is None:
            self._last.setText(_("No backup has been made yet."))
        else:
            day = _("The last backup was made on {day} at {time}.")
            self._last.setText(day.format(day=formats.date_full(at), time=formats.time_text(at.time())))

    @Slot(str)
    def _on_minutes(self, chosen: str) -> None:
        store.write(self._settings, store.IDLE_MINUTES, int(chosen))
        application = QApplication.instance()
        watch = application.findChild(IdleWatch) if application is not None else None
        if watch is not None:
            watch.set_minutes(int(chosen))

    @Slot()
    def _on_password(self) -> None:
        dialog = OwnPasswordDialog(self.window(), self.runner, self._office)
        dialog.finished_with.connect(self._on_changed)
        dialog.open()

    @Slot()
    def _on_changed(self) -> None:
        self.say(_("Your password is changed."))

    @Slot()
    def _on_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._office.home.folder)))


def _nearest(minutes: int) -> str:
    return str(min(MINUTES, key=lambda choice: abs(choice - minutes)))
