"""What the tabs of a person's file share: a panel shows one person and reads its own data when it is looked at."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from famdesk.ui.kit import theme
from famdesk.ui.kit.runner import Runner
from famdesk.usecases.people.person_rows import PersonFile


class FilePanel(QWidget):
    """Base of the tabs of a file.

    Subclasses name the tables they show in `watches`, fill `body`, and read their data in `refresh`, which is called
    when another person is shown, when something changed, and when the tab is chosen; never for a tab that nobody sees.

    Attributes:
        runner: the way to the office.
        file: the person shown, or None.
        body: the layout.

    Signals:
        person_opened(str): show the file of another person.
        appointment_opened(str), item_opened(str, str): show a record on another page.
        failed(object): an error to present.
    """

    watches: ClassVar[frozenset[str]] = frozenset()

    person_opened = Signal(str)
    appointment_opened = Signal(str)
    item_opened = Signal(str, str)
    failed = Signal(object)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.runner = runner
        self.file: PersonFile | None = None
        self._stale = False
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme.unit(3.5))

    def show_file(self, file: PersonFile) -> None:
        """Show a person, another one or the same with changes."""
        if self.file is not None and self.file.id != file.id:
            self.forget()
        self.file, self._stale = file, True
        if self.isVisible():
            self._refresh()

    def refresh(self) -> None:
        """Read what the tab shows of `file`, and show it."""

    def forget(self) -> None:
        """Take what is shown of the person before off the screen."""

    def focus_first(self) -> None:
        """Put the keyboard on the first list or field."""
        self.focusNextChild()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale and self.file is not None:
            self._refresh()

    def _refresh(self) -> None:
        self._stale = False
        self.refresh()
