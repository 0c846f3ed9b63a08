"""The register of processing on paper (GDPR art. 30): an entry after the other, its fields in words."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date

from famdesk.domain import codes
from famdesk.domain.processing import ROLES
from famdesk.i18n import _, formats
from famdesk.sheets import layout, letterhead
from famdesk.sheets.fields import field_blocks, gap, heading
from famdesk.sheets.layout import Section
from famdesk.sheets.naming import naming
from famdesk.sheets.page import Folio, Painter, Paper, Pen, build
from famdesk.sheets.style import MARGIN, SMALL, TITLE, enlarged
from famdesk.sheets.text import Lines, wrap
from famdesk.usecases.processing import EntryRow

_ROOM = Paper.A4.width - 2 * MARGIN
_HEAD, _FOOT = 104.0, 56.0


@dataclass(frozen=True, slots=True)
class Register:
    """What is printed: the centre, the day, the entries."""

    centre: str
    made_on: date
    entries: Sequence[EntryRow]


@naming
@enlarged(1.0)
def render(content: Register) -> bytes:
    """The register as PDF (A4) in the current language.

    Raises:
        DoesNotFit: the name of the centre is too long.
        NotInFont: a character cannot be printed.
    """
    header, footer = letterhead.header(_ROOM), letterhead.footer(_ROOM)
    around = _head(*_titles(content)) + _FOOT + footer.height
    sections = [_section(row) for row in content.entries]
    bodies = layout.flow(sections, lambda page: Paper.A4.height - around - (header.height if page == 1 else 0))
    return build([_painter(content, body) for body in bodies], Paper.A4, _("Register of processing"), archived=True)


def words(row: EntryRow) -> tuple[tuple[str, str], ...]:
    """The fields of an entry that say something, each with what it is."""
    fields = (
        (_("Role of the centre"), codes.label(ROLES, row.role)), (_("Purpose"), row.purpose),
        (_("Legal basis"), row.basis), (_("Whose data"), row.subjects), (_("Which data"), row.data),
        (_("Who gets them"), row.recipients), (_("How long they are kept"), row.retention),
        (_("Safety measures"), row.measures), (_("Impact assessment"), row.assessment),
    )  # fmt: skip
    return tuple((name, value) for name, value in fields if value)


def _section(row: EntryRow) -> Section:
    again = _("{title}, continued").format(title=row.name)
    return Section(heading(row.name), heading(again, again=True), (*field_blocks(words(row)), gap()))


def _titles(content: Register) -> tuple[Lines, Lines]:
    """What it is, and whose."""
    made = _("{centre}, as it is on {day}. Article 30 of the General Data Protection Regulation.").format(
        centre=content.centre, day=formats.date_long(content.made_on)
    )
    return wrap(_("Register of processing"), TITLE, _ROOM), wrap(made, SMALL.scaled(1.1), _ROOM)


def _head(title: Lines, whose: Lines) -> float:
    """Where the text begins below the title, on every page."""
    return max(_HEAD, 34 + title.height + whose.height + 14)


def _painter(content: Register, body: layout.Page) -> Painter:
    title, whose = _titles(content)

    header, footer = letterhead.header(_ROOM), letterhead.footer(_ROOM)

    def paint(pen: Pen, folio: Folio) -> None:
        top = 34 + (header.height if folio.number == 1 else 0)
        if folio.number == 1:
            header.paint(pen, MARGIN, 30)
        with pen.aside() if folio.number > 1 else nullcontext():
            pen.lines(title, MARGIN, top)
            pen.lines(whose, MARGIN, top + title.height + 2)
        layout.paint(body, pen, top + _head(title, whose) - 34)
        y = pen.height - _FOOT - footer.height + 14
        with pen.aside():
            pen.line(folio.sentence(), SMALL, MARGIN + _ROOM, y, room=_ROOM * 0.35, align="right")
        with pen.aside() if folio.number < folio.total else nullcontext():
            footer.paint(pen, MARGIN, y + SMALL.line + 2)

    return paint
