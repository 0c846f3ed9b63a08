"""What can be wrong with a calendar file, each with its line."""

from __future__ import annotations

from typing import Any

from famdesk.domain.errors import RuleError
from famdesk.i18n import N_


class IcsError(RuleError):
    """Something of a calendar file is not taken; `line` counts from 1."""

    message = N_("Line {line}: this event cannot be read.")

    def __init__(self, line: int = 1, **params: Any) -> None:
        super().__init__("file", line=line, **params)
        self.line = line


class NotACalendar(IcsError):
    message = N_("This is not a calendar file: it has no BEGIN:VCALENDAR.")


class TooLargeFile(IcsError):
    message = N_("This file is too large for a calendar: at most {limit} MB.")


class TooManyEvents(IcsError):
    message = N_("Line {line}: a file may hold {limit} events; from here on they are left out.")


class TooManyLines(IcsError):
    message = N_("Line {line}: the file is too long; from here on nothing is taken.")


class NotClosed(IcsError):
    # Translators: END:VEVENT is the notation of the file format
    message = N_("Line {line}: the event has no end (END:VEVENT) in the file.")


class NoStart(IcsError):
    # Translators: DTSTART is the notation of the file format
    message = N_("Line {line}: the event does not say when it begins (DTSTART).")


class NotUnderstood(IcsError):
    # Translators: {name} is the notation of the file format, such as RRULE
    message = N_("Line {line}: {name} cannot be understood.")


class SaidTwice(IcsError):
    message = N_("Line {line}: {name} stands there more than once.")


class BadDates(IcsError):
    message = N_("Line {line}: the dates of this event cannot be worked out.")


class OutOfRange(IcsError):
    message = N_("Line {line}: the event lies before {first} or after {last}.")


class TooManyDates(IcsError):
    message = N_("Line {line}: the event repeats too often, more than {limit} times.")


class TooMuchWork(IcsError):
    message = N_(
        "Line {line}: with the repetitions before it, those of this event are more than one file may have. Part the "
        "file in two."
    )


class NotAnEvent(IcsError):
    # Translators: {name} is the notation of the file format, such as VTODO (a task)
    message = N_("Line {line}: {name} is no appointment.")


class LineLeftOut(IcsError):
    message = N_("Line {line} cannot be understood and is left out.")


class UnknownZone(IcsError):
    message = N_("Line {line}: the time zone {zone} is not known; the times are taken as those of the centre.")


class BadZone(IcsError):
    message = N_("Line {line}: this description of a time zone cannot be understood.")
