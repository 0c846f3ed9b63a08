"""Calendar files on the disk, with the dates that an import takes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from famdesk.domain.calendar.calendar_file import CalendarFile
from famdesk.domain.progress import Progress
from famdesk.exchange import ics_read
from famdesk.exchange.ics_errors import IcsError, TooLargeFile
from famdesk.exchange.ics_lines import LARGEST
from famdesk.i18n import N_
from famdesk.usecases.calendar.calendar_exchange import limits


class NoSuchFile(IcsError):
    message = N_("The file {name} cannot be read.")


def load(path: Path, zone: str, today: date, progress: Progress | None = None) -> CalendarFile:
    """The events of a file in the wall time of a zone.

    Raises:
        NoSuchFile, NotACalendar, TooLargeFile; Stopped: by `progress`.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise TooLargeFile(limit=LARGEST // 1_000_000)
        data = path.read_bytes()
    except (OSError, ValueError):  # ValueError: a name with a NUL
        raise NoSuchFile(name=path.name) from None
    period = limits(today)
    return ics_read.read(data, zone, ics_read.Window(period.first, period.last, period.furthest), progress)
