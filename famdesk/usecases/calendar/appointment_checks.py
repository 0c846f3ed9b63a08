"""What every way of making or changing an appointment has to ask first."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from famdesk.data.tables.calendar import Appointment
from famdesk.data.tables.people import Person
from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.calendar.calendar import OCCUPYING, EndsBeforeStart, check_transition
from famdesk.domain.calendar.calendar import exists as exists_on_the_clock
from famdesk.domain.errors import NotFound, Required, RuleError
from famdesk.i18n import N_
from famdesk.usecases.calendar import calendar_conflicts
from famdesk.usecases.calendar.calendar_conflicts import Wanted
from famdesk.usecases.calendar.taken import Party, others_of
from famdesk.usecases.consent import consents
from famdesk.usecases.kept_files import standing as kept_file

AWAITED = ("confirmed", "arrived")
"""States that tell that somebody will come or is there: an interview with a minor goes on only with the consent."""


class UnknownKind(RuleError):
    message = N_("Choose the kind of appointment from the list.")


class UnknownFunction(RuleError):
    message = N_("Choose A, B or C.")


class NotOneDay(RuleError):
    message = N_("An appointment begins and ends on the same day.")


class NoSuchTime(RuleError):
    message = N_("The clocks are put forward that night: this time does not exist.")


class LabelTells(RuleError):
    message = N_("This file is protected: the calendar shows it as busy, so no text may be written beside it.")


class UnknownCanceller(RuleError):
    message = N_("Say who cancelled.")


class UnknownNoShow(RuleError):
    message = N_("Choose from the list why nobody came.")


def visible(tx: Tx, appointment_id: str, version: int | None = None) -> Appointment:
    """The appointment, if its person may be seen: on a server the person's row is not even there for others.

    Raises:
        NotFound, Stale.
    """
    found = tx.get(Appointment, appointment_id)
    if found.person_id and tx.find(Person, found.person_id) is None:
        raise NotFound
    return found if version is None else tx.get(Appointment, appointment_id, version)


def seen(tx: Tx, found: Appointment) -> bool:
    """Whether its person, if it has one, may be seen."""
    return found.person_id is None or tx.find(Person, found.person_id) is not None


def check(tx: Tx, wanted: Appointment, others: tuple[Party, ...] | None = None) -> None:
    """What holds for any appointment. `others` None: those that the database has.

    Raises:
        UnknownKind, UnknownFunction, EndsBeforeStart, NotOneDay, NoSuchTime, LabelTells, NotFound.
    """
    if wanted.kind not in codes.codes(codes.APPOINTMENT_KINDS):
        raise UnknownKind("kind")
    if wanted.function is not None and wanted.function not in codes.codes(codes.FUNCTIONS):
        raise UnknownFunction("function")
    check_times(wanted)
    with tx.session.no_autoflush:
        if wanted.person_id:
            wanted.person_id = kept_file(tx, wanted.person_id).id
        people = [kept_file(tx, one) for one in _persons(tx, wanted, others)]
    written = next((name for name in ("label", "note", "where_text") if getattr(wanted, name)), None)
    if written and any(person.protected for person in people):
        raise LabelTells(written)


def check_consent(tx: Tx, wanted: Appointment, others: tuple[Party, ...] | None = None) -> None:
    """An interview needs the consent for every minor who takes part. `others` None: those that the database has.

    Raises:
        ConsentMissing, NotFound.
    """
    with tx.session.no_autoflush:
        for person_id in _persons(tx, wanted, others):
            consents.check_interview(tx, person_id, wanted.kind, wanted.starts.date())


def _persons(tx: Tx, wanted: Appointment, others: tuple[Party, ...] | None) -> list[str]:
    beside = _others(tx, wanted, others)
    people = [wanted.person_id, *(one.id for one in beside if one.kind == "person")]
    return [*dict.fromkeys(one for one in people if one)]


def _others(tx: Tx, wanted: Appointment, others: tuple[Party, ...] | None) -> tuple[Party, ...]:
    """Those given, or those whom the database has; a new appointment has none yet."""
    if others is not None:
        return others
    with tx.session.no_autoflush:
        return others_of(tx, wanted.id)


def goes_on(before: str, state: str) -> bool:
    """Whether a step makes an appointment take place that might not: what took place is written down in any case."""
    return before != state and (state in AWAITED or (state == "planned" and before not in OCCUPYING))


def comes_back(before: str, state: str) -> bool:
    """Whether a step takes time again that was free meanwhile: others may have it now. Somebody who comes after all may
    be received beside these, with a reason."""
    return state in OCCUPYING and before not in OCCUPYING


def check_times(wanted: Appointment) -> None:
    """A whole day that gets an hour is none any more.

    Raises:
        Required, EndsBeforeStart, NotOneDay, NoSuchTime.
    """
    if wanted.starts is None:
        raise Required("starts")
    if wanted.all_day and (wanted.starts.time(), wanted.ends.time()) != (time(), time()):
        wanted.all_day = False
    if wanted.ends <= wanted.starts:
        raise EndsBeforeStart("ends")
    if not _may_be_long(wanted) and wanted.ends > datetime.combine(wanted.starts.date(), time()) + timedelta(days=1):
        raise NotOneDay("ends")
    if not exists_on_the_clock(wanted.starts) or not exists_on_the_clock(wanted.ends):
        raise NoSuchTime("starts")


def _may_be_long(wanted: Appointment) -> bool:
    """Absences, whole days and what came from another calendar go over midnight; who is received comes and goes."""
    return wanted.kind == "absence" or wanted.all_day or wanted.uid is not None


def settle_overlap(tx: Tx, wanted: Appointment, reason: str | None, others: tuple[Party, ...] | None = None) -> None:
    """Lets the time pass if nothing is taken or a reason is given, which is kept with the appointment. What cannot be
    in two places is refused also with a reason. `others` None: those that the database has.

    Raises:
        Overlap.
    """
    wanted.overlap_reason, reason = None, text(reason)
    if wanted.state not in OCCUPYING:
        return
    tx.take_turn()
    with tx.session.no_autoflush:
        asked = wanted_of(wanted, tuple(one for one in _others(tx, wanted, others) if one.kind != "person"))
        taken = calendar_conflicts.blocking(calendar_conflicts.found(tx, asked))
        if taken is None:
            return
        if reason is None or not taken.allowed:
            taken.way = calendar_conflicts.way_out(tx, asked, taken)
            raise taken
    wanted.overlap_reason = reason
    tx.because(reason)


def wanted_of(appointment: Appointment, others: tuple[Party, ...] = ()) -> Wanted:
    """What an appointment takes; persons are not asked for."""
    return Wanted(
        appointment.starts, appointment.ends, appointment.staff_id, appointment.room_id, exclude=appointment.id,
        others=others, travel_before=appointment.travel_before or 0, travel_after=appointment.travel_after or 0,
    )  # fmt: skip


def go_to(found: Appointment, state: str, no_show_reason: str | None = None) -> None:
    """`no_show_reason`: why nobody came, a code; only with that state."""
    check_transition(found.state, state)
    if state == "cancelled" != found.state:
        raise UnknownCanceller("by")  # who cancelled has to be said: `cancel`
    if no_show_reason is not None and no_show_reason not in codes.codes(codes.NO_SHOW_REASONS):
        raise UnknownNoShow("no_show_reason")
    found.state = state
    found.no_show_reason = no_show_reason if state == "no_show" else None
    if state != "cancelled":
        found.cancelled_by = found.reason = None


def text(text: str | None) -> str | None:
    return (text or "").strip() or None
