"""What a sheet of cells says: sentences for the screen reader and tooltips."""

from __future__ import annotations

from famdesk.i18n import _, ngettext
from famdesk.ui.kit.cells.model import Cell, CellItem
from famdesk.ui.kit.grid.words import state_word


def more_text(count: int) -> str:
    """In a cell: how many there are that had no room."""
    # Translators: in a cell of a month, below the appointments that fit
    return ngettext("+{count} more", "+{count} more", count).format(count=count)


def cell_sentence(cell: Cell, count: int) -> str:
    """All that a cell says."""
    # Translators: how many appointments and meetings a day holds
    held = ngettext("{count} entry", "{count} entries", count).format(count=count) if count else _("no entries")
    closed = _("closed: {reason}").format(reason=cell.closed) if cell.closed else ""
    if cell.mark and not count:
        held = _("something is booked")
    return ", ".join(part for part in (cell.spoken, closed, cell.note, held) if part)


def item_sentence(item: CellItem, cell: Cell | None) -> str:
    """All that an item says."""
    if item.accessible:
        return item.accessible
    parts = (cell.spoken if cell else "", item.time, item.title, item.text, state_word(item.state))
    return ", ".join(part for part in parts if part)


def item_tip(item: CellItem) -> tuple[str, ...]:
    """The lines of an item's tooltip."""
    lines = (item.title, item.time, item.text, state_word(item.state))
    return tuple(line for line in lines if line)


def change_sentence(old: CellItem, new: CellItem | None, cell: Cell | None) -> str:
    """What has become of an item, or ""."""
    if new is None:
        return _("{title} is no longer here").format(title=old.title)
    if (old.first, old.time) != (new.first, new.time) and cell is not None:
        where = ", ".join(part for part in (cell.spoken, new.time) if part)
        return _("{title} moved to {place}").format(title=new.title, place=where)
    if old.last != new.last:
        return _("{title}: now {times}").format(title=new.title, times=new.time)
    if old.state != new.state:
        return _("{title}: {state}").format(title=new.title, state=state_word(new.state))
    return ""
