"""To which path of care a note belongs: the open paths of those whom it is about."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain.staff import rights
from famdesk.i18n import _
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.notes.people_field import PeopleField
from famdesk.usecases.paths import paths


class PathField(ChoiceField):
    """Offers the paths of the persons in a field beside, as they are named; of a new note the only one is chosen."""

    def __init__(self, runner: Runner, people: PeopleField, kept: str | None, parent: QWidget | None = None, *,
                 new: bool = False) -> None:  # fmt: skip
        """`kept` is the path that was chosen before; it stays on offer also when it is closed."""
        super().__init__([], _("no path"), parent=parent)
        self._runner, self._people, self._kept, self._new = runner, people, kept, new
        self._waiting = kept
        people.edited.connect(self.look)

    def value(self) -> str | None:
        """The path chosen; what was chosen before as long as the choices are still being read."""
        return super().value() or self._waiting

    @Slot()
    def look(self) -> None:
        """Ask which paths there are for whom the note names now."""
        if rights.cell(paths.choices.name, self._runner.role):
            wanted = [one for one in self._people.value() if one]
            self._runner.fetch(paths.choices, wanted, self._kept, then=self._show, owner=self, latest="paths")

    def _show(self, found: tuple[tuple[str, str], ...]) -> None:
        chosen, self._waiting = self.value(), None
        self.set_choices([Choice(*one) for one in found])
        known = [path_id for path_id, _words in found]
        if chosen is None and self._new and len(known) == 1:
            chosen = known[0]
        self.set_value(chosen if chosen in known else None)
