"""People: search first, then the file; a new person only after one has looked."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedLayout, QWidget

from famdesk.domain.errors import NotFound
from famdesk.i18n import _, ngettext
from famdesk.ui.kit import theme
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.page import Page
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Card, EmptyState
from famdesk.ui.people.deeds import Deeds
from famdesk.ui.people.entries import Entries
from famdesk.ui.people.file_view import FileView
from famdesk.ui.people.person_dialog import PersonDialog
from famdesk.ui.people.results import Beside, Results, SearchLine
from famdesk.usecases import people
from famdesk.usecases.person_rows import PersonFile, PersonRow

SHOWN = 100


class PeoplePage(Page):
    """Finds persons and shows their files.

    Signals:
        appointment_requested(str), card_requested(str), slip_requested(str): an appointment, an access card or the
            slip of the next appointment for a person, by id.
    """

    watches: ClassVar[frozenset[str]] = frozenset(
        {"person", "contact_point", "household", "membership", "person_staff", "access_card", "appointment",
         "enrolment", "attendance", "meeting"}
    )  # fmt: skip

    appointment_requested = Signal(str)
    card_requested = Signal(str)
    slip_requested = Signal(str)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("People"), parent)
        self.search = SearchLine()
        self.results = Results()
        self.beside = Beside()
        self._wanted = ""
        self._opened = ""
        self._new = self.add_action(_("New person…"), self._on_new, icon="user-plus")
        self._new.setEnabled(False)
        self._new.setToolTip(_("Search first: perhaps the person is already here."))
        self.deeds = Deeds(self)
        self.entries = Entries(self)
        self.file = FileView(self.deeds.frequent, self.deeds.rare, self.deeds.add_contact, self.deeds.add_household)
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        if self.search.words():
            self._look_for(self.search.words())
        if self._opened:
            self._fetch_file(self._opened)

    def new_item(self) -> None:
        if self.search.words():
            self._on_new()
            return
        self.search.setFocus()
        self.say(_("Search first: perhaps the person is already here."), Meaning.ACCENT)

    def print_now(self) -> None:
        if self._opened:
            self.slip_requested.emit(self._opened)

    def open_item(self, kind: str, item_id: str) -> None:
        if kind == "person":
            self.open_person(item_id)

    def help_text(self) -> str:
        return _(
            "Type a few letters of a name in any order, a phone number or a tax code. Enter opens the file, Esc goes"
            " back. A new person can be added after a search. What must be minded before calling or writing stands on"
            " top of the file."
        )

    def save_view(self) -> str:
        return self.results.save_state() if not self._opened else ""

    def restore_view(self, state: str) -> None:
        self.results.restore_state(state)

    @Slot(str)
    def open_person(self, person_id: str) -> None:
        """Show a file beside the list; reading it is written down."""
        self._wanted = person_id
        self._fetch_file(person_id)

    @Slot()
    def close_file(self) -> None:
        """Go back to the list."""
        self._opened = self._wanted = ""
        self.file.hide()
        self.file.file = None
        self.deeds.set_file(None)
        self._show_list()
        (self.results if self.results.rows.rows else self.search).setFocus()

    def shown_file(self) -> PersonFile | None:
        """The file that is open."""
        return self.file.file if self._opened else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._opened:
            self.close_file()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        self._list, self._names = Card(), Card()
        self._list.body.addWidget(self.results)
        self._names.body.addWidget(self.beside)
        invitation = _("Search for a name, an alias, a phone number or a tax code.")
        self._empty = EmptyState(invitation, icon="users")
        self._stack_holder = QWidget()
        self._stack = QStackedLayout(self._stack_holder)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._names)
        row = QHBoxLayout()
        row.setSpacing(theme.unit(3.5))
        row.addWidget(self._stack_holder, 2)
        row.addWidget(self.file, 5)
        self.file.hide()
        self.body.addWidget(self.search)
        self.body.addLayout(row, 1)
        self.setFocusProxy(self.search)

    def _connect(self) -> None:
        self.search.asked.connect(self._on_asked)
        self.search.entered.connect(self._on_entered)
        self.search.left.connect(self._on_left)
        self.results.activated_id.connect(self.open_person)
        self.results.escaped.connect(self._on_back)
        self.beside.activated_id.connect(self.open_person)
        self.beside.escaped.connect(self._on_back)
        self.file.contact_chosen.connect(self.entries.edit_contact)
        self.file.household_chosen.connect(self.entries.edit_household)
        self.file.member_chosen.connect(self._on_member)
        self.file.timeline_chosen.connect(self._on_timeline)
        self.file.menu_requested.connect(self._on_menu)
        self.deeds.appointment_requested.connect(self.appointment_requested)
        self.deeds.card_requested.connect(self.card_requested)
        self.deeds.slip_requested.connect(self.slip_requested)
        self.deeds.removed.connect(self.close_file)

    def _look_for(self, typed: str) -> None:
        self.runner.fetch(people.list_persons, typed, SHOWN, then=self._take_rows, latest="rows")

    def _take_rows(self, rows: tuple[PersonRow, ...]) -> None:
        if not self.search.words():
            return
        self.results.rows.set_rows(rows)
        self.beside.set_rows(rows)
        count = len(rows)
        told = ngettext("{n} person", "{n} people", count).format(n=count) if count else _("Nobody found")
        self.header.set_subtitle(_("The first {n}; type more").format(n=SHOWN) if count == SHOWN else told)
        self._new.setEnabled(True)
        self._show_list()
        announce(self.results, told)

    def _show_list(self) -> None:
        """The list beside the file or alone; without a search the file alone, or the invitation to search."""
        asked = bool(self.search.words())
        found = self._names if self._opened else self._list
        self._stack.setCurrentWidget(found if asked else self._empty)
        self._stack_holder.setVisible(asked or not self._opened)

    def _fetch_file(self, person_id: str) -> None:
        self.runner.fetch(people.person, person_id, then=self._take_file, failed=self._on_no_file, latest="file")

    def _take_file(self, file: PersonFile) -> None:
        news = file.id != self._opened
        if self._wanted != file.id:
            return
        self._opened = file.id
        self.deeds.set_file(file)
        self.file.show_file(file)
        self.file.show()
        self._show_list()
        self.results.select_id(file.id)
        self.beside.set_current_id(file.id)
        if news:
            self.file.focus_first()
            announce(self.file, self.file.identity.spoken())

    def _on_no_file(self, error: Exception) -> None:
        """The person is gone, or may not be known any more: nothing of the file stays on the screen."""
        if isinstance(error, NotFound) and self._opened:
            self.close_file()
        self.failed.emit(error)

    @Slot(str)
    def _on_asked(self, typed: str) -> None:
        if typed:
            self._look_for(typed)
            return
        self.results.rows.set_rows(())
        self.beside.set_rows(())
        self.header.set_subtitle("")
        self._new.setEnabled(False)
        self._show_list()

    @Slot()
    def _on_entered(self) -> None:
        """Open the only one found; among several go to the list."""
        if self.search.waiting():
            self.search.ask_now()
            self.runner.fetch(people.list_persons, self.search.words(), 2, then=self._open_the_one, latest="enter")
            return
        self._open_the_one(self.results.rows.rows)

    def _open_the_one(self, rows: tuple[PersonRow, ...]) -> None:
        if len(rows) == 1:
            self.open_person(rows[0].id)
        elif rows:
            self._on_left()

    @Slot()
    def _on_left(self) -> None:
        if self.results.rows.rows:
            (self.beside if self._opened else self.results).setFocus()

    @Slot()
    def _on_back(self) -> None:
        if self._opened:
            self.close_file()
        else:
            self.search.setFocus()
            self.search.selectAll()

    @Slot()
    def _on_new(self) -> None:
        dialog = PersonDialog(self, self.runner, None, self.search.words())
        dialog.double_chosen.connect(self.open_person)
        dialog.finished_with.connect(self._on_added)
        dialog.open()

    @Slot(object)
    def _on_added(self, person_id: object) -> None:
        self.open_person(str(person_id))

    @Slot(str)
    def _on_member(self, membership_id: str) -> None:
        found = self.entries.member(membership_id)
        if found is not None and found[1].person_id != self._opened:
            self.open_person(found[1].person_id)
        else:
            self.entries.edit_member(membership_id)

    @Slot(str, str)
    def _on_timeline(self, kind: str, target_id: str) -> None:
        if kind == "appointment":
            self.appointment_opened.emit(target_id)
        elif kind == "access":
            self.item_opened.emit("access_card", target_id)
        else:
            self.initiative_opened.emit(target_id)

    @Slot(str, QPoint)
    def _on_menu(self, line_id: str, at: QPoint) -> None:
        actions = self.entries.actions_for(line_id)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in actions:
            action.setParent(menu)
        menu.addActions(actions)
        menu.popup(at)
