"""What the settings show of a look while it is chosen: the poster of the centre, and a letter to nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from famdesk.data.tx import Tx
from famdesk.domain.errors import RuleError
from famdesk.domain.post.looks import Look
from famdesk.i18n import _, using
from famdesk.sheets.collecting import collect
from famdesk.sheets.hours.opening_hours import OpeningHours
from famdesk.sheets.paper import letterhead
from famdesk.sheets.paper.look import looking
from famdesk.sheets.paper.page import Paper
from famdesk.sheets.post.reminder_letters import LetterSheet
from famdesk.usecases.centre import centre
from famdesk.usecases.directory import directory
from famdesk.usecases.post.reminder_rows import Letter, Message

POSTER, LETTER = "poster", "letter"


@dataclass(frozen=True, slots=True)
class LookSamples:
    """Sheets in which a look can be seen, in the language of the centre."""

    poster: OpeningHours
    letter: LetterSheet
    language: str


def samples(tx: Tx) -> LookSamples:
    """The opening hours as they are, and a reminder to a person that does not exist."""
    about = centre.overview(tx)
    with using(about.language):
        return LookSamples(collect.poster(tx), _letter(tx, about), about.language)


def _letter(tx: Tx, about: centre.CentreRow) -> LetterSheet:
    point = next((one for one in directory.points(tx) if one.address), None)
    street = ", ".join(part for part in (point.address, point.town) if part) if point else ""
    starts = datetime.combine(tx.today() + timedelta(days=7), time(17))
    lines = tuple(part for part in (point.place or point.name, point.address, point.town) if part) if point else ()
    message = Message(starts, starts + timedelta(hours=1), lines, about.phone or "", centre=about.name,
                      signed=about.name, cancelled=False, changed=False, language=about.language)  # fmt: skip
    # Translators: the name of a person that does not exist, on a letter that only shows how letters look
    letter = Letter("", "", _("Mary Example"), _("1 Example Street, 00000 Town"), message)
    return LetterSheet((letter,), tx.today(), street)


def check(look: Look) -> None:
    """Whether header and footer can be printed.

    Raises:
        DoesNotFit, NotInFont: with the field of the form.
    """
    for field, part in (("header", letterhead.header), ("footer", letterhead.footer)):
        try:
            with looking(look):
                part(_NARROW)
        except RuleError as problem:
            problem.field = field
            raise


_NARROW = Paper.A5.width - 60
"""The narrowest room in which header and footer must find their place."""


def draw(content: LookSamples, sheet: str, look: Look) -> bytes:
    """The PDF of one of them in a look.

    Raises:
        DoesNotFit, NotInFont, BadPicture: something of the look cannot be printed.
    """
    from famdesk.sheets.hours import opening_hours
    from famdesk.sheets.post import reminder_letters

    with using(content.language), looking(look):
        return reminder_letters.render(content.letter) if sheet == LETTER else opening_hours.render(content.poster)
