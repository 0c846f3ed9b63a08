"""`famdesk demo`: a centre with invented families; without a window the day's main job on the command line."""

from __future__ import annotations

import argparse
import os
import platform
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from famdesk import resources
from famdesk.cli.home import demo_home, home_at
from famdesk.data.home import Home
from famdesk.domain.errors import RuleError
from famdesk.i18n import N_, _, formats, set_language
from famdesk.usecases.demo.demo_accounts import DEMO_LOGIN, DEMO_PASSWORD

if TYPE_CHECKING:
    from famdesk.usecases.office import Office


class NothingFree(RuleError):
    message = N_("No free time was found in the next weeks.")


class NotADemo(RuleError):
    message = N_("The data in this folder are real; a demo needs a folder of its own (--home).")


def prepare(args: argparse.Namespace) -> Home:
    """The demo's home, made if it is not there yet.

    Raises:
        NotADemo: the folder has real data.
    """
    home = home_at(args.home) if args.home else demo_home(args.centre)
    if home.exists():
        if not home.settings().demo:
            raise NotADemo("home")
        set_language(home.settings().language)
        return home
    print(_("Making the demo centre in {folder} …").format(folder=home.folder), flush=True)
    from famdesk.exchange.profiles import read_profile
    from famdesk.usecases.demo import demo

    demo.make(home, read_profile(resources.path(f"centres/{args.centre}.toml")), args.families)
    return home


def wants_window(args: argparse.Namespace) -> bool:
    """Whether a window can and should be opened."""
    return not args.no_window and has_display()


def has_display() -> bool:
    """Whether there is a screen to open a window on."""
    named = any(os.environ.get(name) for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"))
    return named or os.name == "nt" or platform.system() == "Darwin"


def run(args: argparse.Namespace) -> int:
    """The main job without a window: log an access, book an appointment, print the poster and the day sheet."""
    if not args.no_window and not has_display():
        print(_("There is no display, so the window stays closed; this is the day's work without it."))
    home = prepare(args)
    from famdesk.usecases import session

    office = session.sign_in(home, DEMO_LOGIN, DEMO_PASSWORD)
    try:
        return _work(office, home.folder / "fogli")
    finally:
        office.close()


def _work(office: Office, folder: Path) -> int:
    from famdesk.usecases.calendar import calendar
    from famdesk.usecases.intake import intake
    from famdesk.usecases.staff import staff

    office.run(intake.log_contact, channel="door", need="nursery", age_band="0-3")
    print(_("Logged an access at the door."))
    colleague = next(row for row in office.fetch(staff.colleagues) if row.role == "social_worker")
    now = datetime.now().replace(minute=0, second=0, microsecond=0)
    length = timedelta(minutes=45)
    starts = office.fetch(calendar.next_free, now, now + length, colleague.id)
    if starts is None:
        raise NothingFree
    _book(office, starts, starts + length, colleague.id)
    print(_("Booked a first interview: {when}.").format(when=formats.moment(starts)))
    return _print(office, folder, starts.date())


def _book(office: Office, starts: datetime, ends: datetime, staff_id: str) -> None:
    """Books a first interview with somebody who may have one: minors need signatures first."""
    from famdesk.usecases.calendar import calendar
    from famdesk.usecases.consent.consents import ConsentMissing
    from famdesk.usecases.people import people

    for person_id in (*(hit.id for hit in office.fetch(people.find_persons, "prova")), None):
        try:
            office.run(calendar.book, starts=starts, ends=ends, kind="first_interview", function="A",
                       person_id=person_id, staff_id=staff_id)  # fmt: skip
        except ConsentMissing:
            continue
        return


def _print(office: Office, folder: Path, day: date) -> int:
    from famdesk.sheets.calendar import day_sheet
    from famdesk.sheets.collecting import collect
    from famdesk.sheets.hours import opening_hours
    from famdesk.sheets.paper.look import looking
    from famdesk.sheets.paper.page import save
    from famdesk.usecases.centre import looks

    folder.mkdir(parents=True, exist_ok=True)
    with looking(office.fetch(looks.look).look()):
        save(opening_hours.render(office.fetch(collect.poster)), folder / "opening-hours.pdf")
        save(day_sheet.render(office.fetch(collect.day, day)), folder / "day-sheet.pdf")
    print(_("Printed the opening-hours poster and the day sheet into {folder}").format(folder=folder))
    return 0
