"""What colleagues gave to read out of their notes: a list, and the text of one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain.codes import label
from famdesk.domain.notes.note_release import ENDINGS
from famdesk.domain.notes.notes import OUT_KINDS
from famdesk.i18n import _, formats
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label
from famdesk.ui.notes.edit import NoteEdit
from famdesk.ui.notes.files import FileDialog
from famdesk.usecases.notes import note_release
from famdesk.usecases.notes.note_release_rows import ReleaseRow
from famdesk.usecases.notes.note_rows import AttachmentRow, NoteText


class ReceivedDialog(Dialog):
    """Lists what was given to the reader; Enter opens one, and its author is told.

    Attributes:
        list: what there is.
    """

    def __init__(self, parent: QWidget, runner: Runner, first: str = "") -> None:
        """`first`: the note that is opened at once."""
        super().__init__(parent, _("Given to me"))
        self._runner, self._first = runner, first
        self._rows: dict[str, ReleaseRow] = {}
        told = _("Excerpts and summaries of notes that colleagues let you read. Each opening is told to the author.")
        self.body.addWidget(Label(told, "second", wrap=True))
        self.list = LineList(_("Given to me"), _("Nothing was given to you."))
        self.list.setMinimumHeight(theme.unit(60))
        self.list.activated_id.connect(self._open)
        self.body.addWidget(self.list, 1)
        self.setMinimumWidth(theme.unit(150))
        runner.fetch(note_release.received, then=self._show, failed=self.present, owner=self)

    def _show(self, rows: tuple[ReleaseRow, ...]) -> None:
        self._rows = {row.note_id: row for row in rows}
        self.list.set_lines([_line(row) for row in rows])
        self.list.setFocus()
        if self._first in self._rows:
            self.list.set_current_id(self._first)
            self._open(self._first)
        elif rows:
            self.list.set_current_id(rows[0].note_id)

    @Slot(str)
    def _open(self, note_id: str) -> None:
        self._runner.run(note_release.read, note_id, then=partial(self._read, note_id), failed=self.present, owner=self,
                         quiet=True)  # fmt: skip

    def _read(self, note_id: str, note: NoteText) -> None:
        ReadingDialog(self, self._runner, self._rows[note_id], note).open()


class ReadingDialog(Dialog):
    """What was given, to be read; a copy of it is cleared from the clipboard after half a minute."""

    def __init__(self, parent: QWidget, runner: Runner, row: ReleaseRow, note: NoteText) -> None:
        facts = {"kind": label(OUT_KINDS, row.terms.kind), "person": row.person or _("a protected file")}
        super().__init__(parent, _("{kind} · {person}").format(**facts), named=True)
        self.body.addWidget(Label(_detail(row), "second", wrap=True))
        text = NoteEdit()
        text.setReadOnly(True)
        text.setPlainText(note.texts.text)
        text.setAccessibleName(_("What was given to you"))
        text.setMinimumSize(theme.unit(150), theme.unit(80))
        self.body.addWidget(text, 1)
        self._runner, self._note_id = runner, row.note_id
        for file in note.attachments:
            button = ActionButton(file.name, "file-text")
            button.clicked.connect(partial(self._open, file))
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        text.setFocus()

    def _open(self, file: AttachmentRow) -> None:
        self._runner.run(note_release.read_file, self._note_id, file.part_id, then=partial(self._show, file),
                         failed=self.present, owner=self, quiet=True)  # fmt: skip

    def _show(self, file: AttachmentRow, data: bytes) -> None:
        FileDialog(self, file, data).open()


def _line(row: ReleaseRow) -> Line:
    ended = row.ended is not None
    return Line(row.note_id, row.person or _("a protected file"), detail=_detail(row),
                icon="lock" if ended else "notebook-pen", badge=label(ENDINGS, row.ended) if row.ended else "",
                meaning=Meaning.CLOSED if ended else None)  # fmt: skip


def _detail(row: ReleaseRow) -> str:
    facts = {"kind": label(OUT_KINDS, row.terms.kind), "author": row.author,
             "day": formats.date_num(row.terms.until) if row.terms.until else ""}  # fmt: skip
    return _("{kind} · by {author} · may be read until {day}").format(**facts)
