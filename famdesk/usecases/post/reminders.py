"""Reminders of appointments: a queue that follows the calendar, and one desk that sends at a time.

What is due is worked out from the calendar again and again (`refresh`): an appointment that was moved, cancelled or
given to somebody else, a contact rule that was changed need nobody to think of their reminders. Mails are taken by one
desk (`claim`), which asks the safe-contact gate once more, handed over outside of any transaction, and marked (`sent`).
A mail of which nobody knows whether it went out is never sent a second time. Letters and calls are follow-ups.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from famdesk.data.tables.calendar import Appointment, MailAccount, Reminder
from famdesk.data.tables.programmes import MeetingNotice
from famdesk.data.tables.waiting import FollowUp
from famdesk.data.tx import Tx
from famdesk.domain.calendar import reminding
from famdesk.domain.errors import RuleError
from famdesk.i18n import FAMILY_LANGUAGES, N_, _, formats, language
from famdesk.i18n.collate import sort_key
from famdesk.usecases.calendar import appointment_checks
from famdesk.usecases.calendar.appointment_where import where
from famdesk.usecases.centre import centre
from famdesk.usecases.post import mail, outgoing
from famdesk.usecases.post.reminder_routes import Route, routes
from famdesk.usecases.post.reminder_rows import Letter, Message, Outbound, Queue, ReminderRow
from famdesk.usecases.programmes import meeting_post
from famdesk.usecases.registry import query, usecase

USUAL_HOURS = 24
"""How long before an appointment somebody is called where there is no mail account."""
WEEK = timedelta(days=7)
AHEAD = timedelta(days=2)
"""How long before it is due a reminder is put down, so that it can be seen."""
POST = timedelta(days=3)
"""What a letter needs at least; when there is less time, somebody calls."""
SOON = timedelta(hours=reminding.LEAST)
"""Of what begins within this time, nobody is reminded: it has just been agreed on."""
RING = {"call": "call", "letter": "write"}
"""The kind of follow-up of each channel that people work on."""


class NotToBeTold(RuleError):
    message = N_("Nobody may be told in this way. {why}")


@usecase(N_("Reminders brought up to date"))
def refresh(tx: Tx) -> int:
    """Makes the open reminders what calendar and contact rules ask for now; gives how many mails are due.

    For a timer: it is nobody's step. What the one who is signed in may not see stays as it is.
    """
    tx.take_turn()
    now, account = tx.now(), mail.of_centre(tx)
    hours = account.hours_before if account else USUAL_HOURS
    last = now + AHEAD + max(timedelta(hours=hours), timedelta(days=reminding.LETTER_DAYS))
    rows = tx.all(Reminder, Reminder.starts > now - WEEK)
    for row in rows:
        _settle(tx, row)
    awaited = [one for one in tx.all(Appointment, Appointment.starts > now, Appointment.starts <= last)
               if is_awaited(one) and appointment_checks.seen(tx, one)]  # fmt: skip
    for found in awaited:
        _follow(tx, found, [row for row in rows if row.appointment_id == found.id], account, hours)
    kept = {found.id for found in awaited}
    for row in rows:
        if row.deleted_at is None and row.state in reminding.OPEN and _is_over(tx, row, kept):
            _withdraw(tx, row)
    return sum(row.channel == "mail" and row.state in reminding.OPEN and row.due <= now
               for row in tx.all(Reminder, Reminder.due <= now))  # fmt: skip


@usecase(N_("Reminder taken for sending"))
def claim(tx: Tx) -> Outbound | None:
    """Takes the next mail that is due, so that no other desk sends it; None if there is none.

    The gate is asked again; whoever must not be written to any more is called or left in peace.
    """
    tx.take_turn()
    account, now = mail.of_centre(tx), tx.now()
    due = [row for row in tx.all(Reminder, Reminder.due <= now, Reminder.channel == "mail")
           if row.state in reminding.OPEN]  # fmt: skip
    for row in sorted(due, key=lambda row: (row.due, row.id)):
        found = tx.find(Appointment, row.appointment_id)
        if found is None or not _still_to_tell(row, found, now):
            _withdraw(tx, row)
            continue
        route = next((one for one in routes(tx, found, account) if one.person_id == row.person_id), None)
        if route is None:
            _withdraw(tx, row)
        elif route.channel != "mail" or account is None:
            _take_route(tx, row, found, route, row.due)
        elif (out := _taken(tx, row, found, route, account)) is not None:
            return out
    return None


@usecase(N_("Outcome of a reminder noted"))
def sent(tx: Tx, reminder_id: str, error: str | None = None) -> None:
    """What became of a mail that was taken: `error` None: the server has it; else a code of `MAIL_ERRORS`.

    Raises:
        NotFound.
    """
    row = tx.get(Reminder, reminder_id)
    if row.state not in {"sending", "unsure"} or (row.state == "unsure" and error is not None):
        return  # told already: somebody calls
    _drop_task(tx, row)
    row.tries, row.error = row.tries + 1, error
    minutes = reminding.retry_minutes(row.tries)
    if error is None:
        row.state = "sent"
    elif error == "lost":
        _ask(tx, row, "unsure", _("Perhaps not reminded: appointment of {when}"))
    elif error in reminding.FINAL or minutes is None:
        _ask(tx, row, "given_up", _("The reminder could not be sent: appointment of {when}"))
    else:
        row.state, row.due = "failed", tx.now() + timedelta(minutes=minutes)


@usecase(N_("News of the appointment of {when} to be told"))
def tell(tx: Tx, appointment_id: str, channel: str, person_ids: Iterable[str] | None = None) -> int:
    """The family is told now that an appointment was moved or cancelled, by mail or by call; gives how many persons.

    `person_ids` None: all of them whom this channel reaches. A call is put on the list of calls.

    Raises:
        NotToBeTold: the safe-contact rule gives this way free for nobody of them.
        NotFound.
    """
    found = appointment_checks.visible(tx, appointment_id)
    account = mail.of_centre(tx)
    wanted = set(person_ids) if person_ids is not None else None
    reached, why = 0, ""
    for route in routes(tx, found, account):
        if wanted is not None and route.person_id not in wanted:
            continue
        used = route if route.channel == channel else by_phone(tx, route) if channel == "call" else None
        if used is None:
            why = why or route.sentence()
            continue
        _untold(tx, found, used)
        _add(tx, found, used, _news(found), tx.now())
        reached += 1
    if not reached:
        raise NotToBeTold(why=why)
    tx.describe(when=found.starts)
    return reached


@query
def of_appointment(tx: Tx, appointment_id: str) -> tuple[ReminderRow, ...]:
    """How the persons of an appointment were told, and how they will be reminded of it.

    Raises:
        NotFound.
    """
    found = appointment_checks.visible(tx, appointment_id)
    account = mail.of_centre(tx)
    hours = account.hours_before if account else USUAL_HOURS
    rows = tx.all(Reminder, Reminder.appointment_id == found.id)
    awaited = is_awaited(found) and found.starts > tx.now()
    planned = routes(tx, found, account) if awaited else ()
    people = {*(row.person_id for row in rows), *(route.person_id for route in planned)}
    shown = outgoing.masked(tx, people, "call")
    told = [_told(row, shown) for row in sorted(rows, key=lambda row: row.id)]
    put_down = {row.person_id for row in rows if row.kind == reminding.REMINDER and row.state in reminding.OPEN}
    put_down |= {one for one in people if reminding.is_settled(_of(rows, one), found.starts)}
    told += [_planned(route, found, hours, shown) for route in planned if route.person_id not in put_down]
    return tuple(told)


@query
def letters(tx: Tx) -> tuple[Letter, ...]:
    """The letters that are to be posted now, news of meetings too, by the name on the envelope.

    The gate is asked again: who must not be written to any more is not among them.
    """
    account, now = mail.of_centre(tx), tx.now()
    found = []
    for row in tx.all(Reminder, Reminder.due <= now + AHEAD, Reminder.channel == "letter"):
        appointment = tx.find(Appointment, row.appointment_id)
        if row.state not in reminding.OPEN or appointment is None or appointment.starts <= now:
            continue
        route = next((one for one in routes(tx, appointment, account) if one.person_id == row.person_id), None)
        if route is not None and route.channel == "letter":
            message = message_of(tx, appointment, route, changed=row.kind in reminding.NEWS)
            found.append(Letter(row.id, route.person_id, route.label, route.value, message))
    found += meeting_post.letters(tx)
    return tuple(sorted(found, key=lambda one: (sort_key(one.name), one.id)))


@usecase(N_("Reminder letters posted"))
def posted(tx: Tx, reminder_ids: Iterable[str]) -> None:
    """The letters are on their way: they and what was to be done for them are done."""
    for one in reminder_ids:
        news = tx.find(MeetingNotice, one)
        if news is not None:
            meeting_post.posted(tx, news)
            continue
        row = tx.get(Reminder, one)
        if row.channel != "letter" or row.state not in reminding.OPEN:
            continue
        row.state = "done"
        row.done_at = tx.utc.astimezone(UTC).isoformat(timespec="seconds")
        task = tx.find(FollowUp, row.follow_up_id)
        if task is not None and task.state == "open":
            task.state, task.done_on = "done", tx.today()


@query
def queue(tx: Tx) -> Queue:
    """How the reminders of the centre stand, news of meetings too, for settings and the command line."""
    now = tx.now()
    rows: list[Reminder | MeetingNotice] = [
        *tx.all(Reminder, Reminder.due > now - 5 * WEEK),
        *tx.all(MeetingNotice, MeetingNotice.due > now - 5 * WEEK),
    ]
    due = [row for row in rows if row.state in reminding.OPEN and row.due <= now]
    failed = sorted((row for row in rows if row.error and row.state in {"failed", "given_up", "unsure"}),
                    key=lambda row: row.done_at or "")  # fmt: skip
    return Queue(
        sum(row.channel == "mail" for row in due), sum(row.channel == "letter" for row in due),
        sum(row.channel == "call" for row in due),
        sum(row.state == "sent" and row.due > now - WEEK for row in rows), sum(row.state == "failed" for row in rows),
        sum(row.state in {"given_up", "unsure"} and row.due > now - WEEK for row in rows),
        failed[-1].error if failed else None,
    )  # fmt: skip


def is_awaited(found: Appointment) -> bool:
    """Whether somebody is to come to it, so that they are reminded."""
    return found.kind in reminding.REMINDED and found.state in reminding.AWAITED and not found.all_day


def by_phone(tx: Tx, route: Route) -> Route | None:
    """The same by phone, if there is a number that may be called; None otherwise."""
    shown = outgoing.masked(tx, [route.person_id], "call").get(route.person_id)
    if shown is None or shown.value is None or not shown.contacts or route.why:
        return None
    first = shown.contacts[0]
    return replace(route, channel="call", label=shown.label, contact_id=first.id or None, value=first.value,
                   note=first.note, neutral_name=first.neutral_name or shown.neutral_name)  # fmt: skip


def message_of(tx: Tx, found: Appointment, route: Route, *, changed: bool = False) -> Message:
    """What is written to somebody about an appointment."""
    there, about = where(tx, found), centre.overview(tx)
    wanted = route.language if route.language in FAMILY_LANGUAGES else language()
    lines = there.lines if route.neutral else tuple(dict.fromkeys(part for part in (there.name, *there.lines) if part))
    signed = (route.neutral_name or "") if route.neutral else about.name
    lines = tuple(line for line in lines if not route.neutral or about.name.casefold() not in line.casefold())
    return Message(found.starts, found.ends, lines, there.phone, "" if route.neutral else about.name, signed,
                   found.state == "cancelled", changed, wanted)  # fmt: skip


def _taken(tx: Tx, row: Reminder, found: Appointment, route: Route, account: MailAccount) -> Outbound | None:
    """The mail, if the gate says yes at this very moment; None if it does not."""
    try:
        permit = outgoing.permit(tx, row.person_id, "mail", contact_id=route.contact_id)
    except RuleError:
        _withdraw(tx, row)
        return None
    row.state, row.contact_id = "sending", route.contact_id
    row.kind = _news(found) if row.kind in reminding.NEWS else row.kind
    row.done_at = tx.utc.astimezone(UTC).isoformat(timespec="seconds")
    tx.log("send", subjects=[("person", row.person_id, "mail", []), ("reminder", row.id, "mail", [])])
    earlier = tx.all(Reminder, Reminder.appointment_id == found.id, Reminder.person_id == row.person_id)
    changed = any(one.state in reminding.TOLD and one.starts != found.starts for one in earlier)
    sender = (account.neutral_sender if route.neutral else account.sender) or ""
    name = (route.neutral_name if route.neutral else account.sender_name) or ""
    domain = sender.rpartition("@")[2]
    row.starts = found.starts
    return Outbound(row.id, mail.server(tx, account), sender, name, permit.value or "",
                    message_of(tx, found, route, changed=changed), f"{found.id}@{domain}", found.version,
                    tx.actor.timezone)  # fmt: skip


def _still_to_tell(row: Reminder, found: Appointment, now: datetime) -> bool:
    if found.starts <= now:
        return False
    return row.kind in reminding.NEWS or (is_awaited(found) and found.starts == row.starts)


def _follow(
    tx: Tx, found: Appointment, rows: Iterable[Reminder], account: MailAccount | None, hours: int
) -> None:  # fmt: skip
    """The reminders of one appointment: made, led to its new time or another way, taken back."""
    known = [row for row in rows if row.deleted_at is None]
    mine = [row for row in known if row.kind == reminding.REMINDER]
    wanted = {one.person_id: one for one in routes(tx, found, account) if one.channel != "none"}
    for row in mine:
        if row.state in reminding.OPEN and row.person_id not in wanted:
            _withdraw(tx, row)
    for person_id, route in wanted.items():
        own = [row for row in _of(mine, person_id) if row.deleted_at is None]
        due = reminding.due(route.channel, found.starts, hours)
        waiting = next((row for row in own if row.state in reminding.OPEN), None)
        settled = reminding.is_settled(_of(known, person_id), found.starts)
        if waiting is not None and settled:
            _withdraw(tx, waiting)  # it was to tell another time, and is back where they were told
        elif waiting is not None:
            if (waiting.starts, waiting.channel, waiting.contact_id) != (found.starts, route.channel, route.contact_id):
                _take_route(tx, waiting, found, route, due)
        elif not settled and due <= tx.now() + AHEAD:
            used = route if route.channel != "letter" or found.starts - tx.now() > POST else by_phone(tx, route)
            if used is not None and found.starts - tx.now() > SOON:
                _add(tx, found, used, reminding.REMINDER, due)


def _of(rows: Iterable[Reminder], person_id: str) -> list[Reminder]:
    return [row for row in rows if row.person_id == person_id]


def put_down(tx: Tx, found: Appointment, route: Route, text: str | None = None) -> None:
    """News of a change that are to be told now on this way; `text` is what a call is about, in words."""
    _add(tx, found, route, _news(found), tx.now(), text)


def _news(found: Appointment) -> str:
    return reminding.OFF if found.state == "cancelled" else reminding.MOVED


def _untold(tx: Tx, found: Appointment, route: Route) -> None:
    """Earlier news on the same way that have reached nobody yet go: they would tell the same a second time."""
    for row in tx.all(Reminder, Reminder.appointment_id == found.id, Reminder.person_id == route.person_id):
        if row.kind in reminding.NEWS and row.channel == route.channel and row.state in reminding.OPEN:
            _withdraw(tx, row)


def _add(
    tx: Tx, found: Appointment, route: Route, kind: str, due: datetime, text: str | None = None
) -> Reminder:  # fmt: skip
    row = Reminder(appointment_id=found.id, person_id=route.person_id, contact_id=route.contact_id, kind=kind,
                   starts=found.starts, channel=route.channel, due=due, state="waiting", tries=0)  # fmt: skip
    _task(tx, row, found, route, text)
    return tx.add(row)


def _take_route(tx: Tx, row: Reminder, found: Appointment, route: Route, due: datetime) -> None:
    """Another time, another way, another address; what was tried before no longer counts."""
    _drop_task(tx, row)
    if route.channel == "none":
        _withdraw(tx, row)
        return
    row.starts, row.channel, row.contact_id, row.due = found.starts, route.channel, route.contact_id, due
    row.state, row.tries, row.error = "waiting", 0, None
    _task(tx, row, found, route)


def _task(tx: Tx, row: Reminder, found: Appointment, route: Route, about: str | None = None) -> None:
    """A call or letter is something to do, in the list of calls; `about` says what for."""
    if route.channel not in RING:
        return
    text = _("Remind of the appointment of {when}")
    if found.state == "cancelled":
        text = _("Tell: appointment of {when} cancelled")
    elif row.kind in reminding.NEWS:
        text = _("Tell the new time of the appointment: {when}")
    what = about or text.format(when=formats.moment(row.starts))
    row.follow_up_id = _new_task(tx, row, RING[route.channel], what, row.due).id


def _new_task(tx: Tx, row: Reminder, kind: str, what: str, due: datetime) -> FollowUp:
    point = row.contact_id if kind == "call" else None
    day = max(due.date(), tx.today())
    return tx.add(FollowUp(kind=kind, what=what, person_id=row.person_id, contact_point_id=point, due_on=day))


def _ask(tx: Tx, row: Reminder, state: str, text: str) -> None:
    """The mail did not help: somebody calls, where that is allowed."""
    row.state = state
    row.contact_id = None
    what = text.format(when=formats.moment(row.starts))
    row.follow_up_id = _new_task(tx, row, "call", what, tx.now()).id


def _settle(tx: Tx, row: Reminder) -> None:
    """What a colleague did with the follow-up is taken over; a mail that has been going out for long is in doubt."""
    task = tx.find(FollowUp, row.follow_up_id)
    if row.state in reminding.OPEN and task is not None and task.state != "open":
        row.state = "done" if task.state == "done" else "stopped"
        row.done_at = tx.utc.astimezone(UTC).isoformat(timespec="seconds")
    if row.state == "sending" and row.done_at and tx.utc - datetime.fromisoformat(row.done_at) > reminding.STUCK:
        row.error = "lost"
        _ask(tx, row, "unsure", _("Perhaps not reminded: appointment of {when}"))


def _is_over(tx: Tx, row: Reminder, awaited: set[str]) -> bool:
    """Whether nobody has to be told any more: it has begun, or is off, or somewhere far ahead."""
    if row.kind in reminding.NEWS:
        found = tx.find(Appointment, row.appointment_id)
        return found is None or found.starts <= tx.now()
    return row.appointment_id not in awaited


def _withdraw(tx: Tx, row: Reminder) -> None:
    """It has told nobody: it goes, with its follow-up."""
    _drop_task(tx, row)
    tx.bin(row)


def _drop_task(tx: Tx, row: Reminder) -> None:
    task = tx.find(FollowUp, row.follow_up_id)
    if task is not None and task.state == "open":
        tx.bin(task)
    row.follow_up_id = None


def _told(row: Reminder, shown: dict[str, outgoing.Outgoing]) -> ReminderRow:
    found = shown.get(row.person_id)
    return ReminderRow(row.id, found.label if found else "", row.kind, row.channel, row.state, row.due, "",
                       found.note if found else "", bool(found and found.neutral), None, error=row.error)  # fmt: skip


def _planned(
    route: Route, found: Appointment, hours: int, shown: dict[str, outgoing.Outgoing]
) -> ReminderRow:  # fmt: skip
    who = shown[route.person_id].label if route.person_id in shown else route.label
    due = None if route.channel == "none" else reminding.due(route.channel, found.starts, hours)
    return ReminderRow(None, who, "reminder", route.channel, "waiting", due, route.value, route.note,
                       route.neutral, route.neutral_name, route.sentence())  # fmt: skip
