"""`famdesk open`: what is open now, what opens next, whose hours are not known."""

from __future__ import annotations

import argparse
import json
from datetime import datetime

from famdesk.cli.home import chosen_home, credentials
from famdesk.i18n import _, formats
from famdesk.usecases import session
from famdesk.usecases.directory import directory
from famdesk.usecases.directory.directory_rows import OpenNow


def run(args: argparse.Namespace) -> int:
    home = chosen_home(args)
    office = session.sign_in(home, *credentials(args, home))
    try:
        found = office.fetch(directory.open_now, args.at)
    finally:
        office.close()
    if args.json:
        print(json.dumps(as_json(found), ensure_ascii=False, indent=1))
    else:
        print("\n".join(as_text(found)))
    return 0


def as_json(found: OpenNow) -> dict[str, object]:
    """The document of `famdesk open --json`: local times, ISO."""
    return {
        "at": _iso(found.at),
        "open": [{"access_point": point.access_point, "until": _iso(point.until)} for point in found.open],
        "next": [{"access_point": point.access_point, "opens": _iso(point.opens)} for point in found.next],
        "unknown": list(found.unknown),
    }


def as_text(found: OpenNow) -> list[str]:
    """The same in sentences."""
    lines = [
        _("{point}: open until {time}").format(point=point.access_point, time=formats.time_text(point.until.time()))
        for point in found.open
    ]
    lines += [
        _("{point}: closed, opens {moment}").format(point=point.access_point, moment=formats.moment(point.opens))
        for point in found.next
    ]
    return lines + [_("{point}: on contact").format(point=name) for name in found.unknown]


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
