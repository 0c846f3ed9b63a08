"""Who reads a note beside its author, and the way to take it back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.dialog import confirm
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Label
from famdesk.usecases import note_reading, notes
from famdesk.usecases.note_rows import Reader


class Readers(QWidget):
    """The colleagues who hold keys of a note, each with a button that takes them back.

    Signals:
        failed(object): an error to present.
    """

    failed = Signal(object)

    def __init__(self, runner: Runner, note_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner, self._note_id = runner, note_id
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(theme.unit(1.5))
        self.setVisible(False)
        self._ask()

    def _ask(self) -> None:
        self._runner.fetch(note_reading.readers, self._note_id, then=self._show, failed=self.failed.emit, owner=self)

    def _show(self, readers: tuple[Reader, ...]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if readers:
            self._rows.addWidget(Label(_("This note is read by"), "strong"))
        for one in readers:
            self._rows.addWidget(self._line(one))
        self.setVisible(bool(readers))
        if readers:
            self.window().adjustSize()

    def _line(self, one: Reader) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Label(one.name), 1)
        if one.received:
            row.addWidget(Label(_("received by the sealed envelope"), "second"))
        else:
            back = ActionButton(_("Take back"), "x")
            back.setAccessibleName(_("Take back from {name}").format(name=one.name))
            back.clicked.connect(partial(self._on_back, one))
            row.addWidget(back)
        return line

    def _on_back(self, one: Reader) -> None:
        question = _("Take this note back from {name}? What was read cannot be taken back. Your colleague is told.")
        confirm(self, question.format(name=one.name), _("Take back"), partial(self._take, one), named=True)

    def _take(self, one: Reader) -> None:
        self._runner.run(notes.unshare, self._note_id, one.staff_id, then=partial(self._on_taken, one),
                         failed=self.failed.emit, owner=self, quiet=True)  # fmt: skip

    def _on_taken(self, one: Reader, _nothing: object) -> None:
        announce(self, _("{name} can no longer read this note.").format(name=one.name))
        self._ask()
