"""One note: its heading, the text, lines about single persons of a group, files, addenda.

What is typed is sealed and kept at the latest two seconds afterwards, and when the pane is left.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, native
from famdesk.ui.kit.fitting import Foot
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Badge, Card, Label
from famdesk.ui.notes import words
from famdesk.ui.notes.about import ALL, AboutChooser
from famdesk.ui.notes.addenda import Addenda
from famdesk.ui.notes.edit import NoteEdit
from famdesk.ui.notes.files import FilesStrip
from famdesk.ui.notes.keeping import Keeper, WaitingNotes
from famdesk.ui.notes.opened_by import OpenedBy
from famdesk.ui.notes.readers import Readers
from famdesk.ui.notes.two_desks import TwinStrip
from famdesk.usecases.notes.note_rows import NoteRow, NoteText, NoteTexts, Seen

AFTER_MS: Final = 800
"""After the last key; while somebody types on, at the latest after `LATEST_MS`."""
LATEST_MS: Final = 1200
SIGN_KEYS: Final = "Ctrl+Return"


class NotePane(Card):
    """Shows a note; a draft is written in it.

    Attributes:
        text: the field of the text, or of the line about the one chosen.
        extra: where what helps to write stands, above the text.
        readers, opened_by: under a signed note, who reads it and who did.
        sign, details, drop, add, share: the buttons.

    Signals:
        kept(str): what was typed is safe; the id of the note.
        failed(object): an error to present.
        parted(str, str): what was typed is another draft now: its id if it is the one shown, and a sentence about it.
        shown(object): another note is shown, or the same as it is now; None: none.
    """

    kept = Signal(str)
    failed = Signal(object)
    shown = Signal(object)
    parted = Signal(str, str)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._runner = runner
        self._shown: NoteText | None = None
        self._texts: dict[str, str] = {}
        self._about, self._typed = ALL, False
        self._lines_of = ""
        self.keeper = Keeper(runner, self)
        WaitingNotes(self, self.keeper, lambda: self.typed() if self._typed else None)
        self._twins = TwinStrip(runner)
        self._people = Label("", "section", wrap=True)
        self._badge = Badge("", words.state_of_draft()[1])
        self._when = Label("", "second", wrap=True)
        self._state = Label("", "second")
        self._lines: AboutChooser | None = None
        self._line_row = QHBoxLayout()
        self.extra = QVBoxLayout()
        self.text = NoteEdit()
        self.text.setAccessibleName(_("Text of the note"))
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.files = FilesStrip(runner)
        self._addenda = Addenda()
        self._signed = Label("", "second", wrap=True)
        self.opened_by, self.readers = OpenedBy(runner), Readers(runner)
        for below in (self.opened_by, self.readers):
            below.failed.connect(self.failed)
            self.shown.connect(below.show_note)
        self.sign = ActionButton(_("Sign and close"), "signature", primary=True)
        self.details = ActionButton(_("Details…"), "pencil")
        self.drop = ActionButton(_("Throw away"), "trash-2")
        self.add = ActionButton(_("Write an addendum"), "file-plus", kind="link")
        self.share = ActionButton(_("Share…"), "users")
        self._first, self._last = QTimer(self), QTimer(self)
        for timer, wait in ((self._first, AFTER_MS), (self._last, LATEST_MS)):
            timer.setSingleShot(True)
            timer.setInterval(wait)
            timer.timeout.connect(self.keep)
        self.text.textChanged.connect(self._on_typed)
        for source in (self.files, self._twins):
            source.failed.connect(self.failed)
        self.keeper.kept.connect(self._on_kept)
        self.keeper.failed.connect(self._on_failed)
        self.keeper.parted.connect(self._on_parted)
        self.sign.set_hint(native(SIGN_KEYS))
        keys = QShortcut(QKeySequence(SIGN_KEYS), self, self.sign.click)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._lay_out()

    def note_id(self) -> str:
        """The id of the note that is shown, "" for none."""
        return self._shown.row.id if self._shown else ""

    def typed(self) -> NoteTexts | None:
        """What stands in the draft that is shown, safe or not; None for none."""
        if self._shown is None or self.text.isReadOnly():
            return None
        self._texts[self._about] = self.text.toPlainText()
        return self._said()

    @Slot()
    def write(self) -> None:
        """The keyboard goes to the text."""
        self.text.setFocus()

    def seen(self) -> Seen | None:
        """What else of the draft is shown to who signs it."""
        if self._shown is None:
            return None
        row = self._shown.row
        return Seen(self.keeper.known(row.id), tuple(file.part_id for file in self._shown.attachments), row.person_ids)

    def signed(self, note_id: str) -> None:
        """What stood in the draft is in the signed note."""
        self.keeper.forget(note_id)
        if self.note_id() == note_id:
            self._typed = False
            self._state.setText(_("Signed and locked"))
            announce(self.text, _("The note is signed and locked."))
            self.text.setFocus()  # the button that was pressed goes

    def show_note(self, note: NoteText) -> None:
        """Show a note; what is being typed into the same draft stays, and where it is typed."""
        row, before = note.row, self._shown.row if self._shown is not None else None
        same = before is not None and before.id == row.id
        if not same:
            self.keep()
        whom = (row.kind, row.state, row.person_ids, row.people)
        calm = same and before is not None and whom == (before.kind, before.state, before.person_ids, before.people)
        calm = calm and (self._typed or _words(self._of(note)) == _words(self._said()))
        if same and not calm and self._typed:
            self.keep()
        if not (self._typed and same) and self.keeper.unsaved(row.id) is None:
            self.keeper.read(note)
        self._shown = note
        self._twins.of(row.id)
        self._people.setText(words.people(row))
        self._when.setText(words.heading(row))
        self._badge.set(*words.state(row))
        self._signed.setText(words.signed_line(row))
        self._signed.setVisible(bool(words.signed_line(row)))
        draft = row.state == "draft" and row.mine
        if not calm:
            self._take_texts(note)
        self.text.setReadOnly(not draft)
        self.text.setPlaceholderText(_("What was said and observed, in your own words.") if draft else "")
        for button, shown in ((self.sign, draft), (self.details, draft), (self.drop, draft),
                              (self.add, words.takes_addenda(row)),
                              (self.share, row.mine and row.state == "signed")):  # fmt: skip
            button.setVisible(shown)
        self.files.show_files(row.id, note.attachments, draft=draft)
        self._addenda.show_those_of(note)
        self.shown.emit(note)

    def forget(self) -> None:
        """Nothing is shown: what was typed is kept first, then all words leave the window."""
        self.keep()
        self._shown, self._texts, self._typed = None, {}, False
        _put(self.text, "")
        self.text.setReadOnly(True)
        self.files.show_files("", (), draft=False)
        self._addenda.empty()
        self.shown.emit(None)

    @Slot()
    def keep(self) -> None:
        """Seals what was typed since the last time, and what could not be sealed before. Saves follow each other in the
        order of typing; what fails stays here and is tried again."""
        self._first.stop()
        self._last.stop()
        if self._typed and self._shown is not None:
            self._typed = False
            self._texts[self._about] = self.text.toPlainText()
            self.keeper.put(self._shown.row, self._said())
        self.keeper.send()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.keep()

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever goes elsewhere, or locks the desk, leaves nothing behind that is not safe."""
        super().hideEvent(event)
        self.keep()

    def _said(self) -> NoteTexts:
        lines = tuple((person_id, text) for person_id, text in self._texts.items() if person_id != ALL)
        return NoteTexts(self._texts.get(ALL, ""), lines)

    def _of(self, note: NoteText) -> NoteTexts:
        """What a draft says with what waits to be kept; what is signed is shown as it was signed."""
        unsaved = self.keeper.unsaved(note.row.id) if note.row.state == "draft" else None
        return unsaved or note.texts

    def _take_texts(self, note: NoteText) -> None:
        """What the note says, and not saved words of it, in the field; of a group the line that was chosen before."""
        same, about = self._lines_of == note.row.id, self._about
        self._lines_of = note.row.id
        said = self._of(note)
        self._texts = {ALL: said.text, **dict(said.lines)}
        self._about = ALL
        row = note.row
        if self._lines is not None:
            self._line_row.removeWidget(self._lines)
            self._lines.retire()
            self._lines = None
        if (row.kind == "group" or any(_words(said)[1])) and row.person_ids and note.whole:
            named = [(person_id, name or _("a protected file"))
                     for person_id, name in zip(row.person_ids, row.people, strict=True)]  # fmt: skip
            self._lines = AboutChooser([(ALL, _("Common part")), *named], self)
            self._lines.chosen.connect(self._on_line)
            self._line_row.insertWidget(0, self._lines)
            if same and about in row.person_ids:
                self._about = about
                self._lines.set_current(about)
        _put(self.text, self._texts.get(self._about, ""))
        self._typed = False
        if not (same and note.row.state == "signed"):
            self._state.setText("")

    @Slot(str)
    def _on_line(self, person_id: str) -> None:
        """The line about somebody, or the text for all."""
        self._texts[self._about] = self.text.toPlainText()
        self._about = person_id
        _put(self.text, self._texts.get(person_id, ""))
        self.text.setFocus()

    @Slot()
    def _on_typed(self) -> None:
        if self.text.isReadOnly() or self._shown is None:
            return
        self._typed = True
        self._state.setText(_("writing…"))
        self._first.start()
        if not self._last.isActive():
            self._last.start()

    @Slot(str)
    def _on_kept(self, note_id: str) -> None:
        if not self._typed and not self.keeper.waiting():
            self._state.setText(words.saved(self._runner.now()))
            self.kept.emit(note_id)

    @Slot(str, object)
    def _on_failed(self, _note_id: str, error: Exception) -> None:
        if self.isVisible():
            self._last.start()
        self._state.setText(_("Not saved yet"))
        announce(self.text, _("Not saved yet"))
        self.failed.emit(error)

    @Slot(object, object, object)
    def _on_parted(self, row: NoteRow, there: NoteRow, why: Exception) -> None:
        """What is typed goes on in the draft that has it now, without a key being lost."""
        told = words.parted(why)
        self._twins.add(there.id, row.id, told)
        here = self._shown is not None and self.note_id() == row.id
        if here and self._shown is not None:
            self._shown = replace(self._shown, row=there, attachments=(), addenda=())
            self._lines_of = there.id
            self._twins.of(there.id)
            self._state.setText("")
            if self._typed:
                self.keep()
        self.parted.emit(there.id if here else "", told)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.unit(2))
        head.addWidget(self._people, 1)
        head.addWidget(self._state)
        head.addWidget(self._badge)
        inner = QVBoxLayout()
        inner.setSpacing(theme.unit(2.5))
        inner.addLayout(head)
        inner.addWidget(self._when)
        inner.addWidget(self._twins)
        self._line_row.addStretch(1)
        inner.addLayout(self.extra)
        inner.addLayout(self._line_row)
        inner.addWidget(self.text, 1)
        inner.addWidget(self.files)
        inner.addWidget(self._addenda)
        later = QHBoxLayout()
        later.setSpacing(theme.unit(2))
        later.addWidget(self._signed, 1)
        later.addWidget(self.add)
        inner.addLayout(later)
        inner.addWidget(self.readers)
        inner.addWidget(self.opened_by)
        inner.addWidget(Foot((self.details, self.drop, self.share), self.sign))
        self.body.addLayout(inner, 1)


def _words(texts: NoteTexts) -> tuple[str, dict[str, str]]:
    """Texts to be compared: a line without words is none."""
    return texts.text, {person_id: line for person_id, line in texts.lines if line}


def _put(field: NoteEdit, text: str) -> None:
    """Another text in the field, which nobody typed."""
    field.blockSignals(True)
    field.setPlainText(text)
    field.blockSignals(False)
