"""Dates of meetings: of all that are there in one dialog, or new ones by a rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from famdesk.domain.calendar import recurrence_words
from famdesk.domain.calendar.calendar import EndsBeforeStart
from famdesk.domain.calendar.claims import Overlap
from famdesk.domain.calendar.recurrence import Rule, Weekday
from famdesk.i18n import _, formats
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import DateField, LineField, NumberField, TimeField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label, ScrollColumn
from famdesk.ui.programmes.fields import WHY, Arrivals, DayAndHour, LookNotice, minutes_between, offer_places
from famdesk.ui.programmes.meeting_dialog import LOOK_AFTER_MS
from famdesk.usecases.directory import directory
from famdesk.usecases.directory.directory_rows import PlaceRow
from famdesk.usecases.programmes import meeting_dates, meetings
from famdesk.usecases.programmes.meeting_dates import MOST, Look
from famdesk.usecases.programmes.programmes_rows import InitiativeDetail, MeetingRow, MeetingValues, PlannedDate
from famdesk.usecases.staff import staff
from famdesk.usecases.staff.staff import ColleagueRow

_USUAL_COUNT = 5


class RuleDialog(Dialog):
    """ "Every Thursday at 18, five times": new meetings, all alike, with what their dates meet told before."""

    def __init__(self, parent: QWidget, runner: Runner, detail: InitiativeDetail) -> None:
        super().__init__(parent, _("Meetings by a rule"), _("Add"))
        self.setMinimumWidth(theme.unit(150))
        self._runner, self._detail = runner, detail
        self._starts: tuple[datetime, ...] = ()
        self.fields = Form()
        self.form = self.fields
        self._fill()
        self._told = Label("", "strong", wrap=True)
        self._dates = Label("", "second", wrap=True)
        self._notice = LookNotice()
        column = ScrollColumn()
        for widget in (self.fields, self._told, self._dates, self._notice):
            column.body.addWidget(widget)
        column.body.addStretch(1)
        column.setMinimumHeight(theme.unit(60))
        self.resize(theme.unit(150), theme.unit(140))
        self.body.addWidget(column, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LOOK_AFTER_MS)
        self._timer.timeout.connect(self._look)
        self.fields.edited.connect(self._timer.start)
        self.set_accept_enabled(False)
        self._arrived = Arrivals(2, self._ready)
        runner.fetch(directory.places, then=self._take_places, owner=self)
        runner.fetch(staff.colleagues, then=self._take_colleagues, owner=self)

    def save(self) -> None:
        """Adds the meetings that are shown."""
        reason = self.fields.value("overlap_reason") or None
        self._runner.run(meetings.add_meetings, self._detail.row.id, self._starts, self._values(), reason,
                         then=self.finish, failed=self.present)  # fmt: skip

    def present(self, error: Exception) -> None:
        """An overlap asks for the reason."""
        if isinstance(error, Overlap) and error.allowed:
            self.fields.set_row_visible("overlap_reason", True)
        super().present(error)

    def _fill(self) -> None:
        form, usual = self.fields, self._detail.values
        form.add("day", _("First date"), DateField(), required=True)
        form.add("starts", _("Hour"), TimeField(), required=True)
        form.add("ends", _("End"), TimeField())
        form.add("preset", _("How often"), ChoiceField([], allow_none=False))
        form.add("count", _("Number of meetings"), NumberField(1, MOST), required=True)
        form.add("place_id", _("Place"), ChoiceField([]))
        form.add("leader_staff_id", _("Led by a colleague"), ChoiceField([]))
        form.add("overlap_reason", _("Why all the same"), LineField(), hint=_(WHY))
        form.set_row_visible("overlap_reason", False)
        form.set_values({"day": _first_day(self._detail), "starts": usual.usual_time, "count": _USUAL_COUNT})
        self._offer_presets()

    def _offer_presets(self) -> None:
        day = self.fields.value("day")
        if not isinstance(day, date):
            return
        field = self.fields.field("preset")
        kept = field.value() or "week"
        begins = datetime.combine(day, time())
        field.set_choices([
            Choice(code, recurrence_words.sentence(rule, begins, all_day=True, ends=False))
            for code, rule in _rules(day).items()
        ])  # fmt: skip
        field.set_value(kept)

    def _values(self) -> MeetingValues:
        get = self.fields.value
        minutes = minutes_between(get("starts"), get("ends"))
        return MeetingValues(None, get("starts"), minutes, get("place_id"), leader_staff_id=get("leader_staff_id"))

    def _take_places(self, rows: tuple[PlaceRow, ...]) -> None:
        offer_places(self.fields.field("place_id"), rows, self._detail.values.place_id)
        self._arrived()

    def _take_colleagues(self, rows: tuple[ColleagueRow, ...]) -> None:
        self.fields.field("leader_staff_id").set_choices([Choice(row.id, row.name) for row in rows])
        self._arrived()

    def _ready(self) -> None:
        self._timer.start()

    @Slot()
    def _look(self) -> None:
        self._offer_presets()
        get = self.fields.value
        day, starts, count = get("day"), get("starts"), get("count")
        if not isinstance(day, date) or not isinstance(starts, time) or not count:
            self._show(())
            return
        try:
            values = self._values()
        except EndsBeforeStart:
            self._show(())
            return
        rule = _rules(day)[get("preset") or "week"]
        first = datetime.combine(day, starts)
        self._runner.fetch(meeting_dates.by_rule, replace(rule, count=count), first, values, then=self._show,
                           failed=self.present, latest="rule", owner=self)  # fmt: skip

    def _show(self, looks: Sequence[Look]) -> None:
        self._starts = tuple(one.starts for one in looks if one.starts is not None)
        self.set_accept_enabled(bool(self._starts))
        if self._starts:
            day, get = self._starts[0].date(), self.fields.value
            rule = replace(_rules(day)[get("preset") or "week"], count=len(self._starts))
            self._told.setText(recurrence_words.sentence(rule, self._starts[0]))
        else:
            self._told.setText("")
        self._dates.setText(formats.list_text([formats.date_short(one.date()) for one in self._starts]))
        self._notice.show_looks(looks)
        self.fields.set_row_visible("overlap_reason", self._notice.blocking() and not self._notice.impossible())


def _first_day(detail: InitiativeDetail) -> date | None:
    """The likeliest first date: a week after the last meeting, else the day from which the initiative is, else the
    next of its weekdays; None if none of that is known."""
    last = max((one.day for one in detail.meetings if one.day), default=None)
    if last is not None:
        return last + timedelta(days=7)
    values = detail.values
    if values.starts_on is not None or values.usual_weekday is None:
        return values.starts_on
    return detail.today + timedelta(days=(values.usual_weekday - detail.today.isoweekday()) % 7)


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
        self._notice = LookNotice()
        self.body.addWidget(self._notice)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LOOK_AFTER_MS)
        self._timer.timeout.connect(self._look)
        self.fields.edited.connect(self._timer.start)
        weekly = ActionButton(_("Fill in weekly from the last date"), "calendar-days")
        weekly.clicked.connect(self.fill_weekly)
        line = QHBoxLayout()
        line.addWidget(weekly)
        line.addStretch(1)
        self.body.addLayout(line)

    def save(self) -> None:
        """Sets all dates in one step."""
        reason = self.fields.value("overlap_reason") or None
        self._runner.run(meetings.plan_dates, self._planned(), reason, then=self.finish, failed=self.present)

    def present(self, error: Exception) -> None:
        """An overlap asks for the reason."""
        if isinstance(error, Overlap) and error.allowed:
            self.fields.set_row_visible("overlap_reason", True)
        super().present(error)

    def _planned(self) -> tuple[PlannedDate, ...]:
        return tuple(PlannedDate(row.id, row.version, *self.fields.value(f"when{row.number}")) for row in self._rows)

    @Slot()
    def _look(self) -> None:
        self._runner.fetch(meeting_dates.of_dates, self._planned(), then=self._take_looks, latest="looks", owner=self)

    def _take_looks(self, looks: Sequence[Look]) -> None:
        self._notice.show_looks(looks)
        self.fields.set_row_visible("overlap_reason", self._notice.blocking() and not self._notice.impossible())

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
        self._timer.start()


class _DatesForm(Form):
    """A day and an hour for each meeting."""

    def __init__(self, rows: Sequence[MeetingRow]) -> None:
        super().__init__()
        for row in rows:
            self.add(f"when{row.number}", _("Meeting {number}").format(number=row.number), DayAndHour())
        self.add("overlap_reason", _("Why all the same"), LineField(), hint=_(WHY))
        self.set_row_visible("overlap_reason", False)
        self.set_values({f"when{row.number}": (row.day, row.starts) for row in rows})


def _rules(day: date) -> dict[str, Rule]:
    """How often meetings take place, from the first day on: every week, every second, on the nth weekday of a month."""
    weekday = day.isoweekday()
    nth = (day.day - 1) // 7 + 1
    return {
        "week": Rule("weekly", 1, (Weekday(weekday),)),
        "fortnight": Rule("weekly", 2, (Weekday(weekday),)),
        "month": Rule("monthly", 1, (Weekday(weekday, nth if nth < 5 else -1),)),
        "day": Rule("daily", 1),
    }
