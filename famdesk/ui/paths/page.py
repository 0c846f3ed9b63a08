"""Paths: the open ones, the team's talks about cases, and how long notes stay."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from famdesk.i18n import _, pgettext
from famdesk.ui.kit.buttons import ActionButton, make_action
from famdesk.ui.kit.page import Page
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Segmented
from famdesk.ui.paths.agenda_view import AgendaView
from famdesk.ui.paths.keeping_view import KeepingView
from famdesk.ui.paths.open_view import OpenPaths
from famdesk.usecases.office import Office

OPEN, AGENDA, KEEPING = "open", "agenda", "keeping"


class PathsPage(Page):
    """Three parts, one at a time.

    Attributes:
        open, agenda, keeping: the parts. part: which one is shown.
    """

    printing: str | None = None
    watches: ClassVar[frozenset[str]] = frozenset(
        {"path", "path_person", "legal_hold", "destruction", "retention_rule", "case_meeting", "case_item", "note"}
    )

    def __init__(self, runner: Runner, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Paths"), parent)
        self.open = OpenPaths(runner)
        self.agenda = AgendaView(runner)
        self.keeping = KeepingView(runner, office)
        self._new = ActionButton.of(make_action(self, _("Open a path"), self.open_path, icon="plus"), primary=True)
        self.part = Segmented(
            # Translators: short words beside the title "Paths", also for very large text
            [
                (OPEN, pgettext("part of the paths", "Open")),
                (AGENDA, pgettext("part of the paths", "Team")),
                (KEEPING, pgettext("part of the paths", "Keeping")),
            ],
            _("What is shown"),
        )
        self._parts: dict[str, OpenPaths | AgendaView | KeepingView] = {
            OPEN: self.open,
            AGENDA: self.agenda,
            KEEPING: self.keeping,
        }
        self._stack = QStackedWidget()
        for part in self._parts.values():
            self._stack.addWidget(part)
            part.failed.connect(self.failed)
        self.open.person_opened.connect(self.person_opened)
        self.agenda.person_opened.connect(self.person_opened)
        self.keeping.told.connect(self.message)
        self.header.add_beside(self.part)
        self.header.add_widget(self._new)
        self.body.addWidget(self._stack, 1)
        self.part.chosen.connect(self._on_part)
        self.start_at(self.open.list)

    def refresh(self) -> None:
        """Asks for what the part shows."""
        self._parts[self.part.current()].read()

    @Slot()
    def open_path(self) -> None:
        """A new path, whichever part is shown."""
        self.open.deeds.new()

    @Slot()
    def new_item(self) -> None:
        """Ctrl+N: a new path, or in the agenda a new case."""
        if self.part.current() == AGENDA and self.agenda.add_case.isEnabled():
            self.agenda.add_case.trigger()
        elif self.part.current() == AGENDA:
            self.agenda.add_meeting.trigger()
        else:
            self.open_path()

    def print_now(self) -> None:
        """Ctrl+P: the agenda or the record of a destruction."""
        if self.part.current() == AGENDA:
            self.agenda.print_now()
        elif self.part.current() == KEEPING:
            self.keeping.print_now()

    def open_item(self, kind: str, item_id: str) -> None:
        """Show a path, what is due ("destruction") or the talks ("case_meeting")."""
        self.part.set_current({"destruction": KEEPING, "case_meeting": AGENDA}.get(kind, OPEN))
        if kind == "path" and item_id:
            self.open.show_path(item_id)
        self._on_part()

    def help_text(self) -> str:
        """What one does here."""
        return _(
            "Open paths: what you have in charge, or all. A code such as P-0042 opens the file, for those who may see"
            " it. Team meetings: an agenda of cases by code, to be printed. Keeping and destroying: notes whose term is"
            " over; one proposes, another one confirms, and the record is printed and signed."
        )

    def save_view(self) -> str:
        return self.part.current()

    def restore_view(self, state: str) -> None:
        if state in self._parts:
            self.part.set_current(state)
            self._show_part()

    @Slot()
    def _on_part(self) -> None:
        self._show_part()
        self._parts[self.part.current()].read()

    def _show_part(self) -> None:
        """The button opens a path: the other parts have buttons of their own."""
        self._stack.setCurrentWidget(self._parts[self.part.current()])
        self._new.setVisible(self.part.current() == OPEN)
        self.making = None if self.part.current() == KEEPING else ""
        self.printing = None if self.part.current() == OPEN else ""
