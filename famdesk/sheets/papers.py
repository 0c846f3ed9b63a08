"""The sheets around services and initiatives, by their keys: what is wanted of them, what they say, their PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from famdesk.data.tx import Tx

ORIENTATION, SIGN_IN, LEAFLET = "orientation-slip", "sign-in-sheet", "leaflet"
KEYS = (ORIENTATION, SIGN_IN, LEAFLET)


@dataclass(frozen=True, slots=True)
class PaperWish:
    """What is wanted. Of the orientation slip: `services` (ids or parts of names, at most three) and `four` on A4.

    Of the sign-in sheet: the initiative and its meeting ("": the next), with `names` or without, `blank` rows. Of the
    leaflet: the `season` as the centre calls it ("": all that is ahead).
    """

    services: tuple[str, ...] = ()
    four: bool = False
    initiative_id: str = ""
    meeting_id: str = ""
    names: bool = False
    blank: int = 6
    large_print: bool = False
    season: str = ""


def gather(tx: Tx, sheet: str, wish: PaperWish) -> Any:
    """What the sheet of that key says.

    Raises:
        RuleError: nothing is chosen, or nothing is there; NotFound, Forbidden.
    """
    from famdesk.sheets import collect_programmes, collect_services

    if sheet == ORIENTATION:
        return collect_services.orientation(tx, wish.services)
    if sheet == SIGN_IN:
        return collect_programmes.sign_in(tx, wish.initiative_id, wish.meeting_id, names=wish.names)
    return collect_programmes.leaflet(tx, wish.season)


def make(sheet: str, wish: PaperWish, content: Any) -> bytes:
    """The PDF in the current language.

    Raises:
        DoesNotFit, NotInFont: a text cannot be printed, said before anything is.
    """
    from famdesk.sheets import leaflet, orientation, sign_in_sheet

    if sheet == ORIENTATION:
        return orientation.render(content, orientation.OrientationOptions(wish.four))
    if sheet == SIGN_IN:
        return sign_in_sheet.render(content, sign_in_sheet.SignInOptions(wish.blank, wish.large_print))
    return leaflet.render(content)
