"""One step of the first start: a heading, a sentence, and what is asked."""

from __future__ import annotations

from PySide6.QtCore import QStandardPaths, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from famdesk.domain.errors import RuleError
from famdesk.i18n import _
from famdesk.ui.first_start.answers import Answers
from famdesk.ui.kit import icons, theme
from famdesk.ui.kit.background import InBackground
from famdesk.ui.kit.fields import LineField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.widgets import Label


class Step(QWidget):
    """Base of the steps.

    Attributes:
        answers: what was answered so far; `take` writes into it.
        form: the form that shows errors, if there is one.
        body: the layout under the heading.
        card_width: how wide the card is, in units of 4 px.

    Signals:
        done(): the person wants to go on, by Enter.
    """

    done = Signal()
    card_width = 130

    def __init__(self, answers: Answers, in_background: InBackground, title: str, text: str) -> None:
        super().__init__()
        self.answers = answers
        self.in_background = in_background
        self.form: Form | None = None
        self.setAccessibleName(title)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme.unit(3))
        self.body.addWidget(Label(title, "title", wrap=True))
        if text:
            self.body.addWidget(Label(text, "second", wrap=True))

    def go_text(self) -> str:
        """The words on the primary button."""
        return _("Continue")

    def enter(self) -> None:
        """The step is shown: fill it in, and ask for what it needs."""

    def keep(self) -> None:
        """Write what is typed into the answers, finished or not."""

    def take(self) -> bool:
        """Check and write into the answers; False if something is still wrong and said so."""
        self.keep()
        return True

    def field_of(self, error: Exception) -> str:
        """The field of this step that an error belongs to, or ""."""
        name = error.field if isinstance(error, RuleError) else None
        return name if name and self.form is not None and self.form.has(name) else ""

    def show_error(self, field: str, sentence: str) -> None:
        """Say at a field what is wrong with it."""
        assert self.form is not None
        self.form.show_error(field, sentence)

    def add_form(self, form: Form) -> None:
        """Show a form whose Enter key goes on from its last field, and to the next field before it."""
        self.form = form
        self.body.addWidget(form)
        for line in form.findChildren(QLineEdit):
            line.returnPressed.connect(self._on_return)

    @Slot()
    def _on_return(self) -> None:
        assert self.form is not None
        lines = [line for line in self.form.findChildren(QLineEdit) if line.isVisible()]
        sender = self.sender()
        if sender is lines[-1]:
            self.done.emit()
        else:
            lines[lines.index(sender) + 1].setFocus()  # type: ignore[arg-type]


class FileField(LineField):
    """The name of a file, typed or chosen."""

    def __init__(self, filter_text: str) -> None:
        super().__init__(limit=1000)
        self._filter = filter_text
        choose = QAction(icons.icon("folder-open"), _("Choose a file"), self)
        choose.triggered.connect(self._on_choose)
        self.addAction(choose, QLineEdit.ActionPosition.TrailingPosition)

    @Slot()
    def _on_choose(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.HomeLocation)
        dialog = QFileDialog(self, _("Choose a file"), folder, self._filter)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._on_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _on_chosen(self, name: str) -> None:
        self.setText(name)
        self.edited.emit()
