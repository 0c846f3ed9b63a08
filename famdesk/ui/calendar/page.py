"""The calendar page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain import periods
from famdesk.i18n import _, formats
from famdesk.ui.calendar import drawing
from famdesk.ui.calendar.deeds import Deeds
from famdesk.ui.calendar.editor import AppointmentDialog
from famdesk.ui.calendar.editor_form import Choices, Start
from famdesk.ui.calendar.filters import FilterBar
from famdesk.ui.calendar.header import Controls
from famdesk.ui.calendar.place import DAY, Place
from famdesk.ui.calendar.view import CalendarView
from famdesk.ui.calendar.wanted import Wanted, wanted
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.page import Page
from famdesk.ui.kit.runner import Runner
from famdesk.usecases import calendar, calendar_board
from famdesk.usecases.appointment_rows import AppointmentDetail, AppointmentRow
from famdesk.usecases.calendar_board import Board


class CalendarPage(Page):
    """Day, week and list; appointments are booked, moved, stretched, cancelled and checked in here.

    Signals:
        slip_requested(str): print the slip of that appointment.
    """

    watches = frozenset({
        "appointment", "meeting", "initiative", "person", "person_staff", "staff", "room", "access_point",
        "opening_rule", "extra_opening", "closure",
    })  # fmt: skip
    slip_requested = Signal(str)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Calendar"), parent)
        self._place = Place()
        self._board: Board | None = None
        self._heading = ""
        self._select_next = ""
        self._opening: AppointmentDetail | None = None
        self._booking: Wanted | None = None
        self._dialog: AppointmentDialog | None = None
        self.filters = FilterBar()
        self.view = CalendarView()
        self._deeds = Deeds(runner, self.view, self)
        self._controls = Controls(self, self.header, self.filters.button)
        self.add_action(_("Appointment"), self.new_item, icon="plus", primary=True)
        self.body.addWidget(self.filters)
        self.body.addWidget(self.view, 1)
        self.start_at(self.view)
        self._controls.show_place(self._place)
        self._connect()

    def refresh(self) -> None:
        mode = periods.DAY if self._place.mode == DAY else periods.WORK
        self.runner.fetch(calendar_board.board_around, mode, self._place.day, then=self._show, latest="board")

    def new_item(self) -> None:
        start = self.view.start()
        if start is not None:
            self._edit(start)

    def print_now(self) -> None:
        row = self.view.item(self.view.selected_id())
        if isinstance(row, AppointmentRow) and not row.masked:
            self.slip_requested.emit(row.id)
        elif self._board is not None:
            today = self._board.now.date()
            shown = today if self._board.first <= today <= self._board.last else self._board.first
            self.item_opened.emit("day_sheet", shown.isoformat())

    def help_text(self) -> str:
        return _(
            "Arrows move the cursor, Enter opens an appointment or begins a new one. Alt+arrows move the selected "
            "appointment, Alt+Shift+up and down change its length, Space marks it as arrived, Delete cancels it. "
            "Page up and down show another week. With the mouse: drag to move, drag an edge to stretch, drag over an "
            "empty place to book."
        )

    def open_item(self, kind: str, item_id: str) -> None:
        """An "appointment" by its id, a "day" (ISO date), or a "new_appointment" for a person by the person's id."""
        if kind == "appointment":
            self.runner.fetch(calendar.appointment, item_id, then=self._on_found, failed=self._refused)
        elif kind == "appointment_for":
            self.runner.fetch(wanted, item_id, then=self._book_for, failed=self._refused)
        elif kind == "new_appointment":
            self.runner.fetch(calendar.person_named, item_id, then=self._on_named, failed=self._refused)
        elif kind == "day":
            self._go(replace(self._place, mode=DAY, day=date.fromisoformat(item_id)))

    def save_view(self) -> str:
        return replace(self._place, filters=self.filters.filters(), zoom=self.view.grid.zoom()).saved()

    def restore_view(self, state: str) -> None:
        self._place = Place.restored(state)
        self.filters.set_filters(self._place.filters)
        self.view.grid.set_zoom(self._place.zoom)
        self._controls.show_place(self._place)

    @Slot(object)
    def _go(self, place: Place) -> None:
        """Show another place of the calendar."""
        self._place = place
        self._controls.show_place(place)
        self.refresh()

    def _show(self, board: Board) -> None:
        title, year = drawing.heading(board, self.filters.filters())
        if self._board is not None and title != self._heading:
            self.view.say(f"{title} {year}".strip())
        self._board = board
        self._heading = title
        self.header.set_title(title)
        self.header.set_subtitle(year)
        self._controls.set_shown(board.first)
        self.filters.set_choices(board.colleagues, board.points)
        self.view.show_board(board, replace(self._place, filters=self.filters.filters()))
        if self._select_next:
            self.view.select(self._select_next)
            self._select_next = ""
        if self._opening is not None:
            opening, self._opening = self._opening, None
            self._edit(opening)
        if self._booking is not None:
            booking, self._booking = self._booking, None
            self._book_for(booking)

    def _book_for(self, person: Wanted) -> None:
        """Begin an appointment for somebody, once the calendar is there."""
        start = self.view.start()
        if start is None:
            self._booking = person
        else:
            self._edit(replace(start, person_id=person.person_id, person=person.person))

    @Slot(object)
    def _edit(self, begin: Start | AppointmentDetail) -> None:
        """Open the editor."""
        if self._board is None:
            return
        dialog = AppointmentDialog(self, self.runner, Choices.of(self._board), begin)
        dialog.finished_with.connect(self._on_saved)
        dialog.slip_requested.connect(self.slip_requested)
        dialog.cancel_requested.connect(self._deeds.cancel)
        self._dialog = dialog
        dialog.open()

    def _connect(self) -> None:
        controls, view, deeds = self._controls, self.view, self._deeds
        controls.wanted.connect(self._go)
        view.stepped.connect(controls.step)
        view.day_wanted.connect(controls.show_day)
        self.filters.changed.connect(self._on_filters)
        deeds.begun.connect(self._edit)
        deeds.appointment_wanted.connect(self._open)
        deeds.person_opened.connect(self.person_opened)
        deeds.initiative_opened.connect(self.initiative_opened)
        deeds.slip_requested.connect(self.slip_requested)
        deeds.refused.connect(self._refused)
        deeds.told.connect(self._tell)

    @Slot(str)
    def _open(self, appointment_id: str) -> None:
        self.runner.fetch(calendar.appointment, appointment_id, then=self._edit, failed=self._refused)

    def _on_found(self, detail: AppointmentDetail) -> None:
        """An appointment that was asked for from elsewhere: show its day, then open it."""
        self._opening, self._select_next = detail, detail.id
        self._go(replace(self._place, day=detail.starts.date()))

    def _on_named(self, person: tuple[str, str]) -> None:
        start = self.view.start()
        if start is not None:
            self._edit(replace(start, person_id=person[0], person=person[1]))

    @Slot(object)
    def _on_saved(self, appointment_id: object) -> None:
        """Show and select what was booked, also in another week, and tell when it is."""
        span = self._dialog.fields.value("starts") if self._dialog is not None else None
        self._select_next = str(appointment_id)
        self.view.select(self._select_next)
        if span is not None:
            self.say(_("Booked: {when}").format(when=formats.moment(span[0])))
            day = span[0].date()
            if self._board is not None and not self._board.first <= day <= self._board.last:
                self._go(replace(self._place, day=day))

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
