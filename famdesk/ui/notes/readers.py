"""Under a note: who reads it beside its author, what was given out of it, until when, and the way to take it back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from famdesk.domain.codes import label
from famdesk.domain.notes.note_release import ENDINGS
from famdesk.domain.notes.notes import OUT_KINDS
from famdesk.i18n import _, formats
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.dialog import confirm
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Label
from famdesk.usecases.notes import note_reading, note_release, notes
from famdesk.usecases.notes.note_release_rows import ReleaseRow
from famdesk.usecases.notes.note_rows import NoteText, Reader


class Readers(QWidget):
    """The colleagues who hold keys of a note, each with a button that takes them back, and what was given out of it;
    hidden where there is nothing of it.

    Signals:
        failed(object): an error to present.
        taken_back(str): it was done, in a sentence.
        wanted(str): the note that is what was given out is to be shown.
        filled(): there is something else to be seen.
    """

    failed = Signal(object)
    taken_back = Signal(str)
    wanted = Signal(str)
    filled = Signal()

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner, self._note_id = runner, ""
        self._readers: tuple[Reader, ...] = ()
        self._given: tuple[ReleaseRow, ...] = ()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(theme.unit(1))
        self.setVisible(False)

    @Slot(object)
    def show_note(self, note: NoteText | None) -> None:
        """Of one's own signed notes who reads them; of drafts and of those of others nothing is to be said."""
        mine = note is not None and note.row.mine and note.row.state == "signed"
        self.look(note.row.id if note is not None and mine else "")

    def look(self, note_id: str) -> None:
        """Ask about a note; "" for none."""
        if note_id != self._note_id:
            self._readers, self._given = (), ()
            self._fill()
        self._note_id = note_id
        if note_id:
            self._runner.fetch(note_reading.readers, note_id, then=partial(self._take_readers, note_id),
                               failed=self.failed.emit, owner=self)  # fmt: skip
            self._runner.fetch(note_release.out_of, note_id, then=partial(self._take_given, note_id),
                               failed=self.failed.emit, owner=self)  # fmt: skip

    def _take_readers(self, note_id: str, readers: tuple[Reader, ...]) -> None:
        if note_id == self._note_id and readers != self._readers:
            self._readers = readers
            self._fill()

    def _take_given(self, note_id: str, given: tuple[ReleaseRow, ...]) -> None:
        if note_id == self._note_id and given != self._given:
            self._given = given
            self._fill()

    def _fill(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if self._readers:
            self._rows.addWidget(Label(_("This note is also read by"), "strong"))
        for one in self._readers:
            self._rows.addWidget(self._reader(one))
        if self._given:
            self._rows.addWidget(Label(_("Given out of these sessions"), "strong"))
        for row in self._given:
            self._rows.addWidget(self._release(row))
        some = bool(self._readers or self._given)
        self.setVisible(some)
        if some:
            self.filled.emit()

    def _reader(self, one: Reader) -> QWidget:
        if one.received:
            return _line(_("{name}: received by the sealed envelope").format(name=one.name), None)
        back = ActionButton(_("Take back"), "x", kind="link")
        back.setAccessibleName(_("Take back from {name}").format(name=one.name))
        back.clicked.connect(partial(self._on_back, one))
        # Translators: {name} is a colleague who may read a note
        return _line(_("{name}: until you take it back").format(name=one.name), back)

    def _release(self, row: ReleaseRow) -> QWidget:
        show = ActionButton(_("Show"), "chevron-right", kind="link")
        show.setAccessibleName(_("Show what was given to {name}").format(name=row.to or _("a protected file")))
        show.clicked.connect(partial(self.wanted.emit, row.note_id))
        return _line(given_line(row), show)

    def _on_back(self, one: Reader) -> None:
        question = _("Take this note back from {name}? What was read cannot be taken back. Your colleague is told.")
        confirm(self, question.format(name=one.name), _("Take back"), partial(self._take, one), named=True)

    def _take(self, one: Reader) -> None:
        self._runner.run(notes.unshare, self._note_id, one.staff_id, then=partial(self._on_taken, one),
                         failed=self.failed.emit, owner=self, quiet=True)  # fmt: skip

    def _on_taken(self, one: Reader, _nothing: object) -> None:
        told = _("{name} can no longer read this note.").format(name=one.name)
        announce(self, told)
        self.taken_back.emit(told)
        self.look(self._note_id)


def given_line(row: ReleaseRow) -> str:
    """What was given to whom, on which day, and until when it is read."""
    facts = {"kind": label(OUT_KINDS, row.terms.kind), "to": row.to or _("a protected file"),
             "day": formats.date_num(row.given_on) if row.given_on else ""}  # fmt: skip
    if row.ended is not None:
        facts["why"] = label(ENDINGS, row.ended)
        return _("{kind} for {to}, given on {day}: {why}").format(**facts)
    if row.recipient.staff_id and row.terms.until is not None:
        facts["until"] = formats.date_num(row.terms.until)
        return _("{kind} for {to}, given on {day}, may be read until {until}").format(**facts)
    return _("{kind} for {to}, given on {day} on paper").format(**facts)


def _line(text: str, button: ActionButton | None) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.unit(2))
    row.addWidget(Label(text, wrap=True), 1)
    if button is not None:
        row.addWidget(button)
    return line
