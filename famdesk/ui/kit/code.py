"""The code of the second step, asked for after the password."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.password import Notice, Wait, waiting
from famdesk.ui.kit.widgets import Label


class CodeForm(QWidget):
    """Six digits from the telephone, or a one-time code.

    Signals:
        submitted(str): the code; answer with `refuse`, or show something else.
        left(): back to the password.
    """

    submitted = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wait = Wait(self)
        self._wait.ticked.connect(self._on_tick)
        self._code = QLineEdit()
        self._code.setAccessibleName(_("Code"))
        self._code.setMaxLength(20)
        self._problem = Notice()
        self._submit = ActionButton(_("Continue"), primary=True)
        self._submit.setDefault(True)
        back = ActionButton(_("Back to sign-in"), kind="link")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(1))
        column.addWidget(Label(_("Now type the six digits that your telephone shows."), wrap=True))
        column.addWidget(Label(_("Without the telephone: one of your one-time codes."), "second", wrap=True))
        column.addSpacing(theme.unit(1))
        for widget in (self._code, self._problem, self._submit):
            column.addWidget(widget)
        column.addWidget(back, 0, Qt.AlignmentFlag.AlignHCenter)
        self._code.returnPressed.connect(self._on_submit)
        self._submit.clicked.connect(self._on_submit)
        back.clicked.connect(self.left)

    def begin(self) -> None:
        """Take the focus."""
        self._code.setFocus()

    def refuse(self, sentence: str, seconds: int = 0) -> None:
        """Say why it did not work; with `seconds` the next try has to wait."""
        self._code.clear()
        self._problem.tell(sentence)
        self._wait.start(seconds)
        self._code.setFocus()

    @Slot()
    def _on_submit(self) -> None:
        typed = self._code.text().strip()
        if self._wait.running() or not self._submit.isEnabled() or not typed:
            return
        self._problem.rest()
        self._submit.setEnabled(False)
        self.submitted.emit(typed)

    @Slot(int)
    def _on_tick(self, seconds: int) -> None:
        self._submit.setEnabled(not seconds)
        self._submit.setText(waiting(seconds) if seconds else _("Continue"))
