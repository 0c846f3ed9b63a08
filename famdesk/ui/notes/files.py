"""The files and drawings of a note: chosen, shown inside the window, never written in clear."""

from __future__ import annotations

import mimetypes
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QWidget

from famdesk.i18n import _, formats
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, ToolButton
from famdesk.ui.kit.dialog import Dialog, confirm
from famdesk.ui.kit.papers.pdf_preview import PdfPreview
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label, ScrollColumn
from famdesk.usecases.notes import note_reading, notes
from famdesk.usecases.notes.note_rows import AttachmentRow

_PICTURES: Final = ("image/png", "image/jpeg", "image/gif", "image/bmp", "image/webp")
_LARGEST: Final = 170
"""The greatest height of a picture that is shown, in units."""


class FilesStrip(QWidget):
    """The files of a note as buttons, and the one that adds another to a draft.

    Signals:
        changed(): one was added or taken away.
        failed(object): an error to present.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._note_id = ""
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.unit(2))
        self.attach = ActionButton(_("Attach…"), "upload")
        self.attach.clicked.connect(self._on_attach)
        self._row.addWidget(self.attach)

    def show_files(self, note_id: str, files: tuple[AttachmentRow, ...], *, draft: bool) -> None:
        """Show what is with a note."""
        self._note_id = note_id
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self.attach:
                widget.hide()
                widget.deleteLater()
        last: QWidget = self.attach
        for file in files:
            size = formats.number(max(1, round(file.size / 1024)))
            text = _("{name} · {size} kB").format(name=file.name, size=size)
            button = ActionButton(text, "file-text")
            button.clicked.connect(partial(self._open, file))
            self._row.addWidget(button)
            QWidget.setTabOrder(last, button)
            last = button
            if draft:
                away = ToolButton(_("Take away: {what}").format(what=file.name), "x", flat=True)
                away.clicked.connect(partial(self._take_away, file))
                self._row.addWidget(away)
                QWidget.setTabOrder(last, away)
                last = away
        self._row.addWidget(self.attach)
        self._row.addStretch(1)
        self.attach.setVisible(draft)
        self.setVisible(draft or bool(files))

    @Slot()
    def _on_attach(self) -> None:
        dialog = QFileDialog(self, _("Attach a file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def take(self, name: str) -> None:
        """Seal a file with the note."""
        path, note_id = Path(name), self._note_id

        def sealed(data: bytes) -> None:
            media = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            kind = "drawing" if media in _PICTURES else "attachment"
            self._runner.run(notes.attach, note_id, path.name, media, data, kind, then=self._on_changed,
                             failed=self.failed.emit, owner=self, quiet=True)  # fmt: skip

        self._runner.compute(_read, path, then=sealed, failed=self.failed.emit, owner=self)

    def _open(self, file: AttachmentRow) -> None:
        then = partial(self._show, file)
        self._runner.fetch(note_reading.attachment, self._note_id, file.part_id, then=then, failed=self.failed.emit,
                           owner=self)  # fmt: skip

    def _show(self, file: AttachmentRow, data: bytes) -> None:
        FileDialog(self, file, data).open()

    def _take_away(self, file: AttachmentRow) -> None:
        question = _("Throw this file away? It cannot be brought back.")
        confirm(self, question, _("Throw away"), partial(self._detach, file), danger=True, detail=file.name)

    def _detach(self, file: AttachmentRow) -> None:
        self._runner.run(notes.detach, self._note_id, file.part_id, then=self._on_changed, failed=self.failed.emit,
                         owner=self, quiet=True)  # fmt: skip

    def _on_changed(self, _result: object) -> None:
        self.changed.emit()


def _read(path: Path) -> bytes:
    """The bytes of a file, without those of a film that does not fit anyway.

    Raises:
        FileTooLarge.
    """
    with path.open("rb") as file:
        data = file.read(notes.LARGEST_FILE + 1)
    notes.check_size(data)
    return data


class FileDialog(Dialog):
    """A picture, a PDF or a text, shown from memory; of other files only that they are there and how large."""

    def __init__(self, parent: QWidget, file: AttachmentRow, data: bytes) -> None:
        super().__init__(parent, file.name, named=True)  # its name is sealed like the file
        column = ScrollColumn()
        image = QImage.fromData(data) if file.kind in _PICTURES else QImage()
        if not image.isNull():
            shown = QLabel()
            limit = theme.unit(_LARGEST)
            shown.setPixmap(QPixmap.fromImage(image).scaledToHeight(
                min(limit, image.height()), Qt.TransformationMode.SmoothTransformation))  # fmt: skip
            shown.setAccessibleName(file.name)
            column.body.addWidget(shown)
        elif file.kind == "application/pdf":
            preview = PdfPreview()
            preview.show_pdf(data, file.name)
            self.body.addWidget(preview, 1)
            self.resize(parent.window().size() * 0.85)
            return
        elif file.kind.startswith("text/"):
            column.body.addWidget(Label(data.decode("utf-8", "replace"), wrap=True))
        else:
            told = _("This kind of file cannot be shown inside the window. It stays sealed with the note.")
            column.body.addWidget(Label(told, wrap=True))
        column.body.addStretch(1)
        column.setMinimumHeight(theme.unit(60))
        self.body.addWidget(column, 1)
