"""`famdesk export ics`: the calendar as a file for other programs, without names unless they are asked for."""

from __future__ import annotations

import argparse
from datetime import date, datetime, time, timedelta
from pathlib import Path

from famdesk.cli.home import chosen_home, credentials
from famdesk.cli.importing import one_of
from famdesk.i18n import _, ngettext
from famdesk.usecases import session
from famdesk.usecases.calendar import calendar_export
from famdesk.usecases.calendar.calendar_export import Scope
from famdesk.usecases.directory import directory
from famdesk.usecases.office import Office
from famdesk.usecases.programmes import programmes
from famdesk.usecases.staff import staff

BEFORE, AFTER = 90, 730
"""Days before and after today that go out unless told otherwise."""


def run(args: argparse.Namespace) -> int:
    from famdesk.exchange import ics_write

    home = chosen_home(args)
    office = session.sign_in(home, *credentials(args, home))
    try:
        scope = _scope(office, args)
        if args.names:
            entries = office.fetch(calendar_export.named, scope, reason=args.reason)
        else:
            entries = office.fetch(calendar_export.busy, scope)
    finally:
        office.close()
    from famdesk.sheets.paper.page import save

    save(ics_write.calendar(entries, zone=office.actor.timezone), Path(args.out))
    count = len(entries)
    # Translators: after an export on the command line; {file} is where it was written
    told = ngettext("{n} appointment written: {file}", "{n} appointments written: {file}", count)
    print(told.format(n=count, file=args.out))
    if args.names:
        print(_("Treat the file like a file of the archive: it holds personal data, and nothing protects it any more."))
    return 0


def _scope(office: Office, args: argparse.Namespace) -> Scope:
    today: date = office.fetch(lambda tx: tx.today())
    first = datetime.combine(args.since or today - timedelta(days=BEFORE), time())
    last = datetime.combine(args.until or today + timedelta(days=AFTER), time()) + timedelta(days=1)
    if args.staff:
        known = [(row.name, row.id) for row in office.fetch(staff.colleagues)]
        return Scope(first, last, calendar_export.STAFF, one_of(known, args.staff))
    if args.room:
        known = [(row.name, row.id) for row in office.fetch(directory.rooms)]
        return Scope(first, last, calendar_export.ROOM, one_of(known, args.room))
    if args.point:
        known = [(row.name, row.id) for row in office.fetch(directory.points)]
        return Scope(first, last, calendar_export.POINT, one_of(known, args.point))
    if args.initiative:
        known = [(row.name, row.id) for row in office.fetch(programmes.initiatives)]
        return Scope(first, last, calendar_export.INITIATIVE, one_of(known, args.initiative))
    return Scope(first, last)
