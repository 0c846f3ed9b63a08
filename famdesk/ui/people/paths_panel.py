"""The tab of paths in a person's file: what is walked with the person, and legal holds."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtCore import QPoint, Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain.staff import rights
from famdesk.i18n import _
from famdesk.ui.kit.buttons import ActionButton, make_action
from famdesk.ui.kit.dialog import ask_reason
from famdesk.ui.kit.lines import LineList
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card, Label
from famdesk.ui.paths.deeds import PathDeeds, hold
from famdesk.ui.paths.words import hold_line, path_line
from famdesk.ui.people.panel import FilePanel
from famdesk.usecases.paths import holds, paths
from famdesk.usecases.paths.holds import HoldRow
from famdesk.usecases.paths.path_rows import PathRow


class PathsPanel(FilePanel):
    """The paths of the person whose file is open.

    Attributes:
        list: the paths. holds: what stops destruction.
        deeds: what is done to a path.
    """

    watches: ClassVar[frozenset[str]] = frozenset({"path", "path_person", "legal_hold"})

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._paths: dict[str, PathRow] = {}
        self._holds: dict[str, HoldRow] = {}
        self.deeds = PathDeeds(self, runner)
        self.deeds.failed.connect(self.failed)
        self.deeds.person_opened.connect(self.person_opened)
        self.list = LineList(_("Paths of care"), _("No path was opened with this person yet."), grow=True)
        self.holds = LineList(_("Legal holds"), _("Nothing is under a legal hold."), grow=True)
        self.add = make_action(self, _("Open a path…"), self._on_add, icon="plus")
        self.hold = make_action(self, _("Set a hold…"), self._on_hold, icon="shield-alert")
        card = Card(_("Paths of care"), "route")
        card.tools.addWidget(ActionButton.of(self.add, kind="link"))
        card.add_wide(self.list)
        card.body.addWidget(Label(_("Enter changes a path; its menu closes it, opens it again or holds it."), "second",
                                  wrap=True))  # fmt: skip
        held = Card(_("Legal holds"), "shield-alert", note=_("nothing is destroyed meanwhile"))
        held.tools.addWidget(ActionButton.of(self.hold, kind="link"))
        held.add_wide(self.holds)
        self.body.addWidget(card)
        self.body.addWidget(held)
        self.body.addStretch(1)
        self.list.activated_id.connect(self._on_path)
        self.list.menu_requested.connect(self._on_menu)
        self.holds.activated_id.connect(self._on_lift)

    def refresh(self) -> None:
        assert self.file is not None
        self.runner.fetch(paths.of_person, self.file.id, then=self._show, failed=self.failed.emit, latest="paths")
        self.runner.fetch(holds.of_person, self.file.id, then=self._show_holds, failed=self.failed.emit,
                          latest="holds")  # fmt: skip

    def forget(self) -> None:
        self._paths, self._holds = {}, {}
        self.list.set_lines([])
        self.holds.set_lines([])

    def focus_first(self) -> None:
        self.list.setFocus()

    def _show(self, rows: tuple[PathRow, ...]) -> None:
        self._paths = {row.id: row for row in rows}
        self.list.set_lines([path_line(row, people=len(row.people) > 1) for row in rows])

    def _show_holds(self, rows: tuple[HoldRow, ...]) -> None:
        self._holds = {row.id: row for row in rows}
        self.holds.set_lines([hold_line(row) for row in rows])

    @Slot()
    def _on_add(self) -> None:
        if self.file is not None:
            self.deeds.new((self.file.id, self.file.label))

    @Slot(str)
    def _on_path(self, path_id: str) -> None:
        if path_id in self._paths:
            self.deeds.change(self._paths[path_id])

    @Slot(str, QPoint)
    def _on_menu(self, path_id: str, at: QPoint) -> None:
        if path_id in self._paths:
            self.deeds.menu(self._paths[path_id], at)

    @Slot()
    def _on_hold(self) -> None:
        if self.file is not None:
            hold(self, partial(self._set_hold, self.file.id))

    def _set_hold(self, person_id: str, reason: str) -> None:
        self.runner.run(holds.set_hold, reason, person_id=person_id, failed=self.failed.emit, owner=self)

    @Slot(str)
    def _on_lift(self, hold_id: str) -> None:
        row = self._holds.get(hold_id)
        if row is not None and row.ended_on is None and rights.cell(holds.lift_hold.name, self.runner.role):
            ask_reason(self, _("Lift this hold?"), _("Lift it"), partial(self._lift, row),
                       detail=_("What it held may be destroyed once its term is over."))  # fmt: skip

    def _lift(self, row: HoldRow, reason: str) -> None:
        self.runner.run(holds.lift_hold, row.id, row.version, reason, failed=self.failed.emit, owner=self)
