"""Dialogs for an initiative, a meeting, and the dates of all meetings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from famdesk.domain import codes
from famdesk.domain.calendar import EndsBeforeStart
from famdesk.i18n import _, formats
from famdesk.i18n.collate import sort_key
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import DateField, LineField, NumberField, TextField, TimeField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.plain import advise
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import IconLabel, Label, ScrollColumn
from famdesk.ui.programmes import words
from famdesk.usecases import directory, initiatives, meetings, programmes, staff
from famdesk.usecases.directory_rows import PlaceRow
from famdesk.usecases.programmes_rows import (
    Hint,
    InitiativeDetail,
    InitiativeRow,
    InitiativeValues,
    MeetingRow,
    MeetingValues,
    PlannedDate,
)
from famdesk.usecases.staff import ColleagueRow

_MOST_PLACES = 100_000
_HINT_AFTER_MS = 250


class InitiativeDialog(Dialog):
    """A new initiative, or what is known of one."""

    def __init__(
        self, parent: QWidget, runner: Runner, others: Sequence[InitiativeRow], detail: InitiativeDetail | None = None
    ) -> None:
        """`others` are what it may continue; without `detail` a new one is made."""
        title = _("New initiative") if detail is None else _("Change initiative")
        super().__init__(parent, title, _("Add") if detail is None else _("Save"))
        self.setMinimumWidth(theme.unit(150))
        self._runner = runner
        self._detail = detail
        self.fields = Form()
        self.form = self.fields
        self._fill(others)
        column = ScrollColumn()
        column.body.addWidget(self.fields)
        column.setMinimumHeight(min(self.fields.sizeHint().height() + theme.unit(4), theme.unit(120)))
        self.body.addWidget(column, 1)
        values = detail.values if detail else InitiativeValues("", kind="cycle")
        shown = {name: getattr(values, name) for name in _INITIATIVE_FIELDS}
        shown["usual_weekday"] = str(values.usual_weekday) if values.usual_weekday else None
        self.fields.set_values(shown)
        self.set_accept_enabled(False)
        self.fields.field("name").setFocus()
        self._runner.fetch(directory.places, then=self._take_places)

    def save(self) -> None:
        """Adds or changes the initiative."""
        before = self._detail.values if self._detail else InitiativeValues("")
        typed = {name: self.fields.value(name) for name in _INITIATIVE_FIELDS}
        weekday = typed["usual_weekday"]
        values = replace(before, **{**typed, "usual_weekday": int(weekday) if weekday else None})
        if self._detail is None:
            self._runner.run(initiatives.add_initiative, values, then=self.finish, failed=self.present)
            return
        row = self._detail.row
        self._runner.run(
            initiatives.change_initiative, row.id, row.version, values, then=self.finish, failed=self.present
        )

    def _fill(self, others: Sequence[InitiativeRow]) -> None:
        form, own = self.fields, self._detail.row.id if self._detail else ""
        form.add("name", _("Name"), LineField(), required=True)
        form.add("kind", _("Kind"), _coded(codes.INITIATIVE_KINDS, required=True))
        form.add("function", _("Function"), ChoiceField(_functions()))
        form.add("state", _("State"), _coded(codes.INITIATIVE_STATES, required=True))
        form.section(_("For whom"))
        form.add("audience", _("Audience"), _coded(codes.AUDIENCES, required=True))
        form.add("target", _("Who exactly"), LineField(), hint=_("For example: fathers of children up to three years"))
        form.add("topics", _("Topics"), LineField())
        form.add("capacity", _("Number of places"), NumberField(1, _MOST_PLACES), hint=_("Empty: no limit"))
        form.section(_("When and where"))
        form.add("starts_on", _("First day"), DateField())
        form.add("season_text", _("Or in words"), LineField(), hint=_("For example: from next spring"))
        form.add("usual_weekday", _("Usual day"), ChoiceField(_weekdays()))
        form.add("usual_time", _("Usual hour"), TimeField())
        form.add("place_id", _("Place"), ChoiceField([]))
        form.section(_("More"))
        continued = [Choice(row.id, row.name) for row in others if row.id != own]
        form.add("continues_id", _("Continues"), ChoiceField(continued))
        form.add("alias", _("Also found as"), LineField())
        form.add("description", _("Description"), TextField(lines=3))
        advise(form, "description")

    def _take_places(self, rows: tuple[PlaceRow, ...]) -> None:
        _offer_places(self.fields.field("place_id"), rows, self._detail.values.place_id if self._detail else None)
        self.set_accept_enabled(True)


_INITIATIVE_FIELDS = (
    "name", "kind", "function", "state", "audience", "target", "topics", "capacity", "starts_on", "season_text",
    "usual_weekday", "usual_time", "place_id", "continues_id", "alias", "description",
)  # fmt: skip


class MeetingDialog(Dialog):
    """One meeting; everything may be left "to be set". What its time meets is told while one types."""

    def __init__(
        self, parent: QWidget, runner: Runner, detail: InitiativeDetail, row: MeetingRow | None = None
    ) -> None:
        """Without `row` a new meeting is added."""
        title = _("New meeting") if row is None else _("Meeting {number}").format(number=row.number)
        super().__init__(parent, title, _("Add") if row is None else _("Save"))
        self.setMinimumWidth(theme.unit(135))
        self._runner = runner
        self._detail = detail
        self._row = row
        self.fields = Form()
        self.form = self.fields
        self._fill()
        self.body.addWidget(Label(_("What is not known yet stays empty: it is shown as “to be set”."), "second"))
        self.body.addWidget(self.fields)
        self._notice = _Notice()
        self.body.addWidget(self._notice)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_HINT_AFTER_MS)
        self._timer.timeout.connect(self._ask_hints)
        self.fields.edited.connect(self._timer.start)
        self._set_values()
        self.set_accept_enabled(False)
        self.fields.field("day").setFocus()
        self._runner.fetch(directory.places, then=self._take_places)
        self._runner.fetch(staff.colleagues, then=self._take_colleagues)

    def save(self) -> None:
        """Adds or changes the meeting."""
        try:
            values = self._values()
        except EndsBeforeStart as error:
            self.present(error)
            return
        if self._row is None:
            initiative = self._detail.row.id
            self._runner.run(meetings.add_meeting, initiative, values, then=self.finish, failed=self.present)
        else:
            self._runner.run(meetings.change_meeting, self._row.id, self._row.version, values, then=self.finish,
                             failed=self.present)  # fmt: skip

    def _fill(self) -> None:
        form = self.fields
        form.add("day", _("Date"), DateField())
        form.add("starts", _("Hour"), TimeField())
        form.add("ends", _("End"), TimeField())
        form.add("place_id", _("Place"), ChoiceField([]))
        form.add("leader_staff_id", _("Led by a colleague"), ChoiceField([]))
        form.add("leader", _("Or by somebody else"), LineField())
        form.add("theme", _("Theme"), LineField())

    def _set_values(self) -> None:
        row, usual = self._row, self._detail.values
        if row is None:
            self.fields.set_values({"starts": usual.usual_time})
            return
        leader = None if row.leader_staff_id else row.leader
        ends = row.ends.time() if row.ends else None
        self.fields.set_values(
            {"day": row.day, "starts": row.starts, "ends": ends, "leader": leader, "theme": row.theme}
        )
        self._timer.start()

    def _values(self) -> MeetingValues:
        form = self.fields
        found = form.values()
        starts, ends = found["starts"], found["ends"]
        kept = self._row.room_id if self._row and self._row.place_id == found["place_id"] else None
        return MeetingValues(
            found["day"], starts, minutes_between(starts, ends), found["place_id"], kept, found["leader"] or None,
            found["leader_staff_id"], found["theme"] or None,
        )  # fmt: skip

    def _take_places(self, rows: tuple[PlaceRow, ...]) -> None:
        kept = self._row.place_id if self._row else self._detail.values.place_id
        _offer_places(self.fields.field("place_id"), rows, kept)
        self._timer.start()

    def _take_colleagues(self, rows: tuple[ColleagueRow, ...]) -> None:
        field = self.fields.field("leader_staff_id")
        field.set_choices([Choice(row.id, row.name) for row in rows])
        field.set_value(self._row.leader_staff_id if self._row else None)
        self.set_accept_enabled(True)

    @Slot()
    def _ask_hints(self) -> None:
        day, starts = self.fields.value("day"), self.fields.value("starts")
        if not isinstance(day, date) or not isinstance(starts, time):
            self._notice.show_hints(())
            return
        try:
            minutes = minutes_between(starts, self.fields.value("ends"))
        except EndsBeforeStart:
            minutes = None
        place, own = self.fields.value("place_id"), self._row.id if self._row else None
        self._runner.fetch(programmes.hints, place, day, starts, minutes, own, then=self._notice.show_hints,
                           latest="hints")  # fmt: skip


class DatesDialog(Dialog):
    """Day and hour of all meetings, one line each; the weekly rhythm fills in the rest at a press of a button."""

    def __init__(self, parent: QWidget, runner: Runner, detail: InitiativeDetail) -> None:
        super().__init__(parent, _("Dates of the meetings"), _("Save"))
        self._runner = runner
        self._rows = tuple(row for row in detail.meetings if row.state != "cancelled")
        self._usual = detail.values.usual_time
        self.fields = _DatesForm(self._rows)
        self.form = self.fields
        column = ScrollColumn()
        column.body.addWidget(self.fields)
        column.setMinimumHeight(min(self.fields.sizeHint().height() + theme.unit(4), theme.unit(110)))
        self.body.addWidget(column, 1)
        weekly = ActionButton(_("Fill in weekly from the last date"), "calendar-days")
        weekly.clicked.connect(self.fill_weekly)
        line = QHBoxLayout()
        line.addWidget(weekly)
        line.addStretch(1)
        self.body.addLayout(line)

    def save(self) -> None:
        """Sets all dates in one step."""
        planned = tuple(PlannedDate(row.id, row.version, *self.fields.value(f"when{row.number}")) for row in self._rows)
        self._runner.run(meetings.plan_dates, planned, then=self.finish, failed=self.present)

    @Slot()
    def fill_weekly(self) -> None:
        """Gives each meeting without a day the same weekday of the week after the one before it."""
        last: date | None = None
        hour = self._usual
        for row in self._rows:
            field = self.fields.field(f"when{row.number}")
            day, starts = field.value()
            day = day or (last + timedelta(days=7) if last else None)
            starts = starts or (hour if day else None)
            field.set_value((day, starts))
            last, hour = day or last, starts or hour


class _DatesForm(Form):
    """A day and an hour for each meeting."""

    def __init__(self, rows: Sequence[MeetingRow]) -> None:
        super().__init__()
        for row in rows:
            self.add(f"when{row.number}", _("Meeting {number}").format(number=row.number), DayAndHour())
        self.set_values({f"when{row.number}": (row.day, row.starts) for row in rows})


class DayAndHour(QWidget):
    """A date and an hour side by side; each may be empty.

    Signals:
        edited(): the person changed one of them.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day, self.hour = DateField(), TimeField()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(2))
        row.addWidget(self.day, 3)
        row.addWidget(self.hour, 2)
        self.setFocusProxy(self.day)
        self.day.edited.connect(self.edited)
        self.hour.edited.connect(self.edited)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.day.setAccessibleName(_("{name}, day").format(name=name))
        self.hour.setAccessibleName(_("{name}, hour").format(name=name))

    def value(self) -> tuple[date | None, time | None]:
        """Day and hour, each None if empty or not understood."""
        return self.day.value(), self.hour.value()

    def set_value(self, value: tuple[date | None, time | None] | None) -> None:
        """Show a day and an hour."""
        day, hour = value or (None, None)
        self.day.set_value(day)
        self.hour.set_value(hour)

    def problem(self) -> str:
        """What cannot be read."""
        return self.day.problem() or self.hour.problem()


class _Notice(QWidget):
    """What the time of a meeting meets, in words; nothing of it forbids saving."""

    def __init__(self) -> None:
        super().__init__()
        self._label = Label(wrap=True)
        row = QGridLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setHorizontalSpacing(theme.unit(2))
        row.addWidget(IconLabel("info", meaning=Meaning.WARNING), 0, 0)
        row.addWidget(self._label, 0, 1)
        row.setColumnStretch(1, 1)
        self.hide()

    def show_hints(self, hints: tuple[Hint, ...]) -> None:
        """Show other hints, or nothing."""
        text = "\n".join(words.hint_text(hint) for hint in hints)
        if text and text != self._label.text():
            announce(self, text)
        self._label.setText(text)
        self.setVisible(bool(text))


def minutes_between(starts: object, ends: object) -> int | None:
    """The length of a meeting in minutes; an end at midnight is the end of the day. None if one of both is not known.

    Raises:
        EndsBeforeStart: named for the field "ends".
    """
    if not isinstance(starts, time) or not isinstance(ends, time):
        return None
    day = date(2000, 1, 1)
    end = datetime.combine(day, ends) + (timedelta(days=1) if ends == time() else timedelta())
    minutes = (end - datetime.combine(day, starts)) // timedelta(minutes=1)
    if minutes <= 0:
        raise EndsBeforeStart("ends")
    return minutes


def _offer_places(field: ChoiceField, rows: tuple[PlaceRow, ...], kept: str | None) -> None:
    ordered = sorted(rows, key=lambda row: sort_key(row.name))
    field.set_choices([Choice(row.id, row.name, detail=row.address or row.town or "") for row in ordered])
    field.set_value(kept)


def _coded(table: codes.Table, *, required: bool = False) -> ChoiceField:
    return ChoiceField([Choice(code, text) for code, text in codes.labels(table)], allow_none=not required)


def _functions() -> list[Choice]:
    return [
        Choice(code, text, tag=code, meaning=words.FUNCTION_MEANINGS[code])
        for code, text in codes.labels(codes.FUNCTIONS)
    ]


def _weekdays() -> list[Choice]:
    return [Choice(str(number), formats.weekday(number)) for number in range(1, 8)]
