"""From the office's queries to what a sheet says: one function for each sheet, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial

from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.calendar import hours
from famdesk.domain.errors import RuleError
from famdesk.domain.text import fold, tokens
from famdesk.i18n import N_, _, formats, language, using
from famdesk.i18n.collate import sort_key
from famdesk.sheets.calendar import appointment_slip, day_sheet
from famdesk.sheets.hours import opening_hours
from famdesk.sheets.hours.opening_hours import Change, ClosedDays, Contacts, DayHours, ExtraOpening, PlaceHours, Span
from famdesk.sheets.paper.poster import Partner
from famdesk.sheets.people import genogram as genogram_sheet
from famdesk.sheets.post import labels as address_labels
from famdesk.usecases.calendar import appointment_rows, appointment_where, calendar
from famdesk.usecases.centre import centre
from famdesk.usecases.directory import directory
from famdesk.usecases.directory.directory_rows import PointHours, PointRow
from famdesk.usecases.family import genogram as genograms
from famdesk.usecases.post import outgoing, prints
from famdesk.usecases.post.outgoing import Outgoing
from famdesk.usecases.programmes import programmes
from famdesk.usecases.programmes.programmes_rows import MeetingRow
from famdesk.usecases.staff import staff

WEEKS_AHEAD = 6
"""How far ahead the poster tells of closures, extra openings and changes of hours."""


LONGEST_TAGLINE = 60


class NobodyChosen(RuleError):
    message = N_("Choose an initiative, or find people in the view People and take “Address labels for those listed”.")


class NobodyToWriteTo(RuleError):
    message = N_(
        "There is nobody among these whom a letter may be sent to: no address is known, or it must not be used."
    )


class NoSuchPlace(RuleError):
    message = N_("No access point is called “{text}”.")


def chosen_points(tx: Tx, wanted: Sequence[str]) -> tuple[PointRow, ...]:
    """The access points whose name, place or address holds each wanted text, in the order asked; all for none.

    Raises:
        NoSuchPlace.
    """
    points = directory.points(tx)
    if not wanted:
        return points
    found: list[PointRow] = []
    for text in wanted:
        fitting = [point for point in points if text == point.id or _fits(text, point)]
        if not fitting:
            raise NoSuchPlace("place", text=text)
        found += [point for point in fitting if point not in found]
    return tuple(found)


def _fits(text: str, point: PointRow) -> bool:
    asked = tokens(text)
    for part in (point.name, point.place, point.address):
        words = tokens(part or "")
        if asked and all(any(word.startswith(start) for word in words) for start in asked):
            return True
    return False


def poster(
    tx: Tx, places: Sequence[str] = (), first: date | None = None, *, also: str = ""
) -> opening_hours.OpeningHours:
    """The opening-hours poster of some access points (ids or parts of names; none: all), as of a day (None: today).

    `also`: a second language in which it says the same, "" for none.

    Raises:
        NoSuchPlace.
    """
    day = first or tx.today()
    points = chosen_points(tx, places)
    ahead = timedelta(weeks=WEEKS_AHEAD)
    timetables = {row.id: row for row in directory.timetables(tx, day, day + ahead)}
    about = centre.overview(tx)
    several = len(points) > 1
    known = [timetables[point.id] for point in points]
    valid = _valid_from(known, day)
    return opening_hours.OpeningHours(
        about.name,
        tuple(_place(point, timetables[point.id], day, valid) for point in points),
        tagline=_tagline(about),
        contacts=_contacts(about.phone, about.mail),
        closed=_closed(known, day, several=several),
        changes=tuple(change for row in known for change in _changes(row, day)),
        extra=tuple(extra for row in known for extra in _extras(row, day, several=several)),
        partners=tuple(Partner(row.name, lead=row.role == "lead") for row in about.partners),
        valid_from=valid,
        also=also,
        again=_poster_again(tx, places, first, also) if also else None,
    )


def _again(say: Callable[[], str], also: str) -> str:
    if not also:
        return ""
    with using(also):
        return say()


def _poster_again(tx: Tx, places: Sequence[str], first: date | None, also: str) -> opening_hours.OpeningHours:
    with using(also):
        return poster(tx, places, first)


def _tagline(about: centre.CentreRow) -> str:
    """The line under the name: the centre's motto, or how one gets in, in the centre's language, if it is short."""
    own = about.tagline or about.access_terms or ""
    return own if language() == about.language and len(own) <= LONGEST_TAGLINE else ""


def _contacts(phone: str | None, mail: str | None) -> Contacts:
    return Contacts(phones=(phone,) if phone else (), mail=mail or "")


def _place(point: PointRow, row: PointHours, day: date, valid: date | None) -> PlaceHours:
    lines = [line for line in (point.place, point.address, point.town) if line and fold(line) != fold(point.name)]
    address = tuple(
        dict.fromkeys([*lines, *([point.audience] if point.audience and row.timetable.slots == () else [])])
    )
    return PlaceHours(
        point.name,
        address,
        weekly(row.timetable, day),
        note=_later(row.timetable, day, valid),
        contact=_contacts(point.phone, point.mail) if point.phone else None,
    )


def weekly(timetable: hours.Timetable, day: date) -> tuple[DayHours, ...]:
    """The weekly hours in force on the day, or else the next that will be."""
    in_force = hours.summary(timetable.slots, day)
    coming = _coming(timetable, day)
    rows = in_force or (hours.summary(timetable.slots, coming) if coming else ())
    return tuple(DayHours(weekday, tuple(Span(*pair) for pair in pairs)) for weekday, pairs in rows)


def _coming(timetable: hours.Timetable, day: date) -> date | None:
    """The day on which hours begin that are still ahead."""
    return min((slot.valid_from for slot in timetable.slots if slot.valid_from and slot.valid_from > day), default=None)


def _later(timetable: hours.Timetable, day: date, valid: date | None) -> str:
    """Since when the hours of a place hold, where that is still ahead and the poster does not say it of all."""
    starts = None if hours.summary(timetable.slots, day) else _coming(timetable, day)
    return _("from {day}").format(day=formats.date_long(starts)) if starts and starts != valid else ""


def _closed(rows: Sequence[PointHours], day: date, *, several: bool) -> tuple[ClosedDays, ...]:
    """Closed days of the next weeks; those that hit every place that has hours are told once."""
    each = {row.id: hours.upcoming_closures(row.timetable, day, WEEKS_AHEAD * 7) for row in rows if row.timetable.slots}
    found: dict[tuple[date, date, str], list[str]] = {}
    for row in rows:
        for closed in each.get(row.id, ()):
            found.setdefault((closed.first, closed.last, closed.reason or ""), []).append(row.name)
    result = []
    for (start, end, reason), names in sorted(found.items()):
        # A holiday closes every place; it only shows where there would be hours. Naming the place helps nobody then.
        everywhere = not several or len(names) == len(each) or _is_holiday(each.values(), start)
        result += [
            ClosedDays(start, end, reason, "" if everywhere else name) for name in names[: 1 if everywhere else None]
        ]
    return tuple(result)


def _is_holiday(closures: Iterable[tuple[hours.ClosedDays, ...]], start: date) -> bool:
    return any(closed.first == start and closed.kind != "closure" for row in closures for closed in row)


def _changes(row: PointHours, day: date) -> tuple[Change, ...]:
    if not hours.summary(row.timetable.slots, day):
        return ()
    return tuple(
        Change(start, row.name, weekly(row.timetable, start))
        for start in hours.changes(row.timetable, day, WEEKS_AHEAD * 7)
    )


def _extras(row: PointHours, day: date, *, several: bool) -> tuple[ExtraOpening, ...]:
    last = day + timedelta(weeks=WEEKS_AHEAD)
    return tuple(
        ExtraOpening(extra.day, (Span(extra.opens, extra.closes),), row.name if several else "", extra.reason or "")
        for extra in sorted(row.timetable.extras, key=lambda extra: (extra.day, extra.opens))
        if day <= extra.day <= last
    )


def _valid_from(rows: Sequence[PointHours], day: date) -> date | None:
    """Since when the printed hours hold: the latest start among them."""
    starts = [slot.valid_from for row in rows for slot in row.timetable.slots
              if slot.valid_from and hours.in_force(slot, day)]  # fmt: skip
    coming = [slot.valid_from for row in rows for slot in row.timetable.slots if slot.valid_from]
    return max(starts) if starts else min(coming, default=None)


def day(tx: Tx, on: date | None = None) -> day_sheet.DaySheet:
    """The desk's sheet of a day (None: today). It names people: the print is noted in the journal.

    It lies where everybody at the desk sees it: whoever prints it, it says of people only what the gate lets through,
    and of protected ones that a colleague is busy.
    """
    wanted = on or tx.today()
    about = centre.overview(tx)
    rows = directory.timetables(tx, wanted, wanted)
    open_places = [(row.name, hours.intervals(row.timetable, wanted)) for row in rows]
    booked = [row for row in calendar.appointments(tx, wanted, wanted) if row.state != "cancelled"]
    named = outgoing.masked(tx, [row.person_id for row in booked], "paper")
    prints.note(tx, "day-sheet", [("appointment", row.id) for row in booked])
    return day_sheet.DaySheet(
        about.name,
        wanted,
        tuple(
            day_sheet.OpenPlace(name, tuple(Span(span.starts.time(), span.ends.time()) for span in spans))
            for name, spans in open_places
            if spans
        ),
        _closed_reason(rows, wanted),
        tuple(_appointment(row, named) for row in booked),
        tuple(
            _meeting(row) for row in programmes.meetings(tx, wanted, wanted) if row.starts and row.state != "cancelled"
        ),
        tx.now(),
    )


def _closed_reason(rows: Sequence[PointHours], on: date) -> str:
    for row in rows:
        closed = hours.closed_reason(row.timetable, on)
        if closed is not None:
            return closed.reason or ""
    return ""


def _appointment(row: appointment_rows.AppointmentRow, named: Mapping[str, Outgoing]) -> day_sheet.DayAppointment:
    """An appointment as paper may tell it; beside somebody who has to be careful no free text is printed."""
    found = named.get(row.person_id or "")
    busy = row.masked or (row.person_id is not None and found is None)
    title = replace(row, masked=True).title if busy else row.title
    note = "" if busy or (found and found.discreet) else row.label
    who = found.label if found and not busy else ""
    return day_sheet.DayAppointment(
        row.starts.time(), row.ends.time(), title, who, row.staff or "", row.room or "", note
    )


def _meeting(row: MeetingRow) -> day_sheet.DayMeeting:
    starts = row.starts or time()
    ends = (datetime.combine(date.min, starts) + timedelta(minutes=row.minutes or 0)).time()
    title = f"{row.initiative} {row.number}/{row.total}"
    return day_sheet.DayMeeting(starts, ends, title, row.leader or "", row.room or "", row.enrolled, row.capacity)


def slip(
    tx: Tx, appointment_id: str, *, also: str = ""
) -> tuple[appointment_slip.AppointmentSlip, appointment_slip.SlipOptions]:
    """The family's slip for an appointment; neutral where the safe-contact rule says so. The print is noted.

    `also`: a second language in which it says the same, "" for none.

    Raises:
        NotFound.
    """
    row = calendar.appointment(tx, appointment_id)
    about = centre.overview(tx)
    there = appointment_where.place_of(tx, appointment_id)
    colleague = next((found for found in staff.colleagues(tx) if found.id == row.staff_id), None)
    neutral = row.person_id is not None and outgoing.permit(tx, row.person_id, "paper").neutral
    prints.note(tx, "appointment-slip", [("appointment", appointment_id)])
    content = appointment_slip.AppointmentSlip(
        row.starts,
        centre=about.name,
        place=there.name,
        address=there.lines,
        profession=_profession(colleague),
        profession_again=_again(partial(_profession, colleague), also),
        person=colleague.name if colleague else "",
        phone=there.phone,
    )
    return content, appointment_slip.SlipOptions(neutral=neutral, also=also)


def slip_language(tx: Tx, appointment_id: str) -> str | None:
    """The language of the person whom an appointment is for; None: not known.

    Raises:
        NotFound.
    """
    return appointment_where.language_of(tx, appointment_id)


def labels(
    tx: Tx, person_ids: Sequence[str] = (), initiative_id: str | None = None, *, used: int = 0, sender: bool = False,
    form: str = address_labels.USUAL,
) -> address_labels.LabelSheet:  # fmt: skip
    """Address labels for persons, or for those enrolled in an initiative; by name. The print is noted.

    Nobody gets one who must not be written to, whose file is protected, or whose address is hidden or not known.
    `sender`: with street and town of the first access point, never with a name, and not for those who have to be
    careful. `form`: which sheet of labels, a key of `FORMS`.

    Raises:
        NobodyChosen, NobodyToWriteTo, NotFound.
    """
    if not person_ids and not initiative_id:
        raise NobodyChosen
    wanted = [*person_ids, *(_enrolled(tx, initiative_id) if initiative_id else ())]
    known = outgoing.masked(tx, wanted, "letter")
    told = {one: shown for one, shown in known.items() if shown.value}
    if not told:
        raise NobodyToWriteTo
    prints.note(tx, "labels", [("person", one) for one in sorted(told)])
    own = _own_address(tx) if sender else ""
    made = [address_labels.Label(shown.label, shown.value or "", "" if shown.neutral else own)
            for shown in told.values()]  # fmt: skip
    made.sort(key=lambda label: sort_key(label.name))
    return address_labels.LabelSheet(tuple(made), used, len(set(wanted)) - len(told), form)


def genogram(tx: Tx, person_id: str, on: date | None = None) -> genogram_sheet.GenogramSheet:
    """The genogram of a person on a day (None: today), with the names that paper may bear. The print is noted.

    Raises:
        NotFound.
    """
    found = genograms.paper(tx, person_id, on)
    return genogram_sheet.GenogramSheet(found.family, found.centre, found.printed)


def _enrolled(tx: Tx, initiative_id: str) -> list[str]:
    enrolled = programmes.participants(tx, initiative_id).enrolments
    return [row.person_id for row in enrolled if row.state == "enrolled" and row.person_id]


def _own_address(tx: Tx) -> str:
    points = directory.points(tx)
    return next((", ".join(part for part in (one.address, one.town) if part) for one in points if one.address), "")


def _profession(colleague: staff.ColleagueRow | None) -> str:
    if colleague is None or colleague.profession is None:
        return ""
    return codes.label(codes.PROFESSIONS, colleague.profession)
