"""What happens to a meeting: it is moved or put off, cancelled, or takes place after all; who is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain.calendar.calendar import EndsBeforeStart
from famdesk.domain.calendar.claims import Overlap
from famdesk.i18n import _, formats
from famdesk.ui.kit import theme
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import CheckField, DateField, LineField, TextField, TimeField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Hairline, Label
from famdesk.ui.programmes.fields import WHY, Arrivals, LookNotice, minutes_between, offer_places, offer_rooms
from famdesk.ui.programmes.meeting_dialog import LOOK_AFTER_MS
from famdesk.ui.programmes.tell_list import TellList
from famdesk.ui.programmes.words import hour_text
from famdesk.usecases.directory import directory
from famdesk.usecases.directory.directory_rows import PlaceRow, RoomRow
from famdesk.usecases.programmes import meeting_dates, meetings
from famdesk.usecases.programmes.meeting_dates import Look
from famdesk.usecases.programmes.meetings import MeetingMove
from famdesk.usecases.programmes.programmes_rows import MeetingRow


class _TellingDialog(Dialog):
    """A dialog that asks at its end who is to be told."""

    def __init__(self, parent: QWidget, runner: Runner, row: MeetingRow, title: str, accept: str) -> None:
        super().__init__(parent, title, accept)
        self.setMinimumWidth(theme.unit(140))
        self._runner, self._row = runner, row
        self.fields = Form()
        self.form = self.fields
        over = row.day is not None and row.day < runner.now().date()
        self.tell = TellList(runner, row.id, ticked=not over)
        self.tell.filled.connect(self._make_room)

    def lay_out(self, *widgets: QWidget) -> None:
        """Put the fields, other widgets, and whom to tell one below the other."""
        self.body.addWidget(Label(now_text(self._row), "second", wrap=True))
        self.body.addWidget(self.fields)
        for widget in widgets:
            self.body.addWidget(widget)
        self.body.addWidget(Hairline())
        self.body.addWidget(self.tell, 1)

    def _ask_reason_for(self, error: Exception) -> None:
        if isinstance(error, Overlap) and error.allowed:
            self.fields.set_row_visible("overlap_reason", True)

    def present(self, error: Exception) -> None:
        """An overlap asks for the reason."""
        self._ask_reason_for(error)
        super().present(error)

    def _add_overlap(self) -> None:
        self.fields.add("overlap_reason", _("Why all the same"), LineField(), hint=_(WHY))
        self.fields.set_row_visible("overlap_reason", False)


class MoveDialog(_TellingDialog):
    """Another day, hour or place, or a day that is still to be set."""

    def __init__(self, parent: QWidget, runner: Runner, row: MeetingRow) -> None:
        title = _("Move meeting {number}").format(number=row.number)
        super().__init__(parent, runner, row, title, _("Move the meeting"))
        self._rooms: tuple[RoomRow, ...] = ()
        form = self.fields
        form.add("day", _("Date"), DateField())
        form.add("starts", _("Hour"), TimeField())
        form.add("ends", _("End"), TimeField())
        form.add("to_be_set", _("New day"), CheckField(_("The new day is still to be set")))
        place = form.add("place_id", _("Place"), ChoiceField([]))
        place.chosen.connect(self._offer_rooms)
        form.add("room_id", _("Room"), ChoiceField([]))
        form.add("reason", _("Reason"), LineField(), hint=_("For colleagues and the journal; nobody is told of it."))
        self._add_overlap()
        self._notice = LookNotice()
        self.lay_out(self._notice)
        ends = row.ends.time() if row.ends else None
        form.set_values({"day": row.day, "starts": row.starts, "ends": ends})
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LOOK_AFTER_MS)
        self._timer.timeout.connect(self._look)
        form.edited.connect(self._on_edited)
        self.set_accept_enabled(False)
        self._arrived = Arrivals(2, self._ready)
        runner.fetch(directory.places, then=self._take_places, owner=self)
        runner.fetch(directory.rooms, then=self._take_rooms, owner=self)

    def save(self) -> None:
        """Moves the meeting, and puts down who is to be told."""
        try:
            to = self._to()
        except EndsBeforeStart as error:
            self.present(error)
            return
        form = self.fields
        self._runner.run(
            meetings.move_meeting, self._row.id, self._row.version, to, form.value("reason") or None,
            form.value("overlap_reason") or None, self.tell.value(), then=self.finish, failed=self.present,
        )  # fmt: skip

    def _to(self) -> MeetingMove:
        get = self.fields.value
        place, room = get("place_id"), get("room_id")
        if get("to_be_set"):
            return MeetingMove(None, None, None, place, room)
        return MeetingMove(get("day"), get("starts"), minutes_between(get("starts"), get("ends")), place, room)

    def _take_places(self, rows: tuple[PlaceRow, ...]) -> None:
        offer_places(self.fields.field("place_id"), rows, self._row.place_id)
        self._arrived()

    def _take_rooms(self, rows: tuple[RoomRow, ...]) -> None:
        self._rooms = rows
        self._arrived()

    def _ready(self) -> None:
        self._offer_rooms()
        self.fields.field("room_id").set_value(self._row.room_id)
        self.set_accept_enabled(True)

    @Slot()
    def _offer_rooms(self, _chosen: object = None) -> None:
        offer_rooms(self.fields.field("room_id"), self._rooms, self.fields.value("place_id"))

    @Slot()
    def _on_edited(self) -> None:
        unknown = self.fields.value("to_be_set")
        for name in ("day", "starts", "ends"):
            self.fields.field(name).setEnabled(not unknown)
        self._timer.start()

    @Slot()
    def _look(self) -> None:
        try:
            to = self._to()
        except EndsBeforeStart:
            return
        if not isinstance(to.day, date) or not isinstance(to.starts, time):
            self._take_look(Look(None, (), ()))
            return
        values = replace(self._row.values, day=to.day, starts=to.starts, minutes=to.minutes, place_id=to.place_id,
                         room_id=to.room_id)  # fmt: skip
        self._runner.fetch(meeting_dates.look, values, self._row.id, then=self._take_look, latest="look", owner=self)

    def _take_look(self, look: Look) -> None:
        self._notice.show_looks([look])
        needed = self._notice.blocking() and not self._notice.impossible()
        self.fields.set_row_visible("overlap_reason", needed)


class CancelDialog(_TellingDialog):
    """Why a meeting does not take place."""

    def __init__(self, parent: QWidget, runner: Runner, row: MeetingRow) -> None:
        title = _("Cancel meeting {number}?").format(number=row.number)
        super().__init__(parent, runner, row, title, _("Cancel the meeting"))
        hint = _("It stays with the meeting in every list; those who are told do not hear it.")
        self.fields.add("reason", _("Reason"), TextField(lines=2), required=True, hint=hint)
        self.lay_out()

    def save(self) -> None:
        """Cancels the meeting, and puts down who is to be told."""
        reason = self.fields.value("reason")
        self._runner.run(meetings.cancel_meeting, self._row.id, self._row.version, reason, self.tell.value(),
                         then=self.finish, failed=self.present)  # fmt: skip


class RestoreDialog(_TellingDialog):
    """A meeting takes place after all."""

    def __init__(self, parent: QWidget, runner: Runner, row: MeetingRow) -> None:
        title = _("Meeting {number} takes place after all?").format(number=row.number)
        super().__init__(parent, runner, row, title, _("It takes place"))
        self._add_overlap()
        self.lay_out()

    def save(self) -> None:
        """Takes the meeting up again, and puts down who is to be told."""
        reason = self.fields.value("overlap_reason") or None
        self._runner.run(meetings.restore_meeting, self._row.id, self._row.version, reason, self.tell.value(),
                         then=self.finish, failed=self.present)  # fmt: skip


def now_text(row: MeetingRow) -> str:
    """When and where a meeting is now: "giovedì 13 febbraio, 18:00 · Civico 81"."""
    if row.day is None:
        return _("The day is to be set.")
    when = formats.date_day(row.day)
    if row.starts is not None:
        when = _("{day}, {time}").format(day=when, time=hour_text(row))
    return " · ".join(part for part in (when, row.place, row.theme) if part)
