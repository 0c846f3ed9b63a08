"""What waits to be kept where something keeps what is typed by itself, such as a draft in the data."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from famdesk.ui.kit.form import KEEPS_DRAFTS, text_in


class Waiting(QObject):
    """Stands beside what keeps drafts and knows whether there is more on the screen than in the draft.

    A server that is gone or a full disk lets it wait for long; then it is kept as the texts of all other forms are.
    """

    def __init__(self, around: QWidget) -> None:
        """For the fields inside `around`."""
        super().__init__(around)
        self._around = around
        self._typed = self._kept = 0
        around.setProperty(KEEPS_DRAFTS, True)

    def touch(self) -> None:
        """Something was typed."""
        self._typed += 1

    def mark(self) -> int:
        """Where the typing is now; for `kept` when that is safe."""
        return self._typed

    def kept(self, mark: int, _result: object = None) -> None:
        """What was typed until the mark is safe."""
        self._kept = max(self._kept, mark)

    def rest(self) -> None:
        """Nothing is left to keep: it was saved or thrown away."""
        self._kept = self._typed

    def texts(self) -> tuple[tuple[str, str], ...]:
        """Label and text of the fields, if something in them waits."""
        return typed_under(self._around) if self._kept < self._typed else ()


def typed_under(root: QWidget) -> tuple[tuple[str, str], ...]:
    """Name and text of every field inside a widget that has one; no passwords."""
    lines = [*root.findChildren(QLineEdit), *root.findChildren(QPlainTextEdit)]
    return tuple((line.accessibleName(), text) for line in lines if (text := text_in(line)))
