"""The register of certificates of a year on paper: number, day, to whom, for what, for how long.

Whoever may not be named on paper stands in it with the number alone: the register has no gaps.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from famdesk.data.tx import Tx
from famdesk.i18n import _, formats, ngettext
from famdesk.sheets.names import sheet_name
from famdesk.sheets.paper.columns import Column, Row, TableSheet, build
from famdesk.sheets.paper.naming import naming
from famdesk.sheets.programmes.certificate import hours_text
from famdesk.usecases.centre import centre
from famdesk.usecases.post import outgoing, prints
from famdesk.usecases.programmes import certificates


@dataclass(frozen=True, slots=True)
class Entered:
    """A line of the register; `name` "" where nobody may be named."""

    number: int
    issued_on: date
    name: str
    initiative: str
    minutes: int
    meetings: int


@dataclass(frozen=True, slots=True)
class CertificateRegister:
    """The certificates of a year by their number; `printed` stands at the foot."""

    centre: str
    year: int
    rows: tuple[Entered, ...]
    printed: datetime | None = None


def collect(tx: Tx, year: int | None = None) -> CertificateRegister:
    """The register of a year (None: this one); that it is printed is noted.

    Raises:
        Forbidden.
    """
    wanted = year or tx.today().year
    rows = certificates.register(tx, wanted)
    known = outgoing.masked(tx, [row.person_id for row in rows], "paper")
    prints.note(tx, "certificate-register", [("certificate", row.id) for row in rows if row.person_id in known])
    entered = [
        Entered(row.number, row.issued_on, known[row.person_id].label if row.person_id in known else "",
                row.initiative, row.minutes, row.meetings)
        for row in rows
    ]  # fmt: skip
    return CertificateRegister(centre.overview(tx).name, wanted, tuple(entered), tx.now())


@naming
def render(content: CertificateRegister) -> bytes:
    """The register as PDF (A4) in the current language, made to be kept.

    Raises:
        DoesNotFit: a text is too long for its column.
        NotInFont: a character cannot be printed.
    """
    heads = (
        Column(_("No."), 0.7), Column(_("Issued on"), 1.5), Column(_("Name"), 2.6, named=True),
        Column(_("Initiative"), 3.2), Column(_("Presence"), 1.9),
    )  # fmt: skip
    sheet = TableSheet(
        _("{title} {year}").format(title=sheet_name("certificate-register"), year=content.year), (content.centre,),
        heads, tuple(_row(one) for one in content.rows), _("No certificate was issued in this year."),
        content.printed, warning=_("Contains personal data: keep it under lock."),
    )  # fmt: skip
    return build(sheet, sheet_name("certificate-register"), archived=True)


def _row(one: Entered) -> Row:
    # Translators: in a list, instead of the name of somebody who may not be named on paper
    name = one.name or _("not named")
    meetings = ngettext("{n} meeting", "{n} meetings", one.meetings).format(n=formats.number(one.meetings))
    presence = hours_text(one.minutes) if one.minutes else meetings
    return Row((formats.number(one.number), formats.date_num(one.issued_on), name, one.initiative, presence))
