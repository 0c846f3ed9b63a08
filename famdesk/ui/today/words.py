"""How access points, appointments, meetings and things to do read on Today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Final

from famdesk.domain.centre.profile_codes import MEETING_STATES
from famdesk.domain.codes import APPOINTMENT_KINDS, APPOINTMENT_STATES, label
from famdesk.domain.intake.intake import MISSING
from famdesk.domain.people.families import RESPONSIBILITIES
from famdesk.domain.people.person_details import FLAG_KINDS
from famdesk.domain.programmes.initiatives import FUNCTION_WORDS, to_be_set
from famdesk.i18n import N_, _, formats, ngettext
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.lines import Line
from famdesk.usecases.calendar.appointment_rows import AppointmentRow
from famdesk.usecases.consent.consent_rows import badge
from famdesk.usecases.directory.directory_rows import PointRow
from famdesk.usecases.people.privacy_rights import REQUESTS
from famdesk.usecases.programmes.programmes_rows import MeetingRow
from famdesk.usecases.today import Task, TodayBoard

APPOINTMENT: Final = "appointment"
INITIATIVE: Final = "initiative"
_FUNCTIONS: Final = {"A": Meaning.A, "B": Meaning.B, "C": Meaning.C}
_STATES: Final = {"arrived": Meaning.OPEN, "done": Meaning.CLOSED, "no_show": Meaning.WARNING}
_ICONS: Final = {
    "call_back": "phone",
    "card": "file-pen",
    "outcome": "calendar-clock",
    "attendance": "user-check",
    "deadline": "hourglass",
    "undated": "calendar-plus",
    "place_free": "user-plus",
    "offer": "phone",
    "follow_up": "clipboard-check",
    "urgent": "hourglass",
    "consent": "signature",
    "referral": "send",
    "ending": "calendar-x",
    "request": "file-text",
    "review": "triangle-alert",
    "note": "notebook-pen",
    "handed_over": "shield-alert",
    "destruction": "hourglass",
    "backup": "save",
}
_TITLES: Final = {
    "card": N_("Card to be completed"),
    # Translators: nobody has said whether the appointment took place
    "outcome": N_("Appointment without outcome"),
    "attendance": N_("Attendance to be noted"),
    "undated": N_("Meetings without a date"),
    "place_free": N_("Free place for the waiting list"),
    # Translators: a place that is kept for somebody who has to be asked
    "offer": N_("Place offered: to be called"),
    "follow_up": N_("Promised to a family"),
    "consent": N_("Consent without all signatures"),
    "note": N_("Session note to be signed"),
    "destruction": N_("Notes whose term is over"),
    "backup": N_("Backup to be made"),
    "handed_over": N_("Your session notes were handed over by the sealed envelope"),
}
_SHOWN_MISSING: Final = 2
_NEAR_DAYS: Final = 14
CAN_ARRIVE: Final = ("planned", "confirmed", "no_show")


def line_id(kind: str, record_id: str) -> str:
    """The id of a line; `record_of` takes it apart."""
    return f"{kind}:{record_id}"


def record_of(found: str) -> tuple[str, str]:
    """Kind and id of the record behind a line."""
    kind, _colon, record_id = found.partition(":")
    return kind, record_id


def heading(day: date) -> str:
    """ "Tuesday 11 February" as a title."""
    text = formats.date_day(day)
    return text[:1].upper() + text[1:]


def point_line(row: PointRow, now: datetime) -> Line:
    """An access point: open until when, closed and open again when, or on contact."""
    if row.unknown:
        badge, meaning, trail = _("on contact"), Meaning.WARNING, ""
    elif row.open_until is not None:
        badge, meaning = _("open"), Meaning.OPEN
        trail = _("until {time}").format(time=formats.time_text(row.open_until.time()))
    else:
        badge, meaning, trail = _("closed"), Meaning.CLOSED, _reopens(row.next_opening, now)
    phone = (row.phone or "").replace(" ", "\u00a0") if row.unknown else ""  # a number does not break
    details = [row.closed_reason, row.starts_text if row.unknown else None, phone]
    detail = " · ".join(text for text in details if text)
    spoken = ", ".join(text for text in (row.name, badge, trail, detail) if text)
    return Line(row.id, row.name, detail=detail, badge=badge, meaning=meaning, badge_first=True, trail=trail,
                spoken=spoken)  # fmt: skip


def _reopens(opens: datetime | None, now: datetime) -> str:
    if opens is None:
        return ""
    if opens.date() == now.date():
        return _("opens {time}").format(time=formats.time_text(opens.time()))
    return _soon(opens) if (opens.date() - now.date()).days < _NEAR_DAYS else formats.moment(opens)


def _soon(moment: datetime) -> str:
    """A moment of the next days, short enough for a narrow column."""
    day = formats.weekday(moment.isoweekday(), short=True)
    # Translators: a moment of the next days, as in "Mon 17, 8:00"
    return _("{weekday} {day}, {time}").format(weekday=day, day=moment.day, time=formats.time_text(moment.time()))


def day_lines(board: TodayBoard) -> list[Line]:
    """Appointments and meetings of today with the now-line, then what comes on the next days."""
    now, due = board.at, _next_arrival(board)
    items = [(row.starts, _appointment_line(row, row is due)) for row in board.appointments]
    items += [(_today_at(row, now.date()), meeting_line(row, today=True, day=now.date())) for row in board.meetings]
    items.sort(key=lambda item: item[0])
    lines = [line for starts, line in items if starts <= now]
    if items:
        lines.append(Line("now", _("{time} now").format(time=formats.time_text(now.time())), marker=True))
    lines += [line for starts, line in items if starts > now]
    return lines + list(_coming(board, bool(items)))


def _next_arrival(board: TodayBoard) -> AppointmentRow | None:
    """Whom the desk waits for: the first who is not there and whose time is not over."""
    waited = (row for row in board.appointments if row.state in CAN_ARRIVE and row.ends > board.at and not row.masked)
    return next((row for row in waited if row.person_id or row.who), None)


def _coming(board: TodayBoard, busy: bool) -> Iterator[Line]:
    coming = sorted(
        [(row.starts, _later(row)) for row in board.next_appointments]
        + [(row.begins or datetime.combine(row.day, time()), meeting_line(row)) for row in board.coming if row.day],
        key=lambda item: item[0],
    )
    if not coming:
        return
    if not busy:
        yield Line("empty", _("Nothing in the calendar today"), header=True)
    yield Line("coming", _("Next days"), header=True)
    yield from (line for _starts, line in coming)


def _appointment_line(row: AppointmentRow, due: bool) -> Line:
    badge = "" if row.masked or row.state not in _STATES else label(APPOINTMENT_STATES, row.state).lower()
    return Line(
        line_id(APPOINTMENT, row.id), row.heading, lead=formats.time_range(row.starts.time(), row.ends.time()),
        detail=_appointment_detail(row), badge=badge, meaning=_STATES.get(row.state),
        # Translators: pressing the space bar notes that the person has arrived
        trail=_("Space = arrived") if due else "", strong=True,
    )  # fmt: skip


def _later(row: AppointmentRow) -> Line:
    return Line(line_id(APPOINTMENT, row.id), row.heading, lead=_soon(row.starts), detail=_appointment_detail(row),
                strong=True)  # fmt: skip


def _appointment_detail(row: AppointmentRow) -> str:
    return " · ".join(text for text in (row.who, row.beside, row.staff, row.room or row.access_point) if text)


def _today_at(row: MeetingRow, day: date) -> datetime:
    """When a meeting is or was to be today."""
    starts = row.starts if row.day == day else row.moved_from_starts
    return datetime.combine(day, starts or time())


def meeting_line(row: MeetingRow, *, today: bool = False, day: date | None = None) -> Line:
    """A meeting of an initiative: when, which of how many, who is enrolled, what is still to be set. `day` is today,
    for those that were moved away from it."""
    title = row.initiative
    if row.total > 1:
        # Translators: a meeting of a cycle, as in "Pedagogical aperitifs, 1 of 5"
        title = _("{name}, {number} of {total}").format(name=row.initiative, number=row.number, total=row.total)
    enrolled = ngettext("{n} enrolled", "{n} enrolled", row.enrolled).format(n=row.enrolled) if row.enrolled else ""
    off = _off(row, day) if today else ""
    details: list[str | None] = [enrolled, row.theme, row.place, to_be_set(row, frozenset({"place", "leader"}))]
    if off:
        details = [row.reason if row.state == "cancelled" else "", _moved_to(row)]
    return Line(
        line_id(INITIATIVE, row.initiative_id), title, lead=_meeting_lead(row, day, today=today),
        detail=" · ".join(text for text in details if text), badge=off or label(FUNCTION_WORDS, row.function),
        meaning=Meaning.CONFLICT if off else _FUNCTIONS.get(row.function or ""), strong=not off,
    )  # fmt: skip


def _off(row: MeetingRow, day: date | None) -> str:
    """Why a meeting of today does not take place now; "" if it does."""
    if row.state == "cancelled":
        return label(MEETING_STATES, row.state)
    if day is not None and row.day != day:
        return _("Moved") if row.day is not None else label(MEETING_STATES, "postponed")
    return ""


def _moved_to(row: MeetingRow) -> str:
    if row.state == "cancelled" or row.day is None:
        return ""
    moment = row.begins
    when = formats.moment(moment) if moment else formats.date_short(row.day)
    return _("moved to {when}").format(when=when)


def _meeting_lead(row: MeetingRow, day: date | None = None, *, today: bool) -> str:
    if today and day is not None and row.day != day:
        return formats.time_text(row.moved_from_starts) if row.moved_from_starts else ""
    if row.begins is None:
        return formats.date_short(row.day) if row.day and not today else ""
    if today:
        return (
            formats.time_range(row.begins.time(), row.ends.time()) if row.ends else formats.time_text(row.begins.time())
        )
    return _soon(row.begins)


def task_line(task: Task, now: datetime) -> Line:
    """A thing to do: what, and about whom or what."""
    return Line(line_id(task.kind, task.record_id), _task_title(task, now), detail=_task_detail(task, now),
                icon=_ICONS[task.kind])  # fmt: skip


def _task_title(task: Task, now: datetime) -> str:
    if task.kind == "call_back":
        return _call_title(task)
    if task.kind == "deadline" and task.at is not None:
        text = _("Call: ended {moment}") if task.at < now else _("Call: ends {moment}")
        return text.format(moment=formats.moment(task.at))
    if task.kind == "urgent":
        return _urgent_title(task)
    if task.kind == "referral":
        return _referral_title(task)
    if task.kind in ("ending", "request") and task.at is not None:
        return _term_title(task, task.at)
    if task.kind == "review" and task.at is not None:
        # Translators: a mark in a person's file, such as "Housing emergency", has to be looked at again
        return _("To be reviewed since {day}").format(day=formats.date_short(task.at.date()))
    return _(_TITLES[task.kind])


def _referral_title(task: Task) -> str:
    if task.at is None:
        return _("Referral received, not answered yet")
    return _("Referral: answer was due {day}").format(day=formats.date_short(task.at.date()))


def _term_title(task: Task, at: datetime) -> str:
    if task.kind == "request":
        text = _("Request about personal data: answer was due {day}") if task.unsafe else _(
            "Request about personal data: answer by {day}"
        )  # fmt: skip
    else:
        text = _("{office}: ended {day}") if task.unsafe else _("{office}: ends {day}")
    return text.format(office=label(RESPONSIBILITIES, task.name), day=formats.date_short(at.date()))


def _urgent_title(task: Task) -> str:
    if task.unsafe or task.at is None:
        return _("Urgency to be looked at again")
    return _("Urgent until {day}").format(day=formats.date_short(task.at.date()))


def _call_title(task: Task) -> str:
    if task.by_letter:
        return _("Write, do not call")
    if task.unsafe:
        return _("Call back: no safe number")
    if task.until is not None:
        return _("Call back before {time} (safe hours)").format(time=formats.time_text(task.until))
    if task.later is not None:
        return _("Call back from {time} (safe hours)").format(time=formats.time_text(task.later))
    return _("Call back")


def _task_detail(task: Task, now: datetime) -> str:
    parts: Sequence[str] = (task.who or "", formats.date_short(task.at.date()) if task.at else "")  # of notes
    match task.kind:
        case "call_back":
            parts = (task.who or "", task.name, _("leave no message") if task.no_message else "")
        case "follow_up" | "referral" | "ending" | "request" | "review" | "urgent" | "consent" | "backup":
            parts = (task.who or "", _about(task))
        case "card":
            parts = (task.who or _moment(task), _missing(task.missing))
        case "outcome":
            parts = (_moment(task), label(APPOINTMENT_KINDS, task.name), task.who or "")
        case "attendance":
            parts = (_numbered(task), _moment(task))
        case "deadline":
            parts = (_days_left(task, now), task.name)
        case "undated":
            parts = (task.name, _("{number} of {total}").format(number=task.number, total=task.total))
        case "destruction":
            parts = (_numbered_due(task),)
        case "place_free" | "offer":
            parts = _free_places(task) if task.kind == "place_free" else _offered(task)
    return " · ".join(part for part in parts if part)


def _numbered_due(task: Task) -> str:
    return ngettext("{n} path or author on the due list", "{n} paths or authors on the due list", task.number).format(
        n=task.number
    )


def _about(task: Task) -> str:
    """What the thing to do is about, beside the person."""
    if task.kind == "consent":
        return badge(task.name, "partial", task.number, task.total)
    if task.kind == "request":
        return label(REQUESTS, task.name)
    if task.kind == "backup":
        return (_("the last one is of {day}").format(day=formats.date_short(task.at.date())) if task.at
                else _("there is none yet"))  # fmt: skip
    if task.kind == "review":
        return label(FLAG_KINDS, task.name) if task.name else ""
    return task.name if task.kind in ("follow_up", "referral") else ""


def _free_places(task: Task) -> Sequence[str]:
    free = ngettext("{n} place free", "{n} places free", task.number).format(n=task.number)
    waiting = ngettext("{n} waiting", "{n} waiting", task.total).format(n=task.total)
    return task.name, free, waiting


def _offered(task: Task) -> Sequence[str]:
    until = formats.moment(task.at) if task.at else ""
    return task.who or "", task.name, _("time is over") if task.unsafe else _("until {moment}").format(moment=until)


def _missing(codes: Sequence[str]) -> str:
    """What a card lacks; of many points the first ones and how many more."""
    shown, more = codes[:_SHOWN_MISSING], len(codes) - _SHOWN_MISSING
    texts = [label(MISSING, code) for code in shown]
    if more > 0:
        texts.append(ngettext("{n} more point", "{n} more points", more).format(n=more))
    return _("missing: {what}").format(what=formats.list_text(texts))


def _numbered(task: Task) -> str:
    return _("{name}, {number} of {total}").format(name=task.name, number=task.number, total=task.total)


def _moment(task: Task) -> str:
    return formats.moment(task.at) if task.at else ""


def _days_left(task: Task, now: datetime) -> str:
    if task.at is None or task.at < now:
        return ""
    days = (task.at.date() - now.date()).days
    return ngettext("{n} day left", "{n} days left", days).format(n=days) if days else _("today")
