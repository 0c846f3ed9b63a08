"""`famdesk backup FILE`."""

from __future__ import annotations

import argparse
from pathlib import Path

from famdesk.cli.home import chosen_home, credentials
from famdesk.i18n import _
from famdesk.usecases import care, session


def run(args: argparse.Namespace) -> int:
    home = chosen_home(args)
    office = session.sign_in(home, *credentials(args, home))
    try:
        care.back_up(office, Path(args.file))
    finally:
        office.close()
    print(_("Backup written and verified: {file}").format(file=args.file))
    return 0
