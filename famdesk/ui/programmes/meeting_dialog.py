"""The dialog of one meeting; everything may be left "to be set"."""

from __future__ import annotations

from datetime import time
from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain.calendar.calendar import EndsBeforeStart
from famdesk.domain.calendar.claims import Overlap
from famdesk.domain.languages import language_choices
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import CheckField, DateField, LineField, NumberField, TextField, TimeField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label, ScrollColumn
from famdesk.ui.programmes.fields import WHY, Arrivals, Fold, LookNotice, minutes_between, offer_places, offer_rooms
from famdesk.ui.programmes.party_field import PartyField
from famdesk.usecases.calendar import resources
from famdesk.usecases.calendar.resources import ResourceRow
from famdesk.usecases.directory import directory
from famdesk.usecases.directory.directory_rows import PlaceRow, RoomRow
from famdesk.usecases.programmes import meeting_dates, meetings
from famdesk.usecases.programmes.meeting_dates import Look
from famdesk.usecases.programmes.programmes_rows import InitiativeDetail, MeetingRow, MeetingValues
from famdesk.usecases.staff import staff
from famdesk.usecases.staff.staff import ColleagueRow

MOST_PLACES = 100_000
LOOK_AFTER_MS = 250


class MeetingDialog(Dialog):
    """One meeting; what its time takes or meets is told while one types, before it is saved."""

    def __init__(
        self, parent: QWidget, runner: Runner, detail: InitiativeDetail, row: MeetingRow | None = None
    ) -> None:
        """Without `row` a new meeting is added."""
        title = _("New meeting") if row is None else _("Meeting {number}").format(number=row.number)
        super().__init__(parent, title, _("Add") if row is None else _("Save"))
        self.setMinimumWidth(theme.unit(150))
        self._runner, self._detail, self._row = runner, detail, row
        self._rooms: tuple[RoomRow, ...] = ()
        self.fields = Form()
        self.form = self.fields
        self._fill()
        self.body.addWidget(Label(_("What is not known yet stays empty: it is shown as “to be set”."), "second"))
        column = ScrollColumn()
        column.body.addWidget(self.fields)
        self._notice = LookNotice()
        column.body.addWidget(self._notice)
        column.setMinimumHeight(theme.unit(60))
        self.resize(theme.unit(150), theme.unit(130))
        self.body.addWidget(column, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LOOK_AFTER_MS)
        self._timer.timeout.connect(self._look)
        self.fields.edited.connect(self._timer.start)
        self._set_values()
        self.set_accept_enabled(False)
        self._arrived = Arrivals(4, self._ready)
        runner.fetch(directory.places, then=self._take_places)
        runner.fetch(directory.rooms, then=self._take_rooms)
        runner.fetch(staff.colleagues, then=self._take_colleagues)
        runner.fetch(resources.resources, then=self._take_resources)

    def save(self) -> None:
        """Adds or changes the meeting."""
        try:
            values = self._values()
        except EndsBeforeStart as error:
            self.present(error)
            return
        reason = self.fields.value("overlap_reason") or None
        if self._row is None:
            self._runner.run(meetings.add_meeting, self._detail.row.id, values, reason, then=self.finish,
                             failed=self.present)  # fmt: skip
        else:
            self._runner.run(meetings.change_meeting, self._row.id, self._row.version, values, reason,
                             then=self.finish, failed=self.present)  # fmt: skip

    def present(self, error: Exception) -> None:
        """An overlap asks for the reason; what is folded away is shown where it is wrong."""
        if isinstance(error, Overlap) and error.allowed:
            self.fields.set_row_visible("overlap_reason", True)
        if self._more.has(getattr(error, "field", None)):
            self._more.set_folded(False)
        super().present(error)

    def _fill(self) -> None:
        form = self.fields
        form.add("day", _("Date"), DateField())
        form.add("starts", _("Hour"), TimeField())
        form.add("ends", _("End"), TimeField())
        place = form.add("place_id", _("Place"), ChoiceField([]))
        place.chosen.connect(self._offer_rooms)
        form.add("leader_staff_id", _("Led by a colleague"), ChoiceField([]))
        form.add("leader", _("Or by somebody else"), LineField())
        form.add("theme", _("Theme"), LineField())
        form.add("overlap_reason", _("Why all the same"), LineField(), hint=_(WHY))
        form.set_row_visible("overlap_reason", False)
        more = self._more = Fold(form, self, _("Room, helpers, materials, child care…"), "Alt+M")
        more.add("room_id", _("Room"), ChoiceField([]))
        more.add("parties", _("Also at the meeting"), PartyField())
        more.add("child_care", _("Child care"), CheckField(_("Children are looked after meanwhile")))
        more.add("child_care_places", _("Children at most"), NumberField(1, 500))
        spoken = [Choice(code, text) for code, text in language_choices()]
        more.add("interpreter_language", _("Interpreted into"), ChoiceField(spoken))
        usual = _("Empty: as in the whole initiative")
        more.add("capacity", _("Number of places"), NumberField(1, MOST_PLACES), hint=usual)
        more.add("materials", _("Materials"), LineField(), hint=_("For example: projector, coloured paper, drinks"))
        more.add("note", _("Note"), TextField(lines=2))

    def _set_values(self) -> None:
        row, usual = self._row, self._detail.values
        if row is None:
            self.fields.set_values(
                {"starts": usual.usual_time, "day": usual.starts_on if not self._detail.meetings else None}
            )
            return
        values = row.values
        ends = row.ends.time() if row.ends else None
        self.fields.set_values({
            "day": row.day, "starts": row.starts, "ends": ends, "leader": values.leader, "theme": row.theme,
            "child_care": row.child_care, "child_care_places": row.child_care_places, "capacity": row.own_capacity,
            "interpreter_language": row.interpreter_language, "materials": row.materials, "note": row.note,
            "overlap_reason": row.overlap_reason, "parties": row.parties,
        })  # fmt: skip
        self.fields.set_row_visible("overlap_reason", bool(row.overlap_reason))
        more = (row.room_id, row.parties, row.child_care, row.interpreter_language, row.own_capacity, row.materials,
                row.note)  # fmt: skip
        self._more.set_folded(not any(more))
        self._timer.start()

    def _values(self) -> MeetingValues:
        found: dict[str, Any] = self.fields.values()
        starts = found["starts"]
        return MeetingValues(
            found["day"], starts, self._minutes(starts, found["ends"]), found["place_id"], found["room_id"],
            found["leader"] or None, found["leader_staff_id"], found["theme"] or None, found["capacity"],
            found["materials"] or None, found["note"] or None, found["child_care"],
            found["child_care_places"] if found["child_care"] else None, found["interpreter_language"],
            found["parties"],
        )  # fmt: skip

    def _minutes(self, starts: object, ends: object) -> int | None:
        """A length that was known stays where the hour itself is taken away."""
        if starts is None and self._row is not None and self._row.starts is None and ends is None:
            return None
        return minutes_between(starts, ends)

    def _take_places(self, rows: tuple[PlaceRow, ...]) -> None:
        kept = self._row.place_id if self._row else self._detail.values.place_id
        offer_places(self.fields.field("place_id"), rows, kept)
        self._arrived()

    def _take_rooms(self, rows: tuple[RoomRow, ...]) -> None:
        self._rooms = rows
        self._arrived()

    def _take_colleagues(self, rows: tuple[ColleagueRow, ...]) -> None:
        field = self.fields.field("leader_staff_id")
        field.set_choices([Choice(row.id, row.name) for row in rows])
        field.set_value(self._row.leader_staff_id if self._row else None)
        self.fields.field("parties").offer_colleagues([(row.id, row.name) for row in rows])
        self._arrived()

    def _take_resources(self, rows: tuple[ResourceRow, ...]) -> None:
        self.fields.field("parties").offer_resources(rows)
        self._arrived()

    def _ready(self) -> None:
        self._offer_rooms()
        self.fields.field("room_id").set_value(self._row.room_id if self._row else None)
        self.set_accept_enabled(True)
        self._timer.start()

    @Slot()
    def _offer_rooms(self, _chosen: object = None) -> None:
        offer_rooms(self.fields.field("room_id"), self._rooms, self.fields.value("place_id"))

    @Slot()
    def _look(self) -> None:
        try:
            values = self._values()
        except EndsBeforeStart:
            return
        if not isinstance(values.starts, time):
            self._take_look(Look(None, (), ()))
            return
        own = self._row.id if self._row else None
        self._runner.fetch(meeting_dates.look, values, own, then=self._take_look, latest="look", owner=self)

    def _take_look(self, look: Look) -> None:
        self._notice.show_looks([look])
        needed = self._notice.blocking() and not self._notice.impossible()
        self.fields.set_row_visible("overlap_reason", needed or bool(self.fields.value("overlap_reason")))
