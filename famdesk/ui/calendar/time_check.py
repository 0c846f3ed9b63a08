"""Asks what speaks against the time in the editor, each time it changes, and offers the next free one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from famdesk.ui.calendar.notices import ConflictNotice
from famdesk.ui.calendar.parties_section import PartiesSection
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.runner import Runner
from famdesk.usecases.calendar import calendar
from famdesk.usecases.calendar.appointment_rows import ConflictRow

_AFTER_MS: Final = 200
_LINKS = ("staff_id", "room_id", "person_id", "access_point_id")


class TimeCheck(QObject):
    """Keeps the notice and the reason field of a form up to date.

    Attributes:
        exclude: the id of the appointment that is being changed, None for a new one.

    Signals:
        told(): the notice says something else now.
    """

    told = Signal()

    def __init__(
        self, runner: Runner, form: Form, notice: ConflictNotice, parent: QObject, parties: PartiesSection
    ) -> None:
        super().__init__(parent)
        self.exclude: str | None = None
        self._parties = parties
        self._runner, self._form, self._notice = runner, form, notice
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AFTER_MS)
        self._timer.timeout.connect(self.check)
        for name in ("starts", *_LINKS):
            form.field(name).edited.connect(self._timer.start)
        parties.edited.connect(self._timer.start)
        notice.free_chosen.connect(self._on_free)

    @Slot()
    def check(self) -> None:
        """Ask now."""
        self._timer.stop()
        wanted = self._wanted()
        if wanted is None:
            self._show(())
            return
        self._runner.fetch(calendar.conflicts, then=self._show, latest="conflicts", **wanted)

    def _wanted(self) -> dict[str, Any] | None:
        """The time and what it takes, or None while it is not complete."""
        span = self._form.value("starts")
        if span is None or span[1] <= span[0]:
            return None
        links = {name: self._form.value(name) for name in _LINKS}
        beside = {"others": self._parties.others(), "travel": self._parties.travel()}
        return {"starts": span[0], "ends": span[1], "exclude": self.exclude, **links, **beside}

    def _show(self, rows: Sequence[ConflictRow]) -> None:
        self._notice.show_rows(rows)
        wanted = self._wanted()
        if self._notice.blocking() and wanted is not None:
            self._runner.fetch(calendar.next_free, then=self._show_free, latest="free", **wanted)
        kept = self.exclude is not None and bool(self._form.value("overlap_reason"))
        asked = self._notice.blocking() and not self._notice.impossible()
        self._form.set_row_visible("overlap_reason", asked or kept)
        self.told.emit()

    def _show_free(self, free: datetime | None) -> None:
        self._notice.show_free(free)
        self.told.emit()

    @Slot(object)
    def _on_free(self, starts: datetime) -> None:
        span = self._form.value("starts")
        if span is not None:
            when = self._form.field("starts")
            when.set_value((starts, starts + (span[1] - span[0])))
            when.edited.emit()
            when.start.setFocus()
            self.check()
