"""Finding the first time at which all are free; the next one by a key, Enter takes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from famdesk.domain import codes
from famdesk.domain.errors import RuleError
from famdesk.domain.languages import language_label
from famdesk.i18n import _, formats
from famdesk.ui.calendar.editor_form import Choices
from famdesk.ui.calendar.persons import PersonSearch
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, make_action
from famdesk.ui.kit.choices_field import ChoicesField
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import DateField, NumberField, TimeField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField, SearchField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Card, Label
from famdesk.usecases.calendar import calendar, free_slots, resources
from famdesk.usecases.calendar.calendar import usual_minutes
from famdesk.usecases.calendar.free_slots import Slot as FreeSlot
from famdesk.usecases.calendar.free_slots import SlotSearch
from famdesk.usecases.calendar.parties import Extras, usual_travel
from famdesk.usecases.calendar.resources import ResourceRow
from famdesk.usecases.calendar.taken import Party

ANY_ROOM: Final = "any"
_AFTER_MS: Final = 250
_DAYS_AHEAD: Final = 27
_FIRST_KIND: Final = "interview"


@dataclass(frozen=True, slots=True)
class SlotStart:
    """With what the search begins. `books` False: the time is given back to the editor, which books."""

    after: datetime
    minutes: int = 0
    staff_ids: tuple[str, ...] = ()
    room_id: str | None = None
    access_point_id: str | None = None
    person_id: str | None = None
    person: str = ""
    kind: str = _FIRST_KIND
    travel: tuple[int, int] = (0, 0)
    exclude: str | None = None
    books: bool = True


class FreeSlotDialog(Dialog):
    """`finished_with` tells the slot that was taken (`books` False), or the id of what was booked.

    Signals:
        slot_changed(): another candidate is shown.
    """

    slot_changed = Signal()

    def __init__(self, parent: QWidget, runner: Runner, choices: Choices, begin: SlotStart) -> None:
        super().__init__(parent, _("Find a common time"), _("Book") if begin.books else _("Take this time"))
        self._runner, self._begin = runner, begin
        self._slots: tuple[FreeSlot, ...] = ()
        self._place = 0
        self.form = _form(choices, runner, self, begin)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AFTER_MS)
        self._timer.timeout.connect(self._search)
        self._lay_out()
        self._fill(begin)
        self.form.edited.connect(self._timer.start)
        self.form.field("kind").chosen.connect(self._on_kind)
        self._runner.fetch(resources.resources, then=self._take_resources, latest="mediators", owner=self)
        self._search()

    def slot(self) -> FreeSlot | None:
        """The candidate that is shown."""
        return self._slots[self._place] if self._slots else None

    def save(self) -> None:
        slot = self.slot()
        if slot is None:
            self.bar.warning(_("No common time: change the days, the hours or who has to be there."))
            self.set_accept_enabled(True)
            return
        if not self._begin.books:
            self.finish(slot)
            return
        get = self._value
        first, *others = get("staff_ids") or (None,)
        beside = [Party("staff", one) for one in others]
        beside += [Party("resource", slot.mediator[0])] if slot.mediator else []
        self._runner.run(
            calendar.book, starts=slot.starts, ends=slot.ends, kind=get("kind"), person_id=get("person_id"),
            staff_id=first, room_id=slot.room[0] if slot.room else None, access_point_id=get("access_point_id"),
            mediator_language=get("language"), extras=Extras(tuple(beside)), then=self.finish, failed=self.present,
        )  # fmt: skip

    def present(self, error: Exception) -> None:
        super().present(error)
        if isinstance(error, calendar.Overlap):
            self._search()  # somebody was faster: what is free now

    @Slot()
    def next_slot(self) -> None:
        """Show the next candidate."""
        self._step(1)

    @Slot()
    def previous_slot(self) -> None:
        """Show the one before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        if self._slots:
            self._place = min(max(self._place + by, 0), len(self._slots) - 1)
            self._show()

    def _value(self, name: str) -> Any:
        assert self.form is not None
        return self.form.value(name)

    def _wanted(self) -> SlotSearch | None:
        """What to look for, None while it is not complete."""
        get = self._value
        if None in (get("minutes"), get("first"), get("last")):
            return None
        room, person = get("room_id"), get("person_id")
        return SlotSearch(
            get("minutes"), get("first"), get("last"), self._begin.after, tuple(get("staff_ids")),
            None if room == ANY_ROOM else room, room == ANY_ROOM, get("language"), (person,) if person else (),
            get("access_point_id"), get("from_time"), get("to_time"), travel=self._travel(),
            exclude=self._begin.exclude,
        )  # fmt: skip

    def _travel(self) -> tuple[int, int]:
        if not self._begin.books:
            return self._begin.travel
        minutes = usual_travel(self._value("kind") or "")
        return minutes, minutes

    @Slot()
    def _search(self) -> None:
        self._timer.stop()
        wanted = self._wanted()
        if wanted is None:
            self._take(())
            return
        self._runner.fetch(free_slots.find, wanted, then=self._take, failed=self._refused, latest="slots", owner=self)

    def _refused(self, error: Exception) -> None:
        self._take(())
        if isinstance(error, RuleError):
            self.present(error)

    def _take(self, slots: Sequence[FreeSlot]) -> None:
        self._slots, self._place = tuple(slots), 0
        self._show()

    def _show(self) -> None:
        slot = self.slot()
        self._when.setText(_words(slot) if slot else _("No common time"))
        self._with.setText(_with(slot) if slot else _("Change the days, the hours or who has to be there."))
        count = len(self._slots)
        # Translators: which of several free times is shown, such as "3 of 12"
        self._count.setText(_("{n} of {count}").format(n=self._place + 1, count=count) if count else "")
        self._previous.setEnabled(self._place > 0)
        self._next.setEnabled(self._place + 1 < count)
        self.set_accept_enabled(True)
        announce(self._when, f"{self._when.text()}. {self._with.text()}")
        self.slot_changed.emit()

    def _lay_out(self) -> None:
        assert self.form is not None
        self.setMinimumWidth(theme.unit(150))
        self._when, self._with = Label("", "section", wrap=True), Label("", "second", wrap=True)
        self._count = Label("", "second")
        before = make_action(self, _("Earlier"), self.previous_slot, icon="chevron-left", shortcut="Alt+Left")
        after = make_action(self, _("Later"), self.next_slot, icon="chevron-right", shortcut="Alt+Right")
        self._previous, self._next = ActionButton.of(before, hint=True), ActionButton.of(after, hint=True)
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(theme.unit(2))
        row.addWidget(self._with, 1)
        row.addWidget(self._count)
        row.addWidget(self._previous)
        row.addWidget(self._next)
        card.body.addWidget(self._when)
        card.body.addLayout(row)
        self.body.addWidget(self.form)
        self.body.addWidget(card)
        self.body.addStretch(1)

    def _fill(self, begin: SlotStart) -> None:
        assert self.form is not None
        day = begin.after.date()
        self.form.set_values({
            "person_id": (begin.person_id, begin.person) if begin.person_id else None, "kind": begin.kind,
            "minutes": begin.minutes or usual_minutes(begin.kind), "staff_ids": begin.staff_ids,
            "room_id": begin.room_id, "language": None, "access_point_id": begin.access_point_id, "first": day,
            "last": day + timedelta(days=_DAYS_AHEAD), "from_time": None, "to_time": None,
        })  # fmt: skip
        for name in () if begin.books else ("person_id", "kind"):
            self.form.set_row_visible(name, False)

    @Slot(str)
    def _on_kind(self, kind: str) -> None:
        assert self.form is not None
        self.form.field("minutes").set_value(usual_minutes(kind))
        self._search()

    def _take_resources(self, rows: Sequence[ResourceRow]) -> None:
        assert self.form is not None
        spoken = {code for row in rows if row.active for code in row.values.languages}
        named = sorted((language_label(code), code) for code in spoken)
        self.form.field("language").set_choices([Choice(code, name) for name, code in named])
        self.form.set_row_visible("language", bool(spoken))


def _form(choices: Choices, runner: Runner, owner: QWidget, begin: SlotStart) -> Form:
    form = Form()
    form.add("person_id", _("Person"), SearchField(PersonSearch(runner, owner), _("Name, phone or alias")))
    kinds = [Choice(code, text) for code, text in codes.labels(codes.APPOINTMENT_KINDS)]
    form.add("kind", _("Kind"), ChoiceField(kinds, allow_none=False), required=True)
    form.add("minutes", _("Minutes"), NumberField(5, free_slots.LONGEST), required=True)
    colleagues = [Choice(key, name) for key, name in choices.colleagues]
    form.add("staff_ids", _("Colleagues"), ChoicesField(colleagues, _("Add a colleague")))
    rooms = [Choice(ANY_ROOM, _("Any free room")), *(Choice(key, name) for key, name in choices.rooms)]
    form.add("room_id", _("Room"), ChoiceField(rooms))
    form.add("language", _("Mediator for"), ChoiceField((), _("Language")))
    points = [Choice(key, name) for key, name in choices.points]
    form.add("access_point_id", _("Opening hours of"), ChoiceField(points, _("Usual working hours")))
    days = _Day(begin)
    form.add("first", _("From day"), DateField(today=days), required=True)
    form.add("last", _("To day"), DateField(today=days), required=True)
    # Translators: hours of the day, in the search for a free time
    form.add("from_time", _("Not before"), TimeField())
    form.add("to_time", _("Not after"), TimeField())
    return form


class _Day:
    """The day that "today" means in the fields."""

    def __init__(self, begin: SlotStart) -> None:
        self._day = begin.after.date()

    def __call__(self) -> date:
        return self._day


def _words(slot: FreeSlot) -> str:
    return f"{formats.date_day(slot.starts.date())}, {formats.time_range(slot.starts.time(), slot.ends.time())}"


def _with(slot: FreeSlot) -> str:
    """The room and the mediator who are free then."""
    return ", ".join(one[1] for one in (slot.room, slot.mediator) if one)
