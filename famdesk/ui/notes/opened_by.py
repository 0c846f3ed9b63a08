"""Under a signed note its author reads who else opened it, and to whom it was given."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from famdesk.i18n import _, formats, ngettext
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label
from famdesk.ui.reading_lines import ReadingsDialog
from famdesk.usecases import readings
from famdesk.usecases.notes.note_rows import NoteText
from famdesk.usecases.readings import ReadingRow


class OpenedBy(QWidget):
    """A quiet line with a link to the whole list; hidden for drafts and for notes of others.

    Signals:
        failed(object): an error to present.
    """

    failed = Signal(object)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._rows: tuple[ReadingRow, ...] = ()
        self._label = Label("", "second", wrap=True)
        self.more = ActionButton(_("Who opened it…"), "eye", kind="link")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(2))
        row.addWidget(self._label, 1)
        row.addWidget(self.more)
        self.more.clicked.connect(self._on_more)
        self.hide()

    @Slot(object)
    def show_note(self, note: NoteText | None) -> None:
        """Ask who opened this note; None: nothing is shown."""
        self._rows = ()
        self._label.setText("")
        mine = note is not None and note.row.mine and note.row.state == "signed"
        self.setVisible(mine)
        if note is not None and mine:
            self._runner.fetch(readings.of_note, note.row.id, then=self._show, failed=self.failed.emit, owner=self,
                               latest="readers")  # fmt: skip

    def text(self) -> str:
        """What the line says."""
        return self._label.text()

    def _show(self, rows: tuple[ReadingRow, ...]) -> None:
        self._rows = rows
        self._label.setText(_told(rows))

    @Slot()
    def _on_more(self) -> None:
        ReadingsDialog(self.window(), _("Who opened this note"), self._rows).open()


def _told(rows: tuple[ReadingRow, ...]) -> str:
    others = [row for row in rows if not row.mine]
    if not others:
        return _("Nobody else opened this note.")
    last = others[0]
    told = ngettext("Others: {n} time, last {when} by {name}.", "Others: {n} times, last {when} by {name}.",
                    len(others))  # fmt: skip
    return told.format(n=len(others), when=formats.moment(last.at), name=last.by)
