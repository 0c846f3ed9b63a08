"""What is done to a path, wherever it is listed: its menu, and the dialogs behind it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from famdesk.domain.staff import rights
from famdesk.i18n import _
from famdesk.ui.kit.buttons import make_action
from famdesk.ui.kit.dialog import ask_reason
from famdesk.ui.kit.runner import Runner
from famdesk.ui.paths.dialogs import AppointmentsDialog, CloseDialog, PathDialog
from famdesk.usecases.paths import holds, paths
from famdesk.usecases.paths.path_rows import PathRow


class PathDeeds(QObject):
    """The commands of a list of paths.

    Signals:
        person_opened(str): show the file of somebody of a path.
        failed(object): an error to present.
        opened(object): the id of a path that was just opened.
    """

    opened = Signal(object)
    person_opened = Signal(str)
    failed = Signal(object)

    def __init__(self, view: QWidget, runner: Runner) -> None:
        super().__init__(view)
        self._view, self._runner = view, runner

    def new(self, person: tuple[str, str] = ("", "")) -> None:
        """Opens a path, with somebody (id and name) if given."""
        dialog = PathDialog(self._view, self._runner, person=person)
        dialog.finished_with.connect(self.opened)
        dialog.open()

    def change(self, row: PathRow) -> None:
        """Changes one."""
        PathDialog(self._view, self._runner, row).open()

    def menu(self, row: PathRow, at: QPoint) -> None:
        """What can be done with a path."""
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.actions(row, menu))
        menu.popup(at)

    def actions(self, row: PathRow, owner: QWidget) -> list[QAction]:
        """The entries of the menu."""
        wanted: list[tuple[str, str, object]] = [(_("Change…"), "pencil", partial(self.change, row))]
        if row.closed_on is None:
            wanted.append((_("Appointments…"), "calendar", partial(self._appointments, row)))
            wanted.append((_("Close…"), "check", partial(self._close, row)))
        else:
            wanted.append((_("Open again…"), "undo-2", partial(self._reopen, row)))
        if rights.cell(holds.set_hold.name, self._runner.role) and not row.held:
            wanted.append((_("Legal hold…"), "shield-alert", partial(self._hold, row)))
        for person_id, name in zip(row.person_ids, row.people, strict=True):
            if name:
                text = _("File of {name}").format(name=name)
                wanted.append((text, "user", partial(self.person_opened.emit, person_id)))
        return [make_action(owner, text, slot, icon=icon) for text, icon, slot in wanted]  # type: ignore[arg-type]

    def _appointments(self, row: PathRow) -> None:
        AppointmentsDialog(self._view, self._runner, row).open()

    def _close(self, row: PathRow) -> None:
        CloseDialog(self._view, self._runner, row).open()

    def _reopen(self, row: PathRow) -> None:
        detail = _("The term for keeping its notes stops. The journal keeps the reason: write no name.")
        ask_reason(
            self._view, _("Open this path again?"), _("Open again"), partial(self._do_reopen, row), detail=detail
        )

    def _do_reopen(self, row: PathRow, reason: str) -> None:
        self._runner.run(paths.reopen_path, row.id, row.version, reason, failed=self.failed.emit, owner=self)

    def _hold(self, row: PathRow) -> None:
        hold(self._view, partial(self._do_hold, row.id))

    def _do_hold(self, path_id: str, reason: str) -> None:
        self._runner.run(holds.set_hold, reason, path_id=path_id, failed=self.failed.emit, owner=self)


def hold(view: QWidget, on_reason: partial[None]) -> None:
    """Asks why nothing may be destroyed."""
    detail = _(
        "Nothing of it is destroyed until somebody lifts it. Say which authority asks, and the number of the act."
    )
    ask_reason(view, _("Set a legal hold?"), _("Set it"), on_reason, detail=detail)
