"""How the queries of emergency access, of who read what and of unfinished work are asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from famdesk.usecases import readings
from famdesk.usecases.people import emergency
from famdesk.usecases.staff import supervision
from tests.support.scenarios import Call, call

ASKED: dict[str, Callable[[Any], Call]] = {
    emergency.answer.name: lambda known: call(emergency.answer, known.person),
    emergency.mine.name: lambda known: call(emergency.mine),
    emergency.of_person.name: lambda known: call(emergency.of_person, known.person),
    readings.of_file.name: lambda known: call(readings.of_file, known.person),
    readings.of_note.name: lambda known: call(readings.of_note, known.note),
    readings.journal.name: lambda known: call(readings.journal, readings.JournalFilter()),
    readings.readers.name: lambda known: call(readings.readers),
    supervision.centre.name: lambda known: call(supervision.centre),
    supervision.mine.name: lambda known: call(supervision.mine),
}
BY_ID = {emergency.of_person.name, readings.of_file.name, readings.of_note.name}
OF_AUTHOR = {readings.of_note.name}
"""What only the author of the note is told."""
