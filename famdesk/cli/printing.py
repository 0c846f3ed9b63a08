"""`famdesk print SHEET`: the sheets as PDF files."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from famdesk.cli.home import chosen_home, credentials
from famdesk.domain.calendar import periods
from famdesk.domain.errors import RuleError
from famdesk.i18n import FAMILY_LANGUAGES, N_, _, language, using
from famdesk.sheets.calendar.calendar_wish import CalendarWish
from famdesk.sheets.offer import IN_TWO
from famdesk.sheets.papers import PaperWish
from famdesk.usecases import session
from famdesk.usecases.office import Office
from famdesk.usecases.post import prints

T = TypeVar("T")


class NoSuchLanguage(RuleError):
    message = N_("Sheets can be had in these languages: {known}.")


class OneLanguageOnly(RuleError):
    message = N_("Two languages on one sheet, as in {example}, can be had for: {known}.")


class WhichAppointment(RuleError):
    message = N_("Say which appointment: --appointment ID.")


class WhichCard(RuleError):
    message = N_("Say which card: --card ID, or --blank.")


class WhichPerson(RuleError):
    message = N_("Say whose genogram: --person ID.")


class NoSuchPaper(RuleError):
    message = N_("This sheet can be had on A4 or A3; flyers on A5 and four on A4 as well.")


def run(args: argparse.Namespace) -> int:
    from famdesk.sheets.paper.look import looking
    from famdesk.sheets.paper.page import together
    from famdesk.usecases.centre import looks

    home = chosen_home(args)
    wanted = wanted_languages(args.lang or language(), args.sheet)
    if args.sheet == "appointment-slip" and not args.appointment:
        raise WhichAppointment("appointment")
    if args.sheet == "access-card" and not (args.card or args.blank):
        raise WhichCard("card")
    if args.sheet != "flyer" and args.paper not in {"A4", "A3"}:
        raise NoSuchPaper("paper")
    if args.sheet == "genogram" and not args.person:
        raise WhichPerson("person")
    office = session.sign_in(home, *credentials(args, home))
    try:
        with looking(office.fetch(looks.look).look()):
            noting = _Noting(office)
            data = together(partial(_in_language, noting, args, *pair) for pair in wanted)
        noting.saved()
    finally:
        office.close()
    from famdesk.sheets.paper.page import save

    save(data, Path(args.out))
    print(_("Written: {file}").format(file=args.out))
    return 0


class _Noting:
    """An office that keeps in mind which sheets with people on them were made, for the print register."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._marks: tuple[str, ...] = ()

    def fetch(self, query: Callable[..., T], /, *args: Any, **kwargs: Any) -> T:
        def both(tx: Any) -> tuple[T, tuple[str, ...]]:
            return query(tx, *args, **kwargs), prints.marks(tx)

        content, marks = self._office.fetch(both)
        self._marks += marks
        return content

    def saved(self) -> None:
        """Notes that they become a file; before there is one."""
        if self._marks:
            self._office.fetch(prints.done, self._marks, prints.SAVED)


def wanted_languages(text: str, sheet: str) -> tuple[tuple[str, str], ...]:
    """The language of each sheet that is made, with the second on the same sheet or "": from "it,ar" or "it+ar".

    Raises:
        NoSuchLanguage, OneLanguageOnly.
    """
    pairs = []
    for part in text.split(","):
        first, plus, also = part.strip().partition("+")
        if first not in FAMILY_LANGUAGES or (plus and (also not in FAMILY_LANGUAGES or also == first)):
            raise NoSuchLanguage("lang", known=", ".join(FAMILY_LANGUAGES))
        if also and sheet not in IN_TWO:
            raise OneLanguageOnly("lang", example=part.strip(), known=", ".join(sorted(IN_TWO)))
        pairs.append((first, also))
    return tuple(pairs)


def _in_language(office: _Noting, args: argparse.Namespace, first: str, also: str) -> bytes:
    from famdesk.sheets.paper.style import large_print

    with using(first), large_print(args.large_print):
        return rendered(office, args, also)


def rendered(office: _Noting, args: argparse.Namespace, also: str = "") -> bytes:
    """The sheet that was asked for, in the current language and a second one, "" for none."""
    from famdesk.sheets import papers
    from famdesk.sheets.calendar import appointment_slip, calendar_sheet, day_sheet
    from famdesk.sheets.collecting import collect, collect_calendar, collect_intake
    from famdesk.sheets.hours import opening_hours
    from famdesk.sheets.paper.page import Paper
    from famdesk.sheets.people import access_card, call_list, genogram
    from famdesk.sheets.post import labels

    if args.sheet == "day-sheet":
        return day_sheet.render(office.fetch(collect.day, args.date))
    if args.sheet == "appointment-slip":
        return appointment_slip.render(*office.fetch(collect.slip, args.appointment, also=also))
    if args.sheet == "genogram":
        return genogram.render(office.fetch(collect.genogram, args.person[0], args.date), args.paper)
    if args.sheet == "labels":
        return labels.render(office.fetch(collect.labels, args.person, args.initiative))
    if args.sheet == "access-card":
        asked = collect_intake.blank_card if args.blank else partial(collect_intake.filled_card, card_id=args.card)
        return access_card.render(office.fetch(asked))
    if args.sheet == "reminder-letters":
        from famdesk.sheets.collecting import collect_reminders
        from famdesk.sheets.post import reminder_letters

        return reminder_letters.render(office.fetch(collect_reminders.letters))
    if args.sheet == "call-list":
        return call_list.render(office.fetch(collect_intake.calls_of_today))
    if args.sheet in papers.KEYS:
        paper = replace(paper_wish(args), also=also)
        return papers.make(args.sheet, paper, office.fetch(papers.gather, args.sheet, paper))
    if args.sheet == "calendar":
        wish = office.fetch(collect_calendar.chosen, calendar_wish(args), args.staff, args.room, args.place)
        return calendar_sheet.render(office.fetch(collect_calendar.calendar, wish), lying=wish.lying,
                                     hidden=wish.hidden())  # fmt: skip
    options = opening_hours.PosterOptions(Paper[args.paper], args.large_print)
    return opening_hours.render(office.fetch(collect.poster, args.place, args.date, also=also), options)


def paper_wish(args: argparse.Namespace) -> PaperWish:
    """Which services, meeting or season."""
    return PaperWish(tuple(args.service), args.four, args.initiative or "", args.meeting, args.names,
                     args.rows and max(args.rows, 0), args.large_print, args.season, args.paper, (), args.pictures,
                     args.call, args.ranked)  # fmt: skip


def calendar_wish(args: argparse.Namespace) -> CalendarWish:
    """A month (of this month, if nothing is said), a week, a day, or the list of four weeks from a day on."""
    if args.week:
        return CalendarWish(periods.WEEK, args.week, names=args.names)
    if args.agenda:
        return CalendarWish(periods.LIST, args.date, names=args.names)
    if args.date and not args.month:
        return CalendarWish(periods.DAY, args.date, by=args.by, names=args.names)
    return CalendarWish(periods.MONTH, args.month, names=args.names)
