"""`famdesk search`: people, services, places and initiatives, as far as the person who asks may know of them."""

from __future__ import annotations

import argparse
import json

from famdesk.cli.home import chosen_home, credentials
from famdesk.i18n import _
from famdesk.usecases import search, session


def run(args: argparse.Namespace) -> int:
    home = chosen_home(args)
    office = session.sign_in(home, *credentials(args, home))
    try:
        hits = office.fetch(search.search, " ".join(args.text))
    finally:
        office.close()
    if args.json:
        print(json.dumps([{"kind": hit.kind, "id": hit.id, "label": hit.label} for hit in hits], ensure_ascii=False))
    elif hits:
        print("\n".join(f"{hit.label} – {hit.detail}" if hit.detail else hit.label for hit in hits))
    else:
        print(_("Nothing found."))
    return 0
