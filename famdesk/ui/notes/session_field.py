"""Of which of today's appointments a new note is: it fills in the rest, and the kind follows those whom it is about."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from famdesk.i18n import _, formats
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.notes.people_field import PeopleField
from famdesk.usecases.notes import note_sessions
from famdesk.usecases.notes.note_sessions import SessionRow


class SessionField(ChoiceField):
    """Offers today's sessions that are not written down; the latest is chosen, about somebody the one with them.

    Signals:
        filled(object): a session was chosen: its `SessionRow`.
    """

    filled = Signal(object)

    def __init__(self, runner: Runner, person_id: str, parent: QWidget | None = None) -> None:
        super().__init__([], _("no appointment"), parent=parent)
        self._person_id = person_id
        self._rows: dict[str, SessionRow] = {}
        self.edited.connect(self._on_edited)
        runner.fetch(note_sessions.of_today, then=self._show, owner=self)

    def _show(self, rows: tuple[SessionRow, ...]) -> None:
        wanted = [row for row in rows if not self._person_id or self._person_id in dict(row.people)]
        self._rows = {row.appointment_id: row for row in wanted}
        self.set_choices([Choice(row.appointment_id, _words(row)) for row in wanted])
        if wanted:
            self.set_value(wanted[0].appointment_id)
            self.filled.emit(wanted[0])

    @Slot()
    def _on_edited(self) -> None:
        row = self._rows.get(self.value() or "")
        if row is not None:
            self.filled.emit(row)


class KindField(ChoiceField):
    """The kind of a session; of a new note it follows those whom it is about until somebody chooses one."""

    def __init__(self, runner: Runner, people: PeopleField, choices: list[Choice], parent: QWidget | None = None, *,
                 new: bool = False) -> None:  # fmt: skip
        super().__init__(choices, allow_none=False, parent=parent)
        self._runner, self._people, self._proposed = runner, people, "individual"
        if new:
            people.edited.connect(self.look)

    @Slot()
    def look(self) -> None:
        """Asks which kind it is with whom the note names now."""
        if self.value() == self._proposed:
            wanted = [one for one in self._people.value() if one]
            self._runner.fetch(note_sessions.kind_for, wanted, then=self.propose, owner=self, latest="kind")

    def propose(self, kind: str) -> None:
        """Chooses a kind, unless another one was chosen."""
        if self.value() == self._proposed:
            self._proposed = kind
            self.set_value(kind)


def _words(row: SessionRow) -> str:
    names = formats.list_text([name or _("a protected file") for _person_id, name in row.people])
    return _("{time} · {who}").format(time=formats.time_text(row.starts), who=names)
