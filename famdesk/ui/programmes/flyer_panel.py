"""The flyer of an initiative: its picture with what it shows, and the way to the sheet."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, allow, make_action
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import LineField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label
from famdesk.usecases.centre import pictures
from famdesk.usecases.programmes import initiative_pictures
from famdesk.usecases.programmes.initiative_pictures import PictureRow
from famdesk.usecases.programmes.programmes_rows import InitiativeDetail

_ALL = 1000
"""The share of the height that a picture takes of what is left."""


class FlyerPanel(QWidget):
    """Picture, words, and the sheet.

    Signals:
        sheet_requested(str, str): the flyer of the initiative with this id is wanted.
    """

    sheet_requested = Signal(str, str)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._detail: InitiativeDetail | None = None
        self._row: PictureRow | None = None
        self.picture = _Picture()
        self._words = Label("", wrap=True)
        self._text = Label("", "second", wrap=True)
        self.show_flyer = make_action(self, _("Flyer"), self._on_flyer, icon="sparkles", shortcut="Ctrl+Shift+F")
        self.choose = make_action(self, _("Choose a picture"), self._on_choose, icon="folder-open")
        self.change = make_action(self, _("Change the words"), self._on_change, icon="pencil")
        self.remove = make_action(self, _("Remove the picture"), self._on_remove, icon="trash-2")
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.unit(2))
        buttons.addWidget(ActionButton.of(self.show_flyer))
        for action in (self.choose, self.change, self.remove):
            buttons.addWidget(ActionButton.of(action))
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.unit(2.5))
        layout.addLayout(buttons)
        layout.addWidget(self._text)
        layout.addWidget(self._words)
        layout.addWidget(self.picture, _ALL)
        layout.addStretch(1)  # without a picture the words stay together

    def show_detail(self, detail: InitiativeDetail) -> None:
        """Show the flyer's parts of an initiative."""
        self._detail = detail
        values = detail.values
        told = values.flyer_text or values.description or values.topics or ""
        self._text.setText(told or _("There is no text yet: write it with “Change”, at the end of the form."))
        allow(self.choose, detail.may_change)
        self._runner.fetch(initiative_pictures.picture, detail.row.id, then=self._show, owner=self, latest="picture")

    def _show(self, row: PictureRow | None) -> None:
        self._row = row
        self.picture.show_image(row.picture.image if row else b"", row.picture.alt if row else "")
        credit = f" · {row.credit}" if row and row.credit else ""
        self._words.setText(f"{row.picture.alt}{credit}" if row else _("No picture: the flyer is set in larger type."))
        may = self._detail is not None and self._detail.may_change
        allow(self.change, may, row is not None)
        allow(self.remove, may, row is not None)

    @Slot()
    def _on_flyer(self) -> None:
        if self._detail is not None:
            self.sheet_requested.emit("flyer", self._detail.row.id)

    @Slot()
    def _on_choose(self) -> None:
        dialog = QFileDialog(self, _("Choose a picture"), "", _("Pictures (*.png *.jpg *.jpeg)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.take_file)
        dialog.open()

    @Slot(str)
    def take_file(self, name: str) -> None:
        """Read a file, then ask what it shows."""
        self._runner.compute(_read, Path(name), then=self._ask)

    def _ask(self, image: bytes) -> None:
        if self._detail is not None:
            PictureDialog(self.window(), self._runner, self._detail.row.id, self._row, image).open()

    @Slot()
    def _on_change(self) -> None:
        if self._detail is not None and self._row is not None:
            PictureDialog(self.window(), self._runner, self._detail.row.id, self._row).open()

    @Slot()
    def _on_remove(self) -> None:
        if self._row is not None:
            self._runner.run(initiative_pictures.remove_picture, self._row.id, self._row.version)


class PictureDialog(Dialog):
    """What a picture shows, for those who do not see it, and whose it is."""

    def __init__(
        self, parent: QWidget, runner: Runner, initiative_id: str, row: PictureRow | None, image: bytes | None = None
    ) -> None:
        """`image`: a new picture; None: only the words are changed."""
        super().__init__(parent, _("Picture of the flyer"), _("Save"))
        self._runner, self._initiative, self._image = runner, initiative_id, image
        self.form = Form(labels="top")
        self.form.add("alt", _("What it shows"), LineField(160), required=True,
                      hint=_("Read aloud to those who do not see the picture."))  # fmt: skip
        self.form.add("credit", _("Whose it is"), LineField(120), hint=_("For example: drawing by class 3A"))
        self.body.addWidget(self.form)
        if row is not None and image is None:
            self.form.set_values({"alt": row.picture.alt, "credit": row.credit})

    def save(self) -> None:
        assert self.form is not None
        self._runner.run(initiative_pictures.set_picture, self._initiative, **self.form.values(), image=self._image,
                         then=self.finish, failed=self.present)  # fmt: skip


class _Picture(QWidget):
    """The picture on white paper."""

    def __init__(self) -> None:
        super().__init__()
        self._pixmap = QPixmap()

    def show_image(self, image: bytes, alt: str) -> None:
        """Show another picture, or none."""
        self._pixmap = QPixmap()
        if image:
            self._pixmap.loadFromData(image)
        self.setAccessibleName(alt)
        self.setVisible(bool(image))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.unit(80), theme.unit(50))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._pixmap.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        most = self.size().boundedTo(QSize(theme.unit(180), theme.unit(90)))
        size = self._pixmap.size().scaled(most, Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawPixmap(0, 0, size.width(), size.height(), self._pixmap)


def _read(path: Path) -> bytes:
    """The file, as far as it may be a picture at all."""
    with path.open("rb") as file:
        return file.read(pictures.LARGEST_FILE + 1)
