"""Notes: one's own sessions at the left, the one that is written or read at the right."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from famdesk.i18n import _
from famdesk.ui import session_note
from famdesk.ui.envelope_answer import EnvelopeStrip
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.fields import LineField
from famdesk.ui.kit.lines import LineList
from famdesk.ui.kit.page import Page
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Card, EmptyState
from famdesk.ui.notes import words
from famdesk.ui.notes.behind_lock import BehindLock
from famdesk.ui.notes.beyond import ChainLook, Received
from famdesk.ui.notes.deeds import NoteDeeds
from famdesk.ui.notes.finding import KnownWords
from famdesk.ui.notes.marking import Marks
from famdesk.ui.notes.pane import NotePane
from famdesk.ui.notes.writing import Writing
from famdesk.usecases.notes import note_reading
from famdesk.usecases.notes.note_rows import NoteRow, NoteText
from famdesk.usecases.office import Office

_FIND_AFTER_MS = 150


class NotesPage(Page):
    """One's own session notes.

    Attributes:
        list: the notes.
        pane, deeds: the one that is shown, and what is done to it. writing: what helps to write, and what is given out.
        finder: the field that looks for words in them. marks: those words in the note that is shown.
    """

    watches = frozenset({"note", "note_person", "person"})

    def __init__(self, runner: Runner, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Notes"), parent)
        self._rows: tuple[NoteRow, ...] = ()
        self._shown: tuple[NoteRow, ...] = ()
        self._words = KnownWords(runner, office, self)
        self._wanted = self._writing = ""
        self._chain, self._received = ChainLook(runner, self), Received(runner, self)
        self.list = LineList(_("My notes"))
        self.finder = LineField()
        self.finder.setPlaceholderText(_("Search in my notes"))
        self.finder.setAccessibleName(_("Search in my notes"))
        self.finder.setClearButtonEnabled(True)
        self.pane = NotePane(runner)
        self.marks = Marks(self.pane, self)
        self.deeds = NoteDeeds(self, runner, office, self.pane)
        self.envelope = EnvelopeStrip(runner, office)
        self.writing = Writing(self, runner, office)
        new = self.add_action(_("New note"), self.new_item, icon="notebook-pen", primary=True)
        self._empty = EmptyState(
            _("Session notes that nobody but you can read: each is sealed with your key. Begin with the first one."),
            new, "notebook-pen",
        )  # fmt: skip
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_FIND_AFTER_MS)
        self._lay_out()
        self._connect()

    def showEvent(self, event: QShowEvent) -> None:
        """After a pause the draft may have been written on at another desk: that is read first."""
        super().showEvent(event)
        if self.pane.note_id():
            self._ask_note()

    def refresh(self) -> None:
        """Asks for the list, the chain, and the note that is shown."""
        self.envelope.look()
        self._received.look()
        self.runner.fetch(note_reading.mine, then=self._show_list, latest="list")
        self._chain.look()

    @Slot()
    def new_item(self) -> None:
        """Ctrl+N: a new note."""
        self.deeds.new()

    def open_item(self, kind: str, item_id: str) -> None:
        """Show a note, begin one about a person ("note_about") or of an appointment ("note_for"), show what was given
        to the reader ("note_given"), or ask about the sealed envelope ("envelope")."""
        if kind == "note_about":
            self.deeds.new_about(item_id)
            return
        if kind == session_note.ITEM:
            self.deeds.write_for(item_id)
            return
        if kind == "note_given":
            self.writing.open_received()
            return
        if kind == "envelope":
            self.envelope.ask_anew()
            return
        self._wanted = item_id
        if item_id and not self.list.set_current_id(item_id):
            self.refresh()

    def help_text(self) -> str:
        """What one does here."""
        told = _(
            "Left: your sessions, what is still to be signed on top. Right: the note. What you type is sealed and kept "
            "by itself; Sign and close locks it. What comes to mind later goes into an addendum. Nobody but you reads "
            "it, unless you share a note."
        )
        return f"{told}\n\n{self.writing.help_text()}"

    def _connect(self) -> None:
        self.list.current_changed.connect(self._ask_note)
        self.list.activated_id.connect(self.pane.write)
        self.finder.textChanged.connect(self._on_find)
        self._pause.timeout.connect(self._look)
        self._words.forgotten.connect(self.mark_stale)
        self._words.forgotten.connect(BehindLock(self.pane, self.deeds).empty)
        self.pane.failed.connect(self.failed)
        self.pane.kept.connect(self._words.read)
        self.pane.files.changed.connect(self._ask_note)
        self.pane.readers.wanted.connect(partial(self.open_item, "note"))
        self.pane.readers.taken_back.connect(self.say)
        self.deeds.begun.connect(self._on_begun)
        self.deeds.done.connect(self._on_done)
        self.deeds.failed.connect(self.failed)
        self.deeds.stale.connect(self.refresh)
        self.pane.parted.connect(self._on_parted)
        self._words.changed.connect(self._on_words)
        self._chain.told.connect(self.header.set_subtitle)
        self.envelope.answered.connect(self.say)
        self.envelope.failed.connect(self.failed)

    def _lay_out(self) -> None:
        left = Card()
        left.body.addWidget(self.finder)
        left.add_wide(self.list, 1)
        left.setMinimumWidth(theme.unit(38))
        left.setMaximumWidth(theme.unit(95))
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(3.5))
        row.addWidget(left, 30)
        row.addWidget(self.pane, 70)
        row.addWidget(self.writing.beside, 45)
        row.addStretch(0)  # without a note the list stays where it is
        blank = QWidget()
        QVBoxLayout(blank).addWidget(self._empty)
        self._stack = QStackedWidget()
        self._stack.addWidget(both)
        self._stack.addWidget(blank)
        self.body.addWidget(self.envelope)
        self.body.addWidget(self._stack, 1)
        self.writing.set_tab_order()
        self.pane.setVisible(False)

    def _show_list(self, rows: tuple[NoteRow, ...]) -> None:
        self._rows = rows
        self.badge_changed.emit(sum(row.state == "draft" and not row.private for row in rows))
        some = bool(rows or self._received.rows)
        self._stack.setCurrentIndex(0 if some else 1)
        first = self.list if some else self._empty.findChild(ActionButton)
        if first is not None:
            self.start_at(first)
            if self.hasFocus():
                first.setFocus()
        self._words.look_after(row.id for row in rows)
        if all(row.id != self._writing for row in rows):
            self._writing = ""
        self._look()

    def _show_lines(self, rows: tuple[NoteRow, ...]) -> None:
        if not self.finder.text().strip():
            rows = (*rows, *self._received.rows)  # notes of others are found by no words: they are not opened for that
        self._shown = rows
        wanted = self._wanted or self.list.current_id()
        self._wanted = ""
        self.list.set_empty(_("Nothing found.") if self.finder.text().strip() else "")
        typed = self.finder.text().strip()
        self.list.set_needle(typed)
        self.marks.look_for(typed)
        places = partial(self._words.places, typed=typed) if typed else None
        self.list.set_lines(words.lines(rows, self.runner.now().date(), places))
        if not self.list.set_current_id(wanted) and rows:
            self.list.set_current_id(rows[0].id)
        self._ask_note()

    @Slot()
    def _look(self) -> None:
        """The notes in which the words stand that were typed; without any the newest."""
        typed = self.finder.text().strip()
        if not typed:
            if not self._writing or any(row.id == self._writing for row in self._rows):
                self._show_lines(self._rows)
            return  # else the list with the note that was begun is on its way
        self.runner.fetch(note_reading.mine, ids=self._words.find(typed), then=self._show_lines, owner=self,
                          latest="found")  # fmt: skip

    @Slot()
    def _on_find(self) -> None:
        self._pause.start()

    @Slot()
    def _on_words(self) -> None:
        if self.finder.text().strip():
            self._pause.start()

    @Slot()
    def _ask_note(self) -> None:
        current = self._row()
        if current is None or current.id != self.pane.note_id():
            self.deeds.leave()  # until the other one is there: what is typed or pressed now is not meant for this one
        if current is None:
            self.pane.setVisible(False)
            return
        self.pane.keep()
        self.runner.fetch(note_reading.read, current.id, then=self._show_note, failed=self._on_unread, owner=self,
                          latest="note")  # fmt: skip

    def _show_note(self, note: NoteText) -> None:
        if note.row.id != self.list.current_id():
            return
        self.pane.show_note(note)
        self.deeds.row = note.row
        self.pane.setVisible(True)
        if self._writing == note.row.id:
            self._writing = ""
            self.pane.text.go_to_gap()
            self.pane.text.setFocus()

    def _on_unread(self, error: Exception) -> None:
        """No words of another note stay where this one was expected."""
        row = self._row()
        if row is None or row.id != self.pane.note_id():
            self.deeds.leave()
            self.pane.setVisible(False)
        self.failed.emit(error)

    def _row(self) -> NoteRow | None:
        current = self.list.current_id()
        return next((row for row in self._shown if row.id == current), None)

    @Slot(str)
    def _on_begun(self, note_id: str) -> None:
        self._wanted = self._writing = note_id
        if note_id != self.pane.note_id():
            self.deeds.leave()  # the first words are for the new note alone
        self.finder.clear()
        self.refresh()

    @Slot(str, str)
    def _on_parted(self, note_id: str, told: str) -> None:
        """What was typed is in another draft now: that one is shown, and the sentence stands above it."""
        self.deeds.row = None
        if note_id:
            self._wanted = note_id
            self.finder.clear()
            announce(self.pane.text, told, urgent=True)
        else:
            self.say(told, Meaning.WARNING)
        self.refresh()

    @Slot(str, object)
    def _on_done(self, sentence: str, meaning: Meaning) -> None:
        self.say(sentence, meaning)
        self.refresh()
