"""Referral files at the window: made, saved, opened, taken in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from famdesk.domain.errors import RuleError
from famdesk.domain.intake.referral_content import Receipt
from famdesk.exchange import referral_file
from famdesk.exchange.referral_file import Opened
from famdesk.i18n import _
from famdesk.ui.kit.dialog import ask_reason, confirm
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.people.referral_dialogs import ReceivedDialog
from famdesk.usecases.intake import referral_exchange
from famdesk.usecases.intake.referrals import ReferralRow
from famdesk.usecases.people.person_rows import PersonFile
from famdesk.usecases.post import outgoing


class ReferralFiles(QObject):
    """The files of a tab.

    Signals:
        stopped(str): nothing covers it any more; the sentence is to be read aloud.
        failed(object): an error to present.
        taken(object): a referral was taken in; its id.
    """

    stopped = Signal(str)
    failed = Signal(object)
    taken = Signal(object)

    def __init__(self, panel: QWidget, runner: Runner, file: Callable[[], PersonFile | None]) -> None:
        """`file` gives the file that is open, None: none is."""
        super().__init__(panel)
        self._panel, self._runner, self._file = panel, runner, file
        self._row: ReferralRow | None = None
        self._name = ""

    @Slot()
    def ask_for_file(self) -> None:
        """Ask which received file is to be opened."""
        dialog = QFileDialog(self._panel.window(), _("Open a received file"), "", _files())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.open_file)
        dialog.open()

    def make_referral(self, row: ReferralRow, reason: str | None = None) -> None:
        """The signed file for the other side; asks for a reason where the safe-contact rule forbids it."""
        self._row, self._name = row, referral_file.file_name("referral", row.reference)
        self._runner.run(referral_file.write_referral, row.id, row.version, reason, then=self.choose_file,
                               failed=self._on_stopped, owner=self)  # fmt: skip

    def make_answer(self, row: ReferralRow) -> None:
        """The signed answer to a referral that came as a file."""
        self._row, self._name = row, referral_file.file_name("answer", row.reference)
        self._runner.fetch(referral_file.write_receipt, row.id, then=self.choose_file, failed=self.failed.emit,
                                 owner=self)  # fmt: skip

    def open_file(self, name: str) -> None:
        """Read a file from another centre: a referral is shown first, an answer is taken in at once."""
        self._runner.compute(referral_file.read, Path(name), then=self._on_read, failed=self.failed.emit, owner=self)

    def save_file(self, name: str, data: bytes) -> None:
        """Write a signed file."""
        from famdesk.sheets.paper.page import save

        self._runner.compute(save, data, Path(name), then=self._on_saved, failed=self.failed.emit, owner=self)

    def choose_file(self, data: bytes) -> None:
        """Ask where a signed file goes."""
        folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        dialog = QFileDialog(self._panel.window(), _("Save the signed file"), str(folder / self._name), _files())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.fileSelected.connect(lambda name: self.save_file(name, data))
        dialog.open()

    def _on_stopped(self, error: Exception) -> None:
        """The safe-contact rule asks for a reason; a missing consent is said."""
        if isinstance(error, outgoing.NotSafe):
            ask_reason(self._panel.window(), _("Pass it on all the same?"), _("Pass on"), self._with_reason,
                       detail=error.sentence())  # fmt: skip
        elif referral_exchange.refused(error) and isinstance(error, RuleError):
            self.stopped.emit(error.sentence())
            announce(self._panel, error.sentence(), urgent=True)
        else:
            self.failed.emit(error)

    def _with_reason(self, reason: str) -> None:
        if self._row is not None:
            self.make_referral(self._row, reason)

    def _on_read(self, found: Opened) -> None:
        if isinstance(found.content, Receipt):
            self._runner.run(referral_exchange.take_receipt, found.content, found.fingerprint,
                             then=self._on_answer, failed=partial(self._on_refused, found))  # fmt: skip
        else:
            dialog = ReceivedDialog(self._panel.window(), self._runner, self._file(), found)
            dialog.finished_with.connect(self.taken)
            dialog.open()

    def _on_refused(self, found: Opened, error: Exception) -> None:
        """Another colleague of the other side may have answered: whoever compares the key may say so."""
        if not isinstance(error, referral_exchange.AnotherKey):
            self.failed.emit(error)
            return
        detail = _("{sentence}\n\nKey of this answer: {key}").format(sentence=error.sentence(), key=found.fingerprint)
        confirm(self._panel.window(), _("Answer signed with another key"), _("The key is right: take in"),
                partial(self._take_trusted, found), danger=True, detail=detail)  # fmt: skip

    def _take_trusted(self, found: Opened) -> None:
        self._runner.run(referral_exchange.take_receipt, found.content, found.fingerprint, trusted=True,
                         then=self._on_answer, failed=self.failed.emit)  # fmt: skip

    def _on_answer(self, _referral_id: str) -> None:
        announce(self._panel, _("The answer was taken in."))

    def _on_saved(self, _nothing: object) -> None:
        announce(self._panel, _("Saved"))


def taken_in() -> str:
    """What is told when a referral was taken in."""
    return _("The referral was taken in. It stands in Today until it is accepted or declined.")


def _files() -> str:
    return _("FamDesk referrals (*{suffix})").format(suffix=referral_file.SUFFIX)
