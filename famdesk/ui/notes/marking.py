"""The words that are looked for, marked in the note that is shown; F3 goes from one place to the next."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QTextEdit, QWidget

from famdesk.domain.notes.found_words import spans
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import make_action
from famdesk.ui.kit.speech import announce
from famdesk.ui.notes.about import AboutChooser
from famdesk.ui.notes.pane import NotePane
from famdesk.usecases.notes.note_rows import NoteText

NEXT_KEY: Final = "F3"


class Marks(QObject):
    """Marks words in the text of a pane. Of a group's note that says them in the line about one person alone, that line
    is shown."""

    def __init__(self, pane: NotePane, page: QWidget) -> None:
        """`page`: where the key counts."""
        super().__init__(pane)
        self._pane = pane
        self._typed = ""
        self._note: NoteText | None = None
        self.places: tuple[tuple[int, int], ...] = ()
        pane.shown.connect(self._on_shown)
        pane.text.document().contentsChanged.connect(self._on_other_text)
        make_action(page, _("Next place"), self.go_on, shortcut=NEXT_KEY)

    def look_for(self, typed: str) -> None:
        """Other words are looked for; "": none any more."""
        if typed != self._typed:
            self._typed = typed
            self._mark()
            self._begin()

    @Slot()
    def go_on(self) -> None:
        """The cursor goes to the next place, after the last one to the first."""
        if not self.places:
            return
        cursor = self._pane.text.textCursor()
        at = cursor.selectionEnd()
        number = next((one for one, (start, _end) in enumerate(self.places) if start >= at), 0)
        self._go_to(number)
        announce(self._pane.text, _("{place} of {count}").format(place=number + 1, count=len(self.places)))

    @Slot(object)
    def _on_shown(self, note: NoteText | None) -> None:
        another = note is not None and (self._note is None or self._note.row.id != note.row.id)
        self._note = note
        self._mark()
        if another:
            QTimer.singleShot(0, self, self._begin)  # the lines of a group are there by then

    @Slot()
    def _on_other_text(self) -> None:
        """It is marked when it stands: Qt moves what is marked while the text is being replaced."""
        if self._typed:
            QTimer.singleShot(0, self, self._mark)

    @Slot()
    def _begin(self) -> None:
        """The first place comes into sight, unless somebody is writing."""
        if not self._typed or self._note is None or self._pane.text.hasFocus():
            return
        if not self.places:
            self._choose_line()
            self._mark()
        if self.places:
            self._go_to(0)

    def _choose_line(self) -> None:
        chooser = next((one for one in self._pane.findChildren(AboutChooser) if one.isVisible()), None)
        if chooser is None or self._note is None:
            return
        said = next((person_id for person_id, line in self._note.texts.lines if spans(line, self._typed)), "")
        if said and said != chooser.current():
            chooser.set_current(said)
            chooser.chosen.emit(said)

    def _go_to(self, number: int) -> None:
        start, end = self.places[number]
        cursor = self._pane.text.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, cursor.MoveMode.KeepAnchor)
        self._pane.text.setTextCursor(cursor)
        self._pane.text.ensureCursorVisible()

    @Slot()
    def _mark(self) -> None:
        text = self._pane.text
        said = text.toPlainText() if self._typed else ""
        self.places = tuple((_units(said, start), _units(said, end)) for start, end in spans(said, self._typed))
        look = QTextCharFormat()
        tone = theme.current().warning
        look.setBackground(QColor(tone.tint))
        look.setForeground(QColor(tone.text))
        look.setFontUnderline(True)
        marked = []
        for start, end in self.places:
            one = QTextEdit.ExtraSelection()
            cursor = text.textCursor()
            cursor.setPosition(start)
            cursor.setPosition(end, cursor.MoveMode.KeepAnchor)
            one.cursor, one.format = cursor, look
            marked.append(one)
        text.setExtraSelections(marked)


def _units(said: str, place: int) -> int:
    """A place as Qt counts: signs beyond the first plane of Unicode are two."""
    before = said[:place]
    return place if before.isascii() else len(before.encode("utf-16-le")) // 2
