"""What mails and letters about an appointment say: when, where, whom to call; never why, with whom, or whose it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

from famdesk.domain.programmes.meetings import OFFERED
from famdesk.i18n import _, formats
from famdesk.usecases.post.reminder_rows import Message


def subject(message: Message) -> str:
    """A few words that anybody may read."""
    if message.place:
        # Translators: subject of a mail: a place in a course is free, or given; it does not say in what
        return _("News about a place")
    if message.meeting:
        return _("Meeting cancelled") if message.cancelled else _("News of the meeting")
    return _("Appointment cancelled") if message.cancelled else _("Reminder")


def body(message: Message) -> str:
    """The text, in the current language."""
    return "\n\n".join(paragraphs(message)) + "\n"


def paragraphs(message: Message) -> Iterator[str]:
    """The parts of the text, also for a letter, in the current language."""
    yield _("Good morning,")
    if message.place:
        yield from _of_place(message)
        return
    when = _when(message.starts, message.whole_day)
    if message.meeting:
        yield _of_meeting(message, when)
    elif message.cancelled:
        yield _("the appointment of {when} will not take place.").format(when=when)
    elif message.changed:
        yield _("your appointment has been moved:") + "\n" + when
    else:
        yield _("we remind you of your appointment:") + "\n" + when
    if message.lines and not (message.cancelled or message.put_off):
        yield "\n".join(message.lines)
    if message.phone:
        yield _call(message).format(phone=message.phone)
    if message.signed:
        yield message.signed


def _of_place(message: Message) -> Iterator[str]:
    """That there is a place, or will be for whoever says yes in time; in what, is not told."""
    if message.place == OFFERED:
        until = _when(message.starts, whole_day=False)
        yield _("a place that you asked for has become free. We are keeping it for you until:") + "\n" + until
        yield _("Please tell us by then whether you want it. After that it goes to the next person on the list.")
    else:
        yield _("the place that you asked for is yours.")
    if message.phone:
        yield _("Please call {phone}.").format(phone=message.phone) if message.place == OFFERED else (
            _("For questions please call {phone}.").format(phone=message.phone))  # fmt: skip
    if message.signed:
        yield message.signed


def _of_meeting(message: Message, when: str) -> str:
    """What became of a meeting of an initiative; its name is not told."""
    if message.put_off:
        text = _("the meeting of {when} has been postponed. We will tell you the new day.")
        return text.format(when=when)
    if message.cancelled:
        return _("the meeting of {when} will not take place.").format(when=when)
    if message.restored:
        return _("the meeting takes place after all:") + "\n" + when
    if message.was is None:
        return _("something has changed about the meeting:") + "\n" + when
    before = _when(message.was, message.was.time() == time())
    return _("the meeting of {before} has been moved:").format(before=before) + "\n" + when


def _call(message: Message) -> str:
    if message.meeting:
        return _("For questions please call {phone}.")
    return _("For another time please call {phone}.") if message.cancelled else _(
        "If you cannot come, please call {phone}.")  # fmt: skip


def _when(moment: datetime, whole_day: bool) -> str:
    if whole_day:
        return formats.date_full(moment)
    return _("{day} at {time}").format(day=formats.date_full(moment), time=formats.time_text(moment.time()))
