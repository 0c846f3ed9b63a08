"""Samples of the sheets of paths: the agenda of a team meeting, and the record of destroyed notes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

from famdesk.sheets.people import case_agenda
from famdesk.sheets.registers import destruction_record
from famdesk.usecases.paths.case_agenda import AgendaContent, CaseMeetingRow, CaseRow
from famdesk.usecases.paths.retention_due import Destroyed, RecordContent

CENTRE = "Hug – Centro per le Famiglie"
QUESTION = "Come accompagnare il passaggio alla scuola primaria, e con chi? "


def _agenda(count: int) -> bytes:
    cases = tuple(
        CaseRow(str(n), 1, str(n), f"P-{n + 1:04d}", "mediation", "s", "Silvia Conti", QUESTION * (n % 3 + 1), 25,
                "Si prosegue con un incontro di rete." if n % 2 else "")
        for n in range(count)
    )  # fmt: skip
    meeting = CaseMeetingRow("m", 1, date(2025, 2, 13), time(9, 30) if count else None, "stanza 2", "s", "Silvia Conti",
                             cases)  # fmt: skip
    return case_agenda.render(AgendaContent(CENTRE, meeting))


def _record(count: int, *, server: bool = False) -> bytes:
    kinds = ("signed", "draft", "working")
    notes = tuple(
        Destroyed(n + 1 if n % 3 == 0 else None, date(2015, 5, 1 + n % 28), kinds[n % 3], "0123456789abcdef" * 4, 2, 5)
        for n in range(count)
    )
    content = RecordContent(
        CENTRE, 3, 2025, "" if server else "P-0042", date(2021, 3, 7), date(2025, 1, 14), date(2025, 2, 11),
        None if server else date(2025, 2, 11), server, 5, notes, date(2025, 2, 10),
    )  # fmt: skip
    return destruction_record.render(content)


PATHS: dict[str, Callable[[], bytes]] = {
    "case_agenda": lambda: _agenda(5),
    "case_agenda empty": lambda: _agenda(0),
    "destruction_record": lambda: _record(4),
    "destruction_record long": lambda: _record(60, server=True),
}
