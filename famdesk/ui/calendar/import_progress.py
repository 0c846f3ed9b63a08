"""A calendar file is being read: how far that is, and a way to stop it; files that are soon read never show it."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain.progress import Progress
from famdesk.i18n import _
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.progress_line import AFTER_MS, ProgressLine


class ReadingDialog(Dialog):
    """Shows that a file is being read; closing it stops the reading."""

    def __init__(self, parent: QWidget, name: str, progress: Progress) -> None:
        super().__init__(parent, _("Reading “{name}”…").format(name=name), named=True)
        self._cancel.setText(_("Cancel"))
        self.line = ProgressLine()
        self.body.addWidget(self.line)
        self.line.follow(progress)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(AFTER_MS)
        self._later.timeout.connect(self.open)
        self._later.start()

    def end(self) -> None:
        """The file has been read, or cannot be."""
        self._later.stop()
        self.line.end()
        self.accept()
        self.deleteLater()  # it may never have been shown

    @Slot()
    def reject(self) -> None:
        self.line.stop()
        super().reject()
