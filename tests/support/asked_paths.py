"""How the queries of paths, holds, retention and the team's talks are asked, and what is there to be told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import select

from famdesk.data.tables.notes import Path
from famdesk.data.tables.paths import CaseMeeting, Destruction
from famdesk.data.tx import Tx
from famdesk.domain.errors import NotFound
from famdesk.usecases.office import Office
from famdesk.usecases.paths import case_agenda, holds, paths, retention, retention_due
from tests.support.scenarios import Call, call


def _of_first(kind: Any, action: Any) -> Callable[[Any], Call]:
    """Asked of the record that was made first, or of none where there is none."""

    def ask(tx: Tx) -> object:
        found = tx.rows(select(kind.id).order_by(kind.id).limit(1))
        return action(tx, found[0].id if found else "00000000-0000-7000-8000-000000000000")

    return lambda _known: ask


def _if_there(kind: Any, action: Any) -> Callable[[Any], Call]:
    """The same; that there is none is no fault."""

    def ask(tx: Tx) -> object:
        try:
            return _of_first(kind, action)(None)(tx)
        except NotFound:
            return None

    return lambda _known: ask


ASKED: dict[str, Callable[[Any], Call]] = {
    paths.of_person.name: lambda known: call(paths.of_person, known.person),
    paths.open_paths.name: lambda known: call(paths.open_paths, mine=False),
    paths.path.name: _of_first(Path, paths.path),
    paths.by_code.name: lambda known: call(paths.by_code, "P-0001"),
    paths.choices.name: lambda known: call(paths.choices, (known.person,)),
    paths.appointments.name: _of_first(Path, paths.appointments),
    holds.of_person.name: lambda known: call(holds.of_person, known.person),
    holds.lasting.name: lambda known: call(holds.lasting),
    retention.rule.name: lambda known: call(retention.rule),
    retention_due.due.name: lambda known: call(retention_due.due),
    retention_due.january.name: lambda known: call(retention_due.january),
    retention_due.register.name: lambda known: call(retention_due.register),
    retention_due.record.name: _if_there(Destruction, retention_due.record),
    case_agenda.meetings.name: lambda known: call(case_agenda.meetings),
    case_agenda.meeting.name: _of_first(CaseMeeting, case_agenda.meeting),
    case_agenda.sheet.name: _of_first(CaseMeeting, case_agenda.sheet),
}
BY_ID = {paths.of_person.name, paths.path.name, paths.by_code.name, paths.appointments.name, holds.of_person.name,
         case_agenda.meeting.name, case_agenda.sheet.name}  # fmt: skip


def planted(office: Office, person: str, hidden: str, word: str) -> None:
    """A path of each of them, under a hold and on an agenda; what is written of the hidden one holds the word."""
    meeting = office.run(case_agenda.add_meeting, day=date(2025, 2, 12))
    for one, said in ((person, "qualcosa"), (hidden, word)):
        path = office.run(paths.open_path, "support", [one])
        office.run(holds.set_hold, said, path_id=path)
        office.run(holds.set_hold, said, person_id=one)
        code = office.fetch(paths.path, path).code
        case = office.run(case_agenda.add_case, meeting, code=code, question=f"di {said}?")
        office.run(case_agenda.change_case, case, 1, question=f"di {said}?", minutes=10,
                   staff_id=office.actor.staff_id, outcome=said)  # fmt: skip
