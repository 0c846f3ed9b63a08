"""Appointments as calendars, lists and the editor get them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from famdesk.domain import codes
from famdesk.i18n import _

OTHER = "other"


@dataclass(frozen=True, slots=True)
class PartyRow:
    """Who or what takes part beside the appointment's own person, colleague and room: a code of `PARTY_KINDS`, the id
    of the person, colleague, room or resource, and its name."""

    kind: str
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """An appointment as calendars and lists show it.

    `who`: the person's label, "" without a person. `masked`: the reader may not see the person; then who, kind,
    function, label and person are empty and `title` says that the colleague is busy. `staff`, `room`, `access_point`
    are names or None. `overlaps`: booked although something else was taken, with a reason. `all_day`: starts and ends
    are midnights. `others`: who and what takes part beside them, of a masked one only what it takes. `series_id`: the
    series that it belongs to.
    """

    id: str
    version: int
    starts: datetime
    ends: datetime
    kind: str
    function: str | None
    who: str
    label: str
    person_id: str | None
    staff_id: str | None
    staff: str | None
    room_id: str | None
    room: str | None
    access_point_id: str | None
    access_point: str | None
    state: str
    masked: bool
    overlaps: bool
    all_day: bool = False
    others: tuple[PartyRow, ...] = ()
    series_id: str | None = None

    @property
    def title(self) -> str:
        """The kind in words, or that somebody is busy; in the current language."""
        return _("busy") if self.masked else codes.label(codes.APPOINTMENT_KINDS, self.kind)

    @property
    def heading(self) -> str:
        """The same; what is of no kind of its own, such as an event of another program, is called by its text."""
        return self.label if self._called else self.title

    @property
    def beside(self) -> str:
        """The text, where it is not the heading."""
        return "" if self._called else self.label

    @property
    def _called(self) -> bool:
        return self.kind == OTHER and bool(self.label)


@dataclass(frozen=True, slots=True)
class AppointmentDetail:
    """Everything of an appointment for the one who edits it; `staff`, `access_point`, `room` are the names.

    `protected`: no free text may stand beside it. `path_id`: the path of care that it belongs to, also one of which one
    may not know.
    """

    id: str
    version: int
    starts: datetime
    ends: datetime
    kind: str
    function: str | None
    label: str | None
    person_id: str | None
    person: str
    protected: bool
    staff_id: str | None
    staff: str | None
    access_point_id: str | None
    access_point: str | None
    room_id: str | None
    room: str | None
    state: str
    cancelled_by: str | None
    reason: str | None
    overlap_reason: str | None
    mediator_language: str | None
    no_show_reason: str | None = None
    all_day: bool = False
    place_id: str | None = None
    place: str | None = None
    where_text: str | None = None
    note: str | None = None
    travel_before: int = 0
    travel_after: int = 0
    others: tuple[PartyRow, ...] = ()
    path_id: str | None = None


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """Something that speaks against a time, in words. `blocking`: saving needs a reason; else it is only a hint.

    `field` names the input that it is about. `allowed` False: no reason makes it possible. `way_out` is a sentence that
    tells who or what is free instead, or when; "" if nothing is known.
    """

    field: str
    text: str
    blocking: bool
    allowed: bool = True
    way_out: str = ""
