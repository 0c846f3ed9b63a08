"""Commands of views that are not shown: the command box finds them too, and shows the view first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from famdesk.i18n import _
from famdesk.ui.kit import icons
from famdesk.ui.kit.page import PageSpec

if TYPE_CHECKING:
    from famdesk.ui.shell.shell import Shell


class Elsewhere(QObject):
    """An action for each command that the views name in their `PageSpec`; `data` is the key of the view."""

    def __init__(self, shell: Shell, specs: Sequence[PageSpec]) -> None:
        super().__init__(shell)
        self._shell = shell
        self._actions = [self._action(spec.key, *one) for spec in specs for one in spec.commands]

    def actions(self, shown: str) -> list[QAction]:
        """Those of other views than the one with that key."""
        return [action for action in self._actions if action.data() != shown]

    def _action(self, key: str, text: str, icon: str) -> QAction:
        action = QAction(icons.icon(icon), _(text), self)
        action.setProperty("icon_name", icon)
        action.setData(key)
        action.triggered.connect(self._on_command)
        return action

    @Slot()
    def _on_command(self) -> None:
        """Show the view, and give it its command once it has read what it shows."""
        sender = self.sender()
        assert isinstance(sender, QAction)
        shell, key = self._shell, str(sender.data())
        if shell.public.closes(key):
            shell.public.tell()
            return
        page = shell.show_page(key)
        found = next((one for one in page.actions() if one.text() == sender.text()), None)
        if found is not None:
            shell.runner.in_turn(_nothing, then=lambda _done: found.trigger(), owner=page, quiet=True)


def _nothing() -> None:
    """Waits its turn behind what a view reads."""
