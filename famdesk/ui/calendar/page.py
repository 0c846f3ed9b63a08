"""The calendar page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QMetaMethod, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from famdesk.domain.staff import rights
from famdesk.i18n import _, formats
from famdesk.ui import session_note
from famdesk.ui.calendar import commands, drawing
from famdesk.ui.calendar.after_change import AfterChange
from famdesk.ui.calendar.booking import Booking
from famdesk.ui.calendar.deeds import Deeds
from famdesk.ui.calendar.drawing import Filters
from famdesk.ui.calendar.exchange import Exchange
from famdesk.ui.calendar.filters import FilterBar
from famdesk.ui.calendar.header import Controls
from famdesk.ui.calendar.mini_month import MiniMonth
from famdesk.ui.calendar.place import DAY, MONTH, Place
from famdesk.ui.calendar.view import CalendarView
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import make_action
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.floating import Floating
from famdesk.ui.kit.page import NARROW, Page
from famdesk.ui.kit.runner import Runner
from famdesk.usecases.calendar import calendar_board
from famdesk.usecases.calendar.appointment_rows import AppointmentRow
from famdesk.usecases.calendar.calendar_board import Board
from famdesk.usecases.notes import note_sessions

ABOVE_BAR = 15.5
"""Units below what has to be done after a change: the frame's message has its place there."""
_ROOMY, _ROOMY_ENOUGH = 345, 275
"""Units (1380 px and 1100 px at the normal text size) of window from which the small month has its place, and from
which it is shown to whom asks for it."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What is seen and can be printed: the place with mode, columns and filters, and the days that it shows."""

    place: Place
    first: date
    last: date


class CalendarPage(Page):
    """Days, weeks, months and a list; appointments are booked, moved, stretched, cancelled and checked in here.

    Signals:
        slip_requested(str): print the slip of that appointment.
        print_requested(object): print what is seen, a `Printed`.
    """

    watches = frozenset({
        "appointment", "meeting", "initiative", "person", "person_staff", "staff", "room", "access_point",
        "opening_rule", "extra_opening", "closure", "appointment_party", "resource",
    })  # fmt: skip
    slip_requested = Signal(str)
    print_requested = Signal(object)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Calendar"), parent)
        self._place = Place()
        self._board: Board | None = None
        self._heading = ("", "")
        self._select_next = ""
        self._mini_asked = False
        self.filters = FilterBar()
        self.view = CalendarView()
        self.mini = MiniMonth(runner)
        self._deeds = Deeds(runner, self.view, self)
        self._booking = Booking(runner, self.view, self._deeds, self)
        self.after = AfterChange(runner, self)
        Floating(self.after, self, side=5.5, below=ABOVE_BAR)
        absence = make_action(self, _(commands.ABSENCE), self.new_absence, icon="calendar-x", shortcut="Ctrl+Shift+A")
        self._controls = Controls(self, self.header, self.filters.button)
        self.add_action(_("Appointment"), self.new_item, icon="plus", primary=True)
        find = make_action(self, _(commands.FIND), self._booking.find_time, icon="calendar-clock",
                           shortcut="Ctrl+T")  # fmt: skip
        self.exchange = Exchange(runner, self, lambda: _seen(self._board, self.filters.filters()))
        make_action(self, _("Did not come…"), self._deeds.miss, icon="circle-x", shortcut="Alt+N")
        if rights.cell(note_sessions.begin.name, runner.role):
            make_action(self, session_note.text(), self._deeds.write_note, shortcut=session_note.KEY)
        self._controls.add_to_menu([absence, find, self.exchange.take_in, self.exchange.write])
        row = QHBoxLayout()
        row.setSpacing(theme.unit(5))
        row.addWidget(self.mini)
        row.addWidget(self.view, 1)
        self.body.addWidget(self.filters)
        self.body.addLayout(row, 1)
        self.start_at(self.view)
        self._controls.show_place(self._place)
        self._connect()

    def refresh(self) -> None:
        place = self._place
        self.runner.fetch(calendar_board.board_around, place.mode, place.day, then=self._show, latest="board")

    def new_item(self) -> None:
        start = self.view.start()
        if start is not None:
            self._booking.edit(start)

    @Slot()
    def new_absence(self) -> None:
        """A colleague will be away."""
        start = self.view.start()
        if start is not None:
            self._booking.plan_absence(start)

    def print_now(self) -> None:
        row = self.view.item(self.view.selected_id())
        if isinstance(row, AppointmentRow) and not row.masked and row.person_id:
            self.slip_requested.emit(row.id)
        elif self._board is None:
            return
        elif self.isSignalConnected(QMetaMethod.fromSignal(self.print_requested)):
            place = replace(self._place, filters=self.filters.filters())
            self.print_requested.emit(Printed(place, self._board.first, self._board.last))
        else:
            today = self._board.now.date()
            shown = today if self._board.first <= today <= self._board.last else self._board.first
            self.item_opened.emit("day_sheet", shown.isoformat())

    def help_text(self) -> str:
        return _(
            "Ctrl+1 to Ctrl+6 choose the view, Ctrl+7 to Ctrl+9 part it by colleague, room or access point, "
            "Ctrl+G goes to a date, Page up and down show what comes before and after. Arrows move the cursor, "
            "Tab goes from one appointment to the next, Enter opens an appointment or begins a new one; in a "
            "month it opens the day. Alt+arrows move the selected appointment, Alt+Shift+arrows change its end, "
            "Space marks it as arrived, Delete cancels it. Ctrl+plus and minus change the height of the hours. "
            "With the mouse: drag to move, drag an edge to stretch, drag over an empty place to book, over "
            "several days for an absence."
        )

    def open_item(self, kind: str, item_id: str) -> None:
        """An "appointment" by its id, a "day" (ISO date), or a "new_appointment" for a person by the person's id."""
        if kind == "appointment":
            self._booking.find(item_id)
        elif kind == "appointment_for":
            self._booking.begin_for(item_id)
        elif kind == "new_appointment":
            self._booking.begin_for_person(item_id)
        elif kind == "day":
            self._go(replace(self._place, mode=DAY, day=date.fromisoformat(item_id)))

    def save_view(self) -> str:
        return replace(self._place, filters=self.filters.filters(), zoom=self.view.grid.zoom()).saved()

    def restore_view(self, state: str) -> None:
        self._place = Place.restored(state)
        self.filters.set_filters(self._place.filters)
        self.view.grid.set_zoom(self._place.zoom)
        self._controls.show_place(self._place)
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()
        self._entitle()

    def _fold(self) -> None:
        """The small month has to be wanted and to have room, and is of no use beside a large one."""
        room = theme.unit(_ROOMY_ENOUGH if self._mini_asked else _ROOMY)
        wanted = self._place.mini and self._place.mode != MONTH and self.window().width() >= room
        if wanted == self.mini.isHidden():
            self.mini.setVisible(wanted)
            self.mini.refresh()
        self._controls.show_mini(wanted)

    @Slot(bool)
    def _on_mini(self, wanted: bool) -> None:
        """Who asks for the small month gets it in less room too."""
        self._mini_asked = wanted
        self._go(replace(self._place, mini=wanted))

    def _entitle(self) -> None:
        """The title, in a few letters where there is little room, and then without the field for a date."""
        short = self.width() < theme.unit(NARROW)
        self._controls.go_to.set_roomy(not short)
        if self._board is not None:
            title, year = drawing.heading(self._board, self.filters.filters(), self._place.mode, short=short)
            self.header.set_title(title)
            self.header.set_subtitle(year)

    @Slot(object)
    def _go(self, place: Place) -> None:
        """Show another place of the calendar."""
        self._place = place
        self._controls.show_place(place)
        self._fold()
        self.refresh()

    def _show(self, board: Board) -> None:
        place = replace(self._place, filters=self.filters.filters())
        title, year = drawing.heading(board, place.filters, place.mode)
        another = self._board is not None and (title, place.mode) != self._heading
        self._board, self._heading = board, (title, place.mode)
        self._entitle()
        self._controls.set_shown(board.day, board.now.date())
        self.filters.set_choices(board)
        self.view.show_board(board, place)
        if another:
            self.view.say(f"{title} {year}".strip())  # by the view that is shown now
        self.mini.follow(board.day, board.now.date())
        if self._select_next:
            self.view.select(self._select_next)
            self._select_next = ""
        self._booking.follow(board)

    def _connect(self) -> None:
        controls, view, deeds, booking = self._controls, self.view, self._deeds, self._booking
        controls.wanted.connect(self._go)
        controls.mini_wanted.connect(self._on_mini)
        controls.left.connect(view.setFocus)
        view.stepped.connect(controls.step)
        view.day_wanted.connect(controls.show_day)
        self.mini.day_wanted.connect(controls.go)
        self.filters.changed.connect(self._on_filters)
        deeds.begun.connect(booking.edit)
        deeds.appointment_wanted.connect(booking.open)
        deeds.repeat_wanted.connect(booking.repeat)
        deeds.person_opened.connect(self.person_opened)
        deeds.initiative_opened.connect(self.initiative_opened)
        deeds.slip_requested.connect(self.slip_requested)
        for source in (deeds.note_wanted, booking.note_wanted):
            source.connect(partial(self.item_opened.emit, session_note.ITEM))
        deeds.refused.connect(self._refused)
        deeds.told.connect(self._tell)
        deeds.news.connect(self.after.ask)
        deeds.absence_wanted.connect(booking.plan_absence)
        booking.told.connect(self.say)
        self.after.slip_wanted.connect(self.slip_requested)
        self.after.said.connect(self.say)
        self.after.failed.connect(self.failed)
        booking.booked.connect(self._on_booked)
        booking.day_wanted.connect(controls.go)
        booking.slip_requested.connect(self.slip_requested)
        booking.refused.connect(self._refused)

    @Slot(str, object)
    def _on_booked(self, appointment_id: str, starts: datetime | None) -> None:
        """Show and select what was booked, also in another week, and tell when it is."""
        self._select_next = appointment_id
        self.view.select(appointment_id)
        if starts is not None:
            self.say(_("Booked: {when}").format(when=formats.moment(starts)))
            if not self._booking.shows(starts.date()):
                self._controls.go(starts.date())

    @Slot()
    def _on_filters(self) -> None:
        self._place = replace(self._place, filters=self.filters.filters())
        if self._board is not None:
            self._show(self._board)

    @Slot(object)
    def _refused(self, error: Exception) -> None:
        """Show an error, and the calendar as it is now."""
        self.failed.emit(error)
        self.refresh()

    @Slot(str)
    def _tell(self, sentence: str) -> None:
        self.say(sentence, Meaning.WARNING)
        self.view.say(sentence)


def _seen(board: Board | None, filters: Filters) -> Board | None:
    """The board with only what passes the filters; None before there is one."""
    if board is None:
        return None
    ids = {row.id for row in drawing.shown(board, filters)}
    appointments = tuple(row for row in board.appointments if row.id in ids)
    return replace(board, appointments=appointments, meetings=tuple(row for row in board.meetings if row.id in ids))
