"""The calendar page's two ways to other programs: a file taken in, and what is seen written into one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import partial

from PySide6.QtCore import QObject, Slot

from famdesk.i18n import _, ngettext
from famdesk.ui.calendar import commands
from famdesk.ui.calendar.export_dialog import ExportDialog
from famdesk.ui.calendar.import_dialog import Importing, summary, where
from famdesk.ui.kit.buttons import make_action
from famdesk.ui.kit.page import Page
from famdesk.ui.kit.runner import Runner
from famdesk.usecases.calendar.calendar_board import Board
from famdesk.usecases.calendar.calendar_exchange import Found
from famdesk.usecases.calendar.calendar_export import Scope


class Exchange(QObject):
    """The two commands of the page; `seen` gives the board with what passes the filters."""

    def __init__(self, runner: Runner, page: Page, seen: Callable[[], Board | None]) -> None:
        super().__init__(page)
        self._runner, self._page, self._seen = runner, page, seen
        self.importing = Importing(runner, page)
        self.importing.failed.connect(page.failed)
        self.importing.done.connect(self._on_taken)
        self.take_in = make_action(page, _(commands.IMPORT), self.importing.begin, icon="download",
                                   shortcut="Ctrl+Shift+Y")  # fmt: skip
        self.write = make_action(page, _(commands.EXPORT), self.export, icon="upload",
                                 shortcut="Ctrl+Shift+E")  # fmt: skip

    @Slot()
    def export(self) -> None:
        """Write what is seen."""
        board = self._seen()
        if board is not None:
            self._runner.fetch(where, then=partial(self._choose, board), failed=self._page.failed.emit, owner=self)

    def _choose(self, board: Board, place: tuple[str, object]) -> None:
        first = datetime.combine(board.first, time())
        last = datetime.combine(board.last, time()) + timedelta(days=1)
        ids = frozenset([row.id for row in board.appointments] + [row.id for row in board.meetings])
        scope = Scope(first, last, cancelled=True, only=ids)
        dialog = ExportDialog(self._page.window(), self._runner, scope, place[0])
        dialog.finished_with.connect(self._on_written)
        dialog.open()

    @Slot(object)
    def _on_written(self, count: int) -> None:
        told = ngettext("{n} appointment written.", "{n} appointments written.", count)
        self._page.say(told.format(n=count))

    @Slot(object)
    def _on_taken(self, found: Found) -> None:
        self._page.say(summary(found))
