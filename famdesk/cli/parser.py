"""The command line's grammar. Each command is a module with `run(args)`, imported only when it is used."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from datetime import date, datetime

from famdesk import __version__
from famdesk.cli.home import chosen_home, use_language
from famdesk.data.home import Home
from famdesk.data.platform import forbid_core_dumps
from famdesk.domain.errors import FamDeskError
from famdesk.i18n import _


def read(arguments: Sequence[str]) -> argparse.Namespace:
    """The command and its options; wrong usage ends the program with status 2."""
    return parser().parse_args(arguments)


def run(args: argparse.Namespace) -> tuple[int, Home | None]:
    """Runs one command: its exit status, and the home that a window is to be opened on (None: no window)."""
    try:
        forbid_core_dumps()
        use_language(chosen_home(args))
        if args.module == "demo":
            from famdesk.cli import demo

            if demo.wants_window(args):
                return 0, demo.prepare(args)
        status: int = importlib.import_module(f"famdesk.cli.{args.module}").run(args)
    except FamDeskError as error:
        print(error.sentence(), file=sys.stderr)
        return 1, None
    except BrokenPipeError:
        return 1, None
    return status, None


def parser() -> argparse.ArgumentParser:
    """The whole grammar."""
    top = argparse.ArgumentParser(prog="famdesk", description=_("The front office of a family centre."))
    top.add_argument("--version", action="version", version=f"FamDesk {__version__}")
    commands = top.add_subparsers(metavar=_("COMMAND"), required=True)
    _demo(commands)
    _init(commands)
    _print(commands)
    _export(commands)
    _import(commands)
    _questions(commands)
    _care(commands)
    _bench(commands)
    return top


Commands = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _command(commands: Commands, name: str, module: str, text: str) -> argparse.ArgumentParser:  # type: ignore[valid-type]
    command: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)  # type: ignore[attr-defined]
    command.set_defaults(module=module)
    command.add_argument("--home", metavar="DIR", help=_("folder with the data (also FAMDESK_HOME)"))
    command.add_argument("--user", metavar="NAME", help=_("who signs in"))
    command.add_argument(
        "--password-file",
        metavar="FILE",
        help=_("file with the password (also FAMDESK_PASSWORD; code of the second step: FAMDESK_CODE)"),
    )
    return command


def _demo(commands: Commands) -> None:  # type: ignore[valid-type]
    demo = _command(commands, "demo", "demo", _("open a centre with fictional families"))
    demo.add_argument("--centre", choices=("cremona", "bari"), default="cremona")
    demo.add_argument("--families", type=_count, default=24, metavar="N")
    demo.add_argument("--no-window", action="store_true", help=_("do the day's work without a window"))


def _init(commands: Commands) -> None:  # type: ignore[valid-type]
    init = _command(commands, "init", "init", _("make a new centre"))
    init.add_argument("--centre", choices=("cremona", "bari", "blank"), default="blank")
    init.add_argument("--name", metavar="TEXT", help=_("name of a blank centre"))
    init.add_argument("--admin", metavar="NAME", required=True, help=_("name of the first administrator"))
    init.add_argument("--recovery-out", metavar="FILE.pdf", help=_("where the recovery sheet is written"))


def _print(commands: Commands) -> None:  # type: ignore[valid-type]
    sheet = _command(commands, "print", "printing", _("make a sheet as PDF"))
    sheet.add_argument("sheet", choices=("opening-hours", "day-sheet", "appointment-slip", "labels", "genogram",
                                          "access-card", "call-list", "calendar", "reminder-letters",
                                          "orientation-slip", "sign-in-sheet", "leaflet", "flyer", "certificate",
                                          "feedback-form", "cycle-summary", "certificate-register", "statistics",
                                          "application-list",
                                          "application-letters"))  # fmt: skip
    sheet.add_argument("--card", metavar="ID", help=_("which access card"))
    sheet.add_argument("--blank", action="store_true", help=_("an access card to be filled in by hand"))
    sheet.add_argument("--place", action="append", default=[], metavar="TEXT", help=_("part of a place's name"))
    sheet.add_argument("--appointment", metavar="ID")
    sheet.add_argument("--person", action="append", default=[], metavar="ID", help=_("whom a label or genogram is for"))
    sheet.add_argument("--initiative", metavar="ID", help=_("labels or sign-in sheet for those enrolled"))
    sheet.add_argument("--meeting", metavar="ID", default="", help=_("sign-in sheet of this meeting, not of the next"))
    sheet.add_argument("--rows", type=int, metavar="N", help=_("blank rows of a sign-in sheet"))
    sheet.add_argument("--service", action="append", default=[], metavar="TEXT",
                       help=_("part of a service's name, up to three times"))  # fmt: skip
    sheet.add_argument("--four", action="store_true", help=_("four orientation slips on A4"))
    sheet.add_argument("--season", metavar="TEXT", default="", help=_("season of the leaflet; without it, all ahead"))
    sheet.add_argument("--date", type=_day, metavar="D", help=_("day, such as 2025-02-06"))
    sheet.add_argument("--month", type=_month, metavar="M", help=_("calendar of a month, such as 2025-02"))
    sheet.add_argument("--week", type=_day, metavar="D", help=_("calendar of the week of a day"))
    sheet.add_argument("--agenda", action="store_true", help=_("calendar as a list of four weeks"))
    sheet.add_argument("--by", choices=("days", "staff", "rooms", "points"), default="days",
                       help=_("what the columns of a day are"))  # fmt: skip
    sheet.add_argument("--staff", action="append", default=[], metavar="TEXT", help=_("part of a colleague's name"))
    sheet.add_argument("--room", action="append", default=[], metavar="TEXT", help=_("part of a room's name"))
    sheet.add_argument(
        "--names", action="store_true", help=_("calendar or sign-in sheet with names, as far as they may stand there")
    )
    sheet.add_argument("--lang", metavar="it,ar", help=_("languages, a sheet in each; it+ar: two on one sheet"))
    sheet.add_argument("--call", metavar="ID", default="", help=_("call whose applications or letters are printed"))
    sheet.add_argument("--ranked", action="store_true", help=_("applications in the order of the ranking"))
    sheet.add_argument("--pictures", action="store_true", help=_("feedback form for those who do not read"))
    sheet.add_argument("--paper", choices=("A4", "A3", "A5", "A4x4"), default="A4", help=_("A4x4: four flyers on A4"))
    sheet.add_argument("--large-print", action="store_true")
    sheet.add_argument("--out", metavar="FILE.pdf", required=True)


def _export(commands: Commands) -> None:  # type: ignore[valid-type]
    export = _command(commands, "export", "exporting", _("write people or the calendar into a file"))
    export.add_argument("what", choices=("persons", "ics"))
    export.add_argument("text", nargs="*", help=_("words to look for; without any, everybody"))
    export.add_argument("--reason", metavar="TEXT", help=_("why also what the safe-contact rule forbids is written"))
    export.add_argument("--names", action="store_true", help=_("a calendar with names, as far as they may leave"))
    export.add_argument("--staff", metavar="TEXT", help=_("part of a colleague's name"))
    export.add_argument("--room", metavar="TEXT", help=_("part of a room's name"))
    export.add_argument("--point", metavar="TEXT", help=_("part of an access point's name"))
    export.add_argument("--initiative", metavar="TEXT", help=_("part of an initiative's name"))
    export.add_argument("--since", type=_day, metavar="D", help=_("first day of the calendar"))
    export.add_argument("--until", type=_day, metavar="D", help=_("last day of the calendar"))
    export.add_argument("--out", metavar="FILE.csv|FILE.vcf|FILE.ics", required=True)


def _import(commands: Commands) -> None:  # type: ignore[valid-type]
    taken = _command(commands, "import", "importing", _("take the events of another program's calendar"))
    taken.add_argument("file", metavar="FILE")
    taken.add_argument("--as", dest="form", choices=("ics",), required=True)
    taken.add_argument("--dry-run", action="store_true", help=_("only say what would be done"))
    taken.add_argument("--kind", choices=("other", "absence"), default="other")
    taken.add_argument("--staff", metavar="TEXT", help=_("part of the name of the colleague whose they are"))
    taken.add_argument("--room", metavar="TEXT", help=_("part of a room's name"))
    taken.add_argument("--point", metavar="TEXT", help=_("part of an access point's name"))
    taken.add_argument("--reason", metavar="TEXT", help=_("why also what overlaps is taken"))
    _command(commands, "publish", "publishing", _("write the published calendars anew"))


def _questions(commands: Commands) -> None:  # type: ignore[valid-type]
    opened = _command(commands, "open", "opening", _("what is open now, and what opens next"))
    opened.add_argument("--at", type=_moment, metavar="T", help=_("local time, such as 2025-02-06T17:30"))
    opened.add_argument("--json", action="store_true")
    search = _command(commands, "search", "searching", _("find people, services, places and initiatives"))
    search.add_argument("text", nargs="+")
    search.add_argument("--json", action="store_true")


def _care(commands: Commands) -> None:  # type: ignore[valid-type]
    backup = _command(commands, "backup", "backup", _("write an encrypted backup"))
    backup.add_argument("file", metavar="FILE")
    restore = _command(commands, "restore", "restore", _("bring a backup back into an empty folder"))
    restore.add_argument("file", metavar="FILE")
    restore.add_argument("--recovery-file", metavar="FILE", help=_("file with the recovery code instead of a password"))
    _command(commands, "verify", "verify", _("check database, keys and journal"))
    remind = _command(commands, "remind", "reminding", _("how the reminders of appointments stand"))
    remind.add_argument("--send", action="store_true", help=_("send the mails that are due"))


def _bench(commands: Commands) -> None:  # type: ignore[valid-type]
    bench = _command(commands, "bench", "bench", _("measure the budgets on this computer"))
    bench.add_argument("--people", type=_count, default=1000, metavar="N")
    bench.add_argument("--json", action="store_true")
    keep = _("make a centre with the invented people in a new folder, and measure nothing")
    bench.add_argument("--keep", metavar="FOLDER", help=keep)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is not None:
        raise ValueError
    return moment.replace(second=0, microsecond=0)


def _month(text: str) -> date:
    return date.fromisoformat(f"{text}-01")


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError
    return number
