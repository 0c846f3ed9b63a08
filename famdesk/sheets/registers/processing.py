"""The register of processing on paper (GDPR art. 30): an entry after the other, its fields in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from famdesk.domain import codes
from famdesk.domain.consent.processing import ROLES
from famdesk.i18n import _, formats
from famdesk.sheets.paper.fields import field_blocks, gap, heading
from famdesk.sheets.paper.layout import Section
from famdesk.sheets.paper.naming import naming
from famdesk.sheets.paper.style import enlarged
from famdesk.sheets.paper.titled import Titled, titled
from famdesk.usecases.centre.processing import EntryRow


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
    made = _("{centre}, as it is on {day}. Article 30 of the General Data Protection Regulation.").format(
        centre=content.centre, day=formats.date_long(content.made_on)
    )
    return titled(Titled(_("Register of processing"), made), [_section(row) for row in content.entries])


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
