"""The copy of a person's data on paper: every entry with its fields in words (GDPR art. 15)."""

from __future__ import annotations

from collections.abc import Sequence

from famdesk.i18n import _, formats
from famdesk.sheets.paper.fields import field_blocks, gap, heading
from famdesk.sheets.paper.layout import Section
from famdesk.sheets.paper.naming import naming
from famdesk.sheets.paper.style import enlarged
from famdesk.sheets.paper.titled import Titled, titled
from famdesk.usecases.people.data_copy import DataCopy


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
    made = _("Made on {day} for {name}, by {centre}. Article 15 of the General Data Protection Regulation.").format(
        day=formats.date_long(content.made_on), name=content.label, centre=content.centre
    )
    return titled(Titled(_("Copy of the data"), made, _("Names of other persons are left out.")), sections)


def _section(title: str, entries: Sequence[Sequence[tuple[str, str]]]) -> Section:
    rows = [block for entry in entries for block in (*field_blocks(entry), gap())]
    again = _("{title}, continued").format(title=title)
    return Section(heading(title), heading(again, again=True), tuple(rows))
