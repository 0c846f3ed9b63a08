"""The sheets around services and initiatives, by their keys: what is wanted of them, what they say, their PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from famdesk.data.tx import Tx

ORIENTATION, SIGN_IN, LEAFLET, FLYER = "orientation-slip", "sign-in-sheet", "leaflet", "flyer"
CERTIFICATE, FEEDBACK, SUMMARY = "certificate", "feedback-form", "cycle-summary"
APPLICATIONS, OUTCOMES = "application-list", "application-letters"
STATISTICS, REGISTER = "statistics", "certificate-register"
KEYS = (ORIENTATION, SIGN_IN, LEAFLET, FLYER, CERTIFICATE, FEEDBACK, SUMMARY, APPLICATIONS, OUTCOMES, STATISTICS,
        REGISTER)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PaperWish:
    """What is wanted. Of the orientation slip: `services` (ids or parts of names, at most three) and `four` on A4.

    Of the sign-in sheet: the initiative and its meeting ("": the next), with `names` or without, `blank` rows (None: as
    many as on the screen). Of the
    leaflet: the `season` as the centre calls it ("": all that is ahead). Of the flyer: the initiative and the `paper`.

    Of certificates: their `ids`, or all of the initiative. Of the feedback form: the initiative, the meeting or "", and
    whether it is that in `pictures`. Of applications: the call, whether they are `ranked`, with names or numbers only.
    Of statistics and the register of certificates: the `year` (None: this one). `also`: a second language of
    certificates and of letters about a call, "" for none.
    """

    services: tuple[str, ...] = ()
    four: bool = False
    initiative_id: str = ""
    meeting_id: str = ""
    names: bool = False
    blank: int | None = None
    large_print: bool = False
    season: str = ""
    paper: str = "A4"
    ids: tuple[str, ...] = ()
    pictures: bool = False
    call_id: str = ""
    ranked: bool = False
    year: int | None = None
    also: str = ""


def gather(tx: Tx, sheet: str, wish: PaperWish) -> Any:
    """What the sheet of that key says.

    Raises:
        RuleError: nothing is chosen, or nothing is there; NotFound, Forbidden.
    """
    from famdesk.sheets.collecting import collect_after, collect_calls, collect_programmes, collect_services
    from famdesk.sheets.programmes import certificate_register
    from famdesk.sheets.registers import statistics

    makers: dict[str, Callable[[], Any]] = {
        FLYER: lambda: collect_after.flyer(tx, wish.initiative_id),
        CERTIFICATE: lambda: collect_after.issued(tx, wish.initiative_id, wish.ids, also=wish.also),
        FEEDBACK: lambda: collect_after.form(tx, wish.initiative_id, wish.meeting_id, pictures=wish.pictures),
        SUMMARY: lambda: collect_after.summary(tx, wish.initiative_id),
        APPLICATIONS: lambda: collect_calls.applied(tx, wish.call_id, ranked=wish.ranked, names=wish.names),
        OUTCOMES: lambda: collect_calls.letters(tx, wish.call_id, also=wish.also),
        STATISTICS: lambda: statistics.collect(tx, wish.year),
        REGISTER: lambda: certificate_register.collect(tx, wish.year),
    }
    if sheet in makers:
        return makers[sheet]()
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
    from famdesk.sheets.hours import orientation
    from famdesk.sheets.programmes import (
        application_letters,
        application_list,
        certificate,
        certificate_register,
        cycle_summary,
        feedback_form,
        flyer,
        leaflet,
        sign_in_sheet,
    )
    from famdesk.sheets.registers import statistics

    makers: dict[str, Callable[[Any], bytes]] = {
        CERTIFICATE: certificate.render, FEEDBACK: feedback_form.render, SUMMARY: cycle_summary.render,
        APPLICATIONS: application_list.render, OUTCOMES: application_letters.render,
        STATISTICS: statistics.render, REGISTER: certificate_register.render,
    }  # fmt: skip
    if sheet in makers:
        return makers[sheet](content)
    if sheet == FLYER:
        return flyer.render(content, wish.paper)
    if sheet == ORIENTATION:
        return orientation.render(content, orientation.OrientationOptions(wish.four))
    if sheet == SIGN_IN:
        return sign_in_sheet.render(content, sign_in_sheet.SignInOptions(wish.blank, wish.large_print))
    return leaflet.render(content)
