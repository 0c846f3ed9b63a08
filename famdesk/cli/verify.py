"""`famdesk verify`: whether database, key slots and journal are whole."""

from __future__ import annotations

import argparse
import sys

from famdesk.cli.home import chosen_home, credentials
from famdesk.data.checks.verify import verify
from famdesk.i18n import _, ngettext
from famdesk.usecases import session


def run(args: argparse.Namespace) -> int:
    home = chosen_home(args)
    office = session.sign_in(home, *credentials(args, home), check_anchor=False)
    try:
        ring = office.keystore.load()
        findings = verify(office.store.engine, ring, office.unlocked.pairs)
    finally:
        office.store.close()  # without a new anchor: what is missing must not be forgotten
    if not findings:
        print(_("All is well: database, key slots and journal are whole."))
        return 0
    print(ngettext("One thing is not as it was written:", "{n} things are not as they were written:",
                   len(findings)).format(n=len(findings)), file=sys.stderr)  # fmt: skip
    for finding in findings:
        print(finding.sentence(), file=sys.stderr)
    return 1
