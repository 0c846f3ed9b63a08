"""Two desks save the same record: whoever comes second chooses, and keeps every word."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from famdesk.domain.errors import Stale, readable
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.typed_texts import add_typed
from famdesk.ui.kit.waiting import Waiting
from famdesk.ui.kit.widgets import Label, ScrollColumn

Words = tuple[tuple[str, str], ...]
"""Label and text of fields."""


class StaleQuestion(Dialog):
    """Save mine over theirs, look at theirs with mine beside, or go on writing."""

    def __init__(self, over: QWidget, error: Stale, words: Words, close: Callable[[], object]) -> None:
        """`words` are what stands in the form, `close` takes it away."""
        super().__init__(over, _("Somebody else saved this meanwhile"), _("Save mine over it") if error.over else "")
        self._over, self._words, self._close = error.over, words, close
        text = _("{by} saved at {at}. What you typed is still in the fields.")
        told = [text.format(by=error.params.get("by", "?"), at=readable(error.params.get("at", "?")))]
        if error.over:
            told.append(_("Yours over it replaces theirs in all fields of this form; Undo would bring theirs back."))
        for one in told:
            self.body.addWidget(Label(one, wrap=True))
        look = ActionButton(_("Look at theirs, with mine beside it"), "copy")
        look.clicked.connect(self._on_look)
        self.body.addWidget(look, 0, Qt.AlignmentFlag.AlignLeft)
        self.begin_with_cancel(_("Go on writing"))

    def save(self) -> None:
        self.finish()
        if self._over is not None:
            self._over()

    @Slot()
    def _on_look(self) -> None:
        over = self.parentWidget()
        assert over is not None
        below = over.parentWidget() if isinstance(over, Dialog) else over
        self.finish()
        if below is not None and self._words:
            Mine(below.window(), self._words).show()
        self._close()


class Mine(Dialog):
    """What was typed and not saved, beside what a colleague saved; also in the clipboard."""

    def __init__(self, parent: QWidget, words: Words) -> None:
        super().__init__(parent, _("What you were typing"))
        self.setModal(False)
        column = ScrollColumn()
        column.setMinimumSize(theme.unit(110), theme.unit(40))
        for label, text in words:
            add_typed(column, label, text)
        column.body.addStretch(1)
        self.body.addWidget(Label(_("It is not saved. It is in the clipboard too: paste what you still need."),
                                  wrap=True))  # fmt: skip
        self.body.addWidget(column, 1)
        QGuiApplication.clipboard().setText("\n\n".join(f"{label}:\n{text}" for label, text in words))
        _Beside(self, words)


class _Beside(Waiting):
    """These words are kept while they are shown."""

    def __init__(self, around: QWidget, words: Words) -> None:
        super().__init__(around)
        self._around, self._words = around, words

    def texts(self) -> Words:
        return self._words if self._around.isVisible() else ()
