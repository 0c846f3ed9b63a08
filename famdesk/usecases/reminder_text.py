"""What mails and letters about an appointment say: when, where, whom to call; never why, with whom, or whose it is."""

from __future__ import annotations

from collections.abc import Iterator

from famdesk.i18n import _, formats
from famdesk.usecases.reminder_rows import Message


def subject(message: Message) -> str:
    """A few words that anybody may read."""
    return _("Appointment cancelled") if message.cancelled else _("Reminder")


def body(message: Message) -> str:
    """The text, in the current language."""
    return "\n\n".join(paragraphs(message)) + "\n"


def paragraphs(message: Message) -> Iterator[str]:
    """The parts of the text, also for a letter, in the current language."""
    yield _("Good morning,")
    when = _("{day} at {time}").format(
        day=formats.date_full(message.starts), time=formats.time_text(message.starts.time())
    )
    if message.cancelled:
        yield _("the appointment of {when} does not take place.").format(when=when)
    elif message.changed:
        yield _("your appointment has another time now:") + "\n" + when
    else:
        yield _("we remind you of your appointment:") + "\n" + when
    if message.lines and not message.cancelled:
        yield "\n".join(message.lines)
    if message.phone:
        asks = _("For another time please call {phone}.") if message.cancelled else _(
            "If you cannot come, please call {phone}.")  # fmt: skip
        yield asks.format(phone=message.phone)
    if message.signed:
        yield message.signed
