"""What a file says of the files that were merged into it, and how they are taken apart again."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from famdesk.domain.staff import rights
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.runner import Runner
from famdesk.ui.people.merge_dialog import ask_to_take_apart, banner
from famdesk.ui.people.parts import Notice
from famdesk.usecases.people import merging
from famdesk.usecases.people.person_rows import MergeRow, PersonFile


class MergedStrip(QWidget):
    """A notice for each file that is part of the one shown; hidden where there is none."""

    def __init__(self, runner: Runner | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.unit(2))
        self._shown: list[QWidget] = []
        self._rows: tuple[MergeRow, ...] = ()
        self.hide()

    def show_file(self, file: PersonFile | None) -> None:
        """Show what is part of a file."""
        rows = file.merged if file else ()
        if rows != self._rows:
            self._rows = rows
            for part in self._shown:
                self._column.removeWidget(part)
                part.deleteLater()
            self._shown = [self._part(row) for row in rows]
            for part in self._shown:
                self._column.addWidget(part)
        self.setVisible(bool(rows))

    def texts(self) -> list[str]:
        """What is said."""
        return [banner(row) for row in self._rows]

    def buttons(self) -> list[ActionButton]:
        """What can be done, in order."""
        return [button for part in self._shown for button in part.findChildren(ActionButton)]

    def _part(self, row: MergeRow) -> QWidget:
        part = QWidget()
        line = QHBoxLayout(part)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.unit(2))
        notice = Notice("users", Meaning.ACCENT)
        notice.set_text(banner(row))
        line.addWidget(notice, 1)
        if row.left and rights.cell(merging.take_over.name, self._role()):
            line.addWidget(self._button(_("Bring them along"), partial(self._take_over, row)))
        if row.until is not None:
            line.addWidget(self._button(_("Take apart…"), partial(self._take_apart, row)))
        return part

    def _button(self, text: str, then: partial[None]) -> ActionButton:
        button = ActionButton(text)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(then)
        return button

    def _role(self) -> str:
        return self._runner.role if self._runner else ""

    def _take_apart(self, row: MergeRow, _checked: bool = False) -> None:
        if self._runner:
            ask_to_take_apart(self, self._runner, row)

    def _take_over(self, row: MergeRow, _checked: bool = False) -> None:
        if self._runner:
            self._runner.run(merging.take_over, row.id)
