"""Notes: one's own sessions at the left, the one that is written or read at the right."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.dialog import confirm
from famdesk.ui.kit.fields import LineField
from famdesk.ui.kit.lines import LineList
from famdesk.ui.kit.page import Page
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card, EmptyState
from famdesk.ui.notes import words
from famdesk.ui.notes.dialogs import NoteDialog, ShareDialog
from famdesk.ui.notes.pane import NotePane
from famdesk.usecases import calendar, escrow, note_reading, note_search, notes
from famdesk.usecases.note_rows import Chain, NoteRow, NoteText, NoteTexts, NoteValues
from famdesk.usecases.office import Office

_FIND_AFTER_MS = 150
_FEW = 20
"""New notes that are read one by one for the search; more are read from the beginning."""


class NotesPage(Page):
    """One's own session notes.

    Attributes:
        list: the notes.
        pane: the one that is shown.
        finder: the field that looks for words in them.
    """

    watches = frozenset({"note", "note_person", "person"})

    def __init__(self, runner: Runner, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Notes"), parent)
        self._office = office
        self._rows: tuple[NoteRow, ...] = ()
        self._shown: tuple[NoteRow, ...] = ()
        self._words = note_search.Words()
        self._wanted = ""
        self._chain = note_reading.UNREAD
        self.list = LineList(_("My notes"))
        self.finder = LineField()
        self.finder.setPlaceholderText(_("Search in my notes"))
        self.finder.setAccessibleName(_("Search in my notes"))
        self.finder.setClearButtonEnabled(True)
        self.pane = NotePane(runner)
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
        self.runner.in_turn(partial(office.tend, escrow.put_in), quiet=True, owner=self)

    def refresh(self) -> None:
        """Asks for the list, the chain, and the note that is shown."""
        self.runner.fetch(note_reading.mine, then=self._show_list, latest="list")
        self.runner.fetch(note_reading.chain, self._chain, then=self._show_chain, latest="chain")

    @Slot()
    def new_item(self) -> None:
        """Ctrl+N: a new note."""
        self._open_dialog(NoteDialog(self, self.runner))

    def open_item(self, kind: str, item_id: str) -> None:
        """Show a note, or begin one about a person ("note_about")."""
        if kind == "note_about":
            self.runner.fetch(calendar.person_named, item_id, then=self._begin_about, failed=self.failed.emit)
            return
        self._wanted = item_id
        if item_id and not self.list.set_current_id(item_id):
            self.refresh()

    def _begin_about(self, person: tuple[str, str]) -> None:
        self._open_dialog(NoteDialog(self, self.runner, person=person))

    def help_text(self) -> str:
        """What one does here."""
        return _(
            "Left: your sessions, what is still to be signed on top. Right: the note. What you type is sealed and kept "
            "by itself; Sign and close locks it. What comes to mind later goes into an addendum. Nobody but you reads "
            "it, unless you share a note."
        )

    def _connect(self) -> None:
        self.list.current_changed.connect(self._on_current)
        self.list.activated_id.connect(self._on_activated)
        self.finder.textChanged.connect(self._on_find)
        self._pause.timeout.connect(self._look)
        self.pane.failed.connect(self.failed)
        self.pane.kept.connect(self._on_kept)
        self.pane.files.changed.connect(self._ask_note)
        self.pane.sign.clicked.connect(self._on_sign)
        self.pane.details.clicked.connect(self._on_details)
        self.pane.drop.clicked.connect(self._on_drop)
        self.pane.add.clicked.connect(self._on_add)
        self.pane.share.clicked.connect(self._on_share)

    def _lay_out(self) -> None:
        left = Card()
        left.body.addWidget(self.finder)
        left.body.addWidget(self.list, 1)
        left.setMinimumWidth(theme.unit(50))
        left.setMaximumWidth(theme.unit(95))
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(3.5))
        row.addWidget(left, 30)
        row.addWidget(self.pane, 70)
        blank = QWidget()
        QVBoxLayout(blank).addWidget(self._empty)
        self._stack = QStackedWidget()
        self._stack.addWidget(both)
        self._stack.addWidget(blank)
        self.body.addWidget(self._stack, 1)
        self.pane.setVisible(False)

    def _show_list(self, rows: tuple[NoteRow, ...]) -> None:
        self._rows = rows
        self.badge_changed.emit(sum(row.state == "draft" and not row.private for row in rows))
        self._stack.setCurrentIndex(0 if rows else 1)
        new = self._words.missing(row.id for row in rows)
        if len(new) > _FEW:
            self._read_words("")
        else:
            for note_id in new:
                self._read_word(note_id)
        self._look()

    def _show_lines(self, rows: tuple[NoteRow, ...]) -> None:
        self._shown = rows
        wanted = self._wanted or self.list.current_id()
        self._wanted = ""
        self.list.set_lines(words.lines(rows, self.runner.now().date()))
        if not self.list.set_current_id(wanted) and rows:
            self.list.set_current_id(rows[0].id)
        self._ask_note()

    @Slot()
    def _look(self) -> None:
        """The notes in which the words stand that were typed; without any the newest."""
        typed = self.finder.text().strip()
        if not typed:
            self._show_lines(self._rows)
            return
        self.runner.fetch(note_reading.mine, ids=tuple(self._words.find(typed)), then=self._show_lines, owner=self,
                          latest="found")  # fmt: skip

    @Slot()
    def _on_find(self) -> None:
        self._pause.start()

    def _show_chain(self, found: Chain) -> None:
        """Some notes at a time, until all were looked at; what was looked at once is not looked at again."""
        more, self._chain = found.count > self._chain.count, found
        if more:
            self.runner.fetch(note_reading.chain, found, then=self._show_chain, latest="chain")
        else:
            self.header.set_subtitle(words.chain(found))

    @Slot()
    def _on_current(self) -> None:
        self._ask_note()

    @Slot()
    def _on_activated(self) -> None:
        self.pane.text.setFocus()

    @Slot()
    def _ask_note(self) -> None:
        current = self._row()
        if current is None:
            self.pane.forget()
            self.pane.setVisible(False)
            return
        self.pane.keep()
        self.runner.fetch(note_reading.read, current.id, then=self._show_note, failed=self.failed.emit, owner=self,
                          latest="note")  # fmt: skip

    def _show_note(self, note: NoteText) -> None:
        self.pane.show_note(note)
        self.pane.setVisible(True)

    def _row(self) -> NoteRow | None:
        current = self.list.current_id()
        return next((row for row in self._shown if row.id == current), None)

    def _open_dialog(self, dialog: NoteDialog) -> None:
        dialog.finished_with.connect(self._on_begun)
        dialog.open()

    @Slot(object)
    def _on_begun(self, note_id: object) -> None:
        self._wanted = str(note_id)
        self.refresh()
        self.pane.text.setFocus()

    @Slot()
    def _on_sign(self) -> None:
        row = self._row()
        if row is None:
            return
        self.pane.keep()
        question = _("Sign this note? From then on it cannot be changed: what comes later goes into an addendum.")
        confirm(self, question, _("Sign and close"), partial(self._sign, row))

    def _sign(self, row: NoteRow) -> None:
        self.runner.run(notes.sign, row.id, row.version, then=self._on_signed, failed=self.failed.emit, owner=self)

    def _on_signed(self, _nothing: object) -> None:
        self.say(_("The note is signed and locked."))
        self.refresh()

    @Slot()
    def _on_details(self) -> None:
        row = self._row()
        if row is not None:
            self.pane.keep()
            self._open_dialog(NoteDialog(self, self.runner, row))

    @Slot()
    def _on_drop(self) -> None:
        row = self._row()
        if row is not None:
            question = _("Throw this draft away? It cannot be brought back.")
            confirm(self, question, _("Throw away"), partial(self._drop, row), danger=True)

    def _drop(self, row: NoteRow) -> None:
        self.runner.run(notes.drop, row.id, then=self._on_dropped, failed=self.failed.emit, owner=self, quiet=True)

    def _on_dropped(self, _nothing: object) -> None:
        self.say(_("The draft is gone."), Meaning.ACCENT)
        self.refresh()

    @Slot()
    def _on_add(self) -> None:
        row = self._row()
        if row is None:
            return
        values = NoteValues(row.kind, row.day, row.person_ids, row.starts, None, row.private, row.path_id,
                            row.appointment_id, row.meeting_id)  # fmt: skip
        self.runner.run(notes.start, values, NoteTexts(), row.id, then=self._on_begun, failed=self.failed.emit,
                        owner=self, quiet=True)  # fmt: skip

    @Slot()
    def _on_share(self) -> None:
        row = self._row()
        if row is not None:
            ShareDialog(self, self.runner, self._office, row).open()

    @Slot()
    def _on_kept(self) -> None:
        """The search knows what was just written."""
        self._read_word(self.pane.note_id())

    def _read_word(self, note_id: str) -> None:
        self.runner.fetch(note_search.texts, only=note_id, then=self._take_word, failed=self._no_words, owner=self)

    def _take_word(self, rows: tuple[tuple[str, str], ...]) -> None:
        self._words.take(rows)
        if self.finder.text().strip():
            self._pause.start()

    def _read_words(self, after: str) -> None:
        """The words of one's own notes, page after page, for the search."""
        self.runner.fetch(note_search.texts, after, then=self._take_words, failed=self._no_words, owner=self)

    def _take_words(self, rows: tuple[tuple[str, str], ...]) -> None:
        self._take_word(rows)
        if len(rows) == note_search.AT_ONCE:
            self._read_words(rows[-1][0])

    def _no_words(self, _error: Exception) -> None:
        """The search finds by names alone."""
