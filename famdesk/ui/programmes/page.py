"""Programmes: initiatives by state at the left, one of them at the right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from famdesk.domain.staff import rights
from famdesk.i18n import _, formats
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, allow
from famdesk.ui.kit.lines import LineList
from famdesk.ui.kit.page import Page
from famdesk.ui.kit.runner import Changes, Runner
from famdesk.ui.kit.widgets import Card, EmptyState, Segmented
from famdesk.ui.programmes import words
from famdesk.ui.programmes.after_panel import AfterPanel
from famdesk.ui.programmes.attendance import AttendancePanel
from famdesk.ui.programmes.calls import CallsView
from famdesk.ui.programmes.deeds import InitiativeDeeds
from famdesk.ui.programmes.flyer_panel import FlyerPanel
from famdesk.ui.programmes.heading import Heading
from famdesk.ui.programmes.meetings import MeetingsPanel
from famdesk.ui.programmes.people import EnrolmentPanel
from famdesk.usecases.programmes import programmes
from famdesk.usecases.programmes.programmes_rows import InitiativeDetail, InitiativeRow

_AROUND_BUTTONS: Final = 73
"""The list at its narrowest and all margins, in units of 4 px."""

_MAKES: Final = {"initiatives": "initiatives.add_initiative", "calls": "calls.add_call"}
"""What "New" makes in each half; who may not is not offered it."""
SIDES: Final = ("meetings", "people", "attendance", "flyer", "after")
"""What can be shown of an initiative."""


class ProgrammesPage(Page):
    """The initiatives of the network, their meetings and people.

    Attributes:
        list: the initiatives.
        meetings, people, attendance, flyer, after: the sides of the one that is shown.
        calls: the other half of the page.
    """

    watches = frozenset(
        {"initiative", "initiative_act", "meeting", "meeting_party", "meeting_notice", "enrolment", "attendance",
         "partnership", "body", "place", "room", "person", "staff", "resource", "call", "call_document",
         "call_criterion", "application", "application_document", "application_score", "initiative_picture",
         "certificate", "feedback_question", "feedback_count"}
    )  # fmt: skip

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Programmes"), parent)
        self._rows: tuple[InitiativeRow, ...] = ()
        self._detail: InitiativeDetail | None = None
        self._wanted = ""
        self.list = LineList(_("Initiatives"))
        self.meetings = MeetingsPanel(runner)
        self.people = EnrolmentPanel(runner)
        self.attendance = AttendancePanel(runner)
        self.flyer = FlyerPanel(runner)
        self.after = AfterPanel(runner)
        self.calls = CallsView(runner)
        # Translators: the two halves of the programmes
        self._view = Segmented([("initiatives", _("Initiatives")), ("calls", _("Calls"))], _("What to show"))
        self.header.add_beside(self._view)
        self._side = Segmented(
            [
                ("meetings", _("Meetings")),
                ("people", _("Enrolments")),
                ("attendance", _("Attendance")),
                # Translators: what follows the meetings of an initiative: feedback, certificates
                ("flyer", _("Flyer")),
                ("after", _("Afterwards")),
            ],
            _("What to show of the initiative"),
        )
        self.deeds = InitiativeDeeds(self, runner)
        self._template = ActionButton.of(self.deeds.template_action)
        self.header.add_widget(self._template)
        self._new = new = self.add_action(_("New initiative"), self.new_item, icon="plus", primary=True)
        for action in (new, self.deeds.template_action):
            allow(action, bool(rights.cell(_MAKES["initiatives"], runner.role)))
        self._heading = Heading(self.deeds.edit_button, self.deeds.more_button)
        self._empty = EmptyState(_nothing_yet(runner.role), new, "sparkles")
        self.addActions(self.meetings.actions())  # also while the list at the left has the keyboard
        whole = (self.deeds.edit_action, self.deeds.more_action, self.deeds.template_action)
        keyed = (*whole, *self.meetings.actions())
        self._keys = [(action, action.shortcut()) for action in keyed]
        self._lay_out()
        self.start_at(self.list)
        self.deeds.added.connect(self._on_added)
        self.deeds.told.connect(self.say)
        self.list.current_changed.connect(self._on_current)
        self.list.activated_id.connect(self._on_activated)
        self._side.chosen.connect(self.show_side)
        self._view.chosen.connect(self._on_view)
        for part in (self.calls, self.flyer, self.after):
            part.sheet_requested.connect(self.item_opened)
        self.meetings.attendance_requested.connect(self._to_attendance)
        self.people.person_opened.connect(self.person_opened)
        self.attendance.grid.failed.connect(self.failed)
        self.attendance.grid.rested.connect(self.mark_stale)

    def take_changes(self, changes: Changes) -> None:
        """Marks that are being typed stand in the grid already: all the rest is read when the hands rest."""
        if not (self.attendance.grid.typing() and all(table == "attendance" for table, _row in changes)):
            super().take_changes(changes)

    def refresh(self) -> None:
        """Asks for the list, and for the initiative that is shown; for the calls, where they are shown."""
        self.runner.fetch(programmes.initiatives, then=self._show_list, latest="list")
        if self._view.current() == "calls":
            self.calls.refresh()

    @Slot()
    def new_item(self) -> None:
        """Ctrl+N: a new initiative, or a new call, shown when it is there."""
        if not self._new.isEnabled():
            return
        if self._view.current() == "calls":
            self.calls.add_call()
            return
        self.deeds.new()

    def open_item(self, kind: str, item_id: str) -> None:
        """Show an initiative, or a call."""
        self._show_view("calls" if kind == "call" else "initiatives")
        self.setFocus()  # in the half that is shown now
        if kind == "call":
            self.calls.show_call(item_id)
            return
        self._wanted = item_id
        if not self.list.set_current_id(item_id):
            self.refresh()

    def help_text(self) -> str:
        """What one does here."""
        return _(
            "Left: the initiatives by state. Right: meetings, enrolments and attendance of one of them. Enter changes "
            "a meeting, its menu moves, puts off or cancels it and asks who is to be told. Space leads to its "
            "attendance. In the grid Space notes who is present. Dates not yet known stay to be set."
        )

    def save_view(self) -> str:
        """Which initiative and which side of it."""
        return f"{self._side.current()},{self.list.current_id()},{self._view.current()}"

    def restore_view(self, state: str) -> None:
        side, wanted, view = [*state.split(","), "", ""][:3]
        if view == "calls":
            self._show_view(view)
        if side in SIDES:
            self._side.set_current(side)
            self.show_side(side)
        self._wanted = wanted

    @Slot(str)
    def show_side(self, side: str) -> None:
        """Meetings, people, attendance, the flyer, or what follows."""
        self._panels.setCurrentIndex(SIDES.index(side))
        self.meetings.tools.setVisible(side == "meetings")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the buttons of the meetings stand under the choice of the side."""
        super().resizeEvent(event)
        beside = self._side.sizeHint().width() + self.meetings.tools.sizeHint().width()
        wide = event.size().width() >= beside + theme.unit(_AROUND_BUTTONS)
        ways = QBoxLayout.Direction
        self._sides.setDirection(ways.LeftToRight if wide else ways.TopToBottom)

    @Slot(str)
    def _on_view(self, view: str) -> None:
        self._show_view(view)
        if view == "calls":
            self.calls.refresh()

    def _show_view(self, view: str) -> None:
        """The initiatives, or the calls."""
        self._view.set_current(view)
        self.making = _MAKES[view]
        self._new.setText(_("New call") if view == "calls" else _("New initiative"))
        allow(self._new, bool(rights.cell(_MAKES[view], self.runner.role)))
        self._template.setVisible(view == "initiatives" and self.deeds.template_action.isVisible())
        for action, keys in self._keys:  # nothing is done to an initiative that is not on the screen
            action.setShortcut(keys if view == "initiatives" else QKeySequence())
        self._stack.setCurrentIndex(2 if view == "calls" else 0 if self._rows else 1)
        self.start_at(self.calls.list if view == "calls" else self.list)

    def _lay_out(self) -> None:
        self._panels = QStackedWidget()
        for panel in (self.meetings, self.people, self.attendance, self.flyer, self.after):
            self._panels.addWidget(panel)
        left = Card()
        left.add_list(self.list)
        left.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        left.setMinimumWidth(theme.unit(45))
        left.setMaximumWidth(theme.unit(95))
        right = Card()
        right.body.setSpacing(theme.unit(3))
        right.body.addWidget(self._heading)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.addWidget(self._side, 0, Qt.AlignmentFlag.AlignLeft)
        self._sides.addStretch(1)
        self._sides.addWidget(self.meetings.tools, 0, Qt.AlignmentFlag.AlignLeft)
        right.body.addLayout(self._sides)
        right.body.addWidget(self._panels, 1)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(3.5))
        row.addWidget(left, 30)
        row.addWidget(right, 70)
        row.addStretch()  # alone, while the rest is being read, the list keeps its place
        blank = QWidget()
        column = QVBoxLayout(blank)
        column.addWidget(self._empty)
        self._stack = QStackedWidget()
        self._stack.addWidget(both)
        self._stack.addWidget(blank)
        self._stack.addWidget(self.calls)
        self.body.addWidget(self._stack, 1)
        self._right = right
        right.setVisible(False)

    def _show_list(self, rows: tuple[InitiativeRow, ...]) -> None:
        self._rows = rows
        self.deeds.show_rows(rows)
        self._show_view(self._view.current())
        self.list.set_lines(words.list_lines(rows))
        wanted = self._wanted or self.list.current_id()
        self._wanted = ""
        if not self.list.set_current_id(wanted) and rows:
            self.list.set_current_id(_soonest(rows).id)
        self._ask_detail()

    @Slot()
    def _on_current(self) -> None:
        self._ask_detail()

    @Slot()
    def _on_activated(self) -> None:
        panel = {"people": self.people.list, "attendance": self.attendance.grid}.get(self._side.current())
        (panel or self.meetings.table).setFocus()

    def _ask_detail(self) -> None:
        current = self.list.current_id()
        if current:
            self.runner.fetch(programmes.initiative, current, then=self._show_detail, latest="detail")
        else:
            self._right.setVisible(False)

    def _show_detail(self, detail: InitiativeDetail) -> None:
        self._detail = detail
        self._right.setVisible(True)
        self.deeds.show_detail(detail)
        self._heading.show_detail(detail)
        self.meetings.show_detail(detail)
        self.people.show_detail(detail)
        self.attendance.show_detail(detail)
        self.flyer.show_detail(detail)
        self.after.show_detail(detail)

    @Slot()
    def _to_attendance(self) -> None:
        self._side.set_current("attendance")
        self.show_side("attendance")
        self.attendance.grid.setFocus()

    @Slot(str)
    def _on_added(self, initiative_id: str) -> None:
        self._wanted = initiative_id
        self.refresh()


def _nothing_yet(role: str) -> str:
    """What the view is for; to whom it applies how it begins, to others who begins it."""
    if rights.cell(_MAKES["initiatives"], role):
        return _(
            "Cycles, groups and laboratories with their meetings and the people enrolled. Begin with the first one."
        )
    roles = formats.list_text(rights.roles_for(_MAKES["initiatives"]))
    text = _(
        "Cycles, groups and laboratories with their meetings and the people enrolled. None yet; {roles} can add them."
    )
    return text.format(roles=roles)


def _soonest(rows: Sequence[InitiativeRow]) -> InitiativeRow:
    """The initiative that meets next; the first one if none has a date."""
    return min(rows, key=lambda row: (row.next_day or date.max, row.next_starts or time.max))
