"""From what is typed to the person who is meant: asks, shows who was found, opens the one that is chosen."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from famdesk.i18n import _, ngettext
from famdesk.ui.kit import theme
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Card, EmptyState
from famdesk.ui.people import words
from famdesk.ui.people.filters import FilterRow
from famdesk.ui.people.results import Beside, Results, SearchLine
from famdesk.ui.people.saved import SavedMenu
from famdesk.usecases.people import people
from famdesk.usecases.people.person_filters import NO_FILTER, PersonFilter
from famdesk.usecases.people.person_rows import PersonRow
from famdesk.usecases.people.saved_searches import SavedRow
from famdesk.usecases.staff import staff
from famdesk.usecases.staff.staff import ColleagueRow

SHOWN = 30
"""Who is not among the first is found by a letter more; each row more costs time at each key."""


class Finding(QWidget):
    """The list under the search line: an invitation, the table, or the names beside an open file.

    Attributes:
        search: the line; filters: what narrows the list; saved: searches that are kept; top: the layout with all
            three, which stands elsewhere.
        table, beside: the two ways to show who was found.

    Signals:
        chosen(str): a person is to be shown, by id.
        escaped(): Esc in a list.
        answered(str): an answer has come, in words ("8 people"); "" when nothing is searched for.
        searched(): the answer is one to something else than before, not to the same question once more.
    """

    chosen = Signal(str)
    escaped = Signal()
    answered = Signal(str)
    searched = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self._narrow = False
        self._roomy = True
        self._ready = False
        self._asking: tuple[str, PersonFilter] = ("", NO_FILTER)
        self._last = self._asking
        self.search = SearchLine()
        self.filters = FilterRow(runner.role)
        self.saved = SavedMenu(self, runner, self._asked_now)
        self.top = self._lay_out_top()
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
        self.filters.changed.connect(self.ask_again)
        self.saved.chosen.connect(self._on_saved)

    def showEvent(self, event: QShowEvent) -> None:
        """The first time, make ready what the first search needs."""
        super().showEvent(event)
        if not self._ready:
            self._ready = True
            self._runner.fetch(people.list_persons, "", 1, then=self._ignore, latest="ready")
            self._runner.fetch(staff.colleagues, then=self._take_colleagues, latest="colleagues")
            self.saved.refresh()

    def _lay_out_top(self) -> QVBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(theme.unit(2))
        line.addWidget(self.search, 1)
        line.addWidget(self.filters.button)
        line.addWidget(self.saved.button)
        column = QVBoxLayout()
        column.setSpacing(theme.unit(2))
        column.addLayout(line)
        column.addWidget(self.filters)
        return column

    def _asked_now(self) -> tuple[str, PersonFilter]:
        return self.search.words(), self.filters.wanted()

    def _asks(self) -> bool:
        """Whether anybody is looked for."""
        return self._asked_now() != ("", NO_FILTER)

    def _ignore(self, _rows: object) -> None:
        pass

    def _take_colleagues(self, rows: tuple[ColleagueRow, ...]) -> None:
        self.filters.set_colleagues([(row.id, row.name) for row in rows])

    @Slot(object)
    def _on_saved(self, row: SavedRow) -> None:
        self.filters.set_wanted(row.wanted)
        self.search.setText(row.text)
        self.search.ask_now()
        self.search.setFocus()

    @property
    def rows(self) -> tuple[PersonRow, ...]:
        """Who was found."""
        return self.table.rows.rows

    def ask_again(self) -> None:
        """Somebody may have changed: look once more for what is typed and chosen."""
        self._on_asked(self.search.words())

    def clear(self) -> None:
        """Look for nobody any more."""
        self.filters.set_wanted(NO_FILTER)
        self.search.clear()
        self.search.ask_now()

    def set_narrow(self, narrow: bool) -> None:
        """Show names beside a file, or the whole table; without a search a file has the room for itself."""
        self._narrow = narrow
        asked = self._asks()
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

    def _take(self, rows: tuple[PersonRow, ...]) -> None:
        if not self._asks():
            return
        self._show(rows)
        count = sum(not row.similar for row in rows)
        told = ngettext("{n} person", "{n} people", count).format(n=count) if count else _("Nobody found")
        if similar := len(rows) - count:
            # Translators: people whose names resemble what was typed
            told = words.joined(told, ngettext("{n} similar", "{n} similar ones", similar).format(n=similar))
        self.answered.emit(_("The first {n}; type more").format(n=SHOWN) if count == SHOWN else told)
        announce(self.table, told)
        if self._asking != self._last:
            self._last = self._asking
            self.searched.emit()

    def _show(self, rows: tuple[PersonRow, ...]) -> None:
        self.table.rows.set_rows(rows)
        self.beside.set_rows(rows)
        self.set_narrow(self._narrow)

    @Slot(str)
    def _on_asked(self, typed: str) -> None:
        if self._asks():
            wanted = self.filters.wanted()
            self._asking = (typed, wanted)
            self._runner.fetch(people.list_persons, typed, SHOWN, wanted, then=self._take, latest="rows")
        else:
            self._last = ("", NO_FILTER)
            self._show(())
            self.answered.emit("")

    @Slot()
    def _on_entered(self) -> None:
        """Open the only one who fits; among several go to the list."""
        if self.search.waiting():
            self.search.ask_now()
            self._runner.fetch(people.list_persons, self.search.words(), 2, self.filters.wanted(),
                               then=self._open_the_one, latest="enter")  # fmt: skip
        else:
            self._open_the_one(self.rows)

    def _open_the_one(self, rows: tuple[PersonRow, ...]) -> None:
        fitting = [row for row in rows if not row.similar]
        if len(fitting) == 1:
            self.chosen.emit(fitting[0].id)
        elif rows:
            self.focus_list()
