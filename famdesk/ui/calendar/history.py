"""Who did what to an appointment, and when."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from famdesk.domain import codes
from famdesk.i18n import N_, _, formats
from famdesk.ui.kit.lines import Line
from famdesk.usecases.journal import HistoryRow

_FIELDS = {
    "starts": N_("Start"),
    "ends": N_("End"),
    "kind": N_("Kind"),
    "function": N_("Function"),
    "label": N_("Text in the calendar"),
    "state": N_("State"),
    "cancelled_by": N_("Cancelled"),
    "reason": N_("Reason"),
    "overlap_reason": N_("Reason for the overlap"),
}
_TABLES = {
    "kind": codes.APPOINTMENT_KINDS,
    "state": codes.APPOINTMENT_STATES,
    "cancelled_by": codes.CANCELLED_BY,
}
_LINKS = {
    "person_id": N_("Person"),
    "staff_id": N_("Colleague"),
    "room_id": N_("Room"),
    "access_point_id": N_("Access point"),
    "path_id": N_("Path of care"),
}


def lines(rows: Sequence[HistoryRow], name_of: Callable[[str, str], str]) -> list[Line]:
    """One line per step, the newest first. `name_of(column, id)` names what a column points to, "" if unknown."""
    return [_line(row, name_of, first=number == len(rows) - 1) for number, row in enumerate(rows)]


def _line(row: HistoryRow, name_of: Callable[[str, str], str], *, first: bool) -> Line:
    changes = [] if first else list(_changes(row, name_of))
    if row.reason and not any(name == "overlap_reason" for name, _before, _after in row.fields):
        changes.append(_("Reason: {reason}").format(reason=row.reason))
    return Line(str(row.seq), row.label, detail=" · ".join([_who(row), *changes]))


def _who(row: HistoryRow) -> str:
    # Translators: who changed something and when
    return _("{by}, {at}").format(by=row.by, at=formats.moment(row.at))


def _changes(row: HistoryRow, name_of: Callable[[str, str], str]) -> Iterator[str]:
    for column, before, after in row.fields:
        if column in _LINKS:
            name = _(_LINKS[column])
            old, new = (name_of(column, one) if one else "" for one in (before, after))
            if column == "path_id" and not (old or new):  # one of which one may not know
                continue
        elif column in _FIELDS:
            name = _(_FIELDS[column])
            old, new = (_word(column, one) for one in (before, after))
        else:
            continue
        yield _("{field}: {before} → {after}").format(field=name, before=old or "–", after=new or "–")


def _word(column: str, value: str | None) -> str:
    return codes.label(_TABLES[column], value) if column in _TABLES else value or ""
