"""What the page of notes says, prepared from rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Final

from famdesk.domain.codes import label
from famdesk.domain.errors import NotFound
from famdesk.domain.notes.notes import NOTE_KINDS, OUT_KINDS
from famdesk.i18n import _, formats, ngettext
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.lines import Line
from famdesk.usecases.notes import notes
from famdesk.usecases.notes.note_rows import Chain, NoteRow

MOST_NAMED: Final = 4
"""Of a larger group the first ones are named."""

_OUT = frozenset(one.code for one in OUT_KINDS)


def lines(rows: Sequence[NoteRow], today: date, places: Callable[[str], int] | None = None) -> list[Line]:
    """One's own notes: what is to be signed first, then month by month; at the end those received from others.

    `places`: in a search, how often the words stand in what a note says.
    """
    drafts = [row for row in rows if row.state == "draft" and row.mine]
    found: list[Line] = []
    if drafts:
        found.append(Line("drafts", _("To be signed"), header=True))
        found += [_line(row, today, places) for row in drafts]
    month = None
    for row in (row for row in rows if row.state != "draft" and row.mine):
        if (row.day.year, row.day.month) != month:
            month = (row.day.year, row.day.month)
            found.append(Line(f"month-{row.day:%Y-%m}", formats.month_year(row.day), header=True))
        found.append(_line(row, today, places))
    author = None
    for row in (row for row in rows if not row.mine):
        if row.author_id != author:
            author = row.author_id
            title = _("Notes received from {name}").format(name=row.author)
            found.append(Line(f"from-{author}", title, header=True))
        found.append(_line(row, today, places))
    return found


def received(row: NoteRow) -> str:
    """From whom one has a note that one did not write."""
    # Translators: {name} is a colleague who wrote session notes and handed them over
    return _("Received from {name}").format(name=row.author)


def people(row: NoteRow) -> str:
    """Whom a note is about, in words."""
    named = [one or _("a protected file") for one in row.people]
    if len(named) > MOST_NAMED:  # a group: who was there is chosen from above the text
        return _("{names} and {n} more").format(names=", ".join(named[: MOST_NAMED - 1]), n=len(named) - MOST_NAMED + 1)
    if named:
        return formats.list_text(named)
    return _("Working note") if row.private else _("Nobody is named")


def heading(row: NoteRow) -> str:
    """When and what kind of session."""
    kind = addendum(row) or label(NOTE_KINDS, row.kind)
    when = formats.date_full(row.day)
    if row.starts is not None:
        when = _("{day}, {time}").format(day=when, time=formats.time_text(row.starts))
    if row.minutes is not None:
        return _("{kind} · {when} · {minutes} minutes").format(kind=kind, when=when, minutes=row.minutes)
    return _("{kind} · {when}").format(kind=kind, when=when)


def addendum(row: NoteRow) -> str:
    """To which note an addendum belongs; "" for a note."""
    return _("Addendum to note {number}").format(number=row.first) if row.addendum_to else ""


def state(row: NoteRow) -> tuple[str, Meaning]:
    """The badge of a note."""
    if row.state == "destroyed":
        return _("destroyed"), Meaning.CLOSED
    if row.state == "signed":
        return _("signed"), Meaning.OPEN
    return _("draft"), Meaning.WARNING


def signed_line(row: NoteRow) -> str:
    """When it was signed, and as which of the author's notes."""
    if not row.mine:
        return _("{received}. It can be read and not be changed.").format(received=received(row))
    if row.signed_at is None:
        return ""
    moment = formats.moment(row.signed_at)
    if not takes_addenda(row):
        return _("Signed on {moment} as number {number}.").format(moment=moment, number=row.number)
    return _("Signed on {moment} as number {number}. What comes to mind later goes into an addendum.").format(
        moment=moment, number=row.number
    )


def takes_addenda(row: NoteRow) -> bool:
    """Whether something can be added to it: to one's own signed notes of sessions, not to what was given out."""
    return row.mine and row.state == "signed" and row.addendum_to is None and row.kind not in _OUT


def chain(found: Chain) -> str:
    """The sentence about the chain of one's signed notes, "" before the first."""
    if found.since is None:
        return ""
    if found.broken is not None:
        return _("Note {number} is not as it was signed").format(number=found.broken)
    told = ngettext("{n} signed note, intact since {day}", "{n} signed notes, intact since {day}", found.count)
    return told.format(n=found.count, day=formats.date_num(found.since))


def saved(at: datetime) -> str:
    """That the draft is safe."""
    return _("Saved at {time}").format(time=f"{at:%H:%M:%S}")


def _line(row: NoteRow, today: date, places: Callable[[str], int] | None = None) -> Line:
    text, meaning = state(row)
    quiet = row.state == "signed"
    kind = addendum(row) or label(NOTE_KINDS, row.kind)
    when = formats.date_short(row.day) if row.day.year == today.year else formats.date_num(row.day)
    detail = _("{kind} · {when}").format(kind=kind, when=when.replace(" ", "\u00a0"))  # a date is not torn apart
    often = places(row.id) if places is not None else 0
    if often:
        told = ngettext("{n} time in the text", "{n} times in the text", often).format(n=often)
        detail = _("{detail} · {found}").format(detail=detail, found=told)
    return Line(row.id, people(row), detail=detail,
                icon="lock" if quiet else "notebook-pen", badge="" if quiet else text,
                meaning=None if quiet else meaning)  # fmt: skip


def parted(why: Exception) -> str:
    """That what was typed here is a draft of its own now, and why."""
    if isinstance(why, notes.SignedAlready):
        return _(
            "This note was signed at another desk. What you typed here is now the draft of an addendum: compare the "
            "two before you go on."
        )
    if isinstance(why, NotFound):
        return _("This note was thrown away at another desk. What you typed here is now a draft of its own.")
    return _(
        "This note was also written at another desk. What you typed here is now a draft of its own: compare the two, "
        "and throw away the one that you do not need."
    )


def state_of_draft() -> tuple[str, Meaning]:
    """The badge of what is not signed."""
    return _("draft"), Meaning.WARNING


def moment_of(row: NoteRow) -> str:
    """When a note was signed, or the day of its session."""
    return formats.moment(row.signed_at) if row.signed_at else formats.date_num(row.day)
