"""What stands beside the note that is written: the last note about the person, or those that a report is drawn from.

It is only read. What is taken over is what the author selects, or the headings alone; of a group's note the common part
and the line about this person, never another one's.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from famdesk.domain.notes.note_texts import headings
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, ToolButton
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Card, Label
from famdesk.ui.notes import words
from famdesk.ui.notes.edit import NoteEdit
from famdesk.ui.notes.expansion import insert
from famdesk.usecases.notes import note_last, note_reading
from famdesk.usecases.notes.note_rows import NoteRow, NoteText


class Beside(Card):
    """A note that is read beside another one.

    Attributes:
        text: what it says. take, heads: take the selection, or the headings, over. close: put it away.

    Signals:
        failed(object): an error to present.
    """

    failed = Signal(object)

    def __init__(self, runner: Runner, into: QPlainTextEdit, parent: QWidget | None = None) -> None:
        """`into` is the field of the note that is written."""
        super().__init__(parent=parent)
        self._runner, self._into = runner, into
        self._person = ""
        self._sources: tuple[NoteRow, ...] = ()
        self._place = 0
        self._asked = 0
        self._head = Label("", "section", wrap=True)
        self._when = Label("", "second", wrap=True)
        self.text = NoteEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(_("The note beside"))
        self.take = ActionButton(_("Take the selection over"), "corner-down-left")
        self.heads = ActionButton(_("Take its headings over"), "list-checks")
        self.back = ToolButton(_("Earlier note"), "chevron-left")
        self.forth = ToolButton(_("Later note"), "chevron-right")
        self.close_button = ToolButton(_("Put it away"), "x", shortcut="Esc", flat=True)
        self._lay_out()
        self.take.clicked.connect(self._on_take)
        self.heads.clicked.connect(self._on_heads)
        self.back.clicked.connect(partial(self._step, -1))
        self.forth.clicked.connect(partial(self._step, 1))
        self.close_button.clicked.connect(self.put_away)
        self.text.selectionChanged.connect(self._on_selected)
        self.hide()

    def show_last(self, person_id: str, but: str) -> None:
        """The last note about somebody; `but` is the one that is written."""
        self._begin(person_id, ())
        self._runner.fetch(note_last.last, person_id, but, then=partial(self._show_last, self._asked),
                           failed=self._on_failed, owner=self, latest="beside")  # fmt: skip

    def shows_last_of(self, person_id: str) -> bool:
        """Whether the last note about somebody is what stands here."""
        return self.isVisible() and not self._sources and self._person == person_id

    def show_sources(self, person_id: str, rows: Sequence[NoteRow]) -> None:
        """Notes about somebody, one after the other, the last one first."""
        self._begin(person_id, tuple(rows))
        self._place = len(self._sources) - 1
        if self._sources:
            self._ask()

    @Slot()
    def put_away(self) -> None:
        """No word of it stays in the window."""
        had = self.isVisible() and any(one.hasFocus() for one in self.findChildren(QWidget))
        self._begin("", ())
        self.hide()
        if had:
            self._into.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """The page went, or the desk was locked: nothing stays behind."""
        super().hideEvent(event)
        self.text.clear()

    def _begin(self, person_id: str, sources: tuple[NoteRow, ...]) -> None:
        self._asked += 1
        self._person, self._sources = person_id, sources
        self.text.clear()
        for widget in (self.back, self.forth):
            widget.setVisible(len(sources) > 1)

    def _ask(self) -> None:
        row = self._sources[self._place]
        self.back.setEnabled(self._place > 0)
        self.forth.setEnabled(self._place < len(self._sources) - 1)
        self._runner.fetch(note_reading.read_about, row.id, self._person, then=partial(self._show_note, self._asked),
                           failed=self._on_failed, owner=self, latest="beside")  # fmt: skip

    def _step(self, by: int) -> None:
        self._place = min(max(self._place + by, 0), len(self._sources) - 1)
        self._ask()

    def _show_last(self, asked: int, note: NoteText | None) -> None:
        if note is not None:
            self._show_note(asked, note)
        elif asked == self._asked:
            self._head.setText(_("Last note"))
            self._when.setText(_("There is no earlier note about this person that you may read."))
            announce(self, self._when.text())
            self._open(said="")

    def _show_note(self, asked: int, note: NoteText) -> None:
        if asked != self._asked:
            return
        self._head.setText(_("Last note") if not self._sources else _("Out of your notes"))
        self._when.setText(words.heading(note.row))
        parts = [note.texts.text, *(line for _person, line in note.texts.lines)]
        for one in note.addenda:
            parts.append(_("Addendum of {moment}").format(moment=words.moment_of(one.row)))
            parts += [one.texts.text, *(line for _person, line in one.texts.lines)]
        self._open("\n\n".join(part for part in parts if part))
        announce(self, f"{self._head.text()}, {self._when.text()}")

    def _open(self, said: str) -> None:
        self.show()
        self.text.setPlainText(said)
        self.text.setVisible(bool(said))
        self.take.setVisible(bool(said))
        self.heads.setVisible(bool(said) and not self._sources)
        self.heads.setEnabled(bool(headings(said)) and not self._into.isReadOnly())
        self._on_selected()

    def _on_failed(self, error: Exception) -> None:
        self.put_away()
        self.failed.emit(error)

    @Slot()
    def _on_selected(self) -> None:
        self.take.setEnabled(self.text.textCursor().hasSelection() and not self._into.isReadOnly())

    @Slot()
    def _on_take(self) -> None:
        selected = self.text.textCursor().selectedText().replace("\u2029", "\n")
        if selected and not self._into.isReadOnly():
            insert(self._into, selected)

    @Slot()
    def _on_heads(self) -> None:
        found = headings(self.text.toPlainText())
        if found and not self._into.isReadOnly():
            insert(self._into, found)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.unit(1))
        head.addWidget(self._head, 1)
        for widget in (self.back, self.forth, self.close_button):
            head.addWidget(widget)
        buttons = QVBoxLayout()  # one under the other: the text beside them needs the width
        buttons.setSpacing(theme.unit(1.5))
        buttons.addWidget(self.heads, 0, Qt.AlignmentFlag.AlignLeft)
        buttons.addWidget(self.take, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addLayout(head)
        self.body.addWidget(self._when)
        self.body.addWidget(self.text, 1)
        self.body.addLayout(buttons)
        self.body.addStretch(0)  # without a text the sentence stays on top
