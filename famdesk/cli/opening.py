"""`famdesk open`: what is open now, what opens next, whose hours are not known."""

from __future__ import annotations

import argparse
import json

from famdesk.cli.home import chosen_home, credentials
from famdesk.i18n import _, formats
from famdesk.usecases import directory, session


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


def as_json(found: directory.OpenNow) -> dict[str, object]:
    """The document of `famdesk open --json`: local times, ISO."""
    return {
        "at": found.at.isoformat(timespec="minutes"),
        "open": [{"access_point": name, "until": until.isoformat(timespec="minutes")} for name, until in found.open],
        "next": [{"access_point": name, "opens": opens.isoformat(timespec="minutes")} for name, opens in found.next],
        "unknown": list(found.unknown),
    }


def as_text(found: directory.OpenNow) -> list[str]:
    """The same in sentences."""
    lines = [_("{point}: open until {time}").format(point=name, time=formats.time_text(until.time()))
             for name, until in found.open]  # fmt: skip
    lines += [_("{point}: closed, opens {moment}").format(point=name, moment=formats.moment(opens))
              for name, opens in found.next]  # fmt: skip
    return lines + [_("{point}: on contact").format(point=name) for name in found.unknown]
