"""From chosen options to a PDF: read the data on the database worker, then render in the pool."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from famdesk.domain.staff import rights
from famdesk.i18n import FAMILY_LANGUAGES, language, ngettext, using
from famdesk.sheets.calendar.calendar_wish import CalendarWish
from famdesk.sheets.papers import PaperWish
from famdesk.usecases.calendar import calendar_board
from famdesk.usecases.calls import applications
from famdesk.usecases.centre import statistics
from famdesk.usecases.post import outgoing, sheet_mails
from famdesk.usecases.programmes import certificates, feedback, programmes


@dataclass(frozen=True, slots=True)
class Wish:
    """A sheet as it is wanted. `places` are ids of access points; empty: all. `day` None: today. `also`: a second
    language, "" for none.

    Of labels: `people` are ids, beside those enrolled in the initiative; `used` labels of the first sheet are gone;
    `label_form`: which sheet of labels;
    `sender`: with street and town, without a name. `card_id`: the access card; "" for a blank one. `calendar`: which
    part of the calendar. `paper_wish`: which services, meeting or season.
    """

    sheet: str
    language: str
    places: tuple[str, ...] = ()
    paper: str = "A4"
    large_print: bool = False
    day: date | None = None
    appointment_id: str = ""
    people: tuple[str, ...] = ()
    initiative_id: str | None = None
    used: int = 0
    label_form: str = ""
    sender: bool = False
    card_id: str = ""
    calendar: CalendarWish | None = None
    also: str = ""
    paper_wish: PaperWish | None = None


def own_language(tx: Any, appointment_id: str) -> str:
    """The language in which the family of an appointment gets its slip: the person's own, if sheets can be had in it.

    Raises:
        NotFound.
    """
    from famdesk.sheets.collecting import collect

    found = collect.slip_language(tx, appointment_id)
    return found if found in FAMILY_LANGUAGES else language()


def offered(sheet: str, role: str, appointment_id: str) -> bool:
    """Whether a sheet can be chosen: the slip once there is an appointment, labels and calls by who reaches people."""
    if sheet in {"labels", "call-list", "reminder-letters"}:
        return bool(rights.cell(outgoing.masked.name, role))
    asked = {
        "sign-in-sheet": programmes.participants.name, "certificate": certificates.of_initiative.name,
        "feedback-form": feedback.feedback.name, "cycle-summary": feedback.feedback.name,
        "statistics": statistics.accesses.name, "certificate-register": certificates.register.name,
        "application-list": applications.received.name, "application-letters": applications.received.name,
    }  # fmt: skip
    if sheet in asked:
        return bool(rights.cell(asked[sheet], role))
    if sheet == "calendar":
        return bool(rights.cell(calendar_board.board_around.name, role))
    return sheet != "appointment-slip" or bool(appointment_id)


def is_public(sheet: str, marks: tuple[str, ...]) -> bool:
    """Whether a sheet may go to bodies of the directory: nobody stands on it, and it is made for others."""
    return sheet in sheet_mails.PUBLIC and not marks


def left_out_words(sheet: str, count: int) -> str:
    """How many people get no label or certificate; never who."""
    if sheet == "certificate":
        told = ngettext(
            "{n} person gets no certificate: the name must not stand on paper, or the privacy notice is not signed.",
            "{n} people get no certificate: the name must not stand on paper, or the privacy notice is not signed.",
            count,
        )
        return told.format(n=count)
    told = ngettext(
        "{n} person gets no label: no address is known, or it must not be used.",
        "{n} people get no label: no address is known, or it must not be used.",
        count,
    )
    return told.format(n=count)


def gather(tx: Any, wish: Wish) -> Any:
    """What the sheet says; runs as a query, in the language of the sheet."""
    from famdesk.sheets import papers
    from famdesk.sheets.collecting import collect, collect_calendar, collect_intake, collect_reminders
    from famdesk.sheets.post.labels import USUAL

    with using(wish.language):
        if wish.sheet == "day-sheet":
            return collect.day(tx, wish.day)
        if wish.sheet == "appointment-slip":
            return collect.slip(tx, wish.appointment_id, also=wish.also)
        if wish.sheet == "labels":
            return collect.labels(tx, wish.people, wish.initiative_id, used=wish.used, sender=wish.sender,
                                  form=wish.label_form or USUAL)  # fmt: skip
        if wish.sheet == "access-card":
            return collect_intake.filled_card(tx, wish.card_id) if wish.card_id else collect_intake.blank_card(tx)
        if wish.sheet == "call-list":
            return collect_intake.calls_of_today(tx)
        if wish.sheet == "reminder-letters":
            return collect_reminders.letters(tx)
        if wish.paper_wish is not None:
            return papers.gather(tx, wish.sheet, wish.paper_wish)
        if wish.calendar is not None:
            return collect_calendar.calendar(tx, wish.calendar)
        return collect.poster(tx, wish.places, wish.day, also=wish.also)


def render(content: Any, wish: Wish) -> bytes:
    """The PDF; runs beside the database worker.

    Raises:
        DoesNotFit, NotInFont: a text cannot be printed, said before anything is.
    """
    from famdesk.sheets import papers
    from famdesk.sheets.calendar import appointment_slip, calendar_sheet, day_sheet
    from famdesk.sheets.hours import opening_hours
    from famdesk.sheets.paper.page import Paper
    from famdesk.sheets.paper.style import large_print
    from famdesk.sheets.people import access_card, call_list
    from famdesk.sheets.post import labels, reminder_letters

    with using(wish.language), large_print(wish.large_print):
        if wish.sheet == "day-sheet":
            return day_sheet.render(content)
        if wish.sheet == "appointment-slip":
            return appointment_slip.render(*content)
        if wish.sheet == "labels":
            return labels.render(content)
        if wish.sheet == "access-card":
            return access_card.render(content)
        if wish.sheet == "call-list":
            return call_list.render(content)
        if wish.sheet == "reminder-letters":
            return reminder_letters.render(content)
        if wish.paper_wish is not None:
            return papers.make(wish.sheet, wish.paper_wish, content)
        if wish.calendar is not None:
            return calendar_sheet.render(content, lying=wish.calendar.lying, hidden=wish.calendar.hidden())
        return opening_hours.render(content, opening_hours.PosterOptions(Paper[wish.paper], wish.large_print))
