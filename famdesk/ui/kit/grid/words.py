"""What the grid says and writes by itself: times, states, sentences for the screen reader."""

from __future__ import annotations

from datetime import time

from famdesk.i18n import N_, _
from famdesk.i18n.formats import time_range, time_text
from famdesk.ui.kit.grid.model import DAY, BoxState, GridBand, GridBox, GridColumn, Span

_STATES: dict[BoxState, str] = {
    # Translators: states of an appointment, written in its box
    "planned": N_("planned"),
    "confirmed": N_("confirmed"),
    "arrived": N_("arrived"),
    "done": N_("done"),
    "no_show": N_("did not come"),
    "cancelled": N_("cancelled"),
    # Translators: a date that was taken out of its series
    "skipped": N_("left out"),
}


def clock(minute: int) -> str:
    """Minutes of the day as people write them; 1440 is "24:00"."""
    return "24:00" if minute >= DAY else time_text(_time(minute))


def between(start: int, end: int) -> str:
    """ "17:00–18:30"."""
    return time_range(_time(start), _time(end))


def state_word(state: BoxState) -> str:
    """The state in a word."""
    return _(_STATES[state])


def column_name(column: GridColumn) -> str:
    """The column's whole name."""
    return column.spoken or " ".join(part for part in (column.title, column.subtitle) if part)


def box_sentence(box: GridBox, column: GridColumn | None) -> str:
    """All that a box says, for a screen reader."""
    if box.accessible:
        return box.accessible
    where = "" if column is None else column_name(column)
    parts = [where, between(box.start_minute, box.end_minute), box.title, box.text, state_word(box.state)]
    return ", ".join(part for part in parts if part)


def box_tip(box: GridBox) -> tuple[str, ...]:
    """The lines of a box's tooltip."""
    lines = (box.title, between(box.start_minute, box.end_minute), box.text, state_word(box.state))
    return tuple(line for line in lines if line)


def slot_sentence(column: GridColumn, span: Span, bands: tuple[GridBand, ...]) -> str:
    """What stands at an empty place: day, time and what is open or closed there."""
    times = between(span.start, span.end)
    words = ", ".join(band.words() for band in bands)
    if any(band.kind == "closed" for band in bands):
        return _("{column}, {times}, closed: {reason}").format(column=column_name(column), times=times, reason=words)
    if words:
        return _("{column}, {times}, free, {places}").format(column=column_name(column), times=times, places=words)
    return _("{column}, {times}, free").format(column=column_name(column), times=times)


def change_sentence(old: GridBox, new: GridBox | None, column: GridColumn | None) -> str:
    """What has become of a box, or "" if nothing that its reader must hear."""
    if new is None:
        return _("{title} is no longer here").format(title=old.title)
    times = between(new.start_minute, new.end_minute)
    if column is not None and (old.column, old.start_minute) != (new.column, new.start_minute):
        return _("{title} moved to {column}, {times}").format(title=new.title, column=column_name(column), times=times)
    if old.end_minute != new.end_minute:
        return _("{title}: now {times}").format(title=new.title, times=times)
    if old.state != new.state:
        # Translators: {state} is "arrived", "cancelled" …
        return _("{title}: {state}").format(title=new.title, state=state_word(new.state))
    return ""


def _time(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)
