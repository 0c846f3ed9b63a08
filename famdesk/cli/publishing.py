"""`famdesk publish`: writes the published calendars anew, as a task that the system starts every hour may do."""

from __future__ import annotations

import argparse

from famdesk.cli.home import chosen_home, credentials
from famdesk.domain.codes import label
from famdesk.i18n import _
from famdesk.usecases import session
from famdesk.usecases.calendar import feeds


def run(args: argparse.Namespace) -> int:
    from famdesk.exchange import ics_publish

    home = chosen_home(args)
    office = session.sign_in(home, *credentials(args, home))
    try:
        found = ics_publish.publish_all(office)
    finally:
        office.close()
    for name, outcome in found:
        print(f"{name}: {label(feeds.OUTCOMES, outcome)}")
    if not found:
        print(_("There is no calendar to publish."))
    return 0 if all(outcome == feeds.OK for _name, outcome in found) else 1
