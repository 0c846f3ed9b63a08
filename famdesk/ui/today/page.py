"""Today: what is open, who comes, what is to be done. Read at a glance, worked with the keyboard."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QMenu, QWidget

from famdesk.domain.staff import powers, rights
from famdesk.i18n import _
from famdesk.ui import appointment_states, overlap, session_note
from famdesk.ui.kit import icons, theme
from famdesk.ui.kit.buttons import make_action, native
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.page import Page, makes, prints
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card, EmptyState
from famdesk.ui.today import words
from famdesk.ui.today.coordination import Coordination
from famdesk.ui.today.notices import NoticeStrip
from famdesk.ui.waiting.room import WaitingRoom
from famdesk.usecases import today
from famdesk.usecases.calendar.appointment_rows import AppointmentRow
from famdesk.usecases.intake import waiting
from famdesk.usecases.notes import note_sessions
from famdesk.usecases.today import TodayBoard

MINUTE_MS: Final = 60_000
_THREE_COLUMNS_FROM: Final = 215
"""In units of 4 px: below it the three blocks stand in two columns."""
_STRETCH: Final = (36, 39, 30)
_OPEN: Final = "open"
_TABS: Final = {"consent": "consents", "referral": "referrals", "ending": "family", "request": "rights"}
"""The tab of a person's file where a thing to do is done."""
_OPEN_PERSON: Final = "person"
_NOTE: Final = "note"
_LEAST: Final = 26
"""The height of a block's list below which the view scrolls, in units."""


class TodayPage(Page):
    """Four blocks: now, the waiting room, the day, to do.

    Signals:
        public_requested(): the screen for the families is to be shown.
    """

    watches = frozenset(
        {
            "appointment", "meeting", "initiative", "enrolment", "attendance", "access_card", "person", "contact_point",
            "access_point", "opening_rule", "extra_opening", "closure", "call", "staff", "room", "visit", "follow_up",
            "consent", "consent_signature", "note", "referral", "responsibility", "rights_request",
        }
    )  # fmt: skip

    making, printing = "intake.log_contact", "calendar_board.board_around"
    public_requested = Signal()

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Today"), parent)
        self._board: TodayBoard | None = None
        self._columns = 0
        self._points = LineList(_("Open now"))
        self._day = LineList(_("Appointments and meetings of today"))
        families = rights.holds(runner.role, powers.NAMES)
        self._tasks = LineList(_("To do"), empty=_("Nothing to do. Well done.") if families
                               else _("Nothing that your role has to do."))  # fmt: skip
        self._now_card = _card(_("Now"), "clock", self._points)
        sees = rights.cell("calendar.appointments", runner.role)
        # Translators: heading of the meetings of initiatives, for who does not see appointments
        self._day_card = _card(_("The day") if sees else _("Meetings of the day"), "calendar-days", self._day)
        self._tasks_card = _card(_("To do"), "list-checks", self._tasks)
        self.waiting = WaitingRoom(runner)
        if rights.cell(waiting.board.name, runner.role):
            self.addActions(self.waiting.ways)
        else:
            self.waiting.setVisible(False)
        book = make_action(self, _("Book an appointment"), self.book, icon="calendar-plus")
        may_book = rights.cell("calendar.book", runner.role)
        empty = _("Nothing in the calendar today. The next free hour is yours to give.") if may_book else ""
        none = _("Nothing in the calendar today.") if sees else _("No initiative has a meeting today.")
        self._nothing = EmptyState(empty or none, book if may_book else None)
        self._day_card.body.addWidget(self._nothing)
        self._nothing.hide()
        guide = make_action(self, _("Enter the access points"), self.open_directory, icon="map-pin")
        self._no_points = EmptyState(_("Here you will see which access points are open."), guide)
        self._now_card.body.addWidget(self._no_points)
        self._no_points.hide()
        self.notices = NoticeStrip(runner)
        self.notices.item_opened.connect(self.item_opened)
        self.body.addWidget(self.notices)
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.unit(3.5))
        self.body.addLayout(self._grid, 1)
        self._arrange(3)
        self._coordination = Coordination(self)
        if prints(self):
            self.add_action(_("Day sheet"), self.print_now, icon="printer")
        if makes(self):
            self.add_action(_("New contact"), self.new_contact, icon="plus", primary=True)
        self.waiting.public_wanted.connect(self.public_requested)
        self._points.activated_id.connect(self._open_point)
        self._day.activated_id.connect(self._open_day)
        self._day.space_pressed.connect(self.check_in)
        self._day.menu_requested.connect(self._offer_states)
        if rights.cell(note_sessions.begin.name, runner.role):
            make_action(self, session_note.text(), self.write_note, shortcut=session_note.KEY)
        self._tasks.activated_id.connect(self._open_task)
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE_MS)
        self._minute.timeout.connect(self.mark_stale)
        self._minute.start()

    def refresh(self) -> None:
        """Asks for everything on the page in one question."""
        self.runner.fetch(today.board, then=self._show, latest="board")
        self.notices.look()

    def new_item(self) -> None:
        """Ctrl+N: a new contact."""
        self.new_contact()

    @Slot()
    def print_now(self) -> None:
        """Shows the day sheet, ready to be printed."""
        if self._board is not None:
            self.item_opened.emit("day-sheet", self._board.at.date().isoformat())

    @Slot()
    def new_contact(self) -> None:
        """Goes to where contacts are logged."""
        self.page_requested.emit("intake")

    @Slot()
    def book(self) -> None:
        """Goes to the calendar."""
        self.page_requested.emit("calendar")

    @Slot()
    def open_directory(self) -> None:
        """Goes to the directory, where access points are entered."""
        self.page_requested.emit("directory")

    def help_text(self) -> str:
        """What one does here."""
        if self.waiting.isHidden():
            return _("Left: what is open now. Middle: the meetings of the day; Enter opens. Right: what is to be done; "
                     "Enter opens it. Tab goes from block to block. You see no family: your role does not need it."
                     )  # fmt: skip
        return _(
            "Left: what is open now, and the waiting room: F7 gives a number, F8 calls the next one, Enter takes the "
            "next step. Middle: the day with its appointments and meetings; Space notes that somebody has arrived and "
            "gives them a number, Enter opens. Right: what is to be done; Enter opens it. Tab goes from block to block."
        )

    @Slot(str)
    def check_in(self, line: str) -> None:
        """Notes that the person of an appointment has arrived, or takes that back."""
        row = self._appointment(line)
        if row is None or row.masked:
            return
        if row.state == "arrived":
            self.runner.run(waiting.take_back, row.id)
        elif row.state in words.CAN_ARRIVE and self._board and row.starts.date() == self._board.at.date():
            overlap.run(self.runner, self, _("Receive all the same"), waiting.arrive, appointment_id=row.id,
                        failed=self.failed.emit, owner=self)  # fmt: skip

    @Slot()
    def write_note(self) -> None:
        """The note of the appointment that is current."""
        row = self._appointment(self._day.current_id())
        if row is not None and not row.masked and session_note.offered(row, self.runner):
            self.item_opened.emit(session_note.ITEM, row.id)
        elif rights.cell(note_sessions.begin.name, self.runner.role):
            self.say(session_note.refused(), Meaning.WARNING)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(3 if event.size().width() >= theme.unit(_THREE_COLUMNS_FROM) else 2)

    def _arrange(self, columns: int) -> None:
        """Puts the blocks side by side, or with two columns "to do" under "now"."""
        if columns == self._columns:
            return
        self._columns = columns
        for card in (self._now_card, self.waiting, self._day_card, self._tasks_card):
            self._grid.removeWidget(card)
        self._grid.addWidget(self._now_card, 0, 0)
        self._grid.addWidget(self.waiting, 1, 0)
        self._grid.addWidget(self._day_card, 0, 1, 2 if columns == 3 else 3, 1)
        self._grid.addWidget(self._tasks_card, *((0, 2, 2, 1) if columns == 3 else (2, 0, 1, 1)))
        for column, stretch in enumerate(_STRETCH):
            self._grid.setColumnStretch(column, stretch if column < columns else 0)
        for row, stretch in enumerate((4, 3, 0 if columns == 3 else 3)):
            self._grid.setRowStretch(row, stretch)
        QWidget.setTabOrder(self._points, self.waiting.list)
        QWidget.setTabOrder(self.waiting.list, self._day)
        QWidget.setTabOrder(self._day, self._tasks)

    def _show(self, board: TodayBoard) -> None:
        first = self._board is None
        self._board = board
        day = board.at.date()
        self.header.set_title(words.heading(day))
        self.header.set_subtitle(_("week {number}").format(number=day.isocalendar().week))
        points = [(row.id, row.name) for row in board.points]
        here = next((row.id for row in board.points if row.open_until), points[0][0] if points else None)
        self.waiting.set_points(points, here)
        self.waiting.set_rows(board.waiting)
        self._points.set_lines([words.point_line(row, board.at) for row in board.points])
        self._no_points.setVisible(not board.points)
        self._points.setVisible(bool(board.points))
        lines = words.day_lines(board)
        self._day.set_lines(lines)
        self._day.setVisible(bool(lines))
        self._nothing.setVisible(not lines)
        self._day_card.set_count(len(board.appointments) + len(board.meetings))
        self._tasks.set_lines([words.task_line(task, board.at) for task in board.tasks])
        self._tasks_card.set_count(len(board.tasks))
        if first:
            self._start_at_now(lines)

    def _start_at_now(self, lines: list[Line]) -> None:
        """Makes the appointment current that the desk waits for, so that Space is enough; on a day without anything the
        keyboard is where things to do are."""
        due = next((line.id for line in lines if line.trail), "")
        if due:
            self._day.set_current_id(due)
        first = self._day if lines else self._tasks
        self.start_at(first)
        if self.hasFocus():  # not from where somebody has gone meanwhile
            first.setFocus()

    def _appointment(self, line: str) -> AppointmentRow | None:
        kind, record_id = words.record_of(line)
        if kind != words.APPOINTMENT or self._board is None:
            return None
        rows = (*self._board.appointments, *self._board.next_appointments)
        return next((row for row in rows if row.id == record_id), None)

    @Slot(str)
    def _open_point(self, point: str) -> None:
        self.item_opened.emit("access_point", point)

    @Slot(str)
    def _open_day(self, line: str) -> None:
        kind, record_id = words.record_of(line)
        row = self._appointment(line)
        if row is not None and row.masked:
            self.say(_("You may not see this appointment, only that the time is taken."), Meaning.ACCENT)
        elif kind == words.APPOINTMENT:
            self.appointment_opened.emit(record_id)
        else:
            self.initiative_opened.emit(record_id)

    @Slot(str)
    def _open_task(self, line: str) -> None:
        kind, record_id = words.record_of(line)
        if kind in ("card", "urgent"):
            self.item_opened.emit("access_card", record_id)
        elif kind in ("call_back", "follow_up"):
            self.item_opened.emit("follow_up", record_id)
        elif kind == "review":
            self.item_opened.emit("person", record_id)
        elif kind in _TABS:
            self.item_opened.emit(_TABS[kind], record_id)
        elif kind == "outcome":
            self.appointment_opened.emit(record_id)
        elif kind == "deadline":
            self.item_opened.emit("call", record_id)
        elif kind == "destruction":
            self.item_opened.emit(kind, record_id)
        elif kind == "backup":
            self.item_opened.emit("settings", record_id)
        elif kind in ("note", "handed_over"):
            self.item_opened.emit("note", record_id if kind == "note" else "")
        else:
            self.initiative_opened.emit(record_id)

    @Slot(str, QPoint)
    def _offer_states(self, line: str, at: QPoint) -> None:
        """The states that an appointment may go to, and its file."""
        row = self._appointment(line)
        if row is None or row.masked:
            return
        menu = QMenu(self)
        appointment_states.fill(menu, row, self.runner.now().date(), lambda key: (line, key))
        menu.addSeparator()
        menu.addAction(_("Open the appointment")).setData((line, _OPEN))
        if row.person_id:
            menu.addAction(_("Open the person's file")).setData((line, _OPEN_PERSON))
        if session_note.offered(row, self.runner):
            key = native(session_note.KEY)
            menu.addAction(icons.icon(session_note.ICON), f"{session_note.text()}\t{key}").setData((line, _NOTE))
        menu.triggered.connect(self._on_offered)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    @Slot(QAction)
    def _on_offered(self, action: QAction) -> None:
        line, what = action.data()
        row = self._appointment(line)
        if row is None:
            return
        if what == _OPEN:
            self.appointment_opened.emit(row.id)
        elif what == _NOTE:
            self.item_opened.emit(session_note.ITEM, row.id)
        elif what == _OPEN_PERSON and row.person_id:
            self.person_opened.emit(row.person_id)
        else:
            _set_state(self, row, what)


def _set_state(page: TodayPage, row: AppointmentRow, state: str) -> None:
    step, more = appointment_states.step(state)
    overlap.run(page.runner, page, _("Receive all the same"), step, row.id, row.version, failed=page.failed.emit,
                owner=page, **more)  # fmt: skip


def _card(title: str, icon: str, lines: LineList) -> Card:
    card = Card(title, icon)
    lines.setMinimumHeight(theme.unit(_LEAST))
    card.add_list(lines)
    return card
