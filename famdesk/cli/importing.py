"""`famdesk import FILE --as ics`: events of another program's calendar, looked at (`--dry-run`) or taken."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from famdesk.cli.home import chosen_home, credentials
from famdesk.domain.errors import RuleError
from famdesk.i18n import N_, _, ngettext
from famdesk.usecases import session
from famdesk.usecases.calendar import calendar_exchange
from famdesk.usecases.calendar.calendar_exchange import Found
from famdesk.usecases.calendar.calendar_exchange_rows import Target
from famdesk.usecases.directory import directory
from famdesk.usecases.office import Office
from famdesk.usecases.staff import staff


class NobodyOfThatName(RuleError):
    message = N_("There is not exactly one whose name has “{text}” in it.")


def run(args: argparse.Namespace) -> int:
    from famdesk.exchange import ics_files

    home = chosen_home(args)
    office = session.sign_in(home, *credentials(args, home))
    try:
        today = office.fetch(lambda tx: tx.today())
        file = ics_files.load(Path(args.file), office.actor.timezone, today)
        target = Target(args.kind, *_subjects(office, args))
        if args.dry_run:
            show(office.fetch(calendar_exchange.look, file, target))
            return 0
        show(office.run(calendar_exchange.take, file, target, reason=args.reason))
    finally:
        office.close()
    return 0


def _subjects(office: Office, args: argparse.Namespace) -> tuple[str | None, str | None, str | None]:
    """The ids of colleague, room and access point."""
    people = [(row.name, row.id) for row in office.fetch(staff.colleagues)] if args.staff else []
    rooms = [(row.name, row.id) for row in office.fetch(directory.rooms)] if args.room else []
    points = [(row.name, row.id) for row in office.fetch(directory.points)] if args.point else []
    return one_of(people, args.staff), one_of(rooms, args.room), one_of(points, args.point)


def one_of(known: Sequence[tuple[str, str]], text: str | None) -> str | None:
    """The id of the only one with a text in its name; None without a text.

    Raises:
        NobodyOfThatName.
    """
    if not text:
        return None
    found = [one for name, one in known if text.casefold() in name.casefold()]
    exact = [one for name, one in known if text.casefold() == name.casefold()]
    if len(exact or found) != 1:
        raise NobodyOfThatName("name", text=text)
    return (exact or found)[0]


def show(found: Found) -> None:
    """Prints the report: what was refused or has remarks by line, then the numbers."""
    for row in found.rows:
        if row.why:
            print(row.why)
        for taken in row.taken:
            print(_("Line {line}: {what}").format(line=row.line, what=taken))
    new, changed, same, refused = (found.count(what) for what in ("new", "changed", "same", "refused"))
    print(ngettext("{n} new event", "{n} new events", new).format(n=new))
    print(ngettext("{n} changed event", "{n} changed events", changed).format(n=changed))
    print(ngettext("{n} event as before", "{n} events as before", same).format(n=same))
    print(ngettext("{n} event not taken", "{n} events not taken", refused).format(n=refused))
    if found.conflicts:
        count = found.conflicts
        told = ngettext("{n} date is taken already", "{n} dates are taken already",
                        count)  # fmt: skip
        print(told.format(n=count))
