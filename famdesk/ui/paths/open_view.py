"""The open paths: one's own, or all that one may know of; found by their code too."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from famdesk.domain.notes.paths import code_of
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, make_action
from famdesk.ui.kit.fields import LineField
from famdesk.ui.kit.lines import LineList
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card, Label, Segmented
from famdesk.ui.paths.deeds import PathDeeds
from famdesk.ui.paths.words import path_line
from famdesk.usecases.paths import paths
from famdesk.usecases.paths.path_rows import PathRow

MINE, ALL = "mine", "all"
LEADS = "coordinator"
"""Who leads the centre looks after all paths."""


class OpenPaths(QWidget):
    """The list, whose paths it shows, and a field for a code.

    Signals:
        person_opened(str): show the file of somebody.
        failed(object): an error to present.
    """

    person_opened = Signal(str)
    failed = Signal(object)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._rows: dict[str, PathRow] = {}
        self._wanted = ""
        self.deeds = PathDeeds(self, runner)
        self.deeds.failed.connect(self.failed)
        self.deeds.person_opened.connect(self.person_opened)
        self.deeds.opened.connect(self._on_opened)
        self.whose = Segmented([(MINE, _("In my charge")), (ALL, _("All paths"))], _("Whose paths are shown"))
        self.whose.set_current(ALL if runner.role == LEADS else MINE)
        self.whose.chosen.connect(self.read)
        self.code = LineField(20, code_of(42))
        self.code.setAccessibleName(_("Code of a path"))
        self.code.setMaximumWidth(theme.unit(30))
        self.code.returnPressed.connect(self._on_code)
        self.open_file = make_action(self, _("Open the file"), self._on_code, icon="folder-open")
        self.list = LineList(_("Open paths"), _("No path is open here."), grow=True)
        self.list.activated_id.connect(self._on_path)
        self.list.menu_requested.connect(self._on_menu)
        above = QHBoxLayout()
        above.setSpacing(theme.unit(2))
        above.addWidget(self.whose)
        above.addStretch(1)
        above.addWidget(self.code)
        above.addWidget(ActionButton.of(self.open_file))
        card = Card(_("Open paths"), "route")
        card.add_wide(self.list)
        hint = _("Enter opens the file of the first person; the menu changes, closes or holds a path.")
        card.body.addWidget(Label(hint, "second", wrap=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(3.5))
        column.addLayout(above)
        column.addWidget(card)
        column.addStretch(1)

    @Slot()
    def read(self) -> None:
        """Ask for the paths."""
        self._runner.fetch(paths.open_paths, mine=self.whose.current() == MINE, then=self._show,
                           failed=self.failed.emit, owner=self, latest="open")  # fmt: skip

    def show_path(self, path_id: str) -> None:
        """Make a path the current one; of one that is closed, show the file that it stands in."""
        self._runner.fetch(paths.path, path_id, then=self._on_wanted, failed=self.failed.emit, owner=self)

    def _on_wanted(self, row: PathRow) -> None:
        if row.closed_on is not None:
            self._open(row)
            return
        self._wanted = row.id
        if not row.mine:
            self.whose.set_current(ALL)
        self.read()
        self.list.setFocus()

    def _show(self, rows: tuple[PathRow, ...]) -> None:
        self._rows = {row.id: row for row in rows}
        current = self.list.current_id()
        if self._wanted in self._rows:
            current, self._wanted = self._wanted, ""
        self.list.set_lines([path_line(row) for row in rows])
        if rows and not self.list.set_current_id(current):
            self.list.set_current_id(rows[0].id)

    @Slot(object)
    def _on_opened(self, path_id: object) -> None:
        """The one that was just opened is the current one as soon as it is there: the menu is for it."""
        self._wanted = str(path_id)
        self._show(tuple(self._rows.values()))

    @Slot(str)
    def _on_path(self, path_id: str) -> None:
        self._open(self._rows.get(path_id))

    @Slot(str, QPoint)
    def _on_menu(self, path_id: str, at: QPoint) -> None:
        if path_id in self._rows:
            self.deeds.menu(self._rows[path_id], at)

    @Slot()
    def _on_code(self) -> None:
        if self.code.text().strip():
            self._runner.fetch(paths.by_code, self.code.text(), then=self._open, failed=self.failed.emit, owner=self)

    def _open(self, row: PathRow | None) -> None:
        if row is not None and row.person_ids:
            self.code.clear()
            self.person_opened.emit(row.person_ids[0])
