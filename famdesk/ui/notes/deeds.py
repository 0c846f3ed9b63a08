"""What is done to the note that is shown: begun, signed, thrown away, added to, shared."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain.errors import Stale
from famdesk.i18n import _
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.dialog import confirm
from famdesk.ui.kit.runner import Runner
from famdesk.ui.notes.dialogs import NoteDialog, ShareDialog
from famdesk.ui.notes.pane import NotePane
from famdesk.usecases.calendar import calendar
from famdesk.usecases.notes import note_sessions, notes
from famdesk.usecases.notes.note_rows import NoteRow, NoteTexts, NoteValues
from famdesk.usecases.office import Office


class NoteDeeds(QObject):
    """The commands behind the buttons of a pane.

    Attributes:
        row: the note that they are meant for: the one that the pane shows, or None.

    Signals:
        begun(str): a note is there or has other details; show it.
        done(str, object): something was done to the note, in a sentence with its meaning.
        failed(object): an error to present.
        stale(): the note that is shown was changed elsewhere; look at it anew.
    """

    begun = Signal(str)
    done = Signal(str, object)
    failed = Signal(object)
    stale = Signal()

    def __init__(self, page: QWidget, runner: Runner, office: Office, pane: NotePane) -> None:
        super().__init__(page)
        self._page, self._runner, self._office, self._pane = page, runner, office, pane
        self.row: NoteRow | None = None
        for button, slot in ((pane.sign, self.sign), (pane.details, self.change), (pane.drop, self.drop),
                             (pane.add, self.add), (pane.share, self.share)):  # fmt: skip
            button.clicked.connect(slot)

    def leave(self) -> None:
        """Nothing is shown, and nothing meant; what was typed is kept."""
        self.row = None
        self._pane.forget()

    def new(self, person: tuple[str, str] = ("", "")) -> None:
        """A new note, about somebody (id and name) if given."""
        self._open(NoteDialog(self._page, self._runner, person=person))

    def new_about(self, person_id: str) -> None:
        """A new note about somebody."""
        self._runner.fetch(calendar.person_named, person_id, then=self.new, failed=self.failed.emit, owner=self)

    def write_for(self, appointment_id: str) -> None:
        """The note of an appointment, begun now or before."""
        self._runner.run(note_sessions.begin, appointment_id, then=self.begun.emit, failed=self.failed.emit, owner=self,
                         quiet=True)  # fmt: skip

    @Slot()
    def sign(self) -> None:
        """Asks once, since nothing brings a signature back."""
        if self.row is None or self.row.state != "draft" or not self.row.mine:
            return
        self._pane.keep()
        question = _("Sign this note? From then on it cannot be changed: what comes later goes into an addendum.")
        confirm(self._page, question, _("Sign and close"), partial(self._sign, self.row))

    @Slot()
    def change(self) -> None:
        """Other details of a draft."""
        if self.row is not None:
            self._pane.keep()
            self._open(NoteDialog(self._page, self._runner, self.row))

    @Slot()
    def drop(self) -> None:
        """Throws a draft away, after a question."""
        if self.row is not None:
            question = _("Throw this draft away? It cannot be brought back.")
            confirm(self._page, question, _("Throw away"), partial(self._drop, self.row), danger=True)

    @Slot()
    def add(self) -> None:
        """Begins an addendum to a signed note."""
        row = self.row
        if row is None:
            return
        values = NoteValues(row.kind, row.day, row.person_ids, row.starts, None, row.private, row.path_id,
                            row.appointment_id, row.meeting_id)  # fmt: skip
        self._runner.run(notes.start, values, NoteTexts(), row.id, then=self.begun.emit, failed=self.failed.emit,
                         owner=self, quiet=True)  # fmt: skip

    @Slot()
    def share(self) -> None:
        """Lets a colleague read a signed note."""
        if self.row is not None:
            dialog = ShareDialog(self._page, self._runner, self._office, self.row)
            dialog.finished_with.connect(self._on_shared)
            dialog.open()

    @Slot()
    def _on_shared(self) -> None:
        self.done.emit(_("Your colleague can read this note now, and knows of it."), Meaning.OPEN)

    def _open(self, dialog: NoteDialog) -> None:
        dialog.finished_with.connect(self._on_begun)
        dialog.open()

    @Slot(object)
    def _on_begun(self, note_id: object) -> None:
        self.begun.emit(str(note_id))

    def _sign(self, row: NoteRow) -> None:
        then = partial(self._on_signed, row.id)
        shown = self._pane.note_id() == row.id
        texts, seen = (self._pane.typed(), self._pane.seen()) if shown else (None, None)
        self._runner.run(notes.sign, row.id, row.version, texts, seen, then=then, failed=self._on_unsigned, owner=self)

    def _on_signed(self, note_id: str, _nothing: object) -> None:
        self._pane.signed(note_id)
        self.begun.emit(note_id)

    def _on_unsigned(self, error: Exception) -> None:
        """Nothing was signed. What another desk wrote is shown before one decides again."""
        self.failed.emit(error)
        if isinstance(error, (notes.WrittenElsewhere, Stale)):
            self.stale.emit()

    def _drop(self, row: NoteRow) -> None:
        then = partial(self._on_dropped, row.id)
        self._runner.run(notes.drop, row.id, then=then, failed=self.failed.emit, owner=self, quiet=True)

    def _on_dropped(self, note_id: str, _nothing: object) -> None:
        self._pane.keeper.thrown_away(note_id)
        self.done.emit(_("The draft is gone."), Meaning.ACCENT)
