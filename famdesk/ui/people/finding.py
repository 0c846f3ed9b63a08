"""From what is typed to the person who is meant: asks, shows who was found, opens the one that is chosen."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedLayout, QWidget

from famdesk.i18n import _, ngettext
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Card, EmptyState
from famdesk.ui.people.results import Beside, Results, SearchLine
from famdesk.usecases import people
from famdesk.usecases.person_rows import PersonRow

SHOWN = 100


class Finding(QWidget):
    """The list under the search line: an invitation, the table, or the names beside an open file.

    Attributes:
        search: the line, which stands elsewhere; table, beside: the two ways to show who was found.

    Signals:
        chosen(str): a person is to be shown, by id.
        escaped(): Esc in a list.
        answered(str): an answer has come, in words ("8 people"); "" when nothing is searched for.
    """

    chosen = Signal(str)
    escaped = Signal()
    answered = Signal(str)

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self._narrow = False
        self._roomy = True
        self.search = SearchLine()
        self.table = Results()
        self.beside = Beside()
        self._stack = QStackedLayout(self)
        invitation = _("Search for a name, an alias, a phone number or a tax code.")
        self._stack.addWidget(EmptyState(invitation, icon="users"))
        for one in (self.table, self.beside):
            card = Card()
            card.body.addWidget(one)
            self._stack.addWidget(card)
            one.activated_id.connect(self.chosen)
            one.escaped.connect(self.escaped)
        self.search.asked.connect(self._on_asked)
        self.search.entered.connect(self._on_entered)
        self.search.left.connect(self.focus_list)

    @property
    def rows(self) -> tuple[PersonRow, ...]:
        """Who was found."""
        return self.table.rows.rows

    def ask_again(self) -> None:
        """Somebody may have changed: look once more for what is typed."""
        if self.search.words():
            self._look_for(self.search.words())

    def set_narrow(self, narrow: bool) -> None:
        """Show names beside a file, or the whole table; without a search a file has the room for itself."""
        self._narrow = narrow
        asked = bool(self.search.words())
        self._stack.setCurrentIndex(0 if not asked else 2 if narrow else 1)
        self.setVisible(not narrow or (asked and self._roomy))

    def set_roomy(self, roomy: bool) -> None:
        """Whether list and file have the room to stand side by side; else an open file stands alone."""
        if roomy != self._roomy:
            self._roomy = roomy
            self.set_narrow(self._narrow)

    def mark(self, person_id: str) -> None:
        """Make a person current in the lists."""
        self.table.select_id(person_id)
        self.beside.set_current_id(person_id)

    @Slot()
    def focus_list(self) -> None:
        """Go to those who were found; without them to the search line."""
        (self.search if not self.rows else self.beside if self._narrow else self.table).setFocus()

    def _look_for(self, typed: str) -> None:
        self._runner.fetch(people.list_persons, typed, SHOWN, then=self._take, latest="rows")

    def _take(self, rows: tuple[PersonRow, ...]) -> None:
        if not self.search.words():
            return
        self._show(rows)
        count = len(rows)
        told = ngettext("{n} person", "{n} people", count).format(n=count) if count else _("Nobody found")
        self.answered.emit(_("The first {n}; type more").format(n=SHOWN) if count == SHOWN else told)
        announce(self.table, told)

    def _show(self, rows: tuple[PersonRow, ...]) -> None:
        self.table.rows.set_rows(rows)
        self.beside.set_rows(rows)
        self.set_narrow(self._narrow)

    @Slot(str)
    def _on_asked(self, typed: str) -> None:
        if typed:
            self._look_for(typed)
        else:
            self._show(())
            self.answered.emit("")

    @Slot()
    def _on_entered(self) -> None:
        """Open the only one found; among several go to the list."""
        if self.search.waiting():
            self.search.ask_now()
            self._runner.fetch(people.list_persons, self.search.words(), 2, then=self._open_the_one, latest="enter")
        else:
            self._open_the_one(self.rows)

    def _open_the_one(self, rows: tuple[PersonRow, ...]) -> None:
        if len(rows) == 1:
            self.chosen.emit(rows[0].id)
        elif rows:
            self.focus_list()
