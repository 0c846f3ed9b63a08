"""“Write the note” of an appointment, offered wherever an appointment of one's own is shown."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Protocol

from PySide6.QtCore import Signal, Slot

from famdesk.domain.staff import rights
from famdesk.i18n import _
from famdesk.ui.kit.buttons import ActionButton, make_action, native
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.runner import Runner
from famdesk.usecases.calendar.appointment_rows import PartyRow
from famdesk.usecases.notes import note_sessions

ITEM: Final = "note_for"
"""The kind under which the page of notes gets the id of an appointment."""
ICON: Final = "notebook-pen"
KEY: Final = "F6"


class Held(Protocol):
    """What of an appointment decides it: a row of a calendar, or the detail of its window."""

    @property
    def id(self) -> str: ...
    @property
    def starts(self) -> datetime: ...
    @property
    def kind(self) -> str: ...
    @property
    def person_id(self) -> str | None: ...
    @property
    def staff_id(self) -> str | None: ...
    @property
    def state(self) -> str: ...
    @property
    def others(self) -> tuple[PartyRow, ...]: ...


def text() -> str:
    """What the command is called."""
    return _("Write the note")


def offered(row: Held, runner: Runner) -> bool:
    """Whether who is signed in holds an appointment with somebody that has begun."""
    if not rights.cell(note_sessions.begin.name, runner.role) or row.starts > runner.now():
        return False
    mine = runner.staff_id in {row.staff_id, *(one.id for one in row.others if one.kind == "staff")}
    return mine and row.person_id is not None and row.state not in note_sessions.OFF


def refused() -> str:
    """Why there is none to be written."""
    return _("A note is written about an appointment of your own, once it has begun.")


class NoteButton(ActionButton):
    """The command in the window of an appointment; hidden for those of which one writes none. What was changed in the
    window is saved before.

    Signals:
        wanted(str): the note of that appointment.
    """

    wanted = Signal(str)

    def __init__(self, runner: Runner, over: Dialog) -> None:
        """`over`: the window of the appointment, which is closed."""
        super().__init__(text(), ICON, hint=native(KEY), parent=over)
        self._runner, self._over, self._id, self._goes = runner, over, "", False
        self.clicked.connect(self._on_clicked)
        over.finished_with.connect(self._on_saved)
        make_action(over, text(), self.click, shortcut=KEY)
        self.hide()

    def load(self, row: Held) -> None:
        """The window shows this one."""
        self._id = row.id if offered(row, self._runner) else ""
        self.setVisible(bool(self._id))

    @Slot()
    def _on_clicked(self) -> None:
        if not self._id:
            return
        if self._over.form is not None and self._over.form.dirty:
            self._goes = True
            self._over.try_save()
            return
        self.wanted.emit(self._id)
        self._over.reject()

    @Slot()
    def _on_saved(self) -> None:
        if self._goes:
            self.wanted.emit(self._id)
