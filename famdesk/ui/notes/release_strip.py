"""Above what is written to be given out: for whom it is, what covers it, and the deeds: give, print, take back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from famdesk.domain.codes import label
from famdesk.domain.notes.note_release import COLLEAGUE, ENDINGS
from famdesk.i18n import _, formats
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.dialog import confirm
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label
from famdesk.ui.notes.paper import PaperDialog
from famdesk.ui.notes.release_dialog import ReleaseDialog
from famdesk.usecases.notes import escrow, note_release
from famdesk.usecases.notes.note_release_rows import ReleaseRow
from famdesk.usecases.office import Office


class ReleaseStrip(QWidget):
    """Shows the terms of the excerpt, summary or report that the pane shows; hidden for other notes.

    Attributes:
        give, paper, back, terms, sources: the buttons.

    Signals:
        done(str): something was done, in a sentence.
        changed(): the terms are other ones.
        read_beside(object): the notes that it is drawn from are to be read beside it.
        consents_wanted(str): the consents of that person are to be shown.
        failed(object): an error to present.
    """

    done = Signal(str)
    changed = Signal()
    read_beside = Signal(object)
    consents_wanted = Signal(str)
    failed = Signal(object)

    def __init__(self, runner: Runner, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner, self._office = runner, office
        self.row: ReleaseRow | None = None
        self._wanted = ""
        self._told = Label("", "second", wrap=True)
        self.sources = ActionButton(_("Notes beside"), "book-open")
        self.terms = ActionButton(_("For whom…"), "pencil")
        self.give = ActionButton(_("Let the colleague read it"), "send", primary=True)
        self.paper = ActionButton(_("Print…"), "printer", primary=True)
        self.back = ActionButton(_("Take back"), "ban")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(1.5))
        column.addWidget(self._told)
        row = QHBoxLayout()
        row.setSpacing(theme.unit(2))
        column.addLayout(row)
        for button, slot in ((self.sources, self._on_sources), (self.terms, self._on_terms), (self.give, self._on_give),
                             (self.paper, self._on_paper), (self.back, self._on_back)):  # fmt: skip
            row.addWidget(button)
            button.clicked.connect(slot)
        row.addStretch(1)
        self.hide()

    def show_for(self, note_id: str) -> None:
        """Show the terms of a note; "" or a note that is none: nothing."""
        self._wanted = note_id
        if not note_id:
            self._show("", None)
            return
        self._runner.fetch(note_release.of_note, note_id, then=partial(self._show, note_id), failed=self.failed.emit,
                           owner=self, latest="release")  # fmt: skip

    def _show(self, note_id: str, row: ReleaseRow | None) -> None:
        if note_id != self._wanted:
            return
        self.row = row
        self.setVisible(row is not None)
        if row is None:
            return
        colleague = row.recipient.kind == COLLEAGUE
        self._told.setText(told(row))
        given = row.given_on is not None
        for button, shown in ((self.sources, not row.signed), (self.terms, not given),
                              (self.give, row.signed and colleague and not given),
                              (self.paper, row.signed and not colleague),
                              (self.back, given and colleague and row.ended is None)):  # fmt: skip
            button.setVisible(shown)

    @Slot()
    def _on_sources(self) -> None:
        if self.row is not None:
            then = partial(self._read_beside, self.row)
            self._runner.fetch(note_release.sources, self.row.person_id, self.row.terms, then=then,
                               failed=self.failed.emit, owner=self)  # fmt: skip

    def _read_beside(self, row: ReleaseRow, found: object) -> None:
        self.read_beside.emit((row.person_id, found))

    @Slot()
    def _on_terms(self) -> None:
        if self.row is not None:
            about = [(self.row.person_id, self.row.person or _("a protected file"))]
            dialog = ReleaseDialog(self.window(), self._runner, about, release=self.row)
            dialog.finished_with.connect(self._on_changed)
            dialog.consents_wanted.connect(self.consents_wanted)
            dialog.open()

    @Slot()
    def _on_give(self) -> None:
        if self.row is not None and self.row.recipient.staff_id:
            work = partial(escrow.public_key, self._office, self.row.recipient.staff_id)
            self._runner.in_turn(work, then=partial(self._give, self.row.note_id), failed=self.failed.emit, owner=self)

    def _give(self, note_id: str, public: bytes) -> None:
        then = partial(self._on_done, _("The colleague can read it now, and knows of it."))
        self._runner.run(note_release.give, note_id, public, then=then, failed=self.failed.emit, owner=self)

    @Slot()
    def _on_paper(self) -> None:
        if self.row is not None:
            dialog = PaperDialog(self.window(), self._runner, self.row)
            dialog.went_out.connect(self._on_changed)
            dialog.open()

    @Slot()
    def _on_back(self) -> None:
        if self.row is not None:
            question = _("Take it back? The colleague reads it no more; what was read cannot be taken back.")
            confirm(self.window(), question, _("Take back"), partial(self._take_back, self.row.note_id))

    def _take_back(self, note_id: str) -> None:
        then = partial(self._on_done, _("It is no longer read."))
        self._runner.run(note_release.take_back, note_id, then=then, failed=self.failed.emit, owner=self)

    def _on_done(self, sentence: str, _nothing: object) -> None:
        self.done.emit(sentence)
        self._on_changed()

    @Slot()
    @Slot(object)
    def _on_changed(self, _nothing: object = None) -> None:
        self.changed.emit()
        self.show_for(self._wanted)


def told(row: ReleaseRow) -> str:
    """For whom something is, for which days, and what became of it, in words."""
    facts = {"to": row.to or _("a protected file")}
    if row.terms.first is not None and row.terms.last is not None:
        facts["first"], facts["last"] = formats.date_num(row.terms.first), formats.date_num(row.terms.last)
    parts = [_("For {to}, sessions from {first} to {last}.").format(**facts)]
    if row.recipient.kind == COLLEAGUE and row.terms.until is not None:
        parts.append(_("May be read until {day}.").format(day=formats.date_num(row.terms.until)))
    if row.given_on is None:
        parts.append(_("Not given out yet.") if row.signed else _("Write, then sign: only then it can be given out."))
    else:
        parts.append(_("Given out on {day}.").format(day=formats.date_num(row.given_on)))
    if row.ended is not None:
        parts.append(_("It is read no more: {why}.").format(why=label(ENDINGS, row.ended)))
    return " ".join(parts)
