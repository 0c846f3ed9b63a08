"""What is done to an appointment directly in the calendar: moved, stretched, cancelled, arrived."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain import codes
from famdesk.domain.calendar.calendar import next_states, offered_states
from famdesk.i18n import _
from famdesk.ui import appointment_states, overlap, session_note
from famdesk.ui.calendar import menus
from famdesk.ui.calendar.drawing import Target
from famdesk.ui.calendar.editor_form import Start
from famdesk.ui.calendar.menus import ContextMenu
from famdesk.ui.calendar.series import closed as series_closed
from famdesk.ui.calendar.series import end as series_end
from famdesk.ui.calendar.series.scope import ONE, ask_scope
from famdesk.ui.calendar.view import CalendarView
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import LineField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.usecases.calendar import calendar, series_changes
from famdesk.usecases.calendar.appointment_rows import AppointmentRow
from famdesk.usecases.calendar.calendar_board import MeetingBox
from famdesk.usecases.calendar.series_rows import Outcome


class Deeds(QObject):
    """Runs the use-cases that the view asks for; an overlap is told and can be allowed with a reason.

    Signals:
        refused(object): an error for the message bar; the calendar is to be shown again as it is.
        told(str): nothing could be done, and why.
        appointment_wanted(str), begun(object): open an appointment, or a new one from a `Start`.
        note_wanted(str): write the note of an appointment.
        repeat_wanted(str): open an appointment where it is said how it repeats.
        person_opened(str), initiative_opened(str), slip_requested(str).
        absence_wanted(object): plan an absence from a `Start`, or change that of an `AppointmentRow`.
        news(str): an appointment was moved or cancelled: the family has to be told.
    """

    refused = Signal(object)
    told = Signal(str)
    appointment_wanted = Signal(str)
    note_wanted = Signal(str)
    repeat_wanted = Signal(str)
    begun = Signal(object)
    person_opened = Signal(str)
    initiative_opened = Signal(str)
    slip_requested = Signal(str)
    news = Signal(str)
    absence_wanted = Signal(object)

    def __init__(self, runner: Runner, view: CalendarView, parent: QWidget) -> None:
        super().__init__(parent)
        self._runner = runner
        self._view = view
        self._parent = parent
        self._menu_of: tuple[str, Start | None] = ("", None)
        view.opened.connect(self.open)
        view.begun.connect(self.begun)
        view.days_wanted.connect(self.absence_wanted)
        view.move_wanted.connect(self.move)
        view.stretch_wanted.connect(self.stretch)
        view.cancel_wanted.connect(self.cancel)
        view.arrive_wanted.connect(self.arrive)
        view.menu_wanted.connect(self.show_menu)

    @Slot(str)
    def open(self, item_id: str) -> None:
        """Open what lies there, as far as this person may."""
        item = self._view.item(item_id)
        if isinstance(item, MeetingBox):
            self.initiative_opened.emit(item.initiative_id)
        elif item is not None and item.masked:
            self.told.emit(_("Only those who work with this person can open this appointment."))
        elif isinstance(item, AppointmentRow) and item.kind == "absence" and item.staff_id and not item.series_id:
            self.absence_wanted.emit(item)
        elif item is not None:
            self.appointment_wanted.emit(item.id)

    @Slot(str, object, object)
    def move(self, item_id: str, starts: datetime, target: Target) -> None:
        """Another start, and the column's colleague, room or access point."""
        row = self._row(item_id)
        if row is not None:
            links = {"staff_id": target.staff_id, "room_id": target.room_id, "access_point_id": target.access_point_id}
            text, ids = _("Move all the same"), (row.id, row.version)
            alone = _Attempt(self, text, calendar.move, *ids, starts, **links)
            self._as_far(row, _("Move which dates?"), alone, lambda scope: _Attempt(
                self, text, series_changes.move, *ids, scope, starts, **links))  # fmt: skip

    @Slot(str, object)
    def stretch(self, item_id: str, ends: datetime) -> None:
        """Another end."""
        row = self._row(item_id)
        if row is not None:
            text, ids = _("Change all the same"), (row.id, row.version)
            alone = _Attempt(self, text, calendar.stretch, *ids, ends)
            self._as_far(row, _("Change the length of which dates?"), alone, lambda scope: _Attempt(
                self, text, series_changes.stretch, *ids, scope, ends))  # fmt: skip

    @Slot(str)
    def arrive(self, item_id: str) -> None:
        """The person is there."""
        row = self._row(item_id)
        if row is None:
            return
        if row.state == "arrived":
            self.told.emit(_("Already marked as arrived."))
        elif "arrived" not in next_states(row.state):
            self.told.emit(_("A cancelled appointment has to be planned again first."))
        else:
            self.set_state(row, "arrived")

    @Slot()
    def miss(self) -> None:
        """Nobody came to what is selected: ask why."""
        item_id = self._view.selected_id()
        row = self._row(item_id) if item_id else None
        today = self._runner.now().date()
        if row is None:
            return
        if "no_show" not in offered_states(row.state, row.starts.date(), today):
            self.told.emit(_("Of this appointment nobody can say that yet, or not any more."))
            return
        self._menu_of = (item_id, None)
        menu = ContextMenu(self._parent, row, today, self.choose)
        menu.fill_reasons()
        menu.popup(self._view.mapToGlobal(self._view.rect().center()))

    @Slot()
    def write_note(self) -> None:
        """The note of what is selected."""
        item = self._view.item(self._view.selected_id()) if self._view.selected_id() else None
        if isinstance(item, AppointmentRow) and not item.masked and session_note.offered(item, self._runner):
            self.note_wanted.emit(item.id)
        else:
            self.told.emit(session_note.refused())

    def set_state(self, row: AppointmentRow, state: str) -> None:
        """Confirmed, arrived, held, did not come (with a reason after a colon); planned again."""
        step, more = appointment_states.step(state)
        _Attempt(self, _("Book all the same"), step, row.id, row.version, **more).go()

    @Slot(str)
    def cancel(self, item_id: str) -> None:
        """Ask who cancelled and why, then cancel."""
        row = self._row(item_id)
        if row is None:
            return
        if "cancelled" not in next_states(row.state):
            self.told.emit(_("This appointment is over: it cannot be cancelled any more."))
            return
        if row.series_id is None:
            self._ask_cancel(row, ONE)
            return
        ask_scope(self._parent, _("Cancel which dates?"), lambda scope: self._ask_cancel(row, scope))

    def _ask_cancel(self, row: AppointmentRow, scope: str) -> None:
        dialog = CancelDialog(self._parent, self._runner, row.id, row.version, scope)
        dialog.finished_with.connect(partial(self._on_cancelled, row.id))
        dialog.open()

    def _on_cancelled(self, appointment_id: str, by: object) -> None:
        """Who cancelled knows it."""
        if by != "family":
            self.news.emit(appointment_id)

    @Slot(str, object, QPoint)
    def show_menu(self, item_id: str, start: Start | None, at: QPoint) -> None:
        """What can be done with an item, or at an empty place."""
        self._menu_of = (item_id, start)
        item = self._view.item(item_id)
        note = isinstance(item, AppointmentRow) and not item.masked and session_note.offered(item, self._runner)
        ContextMenu(self._parent, item, self._runner.now().date(), self.choose, note=note).popup(at)

    def choose(self, key: str) -> None:
        """Do what was picked in the menu."""
        item_id, start = self._menu_of
        row = self._row(item_id)
        if key == menus.NEW:
            self.begun.emit(start)
        elif key == menus.ABSENCE:
            self.absence_wanted.emit(start)
        elif key == menus.OPEN:
            self.open(item_id)
        elif key == menus.CANCEL:
            self.cancel(item_id)
        elif row is not None and key == menus.PERSON and row.person_id:
            self.person_opened.emit(row.person_id)
        elif row is not None and key in (menus.REPEAT, menus.SLIP, menus.NOTE):
            {menus.REPEAT: self.repeat_wanted, menus.SLIP: self.slip_requested,
             menus.NOTE: self.note_wanted}[key].emit(row.id)  # fmt: skip
        elif row is not None and key == menus.SKIP:
            _Attempt(self, "", series_changes.skip, row.id, row.version).go()
        elif row is not None and key == menus.RESTORE:
            _Attempt(self, _("Bring back all the same"), series_changes.restore, row.id, row.version).go()
        elif row is not None and key.startswith(menus.STATE):
            self.set_state(row, key.removeprefix(menus.STATE))

    def run(self, attempt: _Attempt) -> None:
        """Do what an attempt is about."""
        overlap.run(self._runner, self._parent, attempt.all_the_same, attempt.usecase, *attempt.args, then=attempt.done,
                    failed=self.refused.emit, owner=self, **attempt.kw)  # fmt: skip

    def look_at_closures(self, appointment_id: str, before: str) -> None:
        """A series was changed: tell what stayed as it was, and what now lies on closed days."""
        series_closed.look(self._runner, self, appointment_id, self.told.emit, before)

    def _as_far(self, row: AppointmentRow, question: str, alone: _Attempt, together: Callable[[str], _Attempt]) -> None:
        """Do it at once, or for a date of a series once it is said how far it goes."""
        if row.series_id is None:
            alone.go()
            return
        ask_scope(self._parent, question, lambda scope: (alone if scope == ONE else together(scope)).go())

    def _row(self, item_id: str) -> AppointmentRow | None:
        """The appointment, if this person may change it; else it is told why not."""
        item = self._view.item(item_id)
        if isinstance(item, AppointmentRow) and not item.masked:
            return item
        if isinstance(item, MeetingBox):
            self.told.emit(_("Meetings of an initiative are changed in the initiative."))
        elif item is not None:
            self.told.emit(_("Only those who work with this person can change this appointment."))
        return None


_MOVES = (calendar.move, series_changes.move)


class _Attempt:
    """One use-case that may meet an overlap."""

    def __init__(
        self, deeds: Deeds, all_the_same: str, usecase: Callable[..., object], *args: object, **kw: Any
    ) -> None:
        self.deeds, self.all_the_same = deeds, all_the_same
        self.usecase, self.args, self.kw = usecase, args, kw

    def go(self) -> None:
        """Do it; a reason is asked for where one is needed."""
        self.deeds.run(self)

    def done(self, result: object) -> None:
        """The family has to be told of another time; of a series is told what stayed as it was."""
        if isinstance(result, Outcome):
            self.deeds.look_at_closures(str(self.args[0]), series_end.kept(result))
        if self.usecase in _MOVES:
            self.deeds.news.emit(str(self.args[0]))


class CancelDialog(Dialog):
    """Who cancelled, and why if it was said. `finished_with` tells who, a code of `CANCELLED_BY`."""

    def __init__(self, parent: QWidget, runner: Runner, appointment_id: str, version: int, scope: str = ONE) -> None:
        """`scope`: of a series also the following dates, or all."""
        title = _("Cancel the appointment") if scope == ONE else _("Cancel the appointments")
        super().__init__(parent, title, title, danger=True)
        self._scope = scope
        self._cancel.setText(_("Keep it"))
        self._runner = runner
        self._appointment = appointment_id, version
        self.form = Form(labels="top")
        who = [Choice(code, text) for code, text in codes.labels(codes.CANCELLED_BY)]
        self.form.add("by", _("Who cancelled?"), ChoiceField(who, allow_none=False), required=True)
        self.form.add("reason", _("Reason"), LineField(placeholder=_("may stay empty")))
        self.form.set_values({"by": "family", "reason": ""})
        self.body.addWidget(self.form)

    def save(self) -> None:
        assert self.form is not None
        by, reason = self.form.value("by"), self.form.value("reason") or None
        done: dict[str, Any] = {"then": partial(_cancelled, self, by), "failed": self.present, "owner": self}
        if self._scope == ONE:
            self._runner.run(calendar.cancel, *self._appointment, by, reason, **done)
        else:
            self._runner.run(series_changes.cancel, *self._appointment, self._scope, by, reason, **done)


def _cancelled(dialog: Dialog, by: str, _nothing: object) -> None:
    dialog.finish(by)
