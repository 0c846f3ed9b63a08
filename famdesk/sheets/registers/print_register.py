"""The print register on paper: which sheets with people on them left, by whom, when, how and what for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from famdesk.i18n import _, formats, ngettext
from famdesk.sheets.names import how_words, sheet_name
from famdesk.sheets.paper.columns import Column, Row, TableSheet, build
from famdesk.sheets.paper.naming import naming
from famdesk.usecases.post.prints import MOST, PrintRow, Register

_SHARES: Final = (16.0, 18.0, 25.0, 41.0)
"""Of the width, by column."""


@dataclass(frozen=True, slots=True)
class PrintRegister:
    """What is printed: the centre, the moment of local wall time, and the lines."""

    centre: str
    at: datetime
    register: Register


@naming
def render(content: PrintRegister) -> bytes:
    """The register as PDF (A4) in the current language; it is kept, so it is made for archives.

    Raises:
        DoesNotFit: a text is too long for its column.
        NotInFont: a character cannot be printed.
    """
    found = content.register
    period = _("{centre}, from {first} to {last}.").format(
        centre=content.centre, first=formats.date_long(found.first), last=formats.date_long(found.last)
    )
    told = [period, "" if found.whole else _("Only one’s own sheets.")]
    if found.more:
        told.append(_("Only the newest {n} lines: a shorter period shows the others.").format(n=formats.number(MOST)))
    # Translators: heads of the columns of the print register
    heads = (_("When"), _("Who"), _("Sheet"), _("About whom and what for"))
    table = TableSheet(
        title=sheet_name("print-register"),
        told=(" ".join(part for part in told if part),),
        columns=tuple(
            Column(head, share, named=place == 2)
            for place, (head, share) in enumerate(zip(heads, _SHARES, strict=True))
        ),
        rows=tuple(_row(row) for row in found.rows),
        nothing=_("No sheet with people on it left in this time."),
        printed=content.at,
        warning=_("Contains personal data: keep it under lock."),
    )
    return build(table, table.title, archived=True)


def _row(row: PrintRow) -> Row:
    purpose = "\n" + _("Purpose: {purpose}").format(purpose=row.purpose) if row.purpose else ""
    return Row((formats.moment(row.at), row.by, f"{sheet_name(row.sheet)}\n{_sheet(row)}", about_words(row) + purpose))


def _sheet(row: PrintRow) -> str:
    """What became of it, and how often."""
    if row.copies < 2:
        return how_words(row.how)
    copies = ngettext("{n} copy", "{n} copies", row.copies).format(n=formats.number(row.copies))
    return f"{how_words(row.how)}, {copies}"


def about_words(row: PrintRow) -> str:
    """Whom a sheet is about, as far as the reader may know it."""
    if not row.others:
        return ", ".join(row.people)
    if not row.people:
        return ngettext("{n} person", "{n} people", row.others).format(n=formats.number(row.others))
    others = ngettext("and {n} more", "and {n} more", row.others).format(n=formats.number(row.others))
    return f"{', '.join(row.people)} {others}"
