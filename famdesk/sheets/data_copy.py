"""The copy of a person's data on paper: every entry with its fields in words (GDPR art. 15)."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext

from famdesk.i18n import _, formats
from famdesk.sheets import layout, letterhead
from famdesk.sheets.fields import field_blocks, gap, heading
from famdesk.sheets.layout import Section
from famdesk.sheets.naming import naming
from famdesk.sheets.page import Folio, Painter, Paper, Pen, build
from famdesk.sheets.style import MARGIN, SMALL, TITLE, enlarged
from famdesk.sheets.text import Lines, wrap
from famdesk.usecases.data_copy import DataCopy

_ROOM = Paper.A4.width - 2 * MARGIN
_HEAD, _FOOT = 112.0, 56.0


@naming
@enlarged(1.0)
def render(content: DataCopy) -> bytes:
    """The copy as PDF (A4) in the current language.

    Raises:
        DoesNotFit: the name of the person or the centre is too long.
        NotInFont: a character cannot be printed.
    """
    sections = [_section(part.title, part.entries) for part in content.parts]
    if content.opened:
        days = tuple(((formats.date_num(day), role),) for day, role in content.opened)
        sections.append(_section(_("Who has opened the file"), days))
    header, footer = letterhead.header(_ROOM), letterhead.footer(_ROOM)
    around = _head(*_titles(content)) + _FOOT + footer.height
    bodies = layout.flow(sections, lambda page: Paper.A4.height - around - (header.height if page == 1 else 0))
    return build([_painter(content, body) for body in bodies], Paper.A4, _("Copy of the data"), archived=True)


def _section(title: str, entries: Sequence[Sequence[tuple[str, str]]]) -> Section:
    rows = [block for entry in entries for block in (*field_blocks(entry), gap())]
    again = _("{title}, continued").format(title=title)
    return Section(heading(title), heading(again, again=True), tuple(rows))


def _titles(content: DataCopy) -> tuple[Lines, Lines]:
    """What it is, and of whom."""
    made = _("Made on {day} for {name}, by {centre}. Article 15 of the General Data Protection Regulation.").format(
        day=formats.date_long(content.made_on), name=content.label, centre=content.centre
    )
    return wrap(_("Copy of the data"), TITLE, _ROOM), wrap(made, SMALL.scaled(1.1), _ROOM)


def _head(title: Lines, whom: Lines) -> float:
    """Where the text begins below the title, on every page."""
    return max(_HEAD, 34 + title.height + whom.height + 14)


def _painter(content: DataCopy, body: layout.Page) -> Painter:
    title, whom = _titles(content)
    note = _("Names of other persons are left out.")

    header, footer = letterhead.header(_ROOM), letterhead.footer(_ROOM)

    def paint(pen: Pen, folio: Folio) -> None:
        top = 34 + (header.height if folio.number == 1 else 0)
        if folio.number == 1:
            header.paint(pen, MARGIN, 30)
        with pen.aside() if folio.number > 1 else nullcontext():
            pen.lines(title, MARGIN, top)
            pen.lines(whom, MARGIN, top + title.height + 2)
        layout.paint(body, pen, top + _head(title, whom) - 34)
        y = pen.height - _FOOT - footer.height + 14
        with pen.aside() if folio.number < folio.total else nullcontext():
            pen.line(note, SMALL, MARGIN, y, room=_ROOM * 0.6)
            footer.paint(pen, MARGIN, y + SMALL.line + 2)
        with pen.aside():
            pen.line(folio.sentence(), SMALL, MARGIN + _ROOM, y, room=_ROOM * 0.35, align="right")

    return paint
