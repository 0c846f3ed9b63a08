"""News of meetings on their way: mails that one desk takes and hands over, letters, and calls that colleagues make.

As of reminders: a mail is taken by one desk (`claim`), which asks the safe-contact gate once more, handed over outside
of any transaction, and marked (`sent`). One of which nobody knows whether it went out is never sent a second time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from famdesk.data.tables.calendar import MailAccount
from famdesk.data.tables.directory import Place
from famdesk.data.tables.people import Person
from famdesk.data.tables.programmes import Enrolment, Meeting, MeetingNotice
from famdesk.data.tables.waiting import FollowUp
from famdesk.data.tx import Tx
from famdesk.domain.calendar import reminding
from famdesk.domain.errors import RuleError
from famdesk.domain.programmes.enrolment import HOLDING
from famdesk.domain.programmes.meetings import PLACE_NEWS
from famdesk.i18n import FAMILY_LANGUAGES, N_, _, language
from famdesk.usecases.centre import centre
from famdesk.usecases.enrolling import place_news
from famdesk.usecases.post import mail, outgoing
from famdesk.usecases.post.reminder_routes import Route, route_of
from famdesk.usecases.post.reminder_rows import Letter, Message, Outbound
from famdesk.usecases.programmes import meeting_notices
from famdesk.usecases.programmes.meeting_notices import begins, was
from famdesk.usecases.registry import usecase


@usecase(N_("News of meetings brought up to date"))
def refresh(tx: Tx) -> int:
    """What colleagues did is taken over, what nobody has to hear any more goes; gives how many mails are due."""
    tx.take_turn()
    now, due = tx.now(), 0
    for row in tx.all(MeetingNotice, MeetingNotice.state.in_((*reminding.OPEN, "sending"))):
        _settle(tx, row)
        if row.state in reminding.OPEN and _is_over(tx, row, now):
            meeting_notices.withdraw(tx, row)
        due += row.deleted_at is None and row.channel == "mail" and row.state in reminding.OPEN and row.due <= now
    return due


@usecase(N_("News of a meeting taken for sending"))
def claim(tx: Tx) -> Outbound | None:
    """Takes the next mail that is due, so that no other desk sends it; None if there is none.

    The gate is asked again; whoever must not be written to any more is called or left in peace.
    """
    tx.take_turn()
    account, now = mail.of_centre(tx), tx.now()
    due = [row for row in tx.all(MeetingNotice, MeetingNotice.due <= now, MeetingNotice.channel == "mail")
           if row.state in reminding.OPEN]  # fmt: skip
    for row in sorted(due, key=lambda row: (row.due, row.id)):
        meeting = tx.find(Meeting, row.meeting_id)
        if (meeting is None and row.kind not in PLACE_NEWS) or _is_over(tx, row, now):
            meeting_notices.withdraw(tx, row)
            continue
        route = _route(tx, row, meeting, account)
        if route is None:
            continue  # whose place it is this colleague may not know: another desk sends it
        if route.channel != "mail" or route.person_id != row.person_id or account is None:
            _take_route(tx, row, meeting, route, account)
        elif (out := _taken(tx, row, meeting, route, account)) is not None:
            _take_along(tx, out, row, [one for one in due if one.id != row.id], account)
            return out
    return None


@usecase(N_("Outcome of news of a meeting noted"))
def sent(tx: Tx, notice_id: str, error: str | None = None) -> None:
    """What became of a mail that was taken: `error` None: the server has it; else a code of `MAIL_ERRORS`.

    Raises:
        NotFound.
    """
    row = tx.get(MeetingNotice, notice_id)
    for one in (row, *tx.all(MeetingNotice, MeetingNotice.with_id == row.id)):
        _outcome(tx, one, error)


def _outcome(tx: Tx, row: MeetingNotice, error: str | None) -> None:
    if row.state not in {"sending", "unsure"} or (row.state == "unsure" and error is not None):
        return  # told already: somebody calls
    meeting_notices.drop_task(tx, row)
    row.tries, row.error = row.tries + 1, error
    minutes = reminding.retry_minutes(row.tries)
    if error is None:
        row.state = "sent"
    elif error == "lost":
        _ask(tx, row, "unsure")
    elif error in reminding.FINAL or minutes is None:
        _ask(tx, row, "given_up")
    else:
        row.state, row.due, row.with_id = "failed", tx.now() + timedelta(minutes=minutes), None


def letters(tx: Tx) -> list[Letter]:
    """The letters that are to be posted now, one for the same news to the same person; the gate is asked again."""
    account, now = mail.of_centre(tx), tx.now()
    found: dict[tuple[str, str, Message], Letter] = {}
    for row in tx.all(MeetingNotice, MeetingNotice.channel == "letter"):
        meeting = tx.find(Meeting, row.meeting_id)
        if row.state not in reminding.OPEN or meeting is None or _is_over(tx, row, now):
            continue
        route = _route(tx, row, meeting, account)
        if route is not None and route.channel == "letter" and route.person_id == row.person_id:
            message = message_of(tx, row, meeting, route)
            first = found.get((row.person_id, route.value, message))
            if first is None:
                first = Letter(row.id, row.person_id, route.label, route.value, message)
            else:
                first = replace(first, others=(*first.others, row.id))
            found[row.person_id, route.value, message] = first
    return list(found.values())


def posted(tx: Tx, row: MeetingNotice) -> None:
    """A letter is on its way: it and what was to be done for it are done."""
    if row.channel != "letter" or row.state not in reminding.OPEN:
        return
    row.state, row.done_at = "done", _stamp(tx)
    task = tx.find(FollowUp, row.follow_up_id)
    if task is not None and task.state == "open":
        task.state, task.done_on = "done", tx.today()


def message_of(tx: Tx, row: MeetingNotice, meeting: Meeting, route: Route) -> Message:
    """What is written to somebody about a meeting: when and where, never of what."""
    about = centre.overview(tx)
    place = tx.session.get(Place, meeting.place_id) if meeting.place_id else None
    told = place if place is not None and place.kind != "hidden" and not place.deleted_at else None
    wanted = route.language if route.language in FAMILY_LANGUAGES else language()
    parts = (None if route.neutral else told.name, told.address, told.town) if told is not None else ()
    lines = tuple(dict.fromkeys(part for part in parts if part))
    lines = tuple(line for line in lines if not route.neutral or about.name.casefold() not in line.casefold())
    put_off, former = meeting.day is None, was(meeting)
    moment = begins(meeting) or former or datetime.combine(tx.today(), time())
    known = moment.time() != time()
    ends = moment + timedelta(minutes=meeting.minutes) if meeting.minutes and known else None
    return Message(
        moment, ends, lines, about.phone or "", "" if route.neutral else about.name,
        (route.neutral_name or "") if route.neutral else about.name, meeting.state == "cancelled", former is not None,
        wanted, meeting=True, was=former, put_off=put_off and meeting.state != "cancelled",
        restored=row.kind == "restored", whole_day=not known,
    )  # fmt: skip


def _route(tx: Tx, row: MeetingNotice, meeting: Meeting | None, account: MailAccount | None) -> Route | None:
    """How whoever is enrolled is told now: the rules of a child hold for the parent who is written to, and who may be
    told for it may be somebody else by now. None: this colleague may not know who it is."""
    enrolled = tx.find(Enrolment, row.enrolment_id)
    person = tx.find(Person, enrolled.person_id) if enrolled is not None else None
    day = (meeting.day or meeting.moved_from if meeting is not None else None) or tx.today()
    return None if person is None else route_of(tx, person, day, account)


def _taken(
    tx: Tx, row: MeetingNotice, meeting: Meeting | None, route: Route, account: MailAccount
) -> Outbound | None:  # fmt: skip
    """The mail, if the gate says yes at this very moment; None if it does not."""
    try:
        permit = outgoing.permit(tx, row.person_id, "mail", contact_id=route.contact_id)
    except RuleError:
        meeting_notices.withdraw(tx, row)
        return None
    row.state, row.contact_id, row.done_at = "sending", route.contact_id, _stamp(tx)
    message = _message(tx, row, meeting, route)
    if meeting is not None and not message.place:
        row.starts = begins(meeting)
    tx.log("send", subjects=[("person", row.person_id, "mail", []), ("meeting_notice", row.id, "mail", [])])
    sender = (account.neutral_sender if route.neutral else account.sender) or ""
    name = (route.neutral_name if route.neutral else account.sender_name) or ""
    domain = sender.rpartition("@")[2]
    return Outbound(row.id, mail.server(tx, account), sender, name, permit.value or "",
                    message, f"{(meeting or row).id}@{domain}", (meeting or row).version,
                    tx.actor.timezone)  # fmt: skip


def _take_along(
    tx: Tx, out: Outbound, row: MeetingNotice, others: Iterable[MeetingNotice], account: MailAccount
) -> None:  # fmt: skip
    """What the same mail tells to the same address goes with it: a family with two children hears it once."""
    for other in others:
        meeting = tx.find(Meeting, other.meeting_id)
        if other.meeting_id != row.meeting_id or other.initiative_id != row.initiative_id or other.deleted_at:
            continue
        route = _route(tx, other, meeting, account)
        if route is None or (route.channel, route.value, route.person_id) != ("mail", out.recipient, other.person_id):
            continue
        if _is_over(tx, other, tx.now()) or _message(tx, other, meeting, route) != out.message:
            continue
        if _taken(tx, other, meeting, route, account) is not None:
            other.with_id = row.id


def _message(tx: Tx, row: MeetingNotice, meeting: Meeting | None, route: Route) -> Message:
    if meeting is None or row.kind in PLACE_NEWS:
        return place_news.message_of(tx, row, route)
    return message_of(tx, row, meeting, route)


def _take_route(
    tx: Tx, row: MeetingNotice, meeting: Meeting | None, route: Route, account: MailAccount | None
) -> None:  # fmt: skip
    """Another way than by mail, since the contacts or their rules were changed."""
    if meeting is None or row.kind in PLACE_NEWS:
        place_news.another_way(tx, row, account)
        return
    meeting_notices.withdraw(tx, row)
    if route.channel != "none":
        meeting_notices.add(tx, meeting, row.enrolment_id, row.kind, route)


def _ask(tx: Tx, row: MeetingNotice, state: str) -> None:
    """The mail did not help: somebody calls, where that is allowed."""
    row.state, row.contact_id = state, None
    row.follow_up_id = _task_of_first(tx, row) or meeting_notices.new_task(tx, row, "call", _what(tx, row)).id


def _task_of_first(tx: Tx, row: MeetingNotice) -> str | None:
    """The call that is made instead of the mail that told this too."""
    first = tx.find(MeetingNotice, row.with_id)
    return None if first is None or first.person_id != row.person_id else first.follow_up_id


def _what(tx: Tx, row: MeetingNotice) -> str:
    if row.kind in PLACE_NEWS:
        return place_news.task_text(row)
    meeting = tx.find(Meeting, row.meeting_id)
    return meeting_notices.task_text(meeting, row.kind) if meeting else _("Tell the news of a meeting")


def _settle(tx: Tx, row: MeetingNotice) -> None:
    """What a colleague did with the follow-up is taken over; a mail that has been going out for long is in doubt."""
    task = tx.find(FollowUp, row.follow_up_id)
    if row.state in reminding.OPEN and task is not None and task.state != "open":
        row.state = "done" if task.state == "done" else "stopped"
        row.done_at = _stamp(tx)
    if row.state == "sending" and row.done_at and tx.utc - datetime.fromisoformat(row.done_at) > reminding.STUCK:
        row.error = "lost"
        _ask(tx, row, "unsure")


def _is_over(tx: Tx, row: MeetingNotice, now: datetime) -> bool:
    """Whether nobody has to hear of it any more: the meeting or the place is gone, or its day is over."""
    meeting, enrolled = tx.find(Meeting, row.meeting_id), tx.find(Enrolment, row.enrolment_id)
    if row.kind in PLACE_NEWS:
        return place_news.is_over(tx, row, enrolled) or (meeting is None and row.meeting_id is not None)
    if meeting is None:
        return row.meeting_id is not None
    if enrolled is not None and enrolled.state not in HOLDING:
        return True
    moment = begins(meeting)
    return moment is not None and datetime.combine(moment.date(), time(23, 59)) < now


def _stamp(tx: Tx) -> str:
    return tx.utc.astimezone(UTC).isoformat(timespec="seconds")
