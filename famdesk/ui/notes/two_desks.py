"""What is said where two desks of one author wrote in the same draft, and both drafts side by side."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label, ScrollColumn
from famdesk.usecases.notes import note_reading
from famdesk.usecases.notes.note_rows import NoteText


class TwinStrip(QWidget):
    """Above a draft that was parted from another note: why, and the way to see both.

    Signals:
        failed(object): an error to present.
    """

    failed = Signal(object)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._known: dict[str, tuple[str, str]] = {}
        self._note_id = ""
        self._told = Label("", "strong", wrap=True)
        self.compare = ActionButton(_("Compare…"), "columns-3")
        self.compare.clicked.connect(self._on_compare)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(2))
        row.addWidget(self._told, 1)
        row.addWidget(self.compare)
        self.setVisible(False)

    def add(self, note_id: str, other_id: str, told: str) -> None:
        """A draft was parted from another note."""
        self._known[note_id] = (other_id, told)

    def of(self, note_id: str) -> None:
        """This note is shown now."""
        self._note_id = note_id
        other_id, told = self._known.get(note_id, ("", ""))
        self._told.setText(told)
        self.setVisible(bool(other_id))

    @Slot()
    def _on_compare(self) -> None:
        other_id, _told = self._known[self._note_id]
        then = partial(self._on_first, self._note_id)
        self._runner.fetch(note_reading.read, other_id, then=then, failed=self.failed.emit, owner=self)

    def _on_first(self, note_id: str, other: NoteText) -> None:
        then = partial(self._show, other)
        self._runner.fetch(note_reading.read, note_id, then=then, failed=self.failed.emit, owner=self)

    def _show(self, other: NoteText, mine: NoteText) -> None:
        TwinDialog(self, other, mine).open()


class TwinDialog(Dialog):
    """Two notes side by side, only to be read; the one that is not needed is thrown away in the list."""

    def __init__(self, parent: QWidget, other: NoteText, mine: NoteText) -> None:
        super().__init__(parent, _("Two drafts compared"))
        both = QHBoxLayout()
        both.setSpacing(theme.unit(4))
        for title, note in ((_("Written at the other desk"), other), (_("Typed here"), mine)):
            half = QVBoxLayout()
            half.addWidget(Label(title, "section"))
            column = ScrollColumn()
            names = dict(zip(note.row.person_ids, note.row.people, strict=True))
            for person_id, text in (("", note.texts.text), *note.texts.lines):
                if text and person_id:
                    column.body.addWidget(Label(names.get(person_id) or _("a protected file"), "second"))
                if text:
                    column.body.addWidget(Label(text, wrap=True))
            column.body.addStretch(1)
            column.setMinimumHeight(theme.unit(70))
            half.addWidget(column, 1)
            both.addLayout(half, 1)
        self.setMinimumWidth(theme.unit(190))
        self.body.addLayout(both, 1)
