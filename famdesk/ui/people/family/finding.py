"""Finding a person for a family while one types, and making a new one on the way."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain.people.typed_names import written
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.popup import Deliver, SearchField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.people.person_dialog import PersonDialog
from famdesk.ui.person_lines import person_line
from famdesk.usecases.calendar import calendar
from famdesk.usecases.people import people
from famdesk.usecases.people.person_rows import PersonHit


class PersonSearch:
    """Asks for persons for a search field; `except_id` is never among them."""

    def __init__(self, runner: Runner, owner: QWidget, except_id: str | None = None) -> None:
        self._runner, self._owner, self._except_id = runner, owner, except_id

    def __call__(self, text: str, deliver: Deliver) -> None:
        then = partial(_deliver, deliver, self._except_id)
        self._runner.fetch(people.find_persons, text, 12, then=then, owner=self._owner, latest="persons")


def _deliver(deliver: Deliver, except_id: str | None, hits: tuple[PersonHit, ...]) -> None:
    deliver([person_line(hit) for hit in hits if hit.id != except_id])


class PersonField(SearchField):
    """Finds a person by what is typed; an entry of its list makes a new one with these words.

    Attributes:
        hints: what is known of a new person already, by the names of the person's form ("sex", "surname").

    Signals:
        added(str): a new person is in the files from now on, whatever becomes of the dialog of this field; the name.
    """

    added = Signal(str)

    def __init__(self, runner: Runner, owner: QWidget, except_id: str | None = None) -> None:
        """`owner` is the dialog; `except_id` the person who is not offered, as the file is theirs."""
        super().__init__(PersonSearch(runner, owner, except_id), _("Name, phone or tax code"), _offer)
        self._runner, self._owner = runner, owner
        self.hints: dict[str, Any] = {}
        self._new_id = ""
        self.new_requested.connect(self._on_new)

    @Slot(str)
    def _on_new(self, typed: str) -> None:
        dialog = PersonDialog(self._owner, self._runner, None, typed)
        dialog.person_chosen.connect(self.take_person)
        dialog.finished_with.connect(self._on_added)
        form = dialog.form
        if form is not None:
            form.set_values({name: value for name, value in self._known(typed).items() if form.has(name)})
        dialog.open()

    @Slot(object)
    def _on_added(self, person_id: str) -> None:
        self._new_id = person_id

    @Slot(str)
    def take_person(self, person_id: str) -> None:
        """Choose a person by id, as the one typed."""
        self._runner.fetch(calendar.person_named, person_id, then=self._take_named)

    def sizeHint(self) -> QSize:
        """Wide enough for the words in the empty field."""
        size = super().sizeHint()
        words = self.fontMetrics().horizontalAdvance(self.placeholderText())
        return size.expandedTo(QSize(words + theme.unit(13), size.height()))

    def _known(self, typed: str) -> dict[str, Any]:
        """The hints; a single word is the given name where the surname is known."""
        known = {name: value for name, value in self.hints.items() if value}
        words = typed.split()
        if "surname" in known and (len(words) != 1 or not words[0].isalpha()):
            del known["surname"]
        elif "surname" in known:
            known["given_name"] = written(words[0])
        return known

    def _take_named(self, named: tuple[str, str]) -> None:
        self.set_chosen(*named)
        self.edited.emit()
        self.chosen.emit(named[0])
        if named[0] == self._new_id:
            self.added.emit(named[1])
        self.setFocus()


def _offer(typed: str) -> str:
    return _("New person: {name}").format(name=typed)
