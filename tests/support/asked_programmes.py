"""How the queries of initiatives and meetings are asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from famdesk.usecases.centre import statistics
from famdesk.usecases.programmes import initiative_copies, meeting_dates, meeting_notices, programmes
from famdesk.usecases.programmes.programmes_rows import MeetingValues
from tests.support.scenarios import Call, call

DAY, FIRST, LAST = date(2025, 2, 11), date(2025, 1, 1), date(2025, 12, 31)
WEEKLY = meeting_dates.weekly(DAY, 1, 3)

ASKED: dict[str, Callable[[Any], Call]] = {
    programmes.initiative.name: lambda known: call(programmes.initiative, known.initiative),
    programmes.initiatives.name: lambda known: call(programmes.initiatives),
    programmes.moved_away.name: lambda known: call(programmes.moved_away, DAY),
    programmes.meetings.name: lambda known: call(programmes.meetings, FIRST, LAST),
    programmes.participants.name: lambda known: call(programmes.participants, known.initiative),
    meeting_dates.look.name: lambda known: call(meeting_dates.look, MeetingValues(DAY, time(17), place_id=known.place)),
    meeting_dates.by_rule.name: lambda known: call(
        meeting_dates.by_rule, WEEKLY, datetime.combine(DAY, time(17)), MeetingValues()
    ),
    meeting_dates.of_dates.name: lambda known: call(meeting_dates.of_dates, ()),
    meeting_notices.reachable.name: lambda known: call(meeting_notices.reachable, known.meeting),
    meeting_notices.of_initiative.name: lambda known: call(meeting_notices.of_initiative, known.initiative),
    initiative_copies.templates.name: lambda known: call(initiative_copies.templates),
    statistics.accesses.name: lambda known: call(statistics.accesses, 2025),
}
BY_ID = {programmes.initiative.name, meeting_notices.reachable.name}
