"""The editor from the calendar: a new appointment, one that is opened, and what is shown after it was saved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from famdesk.ui.calendar.absence import AbsenceDialog, said
from famdesk.ui.calendar.deeds import Deeds
from famdesk.ui.calendar.editor import AppointmentDialog
from famdesk.ui.calendar.editor_form import Choices, Start
from famdesk.ui.calendar.free_slot_dialog import FreeSlotDialog, SlotStart
from famdesk.ui.calendar.view import CalendarView
from famdesk.ui.calendar.wanted import Wanted, open_moment, wanted
from famdesk.ui.kit.runner import Runner
from famdesk.usecases.calendar import calendar
from famdesk.usecases.calendar.absences import Planned
from famdesk.usecases.calendar.appointment_rows import AppointmentDetail, AppointmentRow
from famdesk.usecases.calendar.calendar_board import Board


class Booking(QObject):
    """Opens the editor, as soon as the calendar is there.

    Signals:
        booked(str, object): an appointment was saved, with its start.
        day_wanted(object): show a day, because what is to be opened stands there.
        slip_requested(str): print the slip. note_wanted(str): write the note of an appointment.
        refused(object): an error.
        told(str): what was done, in a sentence.
    """

    booked = Signal(str, object)
    day_wanted = Signal(object)
    slip_requested = Signal(str)
    note_wanted = Signal(str)
    refused = Signal(object)
    told = Signal(str)

    def __init__(self, runner: Runner, view: CalendarView, deeds: Deeds, parent: QWidget) -> None:
        super().__init__(parent)
        self._runner, self._view, self._deeds, self._parent = runner, view, deeds, parent
        self._board: Board | None = None
        self._opening: AppointmentDetail | None = None
        self._for: Wanted | None = None
        self._dialog: AppointmentDialog | None = None
        self._was: datetime | None = None
        self._absence: AbsenceDialog | None = None

    def follow(self, board: Board) -> None:
        """The calendar shows a board: what waited for it is opened now."""
        self._board = board
        if self._opening is not None:
            opening, self._opening = self._opening, None
            self._view.select(opening.id)
            self.edit(opening)
        if self._for is not None:
            person, self._for = self._for, None
            self._book_for(person)

    @Slot(object)
    def edit(self, begin: Start | AppointmentDetail) -> None:
        """Open the editor."""
        if self._board is None:
            return
        self._was = begin.starts if isinstance(begin, AppointmentDetail) else None
        dialog = AppointmentDialog(self._parent, self._runner, Choices.of(self._board), begin)
        dialog.finished_with.connect(self._on_saved)
        dialog.slip_requested.connect(self.slip_requested)
        dialog.note_requested.connect(self.note_wanted)
        dialog.cancel_requested.connect(self._deeds.cancel)
        self._dialog = dialog
        dialog.open()

    @Slot(object)
    def plan_absence(self, begin: Start | AppointmentRow) -> None:
        """Open the dialog of an absence, a new one or one that is there."""
        if self._board is None:
            return
        dialog = AbsenceDialog(self._parent, self._runner, Choices.of(self._board), begin)
        dialog.finished_with.connect(self._on_absent)
        self._absence = dialog
        dialog.open()

    @Slot(object)
    def _on_absent(self, planned: object) -> None:
        span = self._absence.span() if self._absence is not None else None
        if isinstance(planned, Planned) and span is not None:
            self.told.emit(said(planned, span[0].date()))

    @Slot(str)
    def open(self, appointment_id: str) -> None:
        """Open one that is shown."""
        self._runner.fetch(calendar.appointment, appointment_id, then=self.edit, failed=self._failed, owner=self)

    @Slot(str)
    def repeat(self, appointment_id: str) -> None:
        """Open one that is shown, to make a series of it."""
        self._runner.fetch(calendar.appointment, appointment_id, then=self._begin_series, failed=self._failed,
                           owner=self)  # fmt: skip

    def _begin_series(self, found: AppointmentDetail) -> None:
        self.edit(found)
        if self._dialog is not None:
            self._dialog.series.unfold = True

    @Slot()
    def find_time(self) -> None:
        """Look for a time at which several are free, and book it."""
        start = self._view.start()
        if self._board is None or start is None:
            return
        after = max(start.starts, self._board.now)
        begin = SlotStart(after, 0, (start.staff_id,) if start.staff_id else (), start.room_id, start.access_point_id)
        dialog = FreeSlotDialog(self._parent, self._runner, Choices.of(self._board), begin)
        dialog.finished_with.connect(self._on_time_booked)
        self._search = dialog
        dialog.open()

    @Slot(object)
    def _on_time_booked(self, appointment_id: object) -> None:
        slot = self._search.slot()
        self.booked.emit(str(appointment_id), slot.starts if slot else None)

    def find(self, appointment_id: str) -> None:
        """Open one that was asked for from elsewhere, after its day is shown."""
        self._runner.fetch(calendar.appointment, appointment_id, then=self._on_found, failed=self._failed, owner=self)

    def begin_for(self, record_id: str) -> None:
        """A new appointment for a person, or for whom an access card is about."""
        self._runner.fetch(wanted, record_id, then=self._book_for, failed=self._failed, owner=self)

    def begin_for_person(self, person_id: str) -> None:
        """A new appointment for a person."""
        self._runner.fetch(calendar.person_named, person_id, then=self._on_named, failed=self._failed, owner=self)

    def _on_found(self, detail: AppointmentDetail) -> None:
        self._opening = detail
        self.day_wanted.emit(detail.starts.date())

    def _on_named(self, person: tuple[str, str]) -> None:
        self._book_for(Wanted(*person))

    def _book_for(self, person: Wanted) -> None:
        start = self._view.start()
        if start is None:
            self._for = person
        else:
            begin = replace(start, person_id=person.person_id, person=person.person)
            self._runner.fetch(open_moment, begin.starts, then=partial(self._edit_at, begin), failed=self._failed,
                               owner=self)  # fmt: skip

    def _edit_at(self, begin: Start, moment: datetime) -> None:
        """Nobody chose the moment: where the centre is closed then, the next opening is proposed."""
        self.edit(begin if moment == begin.starts else replace(begin, starts=moment, ends=None))

    @Slot(object)
    def _on_saved(self, appointment_id: object) -> None:
        span = self._dialog.fields.value("starts") if self._dialog is not None else None
        self.booked.emit(str(appointment_id), span[0] if span is not None else None)
        if self._was is not None and span is not None and span[0] != self._was:
            self._deeds.news.emit(str(appointment_id))

    def shows(self, day: date) -> bool:
        """Whether a day is on the screen."""
        return self._board is not None and self._board.first <= day <= self._board.last

    def _failed(self, error: Exception) -> None:
        self.refused.emit(error)
