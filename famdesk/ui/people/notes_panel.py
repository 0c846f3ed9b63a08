"""The tab of session notes in a person's file: locked lines with author and day, never what somebody else wrote.

A note is opened here as far as it speaks of this person: of a group only what is for all and this person's line.
"""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain.codes import label
from famdesk.domain.notes.notes import NOTE_KINDS
from famdesk.i18n import _, formats
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, make_action
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card, Label, ScrollColumn
from famdesk.ui.people.panel import FilePanel
from famdesk.usecases.notes import note_reading
from famdesk.usecases.notes.note_limits import OpenedElsewhere
from famdesk.usecases.notes.note_rows import NoteRow, NoteText


class NotesPanel(FilePanel):
    """Notes about a person, the newest first."""

    watches: ClassVar[frozenset[str]] = frozenset({"note", "note_person"})

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._rows: dict[str, NoteRow] = {}
        self.list = LineList(_("Session notes"), _("There are no session notes about this person."), grow=True)
        self.list.activated_id.connect(self._open)
        card = Card(_("Session notes"), "lock", note=_("read by their authors only"))
        self.add = make_action(self, _("New note"), self._new, icon="plus")
        card.tools.addWidget(ActionButton.of(self.add, kind="link"))
        card.add_wide(self.list)
        self.body.addWidget(card)
        self.body.addStretch(1)

    def refresh(self) -> None:
        assert self.file is not None
        self.runner.fetch(note_reading.of_person, self.file.id, then=self._show, failed=self.failed.emit,
                          latest="notes")  # fmt: skip

    def forget(self) -> None:
        self._rows = {}
        self.list.set_lines([])

    def focus_first(self) -> None:
        self.list.setFocus()

    def _show(self, rows: tuple[NoteRow, ...]) -> None:
        self._rows = {row.id: row for row in rows}
        self.list.set_lines([_line(row) for row in rows])

    @Slot()
    def _new(self) -> None:
        if self.file is not None:
            self.item_opened.emit("note_about", self.file.id)

    @Slot(str)
    def _open(self, note_id: str) -> None:
        row = self._rows.get(note_id)
        if row is None or self.file is None:
            return
        if row.mine and row.state == "draft":
            self.item_opened.emit("note", note_id)
            return
        self.runner.fetch(note_reading.read_about, note_id, self.file.id, then=self._read, failed=self._on_unread)

    def _on_unread(self, error: Exception) -> None:
        """What a colleague gave to read is opened where its author is told of it."""
        if isinstance(error, OpenedElsewhere):
            self.item_opened.emit("note_given", "")
        else:
            self.failed.emit(error)

    def _read(self, note: NoteText) -> None:
        NoteDialog(self, note).open()


class NoteDialog(Dialog):
    """What a note says of one person; it is only read here."""

    def __init__(self, parent: QWidget, note: NoteText) -> None:
        super().__init__(parent, _head(note.row))
        column = ScrollColumn()
        for one in (note, *note.addenda):
            if one is not note:
                column.body.addWidget(Label(_("Addendum of {moment}").format(moment=_moment(one.row)), "section"))
            for text in (one.texts.text, *(line for _person, line in one.texts.lines)):
                if text:
                    column.body.addWidget(Label(text, wrap=True))
        column.body.addStretch(1)
        column.setMinimumHeight(theme.unit(60))
        self.setMinimumWidth(theme.unit(160))
        self.body.addWidget(column, 1)


def _line(row: NoteRow) -> Line:
    who = _("by me") if row.mine else row.author
    badge, meaning = (_("draft"), Meaning.WARNING) if row.state == "draft" else ("", None)
    if row.state == "destroyed":
        badge, meaning = _("destroyed"), Meaning.CLOSED
    kind = label(NOTE_KINDS, row.kind)
    if row.addendum_to:
        kind = _("Addendum to note {number}").format(number=row.first) if row.first else _("Addendum")
    icon = "notebook-pen" if row.readable else "lock"
    return Line(row.id, kind, lead=formats.date_num(row.day), detail=who, icon=icon, badge=badge, meaning=meaning)


def _head(row: NoteRow) -> str:
    return _("{kind} · {when}").format(kind=label(NOTE_KINDS, row.kind), when=formats.date_full(row.day))


def _moment(row: NoteRow) -> str:
    return formats.moment(row.signed_at) if row.signed_at else formats.date_num(row.day)
