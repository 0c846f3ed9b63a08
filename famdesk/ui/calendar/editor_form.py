"""The fields of the appointment editor, and how values travel between them and the use-cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from famdesk.domain import codes
from famdesk.domain.calendar.calendar import offered_states
from famdesk.i18n import _, formats
from famdesk.ui.calendar import no_show
from famdesk.ui.calendar.notices import ConflictNotice, Difference
from famdesk.ui.calendar.persons import offer_new
from famdesk.ui.calendar.when import WhenField
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.fields import LineField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField, Search, SearchField
from famdesk.usecases.calendar.appointment_rows import AppointmentDetail
from famdesk.usecases.calendar.calendar import usual_function, usual_minutes
from famdesk.usecases.calendar.calendar_board import Board

_FUNCTIONS = {"A": Meaning.A, "B": Meaning.B, "C": Meaning.C}
_FIRST_KIND = "interview"
Named = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """Whom and what one can choose, as (id, name); `today` is the day at the centre."""

    colleagues: Named
    rooms: Named
    points: Named
    today: date

    @classmethod
    def of(cls, board: Board) -> Choices:
        """Those of a board."""
        return cls(board.colleagues, board.rooms, board.points, board.now.date())

    def day(self) -> date:
        """Today, for fields that read "tomorrow"."""
        return self.today


@dataclass(frozen=True, slots=True)
class Start:
    """With what a new appointment begins. `ends` None: as long as its kind usually lasts."""

    starts: datetime
    ends: datetime | None = None
    staff_id: str | None = None
    room_id: str | None = None
    access_point_id: str | None = None
    person_id: str | None = None
    person: str = ""


def build(search: Search, choices: Choices, notice: ConflictNotice, consent: QWidget, path: QWidget) -> Form:
    """All fields in the order in which one books: who, what, when, with whom, where; `consent` stands at the person,
    `path` is the field for the path of care, hidden at first."""
    form = Form()
    form.add("person_id", _("Person"), SearchField(search, _("Name, phone or alias"), offer_new))
    form.add("kind", _("Kind"), ChoiceField(_of_table(codes.APPOINTMENT_KINDS), allow_none=False), required=True)
    form.widget(consent)
    form.add("path_id", _("Path of care"), path)
    form.set_row_visible("path_id", False)
    functions = [Choice(code, text, tag=code, meaning=_FUNCTIONS[code]) for code, text in codes.labels(codes.FUNCTIONS)]
    form.add("function", _("Function"), ChoiceField(functions))
    form.add("starts", _("When"), WhenField(choices.day), required=True)
    form.add("staff_id", _("Colleague"), ChoiceField(_named(choices.colleagues)))
    form.add("room_id", _("Room"), ChoiceField(_named(choices.rooms)))
    form.add("access_point_id", _("Access point"), ChoiceField(_named(choices.points)))
    form.widget(notice)
    form.add("overlap_reason", _("Reason"), LineField(placeholder=_("Why it may be booked all the same")))
    form.set_row_visible("overlap_reason", False)
    form.add("label", _("Text"), LineField(limit=80, placeholder=_("Shown in the calendar")))
    form.add("state", _("State"), ChoiceField((), allow_none=False))
    no_show.add_field(form)
    return form


def fill_new(form: Form, start: Start) -> None:
    """The values of a new appointment; it is planned."""
    ends = start.ends or start.starts + timedelta(minutes=usual_minutes(_FIRST_KIND))
    form.field("state").set_choices([Choice("planned", codes.label(codes.APPOINTMENT_STATES, "planned"))])
    form.set_values({
        "person_id": (start.person_id, start.person) if start.person_id else None, "kind": _FIRST_KIND,
        "function": usual_function(_FIRST_KIND), "starts": (start.starts, ends), "staff_id": start.staff_id,
        "room_id": start.room_id, "access_point_id": start.access_point_id, "label": "", "state": "planned",
        "overlap_reason": "",
    })  # fmt: skip
    form.field("starts").length_chosen = start.ends is not None
    form.set_row_visible("state", False)


def fill(form: Form, choices: Choices, found: AppointmentDetail) -> None:
    """The values of an appointment. A colleague who has left is still among the choices."""
    for name, named, known_id, known in (
        ("staff_id", choices.colleagues, found.staff_id, found.staff),
        ("room_id", choices.rooms, found.room_id, found.room),
        ("access_point_id", choices.points, found.access_point_id, found.access_point),
    ):
        extra = ((known_id, known),) if known_id and known and known_id not in dict(named) else ()
        form.field(name).set_choices(_named((*named, *extra)))
    form.field("state").set_choices(_states(found.state, found.starts.date(), choices.today))
    form.set_values({
        "person_id": (found.person_id, found.person) if found.person_id else None, "kind": found.kind,
        "function": found.function, "starts": (found.starts, found.ends), "staff_id": found.staff_id,
        "room_id": found.room_id, "access_point_id": found.access_point_id, "label": found.label,
        "state": found.state, "overlap_reason": found.overlap_reason, "no_show_reason": found.no_show_reason,
    })  # fmt: skip
    form.field("starts").length_chosen = True
    form.set_row_visible("state", True)
    form.set_row_visible("no_show_reason", found.state == "no_show")
    form.set_row_visible("overlap_reason", bool(found.overlap_reason))


def collected(form: Form) -> dict[str, Any]:
    """The values as the use-cases take them; the path of care is one of the extras."""
    values = form.values()
    del values["path_id"]
    values["starts"], values["ends"] = values["starts"]
    values["label"] = values["label"] or None
    values["overlap_reason"] = values["overlap_reason"] or None
    return values


def differences(form: Form, theirs: AppointmentDetail, name_of: Callable[[str, str], str]) -> list[Difference]:
    """Where what was typed differs from what a colleague saved, in words."""
    mine = collected(form)
    spans = _span(theirs.starts, theirs.ends), _span(mine["starts"], mine["ends"])
    found: list[Difference] = [(_("When"), spans[0], spans[1])]
    for name, title in (("person_id", _("Person")), ("staff_id", _("Colleague")), ("room_id", _("Room")),
                        ("access_point_id", _("Access point"))):  # fmt: skip
        pair = [name_of(name, value) if value else "" for value in (getattr(theirs, name), mine[name])]
        found.append((title, pair[0], pair[1]))
    for name, title, table in (("kind", _("Kind"), codes.APPOINTMENT_KINDS), ("function", _("Function"), ()),
                               ("state", _("State"), codes.APPOINTMENT_STATES), ("label", _("Text"), ())):  # fmt: skip
        pair = [codes.label(table, value) for value in (getattr(theirs, name), mine[name])]
        found.append((title, pair[0], pair[1]))
    return [difference for difference in found if difference[1] != difference[2]]


def _span(starts: datetime, ends: datetime) -> str:
    times = formats.time_range(starts.time(), ends.time())
    return f"{formats.date_short(starts.date())}, {times}"


def _named(named: Iterable[tuple[str, str]]) -> list[Choice]:
    return [Choice(key, name) for key, name in named]


def _of_table(table: codes.Table) -> list[Choice]:
    return [Choice(code, text) for code, text in codes.labels(table)]


def _states(state: str, day: date, today: date) -> list[Choice]:
    """The state it is in and where it may go; cancelling has a dialog of its own, leaving out a command."""
    allowed = (state, *(one for one in offered_states(state, day, today) if one not in ("cancelled", "skipped")))
    return [Choice(code, text) for code, text in codes.labels(codes.APPOINTMENT_STATES) if code in allowed]
