"""A logo: its file, whose it is, and in words what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from famdesk.domain.post import looks as limits
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import LineField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.usecases.centre import looks, pictures
from famdesk.usecases.centre.looks import LogoRow

ENDINGS = (".png", ".jpg", ".jpeg")


def dropped_file(event: QDragEnterEvent | QDropEvent) -> str:
    """The picture that is drawn here from elsewhere; "" if it is none."""
    files = [url.toLocalFile() for url in event.mimeData().urls()]
    return next((name for name in files if name.lower().endswith(ENDINGS)), "")


class PictureField(QWidget):
    """A picture with the button that chooses its file; a file can be dropped on it.

    Signals:
        edited(): there is another picture. chosen(str): a file was chosen, its picture is to be read.
    """

    edited = Signal()
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._new: bytes | None = None
        self._shown = _Picture()
        self.choose = ActionButton(_("Choose a file"), "folder-open")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(3))
        row.addWidget(self._shown)
        row.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        self.setAcceptDrops(True)
        self.setFocusProxy(self.choose)
        self.choose.clicked.connect(self.open_files)

    def value(self) -> bytes | None:
        """The new picture; None: none was chosen."""
        return self._new

    def set_value(self, image: bytes | None) -> None:
        """Show the picture that is kept."""
        self._new = None
        self._shown.show_picture(image)

    def take(self, image: bytes) -> None:
        """A new picture has been read."""
        self._new = image
        self._shown.show_picture(image)
        self.edited.emit()

    def problem(self) -> str:
        return ""

    def setAccessibleDescription(self, description: str) -> None:
        super().setAccessibleDescription(description)
        self.choose.setAccessibleDescription(description)

    @Slot()
    def open_files(self) -> None:
        """Ask for the file."""
        dialog = QFileDialog(self, _("Choose a file"), "", _("Pictures (*.png *.jpg *.jpeg)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.chosen)
        dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_file(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.chosen.emit(dropped_file(event))


class _Picture(QWidget):
    """The picture on white paper, or an empty sheet."""

    def __init__(self) -> None:
        super().__init__()
        self._pixmap = QPixmap()
        self.setFixedSize(QSize(theme.unit(40), theme.unit(18)))

    def show_picture(self, image: bytes | None) -> None:
        self._pixmap = QPixmap()
        if image is not None:
            self._pixmap.loadFromData(image)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(QColor(theme.current().hairline))
        painter.setBrush(QColor(Qt.GlobalColor.white))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if not self._pixmap.isNull():
            room = self.rect().adjusted(theme.unit(2), theme.unit(2), -theme.unit(2), -theme.unit(2))
            shown = self._pixmap.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = room.adjusted(0, 0, shown.width() - room.width(), shown.height() - room.height())
            place.moveCenter(room.center())
            painter.drawPixmap(place, self._pixmap)
        painter.end()


class LogoDialog(Dialog):
    """Adds a logo or changes one; `bodies` are those that can be partners, `path` a file that was dropped."""

    def __init__(
        self, parent: QWidget, runner: Runner, bodies: Sequence[Choice], row: LogoRow | None = None, path: str = ""
    ) -> None:
        super().__init__(parent, _("Change") if row else _("Logo"), _("Save"))
        self.setMinimumWidth(theme.unit(120))
        self._runner, self._row = runner, row
        self._names = {choice.code: choice.label for choice in bodies}
        self._proposed = ""
        self.form = form = Form()
        self._picture: PictureField = form.add("image", _("Picture"), PictureField(), required=row is None,
                                               hint=_("PNG or JPEG; white margins are cut off."))  # fmt: skip
        # Translators: field of a logo: the body whose logo it is
        self._whose: ChoiceField = form.add("body_id", _("Whose"), ChoiceField(bodies, _("The centre’s own")))
        told = _("What it shows: read aloud to those who do not see it.")
        self._alt: LineField = form.add(
            "alt", _("In words"), LineField(limit=limits.LONGEST_ALT), required=True, hint=told
        )
        self.body.addWidget(form)
        if row is not None:
            form.set_values({"image": row.logo.image, "body_id": row.body_id, "alt": row.logo.alt})
        self._picture.chosen.connect(self.read)
        self._whose.edited.connect(self._on_whose)
        self._on_whose()
        if path:
            self.read(path)

    @Slot(str)
    def read(self, path: str) -> None:
        """Take the picture of a file."""
        self._runner.compute(pictures.from_file, Path(path), "image", then=self._picture.take, failed=self.present,
                             owner=self)  # fmt: skip

    def save(self) -> None:
        assert self.form is not None
        image, alt, body = self._picture.value(), self._alt.value(), self._whose.value()
        if self._row is not None:
            self._runner.run(looks.change_logo, self._row.id, self._row.version, alt=alt, body_id=body, image=image,
                             then=self.finish, failed=self.present)  # fmt: skip
        elif image is not None:
            self._runner.run(looks.add_logo, image, alt=alt, body_id=body, then=self.finish, failed=self.present)

    @Slot()
    def _on_whose(self) -> None:
        """Words for a logo that shows no more than a name, until somebody writes other ones."""
        name = self._names.get(str(self._whose.value() or ""))
        proposal = _("Logo: {body}").format(body=name) if name else ""
        if self._alt.value() == self._proposed:
            self._alt.set_value(proposal)
        self._proposed = proposal
