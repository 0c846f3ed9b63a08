"""The addenda under a note."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.widgets import Label, ScrollColumn
from famdesk.ui.notes import words
from famdesk.usecases.notes.note_rows import NoteText


class Addenda(ScrollColumn):
    """What came later, the oldest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaximumHeight(theme.unit(50))

    def show_those_of(self, note: NoteText) -> None:
        """Show the addenda of a note, if there are any."""
        self.empty()
        for one in note.addenda:
            said = one.texts.text or "\n".join(line for _person, line in one.texts.lines)
            head = _("Addendum of {moment}").format(moment=words.moment_of(one.row))
            self.body.addWidget(Label(head, "section"))
            self.body.addWidget(Label(said, wrap=True))
        self.setVisible(bool(note.addenda))

    def empty(self) -> None:
        """No word stays."""
        while (item := self.body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
